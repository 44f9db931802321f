"""Saved filters: a menu of those with a name, and a line that gives the one of now a name."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QPushButton, QWidget

from spr_desktop.casework.filters import SavedFilter, remove_filter, save_filter, saved_filters
from ui.desk import Desk
from ui.parts import button, label
from ui.theme import GAP

_LONGEST = 60


class SavedFilters(QWidget):
    """The line for a name, hidden until it is asked for; ``menu_button`` stands elsewhere."""

    def __init__(self, desk: Desk, chosen: Callable[[], SavedFilter], choose: Callable[[SavedFilter], None]) -> None:
        super().__init__()
        self._desk = desk
        self._chosen = chosen
        self._choose = choose
        self.menu_button = QPushButton("Saved filters")
        self.menu_button.setAccessibleName("Saved filters")
        self._menu = QMenu(self.menu_button)
        self._menu.setAccessibleName("Saved filters")
        self._menu.aboutToShow.connect(self._fill)
        self.menu_button.setProperty("opens", True)
        self.menu_button.setMenu(self._menu)
        self._name = QLineEdit()
        self._name.setMaxLength(_LONGEST)
        self._name.setAccessibleName("Name of the filter")
        self._name.returnPressed.connect(self._save)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        prompt = label("Name", "label")
        prompt.setWordWrap(False)
        layout.addWidget(prompt)
        layout.addWidget(self._name, 1)
        layout.addWidget(button("Save", self._save, name="Save the filter"))
        layout.addWidget(button("Cancel", self._leave, "link", name="Do not save the filter"))
        self.hide()

    def _fill(self) -> None:
        self._menu.clear()
        kept = saved_filters(self._desk.caseload)
        for name, each in kept.items():
            self._menu.addAction(name.replace("&", "&&"), partial(self._choose, each))
        if kept:
            self._menu.addSeparator()
        self._menu.addAction("Save what is chosen now", self._ask_for_name)
        if kept:
            removing = self._menu.addMenu("Remove")
            for name in kept:
                removing.addAction(name.replace("&", "&&"), partial(self._remove, name))

    def _ask_for_name(self) -> None:
        self._name.clear()
        self.show()
        self._name.setFocus()

    def _leave(self) -> None:
        self.hide()
        self.menu_button.setFocus()

    def _save(self) -> None:
        name = self._name.text().strip()
        if not name:
            self._desk.say("Give the filter a name first.")
            self._name.setFocus()
            return
        save_filter(self._desk.caseload, name, self._chosen())
        self._leave()
        self._desk.say(f"Saved. You find \u201c{name}\u201d under Saved filters.")

    def _remove(self, name: str) -> None:
        remove_filter(self._desk.caseload, name)
        self._desk.say("The filter is removed. No family was.")
