"""The blocks that pages are built of: text, facts with their labels, headings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby
from operator import itemgetter
from typing import Final

from reportlab.platypus import CondPageBreak, Flowable

from spr_desktop.documents.canvas import DocumentCanvas
from spr_desktop.documents.lines import Line, broken
from spr_desktop.documents.style import ACCENT, HAIRLINE, LABEL, PANEL_PAD, TEXT_WIDTH, VALUE, TextStyle
from spr_desktop.documents.tagging import Element

_BAR_WIDTH: Final = 3
_BULLET_INDENT: Final = 14
_LABEL_WIDTH: Final = 150
_FACT_PAD: Final = 4
KEPT_TOGETHER: Final = 2
"""Lines of a text that stay together at the foot and at the head of a page."""
_SPLIT_FROM: Final = 8
"""Lines from which a fact may go on over the page; a shorter one, a name and how to reach it, stays whole."""
_ROOM_AFTER_HEADING: Final = 56
"""Points that must be left under a heading, so that none stands alone at the foot of a page."""


class Place:
    """Where a block stands in the structure of the document; what goes on over the page stands there too."""

    def __init__(self) -> None:
        self._elements: tuple[Element, ...] = ()

    def of(self, make: Callable[[], tuple[Element, ...]]) -> tuple[Element, ...]:
        """Its elements, made when the first of it is drawn."""
        self._elements = self._elements or make()
        return self._elements


class Lines(Flowable):  # type: ignore[misc]  # ReportLab has no types
    """A block of text in one style; may go on over the page."""

    canv: DocumentCanvas

    def __init__(
        self,
        text: str,
        style: TextStyle,
        *,
        bullet: str = "",
        lines: Sequence[Line] | None = None,
        place: Place | None = None,
    ) -> None:
        """``place`` is that of the block whose rest this is."""
        super().__init__()
        self._place = place or Place()
        self.text = text
        self.style = style
        self.bullet = bullet
        self.spaceBefore = style.before
        self.spaceAfter = style.after
        self._lines = list(lines) if lines is not None else None

    @property
    def _left(self) -> float:
        pad = PANEL_PAD if self.style.fill else 0
        return pad + self.style.indent + (_BULLET_INDENT if self.bullet else 0)

    @property
    def _right(self) -> float:
        return PANEL_PAD if self.style.fill else 0

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:  # noqa: ARG002 - ReportLab's
        style = self.style
        if self._lines is None:
            column = available_width - self._left - self._right
            self._lines = broken(self.text, bold=style.bold, size=style.size, column=column)
        self.width = available_width
        self.height = style.pad_top + len(self._lines) * style.leading + style.pad_bottom
        return available_width, self.height

    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        self.wrap(available_width, available_height)
        lines = self._lines or []
        fitting = int((available_height - self.style.pad_top) // self.style.leading)
        fitting = min(fitting, len(lines) - KEPT_TOGETHER)
        if fitting < KEPT_TOGETHER:
            return []
        head = replace(self.style, after=0, pad_bottom=0)
        rest = replace(self.style, before=0, pad_top=0)
        return [
            Lines(self.text, head, bullet=self.bullet, lines=lines[:fitting], place=self._place),
            _Continued(self.text, rest, bullet=self.bullet, lines=lines[fitting:], place=self._place),
        ]

    def draw(self) -> None:
        style = self.style
        if style.fill:
            with self.canv.for_looks():
                self._draw_panel()
        if not self.text:
            return  # the edge of a panel
        y = self.height - style.pad_top - style.leading * 0.76
        if self.bullet:
            sign, body = self._place.of(lambda: self.canv.structure.item(self.bullet))
            self._draw_bullet(sign, y)
        else:
            (body,) = self._place.of(lambda: (self.canv.structure.block(style.role),))
        with self.canv.tagged(body):
            for line in self._lines or []:
                draw_line(self.canv, line, style, self._left, y, self.width - self._left - self._right)
                y -= style.leading

    def _draw_bullet(self, sign: Element, y: float) -> None:
        with self.canv.tagged(sign):
            self.canv.write(self.bullet, self._left - _BULLET_INDENT, y, self.style.size, ACCENT, bold=True)

    def _draw_panel(self) -> None:
        self.canv.saveState()
        self.canv.setFillColor(self.style.fill)
        # A hair more than its own height, so that no gap shows between the blocks of a panel.
        self.canv.rect(0, -0.3, self.width, self.height + 0.3, stroke=0, fill=1)
        self.canv.setFillColor(ACCENT)
        self.canv.rect(0, -0.3, _BAR_WIDTH, self.height + 0.3, stroke=0, fill=1)
        self.canv.restoreState()


class _Continued(Lines):
    """The rest of a text on the next page."""

    def _draw_bullet(self, sign: Element, y: float) -> None:
        """The bullet stands on the page before."""


class Fact(Flowable):  # type: ignore[misc]  # ReportLab has no types
    """A label, and what there is to say under it; values stand below each other."""

    canv: DocumentCanvas

    def __init__(
        self,
        label: str,
        *values: str,
        parts: tuple[Sequence[Line], Sequence[tuple[int, Line]]] | None = None,
        place: Place | None = None,
    ) -> None:
        """``place`` is that of the fact whose rest this is."""
        super().__init__()
        self._place = place or Place()
        self.label = label
        self.values = values
        self.spaceBefore = self.spaceAfter = 0
        self._parts = parts

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:  # noqa: ARG002 - ReportLab's
        if self._parts is None:
            column = available_width - _LABEL_WIDTH
            labels = broken(self.label, bold=LABEL.bold, size=LABEL.size, column=_LABEL_WIDTH - 12)
            values = [
                (number, line)
                for number, value in enumerate(self.values)
                for line in broken(value, bold=VALUE.bold, size=VALUE.size, column=column)
            ]
            self._parts = (labels, values)
        self.width = available_width
        self.height = max(map(len, self._parts)) * VALUE.leading + 2 * _FACT_PAD
        return available_width, self.height

    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        self.wrap(available_width, available_height)
        labels, values = self._parts or ([], [])
        fitting = int((available_height - 2 * _FACT_PAD) // VALUE.leading)
        fitting = min(fitting, len(values) - KEPT_TOGETHER)
        if len(values) < _SPLIT_FROM or fitting < max(KEPT_TOGETHER, len(labels)):
            return []
        return [
            Fact(self.label, *self.values, parts=(labels, values[:fitting]), place=self._place),
            Fact(self.label, *self.values, parts=([], values[fitting:]), place=self._place),
        ]

    def draw(self) -> None:
        labels, values = self._parts or ([], [])
        with self.canv.for_looks():
            self.canv.setStrokeColor(HAIRLINE)
            self.canv.setLineWidth(0.5)
            self.canv.line(0, 0, self.width, 0)
        heading, *cells = self._place.of(self._row)
        top = y = self.height - _FACT_PAD - VALUE.leading * 0.76
        with self.canv.tagged(heading):
            for at, line in enumerate(labels):
                draw_line(self.canv, line, LABEL, 0, top - at * VALUE.leading, self.width)
        for number, lines in groupby(values, key=itemgetter(0)):
            with self.canv.tagged(cells[number]):
                for _, line in lines:
                    draw_line(self.canv, line, VALUE, _LABEL_WIDTH, y, self.width - _LABEL_WIDTH)
                    y -= VALUE.leading

    def _row(self) -> tuple[Element, ...]:
        """The heading, and for each value where it stands in the cell: several are paragraphs, so that they are heard
        as such.
        """
        heading, cell = self.canv.structure.row()
        return heading, *([cell.within("P") for _ in self.values] if len(self.values) > 1 else [cell])


def draw_line(canvas: DocumentCanvas, line: Line, style: TextStyle, x: float, y: float, column: float) -> None:
    """Print a line that was broken to fit a column that begins at ``x``; ``y`` is its base line."""
    canvas.write(
        line.text,
        x,
        y,
        style.size,
        style.colour,
        bold=style.bold,
        right_to_left=line.right_to_left,
        right_edge=x + column if line.at_the_right else None,
    )


class Heading(Lines):
    """A heading of our own words, which stands in the outline too; never a name, since outlines name nobody."""

    def split(self, available_width: float, available_height: float) -> list[Flowable]:  # noqa: ARG002 - ReportLab's
        return []

    def draw(self) -> None:
        self.canv.begin_section(self.text.strip(), self.height)
        super().draw()


def height_of(blocks: Sequence[Flowable]) -> float:
    """How much room blocks take at most, in points, with the space around each of them."""
    shown = [each for each in blocks if not isinstance(each, CondPageBreak)]
    return float(sum(each.wrap(TEXT_WIDTH, 0)[1] + each.getSpaceBefore() + each.getSpaceAfter() for each in shown))


def headed(heading: Heading) -> list[Flowable]:
    """A heading with something of what it heads on the same page."""
    return [CondPageBreak(heading.style.before + heading.style.leading + _ROOM_AFTER_HEADING), heading]
