"""A pad to sign on with mouse, finger or pen. What is drawn is kept as strokes, never as a picture."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
    QTabletEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui.fields import Field
from ui.parts import button, label, row
from ui.theme import colours, measure

WIDTH: Final = 1_000
HEIGHT: Final = 320
"""Strokes are kept in a field of this size, whatever the size of the pad on the screen."""
MOST_POINTS: Final = 6_000
"""So many points fit a record's text with room to spare; a signature has a few hundred."""

Point = tuple[int, int]
Stroke = list[Point]

_CLOSE: Final = 1.5
"""A point that lies so near the line between its neighbours says nothing."""

NOT_BINDING: Final = "A drawing of what was agreed. It is not a legally binding signature."
OTHER_WAYS: Final = (
    "Without a mouse, finger or pen: choose “Signed on paper”, or “Face to face” for what was agreed aloud."
)


class Pad(QLabel):
    """The field that is drawn on."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()  # a label with a picture is one for screen readers too
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setPixmap(QPixmap(1, 1))
        self.strokes: list[Stroke] = []
        self._drawn: list[QPointF] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setMaximumWidth(measure())
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName("Signature: drawing area")
        self.setAccessibleDescription(f"{NOT_BINDING} {OTHER_WAYS}")

    def sizeHint(self) -> QSize:
        return QSize(measure(), self.heightForWidth(measure()))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return round(min(width, measure()) * HEIGHT / WIDTH)

    # Drawing: press, move, let go, whatever with

    def _begin(self, at: QPointF) -> None:
        if sum(map(len, self.strokes)) < MOST_POINTS:
            self._drawn = [at]

    def _go_on(self, at: QPointF) -> None:
        if self._drawn is not None and len(self._drawn) < MOST_POINTS:
            self._drawn.append(at)
            self.update()

    def _end(self) -> None:
        drawn, self._drawn = self._drawn, None
        if drawn:
            room = MOST_POINTS - sum(map(len, self.strokes))
            self.strokes.append(simplified([self._kept(each) for each in drawn])[:room])
            self.update()
            self.changed.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.setFocus()
            self._begin(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._go_on(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._end()

    def tabletEvent(self, event: QTabletEvent) -> None:
        """A pen; taking the event keeps a mouse event from being made of it."""
        if event.type() == QEvent.Type.TabletPress:
            self._begin(event.position())
        elif event.type() == QEvent.Type.TabletMove:
            self._go_on(event.position())
        elif event.type() == QEvent.Type.TabletRelease:
            self._end()
        event.accept()

    def event(self, event: QEvent) -> bool:
        """A finger: the first that touches draws, others do nothing."""
        if not isinstance(event, QTouchEvent):
            return super().event(event)
        at = event.points()[0].position() if event.points() else QPointF()
        if event.type() == QEvent.Type.TouchBegin:
            self._begin(at)
        elif event.type() == QEvent.Type.TouchUpdate:
            self._go_on(at)
        else:
            self._end()
        event.accept()
        return True

    # Size and paint

    @property
    def _scale(self) -> float:
        return max(min(self.width() / WIDTH, self.height() / HEIGHT), 0.001)

    def _kept(self, at: QPointF) -> Point:
        x, y = round(at.x() / self._scale), round(at.y() / self._scale)
        return min(max(x, 0), WIDTH), min(max(y, 0), HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        of = colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QPen(QColor(of.focus if self.hasFocus() else of.outline), 2 if self.hasFocus() else 1)
        painter.setPen(frame)
        painter.setBrush(QColor(of.surface))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        line = self.height() * 0.78
        painter.setPen(QPen(QColor(of.outline), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(24, line), QPointF(self.width() - 24, line))
        painter.setPen(
            QPen(QColor(of.text), 2.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        )
        painter.setBrush(Qt.BrushStyle.NoBrush)
        shown = [[QPointF(x, y) * self._scale for x, y in each] for each in self.strokes]
        for each in [*shown, *([self._drawn] if self._drawn else [])]:
            _draw(painter, each)
        painter.end()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()


def _draw(painter: QPainter, points: list[QPointF]) -> None:
    if len(points) == 1:
        painter.drawPoint(points[0])
    else:
        painter.drawPolyline(QPolygonF(points))


class SignatureField(Field):
    """The pad with its buttons, as a field of a form; its value is the list of strokes."""

    def __init__(self, name: str = "signature", title: str = "Signature") -> None:
        super().__init__(name, title, NOT_BINDING)
        self._pad = Pad()
        self._state = label("", "quiet")
        self._undo = button("Undo the last stroke", self._undo_stroke, name="Signature: undo the last stroke")
        self._clear = button("Clear", self._clear_all, name="Signature: clear")
        self._layout.addWidget(label(OTHER_WAYS, "quiet"))
        self._layout.addWidget(self._pad)
        self._layout.addWidget(row(self._undo, self._clear))
        self._layout.addWidget(self._state)
        self._pad.changed.connect(self._show_state)
        self._show_state()

    def _show_state(self) -> None:
        drawn = bool(self._pad.strokes)
        is_full = sum(map(len, self._pad.strokes)) >= MOST_POINTS
        self._undo.setEnabled(drawn)
        self._clear.setEnabled(drawn)
        self._state.setText("The drawing area is full. Clear it to sign again." if is_full else "")
        self._state.setVisible(is_full)
        self.changed.emit()

    def _undo_stroke(self) -> None:
        self._pad.strokes.pop()
        self._drawn_again()

    def _clear_all(self) -> None:
        self._pad.strokes.clear()
        self._drawn_again()

    def _drawn_again(self) -> None:
        if not self._pad.strokes:
            self._pad.setFocus()  # the buttons cannot be pressed now, and the focus must stay near
        self._pad.update()
        self._show_state()

    def value(self) -> list[Stroke] | None:
        return [list(each) for each in self._pad.strokes] or None

    def typed(self) -> list[list[list[int]]]:
        return [[[x, y] for x, y in each] for each in self._pad.strokes]

    def restore(self, typed: Any) -> None:
        self._pad.strokes = [[(int(x), int(y)) for x, y in each] for each in typed or []]
        self._pad.update()
        self._show_state()

    def first_widget(self) -> QWidget:
        return self._pad


def simplified(points: Sequence[Point]) -> Stroke:
    """The points that a line needs to look the same: the others lie on the way between their neighbours."""
    if len(points) < 3:
        return list(points)
    kept = {0, len(points) - 1}
    waiting = [(0, len(points) - 1)]
    while waiting:
        first, last = waiting.pop()
        furthest, distance = max(
            ((number, _distance(points[number], points[first], points[last])) for number in range(first + 1, last)),
            key=lambda each: each[1],
            default=(first, 0.0),
        )
        if distance > _CLOSE:
            kept.add(furthest)
            waiting += [(first, furthest), (furthest, last)]
    return [points[number] for number in sorted(kept)]


def _distance(point: Point, one: Point, other: Point) -> float:
    """How far a point lies from the straight way between two others."""
    along = (other[0] - one[0], other[1] - one[1])
    off = (point[0] - one[0], point[1] - one[1])
    length = along[0] ** 2 + along[1] ** 2
    part = min(max((off[0] * along[0] + off[1] * along[1]) / length, 0), 1) if length else 0.0
    away = (off[0] - part * along[0], off[1] - part * along[1])
    return float((away[0] ** 2 + away[1] ** 2) ** 0.5)
