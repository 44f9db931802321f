"""A process that stands still in the middle of its writes, as on a laptop that sleeps, and goes on afterwards."""

from __future__ import annotations

import os
import random
import signal
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from spr_desktop.vault.errors import VaultError, VaultInUse
from tests.faults.children import forked
from tests.faults.scene import make_vault, opened, stretch_quickly
from tests.vault.samples import ONE_CASE, note, summary

_APPENDS_A_STOP: Final = 6
_LOOKS: Final = 2_000
"""Turns of a loop within which a stop comes after a save was acknowledged: up to some milliseconds."""


@dataclass
class Slept:
    """What came of it."""

    stops: int = 0
    acknowledged: int = 0
    told: list[str] = field(default_factory=list)


def sleep_in_the_middle(stops: int, seed: str, folder: Path) -> Slept:
    """Let somebody write, stand still so many times at any moment, and go on."""
    stretch_quickly()
    vault, chance, found = folder / "vault", random.Random(seed), Slept()
    make_vault(vault)
    appends = stops * _APPENDS_A_STOP
    child, read = forked(lambda write: _write(vault, appends, write))
    with os.fdopen(read, "rb", buffering=0) as acknowledged:
        for _ in range(stops):
            for _ in range(chance.randrange(1, _APPENDS_A_STOP)):
                found.acknowledged += len(acknowledged.read(1))
            for _ in range(chance.randrange(_LOOKS)):
                pass
            os.kill(child, signal.SIGSTOP)
            os.waitpid(child, os.WUNTRACED)
            found.stops += 1
            _expect_in_use(vault, found)
            os.kill(child, signal.SIGCONT)
        while more := acknowledged.read(4096):
            found.acknowledged += len(more)
    if os.waitpid(child, 0)[1]:
        found.told.append("the one who slept did not go on")
    with opened(vault) as again:
        again.verify()
        kept = {each.id for each in again.records(ONE_CASE)}
        lost = [number for number in range(found.acknowledged) if note(ONE_CASE, 100 + number).id not in kept]
        found.told += [f"note {number} is lost" for number in lost]
    return found


def _write(folder: Path, appends: int, write: int) -> None:
    with opened(folder) as vault:
        for number in range(appends):
            vault.append(ONE_CASE, [note(ONE_CASE, 100 + number)], summary(ONE_CASE, f"Name {number}"))
            os.write(write, b".")


def _expect_in_use(folder: Path, found: Slept) -> None:
    """While it sleeps nobody else gets in, and nothing is changed by trying."""
    try:
        opened(folder).close()
    except VaultInUse:
        return
    except VaultError as error:
        found.told.append(f"while it slept: {type(error).__name__}")
        return
    found.told.append("somebody else got in while it slept")
