"""Activity: who opened, changed and exported what, without its content, in a chain of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from spr_desktop.records.case_document import parse_utc, utc_text
from spr_desktop.vault.chain import Chains

if TYPE_CHECKING:
    from sqlite3 import Connection


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
    """Add one at the end."""
    head = chains.head(connection, "activity")
    values = (head.length + 1, utc_text(at), action, case_ref, detail)
    following = chains.next_head(head, "activity", values)
    connection.execute("INSERT INTO activity VALUES (?, ?, ?, ?, ?, ?, ?)", (*values, head.hash, following.hash))
    chains.keep_head(connection, "activity", "", following)


def read_activity(connection: Connection) -> list[Activity]:
    """All of it, the oldest first."""
    rows = connection.execute("SELECT sequence, at, action, case_ref, detail FROM activity ORDER BY sequence")
    return [Activity(sequence, parse_utc(at), *others) for sequence, at, *others in rows.fetchall()]


def first_activity(connection: Connection) -> Activity | None:
    """The oldest entry; None if there is none."""
    row = connection.execute(
        "SELECT sequence, at, action, case_ref, detail FROM activity ORDER BY sequence LIMIT 1"
    ).fetchone()
    return None if row is None else Activity(row[0], parse_utc(row[1]), *row[2:])


def verify_activity(connection: Connection, chains: Chains) -> None:
    """Raises DamagedVault if an entry was changed, removed, added or moved from outside."""
    rows = connection.execute(
        "SELECT sequence, at, action, case_ref, detail, previous_hash, hash FROM activity ORDER BY sequence"
    )
    entries = ((values, previous_hash, hash_) for *values, previous_hash, hash_ in rows)
    chains.verify("activity", chains.head(connection, "activity"), entries)
