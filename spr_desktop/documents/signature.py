"""Whether a file is, byte for byte, what the holder of a key signed; needs neither the passphrase nor a PDF reader.

A signature covers the bytes before and after the gap in which it stands itself. Here the gap must hold exactly the one
form of seal that this program writes, so that nothing in the file is left unprotected: not the padding, not the letters
of the hexadecimal figures, not a version number inside the seal. What the document's MAC protects inside the seal is
checked by ``verify``, which has the passphrase.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from asn1crypto import cms, core, x509  # type: ignore[import-untyped]
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509 import load_der_x509_certificate
from pyhanko.pdf_utils.crypt import pdfmac  # makes the parts of a MAC known to asn1crypto

from spr_desktop.documents.issuing import CHAIN_LIMIT

_BYTE_RANGE: Final = re.compile(rb"/ByteRange\s*\[\s*0\s+(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s*\]")
_HEXADECIMAL: Final = re.compile(rb"<[0-9A-Fa-f]+>")
_SEALS_LOOKED_AT: Final = 20
"""More signatures than this are no pack, and must not keep the reader busy."""

_MALFORMED: Final = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError)
"""What asn1crypto and cryptography raise on structures that are not of their form."""

_MAC_ALGORITHM: Final = pdfmac.PdfMacTokenHandler.mac_algo_ident["algorithm"].native

_ALGORITHM: Final = {"ec": "sha256_ecdsa", "rsa": "sha256_rsa"}
"""By the kind of key: how a seal is signed."""


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature that was found in a file."""

    certificate: bytes | None
    """DER, of the key that made it; None where the signature does not prove any."""
    is_intact: bool
    """Whether every byte that it covers is as it was signed, and its own bytes are in order."""
    covers_whole_file: bool
    chain: tuple[bytes, ...] = ()
    """DER, the certificates above it that the signer put into the seal; as proven as that of the key."""


def signatures(data: bytes) -> list[Signature]:
    """The signatures of a file in the order in which they stand there; those of a damaged file as far as they show."""
    return [_checked(data, *place, content) for place, content in _found(data)]


def _found(data: bytes) -> Iterator[tuple[tuple[int, int, int], Any]]:
    """Where the gap of each signature begins and ends, where its coverage ends, and what stands in the gap."""
    for number, match in enumerate(_BYTE_RANGE.finditer(data)):
        begin, end, rest = map(int, match.groups())
        if number >= _SEALS_LOOKED_AT or not begin < end <= end + rest <= len(data):
            continue
        gap = data[begin:end]
        if not _HEXADECIMAL.fullmatch(gap) or len(gap) % 2:
            continue
        try:
            content = cms.ContentInfo.load(bytes.fromhex(gap[1:-1].decode("ascii")))
            if content["content_type"].native == "signed_data":
                yield (begin, end, end + rest), content
        except _MALFORMED:
            continue


def _checked(data: bytes, begin: int, end: int, covered: int, content: Any) -> Signature:
    digest = sha256(data[:begin] + data[end:covered]).digest()
    try:
        [signer] = content["content"]["signer_infos"]
        certificates = _named(signer, content["content"]["certificates"])
        der, *chain = (each.dump() for each in certificates)
        proven = _is_proven(signer, der)
        is_intact = proven and _attribute(signer, "message_digest").native == digest
        is_intact = is_intact and data[begin:end] == _gap(_canonical(signer, certificates), end - begin)
    except _MALFORMED:
        return Signature(None, is_intact=False, covers_whole_file=covered == len(data))
    if not proven:
        return Signature(None, is_intact=False, covers_whole_file=covered == len(data))
    return Signature(der, is_intact=is_intact, covers_whole_file=covered == len(data), chain=tuple(chain))


def _named(signer: Any, given: Any) -> list[Any]:
    """The certificates in the order in which the signed attributes name them, that of the key first.

    LookupError where one is missing. One that was added is not among them, and then the seal is not of our form.
    """
    by_hash = {sha256(each.chosen.dump()).digest(): each.chosen for each in given}
    names = [each["cert_hash"].native for each in _attribute(signer, "signing_certificate_v2")["certs"]]
    if len(names) > 1 + CHAIN_LIMIT:
        raise ValueError
    return [by_hash[each] for each in names]


