"""The vault's place goes while somebody types: it is said, nothing typed is lost, and locking works all the same."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.drafts import drafts
from spr_desktop.vault import places
from spr_desktop.vault.errors import DiskFull
from tests.ui.conftest import LONGEST, Driver, driving
from tests.ui.test_first_run import say_who, texts
from tests.vaults import NOT_READY, PASSPHRASE
from ui.places.create import Create
from ui.places.record_form import RecordForm
from ui.places.unlock import Unlock
from ui.window import DRAFT_MILLISECONDS

TYPED = "came alone, and was calm"


def begin_a_note(driver: Driver) -> QPlainTextEdit:
    """A form with some words in it, which the vault has not kept yet."""
    driver.unlock()
    driver.window.show_form(NOT_READY, "note", {})
    place = driver.until(RecordForm)
    box = place.findChildren(QPlainTextEdit)[0]
    box.setFocus()
    return box


def kept(vault: Path) -> str:
    with Caseload.open(vault, PASSPHRASE) as caseload:
        return str([caseload.vault.draft(name) for name, _ in drafts(caseload)])


def test_a_stick_that_comes_back_takes_what_was_typed_meanwhile(driver: Driver, vault: Path) -> None:
    box = begin_a_note(driver)
    place = driver.window.place
    vault.rename(vault.with_name("in the pocket"))
    QTest.keyClicks(box, TYPED)
    driver.bot.waitUntil(lambda: "The place of the vault has gone" in driver.window.messages.text, timeout=LONGEST)
    assert driver.window.place is place
    QTest.keyClicks(box, ", then left")
    shutil.copytree(vault.with_name("in the pocket"), vault)  # as another medium would show it: other numbers of files
    driver.bot.waitUntil(lambda: "what you typed is kept" in driver.window.messages.text, timeout=LONGEST)
    assert box.toPlainText() == f"{TYPED}, then left"
    driver.window.lock_now()
    assert f"{TYPED}, then left" in kept(vault)


def test_nothing_that_was_typed_is_left_behind_for_another_place(driver: Driver, vault: Path) -> None:
    box = begin_a_note(driver)
    place = driver.window.place
    vault.rename(vault.with_name("in the pocket"))
    QTest.keyClicks(box, TYPED)
    with driver.bot.captureExceptions() as raised:
        driver.window.show_today()
    assert driver.window.place is place
    assert not raised
    assert "has gone" in driver.window.messages.text
    assert box.toPlainText() == TYPED


def test_it_locks_although_its_place_has_gone(driver: Driver, vault: Path) -> None:
    box = begin_a_note(driver)
    QTest.keyClicks(box, "kept")
    driver.bot.wait(0)
    driver.bot.waitUntil(lambda: "note" in str(driver.window._kept), timeout=LONGEST)
    vault.rename(vault.with_name("in the pocket"))
    QTest.keyClicks(box, " and not kept")
    QTest.keyClick(box, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    place = driver.until(Unlock)
    assert "What was typed last is kept on this computer, encrypted" in texts(place)
    vault.with_name("in the pocket").rename(vault)
    driver.unlock()
    assert "kept and not kept" in str([each.toPlainText() for each in driver.window.findChildren(QPlainTextEdit)])
    driver.window.lock_now()
    assert "kept and not kept" in kept(vault)


def test_another_vault_in_its_place_is_never_written_to(driver: Driver, vault: Path) -> None:
    older = vault.with_name("older")
    shutil.copytree(vault, older)
    box = begin_a_note(driver)
    vault.rename(vault.with_name("in the pocket"))
    older.rename(vault)
    before = (vault / "caseload.db").read_bytes()
    QTest.keyClicks(box, TYPED)
    driver.bot.waitUntil(lambda: driver.window.messages.text != "", timeout=LONGEST)
    assert "older than this computer last saw" in driver.window.messages.text
    assert box.toPlainText() == TYPED
    assert (vault / "caseload.db").read_bytes() == before


def test_a_full_disk_is_said_keeps_the_screen_and_lets_one_look(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    box = begin_a_note(driver)

    def full(*_: object) -> None:
        raise DiskFull(os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr("spr_desktop.vault.vault.drafts.keep_drafts", full)
        QTest.keyClicks(box, TYPED)
        driver.bot.waitUntil(lambda: "The disk is full" in driver.window.messages.text, timeout=LONGEST)
        assert box.toPlainText() == TYPED
        driver.window.show_today()
        assert isinstance(driver.window.place, RecordForm), "what is not kept yet is not left"
    driver.bot.waitUntil(lambda: "what you typed is kept" in driver.window.messages.text, timeout=LONGEST)
    with monkeypatch.context() as patched:
        patched.setattr("spr_desktop.vault.vault.drafts.keep_drafts", full)
        driver.window.show_families()
        assert driver.window.place.title == "Families"
    assert DRAFT_MILLISECONDS <= 2_000


# Where a vault is made


@pytest.fixture
def synced(qtbot: QtBot, tmp_path: Path) -> Iterator[Driver]:
    (tmp_path / "OneDrive - Example").mkdir()
    yield from driving(qtbot, tmp_path / "OneDrive - Example" / "vault")


def test_a_folder_that_is_copied_elsewhere_is_gone_into_knowingly_and_once(synced: Driver, tmp_path: Path) -> None:
    place = synced.until(Create)
    assert "OneDrive copies this folder to other computers" in texts(place)
    say_who(synced)
    assert synced.focused.accessibleName() == "Keep it there all the same"
    QTest.keyClick(synced.focused, Qt.Key.Key_Space)
    assert synced.focused.accessibleName() == "Go on"
    QTest.keyClick(synced.focused, Qt.Key.Key_Space)
    for name in ("Passphrase", "Passphrase again"):
        synced.tab_to(name)
        synced.write("a long enough passphrase")
    synced.press("Make the vault")
    synced.bot.waitUntil(lambda: synced.window.place.title != "Make a vault", timeout=LONGEST)
    assert "OneDrive" not in synced.window.messages.text


def test_a_vault_that_came_into_such_a_folder_is_said_once(qtbot: QtBot, vault: Path, tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    vault.rename(tmp_path / "Dropbox" / "vault")
    for driver in driving(qtbot, tmp_path / "Dropbox" / "vault"):
        driver.unlock()
        assert "Dropbox copies this folder" in driver.window.messages.text
        driver.window.lock_now()
        driver.unlock()
        assert "Dropbox" not in driver.window.messages.text


def test_a_network_drive_is_not_taken(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"server:/share {tmp_path}/drive nfs4 rw 0 0\n")
    monkeypatch.setattr(places, "_MOUNTS", mounts)
    for driver in driving(qtbot, tmp_path / "drive" / "vault"):
        place = driver.until(Create)
        assert "on a network drive" in texts(place)
        say_who(driver)
        assert "Step 1 of 4" in texts(place)
        assert driver.focused.accessibleName() == "Choose another folder"
    assert not (tmp_path / "drive").exists()


def test_a_vault_that_was_made_elsewhere_is_the_one_that_is_unlocked(driver: Driver, vault: Path) -> None:
    """Whichever folder was chosen on the way, locking leads back to the vault that was open."""
    second = vault.with_name("second")
    shutil.copytree(vault, second)
    driver.window.show_unlock(second)
    driver.window._folder = vault
    driver.unlock()
    driver.window.lock_now()
    assert "Vault: second" in texts(driver.until(Unlock))
