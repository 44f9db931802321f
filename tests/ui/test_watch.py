"""The watch: time without a key, sleep, a locked screen; with a clock of the test's own, and a bus of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from ui.watch import Watch, machine_seconds

MINUTES = 5
IDLE = f"It locked itself after {MINUTES} minutes without a key or a click. What you typed is kept."
SLEPT = "It locked because the laptop slept. What you typed is kept."
SCREEN = "It locked together with the screen. What you typed is kept."
KEY = Qt.Key.Key_Shift


class Watched:
    """A watch, a box to type in, and what the watch said."""

    def __init__(self, bot: QtBot) -> None:
        self.seconds = 1_000.0
        self.said: list[str | int] = []
        self.box = QLineEdit()
        bot.addWidget(self.box)
        self.box.show()
        self.watch = Watch(self.box, MINUTES, lambda: self.seconds)
        self.watch.warn.connect(self.said.append)
        self.watch.active.connect(lambda: self.said.append("active"))
        self.watch.lock.connect(self._lock)
        self.watch.start()
        self.watch._timer.setInterval(10_000_000)  # the clock is the test's

    def _lock(self, why: str) -> None:
        self.said.append(why)
        self.watch.stop()

    def go_by(self, seconds: int) -> None:
        """So many seconds, one after the other."""
        for _ in range(seconds):
            self.seconds += 1
            self.watch.tick()


@pytest.fixture
def watched(qtbot: QtBot) -> Iterator[Watched]:
    made = Watched(qtbot)
    yield made
    made.watch.stop()


def test_it_warns_a_minute_before_and_then_locks_and_says_why(watched: Watched) -> None:
    watched.go_by(MINUTES * 60 - 61)
    assert watched.said == []
    watched.go_by(61)
    assert watched.said == [*range(60, 0, -1), IDLE]


def _press_a_key(box: QLineEdit) -> None:
    QTest.keyClick(box, KEY)


def _click(box: QLineEdit) -> None:
    QTest.mouseClick(box, Qt.MouseButton.LeftButton)


def _turn_the_wheel(box: QLineEdit) -> None:
    none = Qt.MouseButton.NoButton
    still = Qt.KeyboardModifier.NoModifier
    turned = QWheelEvent(
        QPointF(1, 1), QPointF(1, 1), QPoint(), QPoint(0, 120), none, still, Qt.ScrollPhase.NoScrollPhase, False
    )
    QApplication.sendEvent(box, turned)


def _compose_a_letter(box: QLineEdit) -> None:
    QApplication.sendEvent(box, QInputMethodEvent("가", []))


def _press_a_shortcut(box: QLineEdit) -> None:
    QApplication.sendEvent(box, QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_F12, Qt.KeyboardModifier.NoModifier))


@pytest.mark.parametrize("act", [_press_a_key, _click, _turn_the_wheel, _compose_a_letter, _press_a_shortcut])
def test_whatever_a_person_does_starts_the_time_afresh(watched: Watched, act: object) -> None:
    assert callable(act)
    watched.go_by(MINUTES * 60 - 1)
    watched.said.clear()
    act(watched.box)
    assert watched.said[-1] == "active"
    watched.said.clear()
    watched.go_by(MINUTES * 60 - 61)
    assert watched.said == []


def test_something_that_lies_on_a_key_is_nobody(watched: Watched) -> None:
    for _ in range(MINUTES * 60):
        watched.go_by(1)
        held = QKeyEvent(QEvent.Type.KeyPress, KEY, Qt.KeyboardModifier.NoModifier, "", autorep=True)
        QApplication.sendEvent(watched.box, held)
    assert watched.said[-1] == IDLE


@pytest.mark.parametrize("asleep", [31, 3_600, 1_000_000])
def test_a_second_that_took_long_was_sleep(watched: Watched, asleep: int) -> None:
    watched.go_by(5)
    watched.seconds += asleep
    watched.watch.tick()
    assert watched.said == [SLEPT]


def test_a_second_that_took_a_while_was_not(watched: Watched) -> None:
    watched.seconds += 29
    watched.watch.tick()
    assert watched.said == []


def test_the_first_click_after_sleep_locks_and_reaches_nothing(watched: Watched, qtbot: QtBot) -> None:
    button = QPushButton("Seal")
    qtbot.addWidget(button)
    button.show()
    watched.seconds += 3_600
    QTest.mousePress(button, Qt.MouseButton.LeftButton)
    assert watched.said == [SLEPT], "it waited for the next second"
    assert not button.isDown()


def test_the_clock_counts_sleep_and_is_never_set(monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    now = machine_seconds()
    monkeypatch.setattr(time, "time", lambda: 0.0)  # the day before yesterday, says the clock on the wall
    assert machine_seconds() >= now
    owner = QObject()
    assert Watch(owner, MINUTES)._clock is machine_seconds
    if sys.platform == "linux":
        assert machine_seconds() == pytest.approx(time.clock_gettime(time.CLOCK_BOOTTIME), abs=5)


def test_what_the_desktop_says(watched: Watched) -> None:
    watched.watch.screen_locks(False)
    watched.watch.sleeps(False)
    assert watched.said == []
    watched.watch.screen_locks(True)
    watched.watch.sleeps(True)
    assert watched.said == [SCREEN], "locked it is already"
    watched.watch.start()
    watched.watch.sleeps(True)
    assert watched.said == [SCREEN, SLEPT]


@pytest.fixture
def bus() -> Iterator[str]:
    """The address of a bus on which nobody else is; empty where the machine cannot have one."""
    program = shutil.which("dbus-daemon")
    if program is None:
        yield ""
        return
    daemon = subprocess.Popen(
        [program, "--session", "--nofork", "--print-address"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert daemon.stdout
    yield daemon.stdout.readline().strip()
    daemon.terminate()
    daemon.communicate()


def test_the_window_locks_when_the_owner_of_the_name_says_so_and_for_no_stranger(vault: Path, bus: str) -> None:
    if not bus:
        return  # what is done with the words is tested above
    environment = os.environ | {
        "QT_QPA_PLATFORM": "offscreen",
        "DBUS_SESSION_BUS_ADDRESS": bus,
        "DBUS_SYSTEM_BUS_ADDRESS": bus,
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.ui.desktop_bus", str(vault), bus],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    screens = [f"org.{each}.ScreenSaver" for each in ("freedesktop", "gnome", "cinnamon", "mate")]
    assert done.stdout.splitlines() == [
        *(f"{each}|False|False|True|{SCREEN}" for each in screens),
        f"org.freedesktop.login1|False|False|True|{SLEPT}",
    ]
