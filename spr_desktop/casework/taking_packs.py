"""Taking a referral pack: it becomes a case in the vault of those who receive it, so that nothing is typed twice.

The case has the reference of the pack: both teams name it alike on the telephone, and a withdrawal names the same.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.errors import CaseDisposed, PackNotTaken
from spr_desktop.casework.files import read_file
from spr_desktop.casework.refreshing import work_out
from spr_desktop.casework.words import day_text
from spr_desktop.pathway.definition import definition
from spr_desktop.records.case_document import CaseDocument, read_case_document
from spr_desktop.records.faults import InvalidDocument, NewerDocument
from spr_desktop.records.record import AnyRecord, Record, now
from spr_desktop.records.values import When
from spr_desktop.records.work import Note, NoteBlock
from spr_desktop.vault.appending import Addition, Ledgers

if TYPE_CHECKING:
    from spr_desktop.documents.contents import ReferralPack
    from spr_desktop.documents.verify import Verification

_FIRST_BYTES: Final = b"%PDF-"
_CHANGED: Final = "The pack is not as it was sealed, or not sealed as a pack is. Ask the sender for it again."
_NO_REFERRAL: Final = "The document is sealed, but it is no referral pack. Check it instead."
_WORDS: Final = "The pack says something in words that this version does not know. Update this program, or type it in."
_TEXTS: Final = "The pack holds a text that no record may hold. Ask the sender for another one."
_OURS: Final = "The pack was made in this vault, and the family is here already."
_ANOTHER: Final = "A family of this reference is kept here that did not come by this pack. Type the referral in."
_NO_SIGNING_TIME: Final = "The pack does not say when it was sealed. Ask the sender for another one."

State = Literal["new", "known", "newer", "older"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PackBrought:
    """What a pack brings, or brought."""

    case_ref: str
    """The reference of the pack, and of the case."""
    version: int
    state: State
    """``newer`` and ``older`` are other versions of a pack that was taken; nothing is taken from them."""
    records: int
    """How many records are new."""
    referrer: str
    organisation: str
    fingerprint: str
    is_trusted: bool
    alike: tuple[str, ...]
    """Other cases in which somebody has a like name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedPack:
    """A pack that is as it was sealed, with its content as records."""

    pack: ReferralPack
    checked: Verification
    document: CaseDocument


def is_sealed_document(path: Path) -> bool:
    """Whether a file begins as a PDF, which a bundle never does; raises FileFault."""
    return read_file(path).startswith(_FIRST_BYTES)


def open_pack(path: Path, passphrase: str, trust: Sequence[Path] = ()) -> OpenedPack:
    """Open a pack and check everything that needs no vault.

    Raises FileFault, PackNotTaken, NewerDocument, NotAPack, WrongPackPassphrase and NotACertificate.
    """
    from spr_desktop.documents.data import read_referral
    from spr_desktop.documents.errors import NoReferral, NotAPack, UnknownWording
    from spr_desktop.documents.referral_records import case_document
    from spr_desktop.documents.verify import embedded_data, verify

    sealed = read_file(path)
    checked = verify(sealed, passphrase, [read_file(each) for each in trust])
    if not checked.valid:
        raise PackNotTaken(_CHANGED)
    if trust and not checked.trusted:
        raise PackNotTaken(" ".join(checked.whose))
    if checked.signed_at is None:
        raise PackNotTaken(_NO_SIGNING_TIME)
    try:
        pack = read_referral(embedded_data(sealed, passphrase))
        said = json.dumps(case_document(pack, definition(), min(checked.signed_at, now())))
        document = read_case_document(said.encode(), written_at=now())
    except (NoReferral, NotAPack):
        raise PackNotTaken(_NO_REFERRAL) from None
    except UnknownWording:
        raise PackNotTaken(_WORDS) from None
    except InvalidDocument:
        raise PackNotTaken(_TEXTS) from None
    return OpenedPack(pack=pack, checked=checked, document=document)


def referral_in(path: Path, passphrase: str, trust: Sequence[Path] = ()) -> OpenedPack | None:
    """The pack in a file that is as it was sealed; None where the file is another document, or its key not trusted.

    Raises FileFault and NotACertificate.
    """
    try:
        return open_pack(path, passphrase, trust)
    except (PackNotTaken, NewerDocument):
        return None


def look(caseload: Caseload, opened: OpenedPack) -> PackBrought:
    """What a pack would bring; nothing is taken. Raises PackNotTaken and CaseDisposed."""
    case_ref = opened.document.case_ref
    if disposed := caseload.vault.disposal(case_ref):
        raise CaseDisposed(case_ref, disposed.disposed_at.date())
    if any(each.document_id == case_ref for each in caseload.register()):
        raise PackNotTaken(_OURS)
    return _brought(opened, caseload.vault.records(case_ref), caseload)


def take(caseload: Caseload, opened: OpenedPack, on: date) -> PackBrought:
    """Take a pack, all of it or nothing; raises as ``look`` does."""
    case_ref = opened.document.case_ref
    brought = look(caseload, opened)
    if brought.state != "new":
        return brought
    received = _received(caseload, opened, on)

    def plan(ledgers: Ledgers) -> Addition:
        if ledgers[case_ref]:  # it came meanwhile
            return Addition({})
        said = ("pack_received", case_ref, f"version {opened.pack.version}")
        return Addition({case_ref: [*opened.document.records, received]}, {}, [said])

    caseload.vault.add([case_ref], plan, work_out, on)
    return brought


def _brought(opened: OpenedPack, kept: Sequence[AnyRecord], caseload: Caseload) -> PackBrought:
    pack, checked = opened.pack, opened.checked
    names = [each.name for each in pack.adults]
    alike = [each.case_ref for each in caseload.likely_matches(names, None) if each.case_ref != pack.reference]
    state = _state(opened, kept)
    return PackBrought(
        case_ref=pack.reference,
        version=pack.version,
        state=state,
        records=len(opened.document.records) + 1 if state == "new" else 0,
        referrer=pack.referrer.name,
        organisation=pack.referrer.organisation or "",
        fingerprint=checked.fingerprint or "",
        is_trusted=checked.trusted,
        alike=tuple(alike),
    )


def _state(opened: OpenedPack, kept: Sequence[AnyRecord]) -> State:
    from spr_desktop.documents.referral_records import recorder, version_of

    if not kept:
        return "new"
    ids = {each.id for each in kept}
    if any(each.id in ids for each in opened.document.records):
        return "known"
    came = next((each for each in kept if each.kind == "note" and each.recorded_by == recorder(opened.pack)), None)
    version = version_of(came.body) if came else None
    if version is None:
        raise PackNotTaken(_ANOTHER)
    return "newer" if opened.pack.version > version else "older"


def _received(caseload: Caseload, opened: OpenedPack, on: date) -> AnyRecord:
    """That it was received, by whom, and by whose key it was sealed."""
    pack, checked = opened.pack, opened.checked
    at = f", sealed on {day_text(checked.signed_at.date())}" if checked.signed_at else ""
    known = "It is one that was trusted." if checked.trusted else "Compare it with the referrer on the telephone."
    text = (
        f"Received as a referral by pack {pack.reference}, version {pack.version}{at}. What the records of this case "
        f"say is what the pack says. Fingerprint of the key: {checked.fingerprint}. {known}"
    )
    return Record(
        id=str(uuid.uuid4()),
        happened_on=When(on),
        recorded_at=now(),
        recorded_by=caseload.practitioner.name or None,
        body=Note(type="decision", blocks=(NoteBlock(type="fact", text=text),)),
    )
