"""Families: a search, plain filters, and the caseload as a table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QLineEdit, QMenu, QPushButton, QWidget

from spr_desktop.casework.caseload import Wanted
from spr_desktop.casework.filters import SavedFilter
from spr_desktop.casework.words import OUTCOMES, service_title, services, short_day
from ui.desk import Desk, Place
from ui.parts import button, column, fill_with_table, label, row, side_by_side
from ui.places.saved_filters import SavedFilters
from ui.refreshing import Refreshing
from ui.tables import Column, PagedTable, Table
from ui.theme import BETWEEN, GAP
from ui.wrapping import wrapping

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spr_desktop.casework.summary import CaseSummary

SHOWN: Final = {
    "all": "All",
    "stop": "Stop",
    "not_yet": "Not yet",
    "caution": "Caution",
    "ready": "Ready",
    "due": "Due this week",
}
"""What may be shown, in plain words."""
THIS_WEEK: Final = timedelta(days=6)
"""Today and the six days after it."""
_ROOM_FOR_TITLE: Final = 360
"""Height in pixels."""
_TYPING_PAUSE: Final = 120
"""Milliseconds after the last key before a search begins."""


def wanted(show: str, service: str | None, today: date) -> Wanted | None:
    """The rows that a filter asks for; None for all of them."""
    if show == "all" and service is None:
        return None
    return Wanted(
        outcomes=frozenset({show}) if show in OUTCOMES else frozenset(),
        service=service,
        ready=True if show == "ready" else None,
        due_by=today + THIS_WEEK if show == "due" else None,
    )


def count_in_words(count: int) -> str:
    """How many families, as one says it."""
    return "1 family" if count == 1 else f"{count:,} families"


class SearchLine(QLineEdit):
    """A search; arrows up and down move in the table below while one goes on typing."""

    def __init__(self, name: str, hint: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setClearButtonEnabled(True)
        self.below: QWidget | None = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.below and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.below.keyPressEvent(event)
            return
        super().keyPressEvent(event)


class Families(Place):
    """The caseload; typing searches it, Enter opens a family."""

    title = "Families"
    guidance = "families"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._is_standing = False
        self._hide_names = QCheckBox("Hide names")
        self._hide_names.setAccessibleName("Hide names")
        self._hide_names.setChecked(desk.preferences.names_hidden)
        self._search = SearchLine("Search families by name or reference", "A name or a reference")
        self._pause = QTimer(self, singleShot=True, interval=_TYPING_PAUSE)
        self._model = PagedTable(self._columns(), self._fetch)
        self._table = Table("Families", self._model, self._open, lines=2)
        self._search.below = self._table
        self._filters = QButtonGroup(self)
        self._service: str | None = None
        self._service_button = QPushButton()
        self._saved = SavedFilters(desk, self._chosen, self._choose)
        self._refreshing = Refreshing(desk, self._refs_on_screen, self._find_again)
        self._count = label("", "quiet")
        self._count.setWordWrap(False)
        self._nothing = label("", "heading")
        self._nothing_hint = label("")
        self._show_all = button("Show all families", lambda: self._choose(SavedFilter()))
        self._build()
        self._choose(SavedFilter())
        self._search.textChanged.connect(self._pause.start)
        self._search.returnPressed.connect(self._open_first)
        self._pause.timeout.connect(self._find)
        self._hide_names.toggled.connect(lambda _: self._model.read_again())
        self._filters.idToggled.connect(lambda _, is_on: self._find() if is_on else None)
        QTimer.singleShot(0, self, self._refreshing.begin)

    # The page

    def _columns(self) -> list[Column[CaseSummary]]:
        return [
            Column("Reference", 11, lambda each: each.case_ref),
            Column("Names", 18, self._names, shrinks=True),
            Column("Next step", 24, lambda each: each.next_step, shrinks=True),
            Column("Outcome", 16, _outcome_in_words, outcome=lambda each: each.outcome),
            Column("Service", 15, lambda each: service_title(each.service) if each.service else "", hides_first=2),
            Column("Last contact", 12, lambda each: short_day(each.last_contact), hides_first=3),
            Column("Due", 11, lambda each: short_day(each.due_on), hides_first=1),
        ]

    def _build(self) -> None:
        for number, (_, words) in enumerate(SHOWN.items()):
            each = QPushButton(words)
            each.setCheckable(True)
            each.setAccessibleName(f"Show: {words}")
            each.setProperty("role", "filter")
            self._filters.addButton(each, number)
        self._filters.button(0).setChecked(True)
        menu = QMenu(self._service_button)
        menu.setAccessibleName("Service")
        for code, words in _services().items():
            menu.addAction(words, partial(self._set_service, code))
        self._service_button.setProperty("opens", True)
        self._service_button.setMenu(menu)
        new = button("New family  Ctrl+N", self._desk.show_new_family, name="New family")
        self._search.setMinimumWidth(220)
        self._title = label("Families", "title")
        tools = row(self._search, self._hide_names, new, stretch=False)
        tools.layout().setStretch(0, 1)  # type: ignore[union-attr]
        open_it = button("Open  Enter", self._open_first, name="Open the chosen family")
        self._line = row(self._count, open_it, gap=BETWEEN)
        self._empty = column(self._nothing, self._nothing_hint, row(self._show_all), gap=GAP)
        fill_with_table(
            self,
            self._table,
            self._title,
            tools,
            wrapping(*self._filters.buttons(), self._service_button, self._saved.menu_button),
            self._saved,
            self._refreshing,
            self._line,
            self._empty,
            self._table,
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little height, it goes to the table."""
        super().resizeEvent(event)
        self._title.setVisible(event.size().height() >= _ROOM_FOR_TITLE)

    def focus_first(self) -> None:
        self._search.setFocus()

    def standing(self) -> dict[str, Any]:
        return self._chosen().plain() | {"row": self._table.current_row, "names_hidden": self._hide_names.isChecked()}

    def stand(self, standing: Mapping[str, Any]) -> None:
        self._hide_names.setChecked(standing["names_hidden"])
        self._choose(SavedFilter(search=standing["search"], show=standing["show"], service=standing["service"]))
        self._table.choose(min(standing["row"], self._model.rowCount() - 1))

    # What is shown

    def _chosen(self) -> SavedFilter:
        show = list(SHOWN)[max(self._filters.checkedId(), 0)]
        return SavedFilter(search=self._search.text().strip(), show=show, service=self._service)

    def _choose(self, chosen: SavedFilter) -> None:
        self._is_standing = True
        self._search.setText(chosen.search)
        show = chosen.show if chosen.show in SHOWN else "all"
        self._filters.button(list(SHOWN).index(show)).setChecked(True)
        self._set_service(chosen.service if chosen.service in _services() else None)
        self._is_standing = False
        self._find()

    def _set_service(self, service: str | None) -> None:
        self._service = service
        self._service_button.setText(_services()[service])
        self._service_button.setAccessibleName(f"Service: {_services()[service]}")
        self._find()

    def _asked(self) -> tuple[str | None, Wanted | None]:
        chosen = self._chosen()
        return chosen.search or None, wanted(chosen.show, chosen.service, date.today())

    def _fetch(self, limit: int, offset: int) -> list[CaseSummary]:
        return self._desk.caseload.summaries(date.today(), *self._asked(), limit, offset)

    def _find(self) -> None:
        if self._is_standing:
            return
        self._pause.stop()
        search, filtered = self._asked()
        count = self._desk.caseload.count(search, filtered)
        self._model.show(count)
        self._say_what_is_shown(count, search, filtered)
        self._table.choose(0)

    def _find_again(self) -> None:
        """Other lines may have come to stand in another order: the chosen family stays chosen where it is near."""
        number = self._table.current_row
        before = self._model.row(number) if number >= 0 else None
        self._find()
        if before is None or not self._model.rowCount():
            return
        near = [number, *range(min(self._model.rowCount(), 50))]
        same = (each for each in near if (row := self._model.row(each)) and row.case_ref == before.case_ref)
        self._table.choose(next(same, 0))

    def _say_what_is_shown(self, count: int, search: str | None, filtered: Wanted | None) -> None:
        is_all = search is None and filtered is None
        self._count.setText(count_in_words(count) + ("" if is_all else ", of " + f"{self._desk.caseload.count():,}"))
        self._line.setVisible(count > 0)
        self._empty.setVisible(not count)
        self._table.setVisible(count > 0)
        self._show_all.setVisible(not is_all)
        if search:
            self._nothing.setText("Nobody fits")
            self._nothing_hint.setText("Try fewer letters, another spelling, or the case reference.")
        elif filtered:
            self._nothing.setText("No family fits this")
            self._nothing_hint.setText("Choose something else above, or show all families.")
        else:
            self._nothing.setText("No families yet")
            self._nothing_hint.setText("Begin with New family, then record the people and talk with each parent alone.")

    def _refs_on_screen(self) -> Iterator[str]:
        for number in self._table.rows_on_screen():
            if row := self._model.row(number):
                yield row.case_ref

    def _names(self, summary: CaseSummary) -> str:
        return "Hidden" if self._hide_names.isChecked() else side_by_side(summary.names)

    # Opening

    def _open_first(self) -> None:
        if self._pause.isActive():
            self._find()
        if self._model.rowCount():
            self._open(max(self._table.current_row, 0))

    def _open(self, number: int) -> None:
        if row := self._model.row(number):
            self._desk.show_family(row.case_ref)


def _services() -> dict[str | None, str]:
    return {None: "Any service", **dict(services())}


def _outcome_in_words(summary: CaseSummary) -> str:
    return OUTCOMES[summary.outcome] + (", urgent" if summary.urgent else "")
