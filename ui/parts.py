"""Small parts that every place is made of: labels by role, buttons, cards, columns that scroll, outcomes as shapes."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterable
from functools import partial
from unicodedata import bidirectional

from PySide6.QtCore import QPoint, QPointF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.theme import AROUND, BETWEEN, GAP, colours, measure

_FROM_THE_LEFT = "\u200e"
_MAY_BREAK = "\u200b"
_LONG_WORD = re.compile(r"\S{25,}")
_PIECE = re.compile(r"\S{1,8}")
CHOICE_CHARACTERS = 42
"""So many fit a narrow window at twice the size."""


def label(text: str, role: str = "") -> QLabel:
    """A text that wraps and is never read as markup."""
    made = _Text(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(True)
    # A name in Arabic or Hebrew runs from the right by itself, but stands where other names stand.
    made.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)
    made.setMaximumWidth(measure())
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
    if role:
        made.setProperty("role", role)
    return made


def chip(text: str) -> QLabel:
    """A few words in a frame that is as wide as they are."""
    made = label(text, "chip")
    bold = QFont(made.font())
    bold.setWeight(QFont.Weight.DemiBold)
    made.setMaximumWidth(min(measure(), QFontMetrics(bold).horizontalAdvance(text) + 5 * GAP))
    return made


class _Text(QLabel):
    """A text that knows how high it is at the width that it really gets, and runs from the left as a whole.

    A name in Arabic or Hebrew runs from the right by itself; where a sentence begins with it, the rest is not turned.
    A word that is longer than a line, a name or the path of a file, may go on in the next one.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self.setText(text)

    def setText(self, text: str) -> None:
        first = next((each for each in map(bidirectional, text) if each in ("L", "R", "AL")), "L")
        text = _LONG_WORD.sub(lambda word: _MAY_BREAK.join(_PIECE.findall(word[0])), text)
        super().setText(text if first == "L" else _FROM_THE_LEFT + text)

    def text(self) -> str:
        """What it says, without what only breaks its lines."""
        return super().text().replace(_MAY_BREAK, "")

    def heightForWidth(self, width: int) -> int:
        return super().heightForWidth(min(width, self.maximumWidth()))


def side_by_side(names: Iterable[str]) -> str:
    """Names in one line; one that runs from the right does not turn the others round."""
    return _FROM_THE_LEFT + ", ".join(f"\u2068{each}\u2069" for each in names)


def in_lines(text: str) -> str:
    """A text for a choice, broken into lines where it is long: choices do not wrap by themselves."""
    return textwrap.fill(text, CHOICE_CHARACTERS).replace("&", "&&")


def button(text: str, do: Callable[[], object], role: str = "", *, name: str = "") -> QPushButton:
    """A button; ``name`` is what a screen reader says where the text alone would not do."""
    made = QPushButton(text)
    made.setAccessibleName(name or text.replace("&", ""))
    made.setAutoDefault(True)
    if role:
        made.setProperty("role", role)
    made.clicked.connect(lambda _checked=False: do())
    return made


def column(*parts: QWidget, gap: int = GAP, around: int = 0) -> QWidget:
    """Parts below each other."""
    made = QWidget()
    layout = QVBoxLayout(made)
    layout.setContentsMargins(around, around, around, around)
    layout.setSpacing(gap)
    for part in parts:
        layout.addWidget(part)
    return made


def row(*parts: QWidget, gap: int = GAP, stretch: bool = True) -> QWidget:
    """Parts beside each other, at the left."""
    made = QWidget()
    layout = QHBoxLayout(made)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(gap)
    for part in parts:
        layout.addWidget(part)
    if stretch:
        layout.addStretch(1)
    return made


def empty(layout: QLayout) -> None:
    """Take everything out of a layout, and throw it away."""
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item else None
        if widget:
            widget.deleteLater()


def card(*parts: QWidget, role: str = "card") -> QFrame:
    """Parts that belong together, in a frame."""
    made = QFrame()
    made.setProperty("role", role)
    layout = QVBoxLayout(made)
    layout.setContentsMargins(BETWEEN, BETWEEN, BETWEEN, BETWEEN)
    layout.setSpacing(GAP)
    for part in parts:
        layout.addWidget(part)
    return made


def scrolling(content: QWidget) -> QScrollArea:
    """A column that scrolls up and down only, and follows the focus."""
    made = _FollowingScrollArea()
    made.setWidgetResizable(True)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    layout = content.layout()
    if isinstance(layout, QVBoxLayout):
        layout.addStretch(1)  # what is short stays together at the top
    content.setMinimumHeight(1)  # the height for the width counts, not that of texts wrapped as narrowly as can be
    made.setWidget(content)
    return made


