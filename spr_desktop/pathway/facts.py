"""What rules ask about a case: who takes part, which conversation counts, what the accounts of a relationship say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cached_property
from itertools import combinations
from typing import Final, Literal, TypeVar

from spr_desktop.pathway.ages import UNBORN, age
from spr_desktop.pathway.definition import Definition
from spr_desktop.pathway.questions import QuestionSet, question_set
from spr_desktop.records.case import Case
from spr_desktop.records.people import Person, Relationship, RelationshipStatus
from spr_desktop.records.record import AnyRecord, Record
from spr_desktop.records.safety import Advice, SafetyConversation, StopLifted
from spr_desktop.records.work import Referral, Wraparound

Column = Literal["together", "apart", "between", "never_together", "unclear"]

_COLUMNS: Final[dict[RelationshipStatus, Column]] = {
    "together_living_together": "together",
    "together_living_apart": "together",
    "separated_living_apart": "apart",
    "separated_same_home": "between",
    "separating": "between",
    "never_together": "never_together",
    "undecided": "unclear",
    "not_known": "unclear",
}

WHO_MAY_ADVISE: Final = frozenset({"manager", "safeguarding_lead", "da_specialist"})
"""Roles whose *go ahead* answers a record; a *do not go ahead* counts from anybody."""

Conversation = Record[SafetyConversation]

R = TypeVar("R", bound=AnyRecord)


def by(key: Callable[[R], str], records: Iterable[R]) -> dict[str, list[R]]:
    """Records by what they are about, in their order."""
    found: dict[str, list[R]] = {}
    for each in records:
        found.setdefault(key(each), []).append(each)
    return found


class Facts:
    """A case on a day, seen from one pathway and one service."""

    def __init__(self, case: Case, as_of: date, definition: Definition, service: str | None) -> None:
        self.case = case
        self.as_of = as_of
        self.definition = definition
        self.limits = definition.limits
        self.referral: Record[Referral] | None = case.latest(Referral)
        self.service = service or (self.referral.body.service if self.referral else None)

    @cached_property
    def questions(self) -> QuestionSet:
        """The pathway's own question set."""
        return question_set(self.definition.question_set)

    # Who takes part

    @cached_property
    def taking_part(self) -> tuple[str, ...]:
        """Ids of those who take part; without a referral every parent, and every child in family counselling."""
        if self.referral:
            return tuple(dict.fromkeys(self.referral.body.taking_part))
        parents = [key for key, each in self.case.people.items() if each.body.role == "parent_carer"]
        children = [each.body.person_id for each in self.case.children]
        return tuple(parents + (children if self.service == "family_counselling" else []))

    @cached_property
    def adults_taking_part(self) -> tuple[str, ...]:
        """Ids of the adults among those who take part."""
        return tuple(each for each in self.taking_part if (known := self.case.people.get(each)) and known.body.is_adult)

    @cached_property
    def children_taking_part(self) -> tuple[str, ...]:
        """Ids of the children among those who take part."""
        return tuple(
            each for each in self.taking_part if (known := self.case.people.get(each)) and not known.body.is_adult
        )

    @cached_property
    def pairs_taking_part(self) -> tuple[tuple[str, str], ...]:
        """Every two adults who take part."""
        return tuple(combinations(self.adults_taking_part, 2))

    @cached_property
    def adults(self) -> tuple[str, ...]:
        """Ids of the adults of the case.

        Somebody who is on record only after the day counts too: what can stop counts whatever its date.
        """
        later = {each.body.person_id: each for each in self.case.standing(Person)}
        people = later | self.case.people
        return tuple(person_id for person_id, each in people.items() if each.body.is_adult)

    def person(self, person_id: str) -> Record[Person] | None:
        """The current record of a person."""
        return self.case.people.get(person_id)

    def age(self, person_id: str) -> int | None:
        """Age on the day; None where it is not known."""
        person = self.person(person_id)
        return age(person.body, self.as_of) if person else None

    def is_unborn(self, person_id: str) -> bool:
        """Whether a child is not born yet on the day."""
        return self.age(person_id) == UNBORN

    # Conversations

    def conversations_ever(self, person_id: str) -> list[Conversation]:
        """All conversations with a person, whatever their date and superseded or not, oldest first."""
        return self._conversations_ever.get(person_id, [])

    @cached_property
    def _conversations_ever(self) -> dict[str, list[Conversation]]:
        return by(lambda each: each.body.person_id, self.case.ever(SafetyConversation))

    def conversations(self, person_id: str) -> list[Conversation]:
        """The person's conversations that are not superseded, oldest first."""
        return [
            each
            for each in self.conversations_ever(person_id)
            if self.case.is_past(each) and each.id not in self.case.superseded
        ]

    def completed_conversations(self, person_id: str) -> list[Conversation]:
        """The person's completed conversations that are not superseded, oldest first."""
        return [each for each in self.conversations(person_id) if each.body.state == "completed"]

    def latest_conversation(self, person_id: str) -> Conversation | None:
        """The newest of the completed conversations."""
        return next(reversed(self.completed_conversations(person_id)), None)

    def screened_taking_part(self) -> Iterator[tuple[str, Conversation]]:
        """Every adult taking part who had a conversation, with the latest."""
        yield from self._screened(self.adults_taking_part)

    def screened(self) -> Iterator[tuple[str, Conversation]]:
        """Every adult of the case who had a conversation, with the latest."""
        yield from self._screened(self.adults)

    def _screened(self, people: tuple[str, ...]) -> Iterator[tuple[str, Conversation]]:
        for person_id in people:
            if conversation := self.latest_conversation(person_id):
                yield person_id, conversation

    # Advice about safety

    @cached_property
    def refusals(self) -> list[Record[Advice]]:
        """Every advice not to go ahead, whatever its date and superseded or not."""
        return [
            each
            for each in self.case.ever(Advice)
            if each.body.about == "safety" and each.body.says == "do_not_go_ahead"
        ]

    @cached_property
    def go_aheads(self) -> list[Record[Advice]]:
        """Advice to go ahead that has not been ended by newer advice to find out more, or not to go ahead."""
        about_safety = [each for each in self.case.every(Advice) if each.body.about == "safety"]
        enders = self.refusals + [each for each in about_safety if each.body.says == "find_out_more"]
        ended_before = max((each.order for each in enders), default=None)
        return [
            each
            for each in about_safety
            if each.body.says == "go_ahead"
            and each.body.role in WHO_MAY_ADVISE
            and (ended_before is None or each.order > ended_before)
        ]

    @cached_property
    def lifts(self) -> dict[str, list[Record[StopLifted]]]:
        """By the id of a record: what says that the stop it makes was lifted, whether or not by somebody who may."""
        found: dict[str, list[Record[StopLifted]]] = {}
        for lift in self.case.every(StopLifted):
            for record_id in {each.lower() for each in lift.body.records}:
                found.setdefault(record_id, []).append(lift)
        return found

    # Relationships

    def accounts(self, *people: str) -> list[Record[Relationship]]:
        """The latest account by each teller of what these people are to each other, or one person to anybody."""
        return [each for each in self._accounts.get(people[0], []) if each.body.pair.issuperset(people)]

    @cached_property
    def _accounts(self) -> dict[str, list[Record[Relationship]]]:
        found: dict[str, list[Record[Relationship]]] = {}
        for account in self.case.current(Relationship).values():
            for person_id in account.body.between:
                found.setdefault(person_id, []).append(account)
        return found

    def column(self, pair: tuple[str, str]) -> Column:
        """What two people are to each other by all accounts; *unclear* where the accounts differ or say nothing."""
        told = [each.body.status for each in self.accounts(*pair)]
        said = [status for status in told if status != "not_known"]
        columns = {_COLUMNS[status] for status in said}
        return columns.pop() if len(columns) == 1 else "unclear"

    def is_told_as_together(self, account: Record[Relationship]) -> bool:
        """Whether an account says that the two are together."""
        return _COLUMNS[account.body.status] == "together"

    # Wrap-around

    def wraparound(self, person_id: str) -> list[Record[Wraparound]]:
        """The person's wrap-around commitments that have not ended by the day."""
        return [
            each
            for each in self._commitments.get(person_id, [])
            if each.body.ended_on is None or each.body.ended_on > self.as_of
        ]

    @cached_property
    def _commitments(self) -> dict[str, list[Record[Wraparound]]]:
        return by(lambda each: each.body.for_person, self.case.current(Wraparound).values())
