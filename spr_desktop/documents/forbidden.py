"""What must not be in a referral pack of a case: the details that the leak check looks for (packs.md section 2).

The pack is built from an allow-list, so none of these can come from a field. They can come from a text that somebody
typed: a summary that names the street, a boundary statement with a number in it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any, Final

from spr_desktop.documents.adults import printable_contacts
from spr_desktop.documents.forms import forms_of_email, forms_of_postcode, forms_of_street
from spr_desktop.documents.leak_check import Forbidden
from spr_desktop.documents.matching import number, reduced
from spr_desktop.documents.readings import NUMBER_FROM
from spr_desktop.pathway.definition import Definition
from spr_desktop.pathway.facts import Facts
from spr_desktop.pathway.result import Decision
from spr_desktop.records import people, safety, suitability, work
from spr_desktop.records.case import Case
from spr_desktop.records.people import ConfidentialWords, ContactPoint, LeadProfessional, Professional
from spr_desktop.records.record import Body
from spr_desktop.records.suitability import ChildVoice
from spr_desktop.records.work import Note, Wraparound

_CONFIDENTIAL: Final = "a confidential word"
_STAYS: Final = "words that stay in the case"
_NAME: Final = "the name of somebody who does not take part"
_NAME_OFF_PAGES: Final = "a name outside the pages"
_CONTACT: Final = {
    "mobile": "a telephone number that is not released",
    "landline": "a telephone number that is not released",
    "email": "an email address that is not released",
    "post": "a home address",
    "via_worker": "a way of contact that is not released",
}

_LOCAL_FIGURES: Final = 6
"""Of a telephone number: those that people dial in their own town."""
_MOST_FIGURES: Final = 13
"""Of one telephone number, with its country."""
_WORDS_OF_A_SENTENCE: Final = 6
"""Shorter pieces of text are not looked for: they would be found where they mean something else."""

_SENTENCE: Final = re.compile(r"[.!?;\n]+")
_PART_OF_ADDRESS: Final = re.compile(r"[\n,;]+")
_POSTCODE: Final = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b", re.IGNORECASE)
_HOUSE_NUMBER: Final = re.compile(r"^(?:(?:flat|unit|apartment|room)\s*)?\d+\s*[a-z]?\b[\s,]*", re.IGNORECASE)
_STREET: Final = re.compile(
    r"\b(road|street|lane|avenue|close|drive|way|court|house|gardens?|terrace|place|crescent|grove|hill|mews|green|square|"
    r"rise|row|cottages?|farm|flat|lodge|walk|view|rd|st|ave|ln|dr|cl)\b",
    re.IGNORECASE,
)

_STAYS_IN_THE_CASE: Final[dict[type[Body], tuple[str, ...]]] = {
    people.CourtMatter: ("protects", "against"),
    people.Need: ("note",),
    safety.SafetyConversation: ("place", "rationale"),
    safety.SafetyInformation: ("source", "detail"),
    safety.Advice: ("content",),
    safety.SafetyAction: ("outcome",),
    safety.StopLifted: ("reason",),
    suitability.Suitability: ("detail",),
    suitability.Readiness: ("motivation",),
    suitability.UniversalOffer: ("reason",),
    work.ReferralProgress: ("reason",),
    work.TouchPoint: ("note",),
    work.CautionAccepted: ("reason",),
    work.SignificantEvent: ("event", "source", "impact_on_child", "action"),
    work.ContactTriage: ("advice",),
}
_CHILDS_OWN_WORDS: Final = ("sees", "hears", "feels", "wishes")


def forbidden_in_pack(case: Case, decision: Decision, definition: Definition) -> tuple[Forbidden, ...]:
    """Every detail of the case that its pack must not hold."""
    facts = Facts(case, decision.as_of, definition, decision.service)
    return tuple(
        dict.fromkeys(
            [
                *confidential_words(case),
                *_contacts(facts),
                *_names(facts),
                *family_names(case),
                *kept_texts(case),
                *childs_words(case),
            ]
        )
    )


def confidential_words(case: Case, *, but_of: str | None = None) -> Iterator[Forbidden]:
    """All that were ever recorded: a word that was taken back may still be known to somebody.

    With ``but_of``, those of one person are left out.
    """
    for record in case.ever(ConfidentialWords):
        if record.body.person_id == but_of:
            continue
        for word in record.body.words:
            # A word may be a whole address; the street of it must not stand alone either.
            parts = [word, *_PART_OF_ADDRESS.split(word), *_parts_of_address(word)]
            yield from (Forbidden.words(_CONFIDENTIAL, part) for part in parts)
            if "@" in word:
                yield from (Forbidden(_CONFIDENTIAL, form) for form in forms_of_email(word, ()))


def _contacts(facts: Facts) -> Iterator[Forbidden]:
    """Every way of contact, of now or of before, that the pack does not print for that very person."""
    printed = {
        (person, reduced(each.value))
        for person in facts.adults_taking_part
        for each in printable_contacts(facts, person)
    }
    professionals = workers(facts.case)
    for record in facts.case.ever(ContactPoint):
        contact = record.body
        if (contact.person_id, reduced(contact.value)) in printed:
            continue
        if contact.type == "via_worker" and any(is_of(contact.value, each) for each in professionals):
            continue
        own = {ending(value) for _, value in printed}
        yield from forbidden_contact(_CONTACT[contact.type], contact, facts.case, own)


def forbidden_contact(
    kind: str, contact: ContactPoint, case: Case, own_endings: Collection[str]
) -> Iterator[Forbidden]:
    """A way of contact, its parts that must not stand alone either, and the forms in which people write it.

    ``own_endings`` are the last figures of numbers that may be printed.
    """
    parts = _parts_of_address(contact.value) if contact.type == "post" else [contact.value]
    yield from (Forbidden.words(kind, part) for part in parts)
    if contact.type == "email":
        names = names_of(case, contact.person_id)
        yield from (Forbidden(kind, form) for form in forms_of_email(contact.value, names))
    if contact.type in ("mobile", "landline"):
        yield from ending_of(kind, contact.value, own_endings)


def ending(value: str) -> str:
    """The figures of a telephone number that are dialled in its own town; empty for what is not one number alone."""
    figures = number(value)
    is_one = NUMBER_FROM <= len(figures) <= _MOST_FIGURES and not any(map(str.isalpha, value))
    return figures[-_LOCAL_FIGURES:] if is_one else ""


def ending_of(kind: str, value: str, own_endings: Collection[str]) -> Iterator[Forbidden]:
    """The end of a telephone number, which people give for short."""
    found = ending(value)
    if found and found not in own_endings:
        yield Forbidden(kind, found, as_a_whole=True)


def names_of(case: Case, person_id: str) -> set[str]:
    """All names that a person was ever recorded by, one by one, reduced."""
    return {
        reduced(part)
        for each in case.ever(people.Person)
        if each.body.person_id == person_id
        for part in re.split(r"[\s-]+", f"{each.body.full_name} {each.body.preferred_name or ''}")
        if reduced(part)
    }


def workers(case: Case) -> list[Professional]:
    """Everybody who was ever named as a professional of the family."""
    lead = [each.body.professional for each in case.ever(LeadProfessional)]
    return lead + [each.body.practitioner for each in case.ever(Wraparound)]


def is_of(value: str, worker: Professional) -> bool:
    """Whether a way of contact through a worker is one that the pack prints with that worker anyway."""
    return reduced(worker.name) in reduced(value) or bool(worker.phone and number(worker.phone) == number(value))


def _parts_of_address(address: str) -> list[str]:
    """The lines of an address that tell where it is; the name of a town alone does not."""
    lines = [line.strip() for line in _PART_OF_ADDRESS.split(address) if line.strip()]
    found = [form for match in _POSTCODE.finditer(address) for form in forms_of_postcode(match[0])]
    for at, line in enumerate(lines):
        line = _POSTCODE.sub("", line).strip()
        if at == 0 or _STREET.search(line) or any(map(str.isdigit, line)):
            street = _HOUSE_NUMBER.sub("", line)
            found += [line, *([street] if " " in street else []), *forms_of_street(line)]
    return found


def _names(facts: Facts) -> Iterator[Forbidden]:
    """Full names of adults who do not take part; a given name alone is too often a word like any other."""
    taking_part = {reduced(facts.case.people[each].body.full_name) for each in facts.adults_taking_part}
    for record in facts.case.ever(people.Person):
        person = record.body
        is_another = person.is_adult and person.person_id not in facts.adults_taking_part
        if is_another and has_whole_name(person) and reduced(person.full_name) not in taking_part:
            yield Forbidden.words(_NAME, person.full_name)


def has_whole_name(person: people.Person) -> bool:
    """Whether more than a given name is recorded; a pack that was received gives an adult's names in one field."""
    return bool(person.family_name) or (person.is_adult and len(person.given_names.split()) > 1)


