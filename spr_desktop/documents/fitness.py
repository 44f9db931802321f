"""Whether a key with its certificate will do for sealing, and the revocation lists that go with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from enum import Enum
from itertools import pairwise
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding

from spr_desktop.documents.errors import NotARevocationList
from spr_desktop.documents.identity import SigningIdentity
from spr_desktop.documents.issuing import is_for_documents, may_sign, upwards
from spr_desktop.documents.revocation import list_about, read_lists, revoked_on

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
    REVOKED = "its certificate was revoked"
    NO_LIST = "it is no revocation list"
    OTHER_LIST = "the list is none of the authorities above the key"
    LIST_TO_COME = "the list is of a day to come"


class IdentityFault(Exception):
    """A key and certificate will not do for sealing."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def require_fit(identity: SigningIdentity, now: datetime) -> None:
    """Raises IdentityFault unless the key may seal, by its certificate and the lists with it, at a time."""
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
    if revoked(identity):
        raise IdentityFault(Fault.REVOKED)


def require_for_documents(identity: SigningIdentity) -> None:
    """Raises IdentityFault for a certificate that is for something else; asked of those that are new."""
    if not is_for_documents(x509.load_der_x509_certificate(identity.certificate)):
        raise IdentityFault(Fault.NOT_FOR_DOCUMENTS)


def revoked(identity: SigningIdentity) -> datetime | None:
    """When the certificate of a key, or one above it, was revoked by the lists that go with it."""
    for each, by in _told(identity):
        if by is not None and (on := revoked_on(each, by)):
            return on
    return None


def lists_of(identity: SigningIdentity) -> list[x509.CertificateRevocationList]:
    """The lists that go with a key."""
    return [x509.load_der_x509_crl(each) for each in identity.lists]


def with_lists(identity: SigningIdentity, files: Iterable[bytes], now: datetime) -> SigningIdentity:
    """The key with the revocation lists of files; one takes the place of an earlier one by the same authority.

    Raises IdentityFault for a list that is none of the authorities above the key; one that revokes it is taken.
    """
    kept = lists_of(identity)
    try:
        given = [each for data in files for each in read_lists(data)]
    except NotARevocationList:
        raise IdentityFault(Fault.NO_LIST) from None
    for each in given:
        if each.last_update_utc > now:
            raise IdentityFault(Fault.LIST_TO_COME)
        kept = [*(other for other in kept if other.issuer != each.issuer), each]
    changed = replace(identity, lists=tuple(each.public_bytes(Encoding.DER) for each in kept))
    used = [by for _, by in _told(changed)]
    if any(each not in used for each in given):
        raise IdentityFault(Fault.OTHER_LIST)
    return changed


def _told(identity: SigningIdentity) -> list[tuple[x509.Certificate, x509.CertificateRevocationList | None]]:
    """Each certificate from the key upwards that somebody known issued, with the list about it."""
    certificate = x509.load_der_x509_certificate(identity.certificate)
    path = [certificate, *upwards(certificate, map(x509.load_der_x509_certificate, identity.chain))]
    lists = lists_of(identity)
    return [(each, list_about(each, issuer, lists)) for each, issuer in pairwise(path)]
