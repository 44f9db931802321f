"""The safety conversation with one parent alone: one group of questions at a time, nothing judged on screen.

Nothing of the other parent is shown but the name that a question needs. No outcome, colour or count is visible here.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from spr_desktop.casework.conversation import NOT_VALIDATED, Domain, Question, called_other, questions
from spr_desktop.casework.drafts import draft, drop_draft, keep_draft
from spr_desktop.records.bodies import read_body
from spr_desktop.records.faults import Faults, InvalidDocument
from spr_desktop.records.values import When
from ui.desk import Desk, Place
from ui.fields import ChoiceField, DateField, Field, LineField, TextField, TicksField
from ui.form_texts import words_for
from ui.parts import button, card, column, in_lines, label, row, scrolling
from ui.theme import AROUND, BETWEEN

_BEFORE: Final = "Before you start"
_SEEN: Final = "What I saw"
_SIGN_OFF: Final = "Sign off"
_ROW_HEIGHT: Final = 30
_LIST_WIDTH: Final = 250
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

    def __init__(self, desk: Desk, case_ref: str, person_id: str) -> None:
        super().__init__()
        self._desk = desk
        self._case_ref = case_ref
        self._person_id = person_id
        case = desk.caseload.case(case_ref, date.today())
        self._known_as = case.people[person_id].body.known_as
        self._other = called_other(case, person_id)
        self._draft_name = f"{case_ref}/safety_conversation/{person_id}"
        self._typed: dict[str, Any] = draft(desk.caseload, self._draft_name)
        self._kept = dict(self._typed)
        self._fields: dict[str, Field] = {}
        self._pages: dict[str, QWidget] = {}
        self._list = QListWidget()
        self._list.setAccessibleName("Parts of the conversation")
        self._list.setFixedWidth(_LIST_WIDTH)
        self._page = QVBoxLayout()
        self._problem = label("", "error")
        self._build()
        if self._typed:
            desk.say("The conversation is as you left it.")

    def _build(self) -> None:
        band = QFrame()
        band.setProperty("role", "card")
        inside = QHBoxLayout(band)
        inside.addWidget(label(f"With {self._known_as}, alone", "heading"), 1)
        inside.addStretch(1)
        inside.addWidget(button("Pause", self._desk.back, name="Pause: everything is kept"))
        for name in self._names():
            item = QListWidgetItem(name)
            item.setSizeHint(QSize(0, _ROW_HEIGHT))
            self._list.addItem(item)
        self._list.currentTextChanged.connect(self._show_page)
        across = QHBoxLayout()
        across.setSpacing(BETWEEN)
        across.addWidget(self._list)
        across.addLayout(self._page, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(AROUND, 0, AROUND, BETWEEN)
        layout.setSpacing(BETWEEN)
        layout.addWidget(band)
        layout.addLayout(across, 1)
        self._list.setCurrentRow(0)
        self._show_parts()

    def _names(self) -> list[str]:
        groups = [each.title for each in questions().domains if each.letter != "N"]
        return [_BEFORE, *groups, _SEEN, _SIGN_OFF]

    def focus_first(self) -> None:
        self._list.setFocus()

    # Pages, each made when it is first seen

    def _show_page(self, name: str) -> None:
        for each in self._pages.values():
            each.hide()
        if name not in self._pages:
            self._pages[name] = scrolling(self._make_page(name))
            self._page.addWidget(self._pages[name])
        self._pages[name].show()

    def _make_page(self, name: str) -> QWidget:
        if name == _BEFORE:
            return self._before()
        if name == _SEEN:
            return self._seen()
        if name == _SIGN_OFF:
            return self._sign_off()
        return self._group(next(each for each in questions().domains if each.title == name))

    def _add(self, field: Field) -> Field:
        """A field whose content is part of the draft from the first key on."""
        self._fields[field.name] = field
        if field.name in self._typed:
            field.restore(self._typed[field.name])
        field.changed.connect(lambda: self._note_typed(field))
        return field

    def _note_typed(self, field: Field) -> None:
        self._typed[field.name] = field.typed()
        if field.name == "tool":
            self._show_parts()

    def _before(self) -> QWidget:
        checks: list[QWidget] = []
        for each in questions().before:
            tick = QCheckBox(in_lines(each.text))
            tick.setAccessibleName(each.text)
            tick.setAccessibleDescription(each.if_not)
            checks += [tick, label(each.if_not, "quiet")]
        return column(
            label(_BEFORE, "title"),
            card(label("Say first", "label"), label(questions().opening)),
            card(*checks),
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
                    TicksField(
                        "within_hearing",
                        "Who can hear? (leave open if nobody)",
                        _words(
                            ("pre_verbal_child", "child", "relative", "friend", "other_parent", "second_practitioner")
                        ),
                    )
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

    def _seen(self) -> QWidget:
        choices = [(each.id, each.text) for each in questions().observations.values()]
        return column(
            label(_SEEN, "title"),
            label("For the practitioner only. Turn the screen away.", "label"),
            card(self._add(TicksField("observations", "What did you see, or were told by others?", choices))),
            self._next_button(),
            gap=BETWEEN,
            around=4,
        )

    def _sign_off(self) -> QWidget:
        outcomes = (
            "conflict_not_harmful",
            "harmful_conflict",
            "unclear_seek_advice",
            "domestic_abuse_indicated",
        )
        states = [
            ("completed", "Completed"),
            ("incomplete", "Broken off; I will go on another time"),
            ("declined", f"{self._known_as} did not want to talk"),
        ]
        return column(
            label(_SIGN_OFF, "title"),
            label("For the practitioner only. Turn the screen away.", "label"),
            label(NOT_VALIDATED, "quiet"),
            self._problem,
            card(
                self._add(ChoiceField("state", "How did it end?", states)),
                self._add(ChoiceField("practitioner_outcome", "What is your judgement?", _words(outcomes))),
                self._add(
                    TextField("rationale", "What is it based on?", "At least 40 characters, in your own words", lines=4)
                ),
            ),
            row(button("Finish and sign off", self._finish, "main")),
            label("After signing off it can be read but not changed; a correction is a new conversation.", "quiet"),
            gap=BETWEEN,
            around=4,
        )

    def _next_button(self) -> QWidget:
        return row(button("Next", self._go_on, "main", name="Next part"))

    def _go_on(self) -> None:
        number = self._list.currentRow() + 1
        while number < self._list.count() and self._list.item(number).isHidden():
            number += 1
        self._list.setCurrentRow(min(number, self._list.count() - 1))
        self._list.setFocus()

    def _show_parts(self) -> None:
        """Another tool brings its own questions; only ours are asked here."""
        is_ours = self._typed.get("tool") == "built_in"
        for number in range(1, self._list.count() - 2):
            self._list.item(number).setHidden(not is_ours)

    # Keeping and finishing

    def keep_draft(self) -> None:
        if self._typed != self._kept:
            keep_draft(self._desk.caseload, self._draft_name, self._typed)
            self._kept = dict(self._typed)

    def _values(self) -> dict[str, Any]:
        """The body of the record, as a case document would hold it."""
        own = {each: self._typed[each] for each in questions().questions if self._typed.get(each)}
        values: dict[str, Any] = {
            name: given
            for name in ("tool", "tool_name", "alone", "interpreter", "place", "state", "rationale")
            if (given := self._typed.get(name))
        }
        values |= {name: self._typed.get(name) or [] for name in ("within_hearing", "observations")}
        values["person_id"] = self._person_id
        if outcome := self._typed.get("practitioner_outcome"):
            values["practitioner_outcome"] = outcome
        if values.get("tool") == "built_in":
            values["question_set"] = questions().name
            values["answers"] = {each: {"value": "not_asked"} | given for each, given in own.items()}
        return values

    def _finish(self) -> None:
        missing = [
            words
            for name, words in (
                ("tool", "which questions were used"),
                ("alone", "whether this parent was alone"),
                ("interpreter", "whether there was an interpreter"),
                ("state", "how it ended"),
            )
            if not self._typed.get(name)
        ]
        if missing:
            self._problem.setText(f"Still to say: {', '.join(missing)}. Everything typed is kept.")
            return
        faults = Faults()
        try:
            body = read_body("safety_conversation", self._values(), "$", None, faults)
            when = When.parse(self._day())
        except (InvalidDocument, ValueError):
            body = None
        if body is None:
            self._problem.setText("A text is too long, or the day does not exist. Everything typed is kept.")
            return
        caseload = self._desk.caseload
        caseload.record(self._case_ref, [body], happened_on=when)
        drop_draft(caseload, self._draft_name)
        self._typed = dict(self._kept)
        self._desk.back()
        self._desk.say("The conversation is signed off.")

    def _day(self) -> str:
        field = self._fields["happened_on"]
        return str(field.value() or "")
