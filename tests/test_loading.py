"""What is loaded when, seen in fresh processes: start-up must stay quick, and Qt must stay in the window."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

LATE = {
    "reportlab",
    "pyhanko",
    "pypdf",
    "pypdfium2",
    "cryptography",
    "sqlcipher3",
    "msgspec",
    "PIL",
    "segno",
    "xkcdpass",
    "zxcvbn",
    "pyrage",
}
"""What the unlock screen does without."""


def loaded_after(code: str, **environment: str) -> set[str]:
    """The top-level modules that a fresh process has loaded after some code."""
    ended = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport json, sys\nprint(json.dumps(sorted(sys.modules)))"],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"} | environment,
    )
    return {each.split(".")[0] for each in json.loads(ended.stdout.splitlines()[-1])}


def test_the_unlock_screen_loads_nothing_heavy(tmp_path: Path) -> None:
    (tmp_path / "vault.keys").write_text("there is something to unlock", "utf-8")
    code = (
        "from pathlib import Path\n"
        "import spr_desktop.__main__, spr_desktop.casework.home\n"
        "from PySide6.QtWidgets import QApplication\n"
        "from ui.theme import apply_theme\n"
        "from ui.window import Window\n"
        "app = QApplication([])\n"
        "apply_theme(app)\n"
        f"window = Window(Path({str(tmp_path)!r}))\n"
        "window.show()\n"
        "app.processEvents()\n"
        "assert type(window.place).__name__ == 'Unlock'\n"
    )
    assert loaded_after(code) & LATE == set()


@pytest.mark.parametrize(
    "module",
    [
        "spr_desktop.records.case_document",
        "spr_desktop.pathway.check",
        "spr_desktop.vault.vault",
        "spr_desktop.casework.caseload",
        "spr_desktop.casework.making",
        "spr_desktop.casework.failures",
        "spr_desktop.commands.main",
    ],
)
def test_the_core_runs_without_qt_and_seals_only_when_sealing(module: str) -> None:
    assert loaded_after(f"import {module}") & {"PySide6", "shiboken6", "reportlab", "pyhanko", "pypdf", "PIL"} == set()


def test_checking_files_needs_no_store() -> None:
    code = "import spr_desktop.casework.checking"
    assert loaded_after(code) & {"sqlcipher3", "cryptography", "reportlab", "pyhanko", "PySide6"} == set()


def test_the_pinned_qt_survives_many_signals() -> None:
    """PySide6 6.12.0 loses a reference to True at every emit on Python 3.11, and aborts after some 600."""
    code = (
        "from PySide6.QtCore import QObject, Signal\n"
        "class Bell(QObject):\n"
        "    rung = Signal(bool)\n"
        "bell, heard = Bell(), []\n"
        "bell.rung.connect(heard.append)\n"
        "for _ in range(5_000):\n"
        "    bell.rung.emit(True)\n"
        "assert len(heard) == 5_000\n"
    )
    assert "PySide6" in loaded_after(code)


def test_the_program_starts_from_here() -> None:
    """The top-level package of the window has a general name; it must be ours."""
    import ui

    assert Path(str(ui.__file__)).parents[1] == Path(__file__).parents[1]


@pytest.mark.parametrize("module", ["spr_desktop.commands.main", "spr_desktop.vault.vault", "ui.window"])
def test_no_second_sqlite_is_in_the_process(module: str) -> None:
    """Two of them in one process cancel each other's locks on a file."""
    assert loaded_after(f"import {module}") & {"sqlite3", "_sqlite3"} == set()
