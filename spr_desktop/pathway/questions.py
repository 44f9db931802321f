"""Question sets: what may be asked of one parent alone, and what each answer does.

A set is never changed once it was used: a new wording is a new version, and old answers stay readable.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final, Literal, cast

from spr_desktop.pathway.definition import question_file
from spr_desktop.records.safety import SafetyConversation

Effect = Literal["stop", "stop_urgent", "not_yet", "caution"]
STOPS: Final = frozenset({"stop", "stop_urgent"})

BUILT_IN: Final = "safety-conversation/1"
KNOWN: Final = frozenset({BUILT_IN})

UNSURE: Final = "unsure"
NOT_ANSWERED: Final = frozenset({UNSURE, "declined", "not_asked"})
"""The values that every question takes besides its own, and that tell nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One answer that a question takes."""

    code: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question, in the words in which it is asked; ``{other}`` stands for the other parent's name."""

    id: str
    domain: str
    text: str
    guidance: str | None
    choices: tuple[Choice, ...]
    for_separated_only: bool
    effects: dict[str, Effect]

    @property
    def can_stop(self) -> bool:
        """Whether any answer to it is a stop."""
        return not STOPS.isdisjoint(self.effects.values())

    def takes(self, value: str) -> bool:
        """Whether a value is one of its codes."""
        return value in NOT_ANSWERED or any(value == each.code for each in self.choices)

    def read(self, value: str) -> str:
        """The value as it counts: a code that the question does not take tells nothing, like *unsure*."""
        return value if self.takes(value) else UNSURE

    def effect_of(self, value: str) -> Effect | None:
        """What an answer does. One that cannot be read may have been a stop, whatever the tool: *not yet*."""
        if self.can_stop and not self.takes(value):
            return "not_yet"
        return self.effects.get(self.read(value))


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """What the practitioner saw or was told, without asking."""

    id: str
    text: str
    effect: Effect


@dataclass(frozen=True, slots=True, kw_only=True)
class Domain:
    """A group of questions that are asked together."""

    letter: str
    title: str
    guidance: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BeforeStarting:
    """A check that the practitioner makes before the conversation begins."""

    id: str
    text: str
    if_not: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionSet:
    """One version of one set of questions."""

    name: str
    title: str
    status: str
    opening: str
    always: tuple[Choice, ...]
    before: tuple[BeforeStarting, ...]
    domains: tuple[Domain, ...]
    questions: dict[str, Question]
    observations: dict[str, Observation]


@cache
def question_set(name: str) -> QuestionSet:
    """A question set that the program brings along, by id and version; KeyError for any other."""
    if name not in KNOWN:
        raise KeyError(name)
    raw = tomllib.loads((resources.files("resources") / "questions" / question_file(name)).read_text("utf-8"))
    scales = {scale["id"]: scale["values"] for scale in raw["scale"]}
    return QuestionSet(
        name=f"{raw['id']}/{raw['version']}",
        title=raw["title"],
        status=raw["status"],
        opening=raw["opening"],
        always=tuple(Choice(**each) for each in raw["always"]),
        before=tuple(BeforeStarting(**each) for each in raw["before"]),
        domains=tuple(Domain(**{"guidance": None} | each) for each in raw["domain"]),
        questions={
            each["id"]: Question(
                id=each["id"],
                domain=each["domain"],
                text=each["text"],
                guidance=each.get("guidance"),
                choices=tuple(Choice(**value) for value in each.get("values") or scales[each["scale"]]),
                for_separated_only=each["applies"] == "separated",
                effects=each["effects"],
            )
            for each in raw["question"]
        },
        observations={each["id"]: Observation(**each) for each in raw["observation"]},
    )


@dataclass(frozen=True, slots=True)
class Sign:
    """An answer or an observation that has an effect."""

    id: str
    effect: Effect

    @property
    def domain(self) -> str:
        """The letter of its group."""
        return self.id[0]


def asked_from(conversation: SafetyConversation) -> QuestionSet | None:
    """The question set by which the answers are read; None where the program does not know it."""
    name = conversation.question_set or BUILT_IN
    return question_set(name) if name in KNOWN else None


def signs(conversation: SafetyConversation, observed_from: QuestionSet) -> Iterator[Sign]:
    """Every answer and observation of a conversation that has an effect.

    Observations are those of the pathway's own question set and count whatever the tool was. One that the set does not
    know is a sign of something that cannot be read, so it is *not yet*.
    """
    asked = asked_from(conversation)
    for question_id, answer in conversation.answers.items() if asked else ():
        question = cast("QuestionSet", asked).questions.get(question_id)
        if question and (effect := question.effect_of(answer.value)):
            yield Sign(question_id, effect)
    for each in conversation.observations:
        known = observed_from.observations.get(each)
        yield Sign(each or "N", known.effect if known else "not_yet")
