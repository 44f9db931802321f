"""What a kind of change is; every kind of the suite is listed in ``kinds.py``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spr_desktop.vault.slots import Secret
from tests.faults.scene import RECOVERY_KEY, Scene, prepare_vault


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of change."""

    name: str
    step: Callable[[Scene, int], None]
    """The next change after so many; it is committed, and may be acknowledged, once this returns."""
    seen: Callable[[Scene, int], Any]
    """What is there, to somebody who knows of so many steps."""
    wanted: Callable[[int], Any]
    """What is there after so many steps."""
    prepare: Callable[[Path], None] = prepare_vault
    """Makes the folder of a scene; the vault is ``vault`` in it, closed."""
    secret: Secret = RECOVERY_KEY
    """What opens the vault whatever the steps do."""
    steps: int = 8
    """How many steps a child takes in one life; kills fall anywhere in it."""
    stands: int = 4
    """How many kills a vault goes through before the next fresh one."""
    may_be_done: bool = False
    """Whether a step that was refused for want of room may have been made nevertheless, as a whole."""
    opens_first: bool = True
    """Whether a first step may be taken before the disk is full: not where the only step is to open the vault."""
    changes_files: bool = False
    """Whether it changes files by itself, so that it is killed at every such call as well."""
