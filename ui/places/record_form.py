"""One form for one record: errors that lead to their fields, a draft that is never lost, one button to finish."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout

from spr_desktop.casework import words
from spr_desktop.casework.drafts import draft, drop_draft
from ui.desk import Desk, Place
from ui.fields import Choices, Field
from ui.forms import Finished, Form, People
from ui.parts import button, card, column, empty, label, row, scrolling
from ui.theme import AROUND, BETWEEN


class RecordForm(Place):
    """The form for a record of one kind."""

    def __init__(
        self,
        desk: Desk,
        case_ref: str,
        kind: str,
        given: Mapping[str, Any],
        starting: Mapping[str, Any] | None = None,
        correcting: str | None = None,
        scope: str | None = None,
    ) -> None:
        super().__init__()
        self._desk = desk
        self._case_ref = self.case_ref = case_ref
        self._case = desk.caseload.case(case_ref, date.today())
        self._draft_name = f"{case_ref}/{kind}/{'/'.join(str(each) for each in given.values())}"
        people = People(
            {each.body.person_id: each.body.known_as for each in self._case.adults},
            {each.body.person_id: each.body.known_as for each in self._case.children},
        )
        self._form = Form(kind, people, given, _choices(kind), starting)
        self.title = self._form.text.title
        self._begun = self._form.typed()
        self._about = people.everybody.get(str(given.get(self._form.text.about, "")), "")
        typed = draft(desk.caseload, self._draft_name)
        if typed:
            self._form.restore(typed)
            desk.say("What you typed here before is back.")
        self._summary = column()
        self._finish_button = button("Save", self._finish, "main")
        self._build()

    def _build(self) -> None:
        text = self._form.text
        heading = f"{text.title}: {self._about}" if self._about else text.title
        intro = [label(text.intro)] if text.intro else []
        throw_away = button("Throw away what I typed", self._throw_away, "link")
        content = column(
            label(heading, "title"),
            *intro,
            self._summary,
            card(self._form.when, *self._form.fields),
            row(self._finish_button, throw_away, gap=BETWEEN),
            gap=BETWEEN,
            around=AROUND,
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolling(content))
        self._summary.hide()

    def focus_first(self) -> None:
        first = self._form.fields[0] if self._form.fields else self._form.when
        first.first_widget().setFocus()

    def drafts(self) -> dict[str, dict[str, Any]]:
        typed = self._form.typed()
        return {self._draft_name: typed} if typed != self._begun else {}

    def _throw_away(self) -> None:
        drop_draft(self._desk.caseload, self._draft_name)
        self._begun = self._form.typed()
        self._desk.back()

    def _finish(self) -> None:
        finished = self._form.finish()
        if not isinstance(finished, Finished):
            self._say_what_to_mend(finished)
            return
        caseload = self._desk.caseload
        caseload.record(self._case_ref, [finished.body], happened_on=finished.happened_on)
        drop_draft(caseload, self._draft_name)
        self._begun = self._form.typed()
        self._desk.back()
        self._desk.say(f"{self.title}: saved.")

    def _say_what_to_mend(self, found: list[tuple[Field, str]]) -> None:
        layout = self._summary.layout()
        assert layout is not None
        empty(layout)
        layout.addWidget(label("Before this can be saved", "error"))
        for field, advice in found:
            layout.addWidget(button(f"{field.title} {advice}", partial(_go_to, field), "link"))
        self._summary.show()
        if found:
            found[0][0].first_widget().setFocus()


def _go_to(field: Field) -> None:
    field.first_widget().setFocus()


def _choices(kind: str) -> dict[str, Choices]:
    """Choices that the pathway gives."""
    if kind == "universal_offer":
        return {"item": words.offer_items()}
    if kind == "sharing_basis":
        return {"recipients": words.organisations()}
    return {}
