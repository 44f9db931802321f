"""Backups on the command line: made, restored, found damaged, and put back where all else is lost."""

from __future__ import annotations

import json
import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from spr_desktop.casework.backing_up import (
    SecondPlace,
    back_up,
    backups_of,
    is_backup_due,
    last_verified_backup,
    second_place,
    set_second_place,
)
from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.errors import FileFault
from spr_desktop.vault.errors import BadBackup, WrongSecret
from tests.commands.conftest import Run
from tests.vault.test_damage import flip
from tests.vaults import NAMES, PASSPHRASE, READY, make_caseload

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def made_backup(run: Run, vault: Path, secret: Path) -> Path:
    said = run("backup", vault, "--passphrase-file", secret, "--json")
    assert said.code == 0, said.err
    (made,) = json.loads(said.out)
    assert made["cases"] == 2
    return Path(made["path"])


def test_a_backup_is_made_and_restored(run: Run, vault: Path, secret: Path, tmp_path: Path) -> None:
    listed = run("list", vault, "--passphrase-file", secret, "--json").out
    stick = tmp_path / "stick"
    made = run("backup", vault, "--to", stick, "--passphrase-file", secret)
    (path,) = stick.iterdir()
    assert (made.code, made.err) == (0, "")
    assert made.out.startswith(f"{path}: 2 cases, ")
    again = run("restore", path, "--to", tmp_path / "again", "--passphrase-file", secret)
    assert again.code == 0, again.err
    assert f"{tmp_path / 'again'} is made: 2 cases, " in again.out
    assert run("list", tmp_path / "again", "--passphrase-file", secret, "--json").out == listed
    assert run("check-vault", tmp_path / "again", "--passphrase-file", secret).code == 0


def test_a_backup_without_a_place_goes_into_the_vaults_folder(run: Run, vault: Path, secret: Path) -> None:
    path = made_backup(run, vault, secret)
    assert path.parent == vault / "backups"


def test_a_stranger_gets_everything_back_with_the_sheet_and_a_backup(run: Run, secret: Path, tmp_path: Path) -> None:
    key_file, new_file = tmp_path / "key", tmp_path / "new"
    key_file.write_text(make_caseload(tmp_path / "lost").lower(), "utf-8")
    new_file.write_text("a passphrase of tomorrow\n", "utf-8")
    path = shutil.move(made_backup(run, tmp_path / "lost", secret), tmp_path / "stick")
    shutil.rmtree(tmp_path / "lost")
    found = tmp_path / "found"
    assert run("restore", path, "--to", found, "--recovery-key-file", key_file).code == 0
    assert run("recover", found, "--recovery-key-file", key_file, "--new-passphrase-file", new_file).code == 0
    said = run("list", found, "--passphrase-file", new_file)
    assert (said.code, READY in said.out) == (0, True)


def test_restoring_never_goes_over_anything(run: Run, vault: Path, secret: Path) -> None:
    path = made_backup(run, vault, secret)
    before = (vault / "caseload.db").read_bytes()
    said = run("restore", path, "--to", vault, "--passphrase-file", secret)
    assert (said.code, said.out, "something there already" in said.err) == (9, "", True)
    assert (vault / "caseload.db").read_bytes() == before


def test_restoring_with_a_wrong_secret_exits_with_4(run: Run, vault: Path, secret: Path, tmp_path: Path) -> None:
    path = made_backup(run, vault, secret)
    wrong = tmp_path / "wrong"
    wrong.write_text("not the passphrase\n", "utf-8")
    for option in ("--passphrase-file", "--recovery-key-file"):
        assert run("restore", path, "--to", tmp_path / "again", option, wrong).code == 4
    assert not (tmp_path / "again").exists()
    both = run("restore", path, "--to", tmp_path / "a", "--passphrase-file", wrong, "--recovery-key-file", wrong)
    assert both.code == 2


def test_restoring_a_damaged_backup_exits_with_5(run: Run, vault: Path, secret: Path, tmp_path: Path) -> None:
    path = made_backup(run, vault, secret)
    flip(path / "caseload.db", 9000)
    said = run("restore", path, "--to", tmp_path / "again", "--passphrase-file", secret)
    assert (said.code, said.out, "backup is not whole" in said.err) == (5, "", True)
    assert not (tmp_path / "again").exists()
    nothing = run("restore", tmp_path / "nowhere", "--to", tmp_path / "again", "--passphrase-file", secret)
    assert nothing.code == 5


def test_a_backup_to_a_place_that_is_not_there_exits_with_9(
    run: Run, vault: Path, secret: Path, tmp_path: Path
) -> None:
    said = run("backup", vault, "--to", tmp_path / "no" / "where", "--passphrase-file", secret)
    assert (said.code, said.out, len(said.err.splitlines())) == (9, "", 1)
    assert not (tmp_path / "no").exists()


# Checking