class _FollowingScrollArea(QScrollArea):
    """Scrolls so that what has the focus is seen with some room around it."""

    def focusNextPrevChild(self, forward: bool) -> bool:
        moved = super().focusNextPrevChild(forward)
        content = self.widget()
        focused = content.focusWidget() if content else None
        if focused and content:
            self.follow(focused)
        return moved

    def follow(self, focused: QWidget) -> None:
        """Bring what has the focus into sight."""
        self.ensureWidgetVisible(focused, AROUND, AROUND * 2)
        content = self.widget()
        # of a box for text Qt shows the caret only
        if content and focused.height() + AROUND < self.viewport().height():
            middle = focused.mapTo(content, focused.rect().center())
            self.ensureVisible(middle.x(), middle.y(), 0, focused.height() // 2 + AROUND)


def keep_in_sight(widget: QWidget) -> None:
    """Scroll to what got the focus by Tab from outside of what scrolls, of which Qt takes no notice."""
    area = widget.parentWidget()
    while area and not isinstance(area, _FollowingScrollArea):
        area = area.parentWidget()
    if isinstance(area, _FollowingScrollArea):
        area.follow(widget)


def lead_to(widget: QWidget, around: QWidget | None = None) -> None:
    """Give a widget the focus, and scroll to it, or to what is around it, where it is out of sight."""
    widget.setFocus(Qt.FocusReason.OtherFocusReason)
    seen, area = around or widget, widget.parentWidget()
    while area and not isinstance(area, QScrollArea):
        area = area.parentWidget()
    if isinstance(area, QScrollArea):
        QTimer.singleShot(0, seen, partial(area.ensureWidgetVisible, seen, AROUND, AROUND))


def show_at_top(widget: QWidget) -> None:
    """Scroll so that a widget stands at the top, where what is below it reaches so far."""
    area = widget.parentWidget()
    while area and not isinstance(area, QScrollArea):
        area = area.parentWidget()
    if isinstance(area, QScrollArea) and (content := area.widget()):
        area.verticalScrollBar().setValue(widget.mapTo(content, QPoint(0, 0)).y())


def fill_with_table(place: QWidget, table: QWidget, *parts: QWidget) -> None:
    """Fill a place with parts below each other, one of which is a table that takes what height is left."""
    content = column(*parts, gap=GAP + 2)
    inside = content.layout()
    assert isinstance(inside, QVBoxLayout)
    inside.setContentsMargins(AROUND, GAP, AROUND, BETWEEN)
    layout = QVBoxLayout(place)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(scrolling(content))
    inside.setStretchFactor(table, 100)


class OutcomeBadge(QWidget):
    """An outcome as a shape and a word: octagon, clock, triangle or tick. The colour only repeats it."""

    def __init__(self, outcome: str, words: str) -> None:
        super().__init__()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        text = label(words, "label")
        text.setWordWrap(False)
        text.setStyleSheet(f"color: {colours().outcome(outcome)};")
        layout.addWidget(OutcomeShape(outcome))
        layout.addWidget(text)
        layout.addStretch(1)
        self.setAccessibleName(words)


class OutcomeShape(QWidget):
    """The shape of an outcome."""

    SIZE = 22

    def __init__(self, outcome: str) -> None:
        super().__init__()
        self.outcome = outcome
        self.setFixedSize(QSize(self.SIZE, self.SIZE))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_outcome(painter, self.outcome, 0, 0, self.SIZE)
        painter.end()


def paint_outcome(painter: QPainter, outcome: str, x: float, y: float, size: float) -> None:
    """Draw the shape of an outcome into a square."""
    colour = QColor(colours().outcome(outcome))
    inside = QColor(colours().surface)

    def at(*points: tuple[float, float]) -> QPolygonF:
        return QPolygonF([QPointF(x + across * size, y + down * size) for across, down in points])

    painter.save()
    painter.setPen(QPen(colour, size / 11, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    if outcome == "stop":
        painter.setBrush(colour)
        painter.drawPolygon(
            at((0.3, 0.08), (0.7, 0.08), (0.92, 0.3), (0.92, 0.7), (0.7, 0.92), (0.3, 0.92), (0.08, 0.7), (0.08, 0.3))
        )
        painter.setPen(QPen(inside, size / 8))
        painter.drawPolyline(at((0.28, 0.5), (0.72, 0.5)))
    elif outcome == "not_yet":
        painter.drawEllipse(QPointF(x + size / 2, y + size / 2), size * 0.4, size * 0.4)
        painter.drawPolyline(at((0.5, 0.26), (0.5, 0.52), (0.68, 0.62)))
    elif outcome == "caution":
        painter.drawPolygon(at((0.5, 0.1), (0.92, 0.88), (0.08, 0.88)))
        painter.drawPolyline(at((0.5, 0.38), (0.5, 0.62)))
        painter.drawPolyline(at((0.5, 0.75), (0.5, 0.76)))
    else:
        painter.drawPolyline(at((0.14, 0.55), (0.4, 0.8), (0.88, 0.22)))
    painter.restore()
