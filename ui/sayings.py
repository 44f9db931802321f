"""A record in words: a title, one line, and every detail with its label, from the texts that its form has."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal, get_args, get_origin
from unicodedata import bidirectional

from spr_desktop.casework.words import day_text, offer_items, organisations, title_of_rule
from spr_desktop.records.case import Case
from spr_desktop.records.kinds import KINDS, Field, fields_of
from spr_desktop.records.people import Professional
from spr_desktop.records.record import AnyRecord
from spr_desktop.records.values import Defines, RefersTo, When
from spr_desktop.records.work import NoteBlock
from ui.form_texts import FORMS, words_for
from ui.forms import People

OTHER_PARENT: Final = "the other parent"
NOT_SHOWN: Final = "Not shown here"
_RESTRICTED: Final = frozenset(
    {
        *("safety_conversation", "safety_information", "life_event", "advice", "safety_action", "stop_lifted"),
        *("confidential_words", "caution_accepted", "significant_event", "contact_triage"),
        *("document_made", "document_sent", "document_revoked"),
    }
)
"""Kinds of which a parent's page has not even a title."""

_TITLES: Final[dict[str, str]] = {
    "case_opened": "Case opened",
    "confidential_words": "Words to keep from the other parent",
    "need": "A need",
    "safety_conversation": "Safety conversation",
    "stop_lifted": "Stop lifted",
    "course": "Digital course",
    "outcome_measure": "Outcome measure",
    "session": "Session",
    "touch_point": "Touch point",
    "note": "Note",
    "significant_event": "Significant event",
    "contact_triage": "Contact triaged",
    "document_made": "Document made",
    "document_sent": "Document sent",
    "document_revoked": "Document revoked",
}
_LABELS: Final[dict[str, str]] = {
    "person_id": "About",
    "child_id": "Child",
    "adult_id": "Adult",
    "for_person": "For",
    "taking_part": "Taking part",
    "lives_in_area": "Lives in the area",
    "planned_for": "Planned for",
    "happened_on": "When",
    "within_hearing": "Within hearing",
    "practitioner_outcome": "Judgement",
    "sha256": "Fingerprint (SHA-256)",
    "tool": "Questions used",
    "text_ok": "Texts allowed",
    "voicemail_ok": "Voicemail allowed",
    "records": "Records it lifts",
    "blocks": "What was noted",
    "article_6": "Lawful basis (Article 6)",
    "article_9": "Condition (Article 9)",
}
"""Labels of fields that no form asks for."""
_LEFT_OUT: Final = frozenset({"answers", "observations", "question_set"})
"""What was answered is read on the page of the conversation."""
_JUDGED: Final = frozenset({"worry", "new_safety_information"})
"""What a practitioner thinks of a parent's safety; on no parent's page, whatever it says."""


@dataclass(frozen=True, slots=True)
class Said:
    """A record in words."""

    title: str
    line: str
    details: tuple[tuple[str, str], ...]
    """Labels and values, in the order of the form."""


def people_of(case: Case) -> People:
    """The people of a case, as they like to be called."""
    return People(
        {each.body.person_id: each.body.known_as for each in case.adults},
        {each.body.person_id: each.body.known_as for each in case.children},
    )


def apart(name: str) -> str:
    """A name for the middle of a line; one that runs from the right does not turn the rest of the line round."""
    return f"\u2068{name}\u2069" if any(bidirectional(each) in ("R", "AL") for each in name) else name


def title_of(kind: str) -> str:
    """What a kind of record is called."""
    form = FORMS.get(kind)
    return form.title if form else _TITLES.get(kind) or kind.replace("_", " ").capitalize()


def said(record: AnyRecord, people: People, scope: str | None = None) -> Said:
    """A record in words; with a person's id as scope, no other adult is named and nothing is said of a stop."""
    if scope is not None and record.kind in _RESTRICTED:
        return Said(NOT_SHOWN, "", ())
    words = _Words(record.kind, people, scope)
    details = tuple(words.details(record.body))
    values = dict(words.by_name)
    make = _LINES.get(record.kind)
    line = make(values) if make else _first_of(details)
    return Said(title_of(record.kind), line, details)


