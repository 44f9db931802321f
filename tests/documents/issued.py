"""Keys with certificates as an organisation issues them, in PKCS#12 files."""

from __future__ import annotations

from functools import cache
from typing import Final

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509 import ObjectIdentifier

from tests.documents.authorities import Days, Key, issue, staff

PASSWORD: Final = "told by telephone"
SIGNER: Final = "Document sealing, Example Council"


@cache
def rsa_key(bits: int = 2_048) -> rsa.RSAPrivateKey:
    """A key, made once."""
    return rsa.generate_private_key(65_537, bits)


def issued(
    key: Key | None = None,
    *,
    days: Days = (-1, 365),
    signs: bool | None = True,
    purposes: tuple[ObjectIdentifier, ...] = (),
) -> bytes:
    """A PKCS#12 file; ``days`` say from when to when the certificate is valid, ``signs`` what it is for."""
    holder = issue("Document sealing", staff(), key=key or rsa_key(), days=days, signs=signs, purposes=purposes)
    lock = BestAvailableEncryption(PASSWORD.encode())
    return pkcs12.serialize_key_and_certificates(b"seal", holder.key, holder.certificate, holder.above, lock)
