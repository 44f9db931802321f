"""Receive families: what a bundle would bring is shown first, then it is taken, and a receipt goes back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Final, TypeVar

from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.taking_over import (
    Brought,
    Bundle,
    Received,
    look,
    open_bundle,
    receipt_name,
    take,
    write_receipt,
)
from spr_desktop.casework.taking_packs import is_sealed_document
from spr_desktop.casework.words import day_text
from ui.desk import Desk, Place
from ui.failures import sentence
from ui.file_choice import choose_file, choose_where_to_save
from ui.parts import button, fill_with_table, label, lead_to, row
from ui.places.whose_key import WhoseKey
from ui.sayings import title_of
from ui.tables import Column, PagedTable, Table
from ui.where import Where

T = TypeVar("T")
_TABLE_HEIGHT: Final = 130


class Receive(Place):
    """Nothing is taken before it was seen."""

    title = "Receive families"
    guidance = "hand_over"
    takes_files = True

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._bundle: Bundle | None = None
        self._received: Received | None = None
        self._rows: list[Brought] = []
        self._model: PagedTable[Brought] = PagedTable(
            [
                Column("Family", 11, lambda each: each.case_ref),
                Column("What it brings", 42, brought_in_words, shrinks=True),
                Column("To choose between", 26, competing_in_words, shrinks=True, hides_first=1),
            ],
            self._fetch,
        )
        self._table = Table("What the bundle brings", self._model, self._open)
        self._table.setMinimumHeight(_TABLE_HEIGHT)
        self._choose = button("Choose the bundle", self._ask)
        self._error = label("", "error")
        self._whose = WhoseKey(desk)
        self._said = label("")
        self._take = button("Take it", self._begin, "main")
        self._receipt = button("Save the receipt", self._save_receipt, "main")
        self._today = button("Choose what is right", lambda: desk.go(Where("today")))
        fill_with_table(
            self,
            self._table,
            label("Receive families", "title"),
            label(
                "Choose the bundle that a colleague sent you, or a referral pack, or drop it here. You see first what "
                "it would bring."
            ),
            row(self._choose),
            self._error,
            self._whose,
            self._table,
            self._said,
            row(self._take, self._receipt, self._today),
        )
        for each in (self._error, self._table, self._said, self._take, self._receipt, self._today):
            each.hide()

    def focus_first(self) -> None:
        self._choose.setFocus()

    def take_file(self, file: Path) -> None:
        self.look_at(file)

    # Looking

    def _ask(self) -> None:
        path = choose_file(self, "Choose the bundle", "Bundles and packs (*.age *.pdf)")
        if path is not None:
            self.look_at(path)

    def look_at(self, path: Path) -> None:
        """Open a bundle, and show what it would bring; a pack is looked at where its passphrase is asked."""
        self._error.hide()
        try:
            is_pack = is_sealed_document(path)
        except Exception as error:  # noqa: BLE001 - whatever keeps it from being read is told
            self._failed(error)
            return
        if is_pack:
            self._desk.go(Where("check_document", {"file": str(path)}))
            return
        self._choose.setEnabled(False)

        def work(caseload: Caseload) -> Received:
            return look(caseload, open_bundle(caseload, path))

        self._in_background(work, self._show_looked)

    def _show_looked(self, received: Received) -> None:
        self._choose.setEnabled(True)
        self._bundle = received.bundle
        made_on = received.bundle.made_at.astimezone().date()
        self._whose.show_key(f"Made on {day_text(made_on)}, by", received.bundle.sender)
        self._show_rows(received)
        brings = sum(each.new for each in received.taken)
        self._said.setText(
            "Nothing was taken yet." if brings else "You have all of this already. Nothing would change."
        )
        self._take.setVisible(True)
        for each in (self._receipt, self._today):
            each.hide()
        lead_to(self._take, self._whose)

    def _show_rows(self, received: Received) -> None:
        self._received = received
        self._rows = list(received.families)
        self._model.show(len(self._rows))
        self._table.choose(0)
        self._table.show()
        self._said.show()

    def _fetch(self, limit: int, offset: int) -> Sequence[Brought]:
        return self._rows[offset : offset + limit]

    def _open(self, number: int) -> None:
        brought = self._model.row(number)
        if brought is None:
            return
        if brought.case_ref in self._desk.caseload.vault.case_refs():
            self._desk.show_family(brought.case_ref)
        else:
            self._desk.say("Take the bundle first, then the family can be opened.")

    # Taking

    def _begin(self) -> None:
        bundle = self._bundle
        if bundle is None or not self._whose.check():
            return
        self._take.setEnabled(False)
        self._in_background(lambda caseload: take(caseload, bundle, date.today()), self._show_taken)

    def _show_taken(self, received: Received) -> None:
        self._show_rows(received)
        self._take.setEnabled(True)
        self._take.hide()
        competes = sum(len(each.competing) for each in received.taken)
        self._said.setText(taken_in_words(received))
        self._receipt.show()
        self._today.setVisible(competes > 0)
        lead_to(self._receipt)

    def _save_receipt(self) -> None:
        received = self._received
        if received is None:
            return
        path = choose_where_to_save(self, receipt_name(received.bundle), "Receipts (*.age)", "age")
        if path is not None:
            self.write_receipt(path)

    def write_receipt(self, path: Path) -> None:
        """Write the receipt of what was taken."""
        assert self._received is not None
        try:
            write_receipt(self._desk.caseload, self._received, path, replace=True)  # the dialog asked
        except Exception as error:  # noqa: BLE001 - what stood in the way is told; what was taken stays taken
            self._fault(sentence(error), self._receipt)
            return
        self._desk.say("The receipt is saved. Send it back: only your colleague can open it.")

    def _in_background(self, work: Callable[[Caseload], T], then: Callable[[T], None]) -> None:
        """A large bundle takes a while; over a connection of its own the window stays at hand."""
        vault = self._desk.caseload.vault

        def run() -> T:
            with Caseload(vault.for_background()) as background:
                return work(background)

        self._desk.jobs.start(self, run, then, self._failed)

    def _failed(self, error: Exception) -> None:
        self._choose.setEnabled(True)
        self._take.setEnabled(True)
        self._fault(sentence(error), self._choose)

    def _fault(self, words: str, widget: object) -> None:
        self._error.setText(words)
        self._error.show()
        lead_to(self._choose if widget is self._choose else self._receipt, self._error)


def brought_in_words(brought: Brought) -> str:
    """What a bundle brings to a family."""
    if brought.is_another_family:
        return "Left alone: another family of yours has this reference. Ring the sender."
    if brought.contradicting:
        return "Left alone: contradicts your records. Ring the sender."
    if not brought.new:
        return "Nothing new"
    said = f"{_records(brought.new)}, {brought.known:,} known"
    if brought.is_new_family:
        said = f"A new family: {_records(brought.new)}"
    return f"{said}; {len(brought.competing)} to choose between" if brought.competing else said


def _records(count: int) -> str:
    return "1 new record" if count == 1 else f"{count:,} new records"


def competing_in_words(brought: Brought) -> str:
    """What a person will have to choose between, by kind."""
    return ", ".join(title_of(each[0].kind) for each in brought.competing)


def taken_in_words(received: Received) -> str:
    """What was taken."""
    brings = sum(each.new for each in received.taken)
    said = f"Taken: {_records(brings)}." if brings else "There was nothing new. Nothing was changed."
    if received.refused:
        said += f" {len(received.refused)} left alone: ring the sender."
    return said