def test_a_whole_vault_is_said_to_be_whole(run: Run, vault: Path, secret: Path) -> None:
    said = run("check-vault", vault, "--passphrase-file", secret)
    assert (said.code, said.err) == (0, "")
    for words in (
        "encrypted by SQLCipher 4",
        "pages, each authentic",
        "2 cases",
        "HMAC-SHA512 over each page",
        "costs Argon2id with 64 MiB",
        "no backups yet",
        "encrypted and whole",
    ):
        assert words in said.out
    assert not any(name in said.out for name in NAMES)
    made_backup(run, vault, secret)
    plain = json.loads(run("check-vault", vault, "--passphrase-file", secret, "--json").out)
    assert plain["whole"]
    checks = {each["check"]: each for each in plain["checks"]}
    assert list(checks) == [
        "opening", "cipher", "slots", "keys", "pages", "ledgers", "activity", "caseload", "backups",
    ]  # fmt: skip
    assert checks["backups"]["count"] == 1
    assert checks["pages"]["count"] == (vault / "caseload.db").stat().st_size // 4096


@pytest.mark.parametrize("place", [3, 5_000, -1])
def test_a_damaged_vault_exits_with_5_and_names_the_way_back(run: Run, vault: Path, secret: Path, place: int) -> None:
    path = made_backup(run, vault, secret)
    database = vault / "caseload.db"
    flip(database, place % database.stat().st_size)
    said = run("check-vault", vault, "--passphrase-file", secret)
    assert said.code == 5
    assert "spr-desktop restore BACKUP" in said.err
    assert "1 backup, the newest of" in said.out
    assert ("not checked" in said.out) is (place != -1), "the backups of a vault that does not open are only counted"
    assert "encrypted and whole" not in said.out
    plain = json.loads(run("check-vault", vault, "--passphrase-file", secret, "--json").out)
    assert not plain["whole"]
    assert run("restore", path, "--to", vault.parent / "again", "--passphrase-file", secret).code == 0


def test_everything_that_is_damaged_is_named(run: Run, vault: Path, secret: Path) -> None:
    with Caseload.open(vault, PASSPHRASE) as caseload, caseload.vault._store.writing() as connection:
        connection.execute("DROP TRIGGER record_is_never_removed")
        connection.execute("DELETE FROM record WHERE sequence = (SELECT max(sequence) FROM record)")
        connection.execute("UPDATE case_summary SET next_step = 'nothing'")
    said = run("check-vault", vault, "--passphrase-file", secret)
    assert said.code == 5
    assert "Records were changed or removed" in said.err
    assert "Computed rows do not fit their records" in said.err
    assert "pages, each authentic" in said.out


def test_a_damaged_backup_is_not_taken_for_a_damaged_vault(run: Run, vault: Path, secret: Path) -> None:
    flip(made_backup(run, vault, secret) / "caseload.db", 9000)
    said = run("check-vault", vault, "--passphrase-file", secret)
    assert (said.code, "the vault is whole, but not every backup is" in said.err) == (5, True)


def test_a_vault_that_is_in_use_or_none_is_not_checked(run: Run, vault: Path, secret: Path, tmp_path: Path) -> None:
    with Caseload.open(vault, PASSPHRASE):
        assert run("check-vault", vault, "--passphrase-file", secret).code == 7
    assert run("check-vault", tmp_path, "--passphrase-file", secret).code == 5


# Both places, and when


