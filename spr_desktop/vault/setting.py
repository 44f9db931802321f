"""Settings: values by their names, kept in the database with the records."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite3 import Connection


def read_setting(connection: Connection, name: str) -> str | None:
    """The value of a setting; None if it was never set."""
    row = connection.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
    return None if row is None else row[0]


def keep_setting(connection: Connection, name: str, value: str) -> None:
    """Keep a setting, in the place of what it was before."""
    connection.execute(
        "INSERT INTO setting VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value", (name, value)
    )
