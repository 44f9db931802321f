"""A vault that is older than this computer last saw it: what is missing, and the ways on.

There are three: the backup that holds more, the real file if it is somewhere, and going on with what is there. Nothing
is done by itself, because nobody but the person can know which of them is right.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from spr_desktop.casework.home import last_seen_folder
from spr_desktop.casework.words import day_text
from spr_desktop.vault.backups import BACKUPS_FOLDER, backups_in
from spr_desktop.vault.backups import FoundBackup as FoundBackup
from spr_desktop.vault.errors import OlderCopy as OlderCopy  # the window knows it from here
from spr_desktop.vault.passphrase import Passphrase
from spr_desktop.vault.recovery_key import RecoveryKey
from spr_desktop.vault.vault import Vault


def missing(older: OlderCopy) -> str:
    """What is missing, and when it was seen, in a sentence."""
    seen = f"last seen on {_moment(older.last_seen)}"
    if not older.changes:
        return f"It went another way than the one this computer knows: what was {seen} is not in it."
    changes, records = _counted(older.changes, "change"), _counted(older.records, "record")
    verb = "is" if older.changes == 1 else "are"
    ends = f" This copy ends on {_moment(older.ends_at)}." if older.ends_at else ""
    return f"{changes} ({records}) {verb} missing; {seen}.{ends}"


def newer_backup(folder: Path, older: OlderCopy) -> FoundBackup | None:
    """The newest backup in the vault's folder, if it is newer than the copy; nobody has opened it yet."""
    found = backups_in(folder / BACKUPS_FOLDER)
    if not found or (older.ends_at and found[0].made_at <= older.ends_at):
        return None
    return found[0]


def accept_older_copy(folder: Path, passphrase: str) -> None:
    """Go on knowingly with an older copy, which its activity then says; raises what ``Vault.open`` raises."""
    Vault.accept_older(folder, Passphrase(passphrase), last_seen_folder())


def accept_older_copy_with_recovery_key(folder: Path, recovery_key: str) -> None:
    """As ``accept_older_copy``, where the passphrase is forgotten."""
    Vault.accept_older(folder, RecoveryKey.read(recovery_key), last_seen_folder())


def backup_moment(backup: FoundBackup) -> str:
    """When a backup was made, as people say it."""
    return _moment(backup.made_at)


def _moment(at: datetime) -> str:
    here = at.astimezone()
    return f"{day_text(here.date())} at {here:%H:%M}"


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
