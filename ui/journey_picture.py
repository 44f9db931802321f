"""The journey as a picture: connected stations, each a shape and words; arrow keys go from one to the next."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy

from spr_desktop.casework.journey import Stage
from ui.parts import paint_outcome
from ui.picture import Picture
from ui.theme import GAP, colours

_SIZE: Final = 28
"""Of a station's shape, in pixels."""
_SIDE: Final = 6
_STEPS: Final = {
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
}
_OUTCOME_OF: Final = {"done": "pass", "attention": "caution", "stopped": "stop"}
"""States that look like an outcome."""


class JourneyPicture(Picture):
    """The stations of one family's journey; below them, in words, the one that is looked at."""

    def __init__(self, stages: Sequence[Stage], names: Mapping[str, str] | None = None) -> None:
        """``names`` by person id stand below the stages of parents; on a parent's own page they are left out."""
        super().__init__()
        self._stages = tuple(stages)
        self._names = dict(names or {})
        states = [each.state for each in stages]
        open_ones = (number for number, each in enumerate(states) if each != "done")
        self._current = states.index("now") if "now" in states else next(open_ones, 0)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(f"Journey. {'. '.join(self._words(each) for each in self._stages)}")
        self._describe()

    @property
    def current(self) -> Stage | None:
        """The station that is looked at."""
        return self._stages[self._current] if self._stages else None

    # Words

    def _title(self, stage: Stage) -> str:
        name = self._names.get(stage.person_id or "")
        return f"{stage.title} with {name}" if name else stage.title

    def _words(self, stage: Stage) -> str:
        return f"{self._title(stage)}: {stage.state_words}"

    def _line(self, stage: Stage) -> str:
        return f"{self._words(stage)}. {stage.line}"

    def _describe(self) -> None:
        self.setAccessibleDescription(self._line(self._stages[self._current]) if self._stages else "")

    def _below(self, stage: Stage) -> list[str]:
        """What stands under a station: its title, whose it is, and its state."""
        name = self._names.get(stage.person_id or "")
        return [stage.title, *([name] if name else []), stage.state_words.capitalize()]

    # Room

    def _slot(self) -> int:
        """The least width of a station: that of the widest word below any."""
        strong = QFontMetrics(self._strong())
        own = QFontMetrics(self.font())
        titles = max((strong.horizontalAdvance(each.title) for each in self._stages), default=0)
        states = max((own.horizontalAdvance(each.state_words) for each in self._stages), default=0)
        return max(titles, states, _SIZE) + 2 * _SIDE + 4

    def _strong(self) -> QFont:
        made = QFont(self.font())
        made.setWeight(QFont.Weight.DemiBold)
        return made

    def _across(self, width: int) -> int:
        """How many stations stand in a row; rows are of about the same length."""
        count = max(len(self._stages), 1)
        fits = max(width // self._slot(), 1)
        return math.ceil(count / math.ceil(count / fits))

    def _lines(self) -> int:
        return 3 if any(each.person_id in self._names for each in self._stages) else 2

    def _row_height(self) -> int:
        return _SIDE * 2 + _SIZE + QFontMetrics(self.font()).lineSpacing() * self._lines() + GAP // 2

    def _told(self, width: int) -> QRect:
        """The room for the words of the station that is looked at: enough for the longest of them."""
        measure = QFontMetrics(self.font())
        room = QRect(0, 0, max(width - 2 * _SIDE, 50), 10_000)
        flags = int(Qt.TextFlag.TextWordWrap)
        heights = [measure.boundingRect(room, flags, self._line(each)).height() for each in self._stages]
        top = self._row_height() * math.ceil(len(self._stages) / self._across(width)) + GAP // 2
        return QRect(_SIDE, top, room.width(), max(heights, default=0) + GAP)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._told(width).bottom() + 1

    def sizeHint(self) -> QSize:
        width = self._slot() * len(self._stages)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._slot() * 2, self._row_height())

    def station(self, number: int) -> QRect:
        """Where a station is."""
        across = self._across(self.width())
        wide = self.width() / across
        left = round(number % across * wide)
        return QRect(left, number // across * self._row_height(), round(wide), self._row_height())

    def thing_at(self, x: float, y: float) -> int | None:
        return next((n for n in range(len(self._stages)) if self.station(n).contains(int(x), int(y))), None)

    # Keys, mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        last = len(self._stages) - 1
        to = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: last}.get(Qt.Key(event.key()))
        step = _STEPS.get(Qt.Key(event.key()))
        if to is None and step is not None:
            to = min(max(self._current + step, 0), last)
        if to is None or last < 0:
            super().keyPressEvent(event)
            return
        self.look_at(to)

    def look_at(self, number: int) -> None:
        if number != self._current:
            self._current = number
            self._describe()
            self.update()

    def words_of(self, number: int) -> str:
        return self._line(self._stages[number])

    # Painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number in range(len(self._stages)):
            self._paint_way(painter, number)
        for number, stage in enumerate(self._stages):
            self._paint_station(painter, number, stage)
        if self.current:
            painter.setFont(self.font())
            painter.setPen(QColor(colours().text))
            painter.drawText(self._told(self.width()), int(Qt.TextFlag.TextWordWrap), self._line(self.current))
        painter.end()

    def _middle(self, number: int) -> QPointF:
        room = self.station(number)
        return QPointF(room.x() + room.width() / 2, room.y() + _SIDE + _SIZE / 2)

    def _paint_way(self, painter: QPainter, number: int) -> None:
        """The line from a station to the next; solid where the way was gone, dotted where it is not yet."""
        if number + 1 >= len(self._stages):
            return
        gone = self._stages[number].state == "done"
        style = Qt.PenStyle.SolidLine if gone else Qt.PenStyle.DotLine
        painter.setPen(QPen(QColor(colours().outline), 2, style))
        here, there = self._middle(number), self._middle(number + 1)
        gap = _SIZE / 2 + 4
        if here.y() == there.y():
            painter.drawLine(QPointF(here.x() + gap, here.y()), QPointF(there.x() - gap, there.y()))
        else:
            painter.drawLine(QPointF(here.x() + gap, here.y()), QPointF(float(self.width() - _SIDE), here.y()))
            painter.drawLine(QPointF(float(_SIDE), there.y()), QPointF(there.x() - gap, there.y()))

    def _paint_station(self, painter: QPainter, number: int, stage: Stage) -> None:
        of = colours()
        room = self.station(number)
        if self.hasFocus() and number == self._current:
            painter.setPen(QPen(QColor(of.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(room).adjusted(2, 1, -2, -1), 4, 4)
        self._paint_shape(painter, self._middle(number), stage)
        measure = QFontMetrics(self.font())
        line = QRect(room.x() + _SIDE, room.y() + _SIDE + _SIZE + 3, room.width() - 2 * _SIDE, measure.lineSpacing())
        words = self._below(stage)
        for place, text in enumerate(words):
            is_title = place == 0
            painter.setFont(self._strong() if is_title else self.font())
            painter.setPen(QColor(of.text if place < len(words) - 1 else self._colour(stage)))
            shown = QFontMetrics(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, line.width())
            painter.drawText(line, int(Qt.AlignmentFlag.AlignHCenter), shown)
            line.translate(0, measure.lineSpacing())

    def _colour(self, stage: Stage) -> str:
        of = colours()
        if stage.state in _OUTCOME_OF:
            return of.outcome(_OUTCOME_OF[stage.state])
        return of.accent if stage.state == "now" else of.quiet

    def _paint_shape(self, painter: QPainter, middle: QPointF, stage: Stage) -> None:
        """Tick in a circle, ring with a full middle, empty ring, triangle or octagon."""
        colour = QColor(self._colour(stage))
        half = _SIZE / 2
        painter.setBrush(QColor(colours().surface))
        painter.setPen(QPen(colour, 2))
        if stage.state in ("done", "now", "waiting"):
            painter.drawEllipse(middle, half - 2, half - 2)
        if stage.state == "done":
            small = _SIZE * 0.6
            paint_outcome(painter, "pass", middle.x() - small / 2, middle.y() - small / 2, small)
        elif stage.state == "now":
            painter.setBrush(colour)
            painter.drawEllipse(middle, half / 2.2, half / 2.2)
        elif stage.state in _OUTCOME_OF:
            painter.setBrush(QColor(colours().surface))
            paint_outcome(painter, _OUTCOME_OF[stage.state], middle.x() - half, middle.y() - half, _SIZE)
