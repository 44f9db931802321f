"""Records in words: every kind has a title, a line and its place among the filters, and no code is shown raw."""

from __future__ import annotations

import re

import pytest

from spr_desktop.casework.chronology import entries
from spr_desktop.records.case import Case
from spr_desktop.records.kinds import KINDS
from tests.cases import CASE_REF, Family
from tests.casework.test_chronology import MARK, marked
from ui.chronology import GROUPS
from ui.forms import People
from ui.sayings import NOT_SHOWN, OTHER_PARENT, people_of, said, title_of

RAW = re.compile(r"[a-z]+_[a-z]+")


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_is_said_without_a_raw_code(kind: str) -> None:
    case = marked(kind, "a")
    people = people_of(case)
    told = [said(each, people) for each in case.records if each.kind == kind]
    assert told
    for each in told:
        assert each.title
        assert each.line
        for text in (each.title, each.line, *(part for detail in each.details for part in detail)):
            assert not RAW.search(text), text
            assert "2026-" not in text


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_is_in_one_group_of_the_filter(kind: str) -> None:
    assert sum(kind in kinds for kinds in GROUPS.values()) == 1


def test_a_kind_without_a_form_is_called_by_its_name() -> None:
    assert title_of("something_new") == "Something new"


def test_a_conversation_is_said_without_what_was_answered() -> None:
    family = Family()
    family.change("safety_conversation", "a", answers={"J1": {"value": "yes", "note": MARK}}, observations=["N1"])
    case = Case(CASE_REF, family.records())
    record = next(each for each in case.records if each.kind == "safety_conversation")
    told = said(record, people_of(case))
    assert (told.title, told.line) == ("Safety conversation", "Jo: completed, alone, SPR Safety Net")
    assert MARK not in str(told.details)
    assert said(record, people_of(case), "a").title == NOT_SHOWN


def test_on_a_parents_page_the_other_adult_has_no_name() -> None:
    family = Family()
    case = Case(CASE_REF, family.records())
    told = [said(each.record, people_of(case), "a") for each in entries(case, "a") if each.kind == "relationship"]
    assert [each.line for each in told] == [f"Jo, {OTHER_PARENT}: Separated, living apart, told by Jo"]


def test_days_are_said_day_first_and_a_name_from_the_right_stays_in_its_place() -> None:
    family = Family()
    case = Case(CASE_REF, family.records())
    referral = next(each for each in case.records if each.kind == "referral")
    told = said(referral, People({"a": "عمر", "b": "Sam"}, {}))
    assert ("Referral made on", "18 November 2026") in told.details
    assert told.line == "Mediation (parents who have separated), with \u2068عمر\u2069, Sam"
