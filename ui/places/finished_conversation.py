"""A conversation that was signed off, as it was asked: for the practitioner only, to be read and not changed.

Nothing is added up here. No answer is coloured, counted or judged; the judgement shown is the practitioner's own.
"""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from spr_desktop.casework.conversation import NOT_VALIDATED, Question, QuestionSet, asked_from, called_other, questions
from spr_desktop.casework.words import day_text
from spr_desktop.records.record import AnyRecord
from spr_desktop.records.safety import Answer, SafetyConversation
from ui.desk import Desk, Place
from ui.form_texts import words_for
from ui.parts import button, card, column, label, row, scrolling
from ui.sayings import people_of, said
from ui.theme import AROUND, BETWEEN, GAP

_NOT_READABLE = "This program does not have the wording of these questions. The answers are shown as they were kept."


class FinishedConversation(Place):
    """One conversation with one parent alone, in full."""

    title = "Safety conversation"

    def __init__(self, desk: Desk, case_ref: str, record_id: str) -> None:
        super().__init__()
        self._case = desk.caseload.case(case_ref, date.today())
        found = [each for each in self._case.ever(SafetyConversation) if each.id == record_id]
        self._back = button("Back", desk.back)
        parts: list[QWidget] = [row(self._back)]
        parts += self._parts(found[0]) if found else [label("There is no such conversation on record.")]
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolling(column(*parts, gap=BETWEEN, around=AROUND)))

    def focus_first(self) -> None:
        self._back.setFocus()

    def _parts(self, record: AnyRecord) -> list[QWidget]:
        body: SafetyConversation = record.body
        names = people_of(self._case)
        known_as = names.everybody.get(body.person_id, "somebody not on record")
        at = f" at {record.happened_on.time:%H:%M}" if record.happened_on.time else ""
        by = f", signed off by {record.recorded_by}" if record.recorded_by else ""
        details = said(record, names).details
        parts: list[QWidget] = [
            label(f"Safety conversation with {known_as}", "title"),
            label("For the practitioner only. Turn the screen away.", "label"),
            label(f"{day_text(record.happened_on.day)}{at}{by}"),
        ]
        if body.tool == "built_in" or body.question_set:
            parts.append(label(NOT_VALIDATED, "quiet"))
        parts.append(_told(details))
        parts += self._answers(body)
        parts += _observations(body)
        return parts

    def _answers(self, body: SafetyConversation) -> list[QWidget]:
        """Every question of the version that was asked, group by group; those not asked too."""
        if not body.answers:
            return [label("No answers were written down here; the questions were asked with another tool.", "quiet")]
        asked = asked_from(body)
        other = called_other(self._case, body.person_id)
        parts: list[QWidget] = []
        if asked is None:
            parts.append(label(_NOT_READABLE, "quiet"))
        for domain in asked.domains if asked else ():
            in_group = [each for each in asked.questions.values() if each.domain == domain.letter] if asked else []
            if in_group and asked:
                parts.append(label(domain.title, "heading"))
                parts += [_answer(each, body.answers.get(each.id), other, asked) for each in in_group]
        known = asked.questions if asked else {}
        parts += [_unknown(name, answer) for name, answer in body.answers.items() if name not in known]
        return parts


def _told(details: tuple[tuple[str, str], ...]) -> QFrame:
    return card(*(column(label(name, "quiet"), label(value), gap=GAP // 4) for name, value in details))


def _answer(question: Question, answer: Answer | None, other: str, asked: QuestionSet) -> QFrame:
    """A question in the words in which it was asked, the answer in words, and their own words."""
    parts: list[QWidget] = [label(question.text.replace("{other}", other), "label")]
    if answer is None:
        return card(*parts, label("Not asked", "quiet"))
    words = {each.code: each.words for each in (*question.choices, *asked.always)}
    parts.append(label(words.get(answer.value, answer.value).replace("{other}", other)))
    return card(*parts, *_own_words(answer))


def _unknown(name: str, answer: Answer) -> QFrame:
    return card(label(f"Question {name}", "label"), label(words_for(answer.value)), *_own_words(answer))


def _own_words(answer: Answer) -> list[QWidget]:
    parts: list[QWidget] = []
    if answer.last_happened:
        parts.append(label(f"When last: {answer.last_happened}"))
    if answer.note:
        parts.append(label(f"In their own words: {answer.note}"))
    return parts


def _observations(body: SafetyConversation) -> list[QWidget]:
    if not body.observations:
        return []
    known = questions().observations
    told = [known[each].text if each in known else f"Observation {each}" for each in body.observations]
    return [label("What the practitioner saw, or was told by others", "heading"), card(*(label(each) for each in told))]
