"""The safety conversation with one parent alone: one group of questions at a time, nothing judged on screen.

It is held on that parent's page. Nothing of the other parent is shown but the name that a question needs; no outcome,
colour or count is visible. What the practitioner saw, and the judgement, come after the page was left
(``ui/places/sign_off.py``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from spr_desktop.casework.conversation import NOT_VALIDATED, Domain, Question, called_other, draft_name, questions
from spr_desktop.casework.drafts import draft
from ui.desk import Desk, Place
from ui.fields import ChoiceField, DateField, Field, LineField, TextField, TicksField
from ui.form_texts import words_for
from ui.parts import button, card, column, label, row, scrolling
from ui.theme import AROUND, BETWEEN, ROW_HEIGHT
from ui.where import Where

_BEFORE: Final = "Before you start"
_END: Final = "Thank you"
_LIST_WIDTH: Final = 250
_ROOM_FOR_LIST: Final = 800
"""From this width on, in pixels, the parts stand beside the page."""
_YES_NO: Final = [(code, words_for(code)) for code in ("yes", "no", "not_known")]


def _words(codes: Iterable[str]) -> list[tuple[str, str]]:
    return [(code, words_for(code)) for code in codes]


class QuestionField(Field):
    """One question in speech, its choices as rows, and room for one's own words beside every answer."""

    def __init__(self, question: Question, other: str) -> None:
        super().__init__(question.id, question.text.replace("{other}", other), question.guidance or "")
        self._has_last = any("when last?" in each.words for each in question.choices)
        choices = [(each.code, each.words.replace("{other}", other)) for each in question.choices]
        choices += [(each.code, each.words) for each in questions().always]
        self._choice = ChoiceField("value", self.title, choices, has_title=False)
        self._note = TextField("note", "In their own words (optional)", lines=2)
        self._last = LineField("last_happened", "When last? (optional)")
        self._note.first_widget().setAccessibleName(f"{self.title} In their own words (optional)")
        self._last.first_widget().setAccessibleName(f"{self.title} When last? (optional)")
        self._parts = [self._choice, *([self._last] if self._has_last else []), self._note]
        for part in self._parts:
            part.changed.connect(self.changed)
            self._layout.addWidget(part)

    def value(self) -> dict[str, Any] | None:
        given = {part.name: value for part in self._parts if (value := part.value()) is not None}
        return given or None

    def restore(self, typed: Any) -> None:
        for part in self._parts:
            part.restore((typed or {}).get(part.name))

    def first_widget(self) -> QWidget:
        return self._choice.first_widget()


