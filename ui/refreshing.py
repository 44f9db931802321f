"""Bringing families up to today while somebody works: what is on screen at once, the rest quietly, in one job."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QWidget

from spr_desktop.casework.refreshing import refresh_all
from ui.desk import Desk
from ui.failures import sentence
from ui.parts import button, label
from ui.theme import GAP

JOB: Final = "refresh"


class Refreshing(QWidget):
    """A quiet line that says how far it is; hidden while everything is up to date."""

    def __init__(self, desk: Desk, on_screen: Callable[[], Iterable[str]], show_again: Callable[[], None]) -> None:
        """``on_screen`` gives the references of the families that are seen; ``show_again`` reads what is shown."""
        super().__init__()
        self._desk = desk
        self._on_screen = on_screen
        self._show_again = show_again
        self._text = label("", "quiet")
        self._text.setWordWrap(False)
        self._later = button("Later", self._put_off, "link", name="Bring the families up to today later")
        self._now = button("Do it now", self._start, "link", name="Bring the families up to today now")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        for each in (self._text, self._later, self._now):
            layout.addWidget(each)
        layout.addStretch(1)
        self.hide()

    def begin(self) -> None:
        """Bring what is on screen up to today, then the rest in a job, unless somebody has put that off."""
        if not self.window().isVisible():
            return  # the place was thrown away, and perhaps the vault locked, before it came to this
        caseload, today = self._desk.caseload, date.today()
        if not caseload.stale_count(today):
            return
        caseload.refresh(today, only=list(self._on_screen()))
        self._show_again()
        waiting = caseload.stale_count(today)
        job = self._desk.jobs.long_job(JOB)
        if waiting and job and job.has_ended and job.is_cancelled():
            self._say_waiting(waiting)
        elif waiting:
            self._start()

    def _start(self) -> None:
        caseload, today = self._desk.caseload, date.today()

        def work(progress: Callable[[int, int], None], is_cancelled: Callable[[], bool]) -> None:
            with caseload.vault.for_background() as background:
                refresh_all(background, today, progress, is_cancelled)

        self._job = self._desk.jobs.start_long(JOB, work)
        self._job.told.connect(self._say_how_far)
        self._job.ended.connect(self._end)
        self._now.hide()
        self._later.show()
        self._say_how_far()
        self.show()

    def _say_how_far(self) -> None:
        if self._job.of:
            percent = self._job.done * 100 // self._job.of
            self._text.setText(f"Bringing {self._job.of:,} families up to today: {percent} %")
        else:
            self._text.setText("Bringing families up to today")

    def _put_off(self) -> None:
        self._job.cancel()
        self._later.hide()
        self._text.setText("Leaving it for later")

    def _end(self) -> None:
        waiting = self._desk.caseload.stale_count(date.today())
        if self._job.error:
            self._text.setText("Some families are not up to today.")
            self._desk.say(sentence(self._job.error))
            self._later.hide()
            self._now.show()
        elif waiting:
            self._say_waiting(waiting)
        else:
            self.hide()
        self._show_again()

    def _say_waiting(self, waiting: int) -> None:
        few = "One family is" if waiting == 1 else f"{waiting:,} families are"
        self._text.setText(f"{few} shown as on an earlier day.")
        self._later.hide()
        self._now.show()
        self.show()
