"""What must not be in a document that is about one person alone: every detail of anybody else (packs.md section 3).

There is no override. A detail that the reader's own records hold as well, a date or a practitioner that both share, is
none of the other's: it tells nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from datetime import date
from typing import Any, Final

from spr_desktop.documents.about import people_named
from spr_desktop.documents.forbidden import (
    answers,
    childs_words,
    confidential_words,
    ending,
    ending_of,
    family_names,
    forbidden_contact,
    has_whole_name,
    is_of,
    kept_texts,
    workers,
)
from spr_desktop.documents.forms import forms_of_email
from spr_desktop.documents.leak_check import Forbidden
from spr_desktop.documents.matching import reduced
from spr_desktop.documents.wording import day
from spr_desktop.records import agreement, people, safety, work
from spr_desktop.records.bodies import plain_body
from spr_desktop.records.case import Case
from spr_desktop.records.compartments import RESTRICTED, SHARED, compartment
from spr_desktop.records.people import ContactPoint, Person, Professional
from spr_desktop.records.record import AnyRecord

_NAME: Final = "the name of somebody else"
_BIRTHDAY: Final = "somebody else's date of birth"
_CONTACT: Final = "somebody else's way of contact"
_PRACTITIONER: Final = "the name or contact of somebody else's practitioner"
_DAY: Final = "a day on which somebody else was spoken with or agreed"
_SHORTEST_NAME: Final = 2
_SHORTEST_SURNAME: Final = 4
"""Of a practitioner, whose name alone is looked for in what was typed."""
_HALF_OF_A_NAME: Final = re.compile(r"[\s-]+")
_DAY_OF_A_FIELD: Final = re.compile(r"(\d{4}-\d\d-\d\d)(?:T[\d:]+)?")
_FIGURES_OF_A_DAY: Final = 7
"""From so many figures a day is looked for on the pages too."""
_ENDINGS: Final = {1: "st", 2: "nd", 3: "rd"}
_DATED: Final = (
    safety.SafetyConversation,
    agreement.Agreement,
    agreement.PrivacyNotice,
    agreement.SharingBasis,
    work.TouchPoint,
)


def forbidden_to_reader(case: Case, person_id: str, printed: Iterable[str], days: Iterable[date]) -> list[Forbidden]:
    """Every detail that a copy or a brief about one person must not hold.

    ``printed`` are ways of contact of the person's own that it prints, ``days`` the days that it prints of their own.
    """
    found = [
        *confidential_words(case),
        *_contacts(case, {reduced(each) for each in printed}),
        *_of_others(case, person_id, set(days)),
        *kept_texts(case),
        *childs_words(case),
    ]
    return list(dict.fromkeys(found))


def forbidden_in_answer(case: Case, person_id: str, days: Iterable[date]) -> list[Forbidden]:
    """Every detail that the answer to a person's request must not hold, whatever was decided about its items.

    The person's own ways of contact and words may stand in it; ``days`` are those of the items it discloses.
    """
    mine = [each.body for each in case.ever(ContactPoint) if each.body.person_id == person_id]
    own = {form for each in mine for form in forbidden_contact(_CONTACT, each, case, ())}  # two may live together
    found = [
        *confidential_words(case, but_of=person_id),
        *(each for each in _contacts(case, {reduced(each.value) for each in mine}) if each not in own),
        *_of_others(case, person_id, set(days)),
    ]
    return list(dict.fromkeys(found))


def forbidden_in_notice(case: Case) -> list[Forbidden]:
    """Every detail that a paper about the work, not about the family, must not hold."""
    everybody = [Forbidden.words(_NAME, each.body.full_name) for each in case.ever(Person) if has_whole_name(each.body)]
    born = {each.body.date_of_birth for each in case.ever(Person) if each.body.date_of_birth}
    found = [
        *confidential_words(case),
        *_contacts(case, set()),
        *everybody,
        *(form for each in sorted(born) for form in _day_of(_BIRTHDAY, each)),
        *answers(case),
        *childs_words(case),
    ]
    return list(dict.fromkeys(found))


def _of_others(case: Case, person_id: str, days: set[date]) -> list[Forbidden]:
    return [
        *_names(case, person_id),
        *family_names(case),
        *_birthdays(case, person_id),
        *_practitioners(case, person_id),
        *_days(case, person_id, days),
    ]


def names_alone(case: Case, person_id: str) -> list[Forbidden]:
    """Single names and short birthdays of other adults, to be looked for in what somebody typed.

    In our own sentences a name like May or Will would be found where it is none.
    """
    own = {part for each in case.ever(Person) if each.body.person_id == person_id for part in _single(each.body)}
    own |= {
        part
        for each in _own_workers(case, person_id)
        for part in map(reduced, f"{each.name} {each.organisation}".split())
    }
    found = {
        part
        for each in case.ever(Person)
        if each.body.is_adult and each.body.person_id != person_id
        for part in _single(each.body)
    }
    names = [Forbidden(_NAME, each) for each in sorted(found - own) if len(each) >= _SHORTEST_NAME]
    surnames = {each.name.split()[-1] for each in _others_workers(case, person_id) if each.name.strip()}
    names += [
        Forbidden(_PRACTITIONER, reduced(each), in_one_word=each.isalpha())
        for each in sorted(surnames)
        if len(reduced(each)) >= _SHORTEST_SURNAME and reduced(each) not in own
    ]
    return [*names, *_short_birthdays(case, person_id)]


def names_turned_round(case: Case, person_id: str) -> list[Forbidden]:
    """Names of others in another order than that of the records, also to be looked for in what somebody typed."""
    own = {reduced(each.body.full_name) for each in case.ever(Person) if each.body.person_id == person_id}
    found = []
    for record in case.ever(Person):
        person = record.body
        if person.is_adult and person.person_id != person_id and person.family_name:
            first = (person.given_names.split() or [""])[0]
            orders = (f"{person.family_name} {person.given_names}", f"{first} {person.family_name}")
            found += [Forbidden.words(_NAME, each) for each in orders if reduced(each) not in own]
    for worker in _others_workers(case, person_id):
        if len(names := worker.name.split()) > 1:
            turned = " ".join([names[-1], *names[:-1]])
            found.append(Forbidden.words(_PRACTITIONER, turned))
    return found


def _short_birthdays(case: Case, person_id: str) -> Iterator[Forbidden]:
    """Birthdays in so few figures that a time, a reference or a fingerprint of ours would be taken for one."""
    mine = {each.body.date_of_birth for each in case.ever(Person) if each.body.person_id == person_id}
    for record in case.ever(Person):
        born = record.body.date_of_birth
        if record.body.is_adult and born and born not in mine:
            yield from (Forbidden(_BIRTHDAY, form, as_a_whole=True) for form in forms_of(born) if _is_short(form))


def _is_short(form: str) -> bool:
    return form.isdigit() and len(form) < _FIGURES_OF_A_DAY


def _single(person: Person) -> set[str]:
    names = [person.given_names, person.family_name or "", person.preferred_name or ""]
    parts = {part for name in names for part in (*name.split(), *_HALF_OF_A_NAME.split(name))}
    return {reduced(part) for part in parts if reduced(part)}


def _contacts(case: Case, own: set[str]) -> Iterator[Forbidden]:
    """Every way of contact of anybody, of now or of before, but those that are printed on purpose."""
    for record in case.ever(ContactPoint):
        contact = record.body
        through_a_worker = contact.type == "via_worker" and any(is_of(contact.value, each) for each in workers(case))
        if reduced(contact.value) not in own and not through_a_worker:
            yield from forbidden_contact(_CONTACT, contact, case, {ending(each) for each in own})


def _names(case: Case, person_id: str) -> Iterator[Forbidden]:
    mine = {reduced(each.body.full_name) for each in case.ever(Person) if each.body.person_id == person_id}
    for record in case.ever(Person):
        person = record.body
        if not person.is_adult or person.person_id == person_id:
            continue
        if not has_whole_name(person):
            continue  # a single name is looked for in what was typed
        called = [person.full_name]
        if person.preferred_name and person.family_name:
            called.append(f"{person.preferred_name} {person.family_name}")
        yield from (Forbidden.words(_NAME, each) for each in called if reduced(each) not in mine)


def _birthdays(case: Case, person_id: str) -> Iterator[Forbidden]:
    mine = {each.body.date_of_birth for each in case.ever(Person) if each.body.person_id == person_id}
    for record in case.ever(Person):
        born = record.body.date_of_birth
        if record.body.is_adult and born and born not in mine:
            yield from _day_of(_BIRTHDAY, born)


def _day_of(kind: str, on: date) -> Iterator[Forbidden]:
    yield Forbidden(kind, "", on=on)
    yield from (Forbidden(kind, form, as_a_whole=True) for form in _long_forms(on))


def _practitioners(case: Case, person_id: str) -> Iterator[Forbidden]:
    shared = {reduced(each) for worker in _own_workers(case, person_id) for each in _reached(worker)}
    shared |= {reduced(each.recorded_by or "") for each in case.records}
    endings = {ending(worker.phone or "") for worker in _own_workers(case, person_id)}
    for worker in _others_workers(case, person_id):
        for each in _reached(worker):
            if reduced(each) not in shared:
                yield Forbidden.words(_PRACTITIONER, each)
        if worker.phone and reduced(worker.phone) not in shared:
            yield from ending_of(_PRACTITIONER, worker.phone, endings)
        if worker.email and reduced(worker.email) not in shared:
            names = {reduced(each) for each in worker.name.split()}
            yield from (Forbidden(_PRACTITIONER, form) for form in forms_of_email(worker.email, names))


def _own_workers(case: Case, person_id: str) -> list[Professional]:
    """Those whom the documents of a person may name: the person's own practitioners, and those who lead."""
    leads = [each.body.professional for each in case.ever(people.LeadProfessional)]
    return leads + [each.body.practitioner for each in case.ever(work.Wraparound) if each.body.for_person == person_id]


