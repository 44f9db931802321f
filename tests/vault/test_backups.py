"""Backups: whole or not there, while others write, when killed, on a full disk; and good for a new beginning."""

from __future__ import annotations

import os
import random
import shutil
import signal
import threading
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import pytest

from spr_desktop.vault import backups, key_file
from spr_desktop.vault.backups import Backup, backups_in, kept, rotate
from spr_desktop.vault.errors import BadBackup, DamagedVault, MachineFault, NewerVault, VaultExists, WrongSecret
from spr_desktop.vault.passphrase import Passphrase
from spr_desktop.vault.recovery_key import RecoveryKey
from spr_desktop.vault.restoring import Counts, restore
from spr_desktop.vault.vault import Vault
from tests.vault.samples import (
    ONE_CASE,
    OTHER_CASE,
    OTHER_PASSPHRASE,
    PASSPHRASE,
    Made,
    child,
    contents,
    finished,
    note,
    summary,
)
from tests.vault.test_damage import flip
from tests.vault.test_encryption import assert_unreadable

AT: Final = datetime(2026, 11, 22, 9, 30, 15, 123_456, tzinfo=UTC)
KILLS: Final = int(os.environ.get("SPR_KILLS", "30"))

OPENING: Final = """
import os, signal, sys
from pathlib import Path
from spr_desktop.vault import backups
from spr_desktop.vault.errors import MachineFault
from tests.vault.samples import Made

vault = Made(Path(sys.argv[1]), sys.argv[2]).opened(0)
to = Path(sys.argv[3])
"""
BACKING_UP: Final = f"""{OPENING}
while True:
    print("begins", flush=True)
    vault.back_up(to)
"""
KILLED_AT: Final = f"""{OPENING}
name = sys.argv[4]
works = getattr(backups, name)

def killed(*arguments):
    if sys.argv[5] == "after":
        works(*arguments)
    os.kill(os.getpid(), signal.SIGKILL)

setattr(backups, name, killed)
vault.back_up(to)
"""
FULL: Final = f"""{OPENING}
import resource
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[4]), resource.RLIM_INFINITY))
try:
    vault.back_up(to)
except MachineFault:
    print("refused", flush=True)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
vault.verify()
print(vault.back_up(to).records)
"""


