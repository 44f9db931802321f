"""Unlock: the passphrase, why it is locked, and the way to the recovery sheet. Nothing else."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from spr_desktop.casework.home import holds_vault, may_open_to_organisation
from ui.desk import Desk, Place
from ui.parts import button, card, column, label, row, scrolling
from ui.places.unlock_delay import wrong_tries
from ui.secret_boxes import caps_lock_hint, reveal
from ui.secret_boxes import secret_box as secret_box
from ui.theme import AROUND, BETWEEN
from ui.wrapping import wrapping

if TYPE_CHECKING:
    from spr_desktop.casework.caseload import Caseload
    from spr_desktop.casework.older_copy import OlderCopy
    from ui.places.unlock_older import OlderCopyPage
    from ui.places.unlock_recovery import Recovering

_DAMAGED: Final = (
    "This vault is damaged. Nothing was changed, and an empty one is never put in its place. A backup gives back "
    "everything up to its day. What was recorded since can often still be read."
)
_LOOK_AGAIN: Final = 250
"""Milliseconds between two looks at the time that is left."""


def centred(content: QWidget) -> QVBoxLayout:
    """A narrow column in the middle of the window; it scrolls where there is little room."""
    content.setMaximumWidth(560)
    inside = QWidget()
    across = QHBoxLayout()
    across.addStretch(1)
    across.addWidget(content, 6)
    across.addStretch(1)
    down = QVBoxLayout(inside)
    down.setContentsMargins(AROUND, AROUND, AROUND, AROUND)
    down.addStretch(1)
    down.addLayout(across)
    down.addStretch(1)
    outside = QVBoxLayout()
    outside.setContentsMargins(0, 0, 0, 0)
    outside.addWidget(scrolling(inside))
    return outside


class Unlock(Place):
    """The first thing that is seen, and all that is seen while the vault is locked."""

    title = "Unlock"

    def __init__(self, desk: Desk, folder: Path, *, why: str = "", passphrase: str = "") -> None:
        super().__init__()
        self._desk = desk
        self._folder = folder
        self._tries = wrong_tries(folder)
        self._is_busy = self._is_stopped = self._is_wanted = False
        self._recovering: Recovering | OlderCopyPage | None = None
        """What stands in the place of the passphrase: the way by the recovery sheet, or that the copy is older."""
        self._pages = QStackedWidget()
        self._passphrase = secret_box("Passphrase")
        self._passphrase.setText(passphrase)
        self._passphrase.returnPressed.connect(self._start)
        self._passphrase.textEdited.connect(self._not_yet)
        self._reveal = reveal(self._passphrase)
        self._error = label("", "error")
        self._error.hide()
        self._damaged = wrapping(
            button("Restore the newest backup", self._restore),
            button("Save what can be read", lambda: desk.show_salvage(folder)),
        )
        self._damaged.hide()
        self._wait = label("", "quiet")
        self._wait.hide()
        self._open = button("Open", self._start, "main")
        self._cancel = button("Cancel", self._stop, name="Cancel opening")
        self._cancel.hide()
        self._clock = QTimer(self, interval=_LOOK_AGAIN)
        self._clock.timeout.connect(self._count_down)
        self._organisation = label("", "quiet")
        self._organisation.hide()
        if may_open_to_organisation(folder):
            QTimer.singleShot(0, self, self._say_who_else_opens_it)
        self._build(why)
        if self._tries.seconds_left():
            self._clock.start()
            self._count_down()

    def _build(self, why: str) -> None:
        prompt = label("Passphrase", "label")
        prompt.setBuddy(self._passphrase)
        parts: list[QWidget] = [label("SPR Desktop", "title"), label(f"Vault: {self._folder.name}", "quiet")]
        parts += [label(why)] if why else []
        parts += [
            self._error,
            self._damaged,
            prompt,
            self._passphrase,
            caps_lock_hint(self._passphrase),
            self._reveal,
            row(self._open, self._cancel),
            self._wait,
            self._organisation,
        ]
        others = wrapping(
            button("I have my recovery sheet", self._recover, "link"),
            button("Another vault", self._choose_folder, "link"),
            button("Make a new vault", self._make_new, "link"),
            button("Restore a backup", self._restore, "link"),
        )
        page = QWidget()
        page.setLayout(centred(column(card(*parts), others, gap=BETWEEN)))
        self._pages.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pages)

    def focus_first(self) -> None:
        if self._recovering:
            self._recovering.focus_first()
        else:
            self._passphrase.setFocus()

    def cover(self) -> None:
        """Forget what was typed, and open nothing of what is being opened."""
        if self._recovering:
            self._desk.jobs.forget(self)
        elif self._is_busy:
            self._stop()
        self._give_up_recovering()
        self._reveal.setChecked(False)
        self._passphrase.clear()
        self._is_wanted = False

    def _say_who_else_opens_it(self) -> None:
        """Once the page is there: reading a certificate loads more than the page does."""
        from spr_desktop.casework.organisation_key import organisation_that_opens

        subject = organisation_that_opens(self._folder)
        if subject is not None:
            self._organisation.setText(f"Your organisation can open this vault{': ' if subject else '.'}{subject}")
            self._organisation.show()

    # Other ways

    def _recover(self) -> None:
        from ui.places.unlock_recovery import Recovering

        self._passphrase.clear()
        self._is_wanted = False
        self._turn_to(Recovering(self, self._desk, self._folder, self._give_up_recovering))

    def _turn_to(self, page: Recovering | OlderCopyPage) -> None:
        self._recovering = page
        self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)
        page.focus_first()

    def _give_up_recovering(self) -> None:
        if self._recovering:
            self._pages.removeWidget(self._recovering)
            self._recovering.deleteLater()
            self._recovering = None
            self._passphrase.setFocus()

    def _choose_folder(self) -> None:
        from ui.file_choice import choose_folder

        chosen = choose_folder(self, "Choose the folder of a vault")
        if chosen and holds_vault(chosen):
            self._desk.show_unlock(chosen)
        elif chosen:
            self._say("There is no vault in that folder. Choose the folder that holds vault.keys.")

    def _restore(self) -> None:
        self._desk.show_restore([self._folder])

    def _make_new(self) -> None:
        self._desk.show_create(free_folder(self._folder))

    # Opening

    def _say(self, error: str) -> None:
        self._error.setText(error)
        self._error.setVisible(bool(error))

    def _not_yet(self) -> None:
        """Somebody types on, and has not pressed Enter for this."""
        self._is_wanted = False

    def _start(self) -> None:
        if self._is_busy and not self._is_stopped:
            return
        if not self._passphrase.text():
            self._say("Type the passphrase.")
            return
        if self._is_busy or self._tries.seconds_left():
            self._is_wanted = True  # as soon as it may
            self._count_down()
            return
        folder, passphrase = self._folder, self._passphrase.text()
        self._is_wanted = self._is_stopped = False
        self._say("")
        self._damaged.hide()
        self._set_busy(True)

        def work() -> Caseload:
            from spr_desktop.casework.caseload import Caseload

            return Caseload.open(folder, passphrase)

        self._desk.jobs.start(self, work, self._opened, self._failed, lambda caseload: caseload.close())

    def _set_busy(self, busy: bool) -> None:
        self._is_busy = busy
        self._open.setEnabled(not busy)
        self._open.setText("Opening, this takes a second" if busy else "Open")
        self._cancel.setVisible(busy)
        self._cancel.setEnabled(busy)
        self._passphrase.setReadOnly(busy)

    def _stop(self) -> None:
        """Stretching a passphrase cannot be broken off; what it opens is closed again unseen."""
        self._is_stopped = True
        self._open.setText("Stopping")
        self._passphrase.setReadOnly(False)
        self._passphrase.setFocus()
        self._cancel.setEnabled(False)

    def _opened(self, caseload: Caseload) -> None:
        self._tries.forget()
        if self._is_stopped:
            caseload.close()
            self._set_busy(False)
            self._start_if_wanted()
            return
        from ui.places.first_run_recovery import lead_to_sheet

        self._desk.unlocked(caseload)
        lead_to_sheet(self._desk)

    def _failed(self, error: Exception) -> None:
        from spr_desktop.casework.failures import Family, family_of
        from spr_desktop.casework.older_copy import OlderCopy
        from ui.failures import sentence

        self._set_busy(False)
        if isinstance(error, OlderCopy) and not self._is_stopped:
            self._tries.forget()  # the passphrase was right
            self._ask_about(error)
            return
        if family_of(error)[0] is Family.WRONG_SECRET:
            self._tries.add()
            self._clock.start()
        if not self._is_stopped:
            is_damaged = family_of(error)[0] is Family.DAMAGED
            self._say(_DAMAGED if is_damaged else sentence(error))
            self._damaged.setVisible(is_damaged)
            self._passphrase.selectAll()
            self._passphrase.setFocus()
        self._count_down()

    def _ask_about(self, older: OlderCopy) -> None:
        from ui.places.unlock_older import OlderCopyPage

        page = OlderCopyPage(self, self._desk, self._folder, older, self._passphrase.text())
        page.opened.connect(self._opened)
        page.given_up.connect(self._give_up_recovering)
        page.another.connect(self._choose_folder)
        self._turn_to(page)

    # Waiting after a wrong passphrase

    def _count_down(self) -> None:
        seconds = math.ceil(self._tries.seconds_left())
        if not seconds:
            self._clock.stop()
            self._wait.hide()
            self._start_if_wanted()
            return
        in_so_many = f"in {seconds} seconds." if seconds > 1 else "in a second."
        self._wait.setText(f"It opens {in_so_many}" if self._is_wanted else f"You can try again {in_so_many}")
        self._wait.show()

    def _start_if_wanted(self) -> None:
        if self._is_wanted and not self._is_busy:
            self._start()


def free_folder(beside: Path) -> Path:
    """A folder for another vault beside one, with a name that is not taken."""
    if not beside.exists():
        return beside
    numbers = range(2, 1_000)
    return next(each for number in numbers if not (each := beside.with_name(f"vault-{number}")).exists())
