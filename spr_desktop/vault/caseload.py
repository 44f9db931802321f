"""The caseload: one computed row a case, and the names by which cases are found.

What stands here is worked out from the ledgers by those who know the pathway; the vault only keeps it, in the same
transaction as the records it was worked out from.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from spr_desktop.records.record import AnyRecord
from spr_desktop.vault.chain import Chains
from spr_desktop.vault.errors import DamagedVault
from spr_desktop.vault.ledger import read_ledger
from spr_desktop.vault.search import indexed_words, near_expressions, search_expression

if TYPE_CHECKING:
    from sqlite3 import Connection

    from spr_desktop.vault.store import Store

_LISTED: Final = """
    case_ref, names, service, outcome, ready, urgent, next_step, due_on, last_contact, as_of, changes_on, '[]'
"""
_COLUMNS: Final = """
    case_ref, names, service, outcome, ready, urgent, next_step, due_on, last_contact, as_of, changes_on,
    (
        SELECT json_group_array(json_array(due_on, rule, subject, words))
        FROM due WHERE due.case_ref = case_summary.case_ref
    )
"""
_KEEP: Final = """
    INSERT INTO case_summary
        (case_ref, names, service, outcome, ready, urgent, next_step, due_on, last_contact, as_of, changes_on)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (case_ref) DO UPDATE SET
        names = excluded.names, service = excluded.service, outcome = excluded.outcome, ready = excluded.ready,
        urgent = excluded.urgent, next_step = excluded.next_step, due_on = excluded.due_on,
        last_contact = excluded.last_contact, as_of = excluded.as_of, changes_on = excluded.changes_on
    RETURNING number
"""
_IN_ORDER: Final = "ORDER BY urgent DESC, due_on IS NULL, due_on, case_ref"
# in the order of the index, which stops after a page: ranking would read every row that is found
_NEWEST_FIRST: Final = "ORDER BY person_search.rowid DESC"
_ALL: Final = "case_summary"
_FOUND: Final = "person_search JOIN case_summary ON case_summary.number = person_search.rowid"
_ONE: Final = f"""
    SELECT {_COLUMNS}, words
    FROM case_summary JOIN person_search ON person_search.rowid = case_summary.number WHERE case_ref = ?
"""
# the plus keeps SQLite from reading every row in the order of references rather than the few that the indexes name
_STALE: Final = """
    SELECT case_ref FROM case_summary WHERE changes_on <= ?1 OR as_of > ?1 ORDER BY +case_ref LIMIT ?2
"""
_MISSING: Final = """
    SELECT name FROM chain
    WHERE kind = 'ledger' AND NOT EXISTS (SELECT 1 FROM case_summary WHERE case_ref = chain.name)
    AND NOT EXISTS (SELECT 1 FROM disposal WHERE case_ref = chain.name)
    ORDER BY name LIMIT ?
"""
_CANDIDATES: Final = f"""
    SELECT case_ref, words FROM {_FOUND} WHERE person_search MATCH ? {_NEWEST_FIRST} LIMIT ?
"""
_DUE: Final = """
    SELECT due.case_ref, names, due.due_on, rule, subject, words
    FROM due JOIN case_summary ON case_summary.case_ref = due.case_ref
    WHERE due.due_on BETWEEN ? AND ? ORDER BY due.due_on, due.case_ref, rule, subject, words LIMIT ? OFFSET ?
"""


@dataclass(frozen=True, slots=True, order=True)
class DueLine:
    """One thing that must be done by a day, in words that name nobody."""

    due_on: date
    rule: str
    """The rule that will ask for it, or does already."""
    subject: str
    """A person's id, or ``case``."""
    words: str


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
    changes_on: date | None = None
    """The next day on which time alone may change any of this; None if it never will."""
    due: tuple[DueLine, ...] = ()
    """What must be done by a day, in order."""


