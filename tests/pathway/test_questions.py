"""The built-in questions, and the definition of the pathway: data that the rules can rely on."""

from __future__ import annotations

from typing import Final

import pytest

from spr_desktop.pathway.definition import definition
from spr_desktop.pathway.questions import BUILT_IN, NOT_ANSWERED, Question, question_set
from tests.cases import Family, mild_answers

QUESTIONS: Final = question_set(BUILT_IN)
EVERY: Final = list(QUESTIONS.questions.values())


@pytest.mark.parametrize("question", EVERY, ids=lambda each: each.id)
def test_a_question_belongs_to_its_group_and_has_answers_of_which_one_is_mild(question: Question) -> None:
    codes = [each.code for each in question.choices]
    assert question.id[0] == question.domain
    assert question.domain in {each.letter for each in QUESTIONS.domains}
    assert len(set(codes)) == len(codes)
    assert NOT_ANSWERED.isdisjoint(codes)
    assert question.effects.keys() <= {*codes, *NOT_ANSWERED}
    assert set(codes) - question.effects.keys()


@pytest.mark.parametrize("question", EVERY, ids=lambda each: each.id)
def test_not_answering_is_left_to_rule_a07_where_a_question_can_stop_and_else_is_a_caution_or_nothing(
    question: Question,
) -> None:
    found = {question.effects.get(each) for each in NOT_ANSWERED}
    expected = "caution" if question.effects and not question.can_stop else None
    assert found == {expected}


@pytest.mark.parametrize(
    ("value", "counts_as"), [("recent", "recent"), ("declined", "declined"), ("Recent", "unsure"), ("", "unsure")]
)
def test_a_code_that_a_question_does_not_take_counts_as_unsure(value: str, counts_as: str) -> None:
    assert QUESTIONS.questions["B1"].read(value) == counts_as


def test_every_question_that_stops_does_so_in_the_pathway() -> None:
    tried = 0
    for question in EVERY:
        for value, effect in question.effects.items():
            family = Family()
            answers = mild_answers(**{question.id: value})
            family.change("safety_conversation", "a", tool="built_in", question_set=BUILT_IN, answers=answers)
            found = family.check().of("A06", "a")
            assert found is not None
            assert (found.outcome, found.urgent) == {
                "stop": ("stop", False),
                "stop_urgent": ("stop", True),
            }.get(effect, ("pass", False))
            tried += 1
    assert tried > 120


def test_a_question_set_that_is_not_known_is_an_error() -> None:
    with pytest.raises(KeyError):
        question_set("another/1")


def test_questions_about_separation_are_those_of_their_group() -> None:
    assert [each.id for each in EVERY if each.for_separated_only] == [each.id for each in EVERY if each.domain == "H"]


def test_the_built_in_questions_are_those_of_the_pathway_and_say_that_they_are_not_validated() -> None:
    assert definition().question_set == BUILT_IN == QUESTIONS.name
    assert "not validated" in QUESTIONS.status


def test_every_provider_of_a_service_is_an_organisation_and_receives_its_referrals() -> None:
    pathway = definition()
    for service in pathway.services.values():
        assert set(service.providers) <= pathway.organisations.keys()
        assert pathway.recipients(service.id) == (pathway.spr_team, *service.providers)
        for provider in service.providers:
            assert all(pathway.provides(service.id, name) for name in pathway.organisations[provider].names)


def test_limits_are_in_order() -> None:
    limits = definition().limits
    assert limits.conversation_fresh_days < limits.conversation_usable_days
    assert limits.counselling_age < limits.consultation_age < limits.adult_age < limits.full_age
