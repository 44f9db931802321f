"""Finding families and places by keyboard, writing a note about a found family, the report and the list of keys."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from spr_desktop.casework.preferences import Preferences
from tests.ui.conftest import LONGEST, Driver
from tests.vaults import NAMES, NOT_READY
from ui.places.family import Family
from ui.places.find import Find
from ui.places.library import Library
from ui.places.record_form import RecordForm
from ui.places.report import Report
from ui.places.settings import Settings
from ui.places.shortcuts import ShortcutsList
from ui.places.today import Today
from ui.shortcuts import SHORTCUTS

CTRL = Qt.KeyboardModifier.ControlModifier


def at_find(driver: Driver) -> Find:
    driver.unlock()
    QTest.keyClick(driver.focused, Qt.Key.Key_K, CTRL)
    place = driver.until(Find)
    assert isinstance(place, Find)
    return place


def test_a_family_is_found_and_opened(driver: Driver) -> None:
    at_find(driver)
    driver.write("lukasz")
    QTest.keyClick(driver.focused, Qt.Key.Key_Return)
    family = driver.until(Family)
    assert isinstance(family, Family)
    assert family.case_ref == NOT_READY


def test_a_place_is_found_by_its_name_and_by_what_one_does_there(driver: Driver) -> None:
    place = at_find(driver)
    driver.write("dark")
    driver.bot.waitUntil(lambda: place._found[0].what == "Places", timeout=LONGEST)
    QTest.keyClick(driver.focused, Qt.Key.Key_Return)
    driver.until(Settings)


def test_guidance_is_found_by_arrows(driver: Driver) -> None:
    place = at_find(driver)
    driver.write("genogram")
    driver.bot.waitUntil(lambda: bool(place._found) and place._found[0].what == "Library", timeout=LONGEST)
    QTest.keyClick(driver.focused, Qt.Key.Key_Down)
    QTest.keyClick(driver.focused, Qt.Key.Key_Up)
    QTest.keyClick(driver.focused, Qt.Key.Key_Return)
    driver.until(Library)


def test_nothing_that_fits_says_what_to_try(driver: Driver) -> None:
    place = at_find(driver)
    driver.write("qqqqqq")
    driver.bot.waitUntil(lambda: place._found == [], timeout=LONGEST)
    assert any("Try fewer letters" in each.text() for each in place.findChildren(QLabel) if each.isVisible())
    QTest.keyClick(driver.focused, Qt.Key.Key_Return)
    assert driver.window.place is place


def test_a_note_begins_by_finding_the_family_in_four_keys(driver: Driver) -> None:
    driver.unlock()
    driver.until(Today)
    QTest.keyClick(driver.focused, Qt.Key.Key_J, CTRL)
    place = driver.until(Find)
    assert isinstance(place, Find)
    assert {each.kind for each in place._found if each.go} <= {"Stop", "Not yet", "Caution", "Nothing against it"}
    QTest.keyClick(driver.focused, Qt.Key.Key_Down)
    QTest.keyClick(driver.focused, Qt.Key.Key_Return)
    form = driver.until(RecordForm)
    assert isinstance(form, RecordForm)
    assert form._form.kind == "note"


def test_names_that_are_hidden_are_not_found_out(driver: Driver) -> None:
    driver.window.preferences = Preferences(names_hidden=True)
    place = at_find(driver)
    shown = " ".join(each.what for each in place._found)
    assert NOT_READY in shown
    assert not any(name in shown for name in NAMES)


def test_the_report_offers_nothing_that_does_not_work(driver: Driver) -> None:
    driver.unlock()
    QTest.keyClick(driver.focused, Qt.Key.Key_4, CTRL)
    place = driver.until(Report)
    assert any("comes with a later version" in each.text() for each in place.findChildren(QLabel))
    assert [each.accessibleName() for each in place.findChildren(QPushButton)] == [
        "See the register of what was made and sent"
    ]


def test_every_shortcut_is_in_the_list(driver: Driver) -> None:
    driver.unlock()
    QTest.keyClick(driver.focused, Qt.Key.Key_F12)
    place = driver.until(ShortcutsList)
    assert isinstance(place, ShortcutsList)
    model = place._table.model()
    listed = {(model.index(row, 0).data(), model.index(row, 1).data()) for row in range(model.rowCount())}
    assert {(each.keys, each.words) for each in SHORTCUTS} <= listed
