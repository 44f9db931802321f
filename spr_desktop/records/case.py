"""The current case: what a ledger adds up to on a given day.

Nothing of this is stored. Records that happened after the day are left out, and supersede nothing yet; those who must
look further (what can stop a referral counts whatever its date) ask for it by name.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Any, TypeVar, cast

from spr_desktop.records.people import Person
from spr_desktop.records.record import AnyRecord, Body, LatestBody, Record

B = TypeVar("B", bound=Body)
L = TypeVar("L", bound=LatestBody)


class Case:
    """A ledger folded on a day; without a day, all of it."""

    def __init__(self, case_ref: str, records: Iterable[AnyRecord], as_of: date | None = None) -> None:
        self.case_ref = case_ref
        self.as_of = as_of
        self.records: tuple[AnyRecord, ...] = tuple(sorted(records, key=lambda each: each.order))
        """Every record, in order, whatever its date."""
        self.superseded = frozenset(named for each in self.records if self.is_past(each) for named in each.supersedes)
        """Ids of the records that some record names as superseded, also if it is superseded itself."""
        self._by_kind: dict[str, list[AnyRecord]] = {}
        for each in self.records:
            self._by_kind.setdefault(each.kind, []).append(each)
        self._newest: dict[str, dict[tuple[str, ...], AnyRecord]] = {}

    def is_past(self, record: AnyRecord) -> bool:
        """Whether it happened on the day or before."""
        return self.as_of is None or record.happened_on.day <= self.as_of

    def ever(self, kind: type[B]) -> list[Record[B]]:
        """All records of a kind, whatever their date, superseded or not."""
        return cast("list[Record[B]]", self._by_kind.get(kind.kind, []))

    def standing(self, kind: type[B]) -> list[Record[B]]:
        """The records of a kind that are not superseded, whatever their date."""
        return [each for each in self.ever(kind) if each.id not in self.superseded]

    def every(self, kind: type[B]) -> list[Record[B]]:
        """The records of a kind that are not superseded and happened on the day or before."""
        return [each for each in self.standing(kind) if self.is_past(each)]

    def current(self, kind: type[L]) -> dict[tuple[str, ...], Record[L]]:
        """The newest record of a kind for each key."""
        if kind.kind not in self._newest:
            self._newest[kind.kind] = {each.body.key: each for each in self.every(kind)}
        return cast("dict[tuple[str, ...], Record[L]]", self._newest[kind.kind])

    def latest(self, kind: type[L], *key: str) -> Record[L] | None:
        """The newest record of a kind with the key; None where there is none."""
        return self.current(kind).get(key)

    @cached_property
    def people(self) -> dict[str, Record[Person]]:
        """The current record of every person, by id, in the order in which they became known."""
        return {key[0]: record for key, record in self.current(Person).items()}

    @property
    def adults(self) -> list[Record[Person]]:
        """Everybody who is not a child by role."""
        return [record for record in self.people.values() if record.body.is_adult]

    @property
    def children(self) -> list[Record[Person]]:
        """The family's children, the unborn included."""
        return [record for record in self.people.values() if not record.body.is_adult]

    def body(self, kind: type[L], *key: str) -> L | None:
        """What the newest record of a kind with the key says."""
        record: Record[Any] | None = self.latest(kind, *key)
        return record.body if record else None
