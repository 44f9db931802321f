"""Documents of every kind for tests, made the way the program makes them."""

from __future__ import annotations

from typing import Any, Final

from spr_desktop.casework.making import ABOUT_ONE, ACCESS, KINDS, PACK, Prepared, Wish, items_to_review, prepare
from spr_desktop.casework.practitioner import Practitioner
from spr_desktop.documents.reading import texts_of_pages
from spr_desktop.documents.subject_access import Decided
from spr_desktop.records.case import Case
from tests.cases import CASE_REF, TODAY, Family
from tests.documents.packs import REFERRER, identity

PRACTITIONER: Final = Practitioner(
    name=REFERRER.name,
    role=REFERRER.role,
    organisation=REFERRER.organisation,
    phone=REFERRER.phone or "",
    email=REFERRER.email or "",
)


def case_of(family: Family) -> Case:
    """The family's case on its day."""
    return Case(CASE_REF, family.records(), family.as_of)


def as_proposed(case: Case, person: str) -> dict[str, Decided]:
    """A review in which every proposal was taken."""
    return {
        each.id: Decided(choice=each.proposed, reason=each.reason, removed=each.proposed_removal)
        for each in items_to_review(case, person)
    }


def made(family: Family, kind: str, person: str | None = None) -> Prepared:
    """A document about a family; raises what making one raises."""
    case = case_of(family)
    decided = as_proposed(case, person) if kind == ACCESS and person else {}
    wish = Wish(kind=kind, person_id=person, decided=decided)
    return prepare(wish, case, family.check(), PRACTITIONER, identity(), TODAY)


def every_kind(family: Family, person: str = "a") -> dict[str, bytes]:
    """A document of each kind about a family, not sealed yet."""
    pack: dict[str, Any] = {"document": PACK, "sha256": "0" * 64, "pathway_version": "hampshire-spr/1"}
    family.add("document_made", -1, document_id="AAAA-BBBB", recipient="The SPR team", **pack)
    return {each: made(family, each, person if each in ABOUT_ONE else None).pdf for each in KINDS}


def squeezed(prepared: Prepared) -> str:
    """All that stands on the pages, without spaces."""
    return "".join("".join(texts_of_pages(prepared.pdf)).split())
