"""Making a vault from a backup, in a new folder; what was restored is counted beside what the backup holds."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from spr_desktop.records.record import now
from spr_desktop.vault import activity
from spr_desktop.vault.backups import (
    Backup,
    Extent,
    bad_backups,
    chains_of,
    derived_key,
    extent_of,
    require_one_file,
    verify_backup,
)
from spr_desktop.vault.building import building_folder, clear_left_overs
from spr_desktop.vault.creation import DATABASE_FILE
from spr_desktop.vault.errors import BadBackup, DamagedVault, NewerVault, VaultExists, WrongSecret, machine_faults
from spr_desktop.vault.files import sync_file, sync_folder, write_private
from spr_desktop.vault.key_file import KEY_FILE, SECOND_COPY, Unlocked, has_key_file, unlock_key_file
from spr_desktop.vault.keys import DATABASE_KEY
from spr_desktop.vault.last_seen import forget_last_seen
from spr_desktop.vault.places import require_own_disk
from spr_desktop.vault.slots import Secret
from spr_desktop.vault.store import Store


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a vault or a backup holds."""

    records: int
    cases: int
    activity: int


@dataclass(frozen=True, slots=True)
class Restored:
    """A vault that was made from a backup; each side was read by itself, and the two hold the same."""

    folder: Path
    in_backup: Counts
    in_vault: Counts
    """Before it got the entry in its activity that says it was restored."""

    @property
    def records(self) -> int:
        """How many records it holds."""
        return self.in_vault.records

    @property
    def cases(self) -> int:
        """How many cases it holds."""
        return self.in_vault.cases


def look_into_all(backups: list[Path], secret: Secret) -> dict[Path, Backup | None]:
    """What each of some backups holds; None for one that is not whole.

    Those that the secret does not open are left out. Each passphrase takes about a second, however many it opens.
    """
    found: dict[Path, Backup | None] = {}
    opened: dict[bytes, Unlocked] = {}
    try:
        for each in backups:
            try:
                found[each] = _look(each, secret, opened)
            except WrongSecret:
                continue
            except (BadBackup, NewerVault):
                found[each] = None
    finally:
        for unlocked in opened.values():
            unlocked.data_key.wipe()
    return found


def restore(
    backup: Path, to: Path, secret: Secret, at: datetime | None = None, *, last_seen_in: Path | None = None
) -> Restored:
    """Make a vault from a backup, in a folder that must not be there; the backup is only read.

    The vault opens with the passphrase and the recovery key of the time of the backup, one of which is the ``secret``,
    and its activity says that it was restored. What fails leaves nothing behind. Whoever restores knows that it is
    older: what was seen in that folder before, and kept in ``last_seen_in``, is forgotten. Raises WrongSecret,
    BadBackup, VaultExists, NewerVault, NotEncrypted, NetworkPlace and MachineFault.
    """
    require_own_disk(to)
    backup, to = backup.resolve(), to.absolute()
    with machine_faults():
        if to.is_symlink() or to.exists() or backup in (to, *to.resolve().parents):
            raise VaultExists("there is something already where the backup was to be restored")
    unlocked = _unlocked(backup, secret)
    try:
        with machine_faults():
            restored = _restore(backup, to, unlocked, at or now())
        if last_seen_in is not None:
            forget_last_seen(last_seen_in, unlocked.data_key, unlocked.slot_file.vault_id, to)
        return restored
    finally:
        unlocked.data_key.wipe()


def _restore(backup: Path, to: Path, unlocked: Unlocked, at: datetime) -> Restored:
    clear_left_overs(to)
    there = building_folder(to)
    there.mkdir(mode=0o700)
    try:
        with bad_backups():
            require_one_file(backup)
            for name in (KEY_FILE, SECOND_COPY):
                write_private(there / name, unlocked.slot_file.to_bytes())
            _copy_database_file(backup / DATABASE_FILE, there / DATABASE_FILE)
            in_vault = extent_of(there, unlocked.data_key)
            in_backup = extent_of(backup, unlocked.data_key)
            if in_vault != in_backup:
                raise BadBackup("what was restored is not what the backup holds")
            _note(there, unlocked, in_vault, at)
        sync_folder(there)
        there = there.rename(to)
        sync_folder(to.parent)
    except BaseException:
        shutil.rmtree(there, ignore_errors=True)
        raise
    return Restored(to, _counts(in_backup), _counts(in_vault))


def _note(folder: Path, unlocked: Unlocked, extent: Extent, at: datetime) -> None:
    """Say in its activity that the vault was made from a backup, and with how much in it."""
    slot_file, data_key = unlocked.slot_file, unlocked.data_key
    with derived_key(data_key, DATABASE_KEY) as key, chains_of(data_key) as chains:
        store = Store(folder / DATABASE_FILE, key, slot_file.database_salt, slot_file.vault_id)
        try:
            with store.writing() as connection:
                held = f"{extent.cases} cases, {extent.all_records.length} records"
                activity.add_activity(connection, chains, at, "vault_restored", None, held)
        finally:
            store.close()


def _unlocked(backup: Path, secret: Secret) -> Unlocked:
    with bad_backups():
        if not has_key_file(backup):
            raise DamagedVault("the slot file is missing")
        return unlock_key_file(backup, secret)


def _look(backup: Path, secret: Secret, opened: dict[bytes, Unlocked]) -> Backup:
    """Backups of one passphrase have one slot file, which is opened once."""
    with bad_backups(), machine_faults():
        slots = (backup / KEY_FILE).read_bytes() if (backup / KEY_FILE).is_file() else b""
    if slots not in opened:
        opened[slots] = _unlocked(backup, secret)
    return verify_backup(backup, opened[slots].data_key)


def _counts(extent: Extent) -> Counts:
    return Counts(extent.all_records.length, extent.cases, extent.activity.length)


def _copy_database_file(source: Path, target: Path) -> None:
    write_private(target, b"")
    try:
        with source.open("rb") as read, target.open("r+b") as written:
            shutil.copyfileobj(read, written)
    except FileNotFoundError:
        raise DamagedVault("the database is missing") from None
    sync_file(target)
