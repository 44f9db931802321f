"""A passphrase that is told to somebody: shown in groups to be read out, covered again, copied without a trace."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ui.clipboard import CLIPBOARD_SECONDS, copy_secret
from ui.desk import Desk
from ui.parts import button, card, label
from ui.wrapping import wrapping

CHANNELS: Final = (
    ("by telephone", "By telephone"),
    ("face to face", "Face to face"),
    ("in another message than the pack", "In another message than the document"),
)
"""How a passphrase may be told: what is recorded, and the words for it."""
_IN_A_LINE: Final = 3
"""So many groups stand in the first line."""
_TO_A_COLLEAGUE: Final = "Ring them on a work number that you know, and say:"
_TO_THE_PERSON: Final = (
    "Tell this person when you meet, with nobody else there; or ring as they told you that it may be done, make sure "
    "that they can talk alone, and say:"
)
SHOWN_SECONDS: Final = 120
"""So long a passphrase stands on the screen before it is covered; it can be shown again."""


class PassphraseToTell(QWidget):
    """The passphrase of a sealed document, with the words to say."""

    def __init__(self, desk: Desk, reference: str, passphrase: str, is_for_the_person: bool) -> None:
        """``is_for_the_person``: it is told to the parent whom the document is about, not to a colleague."""
        super().__init__()
        self._desk = desk
        self._groups = _Groups(passphrase, self._copy)
        self._cover = button("", self._turn)
        self.copy_button = button("Copy", self._copy, name="Copy the passphrase")
        self._timer = QTimer(self, singleShot=True, interval=SHOWN_SECONDS * 1_000)
        self._timer.timeout.connect(lambda: self._show(False))
        inside = card(
            label("Passphrase: shown on this page only", "label"),
            self._groups,
            label(
                f"{_TO_THE_PERSON if is_for_the_person else _TO_A_COLLEAGUE} “This is about document {reference}. "
                "Its passphrase is five groups of five, in capitals, with a hyphen between them. There is no letter "
                "I, L, O or U in it: what looks like O is nought, what looks like I is one. Please read it back.”"
            ),
            label("Never in the same message as the document.", "quiet"),
            wrapping(self.copy_button, self._cover),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(inside)
        self._show(True)

    def _turn(self) -> None:
        self._show(not self._groups.is_shown)

    def _show(self, is_shown: bool) -> None:
        self._groups.show_groups(is_shown)
        self._cover.setText("Cover it" if is_shown else "Show it again")
        self._cover.setAccessibleName("Cover the passphrase" if is_shown else "Show the passphrase again")
        if is_shown:
            self._timer.start()
        else:
            self._timer.stop()

    def _copy(self) -> None:
        copy_secret(self._groups.passphrase)
        self._desk.say(f"Copied. The clipboard is emptied in {CLIPBOARD_SECONDS} seconds.")


class _Groups(QLabel):
    """The groups; Tab comes here, so that a screen reader reads them, and Ctrl+C copies them as a secret."""

    def __init__(self, passphrase: str, copy: Callable[[], None]) -> None:
        super().__init__()
        self.passphrase = passphrase
        self.is_shown = True
        self._copy = copy
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", "passphrase")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_groups(self, is_shown: bool) -> None:
        """Show them, or cover them."""
        self.is_shown = is_shown
        groups = self.passphrase.split("-")
        seen = groups if is_shown else ["•" * len(each) for each in groups]
        self.setText("-".join(seen[:_IN_A_LINE]) + "-\n" + "-".join(seen[_IN_A_LINE:]))
        spoken = ", hyphen, ".join(" ".join(each) for each in groups) if is_shown else "covered"
        self.setAccessibleName(f"Passphrase: {spoken}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        else:
            super().keyPressEvent(event)
