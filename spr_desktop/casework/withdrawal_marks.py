"""That the sender of a pack withdrew it, as it stands in a case that came by the pack: a note of fixed form."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from spr_desktop.records.case import Case
from spr_desktop.records.record import AnyRecord
from spr_desktop.records.work import Note, ReferralProgress

MARK: Final = "The sender withdrew this referral."
"""How the note begins."""
_OVER: Final = frozenset({"declined", "completed", "ended_early"})


def withdrawn_on(records: Iterable[AnyRecord]) -> date | None:
    """On which day it became known here that the sender withdrew the referral; None where nobody did."""
    return min((each.happened_on.day for each in records if _is_mark(each)), default=None)


def to_be_ended_since(case: Case) -> date | None:
    """Since when a withdrawn referral waits for it to be recorded that the work ended; None where nothing waits."""
    marks = [each for each in case.every(Note) if _is_mark(each)]
    if not marks:
        return None
    over = [each.recorded_at for each in case.every(ReferralProgress) if each.body.step in _OVER]
    known = min(each.recorded_at for each in marks)
    return None if any(at > known for at in over) else marks[0].happened_on.day


def _is_mark(record: AnyRecord) -> bool:
    body = record.body
    is_decision = isinstance(body, Note) and body.type == "decision"
    return is_decision and bool(body.blocks) and body.blocks[0].text.startswith(MARK)
