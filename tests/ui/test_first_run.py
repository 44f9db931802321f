"""The first run by keyboard: to its end, with mistakes, hidden half-way, cancelled; and the practice that follows."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.practice import has_practice, throw_away_practice
from spr_desktop.casework.recovery import Sheet, check_recovery_key, sheet_of
from spr_desktop.vault.errors import WrongSecret
from spr_desktop.vault.keys import LEAST_COST, Argon2Cost
from tests.ui.conftest import LONGEST, Driver, driving
from ui.places.create import Create
from ui.places.families import Families
from ui.places.first_run_begin import Begin
from ui.places.first_run_recovery import RecoverySheet
from ui.places.hidden import Hidden
from ui.places.new_family import NewFamily
from ui.places.today import Today
from ui.places.unlock import Unlock

PASSPHRASE = "a long enough passphrase"


@pytest.fixture
def first_run(qtbot: QtBot, tmp_path: Path) -> Iterator[Driver]:
    yield from driving(qtbot, tmp_path / "new")


def texts(widget: QWidget) -> str:
    """Everything that can be read in a widget."""
    return "\n".join(each.text() for each in widget.findChildren(QLabel) if each.isVisibleTo(widget))


def everything_held() -> str:
    """Every text that any widget of the program still holds, seen or not."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    labels = [each.text() + each.accessibleName() for each in QApplication.allWidgets() if isinstance(each, QLabel)]
    lines = [each.text() for each in QApplication.allWidgets() if isinstance(each, QLineEdit)]
    return "\n".join(labels + lines)


def say_who(driver: Driver) -> None:
    driver.until(Create)
    for name, text in (("Your name", "J. Outreach"), ("Your role", "Worker"), ("Your organisation", "Example")):
        driver.tab_to(name)
        driver.write(text)
    driver.press("Go on")


def choose_passphrase(driver: Driver, passphrase: str = PASSPHRASE) -> None:
    driver.tab_to("Passphrase")
    driver.write(passphrase)
    driver.tab_to("Passphrase again")
    driver.write(passphrase)


def make(driver: Driver) -> RecoverySheet:
    """Up to the recovery key on the screen."""
    say_who(driver)
    choose_passphrase(driver)
    driver.press("Make the vault")
    place = driver.until(RecoverySheet)
    assert isinstance(place, RecoverySheet)
    return place


def blocks(place: QWidget) -> list[str]:
    """The recovery key as somebody copies it from the screen."""
    found = [each for each in place.findChildren(QLabel) if each.accessibleName().startswith("Block ")]
    return [each.text() for each in sorted(found, key=QLabel.accessibleName)]


def type_blocks(driver: Driver, key: list[str]) -> None:
    asked = [each.accessibleName() for each in driver.window.place.findChildren(QLineEdit)]
    assert len(asked) == 3
    for each in asked:
        driver.tab_to(each)
        driver.write(key[int(each.removeprefix("Block ")) - 1])


def prove(driver: Driver, place: QWidget) -> list[str]:
    key = blocks(place)
    driver.press("I have it on paper")
    type_blocks(driver, key)
    driver.press("Prove it")
    driver.until(Begin)
    return key


def unlock(driver: Driver, passphrase: str = PASSPHRASE) -> None:
    driver.until(Unlock)
    driver.write(passphrase)
    QTest.keyClick(driver.focused, Qt.Key.Key_Return)
    driver.bot.waitUntil(lambda: not isinstance(driver.window.place, Unlock), timeout=LONGEST)


def test_the_first_run_ends_with_a_vault_and_a_proven_sheet(first_run: Driver, tmp_path: Path) -> None:
    place = make(first_run)
    assert "Step 3 of 4" in texts(place)
    key = prove(first_run, place)
    assert len(key) == 9
    first_run.press("Look around")
    first_run.until(Today)
    first_run.window.lock_now()
    with Caseload.open(tmp_path / "new", PASSPHRASE) as caseload:
        assert caseload.practitioner.name == "J. Outreach"
        assert sheet_of(caseload) is Sheet.PROVEN
    check_recovery_key(tmp_path / "new", "-".join(key))


def test_who_it_is_comes_before_the_passphrase(first_run: Driver) -> None:
    first_run.until(Create)
    first_run.press("Go on")
    shown = texts(first_run.window.place)
    assert "Step 1 of 4" in shown
    assert "Fill this in." in shown
    assert first_run.focused.accessibleName() == "Your name"


