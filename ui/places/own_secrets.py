"""Two cards of the settings about what opens the vault: another passphrase, and proving the recovery sheet."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QVBoxLayout, QWidget

from spr_desktop.casework.own_vault import change_passphrase, guess_in_words, own_words
from spr_desktop.casework.recovery import prove_recovery_key, sheet_proven_on
from spr_desktop.casework.words import day_text
from ui.desk import Desk, Place
from ui.failures import sentence
from ui.parts import button, column, label, lead_to, row
from ui.secret_boxes import NewPassphrase, SecretBox, caps_lock_hint, reveal, secret_box
from ui.theme import BETWEEN, GAP, measure
from ui.where import Where


class SecretCard(QFrame):
    """A card with a secret in it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._error = label("", "error")
        self._error.hide()
        self.setProperty("role", "card")

    def _fill(self, parts: Sequence[QWidget]) -> None:
        inside = QVBoxLayout(self)
        inside.setContentsMargins(BETWEEN, BETWEEN, BETWEEN, BETWEEN)
        inside.setSpacing(GAP)
        for part in parts:
            part.setMaximumWidth(measure())
            inside.addWidget(part)

    def _refuse(self, box: SecretBox, error: str) -> None:
        self._say(error)
        box.selectAll()
        lead_to(box)

    def _say(self, error: str) -> None:
        self._error.setText(error)
        self._error.setVisible(bool(error))


class ChangePassphrase(SecretCard):
    """The old one, a new one, and the new one again."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk)
        self._place = place
        self._old = secret_box("Current passphrase")
        self._new = NewPassphrase("New passphrase", lambda: own_words(desk.caseload))
        self._new.finished.connect(self._start)
        self._reveal = reveal(self._old)
        self._reveal.setAccessibleName("Show the current passphrase")
        self._change = button("Change the passphrase", self._start)
        self._fill(
            [
                label("Passphrase", "heading"),
                label("The recovery sheet stays as it is. Copies of the vault that were made before keep the old one."),
                column(prompt_of(self._old), self._error, self._old, caps_lock_hint(self._old), self._reveal),
                self._new,
                row(self._change),
                label(guess_in_words(desk.caseload.vault), "quiet"),
            ]
        )

    def _start(self) -> None:
        old = self._old.text()
        if not old:
            self._refuse(self._old, "Type the passphrase that opens the vault now.")
            return
        self._say("")
        if not self._new.check():
            return
        self._set_busy(True)
        caseload, new = self._desk.caseload, self._new.text
        self._desk.jobs.start(self._place, lambda: change_passphrase(caseload, old, new), self._changed, self._failed)

    def _set_busy(self, busy: bool) -> None:
        self._change.setEnabled(not busy)
        self._change.setText("Changing it, this takes some seconds" if busy else "Change the passphrase")

    def _changed(self, _nothing: None) -> None:
        self._set_busy(False)
        self._old.clear()
        self._new.clear()
        self._reveal.setChecked(False)
        self._change.setFocus()
        self._desk.say("Saved. The new passphrase opens the vault from now on; backups from before keep the old one.")
        self._desk.backing_up.begin_if_due()

    def _failed(self, error: Exception) -> None:
        self._set_busy(False)
        self._refuse(self._old, sentence(error))


class ProveSheet(SecretCard):
    """The recovery key is typed, and nothing is changed."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._key = secret_box("Recovery key")
        self._key.returnPressed.connect(self._prove)
        self._reveal = reveal(self._key)
        self._reveal.setAccessibleName("Show the recovery key")
        self._proven = label("", "quiet")
        lost = button("I have lost it: make a new one", lambda: desk.go(Where("recovery_sheet")), "link")
        self._fill(
            [
                label("Recovery sheet", "heading"),
                label("If you forget the passphrase, it is the only way back. Prove now and then that yours fits."),
                self._proven,
                column(
                    prompt_of(self._key),
                    label("From your recovery sheet. Spaces and hyphens do not matter.", "quiet"),
                    self._error,
                    self._key,
                    self._reveal,
                ),
                row(button("Prove my recovery sheet", self._prove), lost),
            ]
        )
        self._say_when()

    def _say_when(self) -> None:
        day = sheet_proven_on(self._desk.caseload)
        self._proven.setText(f"Last proven on {day_text(day)}." if day else "Not proven here yet.")

    def _prove(self) -> None:
        typed = self._key.text().strip()
        if not typed:
            self._refuse(self._key, "Type the key from your recovery sheet.")
        elif prove_recovery_key(self._desk.caseload, typed):
            self._say("")
            self._key.clear()
            self._reveal.setChecked(False)
            self._say_when()
            self._desk.say("Your recovery sheet opens this vault. Put it back where it is kept.")
        else:
            self._refuse(self._key, "This key does not open this vault. Look for a mistyped character.")


def prompt_of(box: QLineEdit) -> QLabel:
    """The name of a box, above it."""
    made = label(box.accessibleName(), "label")
    made.setBuddy(box)
    return made
