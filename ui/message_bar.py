"""One line on top of a place that says what happened; it never takes the focus and never asks."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ui.parts import button, label
from ui.theme import BETWEEN, GAP


class MessageBar(QFrame):
    """Hidden while there is nothing to say."""

    said = Signal(str)
    """What it says now; empty when it was taken away."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "notice")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(BETWEEN, GAP, BETWEEN, GAP)
        self._text = label("")
        self._text.setMaximumWidth(16_777_215)
        layout.addWidget(self._text, 1)
        layout.addWidget(button("Dismiss", self.clear, name="Dismiss this message"))
        self.hide()

    @property
    def text(self) -> str:
        """What it says; empty while hidden."""
        return self._text.text() if not self.isHidden() else ""

    def say(self, text: str) -> None:
        """Show a sentence, and tell it to a screen reader."""
        from PySide6.QtGui import QAccessible, QAccessibleEvent  # the first screen does without

        self._text.setText(text)
        self.setAccessibleName(text)
        self.show()
        self.said.emit(text)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def clear(self) -> None:
        """Say nothing any more."""
        self._text.clear()
        self.setAccessibleName("")
        self.hide()
        self.said.emit("")
