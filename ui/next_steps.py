"""Where a next step leads: the form, and what of it is known already."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from spr_desktop.casework import words
from spr_desktop.pathway.result import CASE, RuleResult
from spr_desktop.records.bodies import plain_body
from spr_desktop.records.case import Case
from spr_desktop.records.kinds import KINDS
from spr_desktop.records.people import ContactPoint, ParentalResponsibility
from spr_desktop.records.work import Referral, ReferralProgress, Session, Wraparound
from ui.desk import Desk


@dataclass(frozen=True, slots=True)
class Way:
    """A form to open; ``kind`` is that of a record, or ``conversation``."""

    kind: str
    given: dict[str, Any]
    starting: dict[str, Any]
    words: str
    at: str = ""
    """The field that is asked for, where it is not the first."""


CONVERSATION: Final = "conversation"
CHECK: Final = "check"
"""A caution is accepted in its place on the page of checks."""


def take(desk: Desk, case_ref: str, way: Way) -> None:
    """Go where a way leads."""
    if way.kind == CONVERSATION:
        desk.show_conversation(case_ref, way.given["person_id"])
    elif way.kind == CHECK:
        desk.show_check(case_ref)
    else:
        desk.show_form(case_ref, way.kind, way.given, way.starting, at=way.at)


def way_to(result: RuleResult, case: Case, service: str | None) -> Way | None:
    """Where the next step of a rule is taken; None where it is taken outside the program."""
    if result.outcome == "caution":
        return Way(CHECK, {}, {}, "Accept with a reason")
    if result.kind == "safety":
        return Way("safety_action", {}, {}, "Record what was done")
    make = _WAYS.get(result.rule)
    if make is None or result.outcome != "not_yet":
        return None
    way = make(result, case, service)
    return replace(way, at=_FIELDS.get(result.rule, "")) if way.starting else way


def way_onwards(case: Case) -> Way | None:
    """Where nothing stands in the way and a pack was made: what is recorded next; None before it was sent."""
    steps = {each.body.step for each in case.every(ReferralProgress)}
    if "started" in steps:
        if case.current(Session):
            return Way("touch_point", {}, {}, "Record a touch point")
        return Way("session", {}, {}, "Record a session")
    return Way("referral_progress", {}, {}, "Record progress") if "sent" in steps else None


def _conversation(result: RuleResult, _case: Case, _service: str | None) -> Way:
    return Way(CONVERSATION, {"person_id": result.subject}, {}, "Hold the conversation")


def _about_the_subject(kind: str, field: str, text: str) -> Callable[[RuleResult, Case, str | None], Way]:
    def make(result: RuleResult, _case: Case, service: str | None) -> Way:
        given, starting = prepared(kind, service)
        return Way(kind, given | {field: result.subject}, starting, text)

    return make


def _about_the_case(
    kind: str, text: str, given: dict[str, Any] | None = None
) -> Callable[[RuleResult, Case, str | None], Way]:
    def make(_result: RuleResult, case: Case, service: str | None) -> Way:
        first_given, starting = prepared(kind, service)
        return Way(kind, first_given | (given or {}), _as_it_stands(kind, case) | starting, text)

    return make


def _as_it_stands(kind: str, case: Case) -> dict[str, Any]:
    """What is on record of the family as a whole: a new record takes the place of the old one as a whole."""
    if kind not in ("plan", "conflict_profile", "lead_professional"):
        return {}
    newest = [each for each in case.standing(KINDS[kind]) if case.is_past(each)]
    return plain_body(newest[-1].body) if newest else {}


def _check(check: str, text: str) -> Callable[[RuleResult, Case, str | None], Way]:
    def make(result: RuleResult, _case: Case, _service: str | None) -> Way:
        about = {} if result.subject == CASE else {"person_id": result.subject}
        return Way("suitability", {"check": check} | about, {}, text)

    return make


def _people_or_service(_result: RuleResult, case: Case, _service: str | None) -> Way:
    if not case.adults:
        return Way("person", {}, {"role": "parent_carer"}, "Record a parent")
    return Way("referral", {}, starting_referral(case), "Choose service and people")


def _relationship(_result: RuleResult, case: Case, _service: str | None) -> Way:
    pair = _parents(case)
    return Way("relationship", {}, {"between": pair} if len(pair) == 2 else {}, "Record an account")


def _who_holds_it(_result: RuleResult, case: Case, _service: str | None) -> Way:
    """For the first child and parent of whom nobody has said it."""
    children = [each.body.person_id for each in case.children]
    if not children:
        return Way("person", {}, {"role": "child"}, "Record a child")
    pairs = [(child, adult) for child in children for adult in _parents(case)]
    open_ones = [each for each in pairs if not case.latest(ParentalResponsibility, *each)]
    starting = dict(zip(("child_id", "adult_id"), open_ones[0], strict=True)) if open_ones else {}
    return Way("parental_responsibility", {}, starting, "Record who holds it")


def _contact(result: RuleResult, case: Case, _service: str | None) -> Way:
    given, starting = contact_again(case, result.subject)
    return Way("contact_point", given, starting, "Record a contact" if not starting else "Re-confirm the contact")


def contact_again(case: Case, person_id: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The contact that was confirmed last, with everything but the day filled in; a new one where there is none."""
    points = [each.body for each in case.current(ContactPoint).values() if each.body.person_id == person_id]
    if not points:
        return {"person_id": person_id}, {}
    newest = max(points, key=lambda each: each.confirmed_on or date.min)
    starting = {name: value for name, value in plain_body(newest).items() if name != "confirmed_on"}
    return {"person_id": person_id, "contact_id": newest.contact_id}, starting


