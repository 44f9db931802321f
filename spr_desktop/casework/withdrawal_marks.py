"""That the sender of a pack withdrew it, as it stands in a case that came by the pack: a note of fixed form."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from spr_desktop.records.case import Case
from spr_desktop.records.record import AnyRecord
from spr_desktop.records.work import REFERRAL_OVER, Note, ReferralProgress

MARK: Final = "The sender withdrew this referral."
"""How the note begins."""
MARK_BY_OTHER_KEY: Final = "A notice with another key than the pack says that the sender withdrew this referral."
"""How it begins where that is not shown to be the sender's word."""


def withdrawn_on(records: Iterable[AnyRecord]) -> date | None:
    """On which day it became known here that the sender withdrew the referral; None where nobody did.

    A mark that was corrected, because the sender said otherwise, counts no more.
    """
    return min((each.happened_on.day for each in _standing(records)), default=None)


def mark_of(records: Iterable[AnyRecord]) -> str:
    """What is known: that the sender withdrew it or, where no notice has the key of the pack, that a notice says so."""
    texts = [each.body.blocks[0].text for each in _standing(records)]
    return MARK_BY_OTHER_KEY if texts and not any(each.startswith(MARK) for each in texts) else MARK


def to_be_ended_since(case: Case) -> date | None:
    """Since when a withdrawn referral waits for it to be recorded that the work ended; None where nothing waits."""
    marks = [each for each in case.every(Note) if _is_mark(each)]
    if not marks:
        return None
    over = [each.recorded_at for each in case.every(ReferralProgress) if each.body.step in REFERRAL_OVER]
    known = min(each.recorded_at for each in marks)
    return None if any(at > known for at in over) else marks[0].happened_on.day


def _standing(records: Iterable[AnyRecord]) -> list[AnyRecord]:
    """The marks that nobody corrected."""
    every = list(records)
    superseded = {named for each in every for named in each.supersedes}
    return [each for each in every if _is_mark(each) and each.id not in superseded]


def _is_mark(record: AnyRecord) -> bool:
    body = record.body
    is_decision = isinstance(body, Note) and body.type == "decision"
    return is_decision and bool(body.blocks) and body.blocks[0].text.startswith((MARK, MARK_BY_OTHER_KEY))
