"""Lays out the answer to a subject access request: a document that the person can read, section by section."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from typing import Final

from reportlab.platypus import CondPageBreak, Flowable, PageBreak

from spr_desktop.documents import style
from spr_desktop.documents.blocks import Fact, Heading, Lines, height_of
from spr_desktop.documents.layout_parts import built, bulleted, cover, fact, how_to_check, section
from spr_desktop.documents.subject_access import DisclosedItem, SubjectAccess
from spr_desktop.documents.wording import counted, day

_WHOSE: Final = replace(style.HEADING, role="P")
"""It looks like a heading, but nothing stands under it."""
_ROOM_FOR_AN_ITEM: Final = 280
"""Points; an item that needs no more is not torn apart at the end of a page."""
_ANSWERS: Final = (
    "Every record that says something of you was read and decided about, one by one. Where something was removed, the "
    "reason stands in its place.",
    "The records are sorted by what they are about. Each has its number, its day, and who wrote it down.",
    "If something is wrong, say so: it is corrected, or what you say about it is kept with it.",
    "If you think that this answer is wrong, ask for it to be looked at again. You may also complain to the "
    "Information Commissioner's Office, ico.org.uk.",
)


def subject_access_layout(answer: SubjectAccess) -> bytes:
    """The answer to a subject access request as a PDF, not sealed yet. Raises MissingGlyph."""

    def front() -> list[Flowable]:
        left_out = [Fact(counted(count, "record", "records").capitalize(), why) for why, count in answer.not_disclosed]
        return [
            Lines(answer.name, _WHOSE),
            *section("About this answer", bulleted(_ANSWERS)),
            *section("What was removed or left out, and why", left_out or [Lines("Nothing.", style.BODY)]),
        ]

    def story() -> Iterator[Flowable]:
        yield from cover(answer, read_by="You")
        yield PageBreak()
        for title, items in groupby(answer.items, key=lambda each: each.section):
            heading: list[Flowable] = [Heading(title, style.SECTION)]
            for item in items:
                blocks = [*heading, *_item(item)]
                # A short item stays whole, and never without the title of its section.
                yield CondPageBreak(min(height_of(blocks), _ROOM_FOR_AN_ITEM))
                yield from blocks
                heading = []
        yield from how_to_check(answer, "answer", is_for_family=True)

    return built(answer, story, "Your own records", front)


def _item(item: DisclosedItem) -> Iterator[Flowable]:
    yield Lines(f"{item.number}. {item.called}", style.ITEM)
    yield Lines(f"{day(item.on)}, written down by {item.recorded_by}", style.ITEM_ORIGIN)
    for label, value in item.parts:
        yield from fact(label, value)
