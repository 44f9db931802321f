"""Ledgers: records are added, never changed, and whatever is done to them from outside shows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from sqlite3 import Connection

import pytest
import sqlcipher3.dbapi2 as sqlcipher

from spr_desktop.records.case_document import read_case_document
from spr_desktop.vault.errors import DamagedVault, NewerVault, RecordConflict
from spr_desktop.vault.vault import Vault
from tests.vault.samples import EXAMPLES, ONE_CASE, OTHER_CASE, Made, note, person, record_id, summary

NEW_CASE = "ZZZZ-0000"


@contextmanager
def key_in_hand(made: Made) -> Iterator[Connection]:
    """The database as somebody sees it who has the key but not this program."""
    with made.opened() as vault, vault._store.writing() as connection:
        for (trigger,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {trigger}")
        yield connection


@pytest.mark.parametrize(
    "path",
    [each for each in sorted(EXAMPLES.glob("*.json")) if each.name != "expected.json"],
    ids=lambda path: path.stem,
)
def test_every_example_comes_back_as_it_was_kept(vault: Vault, path: Path) -> None:
    document = read_case_document(path.read_bytes(), written_at=datetime(2026, 11, 22, tzinfo=UTC), written_by=None)
    assert vault.append(document.case_ref, document.records, summary(document.case_ref)) == list(document.records)
    assert vault.records(document.case_ref, proven=True) == list(document.records)


def test_records_are_there_after_closing(made: Made) -> None:
    with made.opened() as vault:
        vault.append(NEW_CASE, [person(NEW_CASE, "c"), note(NEW_CASE, 0)], summary(NEW_CASE))
    with made.opened() as vault:
        assert vault.records(NEW_CASE) == [person(NEW_CASE, "c"), note(NEW_CASE, 0)]
        assert NEW_CASE in vault.case_refs()


def test_case_that_is_not_there_has_no_records(vault: Vault) -> None:
    assert vault.records(NEW_CASE) == []
    assert vault.records(NEW_CASE, proven=True) == []


def test_records_are_in_the_order_in_which_they_were_added(vault: Vault) -> None:
    added = [note(ONE_CASE, number) for number in (40, 20, 30)]
    vault.append(ONE_CASE, added[:1], summary(ONE_CASE))
    vault.append(ONE_CASE, added[1:], summary(ONE_CASE))
    assert vault.records(ONE_CASE)[-3:] == added


def test_record_that_is_there_already_is_skipped(vault: Vault) -> None:
    kept = vault.records(ONE_CASE)
    new = note(ONE_CASE, 60)
    assert vault.append(ONE_CASE, [kept[0], new, new, kept[3]], summary(ONE_CASE)) == [new]
    assert vault.append(ONE_CASE, [new], summary(ONE_CASE)) == []
    assert vault.records(ONE_CASE) == [*kept, new]
    vault.verify()


@pytest.mark.parametrize(
    "but",
    [
        {"recorded_by": "Somebody Else"},
        {"supersedes": (record_id("another"),)},
        {"recorded_at": datetime(2026, 11, 2, 10, 15, 0, 1, tzinfo=UTC)},
        {"body": person(ONE_CASE, "b").body},
    ],
    ids=str,
)
def test_known_id_with_other_content_is_refused_as_a_whole(vault: Vault, but: dict[str, object]) -> None:
    kept, rows = vault.records(ONE_CASE), vault.summaries()
    other = replace(kept[0], **but)  # type: ignore[arg-type]  # fields of several types
    with pytest.raises(RecordConflict) as refused:
        vault.append(ONE_CASE, [note(ONE_CASE, 60), other], summary(ONE_CASE, "Some New Name"))
    assert refused.value.record_id == kept[0].id
    assert refused.value.case_ref == ONE_CASE
    assert vault.records(ONE_CASE) == kept
    assert vault.summaries() == rows
    vault.verify()


def test_same_id_twice_with_other_content_is_refused(vault: Vault) -> None:
    with pytest.raises(RecordConflict):
        vault.append(NEW_CASE, [note(NEW_CASE, 0), replace(note(NEW_CASE, 0), recorded_by="x")], summary(NEW_CASE))
    assert vault.records(NEW_CASE) == []


def test_one_id_may_stand_in_two_ledgers(vault: Vault) -> None:
    record = vault.records(ONE_CASE)[0]
    assert vault.append(NEW_CASE, [record], summary(NEW_CASE)) == [record]


def test_several_cases_are_added_all_or_none(vault: Vault) -> None:
    kept = vault.records(OTHER_CASE)
    new = (NEW_CASE, [note(NEW_CASE, 0)], summary(NEW_CASE))
    conflicting = (OTHER_CASE, [replace(kept[0], recorded_by="x")], summary(OTHER_CASE))
    with pytest.raises(RecordConflict):
        vault.append_many([new, conflicting])
    assert vault.case_refs() == [OTHER_CASE, ONE_CASE]
    assert vault.append_many([new, (OTHER_CASE, kept, summary(OTHER_CASE)), new]) == {
        NEW_CASE: [note(NEW_CASE, 0)],
        OTHER_CASE: [],
    }
    vault.verify()


def test_summary_of_another_case_is_a_mistake(vault: Vault) -> None:
    with pytest.raises(ValueError, match="another case"):
        vault.append(ONE_CASE, [note(ONE_CASE, 60)], summary(OTHER_CASE))
    assert note(ONE_CASE, 60) not in vault.records(ONE_CASE)


def test_adding_is_in_the_activity_without_content(vault: Vault) -> None:
    vault.append(ONE_CASE, [note(ONE_CASE, 60), note(ONE_CASE, 61)], summary(ONE_CASE))
    before = vault.activity()
    vault.append(ONE_CASE, [note(ONE_CASE, 60)], summary(ONE_CASE))
    assert (before[-1].action, before[-1].case_ref, before[-1].detail) == ("records_added", ONE_CASE, "2")
    assert vault.activity() == before


def test_activity_is_numbered_and_timed(vault: Vault) -> None:
    started = datetime.now(UTC)
    vault.log("exported", ONE_CASE, "document 12")
    vault.log("looked")
    exported, looked = vault.activity()[-2:]
    assert looked.sequence == exported.sequence + 1
    assert (exported.action, exported.case_ref, exported.detail) == ("exported", ONE_CASE, "document 12")
    assert (looked.action, looked.case_ref, looked.detail) == ("looked", None, None)
    assert started <= exported.at <= looked.at <= datetime.now(UTC)


@pytest.mark.parametrize("table", ["record", "activity"])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {} SET hash = x'00'",
        "UPDATE {} SET case_ref = 'x' WHERE sequence = 1",
        "DELETE FROM {}",
        "DELETE FROM {} WHERE sequence = 1",
    ],
)
def test_database_itself_refuses_to_change_or_remove(vault: Vault, table: str, statement: str) -> None:
    with pytest.raises(sqlcipher.IntegrityError, match="only ever added"), vault._store.writing() as connection:
        connection.execute(statement.format(table))
    vault.verify()


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE record SET payload = replace(payload, 'Came', 'Went') WHERE sequence = 4",
        "UPDATE record SET recorded_by = 'Somebody Else' WHERE sequence = 4",
        "UPDATE record SET recorded_at = '2020-01-01T00:00:00Z' WHERE sequence = 4",
        "UPDATE record SET happened_on = '2020-01-01' WHERE sequence = 4",
        "UPDATE record SET supersedes = '[]' WHERE sequence = 4",
        "UPDATE record SET id = lower(id) || 'x' WHERE sequence = 4",
        "UPDATE record SET kind = 'person' WHERE sequence = 4",
        "UPDATE record SET sequence = 99 WHERE sequence = 4",
        "UPDATE record SET hash = zeroblob(32) WHERE sequence = 4",
        "UPDATE record SET previous_hash = zeroblob(32) WHERE sequence = 4",
        "DELETE FROM record WHERE sequence = 1",
        "DELETE FROM record WHERE sequence = 4",
        "DELETE FROM record WHERE sequence = 8",
        f"DELETE FROM record WHERE case_ref = '{ONE_CASE}'",
        "INSERT INTO record SELECT 99, 'x', case_ref, kind, happened_on, recorded_at, recorded_by, supersedes, payload,"
        f" hash, hash FROM record WHERE case_ref = '{ONE_CASE}' ORDER BY sequence DESC LIMIT 1",
        f"UPDATE record SET case_ref = '{OTHER_CASE}' WHERE sequence = 8",
        f"DELETE FROM chain WHERE name = '{ONE_CASE}'",
        f"UPDATE chain SET length = length - 1 WHERE name = '{ONE_CASE}'",
        f"UPDATE chain SET seal = (SELECT seal FROM chain WHERE name = '{OTHER_CASE}') WHERE name = '{ONE_CASE}'",
    ],
)
def test_tampering_with_a_ledger_is_noticed_before_it_is_exported(made: Made, tampering: str) -> None:
    with key_in_hand(made) as connection:
        assert connection.execute("SELECT case_ref FROM record WHERE sequence = 8").fetchone() == (ONE_CASE,)
        assert connection.execute(tampering).rowcount > 0
    with made.opened() as vault:
        with pytest.raises(DamagedVault):
            vault.records(ONE_CASE, proven=True)
        with pytest.raises(DamagedVault):
            vault.verify_ledgers()
        with pytest.raises(DamagedVault):
            vault.verify()


@pytest.mark.parametrize(
    "tampering",
    [
        (f"DELETE FROM record WHERE case_ref = '{OTHER_CASE}'", f"DELETE FROM chain WHERE name = '{OTHER_CASE}'"),
        (f"DELETE FROM record WHERE case_ref = '{ONE_CASE}'", f"DELETE FROM chain WHERE name = '{ONE_CASE}'"),
        ("DELETE FROM chain WHERE kind = 'all_records'",),
        ("DELETE FROM record", "DELETE FROM chain WHERE kind = 'ledger'"),
        ("UPDATE activity SET action = 'looked' WHERE sequence = 1",),
        ("UPDATE activity SET detail = NULL WHERE sequence = 2",),
        ("DELETE FROM activity WHERE sequence = 1",),
        ("DELETE FROM activity WHERE sequence = (SELECT max(sequence) FROM activity)",),
        ("DELETE FROM chain WHERE kind = 'activity'",),
        ("DELETE FROM activity", "DELETE FROM chain WHERE kind = 'activity'", "UPDATE chain SET length = 0"),
    ],
)
def test_tampering_with_the_whole_is_noticed(made: Made, tampering: tuple[str, ...]) -> None:
    with key_in_hand(made) as connection:
        for statement in tampering:
            assert connection.execute(statement).rowcount > 0
    with made.opened() as vault, pytest.raises(DamagedVault):
        vault.verify_ledgers()


def test_two_records_that_changed_places_are_noticed(made: Made) -> None:
    with key_in_hand(made) as connection:
        connection.execute("UPDATE record SET sequence = -4 WHERE sequence = 4")
        connection.execute("UPDATE record SET sequence = 4 WHERE sequence = 5")
        connection.execute("UPDATE record SET sequence = 5 WHERE sequence = -4")
    with made.opened() as vault, pytest.raises(DamagedVault):
        vault.records(ONE_CASE, proven=True)


def test_other_ledgers_can_be_read_beside_a_damaged_one(made: Made) -> None:
    with key_in_hand(made) as connection:
        connection.execute("DELETE FROM record WHERE sequence = 4")
    with made.opened() as vault:
        assert len(vault.records(OTHER_CASE, proven=True)) == 7


def test_nothing_is_added_to_a_ledger_whose_head_was_changed(made: Made) -> None:
    with key_in_hand(made) as connection:
        connection.execute(f"UPDATE chain SET head = zeroblob(32) WHERE name = '{ONE_CASE}'")
    with made.opened() as vault:
        with pytest.raises(DamagedVault):
            vault.append(ONE_CASE, [note(ONE_CASE, 60)], summary(ONE_CASE))
        assert note(ONE_CASE, 60) not in vault.records(ONE_CASE)


@pytest.mark.parametrize(
    ("tampering", "expected"),
    [
        ("UPDATE record SET kind = 'from_the_future' WHERE sequence = 4", NewerVault),
        ("UPDATE record SET payload = '{}' WHERE sequence = 4", DamagedVault),
        ("UPDATE record SET payload = 'no JSON' WHERE sequence = 4", DamagedVault),
        ("UPDATE record SET happened_on = 'soon' WHERE sequence = 4", DamagedVault),
    ],
)
def test_record_that_cannot_be_read_is_named_by_its_id_only(
    made: Made, tampering: str, expected: type[Exception]
) -> None:
    with key_in_hand(made) as connection:
        (id_,) = connection.execute("SELECT id FROM record WHERE sequence = 4").fetchone()
        connection.execute(tampering)
    with made.opened() as vault, pytest.raises(expected, match=id_):
        vault.records(ONE_CASE)


def test_settings_are_kept(made: Made) -> None:
    certificate = "-----BEGIN CERTIFICATE-----\n" + "MIIB" * 400 + "\n"
    with made.opened() as vault:
        assert vault.setting("certificate") is None
        vault.set_setting("certificate", "first")
        vault.set_setting("certificate", certificate)
        vault.set_setting("name", "Łukasz")
    with made.opened() as vault:
        assert vault.setting("certificate") == certificate
        assert vault.setting("name") == "Łukasz"