def family_names(case: Case) -> Iterator[Forbidden]:
    """Nobody's name may stand in the title, the outline or another part that is shown without opening a page."""
    for record in case.ever(people.Person):
        if has_whole_name(record.body):
            yield Forbidden.off_pages(_NAME_OFF_PAGES, record.body.full_name)


def kept_texts(case: Case) -> Iterator[Forbidden]:
    """What was written for the case alone, sentence by sentence; a sentence can be taken back by superseding it."""
    for kind, fields in _STAYS_IN_THE_CASE.items():
        for record in case.standing(kind):
            for field in fields:
                yield from _sentences(getattr(record.body, field))
    yield from answers(case)
    for note in case.standing(Note):
        for block in note.body.blocks:
            yield from _sentences(block.text)


def answers(case: Case) -> Iterator[Forbidden]:
    """What was written beside the answers of a safety conversation."""
    for conversation in case.standing(safety.SafetyConversation):
        for answer in conversation.body.answers.values():
            yield from _sentences(answer.note)


def childs_words(case: Case) -> Iterator[Forbidden]:
    """A child's own words, but for those that the child agreed to have passed on."""
    for record in case.standing(ChildVoice):
        current = case.body(ChildVoice, record.body.child_id)
        agreed = reduced(current.agreed_wording or "") if current else ""
        for field in _CHILDS_OWN_WORDS:
            for sentence in _sentences(getattr(record.body, field)):
                if sentence.looked_for not in agreed:
                    yield sentence


def _sentences(text: Any) -> Iterator[Forbidden]:
    for sentence in _SENTENCE.split(text or ""):
        if len(sentence.split()) >= _WORDS_OF_A_SENTENCE:
            yield Forbidden(_STAYS, reduced(sentence))
