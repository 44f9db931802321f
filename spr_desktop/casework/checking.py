"""Checking case documents without a vault."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from spr_desktop.casework.files import read_file
from spr_desktop.pathway.check import check
from spr_desktop.pathway.result import Decision
from spr_desktop.records.case_document import read_case_document
from spr_desktop.records.record import now


def check_file(path: Path, as_of: date, service: str | None = None) -> Decision:
    """What the pathway says of a case document; raises InvalidDocument, NewerDocument, FileFault."""
    document = read_case_document(read_file(path), written_at=now())
    return check(document.case_ref, document.records, as_of, service)


def files_below(path: Path) -> Iterator[Path]:
    """A file itself, or every JSON file below a folder, in the order of their names."""
    if path.is_dir():
        yield from sorted(each for each in path.rglob("*.json") if each.is_file())
    else:
        yield path
