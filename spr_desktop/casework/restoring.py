"""Restoring: which backups there are to restore, what each holds, and a vault made from one in a new folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from spr_desktop.casework.home import last_seen_folder
from spr_desktop.vault.backups import BACKUPS_FOLDER, FoundBackup, backups_in
from spr_desktop.vault.backups import Backup as Backup  # the faces know these from here
from spr_desktop.vault.errors import WrongSecret
from spr_desktop.vault.passphrase import Passphrase
from spr_desktop.vault.recovery_key import RecoveryKey
from spr_desktop.vault.restoring import Counts as Counts
from spr_desktop.vault.restoring import Restored as Restored
from spr_desktop.vault.restoring import look_into_all, restore
from spr_desktop.vault.slots import Secret


def found_in(folders: Sequence[Path]) -> list[FoundBackup]:
    """The backups in some folders, the newest first; none is opened.

    Of each folder, those that lie in it, in its folder ``backups``, and it itself if it is one.
    """
    found: dict[Path, FoundBackup] = {}
    for folder in folders:
        itself = [each for each in backups_in(folder.parent) if each.path == folder]
        for each in (*backups_in(folder), *backups_in(folder / BACKUPS_FOLDER), *itself):
            found.setdefault(each.path.resolve(), each)
    return sorted(found.values(), key=lambda each: each.made_at, reverse=True)


def what_they_hold(backups: Sequence[Path], typed: str) -> dict[Path, Backup | None]:
    """What each backup holds that the passphrase or recovery key opens, after it was checked; None if it is not whole.

    Raises WrongSecret if it opens none.
    """
    found = look_into_all(list(backups), _secret(typed))
    if not found:
        raise WrongSecret("no backup opens with it")
    return found


def restore_with(backup: Path, to: Path, typed: str) -> Restored:
    """Make a vault from a backup in a new folder, with the passphrase or the recovery key of the time of the backup.

    Raises WrongSecret, BadBackup, VaultExists, NewerVault and MachineFault; the backup is never changed.
    """
    return restore(backup, to, _secret(typed), last_seen_in=last_seen_folder())


def restore_with_passphrase(backup: Path, to: Path, passphrase: str) -> Restored:
    """As ``restore_with``, with the passphrase only."""
    return restore(backup, to, Passphrase(passphrase), last_seen_in=last_seen_folder())


def restore_with_recovery_key(backup: Path, to: Path, recovery_key: str) -> Restored:
    """As ``restore_with``, with the recovery key only."""
    return restore(backup, to, RecoveryKey.read(recovery_key), last_seen_in=last_seen_folder())


def _secret(typed: str) -> Secret:
    """A recovery key where it is one by its form and its check characters, which no passphrase is by chance."""
    try:
        return RecoveryKey.read(typed)
    except WrongSecret:
        return Passphrase(typed)
