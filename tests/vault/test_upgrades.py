"""Upgrades of the database: a whole step or none, and nothing is guessed about a newer one."""

from __future__ import annotations

import errno
import os
import shutil
import signal
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest
import sqlcipher3.dbapi2 as sqlcipher

from spr_desktop.vault import store
from spr_desktop.vault.backups import backups_in
from spr_desktop.vault.errors import DamagedVault, NewerVault, NoBackupBeforeUpgrade
from spr_desktop.vault.recovery_key import RecoveryKey
from spr_desktop.vault.restoring import restore
from spr_desktop.vault.schema import STEPS
from spr_desktop.vault.upgrades import statements, upgrade
from spr_desktop.vault.vault import Vault
from tests.vault.samples import PASSPHRASE, Made, finished
from tests.vault.test_damage import flip

ADDS: Final = """
CREATE TABLE extra (value TEXT);
INSERT INTO extra VALUES ('a;b');
CREATE TRIGGER extra_is_kept BEFORE DELETE ON extra
BEGIN
    SELECT RAISE(ABORT, 'kept; for ever');
END;
"""
FAILS: Final = ADDS + "ALTER TABLE record ADD COLUMN note TEXT;\nINSERT INTO nowhere VALUES (1);\n"

KILLED: Final = """
import os, signal, sys
from pathlib import Path
import spr_desktop.vault.store as store
from spr_desktop.vault import upgrades
from spr_desktop.vault.vault import Vault

split = upgrades.statements

def killing(step):
    for number, statement in enumerate(split(step), start=1):
        yield statement
        if number == int(sys.argv[4]):
            os.kill(os.getpid(), signal.SIGKILL)

upgrades.statements = killing
store.STEPS = (*store.STEPS, sys.argv[3])
Vault.open(Path(sys.argv[1]), sys.argv[2])
"""


def tables(vault: Vault) -> list[str]:
    with vault._store.reading() as connection:
        return [name for (name,) in connection.execute("SELECT name FROM sqlite_schema ORDER BY name")]


def version(vault: Vault) -> int:
    with vault._store.reading() as connection:
        number: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return number