class Conversation(Place):
    """A conversation that goes on until it is signed off; leaving it keeps everything."""

    title = "Safety conversation"
    guidance = "conversation"

    def __init__(self, desk: Desk, case_ref: str, person_id: str) -> None:
        super().__init__()
        self._desk = desk
        self.case_ref = case_ref
        self._person_id = person_id
        case = desk.caseload.case(case_ref, date.today())
        self._known_as = case.people[person_id].body.known_as
        self._other = called_other(case, person_id)
        self._draft_name = draft_name(case_ref, person_id)
        self._typed: dict[str, Any] = draft(desk.caseload, self._draft_name)
        self._fields: dict[str, Field] = {}
        self._pages: dict[str, QWidget] = {}
        self._list = QListWidget()
        self._list.setAccessibleName("Parts of the conversation")
        self._list.setFixedWidth(_LIST_WIDTH)
        self._box = QComboBox()
        self._box.setAccessibleName("Parts of the conversation")
        self._page = QVBoxLayout()
        self._build()
        if self._typed:
            desk.say("The conversation is as you left it.")

    def _build(self) -> None:
        for name in self._names():
            item = QListWidgetItem(name)
            item.setSizeHint(QSize(0, ROW_HEIGHT))
            self._list.addItem(item)
        self._list.currentTextChanged.connect(self._show_page)
        self._box.activated.connect(lambda _: self._list.setCurrentRow(self._box.currentData()))
        self._page.addWidget(self._box)
        across = QHBoxLayout(self)
        across.setContentsMargins(AROUND, BETWEEN, AROUND, BETWEEN)
        across.setSpacing(BETWEEN)
        across.addWidget(self._list)
        across.addLayout(self._page, 1)
        self._list.setCurrentRow(0)
        self._show_parts()

    def _names(self) -> list[str]:
        return [_BEFORE, *(each.title for each in questions().domains if each.letter != "N"), _END]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the parts are a list that opens, above the page."""
        super().resizeEvent(event)
        is_narrow = event.size().width() < _ROOM_FOR_LIST
        self._list.setVisible(not is_narrow)
        self._box.setVisible(is_narrow)

    def focus_first(self) -> None:
        (self._box if self._list.isHidden() else self._list).setFocus()

    def drafts(self) -> dict[str, dict[str, Any]]:
        return {self._draft_name: dict(self._typed)} if self._typed else {}

    def standing(self) -> dict[str, Any]:
        return {"page": self._list.currentRow()}

    def stand(self, standing: Mapping[str, Any]) -> None:
        self._list.setCurrentRow(standing.get("page", 0))

    # Pages, each made when it is first seen

    def _show_page(self, name: str) -> None:
        for each in self._pages.values():
            each.hide()
        if name not in self._pages:
            self._pages[name] = scrolling(self._make_page(name))
            self._page.addWidget(self._pages[name])
        self._pages[name].show()
        self._box.setCurrentIndex(self._box.findData(self._list.currentRow()))

    def _make_page(self, name: str) -> QWidget:
        if name == _BEFORE:
            return self._before()
        if name == _END:
            return self._end()
        return self._group(next(each for each in questions().domains if each.title == name))

    def _add(self, field: Field) -> Field:
        """A field whose content is part of the draft from the first key on."""
        self._fields[field.name] = field
        if field.name in self._typed:
            field.restore(self._typed[field.name])
        field.changed.connect(lambda: self._note_typed(field))
        return field

    def _note_typed(self, field: Field) -> None:
        self._typed.setdefault("happened_on", date.today().isoformat())  # it began today, unless it is said otherwise
        self._typed[field.name] = field.typed()
        if field.name == "tool":
            self._show_parts()

    def _before(self) -> QWidget:
        checks = [(each.id, f"{each.text} {each.if_not}") for each in questions().before]
        hearing = ("pre_verbal_child", "child", "relative", "friend", "other_parent", "second_practitioner")
        return column(
            label(f"With {self._known_as}, alone", "title"),
            card(self._add(TicksField("before", "Before you start", checks, "A minute, before anything is asked"))),
            card(label("Say first", "label"), label(questions().opening)),
            card(
                self._add(DateField("happened_on", "When is this?", start_with=date.today())),
                self._add(
                    ChoiceField(
                        "tool",
                        "Which questions are used?",
                        _words(("spr_safety_net", "built_in", "other_named")),
                        "The Safety Net is used on paper; record here that it was. " + NOT_VALIDATED,
                    )
                ),
                self._add(LineField("tool_name", "Name of the other tool (optional)")),
                self._add(ChoiceField("alone", f"Is {self._known_as} alone?", _YES_NO)),
                self._add(
                    TicksField("within_hearing", "Who can hear? (leave open if nobody)", _words(hearing)),
                ),
                self._add(
                    ChoiceField(
                        "interpreter",
                        "Interpreter",
                        _words(("none_needed", "professional", "family_or_friend", "needed_but_none")),
                    )
                ),
                self._add(LineField("place", "Where? (optional)")),
            ),
            self._next_button(),
            gap=BETWEEN,
            around=4,
        )

    def _group(self, domain: Domain) -> QWidget:
        asked = [each for each in questions().questions.values() if each.domain == domain.letter]
        guidance = [label(domain.guidance, "quiet")] if domain.guidance else []
        cards = [card(self._add(QuestionField(each, self._other))) for each in asked]
        return column(label(domain.title, "title"), *guidance, *cards, self._next_button(), gap=BETWEEN, around=4)

    def _end(self) -> QWidget:
        return column(
            label("Thank you. Let us pause here.", "title"),
            label("Everything is kept. You can go on at any time."),
            row(button("Leave this page", self._leave, "main", name="End the conversation and leave this page")),
            gap=BETWEEN,
            around=4,
        )

    def _leave(self) -> None:
        self._desk.go(Where("leave_parent", {"case_ref": self.case_ref, "person_id": self._person_id}))

    def _next_button(self) -> QWidget:
        return row(button("Next", self._go_on, "main", name="Next part"))

    def _go_on(self) -> None:
        number = self._list.currentRow() + 1
        while number < self._list.count() and self._list.item(number).isHidden():
            number += 1
        self._list.setCurrentRow(min(number, self._list.count() - 1))
        self.focus_first()

    def _show_parts(self) -> None:
        """Another tool brings its own questions; only ours are asked here."""
        is_ours = self._typed.get("tool") == "built_in"
        for number in range(1, self._list.count() - 1):
            self._list.item(number).setHidden(not is_ours)
        self._box.clear()
        for number in range(self._list.count()):
            item = self._list.item(number)
            if not item.isHidden():
                self._box.addItem(item.text(), number)
        self._box.setCurrentIndex(self._box.findData(self._list.currentRow()))
