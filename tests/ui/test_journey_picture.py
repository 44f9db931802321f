"""The journey as a picture: keys, words for those who do not see it, and room at every width."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from spr_desktop.casework.balance import balance
from spr_desktop.casework.journey import Stage, StageState, journey
from spr_desktop.records.case import Case
from tests.cases import CASE_REF, Family
from ui.balance_picture import Bar, balance_picture
from ui.journey_picture import JourneyPicture

NAMES = {"a": "Jo", "b": "Sam"}


def picture(bot: QtBot, family: Family, width: int = 900) -> JourneyPicture:
    case = Case(CASE_REF, family.records(), family.as_of)
    made = JourneyPicture(journey(case, family.check()), NAMES)
    bot.addWidget(made)
    made.resize(width, made.heightForWidth(width))
    made.show()
    bot.waitExposed(made)
    return made


def test_arrows_go_from_station_to_station_and_say_each(qtbot: QtBot) -> None:
    family = Family()
    family.drop("agreement", "b")
    made = picture(qtbot, family)
    assert made.current is not None
    assert made.current.code == "agreement"
    assert made.accessibleDescription().startswith("Agreement: to do now. ")
    QTest.keyClick(made, Qt.Key.Key_Left)
    assert made.accessibleDescription().startswith("Child's voice: done.")
    QTest.keyClick(made, Qt.Key.Key_Home)
    assert made.accessibleDescription().startswith("Conversation with Jo: done. Held on ")
    QTest.keyClick(made, Qt.Key.Key_Left)
    assert made.accessibleDescription().startswith("Conversation with Jo")
    QTest.keyClick(made, Qt.Key.Key_End)
    QTest.keyClick(made, Qt.Key.Key_Right)
    assert made.accessibleDescription().startswith("In service: later.")


def test_its_name_tells_the_whole_journey(qtbot: QtBot) -> None:
    made = picture(qtbot, Family())
    assert made.accessibleName().startswith("Journey. Conversation with Jo: done. Conversation with Sam: done.")
    assert "Sent: to do now. In service: later" in made.accessibleName()


def test_a_click_looks_at_a_station(qtbot: QtBot) -> None:
    made = picture(qtbot, Family())
    QTest.mouseClick(made, Qt.MouseButton.LeftButton, pos=made.station(3).center())
    assert made.current is not None
    assert made.current.code == "readiness"


@pytest.mark.parametrize("width", [1300, 620, 320, 150])
def test_every_station_is_inside_and_none_lies_upon_another(qtbot: QtBot, width: int) -> None:
    made = picture(qtbot, Family(), width)
    places = [made.station(number) for number in range(10)]
    for number, place in enumerate(places):
        assert made.rect().adjusted(0, 0, 1, 1).contains(place)
        assert not any(place.adjusted(2, 2, -2, -2).intersects(each.adjusted(2, 2, -2, -2)) for each in places[:number])
    rows = {each.y() for each in places}
    assert len(rows) == {1300: 1, 620: 2}.get(width, len(rows))


def test_each_state_looks_different(qtbot: QtBot) -> None:
    """Without colours too: only what is drawn and what is left blank is compared."""
    shapes = []
    states: tuple[StageState, ...] = ("done", "now", "waiting", "attention", "stopped")
    for state in states:
        made = JourneyPicture([Stage(code="sent", state=state, line="Line.")])
        qtbot.addWidget(made)
        made.resize(200, made.heightForWidth(200))
        image = made.grab(made.station(0)).toImage()
        middle = made.station(0).width() // 2
        points = [QPoint(middle + x, y) for x in range(-14, 15) for y in range(6, 34)]
        shapes.append([image.pixelColor(each).lightness() > 160 for each in points])
    for one, other in combinations(shapes, 2):
        assert sum(here != there for here, there in zip(one, other, strict=True)) > 25


def test_a_journey_without_stations_does_not_fail(qtbot: QtBot) -> None:
    made = JourneyPicture([])
    qtbot.addWidget(made)
    made.show()
    QTest.keyClick(made, Qt.Key.Key_Right)
    assert made.current is None


def test_the_balance_says_in_words_what_its_bars_show(qtbot: QtBot) -> None:
    family = Family()
    when = f"{family.day(-2)}T10:30"
    family.add(
        "session",
        -3,
        session_id="s",
        number=1,
        service="mediation",
        planned_for=when,
        attendees=["a", "b"],
        state="attended",
    )
    case = Case(CASE_REF, family.records(), family.as_of)
    made = balance_picture(balance(case, family.as_of), NAMES)
    qtbot.addWidget(made)
    words = " ".join(each.text() for each in made.findChildren(QLabel))
    assert words.count("A touch point before 0 of 1 session.") == 2
    assert [each.accessibleName() in words for each in made.findChildren(Bar)] == [True, True]


def test_what_is_to_do_now_is_told_before_what_needs_a_look(qtbot: QtBot) -> None:
    stages = [
        Stage(code="conversation", state="attention", line="Something to look at."),
        Stage(code="suitability", state="waiting", line="Later on."),
        Stage(code="readiness", state="now", line="Ask about it."),
    ]
    made = JourneyPicture(stages)
    qtbot.addWidget(made)
    assert made.current == stages[2]
    assert "Ask about it." in made.accessibleDescription()
