"""The balance of contact: touch points before sessions, parent by parent."""

from __future__ import annotations

from spr_desktop.casework.balance import ParentBalance, balance
from spr_desktop.records.case import Case
from tests.cases import CASE_REF, Family, PlainRecord


def session(
    family: Family, name: str, day: int, *, state: str = "attended", attendees: tuple[str, ...] = ("a", "b")
) -> None:
    family.add(
        "session",
        min(day, 0),
        session_id=name,
        number=1,
        service="mediation",
        planned_for=f"{family.day(day)}T10:30",
        attendees=list(attendees),
        state=state,
    )


def touch(family: Family, name: str, person: str, day: int, at: str | None = None, **fields: str) -> None:
    body: PlainRecord = {"individually": "yes", "new_safety_information": "no", "worry": "none", "by": "Wren"} | fields
    family.add("touch_point", day, at, session_id=name, person_id=person, **body)


def of(family: Family, person: str) -> ParentBalance:
    case = Case(CASE_REF, family.records(), family.as_of)
    return next(each for each in balance(case, family.as_of) if each.person_id == person)


def test_only_a_touch_point_alone_and_before_the_session_counts() -> None:
    family = Family()
    for name, day in (("s1", -30), ("s2", -20), ("s3", -10)):
        session(family, name, day)
    touch(family, "s1", "a", -31)
    touch(family, "s2", "a", -20, "11:00")
    touch(family, "s3", "a", -11, individually="no")
    touch(family, "s1", "b", -30)
    touch(family, "s2", "b", -20, "10:00")
    touch(family, "s3", "b", -11)
    assert (of(family, "a").touched, of(family, "a").sessions) == (1, 3)
    assert (of(family, "b").touched, of(family, "b").sessions) == (3, 3)
    assert of(family, "b").share == 1.0


def test_sessions_that_did_not_take_place_or_are_another_parents_do_not_count() -> None:
    family = Family()
    session(family, "s1", -9, state="cancelled")
    session(family, "s2", -8, state="stopped")
    session(family, "s3", -7, attendees=("b",))
    session(family, "s4", 5, state="planned")
    session(family, "s5", 3, state="planned")
    found = of(family, "a")
    assert (found.sessions, found.share) == (0, None)
    assert str(found.next_session) == f"{family.day(3)}T10:30"


def test_who_holds_a_parent_in_mind_is_whose_commitment_goes_on() -> None:
    family = Family()
    assert [each.name for each in of(family, "a").held_by] == ["Wren Demo"]
    family.change("wraparound", "a", ended_on=family.day(0))
    assert not of(family, "a").held_by
    assert "Nobody has committed to this parent yet." in of(family, "a").words


def test_the_words_say_the_last_touch_point_and_name_no_parent() -> None:
    family = Family()
    session(family, "s1", -3)
    touch(family, "s1", "a", -4)
    words = " ".join(of(family, "a").words)
    assert "A touch point before 1 of 1 session." in words
    assert "Last touch point on 18 November 2026." in words
    assert not any(name in words for name in ("Jo", "Sam"))
