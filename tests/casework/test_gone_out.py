"""Packs that went out before something changed are to be withdrawn, until the notice was made."""

from __future__ import annotations

from typing import Any

import pytest

from spr_desktop.casework.due import WITHDRAW, due_lines
from spr_desktop.casework.gone_out import GoneOut, gone_out
from spr_desktop.records.case import Case
from tests.cases import CASE_REF, Family

PACK: dict[str, Any] = {"document": "referral-pack", "sha256": "00", "pathway_version": "1", "recipient": "Example SPR"}
BACK: dict[str, Any] = {
    "person_id": "a", "service": "mediation", "agreed": "withdrawn", "wishes_to_access": "no",
    "given_alone": "yes", "method": "phone",
}  # fmt: skip
NEWS: dict[str, Any] = {"category": "other_concern", "about": ["a"], "source": "school"}
EVENT: dict[str, Any] = {"category": "separation", "safety_relevant": "yes"}


def went_out(*references: str) -> Family:
    """A family of which packs were made."""
    family = Family()
    for each in references:
        family.add("document_made", -2, document_id=each, **PACK)
    return family


def found(family: Family) -> GoneOut | None:
    return gone_out(Case(CASE_REF, family.records(), family.as_of), family.check())


def test_nothing_is_to_be_withdrawn_while_nothing_changed() -> None:
    assert found(went_out("P1", "P2")) is None
    assert found(Family()) is None


@pytest.mark.parametrize(
    ("kind", "body", "why"),
    [
        ("agreement", BACK, "an agreement was taken back"),
        ("safety_information", NEWS, "there is something new about safety"),
        ("life_event", EVENT, "there is something new about safety"),
        ("life_event", EVENT | {"safety_relevant": "not_known"}, "there is something new about safety"),
    ],
)
def test_what_changed_lists_every_pack(kind: str, body: dict[str, Any], why: str) -> None:
    family = went_out("P1", "P2")
    family.add(kind, -1, **body)
    told = found(family)
    assert told
    assert (told.packs, told.recipients) == (("P1", "P2"), ("Example SPR",))
    assert why in told.why
    assert told.words == "Withdraw what went out: 2 packs"


def test_it_is_due_until_the_notice_was_made() -> None:
    family = went_out("P1", "P2")
    family.add("agreement", -1, **BACK)

    def due() -> list[str]:
        lines = due_lines(Case(CASE_REF, family.records(), family.as_of), family.check())
        return [each.words for each in lines if each.rule == WITHDRAW]

    assert due() == ["Withdraw what went out: 2 packs"]
    family.add("document_revoked", 0, document_id="P1", **PACK)
    assert due() == ["Withdraw what went out: 1 pack"]
    family.add("document_revoked", 0, document_id="P2", **PACK)
    assert due() == []


def test_a_pack_that_was_made_afterwards_is_not_withdrawn() -> None:
    family = Family()
    family.add("life_event", -3, **EVENT)
    family.add("document_made", -2, document_id="P1", **PACK)
    assert found(family) is None


def test_a_life_event_that_has_nothing_to_do_with_safety_withdraws_nothing() -> None:
    family = went_out("P1")
    family.add("life_event", -1, **EVENT | {"safety_relevant": "no"})
    assert found(family) is None


def test_a_newer_version_leaves_nothing_to_withdraw_once_it_was_sent() -> None:
    first, second = PACK | {"sha256": "01"}, PACK | {"sha256": "02"}
    family = Family()
    family.add("document_made", -4, document_id="P1", **first)
    family.add("document_sent", -4, document_id="P1", **first)
    family.add("life_event", -3, **EVENT)
    told = found(family)
    assert told
    assert (told.packs, told.newer) == (("P1",), ())
    family.add("document_made", -2, document_id="P1", **second)
    told = found(family)
    assert told
    assert (told.packs, told.newer, told.words) == (("P1",), ("P1",), "Withdraw what went out: 1 pack")
    family.add("document_sent", -1, document_id="P1", **second)
    assert found(family) is None


def test_several_versions_are_one_pack_to_withdraw() -> None:
    family = Family()
    for number in (1, 2):
        family.add("document_made", -4, document_id="P1", **PACK | {"sha256": f"0{number}"})
    family.add("agreement", -1, **BACK)
    told = found(family)
    assert told
    assert told.packs == ("P1",)
    family.add("document_revoked", 0, document_id="P1", **PACK | {"sha256": "02"})
    assert found(family) is None
