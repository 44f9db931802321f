"""What people do in the window, by keyboard alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from spr_desktop.casework.conversation import questions
from spr_desktop.records.people import Person
from spr_desktop.records.safety import SafetyConversation, SafetyInformation
from spr_desktop.records.work import DocumentMade, Wraparound
from tests.cases import mild_answers
from tests.ui.conftest import LONGEST, Driver
from tests.vaults import NOT_READY, PASSPHRASE, READY
from ui.places.conversation import Conversation, QuestionField
from ui.places.document import DocumentPage
from ui.places.family import Family
from ui.places.hidden import Hidden
from ui.places.record_form import RecordForm
from ui.places.sign_off import SignOff
from ui.places.stopped import Stopped
from ui.places.today import Today
from ui.places.unlock import Unlock


def texts(widget: QWidget) -> str:
    """Everything that can be read in a widget."""
    return "\n".join(each.text() for each in widget.findChildren(QLabel) if each.isVisibleTo(widget))


def test_a_wrong_passphrase_is_said_and_can_be_typed_again(driver: Driver) -> None:
    driver.until(Unlock)
    driver.write("not the passphrase")
    QTest.keyClick(driver.focused, Qt.Key.Key_Return)
    driver.bot.waitUntil(lambda: "That is not the passphrase" in texts(driver.window.place), timeout=LONGEST)
    driver.write(PASSPHRASE)
    QTest.keyClick(driver.focused, Qt.Key.Key_Return)
    driver.until(Today)


def test_a_search_without_accents_opens_the_family(driver: Driver) -> None:
    driver.unlock()
    driver.open_family("lukasz")
    shown = texts(driver.window.place)
    assert NOT_READY in shown
    assert "No safety conversation has been completed with this parent." in shown


def test_the_title_of_the_window_never_holds_a_name(driver: Driver) -> None:
    driver.unlock()
    driver.open_family("lukasz")
    assert driver.window.windowTitle() == "SPR Desktop"


def test_a_conversation_is_held_and_signed_off(driver: Driver) -> None:
    driver.unlock()
    driver.open_family("lukasz")
    driver.press("Hold the conversation")
    driver.until(Conversation)
    assert "Łukasz" not in texts(driver.window.place)
    driver.choose("Which questions are used?: SPR Safety Net")
    driver.choose("Is Žofie alone?: Yes")
    driver.choose("Interpreter: None needed")
    driver.tab_to("Parts of the conversation")
    QTest.keyClick(driver.focused, Qt.Key.Key_End)
    driver.press("End the conversation")
    driver.leave_the_parent()
    driver.until(SignOff)
    driver.choose("How did it end?: Completed")
    driver.choose("What is your judgement?: Conflict that is harmful")
    driver.tab_to("What is it based on?")
    driver.write("Rows go both ways and end, and there is no fear in what is said.")
    driver.press("Finish and sign off")
    driver.until(Family)
    kept = driver.window.caseload.case(NOT_READY).every(SafetyConversation)
    assert [(each.body.person_id, each.body.state, each.body.alone) for each in kept][-1] == ("b", "completed", "yes")
    assert driver.window.caseload.decide(NOT_READY, date.today()).ready


def test_the_built_in_questions_are_asked_group_by_group(driver: Driver) -> None:
    driver.unlock()
    driver.open_family("lukasz")
    driver.press("Hold the conversation")
    place = driver.until(Conversation)
    assert isinstance(place, Conversation)
    assert "not validated" in texts(place)
    assert [each for each in range(place._list.count()) if not place._list.item(each).isHidden()] == [0, 14]
    driver.choose("Which questions are used?: The built-in questions")
    driver.choose("Is Žofie alone?: Yes")
    driver.choose("Interpreter: None needed")
    for number in range(1, place._list.count()):
        place._list.setCurrentRow(number)
        assert "Žofie Vzorová" not in texts(place)
    mild = mild_answers()
    for question in questions().questions:
        field = place._fields[question]
        assert isinstance(field, QuestionField)
        field.restore(mild[question])
    driver.press("End the conversation")
    driver.leave_the_parent()
    sign_off = driver.until(SignOff)
    assert isinstance(sign_off, SignOff)
    sign_off._fields["state"].restore("completed")
    sign_off._fields["practitioner_outcome"].restore("harmful_conflict")
    sign_off._fields["rationale"].restore("Rows go both ways and end, and there is no fear in what is said.")
    driver.press("Finish and sign off")
    driver.until(Family)
    decision = driver.window.caseload.decide(NOT_READY, date.today())
    outcomes = {
        rule: (result.outcome if (result := decision.of(rule, "b")) else None) for rule in ("A03", "A07", "A08")
    }
    assert outcomes == {"A03": "caution", "A07": "pass", "A08": "pass"}


def test_a_stop_shows_whom_to_call(driver: Driver) -> None:
    told = SafetyInformation(category="domestic_abuse", about=("a",), source="police notice")
    driver.unlock()
    driver.window.caseload.record(NOT_READY, [told], happened_on=date.today())
    driver.open_family("lukasz")
    shown = texts(driver.window.place)
    assert "999" in shown
    assert "this service does not fit at the moment" in shown
    driver.press("What to do now")
    calm = texts(driver.until(Stopped))
    assert "Do not tell the other parent" in calm
    assert "Only a manager or safeguarding lead lifts a stop" in calm
    driver.press("Record what I did")
    driver.until(RecordForm)


def test_a_conversation_that_lacks_something_is_not_signed_off(driver: Driver) -> None:
    driver.unlock()
    driver.open_family("lukasz")
    driver.press("Hold the conversation")
    driver.until(Conversation)
    driver.choose("Is Žofie alone?: Yes")
    driver.leave_the_parent()
    driver.until(SignOff)
    driver.press("Finish and sign off")
    assert "Still to say" in texts(driver.window.place)
    assert len(driver.window.caseload.case(NOT_READY).every(SafetyConversation)) == 1


def test_what_was_typed_is_back_after_locking(driver: Driver) -> None:
    driver.unlock()
    driver.window.show_form(NOT_READY, "wraparound", {"for_person": "a"})
    driver.until(RecordForm)
    driver.tab_to("Name")
    driver.write("Wren Demo")
    QTest.keyClick(driver.focused, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    driver.until(Unlock)
    assert "Wren" not in texts(driver.window)
    driver.unlock()
    driver.window.show_form(NOT_READY, "wraparound", {"for_person": "a"})
    driver.until(RecordForm)
    driver.tab_to("Name")
    assert driver.focused.property("text") == "Wren Demo"


def test_a_form_says_what_is_missing_and_leads_there(driver: Driver) -> None:
    driver.unlock()
    driver.window.show_form(NOT_READY, "wraparound", {"for_person": "a"})
    driver.until(RecordForm)
    driver.press("Save")
    assert "Choose an answer." in texts(driver.window.place)
    assert driver.focused.accessibleName() == "Name"
    before = driver.window.caseload.case(NOT_READY).ever(Wraparound)
    assert len(before) == 2


def test_a_new_family_begins_with_its_people(driver: Driver) -> None:
    driver.unlock()
    driver.window.show_family(driver.window.caseload.open_case(date.today()))
    driver.until(Family)
    driver.press("Record a parent")
    driver.until(RecordForm)
    driver.tab_to("Given names")
    driver.write("Billie")
    driver.choose("Lives in the Hampshire County Council area?: Yes")
    driver.press("Save")
    place = driver.until(Family)
    assert "Billie" in texts(place)
    assert "Hold the conversation with this parent alone." in texts(place)


def test_a_pack_is_looked_at_sealed_and_registered(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "pack.pdf"
    monkeypatch.setattr("ui.places.document.choose_where_to_save", lambda _parent, _name: target)
    driver.unlock()
    driver.open_family("sample")
    driver.press("Make the referral pack")
    driver.bot.waitUntil(
        lambda: isinstance(driver.window.place, DocumentPage) and driver.window.place.is_laid_out, timeout=LONGEST
    )
    driver.press("Confirmed: Jo Example")
    driver.press("Confirmed: Sam Sample")
    driver.press("Seal the pack")
    driver.bot.waitUntil(lambda: "is sealed" in texts(driver.window.place), timeout=LONGEST)
    assert target.read_bytes().startswith(b"%PDF-1.7")
    assert b"Example" not in target.read_bytes()
    registered = driver.window.caseload.case(READY).every(DocumentMade)
    assert len(registered) == 1
    driver.press("Record that I sent it")
    assert "Say how the passphrase was told." in texts(driver.window.place)
    driver.choose("How was the passphrase told?: By telephone")
    driver.press("Record that I sent it")
    assert "Passphrase: shown on this page only" in texts(driver.window.place)
    driver.press("Back to the family")
    place = driver.until(Family)
    assert "Wait for the SPR team's decision." in texts(place)


def test_locking_leaves_nothing_of_a_family_behind(driver: Driver, qtbot: QtBot) -> None:
    driver.unlock()
    driver.open_family("lukasz")
    QTest.keyClick(driver.focused, Qt.Key.Key_F9)
    driver.until(Hidden)
    assert texts(driver.window) == ""
    QApplication.sendPostedEvents(None, 52)  # what waits to be deleted goes
    held = [each for each in QApplication.allWidgets() if isinstance(each, QLabel) and "Łukasz" in each.text()]
    assert held == []
    assert "Łukasz" not in driver.window.accessibleName() + driver.window.windowTitle()


def test_idle_time_locks_after_a_warning(driver: Driver) -> None:
    driver.unlock()
    watch = driver.window._watch
    assert watch is not None
    seconds = [watch._clock()]
    watch._clock = lambda: seconds[0]

    def go_by(many: int) -> None:
        for _ in range(many):
            seconds[0] += 1
            watch.tick()

    go_by(238)
    assert driver.window.messages.text == ""
    go_by(3)
    assert "locks in" in driver.window.messages.text
    QTest.keyClick(driver.focused, Qt.Key.Key_Shift)
    assert driver.window.messages.text == ""
    go_by(299)
    driver.until(Today)
    go_by(1)
    place = driver.until(Unlock)
    assert "locked itself" in texts(place)


def test_a_person_can_be_corrected_and_keeps_the_history(driver: Driver) -> None:
    driver.unlock()
    driver.open_family("lukasz")
    driver.press("Details of Žofie")
    driver.until(RecordForm)
    driver.tab_to("Likes to be called")
    driver.write("Zosia")
    driver.press("Save")
    driver.until(Family)
    case = driver.window.caseload.case(NOT_READY)
    assert case.people["b"].body.known_as == "Zosia"
    assert len([each for each in case.ever(Person) if each.body.person_id == "b"]) == 2
