"""Checks a sealed document that came from somewhere: is it whole, by whose key, and what is it (command-line.md).

A document is *valid* only if it is encrypted, carries exactly one seal, the seal covers every byte of the file, nothing
was changed, and the passphrase opens it. A damaged file never reaches the PDF reader: it is refused by its bytes alone.
"""

from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Final, TypeVar

from cryptography import x509
from pyhanko.pdf_utils.crypt import AuthResult, AuthStatus
from pyhanko.pdf_utils.crypt.api import PdfMacStatus
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.general import ValueErrorWithMessage
from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from spr_desktop.documents import data
from spr_desktop.documents.errors import NotAPack, Unreadable, WrongPackPassphrase
from spr_desktop.documents.identity import fingerprint, signer_name
from spr_desktop.documents.issuing import read_certificates
from spr_desktop.documents.passphrase import as_sealed
from spr_desktop.documents.reading import ODD_FILES_RAISE, attached, title_of
from spr_desktop.documents.revocation import Enclosed
from spr_desktop.documents.signature import Signature, signatures
from spr_desktop.documents.trust import NOTHING, Trust, trust_in
from spr_desktop.records.references import ALPHABET

T = TypeVar("T")

BYTES_LIMIT: Final = 100_000_000
_ENCLOSED_LOOKED_AT: Final = 20
"""More certificates or lists than this are not ours, and must not keep the reader busy."""
_REFERENCE: Final = re.compile(rf"[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}$")

logging.getLogger("pyhanko").addHandler(logging.NullHandler())
# pyHanko prints a traceback of every failed check otherwise, which tells a user nothing.


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What is known of a sealed document after it was checked."""

    valid: bool
    intact: bool
    """Whether the bytes that the seal covers are as they were sealed."""
    covers_whole_file: bool
    encrypted: bool
    signer: str | None
    """As the certificate names them; a certificate that the signer made says so of itself, no more."""
    fingerprint: str | None
    trusted: bool
    """Whether the certificate is one that the caller trusts, or was issued under one; never of a changed file."""
    signed_at: datetime | None
    """As the signer's clock had it."""
    document_ref: str | None
    sha256: str
    findings: tuple[str, ...]
    """The same in plain English, for people; not part of the JSON."""
    whose: tuple[str, ...] = ()
    """Of these, what is said about whose key it is."""

    def plain(self) -> dict[str, Any]:
        """The values of JSON that stand for it."""
        return {
            "valid": self.valid,
            "intact": self.intact,
            "covers_whole_file": self.covers_whole_file,
            "encrypted": self.encrypted,
            "signer": self.signer,
            "fingerprint": self.fingerprint,
            "trusted": self.trusted,
            "signed_at": self.signed_at.isoformat() if self.signed_at else None,
            "document_ref": self.document_ref,
            "sha256": self.sha256,
        }


@dataclass(frozen=True, slots=True)
class _Opened:
    """What only the passphrase shows."""

    is_sound: bool
    signed_at: datetime | None
    document_ref: str | None
    enclosed: Enclosed = NOTHING


_UNSOUND: Final = _Opened(is_sound=False, signed_at=None, document_ref=None)


def verify(document: bytes, passphrase: str | None = None, trust: Sequence[bytes] = ()) -> Verification:
    """Check a sealed document; ``trust`` holds certificates (PEM or DER) that the caller trusts.

    Such a certificate is that of the key itself, or an authority's under which it was issued; the way from the one to
    the other is followed with what the seal carries and the caller names, and nothing is fetched.

    Without the passphrase the seal is checked, but the document is not called valid, because what is inside was not
    seen. Raises NotAPack, WrongPackPassphrase and NotACertificate.
    """
    if not document.startswith(b"%PDF-") or len(document) > BYTES_LIMIT:
        raise NotAPack
    named = [each for data in trust for each in read_certificates(data)]
    found = signatures(document)
    is_encrypted = b"/Encrypt" in document
    seal = found[-1] if found else Signature(None, is_intact=False, covers_whole_file=False)
    is_whole = len(found) == 1 and seal.is_intact and seal.covers_whole_file and is_encrypted
    opened = _open(document, passphrase) if is_whole and passphrase is not None else None
    at = opened.signed_at if opened else None
    enclosed = opened.enclosed if opened else NOTHING
    is_sound = is_whole and (opened is None or opened.is_sound)
    trusted = Trust(False, ())  # whose key it is says nothing of a file that is not as it was sealed
    if seal.certificate and is_sound:
        trusted = trust_in(seal.certificate, seal.chain, named, at, enclosed)
    return Verification(
        valid=is_whole and opened is not None and opened.is_sound,
        intact=seal.is_intact and (opened is None or opened.is_sound),
        covers_whole_file=seal.covers_whole_file,
        encrypted=is_encrypted,
        signer=signer_name(seal.certificate) if seal.certificate else None,
        fingerprint=fingerprint(seal.certificate) if seal.certificate else None,
        trusted=trusted.is_trusted,
        signed_at=at,
        document_ref=opened.document_ref if opened else None,
        sha256=sha256(document).hexdigest(),
        findings=tuple(_findings(found, seal, opened, is_encrypted, trusted)),
        whose=trusted.said,
    )


