"""A form for any kind of record, made from the fields of the kind and the texts that go with it.

What is typed is kept as a draft in the vault; finishing makes a record. A record is checked by the same rules as a
case document, and every fault is shown at its field.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, get_args, get_origin

from spr_desktop.records.bodies import read_body
from spr_desktop.records.faults import Fault, Faults, InvalidDocument
from spr_desktop.records.kinds import KINDS, fields_of
from spr_desktop.records.kinds import Field as FieldOfKind
from spr_desktop.records.people import Professional
from spr_desktop.records.record import Body
from spr_desktop.records.suitability import THERAPY_DETAILS
from spr_desktop.records.values import Defines, RefersTo, When
from ui.fields import (
    ChoiceField,
    Choices,
    DateField,
    Field,
    GroupField,
    LineField,
    LinesField,
    ListField,
    TextField,
    TicksField,
)
from ui.form_texts import FORMS, PROFESSIONAL, FormText, words_for

_SEEN_AT_ONCE = 6
"""Up to so many choices are shown as rows; more of them in a list that opens."""


@dataclass(frozen=True, slots=True)
class People:
    """The people of a case, as forms name them."""

    adults: dict[str, str]
    children: dict[str, str]

    @property
    def everybody(self) -> dict[str, str]:
        """Adults first."""
        return self.adults | self.children


@dataclass(frozen=True, slots=True)
class Finished:
    """What a finished form says."""

    body: Body
    happened_on: When


class Form:
    """The fields of one form, and the way from what was typed to a record."""

    def __init__(
        self,
        kind: str,
        people: People,
        given: Mapping[str, Any],
        choices: Mapping[str, Choices],
        starting: Mapping[str, Any] | None = None,
    ) -> None:
        """``given`` is filled in and not shown, ``starting`` is shown filled in, ``choices`` come from the pathway."""
        self.kind = kind
        self.text: FormText = FORMS[kind]
        self._people = people
        self._choices = choices
        self._given = dict(given)
        self.when = DateField("happened_on", self.text.when, start_with=date.today())
        known = fields_of(KINDS[kind])
        for field in known.values():
            if any(isinstance(mark, Defines) for mark in field.marks) and field.name not in self._given:
                self._given[field.name] = uuid.uuid4().hex
        self.fields = [
            self._make(known[name], title, hint)
            for name, (title, hint) in self.text.fields.items()
            if name not in self._given
        ]
        for each in self.fields:
            if starting and each.name in starting:
                each.restore(starting[each.name])

    def _make(self, field: FieldOfKind, title: str, hint: str) -> Field:
        if field.nested is Professional:
            return GroupField(field.name, title, [LineField(*each) for each in PROFESSIONAL.items()], hint)
        choices = self._choices_of(field)
        if choices is not None:
            if field.is_many:
                return TicksField(field.name, title, choices, hint)
            is_short = len(choices) <= _SEEN_AT_ONCE
            return (ChoiceField if is_short else ListField)(field.name, title, choices, hint)
        if date in _leaves(field.type):
            return DateField(field.name, title, hint)
        if field.is_many:
            return LinesField(field.name, title, hint)
        if field.name in self.text.long:
            return TextField(field.name, title, hint)
        return LineField(field.name, title, hint)

    def _choices_of(self, field: FieldOfKind) -> Choices | None:
        if field.name in self._choices:
            return self._choices[field.name]
        reference = next((mark for mark in field.marks if isinstance(mark, RefersTo)), None)
        if reference and reference.what == "person":
            people = {"child_id": self._people.children, "adult_id": self._people.adults}.get(field.name)
            found = list((people or self._people.everybody).items())
            return [*found, (reference.or_word, words_for(reference.or_word))] if reference.or_word else found
        if (self.kind, field.name) == ("suitability", "detail"):
            if self._given.get("check", "therapy") != "therapy":
                return None
            return [(code, words_for(code)) for code in THERAPY_DETAILS]
        words = self.text.words.get(field.name, {})
        codes = [leaf for leaf in _leaves(field.type) if isinstance(leaf, str)]
        return [(code, words.get(code) or words_for(code)) for code in codes] or None

    # What was typed

    def typed(self) -> dict[str, Any]:
        """What stands in the form, for a draft."""
        return {each.name: each.typed() for each in (self.when, *self.fields)}

    def restore(self, typed: Mapping[str, Any]) -> None:
        """Put back what stood in the form."""
        for each in (self.when, *self.fields):
            if each.name in typed:
                each.restore(typed[each.name])

    def finish(self) -> Finished | list[tuple[Field, str]]:
        """What the form says, or what is to be mended: each field with a sentence, in the order of the form."""
        for each in (self.when, *self.fields):
            each.show_error("")
        values = dict(self._given)
        values |= {each.name: given for each in self.fields if (given := each.value()) not in (None, [], {})}
        faults = Faults()
        try:
            body = read_body(self.kind, values, "$", None, faults)
        except InvalidDocument:
            body = None
        try:
            when = When.parse(self.when.value() or "")
        except ValueError:
            when = None
        if body is not None and when is not None:
            return Finished(body, when)
        return self._say_what_to_mend(faults.found, when is None)

    def _say_what_to_mend(self, faults: list[Fault], is_when_wrong: bool) -> list[tuple[Field, str]]:
        found: list[tuple[Field, str]] = []
        if is_when_wrong:
            found.append((self.when, "Enter the day, like 3 11 2026."))
        for each in self.fields:
            fault = next((one for one in faults if _top(one.path) == each.name), None)
            if fault:
                found.append((each, _advice(each, fault)))
        for field, advice in found:
            field.show_error(advice)
        return found


def _leaves(hint: Any) -> list[Any]:
    """What a type is made of at the bottom: classes, and the codes of an enumeration."""
    if get_origin(hint) is Literal:
        return list(get_args(hint))
    parts = get_args(hint)
    return [leaf for part in parts for leaf in _leaves(part)] if parts else [hint]


def _top(path: str) -> str:
    return re.split(r"[.\[]", path.removeprefix("$."))[0]


def _advice(field: Field, fault: Fault) -> str:
    """What to do about a fault, as people say it."""
    if "is missing" in fault.message or "length" in fault.message:
        if isinstance(field, GroupField):
            return "Fill in the name, the role and the organisation."
        if isinstance(field, TicksField):
            return "Tick two." if field.name == "between" else "Tick at least one."
        return "Choose an answer." if isinstance(field, (ChoiceField, ListField)) else "Fill this in."
    if isinstance(field, DateField):
        return "Enter a date that exists, like 3 11 2026."
    if fault.message.startswith("is longer"):
        return "Shorten this: it is too long to keep."
    if "markup" in fault.message:
        return "Take out the signs < and >: no name holds them."
    return f"This {fault.message}."
