"""Boxes for secrets: hidden until somebody wants to see them, pasting is welcome, and Caps Lock is told quietly."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from spr_desktop.casework.passphrases import SHORTEST, Judgement, judge, suggest_passphrase
from ui.parts import button, column, label, lead_to, row
from ui.strength import StrengthLine

CAPS_LOCK = "Caps Lock seems to be on."


class SecretBox(QLineEdit):
    """One line for a secret."""

    caps_lock_seen = Signal(bool)
    """A letter was typed that tells whether Caps Lock is on; no system lets Qt ask."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setAccessibleName(name)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhHiddenText
            | Qt.InputMethodHint.ImhNoAutoUppercase
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhSensitiveData
        )
        self.textChanged.connect(self._drop_line_breaks)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Look at the letter before it is taken."""
        letter = event.text()
        if event.key() == Qt.Key.Key_CapsLock:
            self.caps_lock_seen.emit(False)  # whichever way it went, the next letter tells
        elif len(letter) == 1 and letter.lower() != letter.upper():
            has_shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.caps_lock_seen.emit(letter.isupper() != has_shift)
        super().keyPressEvent(event)

    def _drop_line_breaks(self, text: str) -> None:
        """A text that was copied with the end of its line."""
        if text != (plain := text.strip("\r\n\u2028")):
            self.setText(plain)


def secret_box(name: str) -> SecretBox:
    """A box for a secret."""
    return SecretBox(name)


def reveal(*boxes: QLineEdit) -> QCheckBox:
    """A tick that shows what stands in the boxes."""
    tick = QCheckBox("Show what I type")
    tick.setAccessibleName("Show what I type")

    def show(shown: bool) -> None:
        for each in boxes:
            each.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)

    tick.toggled.connect(show)
    return tick


def caps_lock_hint(*boxes: SecretBox) -> QLabel:
    """A quiet line that comes when Caps Lock seems to be on in one of the boxes."""
    hint = label(CAPS_LOCK, "quiet")
    hint.hide()
    for each in boxes:
        each.caps_lock_seen.connect(hint.setVisible)
    return hint


class NewPassphrase(QWidget):
    """A passphrase that is to be set: suggested or one's own, typed twice."""

    finished = Signal()
    """Enter was pressed in the last box."""

    def __init__(self, title: str = "Passphrase", own_words: Callable[[], Iterable[str]] = tuple) -> None:
        """``own_words`` gives what somebody would try first who knows whose passphrase it is."""
        super().__init__()
        self._own_words = own_words
        self._box = SecretBox(title)
        self._again = SecretBox(f"{title} again")
        self._reveal = reveal(self._box, self._again)
        self._strength = StrengthLine(self._judged)
        self._box.textChanged.connect(self._strength.look_again)
        self._error = label("", "error")
        self._error.hide()
        self._box.returnPressed.connect(lambda: lead_to(self._again))
        self._again.returnPressed.connect(self.finished)
        first, second = label(title, "label"), label(f"{title} again", "label")
        first.setBuddy(self._box)
        second.setBuddy(self._again)
        content = column(
            first,
            label(f"At least {SHORTEST} characters. Five words that nothing connects are good.", "quiet"),
            self._error,
            self._box,
            self._strength,
            caps_lock_hint(self._box, self._again),
            row(button("Suggest five words", self._suggest), self._reveal),
            second,
            label("Type it once yourself, so that your fingers know it. Pasting works too.", "quiet"),
            self._again,
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(content)

    @property
    def text(self) -> str:
        """The passphrase."""
        return self._box.text()

    def focus_first(self) -> None:
        """Put the focus where typing begins."""
        lead_to(self._box)

    def clear(self) -> None:
        """Forget what was typed, and hide what will be."""
        self._box.clear()
        self._again.clear()
        self._reveal.setChecked(False)
        self._say("")

    def check(self) -> bool:
        """Whether it can be set; if not, it is said what to do, and the focus is there."""
        fault, where = self._fault()
        self._say(fault)
        if fault:
            lead_to(where)
        return not fault

    def _fault(self) -> tuple[str, SecretBox]:
        passphrase = self._box.text()
        judgement = judge(passphrase, self._own_words())
        if not judgement.will_do:
            return f"This passphrase will not do. {judgement.reason}", self._box
        if passphrase != self._again.text():
            return "The two passphrases differ. Type the second one again.", self._again
        return "", self._box

    def _judged(self) -> Judgement | None:
        """What is to be said of what stands in the box; nothing of nothing."""
        return judge(self._box.text(), self._own_words()) if self._box.text() else None

    def _suggest(self) -> None:
        self._box.setText(suggest_passphrase())
        self._again.clear()
        self._reveal.setChecked(True)
        self._say("")
        lead_to(self._again)

    def _say(self, fault: str) -> None:
        self._error.setText(fault)
        self._error.setVisible(bool(fault))
