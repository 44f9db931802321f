"""Unlocking by keyboard: wrong tries and their growing wait, Caps Lock, cancelling, and the recovery sheet."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.recovery import Sheet, issue_recovery_key, sheet_of
from spr_desktop.vault.errors import WrongSecret
from spr_desktop.vault.keys import LEAST_COST
from spr_desktop.vault.vault import Vault
from tests.ui.conftest import LONGEST, Driver, driving
from tests.vaults import PASSPHRASE
from ui.places.first_run_recovery import RecoverySheet
from ui.places.unlock import Unlock, free_folder
from ui.places.unlock_delay import WrongTries
from ui.secret_boxes import CAPS_LOCK, NewPassphrase, SecretBox

NEW_PASSPHRASE = "quite another passphrase"


class Clock:
    """A clock that goes on only when it is told to."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr("ui.places.unlock_delay.time.monotonic", made)
    return made


def texts(widget: QWidget) -> str:
    """Everything that can be read in a widget."""
    return "\n".join(each.text() for each in widget.findChildren(QLabel) if each.isVisibleTo(widget))


def enter(driver: Driver, passphrase: str) -> None:
    driver.write(passphrase)
    QTest.keyClick(driver.focused, Qt.Key.Key_Return)


def until_said(driver: Driver, words: str) -> None:
    driver.bot.waitUntil(lambda: words in texts(driver.window.place), timeout=LONGEST)


def until_open(driver: Driver) -> None:
    driver.bot.waitUntil(lambda: not isinstance(driver.window.place, Unlock), timeout=LONGEST)


# Waiting after a wrong passphrase


def test_the_wait_grows_to_half_a_minute_and_no_further(clock: Clock) -> None:
    tries, waits = WrongTries(), []
    for _ in range(7):
        tries.add()
        waits.append(tries.seconds_left())
        clock.now += waits[-1]
        assert tries.seconds_left() == 0
    assert waits == [2, 4, 8, 16, 30, 30, 30]


def test_a_wrong_passphrase_waits_and_opens_by_itself_when_it_may(driver: Driver, clock: Clock) -> None:
    driver.until(Unlock)
    enter(driver, "not the passphrase")
    until_said(driver, "You can try again in 2 seconds.")
    assert "That is not the passphrase" in texts(driver.window.place)
    enter(driver, PASSPHRASE)
    until_said(driver, "It opens in 2 seconds.")
    clock.now += 1
    until_said(driver, "It opens in a second.")
    clock.now += 1
    until_open(driver)


def test_locking_does_not_shorten_the_wait_and_opening_ends_it(driver: Driver, clock: Clock) -> None:
    driver.until(Unlock)
    for seconds in (2, 4):
        enter(driver, "not the passphrase")
        until_said(driver, f"You can try again in {seconds} seconds.")
        if seconds == 2:
            clock.now += seconds
            driver.bot.waitUntil(lambda: "try again in" not in texts(driver.window.place), timeout=LONGEST)
    driver.window.show_unlock()
    driver.until(Unlock)
    assert "You can try again in 4 seconds." in texts(driver.window.place)
    clock.now += 4
    enter(driver, PASSPHRASE)
    until_open(driver)
    driver.window.lock_now()
    driver.until(Unlock)
    enter(driver, "not the passphrase")
    until_said(driver, "You can try again in 2 seconds.")


def test_a_damaged_vault_is_told_apart_and_makes_nobody_wait(driver: Driver, vault: Path, clock: Clock) -> None:
    for name in ("vault.keys", "vault.keys.bak"):
        (vault / name).write_bytes(b"damaged")
    driver.until(Unlock)
    enter(driver, PASSPHRASE)
    until_said(driver, "This vault is damaged.")
    assert "try again in" not in texts(driver.window.place)


def test_a_vault_in_use_is_told_apart(driver: Driver, vault: Path) -> None:
    driver.until(Unlock)
    with Caseload.open(vault, PASSPHRASE):
        enter(driver, PASSPHRASE)
        until_said(driver, "Another copy of the program has this vault open.")
    QTest.keyClick(driver.focused, Qt.Key.Key_Return)
    until_open(driver)