def _is_proven(signer: Any, certificate: bytes) -> bool:
    """Whether the key of the certificate signed the attributes, which name it."""
    if _attribute(signer, "content_type").native != "data":
        return False
    key = load_der_x509_certificate(certificate).public_key()
    seal, sealed = signer["signature"].native, signer["signed_attrs"].untag().dump()
    try:
        if isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(seal, sealed, ec.ECDSA(hashes.SHA256()))
        elif isinstance(key, rsa.RSAPublicKey):
            key.verify(seal, sealed, padding.PKCS1v15(), hashes.SHA256())
        else:
            return False
    except InvalidSignature:
        return False
    return True


def _attribute(signer: Any, kind: str, *, attributes: str = "signed_attrs") -> Any:
    """The one value of an attribute; ValueError where there is not exactly one."""
    [values] = [each["values"] for each in signer[attributes] if each["type"].native == kind]
    [value] = values
    return value


def _gap(content: bytes, length: int) -> bytes:
    """The bytes of the gap that hold a seal: hexadecimal in capitals, filled up with zeros."""
    return b"<" + content.hex().upper().encode("ascii").ljust(length - 2, b"0") + b">"


def _canonical(signer: Any, certificates: Sequence[x509.Certificate]) -> bytes:
    """The seal as this program writes it, made anew from the parts that the signer's key or the MAC protects."""
    certificate = certificates[0]
    mac = _canonical_mac(_attribute(signer, "pdf_mac_data", attributes="unsigned_attrs"))
    sha = {"algorithm": "sha256"}
    identifier = cms.IssuerAndSerialNumber({"issuer": certificate.issuer, "serial_number": certificate.serial_number})
    algorithm = _ALGORITHM[certificate.public_key.algorithm]
    signed = cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier({"issuer_and_serial_number": identifier}),
            "digest_algorithm": cms.DigestAlgorithm(sha),
            "signed_attrs": signer["signed_attrs"],
            "signature_algorithm": cms.SignedDigestAlgorithm({"algorithm": algorithm}),
            "signature": signer["signature"].native,
            "unsigned_attrs": [cms.CMSAttribute({"type": "pdf_mac_data", "values": (mac,)})],
        }
    )
    content = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": cms.DigestAlgorithms([cms.DigestAlgorithm(sha)]),
            "encap_content_info": {"content_type": "data"},
            "certificates": [cms.CertificateChoices({"certificate": _as_bytes(each)}) for each in certificates],
            "signer_infos": [_as_bytes(signed)],
        }
    )
    return bytes(cms.ContentInfo({"content_type": "signed_data", "content": _as_bytes(content)}).dump())


def _as_bytes(made: Any) -> Any:
    """The same bytes, not yet taken apart: asn1crypto copies what it puts into something else, part by part."""
    return type(made).load(made.dump())


def _canonical_mac(token: Any) -> cms.ContentInfo:
    """The document's MAC made anew from the parts that the check of it covers."""
    given = token["content"]
    [recipient] = given["recipient_infos"]
    wrapped = cms.PasswordRecipientInfo(
        {
            "version": 0,
            "key_derivation_algorithm": {"algorithm": "pdf_mac_wrap_kdf"},
            "key_encryption_algorithm": {"algorithm": "aes256_wrap"},
            "encrypted_key": recipient.chosen["encrypted_key"].native,
        }
    )
    message = bytes(given["encap_content_info"]["content"])
    content = cms.AuthenticatedData(
        {
            "version": 0,
            "recipient_infos": [cms.RecipientInfo({"pwri": wrapped})],
            "mac_algorithm": {"algorithm": _MAC_ALGORITHM},
            "digest_algorithm": {"algorithm": "sha256"},
            "encap_content_info": {
                "content_type": "pdf_mac_integrity_info",
                "content": core.ParsableOctetString(message),
            },
            "auth_attrs": given["auth_attrs"],
            "mac": given["mac"].native,
        }
    )
    return cms.ContentInfo({"content_type": "authenticated_data", "content": content})
