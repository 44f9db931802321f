"""What one parent's page shows: facts about this parent only, and no outcome of the pathway."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from spr_desktop.casework.words import current_notice, day_text, service_title
from spr_desktop.pathway.result import CASE, Decision
from spr_desktop.records.agreement import Agreement, PrivacyNotice, SharingBasis
from spr_desktop.records.case import Case
from spr_desktop.records.people import ContactPoint, Person
from spr_desktop.records.safety import SafetyConversation
from spr_desktop.records.suitability import Readiness
from spr_desktop.records.work import TouchPoint, Wraparound

_LATEST_TOUCH_POINTS = 5

Step = tuple[str, str]
"""How something stands, and what may be done about it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParentView:
    """Facts about one parent."""

    person: Person
    contacts: tuple[ContactPoint, ...]
    conversation_on: date | None
    """The day of the last completed conversation."""
    readiness: Step
    agreement: Step
    notice: Step
    sharing: Step
    wraparound: Step
    touch_points: tuple[str, ...]
    service: str | None
    is_more_outstanding: bool
    """Whether something that is not about this parent stands in the way; not what, nor whose it is."""


def parent_view(case: Case, decision: Decision, person_id: str) -> ParentView:
    """What may be seen with this parent at the table; raises KeyError for nobody of the case."""
    person = case.people[person_id].body
    held = [
        each.happened_on.day
        for each in case.every(SafetyConversation)
        if each.body.person_id == person_id and each.body.state == "completed"
    ]
    return ParentView(
        person=person,
        contacts=tuple(each.body for each in case.current(ContactPoint).values() if each.body.person_id == person_id),
        conversation_on=max(held, default=None),
        readiness=_readiness(case, person_id),
        agreement=_agreement(case, decision, person_id),
        notice=_notice(case, person_id),
        sharing=_sharing(case, person_id),
        wraparound=_wraparound(case, person_id),
        touch_points=_touch_points(case, person_id),
        service=decision.service,
        is_more_outstanding=any(each.subject not in (person_id, CASE) for each in decision.in_the_way),
    )


def _readiness(case: Case, person_id: str) -> Step:
    found = case.latest(Readiness, person_id)
    if not found:
        return "Not talked about yet.", "Record readiness"
    return f"Talked about on {day_text(found.happened_on.day)}.", "Record it again"


def _agreement(case: Case, decision: Decision, person_id: str) -> Step:
    if not decision.service:
        return "No service is chosen yet.", "Record an answer"
    found = case.latest(Agreement, person_id, decision.service)
    service = service_title(decision.service)
    if not found:
        return f"Not asked yet about {service}.", "Record an answer"
    words = {"yes": "agrees", "no": "does not agree", "undecided": "has not decided", "withdrawn": "took it back"}
    said = words[found.body.agreed]
    return f"On {day_text(found.happened_on.day)}: {said} ({service}).", "Record a new answer"


def _notice(case: Case, person_id: str) -> Step:
    found = case.latest(PrivacyNotice, person_id, current_notice()["notice"])
    if not found:
        return "Not shared yet.", "Record that it was shared"
    return f"Shared on {day_text(found.happened_on.day)}.", "Record it again"


def _sharing(case: Case, person_id: str) -> Step:
    found = case.latest(SharingBasis, person_id)
    if not found:
        return "Not recorded yet.", "Record the basis"
    return f"Recorded on {day_text(found.happened_on.day)}.", "Record it again"


def _wraparound(case: Case, person_id: str) -> Step:
    current = [
        each.body
        for each in case.current(Wraparound).values()
        if each.body.for_person == person_id
        and (each.body.ended_on is None or case.as_of is None or each.body.ended_on > case.as_of)
    ]
    if not current:
        return "Nobody holds this parent in mind yet.", "Record a commitment"
    names = "; ".join(f"{each.practitioner.name}, {each.practitioner.organisation}" for each in current)
    return names, "Record another commitment"


def _touch_points(case: Case, person_id: str) -> tuple[str, ...]:
    found = [each for each in case.every(TouchPoint) if each.body.person_id == person_id]
    return tuple(
        f"{day_text(each.happened_on.day)}: {each.body.by}" for each in found[: -_LATEST_TOUCH_POINTS - 1 : -1]
    )
