"""The page, the text and the caret come back: after locking, and after the program was killed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import LONGEST, Driver, driving
from tests.vaults import NOT_READY
from ui.places.unlock import Unlock
from ui.where import Where
from ui.window import Window

WRITTEN = "It has been quieter since the summer"
BACK = 6

Go = Callable[[Window], None]


def _questions(window: Window) -> None:
    from ui.places.conversation import Conversation

    window.show_conversation(NOT_READY, "b")
    assert isinstance(window.place, Conversation)
    window.place._fields["tool"].restore("built_in")
    window.place.stand({"page": 3})


def _readiness_of_one_parent(window: Window) -> None:
    window.show_parent(NOT_READY, "b")
    window.show_form(NOT_READY, "readiness", {"person_id": "b"})


PAGES: dict[str, tuple[Go, str]] = {
    "a note": (lambda window: window.show_form(NOT_READY, "note", {}), "Text"),
    "advice": (lambda window: window.show_form(NOT_READY, "advice", {"about": "safety"}), "In their words"),
    "a person": (
        lambda window: window.show_form(NOT_READY, "person", {"person_id": "b"}, {"given_names": "x"}),
        "Family name",
    ),
    "a conversation": (_questions, "In their own words (optional)"),
    "signing off": (
        lambda window: window.go(Where("sign_off", {"case_ref": NOT_READY, "person_id": "b"})),
        "What is it based on?",
    ),
    "one parent's page": (
        _readiness_of_one_parent,
        "What would make it worth doing? (optional)",
    ),
    "a new family": (lambda window: window.show_new_family(), "Given names"),
}


def _at(widget: QWidget) -> tuple[str, int]:
    """The text of a box, and where the caret stands in it."""
    if isinstance(widget, QLineEdit):
        return widget.text(), widget.cursorPosition()
    assert isinstance(widget, QPlainTextEdit)
    return widget.toPlainText(), widget.textCursor().position()


def _write(driver: Driver, name: str) -> tuple[str, int]:
    """Write something, and put the caret in its middle."""
    driver.bot.waitUntil(lambda: driver.window.place.isAncestorOf(driver.focused), timeout=LONGEST)
    driver.tab_to(name)
    QTest.keyClick(driver.focused, Qt.Key.Key_End)
    driver.write(WRITTEN)
    for _ in range(BACK):
        QTest.keyClick(driver.focused, Qt.Key.Key_Left)
    return _at(driver.focused)


def _is_back(driver: Driver, before: tuple[str, int], title: str) -> None:
    driver.bot.waitUntil(lambda: driver.window.place.title == title, timeout=LONGEST)
    driver.bot.waitUntil(lambda: isinstance(driver.focused, (QLineEdit, QPlainTextEdit)), timeout=LONGEST)
    driver.bot.waitUntil(lambda: driver.window.place.isAncestorOf(driver.focused), timeout=LONGEST)
    assert _at(driver.focused) == before
    assert WRITTEN in before[0]


@pytest.mark.parametrize("page", PAGES)
def test_after_locking_the_caret_is_where_it_was(driver: Driver, page: str) -> None:
    go, name = PAGES[page]
    driver.unlock()
    go(driver.window)
    before, title = _write(driver, name), driver.window.place.title
    driver.window.lock_now()
    driver.until(Unlock)
    driver.unlock()
    _is_back(driver, before, title)


@pytest.mark.parametrize("page", PAGES)
def test_after_a_crash_the_caret_is_where_it_was(
    driver: Driver, qtbot: QtBot, vault: Path, tmp_path: Path, page: str
) -> None:
    go, name = PAGES[page]
    driver.unlock()
    go(driver.window)
    before, title = _write(driver, name), driver.window.place.title
    scope = driver.window.scope
    driver.window._drafts.timeout.emit()  # what the clock does every second
    as_left = tmp_path / "as-left"
    shutil.copytree(vault, as_left)  # what a kill would leave behind
    driver.window.close()
    for again in driving(qtbot, as_left):
        again.unlock()
        _is_back(again, before, title)
        assert again.window.scope == scope


def test_the_way_back_is_there_after_locking(driver: Driver) -> None:
    driver.unlock()
    driver.window.show_families()
    driver.window.show_family(NOT_READY)
    driver.window.place.stand({"part": 1})
    driver.window.show_check(NOT_READY)
    driver.window.lock_now()
    driver.unlock()
    assert driver.window.place.title == "Check"
    driver.window.back()
    assert (driver.window.place.title, driver.window.place.standing()) == ("Family", {"part": 1})
    driver.window.back()
    assert driver.window.place.title == "Families"


def test_a_family_that_is_no_more_does_not_keep_the_vault_closed(driver: Driver) -> None:
    from spr_desktop.casework.drafts import keep_draft

    driver.unlock()
    where = {"place": "family", "about": {"case_ref": "ZZZZ-ZZZZ"}, "back": []}
    driver.window.show_families()
    driver.window._kept = {"here": where}
    keep_draft(driver.window.caseload, "here", where)
    driver.window._here = Where("unlock")  # nothing of this window is kept on the way out
    driver.window.lock_now()
    driver.unlock()
    assert driver.window.place.title == "Today"
    assert driver.window.messages.text
