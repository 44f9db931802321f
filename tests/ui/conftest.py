"""The real window, driven as a person drives it: by keys, waiting for what is to be seen and never for time."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from spr_desktop.casework.backing_up import back_up
from spr_desktop.casework.caseload import Caseload
from tests.vaults import PASSPHRASE, make_caseload
from ui.places.families import Families
from ui.places.unlock import Unlock
from ui.theme import apply_theme
from ui.window import Window

LONGEST = 30_000
"""Milliseconds after which something that is waited for is not going to happen."""


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("windows") / "vault"
    make_caseload(folder)
    with Caseload.open(folder, PASSPHRASE) as caseload:
        back_up(caseload.vault, datetime.now(UTC))  # so that not every test makes one
    return folder


@pytest.fixture
def vault(made_once: Path, tmp_path: Path) -> Path:
    """A closed vault with a family that is ready and one that is not."""
    return Path(shutil.copytree(made_once, tmp_path / "vault"))


class Driver:
    """Somebody at the keyboard."""

    def __init__(self, bot: QtBot, window: Window) -> None:
        self.bot = bot
        self.window = window

    @property
    def focused(self) -> QWidget:
        """What has the focus."""
        found = QApplication.focusWidget()
        assert found is not None
        return found

    def tab_to(self, name: str) -> QWidget:
        """Press Tab until something with this accessible name has the focus."""
        # A page that was just made takes the focus before it is on the screen, and the rest of it cannot be reached.
        self.bot.waitUntil(lambda: self.focused.isVisible(), timeout=LONGEST)
        passed: list[str] = []
        for _ in range(400):
            if name in self.focused.accessibleName():
                return self.focused
            passed.append(self.focused.accessibleName() or type(self.focused).__name__)
            QTest.keyClick(self.focused, Qt.Key.Key_Tab)
        raise AssertionError(f"Tab never reaches {name}, but {sorted(set(passed))}")

    def write(self, text: str) -> None:
        """Type where the focus is."""
        QTest.keyClicks(self.focused, text)

    def press(self, name: str) -> None:
        """Go to a button by Tab and press it."""
        QTest.keyClick(self.tab_to(name), Qt.Key.Key_Space)

    def choose(self, name: str) -> None:
        """Go to a choice by Tab, or by arrows among its rows, and take it."""
        group, _, words = name.rpartition(": ")
        self.tab_to(group)
        for _ in range(20):
            if self.focused.accessibleName() == name:
                QTest.keyClick(self.focused, Qt.Key.Key_Space)
                return
            QTest.keyClick(self.focused, Qt.Key.Key_Down)
        raise AssertionError(f"the arrows never reach {words}")

    def until(self, place: type[QWidget]) -> QWidget:
        """Wait until the window is at a place, and has given it the focus."""
        self.bot.waitUntil(lambda: isinstance(self.window.place, place), timeout=LONGEST)
        self.bot.waitUntil(lambda: self.window.place.isAncestorOf(self.focused), timeout=LONGEST)
        return self.window.place

    def unlock(self) -> None:
        """Type the passphrase and press Enter."""
        self.until(Unlock)
        self.tab_to("Passphrase")
        self.write(PASSPHRASE)
        QTest.keyClick(self.focused, Qt.Key.Key_Return)
        self.bot.waitUntil(lambda: self.window.place.title not in ("Unlock", "Hidden"), timeout=LONGEST)
        self.until(type(self.window.place))

    def open_family(self, search: str) -> None:
        """Search for a family and open it."""
        from ui.places.family import Family

        QTest.keyClick(self.focused, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
        self.until(Families)
        self.tab_to("Search families")
        self.write(search)
        QTest.keyClick(self.focused, Qt.Key.Key_Return)
        self.until(Family)

    def leave_the_parent(self) -> None:
        """End one parent's page with the passphrase."""
        from ui.places.leave_parent import LeaveParent

        if not isinstance(self.window.place, LeaveParent):
            self.press("Leave this page")
        self.until(LeaveParent)
        self.tab_to("Passphrase")
        self.write(PASSPHRASE)
        QTest.keyClick(self.focused, Qt.Key.Key_Return)
        self.bot.waitUntil(lambda: self.window.scope is None, timeout=LONGEST)
        self.until(type(self.window.place))


@pytest.fixture
def driver(qtbot: QtBot, vault: Path) -> Iterator[Driver]:
    """A person in front of the locked vault."""
    yield from driving(qtbot, vault)


def driving(bot: QtBot, folder: Path) -> Iterator[Driver]:
    """A window on a folder, closed at the end whatever happens."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    apply_theme(app)
    window = Window(folder)
    bot.addWidget(window)
    window.show()
    bot.waitUntil(window.isActiveWindow, timeout=LONGEST)
    yield Driver(bot, window)
    window.close()
