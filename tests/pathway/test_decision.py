"""What the pathway answers as a whole: its form, who takes part, what is urgent or due, and that it is frozen."""

from __future__ import annotations

import hashlib
import json
from dataclasses import FrozenInstanceError, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest

from spr_desktop.pathway.definition import definition
from spr_desktop.pathway.result import Decision, Outcome, worst
from tests.cases import CASE, CASE_REF, MANAGER, TODAY, Family
from tests.pathway.examples_of_safety import acted, born, event, matter, said, session, talk, told
from tests.pathway.examples_of_suitability import child, crisis
from tests.pathway.rule_table import Step, add, advise, change, correct, day, drop, lift, move

RESOURCES: Final = Path(__file__).parents[2] / "resources"

DECISION_KEYS: Final = [
    "case_ref",
    "as_of",
    "pathway",
    "pathway_version",
    "service",
    "outcome",
    "ready",
    "urgent",
    "rules",
]
RULE_KEYS: Final = [
    "rule",
    "subject",
    "outcome",
    "kind",
    "accepted",
    "urgent",
    "needs_manager",
    "timing",
    "due_on",
    "reason",
    "next_step",
    "source",
    "records",
]


def decide(*steps: Step, service: str = "mediation", as_of: date = TODAY, given: str | None = None) -> Decision:
    """What the pathway says of a ready family after some steps."""
    family = Family(service, as_of)
    for step in steps:
        step(family)
    return family.check(given)


# Form


def test_the_result_has_the_keys_of_the_contract_in_their_order() -> None:
    plain = decide(session(f"{day(2)}T10:30"), told("domestic_abuse")).plain()
    assert list(plain) == DECISION_KEYS
    assert all(list(each) == RULE_KEYS for each in plain["rules"])


def test_the_result_is_json_as_it_is() -> None:
    plain = decide(session(f"{day(2)}T10:30"), said(E2="past")).plain()
    assert json.loads(json.dumps(plain)) == plain


def test_the_result_names_the_case_the_day_and_the_pathway() -> None:
    plain = decide().plain()
    assert [plain[key] for key in DECISION_KEYS[:5]] == [CASE_REF, "2026-11-22", "hampshire-spr", "1", "mediation"]


def test_a_day_on_which_something_is_due_is_written_as_a_date() -> None:
    due = next(each for each in decide(session(f"{day(2)}T10:30")).plain()["rules"] if each["rule"] == "E06")
    assert (due["timing"], due["due_on"], due["accepted"], due["kind"]) == ("due", "2026-11-24", False, None)


def test_entries_are_sorted_by_rule_then_subject_one_for_each() -> None:
    entries = [(each.rule, each.subject) for each in decide(told("domestic_abuse")).rules]
    assert entries == sorted(set(entries))


@pytest.mark.parametrize(
    ("outcomes", "expected"),
    [
        ([], "pass"),
        (["pass", "caution"], "caution"),
        (["not_yet", "caution", "pass"], "not_yet"),
        (["not_yet", "stop", "caution"], "stop"),
    ],
)
def test_the_worst_outcome_counts(outcomes: list[Outcome], expected: Outcome) -> None:
    assert worst(outcomes) == expected
    assert worst(outcomes[::-1]) == expected


@pytest.mark.parametrize(
    ("steps", "outcome"),
    [
        ([], "pass"),
        ([change("readiness", "a", sees_child_view="no")], "caution"),
        ([change("readiness", "a", sees_child_view="no"), drop("lead_professional")], "not_yet"),
        ([drop("lead_professional")], "not_yet"),
        ([drop("lead_professional"), told("domestic_abuse")], "stop"),
        ([change("suitability", "a", "therapy", value="yes")], "stop"),
    ],
)
def test_the_case_has_the_outcome_of_its_worst_rule(steps: list[Step], outcome: Outcome) -> None:
    decision = decide(*steps)
    assert (decision.outcome, decision.ready) == (outcome, outcome == "pass")


def test_a_stop_of_safety_is_told_from_one_of_suitability() -> None:
    steps = [told("domestic_abuse"), told("marac_or_hrda"), said(B1="recent"), born("2015-01-01")]
    steps += [change("suitability", "therapy", value="yes"), change("agreement", agreed="no", wishes_to_access="no")]
    steps += [change("person", lives_in_area="no"), change("parental_responsibility", held="no")]
    stops = [each for each in decide(*steps).rules if each.outcome == "stop"]
    assert {each.rule[0] for each in stops} == {"A", "B", "C", "F"}
    assert {each.kind for each in stops if each.rule.startswith("A")} == {"safety"}
    assert {each.kind for each in stops if not each.rule.startswith("A")} == {"suitability"}
    assert {each.kind for each in decide(*steps).rules if each.outcome != "stop"} == {None}


