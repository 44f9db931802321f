"""The hidden screen: nothing to be read, and a key that leads to unlocking."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout

from ui.desk import Desk, Place
from ui.parts import button, label, row
from ui.theme import AROUND


class Hidden(Place):
    """The vault is locked behind it."""

    title = "Hidden"

    def __init__(self, desk: Desk, folder: Path, why: str = "") -> None:
        super().__init__()
        self._go_on = button("Continue", lambda: desk.show_unlock(folder), "link")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(AROUND, AROUND, AROUND, AROUND)
        layout.addWidget(label(why))
        layout.addStretch(1)
        layout.addWidget(row(self._go_on))

    def focus_first(self) -> None:
        self._go_on.setFocus()
