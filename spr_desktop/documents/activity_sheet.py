"""The activity of a vault as pages to print: the newest day first, an entry a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from reportlab.platypus import Flowable

from spr_desktop.documents.blocks import Fact, Heading, Lines, headed
from spr_desktop.documents.plain_pages import plain_pages
from spr_desktop.documents.style import BODY, PAPER_SECTION, PAPER_TITLE

TITLE: Final = "Activity of a vault"
_FOOTER: Final = "It says who did what and when. It never says what a record says."
_WHAT: Final = (
    "Entries are only ever added, and each is signed together with the one before, so that a changed or removed one is "
    "found out. Whoever has the passphrase and this program could build the whole list anew."
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line."""

    at: str
    case_ref: str
    what: str


def activity_sheet(facts: Sequence[tuple[str, str]], entries: Sequence[tuple[str, Entry]]) -> bytes:
    """The pages as a PDF, from entries with their days, in their order. Raises MissingGlyph."""
    return plain_pages(TITLE, _FOOTER, lambda: list(_story(facts, entries)))


def _story(facts: Sequence[tuple[str, str]], entries: Sequence[tuple[str, Entry]]) -> Iterator[Flowable]:
    yield Heading(TITLE, PAPER_TITLE)
    yield Lines(_WHAT, BODY)
    for label, value in facts:
        yield Fact(label, value)
    if not entries:
        yield Lines("There is no such entry.", BODY)
    for day, of_day in groupby(entries, key=lambda each: each[0]):
        yield from headed(Lines(day, PAPER_SECTION))
        for _, entry in of_day:
            yield Fact(f"{entry.at}   {entry.case_ref}", entry.what)
