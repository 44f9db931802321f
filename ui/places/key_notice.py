"""What is to be done about the keys of one's own vault, quietly, at the top of what is due; nearly always nothing."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from spr_desktop.casework.organisation_key import strange_keys
from spr_desktop.casework.recovery import is_sheet_to_be_tried, put_off_trying_sheet
from spr_desktop.casework.sealing_key import key_warning
from ui.desk import Desk
from ui.parts import button, label, row
from ui.practice import is_practice
from ui.theme import BETWEEN, GAP
from ui.where import Where


class KeyNotice(QFrame):
    """Hidden where there is nothing to do."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._desk = desk
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(BETWEEN, GAP, BETWEEN, GAP)
        self._layout.setSpacing(GAP)
        if is_practice(desk):
            self.hide()
        elif strange := strange_keys(desk.caseload.vault):
            self._show_strange(strange)
        elif warning := key_warning(desk.caseload, date.today()):
            self._show_sealing(warning)
        elif is_sheet_to_be_tried(desk.caseload, date.today()):
            self._offer_to_try()
        else:
            self.hide()

    def _show_strange(self, strange: list[str]) -> None:
        settings = button(
            "To the settings", lambda: self._desk.go(Where("settings")), name="To the settings, to put the keys right"
        )
        self._fill(
            label("The keys of this vault are not as you left them", "heading"),
            *(label(each) for each in strange),
            label("An old file of keys may have been put back, by you or by somebody else.", "quiet"),
            row(settings),
        )

    def _show_sealing(self, warning: str) -> None:
        settings = button(
            "To the settings", lambda: self._desk.go(Where("settings")), name="To the settings of the key that seals"
        )
        self._fill(label("The key that seals documents", "heading"), label(warning), row(settings))

    def _offer_to_try(self) -> None:
        self._fill(
            label("Try your recovery sheet", "heading"),
            label("It was last tried half a year ago or more. If it is lost, it is best to know while you can get in."),
            row(
                button("I have it here: try it", lambda: self._desk.go(Where("recovery_sheet"))),
                button("Ask again in 30 days", self._put_off, "link"),
            ),
        )

    def _fill(self, *parts: QWidget) -> None:
        for each in parts:
            self._layout.addWidget(each)

    def _put_off(self) -> None:
        put_off_trying_sheet(self._desk.caseload, date.today())
        self.hide()
        self._desk.show_today()
        self._desk.say("It is asked again in 30 days.")
