"""What was handed over to colleagues and received by them, and the ways to hand over, to receive, and to one's key."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.colleagues import write_key_file
from spr_desktop.casework.handing_over import HandOver, hand_overs, take_receipt
from spr_desktop.casework.words import short_day
from ui.desk import Desk, Place
from ui.failures import sentence
from ui.file_choice import choose_file, choose_where_to_save
from ui.parts import button, column, fill_with_table, label, lead_to
from ui.tables import Column, PagedTable, Table
from ui.where import Where
from ui.wrapping import wrapping


class HandOvers(Place):
    """Nothing of what was handed over stands here but references and days."""

    title = "Handed over"
    guidance = "hand_over"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._made: list[HandOver] = []
        self._model: PagedTable[HandOver] = PagedTable(
            [
                Column("Made", 12, lambda each: _day(each.made_at)),
                Column("Families", 22, _families, shrinks=True, hides_first=1),
                Column("To", 30, lambda each: each.to, shrinks=True),
                Column("Receipt", 26, receipt_in_words, shrinks=True),
            ],
            self._fetch,
        )
        self._table = Table("What was handed over", self._model, self._say_more)
        self._give = button("Hand families over", lambda: desk.go(Where("hand_over")), "main")
        self._fingerprint = label("", "secret")
        self._fingerprint.setAccessibleName("Fingerprint of your key")
        self._fingerprint.hide()
        self._nothing = column(
            label("Nothing was handed over yet", "heading"),
            label(
                "A colleague gives you their key file first. Compare its fingerprint on the telephone. Then hand "
                "families over: the file opens with your colleague's vault and nowhere else."
            ),
        )
        fill_with_table(
            self,
            self._table,
            label("Handed over and received", "title"),
            label("Copies go to colleagues; nothing is ever taken out of this vault."),
            wrapping(
                self._give,
                button("Receive families", lambda: desk.go(Where("receive"))),
                button("Take in a receipt", self._take_receipt),
                button("Save my key file", self._save_key),
            ),
            self._fingerprint,
            self._nothing,
            self._table,
        )
        self._read()

    def focus_first(self) -> None:
        self._give.setFocus()

    def _read(self) -> None:
        self._made = hand_overs(self._desk.caseload)[::-1]
        self._model.show(len(self._made))
        self._table.setVisible(bool(self._made))
        self._nothing.setVisible(not self._made)

    def _fetch(self, limit: int, offset: int) -> Sequence[HandOver]:
        return self._made[offset : offset + limit]

    def _say_more(self, number: int) -> None:
        made = self._model.row(number)
        if made:
            self._desk.say(f"{_families(made)}: {receipt_in_words(made)}. Fingerprint {made.fingerprint}.")

    def _take_receipt(self) -> None:
        path = choose_file(self, "Choose the receipt", "Receipts (*.age)")
        if path is None:
            return
        try:
            made = take_receipt(self._desk.caseload, path)
        except Exception as error:  # noqa: BLE001 - what stood in the way is told, and nothing was noted
            self._desk.say(sentence(error))
            return
        self._read()
        self._desk.say(f"The receipt is in order: {receipt_in_words(made)}.")

    def _save_key(self) -> None:
        save_key_file(self._desk, self)
        self._fingerprint.setText(self._desk.caseload.identity().fingerprint)
        self._fingerprint.show()
        lead_to(self._give, self._fingerprint)


def save_key_file(desk: Desk, place: Place) -> None:
    """Ask where, and write the key file of this vault there."""
    path = choose_where_to_save(place, "my-hand-over.key", "Key files (*.key)", "key")
    if path is None:
        return
    caseload: Caseload = desk.caseload
    try:
        write_key_file(caseload, path, replace=True)  # the dialog asked
    except Exception as error:  # noqa: BLE001 - what stood in the way is told
        desk.say(sentence(error))
    else:
        desk.say("Saved. Give it to colleagues, and read the fingerprint out to each other on the telephone.")


def receipt_in_words(made: HandOver) -> str:
    """Whether it was received."""
    if made.received_at is None:
        return "No receipt yet"
    said = f"Received on {_day(made.received_at)}"
    if not made.refused:
        return said
    return f"{said}, but not {', '.join(made.refused)}: ring your colleague"


def _families(made: HandOver) -> str:
    return ", ".join(each.case_ref for each in made.families)


def _day(moment: datetime) -> str:
    return short_day(moment.astimezone().date())
