"""Kinds of changes made as they must not be, to see that the suite finds them."""

from __future__ import annotations

import io
import time
from typing import Any, Final

from spr_desktop.vault.key_file import KEY_FILE, SECOND_COPY, read_key_file
from spr_desktop.vault.passphrase import Passphrase
from spr_desktop.vault.slots import new_slot, with_slot
from tests.faults.kind import Kind
from tests.faults.scene import Scene


def _keep_both(scene: Scene, number: int) -> None:
    """Two drafts that belong together, one after the other."""
    for name in ("one", "two"):
        scene.vault.keep_draft(name, str(number))
        time.sleep(0.01)


def _forget_every_third(scene: Scene, number: int) -> None:
    if number % 3 != 2:
        scene.vault.keep_drafts({"one": str(number), "two": str(number)})


def _both(scene: Scene, _number: int) -> Any:
    return [scene.vault.draft(name) for name in ("one", "two")]


def _wanted_both(number: int) -> Any:
    return [str(number - 1) if number else None] * 2


def _write_over_the_slot_file(scene: Scene, _number: int) -> None:
    """A new passphrase, written over both copies of the slot file."""
    folder, key = scene.vault_folder, scene.vault._data_key
    old = read_key_file(folder, key)
    cost = next(slot.cost for slot in old.slots if slot.kind == "passphrase")
    new = with_slot(old, new_slot(key, Passphrase("another passphrase"), cost, old.vault_id), key)
    files = [io.open(folder / name, "wb") for name in (KEY_FILE, SECOND_COPY)]  # noqa: SIM115, UP020 - carelessly
    for file in files:
        file.write(new.to_bytes())
        file.close()


CARELESS: Final = (
    Kind("forgetful", _forget_every_third, _both, _wanted_both),
    Kind("by halves", _keep_both, _both, _wanted_both),
    Kind("slot file written over", _write_over_the_slot_file, lambda *_: 0, lambda _: 0, changes_files=True),
)
"""Each loses something or does half of it."""
