"""What a rule finds, before findings are put together into one result for each subject."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from spr_desktop.pathway.facts import Facts
from spr_desktop.pathway.result import CASE, Outcome, Timing
from spr_desktop.records.record import AnyRecord

NOTHING_AGAINST = "Nothing stands against it."


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One clause of a rule that fits a subject.

    ``records`` are those that the clause read; a caution can be accepted only by somebody who could have seen them all.
    """

    subject: str
    outcome: Outcome
    records: tuple[AnyRecord, ...]
    reason: str = NOTHING_AGAINST
    next_step: str = ""
    urgent: bool = False
    needs_manager: bool = False
    timing: Timing | None = None
    due_on: date | None = None

    def by_manager(self) -> Finding:
        """The same, to be accepted with a manager's name only."""
        return replace(self, needs_manager=True)

    def with_timing(self, timing: Timing | None, due_on: date | None) -> Finding:
        """The same, with the day on which something must be done or becomes possible."""
        return replace(self, timing=timing, due_on=due_on)


Findings = Iterator[Finding]
Rule = Callable[[Facts], Findings]

_Records = Iterable[AnyRecord | None]


def _known(records: _Records) -> tuple[AnyRecord, ...]:
    return tuple(each for each in records if each is not None)


def passes(subject: str, records: _Records, reason: str = NOTHING_AGAINST) -> Finding:
    """Nothing against it."""
    return Finding(subject=subject, outcome="pass", records=_known(records), reason=reason)


def caution(subject: str, records: _Records, reason: str, next_step: str) -> Finding:
    """It may go ahead once somebody has recorded why."""
    return Finding(subject=subject, outcome="caution", records=_known(records), reason=reason, next_step=next_step)


def not_yet(subject: str, records: _Records, reason: str, next_step: str) -> Finding:
    """Something is missing, unknown, out of date or unresolved."""
    return Finding(subject=subject, outcome="not_yet", records=_known(records), reason=reason, next_step=next_step)


def stop(subject: str, records: _Records, reason: str, next_step: str, *, urgent: bool = False) -> Finding:
    """It must not be referred."""
    return Finding(
        subject=subject,
        outcome="stop",
        records=_known(records),
        reason=reason,
        next_step=next_step,
        urgent=urgent,
    )


def said_day(day: date) -> str:
    """A day in a reason; how many days ago it was would be another reason every day."""
    return f"{day.day} {day:%B %Y}"


__all__ = ["CASE", "Finding", "Findings", "Rule", "caution", "not_yet", "passes", "said_day", "stop"]
