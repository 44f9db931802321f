"""Whose key it is: the name it gives itself, the fingerprint, and whether it was compared on the telephone."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QCheckBox, QFrame, QVBoxLayout

from spr_desktop.casework.colleagues import Colleague, compared_on, note_compared
from spr_desktop.casework.words import day_text
from ui.desk import Desk
from ui.parts import empty, in_lines, label, lead_to
from ui.theme import BETWEEN, GAP

_RANG = "I rang them on a number I knew before, and the fingerprint is the same"


class WhoseKey(QFrame):
    """A colleague's key; without a comparison it must not be used."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._desk = desk
        self._who: Colleague | None = None
        self._tick: QCheckBox | None = None
        self._error = label("", "error")
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(BETWEEN, BETWEEN, BETWEEN, BETWEEN)
        self._inside.setSpacing(GAP)
        self.hide()

    def show_key(self, heading: str, who: Colleague) -> None:
        """Show whose key it is, below a heading."""
        empty(self._inside)
        self._who, self._tick = who, None
        self._error = label("", "error")
        self._error.hide()
        fingerprint = label(who.fingerprint, "secret")
        fingerprint.setAccessibleName("Fingerprint of the colleague's key")
        parts = [label(heading, "label"), label(who.described, "heading"), fingerprint]
        for each in parts:
            self._inside.addWidget(each)
        compared = compared_on(self._desk.caseload, who)
        if compared:
            self._inside.addWidget(label(f"You compared this fingerprint on {day_text(compared)}.", "quiet"))
        else:
            words = "Anybody can write a name into a file. Ring your colleague, and have the fingerprint read out."
            self._inside.addWidget(label(words))
            self._inside.addWidget(self._error)
            self._tick = QCheckBox(in_lines(_RANG))
            self._tick.setAccessibleName(_RANG)
            self._inside.addWidget(self._tick)
        self.show()

    def check(self) -> bool:
        """Whether it was compared; if not, it is said, and the focus is there. If so, it is noted."""
        if self._who is None:
            return False
        if self._tick is not None and not self._tick.isChecked():
            self._error.setText("Compare the fingerprint first. A wrong key would let somebody else in.")
            self._error.show()
            lead_to(self._tick, self)
            return False
        note_compared(self._desk.caseload, self._who, date.today())
        return True
