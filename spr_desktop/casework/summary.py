"""One line about a case: what to do next, how it stands, when something is due."""

from __future__ import annotations

from datetime import date
from typing import Final

from spr_desktop.casework.due import due_lines
from spr_desktop.casework.withdrawal_marks import MARK, mark_of, to_be_ended_since
from spr_desktop.pathway.next_change import next_change
from spr_desktop.pathway.result import SEVERITY, Decision, RuleResult
from spr_desktop.records.case import Case
from spr_desktop.records.document_versions import is_sent, newest_packs, versions
from spr_desktop.records.people import Person
from spr_desktop.records.safety import SafetyConversation
from spr_desktop.records.work import Note, ReferralProgress, TouchPoint
from spr_desktop.vault.caseload import CaseSummary as CaseSummary  # the window knows it from here

_GROUPS: Final = "ABDCEFG"
"""The order in which things are done: safety, suitability, readiness, the right service, wrap-around, agreement."""

_MEETINGS: Final = frozenset({"contact", "visit", "phone", "meeting"})
_WITHDRAWN: Final = "Do not act on it: the sender withdrew the referral. Record that it ended."
_WITHDRAWN_PERHAPS: Final = (
    "Do not act on it: a notice withdraws the referral, with another key than the pack. Ring the sender, and record "
    "that it ended if so."
)


def summarise(case: Case, decision: Decision, as_of: date) -> CaseSummary:
    """The line that the caseload shows for a case, folded and decided on the day."""
    due = due_lines(case, decision)
    return CaseSummary(
        case_ref=case.case_ref,
        names=_names(case),
        service=decision.service,
        outcome=decision.outcome,
        ready=decision.ready,
        urgent=decision.urgent,
        next_step=next_step(case, decision),
        due_on=due[0].due_on if due else None,
        last_contact=_last_contact(case),
        as_of=as_of,
        changes_on=next_change(case, as_of),
        due=due,
    )


def in_order_of_work(decision: Decision) -> list[RuleResult]:
    """What stands in the way, in the order in which it is best done: emergencies and stops, then step by step."""
    somebody_takes_part = any(each.rule == "A01" for each in decision.rules)

    def place(result: RuleResult) -> tuple[object, ...]:
        return (
            not result.urgent,
            -SEVERITY[result.outcome],
            result.rule == "A14",  # says again what the rule that stops has said
            somebody_takes_part or result.rule != "C00",  # without people the other rules have little to speak of
            _GROUPS.index(result.rule[0]),
            result.rule,
        )

    return sorted(decision.in_the_way, key=place)


def next_step(case: Case, decision: Decision) -> str:
    """The one thing to do next, as a sentence that names nobody."""
    waiting = in_order_of_work(decision)
    if to_be_ended_since(case) and not decision.urgent:
        return _WITHDRAWN if mark_of(case.records) == MARK else _WITHDRAWN_PERHAPS
    if waiting:
        return waiting[0].next_step
    steps = {each.body.step for each in case.every(ReferralProgress)}
    if "sent" in steps and has_version_to_send(case):
        return "Send the new version of the referral pack, and record that it was sent."
    if "started" in steps:
        return "Touch base with each parent before each session."
    if "accepted" in steps:
        return "Wait for the provider to see each parent."
    if "sent" in steps:
        return "Wait for the SPR team's decision."
    if newest_packs(case):
        return "Send the referral pack, and record that it was sent."
    return "Make the referral pack."


def has_version_to_send(case: Case) -> bool:
    """Whether the newest pack takes the place of an earlier version, and did not go out yet."""
    packs = newest_packs(case)
    return bool(packs) and len(versions(case, packs[-1].body.document_id)) > 1 and not is_sent(case, packs[-1])


def _names(case: Case) -> tuple[str, ...]:
    """Every name a person of the case goes by, parents first."""
    people = sorted(case.people.values(), key=lambda each: each.body.role != "parent_carer")
    return tuple(dict.fromkeys(name for each in people for name in _names_of(each.body)))


def _names_of(person: Person) -> list[str]:
    return [person.full_name, *([person.preferred_name] if person.preferred_name else [])]


def _last_contact(case: Case) -> date | None:
    days = [each.happened_on.day for each in case.every(SafetyConversation) if each.body.state != "declined"]
    days += [each.happened_on.day for each in case.every(TouchPoint)]
    days += [each.happened_on.day for each in case.every(Note) if each.body.type in _MEETINGS]
    return max(days, default=None)
