"""Activity: who opened, looked, changed and gave out what, the newest first, and whether nothing of it was changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from PySide6.QtWidgets import QButtonGroup, QPushButton

from spr_desktop.casework.activity_trail import GROUPS, Activity, Trail, count_entries, day, entries, what, when
from spr_desktop.casework.words import short_day
from ui.desk import Desk, Place
from ui.failures import sentence
from ui.fields import DateField
from ui.file_choice import choose_where_to_save
from ui.parts import button, fill_with_table, label, lead_to
from ui.tables import Column, PagedTable, Table
from ui.wrapping import wrapping

_FILE: Final = "activity.pdf"
_GROUPS: Final = ("", *GROUPS)


class ActivityList(Place):
    """Nothing is done here but looking, choosing and printing."""

    title = "Activity"
    guidance = "vault"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._trail = Trail()
        self._model: PagedTable[Activity] = PagedTable(self._columns(), self._fetch)
        self._table = Table("What was done", self._model, self._open_family, lines=2)
        self._filters = QButtonGroup(self)
        self._chain = label("Checking that no entry was changed or removed.", "quiet")
        self._count = label("", "quiet")
        self._since = DateField("since", "From (optional)", "For example 3 11 2026")
        self._until = DateField("until", "Until (optional)", "For example 9 11 2026")
        self._apply = button("Show these days", self._choose_days)
        self._save = button("Save this list as PDF", self._save_list)
        self._build()
        self._read()
        self._filters.idToggled.connect(lambda _, is_on: self._read() if is_on else None)
        vault = desk.caseload.vault

        def verify() -> int:
            with vault.for_background() as background:
                return background.trail.verify()

        desk.jobs.start(self, verify, self._is_whole, self._is_damaged)

    def _columns(self) -> list[Column[Activity]]:
        return [
            Column("Day", 12, lambda each: short_day(day(each))),
            Column("Time", 9, when, hides_first=1),
            Column("What was done", 46, what, shrinks=True),
            Column("Family", 11, lambda each: each.case_ref or ""),
        ]

    def _build(self) -> None:
        for number, group in enumerate(_GROUPS):
            words = GROUPS.get(group, "All")
            each = QPushButton(words)
            each.setCheckable(True)
            each.setAccessibleName(f"Show: {words}")
            each.setProperty("role", "filter")
            self._filters.addButton(each, number)
        self._filters.button(0).setChecked(True)
        fill_with_table(
            self,
            self._table,
            label("Activity", "title"),
            label("Who did what with this vault, and when. It never says what a record says."),
            self._chain,
            wrapping(*self._filters.buttons()),
            self._count,
            self._table,
            wrapping(self._since, self._until),
            wrapping(self._apply, self._save),
        )

    def focus_first(self) -> None:
        self._table.setFocus()

    def standing(self) -> dict[str, Any]:
        return {
            "show": _GROUPS[max(self._filters.checkedId(), 0)],
            "since": self._trail.since.isoformat() if self._trail.since else None,
            "until": self._trail.until.isoformat() if self._trail.until else None,
        }

    def stand(self, standing: Mapping[str, Any]) -> None:
        for box, name in ((self._since, "since"), (self._until, "until")):
            if standing.get(name):
                box.restore(standing[name])
        if standing.get("show") in _GROUPS:
            self._filters.button(_GROUPS.index(standing["show"])).setChecked(True)
        self._choose_days()

    # The table

    def _choose_days(self) -> None:
        days: dict[str, date | None] = {}
        for box in (self._since, self._until):
            box.show_error("")
            typed = box.value()
            try:
                days[box.name] = date.fromisoformat(typed) if typed else None
            except ValueError:
                box.show_error("Enter a day like 3 11 2026, or leave it empty.")
                lead_to(box.first_widget(), box)
                return
        self._trail = Trail(days["since"], days["until"])
        self._read()

    def _read(self) -> None:
        group = _GROUPS[max(self._filters.checkedId(), 0)]
        self._trail = Trail(self._trail.since, self._trail.until, group or None)
        count = count_entries(self._desk.caseload.vault, self._trail)
        self._model.show(count)
        self._table.choose(0)
        few = "1 entry" if count == 1 else f"{count:,} entries"
        self._count.setText(few if count else "Nothing of this was done on these days. Choose something else above.")

    def _fetch(self, limit: int, offset: int) -> Sequence[Activity]:
        return entries(self._desk.caseload.vault, self._trail, limit, offset)

    def _open_family(self, number: int) -> None:
        entry = self._model.row(number)
        if entry and entry.case_ref and entry.case_ref in self._desk.caseload.vault.case_refs():
            self._desk.show_family(entry.case_ref)

    # The chain

    def _is_whole(self, links: int) -> None:
        many = "1 entry in all" if links == 1 else f"{links:,} entries in all"
        self._chain.setText(f"{many}: none was changed or removed.")

    def _is_damaged(self, error: Exception) -> None:
        self._chain.setText(f"Entries were changed or removed from outside. {sentence(error)}")
        self._save.setEnabled(False)

    def _save_list(self) -> None:
        path = choose_where_to_save(self, _FILE)
        if path is None:
            return
        caseload, trail = self._desk.caseload, self._trail
        self._save.setEnabled(False)
        self._desk.say("The list is being written.")

        def work() -> None:
            from spr_desktop.casework.activity_trail import save_trail

            with caseload.vault.for_background() as vault:
                save_trail(caseload, vault, trail, path)

        self._desk.jobs.start(self, work, self._is_saved, self._is_not_saved)

    def _is_saved(self, _nothing: None) -> None:
        self._save.setEnabled(True)
        self._read()
        self._desk.say("Saved. The list holds references, and no names.")

    def _is_not_saved(self, error: Exception) -> None:
        self._save.setEnabled(True)
        self._desk.say(sentence(error))