def test_what_stands_in_the_way_comes_worst_first_and_what_is_urgent_before_all() -> None:
    steps = [
        said(E2="past"),
        told("domestic_abuse"),
        drop("lead_professional"),
        change("readiness", "a", sees_child_view="no"),
    ]
    found = [(each.outcome, each.urgent) for each in decide(*steps).in_the_way]
    assert found[0] == ("stop", True)
    assert [outcome for outcome, _ in found] == sorted(
        (outcome for outcome, _ in found), key=["stop", "not_yet", "caution"].index
    )
    assert not any(urgent for _, urgent in found[1:])


# Urgent


def test_an_urgent_answer_makes_the_case_urgent_and_says_who_to_call() -> None:
    decision = decide(said(E2="past"))
    stop = decision.of("A06", "a")
    assert stop is not None
    assert (decision.urgent, stop.urgent) == (True, True)
    assert "999" in stop.next_step


@pytest.mark.parametrize(
    "steps",
    [[], [said(B1="recent")], [told("domestic_abuse")], [said(E2="past"), lift("safety_conversation", "a")]],
    ids=["nothing", "a stop", "information", "a lifted one"],
)
def test_nothing_else_is_urgent(steps: list[Step]) -> None:
    assert decide(*steps).urgent is False


def test_of_a_stop_and_an_urgent_one_the_urgent_one_speaks() -> None:
    stop = decide(said(B1="recent"), talk(-19, answers={"E2": {"value": "past"}})).of("A06", "a")
    assert stop is not None
    assert (stop.urgent, len(stop.records)) == (True, 2)
    assert stop.next_step.startswith("Get help first")


# Days


@pytest.mark.parametrize(
    ("entry", "steps", "expected"),
    [
        (("B01", "a"), [crisis(value="no", review_on=day(-3))], (None, day(-3))),
        (("B01", "a"), [crisis(value="no", review_on=day(3))], (None, None)),
        (("B01", "a"), [crisis(value="yes", review_on=day(-3))], (None, None)),
        (("E06", "a"), [session(f"{day(2)}T10:30")], ("due", day(2))),
        (("E06", "a"), [session(f"{day(-2)}T10:30")], ("overdue", day(-2))),
        (("G03", CASE), [add("referral_progress", -40, step="sent")], ("overdue", day(-12))),
        (("G04", "a"), [add("referral_progress", -40, step="accepted")], ("overdue", day(-12))),
        (("A10", "a"), [move("safety_conversation", on=-40)], (None, None)),
        (("F08", "a"), [move("agreement", on=-60)], (None, None)),
    ],
)
def test_an_entry_has_the_day_on_which_something_must_be_done(
    entry: tuple[str, str], steps: list[Step], expected: tuple[str | None, str | None]
) -> None:
    found = decide(*steps).of(*entry)
    assert found is not None
    assert (found.timing, found.due_on.isoformat() if found.due_on else None) == expected


def test_a_child_who_is_nearly_old_enough_is_told_the_day_in_the_entry_and_in_words() -> None:
    found = decide(child("2018-12-05"), service="family_counselling").of("C10", "c1")
    assert found is not None
    assert (found.timing, found.due_on) == (None, date(2026, 12, 5))
    assert "5 December 2026" in found.reason


def test_a_child_born_on_29_february_is_told_1_march_in_a_year_without_one() -> None:
    found = decide(child("2092-02-29"), service="family_counselling", as_of=date(2100, 2, 20)).of("C10", "c1")
    assert found is not None
    assert (found.outcome, found.due_on) == ("not_yet", date(2100, 3, 1))


def test_of_several_missed_sessions_the_earliest_is_named_and_what_is_overdue_before_what_is_due() -> None:
    def sessions(family: Family) -> None:
        for number, planned in enumerate((3, -2, -5, 1)):
            when: dict[str, Any] = {"planned_for": f"{day(planned)}T10:30", "attendees": ["a"], "state": "planned"}
            family.add("session", -9, session_id=f"s{number}", number=number, service="mediation", **when)

    found = decide(sessions).of("E06", "a")
    assert found is not None
    assert (found.timing, str(found.due_on), len(found.records)) == ("overdue", day(-5), 4)


# Who takes part, and in what


def test_the_service_given_with_the_call_is_checked_whatever_the_referral_says() -> None:
    decision = decide(given="couple_support")
    assert decision.service == "couple_support"
    assert {each.rule for each in decision.rules} >= {"C08", "C09"}
    assert not {each.rule for each in decision.rules} & {"C05", "C06", "C07", "C10", "C11", "C12"}


def test_without_a_service_only_what_needs_none_is_checked() -> None:
    rules = {each.rule for each in decide(drop("referral")).rules}
    assert decide(drop("referral")).service is None
    assert {rule for rule in rules if rule[0] in "CEFG"} == {"C00", "E01", "E02", "E03"}
    assert {rule[0] for rule in rules} == set("ABCDE")


