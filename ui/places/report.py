"""Report: says plainly that it comes later, and what it will count."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QVBoxLayout

from ui.desk import Desk, Place
from ui.parts import button, card, column, label, row, scrolling
from ui.theme import AROUND, BETWEEN, GAP
from ui.where import Where

_COUNTS: Final = (
    "Contacts and how they were sorted, with where they came from",
    "Safety conversations: held, stopped, declined",
    "Referrals prepared, sent, accepted and declined, and why",
    "Families who started, stayed and completed, each number with what it is a part of",
    "Touch points before sessions: how many were held",
    "What changed for parents and children, where a measure was used before and after",
)


class Report(Place):
    """Offers nothing that does not work yet."""

    title = "Report"
    guidance = "report"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._register = button("See the register of what was made and sent", lambda: desk.go(Where("register")))
        content = column(
            label("Report", "title"),
            label("The report comes with a later version. Nothing you record now is lost to it."),
            card(
                label("What it will count", "heading"),
                *(label(f"\u2022  {each}") for each in _COUNTS),
                label("It will name nobody, and leave out numbers so small that somebody could be known.", "quiet"),
            ),
            row(self._register),
            gap=BETWEEN,
        )
        inside = content.layout()
        assert inside is not None
        inside.setContentsMargins(AROUND, GAP, AROUND, BETWEEN)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolling(content))

    def focus_first(self) -> None:
        self._register.setFocus()
