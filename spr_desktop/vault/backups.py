"""Backups that can be trusted: each is a small vault, and counts only once it was read again and found whole.

A backup is a folder with a slot file and a database and nothing else. It is built under another name, which nobody
lists, and gets its own in one step after it was checked; so whatever stops it leaves no backup rather than half of one.
It opens with the passphrase and the recovery key of the day on which it was made.
"""

from __future__ import annotations

import re
import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from spr_desktop.vault import activity, ledger
from spr_desktop.vault.chain import Chains, Head
from spr_desktop.vault.creation import DATABASE_FILE
from spr_desktop.vault.errors import BadBackup, DamagedVault, MachineFault, NewerVault, VaultExists, machine_faults
from spr_desktop.vault.files import sync_file, sync_folder, write_private
from spr_desktop.vault.key_file import KEY_FILE, SECOND_COPY, has_key_file, unlock_key_file
from spr_desktop.vault.keys import CHAIN_KEY, DATABASE_KEY, DataKey, wipe
from spr_desktop.vault.last_seen import forget_last_seen
from spr_desktop.vault.places import require_own_disk
from spr_desktop.vault.slot_format import BYTES_LIMIT, SlotFile, read_slot_file
from spr_desktop.vault.slots import Secret, require_authentic
from spr_desktop.vault.store import Store, copy_database, reading_only

if TYPE_CHECKING:
    from sqlite3 import Connection

BACKUPS_FOLDER: Final = "backups"
"""Where they are kept in a vault's folder, unless another place is named."""

_NAME: Final = re.compile(r"backup-\d{4}-\d{2}-\d{2}T\d{6}\.\d{3}Z")
_NAME_FORM: Final = "backup-%Y-%m-%dT%H%M%S.%fZ"
_ALWAYS: Final = 3
_PERIODS: Final[tuple[tuple[int, Callable[[datetime], object]], ...]] = (
    (7, lambda at: at.date()),
    (4, lambda at: at.isocalendar()[:2]),
    (6, lambda at: (at.year, at.month)),
)


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was opened and found whole."""

    path: Path
    made_at: datetime
    """In UTC."""
    records: int
    cases: int


@dataclass(frozen=True, slots=True)
class FoundBackup:
    """A backup as it lies in a folder; nobody has opened it."""

    path: Path
    made_at: datetime
    """In UTC, as its name says."""
    vault_id: str
    """Whose backup it says it is."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What a vault holds that was made from a backup."""

    records: int
    cases: int


@dataclass(frozen=True, slots=True)
class _Extent:
    """How far a vault had got: two states with the same extent hold the same records and activity."""

    all_records: Head
    activity: Head
    cases: int


def make_backup(store: Store, slot_file: SlotFile, data_key: DataKey, to: Path, at: datetime) -> Backup:
    """Make a backup in a folder; ``Vault.back_up`` says how."""
    vault_id = slot_file.vault_id
    with machine_faults(), _folder_there(to):
        _clear_left_overs(to, vault_id)
        there = to / _left_over_name(vault_id)
        there.mkdir(mode=0o700)
        try:
            extent = _fill(there, store, slot_file, data_key)
            try:
                with _bad_backups():
                    if _extent_of(there, data_key) != extent:
                        raise BadBackup("the backup does not end where the vault does")
            except BadBackup:
                store.check_pages()  # raises if it is the vault that is damaged, of which a part was remembered
                raise
            there, made_at = _named(there, at.astimezone(UTC))
            sync_folder(to)
        except BaseException:
            shutil.rmtree(there, ignore_errors=True)
            raise
    return Backup(there, made_at, extent.all_records.length, extent.cases)


def verify_backup(path: Path, data_key: DataKey) -> Backup:
    """A backup that is whole, with what it holds; raises BadBackup or MachineFault. Nothing in it is changed."""
    with _bad_backups():
        extent = _extent_of(path, data_key)
    return Backup(path, _made_at(path.name), extent.all_records.length, extent.cases)


def backups_in(folder: Path, vault_id: str | None = None) -> list[FoundBackup]:
    """The backups in a folder, of one vault or of all, the newest first; none is opened.

    A folder that is not there has none.
    """
    found = []
    with suppress(OSError):  # a place that is gone, or not to be read, shows no backups
        for path in sorted(folder.iterdir(), reverse=True):
            whose = _whose(path)
            if whose is not None and vault_id in (None, whose):
                found.append(FoundBackup(path, _made_at(path.name), whose))
    return found


