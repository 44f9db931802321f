"""Starting the window. Only what the unlock screen needs is loaded here: the rest comes when a vault opens."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from traceback import extract_tb
from types import TracebackType

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
    sys.excepthook = partial(_say_mistake, window)
    window.show()
    return app.exec()


def _say_mistake(window: Window, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """A mistake of the program: one sentence on the screen, and where it was made, without what it was about."""
    from ui.failures import sentence

    places = ", ".join(f"{Path(each.filename).name}:{each.lineno}" for each in extract_tb(trace)[-3:])
    print(f"spr-desktop: {kind.__name__} in {places}", file=sys.stderr)  # noqa: T201 - for whoever is asked for help
    if isinstance(error, Exception):
        window.say(sentence(error))
