"""The list of contents of a long document: every section with its page, to be clicked on, in neutral titles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from reportlab.platypus import Flowable

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


class Entry(Flowable):  # type: ignore[misc]  # ReportLab has no types
    """A section and its page."""

    canv: DocumentCanvas

    def __init__(self, number: int, title: str, page: int) -> None:
        """``number`` is that of the section, counted from 0."""
        super().__init__()
        self._number = number
        self._title = title
        self._page = str(page)
        self.spaceBefore = self.spaceAfter = 0

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:  # noqa: ARG002 - ReportLab's
        self.width, self.height = available_width, _ROW
        return available_width, _ROW

    def draw(self) -> None:
        size = CONTENTS.size
        left = width(self._title, bold=False) * size / 1000 + _GAP
        right = self.width - width(self._page, bold=True) * size / 1000 - _GAP
        with self.canv.for_looks():
            self.canv.saveState()
            self.canv.setStrokeColor(HAIRLINE)
            self.canv.setLineWidth(1)
            self.canv.setDash(1, 3)
            self.canv.line(left, _BASE_LINE, right, _BASE_LINE)
            self.canv.restoreState()
        link = self.canv.structure.entry()
        with self.canv.tagged(link):
            self.canv.write(self._title, 0, _BASE_LINE, size, INK)
            self.canv.write(self._page, 0, _BASE_LINE, size, MUTED, bold=True, right_edge=self.width)
        said = f"{self._title}, page {self._page}"
        self.canv.lead_to_section(self._number, link, said, self.width, self.height)


def contents_pages(sections: Sequence[tuple[str, int]], in_front: int, room: float) -> list[list[Flowable]]:
    """The contents: first what goes into the room, in points, that is left under the front of the document, then pages.

    Each section is given with the page on which it begins when the contents take no page; the first ``in_front`` of
    them stand before the contents and stay there.
    """
    fits = bool(sections) and _TITLE_ROOM + len(sections) * _ROW <= room
    under = len(sections) if fits else 0  # never torn apart where a page could hold all of it
    ends = list(range(under or _ENTRIES_A_PAGE, len(sections) + _ENTRIES_A_PAGE, _ENTRIES_A_PAGE))
    moved = len(ends) - fits
    entries = [Entry(at, title, page + moved * (at >= in_front)) for at, (title, page) in enumerate(sections)]
    pages: list[list[Flowable]] = [list(entries[start:end]) for start, end in zip([0, *ends], ends, strict=False)]
    pages[0].insert(0, Lines(_TITLE, SECTION))
    return pages if fits else [[], *pages]
