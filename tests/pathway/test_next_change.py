"""Time alone: until the day that is named, the pathway says the same of a case, word for word."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spr_desktop.casework.summary import summarise
from spr_desktop.pathway.check import check
from spr_desktop.pathway.next_change import next_change
from spr_desktop.records.case import Case
from spr_desktop.records.record import AnyRecord
from spr_desktop.vault.caseload import CaseSummary
from tests.cases import CASE_REF, TODAY, Family
from tests.pathway.generated_cases import SERVICES, Generated, cases

Records = tuple[AnyRecord, ...]

SINCE: Final = timedelta(days=100)
UNTIL: Final = timedelta(days=1000)


def said(records: Records, on: date, service: str | None = None) -> tuple[list[dict[str, Any]], CaseSummary]:
    """All that is said of a case on a day, but for which day it is."""
    decision = check(CASE_REF, records, on, service)
    row = summarise(Case(CASE_REF, records, on), decision, on)
    return [each.plain() for each in decision.rules], replace(row, as_of=TODAY, changes_on=None)


def changes_on(records: Records, on: date) -> date | None:
    """The day of the next change."""
    return next_change(Case(CASE_REF, records, on), on)


def is_the_same_between(records: Records, since: date, until: date, service: str | None, days: list[date]) -> None:
    """Walk from change to change; between two of them, look at the last day and any of those given."""
    day = since
    while day < until:
        following = changes_on(records, day) or date.max
        assert following > day
        first = said(records, day, service)
        last = min(following - timedelta(days=1), until)
        for other in (last, *(each for each in days if day < each < last)):
            assert said(records, other, service) == first, (day, other, following)
        day = following


@given(cases(), st.data())
@settings(max_examples=60, deadline=None)
def test_nothing_changes_before_the_day_that_is_named(case: Generated, data: st.DataObject) -> None:
    as_of = case.family.as_of
    since, until = as_of - SINCE, as_of + UNTIL
    days = data.draw(st.lists(st.dates(since, until), max_size=5))
    is_the_same_between(case.family.records(), since, until, case.service, days)


@pytest.mark.parametrize("service", SERVICES)
def test_a_ready_family_changes_on_the_days_that_are_named(service: str) -> None:
    family = Family(service)
    days = [TODAY + timedelta(days=each) for each in range(-80, 150)]
    is_the_same_between(family.records(), days[0], days[-1], service, days)


@pytest.mark.parametrize(
    ("change", "days"),
    [
        ({}, 9),  # a contact that was confirmed 6 days ago (F10)
        ({"confirmed_on": "2026-11-12"}, 5),
    ],
)
def test_the_next_change_of_a_ready_family(change: dict[str, str], days: int) -> None:
    family = Family()
    if change:
        family.change("contact_point", "a", **change)
    assert changes_on(family.records(), TODAY) == TODAY + timedelta(days=days)


@pytest.mark.parametrize("years", [8, 10, 16, 18])
@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("person", ["a", "c1"])
def test_birthdays_and_the_weeks_before_them_are_named(person: str, service: str, years: int) -> None:
    family = Family(service)
    birthday = TODAY + timedelta(days=98)
    family.change("person", person, date_of_birth=birthday.replace(year=birthday.year - years).isoformat())
    days = [TODAY + timedelta(days=each) for each in range(110)]
    is_the_same_between(family.records(), days[0], days[-1], service, days)


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("steps", [["sent"], ["sent", "accepted"]])
def test_what_is_planned_is_named(service: str, steps: list[str]) -> None:
    family = Family(service)
    family.add("session", -1, session_id="s1", number=1, service=service, planned_for=f"{family.day(33)}T10:00",
               attendees=["a"], state="planned")  # fmt: skip
    family.change("plan", "early_help", closure_planned_on=family.day(97), closure_because_of_referral="not_known")
    family.change("suitability", "active_crisis", "a", review_on=family.day(21))
    family.change("wraparound", "b", ended_on=family.day(41))
    family.change("contact_point", "b", confirmed_on=family.day(4))
    family.add("person", 0, person_id="c9", role="child", given_names="Fay", expected_on=family.day(51))
    family.add("person", 0, person_id="c8", role="child", given_names="May", date_of_birth=family.day(53))
    for step in steps:
        family.add("referral_progress", 0, step=step)
    days = [TODAY + timedelta(days=each) for each in range(70)]
    is_the_same_between(family.records(), days[0], days[-1], service, days)


def test_nothing_ever_changes_where_nothing_is_dated() -> None:
    family = Family()
    for kind in {each["kind"] for each in family.entries} - {"case_opened", "lead_professional"}:
        family.drop(kind)
    assert changes_on(family.records(), TODAY) is None


def test_the_first_and_the_last_day_of_the_calendar_have_an_answer() -> None:
    family = Family("family_counselling")
    family.change("person", "c1", date_of_birth="0001-01-01")
    family.change("person", "c2", date_of_birth="9999-12-31")
    family.move("safety_conversation", "a", on="9999-12-30")
    family.add("plan", 0, type="early_help", closure_planned_on="0001-01-02", intervention_in_plan="yes",
               closure_because_of_referral="no")  # fmt: skip
    assert changes_on(family.records(), date.min) is not None
    assert changes_on(family.records(), date.max) is None
