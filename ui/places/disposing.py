"""Disposing of families: what would go, why, the passphrase, and the certificate. What is gone cannot be had back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from spr_desktop.casework.backing_up import still_held
from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.disposing import PAST_RETENTION, REASONS, CaseToGo, Disposed, DryRun, dispose, try_out
from spr_desktop.casework.words import day_text
from spr_desktop.records.record import now
from ui.desk import Desk, Place
from ui.failures import sentence
from ui.fields import ChoiceField, LineField
from ui.form_texts import words_for
from ui.jobs import LongJob
from ui.parts import button, card, column, label, lead_to, row, scrolling
from ui.places.certificate import save_as
from ui.secret_boxes import reveal, secret_box
from ui.theme import AROUND, BETWEEN, GAP, measure
from ui.where import Where

JOB: Final = "disposal"
_WAIT: Final = "Families are being disposed of. Wait until that is done, or stop it after the family in hand."
_LISTED: Final = 50
"""Families that are described one by one; beyond them only their number is said."""


class Disposing(Place):
    """Each family goes whole or not at all; it can be stopped between two."""

    title = "Dispose of families"
    guidance = "keeping"

    def __init__(self, desk: Desk, case_refs: Sequence[str]) -> None:
        super().__init__()
        self._desk = desk
        self._refs = list(case_refs)
        self._job: LongJob | None = None
        self._came_to: list[Disposed] = []
        self._reason = ChoiceField("reason", "Why they are disposed of", list(REASONS.items()))
        self._reason.restore(PAST_RETENTION)
        self._what = label("")
        self._cases = label("")
        self._problem = label("", "error")
        self._number = LineField("count", "How many families go, as a figure", "Because so many at once may be a slip")
        self._passphrase = secret_box("Passphrase")
        self._passphrase.setMaximumWidth(measure())
        self._reveal = reveal(self._passphrase)
        self._dispose = button("Dispose of them for good", self._begin)
        self._how_far = label("", "label")
        self._stop = button("Stop after the family in hand", self._call_off)
        self._certificate = button("Save the certificate", self._save_certificate, "main")
        self._back = button("To keeping and disposal", lambda: desk.go(Where("keeping")))
        self._asked = self._asking()
        self._done = card(label("Disposed of", "heading"), self._how_far, row(self._stop, self._certificate))
        self._done.hide()
        self._build()
        self._reason.changed.connect(self._try_out)
        self._tried: DryRun | None = None
        self._try_out()

    def _build(self) -> None:
        content = column(label("Dispose of families", "title"), self._asked, self._done, row(self._back), gap=BETWEEN)
        inside = content.layout()
        assert inside is not None
        inside.setContentsMargins(AROUND, GAP, AROUND, BETWEEN)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolling(content))

    def _asking(self) -> QFrame:
        prompt = label("Passphrase", "label")
        prompt.setBuddy(self._passphrase)
        self._passphrase.returnPressed.connect(self._begin)
        return card(
            self._what,
            self._cases,
            label("Packs that were sent, exported files and printed paper stay where they are.", "quiet"),
            self._reason,
            self._problem,
            self._number,
            prompt,
            self._passphrase,
            self._reveal,
            row(self._dispose),
        )

    def focus_first(self) -> None:
        self._reason.first_widget().setFocus()

    # What would go

    def _try_out(self) -> None:
        try:
            self._tried = try_out(self._desk.caseload, self._refs, self._reason.value() or "", date.today())
        except Exception as error:  # noqa: BLE001 - what stands in the way is told, and nothing goes
            self._tried = None
            self._what.setText("This is what was put on the list.")
            self._cases.setText("\n".join(self._refs[:_LISTED]))
            self._say(sentence(error))
        else:
            self._what.setText(_in_words(self._tried))
            self._cases.setText("\n\n".join(_described(each) for each in self._tried.cases[:_LISTED]))
            self._say("")
        self._number.setVisible(self._tried is not None and self._tried.is_many)
        self._dispose.setEnabled(self._tried is not None)

    def _say(self, problem: str) -> None:
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))

    # The going

    def _begin(self) -> None:
        tried = self._tried
        if tried is None or self.stays:
            return
        is_right = not tried.is_many or self._number.value() == str(len(tried.cases))
        self._number.show_error("" if is_right else "That is not how many families go. Look at the list once more.")
        if not is_right:
            lead_to(self._number.first_widget(), self._number)
            return
        if not self._passphrase.text():
            self._refuse("Type your passphrase: what is gone cannot be had back.")
            return
        self._set_busy(True)
        caseload, passphrase = self._desk.caseload, self._passphrase.text()
        self._desk.jobs.start(self, lambda: caseload.prove_passphrase(passphrase), self._proven, self._failed)

    def _set_busy(self, is_busy: bool) -> None:
        self._dispose.setEnabled(not is_busy)
        self._dispose.setText("One moment" if is_busy else "Dispose of them for good")

    def _refuse(self, problem: str) -> None:
        self._set_busy(False)
        self._say(problem)
        self._passphrase.selectAll()
        lead_to(self._passphrase)

    def _failed(self, error: Exception) -> None:
        self._refuse(sentence(error))

    def _proven(self, is_right: bool) -> None:
        if not is_right:
            self._refuse("That is not the passphrase. Check Caps Lock and try again.")
            return
        self._passphrase.clear()
        self.stays = _WAIT
        self._desk.forget_ways_back()
        caseload, refs, reason = self._desk.caseload, self._refs, self._reason.value() or ""

        def work(progress: Callable[[int, int], None], is_cancelled: Callable[[], bool]) -> None:
            with caseload.vault.for_background() as vault:
                found = dispose(
                    Caseload(vault),
                    refs,
                    reason,
                    now(),
                    confirmed=len(refs),
                    progress=progress,
                    is_cancelled=is_cancelled,
                )
                self._came_to.append(found)

        self._asked.hide()
        self._back.hide()
        self._certificate.hide()
        self._done.show()
        self._how_far.setText("Beginning")
        self._job = self._desk.jobs.start_long(JOB, work)
        self._job.told.connect(self._say_how_far)
        self._job.ended.connect(self._end)
        self._stop.setFocus()

    def _say_how_far(self) -> None:
        if self._job and self._job.done < self._job.of:
            self._how_far.setText(f"{self._job.done:,} of {self._job.of:,} are gone")
        else:
            self._how_far.setText("Making a backup without them, and removing those that hold them")
            self._stop.setEnabled(False)

    def _call_off(self) -> None:
        if self._job:
            self._job.cancel()
            self._how_far.setText("Stopping after the family in hand")

    def _end(self) -> None:
        self.stays = ""
        self._desk.forget_ways_back()
        self._desk.backing_up.changed.emit()
        self._stop.hide()
        self._back.show()
        error = self._job.error if self._job else None
        if error or not self._came_to:
            self._how_far.setText(f"It was not finished. What is gone stands in the certificates. {_said(error)}")
            self._back.setFocus()
            return
        done = self._came_to[0]
        self._how_far.setText(_done_in_words(done, [each.words for each in still_held(self._desk.caseload.vault)]))
        self._certificate.setVisible(done.certificate is not None)
        first: QWidget = self._certificate if done.certificate else self._back
        first.setFocus()

    def _save_certificate(self) -> None:
        if self._came_to and self._came_to[0].certificate:
            save_as(self, self._desk, self._came_to[0].certificate, now())


def _in_words(tried: DryRun) -> str:
    many = _many(len(tried.cases), "family", "families")
    records = _many(sum(each.record_count for each in tried.cases), "record", "records")
    backups = _many(tried.backups, "backup", "backups")
    more = "" if len(tried.cases) <= _LISTED else f" The first {_LISTED} are described."
    hold = "hold" if tried.backups != 1 else "holds"
    there = f"{backups} that {hold} them would be removed, after a new one was made." if tried.backups else ""
    return f"{many} of {tried.of_cases:,} would go for good, with {records}. {there}{more}".rstrip()


def _described(each: CaseToGo) -> str:
    kinds = ", ".join(f"{words_for(kind).lower()}: {count}" for kind, count in each.records.items())
    told = f" Documents went to {', '.join(each.recipients)}: ask whether they are to know." if each.recipients else ""
    records = _many(each.record_count, "record", "records")
    return f"{each.case_ref}: {records}, the last of {day_text(each.last_on)} ({kinds}).{told}"


def _done_in_words(done: Disposed, held: Sequence[str]) -> str:
    gone = _many(len(done.disposals), "family is gone", "families are gone")
    stopped = " You stopped it there." if done.is_called_off else ""
    if not done.disposals:
        return f"Nothing was disposed of.{stopped}"
    backup = (
        "A backup was made without them, and those that held them were removed."
        if done.is_backed_up
        else "No backup could be made, so the old ones stay until one is made."
    )
    return " ".join([f"{gone}.{stopped} {backup}", *held])


def _said(error: Exception | None) -> str:
    return sentence(error) if error else ""


def _many(count: int, one: str, more: str) -> str:
    return f"{count} {one}" if count == 1 else f"{count:,} {more}"
