"""Activity: who opened, changed and exported what, without its content, in a chain of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from spr_desktop.records.case_document import parse_utc, utc_text
from spr_desktop.vault.chain import Chains

if TYPE_CHECKING:
    from sqlite3 import Connection


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


def read_activity(connection: Connection) -> list[Activity]:
    """All of it, the oldest first."""
    rows = connection.execute("SELECT sequence, at, action, case_ref, detail FROM activity ORDER BY sequence")
    return [Activity(sequence, parse_utc(at), *others) for sequence, at, *others in rows.fetchall()]


def verify_activity(connection: Connection, chains: Chains) -> None:
    """Raises DamagedVault if an entry was changed, removed, added or moved from outside."""
    rows = connection.execute(
        "SELECT sequence, at, action, case_ref, detail, previous_hash, hash FROM activity ORDER BY sequence"
    )
    entries = ((values, previous_hash, hash_) for *values, previous_hash, hash_ in rows)
    chains.verify("activity", chains.head(connection, "activity"), entries)
