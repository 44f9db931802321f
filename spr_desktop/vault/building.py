"""Where a vault is built before it is there: a hidden folder beside its place, which takes the place in one step.

A kill leaves it behind, and nobody would look for it. It is cleared when next a vault is made in the same place.
"""

from __future__ import annotations

import re
import secrets
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Final

_HOLDS: Final = re.compile(r"caseload\.db(-wal|-shm|-journal)?|vault\.(lock|holder|tries)|vault\.keys(\.bak)?(\.new)?")
"""The files that a vault may hold while it is built; it has no folders yet."""


def building_folder(to: Path) -> Path:
    """A name beside the place of a vault, that nothing has yet."""
    return to.with_name(f".{to.name}.{secrets.token_hex(4)}.new")


def clear_left_overs(to: Path) -> None:
    """Remove what a kill left of vaults that were to be in a place; what holds anything else is not touched.

    Each gets another name first, so that whoever is just putting it in its place either has done so or cannot any more.
    What the disk refuses stays.
    """
    name = re.compile(rf"\.{{1,2}}{re.escape(to.name)}(\.[0-9a-f]{{8}}\.new){{1,2}}")
    with suppress(OSError):
        for each in [each for each in to.parent.iterdir() if name.fullmatch(each.name)]:
            if not each.is_symlink() and each.is_dir() and all(map(_is_of_vault, each.iterdir())):
                shutil.rmtree(each.rename(building_folder(to)))


def _is_of_vault(path: Path) -> bool:
    return _HOLDS.fullmatch(path.name) is not None and path.is_file() and not path.is_symlink()
