"""A caution goes ahead once somebody has accepted it who could have seen everything that it rests on."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from spr_desktop.pathway.result import RuleResult
from tests.cases import CASE, MANAGER, Family
from tests.pathway.examples_of_safety import matter, met, said, session, talk, told, touch
from tests.pathway.rule_table import Step, advise, change, correct, lift


def family(*steps: Step, as_of: date | None = None) -> Family:
    """A ready family after some steps."""
    found = Family(as_of=as_of) if as_of else Family()
    for step in steps:
        step(found)
    return found


def accept(rule: str, subject: str = "a", on: int = 0, oversight_by: str | None = None, **more: Any) -> Step:
    """Somebody accepts a caution."""
    return lambda found: found.add(
        "caution_accepted", on, rule=rule, subject=subject, reason="Talked through.", oversight_by=oversight_by, **more
    )


def result(rule: str, subject: str, *steps: Step) -> RuleResult:
    """What a rule says of a subject, which is a caution."""
    found = family(*steps).check().of(rule, subject)
    assert found is not None
    assert found.outcome == "caution"
    return found


TODDLER = change("safety_conversation", "a", within_hearing=["pre_verbal_child"])
"""A caution (A02) that rests on a conversation of 20 days ago."""


@pytest.mark.parametrize(
    ("says", "steps", "is_accepted"),
    [
        ("not accepted", [], False),
        ("on the day of the record", [accept("A02", on=-20)], True),
        ("the day before", [accept("A02", on=-21)], False),
        ("today", [accept("A02")], True),
        ("tomorrow", [accept("A02", on=1)], False),
        ("for the other parent", [accept("A02", "b")], False),
        ("under another rule", [accept("A03")], False),
        (
            "before a new conversation of the same kind",
            [accept("A02", on=-10), talk(-9, within_hearing=["pre_verbal_child"])],
            False,
        ),
        (
            "on the day of a new conversation",
            [talk(-9, within_hearing=["pre_verbal_child"]), accept("A02", on=-9)],
            True,
        ),
        ("and corrected", [accept("A02", on=-10), correct("caution_accepted", on=-9, rule="A02")], True),
        ("then again, with an earlier day", [accept("A02", on=-19), accept("A02", on=-25)], True),
    ],
)
def test_an_acceptance_counts_from_the_day_of_what_it_rests_on(says: str, steps: list[Step], is_accepted: bool) -> None:
    assert result("A02", "a", TODDLER, *steps).accepted is is_accepted


@pytest.mark.parametrize(
    ("says", "steps", "is_accepted"),
    [
        ("without a manager", [accept("A05", CASE)], False),
        ("with a manager", [accept("A05", CASE, oversight_by=MANAGER)], True),
        ("with a manager of spaces", [accept("A05", CASE, oversight_by="  ")], False),
        ("with a manager, then without", [accept("A05", CASE, -1, MANAGER), accept("A05", CASE, 0)], False),
        ("without a manager, then with", [accept("A05", CASE, -1), accept("A05", CASE, 0, MANAGER)], True),
        ("with a manager, tomorrow without", [accept("A05", CASE, 0, MANAGER), accept("A05", CASE, 1)], True),
        ("before the lift", [accept("A05", CASE, -4, MANAGER)], False),
    ],
)
def test_a_lifted_stop_is_accepted_with_a_managers_name_only(says: str, steps: list[Step], is_accepted: bool) -> None:
    lifted = [told("domestic_abuse", on=-5), lift("safety_information", on=-3)]
    found = result("A05", CASE, *lifted, *steps)
    assert (found.needs_manager, found.accepted) == (True, is_accepted)


def test_an_accepted_caution_stays_a_caution_and_the_case_is_ready() -> None:
    decision = family(TODDLER, accept("A02")).check()
    assert (decision.outcome, decision.ready, decision.in_the_way) == ("caution", True, [])


def test_one_caution_that_is_not_accepted_stands_in_the_way() -> None:
    steps = [TODDLER, change("readiness", "a", sees_child_view="partly"), accept("A02")]
    decision = family(*steps).check()
    assert (decision.outcome, decision.ready) == ("caution", False)
    assert [each.rule for each in decision.in_the_way] == ["D03"]


def test_a_stop_that_was_accepted_as_a_caution_is_a_stop() -> None:
    decision = family(told("domestic_abuse"), accept("A05", CASE, oversight_by=MANAGER)).check()
    abuse = decision.of("A05")
    assert abuse is not None
    assert (abuse.outcome, abuse.accepted, decision.ready) == ("stop", False, False)


def test_an_acceptance_without_a_caution_changes_nothing() -> None:
    decision = family(accept("A02"), accept("A05", CASE, oversight_by=MANAGER)).check()
    assert (decision.outcome, decision.ready, any(each.accepted for each in decision.rules)) == ("pass", True, False)


def known_stranger(found: Family) -> None:
    """A second commitment to parent a, by somebody whom the parent knows."""
    body = found.found("wraparound", "a")[0]["body"] | {"known_to_parent": "yes", "commitment_id": "second"}
    found.add("wraparound", -1, **body)


# What a caution rests on: every current record that the rule read


@pytest.mark.parametrize(
    ("rule", "subject", "steps", "newer"),
    [
        ("A12", CASE, met(worry="high"), touch(-1)),
        ("A08", "a", [said(E3="past"), advise(on=-5)], advise(on=-1)),
        (
            "A09",
            "a",
            [change("safety_conversation", "a", practitioner_outcome="unclear_seek_advice"), advise(on=-5)],
            advise(on=-1),
        ),
        ("A19", CASE, [told("past_domestic_abuse", on=-5), advise(on=-5)], matter("protective", "expired", on=-1)),
        ("B03", CASE, [matter("public", "concluded")], matter("public", "withdrawn", on=-1, matter_id="m2")),
        ("B05", CASE, [matter("private", "live")], matter("private", "withdrawn", on=-1, matter_id="m2")),
        (
            "C03",
            CASE,
            [change("universal_offer", result="offered")],
            lambda found: found.add("universal_offer", -1, item="leaflet", result="offered"),
        ),
        (
            "C07",
            "c1",
            [change("person", "c1", date_of_birth="2018-01-01")],
            lambda found: found.add("child_voice", -1, child_id="c1", how="tool", wants_to_take_part="yes"),
        ),
        ("E03", "a", [change("wraparound", "a", known_to_parent="no")], known_stranger),
        ("A04", "a", [change("referral", first_discussed_on="2026-10-01")], correct("referral", on=-1)),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_a_newer_record_that_the_rule_reads_has_to_be_accepted_anew(
    rule: str, subject: str, steps: list[Step], newer: Step
) -> None:
    accepted = accept(rule, subject, on=-2, oversight_by=MANAGER)
    assert result(rule, subject, *steps, accepted).accepted is True
    assert result(rule, subject, *steps, accepted, newer).accepted is False
    assert result(rule, subject, *steps, newer, accept(rule, subject, on=-1, oversight_by=MANAGER)).accepted is True


def test_a_record_that_another_rule_reads_takes_no_acceptance_away() -> None:
    newer = [matter("private", "live", on=-1), session("2026-11-25T10:30", on=-1), touch(-1, person="b")]
    assert result("A02", "a", TODDLER, accept("A02", on=-2), *newer).accepted is True


@pytest.mark.parametrize(
    ("rule", "subject", "steps", "to_come"),
    [
        ("A06", "a", [said(B1="recent"), lift("safety_conversation", "a", on=-4)], talk(1)),
        ("A12", CASE, met(worry="high"), touch(1)),
        ("A05", CASE, [told("domestic_abuse", on=-5), lift("safety_information", on=-4)], advise(on=1)),
        ("B05", CASE, [matter("private", "live")], matter("private", "live", on=1, matter_id="m2")),
    ],
    ids=["A06", "A12", "A05", "B05"],
)
def test_what_is_still_to_come_and_says_nothing_takes_no_acceptance_away(
    rule: str, subject: str, steps: list[Step], to_come: Step
) -> None:
    accepted = accept(rule, subject, on=-2, oversight_by=MANAGER)
    assert result(rule, subject, *steps, accepted, to_come).accepted is True


@pytest.mark.parametrize(
    ("planned", "accepted_on", "is_accepted"),
    [(-2, -2, True), (-2, -3, False), (-2, 0, True), (2, 0, False), (0, 0, True)],
)
def test_a_missed_touch_point_is_accepted_from_the_day_of_its_session(
    planned: int, accepted_on: int, is_accepted: bool
) -> None:
    found = family()
    session(f"{found.day(planned)}T10:30", attendees=("a",))(found)
    accept("E06", on=accepted_on)(found)
    missed = found.check().of("E06", "a")
    assert missed is not None
    assert (missed.outcome, missed.accepted) == ("caution", is_accepted)


@pytest.mark.parametrize("state", ["withdrawn", "expired"])
def test_the_end_of_an_order_after_the_check_takes_no_acceptance_away(state: str) -> None:
    steps = [told("protective_order", on=-5), lift("safety_information", on=-4), accept("A19", CASE, -3, MANAGER)]
    assert result("A19", CASE, *steps, matter("protective", state, on=1)).accepted is True
