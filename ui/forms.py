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
from typing import Any, Final

from spr_desktop.casework.words import day_text
from spr_desktop.records.bodies import read_body
from spr_desktop.records.faults import Fault, Faults, InvalidDocument
from spr_desktop.records.kinds import KINDS, fields_of
from spr_desktop.records.record import Body
from spr_desktop.records.texts import text_fault
from spr_desktop.records.values import Defines, When
from ui.fields import Choices, DateField, DateTimeField, Field, TextField
from ui.form_advice import SOMETHING_ELSE, advice
from ui.form_fields import FieldMaker, People
from ui.form_texts import FORMS, FormText
from ui.signature_pad import SignatureField, Stroke

__all__ = ["Finished", "Form", "People", "ToMend"]

_SIGNED: Final = "signed_on_screen"

ToMend = list[tuple[Field, str]]
"""Fields, each with a sentence that says what to do, in the order of the form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """What a finished form says."""

    body: Body
    happened_on: When
    reason: str = ""
    """Why an older record is corrected, where one is."""
    strokes: tuple[Stroke, ...] = ()
    """What was drawn as a signature, where something was."""


class Form:
    """The fields of one form, and the way from what was typed to a record."""

    def __init__(
        self,
        kind: str,
        people: People,
        given: Mapping[str, Any],
        choices: Mapping[str, Choices],
        starting: Mapping[str, Any] | None = None,
        *,
        correcting: When | None = None,
    ) -> None:
        """``given`` is filled in and not shown, ``starting`` is shown filled in, ``choices`` come from elsewhere.

        ``correcting`` is the day of the record that is corrected, where one is.
        """
        self.kind = kind
        self.text: FormText = FORMS[kind]
        self._correcting = correcting
        self._given = dict(given)
        known = fields_of(KINDS[kind])
        for field in known.values():
            if any(isinstance(mark, Defines) for mark in field.marks) and field.name not in self._given:
                self._given[field.name] = uuid.uuid4().hex
        self.when = self._make_when()
        make = FieldMaker(kind, self.text, people, self._given, choices)
        shown = {name: text for name, text in self.text.fields.items() if not self._is_left_out(name)}
        self.fields = [make.make(known[name], *text) for name, text in shown.items()]
        about = self.text.about
        if about and about not in self._given and about not in shown:
            self.fields.insert(0, make.about(known[about]))
        for each in self.fields:
            if starting and each.name in starting:
                each.restore(starting[each.name])
        self.signature = SignatureField() if kind == "agreement" else None
        self.reason = TextField("reason for correcting", "Why is it corrected?", lines=2) if correcting else None
        self._watch_method()

    def _is_left_out(self, name: str) -> bool:
        """Whether a field is known already, or does not go with what is known."""
        return name in self._given or (name == "person_id" and self._given.get("check") == "public_law")

    def _make_when(self) -> DateField:
        make = DateTimeField if self.text.has_time or (self._correcting and self._correcting.time) else DateField
        made = make("happened_on", self.text.when, start_with=date.today())
        if self._correcting:
            made.restore(str(self._correcting))
        return made

    def _watch_method(self) -> None:
        """Show the pad to sign on only where somebody signs on the screen."""
        if self.signature is None:
            return
        method = next((each for each in self.fields if each.name == "method"), None)
        if method:
            method.changed.connect(self._show_signature)
        self._show_signature()

    def _show_signature(self) -> None:
        if self.signature:
            self.signature.setVisible(self._is_signed)

    @property
    def _is_signed(self) -> bool:
        method = next((each.value() for each in self.fields if each.name == "method"), self._given.get("method"))
        return self.signature is not None and method == _SIGNED

    @property
    def everything(self) -> list[Field]:
        """Every field, in the order of the form."""
        last = [each for each in (self.signature, self.reason) if each is not None]
        return [self.when, *self.fields, *last]

    @property
    def first(self) -> Field:
        """The field where work begins."""
        fields = {each.name: each for each in self.fields}
        return fields.get(self.text.first) or next(iter(fields.values()), self.when)

    # What was typed

    def typed(self) -> dict[str, Any]:
        """What stands in the form, for a draft."""
        return {each.name: each.typed() for each in self.everything}

    def restore(self, typed: Mapping[str, Any]) -> None:
        """Put back what stood in the form."""
        for each in self.everything:
            if each.name in typed:
                each.restore(typed[each.name])

    # Finishing

    def finish(self) -> Finished | ToMend:
        """What the form says, or what is to be mended."""
        wrong = self._complaints()
        values = dict(self._given)
        values |= {each.name: given for each in self.fields if (given := each.value()) not in (None, [], {})}
        faults = Faults()
        try:
            body = read_body(self.kind, values, "$", None, faults)
        except InvalidDocument:
            body = None
        fields = {each.name: each for each in self.fields}
        for fault in faults.found:
            field = fields.get(_top(fault.path))
            if field:
                wrong.setdefault(field.name, advice(field, fault))
        if not wrong and body is None:
            wrong[self.when.name] = SOMETHING_ELSE
        found = self.show_wrong(wrong)
        if found or body is None:
            return found
        return Finished(
            body=body,
            happened_on=When.parse(self.when.value() or ""),
            reason=(self.reason.value() or "") if self.reason else "",
            strokes=tuple(self.signature.value() or ()) if self.signature and self._is_signed else (),
        )

    def show_wrong(self, wrong: Mapping[str, str]) -> ToMend:
        """Show at each field what is wrong there, and nothing at the others; gives them in the order of the form."""
        for each in self.everything:
            each.show_error(wrong.get(each.name, ""))
        return [(each, wrong[each.name]) for each in self.everything if each.name in wrong]

    def _complaints(self) -> dict[str, str]:
        """What the fields themselves see that cannot stay."""
        wrong = {each.name: said for each in self.everything if (said := each.complaint())}
        if said := wrong.get(self.when.name) or self._wrong_day():
            wrong[self.when.name] = said
        if self.reason:
            reason = self.reason.value() or ""
            if fault := text_fault(reason):
                wrong[self.reason.name] = advice(self.reason, Fault("$", fault))
            elif not reason:
                wrong[self.reason.name] = "Say why it is corrected: whoever reads it later needs to know."
        if self._is_signed and self.signature and not self.signature.value() and not self._correcting:
            wrong[self.signature.name] = "Sign in the drawing area, or choose another way of answering."
        return wrong

    def _wrong_day(self) -> str:
        typed = self.when.value()
        if not typed:
            return f"Enter {self.text.day}, like 3 11 2026."
        day = When.parse(typed).day
        if self._correcting and day < self._correcting.day:
            was = day_text(self._correcting.day)
            return f"A correction cannot be dated before the entry. Leave {was}, and say the right day in the reason."
        latest = max(date.today(), self._correcting.day) if self._correcting else date.today()
        if day > latest and not self.text.may_lie_ahead:
            return f"This day is still to come. Enter {self.text.day}, like 3 11 2026."
        return ""


def _top(path: str) -> str:
    return re.split(r"[.\[]", path.removeprefix("$."))[0]
