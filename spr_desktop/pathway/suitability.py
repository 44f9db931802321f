"""Rules B: whether this is the time for such a service at all (pathway.md section 4 B)."""

from __future__ import annotations

from typing import Final

from spr_desktop.pathway.facts import Facts
from spr_desktop.pathway.finding import CASE, Finding, Findings, Rule, caution, not_yet, passes, stop
from spr_desktop.pathway.questions import asked_from
from spr_desktop.records.people import CourtMatter, Plan
from spr_desktop.records.record import Record
from spr_desktop.records.safety import SafetyConversation
from spr_desktop.records.suitability import Suitability

_CRISIS_QUESTION: Final = "L1"


def b01(facts: Facts) -> Findings:
    """Nobody who takes part is in active crisis."""
    told = _told_of_crisis(facts)
    for person in facts.taking_part:
        check = facts.case.latest(Suitability, "active_crisis", person)
        if check is None or check.body.value == "not_known":
            yield not_yet(
                person,
                [check],
                "It is not known whether this person is in crisis.",
                "Ask, and record whether there is an active crisis.",
            )
            continue
        if check.body.value == "yes":
            yield stop(
                person,
                [check],
                "This person is in active crisis.",
                "Help with the crisis first, and look again when it has passed.",
            )
            continue
        review_on = check.body.review_on
        if review_on and review_on < facts.as_of:
            yield not_yet(
                person,
                [check],
                "The check for an active crisis was to be looked at again, and the day has passed.",
                "Ask again, and record whether there is an active crisis.",
            ).with_timing(None, review_on)
        since = [each for each in told if each.happened_on.day >= check.happened_on.day]
        if since:
            yield not_yet(
                person,
                [check, *since],
                "A parent spoke of a crisis in the family on the day of this check or since.",
                "Ask again, and record whether there is an active crisis.",
            )
        yield passes(person, [check])


def _told_of_crisis(facts: Facts) -> list[Record[SafetyConversation]]:
    """Conversations in which a parent said that somebody in the family is not safe now."""
    found = []
    adults = frozenset(facts.adults)
    for each in facts.case.every(SafetyConversation):
        body = each.body
        asked = asked_from(body)
        answer = body.answers.get(_CRISIS_QUESTION)
        if body.person_id in adults and body.state != "declined" and asked and answer and answer.value == "recent":
            found.append(each)
    return found


def b02(facts: Facts) -> Findings:
    """Nobody who takes part is in therapy elsewhere, or soon will be."""
    for person in facts.taking_part:
        check = facts.case.latest(Suitability, "therapy", person)
        value = check.body.value if check else "not_known"
        detail = check.body.detail if check else None
        if value == "no" or (value == "yes" and detail == "ended"):
            yield passes(person, [check])
        elif value == "not_known":
            yield not_yet(
                person,
                [check],
                "It is not known whether this person is in therapy elsewhere.",
                "Ask, and record whether there is or will soon be therapy.",
            )
        elif detail == "waiting_date_unknown":
            yield not_yet(
                person,
                [check],
                "This person waits for therapy, and nobody knows when it begins.",
                "Find out when the therapy is likely to begin.",
            )
        elif detail in ("assessment_only", "non_talking_therapy"):
            yield caution(
                person,
                [check],
                "This person is being assessed, or has another kind of therapy.",
                "Record why the two do not get in each other's way.",
            )
        else:
            yield stop(
                person,
                [check],
                "This person is in therapy elsewhere, or soon will be.",
                "Look again when the therapy has ended.",
            )


def _matters(facts: Facts, *laws: str) -> list[Record[CourtMatter]]:
    return [each for each in facts.case.current(CourtMatter).values() if each.body.law in laws]


def b03(facts: Facts) -> Findings:
    """No public law proceedings about the current children."""
    check = facts.case.latest(Suitability, "public_law")
    if check is None or check.body.value == "not_known":
        yield not_yet(
            CASE,
            [check],
            "It is not known whether there are public law proceedings.",
            "Ask, and record whether there are public law proceedings.",
        )
    elif check.body.value == "yes":
        yield _public_law_stop(check)
    else:
        yield passes(CASE, [check])
    for matter in _matters(facts, "public", "not_known"):
        yield from _public_matter(matter)


def _public_law_stop(record: Record[Suitability] | Record[CourtMatter]) -> Finding:
    return stop(
        CASE,
        [record],
        "There are public law proceedings about the current children.",
        "Look again when the proceedings have ended.",
    )


def _public_matter(matter: Record[CourtMatter]) -> Findings:
    body = matter.body
    if body.law == "not_known":
        yield not_yet(
            CASE,
            [matter],
            "There is a court matter, and it is not known under which law.",
            "Find out whether it is public or private law.",
        )
        return
    may_be_live = body.state in ("issued", "listed", "live", "not_known") and body.about_current_children != "no"
    if may_be_live and body.state != "not_known" and body.about_current_children == "yes":
        yield _public_law_stop(matter)
    elif may_be_live:
        yield not_yet(
            CASE,
            [matter],
            "There is a public law matter, and it is not known whether it is live or about the current children.",
            "Find out how the matter stands and which children it is about.",
        )
    elif body.state == "concluded" and body.about_current_children != "no":
        yield caution(
            CASE,
            [matter],
            "Public law proceedings about the current children have concluded.",
            "Record why the service fits now.",
        )
    else:
        yield passes(CASE, [matter])


def b04(facts: Facts) -> Findings:
    """Proceedings that may be about to begin."""
    matters = _matters(facts, "public")
    contemplated = [
        each for each in matters if each.body.state == "contemplated" and each.body.about_current_children != "no"
    ]
    plan = facts.case.latest(Plan)
    is_before = plan is not None and plan.body.type == "pre_proceedings"
    if contemplated or is_before:
        yield caution(
            CASE,
            [*matters, plan],
            "Public law proceedings are being thought of.",
            "Record why the service fits now, with the name of the manager.",
        ).by_manager()
    else:
        yield passes(CASE, [*matters, plan])


def b05(facts: Facts) -> Findings:
    """Private law proceedings are no bar, but need a thought."""
    matters = _matters(facts, "private")
    if any(each.body.state not in ("withdrawn", "expired", "contemplated") for each in matters):
        yield caution(
            CASE,
            matters,
            "There are or were private law proceedings.",
            "Record how the service goes together with the proceedings.",
        )
    else:
        yield passes(CASE, matters)


RULES: Final[dict[str, Rule]] = {"B01": b01, "B02": b02, "B03": b03, "B04": b04, "B05": b05}
