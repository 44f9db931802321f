"""Versions are counted over what was recorded as made, whatever wrote it, and never given to another pack."""

from __future__ import annotations

from typing import Any, Final

from spr_desktop.records.case import Case
from spr_desktop.records.document_versions import newest_packs, pack_to_continue, versions
from tests.cases import CASE_REF, Family

PACK: Final[dict[str, Any]] = {"document": "referral-pack", "pathway_version": "1"}


def case(family: Family) -> Case:
    return Case(CASE_REF, family.records())


def to_continue(family: Family, service: str = "mediation") -> str | None:
    found = pack_to_continue(case(family), service)
    return found.body.sha256 if found else None


def test_a_pack_goes_on_for_the_same_service_until_it_is_withdrawn() -> None:
    family = Family()
    assert to_continue(family) is None
    for number in (1, 2):
        family.add("document_made", -2, document_id="AAAA-0000", sha256=f"0{number}", **PACK)
    assert versions(case(family), "AAAA-0000") == {"01": 1, "02": 2}
    assert to_continue(family) == "02"
    assert to_continue(family, "couple_support") is None
    family.add("document_revoked", -1, document_id="AAAA-0000", sha256="01", **PACK)
    assert to_continue(family) is None
    assert newest_packs(case(family)) == []


def test_the_service_is_that_of_the_referral_when_the_pack_was_made() -> None:
    family = Family()
    family.add("document_made", -2, document_id="AAAA-0000", sha256="01", **PACK)
    family.add("referral", -1, service="couple_support", taking_part=["a", "b"])
    assert to_continue(family) == "01"
    assert to_continue(family, "couple_support") is None
    family.add("document_made", 0, document_id="BBBB-0000", sha256="02", **PACK)
    assert to_continue(family) == "01"
    assert to_continue(family, "couple_support") == "02"


def test_a_corrected_record_is_no_version_of_its_own_and_no_number_is_given_twice() -> None:
    family = Family()
    wrong = family.add("document_made", -3, document_id="AAAA-0000", sha256="01", **PACK)
    family.add("document_made", -2, document_id="AAAA-0000", sha256="02", **PACK)
    family.add("document_made", -1, document_id="AAAA-0000", sha256="01", supersedes=(wrong,), **PACK)
    assert versions(case(family), "AAAA-0000") == {"01": 1, "02": 2}


def test_ids_of_another_form_and_other_documents_do_not_go_on() -> None:
    family = Family()
    family.add("document_made", -2, document_id="whatever they wrote", sha256="01", **PACK)
    family.add("document_made", -2, document_id="CCCC-0000", sha256="02", **PACK | {"document": "parent-copy"})
    assert to_continue(family) is None
