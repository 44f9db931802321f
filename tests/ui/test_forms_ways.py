"""What people do in forms, by keyboard: a note in parts, a correction, a lift, a touch point, a signature."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from spr_desktop.casework.corrections import correct, reason_for
from spr_desktop.casework.drafts import draft
from spr_desktop.casework.signatures import strokes_of
from spr_desktop.records.agreement import Agreement
from spr_desktop.records.compartments import RESTRICTED, compartment
from spr_desktop.records.people import Person, Relationship
from spr_desktop.records.record import AnyRecord
from spr_desktop.records.safety import SafetyInformation, StopLifted
from spr_desktop.records.suitability import Readiness
from spr_desktop.records.values import LocalDateTime
from spr_desktop.records.work import Note, NoteBlock, Session, SignificantEvent, TouchPoint, Wraparound
from tests.ui.conftest import Driver
from tests.vaults import NOT_READY, READY
from ui.form_texts import FORMS
from ui.places.record_form import RecordForm
from ui.places.today import Today
from ui.where import Where

TODAY = date.today()


def open_form(driver: Driver, kind: str, given: dict[str, Any], **more: Any) -> RecordForm:
    about = {"case_ref": READY, "kind": kind, "given": given, **more}
    driver.window.go(Where("form", about))
    place = driver.until(RecordForm)
    assert isinstance(place, RecordForm)
    driver.bot.waitUntil(lambda: place.isAncestorOf(driver.focused))
    return place


def texts(widget: QWidget) -> str:
    return "\n".join(each.text() for each in widget.findChildren(QLabel) if each.isVisibleTo(widget))


def everything_said(widget: QWidget) -> str:
    """All that can be seen or heard: labels, choices, names, what was typed."""
    said = [texts(widget)]
    for each in widget.findChildren(QWidget):
        said += [each.accessibleName(), each.accessibleDescription(), str(each.property("text") or "")]
        said += [str(each.property("plainText") or ""), str(each.property("currentText") or "")]
    return "\n".join(said)


def pick(driver: Driver, name: str, words: str) -> None:
    """Go to a list that opens, and choose in it by arrows."""
    box = driver.tab_to(name)
    for _ in range(30):
        if box.property("currentText") == words:
            return
        QTest.keyClick(box, Qt.Key.Key_Down)
    raise AssertionError(f"the arrows never reach {words}")


def keep(driver: Driver, body: Any, on: date = TODAY) -> AnyRecord:
    return driver.window.caseload.record(READY, [body], happened_on=on)[0]


@pytest.fixture
def at_work(driver: Driver) -> Driver:
    driver.unlock()
    return driver


# Notes


def test_a_note_is_written_in_two_parts_and_put_in_order(at_work: Driver) -> None:
    open_form(at_work, "note", {})
    at_work.write("Kit goes to school every day.")
    QTest.keyClick(at_work.focused, Qt.Key.Key_Backtab)
    pick(at_work, "Part 1: What is this part?", "Fact")
    at_work.press("Add another part")
    assert at_work.focused.accessibleName() == "Part 2: Text"
    at_work.write("I am tired of it.")
    QTest.keyClick(at_work.focused, Qt.Key.Key_Backtab)
    pick(at_work, "Part 2: What is this part?", "Reported")
    at_work.tab_to("Part 2: Who said it?")
    at_work.write("Jo")
    at_work.press("Part 2: Move up")
    assert at_work.focused.accessibleName() == "Part 1: Move down"
    pick(at_work, "What kind of note is it?", "A visit")
    at_work.tab_to("Who is it about? (optional): Jo")
    QTest.keyClick(at_work.focused, Qt.Key.Key_Space)
    at_work.tab_to("Anybody else")
    at_work.write("Wren Demo")
    at_work.press("Save the note")
    at_work.until(Today)
    record = at_work.window.caseload.case(READY).every(Note)[-1]
    assert [(each.type, each.text, each.attributed_to) for each in record.body.blocks] == [
        ("reported", "I am tired of it.", "Jo"),
        ("fact", "Kit goes to school every day.", None),
    ]
    assert (record.body.type, record.body.about, record.body.present) == ("visit", ("a",), ("Wren Demo",))


def test_a_part_that_was_removed_can_be_put_back(at_work: Driver) -> None:
    place = open_form(at_work, "note", {})
    at_work.write("one")
    at_work.press("Add another part")
    at_work.write("two")
    at_work.press("Part 1: Remove")
    assert at_work.focused.accessibleName() == "Part 1: Text"
    assert at_work.focused.property("plainText") == "two"
    at_work.press("Put it back")
    assert at_work.focused.property("plainText") == "one"
    field = next(each for each in place._form.fields if each.name == "blocks")
    assert [each["text"] for each in field.typed()] == ["one", "two"]


def test_tab_goes_through_parts_in_the_order_in_which_they_stand(at_work: Driver) -> None:
    open_form(at_work, "note", {})
    at_work.press("Add another part")
    at_work.press("Part 2: Move up")
    at_work.tab_to("Part 1: What is this part?")
    passed = []
    while "Add another part" not in at_work.focused.accessibleName():
        passed.append(at_work.focused.accessibleName())
        QTest.keyClick(at_work.focused, Qt.Key.Key_Tab)
    assert passed == [
        "Part 1: What is this part?",
        "Part 1: Text",
        "Part 1: Move down",
        "Part 1: Remove",
        "Part 2: What is this part?",
        "Part 2: Text",
        "Part 2: Move up",
        "Part 2: Remove",
    ]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ([], "Write what you want to keep."),
        ([{"text": "Something"}], "Choose what it is"),
        ([{"type": "reported", "text": "Something"}], "Say who said it"),
        ([{"type": "fact", "text": "Something"}, {"type": "opinion", "text": "Else"}], "Part 2: say who said it"),
    ],
)
def test_a_part_that_lacks_something_is_said_and_gets_the_focus(
    at_work: Driver, typed: list[dict[str, str]], said: str
) -> None:
    place = open_form(at_work, "note", {})
    next(each for each in place._form.fields if each.name == "blocks").restore(typed)
    at_work.press("Save the note")
    assert said in texts(place)
    assert at_work.focused.accessibleName().startswith("Part")


def test_hidden_characters_are_said_of_the_part_that_holds_them(at_work: Driver) -> None:
    place = open_form(at_work, "note", {})
    parts = [{"type": "fact", "text": "one"}, {"type": "fact", "text": "two\u202e"}]
    next(each for each in place._form.fields if each.name == "blocks").restore(parts)
    at_work.press("Save the note")
    assert "Part 2: This holds a hidden character that turns the direction of writing." in texts(place)
    assert at_work.focused.property("plainText") == "two\u202e"


def test_a_note_comes_back_after_locking(at_work: Driver) -> None:
    open_form(at_work, "note", {})
    at_work.write("Half a thought")
    at_work.window.lock_now()
    at_work.unlock()
    open_form(at_work, "note", {})
    assert at_work.focused.property("plainText") == "Half a thought"


def test_there_is_a_draft_only_when_something_was_typed(at_work: Driver) -> None:
    place = open_form(at_work, "note", {})
    assert place.drafts() == {}
    at_work.write("x")
    assert list(place.drafts()) == [f"{READY}/note/"]


# Errors


def test_a_link_of_the_summary_leads_to_its_field_and_shows_it(at_work: Driver) -> None:
    at_work.window.resize(683, 370)
    place = open_form(at_work, "session", {})
    at_work.press("Save the session")
    at_work.press("How does it stand? Choose an answer.")
    focused = at_work.focused
    assert focused.accessibleName() == "How does it stand?: Planned"
    view = place._area.viewport()
    at_work.bot.waitUntil(lambda: view.rect().contains(focused.mapTo(view, QPoint(0, 0))))


def test_a_session_takes_a_number_and_a_time(at_work: Driver) -> None:
    open_form(at_work, "session", {"service": "mediation"})
    at_work.write("2")
    at_work.tab_to("When does it take place?: Day")
    day = TODAY + timedelta(days=7)
    for part in (day.day, day.month, day.year):
        at_work.write(str(part))
        QTest.keyClick(at_work.focused, Qt.Key.Key_Tab)
    at_work.tab_to("When does it take place?: Time")
    at_work.write("2.30 pm")
    at_work.choose("How does it stand?: Planned")
    at_work.press("Save the session")
    at_work.until(Today)
    (kept,) = at_work.window.caseload.case(READY).every(Session)
    assert (kept.body.number, str(kept.body.planned_for)) == (2, f"{day.isoformat()}T14:30")


def test_a_choice_that_may_be_left_open_can_be_taken_back(at_work: Driver) -> None:
    place = open_form(at_work, "need", {})
    at_work.choose("About one person only? (optional): Sam")
    field = next(each for each in place._form.fields if each.name == "person_id")
    assert field.value() == "b"
    at_work.press("Take back: About one person only?")
    assert field.value() is None
    assert at_work.focused.accessibleName() == "About one person only? (optional): Sam"


# Touch points


def test_a_touch_point_has_a_time(at_work: Driver) -> None:
    session = Session(
        session_id="s2",
        number=2,
        service="mediation",
        planned_for=LocalDateTime.parse("2030-01-02T10:30"),
        attendees=("a", "b"),
        state="planned",
    )
    keep(at_work, session)
    open_form(at_work, "touch_point", {"person_id": "a"})
    at_work.choose("Before which session?: Session 2, 2 January 2030 at 10:30, Mediation")
    known = at_work.window.caseload.case(READY).every(Wraparound)
    (held_by,) = {each.body.practitioner.name for each in known if each.body.for_person == "a"}
    assert at_work.tab_to("Who touched base?").property("text") == held_by
    at_work.choose("Was this parent alone?: Yes")
    at_work.choose("Did anything new come up about safety?: No")
    at_work.choose("How worried are you?: Not worried")
    at_work.tab_to("When was it?: Time")
    at_work.write("9:05")
    at_work.press("Save the touch point")
    at_work.until(Today)
    kept = at_work.window.caseload.case(READY).every(TouchPoint)[-1]
    assert (str(kept.happened_on), kept.body.session_id) == (f"{TODAY.isoformat()}T09:05", "s2")


def test_without_a_session_a_touch_point_says_so(at_work: Driver) -> None:
    place = open_form(at_work, "touch_point", {"person_id": "a"})
    assert "Nothing to choose from is on record yet." in texts(place)


# Corrections


def test_a_correction_keeps_history_and_reason(at_work: Driver) -> None:
    old = keep(at_work, SignificantEvent(event="Kit changed school", source="told by Jo", is_strength="no"))
    place = open_form(at_work, "significant_event", {}, correcting=old.id)
    assert "by J. Outreach. The old entry stays readable." in texts(place)
    assert at_work.focused.property("plainText") == "Kit changed school"
    at_work.choose("Is it a strength?: Yes")
    at_work.press("Save the correction")
    assert "Say why it is corrected" in texts(place)
    at_work.write("The school sees it as one.")
    at_work.press("Save the correction")
    at_work.until(Today)
    case = at_work.window.caseload.case(READY)
    assert [each.body.is_strength for each in case.every(SignificantEvent)] == ["yes"]
    assert [each.body.is_strength for each in case.ever(SignificantEvent)] == ["no", "yes"]
    assert reason_for(case, old) == "The school sees it as one."


def test_a_correction_of_a_note_keeps_every_part(at_work: Driver) -> None:
    blocks = (
        NoteBlock(type="observation", text="Kit smiled.", attributed_to="Wren Demo"),
        NoteBlock(type="reported", text="All is well.", attributed_to="Kit"),
    )
    old = keep(at_work, Note(type="visit", about=("k", "somebody else"), present=("a", "Wren Demo"), blocks=blocks))
    place = open_form(at_work, "note", {}, correcting=old.id)
    assert place._form.reason is not None
    place._form.reason.restore("Nothing changed.")
    at_work.press("Save the correction")
    at_work.until(Today)
    new = next(each for each in at_work.window.caseload.records(READY) if each.supersedes)
    assert new.body.blocks == blocks
    assert set(new.body.about) == set(old.body.about)
    assert set(new.body.present) == set(old.body.present)


def test_a_correction_takes_over_what_the_form_does_not_ask(at_work: Driver) -> None:
    old = at_work.window.caseload.case(READY).latest(Readiness, "a")
    assert old is not None
    place = open_form(at_work, "readiness", {}, correcting=old.id)
    assert "Readiness" in place.title or "readiness" in place.title
    at_work.choose("Chose this freely?: Not known")
    at_work.tab_to("Why is it corrected?")
    at_work.write("Jo was not sure.")
    at_work.press("Save the correction")
    at_work.until(Today)
    new = at_work.window.caseload.case(READY).latest(Readiness, "a")
    assert new is not None
    assert (new.supersedes, new.body.freely_chosen) == ((old.id,), "not_known")
    assert new.body.wants_change == old.body.wants_change


def test_a_correction_is_not_dated_before_the_entry(at_work: Driver) -> None:
    old = keep(at_work, SignificantEvent(event="x", source="y", is_strength="no"))
    place = open_form(at_work, "significant_event", {}, correcting=old.id)
    place._form.when.restore((TODAY - timedelta(days=1)).isoformat())
    at_work.press("Save the correction")
    assert "A correction cannot be dated before the entry." in texts(place)


def test_what_was_corrected_already_has_no_form(at_work: Driver) -> None:
    old = keep(at_work, SignificantEvent(event="x", source="y", is_strength="no"))
    correct(at_work.window.caseload, READY, old, old.body, TODAY, "once")
    place = open_form(at_work, "significant_event", {}, correcting=old.id)
    assert "This entry was corrected already." in texts(place)
    at_work.press("Go back")
    at_work.until(Today)


def test_a_correction_and_a_new_entry_have_drafts_of_their_own(at_work: Driver) -> None:
    old = keep(at_work, SignificantEvent(event="x", source="y", is_strength="no"))
    open_form(at_work, "significant_event", {}, correcting=old.id)
    at_work.write("changed ")
    at_work.window.back()
    caseload = at_work.window.caseload
    assert draft(caseload, f"{READY}/significant_event//correcting/{old.id}")["typed"]["event"] == "changed x"
    assert draft(caseload, f"{READY}/significant_event/") == {}


@pytest.mark.parametrize("kind", sorted({"person", "agreement", "referral", "relationship", "wraparound", "plan"}))
def test_everything_on_record_can_be_opened_for_correction(at_work: Driver, kind: str) -> None:
    old = next(each for each in at_work.window.caseload.records(READY) if each.kind == kind)
    place = open_form(at_work, kind, {}, correcting=old.id)
    assert place._form.reason is not None
    place._form.reason.restore("Checked again.")
    place._finish()
    new = next(each for each in at_work.window.caseload.records(READY) if each.supersedes)
    assert new.supersedes == (old.id,)
    assert new.body == old.body


# Lifting a stop


def test_a_stop_is_not_lifted_by_oneself_but_by_somebody_else(at_work: Driver) -> None:
    told = keep(at_work, SafetyInformation(category="domestic_abuse", about=("a",), source="police notice"))
    place = open_form(at_work, "stop_lifted", {"records": [told.id]})
    assert "never by the person whose vault this is" in texts(place)
    assert at_work.focused.accessibleName().startswith("What does the stop rest on?: Domestic abuse (police notice)")
    assert at_work.focused.property("checked")
    at_work.tab_to("Who lifts it?")
    at_work.write("J. Outreach")
    at_work.choose("In which role?: Manager")
    at_work.tab_to("Why may it be lifted?")
    at_work.write("It was about another family.")
    at_work.press("Save that the stop is lifted")
    assert "This is your own name." in texts(place)
    assert at_work.focused.accessibleName() == "Who lifts it?"
    assert at_work.window.caseload.case(READY).ever(StopLifted) == []
    at_work.focused.selectAll()  # type: ignore[attr-defined]
    at_work.write("M. Manager")
    at_work.press("Save that the stop is lifted")
    at_work.until(Today)
    (lifted,) = at_work.window.caseload.case(READY).ever(StopLifted)
    assert (lifted.body.records, lifted.recorded_by) == ((told.id,), "M. Manager")
    assert at_work.window.caseload.decide(READY, TODAY).outcome == "caution"


# Signatures


def test_a_signature_is_kept_with_the_agreement_and_restricted(at_work: Driver) -> None:
    before = len(at_work.window.caseload.records(READY))
    place = open_form(at_work, "agreement", {"person_id": "a", "service": "mediation"})
    pad = place._form.signature
    assert pad is not None
    assert not pad.isVisible()
    at_work.choose("Does this parent agree to the referral?: Yes")
    at_work.choose("Does this parent wish to use the service?: Yes")
    at_work.choose("Was this parent alone when answering?: Yes")
    pick(at_work, "How was the answer given?", "Signed on screen")
    assert pad.isVisible()
    at_work.press("Save the agreement")
    assert "Sign in the drawing area" in texts(place)
    assert at_work.focused.accessibleName() == "Signature: drawing area"
    drawn_on = pad.first_widget()
    QTest.mousePress(drawn_on, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    QTest.mouseMove(drawn_on, QPoint(90, 60))
    QTest.mouseRelease(drawn_on, Qt.MouseButton.LeftButton, pos=QPoint(90, 60))
    drawn = pad.value()
    at_work.press("Save the agreement")
    at_work.until(Today)
    case = at_work.window.caseload.case(READY)
    assert len(case.records) == before + 2
    note = case.every(Note)[-1]
    assert strokes_of(note.body) == drawn
    assert note.body.about == ("a",)
    assert compartment(note, case) == RESTRICTED
    agreement = case.latest(Agreement, "a", "mediation")
    assert agreement is not None
    assert agreement.body.method == "signed_on_screen"
    assert abs((note.recorded_at - agreement.recorded_at).total_seconds()) < 0.001


def test_what_was_drawn_and_then_not_chosen_is_not_kept(at_work: Driver) -> None:
    place = open_form(at_work, "agreement", {"person_id": "a", "service": "mediation"})
    answers = {"agreed": "yes", "wishes_to_access": "yes", "given_alone": "yes", "method": "signed_on_screen"}
    place._form.restore(answers | {"signature": [[[1, 1], [5, 5]]]})
    place._form.restore({"method": "phone"})
    notes = len(at_work.window.caseload.case(READY).ever(Note))
    at_work.press("Save the agreement")
    at_work.until(Today)
    assert len(at_work.window.caseload.case(READY).ever(Note)) == notes


# One parent's page


@pytest.mark.parametrize("kind", FORMS)
def test_on_one_parents_page_no_other_adult_is_named(at_work: Driver, kind: str) -> None:
    place = open_form(at_work, kind, {}, scope="a")
    assert "Sam" not in everything_said(place)


def test_on_one_parents_page_an_account_is_of_this_parent(at_work: Driver) -> None:
    open_form(at_work, "relationship", {}, scope="a")
    pick(at_work, "What are they to each other?", "Separating")
    at_work.press("Save the account")
    at_work.until(Today)
    kept = at_work.window.caseload.case(READY).every(Relationship)[-1]
    assert (kept.body.between, kept.body.according_to) == (("a", "b"), "a")


def test_a_stop_is_not_lifted_on_one_parents_page(at_work: Driver) -> None:
    told = keep(at_work, SafetyInformation(category="domestic_abuse", about=("b",), source="police notice"))
    place = open_form(at_work, "stop_lifted", {"records": [told.id]}, scope="a")
    assert "Lift it outside this page." in texts(place)
    assert "police" not in everything_said(place)


def test_with_another_parent_an_account_is_recorded_elsewhere(at_work: Driver) -> None:
    keep(at_work, Person(person_id="c", role="parent_carer", given_names="Third", lives_in_area="yes"))
    place = open_form(at_work, "relationship", {}, scope="a")
    assert "Record it outside this page." in texts(place)
    assert "Save the account" not in everything_said(place)


def test_a_shared_record_that_is_corrected_on_one_parents_page_keeps_the_other(at_work: Driver) -> None:
    old = next(each for each in at_work.window.caseload.records(READY) if each.kind == "referral")
    assert set(old.body.taking_part) >= {"a", "b"}
    place = open_form(at_work, "referral", {}, correcting=old.id, scope="a")
    assert "Sam" not in everything_said(place)
    assert place._form.reason is not None
    place._form.reason.restore("Checked again.")
    place._finish()
    new = next(each for each in at_work.window.caseload.records(READY) if each.supersedes)
    assert set(new.body.taking_part) == set(old.body.taking_part)


def test_every_form_opens_for_a_family_that_nobody_knows_yet(at_work: Driver) -> None:
    case_ref = at_work.window.caseload.open_case(TODAY)
    for kind in FORMS:
        RecordForm(at_work.window, case_ref, kind, {}).focus_first()
    assert case_ref not in (READY, NOT_READY)
