"""An organisation for tests, with a key that was made once, and certificates of every kind."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import NameOID

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey

FILES: Final = Path(__file__).with_name("organisation")
NOW: Final = datetime(2026, 11, 22, 12, tzinfo=UTC)
PASSWORD: Final = "kept by two people"


def private_key() -> rsa.RSAPrivateKey:
    """The key of the organisation, of 3,072 bits."""
    key = load_pem_private_key((FILES / "key.pem").read_bytes(), None)
    assert isinstance(key, rsa.RSAPrivateKey)
    return key


def certificate(
    key: Key | None = None,
    *,
    begins: timedelta = timedelta(days=-1),
    ends: timedelta = timedelta(days=365),
    name: str = "Example Outreach recovery",
    seals_keys: bool | None = None,
    around: datetime = NOW,
) -> bytes:
    """A certificate in PEM; by itself one that will do."""
    key = key or private_key()
    subject = x509.Name(
        [x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Example Outreach")]
        + ([x509.NameAttribute(NameOID.COMMON_NAME, name)] if name else [])
    )
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(around + begins)
        .not_valid_after(around + ends)
    )
    if seals_keys is not None:
        use = x509.KeyUsage(True, False, seals_keys, False, False, False, False, False, False)
        builder = builder.add_extension(use, critical=True)
    return builder.sign(key, SHA256()).public_bytes(Encoding.PEM)


def key_file(key: Key | None = None, password: str | None = None) -> bytes:
    """A private key in PEM."""
    how = BestAvailableEncryption(password.encode()) if password else NoEncryption()
    return (key or private_key()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, how)
