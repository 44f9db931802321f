"""Signing off a safety conversation, away from the parent: what was seen, how it ended, and the judgement."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from spr_desktop.casework.conversation import (
    NOT_VALIDATED,
    NotYetComplete,
    draft_name,
    finished_conversation,
    questions,
    signs_that_stop,
)
from spr_desktop.casework.drafts import draft, drop_draft
from spr_desktop.casework.words import whom_to_call
from ui.desk import Desk, Place
from ui.fields import ChoiceField, Field, TextField, TicksField
from ui.form_texts import words_for
from ui.parts import button, card, column, label, row, scrolling
from ui.theme import AROUND, BETWEEN
from ui.where import Where

_OUTCOMES: Final = (
    "conflict_not_harmful",
    "harmful_conflict",
    "unclear_seek_advice",
    "domestic_abuse_indicated",
)


class SignOff(Place):
    """For the practitioner only; it opens after the parent's page was left."""

    title = "Sign off the conversation"
    guidance = "conversation"

    def __init__(self, desk: Desk, case_ref: str, person_id: str) -> None:
        super().__init__()
        self._desk = desk
        self.case_ref = case_ref
        self._person_id = person_id
        self._known_as = desk.caseload.case(case_ref, date.today()).people[person_id].body.known_as
        self._draft_name = draft_name(case_ref, person_id)
        self._typed: dict[str, Any] = draft(desk.caseload, self._draft_name)
        self._fields: dict[str, Field] = {}
        self._problem = label("", "error")
        self._problem.hide()
        self._stop = card(
            label("What was heard stops every SPR intervention", "heading"),
            label("At least one answer or observation here is a sign of abuse. This is not the time to weigh it up."),
            *(label(each) for each in whom_to_call()),
            label("Sign off what you heard; the next page says what to do now, one thing after the other."),
            role="notice",
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolling(self._content()))
        self._show_stop()

    def _content(self) -> QWidget:
        seen = [(each.id, each.text) for each in questions().observations.values()]
        states = [
            ("completed", "Completed"),
            ("incomplete", "Broken off; I will go on another time"),
            ("declined", f"{self._known_as} did not want to talk"),
        ]
        outcomes = [(code, words_for(code)) for code in _OUTCOMES]
        talk = button("Back to the questions", self._go_on_talking, name=f"Back to the questions with {self._known_as}")
        return column(
            label(f"Sign off: conversation with {self._known_as}", "title"),
            label("For you only. Nobody else should see this page.", "label"),
            label(NOT_VALIDATED, "quiet"),
            self._stop,
            card(self._add(TicksField("observations", "What did you see, or were told by others?", seen))),
            card(
                self._add(ChoiceField("state", "How did it end?", states)),
                self._add(ChoiceField("practitioner_outcome", "What is your judgement?", outcomes)),
                self._add(
                    TextField(
                        "rationale",
                        "What is it based on?",
                        "At least 40 characters, in your own words",
                        lines=4,
                        watches_words=True,
                    )
                ),
            ),
            self._problem,
            row(button("Finish and sign off", self._finish, "main"), talk),
            label("After signing off it can be read but not changed; a correction is a new conversation.", "quiet"),
            gap=BETWEEN,
            around=AROUND,
        )

    def _add(self, field: Field) -> Field:
        self._fields[field.name] = field
        if field.name in self._typed:
            field.restore(self._typed[field.name])
        field.changed.connect(lambda: self._note_typed(field))
        return field

    def _note_typed(self, field: Field) -> None:
        self._typed[field.name] = field.typed()
        if field.name == "observations":
            self._show_stop()

    def _show_stop(self) -> None:
        self._stop.setVisible(bool(signs_that_stop(self._typed)))

    def focus_first(self) -> None:
        self._fields["observations"].first_widget().setFocus()

    def drafts(self) -> dict[str, dict[str, Any]]:
        return {self._draft_name: dict(self._typed)} if self._typed else {}

    def _go_on_talking(self) -> None:
        self._desk.show_conversation(self.case_ref, self._person_id)

    def _finish(self) -> None:
        try:
            body, when = finished_conversation(self._person_id, self._typed)
        except NotYetComplete as error:
            self._problem.setText(str(error))
            self._problem.show()
            return
        caseload = self._desk.caseload
        caseload.record(self.case_ref, [body], happened_on=when)
        drop_draft(caseload, self._draft_name)
        self._typed = {}
        decision = caseload.decide(self.case_ref, date.today())
        is_stopped = any(each.kind == "safety" for each in decision.rules)
        self._desk.go(Where("stopped" if is_stopped else "family", {"case_ref": self.case_ref}))
        self._desk.say("The conversation is signed off.")