def embedded_data(document: bytes, passphrase: str) -> bytes:
    """The data that a sealed document carries (``referral.json``), UTF-8.

    Raises WrongPackPassphrase, and NotAPack where the document is not valid: data of a changed pack must not be taken
    into another system.
    """
    if not verify(document, passphrase).valid:
        raise NotAPack
    try:
        return attached(document, data.FILE_NAME, as_sealed(passphrase))
    except Unreadable:
        raise NotAPack from None


def _open(document: bytes, passphrase: str) -> _Opened:
    """Decrypt a file whose bytes are whole, and ask pyHanko for a second opinion."""
    try:
        reader = PdfFileReader(io.BytesIO(document))
        if not reader.encrypted:
            return _UNSOUND
        answer = _decrypted(reader, as_sealed(passphrase))
        if answer.mac_status == PdfMacStatus.FAILED:
            return _UNSOUND
        if answer.status == AuthStatus.FAILED:
            raise WrongPackPassphrase
        [signature] = reader.embedded_signatures
        own = ValidationContext(trust_roots=[signature.signer_cert], allow_fetching=False)
        status = validate_pdf_signature(signature, own)
        is_sound = (
            answer.mac_status == PdfMacStatus.SUCCESSFUL
            and status.intact
            and status.valid
            and status.coverage == SignatureCoverageLevel.ENTIRE_FILE
            and status.modification_level in (None, ModificationLevel.NONE)
        )
        at = signature.self_reported_timestamp
        return _Opened(is_sound, at, _reference(document, passphrase), _enclosed(reader))
    except (PdfError, ValueErrorWithMessage, *ODD_FILES_RAISE):
        raise NotAPack from None


def _enclosed(reader: PdfFileReader) -> Enclosed:
    """Certificates and revocation lists in the document security store, as far as they can be read."""
    if "/DSS" not in reader.root:
        return NOTHING
    store = reader.root["/DSS"]
    return Enclosed(
        tuple(_read(store, "/Certs", x509.load_der_x509_certificate)),
        tuple(_read(store, "/CRLs", x509.load_der_x509_crl)),
    )


def _read(store: Any, name: str, read: Callable[[bytes], T]) -> Iterator[T]:
    if name not in store:
        return
    for each in list(store[name])[:_ENCLOSED_LOOKED_AT]:
        with suppress(ValueError):
            yield read(each.get_object().data)


def _decrypted(reader: PdfFileReader, passphrase: str) -> AuthResult:
    try:
        return reader.decrypt(passphrase)
    except ValueError:  # characters that no passphrase may hold (RFC 4013)
        raise WrongPackPassphrase from None


def _reference(document: bytes, passphrase: str) -> str | None:
    """The reference of a document: from a pack's data or, where there are none, from its title."""
    try:
        values = json.loads(attached(document, data.FILE_NAME, as_sealed(passphrase)))
    except ValueError:
        return None
    except Unreadable:
        return _reference_in_title(document, as_sealed(passphrase))
    reference = values.get("reference") if isinstance(values, dict) else None
    return reference if isinstance(reference, str) else None


def _reference_in_title(document: bytes, passphrase: str) -> str | None:
    try:
        found = _REFERENCE.search(title_of(document, passphrase))
    except Unreadable:
        return None
    return found[0] if found else None


def _findings(
    found: list[Signature], seal: Signature, opened: _Opened | None, is_encrypted: bool, trusted: Trust
) -> list[str]:
    if not found:
        return ["The file carries no seal. Do not rely on it."]
    said = []
    if not seal.is_intact or (opened and not opened.is_sound):
        said.append("The file was changed after it was sealed, or damaged. Do not rely on it.")
    if not seal.covers_whole_file:
        said.append("Something was added after the seal. Do not rely on it.")
    if len(found) > 1:
        said.append("The file carries more than one signature; a sealed document carries one. Do not rely on it.")
    if not is_encrypted:
        said.append("The file is not encrypted. A sealed document always is.")
    if said:
        return said
    if opened is None:
        return ["The seal is whole. What is inside was not checked, because no passphrase was given."]
    return ["The file is as it was sealed: nothing was changed, added or taken away.", *trusted.said]
