"""Pictures that documents hold: the steps of the work as a strip, and a code to be scanned. Each says in words what it
shows, and neither needs colour.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import count
from typing import Final

from reportlab.platypus import Flowable

from spr_desktop.documents.blocks import draw_line
from spr_desktop.documents.canvas import DocumentCanvas
from spr_desktop.documents.lines import Line, broken
from spr_desktop.documents.shaping import width
from spr_desktop.documents.style import ACCENT, BODY, INK, LABEL, ON_ACCENT, PAPER, VALUE, TextStyle

_RADIUS: Final = 11
_ROW_GAP: Final = 14
_TEXT_GAP: Final = 12
_ARROW: Final = 5
_NUMBER_SIZE: Final = 11
_WHEN: Final = replace(LABEL, leading=14.5)
_WHAT: Final = replace(VALUE, leading=14.5)
_NAME: Final = TextStyle(bold=True, colour=ACCENT)


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the work, in neutral words."""

    what: str
    when: str = ""
    """Its day or days, in words; empty where none is told."""


@dataclass(frozen=True, slots=True)
class Row:
    """Steps that stand beside each other, from left to right."""

    steps: Sequence[Step]
    name: str = ""
    """Stands above them; empty where the row goes on from the one before."""
    is_to_come: bool = False
    """Whether its steps lie ahead: drawn open and broken instead of solid."""


class Strip(Flowable):  # type: ignore[misc]  # ReportLab has no types
    """The steps of the work as numbered discs, joined by arrows."""

    canv: DocumentCanvas

    def __init__(self, rows: Sequence[Row], what_it_is: str) -> None:
        """``what_it_is`` begins its alternative text."""
        super().__init__()
        self._rows = [each for each in rows if each.steps]
        self._what_it_is = what_it_is
        self._texts: list[list[tuple[list[Line], list[Line]]]] = []
        self.spaceBefore, self.spaceAfter = 10, 8

    @property
    def alternative(self) -> str:
        """The same in words."""
        said, numbers = [], count(1)
        for row in self._rows:
            steps = [f"{next(numbers)}. {', '.join(filter(None, (each.what, each.when)))}." for each in row.steps]
            said.append(" ".join([f"{row.name}:", *steps] if row.name else steps))
        return " ".join([f"{self._what_it_is}.", *said])

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:  # noqa: ARG002 - ReportLab's
        self.width = available_width
        self._texts = [
            [
                (
                    broken(step.what, bold=False, size=_WHAT.size, column=self._column(row) - _TEXT_GAP),
                    broken(step.when, bold=False, size=_WHEN.size, column=self._column(row) - _TEXT_GAP)
                    if step.when
                    else [],
                )
                for step in row.steps
            ]
            for row in self._rows
        ]
        self.height = sum(map(self._height_of, range(len(self._rows)))) + _ROW_GAP * (len(self._rows) - 1)
        return available_width, self.height

    def _column(self, row: Row) -> float:
        """Width of a step; rows of one picture share it where one goes on from the other."""
        most = max(len(each.steps) for each in self._rows if not each.name) if not row.name else len(row.steps)
        return float(self.width) / most

    def _height_of(self, at: int) -> float:
        lines = max(len(what) + len(when) for what, when in self._texts[at])
        return (_NAME.leading + 4 if self._rows[at].name else 0) + 2 * _RADIUS + 5 + lines * _WHAT.leading

    def draw(self) -> None:
        with self.canv.tagged(self.canv.picture(self.alternative, 0, 0, self.width, self.height)):
            top, number = self.height, 1
            for at, row in enumerate(self._rows):
                self._draw_row(at, top, number)
                number += len(row.steps)
                top -= self._height_of(at) + _ROW_GAP

    def _draw_row(self, at: int, top: float, number: int) -> None:
        row, column = self._rows[at], self._column(self._rows[at])
        if row.name:
            self.canv.write(row.name, 0, top - _NAME.leading * 0.76, _NAME.size, ACCENT, bold=True)
            top -= _NAME.leading + 4
        goes_on = at + 1 < len(self._rows)
        for place, (what, when) in enumerate(self._texts[at]):
            x, is_last = place * column, place == len(row.steps) - 1
            if not is_last or goes_on:
                self._draw_arrow(x + 2 * _RADIUS + 3, x + column - 3, top - _RADIUS, is_broken=row.is_to_come)
            self._draw_disc(x + _RADIUS, top - _RADIUS, str(number + place), is_open=row.is_to_come)
            y = top - 2 * _RADIUS - 5 - _WHAT.leading * 0.76
            for style, lines in ((_WHAT, what), (_WHEN, when)):
                for line in lines:
                    draw_line(self.canv, line, style, x, y, column - _TEXT_GAP)
                    y -= style.leading

    def _draw_disc(self, x: float, y: float, number: str, *, is_open: bool) -> None:
        self.canv.setStrokeColor(ACCENT)
        self.canv.setFillColor(PAPER if is_open else ACCENT)
        self.canv.setLineWidth(1.4)
        self.canv.circle(x, y, _RADIUS - 0.7, stroke=1, fill=1)
        half = width(number, bold=True) * _NUMBER_SIZE / 2000
        colour = ACCENT if is_open else ON_ACCENT
        self.canv.write(number, x - half, y - _NUMBER_SIZE * 0.36, _NUMBER_SIZE, colour, bold=True)

    def _draw_arrow(self, start: float, end: float, y: float, *, is_broken: bool) -> None:
        self.canv.saveState()
        self.canv.setStrokeColor(ACCENT)
        self.canv.setLineWidth(1.4)
        if is_broken:
            self.canv.setDash(4, 3)
        self.canv.line(start, y, end, y)
        self.canv.setDash()
        self.canv.line(end - _ARROW, y + _ARROW * 0.7, end, y)
        self.canv.line(end - _ARROW, y - _ARROW * 0.7, end, y)
        self.canv.restoreState()


