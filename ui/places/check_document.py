"""Checking a document that came from somewhere: whether it is as it was sealed, and by which key.

A referral pack that is whole can be taken: it becomes a family of this vault, so that nothing is typed twice, and a
newer version takes the place of the one before. A notice that packs are withdrawn marks the families that came by them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.errors import CaseworkError
from spr_desktop.casework.pack_changes import HEADINGS
from spr_desktop.casework.receiving import check_certificates, verify_pack
from spr_desktop.casework.taking_packs import OpenedPack, PackBrought, look, referral_in, take
from spr_desktop.casework.withdrawn_by_sender import (
    NoticeBrought,
    OpenedNotice,
    look_at_notice,
    notice_in,
    notice_in_words,
    take_notice,
)
from ui.desk import Desk, Place
from ui.failures import sentence
from ui.file_choice import choose_file
from ui.parts import button, card, column, empty, label, lead_to, row, scrolling
from ui.secret_boxes import SecretBox, reveal
from ui.theme import AROUND, BETWEEN, measure
from ui.wrapping import wrapping

if TYPE_CHECKING:
    from spr_desktop.casework.receiving import Verification

T = TypeVar("T")

_RING = "Ring the sender on a work number that you know, and have the fingerprint read out."
_RING_FIRST = "Before you take it, ring the sender on a work number that you know, and have the fingerprint read out."
_ASK_AGAIN = "Ring the sender on a work number that you know, and ask for it again."


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
        self._trust: Path | None = None
        self._trusted = label("", "quiet")
        self._choose_trust = button("Choose a certificate", self._ask_for_trust)
        self._leave_out = button("Leave the certificate out", lambda: self._trust_in(None), "link")
        self._problem = label("", "error")
        self._problem.hide()
        self._start = button("Check it", self._check, "main")
        self._is_checking = False
        self._answer = QVBoxLayout()
        self._answer.setContentsMargins(0, 0, 0, 0)
        self._answer.setSpacing(BETWEEN)
        self._found = QWidget()
        self._found.setLayout(self._answer)
        self._found.hide()  # while it is empty there is no gap for it
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
            card(
                label("A certificate that you trust", "label"),
                label("Where the sender's organisation gave you one: its root, or that of the key itself.", "quiet"),
                self._trusted,
                wrapping(self._choose_trust, self._leave_out),
            ),
            self._problem,
            row(self._start),
            gap=BETWEEN,
            around=AROUND,
        )
        self._scroll = scrolling(content)
        layout.addWidget(self._scroll)
        self._trust_in(None)
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
        self._forget_answer()
        self._problem.hide()
        lead_to(self._passphrase)

    def _ask_for_file(self) -> None:
        file = choose_file(self, "Choose the document", "PDF (*.pdf)")
        if file is not None:
            self.take_file(file)

    def _ask_for_trust(self) -> None:
        file = choose_file(self, "Choose the certificate that you trust", "Certificates (*.pem *.crt *.cer)")
        if file is None:
            return
        try:
            check_certificates(file)
        except Exception as error:  # noqa: BLE001 - whatever is wrong with the file is told, and none is trusted
            self._trust_in(None)
            self._say(f"That file was not taken as a certificate. {sentence(error)}", self._choose_trust)
        else:
            self._problem.hide()
            self._trust_in(file)

    def _trust_in(self, file: Path | None) -> None:
        """Trust in the certificates of a file, or in none; what was found before was not judged by them."""
        if file is None and self._leave_out.hasFocus():
            self._choose_trust.setFocus()
        self._trust = file
        self._trusted.setText(file.name if file else "None is chosen.")
        self._leave_out.setVisible(file is not None)
        self._forget_answer()

    def _check(self) -> None:
        file, passphrase = self._file, self._passphrase.text()
        trust = [self._trust] if self._trust else []
        if self._is_checking:
            return
        if file is None:
            self._say("Choose the file first, or drop it here.")
            return
        if not passphrase:
            self._say("Type the passphrase of the document. The sender tells it by telephone.")
            return
        self._problem.hide()
        self._forget_answer()
        self._set_checking(True)

        def work() -> _Checked:
            found = verify_pack(file, passphrase, trust)
            opened = referral_in(file, passphrase, trust) if found.valid else None
            notice = notice_in(file, passphrase, trust) if found.valid and opened is None else None
            return self._with_background(lambda caseload: _looked(caseload, found, opened, notice))

        self._desk.jobs.start(self, work, self._show, self._failed)

    def _forget_answer(self) -> None:
        empty(self._answer)
        self._found.hide()

    def _set_checking(self, is_checking: bool) -> None:
        """It stays where it is and keeps the focus: what is disabled would lose it."""
        self._is_checking = is_checking
        self._start.setText("Checking" if is_checking else "Check it")

    def _with_background(self, work: Callable[[Caseload], T]) -> T:
        """Over a connection of its own, for a job."""
        with Caseload(self._desk.caseload.vault.for_background()) as background:
            return work(background)

    def _say(self, problem: str, where: QWidget | None = None) -> None:
        self._problem.setText(problem)
        self._problem.show()
        lead_to(where or (self._choose if self._file is None else self._passphrase), self._problem)

    def _failed(self, error: Exception) -> None:
        from spr_desktop.casework.failures import Family, family_of

        self._set_checking(False)
        self._forget_answer()
        if family_of(error)[0] is Family.WRONG_SECRET:
            self._say("That is not the passphrase of this document. Ask the sender to tell it again.")
        else:
            self._say(sentence(error))

    def _show(self, checked: _Checked) -> None:
        found = checked.found
        self._set_checking(False)
        self._forget_answer()
        heading = "It is as it was sealed" if found.valid else "Do not rely on this document"
        which = self._file.name if self._file else ""
        fingerprint = label(found.fingerprint or "None", "secret")
        fingerprint.setAccessibleName("Fingerprint of the key")
        is_new = checked.brought is not None and checked.brought.state == "new"
        has_to_ring = found.valid and not found.trusted and not is_new  # a new referral says so where it is taken
        parts = [label(heading, "heading"), label(which, "label"), *(label(each) for each in found.findings)]
        if found.fingerprint:
            parts += [
                label("Sealed by, as the certificate says of itself", "label"),
                label(found.signer or "Nobody is named"),
                label("Fingerprint of the key", "label"),
                fingerprint,
                *([label(_RING, "quiet")] if has_to_ring else []),
            ]
        if found.document_ref:
            parts += [label("Reference", "label"), label(found.document_ref)]
        if not found.valid:
            parts.append(label(_ASK_AGAIN))
        shown = card(*parts, role="card" if found.valid else "notice")
        self._answer.addWidget(shown)
        if checked.why_not:
            self._answer.addWidget(card(label("It is not to be taken here", "heading"), label(checked.why_not)))
        if checked.opened and checked.brought:
            self._answer.addWidget(self._offer(checked.opened, checked.brought))
        if checked.notice and checked.withdraws:
            self._answer.addWidget(self._offer_notice(checked.notice, checked.withdraws))
        self._found.show()  # all of it at once: what is added to something that is seen is seen a moment later
        way = self._found.findChildren(QPushButton)
        (way[0] if way else self._choose).setFocus()
        self._scroll.verticalScrollBar().setValue(0)  # what was found stands at the top

    # Taking a referral

    def _offer(self, opened: OpenedPack, brought: PackBrought) -> QFrame:
        """What the referral would bring, and the way to take it."""
        told = [label("This is a referral", "heading"), *(label(each) for each in _in_words(brought))]
        to_family = button("Open the family", lambda: self._desk.show_family(brought.case_ref))
        if brought.state == "newer":
            words = "Take the newer version"
            if not (brought.is_same_key or brought.is_trusted):
                words = "I have compared the fingerprint: take the newer version"
            return card(*told, row(button(words, lambda: self._take(opened)), to_family))
        if brought.state != "new":
            return card(*told, row(to_family))
        take_it = button("Take it as a new family", lambda: self._take(opened))
        return card(*told, row(take_it))

    def _offer_notice(self, notice: OpenedNotice, brought: NoticeBrought) -> QFrame:
        """What a withdrawal means here, and the way to record it."""
        told = [label("This withdraws referrals", "heading"), *(label(each) for each in notice_in_words(brought))]
        if brought.families and not brought.new:
            return card(*told)
        words = "Record that they are withdrawn" if brought.new else "Remember it"
        return card(*told, row(button(words, lambda: self._take_notice(notice))), role="notice")

    def _take_notice(self, notice: OpenedNotice) -> None:
        self._desk.jobs.start(
            self,
            lambda: self._with_background(lambda caseload: take_notice(caseload, notice, date.today())),
            self._notice_taken,
            self._failed,
        )

    def _notice_taken(self, brought: NoticeBrought) -> None:
        if brought.families:
            self._desk.say("Recorded. It is due on Today until it is recorded that the work ended.")
            self._desk.show_family(brought.families[0])
        else:
            self._desk.say("Remembered: none of these packs is taken here any more.")

    def _take(self, opened: OpenedPack) -> None:
        self._desk.jobs.start(
            self,
            lambda: self._with_background(lambda caseload: take(caseload, opened, date.today(), other_key=True)),
            self._taken,
            self._failed,
        )

    def _taken(self, brought: PackBrought) -> None:
        self._desk.show_family(brought.case_ref)
        if brought.state == "newer":
            self._desk.say(f"Version {brought.version} is taken. What it says otherwise is in the newest note.")
        else:
            self._desk.say(f"Taken as {brought.case_ref}. What the pack does not say is marked as not known.")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Checked:
    """What was found out about a file."""

    found: Verification
    opened: OpenedPack | None
    brought: PackBrought | None
    notice: OpenedNotice | None
    withdraws: NoticeBrought | None
    why_not: str
    """Why a pack is not to be taken here; empty where it may be, or is none."""


def _looked(
    caseload: Caseload, found: Verification, opened: OpenedPack | None, notice: OpenedNotice | None
) -> _Checked:
    """What it would bring."""
    brought, why_not = None, ""
    try:
        brought = look(caseload, opened) if opened else None
    except CaseworkError as error:
        why_not = sentence(error)
    withdraws = look_at_notice(caseload, notice) if notice else None
    return _Checked(found=found, opened=opened, brought=brought, notice=notice, withdraws=withdraws, why_not=why_not)


def _in_words(brought: PackBrought) -> list[str]:
    match brought.state:
        case "known":
            return ["You have taken it already. Nothing is new."]
        case "older":
            return [f"It is older than version {brought.version_here}, which you have taken. Nothing is taken from it."]
        case "newer":
            return _newer_in_words(brought)
    said = [
        f"It comes from {', '.join(each for each in (brought.referrer, brought.organisation) if each)}. Taken, it is a "
        f"family with the reference {brought.case_ref}: nothing has to be typed again, and what the pack does not say "
        "is marked as not known.",
        *([] if brought.is_trusted else [_RING_FIRST]),
    ]
    if brought.alike:
        said.append(f"Somebody of a like name is on record in {', '.join(brought.alike)}. Look there first.")
    return said


def _newer_in_words(brought: PackBrought) -> list[str]:
    said = [f"Version {brought.version} takes the place of version {brought.version_here}, which you have taken."]
    if not brought.is_same_key:
        said.append("It is sealed with another key than the version before. Ring the sender before you take it.")
    for state, lines in brought.changes.items():
        if lines:
            said.append("\n".join([f"{HEADINGS[state]}:", *(f"– {each}" for each in lines)]))
    if not any(brought.changes.values()):
        said.append("It says the same as the version before.")
    if brought.to_choose:
        many = "1 thing" if brought.to_choose == 1 else f"{brought.to_choose} things"
        said.append(f"You have recorded {many} otherwise since. Both stay, and you choose what is right.")
    return said
