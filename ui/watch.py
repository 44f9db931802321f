"""The watch: counts the time without a key or a click, and notices when the laptop slept or its session was locked."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

WARNING_SECONDS: Final = 60
SLEPT_SECONDS: Final = 30
"""A second that took so long was spent asleep."""

_ACTIVITY: Final = frozenset(
    {
        QEvent.Type.ShortcutOverride,  # every key, also one that is a shortcut
        QEvent.Type.KeyPress,
        QEvent.Type.InputMethod,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)
_CLOCKS: Final = {"linux": "CLOCK_BOOTTIME", "darwin": "CLOCK_MONOTONIC"}
"""The clocks that count sleep too; on Windows the usual one does."""
_SLEEP: Final = (
    "org.freedesktop.login1",
    "/org/freedesktop/login1",
    "org.freedesktop.login1.Manager",
    "PrepareForSleep",
)
"""Where Linux says on the bus of the system that it goes to sleep."""
_SCREENS: Final = tuple(
    (f"org.{desktop}.ScreenSaver", f"/org/{desktop}/ScreenSaver", f"org.{desktop}.ScreenSaver", "ActiveChanged")
    for desktop in ("freedesktop", "gnome", "cinnamon", "mate")
)
"""Where Linux desktops say on the bus of the session that the screen is locked.

Qt hears only the program that owns the name of the service; one that takes a free name can lock, and never open.
"""

_SLEPT: Final = "It locked because the laptop slept. What you typed is kept."
_SCREEN: Final = "It locked together with the screen. What you typed is kept."


def machine_seconds() -> float:
    """Seconds since the machine was started, asleep or not; setting its clock does not change them."""
    clock = _CLOCKS.get(sys.platform)
    return time.clock_gettime(getattr(time, clock)) if clock else time.monotonic()


class Watch(QObject):
    """Runs while the vault is open, also while a dialog or a menu is."""

    warn = Signal(int)
    """So many seconds are left."""
    active = Signal()
    """Somebody is there again after a warning."""
    lock = Signal(str)
    """It is time to lock, and why."""

    def __init__(self, parent: QObject, idle_minutes: int, clock: Callable[[], float] = machine_seconds) -> None:
        super().__init__(parent)
        self.idle_minutes = idle_minutes
        self._clock = clock
        self._last_active = self._last_tick = clock()
        self._has_warned = False
        self._timer = QTimer(self)
        self._timer.setInterval(1_000)
        self._timer.timeout.connect(self.tick)
        self._listens = False

    def start(self) -> None:
        """Begin to count."""
        self._last_active = self._last_tick = self._clock()
        self._has_warned = False
        self._timer.start()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.installEventFilter(self)
        if not self._listens:
            self._listens = True
            app.applicationStateChanged.connect(self._state_changed)
            self._listen_to_the_desktop()

    def stop(self) -> None:
        """Count no more."""
        self._timer.stop()
        app = QApplication.instance()
        if app:
            app.removeEventFilter(self)

    @Slot()
    def tick(self) -> None:
        """A second has gone by, or what should have been one."""
        now = self._clock()
        slept = now - self._last_tick > SLEPT_SECONDS
        self._last_tick = now
        left = self.idle_minutes * 60 - (now - self._last_active)
        if slept:
            self.lock.emit(_SLEPT)
        elif left <= 0:
            minutes = f"{self.idle_minutes} minutes"
            self.lock.emit(f"It locked itself after {minutes} without a key or a click. What you typed is kept.")
        elif left <= WARNING_SECONDS:
            self._has_warned = True
            self.warn.emit(round(left))

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Every key and click starts the time afresh; the first one after sleep finds the vault locked."""
        if event.type() not in _ACTIVITY or (isinstance(event, QKeyEvent) and event.isAutoRepeat()):
            return False  # something that lies on a key is nobody
        self.tick()
        if not self._timer.isActive():
            return True  # it was meant for what is behind the lock now
        self._last_active = self._clock()
        if self._has_warned:
            self._has_warned = False
            self.active.emit()
        return False

    @Slot(Qt.ApplicationState)
    def _state_changed(self, state: Qt.ApplicationState) -> None:
        self.sleeps(state == Qt.ApplicationState.ApplicationSuspended)

    def _listen_to_the_desktop(self) -> None:
        if sys.platform != "linux":
            return  # elsewhere the long second after waking tells it
        from PySide6.QtCore import SLOT
        from PySide6.QtDBus import QDBusConnection

        system, session = QDBusConnection.systemBus(), QDBusConnection.sessionBus()
        wanted = [
            (system, _SLEEP, SLOT("sleeps(bool)")),
            *((session, each, SLOT("screen_locks(bool)")) for each in _SCREENS),
        ]
        for bus, where, slot in wanted:
            if bus.isConnected():
                bus.connect(*where, self, slot)  # type: ignore[call-overload]  # takes a str, whatever its stub says

    @Slot(bool)
    def sleeps(self, is_about_to: bool) -> None:
        """The laptop goes to sleep, or wakes."""
        if is_about_to and self._timer.isActive():
            self.lock.emit(_SLEPT)

    @Slot(bool)
    def screen_locks(self, is_locked: bool) -> None:
        """The screen of the desktop is locked, or unlocked."""
        if is_locked and self._timer.isActive():
            self.lock.emit(_SCREEN)
