"""What the layouts of all documents share: sections, workers, the page that says how to check."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from reportlab.platypus import CondPageBreak, Flowable, Spacer

from spr_desktop.documents import style
from spr_desktop.documents.blocks import Fact, Heading, Lines, headed, height_of
from spr_desktop.documents.contents import Contact, Document, SharingBasis, Worker, WraparoundSupport
from spr_desktop.documents.page import CoverBand, Furniture, build
from spr_desktop.documents.pictures import ScannedCode, Strip
from spr_desktop.documents.wording import day

NONE_RECORDED: Final = "None recorded"
BULLET: Final = "•"
_GROUPS_A_LINE: Final = 8
_LONG_LABEL: Final = 48
"""Characters from which on a label, a question that was asked, stands above what is said."""
_LONG_TEXT: Final = 400
"""Characters from which on a text takes the whole width of the page."""
_ROOM_FOR_A_TEXT: Final = 70
"""Points; a label and the first lines under it."""

_SHOWS: Final = (
    "The seal on the first page is a digital signature over the whole file. It shows whether the file was changed "
    "since it was sealed, and by which key it was sealed. It does not show that what stands here is right, nor who "
    "held the key."
)
_SCANNED: Final = "Scan this code instead of having the fingerprint read out. It holds that and nothing else."
_CODE: Final = "QR code that holds the fingerprint of the key as it is printed above, without spaces, and nothing else."
_CHECKS: Final = (
    "Open the file in a reader that shows signatures. If it shows none, or says that the file was changed, do not rely "
    "on it, and tell whoever sent it.",
    "Compare the fingerprint of the key: ring the sender on a work number that you found elsewhere, not in this "
    "document, and have the fingerprint read out.",
)
_WITH_SPR_DESKTOP: Final = (
    "With SPR Desktop: spr-desktop verify FILE.pdf checks the seal, and that nothing was added or taken away. It asks "
    "for the passphrase, and needs no account and no network."
)


def section(title: str, blocks: Sequence[Flowable] | Iterator[Flowable]) -> Iterator[Flowable]:
    """A heading, and what stands under it."""
    yield from headed(Heading(title, style.SECTION))
    yield from blocks


def bulleted(texts: Sequence[str]) -> list[Flowable]:
    """Texts below each other, each with a bullet."""
    return [Lines(each, style.BULLET, bullet=BULLET) for each in texts] or [Lines("None.", style.BODY)]


def fact(label: str, text: str) -> list[Flowable]:
    """A label and a text, in which new lines are kept: beside each other, or below where either is long."""
    if len(label) < _LONG_LABEL and len(text) < _LONG_TEXT:
        return [Fact(label, *text.split("\n"))]
    return [CondPageBreak(_ROOM_FOR_A_TEXT), Lines(label, style.ASKED), Lines(text, style.ANSWERED)]


def who(worker: Worker) -> list[str]:
    """A worker with role and organisation."""
    named = ", ".join(each for each in (worker.role, worker.organisation) if each)
    return [worker.name, *([named] if named else [])]


def reach(worker: Worker) -> list[str]:
    """How to reach a worker at work."""
    return [each for each in (worker.phone, worker.email) if each] or ["No telephone number recorded"]


def pictured(title: str, strip: Strip) -> Iterator[Flowable]:
    """A picture under its heading, both on one page."""
    blocks = [Heading(title, style.SECTION), strip]
    yield CondPageBreak(height_of(blocks))
    yield from blocks


def sharing(basis: SharingBasis) -> Fact:
    """On what basis somebody's data are shared."""
    return Fact("Basis for sharing", basis.article_6, *([basis.article_9] if basis.article_9 else []))


def wraparound(support: WraparoundSupport) -> Iterator[Flowable]:
    """Who holds an adult in mind."""
    where = [support.setting] if support.setting else []
    yield Fact("Wrap-around support", *who(support.practitioner), *where, *reach(support.practitioner))
    if support.boundaries:
        yield from fact("Boundaries", support.boundaries)


def contacts(shown: Sequence[Contact]) -> Iterator[Flowable]:
    """Ways of contact in a panel: the rules first, the value last."""
    for contact in shown:
        yield Lines(contact.kind, style.PANEL_HEADING)
        for rule in contact.rules:
            yield Lines(rule, style.PANEL_TEXT, bullet=BULLET)
        yield Lines(contact.value, style.PANEL_STRONG)
        yield Lines(f"Confirmed with this person on {day(contact.confirmed_on)}", style.PANEL_TEXT)


def signed_by(document: Document, called: str) -> Lines:
    """In the panel of the first page: whose key sealed it, and what to do where no signature shows."""
    return Lines(
        f"This {called} is signed by {document.key_holder}. If your reader shows no signature, do not rely on it. The "
        "last page says how to check.",
        style.PANEL_TEXT,
    )


def how_to_check(document: Document, called: str, *more: Flowable, is_for_family: bool = False) -> Iterator[Flowable]:
    """The last section: what the seal shows and does not show, and the fingerprint to be read out or scanned.

    Somebody of the family has no SPR Desktop to check it with. It is not torn apart.
    """
    groups = document.key_fingerprint.split()
    rows = [" ".join(groups[at : at + _GROUPS_A_LINE]) for at in range(0, len(groups), _GROUPS_A_LINE)]
    blocks = [
        Heading(f"How to check this {called}", style.SECTION),
        Lines(_SHOWS, style.BODY),
        *bulleted(_CHECKS if is_for_family else (*_CHECKS, _WITH_SPR_DESKTOP)),
        Spacer(0, 6),
        Fact("Sealed by", document.key_holder),
        Fact("Fingerprint of the key", *rows),
        ScannedCode("".join(groups), _SCANNED, _CODE),
        *more,
    ]
    yield CondPageBreak(height_of(blocks))
    yield from blocks


def built(
    document: Document,
    story: Callable[[], Iterator[Flowable]],
    subject: str,
    front: Callable[[], Sequence[Flowable]] = tuple,
) -> bytes:
    """A document as a PDF, not sealed yet; ``subject`` stands under its reference. Raises MissingGlyph.

    ``front`` is what stands on its second page, above the contents.
    """
    furniture = Furniture(
        title=document.title, header=f"{document.title}, version {document.version}", footer=document.handling
    )
    band = CoverBand(kind=document.called, reference=document.reference, subject=subject)
    return build(lambda: list(story()), furniture, band, lambda _canvas: None, front)


def cover(document: Document, *more: Flowable, read_by: str = "") -> Iterator[Flowable]:
    """What stands on the first page: facts of one kind of document, where it comes from, how to handle it.

    ``read_by`` says for whom it is where that is the reader themselves.
    """
    yield from more
    yield Fact("Made on", f"{day(document.made_on)}, version {document.version}")
    yield Fact("Made by", *who(document.referrer))
    yield Fact("Work contact", *reach(document.referrer))
    yield Fact("For", *([read_by] if read_by else document.recipients))
    yield Spacer(0, 12)
    yield Lines("Handling", style.COVER_PANEL_HEADING)
    yield Lines(document.handling, style.PANEL_TEXT)
    yield signed_by(document, "document")
    yield Lines("", style.PANEL_END)
