"""Merging copies of a ledger: a union, whatever the order, that reports only what a person has to choose between."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from spr_desktop.pathway.check import check
from spr_desktop.records.case import Case
from spr_desktop.records.case_document import read_case_document
from spr_desktop.records.merging import merge, still_competing
from spr_desktop.records.people import Person, Plan
from spr_desktop.records.record import AnyRecord, Body, Record
from spr_desktop.records.safety import SafetyConversation
from spr_desktop.records.values import When
from spr_desktop.records.work import Note, NoteBlock
from tests.records.generated import documents, over

REF = "K7QX-3M2P"
AT = datetime(2026, 11, 2, 10, 15, tzinfo=UTC)
Ledger = list[AnyRecord]


@st.composite
def copies(draw: st.DrawFn, number: int = 3) -> list[Ledger]:
    """Copies of one ledger that each lack some of its records."""
    plain = draw(documents())
    data = json.dumps(plain).encode()
    records = read_case_document(data, written_at=AT).records
    return [[each for each in records if draw(st.booleans())] for _ in range(number)]


def union(*ledgers: Ledger) -> Ledger:
    """Ledgers merged one after the other."""
    kept: Ledger = []
    for each in ledgers:
        kept = [*kept, *merge(REF, kept, each).new]
    return kept


def as_set(ledger: Ledger) -> dict[str, AnyRecord]:
    assert len({each.id for each in ledger}) == len(ledger)
    return {each.id: each for each in ledger}


@over(150)
@given(copies())
def test_a_union_whatever_the_order_and_however_often(three: list[Ledger]) -> None:
    one, two, other = three
    both = union(one, two)
    assert as_set(union(both, one)) == as_set(union(both, two)) == as_set(union(both, both)) == as_set(both)
    assert as_set(both) == as_set(union(two, one))
    assert as_set(union(both, other)) == as_set(union(one, union(two, other)))
    assert as_set(both).keys() >= as_set(one).keys() | as_set(two).keys(), "nothing goes by being absent"


@over(100)
@given(copies())
def test_merged_copies_fold_alike_and_are_decided_alike(three: list[Ledger]) -> None:
    one, two, other = three
    first, second = union(one, two, other), union(other, two, one)
    assert Case(REF, first).records == Case(REF, second).records
    for kind in {type(each.body) for each in first if each.body.has_key}:
        assert Case(REF, first).current(kind) == Case(REF, second).current(kind)
    today = date(2026, 11, 22)
    assert check(REF, first, today) == check(REF, second, today)


@over(150)
@given(copies(2))
def test_merging_a_copy_reports_nothing(two: list[Ledger]) -> None:
    one, other = two
    whole = union(one, other)
    for copy in (one, other, whole, []):
        again = merge(REF, whole, copy)
        assert (again.new, again.contradicting, again.competing) == ((), (), frozenset())
        assert again.known == len(copy)
    assert merge(REF, [], whole).competing <= _corrected_twice(whole)
    assert merge(REF, one, whole).competing <= _corrected_twice(whole), "the other copy knows everything of this one"


@over(150)
@given(copies(2))
def test_both_sides_see_the_same_compete(two: list[Ledger]) -> None:
    one, other = two
    if merge(REF, one, other).new and merge(REF, other, one).new:
        assert merge(REF, one, other).competing == merge(REF, other, one).competing


def _corrected_twice(records: Ledger) -> frozenset[frozenset[str]]:
    """Groups that a ledger holds by itself: every pair that names the same one."""
    standing = [each for each in records if not any(each.id in other.supersedes for other in records)]
    named = {name for each in standing for name in each.supersedes}
    return frozenset(frozenset(each.id for each in standing if name in each.supersedes) for name in named)


# By example


def record(body: Body, day: int = 3, *, after: tuple[AnyRecord, ...] = (), number: int | None = None) -> AnyRecord:
    return Record(
        id=str(UUID(int=number) if number else uuid4()),
        happened_on=When(date(2026, 11, day)),
        recorded_at=AT + timedelta(days=day),
        recorded_by="J. Outreach",
        body=body,
        supersedes=tuple(each.id for each in after),
    )


def someone(name: str) -> Person:
    return Person(person_id="a", role="parent_carer", given_names=name)


BASE = record(someone("Jo"), 2)


def group(*records: AnyRecord) -> frozenset[frozenset[str]]:
    return frozenset({frozenset(each.id for each in records)})


def test_what_both_sides_changed_competes() -> None:
    mine, theirs = record(someone("Joan"), 4), record(someone("Joanna"), 5)
    assert merge(REF, [BASE, mine], [BASE, theirs]).competing == group(mine, theirs)


def test_what_one_side_changed_does_not_compete() -> None:
    mine = record(someone("Joan"), 4)
    plan = record(Plan(type="none", intervention_in_plan="no", closure_because_of_referral="no"))
    assert merge(REF, [BASE, mine], [BASE, plan]).competing == frozenset()
    assert merge(REF, [BASE, plan], [BASE, mine]).competing == frozenset()


def test_what_was_built_upon_does_not_compete() -> None:
    first, second = record(someone("Joan"), 4), record(someone("Joanna"), 5)
    assert merge(REF, [BASE, first], [BASE, first, second]).competing == frozenset()
    third = record(someone("Jo-Ann"), 6)
    assert merge(REF, [BASE, third], [BASE, first, second]).competing == group(third, second), "only the newest of each"


def test_what_the_other_side_has_superseded_does_not_compete() -> None:
    mine = record(someone("Joan"), 4)
    theirs = record(someone("Joanna"), 5, after=(mine,))
    assert merge(REF, [BASE, mine], [BASE, theirs]).competing == frozenset(), (
        "mine reached them, and not with this copy"
    )


def test_only_what_is_new_is_added_and_only_with_it_is_anything_reported() -> None:
    note = record(Note(type="visit", blocks=(NoteBlock(type="fact", text="Came."),)), 2)
    both = [
        replace(note, id=str(uuid4()), supersedes=(note.id,), happened_on=When(date(2026, 11, day))) for day in (3, 4)
    ]
    ledger = [BASE, note, *both]
    again = merge(REF, ledger, ledger)
    assert (again.new, again.known, again.competing) == ((), 4, frozenset())
    later = record(someone("Joan"), 4)
    found = merge(REF, ledger, [*ledger, later])
    assert (found.new, found.competing) == ((later,), frozenset()), "what competed already is not new"


def test_the_same_written_down_twice_does_not_compete() -> None:
    mine, theirs = record(someone("Joan"), 4), record(someone("Joan"), 4)
    assert merge(REF, [BASE, mine], [BASE, theirs]).competing == frozenset()


def test_two_corrections_of_one_note_compete_and_two_conversations_do_not() -> None:
    note = record(Note(type="visit", blocks=(NoteBlock(type="fact", text="Came."),)), 2)
    mine, theirs = (
        record(Note(type="visit", blocks=(NoteBlock(type="fact", text=text),)), 3, after=(note,))
        for text in ("Came alone.", "Came late.")
    )
    assert merge(REF, [note, mine], [note, theirs]).competing == group(mine, theirs)
    talks = [
        record(
            SafetyConversation(person_id="a", state="incomplete", tool="none", alone=alone, interpreter="none_needed")
        )
        for alone in ("yes", "no")
    ]
    assert merge(REF, talks[:1], talks[1:]).competing == frozenset()
    assert still_competing(Case(REF, talks), group(*talks)) == [], "not even if another vault says so"


def test_a_choice_ends_it_and_so_does_what_is_newer() -> None:
    mine, theirs = record(someone("Joan"), 4), record(someone("Joanna"), 5)
    groups = group(mine, theirs)
    ledger = [BASE, mine, theirs]
    assert still_competing(Case(REF, ledger), groups) == [[mine, theirs]]
    chosen = record(someone("Joan"), 5, after=(mine, theirs))
    assert still_competing(Case(REF, [*ledger, chosen]), groups) == []
    newer = record(someone("Jo-Ann"), 9)
    assert still_competing(Case(REF, [*ledger, newer]), groups) == []


def test_two_choices_made_on_two_sides_compete_anew() -> None:
    mine, theirs = record(someone("Joan"), 4), record(someone("Joanna"), 5)
    ledger = [BASE, mine, theirs]
    one, other = (record(someone(name), 6, after=(mine, theirs)) for name in ("Joan", "Joanna"))
    assert merge(REF, [*ledger, one], [*ledger, other]).competing == group(one, other)


def test_the_same_id_with_other_content_is_refused_and_so_is_superseding_something_else() -> None:
    forged = replace(BASE, body=someone("Mallory"))
    assert merge(REF, [BASE], [forged]).contradicting == (BASE.id,)
    plan = record(Plan(type="none", intervention_in_plan="no", closure_because_of_referral="no"), after=(BASE,))
    assert merge(REF, [BASE], [plan]).contradicting == (plan.id,)
    early = record(someone("Joan"), 1, after=(BASE,))
    assert merge(REF, [BASE], [early]).contradicting == (early.id,)
