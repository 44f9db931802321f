"""Makes a document of any kind: laid out, checked for leaks, sealed, and proven to read back.

Each step gives what the next one takes, so that no step can be left out: only what was checked for leaks can be sealed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from spr_desktop.documents import data
from spr_desktop.documents.audit import CaseAudit
from spr_desktop.documents.contents import Document, ReferralPack
from spr_desktop.documents.errors import Leak, LeakFound, NotAPack, SealFailed, Unreadable, WrongPackPassphrase
from spr_desktop.documents.identity import SigningIdentity
from spr_desktop.documents.leak_check import Forbidden, leaks
from spr_desktop.documents.matching import reduced
from spr_desktop.documents.one_adult import ParentCopy, WraparoundBrief
from spr_desktop.documents.reading import attached, texts_of_pages
from spr_desktop.documents.subject_access import SubjectAccess
from spr_desktop.documents.typed import TypedLeak
from spr_desktop.documents.withdrawal import WithdrawalNotice


@dataclass(frozen=True, slots=True)
class Checked:
    """A document that holds nothing that it must not; made by ``check`` alone."""

    pdf: bytes = field(repr=False)
    """Not sealed yet: for the preview, never for the disk."""


def lay_out(document: Document) -> bytes:
    """The document as a PDF, not sealed yet. Raises MissingGlyph."""
    from spr_desktop.documents import access_layout, audit_layout, other_layouts, referral_layout

    match document:
        case ReferralPack():
            return referral_layout.lay_out(document)
        case ParentCopy():
            return other_layouts.parent_copy_layout(document)
        case WraparoundBrief():
            return other_layouts.wraparound_brief_layout(document)
        case WithdrawalNotice():
            return other_layouts.withdrawal_notice_layout(document)
        case CaseAudit():
            return audit_layout.case_audit_layout(document)
        case SubjectAccess():
            return access_layout.subject_access_layout(document)
    raise TypeError(type(document).__name__)


def check(pdf: bytes, forbidden: Iterable[Forbidden], typed: Iterable[TypedLeak] = ()) -> Checked:
    """The document, proven to hold no forbidden detail.

    ``typed`` are texts of it in which something was found already. Raises LeakFound, or Unreadable.
    """
    found = list(leaks(pdf, forbidden))
    kinds = {each.kind for each in found}
    found += _where_they_stand(pdf, [each for each in typed if each.kind not in kinds])
    if found:
        raise LeakFound(tuple(dict.fromkeys(found)))
    return Checked(pdf)


def _where_they_stand(pdf: bytes, typed: list[TypedLeak]) -> list[Leak]:
    if not typed:
        return []
    pages = [reduced(page) for page in texts_of_pages(pdf)]
    found = []
    for each in typed:
        on = [at for at, page in enumerate(pages, 1) if reduced(each.text) in page]
        found += [Leak(f"page {at}", each.kind) for at in on or [1]]
    return found


def seal_checked(
    checked: Checked, identity: SigningIdentity, passphrase: str, *, at: datetime | None = None, pin: str = ""
) -> bytes:
    """The sealed document, read back and found to be in order; ``at`` is the local time, now unless given.

    The identity must be the one whose fingerprint the document prints; ``pin`` is that of the card that holds the key,
    if one does. Raises SealFailed, CardFailed, or MissingGlyph for a name in the certificate.
    """
    from spr_desktop.documents.seal import seal

    sealed = seal(checked.pdf, identity, passphrase, at=at or datetime.now().astimezone(), pin=pin)
    read_back(sealed, checked.pdf, identity, passphrase)
    return sealed


def read_back(sealed: bytes, laid_out: bytes, identity: SigningIdentity, passphrase: str) -> None:
    """Prove that a sealed file is what was laid out, whole and by this key; raises SealFailed."""
    from spr_desktop.documents.verify import verify

    try:
        pages = texts_of_pages(laid_out)
        found = verify(sealed, passphrase)
        is_right = (
            found.valid
            and found.fingerprint == identity.fingerprint
            and _print(pages, identity.fingerprint)
            and texts_of_pages(sealed, passphrase) == pages
            and _attached(sealed, passphrase) == _attached(laid_out)
        )
    except (NotAPack, WrongPackPassphrase, Unreadable):
        is_right = False
    if not is_right:
        raise SealFailed


def _attached(pdf: bytes, passphrase: str | None = None) -> bytes | None:
    """The data that it carries; only a pack has any."""
    try:
        return attached(pdf, data.FILE_NAME, passphrase)
    except Unreadable:
        return None


def _print(pages: list[str], fingerprint: str) -> bool:
    """Whether the pages tell the fingerprint of the key; recipients would compare it with another otherwise."""
    return "".join(fingerprint.split()) in "".join("".join(pages).split())
