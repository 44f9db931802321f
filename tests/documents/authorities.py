"""Authorities that issue certificates, as an organisation has them: a root, one under it, and keys under that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from spr_desktop.documents.identity import SigningIdentity

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey
Days = tuple[int, int]
Lists = tuple[x509.CertificateRevocationList, ...]

ORGANISATION: Final = "Example Council"
EMAIL: Final = (ExtendedKeyUsageOID.EMAIL_PROTECTION,)
WEB: Final = (ExtendedKeyUsageOID.SERVER_AUTH,)


def name(common: str) -> x509.Name:
    return x509.Name(
        [x509.NameAttribute(NameOID.COMMON_NAME, common), x509.NameAttribute(NameOID.ORGANIZATION_NAME, ORGANISATION)]
    )


@dataclass(frozen=True, slots=True)
class Holder:
    """A key with its certificate."""

    certificate: x509.Certificate
    key: Key
    above: tuple[x509.Certificate, ...] = ()

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(Encoding.DER)

    def identity(self, *, chain: tuple[x509.Certificate, ...] | None = None, lists: Lists = ()) -> SigningIdentity:
        """As it seals; with all above it unless other certificates are given."""
        return SigningIdentity(
            self.der,
            self.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()),
            tuple(each.public_bytes(Encoding.DER) for each in (self.above if chain is None else chain)),
            tuple(each.public_bytes(Encoding.DER) for each in lists),
        )


def issue(
    common: str,
    by: Holder | None,
    *,
    key: Key | None = None,
    days: Days = (-400, 400),
    is_authority: bool | None = False,
    length: int | None = None,
    signs: bool | None = True,
    purposes: tuple[x509.ObjectIdentifier, ...] = (),
) -> Holder:
    """A certificate; signed by itself where nobody issues it.

    ``days`` say from when to when it is valid; None leaves out what says whether it is an authority's, or what it may
    do. ``length`` is how many authorities may stand under it.
    """
    key = key or ec.generate_private_key(ec.SECP256R1())
    start, end = (datetime.now(UTC) + timedelta(days=each) for each in days)
    builder = (
        x509.CertificateBuilder()
        .subject_name(name(common))
        .issuer_name(by.certificate.subject if by else name(common))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(end)
    )
    if is_authority is not None:
        builder = builder.add_extension(x509.BasicConstraints(ca=is_authority, path_length=length), critical=True)
    if signs is not None:
        issues = bool(is_authority)
        use = x509.KeyUsage(
            signs and not issues, False, not signs, False, False, issues and signs, issues and signs, False, False
        )
        builder = builder.add_extension(use, critical=True)
    if purposes:
        builder = builder.add_extension(x509.ExtendedKeyUsage(purposes), critical=False)
    signer = by.key if by else key
    assert isinstance(signer, ec.EllipticCurvePrivateKey)
    certificate = builder.sign(signer, hashes.SHA256())
    return Holder(certificate, key, (by.certificate, *by.above) if by else ())


@cache
def root() -> Holder:
    return issue("Example Council root", None, days=(-4_000, 4_000), is_authority=True)


@cache
def staff() -> Holder:
    """The authority under the root that issues to people."""
    return issue("Example Council staff", root(), days=(-2_000, 2_000), is_authority=True, length=0)


@cache
def leaf() -> Holder:
    """A key that seals."""
    return issue("Document sealing", staff(), purposes=EMAIL)


def revocation_list(
    by: Holder,
    *revoked: Holder,
    days: Days = (-5, 25),
    more: tuple[tuple[x509.ExtensionType, bool], ...] = (),
) -> x509.CertificateRevocationList:
    """A list by an authority; ``days`` say from when to when it holds, ``more`` extensions whether they are critical.

    What is revoked was so ten days ago.
    """
    start, end = (datetime.now(UTC) + timedelta(days=each) for each in days)
    builder = x509.CertificateRevocationListBuilder().issuer_name(by.certificate.subject)
    builder = builder.last_update(start).next_update(end)
    for each in revoked:
        entry = x509.RevokedCertificateBuilder().serial_number(each.certificate.serial_number)
        on = datetime.now(UTC) - timedelta(days=10)
        builder = builder.add_revoked_certificate(entry.revocation_date(on).build())
    for extension, is_critical in more:
        builder = builder.add_extension(extension, critical=is_critical)
    assert isinstance(by.key, ec.EllipticCurvePrivateKey)
    return builder.sign(by.key, hashes.SHA256())
