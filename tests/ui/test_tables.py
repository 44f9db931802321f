"""Tables: rows are read by pages as they are looked at, headings cannot be chosen, Tab leaves."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.parts import column, label, scrolling
from ui.tables import PAGE, Column, PagedTable, Table
from ui.theme import apply_theme

MANY = 20_000


class Source:
    """Says what was asked of it."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.asked: list[tuple[int, int]] = []

    def __call__(self, limit: int, offset: int) -> list[str]:
        self.asked.append((limit, offset))
        return [f"row {number}" for number in range(offset, min(offset + limit, self.count))]


COLUMNS: list[Column[str]] = [
    Column("Number", 12, lambda each: each.split()[1]),
    Column("Row", 20, lambda each: each, shrinks=True),
    Column("Do", 10, lambda _: "Open", is_action=True, hides_first=1),
]


def shown(bot: QtBot, table: QWidget, width: int = 600) -> QWidget:
    holder = QWidget()
    layout = QVBoxLayout(holder)
    layout.addWidget(table)
    layout.addWidget(QPushButton("After"))
    holder.resize(width, 400)
    bot.addWidget(holder)
    holder.show()
    bot.waitUntil(holder.isActiveWindow, timeout=30_000)
    return holder


def test_of_twenty_thousand_rows_only_those_that_are_looked_at_are_read(qtbot: QtBot) -> None:
    source = Source(MANY)
    model = PagedTable(COLUMNS, source)
    table = Table("Rows", model, lambda _: None)
    model.show(MANY)
    holder = shown(qtbot, table)
    assert holder.isVisible()
    qtbot.waitUntil(lambda: bool(source.asked), timeout=30_000)
    assert model.rowCount() == MANY
    assert source.asked == [(PAGE, 0)]
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert table.current_row == MANY - 1
    assert {offset for _, offset in source.asked} <= {0, MANY - PAGE}
    for number in range(0, MANY, PAGE):
        model.row(number)
    assert sum(len(each) for each in model._pages.values()) <= 8 * PAGE


def test_rows_that_have_gone_are_empty_until_the_table_is_shown_again(qtbot: QtBot) -> None:
    source = Source(3)
    model = PagedTable(COLUMNS, source)
    model.show(3)
    assert model.data(model.index(2, 1)) == "row 2"
    source.count = 2
    model.read_again()
    assert model.data(model.index(2, 1)) is None
    assert model.row(2) is None


def test_arrows_pass_headings_enter_opens_and_tab_leaves(qtbot: QtBot) -> None:
    source = Source(10)
    model = PagedTable(COLUMNS, source, lambda each: each in ("row 0", "row 3"))
    opened: list[int] = []
    table = Table("Rows", model, opened.append)
    model.show(10)
    holder = shown(qtbot, table)
    assert holder.isVisible()
    table.choose(0)
    table.setFocus()
    assert table.current_row == 1
    for _ in range(2):
        QTest.keyClick(table, Qt.Key.Key_Down)
    assert table.current_row == 4
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert opened == [4]
    QTest.keyClick(table, Qt.Key.Key_Tab)
    focused = QApplication.focusWidget()
    assert isinstance(focused, QPushButton)


def test_one_click_on_what_a_row_does_opens_it_and_one_beside_it_does_not(qtbot: QtBot) -> None:
    source = Source(10)
    model = PagedTable(COLUMNS, source)
    opened: list[int] = []
    table = Table("Rows", model, opened.append)
    model.show(10)
    holder = shown(qtbot, table)
    assert holder.isVisible()
    for number in (0, 2):
        at = table.visualRect(model.index(5, number)).center()
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert opened == [5]


def test_where_there_is_little_room_columns_are_left_out_before_anything_scrolls(qtbot: QtBot) -> None:
    model = PagedTable(COLUMNS, Source(3))
    table = Table("Rows", model, lambda _: None)
    model.show(3)
    holder = shown(qtbot, table, width=800)
    assert not table.isColumnHidden(2)
    holder.resize(330, 400)
    qtbot.waitUntil(lambda: table.isColumnHidden(2), timeout=30_000)
    assert sum(table.columnWidth(each) for each in (0, 1)) <= table.viewport().width()


def test_on_a_page_that_scrolls_the_chosen_row_is_brought_into_sight(qtbot: QtBot, qapp: QApplication) -> None:
    apply_theme(qapp)
    model = PagedTable(COLUMNS, Source(10))
    table = Table("Rows", model, lambda _: None)
    table.setFixedHeight(400)
    model.show(10)
    before = [QPushButton(f"Before {number}") for number in range(20)]
    area = scrolling(column(label("A page with texts"), *before, table))
    holder = shown(qtbot, area)
    table.choose(0)
    assert area.verticalScrollBar().value() == 0
    QTest.keyClick(table, Qt.Key.Key_Down)
    row = table.visualRect(table.currentIndex())
    top = table.viewport().mapTo(area.viewport(), row.topLeft()).y()
    assert 0 <= top <= area.viewport().height() - row.height()
    assert holder.isVisible()
