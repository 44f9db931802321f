"""A practitioner's signing identity: the key that seals packs, and the certificate that says whose key it is."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final, Self

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from spr_desktop.documents.errors import NotAnIdentity
from spr_desktop.documents.issuing import DOCUMENT_SIGNING, is_issued_by, upwards

VALID_FOR: Final = timedelta(days=3 * 365 + 1)
"""How long a certificate lasts; after that a new identity is made, and recipients are told its fingerprint."""

UNNAMED: Final = "a key without a name"
"""What the certificate says where nobody said whose key it is."""

SUBJECT_LIMIT: Final = 64
"""Bytes that a part of a certificate's subject may have: RFC 5280 says characters, the library counts UTF-8."""

_PURPOSES: Final = (DOCUMENT_SIGNING, ExtendedKeyUsageOID.EMAIL_PROTECTION)
"""Document signing, and the purpose that readers look for which do not know that one, poppler among them."""

_CARD: Final = "Card: "
_LIST: Final = "X509 CRL"
_PEM: Final = re.compile(r"-----BEGIN ([A-Z0-9 ]+)-----.*?-----END \1-----\s*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Card:
    """Where a key is that never leaves its card."""

    library: str
    """Path of the program that speaks with the card (PKCS#11)."""
    label: str
    """Name of the certificate on the card."""


@dataclass(frozen=True, slots=True)
class SigningIdentity:
    """A key and its certificate, both as DER: P-256 and self-signed, or as an organisation issued them."""

    certificate: bytes
    private_key: bytes = field(repr=False)
    """Empty where the key is on a card."""
    chain: tuple[bytes, ...] = ()
    """Certificates of those who issued it, where the organisation gave them."""
    lists: tuple[bytes, ...] = ()
    """Revocation lists of those who issued it, where the organisation gave them."""
    card: Card | None = None

    @classmethod
    def make(cls, *, name: str, role: str, organisation: str, on: datetime | None = None) -> Self:
        """A new identity, valid from the given time (now unless given) for three years.

        Parts that are empty are left out of the certificate; one that is longer than a certificate allows is cut.
        """
        key = ec.generate_private_key(ec.SECP256R1())
        subject = _subject(name, role, organisation)
        start = (on or datetime.now(UTC)).replace(microsecond=0)
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(subject)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            # Clocks differ between machines: a seal that is checked within the same hour must not look early.
            .not_valid_before(start - timedelta(hours=1))
            .not_valid_after(start + VALID_FOR)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_SIGNS_DOCUMENTS, critical=True)
            .add_extension(x509.ExtendedKeyUsage(_PURPOSES), critical=False)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        )
        return cls(
            builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.DER),
            key.private_bytes(
                serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            ),
        )

    @classmethod
    def from_pem(cls, text: str) -> Self:
        """Read what ``to_pem`` wrote; raises NotAnIdentity."""
        parts = [(part[1], part[0].encode()) for part in _PEM.finditer(text)]
        try:
            certificate, *others = x509.load_pem_x509_certificates(text.encode())
            lists = [x509.load_pem_x509_crl(data) for name, data in parts if name == _LIST]
            card = _card(text)
            key = b"" if card else _private_key(dict(parts)["PRIVATE KEY"], certificate)
        except (KeyError, ValueError, TypeError):
            raise NotAnIdentity from None
        return cls(
            certificate.public_bytes(serialization.Encoding.DER),
            key,
            tuple(each.public_bytes(serialization.Encoding.DER) for each in others),
            tuple(each.public_bytes(serialization.Encoding.DER) for each in lists),
            card,
        )

    def to_pem(self) -> str:
        """Key and certificate as text, **not encrypted**: it belongs in the vault and nowhere else.

        Where the key is on a card, a line before the certificate says where, and there is no key.
        """
        lists = [x509.load_der_x509_crl(each).public_bytes(serialization.Encoding.PEM) for each in self.lists]
        public = [self.certificate_pem(), *map(_pem, self.chain), *(each.decode("ascii") for each in lists)]
        if self.card:
            return "".join([f"{_CARD}{json.dumps(asdict(self.card))}\n", *public])
        key = serialization.load_der_private_key(self.private_key, password=None)
        private = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        return "".join([*public, private.decode("ascii")])

    def certificate_pem(self) -> str:
        """The certificate alone, which a recipient may keep and trust."""
        return _pem(self.certificate)

    def sign(self, data: bytes) -> bytes:
        """A signature over data that is no document; ``is_signed`` checks it."""
        key = serialization.load_der_private_key(self.private_key, password=None)
        assert isinstance(key, ec.EllipticCurvePrivateKey)
        return key.sign(data, ec.ECDSA(hashes.SHA256()))

    def above(self) -> list[bytes]:
        """Those of the chain that stand above the certificate, its issuer first."""
        known = map(x509.load_der_x509_certificate, self.chain)
        found = upwards(x509.load_der_x509_certificate(self.certificate), known)
        return [each.public_bytes(serialization.Encoding.DER) for each in found]

    def issuers(self) -> list[bytes]:
        """What a seal carries besides the certificate: those above it as far as they are known, without the root.

        A recipient who trusts the root has it; one that came with the document would prove nothing.
        """
        found = map(x509.load_der_x509_certificate, self.above())
        return [each.public_bytes(serialization.Encoding.DER) for each in found if not is_issued_by(each, each)]

    @property
    def fingerprint(self) -> str:
        """What is read out on the telephone to tell this key from any other."""
        return fingerprint(self.certificate)

    @property
    def signer(self) -> str:
        """Name, role and organisation, as the certificate has them."""
        return signer_name(self.certificate)

    @property
    def expires(self) -> datetime:
        """Until when the certificate is valid, in UTC."""
        return x509.load_der_x509_certificate(self.certificate).not_valid_after_utc


