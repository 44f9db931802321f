"""Where the program starts: a command on the terminal, or the window where there is none."""

from __future__ import annotations

import sys
from pathlib import Path


def main() -> int:
    """Carry out the call; returns the exit code."""
    if not sys.argv[1:]:
        return _open_window(None, "")
    from spr_desktop.commands.main import main as carry_out

    return carry_out(sys.argv[1:], _open_window)


def _open_window(folder: Path | None, passphrase: str) -> int:
    from ui.app import open_window

    return open_window(folder, passphrase)


if __name__ == "__main__":
    sys.exit(main())
