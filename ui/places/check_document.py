"""Checking a document that came from somewhere: whether it is as it was sealed, and by which key.

A referral pack that is whole can be taken: it becomes a family of this vault, so that nothing is typed twice.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.errors import CaseworkError
from spr_desktop.casework.receiving import verify_pack
from spr_desktop.casework.taking_packs import OpenedPack, PackBrought, look, referral_in, take
from ui.desk import Desk, Place
from ui.failures import sentence
from ui.file_choice import choose_file
from ui.parts import button, card, column, empty, label, lead_to, row, scrolling
from ui.secret_boxes import SecretBox, reveal
from ui.theme import AROUND, BETWEEN, measure

if TYPE_CHECKING:
    from spr_desktop.casework.receiving import Verification

T = TypeVar("T")


class CheckDocument(Place):
    """A file is dropped here or chosen; nothing of it is kept, and it is not changed."""

    title = "Check a document"
    guidance = "documents"
    takes_files = True

    def __init__(self, desk: Desk, file: str = "") -> None:
        super().__init__()
        self._desk = desk
        self._file: Path | None = None
        self._which = label("No file is chosen yet. Drop one here, or choose it.", "quiet")
        self._choose = button("Choose the file", self._ask_for_file)
        self._passphrase = SecretBox("Passphrase of the document")
        self._passphrase.returnPressed.connect(self._check)
        self._passphrase.setMaximumWidth(measure())
        self._problem = label("", "error")
        self._problem.hide()
        self._start = button("Check it", self._check, "main")
        self._is_checking = False
        self._answer = QVBoxLayout()
        self._answer.setContentsMargins(0, 0, 0, 0)
        self._answer.setSpacing(BETWEEN)
        self._found = QWidget()
        self._found.setLayout(self._answer)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        content = column(
            label("Check a document", "title"),
            label("Whether a pack or another document is as it was sealed, and by which key. The file stays as it is."),
            self._found,
            card(label("The file", "label"), self._which, row(self._choose)),
            card(
                label("The passphrase that the sender told you", "label"),
                label("Capitals, spaces and hyphens do not matter; O is read as 0, I and L as 1.", "quiet"),
                self._passphrase,
                reveal(self._passphrase),
            ),
            self._problem,
            row(self._start),
            gap=BETWEEN,
            around=AROUND,
        )
        self._scroll = scrolling(content)
        layout.addWidget(self._scroll)
        if file:
            self.take_file(Path(file))

    def focus_first(self) -> None:
        lead_to(self._passphrase if self._file else self._choose)

    def cover(self) -> None:
        self._passphrase.clear()

    def take_file(self, file: Path) -> None:
        """Take a file, and ask for its passphrase. What is found out about the one before is not said of this one."""
        self._desk.jobs.forget(self)
        self._set_checking(False)
        if self._file:
            self._passphrase.clear()
        self._file = file
        self._which.setText(file.name)
        empty(self._answer)
        self._problem.hide()
        lead_to(self._passphrase)

    def _ask_for_file(self) -> None:
        file = choose_file(self, "Choose the document", "PDF (*.pdf)")
        if file is not None:
            self.take_file(file)

    def _check(self) -> None:
        file, passphrase = self._file, self._passphrase.text()
        if self._is_checking:
            return
        if file is None:
            self._say("Choose the file first, or drop it here.")
            return
        if not passphrase:
            self._say("Type the passphrase of the document. The sender tells it by telephone.")
            return
        self._problem.hide()
        empty(self._answer)
        self._set_checking(True)

        def work() -> tuple[Verification, OpenedPack | None, PackBrought | None]:
            found = verify_pack(file, passphrase)
            opened = referral_in(file, passphrase) if found.valid else None
            return found, opened, self._with_background(lambda caseload: _looked(caseload, opened))

        self._desk.jobs.start(self, work, self._show, self._failed)

    def _set_checking(self, is_checking: bool) -> None:
        """It stays where it is and keeps the focus: what is disabled would lose it."""
        self._is_checking = is_checking
        self._start.setText("Checking" if is_checking else "Check it")

    def _with_background(self, work: Callable[[Caseload], T]) -> T:
        """Over a connection of its own, for a job."""
        with Caseload(self._desk.caseload.vault.for_background()) as background:
            return work(background)

    def _say(self, problem: str) -> None:
        self._problem.setText(problem)
        self._problem.show()
        lead_to(self._choose if self._file is None else self._passphrase, self._problem)

    def _failed(self, error: Exception) -> None:
        from spr_desktop.casework.failures import Family, family_of

        self._set_checking(False)
        empty(self._answer)
        if family_of(error)[0] is Family.WRONG_SECRET:
            self._say("That is not the passphrase of this document. Ask the sender to tell it again.")
        else:
            self._say(sentence(error))

    def _show(self, done: tuple[Verification, OpenedPack | None, PackBrought | None]) -> None:
        found, opened, brought = done
        self._set_checking(False)
        empty(self._answer)
        heading = "It is as it was sealed" if found.valid else "Do not rely on this document"
        which = self._file.name if self._file else ""
        fingerprint = label(found.fingerprint or "None", "secret")
        fingerprint.setAccessibleName("Fingerprint of the key")
        parts = [label(heading, "heading"), label(which, "label"), *(label(each) for each in found.findings)]
        if found.fingerprint:
            parts += [
                label("Sealed by, as the certificate says of itself", "label"),
                label(found.signer or "Nobody is named"),
                label("Fingerprint of the key", "label"),
                fingerprint,
                label("Ring the sender on a work number that you know, and have the fingerprint read out.", "quiet"),
            ]
        if found.document_ref:
            parts += [label("Reference", "label"), label(found.document_ref)]
        shown = card(*parts, role="card" if found.valid else "notice")
        self._answer.addWidget(shown)
        if opened and brought:
            self._answer.addWidget(self._offer(opened, brought))
        way = self._found.findChildren(QPushButton)
        (way[0] if way else self._choose).setFocus()
        self._scroll.verticalScrollBar().setValue(0)  # what was found stands at the top

    # Taking a referral

    def _offer(self, opened: OpenedPack, brought: PackBrought) -> QFrame:
        """What the referral would bring, and the way to take it."""
        told = [label("This is a referral", "heading"), *(label(each) for each in _in_words(brought))]
        if brought.state != "new":
            return card(*told, row(button("Open the family", lambda: self._desk.show_family(brought.case_ref))))
        take_it = button("Take it as a new family", lambda: self._take(opened))
        return card(*told, row(take_it))

    def _take(self, opened: OpenedPack) -> None:
        self._desk.jobs.start(
            self,
            lambda: self._with_background(lambda caseload: take(caseload, opened, date.today())),
            self._taken,
            self._failed,
        )

    def _taken(self, brought: PackBrought) -> None:
        self._desk.show_family(brought.case_ref)
        self._desk.say(f"Taken as {brought.case_ref}. What the pack does not say is marked as not known.")


def _looked(caseload: Caseload, opened: OpenedPack | None) -> PackBrought | None:
    """What it would bring; None where it is no referral that may be taken here."""
    try:
        return look(caseload, opened) if opened else None
    except CaseworkError:
        return None


def _in_words(brought: PackBrought) -> list[str]:
    match brought.state:
        case "known":
            return ["You have taken it already. Nothing is new."]
        case "newer" | "older":
            which = "A newer" if brought.state == "newer" else "An older"
            return [f"{which} version than the one that you have taken. Look at both, and record what has changed."]
    said = [
        f"It comes from {', '.join(each for each in (brought.referrer, brought.organisation) if each)}. Taken, it is a "
        f"family with the reference {brought.case_ref}: nothing has to be typed again, and what the pack does not say "
        "is marked as not known.",
        "Have the fingerprint read out first.",
    ]
    if brought.alike:
        said.append(f"Somebody of a like name is on record in {', '.join(brought.alike)}. Look there first.")
    return said
