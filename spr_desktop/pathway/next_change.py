"""When time alone changes what the pathway says: the next day on which a limit, a birthday or a plan may count.

An earlier day than needed costs a look that finds nothing new; a later one would leave something old on the screen. So
every day is named on which a rule may look at things differently, whether or not it does in this case.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from spr_desktop.pathway.ages import birth_date, day_of_reaching, days_after
from spr_desktop.pathway.definition import Limits, definition
from spr_desktop.records.agreement import Agreement
from spr_desktop.records.case import Case
from spr_desktop.records.people import ContactPoint, Person, Plan
from spr_desktop.records.safety import SafetyConversation
from spr_desktop.records.suitability import Suitability
from spr_desktop.records.work import ReferralProgress, Session, Wraparound


def next_change(case: Case, as_of: date) -> date | None:
    """The first day after the given one on which any result may differ, for any service; None if none ever will.

    The case is one that was folded on that day.
    """
    limits = definition().limits
    days = (
        *_records_that_come_into_force(case),
        *_conversations_and_agreements(case, limits),
        *_people(case, limits),
        *_what_is_planned(case, limits),
        *_contacts(case, limits),
        *_progress(case, limits),
    )
    return min((each for each in days if each > as_of), default=None)


def _records_that_come_into_force(case: Case) -> Iterator[date]:
    """A record dated later counts, and supersedes others, from its day on."""
    return (each.happened_on.day for each in case.records)


def _conversations_and_agreements(case: Case, limits: Limits) -> Iterator[date]:
    """A10 and F08: what grows too old."""
    for conversation in case.every(SafetyConversation):
        yield _day_after(conversation.happened_on.day, limits.conversation_fresh_days)
        yield _day_after(conversation.happened_on.day, limits.conversation_usable_days)
    for agreement in case.current(Agreement).values():
        yield _day_after(agreement.happened_on.day, limits.agreement_days)


def _people(case: Case, limits: Limits) -> Iterator[date]:
    """A21, C07 to C11, D07, F09: birthdays, births, and the weeks before the age for counselling (C10)."""
    for record in case.every(Person):
        person = record.body
        yield from filter(None, (birth_date(person), person.expected_on))
        for years in (limits.adult_age, limits.full_age, limits.consultation_age, limits.counselling_age):
            if birthday := day_of_reaching(person, years):
                yield birthday
                if years == limits.counselling_age:
                    yield _days_before(birthday, limits.counselling_wait_days)


def _what_is_planned(case: Case, limits: Limits) -> Iterator[date]:
    """B01 reviews, D05 the plan's end, E02 to E05 and E07 the end of a commitment, E06 sessions."""
    for check in case.every(Suitability):
        if check.body.review_on:
            yield _day_after(check.body.review_on, 0)
    for plan in case.every(Plan):
        if plan.body.closure_planned_on:
            yield _days_before(plan.body.closure_planned_on, limits.plan_closure_days)
    for commitment in case.every(Wraparound):
        if commitment.body.ended_on:
            yield commitment.body.ended_on
    for session in case.standing(Session):
        planned_on = session.body.planned_for.day
        yield _days_before(planned_on, limits.touch_point_ahead_days)
        yield planned_on


def _contacts(case: Case, limits: Limits) -> Iterator[date]:
    """F10: a way to reach somebody stays confirmed for some days."""
    for contact in case.current(ContactPoint).values():
        if contact.body.confirmed_on:
            yield contact.body.confirmed_on
            yield _day_after(contact.body.confirmed_on, limits.contact_confirmed_days)


def _progress(case: Case, limits: Limits) -> Iterator[date]:
    """G03 and G04: an answer that is long in coming."""
    for each in case.every(ReferralProgress):
        if each.body.step == "sent":
            yield _day_after(each.happened_on.day, limits.decision_days)
        elif each.body.step == "accepted":
            yield _day_after(each.happened_on.day, limits.assessment_days)


def _day_after(day: date, days: int) -> date:
    """The first day on which more than so many days have passed."""
    return days_after(days_after(day, days), 1)


def _days_before(day: date, days: int) -> date:
    return date.min if (day - date.min).days < days else day - timedelta(days=days)
