"""Every kind that a person enters has a form, and every field of it is asked or deliberately filled in."""

from __future__ import annotations

from typing import Final

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from spr_desktop.records.kinds import KINDS, fields_of
from spr_desktop.records.values import Defines
from tests.ui.conftest import Driver
from tests.vaults import READY
from ui.fields import ChoiceField, TicksField
from ui.form_texts import FORMS, words_for
from ui.forms import Form, People
from ui.places.record_form import RecordForm

NOT_ENTERED: Final = {
    "case_opened",  # written when a case is opened
    "safety_conversation",  # has a place of its own
    "document_made",
    "document_sent",
    "document_revoked",
}
FILLED_IN: Final = {
    ("advice", "rules"),  # advice that names no rule answers all of them
    ("caution_accepted", "rule"),  # chosen by where the form is opened
    ("caution_accepted", "subject"),
    ("privacy_notice", "notice"),  # the one that is current
    ("privacy_notice", "version"),
}
PEOPLE: Final = People({"a": "Jo", "b": "Sam"}, {"k": "Kit"})


def test_every_kind_that_a_person_enters_has_a_form() -> None:
    assert set(FORMS) == set(KINDS) - NOT_ENTERED


def test_every_field_is_asked_or_deliberately_filled_in() -> None:
    missing = {
        (kind, field.name)
        for kind, text in FORMS.items()
        for field in fields_of(KINDS[kind]).values()
        if field.name not in text.fields
        and field.name != text.about
        and not any(isinstance(mark, Defines) for mark in field.marks)
    }
    assert missing == FILLED_IN


def test_no_form_asks_for_what_its_kind_does_not_have() -> None:
    for kind, text in FORMS.items():
        known = set(fields_of(KINDS[kind]))
        assert set(text.fields) <= known, kind
        assert text.long | text.quoted | text.people | set(text.words) <= set(text.fields), kind
        assert text.quoted <= text.long, kind
        assert not text.about or text.about in known, kind


def test_every_button_says_what_it_saves() -> None:
    said = [text.save for text in FORMS.values()]
    assert all(each.startswith("Save ") for each in said)
    assert len(set(said)) == len(said)


@pytest.mark.parametrize("kind", FORMS)
def test_nothing_is_chosen_at_first_and_not_known_can_be(qtbot: QtBot, kind: str) -> None:
    form = Form(kind, PEOPLE, {}, {})
    for each in form.everything:
        qtbot.addWidget(each)
        if isinstance(each, (ChoiceField, TicksField)):
            assert not each.value(), each.name
        if isinstance(each, ChoiceField) and {"yes", "no"} <= {code for code, _ in each.choices}:
            unsure = {"not_known", "unsure", "undecided"}
            assert unsure & {code for code, _ in each.choices}, each.name


@pytest.mark.parametrize("kind", FORMS)
def test_an_empty_form_says_what_is_missing_and_nothing_breaks(qtbot: QtBot, kind: str) -> None:
    form = Form(kind, PEOPLE, {}, {})
    for each in form.everything:
        qtbot.addWidget(each)
    found = form.finish()
    assert isinstance(found, list)
    assert all(advice.endswith(".") for _, advice in found)
    required = [field.name for field in fields_of(KINDS[kind]).values() if field.required]
    asked = {each.name for each in form.fields}
    expected = {name for name in required if name in asked} | ({"blocks"} if kind == "note" else set())
    assert {field.name for field, _ in found} - {"happened_on"} == expected


def test_a_row_of_choices_takes_a_click_over_its_whole_width(driver: Driver) -> None:
    driver.unlock()
    driver.window.show_form(READY, "touch_point", {})
    place = driver.until(RecordForm)
    rows = [each for each in place.findChildren(QAbstractButton) if each.inherits("QRadioButton")]
    assert rows
    for each in rows:
        assert each.height() >= 36
    each = next(one for one in rows if one.accessibleName() == "Was this parent alone?: Yes")
    assert each.width() > 400
    QTest.mouseClick(each, Qt.MouseButton.LeftButton, pos=QPoint(each.width() - 5, 5))
    assert each.isChecked()


def test_codes_have_words() -> None:
    for kind, text in FORMS.items():
        for name, codes in text.words.items():
            assert all(codes.values()), (kind, name)
    assert words_for("not_known") == "Not known"
