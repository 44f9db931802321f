"""Brings a database to the form that this version of the program knows, one whole step at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import sqlcipher3.dbapi2 as sqlcipher

from spr_desktop.vault.errors import NewerVault

if TYPE_CHECKING:
    from sqlite3 import Connection


def upgrade(connection: Connection, steps: Sequence[str]) -> None:
    """Run the steps that a database has not seen yet; it is of version n when the first n of them were run.

    Each step is one transaction, so that whatever stops it leaves the version before. Raises NewerVault, with nothing
    changed, if the database has seen more steps than there are.
    """
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > len(steps):
        raise NewerVault(f"the database is of version {version}")
    for number, step in enumerate(steps[version:], start=version + 1):
        _run(connection, step, number)


def _run(connection: Connection, step: str, number: int) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        for statement in statements(step):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {number:d}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def statements(script: str) -> Iterator[str]:
    """The statements of a script, one by one: running it whole would commit what was begun before."""
    waiting = ""
    for line in script.splitlines(keepends=True):
        waiting += line
        if waiting.strip() and sqlcipher.complete_statement(waiting):
            yield waiting.strip()
            waiting = ""
    if waiting.strip():
        raise ValueError("the last statement of a script has no end")
