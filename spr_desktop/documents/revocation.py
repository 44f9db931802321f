"""Whether an authority took a certificate back, by the revocation lists that a seal carries; nobody is asked.

A list shows how things stood on the day it was made. Whoever seals chooses what to enclose: that there is none, or none
of a later day, says nothing either way.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm

from spr_desktop.documents.errors import NotARevocationList
from spr_desktop.documents.issuing import is_issued_by, may_issue, upwards
from spr_desktop.documents.wording import day

_CLOCKS_DIFFER_BY: Final = timedelta(days=1)
_WEAK: Final = {"md5", "sha1"}

_NONE: Final = "The file carries no revocation list, so it cannot show whether the key was revoked."
_OF_NO_USE: Final = (
    "The file carries a revocation list, but none about this certificate by the authority that issued it. Whether the "
    "key was revoked cannot be told from it."
)
_LATER: Final = (
    "The revocation list in the file was made after the day of sealing as the sealer's clock had it. Ask the sender "
    "about it."
)


@dataclass(frozen=True, slots=True)
class Enclosed:
    """What a sealed file carries besides the seal, and the seal covers."""

    certificates: tuple[x509.Certificate, ...] = ()
    lists: tuple[x509.CertificateRevocationList, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """What the lists say of a certificate."""

    speaks_against: bool
    """Whether the key must not be trusted by reason of them."""
    said: str


def read_lists(data: bytes) -> list[x509.CertificateRevocationList]:
    """The revocation list of a file, or several where it is PEM, otherwise DER; raises NotARevocationList."""
    try:
        if b"-----BEGIN" not in data:
            return [x509.load_der_x509_crl(data)]
        begin, end = b"-----BEGIN X509 CRL-----", b"-----END X509 CRL-----"
        found = [x509.load_pem_x509_crl(begin + each.partition(end)[0] + end) for each in data.split(begin)[1:]]
    except ValueError:
        raise NotARevocationList from None
    if not found:
        raise NotARevocationList
    return found


def list_about(
    certificate: x509.Certificate, issuer: x509.Certificate, lists: Iterable[x509.CertificateRevocationList]
) -> x509.CertificateRevocationList | None:
    """The newest list that tells whether a certificate was revoked; None where there is none by its issuer."""
    fit = [each for each in lists if _is_by(each, issuer) and _is_about(each, certificate)]
    return max(fit, key=lambda each: each.last_update_utc, default=None)


def revoked_on(certificate: x509.Certificate, by: x509.CertificateRevocationList) -> datetime | None:
    """When it was revoked, by a list; one that is only suspended counts as revoked."""
    found = by.get_revoked_certificate_by_serial_number(certificate.serial_number)
    return found.revocation_date_utc if found else None


def standing(
    certificate: x509.Certificate,
    known: Iterable[x509.Certificate],
    lists: Sequence[x509.CertificateRevocationList],
    at: datetime,
) -> Standing | None:
    """How a certificate stood on the day of sealing; None for one that nobody issued, which nobody revokes.

    ``known`` are certificates that may stand above it; its own signature shows which of them does.
    """
    if is_issued_by(certificate, certificate):
        return None
    if not lists:
        return Standing(False, _NONE)
    path = [certificate, *upwards(certificate, known)]
    found = [(each, list_about(each, issuer, lists)) for each, issuer in pairwise(path)]
    for each, by in found:
        if by is not None and (on := revoked_on(each, by)):
            which = "certificate of the key" if each is certificate else "certificate of an authority above the key"
            return Standing(True, f"The {which} was revoked on {day(on.date())}, by the list in the file.")
    own = found[0][1] if found else None
    return Standing(False, _OF_NO_USE) if own is None else _of_list(own, at)  # an empty list is false, and a list


def _of_list(by: x509.CertificateRevocationList, at: datetime) -> Standing:
    made, until = by.last_update_utc, by.next_update_utc
    if made > at + _CLOCKS_DIFFER_BY:
        return Standing(True, _LATER)
    said = f"The key is not revoked on the list of {day(made.date())} in the file"
    if until and until < at:
        return Standing(
            False, f"{said}, which was out of date on the day of sealing: it held until {day(until.date())}."
        )
    return Standing(False, f"{said}. What was revoked later does not stand there.")


def _is_by(by: x509.CertificateRevocationList, issuer: x509.Certificate) -> bool:
    """Whether an authority signed a list, which its certificate must allow."""
    key = issuer.public_key()
    try:
        algorithm = by.signature_hash_algorithm
        if by.issuer != issuer.subject or not may_issue(issuer) or (algorithm and algorithm.name in _WEAK):
            return False
        if not by.is_signature_valid(key):  # type: ignore[arg-type]
            return False
        return issuer.extensions.get_extension_for_class(x509.KeyUsage).value.crl_sign
    except x509.ExtensionNotFound:
        return True
    except (UnsupportedAlgorithm, ValueError, TypeError):
        return False


def _is_about(by: x509.CertificateRevocationList, certificate: x509.Certificate) -> bool:
    """Whether a list is whole as far as a certificate goes: no addition to another, no part for others (RFC 5280)."""
    try:
        for each in by.extensions:
            if isinstance(each.value, x509.IssuingDistributionPoint):
                if not _is_in_part(each.value, certificate):
                    return False
            elif each.critical:
                return False
    except ValueError:
        return False
    return True


def _is_in_part(part: x509.IssuingDistributionPoint, certificate: x509.Certificate) -> bool:
    if part.indirect_crl or part.only_some_reasons or part.only_contains_attribute_certs or part.relative_name:
        return False
    is_authority = may_issue(certificate)
    if (part.only_contains_ca_certs and not is_authority) or (part.only_contains_user_certs and is_authority):
        return False
    if part.full_name is None:
        return True
    try:
        points = certificate.extensions.get_extension_for_class(x509.CRLDistributionPoints).value
    except x509.ExtensionNotFound:
        return False
    return any(name in (point.full_name or ()) for point in points for name in part.full_name)
