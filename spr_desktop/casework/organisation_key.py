"""An organisation that can open the vault too, if its person lets it; and what is strange about the keys of a vault."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.errors import FileFault, OrganisationFileRefused, WrongOldPassphrase
from spr_desktop.casework.home import last_seen_folder
from spr_desktop.casework.passphrases import require_strong
from spr_desktop.casework.words import day_text
from spr_desktop.records.record import now
from spr_desktop.vault.errors import OrganisationKeyFault, VaultError, WrongSecret
from spr_desktop.vault.key_file import listed_slots
from spr_desktop.vault.known_slots import Stranger
from spr_desktop.vault.organisation import LEAST_BITS, Fault, OrganisationKey, read_certificate
from spr_desktop.vault.organisation import Certificate as Certificate  # the faces know it from here
from spr_desktop.vault.vault import Vault

_FILE_LIMIT: Final = 64 * 1024
"""Bytes; no file with one certificate or one key is as large."""
_REFUSED: Final = {
    Fault.NO_CERTIFICATE: "It holds no certificate. Ask your organisation for its certificate in PEM.",
    Fault.NOT_RSA: "Its key is of another kind than RSA. Ask for one with an RSA key.",
    Fault.TOO_WEAK: f"Its key is too weak. Ask for one with an RSA key of {LEAST_BITS:,} bits or more.",
    Fault.TOO_LARGE: "It is larger than a vault keeps. Ask for one with a smaller key or fewer extensions.",
    Fault.NOT_YET_VALID: "Its time has not begun. Look whether the clock of this computer is right.",
    Fault.EXPIRED: "It has expired. Ask your organisation for the new one.",
    Fault.NOT_FOR_ENCRYPTION: "It is for signing only. Ask for one that is for encrypting keys (key encipherment).",
    Fault.NO_PRIVATE_KEY: "It holds no private key in PEM.",
    Fault.PASSWORD_NEEDED: "It is encrypted: give the password of the key as well.",
    Fault.WRONG_PASSWORD: "That is not the password of this key.",
}
_UNKNOWN: Final = {
    "passphrase": "A passphrase opens it that was not the last one set here. Change the passphrase.",
    "recovery": "A recovery key opens it that was not the last one made here. Make a new recovery key.",
    "organisation": "An organisation can open it that was not let in here. Remove it, unless you know of it.",
}
_GONE: Final = {
    "passphrase": "The passphrase of {day} opens it no more. Change the passphrase.",
    "recovery": "The recovery key of {day} opens it no more. Make a new recovery key.",
    "organisation": "The organisation that was let in on {day} cannot open it any more. Let it in again, or remove it.",
}


def organisation_that_opens(folder: Path) -> str | None:
    """What the certificate of the organisation that can open a closed vault calls it; None if there is none.

    Nobody has proven yet that the slot file is authentic; opening the vault does.
    """
    try:
        sealed = next((each.sealed for each in listed_slots(folder) if each.sealed), None)
        return None if sealed is None else Certificate.read(sealed.certificate).subject
    except OrganisationKeyFault:
        return ""
    except VaultError:
        return None  # opening says what is wrong


def organisation_of(caseload: Caseload) -> Certificate | None:
    """The certificate of the organisation that can open this vault; None if none can."""
    return caseload.vault.keys.organisation()


def read_certificate_file(path: Path) -> Certificate:
    """A certificate for which a vault may be opened; raises OrganisationFileRefused and FileFault."""
    try:
        return read_certificate(_read(path), now())
    except OrganisationKeyFault as fault:
        raise _refused(fault) from None


def let_organisation_open(caseload: Caseload, certificate: Certificate, passphrase: str) -> None:
    """Let an organisation open this vault; takes some seconds, and may be called in a thread of its own.

    Raises WrongOldPassphrase and MachineFault; nothing is changed then.
    """
    with caseload.vault.for_background() as vault:
        try:
            vault.keys.let_organisation_open(certificate, passphrase)
        except WrongSecret:
            raise WrongOldPassphrase from None


def let_no_organisation_open(caseload: Caseload, passphrase: str) -> None:
    """Let no organisation open this vault any more; as ``let_organisation_open``."""
    with caseload.vault.for_background() as vault:
        try:
            vault.keys.let_no_organisation_open(passphrase)
        except WrongSecret:
            raise WrongOldPassphrase from None


def is_locked_key(path: Path) -> bool:
    """Whether a private key needs a password; raises FileFault."""
    return b"ENCRYPTED" in _read(path)


def recover_with_organisation_key(folder: Path, key_file: Path, password: str | None, passphrase: str) -> None:
    """Set a new passphrase with an organisation's private key; the recovery key stays valid.

    Raises TooPlain, OrganisationFileRefused, FileFault, and what ``Vault.recover`` raises.
    """
    require_strong(passphrase, [folder.name])
    try:
        key = OrganisationKey.read(_read(key_file), password)
    except OrganisationKeyFault as fault:
        raise _refused(fault) from None
    Vault.recover_by_organisation(folder, key, passphrase, last_seen_in=last_seen_folder()).close()


def strange_keys(vault: Vault) -> list[str]:
    """What opens a vault and should not, or should and does not, in plain sentences; nearly always none."""
    found = vault.keys.strangers()
    unknown = {each.kind for each in found if each.is_there}
    gone = [each for each in found if not each.is_there and each.kind not in unknown]
    return [_UNKNOWN[each] for each in sorted(unknown)] + [_in_words(each) for each in gone]


def _in_words(stranger: Stranger) -> str:
    assert stranger.since is not None
    return _GONE[stranger.kind].format(day=day_text(date.fromisoformat(stranger.since)))


def _refused(fault: OrganisationKeyFault) -> OrganisationFileRefused:
    return OrganisationFileRefused(_REFUSED[Fault(str(fault))])


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(_FILE_LIMIT + 1)
    except OSError as error:
        raise FileFault(path, error.strerror or "it cannot be read") from None
    return data if len(data) <= _FILE_LIMIT else b""
