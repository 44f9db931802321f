"""Who issued a certificate, and what it may be used for: the same questions whoever seals and whoever checks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.x509.oid import ExtendedKeyUsageOID

from spr_desktop.documents.errors import NotACertificate

CHAIN_LIMIT: Final = 6
"""Certificates above that of the key that a seal may carry; organisations have one or two."""

DOCUMENT_SIGNING: Final = x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36")
"""RFC 9336."""

_FOR_DOCUMENTS: Final = {
    DOCUMENT_SIGNING,
    ExtendedKeyUsageOID.EMAIL_PROTECTION,
    ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE,
    x509.ObjectIdentifier("1.3.6.1.4.1.311.10.3.12"),  # Microsoft's document signing, which its authorities issue
    x509.ObjectIdentifier("1.2.840.113583.1.1.5"),  # Adobe's authentic documents trust
}
"""Purposes that are for documents; a certificate for web servers or programs alone does not speak for a document."""

_ODD: Final = (InvalidSignature, UnsupportedAlgorithm, ValueError, TypeError)
"""What cryptography raises on certificates that do not belong together, or are not of their form."""


def read_certificates(data: bytes) -> list[x509.Certificate]:
    """The certificates of a file, PEM (one or several) or DER; raises NotACertificate."""
    try:
        if b"-----BEGIN" in data:
            return x509.load_pem_x509_certificates(data)
        return [x509.load_der_x509_certificate(data)]
    except ValueError:
        raise NotACertificate from None


def may_sign(certificate: x509.Certificate) -> bool:
    """Whether its key usage allows signatures; a certificate that names no use is for any."""
    try:
        use = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    except ValueError:
        return False
    return use.digital_signature or use.content_commitment


def is_for_documents(certificate: x509.Certificate) -> bool:
    """Whether its purposes include documents or email; one that names no purpose is for any."""
    try:
        purposes = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except x509.ExtensionNotFound:
        return True
    except ValueError:
        return False
    return not _FOR_DOCUMENTS.isdisjoint(purposes)


def may_issue(certificate: x509.Certificate) -> bool:
    """Whether it is an authority's: its basic constraints say so, and its key usage does not forbid it (RFC 5280)."""
    try:
        if not certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca:
            return False
        return certificate.extensions.get_extension_for_class(x509.KeyUsage).value.key_cert_sign
    except x509.ExtensionNotFound as missing:
        return missing.oid == x509.KeyUsage.oid
    except ValueError:
        return False


def is_issued_by(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    """Whether the key of the one signed the other, which names it."""
    try:
        certificate.verify_directly_issued_by(issuer)
    except _ODD:
        return False
    return True


def upwards(certificate: x509.Certificate, known: Iterable[x509.Certificate]) -> list[x509.Certificate]:
    """Those of ``known`` that stand above a certificate, its issuer first; the last may be a root, signed by itself."""
    left, path = list(known), [certificate]
    while len(path) <= CHAIN_LIMIT and not is_issued_by(path[-1], path[-1]):
        issuer = next((each for each in left if is_issued_by(path[-1], each)), None)
        if issuer is None:
            break
        left.remove(issuer)
        path.append(issuer)
    return path[1:]
