"""The library: every place has its page, every page reads, and nothing in it promises what nobody can."""

from __future__ import annotations

import re
from importlib import import_module

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTextBrowser

from spr_desktop.casework.guidance import find_pages, page, pages
from spr_desktop.casework.words import NOT_VALIDATED, calls
from tests.ui.conftest import Driver
from ui.desk import Place
from ui.places.library import Library
from ui.where import OUTSIDE, PLACES

KNOWN = {each.name for each in pages()}
PROMISES = re.compile(r"\b(is|are|it's|now|be) safe\b|\bvalidated\b|\bguarantee", re.IGNORECASE)


def text_of(place: Library) -> str:
    return place.findChildren(QTextBrowser)[0].toPlainText()


@pytest.mark.parametrize("name", sorted(PLACES.keys() - OUTSIDE))
def test_every_place_names_a_page_that_is_there(name: str) -> None:
    module, place = PLACES[name]
    made: type[Place] = getattr(import_module(module), place)
    assert made.guidance in KNOWN


@pytest.mark.parametrize("each", pages(), ids=lambda each: each.name)
def test_a_page_has_a_title_promises_nothing_and_leads_nowhere(each: object) -> None:
    assert isinstance(each, type(pages()[0]))
    assert each.title
    assert not each.title.startswith("#")
    plain = each.text.replace(NOT_VALIDATED, "")
    assert not PROMISES.search(plain), PROMISES.search(plain)
    assert "{" not in each.text
    assert "](" not in each.text
    assert "<" not in each.text


def test_whom_to_call_has_every_number_with_its_note() -> None:
    text = page("who_to_call").text
    for title, number, note in calls():
        assert title in text
        assert number in text
        assert note in text


def test_a_search_finds_pages_by_every_word() -> None:
    assert find_pages("safe enquiry interpreter")[0].name == "safe_enquiry"
    assert find_pages("no such words anywhere at all") == []
    assert page("not a page") == page("window")


def test_f1_opens_the_page_for_what_is_on_the_screen(driver: Driver) -> None:
    driver.unlock()
    driver.window.show_register()
    QTest.keyClick(driver.focused, Qt.Key.Key_F1)
    place = driver.until(Library)
    assert isinstance(place, Library)
    assert text_of(place).startswith("Register")
    driver.tab_to("Search the library")


def test_pages_are_turned_by_arrows_and_found_by_a_search(driver: Driver) -> None:
    driver.unlock()
    QTest.keyClick(driver.focused, Qt.Key.Key_5, Qt.KeyboardModifier.ControlModifier)
    place = driver.until(Library)
    assert isinstance(place, Library)
    assert text_of(place).startswith("Who to call")
    driver.tab_to("Pages of the library")
    QTest.keyClick(driver.focused, Qt.Key.Key_Down)
    assert text_of(place).startswith("Safe enquiry")
    place._search.setFocus()
    driver.write("genogram chronology")
    assert text_of(place).startswith("Words of the field")
    driver.window.lock_now()
    driver.unlock()
    again = driver.window.place
    assert isinstance(again, Library)
    assert text_of(again).startswith("Words of the field")


def test_nothing_is_loaded_from_anywhere(driver: Driver) -> None:
    driver.unlock()
    driver.window.show_library()
    place = driver.until(Library)
    browser = place.findChildren(QTextBrowser)[0]
    assert not browser.openLinks()
    assert not browser.openExternalLinks()
    assert browser.isReadOnly()
    assert browser.loadResource(2, "https://example.org/picture.png") is None
