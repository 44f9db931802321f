"""A copy of a vault that is older than this computer last saw is noticed, in whatever way it came to be older."""

from __future__ import annotations

import os
import random
import shutil
import signal
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from spr_desktop.vault.errors import OlderCopy, PlaceGone, ReplacedVault, WrongSecret
from spr_desktop.vault.passphrase import Passphrase
from spr_desktop.vault.recovery_key import RecoveryKey
from spr_desktop.vault.restoring import restore
from spr_desktop.vault.vault import Vault
from tests.vault.samples import (
    NAMES,
    ONE_CASE,
    OTHER_PASSPHRASE,
    PASSPHRASE,
    REPOSITORY,
    Made,
    child,
    contents,
    note,
    summary,
)

WRITING_BESIDE_A_READER: Final = """
import sys, time
from pathlib import Path
from spr_desktop.vault.vault import Vault
from tests.vault.samples import ONE_CASE, note, summary

vault = Vault.open(Path(sys.argv[1]), sys.argv[2], last_seen_in=Path(sys.argv[3]))
with vault.for_background() as reader, reader._store.reading() as connection:
    connection.execute("SELECT count(*) FROM record").fetchone()  # keeps what is written in the write-ahead log
    for number in range(100, 100 + int(sys.argv[4])):
        vault.append(ONE_CASE, [note(ONE_CASE, number)], summary(ONE_CASE))
    print("saved", flush=True)
    time.sleep(60)
"""
WRITING_WITHOUT_END: Final = """
import sys
from pathlib import Path
from spr_desktop.vault.vault import Vault
from tests.vault.samples import ONE_CASE, note, summary

vault = Vault.open(Path(sys.argv[1]), sys.argv[2], last_seen_in=Path(sys.argv[3]))
for number in range(int(sys.argv[4]), 100_000):
    vault.append(ONE_CASE, [note(ONE_CASE, number)], summary(ONE_CASE))
    print(number, flush=True)
"""


@pytest.fixture
def profile_folder(tmp_path: Path) -> Path:
    """Where this computer keeps what it saw; nobody has made it yet."""
    return tmp_path / "profile" / "last-seen"


@pytest.fixture
def opened(made: Made, profile_folder: Path) -> Callable[[], Vault]:
    """Opens the vault as the program does, without the time that the passphrase takes."""
    return lambda: Vault(made.folder, made.unlocked(), None, 0, profile_folder)


def write(vault: Vault, *numbers: int) -> None:
    for number in numbers:
        vault.append(ONE_CASE, [note(ONE_CASE, number)], summary(ONE_CASE))


def killed_with_a_log(made: Made, profile_folder: Path, saves: int) -> None:
    """Saves that are acknowledged, and lie in the write-ahead log when the program is killed."""
    with child(WRITING_BESIDE_A_READER, made.folder, PASSPHRASE, profile_folder, saves) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "saved\n", process.stderr and process.stderr.read()
        process.kill()
    assert process.returncode == -signal.SIGKILL
    assert log_of(made).stat().st_size > 0


def log_of(made: Made) -> Path:
    return made.folder / "caseload.db-wal"


# What is noticed


def test_a_vault_that_only_grows_is_never_accused(opened: Callable[[], Vault]) -> None:
    for number in range(60, 64):
        with opened() as vault:
            write(vault, number)
            vault.keep_draft("note", "typed")
            vault.log("looked")
    opened().close()


def test_a_log_that_was_deleted_is_noticed_with_how_much_is_missing(made: Made, profile_folder: Path) -> None:
    killed_with_a_log(made, profile_folder, 3)
    kept = log_of(made).read_bytes()
    for left_over in made.folder.glob("caseload.db-*"):
        left_over.unlink()
    with pytest.raises(OlderCopy) as older:
        Vault.open(made.folder, PASSPHRASE, last_seen_in=profile_folder)
    assert (older.value.changes, older.value.records) == (3, 3)
    assert older.value.ends_at
    assert older.value.last_seen >= older.value.ends_at
    log_of(made).write_bytes(kept)
    with Vault.open(made.folder, PASSPHRASE, last_seen_in=profile_folder) as vault:
        assert vault.records(ONE_CASE)[-3:] == [note(ONE_CASE, number) for number in (100, 101, 102)]


