"""A picture of several things, one of which is looked at: by mouse, by arrow keys, and by a screen reader."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent, QHelpEvent, QMouseEvent, QPixmap
from PySide6.QtWidgets import QLabel, QToolTip


class Picture(QLabel):
    """What is drawn is up to those who make one of it; a label with a picture is one for screen readers too."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setPixmap(QPixmap(1, 1))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def thing_at(self, x: float, y: float) -> int | None:
        """The number of what is drawn there; None for nothing."""
        raise NotImplementedError

    def look_at(self, number: int) -> None:
        """Look at one thing from now on."""
        raise NotImplementedError

    def words_of(self, number: int) -> str:
        """One thing in words."""
        raise NotImplementedError

    def mousePressEvent(self, event: QMouseEvent) -> None:
        number = self.thing_at(event.position().x(), event.position().y())
        if number is not None:
            self.look_at(number)
        super().mousePressEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            number = self.thing_at(event.x(), event.y())
            QToolTip.showText(event.globalPos(), "" if number is None else self.words_of(number), self)
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()
