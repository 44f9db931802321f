"""A vault that is older than this computer last saw: what is missing, and the three ways on, none of them hurried."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from spr_desktop.casework import older_copy
from spr_desktop.casework.older_copy import FoundBackup, OlderCopy
from ui.desk import Desk, Place
from ui.failures import sentence
from ui.parts import button, card, label, row
from ui.places.first_run import page

if TYPE_CHECKING:
    from spr_desktop.casework.caseload import Caseload

_HOW_COME: Final = (
    "Nothing was changed. An older file may have taken its place: from a copy, from a program that copies folders "
    "between computers, or because the laptop lost power and the last changes with it."
)
_NO_BACKUP: Final = (
    "No backup in the vault's own folder is newer than this copy. If you have one on a stick or a drive, restore that."
)
_GO_ON: Final = (
    "What is missing stays missing until it is found. The activity of the vault will say that you went on, and with "
    "how much less."
)


class OlderCopyPage(QWidget):
    """Shown in the place of the passphrase, after it was right."""

    opened = Signal(object)
    """The copy, open, after somebody chose to go on with it."""
    another = Signal()
    """Somebody wants to look for the right one."""
    given_up = Signal()

    def __init__(self, place: Place, desk: Desk, folder: Path, older: OlderCopy, passphrase: str) -> None:
        super().__init__()
        self._place = place
        self._desk = desk
        self._folder = folder
        self._passphrase = passphrase
        self._error = label("", "error")
        self._error.hide()
        self._buttons: list[QPushButton] = []
        look = self._button("Look for the right one", self.another.emit)
        go_on = self._button("Go on with this copy", self._accept)
        self._first = look
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(
            page(
                label("This copy of the vault is older", "title"),
                label(f"This computer has seen more of this vault than is in it now. {older_copy.missing(older)}"),
                label(_HOW_COME),
                self._error,
                self._of_backup(older_copy.newer_backup(folder, older)),
                card(
                    row(look),
                    label("Another folder may hold it: on another disk, a stick, or where it was moved.", "quiet"),
                ),
                card(row(go_on), label(_GO_ON, "quiet")),
                row(button("Back", self.given_up.emit)),
            )
        )

    def _of_backup(self, backup: FoundBackup | None) -> QWidget:
        if backup is None:
            return label(_NO_BACKUP, "quiet")
        from ui.places.unlock import free_folder

        to = free_folder(self._folder)
        self._first = self._button("Restore the newest backup", lambda: self._restore(backup, to), "main")
        made = f"It was made on {older_copy.backup_moment(backup)}."
        return card(
            row(self._first),
            label(f"{made} It is restored into a new folder, {to.name}; this copy stays as it is.", "quiet"),
        )

    def _button(self, text: str, do: object, role: str = "") -> QPushButton:
        assert callable(do)
        made = button(text, do, role)
        self._buttons.append(made)
        return made

    def focus_first(self) -> None:
        """Put the focus on the likeliest way."""
        self._first.setFocus()

    def _wait(self, busy: bool) -> None:
        for each in self._buttons:
            each.setEnabled(not busy)

    def _failed(self, error: Exception) -> None:
        self._wait(False)
        self._error.setText(sentence(error))
        self._error.show()
        self._first.setFocus()

    # The ways

    def _accept(self) -> None:
        folder, passphrase = self._folder, self._passphrase
        self._wait(True)

        def work() -> Caseload:
            from spr_desktop.casework.caseload import Caseload

            older_copy.accept_older_copy(folder, passphrase)
            return Caseload.open(folder, passphrase)

        self._desk.jobs.start(self._place, work, self.opened.emit, self._failed, lambda caseload: caseload.close())

    def _restore(self, backup: FoundBackup, to: Path) -> None:
        from spr_desktop.casework.restoring import restore_with_passphrase

        passphrase = self._passphrase
        self._wait(True)
        self._desk.jobs.start(
            self._place,
            lambda: restore_with_passphrase(backup.path, to, passphrase),
            lambda _restored: self._restored(backup, to),
            self._failed,
        )

    def _restored(self, backup: FoundBackup, to: Path) -> None:
        self._desk.show_unlock(to)
        self._desk.say(
            f"The backup of {older_copy.backup_moment(backup)} is restored in the folder {to.name}. Open it with the "
            "passphrase that it had then."
        )
