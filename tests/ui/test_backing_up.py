"""Backups while one works: one a day, one on closing, one by hand, and what is said of them."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from spr_desktop.casework.backing_up import backups_of, set_second_place
from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.restoring import restore_with_passphrase
from spr_desktop.records.people import Plan
from tests.ui.conftest import LONGEST, Driver
from tests.vaults import NOT_READY, PASSPHRASE, make_caseload
from ui.places.settings import Settings

PLAN = Plan(type="early_help", intervention_in_plan="yes", closure_because_of_referral="no")


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    """A vault that has no backup yet."""
    make_caseload(tmp_path / "vault")
    return tmp_path / "vault"


def until_made(driver: Driver, count: int) -> None:
    driver.bot.waitUntil(lambda: len(backups_of(driver.window.caseload)) == count, timeout=LONGEST)
    driver.bot.waitUntil(lambda: not driver.window.backing_up.is_running, timeout=LONGEST)
    driver.bot.waitUntil(lambda: "Last verified backup: " in driver.window._frame.status, timeout=LONGEST)


def test_the_first_opening_of_a_day_makes_a_backup_that_can_be_restored(
    driver: Driver, vault: Path, tmp_path: Path
) -> None:
    driver.unlock()
    until_made(driver, 1)
    backup = backups_of(driver.window.caseload)[0]
    driver.window.lock_now()
    restored = restore_with_passphrase(backup.path, tmp_path / "restored", PASSPHRASE)
    with Caseload.open(tmp_path / "restored", PASSPHRASE) as caseload, Caseload.open(vault, PASSPHRASE) as own:
        assert caseload.vault.case_refs() == own.vault.case_refs()
        assert restored.records == own.vault.count_records()


def test_the_second_opening_of_a_day_makes_none(driver: Driver) -> None:
    driver.unlock()
    until_made(driver, 1)
    driver.window.lock_now()
    driver.unlock()
    assert not driver.window.backing_up.is_running
    assert len(backups_of(driver.window.caseload)) == 1


def test_closing_makes_one_of_what_was_recorded_since(driver: Driver, vault: Path) -> None:
    driver.unlock()
    until_made(driver, 1)
    driver.window.caseload.record(NOT_READY, [PLAN], happened_on=date.today())
    driver.window.close()
    with Caseload.open(vault, PASSPHRASE) as caseload:
        assert len(backups_of(caseload)) == 2


def test_a_backup_is_made_by_hand_and_the_second_place_may_be_away(driver: Driver, tmp_path: Path) -> None:
    driver.unlock()
    until_made(driver, 1)
    stick = tmp_path / "stick"
    stick.mkdir()
    set_second_place(driver.window.caseload, stick)
    QTest.keyClick(driver.focused, Qt.Key.Key_6, Qt.KeyboardModifier.ControlModifier)
    driver.until(Settings)
    driver.press("Make a backup now")
    until_made(driver, 3)
    assert len(list(stick.iterdir())) == 1
    shutil.rmtree(stick)
    driver.press("Make a backup now")
    driver.bot.waitUntil(lambda: "The second place is not there now" in driver.window.messages.text, timeout=LONGEST)
    until_made(driver, 3)


def test_a_backup_that_cannot_be_made_is_said(driver: Driver, vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (vault / "backups").write_text("a file where the folder should be")
    driver.unlock()
    driver.bot.waitUntil(lambda: "No backup was made." in driver.window.messages.text, timeout=LONGEST)
    assert "No backup yet" in driver.window._frame.status


def test_locking_while_one_is_made_leaves_nothing_half(driver: Driver, vault: Path) -> None:
    driver.unlock()
    driver.bot.waitUntil(lambda: driver.window.backing_up.is_running, timeout=LONGEST)
    driver.window.lock_now()
    names = [each.name for each in (vault / "backups").iterdir()]
    assert all(each.startswith("backup-") for each in names)
