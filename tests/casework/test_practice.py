"""Practising in a vault of its own: made, opened again, thrown away, and never mixed with one's own."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.practice import FOLDER, has_practice, open_practice, throw_away_practice
from spr_desktop.records.work import Note
from spr_desktop.vault.keys import LEAST_COST
from spr_desktop.vault.vault import Vault
from tests.vaults import PASSPHRASE, PRACTITIONER, make_caseload


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Caseload]:
    make_caseload(tmp_path / "own")
    with Caseload.open(tmp_path / "own", PASSPHRASE) as caseload:
        yield caseload


def test_practice_begins_with_a_new_family_one_part_of_the_way_and_one_that_is_ready(own: Caseload) -> None:
    today = date.today()
    with open_practice(own) as practice:
        decisions = [practice.decide(each, today) for each in practice.vault.case_refs()]
        assert len(decisions) == 3
        assert [each.ready for each in decisions].count(True) == 1
        spoken_to = sorted(
            sum(each.of("A01", person) is None or each.of("A01", person).outcome == "pass" for person in "ab")  # type: ignore[union-attr]
            for each in decisions
        )
        assert spoken_to == [0, 1, 2]


def test_nothing_of_practice_is_in_the_own_vault(own: Caseload) -> None:
    before = {each: own.records(each) for each in own.vault.case_refs()}
    activity = own.vault.activity()
    with open_practice(own) as practice:
        practised = practice.vault.case_refs()
        practice.record(practised[0], [Note(type="phone", about=("b",))], happened_on=date.today())
    assert {each: own.records(each) for each in own.vault.case_refs()} == before
    assert own.vault.activity() == activity
    assert not before.keys() & set(practised)
    assert own.summaries(date.today(), "newcomer") == []


def test_what_was_practised_is_there_again(own: Caseload) -> None:
    with open_practice(own) as practice:
        case_ref = practice.vault.case_refs()[0]
        practice.record(case_ref, [Note(type="phone", about=("b",))], happened_on=date.today())
    with open_practice(own) as practice:
        assert [each.body.about for each in practice.case(case_ref).every(Note)] == [("b",)]


def test_where_practice_asks_for_a_passphrase_ones_own_is_meant(own: Caseload) -> None:
    with open_practice(own) as practice:
        assert practice.prove_passphrase(PASSPHRASE)
        assert not practice.prove_passphrase("another passphrase")
        assert not practice.vault.keys.prove_passphrase(PASSPHRASE)


def test_a_pack_from_practice_would_say_so(own: Caseload) -> None:
    with open_practice(own) as practice:
        assert practice.practitioner.name == f"{PRACTITIONER.name} (practice)"
        assert "practice" in practice.practitioner.organisation.lower()


def test_thrown_away_nothing_is_left_of_it(own: Caseload) -> None:
    open_practice(own).close()
    assert has_practice(own)
    throw_away_practice(own)
    assert not has_practice(own)
    assert not [each.name for each in own.vault.folder.iterdir() if FOLDER in each.name]
    assert not own.vault.setting("practice_passphrase")
    throw_away_practice(own)  # a second time does nothing


def test_practice_that_does_not_open_is_made_afresh(own: Caseload) -> None:
    open_practice(own).close()
    (own.vault.folder / FOLDER / "vault.keys").write_bytes(b"damaged")
    (own.vault.folder / FOLDER / "vault.keys.bak").write_bytes(b"damaged")
    with open_practice(own) as practice:
        assert len(practice.vault.case_refs()) == 3


def test_practice_whose_making_was_cut_short_is_made_afresh(own: Caseload) -> None:
    own.vault.set_setting("practice_passphrase", PASSPHRASE)
    Vault.create(own.vault.folder / FOLDER, PASSPHRASE, cost=LEAST_COST)[0].close()
    with open_practice(own) as practice:
        assert len(practice.vault.case_refs()) == 3


def test_the_own_vault_is_whole_with_practice_in_its_folder(own: Caseload) -> None:
    open_practice(own).close()
    own.vault.verify()
    folder = own.vault.folder
    own.close()
    with Caseload.open(folder, PASSPHRASE) as again:
        again.vault.verify()


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_only_its_owner_can_read_practice(own: Caseload) -> None:
    open_practice(own).close()
    assert stat.S_IMODE((own.vault.folder / FOLDER).stat().st_mode) == 0o700
