"""Saving what can be read of a damaged vault: what is saved is as it was, everything else is listed, nothing is new."""

from __future__ import annotations

import os
import random
import shutil
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from spr_desktop.casework.backing_up import back_up
from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.refreshing import work_out
from spr_desktop.casework.salvaging import lost_of_nobody_known, lost_records, newest_backup, salvage
from spr_desktop.records.record import AnyRecord, Record
from spr_desktop.records.values import When
from spr_desktop.records.work import Note, NoteBlock
from spr_desktop.vault.disposal import Order
from spr_desktop.vault.errors import BadBackup, DamagedVault, NotAVault, VaultExists, WrongSecret
from spr_desktop.vault.keys import LEAST_COST
from spr_desktop.vault.passphrase import Passphrase
from spr_desktop.vault.recovery_key import RecoveryKey
from spr_desktop.vault.salvage import Readable, read_damaged
from spr_desktop.vault.vault import Vault
from tests.vaults import PASSPHRASE, PRACTITIONER

PAGE = 4096
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
MANY = 300


@dataclass(frozen=True, slots=True)
class Written:
    """A vault of some hundred records, closed, with what is in it."""

    folder: Path
    recovery_key: str
    records: dict[str, list[AnyRecord]]

    @property
    def database(self) -> Path:
        return self.folder / "caseload.db"

    def read(self, backup: Path | None = None) -> Readable:
        """What can be read, without the time that the passphrase takes."""
        return read_damaged(self.folder, RecoveryKey.read(self.recovery_key), backup)


def note(chosen: random.Random, number: int) -> AnyRecord:
    """A note; one in twenty is longer than a page."""
    words = " ".join(f"{chosen.randrange(10**9)} says żółw" for _ in range(600 if number % 20 == 0 else 20))
    return Record(
        id=str(uuid.UUID(int=chosen.getrandbits(128))),
        happened_on=When(date(2026, 11, 1 + number % 20)),
        recorded_at=NOON,
        recorded_by="J. Outreach" if number % 3 else None,
        body=Note(type="visit", blocks=(NoteBlock(type="fact", text=words),)),
    )


@pytest.fixture(scope="session")
def written_once(tmp_path_factory: pytest.TempPathFactory) -> Written:
    folder = tmp_path_factory.mktemp("damaged") / "vault"
    vault, recovery_key = Vault.create(folder, PASSPHRASE, cost=LEAST_COST)
    chosen = random.Random(5)
    records: dict[str, list[AnyRecord]] = {f"CASE-{number:04}": [] for number in range(12)}
    with Caseload(vault) as caseload:
        caseload.set_practitioner(PRACTITIONER)
        for number in range(MANY):
            case_ref = f"CASE-{number * 7 % 12:04}"
            records[case_ref].append(note(chosen, number))
            vault.append(case_ref, records[case_ref][-1:], work_out(case_ref, records[case_ref], date.today()))
            if number == 200:
                back_up(vault, NOON)
        vault.keep_draft("a form", '{"typed": "half a note"}')
    return Written(folder, recovery_key, records)


@pytest.fixture
def written(written_once: Written, tmp_path: Path) -> Written:
    return replace(written_once, folder=Path(shutil.copytree(written_once.folder, tmp_path / "vault")))


