"""Disposal: nothing of a case stays but hashes, every chain stays whole, and no other case is touched."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spr_desktop.records.record import now
from spr_desktop.vault import ledger
from spr_desktop.vault.activity import CLOCK_WENT_BACK
from spr_desktop.vault.disposal import DISPOSED, Hold, Order
from spr_desktop.vault.errors import DamagedVault, DisposedCase
from spr_desktop.vault.vault import Vault
from tests.vault.raw_pages import raw_pages
from tests.vault.samples import NAMES, ONE_CASE, OTHER_CASE, Made, finished, note, person, record_id, summary

AT: Final = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
ORDER: Final = Order(certificate="D-1", reason="past_retention", by="J. Outreach", at=AT)
MARK: Final = "zmarked"
"""It stands in every text of one case."""
MARKED: Final = "MRKD-0001"
REFS: Final = ("AAAA-0001", "BBBB-0002", "CCCC-0003", "DDDD-0004")


def marked_case(vault: Vault) -> None:
    """A case in which every text, and everything that is worked out from it, has a mark."""
    marked = person(MARKED, "a", given_names=f"{MARK}given", family_name=f"{MARK}family")
    marked = replace(marked, recorded_by=f"{MARK}recorder")
    notes = [note(MARKED, number, f"{MARK}text {number} " + "x" * 3000) for number in range(12)]
    row = summary(MARKED, f"{MARK}given {MARK}family", next_step=f"{MARK}step")
    vault.append(MARKED, [marked, *notes], row)
    again = replace(row, names=(f"{MARK}renamed",))
    vault.put_summaries([again])
    vault.keep_draft(f"{MARKED}/note", f"{MARK}draft " * 2000)
    vault.keep_draft("here", f"{MARK}place")
    vault.set_setting("saved_filters", f"{MARK}filter")


def execute(vault: Vault, statement: str, *values: Any) -> None:
    with vault._store.writing() as connection:
        connection.execute(statement, values)


def free_pages(vault: Vault) -> int:
    with vault._store.reading() as connection:
        return int(connection.execute("PRAGMA freelist_count").fetchone()[0])


def rows_of(vault: Vault, case_ref: str) -> list[Any]:
    """Everything that is kept of a case, as it stands in the tables."""
    with vault._store.reading() as connection:
        return [
            connection.execute(f"SELECT * FROM {table} WHERE {column} = ? ORDER BY 1, 2, 3", (case_ref,)).fetchall()
            for table, column in (
                ("record", "case_ref"),
                ("case_summary", "case_ref"),
                ("due", "case_ref"),
                ("chain", "name"),
            )
        ]


def test_a_case_is_gone_and_the_rest_is_as_it_was(vault: Vault) -> None:
    before = rows_of(vault, OTHER_CASE)
    disposed = vault.dispose(ONE_CASE, ORDER)
    assert (disposed.records, disposed.documents) == (8, 0)
    assert (disposed.first_on, disposed.last_on) == (date(2026, 11, 2), date(2026, 11, 3))
    assert vault.disposals() == [disposed]
    assert vault.case_refs() == [OTHER_CASE]
    assert vault.records(ONE_CASE, proven=True) == []
    assert vault.count_records() == 7
    assert [each.case_ref for each in vault.summaries()] == [OTHER_CASE]
    assert vault.count("neil") == 0
    assert vault.stale_summaries(date(2030, 1, 1)) == []
    assert rows_of(vault, OTHER_CASE) == before
    vault.verify()
    last = vault.activity()[-1]
    assert (last.action, last.case_ref, last.detail) == (DISPOSED, ONE_CASE, "D-1 past_retention 8")


def test_no_mark_is_left_in_any_page(made: Made) -> None:
    with made.opened() as vault:
        marked_case(vault)
        others = [rows_of(vault, each) for each in (ONE_CASE, OTHER_CASE)]
        assert raw_pages(made.database, made.unlocked()).count(MARK.encode()) > 12
        order = replace(ORDER, drafts=("here",), settings={"saved_filters": "{}"})
        vault.dispose(MARKED, order)
        vault.rebuild()
        pages = raw_pages(made.database, made.unlocked())
        assert MARK.encode() not in pages.lower()
        assert NAMES["c"][0].encode() in pages
        assert record_id(MARKED, "a").encode() not in pages
        assert [rows_of(vault, each) for each in (ONE_CASE, OTHER_CASE)] == others
        vault.verify()
    assert MARK.encode() not in raw_pages(made.database, made.unlocked()).lower()


def test_the_search_is_read_for_marks_as_well(made: Made) -> None:
    """FTS5 keeps words in blocks of its own, where a beginning that words have in common stands once."""
    with made.opened() as vault:
        marked_case(vault)
        vault.dispose(MARKED, ORDER)
        vault.rebuild()
        with vault._store.reading() as connection:
            blocks = connection.execute("SELECT block FROM person_search_data").fetchall()
            names = connection.execute("SELECT c0 FROM person_search_content").fetchall()
    assert not any(MARK.encode() in block.lower() or b"renamed" in block for (block,) in blocks)
    assert not any(MARK in words for (words,) in names)


def test_rebuilding_is_due_until_it_is_done(vault: Vault) -> None:
    marked_case(vault)
    assert vault.is_rebuilt()
    vault.dispose(MARKED, ORDER)
    assert not vault.is_rebuilt()
    assert free_pages(vault) > 0
    vault.rebuild()
    assert vault.is_rebuilt()
    assert free_pages(vault) == 0
    with pytest.raises(sqlcipher.DatabaseError, match="authorized"), vault._store.reading() as connection:
        connection.execute("ATTACH DATABASE 'somewhere' AS other")


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM record",
        f"DELETE FROM record WHERE case_ref = '{ONE_CASE}'",
        "UPDATE record SET payload = '{}'",
        "UPDATE gap SET hash = x'00'",
        "DELETE FROM gap",
        "UPDATE disposal SET reason = 'other'",
        "DELETE FROM disposal",
        "INSERT INTO gap SELECT sequence, case_ref, previous_hash, hash FROM record",
        "INSERT INTO gap VALUES (999, 'MRKD-0001', x'00', x'00')",
        "INSERT INTO gap SELECT sequence, 'MRKD-0001', previous_hash, hash FROM record",
        "INSERT OR REPLACE INTO gap SELECT sequence, case_ref, previous_hash, x'00' FROM gap",
        "INSERT INTO record SELECT 999, 'x', 'MRKD-0001', kind, happened_on, recorded_at, recorded_by, supersedes,"
        " payload, previous_hash, hash FROM record WHERE sequence = 1",
    ],
)
def test_nothing_but_a_disposal_removes_a_record(vault: Vault, statement: str) -> None:
    marked_case(vault)
    vault.dispose(MARKED, ORDER)
    with pytest.raises(sqlcipher.IntegrityError):
        execute(vault, statement)
    vault.verify()


def test_a_held_case_is_not_disposed_of(vault: Vault) -> None:
    hold = Hold(
        case_ref=ONE_CASE,
        reason="court",
        review_on=date(2027, 5, 1),
        placed_on=date(2026, 11, 22),
        placed_by="J. Outreach",
    )
    vault.keep_hold(hold)
    assert vault.holds() == {ONE_CASE: hold}
    with pytest.raises(sqlcipher.IntegrityError, match="held"):
        vault.dispose(ONE_CASE, ORDER)
    assert vault.count_records() == 15
    vault.release_hold(ONE_CASE)
    assert vault.holds() == {}
    vault.dispose(ONE_CASE, ORDER)
    noted = [each.action for each in vault.activity() if each.action != CLOCK_WENT_BACK]  # the order is of an hour ago
    assert noted[-3:] == ["case_held", "case_released", DISPOSED]


def test_a_case_that_is_not_there_cannot_be_disposed_of(vault: Vault) -> None:
    with pytest.raises(KeyError):
        vault.dispose(MARKED, ORDER)
    vault.dispose(ONE_CASE, ORDER)
    with pytest.raises(KeyError):
        vault.dispose(ONE_CASE, ORDER)
    assert len(vault.disposals()) == 1


def test_a_copy_is_not_taken_back(vault: Vault) -> None:
    records = vault.records(ONE_CASE)
    vault.dispose(ONE_CASE, ORDER)
    with pytest.raises(DisposedCase) as told:
        vault.append_many(
            [
                (OTHER_CASE, [note(OTHER_CASE, 77)], summary(OTHER_CASE, "Siân Example")),
                (ONE_CASE, records, summary(ONE_CASE, "Łukasz")),
            ]
        )
    assert told.value.disposed_on == date(2026, 11, 22)
    assert vault.count_records() == 7
    vault.verify()


def test_a_damaged_chain_is_not_covered_up(made: Made) -> None:
    with made.opened() as vault:
        execute(vault, "DROP TRIGGER record_is_never_changed")
        execute(vault, "UPDATE record SET recorded_by = 'somebody' WHERE case_ref = ?", ONE_CASE)
        with pytest.raises(DamagedVault):
            vault.dispose(ONE_CASE, ORDER)
        assert vault.disposals() == []


@pytest.mark.parametrize(
    "changes",
    [
        ["DROP TRIGGER gap_is_never_removed", "DELETE FROM gap WHERE sequence = 3"],
        ["DROP TRIGGER gap_is_never_removed", "DELETE FROM gap WHERE sequence = 8"],
        ["DROP TRIGGER gap_is_never_removed", "DELETE FROM gap"],
        ["DROP TRIGGER gap_is_never_changed", "UPDATE gap SET hash = x'11' WHERE sequence = 3"],
        ["DROP TRIGGER gap_is_never_changed", "UPDATE gap SET case_ref = 'B2CD-4EFG' WHERE sequence = 8"],
        ["DROP TRIGGER disposal_is_never_removed", "DELETE FROM disposal"],
        ["DROP TRIGGER disposal_is_never_changed", "UPDATE disposal SET records = 7"],
        ["INSERT INTO disposal SELECT 'B2CD-4EFG', 'D-2', disposed_at, disposed_by, reason, 7, documents, first_on,"
         " last_on, program FROM disposal",
         "INSERT INTO gap SELECT sequence, case_ref, previous_hash, hash FROM record"],
    ],
)  # fmt: skip
def test_a_changed_gap_is_found(vault: Vault, changes: list[str]) -> None:
    vault.dispose(ONE_CASE, ORDER)
    for statement in changes:
        execute(vault, statement)
    with pytest.raises(DamagedVault):
        vault.verify_ledgers()


def test_heads_are_those_of_the_chains(vault: Vault) -> None:
    with vault._store.reading() as connection:
        before = vault._chains.head(connection, "ledger", ONE_CASE), vault._chains.head(connection, "all_records")
        activity = vault._chains.head(connection, "activity")
    vault.dispose(ONE_CASE, replace(ORDER, at=now()))
    heads = vault.heads_of("D-1")
    assert heads.ledgers == {ONE_CASE: before[0].hash.hex()}
    assert heads.all_records == before[1].hash.hex()
    assert heads.activity_before == activity.hash.hex()
    with vault._store.reading() as connection:
        assert heads.activity_after == vault._chains.head(connection, "activity").hash.hex()


@pytest.fixture(scope="module")
def four_cases(made_once: Made, tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("four") / "vault"
    shutil.copytree(made_once.folder, folder)
    made = replace(made_once, folder=folder)
    with made.opened() as vault:
        for number in range(3):  # so that their records stand between each other
            for each in REFS:
                records = [person(each, "c"), *(note(each, text) for text in range(number, number + 2))]
                vault.append(each, records, summary(each, f"Example {each}"))
    return made


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(gone=st.sets(st.sampled_from((ONE_CASE, OTHER_CASE, *REFS))), is_added_after=st.booleans())
def test_any_subset_may_go(four_cases: Made, tmp_path: Path, gone: set[str], is_added_after: bool) -> None:
    folder = tmp_path / "vault"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(four_cases.folder, folder)
    made = replace(four_cases, folder=folder)
    every = {ONE_CASE, OTHER_CASE, *REFS}
    with made.opened() as vault:
        before = {each: rows_of(vault, each) for each in every}
        for each in sorted(gone):
            vault.dispose(each, ORDER)
        vault.rebuild()
        assert {each: rows_of(vault, each) for each in every - gone} == {each: before[each] for each in every - gone}
        if is_added_after:
            vault.append("EEEE-0005", [person("EEEE-0005", "c")], summary("EEEE-0005", "New"))
        vault.verify()
        assert set(vault.case_refs()) - {"EEEE-0005"} == every - gone
    with made.opened() as vault:
        vault.verify()


KILLED: Final = """
import os, signal, sys
from pathlib import Path
from spr_desktop.vault.vault import Vault
from tests.vault import samples, test_disposal
from spr_desktop.vault.key_file import unlock_key_file
from spr_desktop.vault.recovery_key import RecoveryKey

