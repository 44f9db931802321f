"""Somebody who types into a random form until the process is killed. A program of its own: see ``test_kills``.

It loads everything and stretches the passphrase once; each line on standard input (a vault, a seed, a file) makes a
child that opens the vault's window, types, and writes down what it has typed and recorded, with the time. The child's
number is printed.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from datetime import date
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from spr_desktop.casework.caseload import Caseload
from spr_desktop.records.work import Note, NoteBlock
from spr_desktop.vault import passphrase
from tests.stretching import remembering
from tests.vaults import NOT_READY, PASSPHRASE
from ui.fields import Field
from ui.form_texts import FORMS
from ui.theme import apply_theme
from ui.window import Window

BETWEEN_KEYS = 15
"""Milliseconds."""
WORDS = [
    "she",
    "said",
    "that",
    "it",
    "had",
    "been",
    "quieter",
    "since",
    "the",
    "summer",
    "and",
    "the",
    "children",
    "sleep",
]
LONG_ENOUGH = 200
"""A box that takes so many characters is for text."""


class Typist:
    """One person at one window."""

    def __init__(self, vault: Path, seed: int, log: Path) -> None:
        self._random = random.Random(seed)
        self._log = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self._typed = ""
        self.window = Window(vault)
        self.window.show()
        self.window.unlocked(Caseload.open(vault, PASSPHRASE))
        self._go()
        self._timer = QTimer(self.window)
        self._timer.setInterval(BETWEEN_KEYS)
        self._timer.timeout.connect(self._type)
        self._field: QWidget | None = None
        self._timer.start()

    def _say(self, what: str, value: str) -> None:
        line = json.dumps({"at": time.monotonic(), what: value}, ensure_ascii=False) + "\n"
        os.write(self._log, line.encode())

    def _go(self) -> None:
        person = self._random.choice(["a", "b"])
        kinds = sorted(FORMS)
        kind = self._random.choice([*kinds, "safety_conversation", "safety_conversation"])
        if kind == "safety_conversation":
            self.window.show_conversation(NOT_READY, person)
        else:
            about = FORMS[kind].about
            given = {about: person} if about in ("person_id", "for_person") else {}
            self.window.show_form(NOT_READY, kind, given)

    def _choose_a_field(self) -> QWidget | None:
        found: list[QWidget] = [each for each in self.window.place.findChildren(QPlainTextEdit) if each.isVisible()]
        lines = [each for each in self.window.place.findChildren(QLineEdit) if each.isVisible()]
        found += [each for each in lines if each.maxLength() >= LONG_ENOUGH]
        found = [each for each in found if _is_filled_in(each)]
        return self._random.choice(found) if found else None

    def _type(self) -> None:
        if self._field is None:
            self._field = self._choose_a_field()
            if self._field is None:  # a form of choices alone
                self._go()
                return
            self._field.setFocus()
        if not self._typed or self._typed.endswith(" "):
            self._word = self._random.choice(WORDS) + " "
        letter, self._word = self._word[0], self._word[1:]
        QTest.keyClicks(self._field, letter)
        self._typed += letter
        self._say("typed", self._typed)
        if self._random.random() < 0.02:
            self._record()

    def _record(self) -> None:
        """A record that was acknowledged is there afterwards, whatever happens."""
        block = NoteBlock(type="fact", text="Said while typing.")
        note = Note(type="contact", blocks=(block,))
        (kept,) = self.window.caseload.record(NOT_READY, [note], happened_on=date.today())
        self._say("recorded", kept.id)


def _is_filled_in(widget: QWidget) -> bool:
    """Whether it is part of what is filled in; a search beside it is not kept."""
    above = widget.parentWidget()
    while above is not None and not isinstance(above, Field):
        above = above.parentWidget()
    return above is not None


def _work(vault: str, seed: str, log: str) -> None:
    app = QApplication([])
    apply_theme(app)
    typist = Typist(Path(vault), int(seed), Path(log))
    assert typist.window
    app.exec()


def main() -> None:
    """Make a child for every line."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # a child that was killed is gone at once
    setattr(passphrase, "stretched", remembering())  # noqa: B010 - what mypy would take for an error
    for line in sys.stdin:
        Caseload.open(Path(line.split()[0]), PASSPHRASE).close()
        child = os.fork()
        if not child:
            try:
                _work(*line.split())
            finally:
                os._exit(1)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
