"""How hard a new passphrase is to guess: said in words beside a small picture, while it is typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QWidget

from spr_desktop.casework.passphrases import LEAST_BITS, Judgement
from ui.parts import OutcomeShape, label
from ui.theme import GAP, colours

_AFTER_MILLISECONDS: Final = 200
"""Once somebody pauses: looking takes some thousandths of a second, and is not worth it for every letter."""
_BARS: Final = 4


class StrengthLine(QWidget):
    """Nothing while nothing is typed; nothing of what was typed is kept here."""

    def __init__(self, judged: Callable[[], Judgement | None]) -> None:
        super().__init__()
        self._judged = judged
        self._bars = _Bars()
        self._shapes = {each: OutcomeShape(each) for each in ("caution", "pass")}
        self._words = label("", "quiet")
        self._words.setAccessibleName("Strength of the passphrase")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_AFTER_MILLISECONDS)
        self._timer.timeout.connect(self._look)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        for each in (*self._shapes.values(), self._bars):
            layout.addWidget(each, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._words, 1)
        self.hide()

    @property
    def words(self) -> str:
        """What it says; empty while it says nothing."""
        return "" if self.isHidden() else self._words.text()

    @Slot()
    def look_again(self) -> None:
        """Something was typed."""
        self._timer.start()

    @Slot()
    def _look(self) -> None:
        judgement = self._judged()
        self.setVisible(judgement is not None)
        if judgement is None:
            self._words.clear()
            return
        said = "Strong." if judgement.is_strong else "Good."
        self._words.setText(said if judgement.will_do else f"Not enough yet. {judgement.reason}")
        self._shapes["caution"].setVisible(not judgement.will_do)
        self._shapes["pass"].setVisible(judgement.will_do)
        self._bars.show_filled(_bars_of(judgement))


def _bars_of(judgement: Judgement) -> int:
    """One or two for what will not do, three for what will, all for what is strong."""
    if judgement.will_do:
        return _BARS if judgement.is_strong else _BARS - 1
    return 2 if judgement.bits * 2 >= LEAST_BITS else 1


class _Bars(QWidget):
    """So many of four bars, each longer than the one before, are full."""

    def __init__(self) -> None:
        super().__init__()
        self._filled = 0
        self.setFixedSize(QSize(40, OutcomeShape.SIZE))

    def show_filled(self, filled: int) -> None:
        """Fill so many."""
        self._filled = filled
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QPen(QColor(colours().text), 1))
        height, wide = self.height() - 2, 7
        for number in range(_BARS):
            high = height * (number + 1) / _BARS
            painter.setBrush(QColor(colours().text) if number < self._filled else Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(0.5 + number * (wide + 3), 0.5 + height - high, wide, high))
        painter.end()
