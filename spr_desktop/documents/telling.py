"""A record in plain words for the person whom it is about: each field with its label, codes and ids put into words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, get_args

from spr_desktop.documents import wording
from spr_desktop.documents.record_words import label_of, words_of
from spr_desktop.pathway.definition import definition
from spr_desktop.pathway.questions import BUILT_IN, QuestionSet, asked_from, question_set
from spr_desktop.records.bodies import ids_referred_to
from spr_desktop.records.case import Case
from spr_desktop.records.kinds import KINDS, Field, fields_of
from spr_desktop.records.people import Professional
from spr_desktop.records.record import AnyRecord
from spr_desktop.records.safety import Answer, SafetyConversation
from spr_desktop.records.suitability import THERAPY_DETAILS
from spr_desktop.records.values import When
from spr_desktop.records.work import NoteBlock, Session

_OTHER: Final = "the other parent"
_HINT: Final = re.compile(r" \([^)]*\)$")
"""What a choice of the questions tells the practitioner to ask further."""
_OF_A_CONVERSATION: Final = frozenset({"answers", "observations"})


@dataclass(frozen=True, slots=True)
class Part:
    """One field of an item."""

    name: str
    """As the case document has it."""
    label: str
    value: str
    entries: tuple[tuple[str, str], ...]
    """Labels and values as they are printed: one for a field, and one for each question that was answered."""
    typed: tuple[str, ...]
    """What somebody typed freely, in which anybody may be named; the rest are words of ours."""


@dataclass(frozen=True, slots=True)
class _Told:
    """A value in words, and whether somebody typed them."""

    text: str
    is_typed: bool = False


def parts_of(record: AnyRecord, case: Case, reader: str) -> tuple[Part, ...]:
    """Every field of a record that says something, in plain words; ``reader`` is the id of the person."""
    return tuple(_Teller(record, case, reader).parts())


class _Teller:
    """Puts one record into words."""

    def __init__(self, record: AnyRecord, case: Case, reader: str) -> None:
        self._record = record
        self._case = case
        self._reader = reader
        self._people = {each for _path, what, each in ids_referred_to(record.body) if what == "person"} | {reader}

    def parts(self) -> Iterator[Part]:
        body = self._record.body
        for field in fields_of(KINDS[self._record.kind]).values():
            value = getattr(body, field.attribute)
            label = label_of(self._record.kind, field.name)
            if value in (None, (), {}, "") or not label or self._goes_without_saying(field, value):
                continue
            if field.name in _OF_A_CONVERSATION and isinstance(body, SafetyConversation):
                yield _asked(field.name, label, body)
                continue
            told = [self._told(field, each) for each in (value if isinstance(value, tuple) else (value,))]
            text = "\n".join(each.text for each in told)
            yield Part(field.name, label, text, ((label, text),), tuple(each.text for each in told if each.is_typed))

    def _goes_without_saying(self, field: Field, value: Any) -> bool:
        """That a record about the reader is about the reader, and how sure a date is that is not there."""
        if field.name == "date_of_birth_accuracy":
            return self._record.body.date_of_birth is None
        return field.name in ("person_id", "for_person", "subject") and value == self._reader

    def _told(self, field: Field, value: Any) -> _Told:
        match value:
            case Professional():
                return _Told("\n".join(_professional(value)), is_typed=True)
            case NoteBlock():
                return _Told(_block(value), is_typed=True)
            case When():
                return _Told(_moment(value))
            case date():
                return _Told(wording.day(value))
            case bool() | int() | float():
                return _Told(f"{value:g}")
        if value in self._people:
            return _Told(self._called(value))
        known = self._looked_up(field.name, value)
        if known:
            return _Told(known)
        if value in _choices(field.type):
            return _Told(words_of(self._record.kind, field.name, value))
        return _Told(value, is_typed=True)

    def _called(self, person: str) -> str:
        if person == self._reader:
            return "You"
        known = self._case.people.get(person)
        if known is None:
            return "Somebody not on record"
        return "Another adult" if known.body.is_adult else "A child"

    def _looked_up(self, name: str, value: str) -> str | None:
        """What an id of the pathway or of the case stands for."""
        pathway, kind = definition(), self._record.kind
        match kind, name:
            case _, "service" if value in pathway.services:
                return pathway.services[value].title
            case "universal_offer", "item" if value in pathway.items:
                return pathway.items[value].title
            case "course", "programme" if value in pathway.items:
                return pathway.items[value].title
            case "sharing_basis", "recipients" if value in pathway.organisations:
                return pathway.organisations[value].title
            case "privacy_notice", "notice" if value == pathway.notice:
                return pathway.notice_title
            case ("advice", "rules") | ("caution_accepted", "rule") if value in pathway.rules:
                return f"{pathway.rules[value].title} ({value})"
            case "caution_accepted", "subject":
                return "The case as a whole"
            case "relationship", "according_to":
                return "The practitioner"
            case "stop_lifted", "records":
                return "A record of this case"
            case "touch_point", "session_id":
                return self._session(value)
            case "safety_conversation", "question_set" if value == BUILT_IN:
                return f"{question_set(value).title}, version {value.rpartition('/')[2]} ({question_set(value).status})"
            case (("document_made" | "document_sent" | "document_revoked"), "document"):
                return value.replace("-", " ").capitalize() if value in _DOCUMENTS else None
            case "suitability", "detail":
                return words_of(kind, name, value) if value in THERAPY_DETAILS else None
        return None

    def _session(self, known: str) -> str:
        session = self._case.body(Session, known)
        return f"Session {session.number}, {wording.day(session.planned_for.day)}" if session else "A session"


_DOCUMENTS: Final = frozenset(
    {"referral-pack", "parent-copy", "wraparound-brief", "withdrawal-notice", "case-audit", "subject-access"}
)


def _professional(who: Professional) -> list[str]:
    named = ", ".join(each for each in (who.role, who.organisation) if each)
    return [each for each in (who.name, named, who.phone, who.email) if each]


def _block(block: NoteBlock) -> str:
    said = f", {block.attributed_to}" if block.attributed_to else ""
    return f"{words_of('blocks', 'type', block.type)}{said}: {block.text}"


def _moment(when: When) -> str:
    return f"{wording.day(when.day)}, {when.time:%H:%M}" if when.time else wording.day(when.day)


def _choices(hint: Any) -> set[Any]:
    """The codes that a field takes, at any depth of its type."""
    found: set[Any] = set()
    for each in get_args(hint):
        found |= {each} if isinstance(each, str) else _choices(each)
    return found


# A conversation, in the words in which it was held


def _asked(name: str, label: str, conversation: SafetyConversation) -> Part:
    if name == "answers":
        return _answers(label, asked_from(conversation), conversation.answers)
    seen = question_set(BUILT_IN).observations
    text = "\n".join(_plain(seen[each].text) if each in seen else each for each in conversation.observations)
    typed = tuple(each for each in conversation.observations if each not in seen)
    return Part(name, label, text, ((label, text),), typed)


def _answers(label: str, asked: QuestionSet | None, answers: Mapping[str, Answer]) -> Part:
    entries: list[tuple[str, str]] = []
    typed: list[str] = []
    for known, answer in answers.items():
        question = asked.questions.get(known) if asked else None
        words = _words_of_answer(asked, known, answer.value)
        own = [each for each in (answer.note, answer.last_happened) if each]
        typed += own if words else [answer.value, *own]
        lines = [words or _as_typed(answer.value)]
        lines += [f"When last: {answer.last_happened}"] if answer.last_happened else []
        lines += [f"Note: {answer.note}"] if answer.note else []
        entries.append((_plain(question.text) if question else f"Question {known}", "\n".join(lines)))
    value = "\n".join(f"{question}\n{answer}" for question, answer in entries)
    return Part("answers", label, value, tuple(entries), tuple(typed))


def _words_of_answer(asked: QuestionSet | None, known: str, value: str) -> str:
    question = asked.questions.get(known) if asked else None
    choices = (*(question.choices if question else ()), *(asked.always if asked else ()))
    words = next((each.words for each in choices if each.code == value), "")
    return _HINT.sub("", words).replace("their own", "your own")


def _as_typed(value: str) -> str:
    """A value of a question that is not known here: its letters are not ours to change."""
    spaced = value.replace("_", " ")
    return f"{spaced[:1].upper()}{spaced[1:]}"


def _plain(text: str) -> str:
    """A question as it was asked; the other parent is not named."""
    return text.replace("{other}", _OTHER)
