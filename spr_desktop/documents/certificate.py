"""The certificate of disposal: which cases were disposed of, why and by whom, and what may still exist.

It names no family. What it says is attached to it as data, so that another program can read it.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, Final

from reportlab.lib.units import mm
from reportlab.platypus import BaseDocTemplate, CondPageBreak, Flowable, Frame, PageTemplate, Spacer

from spr_desktop.documents.blocks import Fact, Heading, Lines, headed
from spr_desktop.documents.canvas import DocumentCanvas
from spr_desktop.documents.lines import texts_forgotten
from spr_desktop.documents.style import (
    BODY,
    BULLET,
    FOOT,
    MUTED,
    OVERLINE,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    PAPER_TITLE,
    SECTION,
    SIDE,
    TEXT_WIDTH,
)

TITLE: Final = "Certificate of disposal"
DATA_FILE: Final = "disposal.json"
FORMAT: Final = "spr-disposal"
VERSION: Final = 1

_BULLET: Final = "•"
_TOP: Final = 22 * mm
_FOOT_LINE: Final = 15 * mm
_ROOM_FOR_HASHES: Final = 300
"""Points that those of one case take."""
_HASH_LINE: Final = 32
"""Characters of a hash in one line."""
_WHAT: Final = (
    "The cases named here were removed from a vault of SPR Desktop. Of each record only two hashes stay there. They "
    "show that nothing else was taken away or put in its place, and nobody can read from them what a record said."
)
_REBUILT: Final = (
    "Every place in the database that had held them was overwritten, and the database was then written anew."
)
_NOT_REBUILT: Final = (
    "Every place in the database that had held them was overwritten. It is still to be written anew, which the program "
    "does the next time it makes a backup."
)
_HASHES: Final = (
    "The chains of the records end as they did before. That of the activity goes on with a line for each case."
)
_MAY_EXIST: Final = (
    "Packs that were sent, and what those who received them made of them.",
    "Case documents and bundles that were exported, and whatever was printed.",
    "Backups in places that this vault does not know: copies that were made by hand, or by the system or the "
    "organisation. A vault restored from one of them holds these cases again.",
    "What other families' records say about these. It is part of those records.",
    "On solid-state disks, remains of the encrypted file that only the disk itself can reach. They cannot be read "
    "without the passphrase or the recovery key.",
    "In the vault: each case's reference, the number of its records, the days of the first and the last, and when "
    "somebody worked on it (not what they did).",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DisposedCase:
    """One case on a certificate."""

    case_ref: str
    records: int
    documents: int
    first_on: date
    last_on: date
    head: str
    """The hash of its last record, in hexadecimal; the same before and after."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """What a certificate of disposal says."""

    number: str
    made_on: date
    disposed_on: date
    disposed_by: str | None
    organisation: str
    reason: str
    """Its code."""
    reason_words: str
    rule: str | None
    """The rule of retention, where that was the reason."""
    program: str
    """The version that disposed of them."""
    printed_by: str
    """The version that made this page."""
    vault_id: str
    cases: tuple[DisposedCase, ...]
    all_records: str
    """The hash at the end of all records; the same before and after."""
    activity_before: str
    activity_after: str
    is_rebuilt: bool
    still_held: tuple[str, ...]
    """Where backups still hold them, in words; empty where none is known."""

    def plain(self) -> dict[str, Any]:
        """As JSON holds it."""
        found = {"format": FORMAT, "version": VERSION, **asdict(self)}
        return dict(json.loads(json.dumps(found, default=date.isoformat)))


def certificate_page(certificate: Certificate) -> bytes:
    """The certificate as a PDF of as many pages as it needs, with its data attached. Raises MissingGlyph."""
    target = io.BytesIO()
    document = BaseDocTemplate(target, pagesize=(PAGE_WIDTH, PAGE_HEIGHT), title=TITLE)
    frame = Frame(
        SIDE, FOOT, TEXT_WIDTH, PAGE_HEIGHT - FOOT - _TOP, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0
    )

    def begin(canvas: DocumentCanvas, _document: BaseDocTemplate) -> None:
        if canvas.getPageNumber() == 1:
            canvas.name(TITLE)
            data = json.dumps(certificate.plain(), ensure_ascii=False, indent=2).encode()
            canvas.attach(DATA_FILE, data, "application/json", "What this certificate says, as data")
        foot = f"{TITLE} {certificate.number}, page {canvas.getPageNumber()}"
        with canvas.for_looks():
            canvas.write(foot, SIDE, _FOOT_LINE, BODY.size, MUTED)

    document.addPageTemplates([PageTemplate("page", frame, onPage=begin)])
    with texts_forgotten():
        document.build(list(_story(certificate)), canvasmaker=DocumentCanvas)
    return target.getvalue()


def _story(certificate: Certificate) -> Iterator[Flowable]:
    yield Lines(certificate.organisation or "SPR Desktop", replace(OVERLINE, role="P"))
    yield Lines(TITLE, PAPER_TITLE)
    yield Lines(_WHAT, BODY)
    yield Lines(_REBUILT if certificate.is_rebuilt else _NOT_REBUILT, BODY)
    yield Spacer(0, 4)
    yield Fact("Number", certificate.number)
    yield Fact("Disposed of on", _day(certificate.disposed_on))
    yield Fact("By", certificate.disposed_by or "Not recorded")
    yield Fact("Reason", certificate.reason_words, *([certificate.rule] if certificate.rule else []))
    cases, records = len(certificate.cases), sum(each.records for each in certificate.cases)
    yield Fact("How much", f"{_many(cases, 'case')}, {_many(records, 'record')}")
    yield Fact("Program", f"SPR Desktop {certificate.program}")
    yield from headed(Heading("Cases", SECTION))
    for each in certificate.cases:
        days = f"First record {_day(each.first_on)}, last record {_day(each.last_on)}"
        documents = f"{_many(each.records, 'record')}, {_many(each.documents, 'document')} made"
        yield Fact(each.case_ref, documents, days)
    yield from headed(Heading("What may still exist", SECTION))
    for text in (*certificate.still_held, *_MAY_EXIST):
        yield Lines(text, BULLET, bullet=_BULLET)
    yield CondPageBreak(_ROOM_FOR_HASHES)
    yield from headed(Heading("Hashes", SECTION))
    yield Lines(_HASHES, BODY)
    yield Fact("Vault", certificate.vault_id)
    yield Fact("All records, before and after", *_hash(certificate.all_records))
    yield Fact("Activity, before", *_hash(certificate.activity_before))
    yield Fact("Activity, after", *_hash(certificate.activity_after))
    for each in certificate.cases:
        yield Fact(f"Ledger of {each.case_ref}", *_hash(each.head))
    yield Spacer(0, 10)
    yield Lines(f"This page was made on {_day(certificate.made_on)} by SPR Desktop {certificate.printed_by}.", BODY)


def _hash(value: str) -> Sequence[str]:
    return [value[at : at + _HASH_LINE] for at in range(0, len(value), _HASH_LINE)]


def _many(count: int, thing: str) -> str:
    return f"{count} {thing}" if count == 1 else f"{count:,} {thing}s"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
