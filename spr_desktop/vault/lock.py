"""One process at a time has a vault open."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from spr_desktop.vault.errors import VaultInUse, machine_faults
from spr_desktop.vault.files import write_private

LOCK_FILE: Final = "vault.lock"
HOLDER_FILE: Final = "vault.holder"
"""Says who holds the lock; a file of its own, because some systems let nobody read a locked one."""


class VaultLock:
    """The lock on a vault's folder, held from making it until it is released or the process ends in any way."""

    def __init__(self, folder: Path) -> None:
        """Take the lock; raises VaultInUse at once if another process, or this one, holds it, and MachineFault."""
        self._holder = folder / HOLDER_FILE
        # unlocking is the work of a background thread, and locking that of the window's
        self._lock = FileLock(folder / LOCK_FILE, mode=0o600, thread_local=False, fallback_to_soft=False)
        with machine_faults():
            try:
                self._lock.acquire(blocking=False)
            except Timeout:
                raise VaultInUse(self._pid()) from None
        with suppress(OSError):  # who holds it is a courtesy; that it is held is what counts
            write_private(self._holder, b"%d" % os.getpid())

    def release(self) -> None:
        """Let others open the vault; a second time does nothing."""
        if self._lock.is_locked:
            with suppress(OSError):
                self._holder.unlink(missing_ok=True)
            self._lock.release()

    def _pid(self) -> int | None:
        try:
            return int(self._holder.read_text(encoding="ascii"))
        except (OSError, ValueError):
            return None