class _Words:
    """The words for the values of one kind of record."""

    def __init__(self, kind: str, people: People, scope: str | None) -> None:
        self._kind = kind
        self._form = FORMS.get(kind)
        self._people = people
        self._scope = scope
        self.by_name: dict[str, str] = {}

    def details(self, body: Any) -> Iterable[tuple[str, str]]:
        """Every field that says something, with its label; those of the form in the form's order, first."""
        known = fields_of(KINDS[self._kind])
        asked = list(self._form.fields) if self._form else []
        names = sorted(known, key=lambda name: asked.index(name) if name in asked else -1)
        for name in names:
            field = known[name]
            value = getattr(body, field.attribute)
            if value in (None, (), {}, "") or name in _LEFT_OUT or _is_inner_id(field):
                continue
            if self._scope is not None and name in _JUDGED:
                continue
            text = self._value(field, value)
            self.by_name[name] = text
            yield self._label(name), text

    def _label(self, name: str) -> str:
        if self._form and name in self._form.fields:
            return self._form.fields[name][0].replace(" (optional)", "").replace(", optional", "")
        return _LABELS.get(name) or name.replace("_", " ").capitalize()

    def _value(self, field: Field, value: Any) -> str:
        if (self._kind, field.name) == ("stop_lifted", "records"):
            return f"{len(value)} {'record' if len(value) == 1 else 'records'}"
        if isinstance(value, tuple):
            parts = [self._value(field, each) for each in value]
            return "\n".join(parts) if isinstance(value[0], NoteBlock) or field.name == "words" else ", ".join(parts)
        if isinstance(value, Professional):
            reach = [each for each in (value.phone, value.email) if each]
            return ", ".join([value.name, value.role, value.organisation, *reach])
        if isinstance(value, NoteBlock):
            by = f" ({self._person(value.attributed_to)})" if value.attributed_to else ""
            return f"{words_for(value.type)}{by}: {value.text}"
        if isinstance(value, When):
            return day_text(value.day) + (f" at {value.time:%H:%M}" if value.time else "")
        if isinstance(value, date):
            return day_text(value)
        return self._text(field, value) if isinstance(value, str) else str(value)

    def _text(self, field: Field, value: str) -> str:
        is_person = any(isinstance(mark, RefersTo) for mark in field.marks)
        if is_person or (self._kind == "note" and field.name in _PEOPLE):
            return self._person(value)
        listed = {"item": offer_items, "recipients": organisations}.get(field.name)
        if listed is not None:
            return dict(listed()).get(value) or words_for(value)
        if field.name in ("rule", "rules"):
            return title_of_rule(value)
        own = self._form.words.get(field.name, {}) if self._form else {}
        if value in own:
            return own[value]
        if (self._kind, field.name) in _CODES_IN_TEXT:
            return words_for(value.replace("-", "_"))
        return words_for(value) if value in _codes(field.type) else value

    def _person(self, person_id: str) -> str:
        everybody = self._people.everybody
        if self._scope is not None and person_id in self._people.adults and person_id != self._scope:
            return OTHER_PARENT
        if person_id in everybody:
            return apart(everybody[person_id])
        return words_for(person_id) if person_id in ("case", "practitioner") else person_id


_PEOPLE: Final = ("about", "present")
_CODES_IN_TEXT: Final = frozenset(
    {
        ("suitability", "detail"),
        *((kind, "document") for kind in ("document_made", "document_sent", "document_revoked")),
    }
)


def _is_inner_id(field: Field) -> bool:
    """An id that links records and says nothing to people."""
    return any(
        (isinstance(mark, Defines)) or (isinstance(mark, RefersTo) and mark.what != "person") for mark in field.marks
    )


def _codes(hint: Any) -> set[str]:
    if get_origin(hint) is Literal:
        return set(get_args(hint))
    return {code for part in get_args(hint) for code in _codes(part)}


# One line a kind

Values = dict[str, str]


def _first_of(details: Iterable[tuple[str, str]]) -> str:
    """The first two values, where a kind has no line of its own."""
    return ", ".join(text for _, text in list(details)[:2])


def _listed(*names: str) -> Callable[[Values], str]:
    return lambda values: ", ".join(values[name].replace("\n", " ") for name in names if values.get(name))


