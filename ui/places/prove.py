"""Prove it is encrypted: everything that can be checked in the vault, line by line, and as a page to print."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from ui.desk import Desk, Place
from ui.failures import sentence
from ui.file_choice import choose_where_to_save
from ui.parts import OutcomeShape, button, card, column, label, row, scrolling
from ui.theme import AROUND, BETWEEN, GAP
from ui.where import Where
from ui.wrapping import wrapping

if TYPE_CHECKING:
    from spr_desktop.casework.checking_vault import Check, Finding, Proof
    from ui.jobs import LongJob

JOB: Final = "prove"
_FILE: Final = "check-of-the-vault.pdf"


class Prove(Place):
    """Begins at once; it can be called off, and begun again."""

    title = "Prove it is encrypted"
    guidance = "vault"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._proof: Proof | None = None
        self._job: LongJob | None = None
        self._shown = 0
        self._now: Check | None = None
        self._verdict = label("", "heading")
        self._state = label("", "quiet")
        self._progress = QProgressBar()
        self._progress.setAccessibleName("How much is checked")
        self._progress.setTextVisible(False)
        self._again = button("Check again", self._start)
        self._cancel = button("Cancel", self._call_off, name="Cancel the check")
        self._save = button("Save this page as PDF", self._save_page, "main")
        self._activity = button("Activity", lambda: desk.go(Where("activity")), name="To the activity")
        self._lines = QVBoxLayout()
        self._facts = label("", "quiet")
        self._build()
        self._start()

    def _build(self) -> None:
        from spr_desktop.casework.proof import LIMITS, NO_CERTIFICATE

        found = QFrame()
        found.setProperty("role", "card")
        found.setLayout(self._lines)
        self._lines.setContentsMargins(BETWEEN, BETWEEN, BETWEEN, BETWEEN)
        self._lines.setSpacing(GAP + 2)
        content = column(
            label(self.title, "title"),
            label(
                "Every part of the vault is read and checked: nothing is changed. The page names nobody, and can be "
                "given to whoever answers for data in your organisation."
            ),
            self._verdict,
            self._state,
            self._progress,
            wrapping(self._save, self._again, self._cancel, self._activity),
            found,
            self._facts,
            card(label("What this does not show", "heading"), *(label(f"•  {each}") for each in LIMITS)),
            label(NO_CERTIFICATE, "quiet"),
            gap=BETWEEN,
        )
        inside = content.layout()
        assert inside is not None
        inside.setContentsMargins(AROUND, GAP, AROUND, BETWEEN)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolling(content))

    def focus_first(self) -> None:
        (self._cancel if self._is_running else self._save).setFocus()

    @property
    def _is_running(self) -> bool:
        return self._job is not None and not self._job.has_ended

    # The check

    def _start(self) -> None:
        from spr_desktop.casework.checking_vault import Check, Proof, check_vault
        from spr_desktop.casework.proof import TITLES
        from ui.parts import empty

        running = self._desk.jobs.long_job(JOB)
        if running and not running.has_ended:
            running.cancel()  # of a visit before this one
            running.ended.connect(self._start)
            self._state.setText("The check before this one is ending.")
            return
        empty(self._lines)
        self._shown = 0
        self._verdict.hide()
        self._facts.hide()
        vault, proof, order = self._desk.caseload.vault, Proof(datetime.now(UTC)), list(Check)
        self._proof = proof

        def work(tell: Callable[[int, int], None], is_cancelled: Callable[[], bool]) -> None:
            with vault.for_background() as apart:
                for _ in check_vault(apart, lambda check: tell(order.index(check), len(order)), proof, is_cancelled):
                    pass

        self._job = self._desk.jobs.start_long(JOB, work)
        self._job.told.connect(self._show)
        self._job.ended.connect(self._end)
        self._show_running(True)
        self._state.setText(f"Checking: {TITLES[order[0]].lower()}")

    def _call_off(self) -> None:
        if self._job:
            self._job.cancel()
            self._state.setText("Stopping after the part in hand.")
            self._cancel.setEnabled(False)

    def _show(self) -> None:
        from spr_desktop.casework.proof import TITLES

        if self._job is None or self._proof is None:
            return
        for each in self._proof.findings[self._shown :]:
            self._lines.addWidget(_line(each))
            self._shown += 1
        self._progress.setRange(0, max(self._job.of, 1))
        self._progress.setValue(self._job.done)
        if self._is_running and not self._job.is_cancelled():
            part = list(TITLES.values())[self._job.done]
            self._state.setText(f"Checking: {part.lower()}")

    def _end(self) -> None:
        from spr_desktop.casework.proof import facts, verdict

        if self._job is None or self._proof is None:
            return
        self._show()
        is_done = self._job.error is None
        self._show_running(False, has_result=is_done)
        if is_done:
            self._state.hide()
            self._verdict.setText(verdict(self._proof))
            self._verdict.show()
            self._facts.setText("\n".join(f"{name}: {value}" for name, value in facts(self._proof)))
            self._facts.show()
            self._save.setFocus()
        elif isinstance(self._job.error, InterruptedError):
            self._state.setText("The check was called off, so it shows nothing. Nothing was changed.")
            self._again.setFocus()
        else:
            self._state.setText(sentence(self._job.error) if self._job.error else "")
            self._again.setFocus()

    def _show_running(self, is_running: bool, *, has_result: bool = False) -> None:
        self._cancel.setVisible(is_running)
        self._cancel.setEnabled(is_running)
        self._progress.setVisible(is_running)
        self._state.setVisible(True)
        self._again.setVisible(not is_running)
        self._save.setVisible(has_result)

    # The page

    def _save_page(self) -> None:
        from spr_desktop.casework.proof import save_proof

        path = choose_where_to_save(self, _FILE)
        if path is None or self._proof is None:
            return
        try:
            save_proof(self._desk.caseload.vault, self._proof, path)
        except Exception as error:  # noqa: BLE001 - what stood in the way is told, and the page can be saved elsewhere
            self._desk.say(sentence(error))
        else:
            self._desk.say("Saved. The page holds counts only, and names nobody.")


def _line(finding: Finding) -> QWidget:
    """A finding as a shape, a word and a sentence."""
    from spr_desktop.casework.proof import TITLES, said, word

    made = QWidget()
    across = QHBoxLayout(made)
    across.setContentsMargins(0, 0, 0, 0)
    across.setSpacing(GAP)
    shape = OutcomeShape("stop" if not finding.is_whole else "pass" if finding.is_checked else "not_yet")
    across.addWidget(column(shape))
    texts = column(label(f"{TITLES[finding.check]}: {word(finding).lower()}", "label"), label(said(finding)), gap=2)
    across.addWidget(texts, 1)
    return made


def prove_buttons(desk: Desk) -> QWidget:
    """The ways to this page and to the activity, as the settings offer them."""
    return row(
        button("Prove it is encrypted", lambda: desk.go(Where("prove"))),
        button("Activity", lambda: desk.go(Where("activity")), name="To the activity"),
    )
