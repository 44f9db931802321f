"""The case document: the form in which a case is imported, exported, handed over and checked without a vault."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final, cast

from spr_desktop.records.bodies import ids_defined, ids_referred_to, plain_body, read_body
from spr_desktop.records.faults import Faults, NewerDocument, below
from spr_desktop.records.kinds import KINDS
from spr_desktop.records.record import AnyRecord, Record
from spr_desktop.records.references import is_reference
from spr_desktop.records.strict_json import read_strict_json
from spr_desktop.records.texts import check_texts, name_fault
from spr_desktop.records.values import When

FORMAT: Final = "spr-case"
VERSION: Final = 1
BYTES_LIMIT: Final = 20_000_000
RECORDS_LIMIT: Final = 50_000

_UUID = re.compile(r"[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}")
_UTC = re.compile(r"(\d{4}-\d{2}-\d{2})[Tt](\d{2}:\d{2}:\d{2})(\.\d+)?(?:[Zz]|[+-]00:00)", re.ASCII)

_DOCUMENT_FIELDS = ("format", "version", "case_ref", "records")
_REQUIRED = ("id", "kind", "happened_on", "body")
_MAY_BE_LEFT_OUT = ("recorded_at", "recorded_by", "supersedes")


@dataclass(frozen=True, slots=True)
class CaseDocument:
    """A case document that is of the form."""

    case_ref: str
    records: tuple[AnyRecord, ...]
    """What is new, in the order of the document; a record that stood there twice stands here once."""
    known: int
    """How many records of the document are kept already, with the same content."""


def no_records(_case_ref: str) -> tuple[AnyRecord, ...]:
    """What is known of a case where nothing is kept."""
    return ()


def read_case_document(
    data: bytes,
    *,
    written_at: datetime,
    written_by: str | None = None,
    kept: Callable[[str], Iterable[AnyRecord]] = no_records,
) -> CaseDocument:
    """Read a case document whole.

    ``written_at`` and ``written_by`` stand in where a record leaves out when and by whom it was written down.
    ``kept`` gives the records that are known of the case already: references may be to those, and what a record has
    in common with one of those must be the same.

    Raises InvalidDocument with every fault found (at most 20), or NewerDocument.
    """
    document = read_strict_json(data, BYTES_LIMIT)
    faults = Faults()
    case_ref, entries = _read_frame(document, faults)
    known = {record.id: record for record in kept(case_ref)} if case_ref else {}
    reader = _RecordsReader(known, written_at.astimezone(UTC), written_by, faults)
    reader.read(entries)
    faults.raise_any()
    assert case_ref is not None
    return CaseDocument(case_ref, tuple(reader.records.values()), len(reader.known_again))


def write_case_document(case_ref: str, records: Iterable[AnyRecord]) -> bytes:
    """The case document of a case, one record a line, in the order in which things happened."""
    lines = ",\n  ".join(
        json.dumps(plain_record(record), ensure_ascii=False) for record in sorted(records, key=lambda each: each.order)
    )
    head = f'"format": "{FORMAT}", "version": {VERSION}, "case_ref": "{case_ref}"'
    return f'{{{head},\n "records": [\n  {lines}\n ]}}\n'.encode()


def plain_record(record: AnyRecord) -> dict[str, Any]:
    """The values of JSON that stand for a record."""
    return {
        "id": record.id,
        "kind": record.kind,
        "happened_on": str(record.happened_on),
        "recorded_at": utc_text(record.recorded_at),
        "recorded_by": record.recorded_by or "",
        "supersedes": list(record.supersedes),
        "body": plain_body(record.body),
    }


def utc_text(moment: datetime) -> str:
    """A time in UTC as RFC 3339 writes it."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def parse_utc(text: str) -> datetime:
    """Read a time in UTC as RFC 3339 writes it, to the microsecond; ValueError on anything else."""
    form = _UTC.fullmatch(text)
    if form is None:
        raise ValueError("is not a time in UTC like 2026-11-02T10:15:00Z")
    try:
        return datetime.fromisoformat(f"{form[1]}T{form[2]}{(form[3] or '.0')[:7]:0<7}+00:00")
    except ValueError:
        raise ValueError("is not a day of the calendar or a time of the day") from None


def same_content(one: AnyRecord, other: AnyRecord, ignoring: frozenset[str] = frozenset()) -> bool:
    """Whether two records with one id say the same; fields that were left out of one are not compared."""
    filled = {name: getattr(one, name) for name in ignoring}
    return replace(other, **filled) == one


def _read_frame(document: Any, faults: Faults) -> tuple[str | None, list[Any]]:
    """The case reference and the entries of the list of records."""
    if not isinstance(document, dict):
        faults.add("$", "is not a case document")
        return None, []
    if document.get("format") != FORMAT:
        faults.add("$.format", f'is not "{FORMAT}"')
        return None, []
    version = document.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < VERSION:
        faults.add("$.version", f"is not {VERSION}")
    elif version > VERSION:
        raise NewerDocument
    for key in document:
        if key not in _DOCUMENT_FIELDS:
            faults.add(below("$", key), "is not a field of a case document")
    case_ref = document.get("case_ref")
    if not isinstance(case_ref, str) or not is_reference(case_ref):
        faults.add("$.case_ref", "is not a case reference like K7QX-3M2P")
        case_ref = None
    entries = document.get("records")
    if not isinstance(entries, list):
        faults.add("$.records", "is not a list of records")
        return case_ref, []
    if len(entries) > RECORDS_LIMIT:
        faults.add("$.records", f"holds more than {RECORDS_LIMIT:,} records")
        return case_ref, []
    return case_ref, entries


