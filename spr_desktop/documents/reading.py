"""Reads a finished document back, as any reader would: the text of its pages, and every text that is not on a page."""

from __future__ import annotations

import io
import json
import logging
import struct
import zlib
from collections.abc import Iterator
from threading import Lock
from typing import Any, Final

from spr_desktop.documents.errors import Unreadable

_PDFIUM: Final = Lock()
"""PDFium must not be used by two threads at a time."""

ODD_FILES_RAISE: Final = (
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    RecursionError,
    NotImplementedError,
    EOFError,
    struct.error,
    zlib.error,
)
"""What PDF readers raise, besides errors of their own, on a file that is odd by damage or on purpose."""

logging.getLogger("pypdf").setLevel(logging.CRITICAL)
"""Its warnings quote what it could not read, and nothing of a document belongs in a log."""

Parts = dict[str, list[str]]

INFORMATION: Final = "the document information"
OUTLINE: Final = "the outline"
ATTACHMENTS: Final = "the attached data"
ANNOTATIONS: Final = "the annotations"
SPOKEN: Final = "what is read out"
ELSEWHERE: Final = "a hidden part of the file"


def texts_of_pages(pdf: bytes, passphrase: str | None = None) -> list[str]:
    """What stands on each page; raises Unreadable."""
    import pypdfium2  # type: ignore[import-untyped]

    with _PDFIUM:
        try:
            document = pypdfium2.PdfDocument(pdf, password=passphrase)
        except pypdfium2.PdfiumError:
            raise Unreadable from None
        try:
            return [_text_of(page) for page in document]
        finally:
            document.close()


def _text_of(page: Any) -> str:
    text = page.get_textpage()
    try:
        # PDFium marks a hyphen at the end of a line by a character that is none.
        return str(text.get_text_range()).replace("\r\n", "\n").replace("\ufffe", "-")
    finally:
        text.close()
        page.close()


def parts(pdf: bytes) -> Parts:
    """Every text of an unsealed document that is not on a page, by the part of the file it stands in.

    Raises Unreadable.
    """
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        # strictly: what it cannot read it must not pass over, since a detail might stand there
        return _Walk(PdfReader(io.BytesIO(pdf), strict=True)).found
    except (PyPdfError, *ODD_FILES_RAISE):
        raise Unreadable from None


def attached(pdf: bytes, file_name: str, passphrase: str | None = None) -> bytes:
    """The content of an attached file; raises Unreadable where there is none, or more than one, of that name."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(pdf), password=passphrase)
        [content] = reader.attachments[file_name]
    except (PyPdfError, *ODD_FILES_RAISE):
        raise Unreadable from None
    return bytes(content)


def title_of(pdf: bytes, passphrase: str | None = None) -> str:
    """The title of a document; empty where it has none. Raises Unreadable."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        information = PdfReader(io.BytesIO(pdf), password=passphrase).metadata
        return str(information.title or "") if information else ""
    except (PyPdfError, *ODD_FILES_RAISE):
        raise Unreadable from None


class _Walk:
    """Goes through every object of a file once and notes the texts, part by part."""

    def __init__(self, reader: Any) -> None:
        self.found: Parts = {SPOKEN: []}
        pages = list(reader.pages)
        # Everything leads to a page sooner or later; pages come last, so that a text is noted where it belongs.
        self._seen = {(page.indirect_reference.idnum, page.indirect_reference.generation) for page in pages}
        root = reader.trailer["/Root"]
        self._note(INFORMATION, reader.trailer.get("/Info"), root.get("/Metadata"))
        self._note(OUTLINE, root.get("/Outlines"))
        self._note(ATTACHMENTS, root.get("/Names"), root.get("/AF"))
        self._note(ANNOTATIONS, root.get("/AcroForm"), *(page.get("/Annots") for page in pages))
        self._note(ELSEWHERE, reader.trailer, *pages)

    def _note(self, part: str, *objects: Any) -> None:
        self.found[part] = [text for each in objects for text in self._texts(each, part)]

    def _texts(self, start: Any, part: str) -> Iterator[str]:
        from pypdf.generic import NameObject

        waiting = [start]
        while waiting:
            value = self._resolved(waiting.pop())
            if hasattr(value, "get_data") and part in (ATTACHMENTS, INFORMATION):
                yield from _texts_in(value.get_data())
            if isinstance(value, dict):
                self._note_spoken(value)
                waiting += [each for key, each in dict.items(value) if key != "/ActualText"]
            elif isinstance(value, list):
                waiting += list.__iter__(value)
            elif isinstance(value, bytes):
                yield value.decode("latin-1")
            elif isinstance(value, str) and not isinstance(value, NameObject):
                yield str(value)

    def _note_spoken(self, element: Any) -> None:
        """What is read out in place of what is drawn stands on a page, so to say."""
        if "/ActualText" in element:
            self.found[SPOKEN] += self._texts(dict.__getitem__(element, "/ActualText"), SPOKEN)

    def _resolved(self, value: Any) -> Any:
        """What a reference stands for; None if that was seen before."""
        if not hasattr(value, "idnum"):
            return value
        key = (value.idnum, value.generation)
        if key in self._seen:
            return None
        self._seen.add(key)
        return value.get_object()


def _texts_in(content: bytes) -> Iterator[str]:
    """The texts of an attached file: those of its JSON, or all of it."""
    text = content.decode("utf-8", "replace")
    try:
        waiting = [json.loads(text)]
    except (ValueError, RecursionError):
        yield text
        return
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            waiting += [*value, *value.values()]
        elif isinstance(value, list):
            waiting += value
        elif isinstance(value, str):
            yield value
