"""Making a vault: a passphrase, whose it is, and the recovery key, which is shown once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QFileDialog, QVBoxLayout

from spr_desktop.casework.home import holds_vault
from spr_desktop.casework.passphrases import SHORTEST, suggest_passphrase
from spr_desktop.casework.practitioner import Practitioner
from ui.desk import Desk, Place
from ui.fields import LineField
from ui.file_choice import choose_where_to_save
from ui.parts import button, card, column, empty, label, row, scrolling
from ui.places.unlock import centred, secret_box
from ui.theme import BETWEEN

if TYPE_CHECKING:
    from spr_desktop.casework.caseload import Caseload


class Create(Place):
    """The first run: one page to fill in, one page with the recovery key."""

    title = "Make a vault"

    def __init__(self, desk: Desk, folder: Path) -> None:
        super().__init__()
        self._desk = desk
        self._folder = folder
        self._caseload: Caseload | None = None
        self._passphrase = secret_box("Passphrase")
        self._again = secret_box("Passphrase again")
        self._reveal = QCheckBox("Show what I type")
        self._reveal.setAccessibleName("Show what I type")
        self._reveal.toggled.connect(self._show_typed)
        self._who = {
            "name": LineField("name", "Your name", "It stands under what you record, and on packs"),
            "role": LineField("role", "Your role", "For example: outreach worker"),
            "organisation": LineField("organisation", "Your organisation"),
            "phone": LineField("phone", "Your work telephone (optional)"),
        }
        self._error = label("", "error")
        self._error.hide()
        self._make = button("Make the vault", self._start, "main")
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(scrolling(self._form()))

    def _form(self) -> Place:
        where = label(f"It will be kept in {self._folder}", "quiet")
        content = column(
            label("Make a vault", "title"),
            label("A vault is an encrypted folder on this laptop. Nothing in it can be read without your passphrase."),
            where,
            button("Choose another folder", self._choose_folder, "link"),
            self._error,
            card(
                label("Passphrase", "label"),
                label(
                    f"At least {SHORTEST} characters. Five words that have nothing to do with each other are good.",
                    "quiet",
                ),
                self._passphrase,
                row(button("Suggest five words", self._suggest), self._reveal),
                label("Passphrase again", "label"),
                self._again,
            ),
            card(*self._who.values()),
            row(self._make, button("I have a vault already", self._open_existing, "link")),
            gap=BETWEEN,
        )
        page = Place()
        page.setLayout(centred(content))
        return page

    def focus_first(self) -> None:
        self._passphrase.setFocus()

    def _show_typed(self, shown: bool) -> None:
        for each in (self._passphrase, self._again):
            each.setEchoMode(each.EchoMode.Normal if shown else each.EchoMode.Password)

    def _suggest(self) -> None:
        words = suggest_passphrase()
        self._passphrase.setText(words)
        self._again.setText(words)
        self._reveal.setChecked(True)

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "Choose a folder for the vault")
        if chosen:
            self._desk.show_create(Path(chosen) / "vault")

    def _open_existing(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "Choose the folder of a vault")
        if chosen and holds_vault(Path(chosen)):
            self._desk.show_unlock(Path(chosen))
        elif chosen:
            self._say("There is no vault in that folder.")

    def _say(self, error: str) -> None:
        self._error.setText(error)
        self._error.setVisible(bool(error))

    def _start(self) -> None:
        passphrase = self._passphrase.text()
        if passphrase != self._again.text():
            self._say("The two passphrases differ.")
            return
        if len(passphrase) < SHORTEST:
            self._say(f"The passphrase needs at least {SHORTEST} characters.")
            return
        practitioner = Practitioner(**{name: field.value() or "" for name, field in self._who.items()})
        folder = self._folder
        self._say("")
        self._make.setEnabled(False)
        self._make.setText("Making the vault, this takes some seconds")

        def work() -> tuple[Caseload, str]:
            from spr_desktop.casework.caseload import Caseload

            folder.parent.mkdir(parents=True, exist_ok=True)
            return Caseload.create(folder, passphrase, practitioner)

        self._desk.jobs.start(self, work, self._made, self._failed, lambda made: made[0].close())

    def _failed(self, error: Exception) -> None:
        from ui.failures import sentence

        self._make.setEnabled(True)
        self._make.setText("Make the vault")
        self._say(sentence(error))

    def _made(self, made: tuple[Caseload, str]) -> None:
        self._caseload, recovery_key = made
        empty(self._layout)
        go_on = button("Go on", self._finish, "main")
        go_on.setEnabled(False)
        written = QCheckBox("I have written it down or printed the sheet")
        written.setAccessibleName(written.text())
        written.toggled.connect(go_on.setEnabled)
        key = label(recovery_key, "secret")
        key.setAccessibleName("Recovery key")
        content = column(
            label("Your recovery key", "title"),
            label(
                "If you forget the passphrase, this key is the only way back. It is shown this once. "
                "Keep it away from the laptop, for example in a locked drawer at the office."
            ),
            card(key, row(button("Save a sheet to print", lambda: self._save_sheet(recovery_key)))),
            self._error,
            written,
            row(go_on),
            gap=BETWEEN,
        )
        page = Place()
        page.setLayout(centred(content))
        self._layout.addWidget(page)
        written.setFocus()

    def _save_sheet(self, recovery_key: str) -> None:
        from spr_desktop.casework.recovery import save_recovery_sheet
        from ui.failures import sentence

        path = choose_where_to_save(self, "recovery-sheet.pdf")
        if path is None:
            return
        try:
            save_recovery_sheet(recovery_key, path)
        except Exception as error:  # noqa: BLE001 - whatever stood in the way is told, and the key is still on screen
            self._say(sentence(error))
        else:
            self._say("The sheet is saved. Print it, then delete the file: it is not encrypted.")

    def _finish(self) -> None:
        caseload, self._caseload = self._caseload, None
        if caseload:
            self._desk.unlocked(caseload)
