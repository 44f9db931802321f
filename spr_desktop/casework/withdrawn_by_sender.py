"""A notice that packs are withdrawn, received: families that came by them are marked, so that nobody acts on them.

The records have no kind for it, so the mark is a note of fixed form. A notice names packs and nobody, and carries no
data: the references are read from its pages.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.errors import PackNotTaken
from spr_desktop.casework.files import read_file
from spr_desktop.casework.newer_packs import came_by_pack
from spr_desktop.casework.refreshing import work_out
from spr_desktop.casework.withdrawal_marks import MARK, MARK_BY_OTHER_KEY, mark_of, withdrawn_on
from spr_desktop.casework.words import day_text
from spr_desktop.records.record import AnyRecord, Record, now
from spr_desktop.records.references import ALPHABET
from spr_desktop.records.values import When
from spr_desktop.records.work import Note, NoteBlock
from spr_desktop.vault.appending import Addition, Ledgers

if TYPE_CHECKING:
    from spr_desktop.documents.verify import Verification

_REFERENCE: Final = re.compile(rf"(?<![\w-])[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}(?![\w-])")
_CHANGED: Final = "The notice is not as it was sealed. Ring the sender."
_NOT_TRUSTED: Final = "The notice is sealed with another key than the certificate that you named. Ring the sender."
_WITHDRAWN: Final = "withdrawn_packs"
"""The setting with the references that notices named, each with the fingerprints of the keys of those notices, so that
such a pack is not taken later either."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedNotice:
    """A notice that is as it was sealed."""

    reference: str
    named: frozenset[str]
    """References on its pages."""
    checked: Verification


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeBrought:
    """What a notice means for the families of a vault."""

    reference: str
    families: tuple[str, ...]
    """References of the families that came by a pack that it names, and are to be marked, or were."""
    new: tuple[str, ...]
    """Those of them that were not marked before."""
    other_key: tuple[str, ...]
    """Those of which a pack was sealed with another key than the notice."""
    fingerprint: str
    is_trusted: bool


def open_notice(path: Path, passphrase: str, trust: Sequence[Path] = ()) -> OpenedNotice | None:
    """Open a withdrawal notice; None where the file is something else.

    Raises FileFault, PackNotTaken where it was changed or another key was named, NotAPack, WrongPackPassphrase and
    NotACertificate.
    """
    from spr_desktop.documents.passphrase import as_sealed
    from spr_desktop.documents.reading import texts_of_pages, title_of
    from spr_desktop.documents.verify import verify
    from spr_desktop.documents.withdrawal import WithdrawalNotice

    sealed = read_file(path)
    checked = verify(sealed, passphrase, [read_file(each) for each in trust])
    if not checked.valid:
        raise PackNotTaken(_CHANGED)
    opens_with = as_sealed(passphrase)
    reference = checked.document_ref
    if reference is None or title_of(sealed, opens_with) != f"{WithdrawalNotice.called} {reference}":
        return None
    if trust and not checked.trusted:
        raise PackNotTaken(_NOT_TRUSTED)
    found = {each for page in texts_of_pages(sealed, opens_with) for each in _REFERENCE.findall(page)}
    return OpenedNotice(reference=reference, named=frozenset(found - {reference}), checked=checked)


def notice_in(path: Path, passphrase: str, trust: Sequence[Path] = ()) -> OpenedNotice | None:
    """The notice in a file that is as it was sealed; None where the file is another document, or its key not trusted.

    Raises FileFault and NotACertificate.
    """
    try:
        return open_notice(path, passphrase, trust)
    except PackNotTaken:
        return None


def look_at_notice(caseload: Caseload, notice: OpenedNotice) -> NoticeBrought:
    """What a notice means for the families that are here; nothing is marked."""
    return _brought(notice, {each: caseload.vault.records(each) for each in _here(caseload, notice)})


