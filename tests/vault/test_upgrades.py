"""Upgrades of the database: a whole step or none, and nothing is guessed about a newer one."""

from __future__ import annotations

import signal
from typing import Final

import pytest
import sqlcipher3.dbapi2 as sqlcipher

from spr_desktop.vault import store
from spr_desktop.vault.errors import NewerVault
from spr_desktop.vault.schema import STEPS
from spr_desktop.vault.upgrades import statements, upgrade
from spr_desktop.vault.vault import Vault
from tests.vault.samples import PASSPHRASE, Made, contents, finished

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
    before = contents(made.folder)
    with pytest.raises(NewerVault):
        Vault.open(made.folder, PASSPHRASE)
    assert contents(made.folder) == before


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
