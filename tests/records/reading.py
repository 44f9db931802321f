"""How tests of records read documents and name what is wrong with them."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from spr_desktop.records.case_document import CaseDocument, read_case_document
from spr_desktop.records.faults import Fault, InvalidDocument
from spr_desktop.records.record import AnyRecord

Plain = dict[str, Any]

WRITTEN_AT: Final = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
EXAMPLES: Final = sorted(
    path for path in (Path(__file__).parents[1] / "examples").glob("*.json") if path.name != "expected.json"
)


def read(document: Plain | bytes, kept: Iterable[AnyRecord] = ()) -> CaseDocument:
    """Read a document, as values of JSON or as bytes."""
    data = document if isinstance(document, bytes) else json.dumps(document).encode()
    return read_case_document(data, written_at=WRITTEN_AT, written_by="J. Outreach", kept=lambda _: kept)


def faults(document: Plain | bytes, kept: Iterable[AnyRecord] = ()) -> list[Fault]:
    """What is wrong with a document."""
    try:
        read(document, kept)
    except InvalidDocument as error:
        return error.faults
    return []


def where(document: Plain | bytes, kept: Iterable[AnyRecord] = ()) -> list[str]:
    """The paths of what is wrong with a document."""
    return [each.path for each in faults(document, kept)]


Change = Callable[[Plain], None]


def put(path: str, value: Any) -> Change:
    """Put a value where a path like ``records[0].body.role`` leads."""

    def change(document: Plain) -> None:
        holder, last = _holder(document, path)
        holder[last] = value

    return change


def without(path: str) -> Change:
    """Take away what stands where a path leads."""

    def change(document: Plain) -> None:
        holder, last = _holder(document, path)
        del holder[last]

    return change


def append(**record: Any) -> Change:
    """One more record."""
    return lambda document: document["records"].append(record)


def changed(document: Plain, *changes: Change) -> Plain:
    """A copy of a document with changes."""
    found = copy.deepcopy(document)
    for change in changes:
        change(found)
    return found


def _holder(document: Any, path: str) -> tuple[Any, str | int]:
    steps = [int(step) if step.isdigit() else step for step in re.findall(r"[^.\[\]]+", path)]
    for step in steps[:-1]:
        document = document[step]
    return document, steps[-1]
