"""Which family a failure belongs to. The words for it, and exit codes, are the faces' own."""

from __future__ import annotations

from datetime import date
from enum import Enum, auto

from spr_desktop.casework import errors


class Family(Enum):
    """What a person can do about a failure depends on this alone."""

    WRONG_SECRET = auto()
    DAMAGED = auto()
    REPLACED = auto()
    OLDER = auto()
    """This computer has seen more of the vault than is in it now."""
    BAD_BACKUP = auto()
    NOT_A_VAULT = auto()
    NOT_ENCRYPTED = auto()
    IN_USE = auto()
    NEWER = auto()
    EXISTS = auto()
    NETWORK = auto()
    READ_ONLY = auto()
    GONE = auto()
    FULL = auto()
    NO_BACKUP = auto()
    """The backup that comes before an upgrade could not be made."""
    MACHINE = auto()
    WEAK = auto()
    ORGANISATION_FILE = auto()
    NO_CASE = auto()
    NO_PERSON = auto()
    NO_DOCUMENT = auto()
    REFUSED = auto()
    NOT_MADE = auto()
    SPOILT = auto()
    """A document that was sealed did not read back as it was made."""
    KEPT = auto()
    """A case is not to be disposed of, or not yet."""
    DISPOSED = auto()
    """A case was disposed of, and takes no records."""
    LEAK = auto()
    CARD = auto()
    """A card with the key that seals is not there, or did not sign."""
    NOT_VALID = auto()
    OURS = auto()
    """A mistake of the program."""


def family_of(error: Exception) -> tuple[Family, str]:
    """The family, and what may be said besides: a file's path, or where a leak would have been."""
    match error:
        case errors.CaseDisposed():
            return Family.NO_CASE, _disposed_words(error.case_ref, error.disposed_on)
        case errors.DisposalRefused():
            return Family.KEPT, " ".join(error.reasons)
        case errors.TooManyAtOnce():
            many = f"{error.count} of the vault's {error.of} cases would go at once."
            return Family.KEPT, f"{many} Confirm their number as well, if that is meant."
        case errors.NoSuchCase():
            return Family.NO_CASE, ""
        case errors.WrongOldPassphrase():
            return Family.WRONG_SECRET, ""
        case errors.NoSuchDocument():
            return Family.NO_DOCUMENT, ""
        case errors.DocumentWithdrawn():
            return Family.NOT_VALID, _withdrawn_words(error.on)
        case errors.FileChanged():
            return Family.NOT_VALID, f"{error.path}: it is not the document that was registered."
        case errors.NoSuchPerson():
            return Family.NO_PERSON, ""
        case errors.TooPlain():
            return Family.WEAK, str(error)
        case errors.OrganisationFileRefused():
            return Family.ORGANISATION_FILE, str(error)
        case errors.NotReady():
            return Family.REFUSED, ""
        case errors.FileExists():
            return Family.EXISTS, str(error.path)
        case errors.FileFault():
            return Family.MACHINE, f"{error.path}: {error.why}."
        case errors.InvalidFiles():
            return Family.NOT_VALID, ""
        case errors.BadBundle() | errors.PackNotTaken():
            return Family.NOT_VALID, error.why
    return _family_of_packages(error)


def _family_of_packages(error: Exception) -> tuple[Family, str]:
    """Failures of the packages below; imported here because the unlock screen needs none of them."""
    from spr_desktop.documents import errors as documents
    from spr_desktop.records import faults
    from spr_desktop.vault import errors as vault

    match error:
        case documents.LeakFound():
            mend = f" Records to mend: {', '.join(error.records)}." if error.records else ""
            return Family.LEAK, " ".join(f"{each.where}: {each.kind}." for each in error.leaks) + mend
        case documents.MissingGlyph():
            return Family.MACHINE, f"No font prints the character {error.character}, which stands in a name or text."
        case vault.DisposedCase():
            return Family.DISPOSED, _disposed_words(error.case_ref, error.disposed_on)
        case documents.CardFailed():
            from spr_desktop.casework.sealing_key import card_words

            return Family.CARD, card_words(error.fault.name)
        case documents.NotReady():
            return Family.REFUSED, " ".join(error.reasons)
        case documents.SealFailed():
            return Family.SPOILT, ""
        case documents.NotMade():
            return Family.NOT_MADE, " ".join(error.reasons)
        case vault.OlderCopy():
            from spr_desktop.casework.older_copy import missing

            return Family.OLDER, missing(error)
        case vault.VaultInUse(pid=int()):
            return Family.IN_USE, f"It is process {error.pid}."
    families: list[tuple[type[Exception], Family]] = [
        (vault.WrongSecret, Family.WRONG_SECRET),
        (vault.ReplacedVault, Family.REPLACED),
        (vault.DamagedVault, Family.DAMAGED),
        (vault.BadBackup, Family.BAD_BACKUP),
        (vault.NotAVault, Family.NOT_A_VAULT),
        (vault.NotEncrypted, Family.NOT_ENCRYPTED),
        (vault.VaultInUse, Family.IN_USE),
        (vault.NewerVault, Family.NEWER),
        (vault.VaultExists, Family.EXISTS),
        (vault.NetworkPlace, Family.NETWORK),
        (vault.ReadOnlyPlace, Family.READ_ONLY),
        (vault.PlaceGone, Family.GONE),
        (vault.DiskFull, Family.FULL),
        (vault.NoBackupBeforeUpgrade, Family.NO_BACKUP),
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


def _withdrawn_words(on: date) -> str:
    from spr_desktop.casework.words import day_text

    return f"The document was withdrawn on {day_text(on)}. Do not send it."


def _disposed_words(case_ref: str, disposed_on: date) -> str:
    from spr_desktop.casework.words import day_text

    return f"{case_ref} was disposed of on {day_text(disposed_on)}."
