"""Ledgers: the records of each case, added and never changed, each chained to the one before."""

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
from spr_desktop.vault.errors import DamagedVault, NewerVault, RecordConflict

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


def case_refs(connection: Connection) -> list[str]:
    """The reference of every case that has a ledger, in order."""
    return chain_names(connection, "ledger")


def read_ledger(connection: Connection, case_ref: str) -> list[AnyRecord]:
    """The records of a case in the order in which they were added; none if there is no such case.

    Raises DamagedVault or NewerVault if one cannot be read. The chain is not looked at.
    """
    return [record_of(row) for row in connection.execute(_READ, (case_ref,)).fetchall()]


def add_records(connection: Connection, chains: Chains, case_ref: str, records: Iterable[AnyRecord]) -> list[AnyRecord]:
    """Add records to the end of a ledger; returns those that were not there yet.

    Raises RecordConflict if there is one with the same id that says something else; the caller's transaction must then
    be given up.
    """
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
    with closing(connection.execute(_VERIFY, (case_ref,))) as rows:  # read half-way it would stay in the way of closing
        chains.verify("ledger", chains.head(connection, "ledger", case_ref), _entries(chains, rows))


def is_as_added(chains: Chains, row: Sequence[Any]) -> bool:
    """Whether the row of a record is as it was added, by its own link of the chain.

    It has the columns of ``record_of`` after its sequence and its case, and then both hashes.
    """
    *values, previous_hash, hash_ = row
    return chains.is_link("ledger", _signed(chains, values), previous_hash, hash_)


def verify_total(connection: Connection, chains: Chains) -> None:
    """Raises DamagedVault if whole ledgers were removed, or records belong to none; run after each one was verified."""
    count, last = connection.execute("SELECT count(*), coalesce(max(sequence), 0) FROM record").fetchone()
    in_ledgers = sum(chains.head(connection, "ledger", case_ref).length for case_ref in case_refs(connection))
    newest = connection.execute("SELECT hash FROM record WHERE sequence = ?", (last,)).fetchone()
    kept = chains.head(connection, "all_records")
    if not count == last == in_ledgers == kept.length or (newest is not None and newest[0] != kept.hash):
        raise DamagedVault("the vault does not hold as many records as were added")


def verify_all(connection: Connection, chains: Chains) -> None:
    """Raises DamagedVault unless every ledger is whole, and none was removed or added from outside."""
    for case_ref in case_refs(connection):
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
