"""The chronology: every record of a case, newest first, for the practitioner or for one parent's page.

A parent's page gets records made for it: starting from nothing, the fields that may be seen are put in. So what is not
named here cannot be found there, neither on the page nor by searching it (records.md section 4).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any, Final

from spr_desktop.records.bodies import ids_referred_to, plain_body
from spr_desktop.records.case import Case
from spr_desktop.records.compartments import RESTRICTED, SHARED, compartment
from spr_desktop.records.people import ConfidentialWords, CourtMatter, ParentalResponsibility, Person
from spr_desktop.records.record import AnyRecord, Body
from spr_desktop.records.suitability import ChildVoice
from spr_desktop.records.work import Note, Referral, Session, TouchPoint

_KEPT: Final[dict[str, tuple[str, ...]]] = {
    "case_opened": ("organisation", "team"),
    "lead_professional": ("professional",),
    "plan": ("type", "intervention_in_plan", "closure_planned_on", "closure_because_of_referral"),
    "conflict_profile": ("frequent", "intense", "poorly_resolved"),
    "universal_offer": ("item", "person_id", "result"),
    "referral": ("service", "taking_part", "first_discussed_on", "referred_on"),
    "referral_progress": ("step", "person_id", "appropriate"),
    "session": ("session_id", "number", "service", "planned_for", "attendees", "state"),
    "parental_responsibility": ("child_id", "adult_id", "held"),
    "court_matter": ("matter_id", "law", "state", "about_current_children", "children"),
    "suitability": ("check", "person_id", "value", "review_on"),
    "person": (
        *("person_id", "role", "given_names", "family_name", "preferred_name", "date_of_birth"),
        *("date_of_birth_accuracy", "expected_on"),
    ),
    "child_voice": ("child_id", "how", "wants_to_take_part"),
    "child_agreement": ("child_id", "service", "informed", "agrees"),
    "sharing_basis": ("person_id", "article_6", "policy_followed", "recipients"),
    "privacy_notice": ("person_id", "notice", "version", "method"),
    "course": ("person_id", "programme", "enrolled_on", "started_on", "retained", "milestone"),
    "outcome_measure": ("measure", "person_id", "point", "score"),
    "need": ("factor", "identified", "person_id"),
}
"""What a parent's page may show of records that all share, and of the children's: facts, and no words about anybody.

A kind that is not listed is not shown: a child's contact points, for one, may be the other parent's home.
"""
_NEVER: Final = frozenset({"supervision", "management_oversight", "analysis"})
"""Notes, and pieces of notes, that are the practitioner's own work, whoever they are about.

The reasons for corrections are among them.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One record as the chronology shows it."""

    record: AnyRecord
    """For a parent's page: only what may be seen there."""
    about: tuple[str, ...]
    """Ids of the people it is about."""
    compartment: str
    superseded_by: str | None
    """Id of the newest record that corrects this one."""

    @property
    def kind(self) -> str:
        """The kind of the record."""
        return self.record.kind

    @property
    def day(self) -> date:
        """When it took place."""
        return self.record.happened_on.day

    @property
    def time(self) -> time | None:
        """At what time, where that is known."""
        return self.record.happened_on.time

    @property
    def recorded_by(self) -> str | None:
        """Who wrote it down."""
        return self.record.recorded_by

    @property
    def is_superseded(self) -> bool:
        """Whether a later record corrects it."""
        return self.superseded_by is not None


def entries(case: Case, scope: str | None = None) -> list[Entry]:
    """Every record of the ledger, newest first; with a person's id as scope, only what that parent's page may show."""
    corrected_by = {named: each.id for each in case.records if case.is_past(each) for named in each.supersedes}
    made = _Page(case, scope).entry if scope else _entry_of(case)
    found = (made(each, corrected_by.get(each.id)) for each in reversed(case.records))
    return [each for each in found if each is not None]


def versions(case: Case, record_id: str, scope: str | None = None) -> list[Entry]:
    """A record with all that it corrects or that correct it, and all of the same key; newest first.

    Empty where there is no such record, or the scope does not show it.
    """
    everything = entries(case, scope)
    wanted = next((each for each in everything if each.record.id == record_id), None)
    if wanted is None:
        return []
    chain = {record_id}
    grown = True
    while grown:
        more = {
            each.record.id
            for each in everything
            if each.kind == wanted.kind
            and (each.record.id in chain or _is_tied(each, wanted) or not chain.isdisjoint(each.record.supersedes))
        }
        more |= {named for each in everything if each.record.id in chain for named in each.record.supersedes}
        grown = not more <= chain
        chain |= more
    return [each for each in everything if each.record.id in chain]


def _is_tied(one: Entry, other: Entry) -> bool:
    return bool(other.record.body.has_key) and one.record.body.key == other.record.body.key


