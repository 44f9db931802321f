"""Proving, salvaging and the activity on the command line, and that their pages name nobody."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest
from pypdf import PdfReader

from spr_desktop.casework.activity_trail import GROUPS, Trail, actions_of, entries, what
from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.own_vault import change_passphrase
from spr_desktop.casework.recovery import issue_recovery_key
from spr_desktop.casework.salvaging import lost_records
from spr_desktop.records.people import Person
from spr_desktop.vault.errors import WrongSecret
from tests.commands.conftest import Run
from tests.vaults import NAMES, NOT_READY, PASSPHRASE, PRACTITIONER, READY

PAGE = 4096
MARK = "ZZMARK"


def text_of(path: Path) -> str:
    """All that two readers get out of a PDF, and its raw bytes where they are text."""
    reader = PdfReader(path)
    document = pypdfium2.PdfDocument(path)
    found = [each.extract_text() for each in reader.pages]
    found += [each.get_textpage().get_text_range() for each in document]
    document.close()
    return "\n".join([*found, str(reader.metadata), path.read_bytes().decode("latin-1")])


@pytest.fixture
def marked(vault: Path) -> Path:
    """A vault with a family every text of which is marked."""
    with Caseload.open(vault, PASSPHRASE) as caseload:
        person = Person(person_id="m", role="parent_carer", given_names=f"{MARK}A", family_name=f"{MARK}B")
        caseload.record(NOT_READY, [person], happened_on=date.today())
        caseload.vault.keep_draft("form", f"{MARK}C")
        caseload.vault.set_setting("saved_filters", f'{{"{MARK}D": {{}}}}')
    return vault


def no_names(text: str, folder: Path) -> None:
    assert MARK not in text
    for name in (*NAMES, "Example", "Sample", "Przykład", "Łukasz"):
        assert name not in text.replace(PRACTITIONER.organisation, "")
    assert str(folder) not in text
    assert folder.parent.name not in text


# The page about the check


def test_the_page_says_what_was_checked_and_names_nobody(run: Run, marked: Path, secret: Path, tmp_path: Path) -> None:
    assert run("backup", marked, "--passphrase-file", secret).code == 0
    page = tmp_path / "check.pdf"
    said = run("check-vault", marked, "--passphrase-file", secret, "--pdf", page)
    assert (said.code, said.err) == (0, "")
    text = " ".join(text_of(page).split())
    for words in (
        "Check of an encrypted vault",
        "The vault is encrypted and whole.",
        "SQLCipher 4",
        "HMAC-SHA512",
        "Argon2id",
        "every link of every chain whole",
        "1 backup, the newest of",
        "What this does not show",
        "no certificate",
        "2 cases",
    ):
        assert words in text, words
    with Caseload.open(marked, PASSPHRASE) as caseload:
        assert caseload.vault.vault_id in text
        assert PRACTITIONER.name not in text
        assert [each.action for each in caseload.vault.activity()].count("vault_checked") == 1
    no_names(text, marked)
    assert run("check-vault", marked, "--passphrase-file", secret, "--pdf", page).code == 9
    assert run("check-vault", marked, "--passphrase-file", secret, "--pdf", page, "--replace").code == 0


def test_the_page_of_a_damaged_vault_says_so(run: Run, marked: Path, secret: Path, tmp_path: Path) -> None:
    with (marked / "caseload.db").open("r+b") as file:
        file.seek(9 * PAGE)
        file.write(bytes(PAGE))
    page = tmp_path / "check.pdf"
    assert run("check-vault", marked, "--passphrase-file", secret, "--pdf", page).code == 5
    text = " ".join(text_of(page).split())
    assert "The vault is damaged." in text
    assert "Not whole." in text
    assert "is encrypted and whole" not in text


# Salvaging


def test_salvaging_lists_what_was_lost_by_family(run: Run, marked: Path, secret: Path, tmp_path: Path) -> None:
    with Caseload.open(marked, PASSPHRASE) as caseload:
        before = {each: len(caseload.records(each)) for each in (READY, NOT_READY)}
    size = (marked / "caseload.db").stat().st_size
    with (marked / "caseload.db").open("r+b") as file:
        for number in (0, *range(12, size // PAGE, 3)):
            file.seek(number * PAGE)
            file.write(bytes(PAGE))
    new = tmp_path / "new"
    said = run("salvage", marked, "--to", new, "--passphrase-file", secret, "--json")
    assert (said.code, said.err) == (0, "")
    plain = json.loads(said.out)
    lost = {each["case_ref"]: each["count"] for each in plain["lost"]}
    assert lost
    assert plain["records"] + sum(lost.values()) <= sum(before.values())
    assert MARK not in said.out
    with Caseload.open(new, PASSPHRASE) as caseload:
        for case_ref in before:
            assert lost_records(caseload, case_ref) == lost.get(case_ref, 0)
        assert caseload.vault.keys.prove_recovery_key(plain["recovery_key"])
    words = run("salvage", marked, "--to", tmp_path / "other", "--passphrase-file", secret)
    assert "Lost: " in words.out
    assert MARK not in words.out
    assert run("salvage", marked, "--to", new, "--passphrase-file", secret).code == 9


# The activity


def test_everything_that_is_done_is_in_the_activity_without_its_content(
    run: Run, marked: Path, secret: Path, tmp_path: Path
) -> None:
    with pytest.raises(WrongSecret):
        Caseload.open(marked, "not the passphrase")
    assert run("check", marked, READY, "--passphrase-file", secret).code == 0
    assert run("export-case", marked, READY, "--to", tmp_path / "case.json", "--passphrase-file", secret).code == 0
    pack = ("--to", tmp_path / "pack.pdf", "--password-to", tmp_path / "password")
    assert run("document", marked, READY, "referral-pack", *pack, "--passphrase-file", secret).code == 0
    assert run("backup", marked, "--passphrase-file", secret).code == 0
    assert run("check-vault", marked, "--passphrase-file", secret).code == 0
    assert run("activity", marked, "--passphrase-file", secret, "--pdf", tmp_path / "first.pdf").code == 0
    with Caseload.open(marked, PASSPHRASE) as caseload:
        assert not caseload.prove_passphrase("not the passphrase")
        issue_recovery_key(caseload)
        change_passphrase(caseload, PASSPHRASE, "a passphrase of tomorrow")
        change_passphrase(caseload, "a passphrase of tomorrow", PASSPHRASE)
    said = run("activity", marked, "--passphrase-file", secret, "--json")
    listed = json.loads(said.out)["listed"]
    actions = {each["action"]: each for each in listed}
    assert set(actions) >= {
        "vault_created",
        "vault_opened",
        "unlock_failed",
        "records_added",
        "case_viewed",
        "case_exported",
        "referral_pack_made",
        "backup_made",
        "vault_checked",
        "activity_saved",
        "passphrase_refused",
        "recovery_key_changed",
        "passphrase_changed",
    }
    assert actions["unlock_failed"]["words"].endswith("was tried: once")
    assert actions["case_viewed"]["case_ref"] == READY
    sequences = [each["sequence"] for each in listed]
    assert sequences == sorted(sequences, reverse=True)
    assert all(any(action in actions_of(group) for group in GROUPS) for action in actions)
    no_names(said.out, marked)


def test_the_activity_is_listed_by_day_and_printed(run: Run, marked: Path, secret: Path, tmp_path: Path) -> None:
    page = tmp_path / "activity.pdf"
    said = run("activity", marked, "--passphrase-file", secret, "--pdf", page)
    assert said.code == 0
    assert "Every link of the chain is whole." in said.out
    text = " ".join(text_of(page).split())
    assert "Activity of a vault" in text
    assert "Vault made" in text
    assert NOT_READY in text
    assert PRACTITIONER.name in text
    no_names(text, marked)
    tomorrow = date.today() + timedelta(days=1)
    later = run("activity", marked, "--from", tomorrow.isoformat(), "--passphrase-file", secret)
    assert later.out.startswith("0 of ")
    today = run("activity", marked, "--to", f"{date.today():%d/%m/%Y}", "--passphrase-file", secret, "--json")
    assert len(json.loads(today.out)["listed"]) == json.loads(today.out)["entries"]


def test_a_changed_activity_is_found_out(run: Run, marked: Path, secret: Path, tmp_path: Path) -> None:
    with Caseload.open(marked, PASSPHRASE) as caseload, caseload.vault._store.writing() as connection:
        connection.execute("DROP TRIGGER activity_is_never_changed")
        connection.execute("UPDATE activity SET action = 'vault_checked' WHERE sequence = 2")
    page = tmp_path / "activity.pdf"
    assert run("activity", marked, "--passphrase-file", secret, "--pdf", page).code == 5
    assert not page.exists()


def test_groups_hold_every_action_once(opened: Caseload) -> None:
    with opened:
        every = entries(opened.vault, Trail())
        in_groups = [each for group in GROUPS for each in entries(opened.vault, Trail(group=group))]
        assert sorted(each.sequence for each in in_groups) == sorted(each.sequence for each in every)
        assert all(what(each) for each in every)
