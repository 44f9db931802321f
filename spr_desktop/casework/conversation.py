"""What a safety conversation with one parent needs: the questions, and what they call the other parent."""

from __future__ import annotations

from spr_desktop.casework.words import NOT_VALIDATED
from spr_desktop.pathway.definition import definition
from spr_desktop.pathway.questions import Domain, Question, QuestionSet, asked_from, question_set
from spr_desktop.records.case import Case
from spr_desktop.records.work import Referral

OTHER_PARENT = "the other parent"


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


__all__ = [
    "NOT_VALIDATED",
    "OTHER_PARENT",
    "Domain",
    "Question",
    "QuestionSet",
    "asked_from",
    "called_other",
    "questions",
]
