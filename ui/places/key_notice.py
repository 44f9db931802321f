"""What is to be done about the keys of one's own vault, quietly, at the top of what is due; nearly always nothing."""

from __future__ import annotations

from datetime import date
from typing import Final

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from spr_desktop.casework.organisation_key import strange_keys
from spr_desktop.casework.recovery import is_sheet_to_be_tried, put_off_trying_sheet
from spr_desktop.casework.sealing_key import key_warning
from ui.desk import Desk
from ui.parts import button, label
from ui.practice import is_practice
from ui.theme import BETWEEN, GAP
from ui.where import Where
from ui.wrapping import wrapping

KEYS: Final = "keys"
"""The group of the settings in which keys are put right."""


class KeyNotice(QWidget):
    """Hidden where there is nothing to do."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        if is_practice(desk):
            self.hide()
        elif strange_keys(desk.caseload.vault):
            self._tell_of_strange()
        elif warning := key_warning(desk.caseload, date.today()):
            self._tell_of_sealing(warning)
        elif is_sheet_to_be_tried(desk.caseload, date.today()):
            self._offer_to_try()
        else:
            self.hide()

    def _tell_of_strange(self) -> None:
        """One line; what is to be done stands in the settings, where it is done."""
        name = "To the settings, to put the keys right"
        self._layout.addWidget(
            _line(
                "The keys of this vault are not as you left them.",
                button("To the settings", lambda: self._desk.go(Where("settings", {"at": KEYS})), "link", name=name),
            )
        )

    def _tell_of_sealing(self, warning: str) -> None:
        name = "To the settings of the key that seals"
        go = Where("settings", {"at": "colleagues"})
        self._layout.addWidget(_line(warning, button("To the settings", lambda: self._desk.go(go), "link", name=name)))

    def _offer_to_try(self) -> None:
        self._layout.addWidget(
            _line(
                "Your recovery sheet was last tried half a year ago or more.",
                button("Try your recovery sheet", lambda: self._desk.go(Where("recovery_sheet")), "link"),
                button("Ask again in 30 days", self._put_off, "link"),
            )
        )

    def _put_off(self) -> None:
        put_off_trying_sheet(self._desk.caseload, date.today())
        self.hide()
        self._desk.show_today()
        self._desk.say("It is asked again in 30 days.")


class StrangeKeys(QFrame):
    """What is not as it was left, above what puts it right in the settings; hidden where there is nothing."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("role", "card")
        inside = QVBoxLayout(self)
        inside.setContentsMargins(BETWEEN, BETWEEN, BETWEEN, BETWEEN)
        inside.setSpacing(GAP)
        strange = [] if is_practice(desk) else strange_keys(desk.caseload.vault)
        inside.addWidget(label("The keys of this vault are not as you left them", "heading"))
        for each in strange:
            inside.addWidget(label(each))
        inside.addWidget(label("An old file of keys may have been put back, by you or by somebody else.", "quiet"))
        if not strange:  # shown with the page, and never before it as a window of its own
            self.hide()


def _line(words: str, *ways: QWidget) -> QWidget:
    text = label(words, "quiet")
    text.setWordWrap(False)
    return wrapping(text, *ways)
