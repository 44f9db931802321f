"""The frame around every place: Hide and Lock first, the message bar, the way back; and locking, which never asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from spr_desktop.casework.home import default_vault_folder, holds_vault
from ui.desk import Place
from ui.jobs import Jobs
from ui.message_bar import MessageBar
from ui.parts import button, row
from ui.places.unlock import Unlock
from ui.theme import AROUND, BETWEEN, GAP

if TYPE_CHECKING:
    from spr_desktop.casework.caseload import Caseload

IDLE_SECONDS: Final = 300
WARNING_SECONDS: Final = 60
DRAFT_MILLISECONDS: Final = 1_500
"""What is typed is in the vault within two seconds."""

_ACTIVITY: Final = frozenset({QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel})

MakePlace = Callable[[], Place]


class Window(QMainWindow):
    """The one window. Its title never holds a name."""

    def __init__(self, folder: Path | None = None, passphrase: str = "") -> None:
        super().__init__()
        self.setWindowTitle("SPR Desktop")
        self.resize(1200, 720)
        self.jobs = Jobs(self)
        self._caseload: Caseload | None = None
        self._folder = folder or default_vault_folder()
        self._ways_back: list[MakePlace] = []
        self._here: MakePlace | None = None
        self._build()
        self._add_shortcuts()
        self._idle = self._timer(1_000, self._count_idle)
        self._idle_seconds = 0
        self._drafts = self._timer(DRAFT_MILLISECONDS, self._keep_draft)
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]
        if holds_vault(self._folder):
            self._show(lambda: Unlock(self, self._folder, passphrase=passphrase))
        else:
            self.show_create(self._folder)

    def _timer(self, milliseconds: int, do: Callable[[], None]) -> QTimer:
        made = QTimer(self)
        made.setInterval(milliseconds)
        made.timeout.connect(do)
        return made

    # The frame

    def _build(self) -> None:
        self._hide_button = button("Hide  F9", self.hide_and_lock, name="Hide everything and lock")
        self._lock_button = button("Lock  Ctrl+L", self.lock_now, name="Lock the vault")
        self._back_button = button("Back", self.back, name="Back to the place before")
        self._families_button = button("Families", self.show_families)
        bar = row(self._hide_button, self._lock_button, self._back_button, self._families_button)
        bar.layout().setContentsMargins(AROUND, GAP, AROUND, GAP)  # type: ignore[union-attr]
        self.messages = MessageBar()
        self._stack = QStackedWidget()
        frame = QWidget()
        layout = QVBoxLayout(frame)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(bar)
        holder = QWidget()
        around = QVBoxLayout(holder)
        around.setContentsMargins(AROUND, 0, AROUND, GAP)
        around.addWidget(self.messages)
        layout.addWidget(holder)
        layout.addWidget(self._stack, 1)
        self.setCentralWidget(frame)
        self._status = QLabel()
        self._status.setContentsMargins(BETWEEN, 0, 0, 0)
        self.statusBar().addWidget(self._status)
        self.statusBar().setSizeGripEnabled(False)
        self._show_bar()

    def _show_bar(self) -> None:
        is_open = self._caseload is not None
        for each in (self._hide_button, self._lock_button, self._families_button):
            each.setVisible(is_open)
        self._back_button.setVisible(is_open and bool(self._ways_back))

    def _add_shortcuts(self) -> None:
        for keys, do in SHORTCUTS.items():
            action = QAction(self)
            action.setShortcut(QKeySequence(keys))
            action.triggered.connect(getattr(self, do))
            self.addAction(action)

    # Going from place to place

    @property
    def caseload(self) -> Caseload:
        """The open vault."""
        if self._caseload is None:
            raise RuntimeError("the vault is locked")
        return self._caseload

    @property
    def place(self) -> Place:
        """Where the window is."""
        shown = self._stack.currentWidget()
        assert isinstance(shown, Place)
        return shown

    def _show(self, make: MakePlace) -> None:
        """Make a place and go there; the place before is kept safe and thrown away."""
        self._leave()
        self._here = make
        place = make()
        self._stack.addWidget(place)
        self._stack.setCurrentWidget(place)
        self._show_bar()
        QTimer.singleShot(0, place, place.focus_first)

    def _leave(self) -> None:
        self._keep_draft()
        while old := self._stack.currentWidget():
            self.jobs.forget(old)
            self._stack.removeWidget(old)
            old.deleteLater()

    def _go(self, make: MakePlace) -> None:
        if self._here is not None:
            self._ways_back.append(self._here)
        self.messages.clear()
        self._show(make)

    def back(self) -> None:
        """Go back to the place before, made afresh; what was typed here is kept as a draft."""
        if self._caseload is not None and self._ways_back:
            self._show(self._ways_back.pop())

    def say(self, message: str) -> None:
        """Show a sentence in the message bar."""
        self.messages.say(message)

    def show_unlock(self, folder: Path | None = None) -> None:
        """Go to the unlock page."""
        self._folder = folder or self._folder
        self._show(lambda: Unlock(self, self._folder))

    def show_create(self, folder: Path) -> None:
        """Go to the page that makes a vault."""
        from ui.places.create import Create

        self._show(lambda: Create(self, folder))

    def unlocked(self, caseload: Caseload) -> None:
        """A vault was opened: go to the caseload."""
        self._caseload = caseload
        self._ways_back.clear()
        self._here = None
        self._idle_seconds = 0
        self._idle.start()
        self._drafts.start()
        self._status.setText(f"Vault: {self._folder.name}")
        self.show_families()

    def show_families(self) -> None:
        """Go to the caseload."""
        if self._caseload is None:
            return
        from ui.places.families import Families

        self._ways_back.clear()
        self._here = None
        self._go(lambda: Families(self))

    def show_family(self, case_ref: str) -> None:
        """Go to one family."""
        from ui.places.family import Family

        self._go(lambda: Family(self, case_ref))

    def show_form(
        self, case_ref: str, kind: str, given: Mapping[str, Any], starting: Mapping[str, Any] | None = None
    ) -> None:
        """Go to the form for one record."""
        from ui.places.record_form import RecordForm

        self._go(lambda: RecordForm(self, case_ref, kind, given, starting))

    def show_conversation(self, case_ref: str, person_id: str) -> None:
        """Go to the safety conversation with one parent."""
        from ui.places.conversation import Conversation

        self._go(lambda: Conversation(self, case_ref, person_id))

    def show_pack(self, case_ref: str) -> None:
        """Go to the referral pack of a family."""
        from ui.places.pack import Pack

        self._go(lambda: Pack(self, case_ref))

    def new_family(self) -> None:
        """Open a case for a family that is new, from wherever one is, and go there."""
        if self._caseload is None:
            return
        case_ref = self._caseload.open_case(date.today())
        self.show_family(case_ref)
        self.say(f"Case {case_ref} is open. Record the people first.")

    def go_to_search(self) -> None:
        """Go to the search box."""
        self.show_families()

    # Locking

    def lock(self, why: str) -> None:
        """Keep drafts, close every window that is open on top, forget everything, and drop the key. Never asks."""
        if self._caseload is None:
            return
        self._close_everything_on_top()
        self._leave()
        caseload, self._caseload = self._caseload, None
        self._idle.stop()
        self._drafts.stop()
        self._ways_back.clear()
        self._here = None
        self.messages.clear()
        self._status.clear()
        caseload.close()
        self._show(lambda: Unlock(self, self._folder, why=why))

    def lock_now(self) -> None:
        """Lock because somebody asked for it."""
        self.lock("You locked it.")

    def hide_and_lock(self) -> None:
        """Show a screen that says nothing, and lock."""
        self.lock("")

    def _close_everything_on_top(self) -> None:
        for each in QApplication.topLevelWidgets():
            if each is not self and each.isVisible():
                each.close()

    def _keep_draft(self) -> None:
        if self._caseload is not None and self._stack.count():
            self.place.keep_draft()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Every key and click starts the idle time afresh."""
        if event.type() in _ACTIVITY:
            self._idle_seconds = 0
        return super().eventFilter(watched, event)

    def _count_idle(self) -> None:
        self._idle_seconds += 1
        left = IDLE_SECONDS - self._idle_seconds
        if left <= 0:
            self.lock("It locked itself after 5 minutes without a key or a click. What you typed is kept.")
        elif left == WARNING_SECONDS:
            self.say("The vault locks in a minute. Press any key to go on.")

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing the window locks the vault."""
        self._idle.stop()
        self.lock("")
        self.jobs.stop()
        QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]
        super().closeEvent(event)


SHORTCUTS: Final[dict[str, str]] = {
    "F9": "hide_and_lock",
    "Ctrl+L": "lock_now",
    "Alt+Left": "back",
    "Ctrl+K": "go_to_search",
    "Ctrl+N": "new_family",
}
"""Every shortcut and what it does; one table."""
