"""The rail at the left: the places that are always there, as words with icons; as icons where room is short."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout

from ui.parts import button, column, scrolling
from ui.theme import GAP, ROW_HEIGHT, colours

_ENTRIES: Final = (
    ("today", "Today", "calendar-days", "Ctrl+1"),
    ("families", "Families", "user-group", "Ctrl+2"),
    ("register", "Register", "inbox-stack", "Ctrl+3"),
    ("report", "Report", "chart-bar", "Ctrl+4"),
    ("library", "Library", "book-open", "Ctrl+5"),
    ("settings", "Settings", "cog-6-tooth", "Ctrl+6"),
)
_WIDE: Final = 176
_NARROW: Final = 60


class Rail(QFrame):
    """One button a place; the one where the window is, is marked."""

    def __init__(self, go: Callable[[str], None]) -> None:
        super().__init__()
        self.setProperty("role", "rail")
        self._is_narrow = False
        self._buttons: dict[str, QPushButton] = {}
        for place, words, _, keys in _ENTRIES:
            made = button(words, partial(go, place), "rail", name=words)
            made.setToolTip(f"{words} ({keys})")
            made.setMinimumHeight(ROW_HEIGHT)
            made.setIconSize(QSize(24, 24))
            self._buttons[place] = made
        down = column(*self._buttons.values(), gap=2)
        down.setContentsMargins(0, GAP, 0, GAP)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolling(down))  # six of them are higher than a low window
        self.setFixedWidth(_WIDE)

    def draw_icons(self) -> None:
        """Draw the icons in the colours of now; not before the vault is open, since the first screen does without."""
        from ui.icons import icon

        for place, _, name, _ in _ENTRIES:
            self._buttons[place].setIcon(icon(name, colours().text))

    def mark(self, place: str) -> None:
        """Mark where the window is."""
        for each, made in self._buttons.items():
            made.setProperty("here", each == place)
            made.setAccessibleDescription("You are here" if each == place else "")
            made.style().polish(made)

    def set_narrow(self, narrow: bool) -> None:
        """Icons only, or icons and words."""
        if narrow == self._is_narrow:
            return
        self._is_narrow = narrow
        for place, words, _, _ in _ENTRIES:
            self._buttons[place].setText("" if narrow else words)
        self.setFixedWidth(_NARROW if narrow else _WIDE)
