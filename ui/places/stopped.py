"""When it must stop: what this means, what to do now, what not to say, and what was done. For the practitioner only."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from spr_desktop.casework.words import calls, day_text, standing_stops
from spr_desktop.records.safety import SafetyAction, StopLifted
from ui.desk import Desk, Place
from ui.form_texts import words_for
from ui.gone_out import what_went_out
from ui.parts import OutcomeShape, button, card, column, label, row, scrolling
from ui.theme import AROUND, BETWEEN

_ACTIONS: Final = (
    ("emergency_services", "Rang 999"),
    ("childrens_services", "Told children's services"),
    ("da_advice_line", "Rang the advice line"),
    ("manager_informed", "Told my manager"),
    ("dash", "Did a DASH"),
    ("other", "Something else"),
)
_NOT_NOW: Final = (
    "Do not bring the two parents together, and do not carry words between them.",
    "Do not offer mediation, couple support, family counselling or the digital courses.",
    "Do not tell the other parent what was said, nor that anything was.",
    "Do not leave this page, a note or a message where it can be seen at home.",
)
_NEUTRAL: Final = "To both parents, the same words: this service does not fit at the moment."


class Stopped(Place):
    """A calm page: one thing after the other."""

    title = "Stop"
    guidance = "stopped"

    def __init__(self, desk: Desk, case_ref: str) -> None:
        super().__init__()
        self._desk = desk
        self.case_ref = case_ref
        self._case = desk.caseload.case(case_ref, date.today())
        self._decision = desk.caseload.decide(case_ref, date.today())
        self._first = button("Record what I did", self._open_action, "main")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolling(self._content()))

    def _content(self) -> QWidget:
        heading = (
            "Stop. Someone may be in danger." if self._decision.urgent else "Stop. This is not conflict to work on."
        )
        return column(
            self._heading(heading),
            label(
                "What is on record points to abuse, or to danger. Every SPR service is off for this family, the "
                "digital courses too. You did not do anything wrong by asking; now follow the domestic abuse pathway."
            ),
            card(label("Now", "heading"), *(_call(*each) for each in calls()), row(self._first)),
            *what_went_out(self._desk, self._case, self._decision),
            card(label("What was done", "heading"), *self._done(), self._quick_actions()),
            card(
                label("What not to do or say", "heading"), *(label(each) for each in _NOT_NOW), label(_NEUTRAL, "label")
            ),
            card(label("Who must know", "heading"), *self._who_must_know()),
            card(label("How a stop is lifted", "heading"), *self._lifting()),
            row(button("To the family's page", lambda: self._desk.show_family(self.case_ref))),
            gap=BETWEEN,
            around=AROUND,
        )

    def _heading(self, text: str) -> QWidget:
        title = label(text, "title")
        title.setMaximumWidth(16_777_215)
        line = row(OutcomeShape("stop"), title, stretch=False)
        line.layout().setStretch(1, 1)  # type: ignore[union-attr]
        return line

    def focus_first(self) -> None:
        self._first.setFocus()

    def _open_action(self, action: str = "") -> None:
        starting = {"action": action} if action else {}
        self._desk.show_form(self.case_ref, "safety_action", {}, starting)

    def _done(self) -> list[QWidget]:
        done = self._case.every(SafetyAction)
        if not done:
            return [label("Nothing is recorded yet. Record each step when you have taken it.", "quiet")]
        return [label(f"{day_text(each.happened_on.day)}: {words_for(each.body.action)}") for each in done]

    def _quick_actions(self) -> QWidget:
        made = [
            button(words, partial(self._open_action, code), "link", name=f"Record: {words}") for code, words in _ACTIONS
        ]
        return column(*(row(*made[at : at + 3], gap=BETWEEN) for at in range(0, len(made), 3)), gap=0)

    def _who_must_know(self) -> list[QWidget]:
        parts: list[QWidget] = [
            label("Your manager or safeguarding lead, today. Children who see or hear abuse are victims themselves.")
        ]
        if self._decision.urgent:
            parts.append(label("Where anyone may be hurt: the police and children's services, at once.", "label"))
        return parts

    def _lifting(self) -> list[QWidget]:
        resting_on = standing_stops(self._decision)
        parts: list[QWidget] = [
            label(
                "Only a manager or safeguarding lead lifts a stop, never the person who recorded it, and with a "
                "reason. What was recorded stays on record."
            )
        ]
        parts += [
            label(f"{day_text(each.happened_on.day)}: lifted by {each.body.by} ({words_for(each.body.role).lower()})")
            for each in self._case.every(StopLifted)
        ]
        if resting_on:
            lift = button(
                "Record that it was lifted",
                lambda: self._desk.show_form(self.case_ref, "stop_lifted", {}, {"records": resting_on}),
            )
            parts.append(row(lift))
        return parts


def _call(title: str, number: str, note: str) -> QWidget:
    return column(label(f"{title}: {number}" if number else title, "label"), label(note, "quiet"), gap=2)
