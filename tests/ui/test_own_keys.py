"""What opens one's own vault, by keyboard: how strong a passphrase is, an organisation, and trying the sheet again."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from spr_desktop.casework.backing_up import is_backup_due
from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.organisation_key import recover_with_organisation_key
from spr_desktop.casework.recovery import sheet_proven_on
from spr_desktop.vault.vault import Vault
from tests.ui.conftest import LONGEST, Driver, driving
from tests.vault.organisations import certificate, key_file
from tests.vaults import PASSPHRASE, make_caseload
from ui.places.first_run_recovery import RecoverySheet
from ui.places.settings import Settings
from ui.places.today import Today
from ui.places.unlock import Unlock
from ui.secret_boxes import CAPS_LOCK, NewPassphrase
from ui.strength import StrengthLine

NEW = "five words that nothing connects"
OPENS_IT = "Your organisation can open this vault: Example Outreach recovery, Example Outreach"


def texts(widget: QWidget) -> str:
    """What is to be read on it."""
    return "\n".join(each.text() for each in widget.findChildren(QLabel) if each.isVisibleTo(widget))


def wait_for(driver: Driver, words: str) -> None:
    """Until it is to be read on the place."""
    driver.bot.waitUntil(lambda: words in texts(driver.window.place), timeout=LONGEST)


def said(driver: Driver, words: str) -> None:
    """Until the message bar says it."""
    driver.bot.waitUntil(lambda: words in driver.window.messages.text, timeout=LONGEST)


def at_settings(driver: Driver) -> None:
    """Unlock, and go to the settings."""
    driver.unlock()
    QTest.keyClick(driver.focused, Qt.Key.Key_6, Qt.KeyboardModifier.ControlModifier)
    driver.until(Settings)


# Strength


@pytest.fixture
def fields(qtbot: QtBot) -> NewPassphrase:
    """The boxes for a new passphrase, on the screen."""
    made = NewPassphrase(own_words=lambda: ["Little Wallop Outreach"])
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(made.isVisible)
    return made


def test_strength_is_said_while_one_types_and_gone_with_what_was_typed(qtbot: QtBot, fields: NewPassphrase) -> None:
    box, _again = fields.findChildren(QLineEdit)
    (line,) = fields.findChildren(StrengthLine)
    assert line.words == ""
    QTest.keyClicks(box, "Password1234!")
    qtbot.waitUntil(lambda: "Not enough yet. It holds a password that many people use." in line.words)
    box.clear()
    qtbot.waitUntil(lambda: line.words == "")
    QTest.keyClicks(box, "littlewallop1234")
    qtbot.waitUntil(lambda: "It holds your name, your organisation's" in line.words)
    box.clear()
    QTest.keyClicks(box, "gravel teapot under moon")
    qtbot.waitUntil(lambda: line.words == "Good." or line.words == "Strong.")
    fields.clear()
    qtbot.waitUntil(lambda: line.words == "")


def test_suggested_words_are_strong(qtbot: QtBot, fields: NewPassphrase) -> None:
    fields._suggest()
    (line,) = fields.findChildren(StrengthLine)
    qtbot.waitUntil(lambda: line.words == "Strong.")


def test_every_box_for_a_passphrase_takes_what_is_pasted_and_tells_caps_lock(driver: Driver) -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.setText(PASSPHRASE + "\n")
    driver.until(Unlock)
    box = driver.tab_to("Passphrase")
    paste_and_shout(box, driver.window.place)
    driver.window.place.cover()
    driver.unlock()
    QTest.keyClick(driver.focused, Qt.Key.Key_6, Qt.KeyboardModifier.ControlModifier)
    place = driver.until(Settings)
    clipboard.setText(PASSPHRASE + "\n")
    for name in ("Current passphrase", "New passphrase", "New passphrase again"):
        paste_and_shout(driver.tab_to(name), place)
    driver.window.show_parent("N0TY-1234", "a")
    driver.bot.waitUntil(lambda: driver.window.scope is not None, timeout=LONGEST)
    driver.press("Leave this page")
    driver.bot.waitUntil(lambda: driver.window.place is not place, timeout=LONGEST)
    clipboard.setText(PASSPHRASE + "\n")
    paste_and_shout(driver.tab_to("Passphrase"), driver.window.place)


def paste_and_shout(box: QWidget, place: QWidget) -> None:
    """Paste, and type a letter as with Caps Lock on."""
    assert isinstance(box, QLineEdit)
    QTest.keyClick(box, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert box.text() == PASSPHRASE
    assert CAPS_LOCK not in texts(place)
    QTest.keyClicks(box, "A")
    assert CAPS_LOCK in texts(place)
    QTest.keyClicks(box, "a")
    assert CAPS_LOCK not in texts(place)
    box.clear()


def test_changed_passphrase_is_backed_up_at_once(driver: Driver) -> None:
    at_settings(driver)
    assert "One guess at the passphrase takes about" in texts(driver.window.place)
    driver.tab_to("Current passphrase")
    driver.write(PASSPHRASE)
    for name in ("New passphrase", "New passphrase again"):
        driver.tab_to(name)
        driver.write(NEW)
    driver.press("Change the passphrase")
    said(driver, "backups from before keep the old one")
    driver.bot.waitUntil(lambda: not driver.window.backing_up.is_running, timeout=LONGEST)
    assert not is_backup_due(driver.window.caseload, datetime.now(UTC))
    newest = max((driver.window.caseload.vault.folder / "backups").glob("backup-*"))
    Vault.open(newest, NEW).close()


# An organisation


@pytest.fixture
def chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file that somebody chooses in the dialog, which has tests of its own."""
    file = tmp_path / "organisation.pem"
    file.write_bytes(certificate(around=datetime.now(UTC)))
    monkeypatch.setattr("ui.places.organisation_card.choose_file", lambda *_: file)
    return file


