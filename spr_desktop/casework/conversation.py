"""A safety conversation with one parent: the questions, what they call the other parent, and signing off."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from spr_desktop.casework.words import NOT_VALIDATED
from spr_desktop.pathway.definition import definition
from spr_desktop.pathway.questions import STOPS, Domain, Question, QuestionSet, asked_from, question_set
from spr_desktop.records.bodies import read_body
from spr_desktop.records.case import Case
from spr_desktop.records.faults import Faults, InvalidDocument
from spr_desktop.records.record import Body
from spr_desktop.records.values import When
from spr_desktop.records.work import Referral

OTHER_PARENT: Final = "the other parent"

_TO_BE_SAID: Final = {
    "tool": "which questions were used",
    "alone": "whether this parent was alone",
    "interpreter": "whether there was an interpreter",
    "state": "how it ended",
}


class NotYetComplete(Exception):
    """A conversation cannot be signed off as it stands; the text says what to do."""


def questions() -> QuestionSet:
    """The pathway's own question set."""
    return question_set(definition().question_set)


def called_other(case: Case, person_id: str) -> str:
    """What questions call the other parent: the name this parent knows, or no name where there is more than one."""
    referral = case.latest(Referral)
    taking_part = set(referral.body.taking_part) if referral else set(case.people)
    others = [
        each.body.known_as
        for each in case.adults
        if each.body.role == "parent_carer" and each.body.person_id in taking_part - {person_id}
    ]
    return others[0] if len(others) == 1 else OTHER_PARENT


def draft_name(case_ref: str, person_id: str) -> str:
    """The name under which a conversation that is not signed off is kept."""
    return f"{case_ref}/safety_conversation/{person_id}"


def signs_that_stop(typed: Mapping[str, Any]) -> list[str]:
    """Ids of the answers and observations of an unfinished conversation that will stop the pathway (rule A06)."""
    known = questions()
    found = [
        name
        for name, question in known.questions.items()
        if isinstance(given := typed.get(name), Mapping) and question.effect_of(given.get("value") or "") in STOPS
    ]
    seen = typed.get("observations") or []
    return found + [name for name in seen if name in known.observations and known.observations[name].effect in STOPS]


def finished_conversation(person_id: str, typed: Mapping[str, Any]) -> tuple[Body, When]:
    """The record that what was typed makes; raises NotYetComplete."""
    missing = [words for name, words in _TO_BE_SAID.items() if not typed.get(name)]
    if missing:
        raise NotYetComplete(f"Still to say: {', '.join(missing)}. Everything typed is kept.")
    faults = Faults()
    try:
        body = read_body("safety_conversation", _values(person_id, typed), "$", None, faults)
    except InvalidDocument:
        body = None
    if body is None:
        raise NotYetComplete("A text is too long or holds signs that cannot be kept. Everything typed is kept.")
    try:
        return body, When.parse(_day(typed.get("happened_on")))
    except ValueError:
        raise NotYetComplete("The day of the conversation does not exist. Everything typed is kept.") from None


def _day(typed: Any) -> str:
    """A day as records have it, from one that was kept or from day, month and year as they were typed."""
    if isinstance(typed, list):
        day, month, year = typed
        return f"{year.zfill(4)}-{month.zfill(2)}-{day.zfill(2)}"
    return typed or ""


def _values(person_id: str, typed: Mapping[str, Any]) -> dict[str, Any]:
    """The body of the record, as a case document would hold it."""
    values: dict[str, Any] = {
        name: given
        for name in ("tool", "tool_name", "alone", "interpreter", "place", "state", "practitioner_outcome", "rationale")
        if (given := typed.get(name))
    }
    values |= {name: typed.get(name) or [] for name in ("within_hearing", "observations")}
    values["person_id"] = person_id
    if values["tool"] == "built_in":
        asked = questions()
        values["question_set"] = asked.name
        values["answers"] = {
            name: {"value": "not_asked"} | given for name in asked.questions if (given := typed.get(name))
        }
    return values


__all__ = [
    "NOT_VALIDATED",
    "OTHER_PARENT",
    "Domain",
    "NotYetComplete",
    "Question",
    "QuestionSet",
    "asked_from",
    "called_other",
    "draft_name",
    "finished_conversation",
    "questions",
    "signs_that_stop",
]
