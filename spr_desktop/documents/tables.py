"""Tables of many short rows under headings; a table that goes on over the page says its headings again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from reportlab.lib.colors import Color
from reportlab.platypus import Flowable

from spr_desktop.documents.blocks import Place, draw_line
from spr_desktop.documents.canvas import DocumentCanvas
from spr_desktop.documents.lines import Line, broken
from spr_desktop.documents.style import ACCENT, HAIRLINE, TABLE_HEADING, VALUE, TextStyle
from spr_desktop.documents.tagging import Element

_PAD: Final = 4
_GAP: Final = 10
"""Between the columns."""
_AT_LEAST: Final = 2
"""Rows that stand under the headings at the foot of a page."""

Row = list[list[Line]]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, and its share of the width."""

    heading: str
    share: float


class Table(Flowable):  # type: ignore[misc]  # ReportLab has no types
    """Rows of texts under headings."""

    canv: DocumentCanvas

    def __init__(
        self,
        columns: Sequence[Column],
        texts: Sequence[Sequence[str]],
        *,
        rows: list[Row] | None = None,
        place: Place | None = None,
    ) -> None:
        """``rows`` and ``place`` are those of the table whose rest this is."""
        super().__init__()
        self._columns = columns
        self._texts = texts
        self._rows = rows
        self._head: Row = []
        self._is_rest = place is not None
        self._place = place or Place()
        self.spaceBefore, self.spaceAfter = 0, 4

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:  # noqa: ARG002 - ReportLab's
        self.width = available_width
        whole = sum(each.share for each in self._columns)
        self._widths = [each.share / whole * available_width for each in self._columns]
        self._head = self._broken([each.heading for each in self._columns], TABLE_HEADING)
        if self._rows is None:
            self._rows = [self._broken(each, VALUE) for each in self._texts]
        self.height = _height(self._head) + sum(map(_height, self._rows))
        return available_width, self.height

    def _broken(self, texts: Sequence[str], style: TextStyle) -> Row:
        last = len(texts) - 1
        return [
            broken(text, bold=style.bold, size=style.size, column=width - (_GAP if at < last else 0)) if text else []
            for at, (text, width) in enumerate(zip(texts, self._widths, strict=True))
        ]

    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        self.wrap(available_width, available_height)
        rows = self._rows or []
        left, fitting = available_height - _height(self._head), 0
        while fitting < len(rows) and _height(rows[fitting]) <= left:
            left -= _height(rows[fitting])
            fitting += 1
        fitting = min(fitting, len(rows) - 1)
        if fitting < min(_AT_LEAST, len(rows) - 1) or not fitting:
            return []
        rest = Table(self._columns, (), rows=rows[fitting:], place=self._place)
        head = Table(self._columns, (), rows=rows[:fitting], place=self._place)
        head._is_rest = self._is_rest
        return [head, rest]

    def draw(self) -> None:
        [table] = self._place.of(lambda: (self.canv.structure.block("Table"),))
        top = self._draw_head(table)
        for row in self._rows or []:
            cells = self.canv.structure.cells(table, len(row))
            self._draw_row(row, cells, top, VALUE)
            top -= _height(row)
            self._draw_line(top, HAIRLINE, 0.5)

    def _draw_head(self, table: Element) -> float:
        if self._is_rest:
            with self.canv.for_looks():  # said once already
                self._draw_row(self._head, [], self.height, TABLE_HEADING)
        else:
            cells = self.canv.structure.cells(table, len(self._head), are_headings=True)
            self._draw_row(self._head, cells, self.height, TABLE_HEADING)
        top = float(self.height) - _height(self._head)
        self._draw_line(top, ACCENT, 1)
        return top

    def _draw_row(self, row: Row, cells: list[Element], top: float, style: TextStyle) -> None:
        x = 0.0
        for at, (lines, width) in enumerate(zip(row, self._widths, strict=True)):
            if cells:
                with self.canv.tagged(cells[at]):
                    self._draw_cell(lines, x, top, width, style)
            else:
                self._draw_cell(lines, x, top, width, style)
            x += width

    def _draw_cell(self, lines: list[Line], x: float, top: float, width: float, style: TextStyle) -> None:
        y = top - _PAD - style.leading * 0.76
        for line in lines:
            draw_line(self.canv, line, style, x, y, width - _GAP)
            y -= style.leading

    def _draw_line(self, y: float, colour: Color, thickness: float) -> None:
        with self.canv.for_looks():
            self.canv.setStrokeColor(colour)
            self.canv.setLineWidth(thickness)
            self.canv.line(0, y, self.width, y)


def _height(row: Row) -> float:
    return max(map(len, row)) * VALUE.leading + 2 * _PAD
