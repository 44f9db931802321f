"""Disposal: a case leaves for good, whole, and of its records only the hashes stay that keep the chains whole.

Nothing else of a record is kept: with its id, kind or days, and the key that every vault has, whoever guessed what a
short record said could prove it by its hash. Docs: decision 0006.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from spr_desktop import __version__
from spr_desktop.records.case_document import parse_utc, utc_text
from spr_desktop.vault import activity, caseload, ledger
from spr_desktop.vault.chain import Chains

if TYPE_CHECKING:
    from sqlite3 import Connection

DISPOSED: Final = "case_disposed"
"""What the activity says of it."""

_COLUMNS: Final = """
    case_ref, certificate, disposed_at, disposed_by, reason, records, documents, first_on, last_on, program
"""
_OF_LEDGER: Final = """
    SELECT count(*), count(*) FILTER (WHERE kind = 'document_made'),
        substr(min(happened_on), 1, 10), substr(max(happened_on), 1, 10)
    FROM record WHERE case_ref = ?
"""
_RECORDS: Final = "SELECT sequence, case_ref, previous_hash, hash FROM record WHERE case_ref = ? ORDER BY sequence"
_LINES: Final = """
    SELECT previous_hash, hash FROM activity
    WHERE action = ? AND case_ref IN (SELECT case_ref FROM disposal WHERE certificate = ?) ORDER BY sequence
"""
_LEDGER_HEADS: Final = """
    SELECT name, head FROM chain
    WHERE kind = 'ledger' AND name IN (SELECT case_ref FROM disposal WHERE certificate = ?)
"""
_QUIET: Final = """
    SELECT name FROM chain WHERE kind = 'ledger' AND ? > (
        SELECT recorded_at FROM record WHERE record.case_ref = chain.name ORDER BY sequence DESC LIMIT 1
    ) ORDER BY name
"""
_DAYS: Final = "SELECT id, happened_on, recorded_at, supersedes FROM record WHERE case_ref = ?"
_COUNTED_BY_KIND: Final = "SELECT kind, count(*) FROM record WHERE case_ref = ? GROUP BY kind ORDER BY kind"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Under what a case is disposed of."""

    certificate: str
    """The number of the certificate that will name it."""
    reason: str
    by: str | None
    at: datetime
    drafts: tuple[str, ...] = ()
    """Names of drafts that go with it, besides those that have its reference in their name."""
    settings: Mapping[str, str] = field(default_factory=dict)
    """What settings are to say from then on, where they named it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Disposal:
    """What is still known of a case that was disposed of."""

    case_ref: str
    certificate: str
    disposed_at: datetime
    """In UTC."""
    disposed_by: str | None
    reason: str
    records: int
    documents: int
    """How many documents the register had of it."""
    first_on: date
    """The day of its first record."""
    last_on: date
    program: str
    """The version that disposed of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """A case that is kept whatever its age."""

    case_ref: str
    reason: str
    review_on: date
    placed_on: date
    placed_by: str | None


@dataclass(frozen=True, slots=True)
class Heads:
    """Where chains ended, in hexadecimal, for a certificate."""

    ledgers: Mapping[str, str]
    """Of each case that was disposed of; disposal leaves them as they were."""
    all_records: str
    activity_before: str
    activity_after: str


def dispose(connection: Connection, chains: Chains, case_ref: str, order: Order) -> Disposal:
    """Dispose of a case; it is gone when the transaction is on the disk, and the database is to be rebuilt afterwards.

    Raises DamagedVault if its chain is not whole, KeyError if there is no such case, and SQLite's own IntegrityError
    if it is held.
    """
    ledger.verify_ledger(connection, chains, case_ref)
    records, documents, first_on, last_on = connection.execute(_OF_LEDGER, (case_ref,)).fetchone()
    if not records:
        raise KeyError(case_ref)
    values = (case_ref, order.certificate, utc_text(order.at), order.by, order.reason, records, documents)
    connection.execute(
        f"INSERT INTO disposal ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*values, first_on, last_on, __version__),
    )
    gaps = connection.execute(_RECORDS, (case_ref,)).fetchall()
    connection.executemany("INSERT INTO gap (sequence, case_ref, previous_hash, hash) VALUES (?, ?, ?, ?)", gaps)
    caseload.remove_summary(connection, case_ref)
    connection.execute("DELETE FROM draft WHERE instr(name, ?) > 0", (case_ref,))
    connection.executemany("DELETE FROM draft WHERE name = ?", [(name,) for name in order.drafts])
    connection.executemany(
        "UPDATE setting SET value = ? WHERE name = ?", [(value, name) for name, value in order.settings.items()]
    )
    detail = f"{order.certificate} {order.reason} {records}"
    activity.add_activity(connection, chains, order.at, DISPOSED, case_ref, detail)
    found = read_disposal(connection, case_ref)
    assert found is not None
    return found


