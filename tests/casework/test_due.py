"""What is due: asked for by a rule already, or running out; and nothing where the work is over."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings

from spr_desktop.casework.due import WORDS, DueLine, due_lines
from spr_desktop.pathway.check import check
from spr_desktop.records.case import Case
from tests.cases import CASE_REF, MANAGER, TODAY, Family, PlainRecord
from tests.pathway.generated_cases import Generated, cases


def lines(family: Family) -> list[DueLine]:
    """What is due in a family on the day of the check."""
    return list(due_lines(Case(CASE_REF, family.records(), family.as_of), family.check()))


def shown(family: Family, *rules: str) -> list[tuple[int, str, str]]:
    """What is due under some rules: in how many days, the rule and the subject."""
    return [((each.due_on - TODAY).days, each.rule, each.subject) for each in lines(family) if each.rule in rules]


def test_a_ready_family_has_what_will_run_out() -> None:
    assert shown(Family(), *WORDS) == [
        (8, "A10", "a"),
        (8, "A10", "b"),
        (8, "F10", "a"),
        (8, "F10", "b"),
        (46, "F08", "a"),
        (46, "F08", "b"),
    ]


def test_lines_are_worded_as_the_thing_to_do() -> None:
    family = Family()
    family.add("session", -1, session_id="s1", number=1, service="mediation", planned_for="2026-12-03T10:00",
               attendees=["a", "c1"], state="planned")  # fmt: skip
    assert {each.words for each in lines(family)} == {
        "Repeat the safety conversation",
        "Re-confirm a contact",
        "Ask again whether this parent agrees",
        "Touch base before the session on 3 December",
    }


def test_the_newest_conversation_counts_and_an_accepted_one_lasts_longer() -> None:
    family = Family()
    family.move("safety_conversation", "a", on=-30)
    assert shown(family, "A10") == [(-2, "A10", "a"), (8, "A10", "b")]
    family.add("caution_accepted", 0, rule="A10", subject="a", reason="Nothing has changed.")
    assert shown(family, "A10") == [(8, "A10", "b"), (26, "A10", "a")]


def test_the_contact_that_was_confirmed_last_counts_if_it_may_be_used() -> None:
    family = Family()
    again: PlainRecord = {
        "person_id": "a",
        "type": "email",
        "value": "jo@example.org",
        "voicemail_ok": "no",
        "text_ok": "no",
    }
    safe: PlainRecord = {"safe": "yes", "monitored_by_others": "no", "shared_with_other_parent": "no"}
    family.add("contact_point", -1, contact_id="mail", confirmed_on=family.day(-1), **again, **safe)
    family.add("contact_point", 0, contact_id="watched", confirmed_on=family.day(0), **again,
               **(safe | {"monitored_by_others": "yes"}))  # fmt: skip
    assert shown(family, "F10") == [(8, "F10", "b"), (13, "F10", "a")]


def test_touching_base_is_due_by_each_session_to_come_and_overdue_after_it() -> None:
    family = Family()
    for number, days in ((1, -2), (2, 3), (3, 40)):
        family.add("session", -5, session_id=f"s{number}", number=number, service="mediation",
                   planned_for=f"{family.day(days)}T10:00", attendees=["a", "b"], state="planned")  # fmt: skip
    held: PlainRecord = {"by": "Wren Demo", "individually": "yes", "new_safety_information": "no", "worry": "none"}
    for session in ("s1", "s2", "s3"):
        family.add("touch_point", -3, session_id=session, person_id="b", **held)
    assert shown(family, "E06") == [(-2, "E06", "a"), (3, "E06", "a"), (40, "E06", "a")]
    assert [each.words for each in lines(family) if each.rule == "E06"] == [
        "Record the touch point before the session on 20 November",
        "Touch base before the session on 25 November",
        "Touch base before the session on 1 January",
    ]
    family.change("session", "s3", state="cancelled")
    assert [days for days, _, _ in shown(family, "E06")] == [-2, 3]


def test_a_review_is_due_on_its_day_whether_it_has_passed_or_not() -> None:
    family = Family()
    family.change("suitability", "active_crisis", "a", review_on=family.day(-1))
    family.change("suitability", "active_crisis", "b", review_on=family.day(5))
    assert shown(family, "B01") == [(-1, "B01", "a"), (5, "B01", "b")]


def test_a_birthday_that_is_waited_for_is_due() -> None:
    family = Family("family_counselling")
    family.change("person", "c2", date_of_birth="2018-12-01")
    assert shown(family, "C10") == [(9, "C10", "c2")]


def test_answers_of_others_are_asked_for_when_they_are_long_in_coming() -> None:
    family = Family()
    family.add("referral_progress", -3, step="sent")
    assert shown(family, "G03", "G04") == [(25, "G03", "case")]
    family.add("referral_progress", -2, step="spr_discussion")
    family.add("referral_progress", -2, step="accepted")
    family.add("referral_progress", -1, step="initial_assessment", person_id="a")
    assert shown(family, "G03", "G04") == [(26, "G04", "b")]


def test_what_is_overdue_with_others_can_be_accepted() -> None:
    family = Family()
    family.add("referral_progress", -40, step="sent")
    assert shown(family, "G03") == [(-12, "G03", "case")]
    family.add("caution_accepted", 0, rule="G03", subject="case", reason="They asked for time.")
    assert shown(family, "G03") == []


def test_nothing_runs_out_once_the_service_has_started() -> None:
    family = Family()
    family.add("referral_progress", -1, step="started")
    assert lines(family) == []


@pytest.mark.parametrize("step", ["declined", "completed", "ended_early"])
def test_nothing_is_due_once_it_is_over_until_the_next_referral(step: str) -> None:
    family = Family()
    family.change("suitability", "active_crisis", "a", review_on=family.day(-1))
    family.add("referral_progress", -3, step="sent")
    family.add("referral_progress", -2, step=step)
    assert lines(family) == []
    family.add("referral", -1, service="mediation", taking_part=["a", "b"])
    assert {each.rule for each in lines(family)} >= {"A10", "B01", "F10"}


def test_a_stop_is_due_at_once_until_something_was_done_and_nothing_else_runs_out() -> None:
    family = Family()
    family.add("safety_information", -4, category="domestic_abuse", source="told alone")
    assert shown(family, *WORDS) == [(-4, "A13", "case")]
    family.add("safety_action", -4, action="manager_informed")
    assert lines(family) == []
    family.add("safety_information", -2, category="domestic_abuse", source="told alone")
    assert shown(family, *WORDS) == [(-2, "A13", "case")]
    family.add("referral_progress", -1, step="ended_early")
    assert shown(family, *WORDS) == [(-2, "A13", "case")]


def test_a_stop_that_was_dated_later_is_due_from_the_day_on_which_it_was_written_down() -> None:
    family = Family()
    stop = family.add("safety_information", 30, category="domestic_abuse", source="told alone")
    next(each for each in family.entries if each["id"] == stop)["recorded_at"] = f"{family.day(-1)}T10:00:00Z"
    assert shown(family, "A13") == [(-1, "A13", "case")]


def test_a_lifted_stop_is_none() -> None:
    family = Family()
    told = family.add("safety_information", -4, category="domestic_abuse", source="told alone")
    family.add("stop_lifted", -1, records=[told], by=MANAGER, role="manager", reason="Wrong case.", recorded_by=MANAGER)
    assert "A13" not in {each.rule for each in lines(family)}


@given(cases())
@settings(max_examples=100, deadline=None)
def test_whatever_stands_in_the_way_with_a_day_is_due_on_that_day(case: Generated) -> None:
    family = case.family
    decision = check(CASE_REF, family.records(), family.as_of, case.service)
    found = due_lines(Case(CASE_REF, family.records(), family.as_of), decision)
    asked = {
        (each.due_on, each.rule, each.subject) for each in decision.rules if each.due_on and each.stands_in_the_way
    }
    over = any(each["body"].get("step") == "declined" for each in family.entries)
    assert over or asked <= {(each.due_on, each.rule, each.subject) for each in found}
    assert list(found) == sorted(set(found))
    assert not any(name in each.words for each in found for name in ("Jo", "Sam", "Kit", "Bo", "Gran"))
    assert all(date.min < each.due_on < date.max - timedelta(days=1) for each in found)
