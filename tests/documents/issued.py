"""Keys with certificates as an organisation issues them, in PKCS#12 files."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID

PASSWORD: Final = "told by telephone"
SIGNER: Final = "Document sealing, Example Council"

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey


@cache
def rsa_key(bits: int = 2_048) -> rsa.RSAPrivateKey:
    """A key, made once."""
    return rsa.generate_private_key(65_537, bits)


@cache
def _issuer() -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    key = ec.generate_private_key(ec.SECP256R1())
    return _certificate(key, key, "Example Council root", (-400, 4_000), None), key


def issued(key: Key | None = None, *, days: tuple[int, int] = (-1, 365), signs: bool | None = True) -> bytes:
    """A PKCS#12 file; ``days`` say from when to when the certificate is valid, ``signs`` what it is for."""
    root, root_key = _issuer()
    key = key or rsa_key()
    certificate = _certificate(key, root_key, "Document sealing", days, signs)
    lock = BestAvailableEncryption(PASSWORD.encode())
    return pkcs12.serialize_key_and_certificates(b"seal", key, certificate, [root], lock)


def _certificate(
    key: Key, by: ec.EllipticCurvePrivateKey, name: str, days: tuple[int, int], signs: bool | None
) -> x509.Certificate:
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, name),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Example Council"),
        ]
    )
    start, end = (datetime.now(UTC) + timedelta(days=each) for each in days)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(end)
    )
    if signs is not None:
        use = x509.KeyUsage(signs, False, not signs, False, False, False, False, False, False)
        builder = builder.add_extension(use, critical=True)
    return builder.sign(by, hashes.SHA256())