class _RecordsReader:
    """Reads the entries of a document one by one, then checks what they say of each other."""

    def __init__(
        self, known: dict[str, AnyRecord], written_at: datetime, written_by: str | None, faults: Faults
    ) -> None:
        self.known = known
        self.written_at = written_at
        self.written_by = written_by
        self.faults = faults
        self.records: dict[str, AnyRecord] = {}
        self.known_again: set[str] = set()
        self._left_out: dict[str, frozenset[str]] = {}
        self._paths: dict[str, str] = {}

    def read(self, entries: list[Any]) -> None:
        for number, entry in enumerate(entries):
            self._read_entry(entry, f"$.records[{number}]", self.written_at + timedelta(microseconds=number))
        if not self.faults.found:  # a record that could not be read would look like a reference to nothing
            self._check_references()
            self._check_superseding()

    def _read_entry(self, entry: Any, path: str, written_at: datetime) -> None:
        if not isinstance(entry, dict):
            self.faults.add(path, "is not a record")
            return
        record_id = self._read_id(entry, path)
        before = len(self.faults.found)
        for key in entry:
            if key not in _REQUIRED + _MAY_BE_LEFT_OUT:
                self.faults.add(below(path, key), "is not a field of a record", record_id)
        kind = entry.get("kind")
        if not isinstance(kind, str) or kind not in KINDS:
            self.faults.add(f"{path}.kind", "is missing" if kind is None else "is not a kind of record", record_id)
        happened_on = self._read_with(When.parse, entry.get("happened_on"), f"{path}.happened_on", record_id)
        recorded_at = written_at
        if "recorded_at" in entry:
            recorded_at = self._read_with(parse_utc, entry["recorded_at"], f"{path}.recorded_at", record_id)
        recorded_by = self._read_recorder(entry, f"{path}.recorded_by", record_id)
        supersedes = self._read_superseded(entry.get("supersedes", []), f"{path}.supersedes", record_id)
        body = None
        if "body" not in entry:
            self.faults.add(f"{path}.body", "is missing", record_id)
        elif isinstance(kind, str) and kind in KINDS:
            body = read_body(kind, entry["body"], f"{path}.body", record_id, self.faults)
        if len(self.faults.found) > before or record_id is None or body is None:
            return
        left_out = frozenset(_MAY_BE_LEFT_OUT) - entry.keys()
        self._keep(
            Record(
                id=record_id,
                happened_on=happened_on,
                recorded_at=recorded_at,
                recorded_by=recorded_by,
                supersedes=supersedes,
                body=body,
            ),
            left_out,
            path,
        )

    def _read_id(self, entry: dict[str, Any], path: str) -> str | None:
        value = entry.get("id")
        if isinstance(value, str) and _UUID.fullmatch(value):
            return value.lower()
        self.faults.add(f"{path}.id", "is missing" if value is None else "is not a UUID")
        return None

    def _read_with(self, parse: Callable[[str], Any], value: Any, path: str, record_id: str | None) -> Any:
        if not isinstance(value, str):
            self.faults.add(path, "is missing" if value is None else "is not a text", record_id)
            return None
        try:
            return parse(value)
        except ValueError as error:
            self.faults.add(path, str(error), record_id)
            return None

    def _read_recorder(self, entry: dict[str, Any], path: str, record_id: str | None) -> str | None:
        if "recorded_by" not in entry:
            return self.written_by
        value = entry["recorded_by"]
        if not isinstance(value, str):
            self.faults.add(path, "is not a text", record_id)
        elif check_texts(value, path, record_id, self.faults) and (wrong := name_fault(value)):
            self.faults.add(path, wrong, record_id)
        return cast("str", value) or None

    def _read_superseded(self, value: Any, path: str, record_id: str | None) -> tuple[str, ...]:
        if not isinstance(value, list):
            self.faults.add(path, "is not a list", record_id)
            return ()
        for number, each in enumerate(value):
            if not isinstance(each, str) or not _UUID.fullmatch(each):
                self.faults.add(below(path, number), "is not a UUID", record_id)
            elif each.lower() == record_id:
                self.faults.add(below(path, number), "names the record itself", record_id)
        return tuple(each.lower() for each in value if isinstance(each, str))

    def _keep(self, record: AnyRecord, left_out: frozenset[str], path: str) -> None:
        for same in (self.records.get(record.id), self.known.get(record.id)):
            if same is None:
                continue
            if not same_content(same, record, left_out | self._left_out.get(record.id, frozenset())):
                self.faults.add(f"{path}.id", "is already the id of a record that says something else", record.id)
            elif record.id in self.known:
                self.known_again.add(record.id)
            return
        self.records[record.id] = record
        self._left_out[record.id] = left_out
        self._paths[record.id] = path

    def _check_references(self) -> None:
        defined = {each for record in self._union().values() for each in ids_defined(record.body)}
        for record in self.records.values():
            for field, what, value in ids_referred_to(record.body):
                if (what, value) not in defined:
                    self.faults.add(
                        f"{self._paths[record.id]}.body.{field}", f"refers to a {what} that is not there", record.id
                    )

    def _check_superseding(self) -> None:
        """A record names only earlier ones of its own kind and key (pathway.md section 3)."""
        union = self._union()
        for record in union.values():
            for number, each in enumerate(record.supersedes):
                named = union.get(each)
                if named is None or (record.id not in self.records and each not in self.records):
                    continue
                path = f"{self._paths[record.id]}.supersedes[{number}]" if record.id in self._paths else "$.records"
                if (named.kind, named.body.key) != (record.kind, record.body.key):
                    self.faults.add(path, "names a record of another kind or about something else", record.id)
                elif named.order >= record.order:
                    self.faults.add(path, "names a record that is not earlier", record.id)

    def _union(self) -> dict[str, AnyRecord]:
        return self.known | self.records