def people_in(body: Body) -> tuple[str, ...]:
    """Ids of the people whom a body is about, each once."""
    found = [given for _, what, given in ids_referred_to(body) if what == "person"]
    if isinstance(body, Person):
        found.append(body.person_id)
    if isinstance(body, Note):
        found += body.about
    return tuple(dict.fromkeys(found))


def _entry_of(case: Case) -> Any:
    def make(record: AnyRecord, corrected_by: str | None) -> Entry:
        return Entry(
            record=record,
            about=people_in(record.body),
            compartment=compartment(record, case),
            superseded_by=corrected_by,
        )

    return make


class _Page:
    """What one parent's page may show."""

    def __init__(self, case: Case, person_id: str) -> None:
        self._case = case
        self._person_id = person_id
        self._children = {each.body.person_id for each in case.children}
        self._seen = self._children | {person_id}
        others = [each.body for each in case.ever(Person) if each.body.person_id not in self._seen]
        mine = _folded(_names(each.body for each in case.ever(Person) if each.body.person_id in self._seen))
        self._names = _pattern(_folded(_names(others)) - mine)
        hidden = [each.body for each in case.ever(ConfidentialWords) if each.body.person_id != person_id]
        self._secrets = _pattern(_folded(word for each in hidden for word in each.words))

    def entry(self, record: AnyRecord, corrected_by: str | None) -> Entry | None:
        """The record as this page may show it; None if it may not."""
        where = compartment(record, self._case)
        shown = self._shown(record, where)
        if shown is None or _finds(self._secrets, shown.body):
            return None
        about = tuple(each for each in people_in(shown.body) if each in self._seen)
        return Entry(record=shown, about=about, compartment=where, superseded_by=corrected_by)

    def _shown(self, record: AnyRecord, where: str) -> AnyRecord | None:
        if where == f"parent:{self._person_id}":
            return None if _tells_of_danger(record.body) else record
        if where == RESTRICTED:
            return record if isinstance(record.body, Note) and self._is_mine(record.body) else None
        if where == SHARED or where.removeprefix("child:") in self._children:
            return self._narrowed(record)
        return None

    def _is_mine(self, note: Note) -> bool:
        """Whether a note is about this parent and speaks of no other adult."""
        mine = {self._person_id} | _names([self._case.people[self._person_id].body])
        told_by = {each.attributed_to for each in note.blocks if each.attributed_to}
        return (
            _NEVER.isdisjoint([note.type, *(each.type for each in note.blocks)])
            and note.about == (self._person_id,)
            and mine.issuperset(note.present)
            and mine.issuperset(told_by)
            and not _finds(self._names, note)
        )

    def _narrowed(self, record: AnyRecord) -> AnyRecord | None:
        """The facts of a record that is not this parent's alone; None where it is about another adult."""
        body = record.body
        if body.kind not in _KEPT or _tells_of_danger(body):
            return None
        if isinstance(body, ParentalResponsibility) and body.adult_id != self._person_id:
            return None
        if isinstance(body, Session) and self._person_id not in body.attendees:
            return None
        kept = {name: getattr(body, name) for name in _KEPT[body.kind]}
        if isinstance(body, Referral):
            kept["taking_part"] = self._only_seen(body.taking_part)
        if isinstance(body, Session):
            kept["attendees"] = self._only_seen(body.attendees)
        if isinstance(body, CourtMatter):
            kept["children"] = self._only_seen(body.children)
        return replace(record, body=type(body)(**kept))

    def _only_seen(self, people: Iterable[str]) -> tuple[str, ...]:
        return tuple(each for each in people if each in self._seen)


def _tells_of_danger(body: Body) -> bool:
    """What the family's page shows to the practitioner alone, although its kind is no restricted one.

    Rule A12 stops because of a touch point; that a child could not be asked safely is a worry about an adult; and
    what a parent is only thinking of taking to court, the other need not know.
    """
    match body:
        case TouchPoint():
            return body.new_safety_information != "no" or body.worry == "high"
        case ChildVoice():
            return body.how == "not_safe_to_ask"
        case CourtMatter():
            return body.state == "contemplated"
    return False


def _names(people: Iterable[Person]) -> set[str]:
    return {
        name
        for each in people
        for name in (each.given_names, each.family_name, each.preferred_name, each.full_name, *each.given_names.split())
        if name
    }


def _folded(words: Iterable[str]) -> set[str]:
    return {" ".join(each.casefold().split()) for each in words if each.strip()}


def _pattern(words: Iterable[str]) -> re.Pattern[str] | None:
    alternatives = "|".join(re.escape(each) for each in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)") if alternatives else None


def _finds(pattern: re.Pattern[str] | None, body: Body) -> bool:
    """Whether one of the words stands in any text of the body."""
    if pattern is None:
        return False
    return any(pattern.search(" ".join(text.casefold().split())) for text in _texts(plain_body(body)))


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)


__all__ = ["Entry", "entries", "people_in", "versions"]
