"""What is on record, beside what is being written: the chronology where there is room for it, hidden where not."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from spr_desktop.records.case import Case
from spr_desktop.records.safety import SafetyConversation
from ui.chronology import Chronology
from ui.desk import Desk
from ui.parts import label
from ui.theme import AROUND, BETWEEN, GAP
from ui.where import Where

_WIDTH: Final = 380
_ROOM: Final = 1_000
"""From this width of the window on, in pixels, both stand side by side."""


class OnRecord(QWidget):
    """The chronology of a family, or of what one parent's page may show."""

    def __init__(self, desk: Desk, case: Case, *, scope: str | None, about: str | None) -> None:
        super().__init__()
        self._desk = desk
        self._case = case
        chronology = Chronology(case, scope=scope, compact=True)
        if about:
            chronology.show_person(about)
        chronology.opened.connect(self._open)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, AROUND, BETWEEN, BETWEEN)
        layout.setSpacing(GAP)
        layout.addWidget(label("On record", "heading"))
        layout.addWidget(chronology, 1)
        self.setFixedWidth(_WIDTH)

    def _open(self, record_id: str) -> None:
        open_record(self._desk, self._case, record_id)


def open_record(desk: Desk, case: Case, record_id: str) -> None:
    """Go to a record: a conversation has a page of its own, read only."""
    if any(each.id == record_id for each in case.ever(SafetyConversation)):
        desk.go(Where("finished_conversation", {"case_ref": case.case_ref, "record_id": record_id}))
    else:
        desk.show_history(case.case_ref, record_id)


class Beside(QWidget):
    """Something to fill in, and what is on record beside it."""

    def __init__(self, main: QWidget, side: QWidget) -> None:
        super().__init__()
        self._side = side
        self._button = QPushButton()
        self._button.setProperty("role", "link")
        self._button.clicked.connect(self._turn)
        self._is_wanted = True
        inside = QVBoxLayout()
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(main, 1)
        inside.addWidget(self._button)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.addLayout(inside, 1)
        across.addWidget(side)
        self._show()

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._show()

    def _turn(self) -> None:
        self._is_wanted = not self._is_wanted
        self._show()

    def _show(self) -> None:
        """Where there is no room for both, what is written stays."""
        has_room = self.width() >= _ROOM
        self._button.setVisible(has_room)
        self._side.setVisible(has_room and self._is_wanted)
        self._button.setText("Hide what is on record" if self._is_wanted else "Show what is on record")
        self._button.setAccessibleName(self._button.text())
