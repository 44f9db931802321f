"""Settings by keyboard: details, passphrase, recovery sheet, looks, locking, practice."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.preferences import read_preferences
from spr_desktop.casework.recovery import Sheet, sheet_of, sheet_proven_on
from spr_desktop.vault.errors import WrongSecret
from tests.ui.conftest import LONGEST, Driver, driving
from tests.vaults import PASSPHRASE, make_caseload
from ui.places.families import Families
from ui.places.hidden import Hidden
from ui.places.settings import Settings
from ui.theme import DARK, apply_theme, base_points, colours

NEW = "five words that nothing connects"


@pytest.fixture(autouse=True)
def _own_preferences(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, qapp: QApplication) -> Iterator[None]:
    """Nobody's own preferences are touched, and the look of other tests is as it was."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    yield
    apply_theme(qapp, "system", 1.0)


def texts(widget: QWidget) -> str:
    return "\n".join(each.text() for each in widget.findChildren(QLabel) if each.isVisibleTo(widget))


def at_settings(driver: Driver) -> Settings:
    driver.unlock()
    QTest.keyClick(driver.focused, Qt.Key.Key_6, Qt.KeyboardModifier.ControlModifier)
    place = driver.until(Settings)
    assert isinstance(place, Settings)
    return place


def write_over(driver: Driver, name: str, text: str) -> None:
    box = driver.tab_to(name)
    QTest.keyClick(box, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(box, Qt.Key.Key_Delete)
    driver.write(text)


def said(driver: Driver, words: str) -> None:
    driver.bot.waitUntil(lambda: words in driver.window.messages.text, timeout=LONGEST)


def test_details_are_saved_and_a_missing_name_is_said_at_its_field(driver: Driver) -> None:
    place = at_settings(driver)
    write_over(driver, "Your name", "")
    driver.press("Save my details")
    assert "Enter your name" in texts(place)
    assert driver.focused.accessibleName() == "Your name"
    driver.write("K. Other")
    write_over(driver, "Your work telephone", "07700 900002")
    driver.press("Save my details")
    said(driver, "Saved.")
    with_name = driver.window.caseload.practitioner
    assert (with_name.name, with_name.phone, with_name.role) == ("K. Other", "07700 900002", "Outreach worker")
    driver.window.lock_now()
    driver.unlock()
    assert driver.window.caseload.practitioner.name == "K. Other"


def test_links_at_the_top_lead_to_each_group(driver: Driver) -> None:
    at_settings(driver)
    for group, first in (
        ("Locking and keys", "Lock after"),
        ("The vault and its backups", "Make a backup now"),
        ("Colleagues", "Save my key file"),
        ("Keeping and disposal", "See the rule, and what is past its time"),
        ("Practice", "Practise with an invented family"),
    ):
        driver.press(f"{group}: further down")
        assert driver.focused.accessibleName().startswith(first)
        driver.bot.waitUntil(lambda: not driver.focused.visibleRegion().isEmpty(), timeout=LONGEST)


def test_looks_size_and_names_apply_at_once_and_are_kept(driver: Driver) -> None:
    at_settings(driver)
    before = base_points()
    driver.choose("Appearance: Dark")
    said(driver, "Saved.")
    assert colours() is DARK
    driver.choose("Size of text: 130 %")
    assert base_points() == pytest.approx(before * 1.3)
    driver.choose("Lock after: 2 minutes without a key or a click")
    driver.press("Names: Hide names")
    kept = read_preferences()
    assert (kept.appearance, kept.text_scale, kept.idle_minutes, kept.names_hidden) == ("dark", 1.3, 2, True)
    assert driver.window.preferences == kept
    assert "Locks after 2 minutes" in driver.window._frame.status


def test_a_new_passphrase_opens_the_vault_and_the_old_one_does_not(driver: Driver) -> None:
    at_settings(driver)
    write_over(driver, "Current passphrase", PASSPHRASE)
    write_over(driver, "New passphrase", NEW)
    write_over(driver, "New passphrase again", NEW)
    driver.press("Change the passphrase")
    said(driver, "The new passphrase opens the vault")
    folder = driver.window.caseload.vault.folder
    driver.window.lock_now()
    with pytest.raises(WrongSecret):
        Caseload.open(folder, PASSPHRASE)
    with Caseload.open(folder, NEW) as caseload:
        assert caseload.count() == 2


@pytest.mark.usefixtures("in_earnest")
def test_locking_while_the_passphrase_is_changed_leaves_a_vault_that_opens(driver: Driver) -> None:
    at_settings(driver)
    write_over(driver, "Current passphrase", PASSPHRASE)
    write_over(driver, "New passphrase", NEW)
    write_over(driver, "New passphrase again", NEW)
    driver.press("Change the passphrase")
    folder = driver.window.caseload.vault.folder
    driver.window.lock_now()
    opened = []
    for each in (PASSPHRASE, NEW):
        with suppress(WrongSecret), Caseload.open(folder, each) as caseload:
            caseload.vault.verify()
            opened.append(each)
    assert len(opened) == 1


def test_a_wrong_old_passphrase_changes_nothing(driver: Driver) -> None:
    place = at_settings(driver)
    driver.press("Change the passphrase")
    assert "Type the passphrase that opens the vault now." in texts(place)
    write_over(driver, "Current passphrase", "not this one at all")
    write_over(driver, "New passphrase", NEW)
    write_over(driver, "New passphrase again", NEW + "x")
    driver.press("Change the passphrase")
    assert "differ" in texts(place)
    write_over(driver, "New passphrase again", NEW)
    driver.press("Change the passphrase")
    driver.bot.waitUntil(lambda: "That is not the passphrase" in texts(place), timeout=LONGEST)
    assert driver.focused.accessibleName() == "Current passphrase"
    assert driver.window.caseload.prove_passphrase(PASSPHRASE)


@pytest.fixture
def with_sheet(qtbot: QtBot, tmp_path: Path) -> Iterator[tuple[Driver, str]]:
    """A person who has the recovery sheet at hand."""
    key = make_caseload(tmp_path / "own" / "vault")
    for driver in driving(qtbot, tmp_path / "own" / "vault"):
        yield driver, key


def test_the_recovery_sheet_is_proven_and_the_day_is_kept(with_sheet: tuple[Driver, str]) -> None:
    driver, key = with_sheet
    place = at_settings(driver)
    assert "Not proven here yet." in texts(place)
    write_over(driver, "Recovery key", key[:-1] + ("0" if key[-1] != "0" else "1"))
    driver.press("Prove my recovery sheet")
    assert "This key does not open this vault." in texts(place)
    assert sheet_proven_on(driver.window.caseload) is None
    write_over(driver, "Recovery key", key.lower().replace("-", " "))
    driver.press("Prove my recovery sheet")
    said(driver, "Your recovery sheet opens this vault.")
    assert sheet_proven_on(driver.window.caseload) == date.today()
    assert sheet_of(driver.window.caseload) is Sheet.PROVEN
    assert "Last proven on" in texts(place)
    assert driver.window.caseload.prove_passphrase(PASSPHRASE)


def test_the_fingerprint_is_that_of_the_key_that_seals(driver: Driver) -> None:
    place = at_settings(driver)
    driver.press("Show the fingerprint")
    assert driver.window.caseload.identity().fingerprint in texts(place)


def test_practice_is_apart_and_can_be_left_and_thrown_away(driver: Driver) -> None:
    at_settings(driver)
    driver.press("Practise with an invented family")
    driver.bot.waitUntil(lambda: isinstance(driver.window.place, Families), timeout=LONGEST)
    driver.until(Families)
    QTest.keyClick(driver.focused, Qt.Key.Key_6, Qt.KeyboardModifier.ControlModifier)
    place = driver.until(Settings)
    assert "You are practising" in texts(place)
    assert "New passphrase" not in texts(place)
    driver.press("Back to my own families")
    driver.bot.waitUntil(lambda: driver.window.caseload.count() == 2, timeout=LONGEST)
    practice = driver.window.caseload.vault.folder / "practice"
    assert practice.exists()
    driver.window.show_settings()
    driver.until(Settings)
    driver.press("Throw away what I practised")
    said(driver, "Thrown away.")
    assert not practice.exists()


def test_typed_secrets_are_never_kept_as_drafts(driver: Driver) -> None:
    at_settings(driver)
    write_over(driver, "Current passphrase", PASSPHRASE)
    write_over(driver, "Recovery key", "0000-1111")
    driver.window._keep()
    kept = [driver.window.caseload.vault.draft(name) or "" for name, _ in driver.window.caseload.vault.draft_names()]
    assert kept
    assert not any(PASSPHRASE in each or "0000-1111" in each for each in kept)


def test_the_key_that_hides_is_the_one_that_was_chosen(driver: Driver) -> None:
    driver.unlock()
    driver.window.prefer(replace(driver.window.preferences, hide_key="Ctrl+Shift+H"))
    QTest.keyClick(driver.window, Qt.Key.Key_F9)
    assert not isinstance(driver.window.place, Hidden)
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(driver.window, Qt.Key.Key_H, both)
    driver.until(Hidden)
