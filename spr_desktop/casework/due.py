"""What is due in a case and by when: what a rule asks for already, and what runs out unless somebody sees to it.

A line names nobody, and says the same on every day until the case or the decision changes, so that it can be kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from spr_desktop.casework.gone_out import gone_out
from spr_desktop.casework.withdrawal_marks import MARK, mark_of, to_be_ended_since
from spr_desktop.pathway.ages import days_after
from spr_desktop.pathway.agreement import is_usable
from spr_desktop.pathway.definition import definition
from spr_desktop.pathway.facts import Facts
from spr_desktop.pathway.result import CASE, Decision, RuleResult
from spr_desktop.records.agreement import Agreement
from spr_desktop.records.case import Case
from spr_desktop.records.people import ContactPoint
from spr_desktop.records.record import AnyRecord, Record
from spr_desktop.records.safety import SafetyAction
from spr_desktop.records.suitability import Suitability
from spr_desktop.records.work import REFERRAL_OVER, Referral, ReferralProgress, Session, TouchPoint
from spr_desktop.vault.caseload import CaseDue as CaseDue  # the window knows them from here
from spr_desktop.vault.caseload import DueLine as DueLine

WORDS: Final = {
    "A10": "Repeat the safety conversation",
    "A13": "Record what was done about the stop",
    "B01": "Ask again whether there is a crisis",
    "C10": "Look again: the child is old enough for family counselling",
    "F08": "Ask again whether this parent agrees",
    "F10": "Re-confirm a contact",
    "G03": "Chase the SPR team's decision",
    "G04": "Ask the provider about the first meeting",
}
"""What is to be done, by the rule that asks for it; for sessions the words name the day."""

WITHDRAW: Final = "withdraw"
"""In the place of a rule, of what no rule asks for: making the notice that packs are withdrawn."""

WITHDRAWN: Final = "withdrawn"
"""The same of a family that came by a pack, which its sender withdrew."""

_STATES: Final = ("sent", "accepted", "declined", "started", "completed", "ended_early")


def due_lines(case: Case, decision: Decision) -> tuple[DueLine, ...]:
    """What must be done by a day, in order. The decision is of the day on which the case was folded.

    Where the work is over, nothing is but what is still to be done about a stop, and about packs that went out.
    """
    facts = Facts(case, decision.as_of, definition(), decision.service)
    lines = {*_open_safety_action(case, decision), *_to_withdraw(case, decision), *_withdrawn(case)}
    state = _state(case)
    if state not in REFERRAL_OVER:
        lines |= {*_asked_for(decision), *_reviews(facts)}
        if decision.outcome != "stop":
            lines |= {*_sessions(facts), *_answers(facts, decision)}
            if state != "started":
                lines |= set(_running_out(facts, decision))
    return tuple(sorted(lines))


def _state(case: Case) -> str | None:
    """How far the newest referral has come; None while it is being prepared."""
    steps = [each for each in case.every(ReferralProgress) if each.body.step in _STATES]
    referral = case.latest(Referral)
    if not steps or (steps[-1].body.step in REFERRAL_OVER and referral and referral.order > steps[-1].order):
        return None
    return steps[-1].body.step


def _open_safety_action(case: Case, decision: Decision) -> Iterator[DueLine]:
    """A13: due at once, which is the day of the stop."""
    missing, stopped = decision.of("A13"), decision.of("A14")
    if missing is None or stopped is None or not missing.stands_in_the_way:
        return
    acted_until = max((each.happened_on.day for each in case.every(SafetyAction)), default=date.min)
    stops = [each for each in case.records if each.id in stopped.records]
    days = [_day_known(each) for each in stops if each.happened_on.day > acted_until]
    yield DueLine(min(days), "A13", CASE, WORDS["A13"])


def _to_withdraw(case: Case, decision: Decision) -> Iterator[DueLine]:
    """At once, where something has changed that the readers of a pack must know of."""
    found = gone_out(case, decision)
    if found:
        yield DueLine(found.since, WITHDRAW, CASE, found.words)


def _withdrawn(case: Case) -> Iterator[DueLine]:
    """At once, where the sender of a pack withdrew it, until it is recorded that the work ended."""
    since = to_be_ended_since(case)
    if since:
        words = "Do not act on it: the sender withdrew the referral"
        if mark_of(case.records) != MARK:
            words = "Do not act on it, and ring the sender: a notice with another key withdraws the referral"
        yield DueLine(since, WITHDRAWN, CASE, words)


def _day_known(record: AnyRecord) -> date:
    """The day on which something happened, or was written down if it was dated later."""
    return min(record.happened_on.day, record.recorded_at.date())


def _asked_for(decision: Decision) -> Iterator[DueLine]:
    """What a rule asks for by a day, and nobody has accepted instead."""
    for result in decision.rules:
        if result.due_on and result.stands_in_the_way:
            yield DueLine(result.due_on, result.rule, result.subject, _words(result, result.due_on))


def _words(result: RuleResult, due_on: date) -> str:
    if result.rule != "E06":
        return WORDS.get(result.rule, result.next_step.rstrip("."))
    return _before_session(due_on) if result.timing == "due" else _missed_before_session(due_on)


def _before_session(planned_on: date) -> str:
    return f"Touch base before the session on {_day(planned_on)}"


def _missed_before_session(planned_on: date) -> str:
    return f"Record the touch point before the session on {_day(planned_on)}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B}"


def _reviews(facts: Facts) -> Iterator[DueLine]:
    """B01: the day on which a crisis was to be looked at again, passed or to come."""
    for person in facts.taking_part:
        check = facts.case.latest(Suitability, "active_crisis", person)
        if check and check.body.review_on:
            yield DueLine(check.body.review_on, "B01", person, WORDS["B01"])


def _sessions(facts: Facts) -> Iterator[DueLine]:
    """E06: a session to come before which nobody has touched base with a parent yet."""
    held = {
        (each.body.session_id, each.body.person_id)
        for each in facts.case.every(TouchPoint)
        if each.body.individually == "yes"
    }
    newest: dict[str, Record[Session]] = {each.body.session_id: each for each in facts.case.standing(Session)}
    for session_id, session in newest.items():
        planned_on = session.body.planned_for.day
        if session.body.state in ("cancelled", "stopped") or planned_on <= facts.as_of:
            continue
        for person in session.body.attendees:
            known = facts.person(person)
            if known and known.body.is_adult and (session_id, person) not in held:
                yield DueLine(planned_on, "E06", person, _before_session(planned_on))


def _answers(facts: Facts, decision: Decision) -> Iterator[DueLine]:
    """G03 and G04: when somebody else's answer will have been long enough in coming to ask for it."""
    steps = facts.case.every(ReferralProgress)
    sent = next((each for each in reversed(steps) if each.body.step == "sent"), None)
    accepted = next((each for each in reversed(steps) if each.body.step == "accepted"), None)
    if sent and not any(
        each.body.step in ("accepted", "declined") and each.happened_on.day >= sent.happened_on.day for each in steps
    ):
        yield from _unless_accepted(decision, "G03", CASE, sent.happened_on.day, facts.limits.decision_days)
    if accepted:
        met = {
            each.body.person_id
            for each in steps
            if each.body.step == "initial_assessment" and each.happened_on.day >= accepted.happened_on.day
        }
        for person in facts.adults_taking_part:
            if person not in met:
                day = accepted.happened_on.day
                yield from _unless_accepted(decision, "G04", person, day, facts.limits.assessment_days)


