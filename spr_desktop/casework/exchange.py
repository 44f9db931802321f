"""Case documents in and out of a vault: nothing is taken unless everything is in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.errors import CaseworkError, InvalidFiles
from spr_desktop.casework.files import read_file, write_file
from spr_desktop.records.case_document import CaseDocument, read_case_document, write_case_document
from spr_desktop.records.faults import Fault, InvalidDocument
from spr_desktop.records.record import AnyRecord, now
from spr_desktop.vault.errors import DisposedCase


@dataclass(frozen=True, slots=True)
class Imported:
    """What one file brought."""

    path: Path
    case_ref: str
    new_records: int
    known_records: int


def import_documents(
    caseload: Caseload, paths: Sequence[Path], as_of: date, *, dry_run: bool = False
) -> list[Imported]:
    """Import case documents; every file is read and checked before anything of any is taken.

    Raises InvalidFiles, NewerDocument, FileFault, and DisposedCase where a case was disposed of; then nothing was
    imported.
    """
    documents: list[tuple[Path, CaseDocument]] = []
    faults: dict[Path, list[Fault]] = {}
    new: dict[str, list[AnyRecord]] = {}
    for path in paths:
        try:
            document = read_case_document(
                read_file(path),
                written_at=now(),
                written_by=caseload.practitioner.name or None,
                kept=lambda case_ref: [*caseload.vault.records(case_ref), *new.get(case_ref, [])],
            )
        except InvalidDocument as error:
            faults[path] = error.faults
            continue
        if disposed := caseload.vault.disposal(document.case_ref):
            raise DisposedCase(document.case_ref, disposed.disposed_at.date())
        documents.append((path, document))
        new.setdefault(document.case_ref, []).extend(document.records)
    if faults:
        raise InvalidFiles(faults)
    if not dry_run:
        caseload.keep({case_ref: records for case_ref, records in new.items() if records}, as_of)
    return [Imported(path, each.case_ref, len(each.records), each.known) for path, each in documents]


def export_case(caseload: Caseload, case_ref: str, to: Path, *, replace: bool = False) -> int:
    """Write the whole case document of a case, all compartments; returns the number of records.

    It can be read by anybody who has the file. Raises NoSuchCase, FileExists, FileFault.
    """
    records = caseload.records(case_ref, proven=True)
    data = write_case_document(case_ref, records)
    write_file(to, data, replace=replace, check=lambda written: _check_same(written, records))
    caseload.vault.log("case_exported", case_ref)
    return len(records)


def _check_same(written: bytes, records: list[AnyRecord]) -> None:
    read = read_case_document(written, written_at=now())
    if {each.id: each for each in read.records} != {each.id: each for each in records}:
        raise CaseworkError("what was written does not read as the case")
