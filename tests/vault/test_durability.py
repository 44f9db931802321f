"""What was acknowledged as saved is there, whatever happens next."""

from __future__ import annotations

import random
import signal
from dataclasses import replace
from typing import Final

import pytest

from spr_desktop.vault.errors import DamagedVault, MachineFault
from spr_desktop.vault.store import PAGE_BYTES
from spr_desktop.vault.vault import Vault
from tests.vault.samples import ONE_CASE, PASSPHRASE, Made, child, finished, note, summary

WRITING: Final = """
import sys
from pathlib import Path
from spr_desktop.vault.vault import Vault
from tests.vault.samples import ONE_CASE, note, summary

vault = Vault.open(Path(sys.argv[1]), sys.argv[2], checked_up_to=0)
for number in range(int(sys.argv[3]), 100_000, 2):
    vault.append(ONE_CASE, [note(ONE_CASE, number), note(ONE_CASE, number + 1)], summary(ONE_CASE, f"Name {number}"))
    print(number, flush=True)
"""

FILLING: Final = """
import resource, signal, sys
from pathlib import Path
from spr_desktop.vault.errors import MachineFault
from spr_desktop.vault.vault import Vault
from tests.vault.samples import ONE_CASE, note, summary

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
folder, room = Path(sys.argv[1]), int(sys.argv[3])
with Vault.open(folder, sys.argv[2]) as vault:
    vault.append(ONE_CASE, [note(ONE_CASE, 100)], summary(ONE_CASE))
    resource.setrlimit(resource.RLIMIT_FSIZE, ((folder / "caseload.db").stat().st_size + room, resource.RLIM_INFINITY))
    saved = 0
    try:
        for number in range(101, 200):
            vault.append(ONE_CASE, [note(ONE_CASE, number, "x" * 50_000)], summary(ONE_CASE))
            saved += 1
    except MachineFault:
        print(saved, flush=True)
    assert len(vault.records(ONE_CASE, proven=True)) == 9 + saved
    assert not vault.setting("large")
    try:
        vault.set_setting("large", "x" * 5_000_000)
    except MachineFault:
        print("refused", flush=True)
    vault.verify()
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    vault.append(ONE_CASE, [note(ONE_CASE, 200)], summary(ONE_CASE))
"""


def test_every_acknowledged_record_is_there_after_a_kill(made: Made) -> None:
    chosen = random.Random(20261122)
    first = 100
    for _ in range(15):
        with child(WRITING, made.folder, PASSPHRASE, first) as process:
            assert process.stdout is not None
            for _ in range(chosen.randrange(1, 12)):
                acknowledged = int(process.stdout.readline())
            process.kill()
            acknowledged = max([acknowledged, *map(int, process.stdout.read().split())])
        assert process.returncode == -signal.SIGKILL
        with made.opened() as vault:
            kept = vault.records(ONE_CASE, proven=True)
            expected = [note(ONE_CASE, number) for number in range(first, acknowledged + 2)]
            assert [each for each in kept if each in expected] == expected
            assert len(kept) % 2 == 0, "half of what was saved together is there"
            vault.verify()
            first = 100 + len(kept)


@pytest.mark.parametrize("room", [0, 4096, 100_000, 400_000])
def test_full_disk_is_said_and_loses_nothing(made: Made, room: int) -> None:
    ended = finished(FILLING, made.folder, PASSPHRASE, room)
    assert ended.returncode == 0, ended.stderr
    saved, refused = ended.stdout.split()
    assert refused == "refused"
    with Vault.open(made.folder, PASSPHRASE) as vault:
        kept = vault.records(ONE_CASE, proven=True)
        assert kept[8] == note(ONE_CASE, 100)
        assert kept[-1] == note(ONE_CASE, 200)
        assert len(kept) == 10 + int(saved)
        vault.verify()


def test_save_that_could_not_be_tidied_away_is_still_a_save(made: Made) -> None:
    """Another reader keeps the write-ahead log from being emptied; what was saved counts all the same."""
    with made.opened() as vault, vault.for_background() as reader:
        with reader._store.reading() as connection:
            connection.execute("SELECT count(*) FROM record").fetchone()
            vault.append(ONE_CASE, [note(ONE_CASE, 60)], summary(ONE_CASE))
            assert (made.folder / "caseload.db-wal").stat().st_size > 0
        vault.append(ONE_CASE, [note(ONE_CASE, 61)], summary(ONE_CASE))
        assert (made.folder / "caseload.db-wal").stat().st_size == 0
    with made.opened() as vault:
        assert vault.records(ONE_CASE)[-2:] == [note(ONE_CASE, 60), note(ONE_CASE, 61)]


def test_every_save_ends_in_the_one_file(made: Made) -> None:
    with made.opened() as vault:
        vault.append(ONE_CASE, [note(ONE_CASE, 60)], summary(ONE_CASE))
        assert (made.folder / "caseload.db-wal").stat().st_size == 0
        copied = made.database.read_bytes()
    made.database.write_bytes(copied)
    with made.opened() as vault:
        assert vault.records(ONE_CASE)[-1] == note(ONE_CASE, 60)


def test_closed_vault_is_one_database_file(made: Made) -> None:
    with made.opened() as vault:
        vault.log("looked")
    assert [path.name for path in made.folder.glob("caseload.db*")] == ["caseload.db"]


def test_failed_block_changes_nothing(vault: Vault) -> None:
    before = vault.records(ONE_CASE), vault.summaries(), vault.activity()
    whole = (ONE_CASE, [note(ONE_CASE, 60)], summary(ONE_CASE, "Somebody New"))
    unreadable = (ONE_CASE, [note(ONE_CASE, 61, "half a character: \ud800")], summary(ONE_CASE))
    with pytest.raises(ValueError, match="half a character") as refused:
        vault.append_many([whole, unreadable])
    assert "half a character: " not in repr(refused.value)
    assert (vault.records(ONE_CASE), vault.summaries(), vault.activity()) == before


def test_opening_is_possible_although_it_cannot_be_logged(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise MachineFault("the disk is full")

    monkeypatch.setattr(Vault, "log", full)
    with Vault.open(made.folder, PASSPHRASE) as vault:
        assert vault.records(ONE_CASE)
        vault.keys.set_passphrase("a third one for good")
        assert vault.keys.prove_passphrase("a third one for good")


def test_rows_of_many_cases_are_kept_in_one_go(vault: Vault) -> None:
    refs = [f"{number:04d}-0000" for number in range(300)]
    added = vault.append_many((ref, [note(ref, 0)], summary(ref, f"Name{number}")) for number, ref in enumerate(refs))
    assert list(added) == refs
    assert len(vault.summaries()) == 302
    vault.put_summaries(replace(each, urgent=True) for each in vault.summaries())
    assert all(each.urgent for each in vault.summaries())
    vault.verify()


def test_vault_that_grows_while_it_is_measured_is_not_damaged(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    with made.opened() as vault, vault.for_background() as other:
        measure = other._store.size

        def grow_and_measure() -> int:
            vault.set_setting("large", "x" * 500_000)
            return measure()

        monkeypatch.setattr(other._store, "size", grow_and_measure)
        other._store._check_size()
        monkeypatch.setattr(other._store, "size", lambda: measure() + PAGE_BYTES)
        with pytest.raises(DamagedVault):
            other._store._check_size()
