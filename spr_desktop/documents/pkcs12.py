"""A key with a certificate that an organisation issued, from a PKCS#12 file, and whether it will do for sealing."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import Final

from asn1crypto import pkcs12 as forms  # type: ignore[import-untyped]
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12

from spr_desktop.documents.identity import SigningIdentity
from spr_desktop.documents.issuing import is_for_documents, may_sign

LEAST_BITS: Final = 2_048
"""Of an RSA key: a seal need not last for decades, and smaller keys are issued no more."""


class Fault(Enum):
    """Why a file will not do."""

    NO_PKCS12 = "it is no PKCS#12 file"
    WRONG_PASSWORD = "the password does not open it"  # noqa: S105 - a sentence
    NO_KEY = "it holds no private key with its certificate"
    OTHER_KEY = "its key is of a kind that seals nothing here"
    TOO_WEAK = "its key is too weak"
    NOT_YET_VALID = "its certificate is not valid yet"
    EXPIRED = "its certificate has expired"
    NOT_FOR_SIGNING = "its certificate forbids signing"
    NOT_FOR_DOCUMENTS = "its certificate is for another purpose than documents"


class IdentityFault(Exception):
    """A key and certificate will not do for sealing."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def read_pkcs12(data: bytes, password: str | None, now: datetime) -> SigningIdentity:
    """The key of a PKCS#12 file with its certificate and those that issued it; raises IdentityFault."""
    try:
        found = pkcs12.load_key_and_certificates(data, None if password is None else password.encode())
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise IdentityFault(Fault.WRONG_PASSWORD if _is_pkcs12(data) else Fault.NO_PKCS12) from None
    key, certificate, others = found
    if key is None or certificate is None:  # readers of this form give nothing, and say nothing, for a wrong password
        raise IdentityFault(Fault.NO_KEY)
    if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise IdentityFault(Fault.OTHER_KEY)
    identity = SigningIdentity(
        certificate.public_bytes(serialization.Encoding.DER),
        key.private_bytes(serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()),
        tuple(each.public_bytes(serialization.Encoding.DER) for each in others),
    )
    if key.public_key() != certificate.public_key():
        raise IdentityFault(Fault.NO_KEY)
    require_fit(identity, now)
    if not is_for_documents(certificate):
        raise IdentityFault(Fault.NOT_FOR_DOCUMENTS)
    return identity


def require_fit(identity: SigningIdentity, now: datetime) -> None:
    """Raises IdentityFault unless the key may seal, by its certificate, at a time."""
    certificate = x509.load_der_x509_certificate(identity.certificate)
    key = certificate.public_key()
    if isinstance(key, rsa.RSAPublicKey) and key.key_size < LEAST_BITS:
        raise IdentityFault(Fault.TOO_WEAK)
    if now < certificate.not_valid_before_utc:
        raise IdentityFault(Fault.NOT_YET_VALID)
    if now > certificate.not_valid_after_utc:
        raise IdentityFault(Fault.EXPIRED)
    if not may_sign(certificate):
        raise IdentityFault(Fault.NOT_FOR_SIGNING)


def _is_pkcs12(data: bytes) -> bool:
    try:
        return bool(forms.Pfx.load(data, strict=True)["version"].native == "v3")
    except (ValueError, TypeError, KeyError):
        return False
