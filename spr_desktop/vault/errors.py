"""What can go wrong with a vault, in families that a face can put into words.

No text here holds a name, a path, a passphrase or a key. The faces word what a person reads; these texts are for
engineers.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from errno import EACCES, EDQUOT, ENOSPC, EPERM, EROFS
from typing import Final


class VaultError(Exception):
    """Anything that keeps a vault from doing what it was asked for; nothing was lost."""


class WrongSecret(VaultError):
    """The passphrase or the recovery key is not this vault's."""


class DamagedVault(VaultError):
    """The vault is broken, cut short, swapped, changed from outside or not encrypted."""


class NotAVault(VaultError):
    """The folder is missing, empty or holds something else."""


class NotEncrypted(VaultError):
    """This process would write plain text, because another SQLite was loaded into it first; no file was touched."""


class VaultExists(VaultError):
    """A vault was to be made where there is something already."""


class BadBackup(VaultError):
    """A backup is not whole; one that was being made is thrown away, one that was to be restored is left alone."""


class NewerVault(VaultError):
    """A newer version of the program wrote this vault, in a form that this one does not know."""


class MachineFault(VaultError):
    """The disk is full or failing, a permission is missing, or another part of the machine stands in the way."""


class DiskFull(MachineFault):
    """There is no room left on the disk."""


class ReadOnlyPlace(MachineFault):
    """Nothing can be written where the vault is: a medium that is write-protected, or a missing permission."""


class PlaceGone(MachineFault):
    """The vault's file is not there any more: a stick was pulled out, or somebody removed or moved it."""


class NetworkPlace(MachineFault):
    """The folder is on a network drive, where the store would break."""


class NoBackupBeforeUpgrade(MachineFault):
    """The vault is of an earlier version, and the backup that comes before its upgrade could not be made."""


class ReplacedVault(DamagedVault):
    """Another file took the place of the vault's while it was open."""


class OlderCopy(VaultError):
    """This computer has seen more of this vault than the copy holds."""

    def __init__(self, changes: int, records: int, last_seen: datetime, ends_at: datetime | None) -> None:
        super().__init__(f"{changes} changes and {records} records are missing, that were seen before")
        self.changes = changes
        """How many are missing; 0 if the copy has as many or more, but others: it went another way."""
        self.records = records
        self.last_seen = last_seen
        """In UTC; the clock of this computer."""
        self.ends_at = ends_at
        """When the copy was last changed, in UTC; None if it never was."""


class VaultInUse(VaultError):
    """Another copy of the program has the vault open."""

    def __init__(self, pid: int | None = None) -> None:
        super().__init__("the vault is open elsewhere" if pid is None else f"the vault is open in process {pid}")
        self.pid = pid
        """The process that holds it, where that is known."""


class RecordConflict(VaultError):
    """A record comes with the id of a kept one and says something else; nothing of what came with it was taken."""

    def __init__(self, case_ref: str, record_id: str) -> None:
        super().__init__(f"record {record_id} of {case_ref} is kept already and says something else")
        self.case_ref = case_ref
        self.record_id = record_id


class OrganisationKeyFault(VaultError):
    """A certificate will not do for an organisation's slot, or a private key cannot be read; its text names the fault.

    The texts are the values of ``organisation.Fault``.
    """


class DisposedCase(VaultError):
    """The case was disposed of; it takes no records, and nothing of what came with them was taken."""

    def __init__(self, case_ref: str, disposed_on: date) -> None:
        super().__init__(f"{case_ref} was disposed of on {disposed_on}")
        self.case_ref = case_ref
        self.disposed_on = disposed_on


class WeakPassphrase(ValueError):
    """A new passphrase is shorter than the vault takes."""


_DAMAGE: Final = {11: "corrupt", 24: "format", 26: "not a database"}
_MACHINE: Final = {
    3: "no permission",
    7: "out of memory",
    8: "read-only",
    10: "input or output failed",
    13: "the disk is full",
    14: "the file cannot be opened",
    22: "the file is too large for the system",
}
_KINDS: Final = {8: ReadOnlyPlace, 13: DiskFull}
_BUSY: Final = 5


def sqlite_fault(code: int | None) -> VaultError | None:
    """The family of a result code of SQLite, extended or not; None for what only a mistake of ours can cause."""
    primary = -1 if code is None else code & 0xFF
    if primary in _DAMAGE:
        return DamagedVault(f"the database: {_DAMAGE[primary]}")
    if primary in _MACHINE:
        kind = _KINDS.get(primary, MachineFault)
        return kind(f"the database: {_MACHINE[primary]}")
    return VaultInUse() if primary == _BUSY else None


_ERRNOS: Final = {EACCES: ReadOnlyPlace, EPERM: ReadOnlyPlace, EROFS: ReadOnlyPlace, ENOSPC: DiskFull, EDQUOT: DiskFull}


@contextmanager
def machine_faults() -> Iterator[None]:
    """Turns what the operating system refuses into MachineFault, without the path that it names."""
    try:
        yield
    except OSError as error:
        kind = _ERRNOS.get(error.errno or 0, MachineFault)
        raise kind(error.strerror or type(error).__name__) from None
