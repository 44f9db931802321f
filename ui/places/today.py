"""Today: what is overdue, due today and this week, across families, and what was begun and is not finished."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from spr_desktop.casework.competing import competing_everywhere
from spr_desktop.casework.drafts import drafts, drop_draft
from spr_desktop.casework.due import CaseDue
from spr_desktop.casework.retention import due_count
from spr_desktop.casework.words import day_text, short_day
from spr_desktop.pathway.result import CASE
from ui.desk import Desk, Place
from ui.due_ways import action_words, open_draft, take_way
from ui.form_texts import FORMS, words_for
from ui.parts import button, card, empty, fill_with_table, label, row, side_by_side
from ui.places.families import THIS_WEEK
from ui.places.key_notice import KeyNotice
from ui.practice import practise
from ui.refreshing import Refreshing
from ui.sayings import title_of
from ui.tables import PAGE, Column, PagedTable, Table
from ui.where import Where

_UNFINISHED: Final = "Not finished"
_COMPETING: Final = "Recorded in two ways"
_DAY: Final = timedelta(days=1)
_LATER: Final = timedelta(days=366)
"""How far ahead it is looked for what comes next."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a section."""

    words: str


@dataclass(frozen=True, slots=True)
class Begun:
    """Something that was begun and is not finished."""

    name: str
    kept_at: datetime

    @property
    def case_ref(self) -> str:
        """The family it is about."""
        return self.name.partition("/")[0]

    @property
    def words(self) -> str:
        """What it is, and since when."""
        kind = self.name.split("/")[1]
        what = "A safety conversation" if kind == "safety_conversation" else _title(kind)
        day = self.kept_at.astimezone().date()
        return f"{what} you began on {day.day} {day:%B}"


@dataclass(frozen=True, slots=True)
class ToChoose:
    """Records of a family that compete until somebody chooses."""

    case_ref: str
    words: str


Entry = Heading | CaseDue | Begun | ToChoose


def _title(kind: str) -> str:
    return FORMS[kind].title if kind in FORMS else f"A record ({words_for(kind).lower()})"