def _others_workers(case: Case, person_id: str) -> list[Professional]:
    own = {reduced(each.name) for each in _own_workers(case, person_id)}
    every = [each.body for each in case.ever(work.Wraparound) if each.body.for_person != person_id]
    return [each.practitioner for each in every if reduced(each.practitioner.name) not in own]


def _reached(worker: Professional) -> list[str]:
    return [each for each in (worker.name, worker.phone, worker.email) if each]


def _days(case: Case, person_id: str, own: set[date]) -> Iterator[Forbidden]:
    """Days on which others were spoken with or agreed, unless the person's own papers hold the same day."""
    for record in case.records:
        if isinstance(record.body, _DATED) and record.body.person_id != person_id:
            on = record.happened_on.day
            if on not in own:
                yield from _day_of(_DAY, on)


def own_days(case: Case, person_id: str) -> set[date]:
    """Every day that stands in something of the person's own, or in what everybody of the family may know.

    What is kept apart is neither, also where it is about this person alone: what one parent says of the other is
    written down on the day of the conversation. Only the person's own conversations are.
    """
    found: set[date] = set()
    for each in case.records:
        named, kept_in = people_named(each, case), compartment(each, case)
        is_own = kept_in != RESTRICTED or isinstance(each.body, safety.SafetyConversation)
        if (named == {person_id} and is_own) or (not named and kept_in == SHARED):
            found |= days_of(each)
    return found


