"""A new family: found if it is here already, opened with its adults if it is not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.opening import Adult, matches, open_family
from tests.vaults import NOT_READY, PASSPHRASE, READY, make_caseload

TODAY = date(2026, 11, 22)


@pytest.fixture
def caseload(tmp_path: Path) -> Iterator[Caseload]:
    make_caseload(tmp_path / "vault")
    with Caseload.open(tmp_path / "vault", PASSPHRASE) as opened:
        yield opened


def test_a_family_is_found_by_one_name_with_its_reason(caseload: Caseload) -> None:
    found = matches(caseload, [Adult(given="Zofie", family="Vzorova")])
    assert [(each.case_ref, each.reason) for each in found] == [(NOT_READY, "same name")]


def test_nothing_is_looked_for_without_a_name(caseload: Caseload) -> None:
    assert matches(caseload, [], date(2000, 1, 1), "ZZ1 1ZZ") == []


def test_a_birthday_in_the_family_comes_first_and_is_told(caseload: Caseload) -> None:
    other = open_family(caseload, [Adult(given="Jo", family="Example")], TODAY)
    child = caseload.case(READY).children[0].body
    first, *others = matches(caseload, [Adult(given="Jo", family="Example")], child.date_of_birth)
    assert (first.case_ref, first.reason) == (READY, "same name, and somebody born on that day")
    assert [each.case_ref for each in others] == [other]


def test_opening_records_both_adults_in_one_go(caseload: Caseload) -> None:
    adults = [Adult(given="Bo", family="Placeholder", born=date(1990, 1, 2)), Adult(given="", family="Suharto")]
    case_ref = open_family(caseload, adults, TODAY)
    people = [each.body for each in caseload.case(case_ref).people.values()]
    assert [(each.given_names, each.family_name, each.date_of_birth) for each in people] == [
        ("Bo", "Placeholder", date(1990, 1, 2)),
        ("Suharto", None, None),
    ]
    assert {each.role for each in people} == {"parent_carer"}
    assert [each.detail for each in caseload.vault.activity() if each.case_ref == case_ref] == ["3"]
