"""Which family a failure belongs to. The words for it, and exit codes, are the faces' own."""

from __future__ import annotations

from enum import Enum, auto

from spr_desktop.casework import errors


class Family(Enum):
    """What a person can do about a failure depends on this alone."""

    WRONG_SECRET = auto()
    DAMAGED = auto()
    BAD_BACKUP = auto()
    NOT_A_VAULT = auto()
    NOT_ENCRYPTED = auto()
    IN_USE = auto()
    NEWER = auto()
    EXISTS = auto()
    MACHINE = auto()
    WEAK = auto()
    NO_CASE = auto()
    REFUSED = auto()
    LEAK = auto()
    NOT_VALID = auto()
    OURS = auto()
    """A mistake of the program."""


def family_of(error: Exception) -> tuple[Family, str]:
    """The family, and what may be said besides: a file's path, or where a leak would have been."""
    match error:
        case errors.NoSuchCase():
            return Family.NO_CASE, ""
        case errors.WrongOldPassphrase():
            return Family.WRONG_SECRET, ""
        case errors.NotReady():
            return Family.REFUSED, ""
        case errors.FileExists():
            return Family.EXISTS, str(error.path)
        case errors.FileFault():
            return Family.MACHINE, f"{error.path}: {error.why}."
        case errors.InvalidFiles():
            return Family.NOT_VALID, ""
    return _family_of_packages(error)


def _family_of_packages(error: Exception) -> tuple[Family, str]:
    """Failures of the packages below; imported here because the unlock screen needs none of them."""
    from spr_desktop.documents import errors as documents
    from spr_desktop.records import faults
    from spr_desktop.vault import errors as vault

    match error:
        case documents.LeakFound():
            return Family.LEAK, " ".join(f"{each.where}: {each.kind}." for each in error.leaks)
        case documents.MissingGlyph():
            return Family.MACHINE, f"No font prints the character {error.character}, which stands in a name or text."
        case documents.NotReady():
            return Family.REFUSED, " ".join(error.reasons)
        case vault.VaultInUse(pid=int()):
            return Family.IN_USE, f"It is process {error.pid}."
    families: list[tuple[type[Exception], Family]] = [
        (vault.WrongSecret, Family.WRONG_SECRET),
        (vault.DamagedVault, Family.DAMAGED),
        (vault.BadBackup, Family.BAD_BACKUP),
        (vault.NotAVault, Family.NOT_A_VAULT),
        (vault.NotEncrypted, Family.NOT_ENCRYPTED),
        (vault.VaultInUse, Family.IN_USE),
        (vault.NewerVault, Family.NEWER),
        (vault.VaultExists, Family.EXISTS),
        (vault.MachineFault, Family.MACHINE),
        (vault.RecordConflict, Family.NOT_VALID),
        (vault.WeakPassphrase, Family.WEAK),
        (faults.InvalidDocument, Family.NOT_VALID),
        (faults.NewerDocument, Family.NEWER),
        (documents.WrongPackPassphrase, Family.WRONG_SECRET),
        (documents.NotAPack, Family.NOT_VALID),
        (documents.NotACertificate, Family.NOT_VALID),
        (documents.DocumentError, Family.MACHINE),
    ]
    return next((family for kind, family in families if isinstance(error, kind)), Family.OURS), ""
