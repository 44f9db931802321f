"""Making the folder of a new vault, in one step: it is there whole, or not at all."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from spr_desktop.vault.building import building_folder, clear_left_overs
from spr_desktop.vault.errors import VaultExists, machine_faults
from spr_desktop.vault.files import sync_folder
from spr_desktop.vault.key_file import Unlocked, make_key_file
from spr_desktop.vault.keys import DATABASE_KEY, SALT_BYTES, Argon2Cost, DataKey, wipe
from spr_desktop.vault.passphrase import Passphrase
from spr_desktop.vault.recovery_key import RecoveryKey
from spr_desktop.vault.slots import new_slot, new_slot_file
from spr_desktop.vault.store import create_database

DATABASE_FILE: Final = "caseload.db"


def make_folder(folder: Path, passphrase: Passphrase, recovery_key: RecoveryKey, cost: Argon2Cost) -> Unlocked:
    """Make the folder of a vault, which its passphrase and its recovery key were both proven to open.

    Raises VaultExists if the folder is there and not empty, and MachineFault; then nothing is left of it.
    """
    _require_free(folder)
    folder = folder.resolve()
    building = building_folder(folder)
    with machine_faults(), _folders_above(folder):
        clear_left_overs(folder)
        building.mkdir(mode=0o700)
        there = building
        try:
            unlocked = _fill(building, passphrase, recovery_key, cost)
            if folder.is_dir():
                folder.rmdir()  # an empty one; systems differ in whether a folder can take its place
            there = building.rename(folder)
            sync_folder(folder.parent)
        except BaseException:
            shutil.rmtree(there, ignore_errors=True)
            raise
    return unlocked


@contextmanager
def _folders_above(folder: Path) -> Iterator[None]:
    """Makes the folders in which a folder is to be, and takes them away again if it is not made."""
    missing = [each for each in folder.parents if not each.exists()]
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        yield
    except BaseException:
        for each in missing:
            with suppress(OSError):  # somebody else may have put something there
                each.rmdir()
        raise


def _require_free(folder: Path) -> None:
    with machine_faults():
        if folder.is_symlink() or (folder.exists() and (not folder.is_dir() or any(folder.iterdir()))):
            raise VaultExists("there is something already where the vault was to be made")


def _fill(folder: Path, passphrase: Passphrase, recovery_key: RecoveryKey, cost: Argon2Cost) -> Unlocked:
    data_key = DataKey.generate()
    vault_id, salt = secrets.token_hex(SALT_BYTES), secrets.token_bytes(SALT_BYTES)
    slots = (new_slot(data_key, passphrase, cost, vault_id), new_slot(data_key, recovery_key, None, vault_id))
    slot_file = new_slot_file(data_key, vault_id, salt, slots)
    make_key_file(folder, slot_file, [passphrase, recovery_key])
    key = data_key.derive(DATABASE_KEY)
    try:
        create_database(folder / DATABASE_FILE, key, salt, vault_id)
    finally:
        wipe(key)
    return Unlocked(slot_file, data_key)
