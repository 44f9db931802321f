"""The first run up to a vault: whose it is, a passphrase, and the seconds that making it takes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from spr_desktop.casework.home import holds_vault
from spr_desktop.casework.practitioner import Practitioner
from ui.desk import Desk, Place
from ui.fields import LineField
from ui.file_choice import choose_folder
from ui.parts import button, card, label, lead_to, row
from ui.places.first_run import page, step_page
from ui.secret_boxes import NewPassphrase
from ui.where import Where
from ui.wrapping import wrapping

if TYPE_CHECKING:
    from spr_desktop.casework.caseload import Caseload

_WHO, _PASSPHRASE, _MAKING, _COVER = range(4)
_MAKING_WORDS: Final = "The vault is being made. This takes some seconds: the lock is measured to this laptop."
_STOPPING_WORDS: Final = "Stopping. Nothing will be left of it."


class Create(Place):
    """The first two steps; the others come when the vault is open, and so behind Hide and Lock."""

    title = "Make a vault"

    def __init__(self, desk: Desk, folder: Path) -> None:
        super().__init__()
        self._desk = desk
        self._folder = folder
        self._who = {
            "name": LineField("name", "Your name", "It stands under what you record, and on packs."),
            "role": LineField("role", "Your role", "For example: outreach worker. It stands beside your name."),
            "organisation": LineField("organisation", "Your organisation", "It stands on packs, with your name."),
            "phone": LineField(
                "phone", "Your work telephone (optional)", "It stands on packs, for those who have a question."
            ),
        }
        self._passphrase = NewPassphrase(own_words=self._own_words)
        self._passphrase.finished.connect(self._start)
        self._where = label("", "quiet")
        self._to_know = label("")
        self._go_on = button("Go on", self._to_passphrase, "main")
        self._another = button("Choose another folder", self._choose_folder, "link")
        self._knows = button("Keep it there all the same", self._know)
        self._is_known = False
        self._error = label("", "error")
        self._error.hide()
        self._progress = QProgressBar()
        self._progress.setAccessibleName("The vault is being made")
        self._progress.setTextVisible(False)
        self._said = label(_MAKING_WORDS)
        self._cancel = button("Cancel", self._stop)
        self._continue = button("Continue", self._uncover, "link")
        self._is_stopped = self._is_making = False
        self._pages = QStackedWidget()
        for each in (self._page_of_who(), self._page_of_passphrase(), self._page_of_making(), self._page_of_cover()):
            self._pages.addWidget(each)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pages)
        self._say_where()

    # The pages

    def _page_of_who(self) -> QWidget:
        for each in self._who.values():
            each.first_widget().returnPressed.connect(self._to_passphrase)  # type: ignore[attr-defined]
        return step_page(
            1,
            "Whose vault is it?",
            label(
                "Families are kept in a vault: an encrypted folder on this laptop, and nowhere else. "
                "Nothing in it can be read without your passphrase."
            ),
            card(*self._who.values()),
            row(self._go_on),
            self._where,
            self._to_know,
            row(self._knows),
            wrapping(
                self._another,
                button("I have a vault already", self._open_existing, "link"),
                button("Restore a backup", lambda: self._desk.show_restore([self._folder]), "link"),
            ),
        )

    def _own_words(self) -> list[str]:
        return [str(each.value() or "") for each in self._who.values()] + [self._folder.name]

    def _page_of_passphrase(self) -> QWidget:
        return step_page(
            2,
            "Choose a passphrase",
            label(
                "Nobody can open the vault without it: not your organisation, and not the makers of this program. "
                "For the day on which it is forgotten, the next step gives you a recovery key on paper."
            ),
            self._error,
            card(self._passphrase),
            row(button("Make the vault", self._start, "main"), button("Back", self._to_who)),
        )

    def _page_of_making(self) -> QWidget:
        return step_page(2, "Making the vault", self._said, self._progress, row(self._cancel))

    def _page_of_cover(self) -> QWidget:
        return page(row(self._continue))

    def focus_first(self) -> None:
        self._turn_to(self._pages.currentIndex())

    def _turn_to(self, number: int) -> None:
        self._pages.setCurrentIndex(number)
        if number == _WHO:
            lead_to(self._who["name"].first_widget())
        elif number == _PASSPHRASE:
            self._passphrase.focus_first()
        elif number == _MAKING:
            self._cancel.setFocus()
        else:
            self._continue.setFocus()

    def cover(self) -> None:
        """Hide what was typed, and forget the passphrase."""
        self._passphrase.clear()
        self._turn_to(_COVER)

    def _uncover(self) -> None:
        if holds_vault(self._folder):  # it was finished meanwhile, and locked
            self._desk.show_unlock(self._folder)
        elif self._is_making:
            self._turn_to(_MAKING)
        else:
            self._turn_to(_WHO)

    # Step 1

    def _to_who(self) -> None:
        self._turn_to(_WHO)

    def _to_passphrase(self) -> None:
        empty = [each for name, each in self._who.items() if name != "phone" and not each.value()]
        for each in self._who.values():
            each.show_error("Fill this in." if each in empty else "")
        if empty:
            lead_to(empty[0].first_widget())
        elif not self._is_known:
            lead_to(self._knows if self._knows.isVisibleTo(self) else self._another)
        else:
            self._turn_to(_PASSPHRASE)

    def _say_where(self) -> None:
        from spr_desktop.casework.places import Lies, what_to_know, where_lies
        from ui.failures import NETWORK

        lies = where_lies(self._folder)[0]
        self._where.setText(f"The vault will be kept in {self._folder}")
        to_know = NETWORK if lies is Lies.NETWORK else what_to_know(self._folder)
        self._to_know.setText(to_know)
        self._to_know.setVisible(bool(to_know))
        self._knows.setVisible(lies is Lies.SYNCED)
        self._is_known = lies not in (Lies.NETWORK, Lies.SYNCED)

    def _know(self) -> None:
        self._is_known = True
        self._knows.hide()
        lead_to(self._go_on)

    def _choose_folder(self) -> None:
        chosen = choose_folder(self, "Choose a folder for the vault")
        if chosen:
            self._folder = chosen / "vault"
            self._say_where()

    def _open_existing(self) -> None:
        chosen = choose_folder(self, "Choose the folder of a vault")
        if chosen and holds_vault(chosen):
            self._desk.show_unlock(chosen)
        elif chosen:
            self._where.setText("There is no vault in that folder. Choose the folder that holds vault.keys.")

    # Step 2

    def _say(self, error: str) -> None:
        self._error.setText(error)
        self._error.setVisible(bool(error))

    def _start(self) -> None:
        self._say("")
        if self._is_making or not self._passphrase.check():
            return
        folder, passphrase = self._folder, self._passphrase.text
        practitioner = Practitioner(**{name: field.value() or "" for name, field in self._who.items()})
        self._is_making, self._is_stopped = True, False
        self._said.setText(_MAKING_WORDS)
        self._cancel.setEnabled(True)
        self._progress.setRange(0, 0)
        self._turn_to(_MAKING)

        def work() -> Caseload:
            from spr_desktop.casework.places import accept_copying
            from spr_desktop.casework.recovery import make_vault

            made = make_vault(folder, passphrase, practitioner)
            accept_copying(folder, made)
            return made

        self._desk.jobs.start(self, work, self._made, self._failed, _unmake)

    def _stop(self) -> None:
        """Making cannot be broken off half-way; what it makes is taken away again."""
        self._is_stopped = True
        self._said.setText(_STOPPING_WORDS)
        self._cancel.setEnabled(False)

    def _ended(self) -> None:
        self._is_making = False
        self._progress.setRange(0, 1)

    def _failed(self, error: Exception) -> None:
        from ui.failures import sentence

        self._ended()
        self._say("" if self._is_stopped else sentence(error))
        if self._pages.currentIndex() != _COVER:
            self._turn_to(_PASSPHRASE)

    def _made(self, caseload: Caseload) -> None:
        self._ended()
        if self._is_stopped:
            _unmake(caseload)
            self._failed(InterruptedError())
        elif self._pages.currentIndex() == _COVER:
            caseload.close()  # nobody is to see what comes next; unlocking leads there
        else:
            self._passphrase.clear()
            self._desk.unlocked(caseload)
            self._desk.go(Where("recovery_sheet"))


def _unmake(caseload: Caseload) -> None:
    from spr_desktop.casework.recovery import unmake_vault

    unmake_vault(caseload)
