"""Packs that went out before something changed which their readers must know of: then they are to be withdrawn.

What changes it: an agreement that was taken back, something new about safety, and whatever makes the pathway stop. What
counts is when it was written down: what happened earlier and is known only now is news to the readers all the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from spr_desktop.pathway.result import Decision
from spr_desktop.records.agreement import Agreement
from spr_desktop.records.case import Case
from spr_desktop.records.document_versions import in_hands, newest_packs
from spr_desktop.records.safety import LifeEvent, SafetyInformation
from spr_desktop.records.work import DocumentMade, DocumentSent

_TAKEN_BACK: Final = "an agreement was taken back"
_SAFETY: Final = "there is something new about safety"
_STOP: Final = "the checks say stop"
_SOMEBODY: Final = "Whoever received it"


@dataclass(frozen=True, slots=True, kw_only=True)
class GoneOut:
    """Packs that stand although something has changed since."""

    packs: tuple[str, ...]
    """Their references, the oldest first; each once, however many versions there are."""
    newer: tuple[str, ...]
    """Those of which a newer version was made since, and is not recorded as sent."""
    recipients: tuple[str, ...]
    why: tuple[str, ...]
    """What has changed, in words that name nobody."""
    since: date
    """The day on which the first of it was written down."""

    @property
    def words(self) -> str:
        """What is to be done, in a few words."""
        many = "1 pack" if len(self.packs) == 1 else f"{len(self.packs)} packs"
        return f"Withdraw what went out: {many}"


def gone_out(case: Case, decision: Decision) -> GoneOut | None:
    """The packs that are to be withdrawn; None where there are none, or nothing has changed since.

    Of a pack with several versions the one counts that its readers have: a newer one that was made knowing what has
    changed, and was sent, leaves nothing to withdraw.
    """
    newest = newest_packs(case)
    changes = _changes(case, decision)
    reached = [each for each in in_hands(case, newest) if any(at > each.recorded_at for at, _ in changes)]
    if not reached:
        return None
    first = min(each.recorded_at for each in reached)
    since = sorted((at, why) for at, why in changes if at > first)
    ids = {each.body.document_id for each in reached}
    named = [each.body.recipient for each in case.every(DocumentMade) if each.body.document_id in ids]
    named += [each.body.recipient for each in case.every(DocumentSent) if each.body.document_id in ids]
    recipients = dict.fromkeys(each or _SOMEBODY for each in named)
    return GoneOut(
        packs=tuple(each.body.document_id for each in reached),
        newer=tuple(each.body.document_id for each in newest if each.body.document_id in ids and each not in reached),
        recipients=tuple(recipients),
        why=tuple(dict.fromkeys(why for _, why in since)),
        since=since[0][0].date(),
    )


def _changes(case: Case, decision: Decision) -> list[tuple[datetime, str]]:
    """When something was written down that readers must know of, and what it is."""
    taken_back = [each for each in case.current(Agreement).values() if each.body.agreed in ("withdrawn", "no")]
    news = [each.recorded_at for each in case.every(SafetyInformation)]
    news += [each.recorded_at for each in case.every(LifeEvent) if each.body.safety_relevant != "no"]
    rests_on = {record for each in decision.rules if each.outcome == "stop" for record in each.records}
    stops = [each.recorded_at for each in case.records if each.id in rests_on]
    return [
        *((each.recorded_at, _TAKEN_BACK) for each in taken_back),
        *((at, _SAFETY) for at in news),
        *((at, _STOP) for at in stops),
    ]
