"""A vault that can be trusted, by keyboard: proven, restored, saved from damage, and who did what."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from spr_desktop.casework.backing_up import back_up
from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.preferences import read_preferences
from spr_desktop.casework.salvaging import lost_records
from spr_desktop.records.record import now
from tests.ui.conftest import LONGEST, Driver, driving
from tests.vaults import NAMES, NOT_READY, PASSPHRASE, READY
from ui.places.activity import ActivityList
from ui.places.create import Create
from ui.places.family import Family
from ui.places.first_run_recovery import RecoverySheet
from ui.places.prove import Prove
from ui.places.restore import Restore
from ui.places.salvage import Salvage
from ui.places.settings import Settings
from ui.places.unlock import Unlock
from ui.theme import apply_theme

PAGE = 4096


@pytest.fixture(autouse=True)
def _own_preferences(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, qapp: QApplication) -> Iterator[None]:
    """Nobody's own preferences are touched."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    yield
    apply_theme(qapp, "system", 1.0)


def texts(widget: QWidget) -> str:
    return "\n".join(each.text() for each in widget.findChildren(QLabel) if each.isVisibleTo(widget))


def until_said(driver: Driver, words: str) -> None:
    driver.bot.waitUntil(lambda: words in texts(driver.window.place), timeout=LONGEST)


def break_pages(vault: Path, *pages: int) -> None:
    with (vault / "caseload.db").open("r+b") as file:
        for each in pages:
            file.seek(each * PAGE)
            file.write(bytes(PAGE))


def enter(driver: Driver, text: str) -> None:
    driver.write(text)
    QTest.keyClick(driver.focused, Qt.Key.Key_Return)


def at_settings(driver: Driver) -> None:
    driver.unlock()
    QTest.keyClick(driver.focused, Qt.Key.Key_6, Qt.KeyboardModifier.ControlModifier)
    driver.until(Settings)


# Restoring


def restore_chosen(driver: Driver) -> None:
    driver.tab_to("Passphrase or recovery key")
    enter(driver, PASSPHRASE)
    driver.bot.waitUntil(lambda: driver.focused.accessibleName() == "Restore the chosen backup", timeout=LONGEST)
    place = driver.window.place
    assert isinstance(place, Restore)
    assert place._model.index(0, 1).data().startswith("2 families, ")
    QTest.keyClick(driver.focused, Qt.Key.Key_Space)
    until_said(driver, "hold the same")


def test_a_damaged_vault_leads_to_its_backup_which_opens_from_then_on(driver: Driver, vault: Path) -> None:
    break_pages(vault, 0, 5, 9)
    damaged = (vault / "caseload.db").read_bytes()
    driver.until(Unlock)
    enter(driver, PASSPHRASE)
    until_said(driver, "This vault is damaged.")
    driver.press("Restore the newest backup")
    driver.until(Restore)
    restore_chosen(driver)
    said = texts(driver.window.place)
    assert said.count("2 families, ") == 2
    assert "vault-2" in said
    QTest.keyClick(driver.focused, Qt.Key.Key_Space)
    driver.until(Unlock)
    driver.unlock()
    restored = vault.with_name("vault-2")
    assert driver.window.caseload.vault.folder == restored
    assert [each.action for each in driver.window.caseload.vault.activity()][-2:] == ["vault_restored", "vault_opened"]
    assert read_preferences().vault_folder == str(restored)
    assert (vault / "caseload.db").read_bytes() == damaged


def test_the_remembered_vault_opens_where_none_is_named(driver: Driver, vault: Path, qtbot: QtBot) -> None:
    from ui.window import Window

    driver.window.open_vault(vault, remember=True)
    window = Window(None, "", read_preferences())
    qtbot.addWidget(window)
    assert window._folder == vault
    window.close()
    shutil.rmtree(vault)
    assert read_preferences().remembered_folder() is None


def test_a_backup_is_restored_where_there_is_no_vault_yet(qtbot: QtBot, vault: Path, tmp_path: Path) -> None:
    stick = Path(shutil.copytree(vault / "backups", tmp_path / "new" / "backups"))
    for driver in driving(qtbot, tmp_path / "new"):
        driver.until(Create)
        driver.press("Restore a backup")
        driver.until(Restore)
        restore_chosen(driver)
        driver.press("Open it this once")
        driver.until(Unlock)
        driver.unlock()
        assert driver.window.caseload.count() == 2
        assert read_preferences().vault_folder == ""
    assert stick.is_dir()


def test_a_backup_is_restored_from_the_settings_and_the_open_vault_is_locked(driver: Driver, vault: Path) -> None:
    at_settings(driver)
    driver.press("Restore a backup")
    place = driver.until(Restore)
    box = driver.tab_to("Passphrase or recovery key")
    enter(driver, "not the passphrase")
    until_said(driver, "That is not the passphrase or recovery key")
    assert isinstance(box, QLineEdit)
    box.clear()
    restore_chosen(driver)
    assert driver.window.place is place
    driver.press("Open it now, and from now on")
    driver.until(Unlock)
    with Caseload.open(vault, PASSPHRASE):  # it is closed
        pass
    driver.unlock()
    assert driver.window.caseload.vault.folder == vault.with_name("vault-2")


