"""A document that was sealed: its file, its passphrase once, and recording that it went out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QPushButton, QWidget

from spr_desktop.casework.document_words import called
from spr_desktop.casework.making import FOR_THE_PERSON, Made
from spr_desktop.casework.sending import record_sent
from ui.desk import Desk
from ui.fields import ChoiceField
from ui.parts import button, card, label, lead_to, row
from ui.telling import CHANNELS, PassphraseToTell
from ui.where import Where
from ui.wrapping import wrapping

_TO_THE_PERSON: Final = "Hand it over when you meet, or send it to an address that only this person reads."


class SealedDocument:
    """The parts of the page once a document is sealed; ``first`` is where the focus goes."""

    def __init__(self, desk: Desk, made: Made, draft_message: Callable[[], None]) -> None:
        self._desk = desk
        self._made = made
        prepared = made.sealed.prepared
        self._called = called(prepared.wish.kind, made.reference, made.version)
        is_for_the_person = prepared.wish.kind in FOR_THE_PERSON
        self._channel = ChoiceField("channel", "How was the passphrase told?", CHANNELS)
        self._record = button("Record that I sent it", self._record_sent)
        self._recorded = label("", "label")
        self._recorded.hide()
        telling = PassphraseToTell(desk, made.reference, made.sealed.passphrase, is_for_the_person)
        fingerprint = label(made.sealed.fingerprint)
        fingerprint.setAccessibleName("Fingerprint of the key")
        draft = button("Draft a message with it", draft_message)
        self.first: QPushButton = telling.copy_button
        self.parts: list[QWidget] = [
            label(f"{self._called} is sealed", "title"),
            label(f"It is in {made.path}. It was read back and is registered."),
            telling,
            card(
                label("Send it", "label"),
                *([label(_TO_THE_PERSON)] if is_for_the_person else []),
                label("The message names nobody: its subject is the reference alone. Address and send it yourself."),
                row(draft),
            ),
            card(label("When it went out", "label"), self._channel, row(self._record), self._recorded),
            card(
                label("Fingerprint of the key", "label"),
                fingerprint,
                label("The receiver can ring you and have it read out.", "quiet"),
            ),
            label("Once you leave this page, the passphrase is not shown again. It is kept nowhere.", "quiet"),
            row(button("Back to the family", lambda: desk.show_family(prepared.case_ref))),
        ]

    def _record_sent(self) -> None:
        told = self._channel.value()
        self._channel.show_error("" if told else "Say how the passphrase was told.")
        if told is None:
            lead_to(self._channel.first_widget(), self._channel)
            return
        record_sent(self._desk.caseload, self._made, date.today(), told)
        said = f"{self._called}: recorded as sent today."
        self._recorded.setText(said)
        self._recorded.show()
        lead_to(self._record)
        self._record.hide()  # once is enough; the focus goes on to what comes next
        self._channel.hide()
        self._desk.say(said)


def sealed_before(
    desk: Desk, case_ref: str, what: str, path: Path, draft_message: Callable[[], None], again: Callable[[], None]
) -> tuple[list[QWidget], QPushButton]:
    """What is said of a document whose page was left: its passphrase is not there any more. And the first button."""
    draft = button("Draft a message with it", draft_message)
    parts: list[QWidget] = [
        label(f"{what} is sealed", "title"),
        label(f"It is in {path}. This page was left, and the passphrase is kept nowhere."),
        card(
            label("If you have the passphrase", "label"),
            label("Send it, tell the passphrase by another way, and record in the register that it went out."),
            wrapping(draft, button("Open the register", lambda: desk.go(Where("register")))),
        ),
        card(
            label("If you do not have it", "label"),
            label("Nobody can open that file. Delete it, and make the document again."),
            row(button("Make it again", again)),
        ),
        row(button("Back to the family", lambda: desk.show_family(case_ref))),
    ]
    return parts, draft
