"""A referral pack becomes a case in the vault of those who receive it, and only what the pack says stands there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from spr_desktop.casework.caseload import Caseload
from spr_desktop.records.agreement import Agreement, PrivacyNotice
from spr_desktop.records.case import Case
from spr_desktop.records.people import ContactPoint, LeadProfessional, ParentalResponsibility, Person
from spr_desktop.records.suitability import ChildVoice, ConflictProfile
from spr_desktop.records.work import Note, Referral, Wraparound
from spr_desktop.vault.keys import LEAST_COST
from spr_desktop.vault.vault import Vault
from tests.commands.conftest import Run
from tests.vaults import NAMES, PASSPHRASE, READY

Pack = tuple[Path, Path, str]


@pytest.fixture
def pack(run: Run, vault: Path, secret: Path, tmp_path: Path) -> Pack:
    """A sealed pack, the file with its passphrase, and its reference."""
    target, password = tmp_path / "pack.pdf", tmp_path / "password"
    made = run(
        "document", vault, READY, "referral-pack", "--to", target, "--password-to", password, "--json",
        "--passphrase-file", secret,
    )  # fmt: skip
    assert made.code == 0, made.err
    return target, password, json.loads(made.out)["document_id"]


@pytest.fixture
def team(tmp_path: Path) -> Path:
    """The empty vault of an SPR team."""
    folder = tmp_path / "team"
    Vault.create(folder, PASSPHRASE, cost=LEAST_COST)[0].close()
    return folder


@pytest.fixture
def secrets(pack: Pack, secret: Path) -> list[str | Path]:
    """Both passphrases, as a call gives them."""
    return ["--password-file", pack[1], "--passphrase-file", secret]


@pytest.fixture
def both(vault: Path, team: Path, pack: Pack, run: Run, secrets: list[str | Path]) -> Iterator[tuple[Case, Case]]:
    """The referrer's case, and the team's that was made from the pack."""
    done = run("receive", team, pack[0], *secrets)
    assert done.code == 0, done.err
    with Caseload.open(vault, PASSPHRASE) as theirs, Caseload.open(team, PASSPHRASE) as ours:
        yield theirs.case(READY), ours.case(pack[2])


def test_a_dry_run_takes_nothing_and_names_nobody(
    run: Run, team: Path, pack: Pack, secret: Path, secrets: list[str | Path]
) -> None:
    looked = run("receive", team, pack[0], "--dry-run", "--json", *secrets)
    assert looked.code == 0, looked.err
    found = json.loads(looked.out)
    assert (found["state"], found["taken"], found["case_ref"]) == ("new", False, pack[2])
    assert not any(name in looked.out for name in NAMES)
    assert json.loads(run("list", team, "--json", "--passphrase-file", secret).out) == []


def test_a_pack_that_came_twice_is_known(run: Run, team: Path, pack: Pack, secrets: list[str | Path]) -> None:
    first = run("receive", team, pack[0], "--json", *secrets)
    again = run("receive", team, pack[0], "--json", *secrets)
    assert (first.code, again.code) == (0, 0), again.err
    assert [json.loads(each.out)["state"] for each in (first, again)] == ["new", "known"]
    assert json.loads(again.out)["new_records"] == 0
    with Caseload.open(team, PASSPHRASE) as caseload:
        assert len(caseload.records(pack[2])) == json.loads(first.out)["new_records"]
    assert "received before" in run("receive", team, pack[0], *secrets).out


def test_people_and_what_they_agreed_to_come_over(both: tuple[Case, Case]) -> None:
    theirs, ours = both
    taking_part = [theirs.people[each].body for each in theirs.body(Referral).taking_part]  # type: ignore[union-attr]
    adults = [each for each in taking_part if each.is_adult]
    assert [each.body.given_names for each in ours.adults] == [each.full_name for each in adults]
    assert [each.body.parenting_role for each in ours.adults] == [each.parenting_role for each in adults]
    assert [each.body.given_names for each in ours.children] == [each.body.given_names for each in theirs.children]
    for number, adult in enumerate(adults, 1):
        service = theirs.body(Referral).service  # type: ignore[union-attr]
        agreed = theirs.latest(Agreement, adult.person_id, service)
        taken = ours.latest(Agreement, f"adult-{number}", service)
        assert agreed
        assert taken
        assert (taken.happened_on, taken.body.method) == (agreed.happened_on, agreed.body.method)
        assert taken.body.given_alone == "not_known"
    assert len(ours.current(PrivacyNotice)) == len(adults)
    assert len(ours.current(Wraparound)) >= len(adults)
    assert ours.body(LeadProfessional) == theirs.body(LeadProfessional)
    assert ours.body(ConflictProfile) == theirs.body(ConflictProfile)
    held = [each.body.held for each in ours.current(ParentalResponsibility).values()]
    assert held == [
        theirs.body(ParentalResponsibility, child.body.person_id, adult.person_id).held  # type: ignore[union-attr]
        for adult in adults
        for child in theirs.children
    ]


def test_what_a_pack_does_not_say_is_not_known(both: tuple[Case, Case]) -> None:
    _theirs, ours = both
    for each in ours.current(ContactPoint).values():
        assert (each.body.safe, each.body.monitored_by_others) == ("not_known", "not_known")
        assert each.body.disclosure == "service_only"
    for person in ours.people.values():
        assert person.body.date_of_birth is None
        assert person.body.lives_in_area == "not_known"
    assert not list(ours.current(ChildVoice))


def test_every_record_says_by_which_pack_it_came(both: tuple[Case, Case]) -> None:
    ours = both[1]
    by = {each.recorded_by for each in ours.records if each.body.kind != "note"}
    assert by == {f"J. Outreach, by pack {ours.case_ref}"}
    told = [block.text for each in ours.every(Note) for block in each.body.blocks]
    assert any("Screening." in each for each in told)
    assert any("Agreed wording" in each for each in told)
    assert any("Fingerprint of the key" in each for each in told)


def test_the_vault_that_made_a_pack_does_not_take_it(
    run: Run, vault: Path, pack: Pack, secrets: list[str | Path]
) -> None:
    refused = run("receive", vault, pack[0], *secrets)
    assert refused.code == 6
    assert "made in this vault" in refused.err


def test_only_a_pack_of_the_key_that_was_named_is_taken(
    run: Run, vault: Path, team: Path, pack: Pack, secrets: list[str | Path], tmp_path: Path
) -> None:
    right, wrong = tmp_path / "right.pem", tmp_path / "wrong.pem"
    with Caseload.open(vault, PASSPHRASE) as theirs, Caseload.open(team, PASSPHRASE) as ours:
        right.write_text(theirs.identity().certificate_pem(), "utf-8")
        wrong.write_text(ours.identity().certificate_pem(), "utf-8")
    refused = run("receive", team, pack[0], "--trust", wrong, *secrets)
    assert (refused.code, "another key" in refused.err) == (6, True)
    taken = run("receive", team, pack[0], "--trust", right, "--json", *secrets)
    assert (taken.code, json.loads(taken.out)["trusted"]) == (0, True)


def test_a_changed_pack_a_wrong_passphrase_and_another_document_are_refused(
    run: Run, vault: Path, team: Path, pack: Pack, secret: Path, secrets: list[str | Path], tmp_path: Path
) -> None:
    data = bytearray(pack[0].read_bytes())
    data[len(data) // 2] ^= 1
    changed = tmp_path / "changed.pdf"
    changed.write_bytes(data)
    assert run("receive", team, changed, *secrets).code == 6
    assert run("receive", team, pack[0], "--password-file", secret, "--passphrase-file", secret).code == 4
    audit, password = tmp_path / "audit.pdf", tmp_path / "password2"
    made = run(
        "document",
        vault,
        READY,
        "case-audit",
        "--to",
        audit,
        "--password-to",
        password,
        "--passphrase-file",
        secret,
    )
    assert made.code == 0, made.err
    refused = run("receive", team, audit, "--password-file", password, "--passphrase-file", secret)
    assert (refused.code, "no referral pack" in refused.err) == (6, True)
    with Caseload.open(team, PASSPHRASE) as caseload:
        assert caseload.count() == 0


def test_records_stand_in_the_order_of_the_pack(both: tuple[Case, Case]) -> None:
    ours = both[1]
    came = [each for each in ours.records if each.recorded_by != "J. Outreach" and each.recorded_by]
    written = sorted(each.recorded_at for each in came)
    assert len(set(written)) == len(came)
    assert [each.body.person_id for each in ours.people.values()] == ["adult-1", "adult-2", "child-1"]


def test_names_are_kept_whole(both: tuple[Case, Case]) -> None:
    people = [each.body for each in both[1].people.values()]
    assert all(isinstance(each, Person) and each.family_name is None for each in people)