def rotate(verified: Backup) -> list[Path]:
    """Remove backups that a newer one, found whole just now, makes needless; returns those that are gone.

    Of its vault and in its folder it leaves the newest of each of seven days, four weeks and six months on which there
    was one, and the newest three. Backups from later than the verified one (a clock was wrong) are left alone, as is
    everything that is not a backup of this vault. Raises MachineFault.
    """
    folder, vault_id = verified.path.parent, _whose(verified.path)
    if vault_id is None:
        return []
    own = [each for each in backups_in(folder, vault_id) if each.made_at <= verified.made_at]
    stay = kept(each.made_at for each in own)
    gone = []
    with machine_faults():
        for each in own:
            if each.made_at not in stay:
                # under another name first: a folder that is half removed is no backup
                shutil.rmtree(each.path.rename(folder / _left_over_name(vault_id)))
                gone.append(each.path)
    return gone


def kept(times: Iterable[datetime]) -> set[datetime]:
    """Which of the backups of these times (in UTC) rotation leaves."""
    newest_first = sorted(times, reverse=True)
    stay = set(newest_first[:_ALWAYS])
    for how_many, period in _PERIODS:
        newest: dict[object, datetime] = {}
        for each in newest_first:
            newest.setdefault(period(each), each)
        stay.update(list(newest.values())[:how_many])
    return stay


def restore(backup: Path, to: Path, secret: Secret, *, last_seen_in: Path | None = None) -> Restored:
    """Make a vault from a backup, in a folder that must not be there; the backup is only read.

    The vault opens with the passphrase and the recovery key of the time of the backup, one of which is the ``secret``.
    What fails leaves nothing behind. Whoever restores knows that it is older: what was seen in that folder before, and
    kept in ``last_seen_in``, is forgotten. Raises WrongSecret, BadBackup, VaultExists, NewerVault, NotEncrypted,
    NetworkPlace and MachineFault.
    """
    require_own_disk(to)
    backup, to = backup.resolve(), to.absolute()
    with machine_faults():
        if to.is_symlink() or to.exists() or backup in (to, *to.resolve().parents):
            raise VaultExists("there is something already where the backup was to be restored")
    with _bad_backups():
        if not has_key_file(backup):
            raise DamagedVault("the slot file is missing")
        unlocked = unlock_key_file(backup, secret)
    try:
        with machine_faults():
            extent = _restore(backup, to, unlocked.slot_file, unlocked.data_key)
        if last_seen_in is not None:
            forget_last_seen(last_seen_in, unlocked.data_key, unlocked.slot_file.vault_id, to)
    finally:
        unlocked.data_key.wipe()
    return Restored(extent.all_records.length, extent.cases)


def _restore(backup: Path, to: Path, slot_file: SlotFile, data_key: DataKey) -> _Extent:
    there = to.with_name(f".{to.name}.{secrets.token_hex(4)}.new")
    there.mkdir(mode=0o700)
    try:
        with _bad_backups():
            _require_one_file(backup)
            for name in (KEY_FILE, SECOND_COPY):
                write_private(there / name, slot_file.to_bytes())
            _copy_database_file(backup / DATABASE_FILE, there / DATABASE_FILE)
            extent = _extent_of(there, data_key)
        sync_folder(there)
        there = there.rename(to)
        sync_folder(to.parent)
    except BaseException:
        shutil.rmtree(there, ignore_errors=True)
        raise
    return extent


def _copy_database_file(source: Path, target: Path) -> None:
    write_private(target, b"")
    try:
        with source.open("rb") as read, target.open("r+b") as written:
            shutil.copyfileobj(read, written)
    except FileNotFoundError:
        raise DamagedVault("the database is missing") from None
    sync_file(target)


def _fill(folder: Path, store: Store, slot_file: SlotFile, data_key: DataKey) -> _Extent:
    write_private(folder / KEY_FILE, slot_file.to_bytes())
    with store.reading() as connection, _derived(data_key, DATABASE_KEY) as key, _chains(data_key) as chains:
        extent = _extent(connection, chains)
        copy_database(connection, folder / DATABASE_FILE, key, slot_file.database_salt)
    sync_file(folder / DATABASE_FILE)
    sync_folder(folder)
    return extent