def test_the_newest_referral_names_the_service_and_who_takes_part() -> None:
    newer = add("referral", -1, service="couple_support", taking_part=["b"])
    decision = decide(newer)
    assert decision.service == "couple_support"
    assert {each.subject for each in decision.rules if each.rule == "A01"} == {"b"}


def test_without_a_referral_every_parent_takes_part_and_no_other_adult() -> None:
    gran = add("person", -1, person_id="gran", role="other_adult", given_names="Gran")
    decision = decide(drop("referral"), gran, given="mediation")
    assert {each.subject for each in decision.rules if each.rule == "A01"} == {"a", "b"}
    assert {each.subject for each in decision.rules if each.rule == "B01"} == {"a", "b"}


def test_without_a_referral_to_family_counselling_every_child_takes_part_too() -> None:
    decision = decide(drop("referral"), given="family_counselling", service="family_counselling")
    assert {each.subject for each in decision.rules if each.rule == "B01"} == {"a", "b", "c1", "c2"}


def test_somebody_who_is_named_twice_takes_part_once() -> None:
    assert decide(change("referral", taking_part=["a", "b", "a"])).outcome == "pass"


def test_somebody_of_whom_there_is_no_record_yet_is_asked_about_but_is_neither_adult_nor_child() -> None:
    decision = decide(move("person", "b", on=1))
    assert {each.subject for each in decision.rules if each.rule == "A01"} == {"a"}
    assert {each.subject for each in decision.rules if each.rule == "B01"} == {"a", "b"}


# What is still to come


@pytest.mark.parametrize(
    "step",
    [
        event(1),
        talk(1, alone="no"),
        talk(1, state="declined"),
        matter("public", "live", on=1),
        matter("private", "live", on=1),
        advise("find_out_more", 1),
        told("other_concern", on=1),
        add("referral_progress", 1, step="accepted"),
        add("conflict_profile", 1, frequent="no", intense="no", poorly_resolved="no"),
        correct("agreement", "a", on=1, agreed="no"),
        correct("readiness", "a", on=1, wants_change="no"),
    ],
    ids=range(11),
)
def test_what_is_still_to_come_and_cannot_stop_changes_nothing(step: Step) -> None:
    assert decide(step).outcome == "pass"


@pytest.mark.parametrize(
    "step",
    [
        told("domestic_abuse", on=1),
        told("protective_order", on=1),
        talk(1, answers={"B1": {"value": "recent"}}),
        talk(1, practitioner_outcome="domestic_abuse_indicated"),
        advise("do_not_go_ahead", 1),
        matter("protective", "issued", on=1),
        correct("agreement", "a", on=1, agreed="withdrawn"),
    ],
    ids=range(7),
)
def test_what_is_still_to_come_and_can_stop_stops(step: Step) -> None:
    assert decide(step).outcome == "stop"


def test_a_stop_that_is_still_to_come_cannot_have_been_acted_on() -> None:
    assert [each.outcome for each in decide(told("domestic_abuse", on=1), acted(2)).rules if each.rule == "A13"] == [
        "not_yet"
    ]


# Frozen


def test_a_decision_carries_the_hash_of_the_pathway_and_its_questions() -> None:
    decision = decide()
    data = (RESOURCES / "pathways" / "hampshire-spr.toml").read_bytes()
    questions = (RESOURCES / "questions" / "safety-conversation-1.toml").read_bytes()
    assert (decision.pathway, decision.pathway_version) == ("hampshire-spr", "1")
    assert decision.pathway_sha256 == hashlib.sha256(data + questions).hexdigest() == definition().sha256


def test_a_decision_is_not_changed_by_a_later_pathway() -> None:
    decision = decide()
    before = decision.plain()
    later = replace(definition(), version="2", sha256="0" * 64, notice_versions=("1", "2"))
    again = Family().check(pathway=later)
    assert (again.pathway_version, again.outcome) == ("2", "caution")
    assert decision.plain() == before


@pytest.mark.parametrize(("field", "value"), [("as_of", date(2027, 1, 1)), ("rules", ()), ("pathway_version", "2")])
def test_a_decision_cannot_be_changed(field: str, value: Any) -> None:
    with pytest.raises(FrozenInstanceError):
        setattr(decide(), field, value)


def test_another_pathway_has_its_own_limits() -> None:
    strict = replace(definition(), limits=replace(definition().limits, conversation_fresh_days=19), spr_team="another")
    decision = Family().check(pathway=strict)
    assert {each.rule for each in decision.rules if each.outcome != "pass"} == {"A10", "F05"}


def test_a_manager_who_is_also_the_recorder_lifts_nothing() -> None:
    recorded = told("domestic_abuse", recorded_by=MANAGER)
    assert decide(recorded, lift("safety_information")).outcome == "stop"
