"""Makes a referral pack: contents, layout, leak check, seal, and the proof that the sealed file reads back.

Each step gives what the next one takes, so that no step can be left out: only what was checked for leaks can be sealed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from spr_desktop.documents import data, layout
from spr_desktop.documents.contents import ReferralPack
from spr_desktop.documents.errors import LeakFound, NotAPack, SealFailed, Unreadable, WrongPackPassphrase
from spr_desktop.documents.forbidden import forbidden_in_pack
from spr_desktop.documents.identity import SigningIdentity
from spr_desktop.documents.leak_check import leaks
from spr_desktop.documents.reading import attached, texts_of_pages
from spr_desktop.pathway.definition import Definition
from spr_desktop.pathway.result import Decision
from spr_desktop.records.case import Case


@dataclass(frozen=True, slots=True)
class CheckedPack:
    """A pack that holds nothing that it must not; made by ``check_pack`` alone."""

    pdf: bytes = field(repr=False)
    """Not sealed yet: for the preview, never for the disk."""


def lay_out_pack(pack: ReferralPack) -> bytes:
    """The pack as a PDF, not sealed yet. Raises MissingGlyph."""
    return layout.lay_out(pack)


def check_pack(pdf: bytes, case: Case, decision: Decision, definition: Definition) -> CheckedPack:
    """The pack, proven to hold no forbidden detail of the case; raises LeakFound, or Unreadable."""
    if found := leaks(pdf, forbidden_in_pack(case, decision, definition)):
        raise LeakFound(found)
    return CheckedPack(pdf)


def seal_pack(checked: CheckedPack, identity: SigningIdentity, passphrase: str, *, at: datetime | None = None) -> bytes:
    """The sealed pack, read back and found to be in order; ``at`` is the local time, now unless given.

    The identity must be the one whose fingerprint the pack prints. Raises SealFailed, or MissingGlyph for a name in
    the certificate.
    """
    from spr_desktop.documents.seal import seal

    sealed = seal(checked.pdf, identity, passphrase, at=at or datetime.now().astimezone())
    read_back(sealed, checked.pdf, identity, passphrase)
    return sealed


def read_back(sealed: bytes, laid_out: bytes, identity: SigningIdentity, passphrase: str) -> None:
    """Prove that a sealed file is what was laid out, whole and by this key; raises SealFailed."""
    from spr_desktop.documents.verify import verify

    try:
        found = verify(sealed, passphrase)
        is_right = (
            found.valid
            and found.fingerprint == identity.fingerprint
            and _prints(laid_out, identity.fingerprint)
            and texts_of_pages(sealed, passphrase) == texts_of_pages(laid_out)
            and attached(sealed, data.FILE_NAME, passphrase) == attached(laid_out, data.FILE_NAME)
        )
    except (NotAPack, WrongPackPassphrase, Unreadable):
        is_right = False
    if not is_right:
        raise SealFailed


def _prints(laid_out: bytes, fingerprint: str) -> bool:
    """Whether the pages tell the fingerprint of the key; recipients would compare it with another otherwise."""
    return "".join(fingerprint.split()) in "".join("".join(texts_of_pages(laid_out)).split())