@dataclass(frozen=True, slots=True)
class CaseDue:
    """One thing that is due, with the case it is about."""

    case_ref: str
    names: tuple[str, ...]
    line: DueLine


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which rows of the caseload are wanted: those that fit all of what is given."""

    outcomes: frozenset[str] = frozenset()
    """Any of these; empty for all."""
    service: str | None = None
    ready: bool | None = None
    due_by: date | None = None
    """Something is due on this day or before."""

    def conditions(self) -> tuple[list[str], list[str | bool]]:
        """The conditions of a statement, and their values."""
        said: list[tuple[str, list[str | bool]]] = []
        if self.outcomes:
            marks = ", ".join("?" * len(self.outcomes))
            said.append((f"outcome IN ({marks})", sorted(self.outcomes)))
        if self.service is not None:
            said.append(("service = ?", [self.service]))
        if self.ready is not None:
            said.append(("ready = ?", [self.ready]))
        if self.due_by is not None:
            said.append(("due_on <= ?", [self.due_by.isoformat()]))
        return [condition for condition, _ in said], [value for _, values in said for value in values]


Summarise = Callable[[str, list[AnyRecord], date], CaseSummary]
"""Works out the row of a case, from its reference and its records, for a day."""


def keep_summary(connection: Connection, summary: CaseSummary) -> None:
    """Put a row in the place of the case's old one, and its names in the place of those that were found."""
    (number,) = connection.execute(_KEEP, _row(summary)).fetchone()
    words = _words(summary)
    kept = connection.execute("SELECT words FROM person_search WHERE rowid = ?", (number,)).fetchone()
    if kept is None:
        connection.execute("INSERT INTO person_search (rowid, words) VALUES (?, ?)", (number, words))
    elif kept[0] != words:
        connection.execute("UPDATE person_search SET words = ? WHERE rowid = ?", (words, number))
    _keep_due(connection, summary)


def _keep_due(connection: Connection, summary: CaseSummary) -> None:
    """Put what is due in the place of what was; where it is the same, nothing is written."""
    case_ref = summary.case_ref
    rows = {(case_ref, each.due_on.isoformat(), each.rule, each.subject, each.words) for each in summary.due}
    if rows != set(connection.execute("SELECT * FROM due WHERE case_ref = ?", (case_ref,))):
        connection.execute("DELETE FROM due WHERE case_ref = ?", (case_ref,))
        connection.executemany("INSERT INTO due VALUES (?, ?, ?, ?, ?)", sorted(rows))


def remove_summary(connection: Connection, case_ref: str) -> None:
    """Take a case out of the caseload, the search and what is due."""
    connection.execute("DELETE FROM due WHERE case_ref = ?", (case_ref,))
    removed = connection.execute("DELETE FROM case_summary WHERE case_ref = ? RETURNING number", (case_ref,)).fetchall()
    connection.executemany("DELETE FROM person_search WHERE rowid = ?", removed)


def read_summaries(
    connection: Connection, search: str | None, wanted: Wanted | None, limit: int | None, offset: int
) -> list[CaseSummary]:
    """Rows of the caseload: the urgent first, then by what is due; of those that a search finds, the newest first.

    What is due in particular is not read with them: it would cost more than all the rest.
    """
    rows, values, is_search = _rows(search, wanted)
    order = _NEWEST_FIRST if is_search else _IN_ORDER
    page = (-1 if limit is None else limit, offset)
    found = connection.execute(f"SELECT {_LISTED} FROM {rows} {order} LIMIT ? OFFSET ?", (*values, *page))
    return [_summary(row) for row in found]


def count_summaries(connection: Connection, search: str | None = None, wanted: Wanted | None = None) -> int:
    """How many rows there are, or fit."""
    rows, values, _ = _rows(search, wanted)
    count: int = connection.execute(f"SELECT count(*) FROM {rows}", values).fetchone()[0]
    return count


