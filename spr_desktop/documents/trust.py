"""Whose key sealed a document: whether its certificate is one that the caller trusts, or was issued under one.

Nothing is fetched: what is needed stands in the seal and in the files that the caller names. A seal of this kind
(PAdES B-B) proves no time, so certificates are judged for the time that the seal says, which is that of the sealer's
clock. The answer says so.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final

from asn1crypto import x509 as forms  # type: ignore[import-untyped]
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.authority import CertTrustAnchor, TrustQualifiers, derive_quals_from_cert
from pyhanko_certvalidator.errors import (
    DisallowedAlgorithmError,
    ExpiredError,
    NotYetValidError,
    PathBuildingError,
    PathError,
    ValidationError,
)
from pyhanko_certvalidator.path import ValidationPath

from spr_desktop.documents.issuing import is_for_documents, is_issued_by, may_issue, may_sign
from spr_desktop.documents.reading import ODD_FILES_RAISE
from spr_desktop.documents.revocation import Enclosed, standing
from spr_desktop.documents.wording import day

NOTHING: Final = Enclosed()

_CLOCKS_DIFFER_BY: Final = timedelta(days=1)

_WHOSE: Final = "Whose key it is, the file alone cannot show: compare the fingerprint by telephone."
_PINNED: Final = "The key is one that you trust."
_LATE: Final = "The certificate of the key was not valid on the day of sealing."


@dataclass(frozen=True, slots=True)
class Trust:
    """Whether a key is trusted, and why in plain English."""

    is_trusted: bool
    said: tuple[str, ...]


def trust_in(
    certificate: bytes,
    chain: Sequence[bytes],
    named: Sequence[x509.Certificate],
    at: datetime | None,
    enclosed: Enclosed = NOTHING,
) -> Trust:
    """Whether a key is to be trusted by the certificates that the caller named.

    ``certificate`` (DER) is that of the key, ``chain`` those above it that came with the seal, ``at`` the time that the
    seal says; without one a key is trusted only by its own certificate, and no revocation list is looked at.
    """
    key = x509.load_der_x509_certificate(certificate)
    found = _by_certificates(key, chain, named, at)
    if at is None:
        return found
    known = [*map(x509.load_der_x509_certificate, chain), *enclosed.certificates, *named]
    stands = standing(key, known, enclosed.lists, at)
    if stands is None:
        return found
    if stands.speaks_against:
        return Trust(False, (stands.said, _WHOSE))
    return Trust(found.is_trusted, (*found.said, stands.said))


def _by_certificates(
    key: x509.Certificate, chain: Sequence[bytes], named: Sequence[x509.Certificate], at: datetime | None
) -> Trust:
    late = (_LATE,) if at and not key.not_valid_before_utc <= at <= key.not_valid_after_utc else ()
    if key in named:
        return Trust(not late, (*late, _WHOSE if late else _PINNED))
    if not named or at is None:
        return Trust(False, (*late, _WHOSE))
    fault = _fault_of_use(key, named)
    if at > datetime.now(UTC) + _CLOCKS_DIFFER_BY:
        fault = "The seal says a day that is still to come. Ask the sender about the clock of their computer."
    if fault is None:
        anchors = [each for each in named if may_issue(each)]
        try:
            path = asyncio.run(_path(key, chain, anchors, at))
        except (PathError, ValidationError, *ODD_FILES_RAISE) as error:
            fault = _in_words(error)
        else:
            return _followed(path, key, at)
    return Trust(False, (fault, _WHOSE))


def _fault_of_use(key: x509.Certificate, named: Sequence[x509.Certificate]) -> str | None:
    if not any(may_issue(each) for each in named):
        if any(is_issued_by(key, each) for each in named):
            return "The certificate that you trust may not issue others: it is none of an authority."
        return "It is another key than the one that you trust."
    if not may_sign(key):
        return "The certificate of the key forbids signing."
    if not is_for_documents(key):
        return "The certificate of the key is for another purpose than documents, such as a web server."
    return None


async def _path(
    key: x509.Certificate, chain: Sequence[bytes], anchors: Sequence[x509.Certificate], at: datetime
) -> ValidationPath:
    """The way from the key to one that is trusted; raises what pyHanko's validator does.

    Revocation is looked at elsewhere: the validator ignores a list where the certificate names no place to fetch it.
    """
    context = ValidationContext(
        trust_roots=[_anchor(each) for each in anchors],
        other_certs=[forms.Certificate.load(each) for each in chain],
        moment=at,
        allow_fetching=False,
        revocation_mode="none",
    )
    return await CertificateValidator(_form(key), validation_context=context).async_validate_path()


def _form(certificate: x509.Certificate) -> forms.Certificate:
    return forms.Certificate.load(certificate.public_bytes(Encoding.DER))


def _anchor(certificate: x509.Certificate) -> CertTrustAnchor:
    """One that the caller trusts, within its own limits: its time, the length of the way, the names it may give.

    Policies are left to whoever made it: certificates of an organisation seldom name any.
    """
    form = _form(certificate)
    limits: TrustQualifiers = derive_quals_from_cert(form)
    if limits.standard_parameters:
        names = replace(
            limits.standard_parameters,
            user_initial_policy_set=frozenset(["any_policy"]),
            initial_explicit_policy=False,
        )
        limits = replace(limits, standard_parameters=names)
    return CertTrustAnchor(form, limits)


def _followed(path: ValidationPath, key: x509.Certificate, at: datetime) -> Trust:
    anchor = path.trust_anchor
    assert isinstance(anchor, CertTrustAnchor)
    name = anchor.certificate.subject.native.get("common_name") or anchor.certificate.subject.human_friendly
    said = [
        f"The key was issued under a certificate that you trust: {name}.",
        f"Its certificates are judged for {day(at.date())}, the day of sealing by the sender's clock. Nothing else in "
        "the file proves that day.",
    ]
    if key.not_valid_after_utc < datetime.now(UTC):
        said.append(f"The certificate of the key has expired since, on {day(key.not_valid_after_utc.date())}.")
    return Trust(True, tuple(said))


def _in_words(error: Exception) -> str:
    match error:
        case ExpiredError():
            return "A certificate between the key and the one that you trust had expired on the day of sealing."
        case NotYetValidError():
            return "A certificate between the key and the one that you trust was not yet valid on the day of sealing."
        case DisallowedAlgorithmError():
            return "A certificate between the key and the one that you trust is signed in a way that is too weak."
        case PathBuildingError():
            return "The key was not issued under a certificate that you trust, or one between them is missing."
        case _:
            return "The certificates between the key and the one that you trust do not hold together."
