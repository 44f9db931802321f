"""Two cards of the settings about what opens the vault: another passphrase, and proving the recovery sheet."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QCheckBox, QFrame, QLabel, QLineEdit, QVBoxLayout, QWidget

from spr_desktop.casework.own_vault import change_passphrase, prove_recovery_sheet, recovery_sheet_proven_on
from spr_desktop.casework.passphrases import SHORTEST, suggest_passphrase
from spr_desktop.casework.words import day_text
from ui.desk import Desk
from ui.failures import sentence
from ui.parts import button, column, label, row
from ui.places.unlock import secret_box
from ui.theme import BETWEEN, GAP


class _Card(QFrame):
    """A card with secrets in it: each box below its label and its error, and one tick that shows them."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._boxes: dict[QLineEdit, QLabel] = {}
        self.setProperty("role", "card")
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(BETWEEN, BETWEEN, BETWEEN, BETWEEN)
        self._inside.setSpacing(GAP)
        self._reveal = QCheckBox("Show what I type")
        self._reveal.toggled.connect(self._show_typed)

    def _box(self, name: str, hint: str = "") -> tuple[QLineEdit, QWidget]:
        box, prompt, error = secret_box(name), label(name, "label"), label("", "error")
        box.setAccessibleDescription(hint)
        prompt.setBuddy(box)
        error.hide()
        self._boxes[box] = error
        return box, column(prompt, *([label(hint, "quiet")] if hint else []), error, box, gap=GAP // 2)

    def _show_typed(self, shown: bool) -> None:
        for box in self._boxes:
            box.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)

    def _refuse(self, box: QLineEdit, error: str) -> None:
        self._forget_errors()
        self._boxes[box].setText(error)
        self._boxes[box].show()
        box.selectAll()
        box.setFocus()

    def _forget_errors(self) -> None:
        for error in self._boxes.values():
            error.hide()


class ChangePassphrase(_Card):
    """The old one, a new one, and the new one again."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._reveal.setAccessibleName("Show the passphrases I type")
        self._old, old = self._box("Passphrase of now")
        hint = f"At least {SHORTEST} characters. Five words that have nothing to do with each other are good."
        self._new, new = self._box("New passphrase", hint)
        self._again, again = self._box("New passphrase again")
        self._change = button("Change the passphrase", self._start)
        for each in (
            label("Passphrase", "heading"),
            label("The recovery sheet stays as it is. Copies of the vault that were made before keep the old one."),
            old,
            new,
            row(button("Suggest five words", self._suggest), self._reveal),
            again,
            row(self._change),
        ):
            self._inside.addWidget(each)

    def _suggest(self) -> None:
        suggested = suggest_passphrase()
        self._new.setText(suggested)
        self._again.setText(suggested)
        self._reveal.setChecked(True)

    def _start(self) -> None:
        old, new = self._old.text(), self._new.text()
        if not old:
            self._refuse(self._old, "Type the passphrase that opens the vault now.")
        elif len(new) < SHORTEST:
            self._refuse(self._new, f"The new passphrase needs at least {SHORTEST} characters.")
        elif new != self._again.text():
            self._refuse(self._again, "The two new passphrases differ. Type the same one twice.")
        else:
            self._forget_errors()
            self._set_busy(True)
            caseload = self._desk.caseload
            self._desk.jobs.start(
                _place_of(self), lambda: change_passphrase(caseload, old, new), self._changed, self._failed
            )

    def _set_busy(self, busy: bool) -> None:
        self._change.setEnabled(not busy)
        self._change.setText("Changing it, this takes some seconds" if busy else "Change the passphrase")

    def _changed(self, _nothing: None) -> None:
        self._set_busy(False)
        for box in self._boxes:
            box.clear()
        self._reveal.setChecked(False)
        self._change.setFocus()
        self._desk.say("Saved. The new passphrase opens the vault from now on.")

    def _failed(self, error: Exception) -> None:
        self._set_busy(False)
        self._refuse(self._old, sentence(error))


class ProveSheet(_Card):
    """The recovery key is typed, and nothing is changed."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._reveal.setAccessibleName("Show the recovery key I type")
        self._key, key = self._box("Recovery key", "From your recovery sheet. Spaces and hyphens do not matter.")
        self._key.returnPressed.connect(self._prove)
        self._proven = label("", "quiet")
        for each in (
            label("Recovery sheet", "heading"),
            label("If you forget the passphrase, the sheet is the only way back. Prove now and then that yours fits."),
            self._proven,
            key,
            row(button("Prove my recovery sheet", self._prove), self._reveal),
        ):
            self._inside.addWidget(each)
        self._say_when()

    def _say_when(self) -> None:
        day = recovery_sheet_proven_on(self._desk.caseload)
        self._proven.setText(f"Last proven on {day_text(day)}." if day else "Not proven yet.")

    def _prove(self) -> None:
        typed = self._key.text().strip()
        if not typed:
            self._refuse(self._key, "Type the key from your recovery sheet.")
        elif prove_recovery_sheet(self._desk.caseload, typed, date.today()):
            self._forget_errors()
            self._key.clear()
            self._reveal.setChecked(False)
            self._say_when()
            self._desk.say("Your recovery sheet opens this vault. Put it back where it is kept.")
        else:
            self._refuse(self._key, "This key does not open this vault. Look for a mistyped character.")


def _place_of(widget: QWidget) -> QWidget:
    """The place around it, which the window forgets when it goes."""
    from ui.desk import Place

    found = widget
    while not isinstance(found, Place):
        parent = found.parentWidget()
        assert parent is not None
        found = parent
    return found
