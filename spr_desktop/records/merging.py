"""Merging two copies of a ledger: the union of their records, and which of them compete.

Nothing is ever taken away: what one copy lacks, the other keeps. Two records compete where each copy has gone its own
way since the last record that they have in common, and a person has to say which is right; until then the order of
records decides, as everywhere. A copy that brings nothing new has nothing to report.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from spr_desktop.records.case import Case
from spr_desktop.records.record import AnyRecord

Group = frozenset[str]
"""Ids of records that compete."""

BOTH_STAND: Final = frozenset({"safety_conversation", "caution_accepted"})
"""Nothing is chosen between these: both conversations took place, and an acceptance is never carried to another day."""


@dataclass(frozen=True, slots=True)
class Merge:
    """What a copy brings to a ledger."""

    new: tuple[AnyRecord, ...]
    """What the ledger does not hold yet, in the order of the copy."""
    known: int
    """How many records it holds already, with the same content."""
    contradicting: tuple[str, ...]
    """Ids of records that cannot stand in one ledger with what is kept: the copy must then be refused whole."""
    competing: frozenset[Group] = frozenset()


def merge(case_ref: str, kept: Iterable[AnyRecord], copy: Iterable[AnyRecord]) -> Merge:
    """What a copy of a case brings to the records that are kept of it."""
    mine = {each.id: each for each in kept}
    theirs = {each.id: each for each in copy}
    new = tuple(each for each in theirs.values() if each.id not in mine)
    contradicting = [each.id for each in theirs.values() if each.id in mine and mine[each.id] != each]
    contradicting += _superseding_wrongly(theirs | mine, {each.id for each in new})
    if contradicting or not new:
        return Merge(new, len(theirs) - len(new), tuple(dict.fromkeys(contradicting)))
    union = Case(case_ref, (theirs | mine).values())
    found = _gone_two_ways(Case(case_ref, mine.values()), Case(case_ref, theirs.values()), union)
    found |= {each for each in _corrected_twice(union) if each & {record.id for record in new}}
    return Merge(new, len(theirs) - len(new), (), frozenset(found))


def still_competing(case: Case, groups: Iterable[Group]) -> list[list[AnyRecord]]:
    """What a person has still to choose between, of groups that were found to compete; each in order, oldest first.

    What was superseded competes no more, nor does what a newer record about the same has taken the place of.
    """
    found = []
    by_id = {each.id: each for each in case.records}
    for group in sorted(set(groups), key=sorted):
        records = [by_id[each] for each in group if each in by_id and each not in case.superseded]
        records.sort(key=lambda each: each.order)
        is_one_thing = len({(each.kind, each.body.key) for each in records}) == 1
        if is_one_thing and records[0].kind not in BOTH_STAND and _differ(records) and _is_newest(case, records):
            found.append(records)
    return found


def _gone_two_ways(mine: Case, theirs: Case, union: Case) -> set[Group]:
    """Of each thing that both copies have a current record of: the two, if neither copy knows the other's."""
    known_here, known_there = ({each.id for each in case.records} for case in (mine, theirs))
    currently = _current(theirs)
    found = set()
    for about, here in _current(mine).items():
        there = currently.get(about)
        if there is None or here.id in known_there or there.id in known_here:
            continue
        if {here.id, there.id} & union.superseded or not _differ([here, there]):
            continue
        found.add(frozenset({here.id, there.id}))
    return found


def _corrected_twice(union: Case) -> set[Group]:
    """Records that stand and correct the same one, of kinds of which every record counts."""
    corrections: dict[str, list[AnyRecord]] = {}
    for each in union.records:
        if not each.body.has_key and each.kind not in BOTH_STAND and each.id not in union.superseded:
            for named in each.supersedes:
                corrections.setdefault(named, []).append(each)
    return {frozenset(each.id for each in records) for records in corrections.values() if _differ(records)}


def _current(case: Case) -> dict[tuple[str, tuple[str, ...]], AnyRecord]:
    """The current record of everything that has a newest one, by kind and key."""
    return {
        (each.kind, each.body.key): each
        for each in case.records
        if each.body.has_key and each.kind not in BOTH_STAND and each.id not in case.superseded
    }


def _differ(records: list[AnyRecord]) -> bool:
    return len({(each.happened_on, repr(each.body)) for each in records}) > 1


def _is_newest(case: Case, records: list[AnyRecord]) -> bool:
    """Whether the newest of them is the current one; of kinds of which every record counts, each is."""
    newest = records[-1]
    return not newest.body.has_key or _current(case).get((newest.kind, newest.body.key)) == newest


def _superseding_wrongly(union: dict[str, AnyRecord], new: set[str]) -> list[str]:
    """New records that name a kept one of another kind, about something else or not earlier, or are named so."""
    found = []
    for record in union.values():
        for each in record.supersedes:
            named = union.get(each)
            if named is None or not new & {record.id, each}:
                continue
            if (named.kind, named.body.key) != (record.kind, record.body.key) or named.order >= record.order:
                found.append(record.id if record.id in new else each)
    return found