made = samples.Made(Path(sys.argv[1]), sys.argv[2])
vault = made.opened()
left = int(sys.argv[3])

def progress(*_):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return 0

vault._store._connection.set_progress_handler(progress, 25)
vault.dispose(samples.ONE_CASE, test_disposal.ORDER)
vault.rebuild()
vault._store._connection.set_progress_handler(None, 0)
print("done")
"""


def test_killed_anywhere_a_case_is_whole_or_gone(made_once: Made, tmp_path: Path) -> None:
    """Killed after every so many steps of SQLite, from the first to the end of the rebuilding."""
    states: list[str] = []
    steps = 1
    while True:
        folder = tmp_path / f"vault-{steps}"
        shutil.copytree(made_once.folder, folder)
        made = replace(made_once, folder=folder)
        ended = finished(KILLED, folder, made.recovery_key, steps)
        if ended.returncode == 0:
            break
        assert ended.returncode == -signal.SIGKILL, ended.stderr
        with made.opened() as vault:
            vault.verify()
            with vault._store.reading() as connection:
                refs = ledger.case_refs(connection)
            assert OTHER_CASE in refs
            if ONE_CASE in refs:
                assert len(vault.records(ONE_CASE, proven=True)) == 8
                assert vault.disposals() == []
                assert vault.count("neil") == 1
                states.append("whole")
            else:
                assert vault.count("neil") == 0
                assert not vault.is_rebuilt()
                states.append("gone")
                vault.rebuild()
                pages = raw_pages(made.database, made.unlocked())
                assert b"O'Neil" not in pages
        shutil.rmtree(folder)
        steps = steps + 4 if steps < 40 else int(steps * 1.4)
    assert states == sorted(states, reverse=True)
    assert {"whole", "gone"} == set(states)


@pytest.mark.parametrize("work", [lambda vault: vault.dispose(ONE_CASE, ORDER)])
def test_a_disk_that_fails_leaves_the_case_whole(
    made: Made, monkeypatch: pytest.MonkeyPatch, work: Callable[[Vault], object]
) -> None:
    from spr_desktop.vault import activity

    def fails(*_: object) -> None:
        raise OSError("the disk is full")

    with made.opened() as vault:
        before = rows_of(vault, ONE_CASE)
        monkeypatch.setattr(activity, "add_activity", fails)
        with pytest.raises(OSError, match="full"):
            work(vault)
        assert rows_of(vault, ONE_CASE) == before
        vault.verify()
