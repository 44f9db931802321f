"""Today: what is due in its sections, the one action of each line, what was begun, and the days on which nothing is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.drafts import draft, keep_draft, keep_drafts
from spr_desktop.casework.due import CaseDue
from spr_desktop.casework.practitioner import Practitioner
from spr_desktop.casework.words import current_notice
from spr_desktop.records.people import ContactPoint
from spr_desktop.records.values import LocalDateTime
from spr_desktop.records.work import Session
from spr_desktop.vault.keys import LEAST_COST
from spr_desktop.vault.vault import Vault
from tests.ui.conftest import LONGEST, Driver, driving
from tests.vaults import NOT_READY, PASSPHRASE, READY
from ui.due_ways import open_draft
from ui.parts import side_by_side
from ui.places.conversation import Conversation
from ui.places.family import Family
from ui.places.new_family import NewFamily
from ui.places.record_form import RecordForm
from ui.places.today import Begun, Entry, Heading, Section, Today, by_when, rows_of

TODAY = date.today()


def texts(widget: QWidget) -> str:
    return "\n".join(each.text() for each in widget.findChildren(QLabel) if each.isVisibleTo(widget))


def rows(place: Today) -> list[Entry]:
    return [row for number in range(place._model.rowCount()) if (row := place._model.row(number)) is not None]


def at_today(driver: Driver) -> Today:
    QTest.keyClick(driver.focused, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(driver.focused, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    place = driver.until(Today)
    assert isinstance(place, Today)
    return place


def open_row(driver: Driver, place: Today, wanted: Entry) -> None:
    """By the arrows and Enter."""
    driver.tab_to("What is due")
    for _ in range(100):
        if place._entry(place._table.current_row) == wanted:
            QTest.keyClick(driver.focused, Qt.Key.Key_Return)
            return
        QTest.keyClick(driver.focused, Qt.Key.Key_Down)
    raise AssertionError("the arrows never reach it")


def plan_session(driver: Driver, day: date) -> None:
    planned = LocalDateTime.parse(f"{day.isoformat()}T10:00")
    body = Session(
        session_id="s1", number=1, service="mediation", planned_for=planned, attendees=("a",), state="planned"
    )
    driver.window.caseload.record(READY, [body], happened_on=TODAY)


def due_of(place: Today, rule: str, case_ref: str | None = None) -> CaseDue:
    return next(
        each
        for each in rows(place)
        if isinstance(each, CaseDue) and each.line.rule == rule and case_ref in (None, each.case_ref)
    )


def test_a_touch_point_opens_with_its_session_and_parent(driver: Driver) -> None:
    driver.unlock()
    plan_session(driver, TODAY + timedelta(days=2))
    place = at_today(driver)
    due = due_of(place, "E06")
    assert (due.case_ref, due.line.subject) == (READY, "a")
    open_row(driver, place, due)
    form = driver.until(RecordForm)
    assert isinstance(form, RecordForm)
    assert form._form.kind == "touch_point"
    given = driver.window._here.about["given"]
    assert given == {"session_id": "s1", "person_id": "a"}


def test_a_conversation_to_repeat_opens_on_the_parents_page(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    driver.unlock()
    made_old(driver, monkeypatch, 100)
    place = at_today(driver)
    due = due_of(place, "A10")
    open_row(driver, place, due)
    driver.until(Conversation)
    scope = driver.window.scope
    assert scope is not None
    assert (scope.case_ref, scope.person_id) == (due.case_ref, due.line.subject)


def made_old(driver: Driver, monkeypatch: pytest.MonkeyPatch, days: int) -> None:
    """What is due far ahead is asked for as if it were this week."""
    real = driver.window.caseload.due
    monkeypatch.setattr(
        Caseload, "due", lambda _, until, since=date.min, limit=None, offset=0: real(until + timedelta(days), since)
    )
    count = driver.window.caseload.due_count
    monkeypatch.setattr(Caseload, "due_count", lambda _, until, since=date.min: count(until + timedelta(days), since))


def test_a_contact_is_re_confirmed_in_its_own_form(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    driver.unlock()
    made_old(driver, monkeypatch, 200)
    place = at_today(driver)
    due = due_of(place, "F10", READY)
    open_row(driver, place, due)
    form = driver.until(RecordForm)
    assert isinstance(form, RecordForm)
    assert form._form.kind == "contact_point"
    points = driver.window.caseload.case(READY, TODAY).current(ContactPoint).values()
    known = {each.body.contact_id: each.body.person_id for each in points}
    given = driver.window._here.about["given"]
    assert known[given["contact_id"]] == given["person_id"] == due.line.subject
    assert "confirmed_on" not in driver.window._here.about["starting"]


def test_what_was_begun_is_listed_and_gone_on_with(driver: Driver) -> None:
    driver.unlock()
    driver.window.show_form(READY, "readiness", {"person_id": "a"})
    driver.until(RecordForm)
    typed = driver.window.place
    assert isinstance(typed, RecordForm)
    field = next(each for each in typed._form.fields if each.name not in ("happened_on",))
    typed._form.when.restore((TODAY - timedelta(days=1)).isoformat())
    place = at_today(driver)
    begun = [each for each in rows(place) if isinstance(each, Begun)]
    assert [each.case_ref for each in begun] == [READY]
    assert f"you began on {TODAY.day} {TODAY:%B}" in begun[0].words
    open_row(driver, place, begun[0])
    form = driver.until(RecordForm)
    assert isinstance(form, RecordForm)
    assert form._form.when.value() == (TODAY - timedelta(days=1)).isoformat()
    assert field.name in {each.name for each in form._form.fields}


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("note", {}),
        ("agreement", {"service": "mediation", "person_id": "a"}),
        ("suitability", {"check": "active_crisis", "person_id": "b"}),
        ("child_voice", {"child_id": "c1"}),
        ("wraparound", {"for_person": "b"}),
        ("privacy_notice", current_notice() | {"person_id": "a"}),
        ("advice", {"about": "safety"}),
    ],
)
def test_a_draft_opens_the_form_it_was_typed_into(driver: Driver, kind: str, given: dict[str, str]) -> None:
    driver.unlock()
    driver.window.show_form(READY, kind, given)
    begun = driver.until(RecordForm)
    assert isinstance(begun, RecordForm)
    name = begun._draft_name
    begun._form.when.restore("2026-01-02")
    keep_drafts(driver.window.caseload, begun.drafts())
    assert open_draft(driver.window, name)
    again = driver.until(RecordForm)
    assert isinstance(again, RecordForm)
    assert again._draft_name == name
    assert driver.window._here.about["given"] == given


def test_a_correction_that_was_begun_opens_as_one(driver: Driver) -> None:
    driver.unlock()
    record = driver.window.caseload.case(READY, TODAY).every(ContactPoint)[0]
    given = {"person_id": record.body.person_id, "contact_id": record.body.contact_id}
    driver.window.show_form(READY, "contact_point", given, {}, record.id)
    begun = driver.until(RecordForm)
    assert isinstance(begun, RecordForm)
    begun._form.when.restore("2026-01-02")
    keep_drafts(driver.window.caseload, begun.drafts())
    assert open_draft(driver.window, begun._draft_name)
    again = driver.until(RecordForm)
    assert isinstance(again, RecordForm)
    assert again._draft_name == begun._draft_name
    assert driver.window._here.about["correcting"] == record.id


def test_a_draft_whose_form_cannot_be_told_leads_to_the_family(driver: Driver) -> None:
    driver.unlock()
    assert not open_draft(driver.window, f"{READY}/agreement/nobody-known")
    family = driver.until(Family)
    assert isinstance(family, Family)
    assert family.case_ref == READY


def test_what_was_begun_is_thrown_away_only_when_asked_twice(driver: Driver) -> None:
    driver.unlock()
    name = f"{READY}/note/"
    keep_draft(driver.window.caseload, name, {"blocks": ["typed"]})
    place = at_today(driver)
    driver.tab_to("What is due")
    QTest.keyClick(driver.focused, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert isinstance(place._entry(place._table.current_row), Begun)
    QTest.keyClick(driver.focused, Qt.Key.Key_Delete)
    assert draft(driver.window.caseload, name) == {"blocks": ["typed"]}
    assert driver.focused.accessibleName().startswith("Yes, throw it away")
    QTest.keyClick(driver.focused, Qt.Key.Key_Space)
    assert draft(driver.window.caseload, name) == {}
    assert not [each for each in rows(place) if isinstance(each, Begun)]


def test_when_nothing_is_due_it_says_what_comes_next(driver: Driver) -> None:
    driver.unlock()
    place = at_today(driver)
    assert not [each for each in rows(place) if isinstance(each, CaseDue)]
    assert "Nothing is due" in texts(place)
    coming = driver.window.caseload.due(TODAY + timedelta(days=366), limit=1)[0]
    assert f"Next: {coming.line.words}" in texts(place)
    driver.press("Open that family")
    family = driver.until(Family)
    assert isinstance(family, Family)
    assert family.case_ref == coming.case_ref


@pytest.fixture
def empty(qtbot: QtBot, tmp_path: Path) -> Iterator[Driver]:
    vault, _ = Vault.create(tmp_path / "vault", PASSPHRASE, cost=LEAST_COST)
    with Caseload(vault) as caseload:
        caseload.set_practitioner(Practitioner(name="J. Outreach"))
    yield from driving(qtbot, tmp_path / "vault")


def test_an_empty_vault_begins_with_a_family(empty: Driver) -> None:
    empty.unlock()
    place = empty.until(Today)
    assert "Nothing is due" in texts(place)
    assert empty.focused.accessibleName() == "Begin with a new family"
    QTest.keyClick(empty.focused, Qt.Key.Key_Space)
    empty.until(NewFamily)


def test_an_empty_vault_offers_practice(empty: Driver) -> None:
    empty.unlock()
    empty.until(Today)
    empty.press("Practise with an invented family")
    empty.bot.waitUntil(lambda: "Practice" in empty.window._frame.status, timeout=LONGEST)
    assert empty.window.caseload.count() == 3


# Words and sections


def test_days_as_one_says_them() -> None:
    today = date(2026, 11, 22)
    assert by_when(date(2026, 11, 19), today) == "19 Nov 2026, 3 days late"
    assert by_when(date(2026, 11, 21), today) == "21 Nov 2026, 1 day late"
    assert by_when(today, today) == "Today"
    assert by_when(date(2026, 11, 25), today) == "Wednesday 25 November"


def test_a_page_of_sections_is_the_same_as_a_part_of_all_of_them() -> None:
    def section(words: str, count: int) -> Section:
        entries: list[Entry] = [Heading(f"{words} {number}") for number in range(count)]
        return Section(words, count, lambda limit, offset: entries[offset : offset + limit])

    sections = [section("late", 7), section("today", 1), section("soon", 12)]
    everything = rows_of(sections, 1_000, 0)
    assert len(everything) == 7 + 1 + 12 + 3
    assert [each.words for each in everything if isinstance(each, Heading) and "(" in each.words] == [
        "late (7)",
        "today (1)",
        "soon (12)",
    ]
    for limit in range(1, 9):
        for offset in range(len(everything) + 2):
            assert rows_of(sections, limit, offset) == everything[offset : offset + limit]


def test_names_are_read_for_rows_that_are_looked_at(driver: Driver) -> None:
    driver.unlock()
    plan_session(driver, TODAY + timedelta(days=2))
    place = at_today(driver)
    number = rows(place).index(due_of(place, "E06"))
    assert place._model.data(place._model.index(number, 2)) == side_by_side(["Jo"])
    assert NOT_READY not in place._known_as