_SIGNS_DOCUMENTS: Final = x509.KeyUsage(
    digital_signature=True,
    content_commitment=True,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    key_cert_sign=False,
    crl_sign=False,
    encipher_only=False,
    decipher_only=False,
)


def is_signed(data: bytes, signature: bytes, certificate: bytes) -> bool:
    """Whether the key of a certificate (DER) made a signature over data; False for what cannot be read, too."""
    try:
        key = x509.load_der_x509_certificate(certificate).public_key()
        if not isinstance(key, ec.EllipticCurvePublicKey):
            return False
        key.verify(signature, data, ec.ECDSA(hashes.SHA256()))
    except (InvalidSignature, UnsupportedAlgorithm, ValueError, TypeError):
        return False
    return True


def fingerprint(certificate: bytes) -> str:
    """SHA-256 of a certificate (DER) in sixteen groups of four, for reading out."""
    digest = hashes.Hash(hashes.SHA256())
    digest.update(certificate)
    figures = digest.finalize().hex().upper()
    return " ".join(figures[at : at + 4] for at in range(0, len(figures), 4))


def signer_name(certificate: bytes) -> str:
    """Name, role and organisation from the subject of a certificate (DER), as far as it has them."""
    subject = x509.load_der_x509_certificate(certificate).subject
    parts = [
        str(each.value)
        for oid in (NameOID.COMMON_NAME, NameOID.TITLE, NameOID.ORGANIZATION_NAME)
        for each in subject.get_attributes_for_oid(oid)
    ]
    return ", ".join(parts) or "nobody named"


def _card(text: str) -> Card | None:
    """Raises ValueError or TypeError for a line that is none of ours."""
    line = text.partition("\n")[0]
    return Card(**json.loads(line.removeprefix(_CARD))) if line.startswith(_CARD) else None


def _private_key(pem: bytes, certificate: x509.Certificate) -> bytes:
    """DER; raises ValueError for a key that is not the certificate's, or of a kind that seals nothing."""
    key = serialization.load_pem_private_key(pem, password=None)
    is_ours = isinstance(key, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey)
    if not is_ours or key.public_key() != certificate.public_key():
        raise ValueError
    return key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _pem(certificate: bytes) -> str:
    return x509.load_der_x509_certificate(certificate).public_bytes(serialization.Encoding.PEM).decode("ascii")


def _subject(name: str, role: str, organisation: str) -> x509.Name:
    parts = [
        (NameOID.COMMON_NAME, name.strip() or UNNAMED),
        (NameOID.TITLE, role),
        (NameOID.ORGANIZATION_NAME, organisation),
    ]
    return x509.Name([x509.NameAttribute(oid, _cut(text.strip())) for oid, text in parts if text.strip()])


def _cut(text: str) -> str:
    """As much of a text as fits into a certificate, in whole characters."""
    return text.encode()[:SUBJECT_LIMIT].decode(errors="ignore")
