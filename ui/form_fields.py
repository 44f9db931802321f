"""Which field a form has for a field of a record, and what may be chosen in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal, get_args, get_origin

from spr_desktop.records.kinds import Field as FieldOfKind
from spr_desktop.records.people import Professional
from spr_desktop.records.suitability import THERAPY_DETAILS
from spr_desktop.records.values import LocalDateTime, RefersTo
from spr_desktop.records.work import NoteBlock
from ui.blocks import BlocksField
from ui.fields import (
    ChoiceField,
    Choices,
    DateField,
    DateTimeField,
    Field,
    GroupField,
    LineField,
    LinesField,
    ListField,
    NumberField,
    PresentField,
    TextField,
    TicksField,
)
from ui.form_texts import PROFESSIONAL, FormText, words_for

_SEEN_AT_ONCE: Final = 6
"""Up to so many choices are shown as rows; more of them in a list that opens."""


@dataclass(frozen=True, slots=True)
class People:
    """The people of a case, as a form may name them."""

    adults: dict[str, str]
    children: dict[str, str]
    not_offered: frozenset[str] = frozenset()
    """Ids of those whom the form must not name: on one parent's page, every other adult."""

    @property
    def everybody(self) -> dict[str, str]:
        """Adults first."""
        return self.adults | self.children

    def only(self, person_id: str) -> People:
        """As one adult's page may name them: that adult and the children."""
        adults = {key: name for key, name in self.adults.items() if key == person_id}
        return People(adults, self.children, frozenset(self.adults) - {person_id})


@dataclass(frozen=True, slots=True)
class FieldMaker:
    """Makes the fields of one form."""

    kind: str
    text: FormText
    people: People
    given: Mapping[str, Any]
    choices: Mapping[str, Choices]

    def make(self, field: FieldOfKind, title: str, hint: str) -> Field:
        """The field of a form for a field of a record."""
        if (self.kind, field.name) == ("suitability", "value") and "check" in self.given:
            title = f"{self.text.words['check'][self.given['check']]}?"
        if field.nested is Professional:
            return GroupField(field.name, title, [LineField(*each) for each in PROFESSIONAL.items()], hint)
        if field.nested is NoteBlock:
            return BlocksField(field.name, title, hint)
        if field.name in self.text.people:
            return self._people_field(field.name, title, hint)
        choices = self._choices_of(field)
        if choices is not None:
            if field.is_many:
                return TicksField(field.name, title, choices, hint)
            if len(choices) > _SEEN_AT_ONCE:
                return ListField(field.name, title, choices, hint)
            return ChoiceField(field.name, title, choices, hint, may_be_left=not field.required)
        return self._plain_field(field, title, hint)

    def about(self, field: FieldOfKind) -> Field:
        """The field that asks whom a form is about, where nobody was chosen before."""
        anybody = self.people.everybody if self.text.about_anybody else self.people.adults
        offered = self.people.children if field.name == "child_id" else anybody
        return ChoiceField(field.name, self.text.about_title, list(offered.items()))

    def _people_field(self, name: str, title: str, hint: str) -> Field:
        offered = list(self.people.everybody.items())
        if name == "present":
            return PresentField(name, title, offered, hint, not_offered=self.people.not_offered)
        return TicksField(name, title, offered, hint)

    def _plain_field(self, field: FieldOfKind, title: str, hint: str) -> Field:
        kinds = leaves(field.type)
        if LocalDateTime in kinds:
            return DateTimeField(field.name, title, hint, needs_time=True)
        if date in kinds:
            return DateField(field.name, title, hint)
        if int in kinds:
            return NumberField(field.name, title, hint, is_whole=float not in kinds)
        if field.is_many:
            return LinesField(field.name, title, hint)
        if field.name in self.text.long:
            return TextField(field.name, title, hint, watches_words=field.name not in self.text.quoted)
        return LineField(field.name, title, hint)

    def _choices_of(self, field: FieldOfKind) -> Choices | None:
        if field.name in self.choices:
            return self.choices[field.name]
        reference = next((mark for mark in field.marks if isinstance(mark, RefersTo)), None)
        if reference and reference.what == "person":
            people = {
                "child_id": self.people.children,
                "children": self.people.children,
                "adult_id": self.people.adults,
                "between": self.people.adults,
            }.get(field.name, self.people.everybody)
            found = list(people.items())
            return [*found, (reference.or_word, words_for(reference.or_word))] if reference.or_word else found
        if (self.kind, field.name) == ("suitability", "detail"):
            if self.given.get("check", "therapy") != "therapy":
                return None
            return [(code, words_for(code)) for code in THERAPY_DETAILS]
        words = self.text.words.get(field.name, {})
        codes = [leaf for leaf in leaves(field.type) if isinstance(leaf, str)]
        return [(code, words.get(code) or words_for(code)) for code in codes] or None


def leaves(hint: Any) -> list[Any]:
    """What a type is made of at the bottom: classes, and the codes of an enumeration."""
    if get_origin(hint) is Literal:
        return list(get_args(hint))
    parts = get_args(hint)
    return [leaf for part in parts for leaf in leaves(part)] if parts else [hint]
