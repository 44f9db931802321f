"""How long to wait after wrong passphrases: longer each time, never for long, and never for the recovery sheet."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

FIRST_SECONDS: Final = 2
LONGEST_SECONDS: Final = 30


@dataclass(slots=True)
class WrongTries:
    """The wrong passphrases of one vault since the program started or it was last opened."""

    count: int = 0
    until: float = 0.0

    def add(self) -> None:
        """One more was wrong."""
        self.until = time.monotonic() + min(FIRST_SECONDS * 2**self.count, LONGEST_SECONDS)
        self.count += 1

    def forget(self) -> None:
        """The right one was typed."""
        self.count, self.until = 0, 0.0

    def seconds_left(self) -> float:
        """How long the next try is to wait."""
        return max(0.0, self.until - time.monotonic())


_TRIES: Final[dict[Path, WrongTries]] = {}


def wrong_tries(folder: Path) -> WrongTries:
    """Those of a vault; they outlive the page, so that locking or choosing the vault again forgets none."""
    return _TRIES.setdefault(folder.absolute(), WrongTries())
