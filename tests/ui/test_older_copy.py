"""A vault that is older than this computer last saw, met by keyboard: what is missing, and each of the ways on."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from spr_desktop.casework.backing_up import back_up
from spr_desktop.casework.caseload import Caseload
from spr_desktop.records.work import Note, NoteBlock
from tests.ui.conftest import LONGEST, Driver
from tests.vaults import PASSPHRASE, READY, make_caseload
from ui.places.unlock import Unlock
from ui.places.unlock_older import OlderCopyPage


def texts(widget: QWidget) -> str:
    """Everything that can be read in a widget."""
    return "\n".join(each.text() for each in widget.findChildren(QLabel) if each.isVisibleTo(widget))


def write(caseload: Caseload, *many: str) -> None:
    for each in many:
        caseload.record(
            READY, [Note(type="visit", blocks=(NoteBlock(type="fact", text=each),))], happened_on=date.today()
        )


def rolled_back(vault: Path, *, with_backup: bool) -> None:
    """The database as it was before two notes; a backup in between holds one of them."""
    shutil.rmtree(vault / "backups", ignore_errors=True)
    shutil.copy(vault / "caseload.db", vault.parent / "copy.db")
    with Caseload.open(vault, PASSPHRASE) as caseload:
        write(caseload, "one")
        if with_backup:
            back_up(caseload.vault, datetime.now(UTC))
        write(caseload, "two")
    shutil.copy(vault.parent / "copy.db", vault / "caseload.db")


def meet(driver: Driver) -> OlderCopyPage:
    driver.until(Unlock)
    driver.tab_to("Passphrase")
    driver.write(PASSPHRASE)
    QTest.keyClick(driver.focused, Qt.Key.Key_Return)
    place = driver.window.place
    driver.bot.waitUntil(lambda: bool(place.findChildren(OlderCopyPage)), timeout=LONGEST)
    page = place.findChildren(OlderCopyPage)[0]
    driver.bot.waitUntil(lambda: page.isAncestorOf(driver.focused), timeout=LONGEST)
    return page


def last_note(driver: Driver) -> str:
    body = driver.window.caseload.records(READY)[-1].body
    assert isinstance(body, Note)
    return body.blocks[0].text


def test_what_is_missing_is_said_and_nothing_is_opened(driver: Driver, vault: Path) -> None:
    rolled_back(vault, with_backup=False)
    before = (vault / "caseload.db").read_bytes()
    page = meet(driver)
    shown = texts(page)
    assert "3 changes (2 records) are missing; last seen on " in shown
    assert "No backup in the vault's own folder is newer" in shown
    assert driver.focused.accessibleName() == "Look for the right one"
    driver.press("Back")
    assert driver.focused.accessibleName() == "Passphrase"
    assert (vault / "caseload.db").read_bytes() == before


def test_going_on_knowingly_opens_it_and_is_asked_once(driver: Driver, vault: Path) -> None:
    rolled_back(vault, with_backup=False)
    meet(driver)
    driver.press("Go on with this copy")
    driver.bot.waitUntil(lambda: not isinstance(driver.window.place, Unlock), timeout=LONGEST)
    assert "opened_older_copy" in [each.action for each in driver.window.caseload.vault.activity()]
    driver.window.lock_now()
    driver.unlock()


def test_the_newest_backup_is_restored_into_a_new_folder_and_opened(driver: Driver, vault: Path) -> None:
    rolled_back(vault, with_backup=True)
    before = (vault / "caseload.db").read_bytes()
    page = meet(driver)
    assert driver.focused.accessibleName() == "Restore the newest backup"
    assert "into a new folder, vault-2; this copy stays as it is" in texts(page)
    QTest.keyClick(driver.focused, Qt.Key.Key_Space)
    driver.bot.waitUntil(lambda: "is restored in the folder vault-2" in driver.window.messages.text, timeout=LONGEST)
    driver.unlock()
    assert driver.window.caseload.vault.folder == vault.with_name("vault-2")
    assert last_note(driver) == "one"
    assert (vault / "caseload.db").read_bytes() == before


def test_hiding_forgets_it_all(driver: Driver, vault: Path) -> None:
    rolled_back(vault, with_backup=False)
    page = meet(driver)
    QTest.keyClick(driver.focused, Qt.Key.Key_F9)
    driver.bot.waitUntil(lambda: not page.isVisible(), timeout=LONGEST)
    assert "missing" not in texts(driver.window.place)


def test_a_copy_that_is_older_still_is_not_what_is_offered(driver: Driver, vault: Path) -> None:
    """The backup is from before the state that came back, so it would lose more."""
    with Caseload.open(vault, PASSPHRASE) as caseload:
        back_up(caseload.vault, datetime.now(UTC))
        write(caseload, "later")
    shutil.copy(vault / "caseload.db", vault.parent / "copy.db")
    with Caseload.open(vault, PASSPHRASE) as caseload:
        write(caseload, "last")
    shutil.copy(vault.parent / "copy.db", vault / "caseload.db")
    assert "No backup in the vault's own folder is newer" in texts(meet(driver))


def test_the_recovery_sheet_meets_it_too(driver: Driver, vault: Path) -> None:
    key = make_caseload(vault.with_name("forgotten"))
    rolled_back(vault.with_name("forgotten"), with_backup=False)
    driver.window.show_unlock(vault.with_name("forgotten"))
    driver.until(Unlock)
    driver.press("I have my recovery sheet")
    driver.write(key)
    QTest.keyClick(driver.focused, Qt.Key.Key_Return)
    place = driver.window.place
    driver.bot.waitUntil(lambda: "Step 2 of 2" in texts(place), timeout=LONGEST)
    driver.write("quite another passphrase")
    driver.tab_to("New passphrase again")
    driver.write("quite another passphrase")
    driver.press("Set the new passphrase and open")
    driver.bot.waitUntil(lambda: "older than this computer last saw" in texts(place), timeout=LONGEST)
    driver.press("Go on with this copy")
    driver.bot.waitUntil(lambda: not isinstance(driver.window.place, Unlock), timeout=LONGEST)
    assert "opened_older_copy" in [each.action for each in driver.window.caseload.vault.activity()]


def test_a_backup_that_is_not_whole_is_said(driver: Driver, vault: Path) -> None:
    rolled_back(vault, with_backup=True)
    page = meet(driver)
    (backup,) = (vault / "backups").iterdir()
    (backup / "vault.keys").write_bytes(b"damaged")
    driver.press("Restore the newest backup")
    driver.bot.waitUntil(lambda: "The backup is not whole" in texts(page), timeout=LONGEST)
    assert not vault.with_name("vault-2").exists()
