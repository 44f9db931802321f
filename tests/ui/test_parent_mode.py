"""One parent's page: nothing of the other parent is shown, found, named or offered until the passphrase is typed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from spr_desktop.casework.caseload import Caseload
from spr_desktop.records.case import Case
from spr_desktop.records.compartments import RESTRICTED, compartment
from tests.cases import CASE_REF
from tests.documents.marks import marked_family
from tests.ui.conftest import LONGEST, Driver
from tests.ui.reading import everything_said
from tests.vaults import NOT_READY, PASSPHRASE
from ui.form_texts import FORMS
from ui.places.conversation import Conversation
from ui.places.family import Family
from ui.places.leave_parent import LeaveParent
from ui.places.parent import ParentPage
from ui.places.sign_off import SignOff
from ui.places.today import Today
from ui.places.unlock import Unlock
from ui.shortcuts import SHORTCUTS

STOP = {"E1": {"value": "recent_to_me"}}


@pytest.fixture
def marked(vault: Path) -> dict[str, str]:
    """A family of which every text is marked is in the vault; the marks that parent b's page must not show."""
    marked = marked_family()
    records = marked.family.records()
    case = Case(CASE_REF, records)
    with Caseload.open(vault, PASSPHRASE) as caseload:
        caseload.keep({CASE_REF: records}, date.today())
    kept_apart = [each for each in records if compartment(each, case) in (RESTRICTED, "parent:a")]
    texts = "\n".join(str(each.body) for each in kept_apart)
    found = {mark: field for mark, field in (marked.allowed | marked.forbidden).items() if mark in texts}
    assert len(found) > 40
    return found


def _found(driver: Driver, marks: dict[str, str]) -> dict[str, str]:
    said = everything_said(driver.window)
    return {mark: field for mark, field in marks.items() if mark in said}


def test_nothing_of_the_other_parent_is_on_any_page_of_the_mode(driver: Driver, marked: dict[str, str]) -> None:
    driver.unlock()
    window = driver.window
    window.show_family(CASE_REF)
    assert _found(driver, marked), "the family's own page shows both parents, or this test finds nothing anywhere"
    window.show_parent(CASE_REF, "b")
    assert isinstance(window.place, ParentPage)
    found = {"parent": _found(driver, marked)}
    for kind in FORMS:
        about = FORMS[kind].about
        window.show_form(CASE_REF, kind, {about: "b"} if about in ("person_id", "for_person") else {})
        found[kind] = _found(driver, marked)
    for each in window.caseload.records(CASE_REF):
        window.show_history(CASE_REF, each.id)
        found[f"history of {each.kind}"] = _found(driver, marked)
    window.show_conversation(CASE_REF, "b")
    place = window.place
    assert isinstance(place, Conversation)
    for number in range(place._list.count()):
        place._list.setCurrentRow(number)
    names_used_in_questions = {"person.preferred_name"}
    in_questions = _found(driver, marked)
    found["conversation"] = {
        mark: field for mark, field in in_questions.items() if field not in names_used_in_questions
    }
    assert {place: marks for place, marks in found.items() if marks} == {}


def test_no_shortcut_leads_out_of_the_mode(driver: Driver) -> None:
    driver.unlock()
    driver.window.show_family(NOT_READY)
    driver.window.show_parent(NOT_READY, "b")
    for each in SHORTCUTS:
        if each.does in ("hide_and_lock", "lock_now"):
            continue
        getattr(driver.window, each.does)()
        assert driver.window.scope is not None, each.keys
        assert "Łukasz" not in everything_said(driver.window), each.keys
    for _ in range(5):
        driver.window.back()
        assert "Łukasz" not in everything_said(driver.window)


def test_the_page_is_left_with_the_passphrase_only(driver: Driver) -> None:
    driver.unlock()
    driver.window.show_parent(NOT_READY, "b")
    driver.until(ParentPage)
    driver.press("Leave this page")
    place = driver.until(LeaveParent)
    driver.tab_to("Passphrase")
    driver.write("a guess of a child")
    QTest.keyClick(driver.focused, Qt.Key.Key_Return)
    driver.bot.waitUntil(lambda: "not the passphrase" in everything_said(place), timeout=LONGEST)
    assert driver.window.scope is not None
    driver.leave_the_parent()
    driver.until(Family)


def test_after_locking_the_same_page_comes_back_and_not_the_family(driver: Driver) -> None:
    driver.unlock()
    driver.window.show_parent(NOT_READY, "b")
    driver.window.lock_now()
    driver.unlock()
    assert isinstance(driver.window.place, ParentPage)
    assert "Łukasz" not in everything_said(driver.window)


def test_a_sign_that_stops_shows_nothing_while_the_parent_may_look(driver: Driver) -> None:
    driver.unlock()
    driver.window.show_conversation(NOT_READY, "b")
    place = driver.until(Conversation)
    assert isinstance(place, Conversation)
    driver.choose("Which questions are used?: The built-in questions")
    before = everything_said(driver.window)
    titles = [place._list.item(number).text() for number in range(place._list.count())]
    for number in range(1, place._list.count() - 1):
        place._list.setCurrentRow(number)
    place._fields["E1"].restore(STOP["E1"])
    place._list.setCurrentRow(0)
    after = everything_said(driver.window)
    for word in ("Stop", "abuse is indicated", "Not yet", "Caution", "999 "):
        assert after.count(word) <= before.count(word) + sum(word in each for each in titles), word
    driver.leave_the_parent()
    sign_off = driver.until(SignOff)
    assert isinstance(sign_off, SignOff)
    assert sign_off._stop.isVisible()


def test_another_parents_page_is_not_opened_from_one(driver: Driver) -> None:
    driver.unlock()
    driver.window.show_parent(NOT_READY, "b")
    driver.window.show_parent(NOT_READY, "a")
    assert driver.window.scope is not None
    assert driver.window.scope.person_id == "b"
    assert "Leave it first" in driver.window.messages.text


def test_the_mode_ends_with_the_vault_and_not_before(driver: Driver, qtbot: QtBot) -> None:
    driver.unlock()
    driver.window.show_parent(NOT_READY, "b")
    driver.window.show_today()
    assert not isinstance(driver.window.place, Today)
    driver.window.lock_now()
    driver.until(Unlock)
    assert "Žofie" not in everything_said(driver.window)
