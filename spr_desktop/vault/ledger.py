"""Ledgers: the records of each case, added and never changed, each chained to the one before.

Of a case that was disposed of there are gaps: the hashes of its records, which keep the chain whole and say nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from typing import TYPE_CHECKING, Any, Final

from spr_desktop.records.bodies import plain_body, trusted_body
from spr_desktop.records.case_document import parse_utc, utc_text
from spr_desktop.records.kinds import KINDS
from spr_desktop.records.record import AnyRecord, Record
from spr_desktop.records.values import When
from spr_desktop.vault.chain import Chains, Head, Value, chain_names
from spr_desktop.vault.errors import DamagedVault, DisposedCase, NewerVault, RecordConflict

if TYPE_CHECKING:
    from sqlite3 import Connection

_ADD: Final = """
    INSERT INTO record (
        sequence, case_ref, id, kind, happened_on, recorded_at, recorded_by, supersedes, payload, previous_hash, hash
    ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
COLUMNS: Final = "id, kind, happened_on, recorded_at, recorded_by, supersedes, payload"
"""What ``record_of`` reads, in its order."""
_FIND: Final = f"SELECT {COLUMNS} FROM record WHERE case_ref = ? AND id = ?"
_READ: Final = f"SELECT {COLUMNS} FROM record WHERE case_ref = ? ORDER BY sequence"
_VERIFY: Final = """
    SELECT sequence, case_ref, id, kind, happened_on, recorded_at, recorded_by, supersedes, payload, previous_hash, hash
    FROM record WHERE case_ref = ? ORDER BY sequence
"""
_GAPS: Final = "SELECT previous_hash, hash FROM gap WHERE case_ref = ? ORDER BY sequence"
_REFS: Final = """
    SELECT name FROM chain
    WHERE kind = 'ledger' AND NOT EXISTS (SELECT 1 FROM disposal WHERE disposal.case_ref = chain.name) ORDER BY name
"""
_TOTAL: Final = """
    WITH ends (count, last) AS (
        SELECT count(*), max(sequence) FROM record UNION ALL SELECT count(*), max(sequence) FROM gap
    ), whole (count, last) AS (SELECT sum(count), coalesce(max(last), 0) FROM ends)
    SELECT count, last, coalesce(
        (SELECT hash FROM record WHERE sequence = last), (SELECT hash FROM gap WHERE sequence = last)
    ) FROM whole
"""
_DISPOSED_AT: Final = "SELECT disposed_at FROM disposal WHERE case_ref = ?"
_UNEXPLAINED: Final = """
    SELECT EXISTS (
        SELECT 1 FROM disposal WHERE records <> (SELECT count(*) FROM gap WHERE gap.case_ref = disposal.case_ref)
        OR case_ref NOT IN (SELECT case_ref FROM activity WHERE action = 'case_disposed')
    ) OR EXISTS (SELECT 1 FROM gap WHERE case_ref NOT IN (SELECT case_ref FROM disposal))
"""


def case_refs(connection: Connection) -> list[str]:
    """The reference of every case that has a ledger, in order; not of those that were disposed of."""
    return [case_ref for (case_ref,) in connection.execute(_REFS)]


def count_records(connection: Connection, chains: Chains) -> int:
    """How many records there are: as many as were ever added, but for those that were disposed of."""
    gone: int = connection.execute("SELECT coalesce(sum(records), 0) FROM disposal").fetchone()[0]
    return chains.head(connection, "all_records").length - gone


def read_ledger(connection: Connection, case_ref: str) -> list[AnyRecord]:
    """The records of a case in the order in which they were added; none if there is no such case.

    Raises DamagedVault or NewerVault if one cannot be read. The chain is not looked at.
    """
    return [record_of(row) for row in connection.execute(_READ, (case_ref,)).fetchall()]


def add_records(connection: Connection, chains: Chains, case_ref: str, records: Iterable[AnyRecord]) -> list[AnyRecord]:
    """Add records to the end of a ledger; returns those that were not there yet.

    Raises RecordConflict if there is one with the same id that says something else, and DisposedCase; the caller's
    transaction must then be given up.
    """
    disposed = connection.execute(_DISPOSED_AT, (case_ref,)).fetchone()
    if disposed is not None:
        raise DisposedCase(case_ref, parse_utc(disposed[0]).date())
    ledger = chains.head(connection, "ledger", case_ref)
    total = chains.head(connection, "all_records").length
    added = []
    for record in records:
        kept = _find(connection, case_ref, record.id)
        if kept is not None:
            if kept != record:
                raise RecordConflict(case_ref, record.id)
            continue
        total += 1
        values = (total, case_ref, *_content(record))
        following = chains.next_head(ledger, "ledger", _signed(chains, values))
        connection.execute(_ADD, (*values, ledger.hash, following.hash))
        ledger = following
        added.append(record)
    if added:
        chains.keep_head(connection, "ledger", case_ref, ledger)
        chains.keep_head(connection, "all_records", "", Head(total, ledger.hash))
    return added


def verify_ledger(connection: Connection, chains: Chains, case_ref: str) -> None:
    """Raises DamagedVault if a record of a case was changed, removed, added or moved from outside."""
    head = chains.head(connection, "ledger", case_ref)
    gaps = connection.execute(_GAPS, (case_ref,)).fetchall()
    if gaps:
        chains.verify_links(head, gaps)
        return
    with closing(connection.execute(_VERIFY, (case_ref,))) as rows:  # read half-way it would stay in the way of closing
        chains.verify("ledger", head, _entries(chains, rows))


def is_as_added(chains: Chains, row: Sequence[Any]) -> bool:
    """Whether the row of a record is as it was added, by its own link of the chain.

    It has the columns of ``record_of`` after its sequence and its case, and then both hashes.
    """
    *values, previous_hash, hash_ = row
    return chains.is_link("ledger", _signed(chains, values), previous_hash, hash_)


def verify_total(connection: Connection, chains: Chains) -> None:
    """Raises DamagedVault if whole ledgers were removed, or records belong to none; run after each one was verified."""
    count, last, newest = connection.execute(_TOTAL).fetchone()
    names = chain_names(connection, "ledger")
    in_ledgers = sum(chains.head(connection, "ledger", case_ref).length for case_ref in names)
    kept = chains.head(connection, "all_records")
    if not count == last == in_ledgers == kept.length or (newest is not None and newest != kept.hash):
        raise DamagedVault("the vault does not hold as many records as were added")
    if connection.execute(_UNEXPLAINED).fetchone()[0]:
        raise DamagedVault("records are gone, and no disposal says why")


def verify_all(connection: Connection, chains: Chains) -> None:
    """Raises DamagedVault unless every ledger is whole, and none was removed or added from outside."""
    for case_ref in chain_names(connection, "ledger"):
        verify_ledger(connection, chains, case_ref)
    verify_total(connection, chains)


def _find(connection: Connection, case_ref: str, record_id: str) -> AnyRecord | None:
    row = connection.execute(_FIND, (case_ref, record_id)).fetchone()
    return None if row is None else record_of(row)


def _content(record: AnyRecord) -> tuple[str | None, ...]:
    return (
        record.id,
        record.kind,
        str(record.happened_on),
        utc_text(record.recorded_at),
        record.recorded_by,
        json.dumps(record.supersedes),
        json.dumps(plain_body(record.body), ensure_ascii=False, separators=(",", ":")),
    )


def record_of(row: Sequence[Any]) -> AnyRecord:
    """The record that a row holds; raises DamagedVault or NewerVault if it cannot be read."""
    id_, kind, happened_on, recorded_at, recorded_by, supersedes, payload = row
    if kind not in KINDS:
        raise NewerVault(f"record {id_} is of a kind that is not known")
    try:
        return Record(
            id=id_,
            happened_on=When.parse(happened_on),
            recorded_at=parse_utc(recorded_at),
            recorded_by=recorded_by,
            supersedes=tuple(json.loads(supersedes)),
            body=trusted_body(kind, json.loads(payload)),
        )
    except ValueError:
        raise DamagedVault(f"record {id_} cannot be read") from None


def _signed(chains: Chains, values: Sequence[Value]) -> list[Value]:
    *others, payload = values
    return [*others, chains.digest(str(payload))]


def _entries(chains: Chains, rows: Iterable[Sequence[Any]]) -> Iterator[tuple[list[Value], bytes, bytes]]:
    for *values, previous_hash, hash_ in rows:
        yield _signed(chains, values), previous_hash, hash_
