"""Starting the window. Only what the unlock screen needs is loaded here: the rest comes when a vault opens."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from spr_desktop.casework.preferences import read_preferences
from ui.theme import apply_theme
from ui.window import Window


def open_window(folder: Path | None = None, passphrase: str = "") -> int:
    """Open the window and stay until it is closed; returns the exit code of the program."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("SPR Desktop")
    app.setApplicationDisplayName("SPR Desktop")
    preferences = read_preferences()
    apply_theme(app, preferences.appearance, preferences.text_scale)
    app.styleHints().colorSchemeChanged.connect(lambda _: apply_theme(app))
    window = Window(folder, passphrase, preferences)
    window.show()
    return app.exec()
