"""The page that says what was checked in an encrypted vault, for somebody who answers for data. It names nobody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from reportlab.platypus import CondPageBreak, Flowable, Spacer

from spr_desktop.documents.blocks import Fact, Heading, Lines, headed
from spr_desktop.documents.canvas import DocumentCanvas
from spr_desktop.documents.plain_pages import plain_pages
from spr_desktop.documents.style import (
    ACCENT,
    BODY,
    BULLET,
    INK,
    PANEL_END,
    PANEL_HEADING,
    PANEL_TEXT,
    PAPER_TITLE,
    SECTION,
)

TITLE: Final = "Check of an encrypted vault"
_FOOTER: Final = "Made by the program itself on the computer that holds the vault. No certificate."
_SHAPE: Final = 12
_ROOM: Final = 60
_VERDICT: Final = replace(PANEL_HEADING, role="P")
"""A sentence, which heads nothing."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was checked."""

    title: str
    is_whole: bool
    word: str
    """What stands beside the shape."""
    said: str


def proof_sheet(
    verdict: str, facts: Sequence[tuple[str, str]], lines: Sequence[Line], limits: Sequence[str], ending: str
) -> bytes:
    """The page as a PDF, which goes on over a second one where it has to."""
    return plain_pages(TITLE, _FOOTER, lambda: list(_story(verdict, facts, lines, limits, ending)))


def _story(
    verdict: str, facts: Sequence[tuple[str, str]], lines: Sequence[Line], limits: Sequence[str], ending: str
) -> Iterator[Flowable]:
    yield Heading(TITLE, PAPER_TITLE)
    yield Lines(verdict, _VERDICT)
    yield Lines(ending, PANEL_TEXT)
    yield Lines("", PANEL_END)
    yield Spacer(0, 8)
    for label, value in facts:
        yield Fact(label, value)
    yield from headed(Heading("What was checked", SECTION))
    for each in lines:
        yield CondPageBreak(_ROOM)
        yield _Checked(each)
    yield from headed(Heading("What this does not show", SECTION))
    yield Lines("None of these follows from the checks above:", BODY)
    for each_limit in limits:
        yield Lines(each_limit, BULLET, bullet="•")


class _Checked(Fact):
    """A fact with a shape and a word before it: a tick, or an octagon with a bar."""

    def __init__(self, line: Line) -> None:
        super().__init__(line.title, f"      {line.word}. {line.said}")
        self._is_whole = line.is_whole

    def split(self, available_width: float, available_height: float) -> list[Flowable]:  # noqa: ARG002 - ReportLab's
        return []

    def draw(self) -> None:
        super().draw()
        with self.canv.for_looks():  # the word says it
            self._draw_shape(self.canv)

    def _draw_shape(self, canvas: DocumentCanvas) -> None:
        canvas.saveState()
        canvas.translate(150, self.height - 4 - 13)
        canvas.setLineWidth(1.5)
        canvas.setStrokeColor(ACCENT if self._is_whole else INK)
        canvas.setFillColor(INK)
        if self._is_whole:
            canvas.lines([(1, 5, 4.5, 1), (4.5, 1, 11, 10)])
        else:
            corner, edge = 3.5, _SHAPE - 1
            path = canvas.beginPath()
            path.moveTo(corner, 0)
            for x, y in (
                (edge - corner, 0), (edge, corner), (edge, edge - corner), (edge - corner, edge), (corner, edge),
                (0, edge - corner), (0, corner),
            ):  # fmt: skip
                path.lineTo(x, y)
            path.close()
            canvas.drawPath(path, stroke=0, fill=1)
            canvas.setStrokeColorRGB(1, 1, 1)
            canvas.line(3, edge / 2, edge - 3, edge / 2)
        canvas.restoreState()
