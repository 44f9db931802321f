"""The balance of contact as a picture: a bar a parent, beside the words that say the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from spr_desktop.casework.balance import ParentBalance
from ui.parts import column, label
from ui.theme import BETWEEN, GAP, colours

_HEIGHT: Final = 18
_WIDEST: Final = 320
_MOST_SEGMENTS: Final = 24
"""With more sessions than this the bar is filled by its share, and not cut into sessions."""


class Bar(QWidget):
    """A session is a segment; it is filled where a touch point came before it."""

    def __init__(self, of: ParentBalance) -> None:
        super().__init__()
        self._of = of
        self.setMaximumWidth(_WIDEST)
        self.setFixedHeight(_HEIGHT)
        self.setAccessibleName(" ".join(of.words))

    def sizeHint(self) -> QSize:
        return QSize(_WIDEST, _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        of = colours()
        whole = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        share = self._of.share or 0.0
        painter.fillRect(whole, QColor(of.surface))
        painter.fillRect(QRectF(whole.x(), whole.y(), whole.width() * share, whole.height()), QColor(of.accent))
        painter.setPen(QPen(QColor(of.outline), 1))
        painter.drawRect(whole)
        sessions = self._of.sessions
        for number in range(1, sessions) if sessions <= _MOST_SEGMENTS else ():
            x = whole.x() + whole.width() * number / sessions
            painter.drawLine(int(x), int(whole.y()), int(x), int(whole.bottom()))
        painter.end()


def balance_picture(balances: Sequence[ParentBalance], names: Mapping[str, str]) -> QWidget:
    """A bar for each parent, with the parent's name above and the words below."""
    parts = [
        column(
            label(names.get(each.person_id, ""), "label"),
            Bar(each),
            label(" ".join(each.words), "quiet"),
            gap=GAP // 2,
        )
        for each in balances
    ]
    return column(*parts, gap=BETWEEN) if parts else label("Record the parents first; then their contact shows here.")


__all__ = ["Bar", "balance_picture"]
