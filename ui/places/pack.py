"""The referral pack: its pages before anything is sealed, the contacts once more, then the file and its passphrase."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from spr_desktop.casework.referral import (
    MadePack,
    PreparedPack,
    SealedPack,
    keep_pack,
    prepare_pack,
    record_sent,
    seal_pack,
)
from spr_desktop.casework.salvaging import lost_warning
from spr_desktop.casework.words import service_title
from ui.clipboard import CLIPBOARD_SECONDS, copy_secret
from ui.desk import Desk, Place
from ui.failures import sentence
from ui.file_choice import choose_where_to_save
from ui.parts import button, card, column, empty, in_lines, label, row, scrolling
from ui.theme import AROUND, BETWEEN

_SIDE_WIDTH: Final = 430
_ROOM_FOR_TWO: Final = 900


class Pack(Place):
    """From the finished pages to the sealed file."""

    title = "Referral pack"

    def __init__(self, desk: Desk, case_ref: str) -> None:
        super().__init__()
        self._desk = desk
        self._case_ref = self.case_ref = case_ref
        self._prepared: PreparedPack | None = None
        self._identity = desk.caseload.identity()
        self._document = QPdfDocument(self)
        self._buffer = QBuffer(self)
        self._view = QPdfView(self)
        self._view.setDocument(self._document)
        self._view.setPageMode(QPdfView.PageMode.MultiPage)
        self._view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self._view.setAccessibleName("Pages of the pack")
        self._side = QVBoxLayout()
        self._seal = button("Seal the pack", self._choose_file, "main")
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
        (self._confirmed[0] if self._confirmed else self).setFocus()

    def _show_side(self, *parts: QWidget) -> None:
        empty(self._side)
        self._side.addWidget(scrolling(column(*parts, gap=BETWEEN)))

    # The pages

    def _prepare(self) -> None:
        today = date.today()
        caseload = self._desk.caseload
        case, decision = caseload.case(self._case_ref, today), caseload.decide(self._case_ref, today)
        practitioner, identity = caseload.practitioner, self._identity
        self._desk.jobs.start(
            self,
            lambda: prepare_pack(case, decision, practitioner, identity, today),
            self._show_pages,
            self._failed,
        )

    def _failed(self, error: Exception) -> None:
        self._show_side(
            label("No pack was made", "heading"),
            label(sentence(error)),
            row(button("Back to the family", self._desk.back)),
        )

    def _show_pages(self, prepared: PreparedPack) -> None:
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
        self._seal.setEnabled(False)
        self._show_side(
            label(f"Pack {prepared.reference}", "title"),
            label(f"{service_title(prepared.decision.service)}. Read every page before you seal it.", "quiet"),
            *([label(lost, "error")] if (lost := lost_warning(self._desk.caseload, self._case_ref)) else []),
            card(label("Who receives it", "label"), *(label(each) for each in prepared.contents.recipients)),
            card(
                label("Confirm the contact details", "label"),
                label("Are these still right, and still known to this parent only?", "quiet"),
                *contacts,
            ),
            card(
                label("Looked for in the pages", "label"),
                label("Confidential words, contact details that are not released, home addresses: none found."),
            ),
            row(self._seal),
        )
        self.focus_first()

    def _allow_sealing(self) -> None:
        self._seal.setEnabled(all(each.isChecked() for each in self._confirmed))

    # Sealing

    def _choose_file(self) -> None:
        prepared = self._prepared
        if prepared is None:
            return
        path = choose_where_to_save(self, f"{prepared.reference}.pdf")
        if path is None:
            return
        identity = self._identity
        self._seal.setEnabled(False)
        self._seal.setText("Sealing")
        self._desk.jobs.start(
            self, lambda: seal_pack(prepared, identity), lambda sealed: self._keep(sealed, path), self._sealing_failed
        )

    def _sealing_failed(self, error: Exception) -> None:
        self._seal.setText("Seal the pack")
        self._seal.setEnabled(True)
        self._desk.say(sentence(error))

    def _keep(self, sealed: SealedPack, path: Path) -> None:
        try:
            # the dialog asked before it let an existing file be chosen
            made = keep_pack(self._desk.caseload, sealed, path, replace=True)
        except Exception as error:  # noqa: BLE001 - whatever stood in the way is told, and sealing can be tried again
            self._sealing_failed(error)
            return
        self._show_made(made)

    def _show_made(self, made: MadePack) -> None:
        passphrase = label(made.sealed.passphrase, "secret")
        passphrase.setAccessibleName("Passphrase of the pack")
        passphrase.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByKeyboard)
        copy = button("Copy", lambda: self._copy(made.sealed.passphrase), name="Copy the passphrase")
        fingerprint = label(made.sealed.fingerprint)
        fingerprint.setAccessibleName("Fingerprint of the key")
        self._show_side(
            label(f"Pack {made.reference} is sealed", "title"),
            label(f"It is in {made.path}. It was read back and is registered."),
            card(
                label("Passphrase, shown this once", "label"),
                passphrase,
                label("Tell it on the telephone, never in the same message as the pack.", "quiet"),
                row(copy),
            ),
            card(
                label("Fingerprint of the key", "label"),
                fingerprint,
                label("The receiver can ring you and have it read out.", "quiet"),
            ),
            row(button("Record that I sent it", lambda: self._record_sent(made))),
            row(button("Back to the family", self._desk.back)),
        )
        copy.setFocus()

    def _copy(self, passphrase: str) -> None:
        copy_secret(passphrase)
        self._desk.say(f"Copied. The clipboard is emptied in {CLIPBOARD_SECONDS} seconds.")

    def _record_sent(self, made: MadePack) -> None:
        record_sent(self._desk.caseload, made, date.today(), "another way than the pack")
        self._desk.back()
        self._desk.say(f"Pack {made.reference}: recorded as sent today.")