def take_notice(caseload: Caseload, notice: OpenedNotice, on: date) -> NoticeBrought:
    """Mark every family that came by a pack of a notice: all of them or none.

    What it names is remembered, so that none of it is taken later.
    """
    refs = _here(caseload, notice)
    named = _named_in_notices(caseload)
    for each in sorted(notice.named):
        named[each] = sorted({*named.get(each, ()), notice.checked.fingerprint or ""})
    outcome: list[NoticeBrought] = []

    def plan(ledgers: Ledgers) -> Addition:
        brought = _brought(notice, ledgers)
        outcome.append(brought)
        records = {each: [_note(caseload, notice, each in brought.other_key, on)] for each in brought.new}
        return Addition(
            records,
            {_WITHDRAWN: json.dumps(named)},
            [("notice_received", each, notice.reference) for each in brought.new],
        )

    caseload.vault.add(refs, plan, work_out, on)
    return outcome[-1]


def notice_in_words(brought: NoticeBrought) -> list[str]:
    """What a notice means here, in words that name nobody."""
    if not brought.families:
        return ["None of the packs that it names was taken here. Do not take them."]
    many = "This family" if len(brought.families) == 1 else "These families"
    said = [f"{many} came by a pack that the notice withdraws: {', '.join(brought.families)}."]
    if not brought.new:
        return [*said, "That is on record already."]
    said.append("Do not act on it, and make no contact with anybody because of it. Record that the work ended.")
    if brought.other_key:
        which = ", ".join(brought.other_key)
        said.append(f"The notice has another key than the pack of {which}: ring the sender on a number from elsewhere.")
    return said


def keys_of_notices(caseload: Caseload, reference: str) -> frozenset[str]:
    """Fingerprints of the keys of the notices that were taken here and name a pack; empty where none does."""
    return frozenset(_named_in_notices(caseload).get(reference, ()))


def _named_in_notices(caseload: Caseload) -> dict[str, list[str]]:
    named: dict[str, list[str]] = json.loads(caseload.vault.setting(_WITHDRAWN) or "{}")
    return named


def _here(caseload: Caseload, notice: OpenedNotice) -> list[str]:
    """A family that came by a pack has the reference of the pack."""
    return sorted(notice.named & set(caseload.vault.case_refs()))


def _brought(notice: OpenedNotice, ledgers: Ledgers) -> NoticeBrought:
    came = {each: records for each, records in ledgers.items() if came_by_pack(records, each)}
    fingerprint = notice.checked.fingerprint or ""
    others = {each for each, records in came.items() if not _names_key(records, fingerprint)}

    def is_known(case_ref: str) -> bool:
        """Marked before, unless by a stranger's notice only and now by the sender's."""
        records = came[case_ref]
        return withdrawn_on(records) is not None and (case_ref in others or mark_of(records) == MARK)

    return NoticeBrought(
        reference=notice.reference,
        families=tuple(came),
        new=tuple(each for each in came if not is_known(each)),
        other_key=tuple(each for each in came if each in others),
        fingerprint=fingerprint,
        is_trusted=notice.checked.trusted,
    )


def _names_key(records: Iterable[AnyRecord], fingerprint: str) -> bool:
    texts = [block.text for each in records if isinstance(each.body, Note) for block in each.body.blocks]
    return bool(fingerprint) and any(f"Fingerprint of the key: {fingerprint}." in each for each in texts)


def _note(caseload: Caseload, notice: OpenedNotice, is_other_key: bool, on: date) -> AnyRecord:
    signed = notice.checked.signed_at
    sealed = f", sealed on {day_text(signed.date())}" if signed else ""
    mark, key = MARK, "It is sealed with the key of the pack."
    if is_other_key:
        mark = MARK_BY_OTHER_KEY
        key = "It is sealed with another key than the pack: ring the sender on a number that you know."
    text = (
        f"{mark} By notice {notice.reference}{sealed}. Do not act on it, and make no contact with anybody because of "
        f"it. {key} Fingerprint: {notice.checked.fingerprint}."
    )
    return Record(
        id=str(uuid.uuid4()),
        happened_on=When(on),
        recorded_at=now(),
        recorded_by=caseload.practitioner.name or None,
        body=Note(type="decision", blocks=(NoteBlock(type="fact", text=text),)),
    )
