"""One parent's page: contact rules first, then what is done with this parent; besides, only the children are shown.

No outcome of the pathway stands here: a parent may see the screen, and what would stop must not be read off it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any, Final

from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from spr_desktop.casework.conversation import draft_name
from spr_desktop.casework.drafts import draft
from spr_desktop.casework.parents import ParentView, parent_view
from spr_desktop.casework.words import day_text
from spr_desktop.records.people import ContactPoint
from ui.chronology import Chronology
from ui.contact_rules import contact_lines
from ui.desk import Desk, Place
from ui.form_texts import FORMS, words_for
from ui.next_steps import way_to_person
from ui.on_record import open_record
from ui.parts import button, card, chip, column, label, row, scrolling
from ui.recording import ABOUT_A_CHILD, ABOUT_A_PARENT, begun, menu_button
from ui.theme import AROUND, BETWEEN

_CHRONOLOGY_HEIGHT: Final = 420
_OUTSTANDING: Final = "A required step elsewhere is outstanding."


class ParentPage(Place):
    """What there is to do with one parent, alone."""

    title = "Parent"
    guidance = "parent"

    def __init__(self, desk: Desk, case_ref: str, person_id: str) -> None:
        super().__init__()
        self._desk = desk
        self.case_ref = case_ref
        self._person_id = person_id
        self._case = desk.caseload.case(case_ref, date.today())
        self._view: ParentView = parent_view(self._case, desk.caseload.decide(case_ref, date.today()), person_id)
        self._is_begun = bool(draft(desk.caseload, draft_name(case_ref, person_id)))
        self._main: QPushButton | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolling(self._content()))

    def _content(self) -> QWidget:
        return column(
            label(self._view.person.full_name, "title"),
            self._contact(),
            self._conversation(),
            self._record_menu(),
            *(self._step(*each) for each in self._steps()),
            self._touch_points(),
            self._children(),
            self._on_record(),
            *([label(_OUTSTANDING, "quiet")] if self._view.is_more_outstanding else []),
            gap=BETWEEN,
            around=AROUND,
        )

    def focus_first(self) -> None:
        if self._main:
            self._main.setFocus()

    def _contact(self) -> QFrame:
        person = self._view.person
        parts: list[QWidget] = [label("Getting in touch", "heading")]
        parts += [chip(words_for(each)) for each in person.alerts]
        for point in self._view.contacts:
            parts.append(self._contact_point(point))
        if not self._view.contacts:
            parts.append(label("No way to get in touch is recorded. Ask what is safe before you ask for a number."))
        add = button("Record a way to get in touch", lambda: self._open("contact_point", {}, {}))
        details = button("Details", lambda: self._take_details(), "link", name=f"Details of {person.known_as}")
        return card(*parts, row(add, details))

    def _contact_point(self, point: ContactPoint) -> QWidget:
        rules, value = contact_lines(point)
        shown = value if point.disclosure != "confidential" else "Kept confidential: not shown on this page"
        return column(*(label(each, "quiet") for each in rules), label(shown), gap=2)

    def _conversation(self) -> QFrame:
        held = self._view.conversation_on
        if self._is_begun:
            state, words = "A conversation was begun and is kept.", "Go on with the conversation"
        elif held:
            state, words = f"Held on {day_text(held)}.", "Talk again"
        else:
            state, words = "Not held yet. Talk with this parent alone, before anything else.", "Begin the conversation"
        show = lambda: self._desk.show_conversation(self.case_ref, self._person_id)  # noqa: E731
        is_first = not held or self._is_begun
        self._main = button(words, show, "main" if is_first else "")
        return card(label("Safety conversation", "heading"), label(state), row(self._main))

    def _steps(self) -> list[tuple[str, str, str]]:
        return [("readiness", *each) for each in [self._view.readiness]] + [
            ("agreement", *self._view.agreement),
            ("privacy_notice", *self._view.notice),
            ("sharing_basis", *self._view.sharing),
            ("wraparound", *self._view.wraparound),
        ]

    def _step(self, kind: str, state: str, action: str) -> QFrame:
        return card(
            label(FORMS[kind].title, "heading"),
            label(state),
            row(button(action, lambda: self._open(kind, {}, {}), name=f"{action}: {FORMS[kind].title}")),
        )

    def _touch_points(self) -> QFrame:
        lines = [label(each) for each in self._view.touch_points] or [label("None yet.", "quiet")]
        add = button("Record a touch point", lambda: self._open("touch_point", {}, {}))
        return card(label("Touch points", "heading"), *lines, row(add))

    def _record_menu(self) -> QWidget:
        note = button("Write a note  Ctrl+J", self._write_note, name="Write a note about this parent")
        menu = menu_button(
            "Record something else",
            f"Record something about {self._view.person.known_as}",
            {"": ("relationship", *ABOUT_A_PARENT)},
            self._open,
        )
        return row(note, menu)

    def _children(self) -> QWidget:
        cards = []
        for child in self._case.children:
            about = child.body.person_id

            def open_about(
                kind: str, given: Mapping[str, Any], starting: Mapping[str, Any], about: str = about
            ) -> None:
                self._open(kind, given, starting, about)

            menu = menu_button(
                "Record", f"Record something about {child.body.known_as}", {"": ABOUT_A_CHILD}, open_about
            )
            cards.append(card(label(child.body.known_as, "label"), row(menu)))
        return column(label("Children", "heading"), *cards) if cards else column()

    def _on_record(self) -> QWidget:
        made = Chronology(self._case, scope=self._person_id)
        made.setMinimumHeight(_CHRONOLOGY_HEIGHT)
        made.opened.connect(partial(open_record, self._desk, self._case))
        return column(label("On record about this parent", "heading"), made)

    def _open(
        self, kind: str, given: Mapping[str, Any], starting: Mapping[str, Any], person_id: str | None = None
    ) -> None:
        first_given, first = begun(kind, person_id or self._person_id, self._case, self._view.service)
        self._desk.show_form(self.case_ref, kind, {**first_given, **given}, {**first, **starting})

    def _write_note(self) -> None:
        self._desk.show_form(self.case_ref, "note", {}, {"about": [self._person_id]})

    def _take_details(self) -> None:
        way = way_to_person(self._case, self._person_id)
        self._desk.show_form(self.case_ref, way.kind, way.given, way.starting)
