"""Today: what is due, across families."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from ui.desk import Desk, Place
from ui.parts import button, label


class Today(Place):
    """The first thing to be seen after unlocking."""

    title = "Today"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._families = button("Families", desk.show_families)
        layout = QVBoxLayout(self)
        layout.addWidget(label("Today", "title"))
        layout.addWidget(self._families)

    def focus_first(self) -> None:
        self._families.setFocus()