def _running_out(facts: Facts, decision: Decision) -> Iterator[DueLine]:
    """A10, F08 and F10: what grows too old while a referral is prepared or waits."""
    limits = facts.limits
    for person, conversation in facts.screened_taking_part():
        result = decision.of("A10", person)
        is_accepted = result is not None and result.accepted
        days = limits.conversation_usable_days if is_accepted else limits.conversation_fresh_days
        yield _line(days_after(conversation.happened_on.day, days), "A10", person)
    for person in facts.adults_taking_part:
        agreement = facts.case.latest(Agreement, person, facts.service or "")
        if agreement and agreement.body.agreed == "yes":
            yield from _unless_accepted(decision, "F08", person, agreement.happened_on.day, limits.agreement_days)
        confirmed = [
            each.body.confirmed_on
            for each in facts.case.current(ContactPoint).values()
            if each.body.person_id == person and each.body.confirmed_on and is_usable(each.body)
        ]
        known = [each for each in confirmed if each <= facts.as_of]
        if known:
            yield _line(days_after(max(known), limits.contact_confirmed_days), "F10", person)


def _unless_accepted(decision: Decision, rule: str, subject: str, since: date, days: int) -> Iterator[DueLine]:
    result = decision.of(rule, subject)
    if result is None or not result.accepted:
        yield _line(days_after(since, days), rule, subject)


def _line(due_on: date, rule: str, subject: str) -> DueLine:
    return DueLine(due_on, rule, subject, WORDS[rule])
