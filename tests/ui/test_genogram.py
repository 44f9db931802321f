"""The picture of the family: what is drawn is what is on record, for every size of family."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from spr_desktop.records.case import Case
from tests.cases import CASE_REF, TODAY, Family
from ui.genogram import Genogram, family_tree


def case_of(family: Family) -> Case:
    return Case(CASE_REF, family.records(), family.as_of)


@pytest.mark.parametrize(
    ("of_a", "of_b", "bond", "words"),
    [
        ("together_living_together", "together_living_apart", "together", "together"),
        ("separated_living_apart", "separated_living_apart", "apart", "separated"),
        ("separating", "separated_same_home", "apart", "separating"),
        ("separated_living_apart", "together_living_together", "unsure", "accounts differ"),
        ("not_known", "separated_living_apart", "apart", "separated"),
        ("not_known", "not_known", "unsure", "not known"),
        ("never_together", "never_together", "unsure", "never together"),
    ],
)
def test_a_couple_is_drawn_as_both_tell_it(of_a: str, of_b: str, bond: str, words: str) -> None:
    family = Family()
    for teller, status in (("a", of_a), ("b", of_b)):
        family.drop("relationship", teller)
        family.add("relationship", -1, between=["b", "a"], status=status, according_to=teller)
    (couple,) = family_tree(case_of(family), TODAY).couples
    assert (couple.bond, couple.words) == (bond, words)


def test_responsibility_is_joined_where_it_is_known_and_dotted_where_it_is_not() -> None:
    family = Family()
    family.add("person", -5, person_id="c9", role="child", given_names="Bo", expected_on="2027-03-03")
    family.add("person", -5, person_id="gran", role="other_adult", given_names="Gran")
    family.add("parental_responsibility", -4, child_id="c9", adult_id="a", held="no")
    family.add("parental_responsibility", -4, child_id="c9", adult_id="gran", held="disputed")
    held = {(each.adult, each.child): each.is_known for each in family_tree(case_of(family), TODAY).held}
    assert held == {
        ("a", "c1"): True,
        ("b", "c1"): True,
        ("b", "c9"): False,
        ("gran", "c9"): False,
    }


def test_arrows_go_from_person_to_person_and_everything_is_said(qtbot: QtBot) -> None:
    family = Family()
    family.add("person", -5, person_id="c9", role="child", given_names="Bo", expected_on="2027-03-03")
    made = Genogram(case_of(family), TODAY)
    qtbot.addWidget(made)
    made.show()
    assert made.accessibleName() == "Picture of the family: Jo, parent or carer, age not known"
    QTest.keyClick(made, Qt.Key.Key_Down)
    assert made.accessibleName() == "Picture of the family: Kit, child, aged 13"
    QTest.keyClick(made, Qt.Key.Key_Right)
    QTest.keyClick(made, Qt.Key.Key_Right)
    assert made.accessibleName() == "Picture of the family: Bo, child, due 3 Mar 2027"
    QTest.keyClick(made, Qt.Key.Key_Up)
    assert made.current is not None
    assert made.current.name == "Jo"
    told = made.accessibleDescription()
    assert "Jo and Sam: separated." in told
    assert "Parental responsibility for Kit is held by Jo." in told
    assert "Parental responsibility for Bo is not known to be held by Sam." in told


@pytest.mark.parametrize("adults", [1, 2, 4])
@pytest.mark.parametrize("children", [0, 1, 8])
@pytest.mark.parametrize("width", [320, 620, 1300])
def test_every_size_of_family_has_room(qtbot: QtBot, adults: int, children: int, width: int) -> None:
    family = Family()
    family.entries = []
    for number in range(adults):
        family.add("person", -5, person_id=f"a{number}", role="parent_carer", given_names="محمد " * 12)
    for number in range(children):
        family.add("person", -5, person_id=f"c{number}", role="child", given_names="Wilhelmina-Alexandra")
    for number in range(1, adults):
        family.add("relationship", -5, between=["a0", f"a{number}"], status="separating", according_to="practitioner")
    made = Genogram(case_of(family), TODAY)
    qtbot.addWidget(made)
    made.resize(width, made.sizeHint().height())
    made.show()
    qtbot.waitExposed(made)
    places = [made.place_of(number) for number in range(adults + children)]
    for number, place in enumerate(places):
        assert made.rect().contains(place)
        assert not any(place.adjusted(1, 1, -1, -1).intersects(each.adjusted(1, 1, -1, -1)) for each in places[:number])
    assert not made.grab().isNull()


def test_a_family_without_people_says_what_to_do(qtbot: QtBot) -> None:
    made = Genogram(Case(CASE_REF, []), TODAY)
    qtbot.addWidget(made)
    made.show()
    QTest.keyClick(made, Qt.Key.Key_Right)
    assert made.accessibleName() == "Picture of the family: nobody is on record yet"
