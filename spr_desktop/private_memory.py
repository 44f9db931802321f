"""What the memory of this process holds stays in it: no core file, and nothing for a crash reporter.

Malware that runs as the user is not kept out (docs/threat-model.md).
"""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import Final

_PR_SET_DUMPABLE: Final = 4


def keep_memory_private() -> None:
    """Let no crash of this process, or of one that it starts, write its memory to a file; where that is to be had."""
    if sys.platform == "win32":
        return
    import resource

    with suppress(OSError, ValueError):  # a system that refuses keeps its own rule
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        import ctypes

        # a crash reporter is handed the memory whatever the limit says, unless the process is not to be dumped
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
