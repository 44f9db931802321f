"""Backups while one works: made in the background when one is due, never in the way, and said in the status line."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from ui.jobs import Jobs, LongJob

if TYPE_CHECKING:
    from spr_desktop.casework.backing_up import BackedUp
    from spr_desktop.casework.caseload import Caseload

JOB: Final = "backup"
_LOOK_MILLISECONDS: Final = 600_000
"""How often it is looked whether one is due: a day may begin while the window is open."""


class BackingUp(QObject):
    """One for a window; it works on one's own vault, and never on the one to practise in."""

    changed = Signal()
    """A backup has begun or ended."""

    def __init__(self, jobs: Jobs, say: Callable[[str], None], parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._say = say
        self._caseload: Caseload | None = None
        self._job: LongJob | None = None
        self._came_to: list[BackedUp] = []
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MILLISECONDS)
        self._timer.timeout.connect(self.begin_if_due)

    def attend(self, caseload: Caseload) -> None:
        """See to the backups of an open vault."""
        self._caseload = caseload
        self._timer.start()
        QTimer.singleShot(0, self, self.begin_if_due)

    def leave(self) -> None:
        """The vault is about to be closed."""
        self._timer.stop()
        self._caseload = None
        self._job = None

    @property
    def is_running(self) -> bool:
        """Whether one is being made."""
        return self._job is not None and not self._job.has_ended

    @Slot()
    def begin_if_due(self) -> None:
        """Make one if there is none from today and something was recorded since."""
        from spr_desktop.casework.backing_up import is_backup_due

        with suppress(Exception):  # the place has gone; whoever types is told, and it is looked again
            if self._caseload is not None and is_backup_due(self._caseload, datetime.now(UTC)):
                self.begin()

    def begin(self) -> None:
        """Make one now, in the background."""
        from spr_desktop.casework.backing_up import back_up

        caseload = self._caseload
        if caseload is None or self.is_running:
            return
        self._came_to = []

        def work(_tell: Callable[[int, int], None], _is_cancelled: Callable[[], bool]) -> None:
            with caseload.vault.for_background() as vault:
                self._came_to.append(back_up(vault, datetime.now(UTC)))

        self._job = self._jobs.start_long(JOB, work)
        self._job.ended.connect(self._end)
        self.changed.emit()

    @Slot()
    def _end(self) -> None:
        from spr_desktop.casework.backing_up import SecondPlace
        from ui.failures import sentence

        if self._caseload is None or self._job is None:
            return
        if self._job.error is not None:
            self._say(f"No backup was made. {sentence(self._job.error)}")
        elif self._came_to and self._came_to[0].fault is not None:
            why = sentence(self._came_to[0].fault)
            self._say(f"A backup was made in the second place, but none beside the vault. {why}")
        elif self._came_to and self._came_to[0].second_place is SecondPlace.MISSING:
            self._say("A backup was made here. The second place is not there now: plug it in, and make another one.")
        elif self._came_to and self._came_to[0].second_place is SecondPlace.FAILED:
            self._say("A backup was made here, but not in the second place: it is full or broken.")
        self.changed.emit()

    def make_before_closing(self) -> None:
        """Make one where something was recorded since the last; what stands in the way keeps nothing from closing."""
        from spr_desktop.casework.backing_up import back_up, is_changed_since_backup

        if self._caseload is None:
            return
        try:
            if is_changed_since_backup(self._caseload):
                back_up(self._caseload.vault, datetime.now(UTC))
        except Exception:  # noqa: BLE001 - the next opening says that the last backup is old
            return

    def in_words(self) -> str:
        """For the status line: when the last backup was made that was read again and found whole."""
        from spr_desktop.casework.backing_up import last_verified_backup
        from spr_desktop.casework.words import short_day

        if self._caseload is None:
            return ""
        if self.is_running:
            return "Making a backup"
        last = last_verified_backup(self._caseload)
        if last is None:
            return "No backup yet"
        here = last.astimezone()
        return f"Last verified backup: {short_day(here.date())}, {here:%H:%M}"
