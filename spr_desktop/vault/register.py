"""The register: what was made, sent and revoked over all cases, found without reading all ledgers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from spr_desktop.records.record import AnyRecord
from spr_desktop.vault.ledger import COLUMNS, record_of

if TYPE_CHECKING:
    from sqlite3 import Connection

# said as the index says it, or it is not used
_OF_DOCUMENTS: Final = "kind IN ('document_made', 'document_sent', 'document_revoked')"
_MADE: Final = f"""
    FROM record AS made WHERE kind = 'document_made' AND {_OF_DOCUMENTS} AND NOT EXISTS (
        SELECT 1 FROM record AS later, json_each(later.supersedes) AS named
        WHERE later.case_ref = made.case_ref AND later.{_OF_DOCUMENTS} AND later.supersedes <> '[]'
        AND named.value = made.id
    )
"""
_NEWEST_FIRST: Final = "ORDER BY happened_on DESC, sequence DESC"
# the page is found in the index alone, and only then read
_PAGE: Final = f"""
    SELECT case_ref, {COLUMNS} FROM record
    WHERE sequence IN (SELECT sequence {_MADE} {_NEWEST_FIRST} LIMIT ? OFFSET ?) {_NEWEST_FIRST}
"""
_OF_CASE: Final = f"SELECT case_ref, {COLUMNS} {_MADE} AND case_ref = ? {_NEWEST_FIRST}"
_COUNT: Final = f"SELECT count(*) {_MADE}"
_STEPS: Final = f"""
    SELECT {COLUMNS} FROM record
    WHERE case_ref = ? AND kind IN ('document_made', 'document_sent', 'document_revoked') ORDER BY sequence
"""


@dataclass(frozen=True, slots=True)
class RegisteredDocument:
    """A document that was made, with what was recorded of the documents of its case."""

    case_ref: str
    made: AnyRecord
    steps: tuple[AnyRecord, ...]
    """Every making, sending and revoking of the case, of this document or another, superseded or not."""


def read_documents(connection: Connection, limit: int | None, offset: int) -> list[RegisteredDocument]:
    """Documents of all cases, the newest first; one whose record was corrected stands there once."""
    rows = connection.execute(_PAGE, (-1 if limit is None else limit, offset)).fetchall()
    return [RegisteredDocument(case_ref, record_of(made), _steps(connection, case_ref)) for case_ref, *made in rows]


def read_documents_of(connection: Connection, case_ref: str) -> list[RegisteredDocument]:
    """The documents of one case, the newest first."""
    rows = connection.execute(_OF_CASE, (case_ref,)).fetchall()
    steps = _steps(connection, case_ref)
    return [RegisteredDocument(case_ref, record_of(made), steps) for _, *made in rows]


def count_documents(connection: Connection) -> int:
    """How many documents were made."""
    count: int = connection.execute(_COUNT).fetchone()[0]
    return count


def _steps(connection: Connection, case_ref: str) -> tuple[AnyRecord, ...]:
    return tuple(record_of(row) for row in connection.execute(_STEPS, (case_ref,)).fetchall())
