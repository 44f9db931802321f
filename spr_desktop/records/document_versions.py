"""Versions of a document: every one has the same reference, and the SHA-256 of its file tells it from the others.

Records have no field for a version (records.md), so it is counted: version n is the nth file that was recorded as made
under a reference, in the order in which that was written down.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from spr_desktop.records.case import Case
from spr_desktop.records.record import Record
from spr_desktop.records.references import is_reference
from spr_desktop.records.work import DocumentMade, DocumentRevoked, DocumentSent, Referral

PACK: Final = "referral-pack"
"""The kind of which there are versions; every other document is a new one each time."""


def versions(case: Case, reference: str) -> dict[str, int]:
    """The version of each file that was ever made under a reference, by its SHA-256; corrected records count once."""
    made = [each for each in case.ever(DocumentMade) if each.body.document_id == reference]
    made.sort(key=lambda each: (each.recorded_at, each.id))
    return {sha256: number for number, sha256 in enumerate(dict.fromkeys(each.body.sha256 for each in made), 1)}


def version_sent(case: Case, sent: Record[DocumentSent]) -> int:
    """Which version was sent; where its SHA-256 is of none, the newest of those that there were by then."""
    known = versions(case, sent.body.document_id)
    if sent.body.sha256 in known:
        return known[sent.body.sha256]
    before = {
        each.body.sha256
        for each in case.ever(DocumentMade)
        if each.body.document_id == sent.body.document_id and each.recorded_at <= sent.recorded_at
    }
    return max((number for sha256, number in known.items() if sha256 in before), default=1)


def withdrawn(case: Case) -> frozenset[str]:
    """References that are withdrawn, with every version that they have."""
    return frozenset(each.body.document_id for each in case.every(DocumentRevoked))


def newest_packs(case: Case) -> list[Record[DocumentMade]]:
    """The newest version of each pack that stands, in the order in which they were made."""
    gone = withdrawn(case)
    standing = [each for each in case.every(DocumentMade) if each.body.document == PACK]
    newest: dict[str, Record[DocumentMade]] = {}
    for each in sorted(standing, key=lambda each: (each.recorded_at, each.id)):
        if each.body.document_id not in gone:
            newest.pop(each.body.document_id, None)
            newest[each.body.document_id] = each
    return list(newest.values())


def pack_to_continue(case: Case, service: str | None) -> Record[DocumentMade] | None:
    """The newest version of the pack of which one for a service is the next version; None where it is a new pack.

    ``case`` is folded without a day: whatever is written down counts. Only a reference of the usual form goes on: other
    programs may have recorded anything.
    """
    for each in reversed(newest_packs(case)):
        if is_reference(each.body.document_id) and _service_then(case, each) == service:
            return each
    return None


def _service_then(case: Case, made: Record[DocumentMade]) -> str | None:
    """For which service a pack was made: by what was written down until then."""
    known = [each for each in case.records if each.recorded_at <= made.recorded_at]
    referral = Case(case.case_ref, known, made.happened_on.day).body(Referral)
    return referral.service if referral else None


def is_sent(case: Case, made: Record[DocumentMade]) -> bool:
    """Whether it is on record that this very version was sent."""
    number = versions(case, made.body.document_id)[made.body.sha256]
    return number in sent_versions(case, made.body.document_id)


def sent_versions(case: Case, reference: str) -> set[int]:
    """Which versions of a document are recorded as sent."""
    return {version_sent(case, each) for each in case.every(DocumentSent) if each.body.document_id == reference}


def in_hands(case: Case, of: Sequence[Record[DocumentMade]]) -> list[Record[DocumentMade]]:
    """Of each pack the version that its readers have: the newest that was sent or, where none was, the newest made."""
    found = []
    for each in of:
        reference = each.body.document_id
        known, sent = versions(case, reference), sent_versions(case, reference)
        made = [one for one in case.every(DocumentMade) if one.body.document_id == reference]
        went_out = [one for one in made if known[one.body.sha256] in sent]
        found.append(max(went_out, key=lambda one: known[one.body.sha256]) if went_out else each)
    return found
