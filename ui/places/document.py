"""A document of any kind: its pages before it is sealed, the contacts once more, then the file and its passphrase."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Final

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from spr_desktop.casework.document_words import called
from spr_desktop.casework.drafts import draft, drop_draft
from spr_desktop.casework.errors import OrganisationFileRefused
from spr_desktop.casework.failures import Family, family_of
from spr_desktop.casework.mailing import draft_message
from spr_desktop.casework.making import (
    ACCESS,
    AUDIT,
    BRIEF,
    COPY,
    FOR_THE_PERSON,
    NOTICE,
    PACK,
    Prepared,
    Sealed,
    Wish,
    activity_of,
    file_name,
    keep,
    packs_to_withdraw,
    prepare,
    seal,
)
from spr_desktop.casework.reviewing import decided_in, review_name
from spr_desktop.casework.salvaging import lost_warning
from spr_desktop.casework.sealing_key import list_warning, sealing_identity, sealing_key
from spr_desktop.casework.words import service_title
from ui.desk import Desk, Place
from ui.failures import sentence
from ui.file_choice import choose_where_to_save
from ui.form_texts import words_for
from ui.pages_view import PagesView
from ui.parts import button, card, column, empty, in_lines, label, lead_to, row, scrolling
from ui.places.refused_document import refused
from ui.places.sealed_document import SealedDocument, sealed_before
from ui.secret_boxes import SecretBox
from ui.theme import AROUND, BETWEEN, GAP

_WHO_MAY_SEE_IT: Final = {
    PACK: "Those named here. It goes to nobody of the family: it holds what each adult said for themselves.",
    COPY: "That person, and nobody else: what is recorded of anybody else is left out.",
    BRIEF: "Those named here. It is about {name} alone, and goes to nobody of the family.",
    NOTICE: "Everybody who received the packs. It says their references, and nothing of the family.",
    AUDIT: "Your manager, and whoever supervises this work. It holds no answers, and no names of the family.",
    ACCESS: "That person, and nobody else: it holds what you decided to disclose.",
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
_ANY_WIDTH: Final = 16_777_215
_A_LINE: Final = 40
"""So many characters of a way of contact stay in one line."""


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
        self._sealed: dict[str, str] = {}
        """The reference, version and file of the document, once it is sealed."""
        self._first: QWidget = self
        self._view = PagesView()
        self._side = QVBoxLayout()
        self._pin = SecretBox("PIN of the card")
        self._pin_problem = label("", "error")
        self._pin_problem.hide()
        self._seal = button(f"Seal the {_noun(kind)}", self._choose_file, "main")
        self._confirmed: list[QCheckBox] = []
        self._turn = button("", self._turn_over, "link")
        self._is_reading = False
        self._is_sealing = False
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

    def standing(self) -> dict[str, Any]:
        return dict(self._sealed)

    def stand(self, standing: Mapping[str, Any]) -> None:
        """It was sealed before this page was left: no other one is made unasked."""
        self._desk.jobs.forget(self)
        self._sealed = dict(standing)
        reference, version, path = self._sealed["sealed"], int(self._sealed["version"]), Path(self._sealed["path"])
        parts, self._first = sealed_before(
            self._desk,
            self._case_ref,
            called(self._kind, reference, version),
            path,
            lambda: self._draft_message(reference, version, path),
            self._make_again,
        )
        self._show_side(*parts)

    def _make_again(self) -> None:
        self._sealed = {}
        self._first = self
        self._show_side(label("Laying out the pages", "heading"))
        self._prepare()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the pages and what is to be confirmed are seen one at a time."""
        super().resizeEvent(event)
        self._share()

    def _turn_over(self) -> None:
        self._is_reading = not self._is_reading
        self._share()
        (self._view if self._is_reading else self._first).setFocus()

    def _share(self) -> None:
        is_narrow = self.width() < _ROOM_FOR_TWO
        self._turn.setVisible(is_narrow and self.is_laid_out)
        self._turn.setText("Go on to what is to be confirmed" if self._is_reading else "Read the pages")
        self._turn.setAccessibleName(self._turn.text())
        self._view.setVisible(self.is_laid_out and (self._is_reading or not is_narrow))
        self._beside.setVisible(not (is_narrow and self._is_reading and self.is_laid_out))
        has_pages_beside = self.is_laid_out and not is_narrow
        self._beside.setMinimumWidth(_SIDE_WIDTH if has_pages_beside else 0)
        self._beside.setMaximumWidth(_SIDE_WIDTH if has_pages_beside else _ANY_WIDTH)

    @property
    def is_laid_out(self) -> bool:
        """Whether the pages can be seen."""
        return self._view.count > 0

    def focus_first(self) -> None:
        """In a narrow window the pages come first, since nobody has seen them yet."""
        is_unread = self._prepared is not None and not self._sealed and not self._turn.isHidden()
        (self._turn if is_unread else self._first).setFocus()

    def _show_side(self, *parts: QWidget) -> None:
        before = self._beside.findChild(QScrollArea)
        if before:
            before.hide()  # it goes a moment later, and must not be read meanwhile
        empty(self._side)
        content = column(*parts, gap=BETWEEN)
        inside = content.layout()
        assert inside is not None
        inside.setContentsMargins(0, 0, GAP, 0)  # between the cards and what scrolls them
        shown = scrolling(content)
        self._side.addWidget(shown)
        shown.show()

    # The pages

    def _prepare(self) -> None:
        today = date.today()
        caseload = self._desk.caseload
        case, decision = caseload.case(self._case_ref, today), caseload.decide(self._case_ref, today)
        person = case.people.get(self._person_id or "")
        self._name = person.body.full_name if person else ""
        self._withdraws = [each.document_id for each in packs_to_withdraw(case)] if self._kind == NOTICE else []
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
        said, self._first = refused(self._desk, error, self._case_ref, self._kind, self._person_id)
        self._show_side(label(f"No {_noun(self._kind)} was made", "title"), *said)
        self.focus_first()

    def _show_pages(self, prepared: Prepared) -> None:
        self._prepared = prepared
        self._view.show_pages(prepared.pdf)
        self._share()
        self._confirmed = [self._confirmation(name, lines) for name, lines in prepared.contacts]
        self._allow_sealing()
        self._show_side(
            label(f"{self.title} {prepared.reference}", "title"),
            *([label(service_title(prepared.decision.service), "quiet")] if self._kind == PACK else []),
            *_replaces(prepared),
            *([label(lost, "error")] if (lost := lost_warning(self._desk.caseload, self._case_ref)) else []),
            *([label(old, "error")] if (old := list_warning(self._desk.caseload, date.today())) else []),
            self._who_receives_it(prepared),
            *([_to_confirm(self._confirmed)] if self._confirmed else []),
            label("Read every page before you seal it.", "quiet"),
            *([self._for_pin()] if self._identity.card else []),
            row(self._seal),
            card(label("Looked for in the pages", "label"), label(_LOOKED_FOR[self._kind])),
        )
        self._first = self._confirmed[0] if self._confirmed else self._seal
        self.focus_first()

    def _for_pin(self) -> QWidget:
        said = label(
            "The key that seals is on your card: put it in. The PIN is asked for each time, and not kept.", "quiet"
        )
        return card(label("PIN of the card", "label"), said, self._pin, self._pin_problem)

    def _who_receives_it(self, prepared: Prepared) -> QWidget:
        is_the_person = self._kind in FOR_THE_PERSON
        recipients = (self._name,) if is_the_person else prepared.contents.recipients
        withdrawn = f"It withdraws {', '.join(self._withdraws)}." if self._withdraws else ""
        return card(
            label("Who receives it", "label"),
            *(label(each, "heading" if is_the_person else "") for each in recipients),
            label("Who may see it", "label"),
            label(_WHO_MAY_SEE_IT[self._kind].format(name=self._name)),
            *([label(withdrawn)] if withdrawn else []),
        )

    def _confirmation(self, name: str, lines: tuple[str, ...]) -> QCheckBox:
        """A tick for one adult: the name, and below it each way of contact unbroken."""
        unbroken = [each.replace(" ", "\u00a0") if len(each) < _A_LINE else each for each in lines]
        tick = QCheckBox("\n".join(map(in_lines, (name, *unbroken))))
        tick.setAccessibleName(f"Confirmed: {name}, {'; '.join(lines)}")
        tick.toggled.connect(self._allow_sealing)
        return tick

    def _allow_sealing(self) -> None:
        self._seal.setEnabled(all(each.isChecked() for each in self._confirmed))

    # Sealing

    def _choose_file(self) -> None:
        prepared = self._prepared
        if prepared is None or self._is_sealing:
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
        self._is_sealing = True
        self._seal.setText("Sealing")  # it stays enabled: what is disabled would lose the focus
        self._desk.jobs.start(
            self, lambda: seal(prepared, identity, pin), lambda sealed: self._keep(sealed, path), self._sealing_failed
        )

    def _sealing_failed(self, error: Exception) -> None:
        self._seal.setText(f"Seal the {_noun(self._kind)}")
        self._is_sealing = False
        problem = sentence(error)
        if family_of(error)[0] is not Family.SPOILT:  # which says so itself
            problem = f"Nothing was sealed. {problem} Seal it again; choose another place if that helps."
        if self._identity.card:
            self._refuse_pin(sentence(error))
        else:
            self._seal.setFocus()
            self._desk.say(problem)

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
        self._sealed = {
            "sealed": made.reference,
            "version": str(made.version),
            "path": str(made.path.absolute()),
        }
        message = partial(self._draft_message, made.reference, made.version, made.path)
        shown = SealedDocument(self._desk, made, message)
        self._first = shown.first
        self._is_reading = False
        self._share()
        self._show_side(*shown.parts)
        self.focus_first()

    def _draft_message(self, reference: str, version: int, file: Path) -> None:
        path = choose_where_to_save(self, f"{file_name(reference, version)}.eml", "Messages (*.eml)", "eml")
        if path is None:
            return
        try:
            draft_message(self._desk.caseload, reference, path, version=version, file=file, replace=True)
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


def _to_confirm(contacts: list[QCheckBox]) -> QWidget:
    return card(
        label("Confirm the contact details", "label"),
        label("Are these still right, and still known to that parent only? Tick each.", "quiet"),
        *contacts,
    )