def test_a_damaged_backup_is_said_to_be_not_whole(driver: Driver, vault: Path) -> None:
    (backup,) = (vault / "backups").iterdir()
    break_pages(backup, 4)
    at_settings(driver)
    driver.press("Restore a backup")
    place = driver.until(Restore)
    driver.tab_to("Passphrase or recovery key")
    enter(driver, PASSPHRASE)
    until_said(driver, "None of them is whole.")
    assert isinstance(place, Restore)
    assert place._model.index(0, 1).data() == "Not whole: use another one"
    driver.press("Restore the chosen backup")
    until_said(driver, "The backup is not whole.")
    assert not vault.with_name("vault-2").exists()


def test_hiding_forgets_the_passphrase_that_was_typed(driver: Driver) -> None:
    driver.until(Unlock)
    driver.press("Restore a backup")
    driver.until(Restore)
    box = driver.tab_to("Passphrase or recovery key")
    driver.write("half a passphr")
    QTest.keyClick(box, Qt.Key.Key_F9)
    assert isinstance(box, QLineEdit)
    assert box.text() == ""


# Saving what can be read


def test_what_can_be_read_is_saved_and_the_pages_of_families_say_what_was_lost(driver: Driver, vault: Path) -> None:
    pages = (vault / "caseload.db").stat().st_size // PAGE
    break_pages(vault, 0, *range(12, pages, 4))
    driver.until(Unlock)
    enter(driver, PASSPHRASE)
    until_said(driver, "This vault is damaged.")
    driver.press("Save what can be read")
    driver.until(Salvage)
    driver.press("Take what the vault has lost from its newest backup")
    driver.tab_to("Passphrase")
    enter(driver, PASSPHRASE)
    until_said(driver, "Lost: ")
    assert not any(name in texts(driver.window.place) for name in NAMES)
    driver.press("Open it now, and from now on")
    driver.until(Unlock)
    driver.unlock()
    driver.until(RecoverySheet)
    caseload = driver.window.caseload
    lost = {each: lost_records(caseload, each) for each in (READY, NOT_READY)}
    assert any(lost.values())
    whose = next(each for each in lost if lost[each] and caseload.vault.records(each))
    driver.window.place.stays = ""
    driver.window.show_family(whose)
    assert "lost when the vault was damaged" in texts(driver.until(Family))


def test_with_the_backup_nothing_is_lost(driver: Driver, vault: Path) -> None:
    pages = (vault / "caseload.db").stat().st_size // PAGE
    break_pages(vault, 0, *range(4, pages))
    driver.until(Unlock)
    enter(driver, PASSPHRASE)
    until_said(driver, "This vault is damaged.")
    driver.press("Save what can be read")
    driver.until(Salvage)
    enter(driver, PASSPHRASE)
    until_said(driver, "Nothing that the damaged vault told of is lost.")
    assert "came from the backup" in texts(driver.window.place)


# Proving


def save_to(monkeypatch: pytest.MonkeyPatch, module: str, path: Path) -> None:
    monkeypatch.setattr(f"ui.places.{module}.choose_where_to_save", lambda *_: path)