def test_two_passphrases_that_differ_make_nothing(first_run: Driver, tmp_path: Path) -> None:
    say_who(first_run)
    choose_passphrase(first_run)
    first_run.write("x")
    first_run.press("Make the vault")
    assert "The two passphrases differ." in texts(first_run.window.place)
    assert first_run.focused.accessibleName() == "Passphrase again"
    assert list(tmp_path.iterdir()) == []


def test_suggested_words_are_shown_and_typed_once_again(first_run: Driver, tmp_path: Path) -> None:
    say_who(first_run)
    first_run.press("Suggest five words")
    assert first_run.focused.accessibleName() == "Passphrase again"
    suggested = next(
        each for each in first_run.window.place.findChildren(QLineEdit) if each.accessibleName() == "Passphrase"
    )
    assert suggested.echoMode() is QLineEdit.EchoMode.Normal
    words = suggested.text()
    assert len(words.split()) == 5
    first_run.write(words)
    QTest.keyClick(first_run.focused, Qt.Key.Key_Return)
    first_run.until(RecoverySheet)
    first_run.window.lock_now()
    Caseload.open(tmp_path / "new", words).close()


def test_a_wrong_block_is_named_and_the_key_can_be_looked_at_again(first_run: Driver) -> None:
    place = make(first_run)
    key = blocks(place)
    first_run.press("I have it on paper")
    assert not any(each in texts(place) for each in key if len(each) == 4)
    type_blocks(first_run, key)
    asked = place.findChildren(QLineEdit)[1].accessibleName()
    first_run.tab_to(asked)
    QTest.keyClick(first_run.focused, Qt.Key.Key_Backspace)
    first_run.press("Prove it")
    shown = texts(place)
    assert f"{asked} is another one" in shown
    assert shown.count("is another one") == 1
    assert first_run.focused.accessibleName() == asked
    first_run.press("Look at the key again")
    assert blocks(place) == key
    prove(first_run, place)