# A code to be scanned

_MODULE: Final = 2.8
_QUIET: Final = 4
"""Light modules around a code, which readers ask for (ISO/IEC 18004)."""
_CODE_GAP: Final = 14


class ScannedCode(Flowable):  # type: ignore[misc]  # ReportLab has no types
    """A text as a QR code, and beside it what it is for."""

    canv: DocumentCanvas

    def __init__(self, held: str, said: str, alternative: str) -> None:
        super().__init__()
        self._held = held
        self._said = said
        self._alternative = alternative
        self._lines: list[Line] = []
        self.spaceBefore = self.spaceAfter = 6

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:  # noqa: ARG002 - ReportLab's
        self._side = (len(_modules(self._held)) + 2 * _QUIET) * _MODULE
        self._left = self._side - _QUIET * _MODULE + _CODE_GAP
        self._lines = broken(self._said, bold=False, size=BODY.size, column=available_width - self._left)
        self.width, self.height = available_width, max(self._side, len(self._lines) * BODY.leading)
        return available_width, self.height

    def draw(self) -> None:
        # The light rim reaches into the margin, so that the code itself stands where the text begins.
        left, top = -_QUIET * _MODULE, self.height
        with self.canv.tagged(self.canv.picture(self._alternative, left, top - self._side, self._side, self._side)):
            self.canv.setFillColor(INK)
            self.canv.addLiteral(f"{_dark_parts(self._held, 0, top - _QUIET * _MODULE)} f")
        with self.canv.tagged(self.canv.structure.block("P")):
            base = top - _QUIET * _MODULE - BODY.leading * 0.76
            for number, line in enumerate(self._lines):
                draw_line(self.canv, line, BODY, self._left, base - number * BODY.leading, self.width - self._left)


@lru_cache(maxsize=8)
def _modules(held: str) -> tuple[tuple[bool, ...], ...]:
    """The dark and light modules of a code, row by row; remembered, since a vault has one key, which is no secret."""
    import segno

    return tuple(tuple(map(bool, row)) for row in segno.make_qr(held, error="m").matrix)


def _dark_parts(held: str, left: float, top: float) -> str:
    """The rectangles of a code whose upper left corner is given."""
    found = []
    for at, row in enumerate(_modules(held)):
        start = 0
        y = top - (at + 1) * _MODULE
        while start < len(row):
            if not row[start]:
                start += 1
                continue
            end = next((each for each in range(start, len(row)) if not row[each]), len(row))
            found.append(f"{left + start * _MODULE:.2f} {y:.2f} {(end - start) * _MODULE:.2f} {_MODULE} re")
            start = end
    return " ".join(found)
