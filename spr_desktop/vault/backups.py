"""Backups that can be trusted: each is a small vault, and counts only once it was read again and found whole.

A backup is a folder with a slot file and a database and nothing else. It is built under another name, which nobody
lists, and gets its own in one step after it was checked; so whatever stops it leaves no backup rather than half of one.
It opens with the passphrase and the recovery key of the day on which it was made.
"""

from __future__ import annotations

import json
import re
import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from spr_desktop.vault import activity, ledger
from spr_desktop.vault.chain import Chains, Head
from spr_desktop.vault.creation import DATABASE_FILE
from spr_desktop.vault.errors import BadBackup, DamagedVault, MachineFault, NewerVault, machine_faults
from spr_desktop.vault.files import sync_file, sync_folder, write_private
from spr_desktop.vault.key_file import KEY_FILE
from spr_desktop.vault.keys import CHAIN_KEY, DATABASE_KEY, DataKey, wipe
from spr_desktop.vault.slot_format import BYTES_LIMIT, SlotFile, read_slot_file
from spr_desktop.vault.slots import require_authentic
from spr_desktop.vault.store import Store, copy_database, reading_only

if TYPE_CHECKING:
    from sqlite3 import Connection

BACKUPS_FOLDER: Final = "backups"
"""Where they are kept in a vault's folder, unless another place is named."""

_NAME: Final = re.compile(r"backup-\d{4}-\d{2}-\d{2}T\d{6}\.\d{3}Z")
_NAME_FORM: Final = "backup-%Y-%m-%dT%H%M%S.%fZ"
_HOLDS_ANY: Final = "SELECT EXISTS (SELECT 1 FROM json_each(?) AS gone JOIN record ON record.case_ref = gone.value)"
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
class Extent:
    """How far a vault had got: two states with the same extent hold the same records and activity."""

    all_records: Head
    activity: Head
    records: int
    """Fewer than were ever added, where cases were disposed of."""
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
                with bad_backups():
                    if extent_of(there, data_key) != extent:
                        raise BadBackup("the backup does not end where the vault does")
            except BadBackup:
                store.check_pages()  # raises if it is the vault that is damaged, of which a part was remembered
                raise
            there, made_at = _named(there, at.astimezone(UTC))
            sync_folder(to)
        except BaseException:
            shutil.rmtree(there, ignore_errors=True)
            raise
    return Backup(there, made_at, extent.records, extent.cases)


def verify_backup(path: Path, data_key: DataKey) -> Backup:
    """A backup that is whole, with what it holds; raises BadBackup or MachineFault. Nothing in it is changed."""
    with bad_backups():
        extent = extent_of(path, data_key)
    return Backup(path, _made_at(path.name), extent.records, extent.cases)


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


def holding(
    folder: Path, vault_id: str, data_key: DataKey, case_refs: Sequence[str], gone_at: datetime
) -> list[FoundBackup]:
    """Backups of a vault in a folder that hold any of some cases, the newest first.

    Each is opened and looked into. One that cannot be read is taken to hold them if it is no newer than ``gone_at``,
    when the last of them was disposed of.
    """
    if not case_refs:
        return []
    return [each for each in backups_in(folder, vault_id) if _holds(each, data_key, case_refs, gone_at)]


def expire(
    folder: Path, verified: Backup, data_key: DataKey, case_refs: Sequence[str], gone_at: datetime
) -> list[Path]:
    """Remove the backups in a folder that hold what was disposed of; returns those that are gone.

    ``verified`` was found whole just now, in this folder or another, and stays. Raises BadBackup if it holds such a
    case itself, and MachineFault.
    """
    vault_id = _whose(verified.path)
    found = vault_id and FoundBackup(verified.path, verified.made_at, vault_id)
    if not vault_id or not found or _holds(found, data_key, case_refs, gone_at):
        raise BadBackup("the newest backup still holds what was disposed of")
    gone = []
    with machine_faults():
        for each in holding(folder, vault_id, data_key, case_refs, gone_at):
            # under another name first: a folder that is half removed is no backup
            shutil.rmtree(each.path.rename(folder / _left_over_name(vault_id)))
            gone.append(each.path)
        for left_over in folder.glob(f".backup-{vault_id}-*.part"):  # of a time when this was cut short
            shutil.rmtree(left_over)
        if gone:
            sync_folder(folder)
    return gone


def _holds(backup: FoundBackup, data_key: DataKey, case_refs: Sequence[str], gone_at: datetime) -> bool:
    try:
        with _looked_into(backup.path, data_key) as connection:
            return bool(connection.execute(_HOLDS_ANY, (json.dumps(list(case_refs)),)).fetchone()[0])
    except (DamagedVault, NewerVault, MachineFault):
        return backup.made_at <= gone_at


@contextmanager
def _looked_into(folder: Path, data_key: DataKey) -> Iterator[Connection]:
    """A connection to the database of a backup, of which not every page is checked."""
    require_one_file(folder)
    with machine_faults():
        slot_file = read_slot_file(_read(folder / KEY_FILE))
    with (
        derived_key(data_key, DATABASE_KEY) as key,
        reading_only(
            folder / DATABASE_FILE, key, slot_file.database_salt, slot_file.vault_id, check_all=False
        ) as connection,
    ):
        yield connection


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


def _fill(folder: Path, store: Store, slot_file: SlotFile, data_key: DataKey) -> Extent:
    write_private(folder / KEY_FILE, slot_file.to_bytes())
    with store.reading() as connection, derived_key(data_key, DATABASE_KEY) as key, chains_of(data_key) as chains:
        extent = _extent(connection, chains)
        copy_database(connection, folder / DATABASE_FILE, key, slot_file.database_salt)
    sync_file(folder / DATABASE_FILE)
    sync_folder(folder)
    return extent


def extent_of(folder: Path, data_key: DataKey) -> Extent:
    """How far a backup got; raises DamagedVault unless its slot file, pages, tables and chains are whole."""
    require_one_file(folder)
    with machine_faults():
        slot_file = read_slot_file(_read(folder / KEY_FILE))
    require_authentic(slot_file, data_key)
    with (
        derived_key(data_key, DATABASE_KEY) as key,
        chains_of(data_key) as chains,
        reading_only(folder / DATABASE_FILE, key, slot_file.database_salt, slot_file.vault_id) as connection,
    ):
        ledger.verify_all(connection, chains)
        activity.verify_activity(connection, chains)
        return _extent(connection, chains)


def _extent(connection: Connection, chains: Chains) -> Extent:
    return Extent(
        chains.head(connection, "all_records"),
        chains.head(connection, "activity"),
        ledger.count_records(connection, chains),
        len(ledger.case_refs(connection)),
    )


def require_one_file(folder: Path) -> None:
    """Raises DamagedVault if part of the database lies beside it: somebody has opened the backup and was cut short."""
    with machine_faults():
        beside = folder / f"{DATABASE_FILE}-wal"
        if beside.exists() and beside.stat().st_size:
            raise DamagedVault("the database is not in one file")


@contextmanager
def derived_key(data_key: DataKey, label: bytes) -> Iterator[bytearray]:
    """The key for one use, wiped afterwards."""
    key = data_key.derive(label)
    try:
        yield key
    finally:
        wipe(key)


@contextmanager
def chains_of(data_key: DataKey) -> Iterator[Chains]:
    """The chains of a vault, under a key that is wiped afterwards."""
    with derived_key(data_key, CHAIN_KEY) as key:
        yield Chains(key)


@contextmanager
def bad_backups() -> Iterator[None]:
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