def test_a_second_place_gets_a_backup_while_it_is_there(opened: Caseload, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    with opened, opened.vault.for_background() as background:
        assert back_up(background, NOON).second_place is SecondPlace.NOT_NAMED
        stick.mkdir()
        set_second_place(opened, stick)
        assert second_place(opened) == stick
        both = back_up(background, NOON + timedelta(days=1))
        assert both.second_place is SecondPlace.MADE
        assert both.second is not None
        assert both.second.path.parent == stick
        assert [each.made_at for each in backups_of(opened)] == [both.second.made_at, both.second.made_at, NOON]
        shutil.rmtree(stick)
        assert back_up(background, NOON + timedelta(days=2)).second_place is SecondPlace.MISSING
        assert not stick.exists()
        set_second_place(opened, None)
        assert second_place(opened) is None


def test_a_second_place_that_fails_is_said_and_is_no_failure(
    opened: Caseload, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make = os.mkdir

    def broken(path: str | Path, *arguments: int) -> None:
        if Path(path).parent == tmp_path / "stick":
            raise OSError(5, "input or output failed")
        make(path, *arguments)

    with opened:
        (tmp_path / "stick").mkdir()
        set_second_place(opened, tmp_path / "stick")
        monkeypatch.setattr(os, "mkdir", broken)
        made = back_up(opened.vault, NOON)
        assert (made.second_place, made.second) == (SecondPlace.FAILED, None)
        assert last_verified_backup(opened) == NOON


def test_a_second_place_must_be_there_and_outside_the_vault(opened: Caseload, tmp_path: Path) -> None:
    with opened:
        (opened.vault.folder / "backups").mkdir()
        for place in (tmp_path / "nowhere", opened.vault.folder, opened.vault.folder / "backups"):
            with pytest.raises(FileFault):
                set_second_place(opened, place)
        assert second_place(opened) is None


def test_a_backup_is_due_when_something_was_recorded_since_and_none_is_of_today(opened: Caseload) -> None:
    with opened:
        assert last_verified_backup(opened) is None
        assert is_backup_due(opened, NOON)
        back_up(opened.vault, NOON)
        assert last_verified_backup(opened) == NOON
        assert [each.action for each in opened.vault.activity()][-1] == "backup_made"
        assert not is_backup_due(opened, NOON + timedelta(days=1))
        opened.open_case(NOON.date())
        assert not is_backup_due(opened, NOON + timedelta(hours=1))
        assert is_backup_due(opened, NOON + timedelta(days=1))
        back_up(opened.vault, NOON + timedelta(days=1))
        assert not is_backup_due(opened, NOON + timedelta(days=2))
        shutil.rmtree(opened.vault.folder / "backups")
        assert is_backup_due(opened, NOON + timedelta(days=1)), "it was thrown away"


def test_a_second_place_that_is_away_is_said(run: Run, vault: Path, secret: Path, tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    with Caseload.open(vault, PASSPHRASE) as caseload:
        set_second_place(caseload, tmp_path / "stick")
    both = run("backup", vault, "--passphrase-file", secret, "--json")
    assert (both.code, both.err, len(json.loads(both.out))) == (0, "", 2)
    shutil.rmtree(tmp_path / "stick")
    one = run("backup", vault, "--passphrase-file", secret, "--json")
    assert (one.code, len(json.loads(one.out)), "second place is not there" in one.err) == (0, 1, True)


def test_a_backup_that_fails_is_not_noted_and_removes_none(opened: Caseload, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened:
        for day in range(20):
            opened.vault.back_up(opened.vault.folder / "backups", NOON - timedelta(days=day))
        monkeypatch.setattr("spr_desktop.vault.backups.sync_file", lambda path: flip(path, 9000))
        with pytest.raises(BadBackup):
            back_up(opened.vault, NOON + timedelta(days=1))
        assert last_verified_backup(opened) is None
        assert len(backups_of(opened)) == 20
        monkeypatch.undo()
        back_up(opened.vault, NOON + timedelta(days=1))
        assert len(backups_of(opened)) < 20


def test_where_the_first_place_fails_the_second_has_a_backup_all_the_same(
    run: Run, vault: Path, secret: Path, tmp_path: Path
) -> None:
    (tmp_path / "stick").mkdir()
    with Caseload.open(vault, PASSPHRASE) as caseload:
        set_second_place(caseload, tmp_path / "stick")
    (vault / "backups").write_text("a file where the folder should be", "utf-8")
    said = run("backup", vault, "--passphrase-file", secret)
    assert said.code == 9
    assert "none in the vault's own folder" in said.err
    (made,) = (tmp_path / "stick").iterdir()
    assert str(made) in said.out
    with Caseload.open(vault, PASSPHRASE) as caseload:
        assert last_verified_backup(caseload) is not None
        assert [each.path for each in backups_of(caseload)] == [made]


def test_a_restored_vault_says_in_its_activity_that_it_was_restored(
    run: Run, vault: Path, secret: Path, tmp_path: Path
) -> None:
    path = made_backup(run, vault, secret)
    said = json.loads(run("restore", path, "--to", tmp_path / "new", "--passphrase-file", secret, "--json").out)
    assert said["in_backup"] == {"records": said["records"], "cases": said["cases"]}
    with Caseload.open(tmp_path / "new", PASSPHRASE) as caseload:
        entries = {each.action: each.detail for each in caseload.vault.activity()}
        assert entries["vault_restored"] == f"2 cases, {said['records']} records"
        caseload.vault.verify()


def test_what_backups_hold_is_found_out_with_the_passphrase_of_each(run: Run, vault: Path, secret: Path) -> None:
    from spr_desktop.casework.own_vault import change_passphrase
    from spr_desktop.casework.restoring import found_in, what_they_hold

    old = made_backup(run, vault, secret)
    with Caseload.open(vault, PASSPHRASE) as caseload:
        caseload.open_case(NOON.date())
        change_passphrase(caseload, PASSPHRASE, "a passphrase of tomorrow")
        new = caseload.vault.back_up(vault / "backups", NOON + timedelta(days=1)).path
    paths = [each.path for each in found_in([vault])]
    assert set(paths) == {old, new}
    assert [each.path for each in found_in([old])] == [old]
    held = what_they_hold(paths, "a passphrase of tomorrow")
    assert {path: each.cases for path, each in held.items() if each} == {new: 3}
    held = what_they_hold(paths, PASSPHRASE)
    assert {path: each.cases for path, each in held.items() if each} == {old: 2}
    flip(old / "caseload.db", 9000)
    assert what_they_hold(paths, PASSPHRASE) == {old: None}
    with pytest.raises(WrongSecret):
        what_they_hold(paths, "not the passphrase")
