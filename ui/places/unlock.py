"""Unlock: the passphrase, why it is locked, and the way in with the recovery sheet. Nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from spr_desktop.casework.home import holds_vault
from ui.desk import Desk, Place
from ui.parts import button, card, column, label, row
from ui.theme import AROUND, BETWEEN

if TYPE_CHECKING:
    from spr_desktop.casework.caseload import Caseload


def secret_box(name: str) -> QLineEdit:
    """A box for a secret: hidden, and pasting is welcome."""
    box = QLineEdit()
    box.setEchoMode(QLineEdit.EchoMode.Password)
    box.setAccessibleName(name)
    return box


def centred(content: QWidget) -> QVBoxLayout:
    """A narrow column in the middle of the window."""
    content.setMaximumWidth(560)
    across = QHBoxLayout()
    across.addStretch(1)
    across.addWidget(content, 6)
    across.addStretch(1)
    down = QVBoxLayout()
    down.setContentsMargins(AROUND, AROUND, AROUND, AROUND)
    down.addStretch(1)
    down.addLayout(across)
    down.addStretch(2)
    return down


class Unlock(Place):
    """The first thing that is seen, and all that is seen while the vault is locked."""

    title = "Unlock"

    def __init__(self, desk: Desk, folder: Path, *, why: str = "", passphrase: str = "") -> None:
        super().__init__()
        self._desk = desk
        self._folder = folder
        self._passphrase = secret_box("Passphrase")
        self._passphrase.setText(passphrase)
        self._recovery_key = secret_box("Recovery key")
        self._again = secret_box("New passphrase again")
        self._error = label("", "error")
        self._error.hide()
        self._open = button("Open", self._start, "main")
        self._reveal = QCheckBox("Show what I type")
        self._reveal.setAccessibleName("Show what I type")
        self._reveal.toggled.connect(self._show_typed)
        for each in (self._passphrase, self._recovery_key, self._again):
            each.returnPressed.connect(self._start)
        self._build(why)

    def _build(self, why: str) -> None:
        self._prompt = label("Passphrase", "label")
        self._prompt.setBuddy(self._passphrase)
        self._recovering = column(
            label("Recovery key", "label"),
            label("From your recovery sheet. Spaces and hyphens do not matter.", "quiet"),
            self._recovery_key,
        )
        self._repeating = column(label("New passphrase again", "label"), self._again)
        self._recovering.hide()
        self._repeating.hide()
        parts: list[QWidget] = [label("SPR Desktop", "title"), label(f"Vault: {self._folder.name}", "quiet")]
        parts += [label(why)] if why else []
        parts += [
            self._error,
            self._recovering,
            self._prompt,
            self._passphrase,
            self._repeating,
            self._reveal,
            row(self._open),
        ]
        self._recover = button("I have my recovery sheet", self._ask_for_recovery_key, "link")
        others = row(
            self._recover,
            button("Another vault", self._choose_folder, "link"),
            button("Make a new vault", self._make_new, "link"),
            gap=BETWEEN,
        )
        self.setLayout(centred(column(card(*parts), others, gap=BETWEEN)))

    def focus_first(self) -> None:
        (self._recovery_key if self._is_recovering else self._passphrase).setFocus()

    @property
    def _is_recovering(self) -> bool:
        return not self._recovering.isHidden()

    def _show_typed(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        for each in (self._passphrase, self._recovery_key, self._again):
            each.setEchoMode(mode)

    def _ask_for_recovery_key(self) -> None:
        self._recovering.show()
        self._repeating.show()
        self._recover.hide()
        self._prompt.setText("New passphrase")
        self._passphrase.setAccessibleName("New passphrase")
        self._passphrase.clear()
        self._open.setText("Set the new passphrase and open")
        self.focus_first()

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "Choose the folder of a vault")
        if chosen and holds_vault(Path(chosen)):
            self._desk.show_unlock(Path(chosen))
        elif chosen:
            self._say("There is no vault in that folder.")

    def _make_new(self) -> None:
        self._desk.show_create(self._folder if not holds_vault(self._folder) else self._folder.with_name("vault-2"))

    def _say(self, error: str) -> None:
        self._error.setText(error)
        self._error.setVisible(bool(error))

    def _start(self) -> None:
        folder, passphrase, recovery_key = self._folder, self._passphrase.text(), self._recovery_key.text()
        if self._is_recovering and passphrase != self._again.text():
            self._say("The two passphrases differ.")
            return
        if not passphrase:
            self._say("Type the passphrase.")
            return
        self._say("")
        self._set_busy(True)
        is_recovering = self._is_recovering

        def work() -> Caseload:
            from spr_desktop.casework.caseload import Caseload

            if is_recovering:
                from spr_desktop.casework.recovery import recover_vault

                recover_vault(folder, recovery_key, passphrase)
            return Caseload.open(folder, passphrase)

        self._desk.jobs.start(self, work, self._desk.unlocked, self._failed, lambda caseload: caseload.close())

    def _set_busy(self, busy: bool) -> None:
        self._open.setEnabled(not busy)
        self._open.setText("Opening, this takes a second" if busy else "Open")
        self._passphrase.setReadOnly(busy)

    def _failed(self, error: Exception) -> None:
        from ui.failures import sentence

        self._set_busy(False)
        self._say(sentence(error))
        self._passphrase.selectAll()
        self._passphrase.setFocus()
