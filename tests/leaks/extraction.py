"""Everything that can be got out of a file by readers that are not ours: pages by two, all else object by object."""

from __future__ import annotations

import calendar
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import pikepdf
import pypdf

from tests.documents.packs import run
from tests.leaks.families import MARK

_MONTHS: Final = list(calendar.month_name)[1:]
_DAY: Final = re.compile(rf"(?<!\d)(\d{{1,2}})\s+({'|'.join(_MONTHS)})\s+(\d{{4}})")
_ISO_DAY: Final = re.compile(r"(?<!\d)(\d{4})-(\d\d)-(\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class Extracted:
    """What a file holds."""

    pages: str
    """As poppler reads them, and pypdf."""
    attached: str
    """Attached files, decompressed."""
    elsewhere: str
    """Every string of every object and every other stream, decoded, with names and keys; not the pages themselves."""


def extracted(pdf: bytes, passphrase: str | None = None, *, twice: bool = True) -> Extracted:
    """Read a file, sealed or not; ``twice`` has its pages read by a second reader too, which takes its time."""
    pages = [text_by_poppler(pdf, passphrase)]
    if twice:
        pages += [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf), password=passphrase).pages]
    with pikepdf.open(io.BytesIO(pdf), password=passphrase or "") as opened:
        drawn = {stream.objgen for page in opened.pages for stream in _contents(page)}
        attached = {each.objgen for each in opened.objects if _is_attached(each)}
        content = [_texts(each) for each in opened.objects if isinstance(each, pikepdf.Stream)]
        data = [text for objgen, text in content if objgen in attached]
        other = [text for objgen, text in content if objgen not in attached | drawn]
        strings = [text for each in opened.objects for text in strings_in(each)]
        strings += list(strings_in(opened.trailer))
    return Extracted("\n".join(pages), "\n".join(data), "\n".join([*other, *strings]))


def text_by_poppler(pdf: bytes, passphrase: str | None = None) -> str:
    """The text of the pages as poppler reads them, a cell of a table as a whole; the file goes to it through a pipe."""
    unlocked = ("-upw", passphrase) if passphrase else ()
    return run("pdftotext", "-raw", *unlocked, "-", "-", stdin=pdf)


def marks_in(text: str) -> set[str]:
    """The marks in a text, wherever lines end."""
    return set(MARK.findall("".join(text.split())))


def days_in(text: str) -> set[date]:
    """The days in a text, as documents write them."""
    found = {date(int(year), _MONTHS.index(month) + 1, int(day)) for day, month, year in _DAY.findall(text)}
    return found | {date(int(year), int(month), int(day)) for year, month, day in _ISO_DAY.findall(text)}


def _contents(page: Any) -> Iterator[Any]:
    contents = page.obj.get("/Contents")
    if isinstance(contents, pikepdf.Array):
        yield from contents
    elif contents is not None:
        yield contents


def _is_attached(each: Any) -> bool:
    return isinstance(each, pikepdf.Stream) and each.get("/Type") == pikepdf.Name.EmbeddedFile


def _texts(stream: Any) -> tuple[tuple[int, int], str]:
    """A stream in every reading that text may have in it."""
    try:
        data = stream.read_bytes()
    except pikepdf.PdfError:  # a picture
        data = stream.read_raw_bytes()
    return stream.objgen, "\n".join([data.decode("latin-1"), data.decode("utf-8", "replace"), _wide(data), _hex(data)])


def _wide(data: bytes) -> str:
    return f"{data.decode('utf-16-be', 'replace')}\n{data[1:].decode('utf-16-be', 'replace')}"


def _hex(data: bytes) -> str:
    found = re.findall(rb"<([0-9A-Fa-f]{8,})>", data)
    return "\n".join(_wide(bytes.fromhex(each.decode()[: len(each) // 2 * 2])) for each in found)


def strings_in(value: Any) -> Iterator[str]:
    """Every string, name and key of an object, without going on into others."""
    if isinstance(value, (pikepdf.Dictionary, pikepdf.Stream)):
        for key, part in value.items():
            yield str(key)
            if not getattr(part, "is_indirect", False):
                yield from strings_in(part)
    elif isinstance(value, pikepdf.Array):
        for part in value:
            if not getattr(part, "is_indirect", False):
                yield from strings_in(part)
    elif isinstance(value, pikepdf.Name):
        yield str(value)
    elif isinstance(value, pikepdf.String):
        data = bytes(value)
        yield "\n".join([str(value), data.decode("latin-1"), _wide(data)])