def _extent_of(folder: Path, data_key: DataKey) -> _Extent:
    """How far a backup got; raises DamagedVault unless its slot file, pages, tables and chains are whole."""
    _require_one_file(folder)
    with machine_faults():
        slot_file = read_slot_file(_read(folder / KEY_FILE))
    require_authentic(slot_file, data_key)
    with (
        _derived(data_key, DATABASE_KEY) as key,
        _chains(data_key) as chains,
        reading_only(folder / DATABASE_FILE, key, slot_file.database_salt, slot_file.vault_id) as connection,
    ):
        ledger.verify_all(connection, chains)
        activity.verify_activity(connection, chains)
        return _extent(connection, chains)


def _extent(connection: Connection, chains: Chains) -> _Extent:
    return _Extent(
        chains.head(connection, "all_records"),
        chains.head(connection, "activity"),
        len(ledger.case_refs(connection)),
    )


def _require_one_file(folder: Path) -> None:
    """Raises DamagedVault if part of the database lies beside it: somebody has opened the backup and was cut short."""
    with machine_faults():
        beside = folder / f"{DATABASE_FILE}-wal"
        if beside.exists() and beside.stat().st_size:
            raise DamagedVault("the database is not in one file")


@contextmanager
def _derived(data_key: DataKey, label: bytes) -> Iterator[bytearray]:
    key = data_key.derive(label)
    try:
        yield key
    finally:
        wipe(key)


@contextmanager
def _chains(data_key: DataKey) -> Iterator[Chains]:
    with _derived(data_key, CHAIN_KEY) as key:
        yield Chains(key)


@contextmanager
def _bad_backups() -> Iterator[None]:
    """What is damaged in here is a backup, not the vault."""
    try:
        yield
    except DamagedVault as damage:
        raise BadBackup(str(damage)) from damage


@contextmanager
def _folder_there(folder: Path) -> Iterator[None]:
    """Makes a folder if it is missing, and takes it away again if nothing comes of it.

    The folders above are not made: where a stick is missing, they would be made on the laptop's own disk.
    """
    was_there = folder.is_dir()
    if not was_there:
        folder.mkdir(mode=0o700)
    try:
        yield
    except BaseException:
        if not was_there:
            with suppress(OSError):  # somebody else may have put something there
                folder.rmdir()
        raise


def _left_over_name(vault_id: str) -> str:
    """A name for what is not whole yet, or no longer; one of this vault's, so that others leave it alone."""
    return f".backup-{vault_id}-{secrets.token_hex(4)}.part"


def _clear_left_overs(folder: Path, vault_id: str) -> None:
    for left_over in folder.glob(f".backup-{vault_id}-*.part"):
        shutil.rmtree(left_over, ignore_errors=True)


def _named(folder: Path, at: datetime) -> tuple[Path, datetime]:
    """Give a whole backup the name of its time, or of the next thousandth of a second that is free."""
    at = at.replace(microsecond=at.microsecond // 1000 * 1000)
    while (path := folder.with_name(_name(at))).exists():
        at += timedelta(milliseconds=1)
    return folder.rename(path), at


def _name(at: datetime) -> str:
    return at.strftime(_NAME_FORM)[: -len("000Z")] + "Z"


def _made_at(name: str) -> datetime:
    try:
        return datetime.strptime(name, _NAME_FORM).replace(tzinfo=UTC)
    except ValueError:
        raise BadBackup("the folder does not have the name of a backup") from None


def _whose(path: Path) -> str | None:
    """The vault whose backup a folder is, by its name and its slot file; None if it is no backup that can be read."""
    if not _NAME.fullmatch(path.name) or not (path / DATABASE_FILE).is_file():
        return None
    try:
        _made_at(path.name)
        return read_slot_file(_read(path / KEY_FILE)).vault_id
    except (OSError, DamagedVault, NewerVault, MachineFault, BadBackup):
        return None


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(BYTES_LIMIT + 1)
    except FileNotFoundError:
        raise DamagedVault("the slot file is missing") from None