def test_nothing_else_can_be_gone_to_before_the_proof(first_run: Driver) -> None:
    place = make(first_run)
    key = blocks(place)
    for keys in (Qt.Key.Key_2, Qt.Key.Key_N, Qt.Key.Key_K):
        QTest.keyClick(first_run.focused, keys, Qt.KeyboardModifier.ControlModifier)
        assert first_run.window.place is place
    QTest.keyClick(first_run.focused, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert first_run.window.place is place
    assert "First prove" in first_run.window.messages.text
    assert blocks(place) == key


@pytest.mark.parametrize("keys", [Qt.Key.Key_F9, Qt.Key.Key_L])
def test_locked_with_the_key_on_the_screen_nothing_secret_stays(
    first_run: Driver, tmp_path: Path, keys: Qt.Key
) -> None:
    key = blocks(make(first_run))
    modifier = Qt.KeyboardModifier.ControlModifier if keys == Qt.Key.Key_L else Qt.KeyboardModifier.NoModifier
    QTest.keyClick(first_run.focused, keys, modifier)
    assert isinstance(first_run.window.place, (Hidden, Unlock))
    held = everything_held()
    assert not [each for each in key if len(each) == 4 and each in held]
    assert PASSPHRASE not in held
    if isinstance(first_run.window.place, Hidden):
        first_run.until(Hidden)
        first_run.press("Continue")
    unlock(first_run)
    place = first_run.until(RecoverySheet)
    assert "was not proven yet" in texts(place)
    first_run.press("I have no sheet")
    first_run.write("not the passphrase")
    QTest.keyClick(first_run.focused, Qt.Key.Key_Return)
    first_run.bot.waitUntil(lambda: "That is not the passphrase" in texts(place), timeout=LONGEST)
    QTest.keyClick(first_run.focused, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    first_run.write(PASSPHRASE)
    QTest.keyClick(first_run.focused, Qt.Key.Key_Return)
    first_run.bot.waitUntil(lambda: len(blocks(place)) == 9, timeout=LONGEST)
    fresh = prove(first_run, place)
    first_run.window.lock_now()
    check_recovery_key(tmp_path / "new", "-".join(fresh))
    with pytest.raises(WrongSecret):
        check_recovery_key(tmp_path / "new", "-".join(key))


def test_after_a_lock_the_printed_sheet_proves_it(first_run: Driver) -> None:
    key = "-".join(blocks(make(first_run)))
    first_run.window.lock_now()
    unlock(first_run)
    place = first_run.until(RecoverySheet)
    first_run.tab_to("The whole recovery key")
    first_run.write(key[:-1])
    first_run.press("Prove it")
    assert "a part is missing" in texts(place)
    first_run.write(key[-1])  # the caret is where the rest is missing
    QTest.keyClick(first_run.focused, Qt.Key.Key_Return)
    first_run.until(Begin)
    first_run.window.lock_now()
    unlock(first_run)
    first_run.until(Begin)
    assert sheet_of(first_run.window.caseload) is Sheet.PROVEN


def test_put_off_it_is_only_recalled(first_run: Driver) -> None:
    make(first_run)
    first_run.window.lock_now()
    unlock(first_run)
    first_run.until(RecoverySheet)
    first_run.press("Not now")
    first_run.bot.waitUntil(lambda: not isinstance(first_run.window.place, RecoverySheet), timeout=LONGEST)
    QTest.keyClick(first_run.focused, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    first_run.until(Families)
    first_run.window.lock_now()
    unlock(first_run)
    first_run.until(Families)
    assert "not proven yet" in first_run.window.messages.text


def test_hidden_before_there_is_a_vault_the_passphrase_is_forgotten(first_run: Driver) -> None:
    say_who(first_run)
    first_run.press("Suggest five words")
    words = next(
        each.text() for each in first_run.window.place.findChildren(QLineEdit) if each.accessibleName() == "Passphrase"
    )
    QTest.keyClick(first_run.focused, Qt.Key.Key_F9)
    assert "Step" not in texts(first_run.window)
    assert words not in everything_held()
    first_run.press("Continue")
    assert "Whose vault is it?" in texts(first_run.window.place)
    assert first_run.focused.property("text") == "J. Outreach"


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Holds the making of a vault until it is set."""
    opened = threading.Event()

    def measured() -> Argon2Cost:
        assert opened.wait(LONGEST / 1_000)
        return LEAST_COST

    monkeypatch.setattr("spr_desktop.vault.open_vault.calibrated_cost", measured)
    yield opened
    opened.set()


def test_cancelled_while_it_is_made_nothing_is_left(first_run: Driver, gate: threading.Event, tmp_path: Path) -> None:
    say_who(first_run)
    choose_passphrase(first_run)
    first_run.press("Make the vault")
    assert "This takes some seconds" in texts(first_run.window.place)
    first_run.press("Cancel")
    assert "Nothing will be left" in texts(first_run.window.place)
    gate.set()
    first_run.bot.waitUntil(lambda: "Choose a passphrase" in texts(first_run.window.place), timeout=LONGEST)
    assert list(tmp_path.iterdir()) == []
    first_run.press("Make the vault")  # what was typed is still there
    first_run.until(RecoverySheet)


def test_hidden_while_it_is_made_the_key_is_not_shown(first_run: Driver, gate: threading.Event) -> None:
    say_who(first_run)
    choose_passphrase(first_run)
    first_run.press("Make the vault")
    QTest.keyClick(first_run.focused, Qt.Key.Key_F9)
    gate.set()
    first_run.bot.waitUntil(lambda: not first_run.window.jobs._waiting, timeout=LONGEST)
    assert isinstance(first_run.window.place, Create)
    first_run.press("Continue")
    unlock(first_run)
    place = first_run.until(RecoverySheet)
    prove(first_run, place)


def test_practice_is_used_and_leaves_nothing_in_the_own_vault(first_run: Driver) -> None:
    prove(first_run, make(first_run))
    first_run.press("Practise with an invented family first")
    first_run.until(Families)
    own = first_run.window._own
    assert own is not None
    assert "Everybody here is invented" in texts(first_run.window)
    QTest.keyClick(first_run.focused, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    first_run.until(NewFamily)
    first_run.tab_to("Given names")
    first_run.write("Quentin")
    first_run.press("Open a new case")
    first_run.press("Open the case")
    first_run.bot.waitUntil(lambda: bool(first_run.window.place.case_ref), timeout=LONGEST)
    assert len(first_run.window.caseload.vault.case_refs()) == 4
    first_run.press("Back to my own families")
    first_run.until(Today)
    assert first_run.window.caseload is own
    assert own.vault.case_refs() == []
    assert own.summaries(date.today(), "quentin") == []
    assert "Everybody here is invented" not in texts(first_run.window)
    assert has_practice(own)
    throw_away_practice(own)
    assert not has_practice(own)


def test_locking_while_practising_locks_both(first_run: Driver) -> None:
    prove(first_run, make(first_run))
    first_run.press("Practise with an invented family first")
    first_run.until(Families)
    first_run.window.lock_now()
    unlock(first_run)
    assert first_run.window._own is None
    assert first_run.window.caseload.vault.case_refs() == []


def test_beginning_with_the_own_family_leads_to_the_search(first_run: Driver) -> None:
    prove(first_run, make(first_run))
    first_run.press("Begin with my own first family")
    first_run.until(NewFamily)