def _labelled(*parts: tuple[str, str]) -> Callable[[Values], str]:
    """Values each after a word or two."""

    def make(values: Values) -> str:
        told = [f"{before} {_lower(values[name])}".strip() for before, name in parts if values.get(name)]
        line = ", ".join(told).replace("\n", " ")
        return line[:1].upper() + line[1:]

    return make


_ANSWERS: Final = frozenset({"Yes", "No", "Not known", "Partly", "Not sure", "Not asked", "Disputed", "None", "Nobody"})


def _lower(text: str) -> str:
    return text.lower() if text in _ANSWERS else text


def _conversation(values: Values) -> str:
    alone = {"Yes": "alone", "No": "not alone"}.get(values["alone"], "not known whether alone")
    tool = values.get("tool_name") or values["tool"]
    return f"{values['person_id']}: {values['state'].lower()}, {alone}, {tool}"


def _full_name(values: Values) -> str:
    return " ".join(values[name] for name in ("given_names", "family_name") if values.get(name))


def _relationship(values: Values) -> str:
    return f"{values['between']}: {values['status']}, told by {values['according_to']}"


_LINES: Final[dict[str, Callable[[Values], str]]] = {
    "safety_conversation": _conversation,
    "person": lambda values: f"{apart(_full_name(values))}, {values['role']}",
    "case_opened": _listed("organisation", "team"),
    "lead_professional": _listed("professional"),
    "contact_point": _labelled(("", "person_id"), ("", "type"), ("safe:", "safe")),
    "parental_responsibility": _labelled(("", "adult_id"), ("for", "child_id"), ("held:", "held")),
    "relationship": _relationship,
    "wants_without_children": _labelled(("", "person_id"), ("", "answer")),
    "court_matter": _labelled(("", "law"), ("", "type"), ("", "state")),
    "plan": _labelled(("", "type"), ("service in the plan:", "intervention_in_plan")),
    "need": _labelled(("", "factor"), ("identified:", "identified"), ("", "person_id")),
    "confidential_words": _labelled(("for", "person_id")),
    "safety_information": _labelled(("", "category"), ("from", "source")),
    "life_event": _labelled(("", "category"), ("may bear on safety:", "safety_relevant")),
    "advice": _labelled(("", "says"), ("from", "from"), ("about", "about")),
    "safety_action": _listed("action", "outcome"),
    "stop_lifted": _labelled(("by", "by"), ("", "reason")),
    "suitability": _labelled(("", "person_id"), ("", "check"), ("", "value")),
    "readiness": _labelled(("", "person_id"), ("wants change:", "wants_change"), ("chosen freely:", "freely_chosen")),
    "child_voice": _labelled(("", "child_id"), ("heard by:", "how"), ("wants to take part:", "wants_to_take_part")),
    "conflict_profile": _labelled(
        ("frequent:", "frequent"), ("intense:", "intense"), ("poorly resolved:", "poorly_resolved")
    ),
    "universal_offer": _listed("item", "person_id", "result"),
    "course": _labelled(("", "person_id"), ("", "programme"), ("enrolled on", "enrolled_on")),
    "outcome_measure": _labelled(("", "person_id"), ("", "measure"), ("", "point"), ("score", "score")),
    "privacy_notice": _listed("person_id", "method"),
    "agreement": _labelled(("", "person_id"), ("agreed:", "agreed"), ("", "service")),
    "child_agreement": _labelled(("", "child_id"), ("agrees:", "agrees"), ("", "service")),
    "sharing_basis": _listed("person_id", "article_6"),
    "wraparound": _labelled(("for", "for_person"), ("", "practitioner")),
    "referral": _labelled(("", "service"), ("with", "taking_part")),
    "referral_progress": _listed("step", "person_id", "reason"),
    "session": _labelled(("number", "number"), ("", "planned_for"), ("", "state")),
    "touch_point": _labelled(("", "person_id"), ("by", "by"), ("worry:", "worry")),
    "caution_accepted": _listed("rule", "reason"),
    "note": _listed("type", "about", "blocks"),
    "significant_event": _listed("event"),
    "contact_triage": _labelled(("from", "source"), ("", "classification")),
    "document_made": _listed("document"),
    "document_sent": _labelled(("", "document"), ("to", "recipient")),
    "document_revoked": _listed("document", "reason"),
}
