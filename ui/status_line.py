"""The line at the bottom: as much as fits in one line, and what matters most goes last."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel

_BETWEEN: Final = "   ·   "


class StatusLine(QLabel):
    """Parts beside each other. Where there is little room some are left out; a second line would take it from work."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", "quiet")
        self._parts: tuple[str, ...] = ()
        self._goes_first: tuple[str, ...] = ()

    @property
    def everything(self) -> str:
        """All of it, whether there is room for it or not."""
        return _BETWEEN.join(self._parts)

    def say(self, parts: Sequence[str], goes_first: Sequence[str] = ()) -> None:
        """Say these; those of ``goes_first`` are left out, one after the other, where there is no room for all."""
        self._parts, self._goes_first = tuple(parts), tuple(goes_first)
        self.setAccessibleName(self.everything)
        self.setToolTip(self.everything)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """As narrow as can be: it says less there."""
        return QSize(0, super().minimumSizeHint().height())

    def _fit(self) -> None:
        self.ensurePolished()
        measure, left = self.fontMetrics(), list(self._parts)
        for out in self._goes_first:
            if measure.horizontalAdvance(_BETWEEN.join(left)) <= self.width():
                break
            left.remove(out)
        self.setText(_BETWEEN.join(left))
