"""What the pathway answers: one finding a rule and subject, and the decision they add up to (pathway.md section 2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

Outcome = Literal["pass", "caution", "not_yet", "stop"]
StopKind = Literal["safety", "suitability"]
Timing = Literal["due", "overdue"]

SEVERITY: Final[dict[Outcome, int]] = {"pass": 0, "caution": 1, "not_yet": 2, "stop": 3}
CASE: Final = "case"
"""The subject of what is about the case as a whole."""


def worst(outcomes: list[Outcome]) -> Outcome:
    """The worst of some outcomes; *pass* where there are none."""
    return max(outcomes, key=SEVERITY.__getitem__, default="pass")


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleResult:
    """What one rule says of one subject, and what would change it."""

    rule: str
    subject: str
    """A person's id, or ``case``."""
    outcome: Outcome
    kind: StopKind | None
    """For a stop only."""
    accepted: bool
    urgent: bool
    needs_manager: bool
    timing: Timing | None
    due_on: date | None
    reason: str
    next_step: str
    source: str
    records: tuple[str, ...]
    """Ids of the records that the answer rests on."""

    @property
    def stands_in_the_way(self) -> bool:
        """Whether a pack cannot be made because of it."""
        return self.outcome in ("stop", "not_yet") or (self.outcome == "caution" and not self.accepted)

    def plain(self) -> dict[str, Any]:
        """The values of JSON that stand for it."""
        return {
            "rule": self.rule,
            "subject": self.subject,
            "outcome": self.outcome,
            "kind": self.kind,
            "accepted": self.accepted,
            "urgent": self.urgent,
            "needs_manager": self.needs_manager,
            "timing": self.timing,
            "due_on": self.due_on.isoformat() if self.due_on else None,
            "reason": self.reason,
            "next_step": self.next_step,
            "source": self.source,
            "records": list(self.records),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What the pathway says of a case on a day. It never says "safe": at best, that no indicators were recorded."""

    case_ref: str
    as_of: date
    pathway: str
    pathway_version: str
    pathway_sha256: str
    service: str | None
    rules: tuple[RuleResult, ...]
    """Sorted by rule, then subject."""

    @property
    def outcome(self) -> Outcome:
        """The worst of the rules."""
        return worst([each.outcome for each in self.rules])

    @property
    def ready(self) -> bool:
        """Whether a pack may be made: nothing stops, nothing is missing, every caution is accepted."""
        return not self.in_the_way

    @property
    def urgent(self) -> bool:
        """Whether emergency steps come first."""
        return any(each.urgent for each in self.rules)

    @property
    def in_the_way(self) -> list[RuleResult]:
        """What stands in the way of a pack, worst first."""
        found = [each for each in self.rules if each.stands_in_the_way]
        return sorted(found, key=lambda each: (-SEVERITY[each.outcome], not each.urgent))

    def of(self, rule: str, subject: str = CASE) -> RuleResult | None:
        """What one rule says of one subject; None where it had nothing to say."""
        return next((each for each in self.rules if (each.rule, each.subject) == (rule, subject)), None)

    def plain(self) -> dict[str, Any]:
        """The values of JSON that stand for it."""
        return {
            "case_ref": self.case_ref,
            "as_of": self.as_of.isoformat(),
            "pathway": self.pathway,
            "pathway_version": self.pathway_version,
            "service": self.service,
            "outcome": self.outcome,
            "ready": self.ready,
            "urgent": self.urgent,
            "rules": [each.plain() for each in self.rules],
        }
