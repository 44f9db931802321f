"""Builds the contents of a referral pack from a case that is ready, field by field (packs.md section 2)."""

from __future__ import annotations

from datetime import date
from typing import Final

from spr_desktop.documents import wording
from spr_desktop.documents.adults import access_needs, adult, interpreter, offers, sharing_basis
from spr_desktop.documents.contents import (
    Check,
    Child,
    Conflict,
    CourtFact,
    Origin,
    Plan,
    ReferralPack,
    Suitability,
    Worker,
)
from spr_desktop.documents.errors import NotReady
from spr_desktop.documents.screening import screening
from spr_desktop.documents.workers import lead_professional
from spr_desktop.pathway.ages import UNBORN, age
from spr_desktop.pathway.definition import Definition
from spr_desktop.pathway.facts import Facts
from spr_desktop.pathway.result import Decision
from spr_desktop.records import people
from spr_desktop.records import suitability as records
from spr_desktop.records.case import Case
from spr_desktop.records.people import CourtMatter, Person
from spr_desktop.records.suitability import ChildVoice, ConflictProfile

LAW: Final = {"public": "Public law", "private": "Private law"}
PLAN_HOLDS_IT: Final = "The service is part of the plan, not a way out of it."
PLAN_GOES_ON: Final = "The plan does not close because of this referral."
_SHARING: Final = (
    "For each person taking part the referring organisation has followed its own policy for sharing, and has recorded "
    "that the recipients named on the first page may be given these details."
)


def referral_pack(
    case: Case, decision: Decision, definition: Definition, origin: Origin, replaces_one_of: date | None = None
) -> ReferralPack:
    """What the pack of a case says.

    ``decision`` is the pathway's answer for the same case, folded on the same day; ``replaces_one_of`` is the day of
    the version before. Raises NotReady with what stands in the way.
    """
    _refuse_unready(case, decision, definition, origin["referrer"])
    service = decision.service or ""
    facts = Facts(case, decision.as_of, definition, service)
    return ReferralPack(
        **origin,
        pathway=f"{definition.title}, version {definition.version}",
        service=definition.services[service].title,
        recipients=tuple(definition.organisations[each].title for each in definition.recipients(service)),
        handling=handling(len(facts.adults_taking_part)),
        screening=screening(facts),
        suitability=_suitability(facts),
        adults=tuple(adult(facts, each) for each in facts.adults_taking_part),
        children=tuple(_child(facts, each.body) for each in case.children),
        conflict=_conflict(case),
        plan=_plan(facts),
        courts=_courts(case),
        universal_offer=offers(facts, {None, *(each.body.person_id for each in case.children)}),
        cautions=_cautions(decision),
        sharing=_SHARING,
        replaces_one_of=replaces_one_of,
    )


def handling(adults: int) -> str:
    """The line at the foot of every page."""
    return f"Holds separate information about {wording.counted(adults, 'adult', 'adults')}. Goes to no family member."


def _refuse_unready(case: Case, decision: Decision, definition: Definition, referrer: Worker) -> None:
    if (case.case_ref, case.as_of) != (decision.case_ref, decision.as_of):
        raise ValueError("the decision is not about this case on this day")
    if (decision.pathway, decision.pathway_sha256) != (definition.id, definition.sha256):
        raise ValueError("the decision was made by another pathway")
    reasons = [each.reason for each in decision.in_the_way]
    if not referrer.name.strip():
        reasons.append("The referrer has no name: write it into the settings.")
    if reasons:
        raise NotReady(tuple(reasons))


def _suitability(facts: Facts) -> Suitability:
    return Suitability(
        active_crisis=_check(facts, "active_crisis", "Active crisis", "None is known for anybody taking part."),
        therapy=_check(
            facts,
            "therapy",
            "Therapy elsewhere",
            "None that stands in the way of this work is known for anybody taking part.",
        ),
        public_law=_check(
            facts, "public_law", "Public law proceedings", "None under way about the current children is known."
        ),
    )


def _check(facts: Facts, check: str, title: str, statement: str) -> Check:
    """One statement for everybody taking part; a ready case has nothing else to say."""
    days = [
        each.happened_on.day
        for each in facts.case.current(records.Suitability).values()
        if each.body.check == check and (each.body.person_id is None or each.body.person_id in facts.taking_part)
    ]
    return Check(title=title, statement=statement, checked_from=min(days), checked_to=max(days))


def _child(facts: Facts, child: Person) -> Child:
    voice = facts.case.body(ChildVoice, child.person_id)
    takes_part = child.person_id in facts.children_taking_part
    return Child(
        name=child.given_names,
        age=_age(child, facts.as_of),
        takes_part=takes_part,
        interpreter=interpreter(child),
        access_needs=access_needs(child),
        agreed_wording=voice.agreed_wording if voice else None,
        sharing=sharing_basis(facts, child.person_id) if takes_part else None,
    )


def _age(child: Person, on: date) -> str:
    years = age(child, on)
    if years is None:
        return "Not known"
    if years == UNBORN:
        return "Not born yet"
    return "Under 1 year" if years == 0 else f"{years} {'year' if years == 1 else 'years'}"


def _conflict(case: Case) -> Conflict:
    profile = case.body(ConflictProfile)
    assert profile is not None, "a case is ready without a conflict profile"
    return Conflict(
        frequency=wording.FREQUENT[profile.frequent],
        intensity=wording.INTENSE[profile.intense],
        resolution=wording.POORLY_RESOLVED[profile.poorly_resolved],
        summary=profile.summary,
    )


def _plan(facts: Facts) -> Plan:
    plan = facts.case.body(people.Plan)
    fit: list[str] = []
    if plan and plan.type not in ("none", "universal"):
        if plan.intervention_in_plan == "yes":
            fit.append(PLAN_HOLDS_IT)
        if plan.closure_because_of_referral == "no":
            fit.append(PLAN_GOES_ON)
    return Plan(
        kind=wording.PLAN[plan.type] if plan else "No plan is recorded",
        fit=tuple(fit),
        lead_professional=lead_professional(facts),
    )


def _courts(case: Case) -> tuple[CourtFact, ...]:
    """Public and private law about these children; protective and criminal matters, and other families', stay out."""
    return tuple(
        CourtFact(
            law=LAW[each.body.law],
            kind=each.body.type,
            state=wording.COURT_STATE[each.body.state],
            recorded_on=each.happened_on.day,
        )
        for each in case.current(CourtMatter).values()
        if each.body.law in LAW and (each.body.law == "private" or each.body.about_current_children != "no")
    )


def _cautions(decision: Decision) -> tuple[str, ...]:
    """Accepted cautions in neutral words; neither whose they are nor why they were accepted."""
    found = [
        wording.CAUTION[each.rule]
        for each in decision.rules
        if each.outcome == "caution" and each.rule in wording.CAUTION
    ]
    return tuple(dict.fromkeys(found))
