"""Taking a referral pack: it becomes a case in the vault of those who receive it, so that nothing is typed twice.

The case has the reference of the pack: both teams name it alike on the telephone, and a withdrawal names the same.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.competing import COMPETING, as_setting, every_group
from spr_desktop.casework.errors import CaseDisposed, OtherDocument, PackNotTaken
from spr_desktop.casework.files import read_file
from spr_desktop.casework.newer_packs import Revision, came_by_pack, revise
from spr_desktop.casework.pack_changes import HEADINGS, in_words
from spr_desktop.casework.refreshing import work_out
from spr_desktop.casework.withdrawal_marks import withdrawn_on
from spr_desktop.casework.withdrawn_by_sender import keys_of_notices
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
_TWO_OF_ONE: Final = "Another pack of this reference and version was taken before. Ring the sender, who made two."
_WITHDRAWN: Final = "A notice that was received withdraws this pack. Ring the sender, and do not act on it."
_WITHDRAWN_BY_OTHER_KEY: Final = (
    "A notice with another key withdraws this pack. Ring the sender on a number from elsewhere. If it was not theirs, "
    "name their certificate as one that you trust, and take the pack."
)
_OTHER_KEY: Final = (
    "The newer version is sealed with another key than the one before. Ring the referrer on a number from elsewhere, "
    "and compare the fingerprint; then take it with --other-key."
)
_NO_SIGNING_TIME: Final = "The pack does not say when it was sealed. Ask the sender for another one."

_TO_COME: Final = "The pack tells of a day that is still to come. Ask the sender about the clock of their computer."
_CLOCKS_DIFFER_BY: Final = timedelta(days=1)

_RECEIVED: Final = "Received as a referral by pack"
"""How the note of a receipt begins."""
_FILE: Final = "SHA-256 of the file:"

State = Literal["new", "known", "newer", "older"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PackBrought:
    """What a pack brings, or brought."""

    case_ref: str
    """The reference of the pack, and of the case."""
    version: int
    state: State
    """``newer`` is a later version than the one that was taken; of an ``older`` one nothing is taken."""
    version_here: int | None
    """The version that was taken until now."""
    changes: Mapping[str, tuple[str, ...]]
    """Of a newer version: what is *new*, *changed* and *gone*, in words that name nobody."""
    to_choose: int
    """How much of it was recorded here otherwise since: somebody has to choose."""
    is_same_key: bool
    """Whether it is sealed with the key of the version before; true of a first one."""
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
        raise OtherDocument(_NO_REFERRAL) from None
    except UnknownWording:
        raise PackNotTaken(_WORDS) from None
    except InvalidDocument:
        raise PackNotTaken(_TEXTS) from None
    if any(each.happened_on.day > date.today() + _CLOCKS_DIFFER_BY for each in document.records):
        raise PackNotTaken(_TO_COME)  # what corrects it would be put to that day as well, and not count until then
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
    kept = caseload.vault.records(case_ref)
    keys = frozenset() if kept else keys_of_notices(caseload, case_ref)
    if opened.checked.fingerprint in keys:
        raise PackNotTaken(_WITHDRAWN)
    if keys and not opened.checked.trusted:
        raise PackNotTaken(_WITHDRAWN_BY_OTHER_KEY)
    return _brought(opened, kept, _alike(caseload, opened))[0]


def take(caseload: Caseload, opened: OpenedPack, on: date, *, other_key: bool = False) -> PackBrought:
    """Take a pack, all of it or nothing; raises as ``look`` does.

    A newer version by another key supersedes what the sender said before: PackNotTaken unless that key is trusted, or
    ``other_key`` says that somebody was shown it and goes on.
    """
    case_ref = opened.document.case_ref
    brought = [look(caseload, opened)]
    groups = every_group(caseload.vault)
    at = now()

    def plan(ledgers: Ledgers) -> Addition:
        found, records, revision = _brought(opened, ledgers[case_ref], brought[0].alike)
        brought[:] = [found]
        if found.state == "newer" and not (found.is_same_key or found.is_trusted or other_key):
            raise PackNotTaken(_OTHER_KEY)
        if not records:
            return Addition({})
        said = ("pack_received", case_ref, f"version {opened.pack.version}")
        received = _received(caseload.practitioner.name, opened, found, on, at)
        settings = {}
        if revision and revision.competing:
            both = groups | {case_ref: groups.get(case_ref, set()) | revision.competing}
            settings = {COMPETING: as_setting(both)}
        return Addition({case_ref: [*records, received]}, settings, [said])

    caseload.vault.add([case_ref], plan, work_out, on)
    return brought[0]


def taken_version(kept: Sequence[AnyRecord], reference: str) -> int | None:
    """The newest version of a pack that a case was made from; None where it did not come by that pack."""
    versions = [version for version, _ in _notes(kept, reference)]
    return max(versions, default=None)


def _notes(kept: Sequence[AnyRecord], reference: str) -> list[tuple[int, AnyRecord]]:
    """The notes that came by a pack, each with its version."""
    from spr_desktop.documents.referral_records import version_of

    notes = [each for each in came_by_pack(kept, reference) if each.kind == "note"]
    return [(version, each) for each in notes if (version := version_of(each.body)) is not None]


def _alike(caseload: Caseload, opened: OpenedPack) -> tuple[str, ...]:
    matches = caseload.likely_matches([each.name for each in opened.pack.adults], None)
    return tuple(each.case_ref for each in matches if each.case_ref != opened.pack.reference)


def _brought(
    opened: OpenedPack, kept: Sequence[AnyRecord], alike: tuple[str, ...]
) -> tuple[PackBrought, list[AnyRecord], Revision | None]:
    """What a pack brings to a ledger, its records, and how they differ from those of a version before."""
    pack, checked = opened.pack, opened.checked
    state = _state(opened, kept)
    revision = revise(pack.reference, kept, opened.document.records) if state == "newer" else None
    records = list(opened.document.records) if state == "new" else list(revision.records) if revision else []
    brought = PackBrought(
        case_ref=pack.reference,
        version=pack.version,
        state=state,
        version_here=taken_version(kept, pack.reference),
        changes=in_words(revision.changes) if revision else {},
        to_choose=len(revision.competing) if revision else 0,
        is_same_key=not kept or _is_known_key(kept, checked.fingerprint or ""),
        records=len(records) + 1 if records else 0,
        referrer=pack.referrer.name,
        organisation=pack.referrer.organisation or "",
        fingerprint=checked.fingerprint or "",
        is_trusted=checked.trusted,
        alike=alike,
    )
    return brought, records, revision


def _state(opened: OpenedPack, kept: Sequence[AnyRecord]) -> State:
    if not kept:
        return "new"
    pack = opened.pack
    taken = dict(_notes(kept, pack.reference))
    if not taken:
        raise PackNotTaken(_ANOTHER)
    if pack.version in taken:
        if not _is_same_pack(opened, taken[pack.version], kept):
            raise PackNotTaken(_TWO_OF_ONE)
        return "known"
    if pack.version < max(taken):
        return "older"
    if withdrawn_on(kept):
        raise PackNotTaken(_WITHDRAWN)
    return "newer"


def _is_same_pack(opened: OpenedPack, note: AnyRecord, kept: Sequence[AnyRecord]) -> bool:
    """Whether it is the pack that a note came with: two who took a family over might each make a version of it."""
    begins = f"{_RECEIVED} {opened.pack.reference}, version {opened.pack.version}"
    files = [each for each in _receipts(kept) if each.startswith((f"{begins}.", f"{begins},")) and _FILE in each]
    if files:
        return any(opened.checked.sha256 in each for each in files)
    same = next(each for each in opened.document.records if each.kind == "note")
    return bool(same.body == note.body)


def _is_known_key(kept: Sequence[AnyRecord], fingerprint: str) -> bool:
    """Whether the newest version that was taken was sealed with this key."""
    receipts = _receipts(kept)
    return bool(receipts and fingerprint) and f"Fingerprint of the key: {fingerprint}." in receipts[-1]


def _receipts(kept: Sequence[AnyRecord]) -> list[str]:
    """The first block of each note of a receipt, the oldest first."""
    notes = sorted((each for each in kept if each.kind == "note"), key=lambda each: each.recorded_at)
    firsts = [each.body.blocks[0].text for each in notes if each.body.blocks]
    return [each for each in firsts if each.startswith(_RECEIVED)]


def _received(who: str, opened: OpenedPack, brought: PackBrought, on: date, at: datetime) -> AnyRecord:
    """That it was received, by whom, by whose key it was sealed, and what a newer version says otherwise."""
    pack, checked = opened.pack, opened.checked
    sealed = f", sealed on {day_text(checked.signed_at.date())}" if checked.signed_at else ""
    known = "It is one that was trusted." if checked.trusted else "Compare it with the referrer on the telephone."
    if not brought.is_same_key:
        known = f"It is another key than that of version {brought.version_here}. {known}"
    says = "What the records of this case say is what the pack says."
    if brought.version_here:
        says = f"It takes the place of version {brought.version_here}. What was recorded here since stays."
    text = (
        f"{_RECEIVED} {pack.reference}, version {pack.version}{sealed}. {says} "
        f"Fingerprint of the key: {checked.fingerprint}. {known} {_FILE} {checked.sha256}."
    )
    changes = [
        NoteBlock(type="fact", text="\n".join([f"{HEADINGS[state]}:", *lines]))
        for state, lines in brought.changes.items()
        if lines
    ]
    return Record(
        id=str(uuid.uuid4()),
        happened_on=When(on),
        recorded_at=at,
        recorded_by=who or None,
        body=Note(type="decision", blocks=(NoteBlock(type="fact", text=text), *changes)),
    )
