"""Backups of a vault: in its own folder and, if one is named, in a second place, as a stick or a network drive is.

A backup is a backup once it was read again and found whole. The second place may be away; that is said, and is no
failure.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Final

from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.errors import FileFault
from spr_desktop.casework.home import last_seen_folder
from spr_desktop.records.case_document import parse_utc, utc_text
from spr_desktop.vault.backups import BACKUPS_FOLDER, backups_in, restore, rotate
from spr_desktop.vault.backups import Backup as Backup  # the faces know these from here
from spr_desktop.vault.backups import FoundBackup as FoundBackup
from spr_desktop.vault.backups import Restored as Restored
from spr_desktop.vault.errors import BadBackup, MachineFault
from spr_desktop.vault.passphrase import Passphrase
from spr_desktop.vault.recovery_key import RecoveryKey
from spr_desktop.vault.vault import Vault

_LAST: Final = "last_verified_backup"
_RECORDS_IN_LAST: Final = "records_in_last_backup"
_SECOND_PLACE: Final = "second_backup_place"


class SecondPlace(Enum):
    """What became of the backup in the second place."""

    NOT_NAMED = "not_named"
    MADE = "made"
    MISSING = "missing"
    """The folder is not there now: a stick is not plugged in."""
    FAILED = "failed"
    """It is there, and the backup could not be made or was not whole: it is full, or broken."""


@dataclass(frozen=True, slots=True)
class BackedUp:
    """What a backup came to."""

    backup: Backup
    """The one in the vault's own folder."""
    second_place: SecondPlace
    second: Backup | None = None


def back_up(vault: Vault, now: datetime) -> BackedUp:
    """Make a backup in the vault's folder and one in the second place, and remove those that are not needed any more.

    May run in a thread, over a connection of its own (``Vault.for_background``). Raises BadBackup, DamagedVault and
    MachineFault where the first of the two is not made; nothing of it is left then, and no other is removed.
    """
    made = back_up_to(vault, default_place(vault), now)
    to = _second_place(vault)
    if to is None:
        return BackedUp(made, SecondPlace.NOT_NAMED)
    if not to.is_dir():
        return BackedUp(made, SecondPlace.MISSING)
    try:
        return BackedUp(made, SecondPlace.MADE, back_up_to(vault, to, now))
    except (BadBackup, MachineFault):
        return BackedUp(made, SecondPlace.FAILED)


def back_up_to(vault: Vault, to: Path, now: datetime) -> Backup:
    """Make a backup in a folder, and remove those in it that are not needed any more; raises as ``back_up``."""
    made = vault.back_up(to, now)
    with suppress(MachineFault):  # an old backup that stays does no harm
        rotate(made)
    with suppress(MachineFault):  # nor does a disk that is too full to note that there is a good one
        vault.set_setting(_RECORDS_IN_LAST, str(made.records))
        vault.set_setting(_LAST, utc_text(made.made_at))
        vault.log("backup_made", None, str(made.records))
    return made


def last_verified_backup(caseload: Caseload) -> datetime | None:
    """When the newest backup was made that was found whole, in UTC; None if there was none yet."""
    return last_verified_of(caseload.vault)


def last_verified_of(vault: Vault) -> datetime | None:
    """As ``last_verified_backup``, of a vault."""
    kept = vault.setting(_LAST)
    return parse_utc(kept) if kept else None


def is_backup_due(caseload: Caseload, now: datetime) -> bool:
    """Whether there is none from today (where the practitioner sits) and something was recorded since the last.

    If none is to be found any more, everything was recorded since.
    """
    records = caseload.vault.count_records()
    last = last_verified_backup(caseload)
    if last is None or not backups_of(caseload):
        return records > 0
    return last.astimezone().date() != now.astimezone().date() and is_changed_since_backup(caseload)


def is_changed_since_backup(caseload: Caseload) -> bool:
    """Whether something was recorded since the last backup, or ever where there was none."""
    return str(caseload.vault.count_records()) != (caseload.vault.setting(_RECORDS_IN_LAST) or "0")


def backups_of(caseload: Caseload) -> list[FoundBackup]:
    """The backups of this vault in both places, the newest first; none is opened."""
    return found_of(caseload.vault)


def found_of(vault: Vault) -> list[FoundBackup]:
    """As ``backups_of``, of a vault."""
    places = [default_place(vault), _second_place(vault)]
    found = [each for place in places if place is not None for each in backups_in(place, vault.vault_id)]
    return sorted(found, key=lambda each: each.made_at, reverse=True)


def default_place(vault: Vault) -> Path:
    """Where backups are kept unless another place is named."""
    return vault.folder / BACKUPS_FOLDER


def second_place(caseload: Caseload) -> Path | None:
    """The folder for a second backup; None if none is named."""
    return _second_place(caseload.vault)


def set_second_place(caseload: Caseload, to: Path | None) -> None:
    """Name the folder for a second backup, or none. Raises FileFault if it is not there or in the vault's own."""
    if to is None:
        caseload.vault.set_setting(_SECOND_PLACE, "")
        return
    folder = to.absolute()
    if not folder.is_dir():
        raise FileFault(to, "there is no such folder")
    own = caseload.vault.folder.resolve()
    if own in (folder.resolve(), *folder.resolve().parents):
        raise FileFault(to, "it is inside the vault, and would be lost with it")
    caseload.vault.set_setting(_SECOND_PLACE, str(folder))


def restore_with_passphrase(backup: Path, to: Path, passphrase: str) -> Restored:
    """Make a vault from a backup in a new folder, with the passphrase of the time at which it was made.

    Raises WrongSecret, BadBackup, VaultExists, NewerVault and MachineFault; the backup is never changed.
    """
    return restore(backup, to, Passphrase(passphrase), last_seen_in=last_seen_folder())


def restore_with_recovery_key(backup: Path, to: Path, recovery_key: str) -> Restored:
    """As ``restore_with_passphrase``, with the recovery key of that time."""
    return restore(backup, to, RecoveryKey.read(recovery_key), last_seen_in=last_seen_folder())


def _second_place(vault: Vault) -> Path | None:
    kept = vault.setting(_SECOND_PLACE)
    return Path(kept) if kept else None
