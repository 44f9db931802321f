"""Drafts: what is being typed and is no record yet, by the name of the form it stands in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from spr_desktop.records.case_document import parse_utc, utc_text

if TYPE_CHECKING:
    from sqlite3 import Connection


def keep_drafts(connection: Connection, typed: Mapping[str, str], at: datetime) -> None:
    """Keep each text in the place of what was kept under its name."""
    connection.executemany(
        "INSERT INTO draft VALUES (?, ?, ?)"
        " ON CONFLICT DO UPDATE SET kept_at = excluded.kept_at, typed = excluded.typed",
        [(name, utc_text(at), text) for name, text in typed.items()],
    )


def read_draft(connection: Connection, name: str) -> str | None:
    """What is kept under a name; None if there is nothing."""
    row = connection.execute("SELECT typed FROM draft WHERE name = ?", (name,)).fetchone()
    return None if row is None else str(row[0])


def drop_draft(connection: Connection, name: str) -> None:
    """Forget what is kept under a name, if there is anything."""
    connection.execute("DELETE FROM draft WHERE name = ?", (name,))


def draft_names(connection: Connection) -> list[tuple[str, datetime]]:
    """Every name with the time at which its draft was kept, in UTC, the newest first."""
    rows = connection.execute("SELECT name, kept_at FROM draft ORDER BY name").fetchall()
    return sorted(((name, parse_utc(kept_at)) for name, kept_at in rows), key=lambda each: each[1], reverse=True)