# Opening


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Holds the opening of a vault until it is set."""
    opened, opening = threading.Event(), Caseload.open

    def held(folder: Path, passphrase: str) -> Caseload:
        assert opened.wait(LONGEST / 1_000)
        return opening(folder, passphrase)

    monkeypatch.setattr(Caseload, "open", held)
    yield opened
    opened.set()


def test_opening_can_be_cancelled_and_begun_again(driver: Driver, gate: threading.Event) -> None:
    place = driver.until(Unlock)
    enter(driver, PASSPHRASE)
    busy = [each.text() for each in place.findChildren(QPushButton) if each.isVisibleTo(place)]
    assert "Opening, this takes a second" in busy
    driver.press("Cancel opening")
    assert driver.focused.accessibleName() == "Passphrase"
    gate.set()
    driver.bot.waitUntil(lambda: not driver.window.jobs._waiting, timeout=LONGEST)
    assert driver.window.place is place
    assert "Cancel" not in [each.text() for each in place.findChildren(QPushButton) if each.isVisibleTo(place)]
    QTest.keyClick(driver.focused, Qt.Key.Key_Return)
    until_open(driver)


def test_a_line_break_that_was_copied_along_does_no_harm(driver: Driver) -> None:
    driver.until(Unlock)
    box = driver.focused
    assert isinstance(box, QLineEdit)
    QApplication.clipboard().setText(f"{PASSPHRASE}\n")
    QTest.keyClick(box, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(box, Qt.Key.Key_Return)
    until_open(driver)


def test_hiding_forgets_what_was_typed(driver: Driver) -> None:
    driver.until(Unlock)
    box = driver.focused
    assert isinstance(box, QLineEdit)
    driver.write("half a passphr")
    QTest.keyClick(box, Qt.Key.Key_F9)
    assert box.text() == ""


# Caps Lock


@pytest.mark.parametrize(
    ("letter", "has_shift", "is_on"),
    [
        ("A", False, True),
        ("a", True, True),
        ("a", False, False),
        ("A", True, False),
        ("É", False, True),
        ("5", False, False),
        ("ب", False, False),
    ],
)
def test_caps_lock_is_told_from_letters(driver: Driver, letter: str, has_shift: bool, is_on: bool) -> None:
    place = driver.until(Unlock)
    modifier = Qt.KeyboardModifier.ShiftModifier if has_shift else Qt.KeyboardModifier.NoModifier
    box = driver.focused
    assert isinstance(box, SecretBox)
    QApplication.sendEvent(box, QKeyEvent(QEvent.Type.KeyPress, 0, modifier, letter))
    assert box.text() == letter
    assert (CAPS_LOCK in texts(place)) is is_on


def test_the_hint_goes_with_the_next_letter(driver: Driver) -> None:
    place = driver.until(Unlock)
    QApplication.sendEvent(
        driver.focused, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "A")
    )
    assert CAPS_LOCK in texts(place)
    driver.write("b")
    assert CAPS_LOCK not in texts(place)


# The recovery sheet


@pytest.fixture
def recovery_key(vault: Path) -> str:
    """The key of the vault in front of which somebody sits."""
    with Caseload.open(vault, PASSPHRASE) as caseload:
        return issue_recovery_key(caseload)


def test_the_recovery_sheet_sets_a_new_passphrase(recovery_key: str, driver: Driver, vault: Path) -> None:
    driver.until(Unlock)
    driver.press("I have my recovery sheet")
    assert "Step 1 of 2" in texts(driver.window.place)
    enter(driver, recovery_key.replace("-", "").lower())
    until_said(driver, "Step 2 of 2")
    driver.write(NEW_PASSPHRASE)
    driver.tab_to("New passphrase again")
    driver.write(NEW_PASSPHRASE)
    driver.press("Set the new passphrase and open")
    until_open(driver)
    assert "the old one no longer opens" in driver.window.messages.text
    assert sheet_of(driver.window.caseload) is Sheet.PROVEN
    driver.window.lock_now()
    with pytest.raises(WrongSecret):
        Caseload.open(vault, PASSPHRASE)
    Caseload.open(vault, NEW_PASSPHRASE).close()


def test_a_mistyped_key_and_another_vaults_key_are_told_apart(
    recovery_key: str, driver: Driver, vault: Path, clock: Clock
) -> None:
    other, another_key = Vault.create(vault.with_name("other"), PASSPHRASE, cost=LEAST_COST)
    other.close()
    driver.until(Unlock)
    driver.press("I have my recovery sheet")
    for key, words in (
        (recovery_key[:-1], "There is a typing mistake in this key"),
        (another_key, "not of this vault"),
        (another_key, "not of this vault"),
        (recovery_key, "Step 2 of 2"),  # however often it was wrong, nobody waits
    ):
        box = driver.focused
        assert isinstance(box, QLineEdit)
        box.selectAll()
        enter(driver, key)
        until_said(driver, words)
        driver.bot.waitUntil(lambda: not driver.window.jobs._waiting, timeout=LONGEST)


def test_nothing_changes_before_the_end_of_the_second_step(recovery_key: str, driver: Driver, vault: Path) -> None:
    driver.until(Unlock)
    driver.press("I have my recovery sheet")
    enter(driver, recovery_key)
    until_said(driver, "Step 2 of 2")
    driver.press("Back")
    driver.tab_to("Passphrase")
    enter(driver, PASSPHRASE)
    until_open(driver)


def test_a_vault_whose_making_was_cut_short_leads_to_its_recovery_key(qtbot: QtBot, tmp_path: Path) -> None:
    Vault.create(tmp_path / "vault", PASSPHRASE, cost=LEAST_COST)[0].close()
    for driver in driving(qtbot, tmp_path / "vault"):
        driver.until(Unlock)
        enter(driver, PASSPHRASE)
        place = driver.until(RecoverySheet)
        assert "Your recovery key" in texts(place)
        assert "not proven yet" in driver.window.messages.text


# Making passphrases and folders


def test_a_plain_passphrase_is_not_taken(qtbot: QtBot) -> None:
    fields = NewPassphrase()
    qtbot.addWidget(fields)
    fields.show()
    for box in fields.findChildren(QLineEdit):
        box.setText("aaaaaaaaaaaaaaaa")
    assert not fields.check()
    assert "This passphrase will not do. The same thing over and over adds almost nothing." in texts(fields)


def test_a_new_vault_never_takes_the_folder_of_another(tmp_path: Path) -> None:
    first = tmp_path / "vault"
    assert free_folder(first) == first
    for name in ("vault", "vault-2"):
        shutil.copytree(Path(__file__).parents[1] / "examples", tmp_path / name)
    assert free_folder(first) == tmp_path / "vault-3"
