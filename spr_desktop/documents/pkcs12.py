"""A key with a certificate that an organisation issued, from a PKCS#12 file."""

from __future__ import annotations

from datetime import datetime

from asn1crypto import pkcs12 as forms  # type: ignore[import-untyped]
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12

from spr_desktop.documents.fitness import Fault, IdentityFault, require_fit, require_for_documents
from spr_desktop.documents.identity import SigningIdentity


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
    require_for_documents(identity)
    return identity


def _is_pkcs12(data: bytes) -> bool:
    try:
        return bool(forms.Pfx.load(data, strict=True)["version"].native == "v3")
    except (ValueError, TypeError, KeyError):
        return False