def read_candidates(connection: Connection, name: str, limit: int) -> dict[str, str]:
    """Cases that may hold a name, spelt a little differently, and the words they are found by; the likeliest first."""
    found: dict[str, str] = {}
    for expression in near_expressions(name):
        rows = connection.execute(_CANDIDATES, (expression, limit))
        found |= {case_ref: words for case_ref, words in rows if case_ref not in found}
    return found


def _rows(search: str | None, wanted: Wanted | None) -> tuple[str, list[str | bool], bool]:
    """From where rows are read and which, the values for it, and whether by a search."""
    expression = search_expression(search) if search else None
    conditions, values = wanted.conditions() if wanted else ([], [])
    if expression is not None:
        conditions, values = ["person_search MATCH ?", *conditions], [expression, *values]
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    return (_ALL if expression is None else _FOUND) + where, values, expression is not None


def read_summary(connection: Connection, case_ref: str) -> CaseSummary | None:
    """The row of one case, or None; raises DamagedVault if it is not found by the names it shows."""
    row = connection.execute(_ONE, (case_ref,)).fetchone()
    if row is None:
        return None
    summary = _summary(row[:-1])
    if row[-1] != _words(summary):
        raise DamagedVault("the search does not fit the caseload")
    return summary


def stale_summaries(connection: Connection, as_of: date, limit: int | None = None) -> list[str]:
    """References of the cases with a ledger whose row is missing or may say something else on the day, in order."""
    most = -1 if limit is None else limit
    found = connection.execute(_STALE, (as_of.isoformat(), most)).fetchall()
    missing = connection.execute(_MISSING, (most,)).fetchall()
    return sorted(case_ref for (case_ref,) in (*found, *missing))[:limit]


def outdate_summaries(connection: Connection) -> None:
    """Let every row be worked out again before it is believed."""
    connection.execute("UPDATE case_summary SET changes_on = as_of")


def is_stale(summary: CaseSummary, as_of: date) -> bool:
    """Whether a row may say something else on the day: time has gone on, or the clock went back."""
    return summary.as_of > as_of or (summary.changes_on is not None and summary.changes_on <= as_of)


def read_due(connection: Connection, since: date, until: date, limit: int | None, offset: int) -> list[CaseDue]:
    """What is due from one day to another, over all cases, by day."""
    rows = connection.execute(_DUE, (since.isoformat(), until.isoformat(), -1 if limit is None else limit, offset))
    return [
        CaseDue(case_ref, tuple(json.loads(names)), DueLine(date.fromisoformat(due_on), *line))
        for case_ref, names, due_on, *line in rows
    ]


def count_due(connection: Connection, since: date, until: date) -> int:
    """How many things are due from one day to another."""
    days = (since.isoformat(), until.isoformat())
    count: int = connection.execute("SELECT count(*) FROM due WHERE due_on BETWEEN ? AND ?", days).fetchone()[0]
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
        _text(summary.changes_on),
    )


def _summary(row: tuple[Any, ...]) -> CaseSummary:
    case_ref, names, service, outcome, ready, urgent, next_step, due_on, last_contact, as_of, changes_on, due = row
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
        changes_on=_date(changes_on),
        due=tuple(sorted(DueLine(date.fromisoformat(day), *others) for day, *others in json.loads(due))),
    )


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def work_out(store: Store, chains: Chains, case_refs: Sequence[str], summarise: Summarise, as_of: date) -> None:
    """Work rows out again for a day; ``Vault.work_out`` says how."""
    with store.reading() as connection:
        ledgers = [
            (case_ref, chains.head(connection, "ledger", case_ref), read_ledger(connection, case_ref))
            for case_ref in case_refs
        ]
    worked_out = [(head, summarise(case_ref, records, as_of)) for case_ref, head, records in ledgers]
    with store.writing() as connection:
        for head, summary in worked_out:
            if chains.head(connection, "ledger", summary.case_ref) == head:
                keep_summary(connection, summary)
