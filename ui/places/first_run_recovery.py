"""The recovery sheet: a key that is shown once, and the proof that it is on paper before it is ever needed."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QLineEdit, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from spr_desktop.casework import recovery
from spr_desktop.casework.recovery import Sheet
from ui.desk import Desk, Place
from ui.failures import sentence
from ui.fields import LineField
from ui.file_choice import choose_where_to_save
from ui.parts import button, card, label, lead_to, row
from ui.places.first_run import step_page
from ui.secret_boxes import caps_lock_hint, reveal, secret_box
from ui.theme import BETWEEN
from ui.where import Where

_IN_A_ROW = 3


class RecoverySheet(Place):
    """Shows a key that nobody has seen yet; otherwise asks for the sheet, or makes a new one."""

    title = "Recovery sheet"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._before = recovery.sheet_of(desk.caseload)
        self._step = 0 if self._before is Sheet.PROVEN else 3
        self._key = ""
        self._asked: list[int] = []
        self._first: QWidget = self
        self._error = label("", "error")
        self._pages = QStackedWidget()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pages)
        if self._before is Sheet.NOT_SHOWN:
            self._issue()
        else:
            self._ask_for_sheet()

    def focus_first(self) -> None:
        self._first.setFocus()

    def _turn_to(self, title: str, first: QWidget, *parts: QWidget) -> None:
        while before := self._pages.currentWidget():
            self._pages.removeWidget(before)
            before.setParent(None)  # out of sight at once: a key may stand on it
            before.deleteLater()
        self._pages.addWidget(step_page(self._step, title, *parts))
        self._first = first
        first.setFocus()

    def _say(self, error: str) -> None:
        self._error.setText(error)
        self._error.setVisible(bool(error))

    def _error_line(self) -> QWidget:
        self._error = label("", "error")
        self._error.hide()
        return self._error

    # The sheet is somewhere, or is not

    def _ask_for_sheet(self) -> None:
        box = secret_box("The whole recovery key")
        box.setEchoMode(QLineEdit.EchoMode.Normal)
        box.returnPressed.connect(lambda: self._prove_whole(box.text()))
        words = {
            Sheet.SHOWN: "Your recovery key was shown, but whether you have it on paper was not proven yet.",
            Sheet.PUT_OFF: "You wanted to prove your recovery sheet later. It is the only way back into this vault.",
            Sheet.PROVEN: "Type the key from your sheet, to see that it still opens this vault.",
        }[self._before]
        new = button("I have no sheet: make a new recovery key", self._ask_for_passphrase, "link")
        new.setAccessibleDescription("A sheet from before then opens nothing any more")
        later = "Back" if self._before is Sheet.PROVEN else "Not now"
        self._turn_to(
            "Prove your recovery sheet",
            box,
            label(words),
            self._error_line(),
            self._whole_key(box),
            row(
                button("Prove it", lambda: self._prove_whole(box.text()), "main"),
                button(later, self._put_off),
                gap=BETWEEN,
            ),
            row(new),
            label("A new key makes every sheet from before void.", "quiet"),
        )

    def _whole_key(self, box: QLineEdit) -> QWidget:
        prompt = label("The whole recovery key", "label")
        prompt.setBuddy(box)
        return card(prompt, label("From the sheet in your hand. Spaces and hyphens do not matter.", "quiet"), box)

    def _put_off(self) -> None:
        if self._before is not Sheet.PROVEN:
            recovery.remember_sheet(self._desk.caseload, Sheet.PUT_OFF)
        self._desk.back()

    def _ask_for_passphrase(self) -> None:
        """Whoever finds the laptop open must not take a key away."""
        box = secret_box("Passphrase")
        prompt = label("Passphrase", "label")
        prompt.setBuddy(box)
        go_on = button("Make a new recovery key", lambda: self._prove_passphrase(box.text(), go_on), "main")
        box.returnPressed.connect(go_on.click)
        self._turn_to(
            "Make a new recovery key",
            box,
            label("Type your passphrase first: a recovery key opens the vault as the passphrase does."),
            self._error_line(),
            card(prompt, box, caps_lock_hint(box), reveal(box)),
            row(go_on, button("Back", self._ask_for_sheet)),
        )

    def _prove_passphrase(self, passphrase: str, go_on: QPushButton) -> None:
        caseload = self._desk.caseload
        go_on.setEnabled(False)

        def proven(is_right: bool) -> None:
            if is_right:
                self._issue()
                return
            go_on.setEnabled(True)
            self._say("That is not the passphrase. Check Caps Lock and try again.")
            lead_to(self._first)

        def failed(error: Exception) -> None:
            go_on.setEnabled(True)
            self._say(sentence(error))

        self._desk.jobs.start(self, lambda: caseload.prove_passphrase(passphrase), proven, failed)

    # The key, shown once

    def _issue(self) -> None:
        try:
            self._key = recovery.issue_recovery_key(self._desk.caseload)
        except Exception as error:  # noqa: BLE001 - the key before is still the one
            self._say(sentence(error))
            self._desk.say(sentence(error))
            return
        self._asked = recovery.blocks_to_ask_for(self._key)
        self._step = self._step or 3
        self.stays = "First prove that you have the recovery key on paper. To stop here, lock: the way leads back here."
        self._show_key()

    def _show_key(self) -> None:
        go_on = button("I have it on paper", self._ask_for_blocks, "main")
        self._turn_to(
            "Your recovery key",
            go_on,
            label("If you forget the passphrase, this key is the only way back. It is shown this once."),
            card(self._blocks(), row(button("Save a sheet to print", self._save_sheet))),
            label(
                "Write it down or print the sheet. Keep it away from the laptop, for example in a locked drawer at the "
                "office. 0 is always the figure nought, and 1 the figure one."
            ),
            self._error_line(),
            label("Next you are asked for three of the blocks by their number.", "quiet"),
            row(go_on),
        )

    def _blocks(self) -> QWidget:
        made = QWidget()
        made.setAccessibleName("Recovery key")
        grid = QGridLayout(made)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(BETWEEN)
        for number, block in enumerate(recovery.blocks_of(self._key), 1):
            said, shown = label(str(number), "quiet"), label(block, "secret")
            shown.setAccessibleName(f"Block {number}: {' '.join(block)}")
            at, across = divmod(number - 1, _IN_A_ROW)
            grid.addWidget(said, at, across * 2)
            grid.addWidget(shown, at, across * 2 + 1)
            grid.setColumnStretch(across * 2 + 1, 1)
        return made

    def _save_sheet(self) -> None:
        path = choose_where_to_save(self, "recovery-sheet.pdf")
        if path is None:
            return
        try:
            recovery.save_recovery_sheet(self._key, path)
        except Exception as error:  # noqa: BLE001 - whatever stood in the way is told, and the key is still on screen
            self._say(sentence(error))
        else:
            self._say("The sheet is saved. Print it, then delete the file: it is not encrypted.")

    # The proof

    def _ask_for_blocks(self) -> None:
        fields = [LineField(str(number), f"Block {number}") for number in self._asked]
        for each in fields:
            each.first_widget().returnPressed.connect(lambda: self._prove_blocks(fields))  # type: ignore[attr-defined]
        self._turn_to(
            "Prove it, from the paper",
            fields[0].first_widget(),
            label("The key is hidden now. Type these blocks from your paper; they are counted line by line."),
            card(*fields),
            row(
                button("Prove it", lambda: self._prove_blocks(fields), "main"),
                button("Look at the key again", self._show_key),
            ),
            row(button("I have the printed sheet here: type the whole key", self._ask_for_whole_key, "link")),
        )

    def _prove_blocks(self, fields: list[LineField]) -> None:
        blocks = recovery.blocks_of(self._key)
        wrong = []
        for number, field in zip(self._asked, fields, strict=True):
            is_right = recovery.is_block(field.typed(), blocks[number - 1])
            field.show_error("" if is_right else f"Block {number} is another one. Look at the paper again.")
            wrong += [] if is_right else [field]
        if wrong:
            lead_to(wrong[0].first_widget())
            return
        recovery.remember_sheet(self._desk.caseload, Sheet.PROVEN)
        self._go_on()

    def _ask_for_whole_key(self) -> None:
        box = secret_box("The whole recovery key")
        box.setEchoMode(QLineEdit.EchoMode.Normal)
        box.returnPressed.connect(lambda: self._prove_whole(box.text()))
        self._turn_to(
            "Prove it, from the sheet",
            box,
            self._error_line(),
            self._whole_key(box),
            row(
                button("Prove it", lambda: self._prove_whole(box.text()), "main"),
                button("Look at the key again", self._show_key),
            ),
        )

    def _prove_whole(self, typed: str) -> None:
        if recovery.is_mistyped(typed):
            self._say("There is a typing mistake in this key, or a part is missing. Compare it block by block.")
        elif recovery.prove_recovery_key(self._desk.caseload, typed):
            self._go_on()
            return
        else:
            self._say("This is a recovery key, but it does not open this vault. Look for another sheet.")
        lead_to(self._first)

    def _go_on(self) -> None:
        self._key = self.stays = ""
        self._desk.backing_up.begin_if_due()  # of a new key: backups from before open with the one that is void
        if not self._desk.caseload.vault.case_refs():
            self._desk.go(Where("begin"))
            return
        self._desk.back()
        self._desk.say("Your recovery sheet opens this vault. Put it back where it is locked away.")


def lead_to_sheet(desk: Desk) -> None:
    """After unlocking: to the proof, if nobody has asked for it yet; a reminder, if it was put off."""
    if desk.scope is not None:
        return
    sheet = recovery.sheet_of(desk.caseload)
    if sheet in (Sheet.NOT_SHOWN, Sheet.SHOWN):
        desk.go(Where("recovery_sheet"))
        desk.say("Your recovery sheet is not proven yet. Without it nobody can help you if you forget the passphrase.")
    elif sheet is Sheet.PUT_OFF:
        desk.say("Your recovery sheet is not proven yet. Settings leads to it: Prove my recovery sheet.")