def overwrite(path: Path, place: int, data: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(place)
        file.write(data)


def damage(path: Path, chosen: random.Random) -> None:
    """Flip bits in pages, wipe pages, swap two, or cut the file short."""
    size = path.stat().st_size
    pages = [chosen.randrange(size // PAGE) for _ in range(chosen.randint(1, 12))]
    how = chosen.choice(("flip", "wipe", "swap", "cut", "junk"))
    whole = path.read_bytes()
    if how == "cut":
        os.truncate(path, chosen.randrange(size))
        return
    for one in pages:
        at = one * PAGE
        if how == "flip":
            place = at + chosen.randrange(PAGE)
            overwrite(path, place, bytes([whole[place] ^ (1 << chosen.randrange(8))]))
        elif how == "wipe":
            overwrite(path, at, bytes(PAGE))
        elif how == "junk":
            overwrite(path, at, chosen.randbytes(PAGE))
        else:
            other = chosen.choice(pages) * PAGE
            overwrite(path, at, whole[other : other + PAGE])


def assert_true(written: Written, found: Readable) -> None:
    """What was saved is as it was, in its order; everything else is listed; nothing is twice or new."""
    saved = {record.id for records in found.records.values() for record in records}
    for case_ref, records in found.records.items():
        assert list(records) == [each for each in written.records[case_ref] if each.id in saved]
    lost = [each.id for records in written.records.values() for each in records if each.id not in saved]
    named = [id_ for each in found.lost for id_ in each.record_ids]
    assert set(named) <= set(lost)
    assert len(named) == len(set(named))
    if found.is_end_known:
        assert found.lost_count == len(lost)
    assert found.lost_count <= len(lost)
    for each in found.lost:
        if each.case_ref:
            assert each.count <= sum(one.id in lost for one in written.records[each.case_ref])


# Random damage


def test_a_whole_vault_gives_everything(written: Written) -> None:
    found = written.read()
    assert {case_ref: list(each) for case_ref, each in found.records.items()} == written.records
    assert (found.lost, found.damaged_pages, found.is_end_known) == ((), 0, True)
    with Vault.open(written.folder, PASSPHRASE) as vault:
        assert [(each.at, each.action, each.case_ref, each.detail) for each in found.activity] == [
            (each.at, each.action, each.case_ref, each.detail) for each in vault.activity()[:-1]
        ]
    assert found.settings["practitioner"] == PRACTITIONER.to_text()
    assert found.drafts["a form"] == '{"typed": "half a note"}'


def test_whatever_the_damage_nothing_is_altered_or_invented_and_all_else_is_listed(written: Written) -> None:
    chosen = random.Random(20261122)
    whole = written.database.read_bytes()
    shares = []
    for _ in range(150):
        damage(written.database, chosen)
        found = written.read()
        assert_true(written, found)
        shares.append(found.count / MANY)
        written.database.write_bytes(whole)
    assert min(shares) < 0.5, "no damage was bad"
    assert sorted(shares)[len(shares) // 2] > 0.8, "most damage leaves most records"


def test_each_page_that_is_lost_costs_only_the_records_that_stand_in_it(written: Written) -> None:
    """The first page too, and those that lead to all others."""
    whole = written.database.read_bytes()
    worst = MANY
    for at in range(0, len(whole), PAGE):
        overwrite(written.database, at, bytes(PAGE))
        found = written.read()
        assert_true(written, found)
        worst = min(worst, found.count)
        overwrite(written.database, at, whole[at : at + PAGE])
    assert worst > MANY - 12


def test_a_backup_gives_what_it_still_has(written: Written) -> None:
    backup = newest_backup(written.folder)
    chosen, whole = random.Random(7), written.database.read_bytes()
    assert backup
    first = {record.id for case_ref in written.records for record in written.records[case_ref][:16]}
    for _ in range(20):
        damage(written.database, chosen)
        alone, found = written.read(), written.read(backup)
        assert_true(written, found)
        assert found.count == alone.count + found.from_backup
        assert first <= {record.id for records in found.records.values() for record in records}
        written.database.write_bytes(whole)


def test_what_was_disposed_of_is_neither_missed_nor_brought_back(written: Written) -> None:
    backup, gone = newest_backup(written.folder), "CASE-0003"
    assert backup
    with Vault.open(written.folder, PASSPHRASE) as vault:
        vault.dispose(gone, Order(certificate="D-1", reason="erasure", by="J. Outreach", at=NOON))
    for found in (written.read(), written.read(backup)):
        assert gone not in found.records
        assert found.lost == ()
        assert found.count == MANY - len(written.records[gone])


def test_a_record_that_somebody_with_the_key_has_changed_is_doubtful_and_not_taken(written: Written) -> None:
    with Vault.open(written.folder, PASSPHRASE) as vault, vault._store.writing() as connection:
        connection.execute("DROP TRIGGER record_is_never_changed")
        connection.execute("UPDATE record SET payload = replace(payload, 'says', 'said') WHERE sequence IN (5, 9)")
    found = written.read()
    assert_true(written, found)
    assert found.count == MANY - 2
    assert sum(each.doubtful for each in found.lost) == 2
    assert sorted(place for each in found.lost for place in each.sequences) == [5, 9]


def test_what_was_saved_last_and_is_only_in_the_log_is_read(written: Written, tmp_path: Path) -> None:
    """As after a power cut: the log was not brought into the file, and the file is damaged besides."""
    record = note(random.Random(9), 20)
    with (
        Vault.open(written.folder, PASSPHRASE) as vault,
        vault.for_background() as reader,
        reader._store.reading() as connection,
    ):
        connection.execute("SELECT count(*) FROM record").fetchone()  # keeps the log from being brought in
        vault.append("CASE-0001", [record], work_out("CASE-0001", [record], date.today()))
        copied = Path(shutil.copytree(written.folder, tmp_path / "copied"))
    assert (copied / "caseload.db-wal").stat().st_size
    overwrite(copied / "caseload.db", 20 * PAGE, bytes(PAGE))
    written.records["CASE-0001"].append(record)
    try:
        found = replace(written, folder=copied).read()
        assert record in found.records["CASE-0001"]
        assert_true(written, found)
    finally:
        written.records["CASE-0001"].pop()


# Into a new vault


def contents(folder: Path) -> dict[str, tuple[bytes, float]]:
    return {str(path): (path.read_bytes(), path.stat().st_mtime) for path in folder.rglob("*") if path.is_file()}


def broken(written: Written, pages: Sequence[int] = (0, 30, 31, 32, 33)) -> None:
    for each in pages:
        overwrite(written.database, each * PAGE, bytes(PAGE))


def test_a_new_vault_holds_what_was_saved_and_says_what_was_lost(written: Written, tmp_path: Path) -> None:
    broken(written)
    with pytest.raises(DamagedVault):
        Vault.open(written.folder, PASSPHRASE)
    before = contents(written.folder)
    made = salvage(written.folder, tmp_path / "new", PASSPHRASE)
    assert contents(written.folder) == before
    assert 0 < made.lost_count < 60
    assert made.records + made.lost_count == MANY
    with Caseload.open(tmp_path / "new", PASSPHRASE) as caseload:
        caseload.vault.verify(work_out)
        assert caseload.vault.count_records() == made.records
        assert caseload.practitioner == PRACTITIONER
        assert caseload.vault.draft("a form") == '{"typed": "half a note"}'
        for case_ref, records in written.records.items():
            kept = caseload.vault.records(case_ref)
            assert kept == [each for each in records if each in kept]
            assert len(kept) + lost_records(caseload, case_ref) == len(records)
        assert lost_of_nobody_known(caseload) == 0
        actions = [each.action for each in caseload.vault.activity()]
        assert {"backup_made", "records_added", "vault_salvaged", "records_lost"} <= set(actions)
        assert caseload.vault.keys.prove_recovery_key(made.recovery_key)
        assert caseload.vault.vault_id != read_damaged(written.folder, Passphrase(PASSPHRASE)).vault_id
    assert sorted(each.name for each in tmp_path.iterdir()) == ["new", "vault"]


def test_without_its_slot_file_the_backup_opens_it(written: Written, tmp_path: Path) -> None:
    for name in ("vault.keys", "vault.keys.bak"):
        (written.folder / name).write_bytes(b"damaged")
    with pytest.raises(DamagedVault):
        salvage(written.folder, tmp_path / "new", PASSPHRASE)
    made = salvage(written.folder, tmp_path / "new", PASSPHRASE, backup=newest_backup(written.folder))
    assert (made.records, made.lost, made.from_backup) == (MANY, (), 0)


def test_with_the_recovery_key_the_new_vault_has_a_new_passphrase(written: Written, tmp_path: Path) -> None:
    salvage(written.folder, tmp_path / "new", "another passphrase of today", recovery_key=written.recovery_key)
    with Caseload.open(tmp_path / "new", "another passphrase of today") as caseload:
        assert caseload.vault.count_records() == MANY


def test_what_fails_leaves_nothing_and_goes_over_nothing(written: Written, tmp_path: Path) -> None:
    before = contents(written.folder)
    with pytest.raises(WrongSecret):
        salvage(written.folder, tmp_path / "new", "not the passphrase")
    for taken in (written.folder, written.folder / "new", written.folder / "backups"):
        with pytest.raises(VaultExists):
            salvage(written.folder, taken, PASSPHRASE)
    with pytest.raises(NotAVault):
        salvage(tmp_path / "nothing", tmp_path / "new", PASSPHRASE)
    other, _ = Vault.create(tmp_path / "other", PASSPHRASE, cost=LEAST_COST)
    with other:
        another = other.back_up(tmp_path / "stick", NOON)
    with pytest.raises(BadBackup):
        salvage(written.folder, tmp_path / "new", PASSPHRASE, backup=another.path)
    with pytest.raises(InterruptedError):
        salvage(written.folder, tmp_path / "new", PASSPHRASE, is_cancelled=lambda: True)
    assert contents(written.folder) == before
    assert sorted(each.name for each in tmp_path.iterdir()) == ["other", "stick", "vault"]
