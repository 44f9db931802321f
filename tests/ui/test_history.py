"""One record with its versions, and a signed-off conversation: all of it readable, and corrected where that may be."""

from __future__ import annotations

from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from spr_desktop.casework.conversation import NOT_VALIDATED
from spr_desktop.records.case import Case
from tests.cases import CASE_REF, RATIONALE, Family, PlainRecord, mild_answers
from ui.places.finished_conversation import FinishedConversation
from ui.places.history import History


class Desk:
    """A desk with one family on it."""

    def __init__(self, family: Family) -> None:
        self._case = Case(CASE_REF, family.records())
        self.forms: list[tuple[str, dict[str, Any], dict[str, Any], str]] = []
        self.went_back = 0

    @property
    def caseload(self) -> Desk:
        return self

    def case(self, _case_ref: str, _as_of: object) -> Case:
        return self._case

    def back(self) -> None:
        self.went_back += 1

    def show_form(
        self, _case_ref: str, kind: str, given: dict[str, Any], starting: dict[str, Any], *, correcting: str
    ) -> None:
        self.forms.append((kind, given, starting, correcting))


def history(bot: QtBot, family: Family, record_id: str, scope: str | None = None) -> tuple[History, Desk]:
    desk = Desk(family)
    made = History(cast("Any", desk), CASE_REF, record_id, scope)
    bot.addWidget(made)
    made.show()
    return made, desk


def texts(widget: QWidget) -> str:
    return "\n".join(each.text() for each in widget.findChildren(QLabel))


def buttons(widget: QWidget) -> dict[str, QPushButton]:
    return {each.text(): each for each in widget.findChildren(QPushButton) if each.isVisible()}


def test_every_version_is_there_newest_first(qtbot: QtBot) -> None:
    family = Family()
    old = family.found("readiness", "a")[0]
    newer = family.add("readiness", -1, **(old["body"] | {"motivation": "Calm evenings."}))
    made, _ = history(qtbot, family, old["id"])
    told = texts(made)
    assert told.index("6 November 2026") < told.index("Other versions") < told.index("21 November 2026")
    assert "Calm evenings." in told
    assert "Written down on 6 November 2026 by J. Outreach." in told
    assert newer not in told


def test_a_correction_opens_the_form_with_what_is_known_and_keeps_whom_it_is_about(qtbot: QtBot) -> None:
    family = Family()
    contact = family.found("contact_point", "a")[0]
    made, desk = history(qtbot, family, contact["id"])
    QTest.keyClick(buttons(made)["Correct this"], Qt.Key.Key_Space)
    ((kind, given, starting, correcting),) = desk.forms
    assert (kind, correcting) == ("contact_point", contact["id"])
    assert given == {"contact_id": "mobile-a", "person_id": "a"}
    assert starting["value"] == "07700 900197"
    assert starting["confirmed_on"] == contact["body"]["confirmed_on"]


@pytest.mark.parametrize("kind", ["safety_conversation", "case_opened"])
def test_what_has_no_form_or_was_signed_off_is_not_corrected(qtbot: QtBot, kind: str) -> None:
    family = Family()
    made, _ = history(qtbot, family, family.found(kind)[0]["id"])
    assert list(buttons(made)) == ["Back"]


def test_a_version_that_was_corrected_is_history(qtbot: QtBot) -> None:
    family = Family()
    old = family.found("plan")[0]
    newer = family.add("plan", -1, supersedes=(old["id"],), **old["body"])
    assert list(buttons(history(qtbot, family, old["id"])[0])) == ["Back"]
    assert list(buttons(history(qtbot, family, newer)[0])) == ["Back", "Correct this"]


def test_the_reason_for_a_correction_stands_at_the_version_that_was_corrected(qtbot: QtBot) -> None:
    family = Family()
    old = family.found("plan")[0]
    newer = family.add("plan", -1, supersedes=(old["id"],), **old["body"])
    family.add(
        "note",
        -1,
        type="decision",
        blocks=[
            {"type": "fact", "text": f"Correction of the record {old['id']}."},
            {"type": "analysis", "text": "The wrong plan was ticked."},
        ],
    )
    told = texts(history(qtbot, family, newer)[0])
    assert told.index("Other versions") < told.index("Why it was corrected: The wrong plan was ticked.")
    assert "Why" not in texts(history(qtbot, family, newer, "a")[0])


def test_a_parents_page_shows_nothing_of_another_record(qtbot: QtBot) -> None:
    family = Family()
    family.change("readiness", "b", motivation="Calm evenings.")
    made, _ = history(qtbot, family, family.found("readiness", "b")[0]["id"], "a")
    assert texts(made) == "This record is not shown here."
    mine, _ = history(qtbot, family, family.found("readiness", "a")[0]["id"], "a")
    assert "Wants things to change?" in texts(mine)
    assert list(buttons(mine)) == ["Back"]


# A signed-off conversation

BUILT_IN: PlainRecord = {
    "person_id": "a",
    "state": "completed",
    "tool": "built_in",
    "alone": "yes",
    "question_set": "safety-conversation/1",
    "observations": ["N1"],
    "practitioner_outcome": "harmful_conflict",
    "rationale": RATIONALE,
}


def finished(bot: QtBot, family: Family, record_id: str) -> FinishedConversation:
    made = FinishedConversation(cast("Any", Desk(family)), CASE_REF, record_id)
    bot.addWidget(made)
    made.show()
    return made


def test_a_conversation_is_read_as_it_was_asked(qtbot: QtBot) -> None:
    family = Family()
    answers = mild_answers() | {"J1": {"value": "unsure", "note": "I keep out of the way.", "last_happened": "spring"}}
    told = texts(finished(qtbot, family, family.add("safety_conversation", -1, "14:00", answers=answers, **BUILT_IN)))
    for expected in (
        "Safety conversation with Jo",
        "21 November 2026 at 14:00, signed off by J. Outreach",
        "When you and Sam see something differently, how easy is it to say what you think?",
        "I'm not sure",
        "In their own words: I keep out of the way.",
        "When last: spring",
        "What the practitioner saw, or was told by others",
        "Conflict that is harmful",
        RATIONALE,
        NOT_VALIDATED,
    ):
        assert expected in told
    assert "{other}" not in told
    assert not any(word in told for word in ("score", "total", "Stop", "Not yet", "Caution"))


def test_questions_that_were_not_asked_are_said_to_be_so(qtbot: QtBot) -> None:
    family = Family()
    answers = {"A1": {"value": "not_asked"}, "XX": {"value": "some_code", "note": "Own words."}}
    told = texts(finished(qtbot, family, family.add("safety_conversation", -1, answers=answers, **BUILT_IN)))
    assert told.count("Not asked") > 10
    assert "Question XX" in told
    assert "Own words." in told


def test_answers_to_questions_that_the_program_does_not_have_are_kept_readable(qtbot: QtBot) -> None:
    family = Family()
    body = BUILT_IN | {"question_set": "other/7", "answers": {"Q7": {"value": "often"}}}
    told = texts(finished(qtbot, family, family.add("safety_conversation", -1, **body)))
    assert "does not have the wording" in told
    assert "Question Q7" in told
    assert "Often" in told


def test_another_tools_conversation_and_none_at_all_say_so(qtbot: QtBot) -> None:
    family = Family()
    told = texts(finished(qtbot, family, family.found("safety_conversation", "a")[0]["id"]))
    assert "asked with another tool" in told
    assert NOT_VALIDATED not in told
    assert "There is no such conversation" in texts(finished(qtbot, family, "nothing"))
