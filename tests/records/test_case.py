"""What a ledger adds up to on a day: the newest value, what is superseded, and what is still to come."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spr_desktop.records.case import Case
from spr_desktop.records.faults import InvalidDocument
from spr_desktop.records.people import Person, Plan, Relationship
from spr_desktop.records.safety import LifeEvent
from spr_desktop.records.suitability import ConflictProfile, Suitability
from spr_desktop.records.values import LocalDateTime, When, folded, same_name
from tests.cases import TODAY, Family
from tests.records.generated import over


def plan(family: Family, type_: str, on: int, at: str | None = None, **more: Any) -> str:
    """A plan of a type, of a day."""
    body: dict[str, Any] = {"intervention_in_plan": "yes", "closure_because_of_referral": "no"}
    return family.add("plan", on, at, type=type_, **body, **more)


def plan_on(family: Family, as_of: date | None = TODAY) -> str | None:
    """The type of the current plan."""
    body = Case("K7QX-3M2P", family.records(), as_of).body(Plan)
    return body.type if body else None


@pytest.fixture
def family() -> Family:
    found = Family()
    found.drop("plan")
    return found


def test_without_a_record_nothing_is_current(family: Family) -> None:
    assert plan_on(family) is None


def test_the_newest_record_is_the_current_one_whole(family: Family) -> None:
    family.change("person", "a", language="Polish")
    family.add("person", -1, person_id="a", role="parent_carer", given_names="Joanna")
    person = Case("K7QX-3M2P", family.records()).body(Person, "a")
    assert person is not None
    assert (person.given_names, person.language, person.family_name) == ("Joanna", None, None)


def test_a_record_of_an_earlier_day_that_comes_later_is_not_the_current_one(family: Family) -> None:
    plan(family, "family_help", -3)
    plan(family, "none", -5)
    assert plan_on(family) == "family_help"


def test_of_one_day_the_later_time_counts_and_a_day_without_a_time_is_its_beginning(family: Family) -> None:
    plan(family, "family_help", -3, "00:00")
    plan(family, "none", -3)
    assert plan_on(family) == "family_help"
    plan(family, "other", -3, "00:01")
    plan(family, "universal", -3, "00:00:30")
    assert plan_on(family) == "other"


def test_of_one_time_what_was_written_down_later_counts(family: Family) -> None:
    plan(family, "family_help", -3)
    plan(family, "none", -3)
    first, second = family.found("plan")
    first["recorded_at"], second["recorded_at"] = "2026-11-22T08:00:00.000002Z", "2026-11-22T08:00:00.000001Z"
    assert plan_on(family) == "family_help"


def test_of_one_time_of_writing_the_greater_id_counts(family: Family) -> None:
    plan(family, "family_help", -3)
    plan(family, "none", -3)
    first, second = family.found("plan")
    first["recorded_at"] = second["recorded_at"] = "2026-11-22T08:00:00Z"
    assert (plan_on(family), first["id"] < second["id"]) == ("none", True)


def test_a_record_counts_from_its_day_on(family: Family) -> None:
    plan(family, "family_help", -3)
    plan(family, "none", 1)
    assert plan_on(family) == "family_help"
    assert plan_on(family, date(2026, 11, 23)) == "none"
    assert plan_on(family, date(2026, 11, 18)) is None
    assert plan_on(family, None) == "none"


def test_a_superseded_record_does_not_count_and_stays_in_the_ledger(family: Family) -> None:
    first = family.add("life_event", -5, category="other", safety_relevant="yes")
    second = family.add("life_event", -4, category="other", safety_relevant="no", supersedes=(first,))
    case = Case("K7QX-3M2P", family.records(), TODAY)
    assert [each.id for each in case.every(LifeEvent)] == [second]
    assert [each.id for each in case.ever(LifeEvent)] == [first, second]


def test_what_a_superseded_record_superseded_stays_superseded(family: Family) -> None:
    ids = [family.add("life_event", -9, category="other", safety_relevant="yes")]
    for on in (-8, -7):
        ids.append(family.add("life_event", on, category="other", safety_relevant="no", supersedes=(ids[-1],)))
    case = Case("K7QX-3M2P", family.records(), TODAY)
    assert [each.id for each in case.every(LifeEvent)] == ids[-1:]


def test_a_record_of_tomorrow_supersedes_nothing_today(family: Family) -> None:
    first = family.add("life_event", -5, category="other", safety_relevant="yes")
    second = family.add("life_event", 1, category="other", safety_relevant="no", supersedes=(first,))
    records = family.records()
    assert [each.id for each in Case("K7QX-3M2P", records, TODAY).every(LifeEvent)] == [first]
    assert [each.id for each in Case("K7QX-3M2P", records, TODAY).standing(LifeEvent)] == [first, second]
    assert [each.id for each in Case("K7QX-3M2P", records, date(2026, 11, 23)).every(LifeEvent)] == [second]


def test_where_the_newest_is_superseded_by_an_older_day_the_one_before_it_is_current(family: Family) -> None:
    plan(family, "family_help", -9)
    wrong = plan(family, "child_protection", -3)
    plan(family, "universal", -3, "00:01", supersedes=(wrong,))
    assert plan_on(family) == "universal"
    family.found("plan")[-1]["happened_on"] = family.day(1)
    assert plan_on(family) == "child_protection"


def test_the_two_sides_of_a_relationship_are_in_no_order(family: Family) -> None:
    family.add("relationship", -1, between=["b", "a"], status="separating", according_to="a")
    case = Case("K7QX-3M2P", family.records(), TODAY)
    told = case.body(Relationship, "a", "b", "a")
    assert told is not None
    assert told.status == "separating"
    assert len(case.current(Relationship)) == 2


def test_a_check_of_public_law_has_no_person_and_a_key_of_its_own(family: Family) -> None:
    case = Case("K7QX-3M2P", family.records(), TODAY)
    assert case.latest(Suitability, "public_law") is not None
    assert case.latest(Suitability, "therapy", "a") is not None
    assert case.latest(Suitability, "therapy") is None


def test_everybody_who_is_no_child_by_role_is_an_adult(family: Family) -> None:
    family.add("person", -1, person_id="gran", role="other_adult", given_names="Gran", date_of_birth="2015-01-01")
    case = Case("K7QX-3M2P", family.records(), TODAY)
    assert [each.body.person_id for each in case.adults] == ["a", "b", "gran"]
    assert [each.body.person_id for each in case.children] == ["c1"]


def test_a_case_without_records_is_empty() -> None:
    case = Case("K7QX-3M2P", [])
    assert (case.records, case.people, case.latest(ConflictProfile)) == ((), {}, None)


# Days and times


def test_days_and_times_are_in_order() -> None:
    texts = [
        "2026-11-02T23:59",
        "2026-11-03",
        "2026-11-03T00:00",
        "2026-11-03T00:00:01",
        "2026-11-03T10:30",
        "2026-11-04",
    ]
    assert sorted(map(When.parse, reversed(texts))) == [When.parse(each) for each in texts]


@over(200)
@given(st.datetimes(), st.booleans())
def test_a_day_or_time_is_the_same_after_writing_and_reading(moment: Any, with_time: bool) -> None:
    when = When(moment.date(), moment.time().replace(microsecond=0) if with_time else None)
    again = When.parse(str(when))
    assert again == when
    assert hash(again) == hash(when)
    assert (again < when, when < again) == (False, False)


def test_a_local_time_needs_a_time() -> None:
    assert str(LocalDateTime.parse("2026-11-03T10:30")) == "2026-11-03T10:30"
    with pytest.raises(ValueError, match="local date and time"):
        LocalDateTime.parse("2026-11-03")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("J. Outreach", " j.OUTREACH\n", True),
        ("Groß", "GROSS", True),
        ("J. Outreach", "J Outreach", False),
        ("Jo", "Jo B.", False),
        ("", "", False),
        (" ", "\t", False),
    ],
)
def test_names_are_compared_without_case_and_spaces_and_no_name_is_like_no_other(
    one: str, other: str, same: bool
) -> None:
    assert same_name(one, other) is same
    assert same_name(other, one) is same
    assert (folded(one) == folded(other)) is (same or not one.strip())


def test_a_conversation_with_one_parent_corrects_none_with_the_other() -> None:
    family = Family()
    (held,) = family.found("safety_conversation", "a")
    family.add(
        "safety_conversation",
        -14,
        person_id="b",
        state="incomplete",
        tool="spr_safety_net",
        alone="yes",
        supersedes=(held["id"],),
    )
    with pytest.raises(InvalidDocument) as refused:
        family.records()
    assert [each.message for each in refused.value.faults] == ["names a record of another kind or about something else"]
