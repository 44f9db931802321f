"""A document of any kind: its pages before it is sealed, the contacts once more, then the file and its passphrase."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from spr_desktop.casework.drafts import draft, drop_draft
from spr_desktop.casework.errors import OrganisationFileRefused
from spr_desktop.casework.mailing import draft_message
from spr_desktop.casework.making import (
    ACCESS,
    AUDIT,
    BRIEF,
    COPY,
    NOTICE,
    PACK,
    Made,
    Prepared,
    Sealed,
    Wish,
    activity_of,
    keep,
    prepare,
    record_sent,
    seal,
)
from spr_desktop.casework.reviewing import decided_in, review_name
from spr_desktop.casework.salvaging import lost_warning
from spr_desktop.casework.sealing_key import list_warning, sealing_identity, sealing_key
from spr_desktop.casework.words import service_title
from ui.clipboard import CLIPBOARD_SECONDS, copy_secret
from ui.desk import Desk, Place
from ui.failures import sentence
from ui.file_choice import choose_where_to_save
from ui.form_texts import words_for
from ui.parts import button, card, column, empty, in_lines, label, lead_to, row, scrolling
from ui.secret_boxes import SecretBox
from ui.theme import AROUND, BETWEEN, GAP

_SAID: Final = {
    PACK: "For the SPR team. Read every page before you seal it.",
    COPY: "For this parent, and nobody else. Read every page before you seal it.",
    BRIEF: "For this parent's wrap-around practitioner. Read every page before you seal it.",
    NOTICE: "For those who received the packs. Sealing it withdraws the packs that it names.",
    AUDIT: "For your manager. It holds no answers, and no names of the family.",
    ACCESS: "For the person it is about, as you decided about each record. Read every page before you seal it.",
}
_LOOKED_FOR: Final = {
    PACK: "Confidential words, contact details that are not released, home addresses: none found.",
    COPY: "Anything of anybody else: names, numbers, addresses, days, practitioners. None found.",
    BRIEF: "Anything of anybody else: names, numbers, addresses, days, practitioners. None found.",
    NOTICE: "Names, numbers, addresses and anything else of the family: none found.",
    AUDIT: "Names, numbers, addresses, and what was said in a conversation: none found.",
    ACCESS: "Names, numbers, addresses and days of anybody else: none found.",
}
_SIDE_WIDTH: Final = 430
_ROOM_FOR_TWO: Final = 900


class DocumentPage(Place):
    """From the finished pages to the sealed file."""

    def __init__(self, desk: Desk, case_ref: str, kind: str = PACK, person_id: str | None = None) -> None:
        super().__init__()
        self._kind = kind
        self._person_id = person_id
        self.title = words_for(kind.replace("-", "_"))
        self.guidance = "pack" if kind == PACK else "documents"
        self._desk = desk
        self._case_ref = self.case_ref = case_ref
        self._prepared: Prepared | None = None
        self._document = QPdfDocument(self)
        self._buffer = QBuffer(self)
        self._view = QPdfView(self)
        self._view.setDocument(self._document)
        self._view.setPageMode(QPdfView.PageMode.MultiPage)
        self._view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self._view.setAccessibleName("Pages of the document")
        self._side = QVBoxLayout()
        self._pin = SecretBox("PIN of the card")
        self._pin_problem = label("", "error")
        self._pin_problem.hide()
        self._seal = button(f"Seal the {_noun(kind)}", self._choose_file, "main")
        self._confirmed: list[QCheckBox] = []
        self._turn = button("", self._turn_over, "link")
        self._is_reading = False
        self._beside = QWidget()
        self._beside.setLayout(self._side)
        self._side.setContentsMargins(0, 0, 0, 0)
        across = QHBoxLayout()
        across.setSpacing(BETWEEN)
        across.addWidget(self._view, 1)
        across.addWidget(self._beside)
        down = QVBoxLayout(self)
        down.setContentsMargins(AROUND, BETWEEN, AROUND, BETWEEN)
        down.addWidget(row(self._turn))
        down.addLayout(across, 1)
        self._view.hide()
        self._show_side(label("Laying out the pages", "heading"))
        self._prepare()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the pages and what is to be confirmed are seen one at a time."""
        super().resizeEvent(event)
        self._share()

    def _turn_over(self) -> None:
        self._is_reading = not self._is_reading
        self._share()

    def _share(self) -> None:
        is_narrow = self.width() < _ROOM_FOR_TWO
        self._turn.setVisible(is_narrow and self.is_laid_out)
        self._turn.setText("Go on to what is to be confirmed" if self._is_reading else "Read the pages")
        self._turn.setAccessibleName(self._turn.text())
        self._view.setVisible(self.is_laid_out and (self._is_reading or not is_narrow))
        self._beside.setVisible(not (is_narrow and self._is_reading and self.is_laid_out))
        self._beside.setFixedWidth(_SIDE_WIDTH if not is_narrow else max(self.width() - 2 * AROUND, 1))

    @property
    def is_laid_out(self) -> bool:
        """Whether the pages can be seen."""
        return self._document.pageCount() > 0

    def focus_first(self) -> None:
        (self._confirmed[0] if self._confirmed else self._seal if self._prepared else self).setFocus()

    def _show_side(self, *parts: QWidget) -> None:
        empty(self._side)
        content = column(*parts, gap=BETWEEN)
        inside = content.layout()
        assert inside is not None
        inside.setContentsMargins(0, 0, GAP, 0)  # between the cards and what scrolls them
        self._side.addWidget(scrolling(content))

    # The pages

    def _prepare(self) -> None:
        today = date.today()
        caseload = self._desk.caseload
        case, decision = caseload.case(self._case_ref, today), caseload.decide(self._case_ref, today)
        practitioner = caseload.practitioner
        before = sealing_key(caseload).fingerprint
        try:
            self._identity = identity = sealing_identity(caseload)
        except OrganisationFileRefused as error:
            self._failed(error)
            return
        if identity.fingerprint != before:
            self._desk.say("The certificate of your key was nearly over. A new one seals: its fingerprint is another.")
        wish = Wish(
            kind=self._kind,
            person_id=self._person_id,
            decided=decided_in(draft(caseload, review_name(self._case_ref, self._person_id or ""))),
            activity=activity_of(caseload, self._case_ref) if self._kind == AUDIT else (),
        )
        self._desk.jobs.start(
            self,
            lambda: prepare(wish, case, decision, practitioner, identity, today),
            self._show_pages,
            self._failed,
        )

    def _failed(self, error: Exception) -> None:
        self._show_side(
            label(f"No {_noun(self._kind)} was made", "heading"),
            label(sentence(error)),
            row(button("Back to the family", self._desk.back)),
        )

    def _show_pages(self, prepared: Prepared) -> None:
        self._prepared = prepared
        self._buffer.setData(QByteArray(prepared.pdf))
        self._buffer.open(QBuffer.OpenModeFlag.ReadOnly)
        self._document.load(self._buffer)
        self._share()
        self._confirmed = []
        contacts: list[QWidget] = []
        for name, lines in prepared.contacts:
            tick = QCheckBox(in_lines(f"{name}: {'; '.join(lines)}"))
            tick.setAccessibleName(f"Confirmed: {name}, {'; '.join(lines)}")
            tick.toggled.connect(self._allow_sealing)
            self._confirmed.append(tick)
            contacts.append(tick)
        self._allow_sealing()
        self._show_side(
            label(f"{self.title} {prepared.reference}", "title"),
            *([label(service_title(prepared.decision.service), "quiet")] if self._kind == PACK else []),
            *_replaces(prepared),
            label(_SAID[self._kind], "quiet"),
            *([label(lost, "error")] if (lost := lost_warning(self._desk.caseload, self._case_ref)) else []),
            *([label(old, "error")] if (old := list_warning(self._desk.caseload, date.today())) else []),
            card(label("Who receives it", "label"), *(label(each) for each in prepared.contents.recipients)),
            *([_to_confirm(contacts)] if contacts else []),
            card(label("Looked for in the pages", "label"), label(_LOOKED_FOR[self._kind])),
            *([self._for_pin()] if self._identity.card else []),
            row(self._seal),
        )
        self.focus_first()

    def _for_pin(self) -> QWidget:
        said = label(
            "The key that seals is on your card: put it in. The PIN is asked for each time, and not kept.", "quiet"
        )
        return card(label("PIN of the card", "label"), said, self._pin, self._pin_problem)

    def _allow_sealing(self) -> None:
        self._seal.setEnabled(all(each.isChecked() for each in self._confirmed))

    # Sealing

    def _choose_file(self) -> None:
        prepared = self._prepared
        if prepared is None:
            return
        if self._identity.card and not self._pin.text():
            self._refuse_pin("Type the PIN of the card first.")
            return
        path = choose_where_to_save(self, f"{prepared.file_name}.pdf")
        if path is None:
            return
        identity = self._identity
        pin = self._pin.text()
        self._pin.clear()
        self._seal.setEnabled(False)
        self._seal.setText("Sealing")
        self._desk.jobs.start(
            self, lambda: seal(prepared, identity, pin), lambda sealed: self._keep(sealed, path), self._sealing_failed
        )

    def _sealing_failed(self, error: Exception) -> None:
        self._seal.setText(f"Seal the {_noun(self._kind)}")
        self._seal.setEnabled(True)
        if self._identity.card:
            self._refuse_pin(sentence(error))
        else:
            self._desk.say(sentence(error))

    def _refuse_pin(self, problem: str) -> None:
        """Say what is wrong beside the PIN; the pages stay, and sealing can be tried again."""
        self._pin_problem.setText(problem)
        self._pin_problem.show()
        lead_to(self._pin, self._pin_problem)

    def _keep(self, sealed: Sealed, path: Path) -> None:
        try:
            # the dialog asked before it let an existing file be chosen
            made = keep(self._desk.caseload, sealed, path, replace=True)
        except Exception as error:  # noqa: BLE001 - whatever stood in the way is told, and sealing can be tried again
            self._sealing_failed(error)
            return
        drop_draft(self._desk.caseload, review_name(self._case_ref, self._person_id or ""))
        self._show_made(made)

    def _show_made(self, made: Made) -> None:
        passphrase = label(made.sealed.passphrase, "secret")
        passphrase.setAccessibleName(f"Passphrase of the {_noun(self._kind)}")
        passphrase.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByKeyboard)
        copy = button("Copy", lambda: self._copy(made.sealed.passphrase), name="Copy the passphrase")
        fingerprint = label(made.sealed.fingerprint)
        fingerprint.setAccessibleName("Fingerprint of the key")
        self._show_side(
            label(f"{self.title} {made.reference} is sealed", "title"),
            label(f"It is in {made.path}. It was read back and is registered."),
            card(
                label("Passphrase, shown this once", "label"),
                passphrase,
                label("Tell it on the telephone, never in the same message as the document.", "quiet"),
                row(copy),
            ),
            card(
                label("Fingerprint of the key", "label"),
                fingerprint,
                label("The receiver can ring you and have it read out.", "quiet"),
            ),
            row(
                button("Record that I sent it", lambda: self._record_sent(made)),
                button("Draft a message with it", lambda: self._draft_message(made)),
            ),
            row(button("Back to the family", self._desk.back)),
        )
        copy.setFocus()

    def _copy(self, passphrase: str) -> None:
        copy_secret(passphrase)
        self._desk.say(f"Copied. The clipboard is emptied in {CLIPBOARD_SECONDS} seconds.")

    def _record_sent(self, made: Made) -> None:
        record_sent(self._desk.caseload, made, date.today(), "another way than the document")
        self._desk.back()
        self._desk.say(f"{self.title} {made.reference}: recorded as sent today.")

    def _draft_message(self, made: Made) -> None:
        path = choose_where_to_save(self, f"{made.sealed.prepared.file_name}.eml", "Messages (*.eml)", "eml")
        if path is None:
            return
        try:
            draft_message(self._desk.caseload, made.reference, path, version=made.version, file=made.path, replace=True)
        except Exception as error:  # noqa: BLE001 - whatever stood in the way is told, and can be tried again
            self._desk.say(sentence(error))
            return
        self._desk.say("The draft is written. Open it in your mail program, and tell the passphrase by telephone.")


def _replaces(prepared: Prepared) -> list[QWidget]:
    """That it is the next version of a pack."""
    version = prepared.contents.version
    if version == 1:
        return []
    return [label(f"Version {version}: it replaces version {version - 1}. Send it to everybody who has that one.")]


def _noun(kind: str) -> str:
    """A kind of document inside a sentence."""
    return "pack" if kind == PACK else words_for(kind.replace("-", "_")).lower()


def _to_confirm(contacts: list[QWidget]) -> QWidget:
    return card(
        label("Confirm the contact details", "label"),
        label("Are these still right, and still known to this parent only? Tick each, then seal.", "quiet"),
        *contacts,
    )
