"""The window at twice the size on a small screen: 683 x 384, nothing cut off, everything reached by keys."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QScrollArea

from spr_desktop.casework.making import PACK, Wish, make
from spr_desktop.documents.errors import SealFailed
from spr_desktop.records.work import DocumentMade
from tests.ui.conftest import LONGEST, Driver
from tests.ui.test_using_documents import document, to_folder
from tests.ui.test_ways import texts
from tests.vaults import READY
from ui.places.family import Family
from ui.places.settings import Settings

WIDE, HIGH = 683, 384


def test_everything_fits_and_is_reached(driver: Driver, tmp_path: Path) -> None:
    driver.unlock()
    driver.bot.waitUntil(lambda: "Last verified backup" in driver.window._frame.status, timeout=LONGEST)
    driver.window.resize(WIDE, HIGH)
    make(driver.window.caseload, READY, Wish(kind=PACK), date.today(), to_folder(tmp_path))
    driver.open_family("sample")  # with a pack its step has three buttons
    place = driver.window.place
    area = place.findChildren(QScrollArea)[0]
    driver.bot.waitUntil(lambda: driver.window.height() == HIGH, timeout=LONGEST)
    assert (driver.window.width(), driver.window.height()) == (WIDE, HIGH)
    content = area.widget()
    assert content is not None
    assert content.width() <= area.viewport().width()
    driver.tab_to("Settings")
    assert not driver.focused.visibleRegion().isEmpty()
    QTest.keyClick(driver.focused, Qt.Key.Key_Space)
    driver.until(Settings)


def test_the_status_line_leaves_out_what_is_seen_elsewhere(driver: Driver) -> None:
    driver.unlock()
    driver.bot.waitUntil(lambda: "Last verified backup" in driver.window._frame.status, timeout=LONGEST)

    def seen() -> str:
        return next(each.text() for each in driver.window.findChildren(QLabel) if "ring 999" in each.text())

    driver.window.resize(1366, 768)
    driver.bot.waitUntil(lambda: "Locks after" in seen(), timeout=LONGEST)
    driver.window.resize(WIDE, HIGH)
    driver.bot.waitUntil(lambda: "Locks after" not in seen(), timeout=LONGEST)
    assert "Last verified backup" in seen()
    assert "Locks after" in driver.window._frame.status


def test_the_page_of_a_second_version_says_so_and_leads_to_the_family(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.places.document.choose_where_to_save", lambda _parent, name, *_kind: tmp_path / name)
    driver.unlock()
    make(driver.window.caseload, READY, Wish(kind=PACK), date.today(), to_folder(tmp_path))
    place = document(driver, PACK)
    for _ in place._confirmed:
        QTest.keyClick(driver.tab_to("Confirmed"), Qt.Key.Key_Space)
        QTest.keyClick(driver.focused, Qt.Key.Key_Tab)
    driver.press("Seal the pack")
    driver.bot.waitUntil(lambda: ", version 2 is sealed" in texts(place), timeout=LONGEST)
    driver.press("Back to the family")
    driver.until(Family)


def test_a_document_that_does_not_read_back_blames_no_disk(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def spoilt(*_args: object) -> None:
        raise SealFailed

    monkeypatch.setattr("ui.places.document.choose_where_to_save", lambda _parent, name, *_kind: tmp_path / name)
    monkeypatch.setattr("ui.places.document.seal", spoilt)
    driver.unlock()
    document(driver, "parent-copy", "a")
    driver.press("Seal the parent's own copy")
    driver.bot.waitUntil(lambda: "thrown away" in driver.window.messages.text, timeout=LONGEST)
    assert "disk" not in driver.window.messages.text
    assert "Nothing was sealed" not in driver.window.messages.text
    assert driver.focused.accessibleName() == "Seal the parent's own copy"
    assert driver.window.caseload.case(READY).every(DocumentMade) == []
