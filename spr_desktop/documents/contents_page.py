"""The list of contents of a long document: every section with its page, to be clicked on, in neutral titles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from reportlab.platypus import Flowable, PageBreak

from spr_desktop.documents.blocks import Lines
from spr_desktop.documents.canvas import DocumentCanvas
from spr_desktop.documents.shaping import width
from spr_desktop.documents.style import CONTENTS, HAIRLINE, INK, INNER_HEIGHT, MUTED, SECTION

_TITLE: Final = "Contents"
_ROW: Final = 24
"""Height of an entry in points: high enough to be hit with a finger."""
_TITLE_ROOM: Final = SECTION.before + SECTION.leading + SECTION.after
_ENTRIES_A_PAGE: Final = int((INNER_HEIGHT - _TITLE_ROOM) // _ROW)
_GAP: Final = 6
_BASE_LINE: Final = 8
_NUMBER_ROOM: Final = 28


class Entry(Flowable):  # type: ignore[misc]  # ReportLab has no types
    """A section and its page, which is known once everything is drawn."""

    canv: DocumentCanvas

    def __init__(self, number: int, title: str) -> None:
        """``number`` is that of the section, counted from 0."""
        super().__init__()
        self._number = number
        self._title = title
        self.spaceBefore = self.spaceAfter = 0

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:  # noqa: ARG002 - ReportLab's
        self.width, self.height = available_width, _ROW
        return available_width, _ROW

    def draw(self) -> None:
        canvas = self.canv
        left = width(self._title, bold=False) * CONTENTS.size / 1000 + _GAP
        with canvas.for_looks():
            canvas.saveState()
            canvas.setStrokeColor(HAIRLINE)
            canvas.setLineWidth(1)
            canvas.setDash(1, 3)
            canvas.line(left, _BASE_LINE, self.width - _NUMBER_ROOM, _BASE_LINE)
            canvas.restoreState()

        def draw_number(_pages: int) -> None:
            _title, page = canvas.sections[self._number]
            canvas.write(str(page), 0, _BASE_LINE, CONTENTS.size, MUTED, bold=True, right_edge=self.width)

        link = canvas.structure.entry()
        with canvas.tagged(link):
            canvas.write(f"{self._title} ", 0, _BASE_LINE, CONTENTS.size, INK)
            canvas.when_finished(draw_number)
        canvas.lead_to_section(self._number, link, self.width, self.height)


def contents_pages(titles: Sequence[str], room: float) -> list[Flowable]:
    """The contents on as many pages as they need, the last with nothing under it.

    They begin in the room, in points, that is left on a page if they fit there, and on a page of their own otherwise.
    """
    fits = _TITLE_ROOM + len(titles) * _ROW <= room
    made: list[Flowable] = [] if fits or room == INNER_HEIGHT else [PageBreak()]
    made.append(Lines(_TITLE, SECTION))
    for number, title in enumerate(titles):
        if number and number % _ENTRIES_A_PAGE == 0:
            made.append(PageBreak())
        made.append(Entry(number, title))
    return [*made, PageBreak()]
