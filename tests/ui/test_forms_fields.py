"""Fields: what people type and paste, what is taken of it, and what is said where it is not."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from ui.fields import (
    LINE_LIMIT,
    TEXT_LIMIT,
    DateField,
    DateTimeField,
    LineField,
    LinesField,
    ListField,
    NumberField,
    PresentField,
    TextField,
    TicksField,
)
from ui.fields.field import Field
from ui.forms import Finished, Form, People
from ui.language_hints import LanguageHints

PEOPLE = People({"a": "Jo", "b": "Sam"}, {"k": "Kit"})


def shown(widget: QWidget) -> str:
    return "\n".join(each.text() for each in widget.findChildren(QLabel) if each.isVisibleTo(widget))


def paste(field: Field, text: str) -> None:
    """Paste as people do."""
    QGuiApplication.clipboard().setText(text)
    QTest.keyClick(field.first_widget(), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


# Too much


@pytest.mark.parametrize("what", ["x" * 1_000_000, "word " * 200_000, "line\n" * 200_000])
def test_a_text_takes_what_fits_and_says_what_it_did_not_take(qtbot: QtBot, what: str) -> None:
    field = TextField("text", "Text", watches_words=True)
    qtbot.addWidget(field)
    field.show()
    edit = field.first_widget()
    assert isinstance(edit, QPlainTextEdit)
    put_in: list[int] = []
    edit.document().contentsChange.connect(lambda _at, _out, into: put_in.append(into))
    paste(field, what)
    assert field.typed() == what[:TEXT_LIMIT]
    assert max(put_in) <= TEXT_LIMIT + 1, "laying out what is taken away again takes minutes"
    assert "The last 900,000 were not taken." in shown(field)


def test_a_full_text_takes_no_more_keys_but_can_be_shortened(qtbot: QtBot) -> None:
    field = TextField("text", "Text")
    qtbot.addWidget(field)
    field.restore("x" * (TEXT_LIMIT - 1))
    edit = field.first_widget()
    assert isinstance(edit, QPlainTextEdit)
    edit.moveCursor(edit.textCursor().MoveOperation.End)
    QTest.keyClicks(edit, "yz")
    assert field.typed() == "x" * (TEXT_LIMIT - 1) + "y"
    assert "The last 1 were not taken." in shown(field)
    QTest.keyClick(edit, Qt.Key.Key_Backspace)
    assert "not taken" not in shown(field)


def test_characters_beyond_the_basic_plane_count_once(qtbot: QtBot) -> None:
    field = TextField("text", "Text")
    qtbot.addWidget(field)
    paste(field, "𐍈" * (TEXT_LIMIT + 5))
    assert field.typed() == "𐍈" * TEXT_LIMIT
    assert "The last 5 were not taken." in shown(field)
    assert "The last 5 were not taken." in field.first_widget().accessibleDescription()


def test_a_line_says_that_it_did_not_take_everything(qtbot: QtBot) -> None:
    field = LineField("name", "Name")
    qtbot.addWidget(field)
    field.show()
    paste(field, "x" * 5_000)
    assert len(field.typed()) == LINE_LIMIT
    assert "Only 1,000 characters fit here. The rest was not taken." in shown(field)
    QTest.keyClick(field.first_widget(), Qt.Key.Key_Backspace)
    assert "not taken" not in shown(field)


def test_a_long_line_of_an_older_record_is_not_cut_by_a_correction(qtbot: QtBot) -> None:
    field = LineField("name", "Name")
    qtbot.addWidget(field)
    field.restore("𐍈y" * 3_000)
    assert field.value() == "𐍈y" * 3_000


# Hidden characters


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("told\x07 me", "hidden control character"),
        ("told\u202e me", "turns the direction of writing"),
    ],
)
def test_hidden_characters_are_said_at_the_field_and_kept(qtbot: QtBot, text: str, said: str) -> None:
    form = Form("safety_action", PEOPLE, {}, {}, {"action": "police"})
    for each in form.everything:
        qtbot.addWidget(each)
    outcome = next(each for each in form.fields if each.name == "outcome")
    paste(outcome, text)
    found = form.finish()
    assert isinstance(found, list)
    ((field, advice),) = found
    assert field is outcome
    assert said in advice
    assert said in shown(outcome)
    assert said in outcome.first_widget().accessibleDescription()
    assert outcome.typed() == text


# Dates


@pytest.mark.parametrize(
    "pasted", ["3/11/2026", "3 November 2026", "03.11.2026", "3rd Nov 2026", "2026-11-03", "3-11-2026", " 3 sept 2026 "]
)
def test_a_whole_date_can_be_pasted_into_the_first_box(qtbot: QtBot, pasted: str) -> None:
    field = DateField("on", "On")
    qtbot.addWidget(field)
    paste(field, pasted)
    assert field.value() == ("2026-09-03" if "sept" in pasted else "2026-11-03")
    assert field.complaint() == ""


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["3", "11", "26"], "Enter the year with four figures, like 2026."),
        (["3", "11", ""], "Enter the day, the month and the year, like 3 11 2026."),
        (["31", "11", "2026"], "Enter a date that exists, like 3 11 2026."),
        (["x", "y", "zzzz"], "Enter a date that exists, like 3 11 2026."),
        (["", "", ""], ""),
        (["3", "March", "2026"], ""),
    ],
)
def test_a_date_says_what_to_do(qtbot: QtBot, typed: list[str], said: str) -> None:
    field = DateField("on", "On")
    qtbot.addWidget(field)
    field.restore(typed)
    assert field.complaint() == said
    assert field.typed() == typed


def test_a_pasted_year_of_two_figures_is_refused(qtbot: QtBot) -> None:
    field = DateField("on", "On")
    qtbot.addWidget(field)
    paste(field, "3/11/26")
    assert field.complaint() == "Enter the year with four figures, like 2026."


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("10:30", "10:30"),
        ("9.05", "09:05"),
        ("1430", "14:30"),
        ("2pm", "14:00"),
        ("12:15 am", "00:15"),
        ("12 pm", "12:00"),
    ],
)
def test_a_time_is_taken_as_people_write_it(qtbot: QtBot, typed: str, value: str) -> None:
    field = DateTimeField("on", "On")
    qtbot.addWidget(field)
    field.restore(["3", "11", "2026", typed])
    assert field.value() == f"2026-11-03T{value}"
    assert field.complaint() == ""


@pytest.mark.parametrize("typed", ["25:00", "10:61", "noon", "13 pm", "1"])
def test_no_time_of_the_day_is_said(qtbot: QtBot, typed: str) -> None:
    field = DateTimeField("on", "On")
    qtbot.addWidget(field)
    field.restore(["3", "11", "2026", typed])
    assert field.complaint() == "Enter a time like 10:30."


def test_a_time_may_be_left_out_unless_it_is_needed(qtbot: QtBot) -> None:
    for needs_time, said in ((False, ""), (True, "Enter the time as well, like 10:30.")):
        field = DateTimeField("on", "On", needs_time=needs_time)
        qtbot.addWidget(field)
        field.restore("2026-11-03")
        assert field.complaint() == said
        field.restore("2026-11-03T10:30:15")
        assert field.value() == "2026-11-03T10:30:15"
        field.restore(["", "", "", "10:30"])
        assert field.complaint() == "Enter the day as well, like 3 11 2026."


@pytest.mark.parametrize(("kind", "may"), [("life_event", False), ("referral", True), ("court_matter", True)])
def test_a_day_to_come_is_said(qtbot: QtBot, kind: str, may: bool) -> None:
    form = Form(kind, PEOPLE, {}, {})
    for each in form.everything:
        qtbot.addWidget(each)
    form.when.restore((date.today() + timedelta(days=1)).isoformat())
    found = form.finish()
    assert isinstance(found, list)
    assert any("still to come" in advice for _, advice in found) != may


def test_a_missing_day_is_asked_for_by_name(qtbot: QtBot) -> None:
    form = Form("agreement", PEOPLE, {}, {})
    for each in form.everything:
        qtbot.addWidget(each)
    form.when.restore(["", "", ""])
    found = form.finish()
    assert isinstance(found, list)
    assert found[0] == (form.when, "Enter the day on which you asked, like 3 11 2026.")


# Other fields


@pytest.mark.parametrize(
    ("is_whole", "typed", "value", "is_fine"),
    [
        (True, "3", 3, True),
        (True, "3.5", "3.5", False),
        (False, "7.5", 7.5, True),
        (False, "-2", -2, True),
        (False, "seven", "seven", False),
        (False, "", None, True),
        (False, "1e9", "1e9", False),
    ],
)
def test_numbers(qtbot: QtBot, is_whole: bool, typed: str, value: Any, is_fine: bool) -> None:
    field = NumberField("score", "Score", is_whole=is_whole)
    qtbot.addWidget(field)
    QTest.keyClicks(field.first_widget(), typed)
    assert field.value() == value
    assert (field.complaint() == "") == is_fine
    field.restore(0)
    assert field.value() == 0


def test_a_list_is_not_changed_by_a_wheel_that_passes(qtbot: QtBot) -> None:
    field = ListField("type", "Type", [("a", "A"), ("b", "B")])
    qtbot.addWidget(field)
    field.show()
    at = QPointF(5, 5)
    event = QWheelEvent(
        at,
        field.first_widget().mapToGlobal(at),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(field.first_widget(), event)
    assert field.value() is None


def test_what_is_not_offered_here_is_not_dropped(qtbot: QtBot) -> None:
    ticks = TicksField("taking_part", "Who?", [("a", "Jo")])
    present = PresentField("present", "Who was there?", [("a", "Jo")], not_offered={"b"})
    for field in (ticks, present):
        qtbot.addWidget(field)
        field.restore(["a", "b"])
        assert field.value() == ["a", "b"]
    assert "b" not in [each.toPlainText() for each in present.findChildren(QPlainTextEdit)]
    present.restore(["a", "b", "Wren Demo"])
    assert present.value() == ["a", "b", "Wren Demo"]
    assert [each.toPlainText() for each in present.findChildren(QPlainTextEdit)] == ["Wren Demo"]


def test_a_list_of_lines_takes_back_the_list_of_a_record(qtbot: QtBot) -> None:
    field = LinesField("words", "Words")
    qtbot.addWidget(field)
    field.restore(["Elm Road", "Blue School"])
    assert field.value() == ["Elm Road", "Blue School"]


def test_a_telephone_number_is_taken_as_typed(qtbot: QtBot) -> None:
    form = Form("contact_point", PEOPLE, {"person_id": "a"}, {})
    for each in form.everything:
        qtbot.addWidget(each)
    value = next(each for each in form.fields if each.name == "value")
    edit = value.first_widget()
    assert isinstance(edit, QLineEdit)
    QTest.keyClicks(edit, "07700 900 123 (after 4)")
    assert value.value() == "07700 900 123 (after 4)"


def test_names_are_never_split(qtbot: QtBot) -> None:
    typed = {"role": "parent_carer", "given_names": "María del Carmen  O'Neill-Özdemir", "lives_in_area": "yes"}
    form = Form("person", PEOPLE, {}, {}, typed)
    for each in form.everything:
        qtbot.addWidget(each)
    finished = form.finish()
    assert isinstance(finished, Finished)
    assert finished.body.given_names == "María del Carmen  O'Neill-Özdemir"  # type: ignore[attr-defined]


# Hints about words


def test_hints_come_when_the_writer_pauses_and_go_when_the_word_goes(qtbot: QtBot) -> None:
    field = TextField("text", "Text", "A hint", watches_words=True)
    qtbot.addWidget(field)
    field.show()
    edit = field.first_widget()
    QTest.keyClicks(edit, "She alleges that")
    assert "alleges" not in shown(field)
    qtbot.waitUntil(lambda: "“alleges”" in shown(field))
    assert "“alleges”" in edit.accessibleDescription()
    assert edit.accessibleDescription().startswith("A hint")
    assert field.value() == "She alleges that"
    field.restore("She says that")
    qtbot.waitUntil(lambda: "alleges" not in shown(field))
    assert edit.accessibleDescription() == "A hint"


def test_where_somebody_is_quoted_nothing_is_said(qtbot: QtBot) -> None:
    form = Form("child_voice", PEOPLE, {"child_id": "k"}, {})
    for each in form.everything:
        qtbot.addWidget(each)
        assert not each.findChildren(LanguageHints)


def test_dropping_is_as_pasting(qtbot: QtBot) -> None:
    field = TextField("text", "Text")
    qtbot.addWidget(field)
    edit = field.first_widget()
    assert isinstance(edit, QPlainTextEdit)
    dropped = QMimeData()
    dropped.setText("x" * (TEXT_LIMIT + 1))
    edit.insertFromMimeData(dropped)
    assert len(field.typed()) == TEXT_LIMIT
