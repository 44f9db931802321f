"""What this process keeps to itself: no other user reads its files, and a crash leaves no picture of its memory."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import Final

_PR_SET_DUMPABLE: Final = 4


def keep_to_oneself() -> None:
    """Set it up for the whole process, before anything is read; a system that does not know a part does without.

    New files are their owner's only. No core is dumped, whatever the system's limit is, and no other program of the
    user may attach to read the memory (Linux).
    """
    os.umask(0o077)
    if sys.platform == "win32":
        return
    import resource

    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        import ctypes

        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