def by_when(due_on: date, today: date) -> str:
    """A day as one says it from today."""
    days = (due_on - today).days
    if days < 0:
        late = "1 day late" if days == -1 else f"{-days} days late"
        return f"{short_day(due_on)}, {late}"
    if days == 0:
        return "Today"
    return f"{due_on:%A} {due_on.day} {due_on:%B}"


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, and what stands below it."""

    words: str
    count: int
    read: Callable[[int, int], Sequence[Entry]]
    """So many entries, from an offset on."""

    def rows(self, first: int, after: int) -> Iterator[Entry]:
        """Some of its rows, of which the heading is number 0."""
        if first == 0 and after > 0:
            yield Heading(f"{self.words} ({self.count:,})")
        begin = max(first - 1, 0)
        if after - 1 > begin:
            yield from self.read(min(after - 1, self.count) - begin, begin)


def rows_of(sections: Sequence[Section], limit: int, offset: int) -> list[Entry]:
    """Rows of sections below each other; only what is asked for is read."""
    found: list[Entry] = []
    start = 0
    for each in sections:
        length = each.count + 1
        first, after = max(offset - start, 0), min(offset + limit - start, length)
        if first < after:
            found += each.rows(first, after)
        start += length
    return found


class Today(Place):
    """The first thing to be seen after unlocking."""

    title = "Today"
    guidance = "today"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._today = date.today()
        self._sections: list[Section] = []
        self._known_as: dict[str, dict[str, str]] = {}
        self._model: PagedTable[Entry] = PagedTable(
            self._columns(), lambda limit, offset: rows_of(self._sections, limit, offset), _is_heading
        )
        self._table = _Due("What is due", self._model, self._open)
        self._table.thrown_away = self._ask_to_throw_away
        self._refreshing = Refreshing(desk, self._refs_on_screen, self._read)
        self._keys = KeyNotice(desk)
        self._count = label("", "quiet")
        self._past = self._past_their_time()
        self._empty = QWidget()
        self._empty_layout = QVBoxLayout(self._empty)
        self._empty_layout.setContentsMargins(0, 0, 0, 0)
        self._throw_away = button("Throw away what was begun", self._throw, name="Throw away what was begun")
        self._is_asked = False
        self._first: QWidget = self._table
        self._build()
        self._read()
        self._table.selectionModel().currentRowChanged.connect(lambda *_: self._offer_to_throw_away())
        QTimer.singleShot(0, self, self._refreshing.begin)

    def _columns(self) -> list[Column[Entry]]:
        return [
            Column("What", 38, _what, shrinks=True),
            Column("Family", 11, _reference),
            Column("About", 14, self._about, hides_first=2),
            Column("By when", 21, self._when),
            Column("Enter does this", 21, _action, is_action=True, hides_first=1),
        ]

    def _build(self) -> None:
        fill_with_table(
            self,
            self._table,
            label(f"Today, {self._today:%A} {day_text(self._today)}", "title"),
            self._refreshing,
            self._keys,
            self._count,
            self._empty,
            self._table,
            row(self._throw_away),
            self._past,
        )

    def _past_their_time(self) -> QWidget:
        """A quiet line; hidden while no family is past its time, as it always is without a rule of retention."""
        count = due_count(self._desk.caseload, self._today)
        many = "1 family is past its time" if count == 1 else f"{count:,} families are past their time"
        text = label(f"{many}.", "quiet")
        text.setWordWrap(False)
        look = button("Look at them", lambda: self._desk.go(Where("keeping")), "link", name="Families past their time")
        line = row(text, look)
        if not count:
            line.hide()
        return line

    def focus_first(self) -> None:
        self._first.setFocus()

    def standing(self) -> dict[str, Any]:
        return {"row": self._table.current_row}

    def stand(self, standing: Mapping[str, Any]) -> None:
        self._table.choose(min(standing["row"], self._model.rowCount() - 1))

    # What is shown

    def _read(self) -> None:
        chosen = self._entry(self._table.current_row)
        caseload, today, until = self._desk.caseload, self._today, self._today + THIS_WEEK
        begun = [Begun(*each) for each in drafts(caseload) if "/" in each[0]]
        late = self._due("Overdue", date.min, today - _DAY)
        due = [late, self._due("Today", today, today), self._due("This week", today + _DAY, until)]
        unfinished = Section(_UNFINISHED, len(begun), lambda limit, offset: begun[offset : offset + limit])
        choices = [ToChoose(each.case_ref, title_of(each.records[0].kind)) for each in competing_everywhere(caseload)]
        to_choose = Section(_COMPETING, len(choices), lambda limit, offset: choices[offset : offset + limit])
        self._sections = [each for each in (*due, to_choose, unfinished) if each.count]
        self._known_as.clear()
        self._show_rows()
        self._choose_again(chosen)
        things = sum(each.count for each in due)
        self._count.setText(_in_words(things, late.count, until))
        self._count.setVisible(things > 0)
        self._say_nothing_is_due(things == 0)
        self._offer_to_throw_away()

    def _due(self, words: str, since: date, until: date) -> Section:
        caseload = self._desk.caseload
        return Section(
            words,
            caseload.due_count(until, since),
            lambda limit, offset: caseload.due(until, since, limit, offset),
        )

    def _show_rows(self) -> None:
        self._model.show(sum(each.count + 1 for each in self._sections))
        self._table.clearSpans()
        start = 0
        for each in self._sections:
            self._table.setSpan(start, 0, 1, len(self._model.columns))
            start += each.count + 1
        self._table.setVisible(bool(self._sections))

    def _choose_again(self, chosen: Entry | None) -> None:
        """What was chosen stays chosen where it is near the top, as it is where one works."""
        near = range(min(self._model.rowCount(), PAGE))
        same = (number for number in near if chosen and self._entry(number) == chosen)
        self._table.choose(next(same, 0))

    def _say_nothing_is_due(self, is_empty: bool) -> None:
        empty(self._empty_layout)
        self._empty.setVisible(is_empty)
        self._first = self._table
        if is_empty:
            self._empty_layout.addWidget(label("Nothing is due", "heading"))
            parts = self._next() if self._desk.caseload.count() else self._first_run()
            for each in parts:
                self._empty_layout.addWidget(each)

    def _next(self) -> Iterator[QWidget]:
        coming = self._desk.caseload.due(self._today + _LATER, limit=1)
        if coming:
            first = coming[0]
            yield label(f"Next: {first.line.words}, by {day_text(first.line.due_on)} ({first.case_ref}).")
            open_it = button("Open that family", lambda: self._desk.show_family(first.case_ref))
            families = button("Families", self._desk.show_families, name="To the families")
            yield row(open_it, families)
        else:
            yield label("Nothing has a day in the year to come. The families say what the next step of each is.")
            open_it = button("Families", self._desk.show_families, "main", name="To the families")
            yield row(open_it)
        if not self._sections:
            self._first = open_it

    def _first_run(self) -> Iterator[QWidget]:
        new = button("Begin with a new family", self._desk.show_new_family, "main")
        practice = button("Practise with an invented family", lambda: practise(self._desk))
        self._first = new
        yield card(
            label(
                "This vault is empty. Begin with a family you work with, or try everything with one that is invented."
            ),
            label("What you practise is kept apart and never reaches your own families.", "quiet"),
            row(new, practice),
        )

    def _refs_on_screen(self) -> Iterator[str]:
        for number in self._table.rows_on_screen():
            entry = self._entry(number)
            if isinstance(entry, CaseDue):
                yield entry.case_ref

    def _entry(self, number: int) -> Entry | None:
        return self._model.row(number) if 0 <= number < self._model.rowCount() else None

    def _about(self, entry: Entry) -> str:
        """Whom it is about; read when the row is looked at, and once for a family."""
        if not isinstance(entry, CaseDue):
            return ""
        if self._desk.preferences.names_hidden:
            return "Hidden"
        if entry.line.subject == CASE:
            return side_by_side(entry.names)
        if entry.case_ref not in self._known_as:
            case = self._desk.caseload.case(entry.case_ref, self._today)
            self._known_as[entry.case_ref] = {key: each.body.known_as for key, each in case.people.items()}
        found = self._known_as[entry.case_ref].get(entry.line.subject)
        return side_by_side([found]) if found else ""

    def _when(self, entry: Entry) -> str:
        return by_when(entry.line.due_on, self._today) if isinstance(entry, CaseDue) else ""

    # Doing it

    def _open(self, number: int) -> None:
        entry = self._entry(number)
        if isinstance(entry, CaseDue):
            take_way(self._desk, entry)
        elif isinstance(entry, ToChoose):
            self._desk.go(Where("competing", {"case_ref": entry.case_ref}))
        elif isinstance(entry, Begun) and not open_draft(self._desk, entry.name):
            self._desk.say("What you began is kept. Open its form from here, and what you typed is back.")

    def _offer_to_throw_away(self) -> None:
        self._is_asked = False
        self._throw_away.setText("Throw away what was begun")
        self._throw_away.setAccessibleName(self._throw_away.text())
        self._throw_away.setVisible(any(each.words == _UNFINISHED for each in self._sections))
        self._throw_away.setEnabled(isinstance(self._entry(self._table.current_row), Begun))

    def _ask_to_throw_away(self) -> None:
        if isinstance(self._entry(self._table.current_row), Begun):
            self._throw_away.setFocus()
            self._throw()

    def _throw(self) -> None:
        """Asked twice, in place: what was typed cannot be had back."""
        entry = self._entry(self._table.current_row)
        if not isinstance(entry, Begun):
            return
        if not self._is_asked:
            self._is_asked = True
            self._throw_away.setText("Yes, throw it away. It cannot be had back.")
            self._throw_away.setAccessibleName(self._throw_away.text())
            return
        drop_draft(self._desk.caseload, entry.name)
        self._read()
        self._desk.say("Thrown away.")
        self.focus_first()


class _Due(Table):
    """Delete asks to throw away what was begun."""

    thrown_away: Any = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.thrown_away:
            self.thrown_away()
            return
        super().keyPressEvent(event)


def _is_heading(entry: Entry) -> bool:
    return isinstance(entry, Heading)


def _what(entry: Entry) -> str:
    return entry.line.words if isinstance(entry, CaseDue) else entry.words


def _reference(entry: Entry) -> str:
    return "" if isinstance(entry, Heading) else entry.case_ref


def _action(entry: Entry) -> str:
    if isinstance(entry, CaseDue):
        return action_words(entry.line.rule)
    if isinstance(entry, ToChoose):
        return "Choose what is right"
    return "Go on with it" if isinstance(entry, Begun) else ""


def _in_words(due: int, late: int, until: date) -> str:
    things = "1 thing" if due == 1 else f"{due:,} things"
    return f"{things} to do by {until:%A} {until.day} {until:%B}" + (f", {late:,} late" if late else "")
