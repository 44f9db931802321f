"""Every shortcut, as a table: those of the window, then those of tables, forms and conversations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtWidgets import QVBoxLayout

from ui.desk import Desk, Place
from ui.parts import label
from ui.shortcuts import Shortcut, shortcuts
from ui.tables import Column, PagedTable, Table
from ui.theme import AROUND, BETWEEN, GAP


@dataclass(frozen=True, slots=True)
class _Heading:
    keys: str
    words: str = ""


_ELSEWHERE: Final = (
    _Heading("In tables and lists"),
    Shortcut("Up, Down", "", "The row before, the row after"),
    Shortcut("Page Up, Page Down", "", "A page of rows"),
    Shortcut("Enter", "", "Open the row, or do what its last column says"),
    Shortcut("Tab", "", "Leave the table"),
    Shortcut("Delete", "", "On Today: throw away what was begun, after a second question"),
    _Heading("In forms"),
    Shortcut("Tab, Shift+Tab", "", "The field after, the field before"),
    Shortcut("Up, Down", "", "Among the answers to one question"),
    Shortcut("Space", "", "Take the answer, or press the button"),
    Shortcut("Ctrl+Z", "", "Undo what was typed"),
    _Heading("In the pages of a document"),
    Shortcut("Page Up, Page Down", "", "The page before, the page after"),
    Shortcut("Home, End", "", "The first page, the last page"),
    Shortcut("Ctrl+Plus, Ctrl+Minus", "", "Larger, smaller"),
    Shortcut("Ctrl+0", "", "As wide as there is room"),
    _Heading("In the review of what somebody asked to see"),
    Shortcut("1, 2, 3", "", "Disclose all of it, remove parts, leave it out"),
    Shortcut("Enter", "", "Keep it and go on to the next record that is open"),
    Shortcut("Ctrl+Page Up, Ctrl+Page Down", "", "The record before, the record after"),
    Shortcut("Ctrl+Z", "", "Take the last decision back"),
    _Heading("In a search"),
    Shortcut("Up, Down", "", "Move in what was found, while you go on typing"),
    Shortcut("Enter", "", "Open what is chosen"),
)
_Row = _Heading | Shortcut


class ShortcutsList(Place):
    """The list that F12 shows."""

    title = "Shortcuts"
    guidance = "window"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        rows: tuple[_Row, ...] = (_Heading("Everywhere"), *shortcuts(desk.preferences.hide_key), *_ELSEWHERE)
        columns: list[Column[_Row]] = [
            Column("Keys", 22, lambda each: each.keys, shrinks=True),
            Column("What they do", 40, lambda each: each.words, shrinks=True),
        ]
        model: PagedTable[_Row] = PagedTable(
            columns, lambda limit, offset: rows[offset : offset + limit], lambda each: isinstance(each, _Heading)
        )
        self._table = Table("Shortcuts", model, lambda _: None)
        model.show(len(rows))
        self._table.choose(0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(AROUND, GAP, AROUND, BETWEEN)
        layout.setSpacing(GAP + 2)
        layout.addWidget(label("Shortcuts", "title"))
        layout.addWidget(self._table, 1)

    def focus_first(self) -> None:
        self._table.setFocus()
