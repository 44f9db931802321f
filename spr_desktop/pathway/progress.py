"""Rules G: after the pack has gone (pathway.md section 4 G)."""

from __future__ import annotations

from typing import Final

from spr_desktop.pathway.ages import days_after
from spr_desktop.pathway.facts import Facts
from spr_desktop.pathway.finding import CASE, Findings, Rule, caution, not_yet, passes
from spr_desktop.records.record import Record
from spr_desktop.records.work import ReferralProgress


def _steps(facts: Facts, *steps: str) -> list[Record[ReferralProgress]]:
    return [each for each in facts.case.every(ReferralProgress) if each.body.step in steps]


def g02(facts: Facts) -> Findings:
    """The referral was discussed with the SPR team before it was accepted."""
    discussed = _steps(facts, "spr_discussion")
    for accepted in _steps(facts, "accepted"):
        if any(each.happened_on.day <= accepted.happened_on.day for each in discussed):
            yield passes(CASE, [accepted, *discussed])
        else:
            yield not_yet(
                CASE,
                [accepted, *discussed],
                "The referral was accepted, and no discussion with the SPR team is on record.",
                "Record when it was discussed.",
            )


def g03(facts: Facts) -> Findings:
    """The SPR team decides within some weeks."""
    sent = next(reversed(_steps(facts, "sent")), None)
    if sent is None:
        return
    decided = [each for each in _steps(facts, "accepted", "declined") if each.happened_on.day >= sent.happened_on.day]
    if not decided and (facts.as_of - sent.happened_on.day).days > facts.limits.decision_days:
        yield caution(
            CASE, [sent], "The pack was sent, and there is no decision yet.", "Ask the SPR team how it stands."
        ).with_timing("overdue", days_after(sent.happened_on.day, facts.limits.decision_days))
    else:
        yield passes(CASE, [sent, *decided])


def g04(facts: Facts) -> Findings:
    """The provider sees each parent within some weeks."""
    accepted = next(reversed(_steps(facts, "accepted")), None)
    if accepted is None:
        return
    for person in facts.adults_taking_part:
        assessed = [
            each
            for each in _steps(facts, "initial_assessment")
            if each.body.person_id == person and each.happened_on.day >= accepted.happened_on.day
        ]
        if not assessed and (facts.as_of - accepted.happened_on.day).days > facts.limits.assessment_days:
            yield caution(
                person,
                [accepted],
                "The referral was accepted, and this parent has had no initial assessment.",
                "Ask the provider when they will meet.",
            ).with_timing("overdue", days_after(accepted.happened_on.day, facts.limits.assessment_days))
        else:
            yield passes(person, [accepted, *assessed])


RULES: Final[dict[str, Rule]] = {"G02": g02, "G03": g03, "G04": g04}
