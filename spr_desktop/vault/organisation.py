"""An organisation's slot: a vault that an organisation can open, with a private key that is kept off the device.

The slot's own random key is encrypted for the certificate (RSA-OAEP with SHA-256), and wraps the data key as the key of
any other slot does. Nothing on the device can open it, so nobody can try here whether it does: who holds the private
key proves it, once, on another machine.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import Enum
from typing import Final, Literal

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key

from spr_desktop.vault.errors import OrganisationKeyFault, WrongSecret
from spr_desktop.vault.keys import KEY_BYTES, DataKey, wipe
from spr_desktop.vault.slot_format import CERTIFICATE_LIMIT, ID_BYTES, NONCE_BYTES, SEALED_BYTES, SealedKey, Slot
from spr_desktop.vault.slots import wrapped

LEAST_BITS: Final = SEALED_BYTES.start * 8
"""Of an RSA key; what NIST and the NCSC take for good beyond 2030."""

_MOST_BITS: Final = SEALED_BYTES[-1] * 8
_OAEP: Final = padding.OAEP(padding.MGF1(SHA256()), SHA256(), None)


class Fault(Enum):
    """Why a certificate or a private key will not do."""

    NO_CERTIFICATE = "no_certificate"
    NOT_RSA = "not_rsa"
    TOO_WEAK = "too_weak"
    TOO_LARGE = "too_large"
    NOT_YET_VALID = "not_yet_valid"
    EXPIRED = "expired"
    NOT_FOR_ENCRYPTION = "not_for_encryption"
    NO_PRIVATE_KEY = "no_private_key"
    PASSWORD_NEEDED = "password_needed"  # noqa: S105 - the name of a fault
    WRONG_PASSWORD = "wrong_password"  # noqa: S105 - the name of a fault


@dataclass(frozen=True, slots=True)
class Certificate:
    """An organisation's certificate, with what a person sees of it."""

    der: bytes
    subject: str
    """Whom it is for, in one line, as the certificate says it; empty where it does not."""
    expires: datetime
    """In UTC. What was encrypted for it can be opened after that day too."""
    fingerprint: str
    """SHA-256 of the whole certificate, in groups of four."""

    @classmethod
    def read(cls, der: bytes) -> Certificate:
        """A certificate as a slot keeps it; raises OrganisationKeyFault if it is none."""
        try:
            found = x509.load_der_x509_certificate(der)
            return cls(der, _subject(found), found.not_valid_after_utc, _fingerprint(found))
        except (ValueError, UnsupportedAlgorithm):
            raise OrganisationKeyFault(Fault.NO_CERTIFICATE.value) from None


def read_certificate(data: bytes, now: datetime) -> Certificate:
    """A certificate for which a vault may be opened to an organisation, from a file in PEM or DER.

    Raises OrganisationKeyFault if it is not one, its key is not RSA of 3,072 bits at the least, its time has not come
    or is over, or it says that its key is not for encrypting keys.
    """
    found = _loaded(data)
    key = _public_key(found)
    if not isinstance(key, RSAPublicKey):
        raise OrganisationKeyFault(Fault.NOT_RSA.value)
    if key.key_size < LEAST_BITS:
        raise OrganisationKeyFault(Fault.TOO_WEAK.value)
    der = found.public_bytes(Encoding.DER)
    if key.key_size > _MOST_BITS or len(der) > CERTIFICATE_LIMIT:
        raise OrganisationKeyFault(Fault.TOO_LARGE.value)
    if now.astimezone(UTC) < found.not_valid_before_utc:
        raise OrganisationKeyFault(Fault.NOT_YET_VALID.value)
    if now.astimezone(UTC) > found.not_valid_after_utc:
        raise OrganisationKeyFault(Fault.EXPIRED.value)
    if not _is_for_keys(found):
        raise OrganisationKeyFault(Fault.NOT_FOR_ENCRYPTION.value)
    return Certificate.read(der)


