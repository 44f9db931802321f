"""The chronology on the screen: filters, keys, thousands of records, and a parent's page."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QListView, QWidget
from pytestqt.qtbot import QtBot

from spr_desktop.records.case import Case
from tests.cases import CASE_REF, Family, PlainRecord
from ui.chronology import Chronology, Row

NOTE: PlainRecord = {"type": "visit", "about": ["a"], "blocks": [{"type": "fact", "text": "Talked about swimming."}]}


def family() -> Family:
    made = Family()
    first = made.add("note", -3, "10:30", **NOTE)
    made.add("note", -1, supersedes=(first,), **NOTE)
    return made


def case_of(made: Family) -> Case:
    return Case(CASE_REF, made.records(), made.as_of)


class Reader:
    """Somebody who reads a chronology."""

    def __init__(self, bot: QtBot, case: Case, scope: str | None = None, *, compact: bool = False) -> None:
        self.widget = Chronology(case, scope=scope, compact=compact)
        bot.addWidget(self.widget)
        self.widget.resize(320 if compact else 683, 370)
        self.widget.show()
        bot.waitExposed(self.widget)
        self.widget.activateWindow()
        bot.waitUntil(self.widget.isActiveWindow)

    @property
    def view(self) -> QListView:
        return self.widget.findChildren(QListView)[-1]

    def rows(self) -> list[Row]:
        model = self.view.model()
        return [model.index(n, 0).data(Qt.ItemDataRole.UserRole) for n in range(model.rowCount())]

    def kinds(self) -> set[str]:
        return {each.entry.kind for each in self.rows()}

    def box(self, name: str) -> QLineEdit:
        return next(each for each in self.widget.findChildren(QLineEdit) if each.accessibleName() == name)

    def choice(self, name: str) -> QComboBox:
        return next(each for each in self.widget.findChildren(QComboBox) if each.accessibleName() == name)

    def texts(self) -> str:
        model = self.view.model()
        return "\n".join(str(model.index(n, 0).data()) for n in range(model.rowCount()))


@pytest.fixture
def open_page(qtbot: QtBot) -> Reader:
    return Reader(qtbot, case_of(family()))


def test_everything_is_there_newest_first_and_corrections_are_marked(open_page: Reader) -> None:
    rows = open_page.rows()
    assert len(rows) == len(family().entries)
    assert [each.entry.day for each in rows] == sorted((each.entry.day for each in rows), reverse=True)
    corrected = [each for each in rows if "corrected later" in each.words]
    assert [each.when for each in corrected] == ["19 Nov 2026, 10:30"]


def test_each_filter_leaves_what_it_names(open_page: Reader) -> None:
    group = open_page.choice("Kind of record")
    group.setCurrentIndex(group.findText("Safety"))
    assert open_page.kinds() == {"safety_conversation"}
    open_page.widget.show_person("b")
    assert [each.entry.about for each in open_page.rows()] == [("b",)]
    open_page.widget.show_everything()
    QTest.keyClicks(open_page.box("Words"), "SWIMMING visit")
    assert open_page.kinds() == {"note"}
    open_page.widget.show_everything()
    QTest.keyClicks(open_page.box("From"), "19 11 2026")
    QTest.keyClicks(open_page.box("To"), "20/11/2026")
    assert [str(each.entry.day) for each in open_page.rows()] == ["2026-11-19"]


def test_a_day_that_is_none_is_said_and_leaves_everything(open_page: Reader) -> None:
    before = len(open_page.rows())
    QTest.keyClicks(open_page.box("From"), "31 2 2026")
    assert len(open_page.rows()) == before
    assert any(each.text() == "Enter days like 3 11 2026." for each in labels(open_page.widget))


def labels(widget: QWidget) -> list[QLabel]:
    return [each for each in widget.findChildren(QLabel) if each.isVisible()]


def test_tab_goes_through_the_filters_to_the_list_and_out_again_and_enter_opens(
    open_page: Reader, qtbot: QtBot
) -> None:
    open_page.choice("Kind of record").setFocus()
    passed = []
    for _ in range(8):
        focused = QApplication.focusWidget()
        assert focused is not None
        passed.append(focused.accessibleName())
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    expected = ["Kind of record", "Person", "From", "To", "Words", "Show everything", "On record, newest first"]
    assert passed == [*expected, "Kind of record"]
    open_page.view.setFocus()
    QTest.keyClick(open_page.view, Qt.Key.Key_Home)
    QTest.keyClick(open_page.view, Qt.Key.Key_Down)
    with qtbot.waitSignal(open_page.widget.opened) as heard:
        QTest.keyClick(open_page.view, Qt.Key.Key_Return)
    assert heard.args == [open_page.rows()[1].entry.record.id]


def test_an_empty_chronology_says_what_will_be_there_and_a_narrow_filter_how_to_widen_it(
    open_page: Reader, qtbot: QtBot
) -> None:
    QTest.keyClicks(open_page.box("Words"), "nowhere")
    assert any("Show everything" in each.text() for each in labels(open_page.widget))
    empty = Reader(qtbot, Case(CASE_REF, []))
    assert any(each.text().startswith("Nothing is on record here yet.") for each in labels(empty.widget))


def test_beside_an_editor_it_has_one_row_of_filters_and_fits(qtbot: QtBot) -> None:
    narrow = Reader(qtbot, case_of(family()), compact=True)
    assert narrow.widget.minimumSizeHint().width() <= 320
    shown = [each.accessibleName() for each in narrow.widget.findChildren(QWidget) if each.isVisible()]
    assert "Words" in shown
    assert "Person" not in shown
    narrow.widget.show_person("b")
    assert all("b" in each.entry.about for each in narrow.rows())


def test_a_parents_page_offers_no_filter_for_safety_and_does_not_name_the_other(qtbot: QtBot) -> None:
    page = Reader(qtbot, case_of(family()), scope="a")
    assert page.choice("Kind of record").findText("Safety") == -1
    assert page.choice("Person").findText("Sam") == -1
    assert "Sam" not in page.texts()
    assert "Jo" in page.texts()


def test_five_thousand_records_are_quick_and_make_no_widgets(qtbot: QtBot) -> None:
    made = family()
    for number in range(5_000):
        made.add("note", -number % 900 - 900, **(NOTE | {"blocks": [{"type": "fact", "text": f"Number {number}."}]}))
    case = case_of(made)
    begun = time.perf_counter()
    page = Reader(qtbot, case)
    few = Reader(qtbot, case_of(family()))
    assert len(page.widget.findChildren(QWidget)) == len(few.widget.findChildren(QWidget))
    QTest.keyClicks(page.box("Words"), "number 4321")
    assert len(page.rows()) == 1
    assert time.perf_counter() - begun < 5