def test_an_organisation_is_let_in_said_on_the_lock_and_let_out(driver: Driver, chosen: Path, tmp_path: Path) -> None:
    driver.until(Unlock)
    assert "Your organisation" not in texts(driver.window.place)
    at_settings(driver)
    wait_for(driver, "No organisation can open this vault.")
    driver.press("Choose a certificate")
    wait_for(driver, "To be let in: Example Outreach recovery, Example Outreach")
    driver.write("not this one at all")
    QTest.keyClick(driver.focused, Qt.Key.Key_Return)
    wait_for(driver, "That is not the passphrase")
    driver.write(PASSPHRASE)
    driver.press("Let this organisation open the vault")
    said(driver, "Your organisation can open this vault now.")
    assert "This organisation can: Example Outreach recovery" in texts(driver.window.place)
    driver.window.lock_now()
    wait_for(driver, OPENS_IT)
    folder = shutil.copytree(driver.window._folder, tmp_path / "copied")
    key = tmp_path / "key.pem"
    key.write_bytes(key_file())
    recover_with_organisation_key(folder, key, None, NEW)
    with closing(Caseload.open(folder, NEW)) as caseload:
        assert caseload.count() == 2
    at_settings(driver)
    driver.press("Let no organisation open it")
    wait_for(driver, "Passphrase, to decide who opens the vault")
    driver.write(PASSPHRASE)
    driver.press("Let no organisation open the vault")
    said(driver, "No organisation can open it now.")
    driver.window.lock_now()
    driver.until(Unlock)
    driver.bot.wait(50)
    assert "Your organisation" not in texts(driver.window.place)


def test_a_certificate_that_will_not_do_is_said_and_asks_for_nothing(driver: Driver, chosen: Path) -> None:
    chosen.write_bytes(certificate(around=datetime.now(UTC), ends=timedelta(seconds=-1)))
    at_settings(driver)
    driver.press("Choose a certificate")
    wait_for(driver, "It has expired. Ask your organisation for the new one.")
    assert "Passphrase, to decide" not in texts(driver.window.place)
    assert driver.window.caseload.vault.keys.organisation() is None


# The sheet, and keys that are strange


@pytest.fixture
def with_sheet(qtbot: QtBot, tmp_path: Path) -> Iterator[tuple[Driver, str]]:
    """Somebody who last tried the recovery sheet half a year ago, and has it at hand."""
    folder = tmp_path / "own" / "vault"
    key = make_caseload(folder)
    with Caseload.open(folder, PASSPHRASE) as caseload:
        long_ago = date.today() - timedelta(days=180)
        caseload.vault.set_setting("recovery_sheet_proven_on", long_ago.isoformat())
    for driver in driving(qtbot, folder):
        yield driver, key


def test_the_sheet_is_asked_for_after_half_a_year_and_tried_from_the_paper(with_sheet: tuple[Driver, str]) -> None:
    driver, key = with_sheet
    driver.unlock()
    driver.until(Today)
    assert "Your recovery sheet was last tried" in texts(driver.window.place)
    driver.press("Try your recovery sheet")
    driver.until(RecoverySheet)
    driver.tab_to("The whole recovery key")
    driver.write(key[:-1])
    driver.press("Prove it")
    wait_for(driver, "There is a typing mistake in this key")
    driver.tab_to("The whole recovery key")
    QTest.keyClick(driver.focused, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    driver.write(key.lower().replace("-", " "))
    driver.press("Prove it")
    driver.until(Today)
    assert sheet_proven_on(driver.window.caseload) == date.today()
    assert "Your recovery sheet was last tried" not in texts(driver.window.place)


def test_the_sheet_can_be_put_off_for_thirty_days(with_sheet: tuple[Driver, str]) -> None:
    driver, _key = with_sheet
    driver.unlock()
    driver.until(Today)
    driver.press("Ask again in 30 days")
    said(driver, "It is asked again in 30 days.")
    assert "Your recovery sheet was last tried" not in texts(driver.window.place)
    driver.window.lock_now()
    driver.unlock()
    driver.until(Today)
    assert "Your recovery sheet was last tried" not in texts(driver.window.place)
    driver.window.caseload.vault.set_setting("recovery_sheet_try_from", date.today().isoformat())
    driver.window.lock_now()
    driver.unlock()
    assert "Your recovery sheet was last tried" in texts(driver.until(Today))


def test_an_old_file_of_keys_is_said_and_locks_nobody_out(driver: Driver, vault: Path) -> None:
    old = (vault / "vault.keys").read_bytes()
    with Vault.open(vault, PASSPHRASE) as opened:
        opened.keys.set_passphrase(NEW)
    for name in ("vault.keys", "vault.keys.bak"):
        (vault / name).write_bytes(old)
    driver.unlock()
    place = driver.until(Today)
    assert "The keys of this vault are not as you left them" in texts(place)
    driver.press("To the settings")
    place = driver.until(Settings)
    assert "Change the passphrase." in texts(place)
    assert "An old file of keys may have been put back" in texts(place)
    assert driver.focused.accessibleName().startswith("Lock after")


def test_nothing_is_asked_of_a_vault_that_is_new(driver: Driver, qapp: QApplication) -> None:
    driver.unlock()
    place = driver.until(Today)
    assert "recovery sheet" not in texts(place)
    assert "keys of this vault" not in texts(place)
