"""Activity: who opened, changed and exported what, without its content, in a chain of its own."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from spr_desktop.records.case_document import parse_utc, utc_text
from spr_desktop.vault.chain import Chains

if TYPE_CHECKING:
    from sqlite3 import Connection

    from spr_desktop.vault.store import Store


_VERIFY: Final = "SELECT sequence, at, action, case_ref, detail, previous_hash, hash FROM activity ORDER BY sequence"
CLOCK_WENT_BACK: Final = "clock_went_back"
_CLOCKS_CORRECT_THEMSELVES: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Activity:
    """One thing that was done."""

    sequence: int
    """Their order, whatever the clock said."""
    at: datetime
    """In UTC."""
    action: str
    case_ref: str | None
    detail: str | None


def add_activity(
    connection: Connection, chains: Chains, at: datetime, action: str, case_ref: str | None, detail: str | None
) -> None:
    """Add one at the end; where the clock went back by more than a minute since the one before, that is said first."""
    last = connection.execute("SELECT at FROM activity ORDER BY sequence DESC LIMIT 1").fetchone()
    if last is not None:
        back = parse_utc(last[0]) - at
        if back > _CLOCKS_CORRECT_THEMSELVES:
            _add(connection, chains, at, CLOCK_WENT_BACK, None, f"{back // timedelta(minutes=1)} minutes")
    _add(connection, chains, at, action, case_ref, detail)


def _add(
    connection: Connection, chains: Chains, at: datetime, action: str, case_ref: str | None, detail: str | None
) -> None:
    head = chains.head(connection, "activity")
    values = (head.length + 1, utc_text(at), action, case_ref, detail)
    following = chains.next_head(head, "activity", values)
    connection.execute("INSERT INTO activity VALUES (?, ?, ?, ?, ?, ?, ?)", (*values, head.hash, following.hash))
    chains.keep_head(connection, "activity", "", following)


@dataclass(frozen=True, slots=True)
class WantedActivity:
    """Which entries are looked for."""

    since: datetime | None = None
    """In UTC; entries of that moment fit."""
    until: datetime | None = None
    """In UTC; entries of that moment do not fit any more."""
    actions: frozenset[str] | None = None
    """Only these; None for all."""


def read_activity(
    connection: Connection, wanted: WantedActivity | None = None, limit: int | None = None, offset: int = 0
) -> list[Activity]:
    """All of it, the oldest first; with ``wanted``, what fits it, the newest first."""
    where, values = _fitting(wanted or WantedActivity())
    order = "DESC" if wanted else "ASC"
    rows = connection.execute(
        f"SELECT sequence, at, action, case_ref, detail FROM activity {where} ORDER BY sequence {order}"
        " LIMIT ? OFFSET ?",
        (*values, -1 if limit is None else limit, offset),
    )
    return [Activity(sequence, parse_utc(at), *others) for sequence, at, *others in rows.fetchall()]


def first_activity(connection: Connection) -> Activity | None:
    """The oldest entry; None if there is none."""
    row = connection.execute(
        "SELECT sequence, at, action, case_ref, detail FROM activity ORDER BY sequence LIMIT 1"
    ).fetchone()
    return None if row is None else Activity(row[0], parse_utc(row[1]), *row[2:])


def count_activity(connection: Connection, wanted: WantedActivity) -> int:
    """How many entries fit."""
    where, values = _fitting(wanted)
    count: int = connection.execute(f"SELECT count(*) FROM activity {where}", values).fetchone()[0]
    return count


def _fitting(wanted: WantedActivity) -> tuple[str, list[str]]:
    conditions: list[str] = []
    values: list[str] = []
    for condition, moment in (("at >= ?", wanted.since), ("at < ?", wanted.until)):
        if moment is not None:
            conditions.append(condition)
            values.append(utc_text(moment).removesuffix("Z"))  # so that it sorts before its fractions
    if wanted.actions is not None:
        conditions.append(f"action IN ({', '.join('?' * len(wanted.actions))})")
        values += sorted(wanted.actions)
    return f"WHERE {' AND '.join(conditions)}" if conditions else "", values


def verify_activity(connection: Connection, chains: Chains) -> int:
    """How many entries there are; raises DamagedVault if one was changed, removed, added or moved from outside."""
    head = chains.head(connection, "activity")
    with closing(connection.execute(_VERIFY)) as rows:  # read half-way it would stay in the way of closing
        chains.verify("activity", head, ((values, previous, hash_) for *values, previous, hash_ in rows))
    return head.length


@dataclass(frozen=True, slots=True)
class ActivityTrail:
    """The activity of an open vault; its methods raise DamagedVault and MachineFault."""

    store: Store
    chains: Chains

    def entries(
        self, wanted: WantedActivity | None = None, limit: int | None = None, offset: int = 0
    ) -> list[Activity]:
        """As ``read_activity``."""
        with self.store.reading() as connection:
            return read_activity(connection, wanted, limit, offset)

    def count(self, wanted: WantedActivity) -> int:
        """How many entries fit."""
        with self.store.reading() as connection:
            return count_activity(connection, wanted)

    def verify(self) -> int:
        """As ``verify_activity``."""
        with self.store.reading() as connection:
            return verify_activity(connection, self.chains)

    def take_over(self, entries: Iterable[Activity]) -> None:
        """Add what was done with another vault of which this one takes the place, with the times of then."""
        with self.store.writing() as connection:
            for each in entries:  # older than what made this vault, and the clock never went back
                _add(connection, self.chains, each.at, each.action, each.case_ref, each.detail)
