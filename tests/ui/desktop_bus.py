"""A window on a bus of its own, beside a pretended desktop that says on it what desktops say.

Run as ``python -m tests.ui.desktop_bus VAULT ADDRESS``, with that bus as the one of the session and of the system. For
each service it prints: its name, whether the window locked when a stranger said it, whether it locked when the owner
of the name said that it is over, and why it locked in the end.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import SLOT, QEventLoop, QObject, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from PySide6.QtWidgets import QApplication, QLabel

from spr_desktop.casework.caseload import Caseload
from tests.vaults import PASSPHRASE
from ui.places.unlock import Unlock
from ui.window import Window

_MARKER = ("/example/Marker", "org.example.Marker", "Passed")
_LOGIND = "org.freedesktop.login1"
SERVICES = (
    ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged"),
    ("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged"),
    ("org.cinnamon.ScreenSaver", "/org/cinnamon/ScreenSaver", "org.cinnamon.ScreenSaver", "ActiveChanged"),
    ("org.mate.ScreenSaver", "/org/mate/ScreenSaver", "org.mate.ScreenSaver", "ActiveChanged"),
    (_LOGIND, "/org/freedesktop/login1", f"{_LOGIND}.Manager", "PrepareForSleep"),
)


class Marker(QObject):
    """Hears a marker on one connection: what was sent before it has arrived there too."""

    def __init__(self, bus: QDBusConnection) -> None:
        super().__init__()
        self._loop = QEventLoop(self)
        assert bus.connect("", *_MARKER, self, SLOT("passed(bool)"))  # type: ignore[call-overload]

    @Slot(bool)
    def passed(self, _is_so: bool) -> None:
        """It has come."""
        self._loop.quit()

    def wait(self) -> None:
        """Let the window work until the marker comes."""
        self._loop.exec()


def say(desktop: QDBusConnection, path: str, interface: str, name: str, is_so: bool) -> None:
    """Say something on the bus."""
    message = QDBusMessage.createSignal(path, interface, name)
    message.setArguments([is_so])
    assert desktop.send(message)


def main(folder: Path, address: str) -> None:
    """Say each thing to an open vault, and print what came of it."""
    app = QApplication(sys.argv[:1])
    window = Window(folder)
    window.show()
    for service, path, interface, name in SERVICES:
        window.unlocked(Caseload.open(folder, PASSPHRASE))
        bus = QDBusConnection.systemBus() if service == _LOGIND else QDBusConnection.sessionBus()
        marker = Marker(bus)
        desktop = QDBusConnection.connectToBus(address, service)
        heard = []
        for has_name, is_so in ((False, True), (True, False), (True, True)):
            if has_name:
                desktop.registerService(service)
            say(desktop, path, interface, name, is_so)
            say(desktop, *_MARKER, is_so)
            marker.wait()
            heard.append(isinstance(window.place, Unlock))
        said = [each.text() for each in window.place.findChildren(QLabel) if each.text().startswith("It locked")]
        print(service, *heard, *said, sep="|", flush=True)  # noqa: T201 - this is its answer
    window.close()
    app.quit()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