def everything(folder: Path) -> dict[str, bytes]:
    """All files below a folder."""
    return {str(each.relative_to(folder)): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def assert_whole(vault: Vault, to: Path) -> None:
    """What is listed is whole, the source too, and another backup clears up."""
    for each in backups_in(to):
        vault.verify_backup(each.path)
    vault.verify()
    before = len(backups_in(to))
    made = vault.back_up(to)
    assert made.records == vault.count_records()
    assert len(backups_in(to)) == before + 1
    assert [each.name for each in to.iterdir() if not each.name.startswith("backup-")] == []


def test_a_backup_is_a_small_vault_of_its_own(vault: Vault, tmp_path: Path) -> None:
    made = vault.back_up(tmp_path / "to", AT)
    assert made == Backup(
        tmp_path / "to" / "backup-2026-11-22T093015.123Z", AT.replace(microsecond=123_000), records=15, cases=2
    )
    assert sorted(contents(made.path)) == ["caseload.db", "vault.keys"]
    assert [each.stat().st_mode & 0o777 for each in (made.path, *sorted(made.path.iterdir()))] == [0o700, 0o600, 0o600]
    assert vault.verify_backup(made.path) == made
    assert sorted(contents(made.path)) == ["caseload.db", "vault.keys"]
    with Vault.open(made.path, PASSPHRASE) as opened:
        opened.verify()
        assert opened.records(ONE_CASE, proven=True) == vault.records(ONE_CASE)


def test_verifying_changes_nothing_in_a_backup(vault: Vault, tmp_path: Path) -> None:
    made = vault.back_up(tmp_path)
    before = contents(made.path), made.path.stat().st_mtime_ns
    vault.verify_backup(made.path)
    assert (contents(made.path), made.path.stat().st_mtime_ns) == before


def test_no_file_of_a_backup_or_a_restored_vault_can_be_read(made: Made, tmp_path: Path) -> None:
    to = tmp_path / "to"
    with made.opened() as vault:
        one = vault.back_up(to)
        restore(one.path, tmp_path / "again", RecoveryKey.read(made.recovery_key))
    assert_unreadable(one.path)
    assert_unreadable(tmp_path / "again")
    assert ONE_CASE not in str(one.path)


def test_nothing_that_is_written_on_the_way_can_be_read(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []

    def look(folder: Path) -> None:
        looked.extend(contents(folder))
        assert_unreadable(folder)

    monkeypatch.setattr(backups, "sync_folder", look)
    monkeypatch.setattr(backups, "sync_file", lambda path: look(path.parent))
    with made.opened() as vault, pytest.raises(MachineFault, match="directory"):
        vault.back_up(tmp_path / "to")  # the folder around it is looked into last
    assert looked == ["caseload.db", "vault.keys"] * 2


def test_backups_of_the_same_moment_stand_side_by_side(vault: Vault, tmp_path: Path) -> None:
    paths = [vault.back_up(tmp_path / "to", AT).path for _ in range(3)]
    assert [each.suffix for each in paths] == [".123Z", ".124Z", ".125Z"]
    assert [each.path for each in backups_in(tmp_path / "to", vault.vault_id)] == paths[::-1]


def test_a_missing_folder_above_is_not_made(vault: Vault, tmp_path: Path) -> None:
    with pytest.raises(MachineFault):
        vault.back_up(tmp_path / "stick" / "backups")
    assert not (tmp_path / "stick").exists()


def test_what_is_no_backup_is_not_listed(vault: Vault, tmp_path: Path) -> None:
    to = tmp_path / "to"
    good = vault.back_up(to, AT)
    for name in ("backup-2026-13-22T093015.123Z", "backup-1", ".backup-2026-11-22T093016.000Z", "holiday"):
        shutil.copytree(good.path, to / name)
    for missing in ("caseload.db", "vault.keys"):
        halved = shutil.copytree(good.path, to / f"backup-2026-11-23T00000{len(missing) % 10}.000Z")
        (halved / missing).unlink()
    assert [each.path for each in backups_in(to)] == [good.path]
    assert backups_in(to, "0" * 32) == []
    assert backups_in(tmp_path / "nowhere") == []


def test_a_backup_beside_a_steady_writer_is_whole(made: Made, tmp_path: Path) -> None:
    with made.opened() as vault, vault.for_background() as background:
        is_over = threading.Event()
        written = 0

        def write() -> None:
            nonlocal written
            while not is_over.is_set():
                vault.append(ONE_CASE, [note(ONE_CASE, 100 + written, "x" * 5000)], summary(ONE_CASE))
                written += 1

        writer = threading.Thread(target=write)
        writer.start()
        try:
            found = []
            for _ in range(8):
                before = written
                found.append((before, background.back_up(tmp_path / "to"), written))
        finally:
            is_over.set()
            writer.join()
        for before, each, after in found:
            assert 15 + before <= each.records <= 15 + after + 1
            vault.verify_backup(each.path)
        assert written > 8, "nobody wrote meanwhile"
        vault.verify()


def test_a_killed_backup_is_never_listed(made: Made, tmp_path: Path) -> None:
    with made.opened() as vault:
        vault.keep_drafts({str(number): "x" * 100_000 for number in range(30)})
    to = tmp_path / "to"
    chosen = random.Random(20261122)
    cut_short = 0
    for _ in range(KILLS):
        with child(BACKING_UP, made.folder, made.recovery_key, to) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "begins\n"
            time.sleep(chosen.random() * 0.4)  # nobody is waited for: this is the moment of the kill
            process.kill()
        assert process.returncode == -signal.SIGKILL, process.stderr
        cut_short += bool(list(to.glob(".*.part")))
        with made.opened(0) as vault:
            assert_whole(vault, to)
        shutil.rmtree(to)
    assert cut_short > KILLS // 4, "too few kills met a backup on its way"


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("step", ["write_private", "copy_database", "sync_file", "extent_of", "_named", "sync_folder"])
def test_a_backup_killed_at_a_step_is_never_listed(made: Made, tmp_path: Path, step: str, when: str) -> None:
    to = tmp_path / "to"
    ended = finished(KILLED_AT, made.folder, made.recovery_key, to, step, when)
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    is_named = (step, when) == ("_named", "after")
    assert (len(backups_in(to)), len(list(to.glob(".*.part")))) == ((1, 0) if is_named else (0, 1))
    with made.opened() as vault:
        assert_whole(vault, to)


@pytest.mark.parametrize("room", [0, 100, 4096, 40_000, 80_000])
def test_a_full_disk_leaves_no_backup_and_the_vault_whole(made: Made, tmp_path: Path, room: int) -> None:
    to = tmp_path / "to"
    ended = finished(FULL, made.folder, made.recovery_key, to, room)
    assert ended.stdout.split() == ["refused", "15"], ended.stderr
    assert len(list(to.iterdir())) == 1


@pytest.mark.parametrize("file", ["caseload.db", "vault.keys"])
def test_a_flipped_bit_in_a_backup_is_found(made: Made, tmp_path: Path, file: str) -> None:
    chosen = random.Random(20261122)
    with made.opened() as vault:
        path = vault.back_up(tmp_path).path
        size = (path / file).stat().st_size
        for place in [0, 20, size - 1, *(chosen.randrange(size) for _ in range(60))]:
            bits = 1 << chosen.randrange(8)
            flip(path / file, place, bits)
            with pytest.raises(BadBackup):
                vault.verify_backup(path)
            with pytest.raises(BadBackup):
                restore(path, tmp_path / "again", RecoveryKey.read(made.recovery_key))
            assert not (tmp_path / "again").exists()
            flip(path / file, place, bits)
        vault.verify_backup(path)


@pytest.mark.parametrize("cut", [1, 4096, 40_000, 10**9])
def test_a_backup_that_was_cut_short_is_found(vault: Vault, tmp_path: Path, cut: int) -> None:
    path = vault.back_up(tmp_path).path
    database = path / "caseload.db"
    os.truncate(database, max(0, database.stat().st_size - cut))
    with pytest.raises(BadBackup):
        vault.verify_backup(path)


def test_a_backup_with_something_added_is_found(vault: Vault, tmp_path: Path) -> None:
    path = vault.back_up(tmp_path).path
    with (path / "caseload.db").open("ab") as file:
        file.write(b"junk" * 1024)
    with pytest.raises(BadBackup):
        vault.verify_backup(path)


def test_a_slot_file_that_somebody_wrote_without_the_key_is_found(vault: Vault, tmp_path: Path) -> None:
    path = vault.back_up(tmp_path).path
    slots = key_file.read_key_file(vault.folder, vault._data_key)
    (path / "vault.keys").write_bytes(replace(slots, generation=99).to_bytes())
    with pytest.raises(BadBackup, match="from outside"):
        vault.verify_backup(path)


def test_a_backup_that_was_not_kept_as_written_is_thrown_away(
    vault: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backups, "sync_file", lambda path: flip(path, 9000))
    with pytest.raises(BadBackup):
        vault.back_up(tmp_path / "to")
    assert not (tmp_path / "to").exists()


def test_a_backup_of_an_earlier_state_does_not_pass_for_one_of_now(
    vault: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    earlier = vault.back_up(tmp_path / "to", AT)
    vault.append(ONE_CASE, [note(ONE_CASE, 60)], summary(ONE_CASE))
    monkeypatch.setattr(
        backups, "copy_database", lambda _c, path, *_: shutil.copyfile(earlier.path / "caseload.db", path)
    )
    with pytest.raises(BadBackup, match="does not end"):
        vault.back_up(tmp_path / "to")
    assert [each.path for each in backups_in(tmp_path / "to")] == [earlier.path]


def test_a_ledger_that_was_changed_inside_is_found_in_the_backup(vault: Vault, tmp_path: Path) -> None:
    with vault._store.writing() as connection:
        connection.execute("DROP TRIGGER record_is_never_changed")
        connection.execute("UPDATE record SET payload = replace(payload, 'own', 'OWN') WHERE sequence = 4")
    with pytest.raises(BadBackup):
        vault.back_up(tmp_path / "to")
    assert backups_in(tmp_path / "to") == []


def test_a_damaged_vault_gives_no_backup_and_is_said_to_be_damaged(made: Made, tmp_path: Path) -> None:
    with made.opened(0) as vault:
        for place in range(9000, made.database.stat().st_size, 4096):
            flip(made.database, place)
        with pytest.raises(DamagedVault):
            vault.back_up(tmp_path / "to")
    assert not (tmp_path / "to").exists()


def test_a_backup_that_somebody_opened_and_left_open_is_not_whole(made: Made, tmp_path: Path) -> None:
    with made.opened() as vault:
        path = vault.back_up(tmp_path).path
        (path / "caseload.db-wal").write_bytes(b"left over")
        with pytest.raises(BadBackup, match="one file"):
            vault.verify_backup(path)


# Restoring


def test_restored_vault_has_what_the_backup_had(made: Made, tmp_path: Path) -> None:
    with made.opened() as vault:
        path = vault.back_up(tmp_path / "to").path
        vault.append(ONE_CASE, [note(ONE_CASE, 60)], summary(ONE_CASE))
    before = contents(path)
    made_again = restore(path, tmp_path / "again", Passphrase(PASSPHRASE))
    assert (made_again.records, made_again.cases) == (15, 2)
    assert made_again.in_backup == made_again.in_vault
    assert contents(path) == before
    with Vault.open(tmp_path / "again", PASSPHRASE) as again:
        again.verify()
        assert (again.count_records(), again.case_refs()) == (15, sorted([ONE_CASE, OTHER_CASE]))


def test_drill_backup_and_recovery_key_are_enough(made: Made, tmp_path: Path) -> None:
    """Another machine: nothing is left but a stick and a sheet of paper."""
    stick = tmp_path / "stick"
    with made.opened() as vault:
        vault.back_up(stick)
        wanted = vault.records(ONE_CASE)
    shutil.rmtree(made.folder)
    (found,) = backups_in(stick)
    typed = made.recovery_key.lower().replace("-", " ")
    restore(found.path, tmp_path / "new", RecoveryKey.read(typed))
    with Vault.recover(tmp_path / "new", typed, OTHER_PASSPHRASE) as vault:
        vault.verify()
        assert vault.records(ONE_CASE, proven=True) == wanted
    Vault.open(tmp_path / "new", OTHER_PASSPHRASE).close()


def test_restored_vault_opens_with_the_passphrase_of_that_time(made: Made, tmp_path: Path) -> None:
    with Vault.open(made.folder, PASSPHRASE) as vault, vault.for_background() as background:
        old = background.back_up(tmp_path / "to", AT).path
        vault.keys.set_passphrase(OTHER_PASSPHRASE)
        new = background.back_up(tmp_path / "to", AT + timedelta(days=1)).path
    restore(old, tmp_path / "old", Passphrase(PASSPHRASE))
    restore(new, tmp_path / "new", Passphrase(OTHER_PASSPHRASE))
    for path in (old, new):
        with pytest.raises(WrongSecret):
            restore(path, tmp_path / "neither", Passphrase("a passphrase of nobody"))
    with pytest.raises(WrongSecret):
        restore(new, tmp_path / "neither", Passphrase(PASSPHRASE))
    assert not (tmp_path / "neither").exists()


@pytest.mark.parametrize("there", ["folder", "empty folder", "file", "link", "inside the backup"])
def test_restoring_goes_over_nothing(made: Made, tmp_path: Path, there: str) -> None:
    with made.opened() as vault:
        path = vault.back_up(tmp_path / "to").path
    to = tmp_path / "again"
    match there:
        case "folder":
            to = made.folder
        case "empty folder":
            to.mkdir()
        case "file":
            to.write_bytes(b"something")
        case "link":
            to.symlink_to(tmp_path / "nowhere")
        case _:
            to = path / "again"
    before = everything(tmp_path)
    with pytest.raises(VaultExists):
        restore(path, to, RecoveryKey.read(made.recovery_key))
    assert everything(tmp_path) == before


def test_restoring_from_what_is_no_backup_makes_nothing(made: Made, tmp_path: Path) -> None:
    (tmp_path / "holiday").mkdir()
    for source in (tmp_path / "nowhere", tmp_path / "holiday"):
        with pytest.raises(BadBackup):
            restore(source, tmp_path / "again", RecoveryKey.read(made.recovery_key))
    (made.folder / "caseload.db").unlink()
    with pytest.raises(BadBackup):
        restore(made.folder, tmp_path / "again", RecoveryKey.read(made.recovery_key))
    assert {each.name for each in tmp_path.iterdir()} == {"vault", "holiday"}


def test_a_backup_of_the_first_version_is_restored_as_it_was(tmp_path: Path) -> None:
    old = Path(__file__).with_name("versions") / "1"
    before = contents(old)
    assert restore(old, tmp_path / "again", Passphrase(PASSPHRASE)).in_vault == Counts(115, 3, 6)
    assert contents(old) == before
    with Vault.open(tmp_path / "again", PASSPHRASE) as vault:
        vault.verify()
        assert vault.back_up(tmp_path / "to").records == 115


def test_a_backup_of_a_later_version_is_left_alone(made: Made, tmp_path: Path) -> None:
    with made.opened() as vault:
        vault._store._connection.execute("PRAGMA user_version = 99")
        with pytest.raises(NewerVault):
            vault.back_up(tmp_path / "to")
    with pytest.raises(NewerVault):
        restore(made.folder, tmp_path / "again", RecoveryKey.read(made.recovery_key))
    assert not (tmp_path / "again").exists()


# Rotation


def a_year() -> list[datetime]:
    """Two backups a day, at nine and at five, over a year that ends on a Sunday."""
    last = datetime(2026, 11, 22, 17, tzinfo=UTC)
    return [last - timedelta(days=day, hours=8 * half) for day in range(365) for half in (0, 1)]


def test_rotation_over_a_year_keeps_what_it_promises() -> None:
    at: set[datetime] = set()
    for each in sorted(a_year()):
        at = kept(at | {each})
    days = [datetime(2026, 11, day, 17, tzinfo=UTC) for day in (22, 21, 20, 19, 18, 17, 16)]
    weeks = [datetime(2026, 11, day, 17, tzinfo=UTC) for day in (22, 15, 8, 1)]
    ends = ((10, 31), (9, 30), (8, 31), (7, 31), (6, 30))
    months = [datetime(2026, month, day, 17, tzinfo=UTC) for month, day in ends]
    newest_three = [datetime(2026, 11, day, hour, tzinfo=UTC) for day, hour in ((22, 17), (22, 9), (21, 17))]
    assert at == {*days, *weeks, *months, *newest_three}
    assert kept(a_year()) == at


def test_rotation_always_keeps_the_newest_three() -> None:
    times = [AT - timedelta(minutes=minute) for minute in range(10)]
    assert kept(times) == set(times[:3])
    assert kept([]) == set()


def test_time_without_backups_uses_up_nothing() -> None:
    """Whoever was away for a year finds on coming back what was kept before."""
    before = kept(a_year())
    back = datetime(2027, 11, 22, 9, tzinfo=UTC)
    stays = kept(before | {back})
    assert back in stays
    assert len(before - stays) <= 3


def test_rotation_removes_only_older_backups_of_its_own_vault(vault: Vault, tmp_path: Path) -> None:
    to = tmp_path / "to"
    for day in range(10):
        vault.back_up(to, AT - timedelta(days=30 + day))
    another = shutil.copytree(next(to.iterdir()), to / "backup-2026-10-01T000000.000Z")
    slots = key_file.read_key_file(vault.folder, vault._data_key)
    (another / "vault.keys").write_bytes(replace(slots, vault_id="0" * 32).to_bytes())
    (to / "photographs").mkdir()
    from_the_future = vault.back_up(to, AT + timedelta(days=3000))
    newest = vault.back_up(to, AT)
    gone = rotate(newest)
    left = {each.path for each in backups_in(to, vault.vault_id)}
    assert len(gone) == 4
    assert not any(each.exists() for each in gone)
    assert {newest.path, from_the_future.path} <= left
    assert len(left) == 8
    assert another.is_dir()
    assert (to / "photographs").is_dir()
    assert not list(to.glob(".*"))
    assert rotate(newest) == []


def test_a_clock_that_was_wrong_costs_no_backup(vault: Vault, tmp_path: Path) -> None:
    """Backups from the future neither go nor push out those of now."""
    later = [vault.back_up(tmp_path / "to", AT + timedelta(days=400 * number)).path for number in range(1, 9)]
    now = vault.back_up(tmp_path / "to", AT)
    assert rotate(now) == []
    assert {each.path for each in backups_in(tmp_path / "to")} == {now.path, *later}