def organisation_slot(data_key: DataKey, certificate: Certificate, vault_id: str) -> Slot:
    """Wrap the data key so that the private key of a certificate opens it."""
    public_key = x509.load_der_x509_certificate(certificate.der).public_key()
    assert isinstance(public_key, RSAPublicKey)
    key = bytearray(secrets.token_bytes(KEY_BYTES))
    try:
        slot = Slot(
            id=secrets.token_hex(ID_BYTES),
            kind="organisation",
            salt=b"",
            cost=None,
            nonce=secrets.token_bytes(NONCE_BYTES),
            wrapped=b"",
            sealed=SealedKey(certificate.der, public_key.encrypt(bytes(key), _OAEP)),
        )
        return wrapped(slot, key, data_key, vault_id)
    finally:
        wipe(key)


@dataclass(frozen=True, slots=True)
class OrganisationKey:
    """The private key that belongs to an organisation's certificate."""

    private_key: RSAPrivateKey = field(repr=False)

    @classmethod
    def read(cls, pem: bytes, password: str | None = None) -> OrganisationKey:
        """A private key from a file in PEM, encrypted or not; raises OrganisationKeyFault if it cannot be read."""
        try:
            key = load_pem_private_key(pem, None if password is None else password.encode("utf-8", "surrogatepass"))
        except TypeError:  # a password without need, or none where one is needed
            if password is not None:
                return cls.read(pem)
            raise OrganisationKeyFault(Fault.PASSWORD_NEEDED.value) from None
        except (ValueError, UnsupportedAlgorithm):
            is_locked = password is not None and b"ENCRYPTED" in pem
            raise OrganisationKeyFault((Fault.WRONG_PASSWORD if is_locked else Fault.NO_PRIVATE_KEY).value) from None
        if not isinstance(key, RSAPrivateKey):
            raise OrganisationKeyFault(Fault.NOT_RSA.value)
        return cls(key)

    @property
    def kind(self) -> Literal["organisation"]:
        """The kind of slot that it opens."""
        return "organisation"

    def slot_key(self, slot: Slot) -> bytearray:
        """The key that wraps the data key; raises WrongSecret if it was encrypted for another."""
        assert slot.sealed is not None
        try:
            key = bytearray(self.private_key.decrypt(slot.sealed.encrypted, _OAEP))
        except ValueError:
            raise WrongSecret("the slot is for another private key") from None
        if len(key) != KEY_BYTES:
            raise WrongSecret("the slot holds no key")
        return key


def _loaded(data: bytes) -> x509.Certificate:
    try:
        if b"-----BEGIN" in data:
            return x509.load_pem_x509_certificate(data)
        return x509.load_der_x509_certificate(data)
    except ValueError:
        raise OrganisationKeyFault(Fault.NO_CERTIFICATE.value) from None


def _public_key(certificate: x509.Certificate) -> object:
    try:
        return certificate.public_key()
    except (ValueError, UnsupportedAlgorithm):
        raise OrganisationKeyFault(Fault.NOT_RSA.value) from None


def _is_for_keys(certificate: x509.Certificate) -> bool:
    """A certificate that names no use is for any."""
    try:
        return certificate.extensions.get_extension_for_class(x509.KeyUsage).value.key_encipherment
    except x509.ExtensionNotFound:
        return True
    except ValueError:
        raise OrganisationKeyFault(Fault.NO_CERTIFICATE.value) from None


_NAMED_BY: Final = (
    x509.NameOID.COMMON_NAME,
    x509.NameOID.ORGANIZATIONAL_UNIT_NAME,
    x509.NameOID.ORGANIZATION_NAME,
)
_SUBJECT_LIMIT: Final = 120


def _subject(certificate: x509.Certificate) -> str:
    parts = [str(each.value) for oid in _NAMED_BY for each in certificate.subject.get_attributes_for_oid(oid)]
    plain = ["".join(each if each.isprintable() else " " for each in part).strip() for part in parts]
    return ", ".join(dict.fromkeys(filter(None, plain)))[:_SUBJECT_LIMIT]


def _fingerprint(certificate: x509.Certificate) -> str:
    text = certificate.fingerprint(SHA256()).hex().upper()
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))