def days_of(record: AnyRecord, but: Collection[str] = ()) -> set[date]:
    """The day of a record, and those that its fields hold, without some fields."""
    values = [value for name, value in plain_body(record.body).items() if name not in but]
    return {record.happened_on.day, *_days_in(values)}


def _days_in(value: Any) -> Iterator[date]:
    """The days among the values of a body, not those in its texts."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _days_in(each)
    elif isinstance(value, str) and (found := _DAY_OF_A_FIELD.fullmatch(value)):
        with suppress(ValueError):
            yield date.fromisoformat(found[1])


def _long_forms(on: date) -> list[str]:
    return [each for each in forms_of(on) if not _is_short(each)]


def forms_of(on: date) -> list[str]:
    """A day as it may be written, as it is looked for: 3 November 2026, 3rd Nov 26, 3/11/2026, 2026-11-03."""
    month, short = f"{on:%B}", f"{on:%b}"
    ordinal = _ordinal(on.day)
    texts = [day(on), on.isoformat()]
    for named in (month, short):
        for which in (str(on.day), f"{on.day:02}", ordinal):
            texts += [f"{which} {named} {on.year}", f"{which} of {named} {on.year}", f"{named} {which} {on.year}"]
            texts += [f"{which} {named} {on:%y}"]
    for figures in (f"{on.day}/{on.month}", f"{on.day:02}/{on.month:02}"):
        texts += [f"{figures}/{on.year}", f"{figures}/{on:%y}"]
    return list(dict.fromkeys(reduced(each) for each in texts))


def _ordinal(number: int) -> str:
    if 10 <= number % 100 <= 20:
        return f"{number}th"
    return f"{number}{_ENDINGS.get(number % 10, 'th')}"