def test_step_is_run_once_and_keeps_the_records(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    with made.opened() as vault:
        expected = [vault.records(case_ref) for case_ref in vault.case_refs()]
    monkeypatch.setattr(store, "STEPS", (*STEPS, ADDS))
    for _ in range(2):
        with made.opened() as vault:
            assert version(vault) == len(STEPS) + 1
            assert {"extra", "extra_is_kept"} <= set(tables(vault))
            assert [vault.records(case_ref) for case_ref in vault.case_refs()] == expected
            vault.verify()


def test_step_that_fails_leaves_the_version_before(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    with made.opened() as vault:
        before = tables(vault)
    monkeypatch.setattr(store, "STEPS", (*STEPS, FAILS))
    with pytest.raises(sqlcipher.OperationalError, match="nowhere"):
        made.opened()
    monkeypatch.setattr(store, "STEPS", STEPS)
    with made.opened() as vault:
        assert tables(vault) == before
        assert version(vault) == len(STEPS)
        vault.verify()


def test_steps_before_the_one_that_fails_stay(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "STEPS", (*STEPS, ADDS, "CREATE TABLE extra (value TEXT);"))
    with pytest.raises(sqlcipher.OperationalError, match="already exists"):
        made.opened()
    monkeypatch.setattr(store, "STEPS", (*STEPS, ADDS))
    with made.opened() as vault:
        assert version(vault) == len(STEPS) + 1


@pytest.mark.parametrize("after", [1, 2, 3])
def test_killed_step_leaves_the_version_before(made: Made, after: int) -> None:
    with made.opened() as vault:
        before = tables(vault)
    ended = finished(KILLED, made.folder, PASSPHRASE, ADDS, after)
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    with made.opened() as vault:
        assert tables(vault) == before
        assert version(vault) == len(STEPS)
        vault.verify()


def test_newer_database_is_refused_and_left_alone(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "STEPS", (*STEPS, ADDS))
    made.opened().close()
    monkeypatch.setattr(store, "STEPS", STEPS)
    before = files_of(made)
    with pytest.raises(NewerVault):
        Vault.open(made.folder, PASSPHRASE)
    assert files_of(made) == before


def test_first_version_is_made_by_the_same_steps() -> None:
    connection = sqlcipher.connect(":memory:", isolation_level=None)
    upgrade(connection, STEPS)
    names = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    assert {"record", "activity", "chain", "case_summary", "person_search", "setting", "meta"} <= names
    connection.close()


def test_statements_end_where_sqlite_says() -> None:
    assert [each.split()[1] for each in statements(ADDS)] == ["TABLE", "INTO", "TRIGGER"]
    assert list(statements("")) == []


def test_statement_without_an_end_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="no end"):
        list(statements("CREATE TABLE extra (value TEXT)"))


# The backup before


KILLED_AT_EVENT = """
import os, signal, sys
from pathlib import Path
import spr_desktop.vault.store as store
from spr_desktop.vault.vault import Vault
from tests.vault.samples import Made

made = Made(Path(sys.argv[1]), sys.argv[2])
unlocked = made.unlocked()
store.STEPS = (*store.STEPS, sys.argv[3])
seen, last = 0, int(sys.argv[4])

def count(event, arguments):
    global seen
    if event.split(".")[0] in ("open", "os", "shutil") and any(str(made.folder) in str(each) for each in arguments):
        seen += 1
        if seen == last:
            os.kill(os.getpid(), signal.SIGKILL)

fsync = os.fsync
def counted(handle):
    count("os.fsync", [made.folder])
    fsync(handle)

os.fsync = counted
sys.addaudithook(count)
Vault(made.folder, unlocked, None).close()
print(seen)
"""


def opened_as_it_is(made: Made) -> Vault:
    """The vault, whatever its version is, and not upgraded."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(store, "STEPS", (*STEPS, ADDS))
        patched.setattr(store, "upgrade", lambda *_: None)
        patched.setattr("spr_desktop.vault.open_vault.back_up_before_upgrade", lambda *_: None)
        return made.opened()


def files_of(made: Made) -> dict[str, bytes]:
    """Every file of a vault but its backups."""
    return {path.name: path.read_bytes() for path in sorted(made.folder.iterdir()) if path.is_file()}


def backups_of(made: Made) -> list[Path]:
    return [each.path for each in backups_in(made.folder / "backups")]


def test_an_upgrade_begins_with_a_backup_of_the_version_before(
    made: Made, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with made.opened() as vault:
        expected = [vault.records(case_ref) for case_ref in vault.case_refs()]
    assert backups_of(made) == []
    monkeypatch.setattr(store, "STEPS", (*STEPS, ADDS))
    for _ in range(2):
        made.opened().close()
    (backup,) = backups_of(made)
    monkeypatch.setattr(store, "STEPS", STEPS)
    restore(backup, tmp_path / "again", RecoveryKey.read(made.recovery_key))
    with Made(tmp_path / "again", made.recovery_key).opened() as vault:
        assert "extra" not in tables(vault)
        assert [vault.records(case_ref) for case_ref in vault.case_refs()] == expected


def test_a_vault_of_this_version_is_not_backed_up_on_opening(made: Made) -> None:
    made.opened().close()
    assert not (made.folder / "backups").exists()


@pytest.mark.parametrize("fault", [errno.ENOSPC, errno.EACCES])
def test_without_room_for_the_backup_nothing_is_upgraded(
    made: Made, monkeypatch: pytest.MonkeyPatch, fault: int
) -> None:
    def fails(*_: object) -> None:
        raise OSError(fault, os.strerror(fault))

    before = files_of(made)
    monkeypatch.setattr(store, "STEPS", (*STEPS, ADDS))
    with monkeypatch.context() as patched:
        patched.setattr("spr_desktop.vault.backups.sync_file", fails)
        with pytest.raises(NoBackupBeforeUpgrade):
            made.opened()
    assert files_of(made) == before
    assert backups_of(made) == []
    assert not (made.folder / "backups").exists()
    with made.opened() as vault:
        assert version(vault) == len(STEPS) + 1


def test_a_damaged_vault_is_not_upgraded_and_called_damaged(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    flip(made.database, made.database.stat().st_size - 2000)
    before = files_of(made)
    monkeypatch.setattr(store, "STEPS", (*STEPS, ADDS))
    with pytest.raises(DamagedVault):
        made.opened()
    assert files_of(made) == before
    assert backups_of(made) == []


def test_a_kill_at_any_point_leaves_the_old_version_or_the_new_and_no_half_of_a_backup(
    made_once: Made, tmp_path: Path
) -> None:
    def after(kill: int) -> tuple[int, Made, str]:
        folder = tmp_path / str(kill)
        shutil.copytree(made_once.folder, folder)
        made = replace(made_once, folder=folder)
        ended = finished(KILLED_AT_EVENT, folder, made.recovery_key, ADDS, kill)
        return ended.returncode, made, ended.stdout + ended.stderr

    code, _, said = after(0)
    assert code == 0, said
    events = int(said)
    assert events > 15, "the backup is made of many steps"
    found = set()
    for kill in range(1, events + 1):
        code, made, said = after(kill)
        assert code == -signal.SIGKILL, said
        backups = backups_of(made)
        with opened_as_it_is(made) as vault:
            at_version = version(vault)
            vault.verify()
            for each in backups:
                assert vault.verify_backup(each).records == vault.count_records()
        assert at_version == len(STEPS) or backups, "it was upgraded without a backup"
        found.add((at_version, len(backups)))
        shutil.rmtree(made.folder)
    assert (len(STEPS), 0) in found
    assert (len(STEPS), 1) in found
