"""The watch: counts the time without a key or a click, and notices when the laptop slept or its session was locked."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication

WARNING_SECONDS: Final = 60
SLEPT_SECONDS: Final = 30
"""A second that took so long was spent asleep."""

_ACTIVITY: Final = frozenset(
    {QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel, QEvent.Type.TouchBegin}
)
_SIGNALS: Final = (
    ("org.freedesktop.login1", "/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep"),
    ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged"),
    ("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged"),
)
"""Where Linux desktops say that they go to sleep or lock; the first on the bus of the system."""


class Watch(QObject):
    """Runs while the vault is open."""

    warn = Signal(int)
    """So many seconds are left."""
    active = Signal()
    """Somebody is there again after a warning."""
    lock = Signal(str)
    """It is time to lock, and why."""

    def __init__(self, parent: QObject, idle_minutes: int, clock: Callable[[], float] = time.time) -> None:
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
            self.lock.emit("It locked because the laptop slept. What you typed is kept.")
        elif left <= 0:
            minutes = f"{self.idle_minutes} minutes"
            self.lock.emit(f"It locked itself after {minutes} without a key or a click. What you typed is kept.")
        elif left <= WARNING_SECONDS:
            self._has_warned = True
            self.warn.emit(round(left))

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Every key and click starts the time afresh."""
        if event.type() in _ACTIVITY:
            self._last_active = self._clock()
            if self._has_warned:
                self._has_warned = False
                self.active.emit()
        return False

    @Slot(Qt.ApplicationState)
    def _state_changed(self, state: Qt.ApplicationState) -> None:
        if state == Qt.ApplicationState.ApplicationSuspended and self._timer.isActive():
            self.lock.emit("It locked because the laptop slept. What you typed is kept.")

    def _listen_to_the_desktop(self) -> None:
        if sys.platform != "linux":
            return  # elsewhere the long second after waking tells it
        from PySide6.QtCore import SLOT
        from PySide6.QtDBus import QDBusConnection

        buses = (QDBusConnection.systemBus(), QDBusConnection.sessionBus(), QDBusConnection.sessionBus())
        for bus, (service, path, interface, name) in zip(buses, _SIGNALS, strict=True):
            if bus.isConnected():
                bus.connect(service, path, interface, name, self, SLOT("desktop_says(bool)").encode())

    @Slot(bool)
    def desktop_says(self, is_away: bool) -> None:
        """The desktop goes to sleep, or its screen is locked."""
        if is_away and self._timer.isActive():
            self.lock.emit("It locked together with the screen. What you typed is kept.")
