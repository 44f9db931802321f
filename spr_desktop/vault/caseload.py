"""The caseload: one computed row a case, and the names by which cases are found.

What stands here is worked out from the ledgers by those who know the pathway; the vault only keeps it, in the same
transaction as the records it was worked out from.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from spr_desktop.vault.errors import DamagedVault
from spr_desktop.vault.search import indexed_words, search_expression

if TYPE_CHECKING:
    from sqlite3 import Connection

_KEEP: Final = """
    INSERT INTO case_summary
        (case_ref, names, service, outcome, ready, urgent, next_step, due_on, last_contact, as_of)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (case_ref) DO UPDATE SET
        names = excluded.names, service = excluded.service, outcome = excluded.outcome, ready = excluded.ready,
        urgent = excluded.urgent, next_step = excluded.next_step, due_on = excluded.due_on,
        last_contact = excluded.last_contact, as_of = excluded.as_of
    RETURNING number
"""
_PAGE: Final = """
    SELECT case_ref, names, service, outcome, ready, urgent, next_step, due_on, last_contact, as_of
    FROM case_summary ORDER BY urgent DESC, due_on IS NULL, due_on, case_ref LIMIT ? OFFSET ?
"""
# in the order of the index, which stops after a page: ranking would read every row that is found
_FOUND_PAGE: Final = """
    SELECT case_ref, names, service, outcome, ready, urgent, next_step, due_on, last_contact, as_of
    FROM person_search JOIN case_summary ON case_summary.number = person_search.rowid
    WHERE person_search MATCH ? ORDER BY person_search.rowid DESC LIMIT ? OFFSET ?
"""
_ONE: Final = """
    SELECT case_ref, names, service, outcome, ready, urgent, next_step, due_on, last_contact, as_of, words
    FROM case_summary JOIN person_search ON person_search.rowid = case_summary.number WHERE case_ref = ?
"""
_STALE: Final = """
    SELECT name FROM chain LEFT JOIN case_summary ON case_summary.case_ref = chain.name
    WHERE chain.kind = 'ledger' AND case_summary.as_of IS NOT ? ORDER BY name
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseSummary:
    """What the caseload shows of a case."""

    case_ref: str
    names: tuple[str, ...]
    """Full and preferred names of the people, for search and display."""
    service: str | None
    outcome: str
    ready: bool
    urgent: bool
    next_step: str
    due_on: date | None
    last_contact: date | None
    as_of: date
    """The day for which this was worked out."""


def keep_summary(connection: Connection, summary: CaseSummary) -> None:
    """Put a row in the place of the case's old one, and its names in the place of those that were found."""
    (number,) = connection.execute(_KEEP, _row(summary)).fetchone()
    words = _words(summary)
    kept = connection.execute("SELECT words FROM person_search WHERE rowid = ?", (number,)).fetchone()
    if kept is None:
        connection.execute("INSERT INTO person_search (rowid, words) VALUES (?, ?)", (number, words))
    elif kept[0] != words:
        connection.execute("UPDATE person_search SET words = ? WHERE rowid = ?", (words, number))


def read_summaries(connection: Connection, search: str | None, limit: int | None, offset: int) -> list[CaseSummary]:
    """Rows of the caseload: the urgent first, then by what is due; of those that a search finds, the newest first."""
    expression = search_expression(search) if search else None
    page = (-1 if limit is None else limit, offset)
    if expression is None:
        return [_summary(row) for row in connection.execute(_PAGE, page)]
    return [_summary(row) for row in connection.execute(_FOUND_PAGE, (expression, *page))]


def read_summary(connection: Connection, case_ref: str) -> CaseSummary | None:
    """The row of one case, or None; raises DamagedVault if it is not found by the names it shows."""
    row = connection.execute(_ONE, (case_ref,)).fetchone()
    if row is None:
        return None
    summary = _summary(row[:-1])
    if row[-1] != _words(summary):
        raise DamagedVault("the search does not fit the caseload")
    return summary


def stale_summaries(connection: Connection, as_of: date) -> list[str]:
    """References of the cases with a ledger whose row is missing or was worked out for another day, in order."""
    rows = connection.execute(_STALE, (as_of.isoformat(),))
    return [case_ref for (case_ref,) in rows]


def count_summaries(connection: Connection) -> int:
    """How many rows there are."""
    count: int = connection.execute("SELECT count(*) FROM case_summary").fetchone()[0]
    return count


def _words(summary: CaseSummary) -> str:
    return indexed_words((*summary.names, summary.case_ref))


def _row(summary: CaseSummary) -> tuple[Any, ...]:
    return (
        summary.case_ref,
        json.dumps(summary.names, ensure_ascii=False),
        summary.service,
        summary.outcome,
        summary.ready,
        summary.urgent,
        summary.next_step,
        _text(summary.due_on),
        _text(summary.last_contact),
        summary.as_of.isoformat(),
    )


def _summary(row: tuple[Any, ...]) -> CaseSummary:
    case_ref, names, service, outcome, ready, urgent, next_step, due_on, last_contact, as_of = row
    return CaseSummary(
        case_ref=case_ref,
        names=tuple(json.loads(names)),
        service=service,
        outcome=outcome,
        ready=bool(ready),
        urgent=bool(urgent),
        next_step=next_step,
        due_on=_date(due_on),
        last_contact=_date(last_contact),
        as_of=date.fromisoformat(as_of),
    )


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
