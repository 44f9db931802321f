"""Hand families over: which, to whose key, the passphrase once more, and a file that only that colleague opens."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

from PySide6.QtWidgets import QVBoxLayout

from spr_desktop.casework.colleagues import Colleague, read_key_file
from spr_desktop.casework.handing_over import HandOver, hand_over
from spr_desktop.casework.summary import CaseSummary
from ui.desk import Desk, Place
from ui.failures import sentence
from ui.file_choice import choose_file, choose_where_to_save
from ui.parts import button, card, column, label, lead_to, row, scrolling, side_by_side
from ui.places.whose_key import WhoseKey
from ui.secret_boxes import caps_lock_hint, reveal, secret_box
from ui.tables import Column, PagedTable, Table
from ui.theme import AROUND, BETWEEN, measure
from ui.where import Where

_TABLE_HEIGHT: Final = 220


class HandOverPlace(Place):
    """With ``case_ref``, that family is chosen at first."""

    title = "Hand families over"
    guidance = "hand_over"

    def __init__(self, desk: Desk, case_ref: str = "") -> None:
        super().__init__()
        self._desk = desk
        self._chosen: list[str] = [case_ref] if case_ref else []
        self._reader: Colleague | None = None
        self._model: PagedTable[CaseSummary] = PagedTable(
            [
                Column("Hand over", 14, lambda each: "✓ Chosen" if each.case_ref in self._chosen else ""),
                Column("Family", 11, lambda each: each.case_ref),
                Column("Names", 30, self._names, shrinks=True),
            ],
            lambda limit, offset: desk.caseload.summaries(date.today(), limit=limit, offset=offset),
        )
        self._table = Table("Families to hand over", self._model, self._turn, lines=2)
        self._table.setMinimumHeight(_TABLE_HEIGHT)
        self._model.show(desk.caseload.count())
        self._count = label("")
        self._families_error = label("", "error")
        self._whose = WhoseKey(desk)
        self._choose_key = button("Choose your colleague's key file", self._ask_for_key)
        self._key_error = label("", "error")
        self._passphrase = secret_box("Passphrase")
        self._passphrase.returnPressed.connect(self._begin)
        self._passphrase.setMaximumWidth(measure())
        self._secret_error = label("", "error")
        self._save = button("Save the bundle", self._begin, "main")
        for each in (self._families_error, self._key_error, self._secret_error):
            each.hide()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(scrolling(self._content()))
        self._show_count()

    def _content(self) -> Any:
        prompt = label("Passphrase", "label")
        prompt.setBuddy(self._passphrase)
        return column(
            label("Hand families over", "title"),
            label("A copy goes to one colleague, everything included. Nothing is taken out of this vault."),
            card(
                label("Which families", "heading"),
                label("Enter chooses the row, or lets it go.", "quiet"),
                self._families_error,
                self._count,
                self._table,
            ),
            card(
                label("To whom", "heading"),
                label("Your colleague saves the key file in their settings, and gives it to you.", "quiet"),
                self._key_error,
                row(self._choose_key),
                self._whose,
            ),
            card(
                label("Your passphrase once more", "heading"),
                label("What stands in confidence leaves this vault too.", "quiet"),
                self._secret_error,
                prompt,
                self._passphrase,
                caps_lock_hint(self._passphrase),
                reveal(self._passphrase),
                row(self._save, button("Back", self._desk.back)),
            ),
            gap=BETWEEN,
            around=AROUND,
        )

    def focus_first(self) -> None:
        (self._choose_key if self._chosen else self._table).setFocus()

    def standing(self) -> dict[str, Any]:
        return {"chosen": list(self._chosen)}

    def stand(self, standing: Mapping[str, Any]) -> None:
        self._chosen = list(standing.get("chosen", []))
        self._model.read_again()
        self._show_count()

    def _names(self, each: CaseSummary) -> str:
        return "Hidden" if self._desk.preferences.names_hidden else side_by_side(each.names)

    def _turn(self, number: int) -> None:
        family = self._model.row(number)
        if family is None:
            return
        if family.case_ref in self._chosen:
            self._chosen.remove(family.case_ref)
        else:
            self._chosen.append(family.case_ref)
        self._model.read_again()
        self._show_count()
        said = "chosen" if family.case_ref in self._chosen else "not chosen any more"
        self._desk.say(f"Family {family.case_ref}: {said}.")

    def _show_count(self) -> None:
        many = len(self._chosen)
        chosen = "No family is chosen yet." if not many else "1 family is chosen" if many == 1 else f"{many} are chosen"
        self._count.setText(f"{chosen}: {', '.join(self._chosen)}." if many else chosen)
        self._families_error.hide()

    def _ask_for_key(self) -> None:
        path = choose_file(self, "Choose your colleague's key file", "Key files (*.key)")
        if path is not None:
            self.take_key(path)

    def take_key(self, path: Path) -> None:
        """Show whose key file it is."""
        self._key_error.hide()
        try:
            self._reader = read_key_file(path)
        except Exception as error:  # noqa: BLE001 - what is wrong with the file is told
            self._reader = None
            self._whose.hide()
            self._fault(self._key_error, sentence(error), self._choose_key)
            return
        self._whose.show_key("They will be able to read everything", self._reader)
        lead_to(self._choose_key, self._whose)

    def _begin(self) -> None:
        if not self._chosen:
            self._fault(self._families_error, "Choose at least one family.", self._table)
        elif self._reader is None:
            self._fault(self._key_error, "Choose the key file of your colleague.", self._choose_key)
        elif self._whose.check():
            caseload, passphrase = self._desk.caseload, self._passphrase.text()
            self._save.setEnabled(False)
            self._secret_error.hide()
            self._desk.jobs.start(self, lambda: caseload.prove_passphrase(passphrase), self._proven, self._failed)

    def _proven(self, is_right: bool) -> None:
        self._save.setEnabled(True)
        if not is_right:
            self._passphrase.selectAll()
            why = "That is not the passphrase. Check Caps Lock and try again."
            self._fault(self._secret_error, why, self._passphrase)
            return
        path = choose_where_to_save(self, "bundle.age", "Bundles (*.age)", "age")
        if path is not None:
            self.write(path)

    def write(self, path: Path) -> None:
        """Write the bundle; the passphrase was proven."""
        assert self._reader is not None
        try:
            # the dialog asked before it let an existing file be chosen
            made = hand_over(self._desk.caseload, self._chosen, self._reader, path, replace=True)
        except Exception as error:  # noqa: BLE001 - what stood in the way is told, and it can be tried again
            self._failed(error)
            return
        self._passphrase.clear()
        self._show_made(made, path)

    def _show_made(self, made: HandOver, path: Path) -> None:
        while item := self._layout.takeAt(0):
            widget = item.widget()
            if widget:
                widget.deleteLater()
        on = button("See what was handed over", lambda: self._desk.go(Where("hand_overs")), "main")
        many = "1 family is" if len(made.families) == 1 else f"{len(made.families)} families are"
        done = column(
            label("The bundle is saved", "title"),
            label(f"{many} in {path}. Only {made.to} can open it."),
            label("Send it as you like, then ask for the receipt: until it is here, nobody knows that it arrived."),
            row(on, button("Back", self._desk.back)),
            gap=BETWEEN,
            around=AROUND,
        )
        self._layout.addWidget(scrolling(done))
        on.setFocus()

    def _failed(self, error: Exception) -> None:
        self._save.setEnabled(True)
        self._fault(self._secret_error, sentence(error), self._save)

    def _fault(self, where: Any, words: str, widget: Any) -> None:
        where.setText(words)
        where.show()
        lead_to(widget, where)
