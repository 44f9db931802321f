"""Rules D: who does well, and the child's voice (pathway.md section 4 D)."""

from __future__ import annotations

from typing import Final

from spr_desktop.pathway.ages import birth_date
from spr_desktop.pathway.facts import Facts
from spr_desktop.pathway.finding import CASE, Finding, Findings, Rule, caution, not_yet, passes
from spr_desktop.records.people import Person, Plan
from spr_desktop.records.record import Record
from spr_desktop.records.suitability import ChildVoice, Readiness


def _not_asked(person: str) -> Finding:
    return not_yet(
        person,
        [],
        "Nobody has recorded whether this parent is ready.",
        "Talk about readiness with this parent, and record it.",
    )


def d01(facts: Facts) -> Findings:
    """Wants change, and chose this freely."""
    for person in facts.adults_taking_part:
        record = facts.case.latest(Readiness, person)
        if record is None:
            yield _not_asked(person)
            continue
        answers = (record.body.wants_change, record.body.freely_chosen)
        if answers == ("yes", "yes"):
            yield passes(person, [record])
        elif "no" in answers:
            yield not_yet(
                person,
                [record],
                "This parent does not want change, or did not choose this freely.",
                "Do not press; offer to talk again later.",
            )
        else:
            yield caution(
                person,
                [record],
                "This parent wants change only in part, or it is not known whether freely.",
                "Record why the service may help now.",
            )


def d02(facts: Facts) -> Findings:
    """Under no pressure."""
    for person in facts.adults_taking_part:
        record = facts.case.latest(Readiness, person)
        if record is None:
            yield _not_asked(person)
        elif record.body.pressure_from == "none":
            yield passes(person, [record])
        else:
            yield not_yet(
                person,
                [record],
                "Somebody is pressing this parent to take part.",
                "Talk alone about what this parent wants, and record it.",
            )


def d03(facts: Facts) -> Findings:
    """Willing to see it from the child's side."""
    for person in facts.adults_taking_part:
        record = facts.case.latest(Readiness, person)
        if record is None:
            yield _not_asked(person)
        elif record.body.sees_child_view == "yes":
            yield passes(person, [record])
        else:
            yield caution(
                person,
                [record],
                "This parent is not known to see it from the child's side.",
                "Record what may help this parent to do so.",
            )


def _open_plan(facts: Facts) -> Record[Plan] | None:
    plan = facts.case.latest(Plan)
    return plan if plan and plan.body.type not in ("none", "universal") else None


def d04(facts: Facts) -> Findings:
    """The service is part of the plan."""
    plan = _open_plan(facts)
    if plan is None:
        return
    if plan.body.intervention_in_plan == "yes":
        yield passes(CASE, [plan])
    else:
        yield not_yet(
            CASE,
            [plan],
            "The service is not known to be part of the plan.",
            "Bring it to the plan's next meeting, and record it.",
        )


def d05(facts: Facts) -> Findings:
    """The service is not the way out of the plan."""
    plan = _open_plan(facts)
    if plan is None:
        return
    because, closes_on = plan.body.closure_because_of_referral, plan.body.closure_planned_on
    is_soon = closes_on is not None and (closes_on - facts.as_of).days <= facts.limits.plan_closure_days
    if because == "yes":
        yield not_yet(
            CASE,
            [plan],
            "The plan is to close because of this referral.",
            "The service must not be the exit from a plan: talk with whoever leads the plan.",
        )
    elif is_soon and because == "not_known":
        yield not_yet(
            CASE,
            [plan],
            "The plan closes soon, and it is not known whether because of this referral.",
            "Ask why the plan closes, and record it.",
        )
    elif is_soon or because == "not_known":
        yield caution(
            CASE,
            [plan],
            "The plan closes soon, or it is not known whether it closes because of this referral.",
            "Record how the family is supported after the plan.",
        )
    else:
        yield passes(CASE, [plan])


def d06(facts: Facts) -> Findings:
    """Open to work with another professional."""
    for person in facts.adults_taking_part:
        record = facts.case.latest(Readiness, person)
        if record is None:
            yield _not_asked(person)
        elif record.body.open_to_another_professional == "yes":
            yield passes(person, [record])
        else:
            yield caution(
                person,
                [record],
                "This parent is not known to be open to another professional.",
                "Record what would make a first meeting easier.",
            )


def _is_to_be_heard(facts: Facts, child: Record[Person]) -> bool:
    """Whether a child is born, or was expected, by the day; in doubt, yes."""
    born, expected = birth_date(child.body), child.body.expected_on
    if born is not None and born <= facts.as_of:
        return True
    if expected is not None:
        return expected <= facts.as_of
    return born is None


def d07(facts: Facts) -> Findings:
    """Every child has been heard."""
    for child in facts.case.children:
        if not _is_to_be_heard(facts, child):
            continue
        child_id = child.body.person_id
        voice = facts.case.latest(ChildVoice, child_id)
        if voice is None:
            yield not_yet(
                child_id,
                [],
                "This child has not been heard.",
                "Record what the child sees, hears, feels and wishes.",
            )
        elif voice.body.how == "not_safe_to_ask":
            yield caution(
                child_id,
                [voice],
                "It was not safe to ask this child.",
                "Record why it may go ahead, with the name of the manager.",
            ).by_manager()
        else:
            yield passes(child_id, [voice])


RULES: Final[dict[str, Rule]] = {"D01": d01, "D02": d02, "D03": d03, "D04": d04, "D05": d05, "D06": d06, "D07": d07}
