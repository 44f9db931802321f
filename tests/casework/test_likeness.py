"""Families that may be on record already."""

from __future__ import annotations

from datetime import date

import pytest

from spr_desktop.casework.caseload import Caseload
from tests.cases import TODAY, Family

BORN = date(1990, 5, 17)


def family(given: str, surname: str, born: date | None = None, address: str | None = None) -> Family:
    """A family of which one parent has a name, and perhaps a date of birth and an address."""
    made = Family()
    made.change("person", "a", given_names=given, family_name=surname, date_of_birth=born and born.isoformat())
    made.change("person", "b", given_names="Quill", family_name="Unlike")
    made.change("person", "c1", given_names="Zed")
    if address:
        made.change("contact_point", "mobile-a", type="post", value=address)
    return made


@pytest.fixture
def filled(caseload: Caseload) -> Caseload:
    families = {
        "AAAA-0001": family("Łukasz", "O'Neil-Kowalski", BORN, "1 Example Street, ZZ1 1ZZ"),
        "AAAA-0002": family("Lucas", "Oneil", BORN),
        "AAAA-0003": family("Catherine", "Sample"),
        "AAAA-0004": family("Catherine", "Sample", date(1985, 1, 1)),
        "AAAA-0005": family("Mohammed Ali", "Example", BORN, "2 Example Street, ZZ2 2ZZ"),
    }
    caseload.keep({case_ref: each.records() for case_ref, each in families.items()}, TODAY)
    return caseload


@pytest.mark.parametrize(
    ("names", "born", "postcode", "expected"),
    [
        # accents, case, apostrophes and beginnings do not matter, nor the order of words
        (["lukasz oneil-kowalski"], None, None, [("AAAA-0001", "same name")]),
        (["KOWALSKI ŁUKASZ"], BORN, None, [("AAAA-0001", "same name and date of birth")]),
        (["Łuk Kowal"], None, None, [("AAAA-0001", "similar name")]),
        # small mistakes
        (["Catherin Sampel"], None, None, [("AAAA-0003", "similar name"), ("AAAA-0004", "similar name")]),
        (["Mohamed Exampel"], BORN, "zz22zz", [("AAAA-0005", "similar name, date of birth and postcode")]),
        # what was given must fit, where it is known
        (["Catherine Sample"], date(1985, 1, 1), None,
         [("AAAA-0004", "same name and date of birth"), ("AAAA-0003", "same name")]),
        (["Catherine Sample"], date(1985, 2, 1), None, [("AAAA-0003", "same name")]),
        (["Mohammed Ali Example"], None, "ZZ1 1ZZ", []),
        # a family that has moved, and the wrong day of birth at the same address
        (["Mohammed Ali Example"], BORN, "ZZ1 1ZZ", [("AAAA-0005", "same name and date of birth")]),
        (["Mohammed Ali Example"], date(1990, 5, 18), "ZZ2 2ZZ", [("AAAA-0005", "same name and postcode")]),
        # nobody
        (["Nobody Known"], BORN, None, []),
        (["Catherine Unlike"], None, None, []),
        ([" ", "?!"], BORN, None, []),
        ([], None, None, []),
    ],
)  # fmt: skip
def test_likely_matches(
    filled: Caseload, names: list[str], born: date | None, postcode: str | None, expected: list[tuple[str, str]]
) -> None:
    assert [(each.case_ref, each.reason) for each in filled.likely_matches(names, born, postcode)] == expected


def test_a_case_in_which_both_parents_are_found_comes_first(filled: Caseload) -> None:
    both = family("Catherine", "Sample")
    both.change("person", "b", given_names="Robin", family_name="Marsh")
    filled.keep({"AAAA-0000": both.records()}, TODAY)
    found = filled.likely_matches(["Robin Marsh", "Catherine Sample"], None)
    assert [each.case_ref for each in found] == ["AAAA-0000", "AAAA-0003", "AAAA-0004"]


def test_suggestions_are_few_and_say_who_is_meant(caseload: Caseload) -> None:
    caseload.keep({f"AAAA-{number:04}": family("Jo", "Smith").records() for number in range(12)}, TODAY)
    found = caseload.likely_matches(["Jo Smith"], None)
    assert len(found) == 8
    assert {(each.person_id, each.name) for each in found} == {("a", "Jo Smith")}