def _commitment(result: RuleResult, case: Case, _service: str | None) -> Way:
    """The commitment that needs a change, as it stands."""
    found = [each for each in case.current(Wraparound).values() if each.id in result.records]
    if not found:
        return Way("wraparound", {"for_person": result.subject}, {}, "Record a commitment")
    body = next((each.body for each in found if not each.body.boundary_statement), found[-1].body)
    given = {"for_person": body.for_person, "commitment_id": body.commitment_id}
    return Way("wraparound", given, plain_body(body), "Change the commitment")


def _person(result: RuleResult, case: Case, _service: str | None) -> Way:
    person_id = result.subject
    if person_id == CASE:
        unclear = [each for each in case.adults if each.body.lives_in_area != "yes"]
        person_id = (unclear or case.adults)[0].body.person_id
    return way_to_person(case, person_id)


def way_to_person(case: Case, person_id: str) -> Way:
    """The form about a person who is on record, filled in with what is known."""
    return Way("person", {"person_id": person_id}, plain_body(case.people[person_id].body), "Record it")


def starting_referral(case: Case) -> dict[str, Any]:
    """The referral as it stands, or every parent for a start."""
    referral = case.latest(Referral)
    if referral:
        return plain_body(referral.body)
    return {"taking_part": _parents(case)}


def _parents(case: Case) -> list[str]:
    return [key for key, each in case.people.items() if each.body.role == "parent_carer"]


def prepared(kind: str, service: str | None) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the program knows of a record before anybody types: given, and filled in for a start."""
    if kind == "privacy_notice":
        return words.current_notice(), {}
    if kind in ("agreement", "child_agreement") and service:
        return {"service": service}, {}
    if kind == "sharing_basis" and service:
        return {}, {"recipients": words.recipients(service)}
    return {}, {}


_ADVICE: Final = _about_the_case("advice", "Record the advice", {"about": "safety"})
_READINESS: Final = _about_the_subject("readiness", "person_id", "Record readiness")
_WRAPAROUND: Final = _about_the_subject("wraparound", "for_person", "Record a commitment")
_AGREEMENT: Final = _about_the_subject("agreement", "person_id", "Record the agreement")
_VOICE: Final = _about_the_subject("child_voice", "child_id", "Record the child's voice")
_BASIS: Final = _about_the_subject("sharing_basis", "person_id", "Record the basis")
_PLAN: Final = _about_the_case("plan", "Record the plan")
_OFFER: Final = _about_the_case("universal_offer", "Record an offer")
_PROGRESS: Final = _about_the_case("referral_progress", "Record progress")

_WAYS: Final[dict[str, Callable[[RuleResult, Case, str | None], Way]]] = {
    **dict.fromkeys(("A01", "A02", "A03", "A07", "A10", "A11", "A20"), _conversation),
    **dict.fromkeys(("A08", "A09", "A19"), _ADVICE),
    "A13": _about_the_case("safety_action", "Record what was done"),
    "B01": _check("active_crisis", "Record the check"),
    "B02": _check("therapy", "Record the check"),
    "B03": _check("public_law", "Record the check"),
    "C00": _people_or_service,
    "C01": _person,
    "C02": _about_the_case("conflict_profile", "Record the conflict"),
    **dict.fromkeys(("C03", "C04"), _OFFER),
    **dict.fromkeys(("C05", "C08"), _relationship),
    "C06": _who_holds_it,
    "C10": _person,
    **dict.fromkeys(("C12", "D07"), _VOICE),
    **dict.fromkeys(("D01", "D02", "D03", "D06"), _READINESS),
    **dict.fromkeys(("D04", "D05"), _PLAN),
    "E01": _about_the_case("lead_professional", "Record who leads"),
    "E02": _WRAPAROUND,
    **dict.fromkeys(("E04", "E05"), _commitment),
    **dict.fromkeys(("F01", "F02", "F06"), _AGREEMENT),
    "F03": _about_the_subject("privacy_notice", "person_id", "Record the notice"),
    **dict.fromkeys(("F04", "F05"), _BASIS),
    "F09": _about_the_subject("child_agreement", "child_id", "Record the answer"),
    "F10": _contact,
    "G02": _PROGRESS,
}
_FIELDS: Final = {
    "C01": "lives_in_area",
    "C10": "date_of_birth",
    "D04": "intervention_in_plan",
    "D05": "closure_because_of_referral",
    "E04": "outside_service",
    "E05": "boundary_statement",
    "F10": "confirmed_on",
}
"""By rule: the field that its next step asks for, in a form that is filled in with what is known."""
