"""Forgotten: the key from the recovery sheet first, then a new passphrase in the place of the old one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from spr_desktop.casework import recovery
from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.older_copy import OlderCopy, accept_older_copy_with_recovery_key
from ui.desk import Desk, Place
from ui.failures import sentence
from ui.parts import button, card, label, row
from ui.places.first_run import page
from ui.secret_boxes import NewPassphrase, reveal, secret_box


class Recovering(QWidget):
    """Two steps; nothing is changed before the end of the second."""

    def __init__(self, place: Place, desk: Desk, folder: Path, give_up: Callable[[], None]) -> None:
        super().__init__()
        self._place = place
        self._desk = desk
        self._folder = folder
        self._give_up = give_up
        self._key = secret_box("Recovery key")
        self._key.setEchoMode(QLineEdit.EchoMode.Normal)
        self._key.returnPressed.connect(self._check)
        self._hide = reveal(self._key)
        self._hide.setChecked(True)
        self._passphrase = NewPassphrase("New passphrase", lambda: [folder.name])
        self._passphrase.finished.connect(self._set)
        self._errors = [label("", "error"), label("", "error")]
        self._check_button = button("Go on", self._check, "main")
        self._accept_button = button("Go on with this copy", self._accept)
        self._accept_button.hide()
        self._set_button = button("Set the new passphrase and open", self._set, "main")
        self._pages = QStackedWidget()
        self._pages.addWidget(self._page_of_key())
        self._pages.addWidget(self._page_of_passphrase())
        for each in self._errors:
            each.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pages)

    def _page_of_key(self) -> QWidget:
        prompt = label("Recovery key", "label")
        prompt.setBuddy(self._key)
        hint = label(
            "Any case, with or without spaces and hyphens. 0 is the figure nought, and 1 the figure one.", "quiet"
        )
        return page(
            label("Step 1 of 2", "quiet"),
            label("Type the key from your recovery sheet", "title"),
            label("It opens the vault in place of the forgotten passphrase. You can try as often as you like."),
            self._errors[0],
            card(prompt, hint, self._key, self._hide),
            row(self._check_button, button("Back", self._give_up)),
        )

    def _page_of_passphrase(self) -> QWidget:
        return page(
            label("Step 2 of 2", "quiet"),
            label("Choose a new passphrase", "title"),
            label(
                "The key fits. From now on the new passphrase opens the vault, and the old one no longer does. "
                "The sheet still does, so put it back where it is locked away."
            ),
            self._errors[1],
            card(self._passphrase),
            row(self._set_button, button("Back", self._give_up)),
            row(self._accept_button),
        )

    def focus_first(self) -> None:
        """Put the focus where typing goes on."""
        if self._pages.currentIndex():
            self._passphrase.focus_first()
        else:
            self._key.setFocus()

    def _say(self, error: str) -> None:
        for each in self._errors:
            each.setText(error)
            each.setVisible(bool(error))

    # The key

    def _check(self) -> None:
        key, folder = self._key.text(), self._folder
        if recovery.is_mistyped(key):
            self._say("There is a typing mistake in this key, or a part is missing. Compare it block by block.")
            self._key.setFocus()
            return
        self._say("")
        self._check_button.setEnabled(False)
        self._desk.jobs.start(
            self._place, lambda: recovery.check_recovery_key(folder, key), self._key_fits, self._key_failed
        )

    def _key_fits(self, _nothing: None) -> None:
        self._check_button.setEnabled(True)
        self._pages.setCurrentIndex(1)
        self.focus_first()

    def _key_failed(self, error: Exception) -> None:
        from spr_desktop.casework.failures import Family, family_of

        self._check_button.setEnabled(True)
        is_another = family_of(error)[0] is Family.WRONG_SECRET
        self._say(
            "This is a recovery key, but not of this vault. Look for another sheet, or choose another vault."
            if is_another
            else sentence(error)
        )
        self._key.setFocus()

    # The new passphrase

    def _set(self) -> None:
        if not self._set_button.isEnabled() or not self._passphrase.check():
            return
        key, folder, passphrase = self._key.text(), self._folder, self._passphrase.text
        self._say("")
        self._set_button.setEnabled(False)
        self._set_button.setText("Setting it, this takes some seconds")

        def work() -> Caseload:
            recovery.recover_vault(folder, key, passphrase)
            return Caseload.open(folder, passphrase)

        self._desk.jobs.start(self._place, work, self._opened, self._failed, lambda caseload: caseload.close())

    def _opened(self, caseload: Caseload) -> None:
        recovery.remember_sheet(caseload, recovery.Sheet.PROVEN)  # it was just read from
        self._desk.unlocked(caseload)
        self._desk.say("The new passphrase is set, and the old one no longer opens the vault.")

    def _failed(self, error: Exception) -> None:
        self._set_button.setEnabled(True)
        self._set_button.setText("Set the new passphrase and open")
        self._say(sentence(error))
        if isinstance(error, OlderCopy):
            self._say(f"{sentence(error)} Go on only if you know why; otherwise look for the right one, or a backup.")
            self._accept_button.show()
            self._accept_button.setFocus()

    def _accept(self) -> None:
        """Go on knowingly with a copy that is older than this computer last saw."""
        key, folder = self._key.text(), self._folder
        self._accept_button.hide()
        self._set_button.setEnabled(False)

        def then(_nothing: None) -> None:
            self._set_button.setEnabled(True)
            self._set()

        self._desk.jobs.start(self._place, lambda: accept_older_copy_with_recovery_key(folder, key), then, self._failed)