def read_disposals(connection: Connection) -> list[Disposal]:
    """Everything that was disposed of, the oldest first."""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM disposal ORDER BY disposed_at, case_ref")
    return [_disposal(row) for row in rows.fetchall()]


def read_disposal(connection: Connection, case_ref: str) -> Disposal | None:
    """What is known of a case that was disposed of; None of any other."""
    row = connection.execute(f"SELECT {_COLUMNS} FROM disposal WHERE case_ref = ?", (case_ref,)).fetchone()
    return None if row is None else _disposal(row)


def count_disposals(connection: Connection) -> int:
    """How many cases were disposed of."""
    return int(connection.execute("SELECT count(*) FROM disposal").fetchone()[0])


def read_heads(connection: Connection, chains: Chains, certificate: str) -> Heads:
    """Where chains ended before and after the disposals of a certificate."""
    lines = connection.execute(_LINES, (DISPOSED, certificate)).fetchall()
    ledgers = {name: head.hex() for name, head in connection.execute(_LEDGER_HEADS, (certificate,))}
    all_records = chains.head(connection, "all_records").hash.hex()
    return Heads(ledgers, all_records, lines[0][0].hex(), lines[-1][1].hex())


def count_by_kind(connection: Connection, case_ref: str) -> dict[str, int]:
    """How many records of each kind a case has."""
    return dict(connection.execute(_COUNTED_BY_KIND, (case_ref,)).fetchall())


def quiet_cases(connection: Connection, since: date) -> list[str]:
    """References of the cases whose newest record was written down on a day or before, wherever the clock stood."""
    until = (since + 2 * timedelta(days=1)).isoformat()
    return [case_ref for (case_ref,) in connection.execute(_QUIET, (until,))]


def last_day(connection: Connection, case_ref: str) -> date:
    """The day on which something last happened in a case, or was last written down; a corrected day does not count.

    No body is read, so that it costs little for many cases. Raises KeyError if there is no such case.
    """
    rows = connection.execute(_DAYS, (case_ref,)).fetchall()
    if not rows:
        raise KeyError(case_ref)
    corrected = {named for *_, supersedes in rows if supersedes != "[]" for named in json.loads(supersedes)}
    happened = max((on[:10] for record_id, on, *_ in rows if record_id not in corrected), default="")
    written = parse_utc(max(at for _, _, at, _ in rows)).astimezone().date()
    return max(written, date.fromisoformat(happened)) if happened else written


def keep_hold(connection: Connection, chains: Chains, hold: Hold, at: datetime) -> None:
    """Keep a case whatever its age, in the place of an earlier hold."""
    connection.execute(
        "INSERT INTO hold VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET reason = excluded.reason,"
        " review_on = excluded.review_on, placed_on = excluded.placed_on, placed_by = excluded.placed_by",
        (hold.case_ref, hold.reason, hold.review_on.isoformat(), hold.placed_on.isoformat(), hold.placed_by),
    )
    activity.add_activity(connection, chains, at, "case_held", hold.case_ref, f"{hold.reason} {hold.review_on}")


def release_hold(connection: Connection, chains: Chains, case_ref: str, at: datetime) -> None:
    """Let a case be disposed of again when its time has come."""
    if connection.execute("DELETE FROM hold WHERE case_ref = ? RETURNING 1", (case_ref,)).fetchall():
        activity.add_activity(connection, chains, at, "case_released", case_ref, None)


def read_holds(connection: Connection) -> dict[str, Hold]:
    """Every hold, by the case's reference."""
    rows = connection.execute("SELECT case_ref, reason, review_on, placed_on, placed_by FROM hold ORDER BY case_ref")
    return {
        case_ref: Hold(
            case_ref=case_ref,
            reason=reason,
            review_on=date.fromisoformat(review_on),
            placed_on=date.fromisoformat(placed_on),
            placed_by=placed_by,
        )
        for case_ref, reason, review_on, placed_on, placed_by in rows.fetchall()
    }


def _disposal(row: tuple[str, str, str, str | None, str, int, int, str, str, str]) -> Disposal:
    case_ref, certificate, disposed_at, disposed_by, reason, records, documents, first_on, last_on, program = row
    return Disposal(
        case_ref=case_ref,
        certificate=certificate,
        disposed_at=parse_utc(disposed_at),
        disposed_by=disposed_by,
        reason=reason,
        records=records,
        documents=documents,
        first_on=date.fromisoformat(first_on),
        last_on=date.fromisoformat(last_on),
        program=program,
    )
