"""A new family by keyboard: found, opened, kept as a draft, and never opened by mistake."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QListWidget, QWidget

from spr_desktop.casework.drafts import draft
from tests.ui.conftest import LONGEST, Driver
from tests.vaults import NOT_READY, PASSPHRASE, READY
from ui.places.family import Family
from ui.places.new_family import NewFamily
from ui.places.unlock import Unlock


def texts(widget: QWidget) -> str:
    """Everything that can be read in a widget."""
    return "\n".join(each.text() for each in widget.findChildren(QLabel) if each.isVisibleTo(widget))


def unlock(driver: Driver) -> None:
    driver.until(Unlock)
    driver.write(PASSPHRASE)
    QTest.keyClick(driver.focused, Qt.Key.Key_Return)
    driver.bot.waitUntil(lambda: not isinstance(driver.window.place, Unlock), timeout=LONGEST)
    driver.until(type(driver.window.place))


def begin(driver: Driver) -> NewFamily:
    unlock(driver)
    QTest.keyClick(driver.focused, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    place = driver.until(NewFamily)
    assert isinstance(place, NewFamily)
    assert driver.focused.accessibleName() == "Given names"
    return place


def shown_matches(place: QWidget) -> list[str]:
    (found,) = place.findChildren(QListWidget)
    return [found.item(number).text() for number in range(found.count())] if found.isVisibleTo(place) else []


def until_said(driver: Driver, words: str) -> None:
    driver.bot.waitUntil(lambda: words in texts(driver.window.place), timeout=LONGEST)


def test_a_family_that_is_here_is_shown_with_why_and_opened_by_enter(driver: Driver) -> None:
    place = begin(driver)
    driver.write("Lukasz")
    driver.tab_to("Family name")
    driver.write("Przyklad")
    until_said(driver, "One family here may be the same.")
    assert shown_matches(place) == [f"Łukasz Przykład  ({NOT_READY})\nSame name"]
    QTest.keyClick(driver.focused, Qt.Key.Key_Return)
    assert driver.focused.accessibleName() == "Families that may be the same"
    QTest.keyClick(driver.focused, Qt.Key.Key_Return)
    opened = driver.until(Family)
    assert opened.case_ref == NOT_READY  # type: ignore[attr-defined]
    assert len(driver.window.caseload.vault.case_refs()) == 2


def test_a_date_of_birth_tells_two_of_a_name_apart(driver: Driver) -> None:
    place = begin(driver)
    born = driver.window.caseload.case(READY).people["a"].body.date_of_birth
    assert born is not None
    driver.write("Jo")
    for part, number in (("Day", born.day), ("Month", born.month), ("Year", born.year)):
        driver.tab_to(f"A date of birth (optional): {part}")
        driver.write(str(number))
    driver.choose("Whose date of birth is it?: The first adult's")
    driver.bot.waitUntil(lambda: any("date of birth" in each for each in shown_matches(place)), timeout=LONGEST)
    driver.tab_to("A date of birth (optional): Year")
    driver.write("1950")
    driver.bot.waitUntil(lambda: not shown_matches(place), timeout=LONGEST)


def test_none_of_these_opens_a_case_with_both_adults(driver: Driver) -> None:
    begin(driver)
    driver.write("Jo")
    driver.tab_to("Family name")
    driver.write("Exampel")
    driver.tab_to("Given names of the other adult")
    driver.write("Quentin")
    until_said(driver, "One family here may be the same.")
    driver.press("None of these: open a new case")
    shown = texts(driver.window.place)
    assert "two adults: Jo Exampel and Quentin" in shown
    assert "cannot be deleted" in shown
    assert len(driver.window.caseload.vault.case_refs()) == 2  # nothing is opened before it is confirmed
    assert driver.focused.accessibleName() == "Open the case"
    QTest.keyClick(driver.focused, Qt.Key.Key_Return)
    place = driver.until(Family)
    case_ref = place.case_ref  # type: ignore[attr-defined]
    people = [each.body for each in driver.window.caseload.case(case_ref).people.values()]
    assert [(each.given_names, each.family_name) for each in people] == [("Jo", "Exampel"), ("Quentin", None)]
    assert "two adults on record" in driver.window.messages.text
    assert draft(driver.window.caseload, "new_family") == {}


def test_whoever_is_quicker_than_the_search_is_shown_the_matches_first(driver: Driver) -> None:
    place = begin(driver)
    driver.write("Q")
    until_said(driver, "Nobody here is like this.")
    place._pause.setInterval(LONGEST)  # a slow machine, or quick fingers
    QTest.keyClick(driver.focused, Qt.Key.Key_Backspace)
    driver.write("Lukasz")
    driver.press("Open a new case")
    assert driver.focused.accessibleName() == "Families that may be the same"
    assert "cannot be deleted" not in texts(driver.window.place)


def test_a_case_that_is_not_wanted_is_not_opened(driver: Driver) -> None:
    begin(driver)
    driver.write("Quentin")
    driver.press("Open a new case")
    driver.press("Not yet")
    assert "cannot be deleted" not in texts(driver.window.place)
    assert driver.focused.accessibleName() == "Open a new case"
    assert len(driver.window.caseload.vault.case_refs()) == 2


def test_typing_on_takes_the_question_back(driver: Driver) -> None:
    begin(driver)
    driver.write("Quentin")
    driver.press("Open a new case")
    driver.tab_to("Family name")
    driver.write("Q")
    assert "cannot be deleted" not in texts(driver.window.place)


def test_without_a_name_nothing_is_opened(driver: Driver) -> None:
    begin(driver)
    QTest.keyClick(driver.focused, Qt.Key.Key_Return)
    assert "Type at least one name." in texts(driver.window.place)


def test_a_date_of_nobody_is_asked_about_before_it_could_be_lost(driver: Driver) -> None:
    begin(driver)
    driver.write("Quentin")
    for part, number in (("Day", 31), ("Month", 2), ("Year", 1990)):
        driver.tab_to(f"A date of birth (optional): {part}")
        driver.write(str(number))
    driver.press("Open a new case")
    assert "Enter a date that exists" in texts(driver.window.place)
    driver.tab_to("A date of birth (optional): Day")
    QTest.keyClick(driver.focused, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    driver.write("1")
    driver.press("Open a new case")
    assert "Choose whose it is" in texts(driver.window.place)
    driver.choose("Whose date of birth is it?: The first adult's")
    driver.press("Open a new case")
    driver.press("Open the case")
    place = driver.until(Family)
    people = driver.window.caseload.case(place.case_ref).people.values()  # type: ignore[attr-defined]
    assert [str(each.body.date_of_birth) for each in people] == ["1990-02-01"]


def test_what_was_typed_is_back_after_locking(driver: Driver) -> None:
    begin(driver)
    driver.write("Quentin")
    QTest.keyClick(driver.focused, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    unlock(driver)
    driver.until(NewFamily)
    driver.tab_to("Given names")
    assert driver.focused.property("text") == "Quentin"
    assert "What you typed here before is back." in driver.window.messages.text
