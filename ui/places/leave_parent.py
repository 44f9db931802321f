"""Leaving one parent's page: the passphrase, so that nobody at the table turns to anything else."""

from __future__ import annotations

from typing import Any

from spr_desktop.casework.conversation import draft_name
from spr_desktop.casework.drafts import draft
from ui.desk import Desk, Place
from ui.failures import sentence
from ui.parts import button, card, column, label, row
from ui.places.unlock import centred
from ui.secret_boxes import caps_lock_hint, reveal, secret_box
from ui.theme import BETWEEN
from ui.where import Where


class LeaveParent(Place):
    """A right passphrase leads to the family, or to signing off a conversation that was begun."""

    title = "Leave this page"

    def __init__(self, desk: Desk, case_ref: str, person_id: str) -> None:
        super().__init__()
        self._desk = desk
        self._case_ref = case_ref
        self._person_id = person_id
        self._passphrase = secret_box("Passphrase")
        self._passphrase.returnPressed.connect(self._prove)
        self._error = label("", "error")
        self._error.hide()
        self._go = button("Leave this page", self._prove, "main")
        prompt = label("Passphrase", "label")
        prompt.setBuddy(self._passphrase)
        content = card(
            label("Leave this page", "title"),
            label("Type your passphrase, then everything is shown again. What was typed here is kept."),
            self._error,
            prompt,
            self._passphrase,
            caps_lock_hint(self._passphrase),
            reveal(self._passphrase),
            row(self._go, button("Stay on this page", desk.back)),
        )
        self.setLayout(centred(column(content, gap=BETWEEN)))

    def focus_first(self) -> None:
        self._passphrase.setFocus()

    def _prove(self) -> None:
        caseload, passphrase = self._desk.caseload, self._passphrase.text()
        self._go.setEnabled(False)
        self._go.setText("One moment")
        self._desk.jobs.start(self, lambda: caseload.prove_passphrase(passphrase), self._proven, self._failed)

    def _proven(self, is_right: bool) -> None:
        if not is_right:
            self._say("That is not the passphrase. Check Caps Lock and try again.")
            return
        typed: dict[str, Any] = draft(self._desk.caseload, draft_name(self._case_ref, self._person_id))
        about = {"case_ref": self._case_ref}
        if typed:
            self._desk.leave_parent(Where("sign_off", about | {"person_id": self._person_id}))
        else:
            self._desk.leave_parent(Where("family", about))

    def _failed(self, error: Exception) -> None:
        self._say(sentence(error))

    def _say(self, message: str) -> None:
        self._error.setText(message)
        self._error.show()
        self._go.setEnabled(True)
        self._go.setText("Leave this page")
        self._passphrase.selectAll()
        self._passphrase.setFocus()
