"""Rules E: a practitioner at each parent's side (pathway.md section 4 E)."""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from spr_desktop.pathway.facts import Facts
from spr_desktop.pathway.finding import CASE, Findings, Rule, caution, not_yet, passes
from spr_desktop.records.people import LeadProfessional
from spr_desktop.records.record import Record
from spr_desktop.records.values import folded
from spr_desktop.records.work import Session, TouchPoint, Wraparound


def e01(facts: Facts) -> Findings:
    """A lead professional is named."""
    lead = facts.case.latest(LeadProfessional)
    if lead and folded(lead.body.professional.name):
        yield passes(CASE, [lead])
    else:
        yield not_yet(CASE, [lead], "No lead professional is named.", "Record who leads.")


def e02(facts: Facts) -> Findings:
    """Each parent has a wrap-around practitioner."""
    for person in facts.adults_taking_part:
        commitments = facts.wraparound(person)
        if commitments:
            yield passes(person, commitments)
        else:
            yield not_yet(
                person,
                [],
                "Nobody has committed to wrap-around support for this parent.",
                "Find somebody this parent knows, and record the commitment.",
            )


def e03(facts: Facts) -> Findings:
    """The practitioner is somebody the parent knows."""
    for person in facts.adults_taking_part:
        for commitment in facts.wraparound(person):
            if commitment.body.known_to_parent == "yes":
                yield passes(person, [commitment])
            else:
                yield caution(
                    person,
                    [commitment],
                    "This parent is not known to know the wrap-around practitioner.",
                    "Let them meet, or record why this practitioner.",
                )


def e04(facts: Facts) -> Findings:
    """The practitioner is from outside the service."""
    for person in facts.adults_taking_part:
        for commitment in facts.wraparound(person):
            provides = facts.service is not None and facts.definition.provides(
                facts.service, commitment.body.practitioner.organisation
            )
            if commitment.body.outside_service == "yes" and not provides:
                yield passes(person, [commitment])
            else:
                yield not_yet(
                    person,
                    [commitment],
                    "The wrap-around practitioner belongs to the service, or it is not known."
                    if not provides
                    else "The wrap-around practitioner works for a provider of this service.",
                    "Find a practitioner from outside the service.",
                )


def _shared_practitioners(facts: Facts) -> list[list[Record[Wraparound]]]:
    """The commitments of each practitioner who supports two adults or more."""
    by_practitioner: dict[tuple[str, str], list[Record[Wraparound]]] = defaultdict(list)
    for person in facts.adults_taking_part:
        for commitment in facts.wraparound(person):
            who = commitment.body.practitioner
            by_practitioner[folded(who.name), folded(who.organisation)].append(commitment)
    return [each for each in by_practitioner.values() if len({one.body.for_person for one in each}) > 1]


def _all_commitments(facts: Facts) -> list[Record[Wraparound]]:
    return [each for person in facts.adults_taking_part for each in facts.wraparound(person)]


def e05(facts: Facts) -> Findings:
    """One practitioner for each parent; where one supports two, the boundaries are written down."""
    if len(facts.adults_taking_part) < 2:
        return
    read = _all_commitments(facts)
    for commitments in _shared_practitioners(facts):
        stated = [len((each.body.boundary_statement or "").strip()) for each in commitments]
        if min(stated) >= facts.limits.boundary_characters:
            yield caution(
                CASE,
                read,
                "One practitioner supports two parents, with boundaries stated.",
                "Record why one practitioner is the better choice here.",
            )
        else:
            yield not_yet(
                CASE,
                read,
                "One practitioner supports two parents, and nothing says how the boundaries are kept.",
                "Find a second practitioner, or state the boundaries on each commitment.",
            )
    yield passes(CASE, read)


def e06(facts: Facts) -> Findings:
    """A touch point with each parent, alone, before each session."""
    touch_points = facts.case.every(TouchPoint)
    for session in _sessions(facts):
        if session.body.state in ("cancelled", "stopped"):
            continue
        for person in dict.fromkeys(session.body.attendees):
            known = facts.person(person)
            if known is not None and known.body.is_adult:
                held = [
                    each
                    for each in touch_points
                    if (each.body.session_id, each.body.person_id) == (session.body.session_id, person)
                ]
                yield from _touch_point_of(facts, session, person, held)


def _sessions(facts: Facts) -> list[Record[Session]]:
    """The newest record of each session; a session is never left out because of its date."""
    return list({each.body.session_id: each for each in facts.case.standing(Session)}.values())


def _touch_point_of(facts: Facts, session: Record[Session], person: str, held: list[Record[TouchPoint]]) -> Findings:
    planned_on = session.body.planned_for.day
    read = [session, *held]
    if any(each.body.individually == "yes" and is_before(each, session) for each in held):
        yield passes(person, read)
    elif planned_on <= facts.as_of:
        yield caution(
            person,
            read,
            "There was no touch point with this parent alone before a session.",
            "Record the touch point if it was held, or why there was none.",
        ).with_timing("overdue", planned_on)
    elif (planned_on - facts.as_of).days <= facts.limits.touch_point_ahead_days:
        yield caution(
            person,
            read,
            "A session is coming up.",
            "Touch base with this parent alone before it, and record it.",
        ).with_timing("due", planned_on)


def is_before(touch_point: Record[TouchPoint], session: Record[Session]) -> bool:
    """Whether it was held not after the session; where its time is not known, the day will do."""
    held, planned = touch_point.happened_on, session.body.planned_for
    return held.day <= planned.day if held.time is None else held <= planned


def e07(facts: Facts) -> Findings:
    """A school or nursery that supports both parents is easily drawn in."""
    if len(facts.adults_taking_part) < 2:
        return
    read = _all_commitments(facts)
    shared = [each for commitments in _shared_practitioners(facts) for each in commitments]
    if any(each.body.setting in ("school", "early_years") for each in shared):
        yield caution(
            CASE,
            read,
            "Somebody from a school or nursery supports both parents.",
            "Record how the school keeps out of the conflict.",
        )
    else:
        yield passes(CASE, read)


WITHOUT_SERVICE: Final[dict[str, Rule]] = {"E01": e01, "E02": e02, "E03": e03}
RULES: Final[dict[str, Rule]] = WITHOUT_SERVICE | {"E04": e04, "E05": e05, "E06": e06, "E07": e07}
