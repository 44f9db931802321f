"""The review before a subject access: one record at a time, what it says, and what is decided about it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from spr_desktop.casework.drafts import draft
from spr_desktop.casework.making import ACCESS, items_to_review
from spr_desktop.casework.reviewing import decided_in, reasons, review_name
from spr_desktop.casework.words import day_text
from ui.desk import Desk, Place
from ui.fields import ChoiceField, Field, TicksField
from ui.parts import button, card, column, empty, label, lead_to, row, scrolling
from ui.theme import AROUND, BETWEEN
from ui.where import Where

_CHOICES: Final = (
    ("disclose", "Disclose all of it"),
    ("redact", "Disclose it, with parts removed"),
    ("withhold", "Leave it out"),
)
_PROPOSED: Final = {
    "disclose": "It seems to be about this person alone.",
    "redact": "A part of it may speak of somebody else.",
    "withhold": "It may be about somebody else as well. Read it with care.",
}
_YOURS: Final = "Each decision is yours. What is proposed is a guess by the kind of record, and no legal advice."
_DECIDE_FIRST: Final = (
    "Decide first. Unless all of it is disclosed, say why; and which parts, if only some are removed."
)


class Review(Place):
    """Nothing is decided before a person decides it; what was decided is kept, so that one can go on another day."""

    title = "What to disclose"
    guidance = "documents"

    def __init__(self, desk: Desk, case_ref: str, person_id: str) -> None:
        super().__init__()
        self._desk = desk
        self.case_ref = case_ref
        self._person_id = person_id
        case = desk.caseload.case(case_ref, date.today())
        self._items = items_to_review(case, person_id)
        self._known_as = case.people[person_id].body.known_as
        self._name = review_name(case_ref, person_id)
        self._kept: dict[str, dict[str, Any]] = draft(desk.caseload, self._name)
        self._at = self._first_open()
        self._fields: dict[str, Field] = {}
        self._inside = QVBoxLayout()
        self._problem = label("", "error")
        self._room = QWidget()
        self._room.setLayout(self._inside)
        self._inside.setContentsMargins(AROUND, AROUND, AROUND, AROUND)
        self._inside.setSpacing(BETWEEN)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolling(self._room))
        self._show()

    def _first_open(self) -> int:
        done = decided_in(self._kept)
        return next((at for at, each in enumerate(self._items) if each.id not in done), 0)

    def focus_first(self) -> None:
        (self._fields["choice"].first_widget() if self._fields else self).setFocus()

    def drafts(self) -> dict[str, dict[str, Any]]:
        return {self._name: dict(self._kept)} if self._kept else {}

    def standing(self) -> dict[str, Any]:
        return {"at": self._at}

    def stand(self, standing: Mapping[str, Any]) -> None:
        self._turn_to(int(standing["at"]))

    def _turn_to(self, at: int) -> None:
        self._at = max(0, min(at, len(self._items) - 1))
        self._show()

    def _show(self) -> None:
        empty(self._inside)
        self._fields = {}
        self._problem = label("", "error")
        self._problem.hide()
        for each in self._parts():
            self._inside.addWidget(each)
        self._inside.addStretch(1)
        if self._fields:
            self._show_what_is_asked()

    def _parts(self) -> list[QWidget]:
        if not self._items:
            return [
                label("Nothing is recorded about this person", "heading"),
                row(button("Back to the family", self._desk.back)),
            ]
        item, done = self._items[self._at], len(decided_in(self._kept))
        said = [column(label(part.label, "label"), label(part.value), gap=2) for part in item.parts]
        removed = [(part.name, part.label) for part in item.parts]
        reason = ChoiceField("reason", "Why not all of it?", tuple(reasons().items()), may_be_left=True)
        return [
            label(f"What {self._known_as} asked to see", "title"),
            label(f"Record {self._at + 1} of {len(self._items)}. {done or 'None'} decided so far.", "label"),
            card(
                label(f"{item.called}, {day_text(item.on)}", "heading"),
                label(f"Written down by {item.recorded_by}", "quiet"),
                *said,
            ),
            card(
                label(_PROPOSED[item.proposed], "quiet"),
                self._add(ChoiceField("choice", "What do you decide?", _CHOICES)),
                self._add(TicksField("removed", "Which parts are removed?", removed)),
                self._add(reason),
            ),
            self._problem,
            self._ways(),
            label(_YOURS, "quiet"),
        ]

    def _ways(self) -> QWidget:
        before = button("The one before", lambda: self._turn_to(self._at - 1))
        before.setEnabled(self._at > 0)
        following = button("Keep and go on", self._go_on, "main")
        make = button("Look at the document", self._make)
        make.setEnabled(len(decided_in(self._kept)) == len(self._items))
        return row(following, before, make)

    def _add(self, field: Field) -> Field:
        self._fields[field.name] = field
        kept = self._kept.get(self._items[self._at].id, {})
        if field.name in kept:
            field.restore(kept[field.name])
        field.changed.connect(self._note)
        return field

    def _show_what_is_asked(self) -> None:
        """Parts only where some are removed; a reason only where not all of it is disclosed."""
        choice = self._fields["choice"].value()
        self._fields["removed"].setVisible(choice == "redact")
        self._fields["reason"].setVisible(choice in ("redact", "withhold"))

    def _note(self) -> None:
        self._show_what_is_asked()
        self._kept[self._items[self._at].id] = {name: field.value() for name, field in self._fields.items()}

    def _go_on(self) -> None:
        self._note()
        if self._items[self._at].id not in decided_in(self._kept):
            self._problem.setText(_DECIDE_FIRST)
            self._problem.show()
            lead_to(self._fields["choice"].first_widget(), self._problem)
            return
        if len(decided_in(self._kept)) == len(self._items):
            self._make()
            return
        following = [*range(self._at + 1, len(self._items)), *range(self._at)]
        done = decided_in(self._kept)
        self._turn_to(next(at for at in following if self._items[at].id not in done))
        self.focus_first()

    def _make(self) -> None:
        about = {"case_ref": self.case_ref, "kind": ACCESS, "person_id": self._person_id}
        self._desk.go(Where("document", about))
