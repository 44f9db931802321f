"""The end of the first run: what to do next, with practice first."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from ui.desk import Desk, Place
from ui.parts import button, card, column, label, row
from ui.places.first_run import step_page
from ui.practice import practise as go_and_practise
from ui.theme import BETWEEN


class Begin(Place):
    """Three ways to begin; all of them can be gone back from."""

    title = "What next?"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        practise, practice = _way(
            "Practise with an invented family first",
            "Three families that do not exist: one new, one part of the way, one ready. Nothing you do there reaches "
            "your own families, and you can throw it away at any time.",
            partial(go_and_practise, desk),
            "main",
        )
        _, own = _way(
            "Begin with my own first family",
            "The program looks whether the family is here already, then opens a case.",
            desk.show_new_family,
        )
        _, look = _way("Look around", "Nothing is recorded until you finish a form.", desk.show_today)
        self._first = practise
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(
            step_page(
                4,
                "What next?",
                label("The vault is yours, and there is a way back into it. It locks by itself when you are away."),
                column(practice, own, look, gap=BETWEEN),
            )
        )

    def focus_first(self) -> None:
        self._first.setFocus()


def _way(words: str, hint: str, do: Callable[[], object], role: str = "") -> tuple[QPushButton, QWidget]:
    made = button(words, do, role)
    made.setAccessibleDescription(hint)
    return made, card(row(made), label(hint, "quiet"))
