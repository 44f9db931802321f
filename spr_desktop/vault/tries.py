"""Wrong passphrases and recovery keys while a vault is closed: counted beside it, and logged at the next opening.

The count is one byte a try in a file that anybody can read and remove. It tells an owner that somebody tried; it locks
nobody out, and keeps nothing of what was typed.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Final

TRIES_FILE: Final = "vault.tries"
_MOST: Final = 1_000_000


def add_try(folder: Path) -> None:
    """Count one more; what the disk refuses is not counted."""
    with suppress(OSError):
        path = folder / TRIES_FILE
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "ab") as file:
            if file.tell() < _MOST:
                file.write(b".")


def tries(folder: Path) -> int:
    """How many there were since they were last forgotten; 0 where nobody knows."""
    with suppress(OSError):
        return min((folder / TRIES_FILE).stat().st_size, _MOST)
    return 0


def forget_tries(folder: Path) -> None:
    """They were logged."""
    with suppress(OSError):
        (folder / TRIES_FILE).unlink(missing_ok=True)
