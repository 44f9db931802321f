"""Where the program starts: a command on the terminal, or the window where there is none."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from spr_desktop.private_memory import keep_memory_private


def main() -> int:
    """Carry out the call; returns the exit code."""
    keep_memory_private()
    if not sys.argv[1:]:
        return _start_window()
    from spr_desktop.commands.main import main as carry_out

    return carry_out(sys.argv[1:], _open_window)


def _start_window() -> int:
    """The window alone, without what commands load; one line where there is no screen for it."""
    from spr_desktop.casework.home import has_display

    if has_display() or os.environ.get("QT_QPA_PLATFORM"):
        return _open_window(None, "")
    from spr_desktop.commands.failure import MACHINE, Failure
    from spr_desktop.commands.terminal import say_failure

    say_failure(
        Failure(MACHINE, "there is no display for the window; spr-desktop --help shows what works without one.")
    )
    return MACHINE


def _open_window(folder: Path | None, passphrase: str) -> int:
    from ui.app import open_window

    return open_window(folder, passphrase)


if __name__ == "__main__":
    sys.exit(main())