def test_a_log_that_is_left_by_a_kill_is_no_reason_to_stop(made: Made, profile_folder: Path) -> None:
    killed_with_a_log(made, profile_folder, 3)
    with Vault.open(made.folder, PASSPHRASE, last_seen_in=profile_folder) as vault:
        assert vault.records(ONE_CASE)[-1] == note(ONE_CASE, 102)


@pytest.mark.parametrize("place", [40, 5_000, 20_000])
def test_a_flipped_bit_in_the_log_is_noticed(made: Made, profile_folder: Path, place: int) -> None:
    killed_with_a_log(made, profile_folder, 4)
    data = bytearray(log_of(made).read_bytes())
    data[place] ^= 1
    log_of(made).write_bytes(data)
    with pytest.raises(OlderCopy) as older:
        Vault.open(made.folder, PASSPHRASE, last_seen_in=profile_folder)
    assert 1 <= older.value.changes <= 4
    assert older.value.records == older.value.changes


@pytest.mark.parametrize("cut", ["half", "nothing left"])
def test_a_log_that_was_cut_short_is_noticed(made: Made, profile_folder: Path, cut: str) -> None:
    killed_with_a_log(made, profile_folder, 4)
    os.truncate(log_of(made), log_of(made).stat().st_size // 2 if cut == "half" else 0)
    with pytest.raises(OlderCopy):
        Vault.open(made.folder, PASSPHRASE, last_seen_in=profile_folder)


def test_a_log_from_before_is_noticed(made: Made, profile_folder: Path, tmp_path: Path) -> None:
    """The log of an earlier day in the place of the one that a kill left: whole, signed and wrong."""
    killed_with_a_log(made, profile_folder, 2)
    shutil.copy(log_of(made), tmp_path / "earlier")
    killed_with_a_log(made, profile_folder, 5)
    shutil.copy(tmp_path / "earlier", log_of(made))
    with pytest.raises(OlderCopy):
        Vault.open(made.folder, PASSPHRASE, last_seen_in=profile_folder)


def test_a_database_that_was_put_back_from_a_copy_is_noticed(
    made: Made, opened: Callable[[], Vault], tmp_path: Path
) -> None:
    opened().close()
    shutil.copy(made.database, tmp_path / "copy.db")
    with opened() as vault:
        write(vault, 60, 61)
        vault.log("looked")
    shutil.copy(tmp_path / "copy.db", made.database)
    before = contents(made.folder)
    with pytest.raises(OlderCopy) as older:
        opened()
    assert (older.value.changes, older.value.records) == (3, 2)
    assert contents(made.folder) == before


def test_a_database_that_was_put_back_from_a_backup_is_noticed(made: Made, opened: Callable[[], Vault]) -> None:
    with opened() as vault:
        backup = vault.back_up(made.folder / "backups").path
        write(vault, 60)
    shutil.copy(backup / "caseload.db", made.database)
    with pytest.raises(OlderCopy) as older:
        opened()
    assert (older.value.changes, older.value.records) == (1, 1)


def test_as_many_changes_but_others_are_noticed(made: Made, opened: Callable[[], Vault], tmp_path: Path) -> None:
    opened().close()
    shutil.copytree(made.folder, tmp_path / "elsewhere")
    with opened() as vault:
        write(vault, 60)
    elsewhere = Vault(tmp_path / "elsewhere", made.unlocked(), None)
    for number in (61, 62):
        write(elsewhere, number)
        shutil.copy(tmp_path / "elsewhere" / "caseload.db", made.database)
        with pytest.raises(OlderCopy) as older:
            opened()
        assert older.value.changes == 0
    elsewhere.close()


def test_a_vault_that_was_used_elsewhere_is_further_on_and_fine(
    made: Made, opened: Callable[[], Vault], tmp_path: Path
) -> None:
    with opened() as vault:
        write(vault, 60)
    with Vault(made.folder, made.unlocked(), None, 0, tmp_path / "profile of another computer") as vault:
        write(vault, 61)
    with opened() as vault:
        assert vault.records(ONE_CASE)[-1] == note(ONE_CASE, 61)


def test_every_way_in_notices_it(made: Made, opened: Callable[[], Vault], profile_folder: Path, tmp_path: Path) -> None:
    shutil.copy(made.database, tmp_path / "copy.db")
    with opened() as vault:
        write(vault, 60)
    shutil.copy(tmp_path / "copy.db", made.database)
    before = contents(made.folder)
    with pytest.raises(OlderCopy):
        Vault.open(made.folder, PASSPHRASE, last_seen_in=profile_folder)
    with pytest.raises(OlderCopy):
        Vault.recover(made.folder, made.recovery_key, OTHER_PASSPHRASE, last_seen_in=profile_folder)
    assert contents(made.folder) == before


# Never ahead of what is on the disk


def test_no_kill_makes_it_accuse_a_whole_vault(made: Made, profile_folder: Path) -> None:
    chosen, first = random.Random(20261122), 100
    for _ in range(12):
        with child(WRITING_WITHOUT_END, made.folder, PASSPHRASE, profile_folder, first) as process:
            assert process.stdout is not None
            for _ in range(chosen.randrange(1, 10)):
                acknowledged = int(process.stdout.readline())
            process.kill()
            acknowledged = max([acknowledged, *map(int, process.stdout.read().split())])
        with Vault(made.folder, made.unlocked(), None, 0, profile_folder) as vault:
            assert len(vault.records(ONE_CASE)) >= 8 + acknowledged - 99
            first = 92 + len(vault.records(ONE_CASE))


def test_a_background_job_adds_to_it_with_the_next_change(opened: Callable[[], Vault]) -> None:
    with opened() as vault:
        with vault.for_background() as background:
            background.log("backup_made")
        write(vault, 60)
    opened().close()


# Going on knowingly


def rolled_back(made: Made, opened: Callable[[], Vault], tmp_path: Path) -> None:
    shutil.copy(made.database, tmp_path / "copy.db")
    with opened() as vault:
        write(vault, 60, 61)
    shutil.copy(tmp_path / "copy.db", made.database)


@pytest.mark.parametrize("by_key", [False, True])
def test_going_on_knowingly_is_logged_and_asked_once(
    made: Made, opened: Callable[[], Vault], profile_folder: Path, tmp_path: Path, by_key: bool
) -> None:
    rolled_back(made, opened, tmp_path)
    secret = RecoveryKey.read(made.recovery_key) if by_key else Passphrase(PASSPHRASE)
    Vault.accept_older(made.folder, secret, profile_folder)
    for _ in range(2):
        with opened() as vault:
            logged = [(each.action, each.detail) for each in vault.activity()]
    assert logged.count(("opened_older_copy", "2 changes, 2 records missing")) == 1
    with opened() as vault:
        write(vault, 70)
    shutil.copy(tmp_path / "copy.db", made.database)
    with pytest.raises(OlderCopy):  # it counts anew from where one went on
        opened()


def test_a_wrong_passphrase_accepts_nothing(
    made: Made, opened: Callable[[], Vault], profile_folder: Path, tmp_path: Path
) -> None:
    rolled_back(made, opened, tmp_path)
    with pytest.raises(WrongSecret):
        Vault.accept_older(made.folder, Passphrase(OTHER_PASSPHRASE), profile_folder)
    with pytest.raises(OlderCopy):
        opened()


def test_accepting_a_copy_that_is_not_older_does_nothing(made: Made, profile_folder: Path) -> None:
    Vault.accept_older(made.folder, Passphrase(PASSPHRASE), profile_folder)
    with made.opened() as vault:
        assert "opened_older_copy" not in [each.action for each in vault.activity()]


def test_what_was_restored_in_the_place_of_the_vault_is_not_accused(
    made: Made, opened: Callable[[], Vault], profile_folder: Path, tmp_path: Path
) -> None:
    with opened() as vault:
        backup = vault.back_up(tmp_path / "stick").path
        write(vault, 60)
    made.folder.rename(tmp_path / "damaged")
    restore(backup, made.folder, Passphrase(PASSPHRASE), last_seen_in=profile_folder)
    with opened() as vault:
        assert len(vault.records(ONE_CASE)) == 8


def test_two_copies_in_two_folders_do_not_accuse_each_other(
    made: Made, opened: Callable[[], Vault], profile_folder: Path, tmp_path: Path
) -> None:
    shutil.copytree(made.folder, tmp_path / "second")
    for number in (60, 61, 62):
        with opened() as vault:
            write(vault, number)
        with Vault(tmp_path / "second", made.unlocked(), None, 0, profile_folder) as vault:
            write(vault, number + 100)


def test_a_link_to_the_folder_leads_to_the_same_vault(
    made: Made, opened: Callable[[], Vault], profile_folder: Path, tmp_path: Path
) -> None:
    rolled_back(made, opened, tmp_path)
    (tmp_path / "link").symlink_to(made.folder)
    with pytest.raises(OlderCopy):
        Vault(tmp_path / "link", made.unlocked(), None, 0, profile_folder)


# The file itself


def only_file(profile_folder: Path) -> Path:
    (found,) = profile_folder.iterdir()
    return found


def test_it_is_private_and_says_nothing(opened: Callable[[], Vault], profile_folder: Path, made: Made) -> None:
    before = os.umask(0)
    try:
        with opened() as vault:
            write(vault, 60)
            vault_id = vault.vault_id
    finally:
        os.umask(before)
    file = only_file(profile_folder)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(profile_folder.stat().st_mode) == 0o700
    said = file.name.encode() + file.read_bytes()
    names = [part for name in NAMES.values() for part in name if part]
    for word in (*names, ONE_CASE, vault_id, str(made.folder), made.folder.name, "changes", "records"):
        assert word.encode() not in said


@pytest.mark.parametrize(
    "damage", ["missing", "empty", "cut", "junk", "flipped", "large", "a folder", "not to be read"]
)
def test_a_damaged_one_keeps_nobody_out_and_is_written_anew(
    made: Made, opened: Callable[[], Vault], profile_folder: Path, tmp_path: Path, damage: str
) -> None:
    shutil.copy(made.database, tmp_path / "copy.db")
    with opened() as vault:
        write(vault, 60)
    file = only_file(profile_folder)
    whole = file.read_bytes()
    made_of = {
        "empty": b"",
        "cut": whole[:-1],
        "junk": b"\xff" * 100,
        "flipped": bytes([*whole[:20], whole[20] ^ 1, *whole[21:]]),
        "large": whole * 100,
    }
    file.unlink()
    if damage == "a folder":
        file.mkdir()
    elif damage == "not to be read":
        file.symlink_to(tmp_path / "nowhere" / "at all")
    elif damage in made_of:
        file.write_bytes(made_of[damage])
    shutil.copy(tmp_path / "copy.db", made.database)
    with opened() as vault:
        write(vault, 70)
    if damage != "a folder":
        shutil.copy(tmp_path / "copy.db", made.database)
        with pytest.raises(OlderCopy):
            opened()


def test_nobody_without_the_key_can_forge_an_accusation(
    made: Made, opened: Callable[[], Vault], profile_folder: Path, tmp_path: Path
) -> None:
    """Neither one of another vault nor one of the same vault in another folder is taken."""
    with opened() as vault:
        write(vault, 60, 61, 62)
    further_on = only_file(profile_folder).read_bytes()
    shutil.copytree(made.folder, tmp_path / "second")
    second_profile = tmp_path / "second profile"
    with Vault(tmp_path / "second", made.unlocked(), None, 0, second_profile) as vault:
        write(vault, 80)
    only_file(second_profile).write_bytes(further_on)
    Vault(tmp_path / "second", made.unlocked(), None, 0, second_profile).close()
    other, _ = Vault.create(tmp_path / "other", PASSPHRASE, last_seen_in=second_profile)
    other.close()
    for each in second_profile.iterdir():
        each.write_bytes(further_on)
    Vault.open(tmp_path / "other", PASSPHRASE, last_seen_in=second_profile).close()


def test_a_profile_that_takes_nothing_keeps_nobody_from_working(made: Made, tmp_path: Path) -> None:
    (tmp_path / "profile").write_text("a file where a folder should be")
    with Vault(made.folder, made.unlocked(), None, 0, tmp_path / "profile" / "last-seen") as vault:
        write(vault, 60)
        assert vault.records(ONE_CASE)[-1] == note(ONE_CASE, 60)


def test_a_draft_costs_no_write_outside(opened: Callable[[], Vault], profile_folder: Path) -> None:
    with opened() as vault:
        vault.log("looked")
        before = only_file(profile_folder).stat().st_mtime_ns
        for number in range(5):
            vault.keep_draft("note", str(number))
        assert only_file(profile_folder).stat().st_mtime_ns == before
        vault.log("looked")
        assert only_file(profile_folder).stat().st_mtime_ns > before


def test_a_save_flushes_nothing_more_than_without(
    made: Made, profile_folder: Path, opened: Callable[[], Vault], monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: list[int] = []
    with opened() as vault:
        monkeypatch.setattr(os, "fsync", flushed.append)
        write(vault, 60)
        assert flushed == []
        monkeypatch.undo()


def test_tests_never_write_into_the_profile_of_whoever_runs_them() -> None:
    from spr_desktop.casework.home import last_seen_folder

    assert "pytest" in str(last_seen_folder())
    assert REPOSITORY not in last_seen_folder().parents


# The place goes and comes back


def test_a_vault_whose_place_came_back_goes_on(made: Made, opened: Callable[[], Vault], tmp_path: Path) -> None:
    with opened() as vault:
        write(vault, 60)
        shutil.copytree(made.folder, tmp_path / "plugged in again")
        made.folder.rename(tmp_path / "pulled out")
        with pytest.raises(PlaceGone):
            write(vault, 61)
        with pytest.raises(PlaceGone):
            vault.reopen()
        (tmp_path / "plugged in again").rename(made.folder)
        with pytest.raises(ReplacedVault):
            write(vault, 61)
        vault.reopen()
        write(vault, 61)
        vault.verify()
    with opened() as vault:
        assert vault.records(ONE_CASE)[-2:] == [note(ONE_CASE, 60), note(ONE_CASE, 61)]


def test_another_state_that_came_in_its_place_is_not_gone_on_with(
    made: Made, opened: Callable[[], Vault], tmp_path: Path
) -> None:
    with opened() as vault:
        shutil.copytree(made.folder, tmp_path / "older")
        write(vault, 60)
        made.folder.rename(tmp_path / "pulled out")
        (tmp_path / "older").rename(made.folder)
        before = made.database.read_bytes()
        with pytest.raises((ReplacedVault, OlderCopy)):
            vault.reopen()
        assert made.database.read_bytes() == before


def test_a_vault_that_was_gone_on_with_loses_nothing_to_the_file_that_it_was_before(
    made: Made, opened: Callable[[], Vault], tmp_path: Path
) -> None:
    """Closing a database takes away the log beside its name, whoever writes into that by then."""
    with opened() as vault:
        for number in range(60, 64):
            shutil.copytree(made.folder, tmp_path / f"plugged in {number}")
            made.folder.rename(tmp_path / f"pulled out {number}")
            (tmp_path / f"plugged in {number}").rename(made.folder)
            vault.reopen()
            write(vault, number)
            assert log_of(made).exists()
        with vault.for_background() as other:
            assert other.records(ONE_CASE)[-1] == note(ONE_CASE, 63)
        vault.verify()
