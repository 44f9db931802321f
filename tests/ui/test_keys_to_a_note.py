"""From unlocking to the first letter of a note: at most four keys (window.md, Judged by)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.opening import Adult, open_family
from spr_desktop.vault.keys import LEAST_COST
from spr_desktop.vault.vault import Vault
from tests.ui.conftest import LONGEST, Driver, driving
from tests.ui.hands import Keyboard
from tests.vaults import PASSPHRASE, PRACTITIONER
from ui.places.family import Family
from ui.places.today import Today

AT_MOST = 4


@pytest.fixture
def one_family(qtbot: QtBot, tmp_path: Path) -> Iterator[Driver]:
    """A locked vault with one family in it."""
    vault, _key = Vault.create(tmp_path / "vault", PASSPHRASE, cost=LEAST_COST)
    with Caseload(vault) as caseload:
        caseload.set_practitioner(PRACTITIONER)
        open_family(caseload, [Adult(given="Jo", family="Example")], date.today())
    yield from driving(qtbot, tmp_path / "vault")


def keys_to_a_note(driver: Driver, *before: Qt.Key) -> int:
    """Keys that are pressed from the unlocked window up to the first letter that stands in the note."""
    hand = Keyboard(driver.bot, driver.window)
    hand.key(Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    for each in before:
        driver.bot.waitUntil(lambda: "note" in hand.title, timeout=LONGEST)
        hand.key(each)
    driver.bot.waitUntil(lambda: isinstance(hand.focused, QPlainTextEdit), timeout=LONGEST)
    assert hand.title == "A note"
    hand.type("J")
    field = hand.focused
    assert isinstance(field, QPlainTextEdit)
    assert field.toPlainText() == "J"
    assert hand.is_read("What do you want to keep?")
    return hand.keys


def unlock_again(driver: Driver) -> None:
    driver.window.lock_now()
    driver.unlock()


def test_in_the_family_where_one_left_off(one_family: Driver) -> None:
    one_family.unlock()
    one_family.open_family("Jo")
    unlock_again(one_family)
    assert isinstance(one_family.window.place, Family)
    assert keys_to_a_note(one_family) <= AT_MOST


def test_from_what_is_due_with_one_family(one_family: Driver) -> None:
    one_family.unlock()
    one_family.window.show_today()
    one_family.until(Today)
    unlock_again(one_family)
    assert isinstance(one_family.window.place, Today)
    assert keys_to_a_note(one_family, Qt.Key.Key_Return) <= AT_MOST