def test_the_vault_is_proven_line_by_line_and_the_page_is_saved(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_to(monkeypatch, "prove", tmp_path / "check.pdf")
    driver.unlock()
    QTest.keyClick(driver.focused, Qt.Key.Key_7, Qt.KeyboardModifier.ControlModifier)
    driver.until(Prove)
    until_said(driver, "The vault is encrypted and whole.")
    said = texts(driver.window.place)
    for words in ("Encryption: whole", "Records: whole", "Backups: whole", "1 backup", "What this does not show"):
        assert words in said
    driver.press("Save this page as PDF")
    text = "\n".join(each.extract_text() for each in PdfReader(tmp_path / "check.pdf").pages)
    assert "encrypted and whole" in text
    assert driver.window.caseload.vault.vault_id in text
    actions = [each.action for each in driver.window.caseload.vault.activity()]
    assert actions[-2:] == ["vault_checked", "proof_saved"]


def test_the_check_can_be_called_off_and_begun_again(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    from spr_desktop.vault.integrity import Integrity

    verify, is_called_off = Integrity.pages, threading.Event()

    def held(integrity: Integrity) -> int:
        assert is_called_off.wait(LONGEST / 1_000)
        return verify(integrity)

    monkeypatch.setattr(Integrity, "pages", held)
    driver.unlock()
    driver.window.show_prove()
    driver.until(Prove)
    driver.press("Cancel the check")
    is_called_off.set()
    until_said(driver, "called off")
    driver.press("Check again")
    until_said(driver, "The vault is encrypted and whole.")


def test_damage_in_an_open_vault_is_shown(driver: Driver, vault: Path) -> None:
    driver.unlock()
    driver.bot.waitUntil(lambda: not driver.window.backing_up.is_running, timeout=LONGEST)
    with driver.window.caseload.vault._store.writing() as connection:
        connection.execute("DROP TRIGGER record_is_never_changed")
        connection.execute("UPDATE record SET recorded_by = 'somebody else' WHERE sequence = 3")
    driver.window.show_prove()
    driver.until(Prove)
    until_said(driver, "The vault is damaged.")
    assert "Records: not whole" in texts(driver.window.place)
    assert "Pages: whole" in texts(driver.window.place)


# The activity


def actions(driver: Driver) -> list[tuple[str, str | None]]:
    return [(each.action, each.case_ref) for each in driver.window.caseload.vault.activity()]


def test_opening_a_family_is_noted_once_for_as_long_as_it_is_at_hand(driver: Driver) -> None:
    driver.unlock()
    driver.window.show_family(NOT_READY)
    driver.window.show_check(NOT_READY)
    driver.window.show_form(NOT_READY, "note", {})
    driver.window.back()
    driver.window.show_parent(NOT_READY, "a")
    assert [each for each in actions(driver) if each[0] == "case_viewed"] == [("case_viewed", NOT_READY)]
    driver.window.lock_now()
    driver.unlock()
    driver.window.leave_parent(driver.window._here)
    driver.window.show_families()
    driver.window.show_family(READY)
    viewed = [case_ref for action, case_ref in actions(driver) if action == "case_viewed"]
    assert viewed == [NOT_READY, NOT_READY, READY]


def test_the_activity_is_chosen_by_kind_and_day_and_printed(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_to(monkeypatch, "activity", tmp_path / "activity.pdf")
    at_settings(driver)
    driver.window.show_family(NOT_READY)
    driver.window.show_settings()
    driver.until(Settings)
    driver.press("To the activity")
    place = driver.until(ActivityList)
    assert isinstance(place, ActivityList)
    until_said(driver, "none was changed or removed")
    everything = place._model.rowCount()
    driver.tab_to("Show: ")
    for each in place._filters.buttons():
        if each.text() == "Looked at":
            each.click()
    assert 0 < place._model.rowCount() < everything
    assert place._model.index(0, 2).data() == "Family opened"
    for box, text in (("Day", "1"), ("Month", "1"), ("Year", "2099")):
        driver.tab_to(f"From (optional): {box}")
        driver.write(text)
    driver.press("Show these days")
    assert "Nothing of this was done" in texts(place)
    place._since.restore("2020-01-01")
    place._filters.button(0).click()
    driver.press("Show these days")
    assert place._model.rowCount() >= everything
    driver.press("Save this list as PDF")
    driver.bot.waitUntil(lambda: "holds references" in driver.window.messages.text, timeout=LONGEST)
    text = "\n".join(each.extract_text() for each in PdfReader(tmp_path / "activity.pdf").pages)
    assert NOT_READY in text
    assert "From 1 January 2020" in text
    assert not any(name in text for name in NAMES)
    assert actions(driver)[-1][0] == "activity_saved"


def test_a_removed_entry_is_said(driver: Driver) -> None:
    driver.unlock()
    with driver.window.caseload.vault._store.writing() as connection:
        connection.execute("DROP TRIGGER activity_is_never_removed")
        connection.execute("DELETE FROM activity WHERE sequence = 2")
    QTest.keyClick(driver.focused, Qt.Key.Key_7, Qt.KeyboardModifier.ControlModifier)
    driver.until(Prove)
    until_said(driver, "Activity: not whole")
    driver.press("To the activity")
    driver.until(ActivityList)
    until_said(driver, "Entries were changed or removed from outside")


def test_the_first_place_fails_and_the_second_is_said(driver: Driver, vault: Path, tmp_path: Path) -> None:
    from spr_desktop.casework.backing_up import set_second_place

    driver.unlock()
    (tmp_path / "stick").mkdir()
    set_second_place(driver.window.caseload, tmp_path / "stick")
    shutil.rmtree(vault / "backups")
    (vault / "backups").write_text("a file where the folder should be", "utf-8")
    driver.window.backing_up.begin()
    driver.bot.waitUntil(lambda: "none beside the vault" in driver.window.messages.text, timeout=LONGEST)
    assert len(list((tmp_path / "stick").iterdir())) == 1
    assert "Last verified backup" in driver.window._frame.status


def test_backups_of_two_days_are_listed_newest_first(driver: Driver, vault: Path) -> None:
    with Caseload.open(vault, PASSPHRASE) as caseload:
        back_up(caseload.vault, now())
    driver.until(Unlock)
    driver.press("Restore a backup")
    place = driver.until(Restore)
    assert isinstance(place, Restore)
    assert [each.made_at for each in place._backups] == sorted((each.made_at for each in place._backups), reverse=True)
    assert len(place._backups) == 2
