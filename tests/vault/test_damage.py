"""Damage to the database: noticed, named, and never answered with an empty vault or with wrong data."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher

from spr_desktop.records.record import AnyRecord
from spr_desktop.vault.errors import DamagedVault, MachineFault, VaultError
from spr_desktop.vault.keys import LEAST_COST
from spr_desktop.vault.vault import Vault
from tests.vault.samples import ONE_CASE, OTHER_CASE, PASSPHRASE, Made, contents, fill, note, summary

PAGE = 4096


def flip(path: Path, place: int, bits: int = 1) -> None:
    with path.open("r+b") as file:
        file.seek(place)
        byte = file.read(1)[0]
        file.seek(place)
        file.write(bytes([byte ^ bits]))


def test_flipped_bits_anywhere_are_damage(made: Made) -> None:
    chosen = random.Random(20261122)
    size = made.database.stat().st_size
    unlocked = made.unlocked()
    for place in [*range(16), *(chosen.randrange(size) for _ in range(400))]:
        bits = 1 << chosen.randrange(8)
        flip(made.database, place, bits)
        with pytest.raises(DamagedVault):
            made.opened()
        flip(made.database, place, bits)
    Vault(made.folder, unlocked, None, size).close()


def test_flipped_bits_are_damage_where_nothing_is_kept_any_more(made: Made) -> None:
    with made.opened() as vault:
        size = made.database.stat().st_size
        vault.set_setting("draft", "x" * 20 * PAGE)
        vault.set_setting("draft", "")
        with vault._store.reading() as connection:
            assert connection.execute("PRAGMA freelist_count").fetchone()[0] >= 19
    for place in range(size + 9, made.database.stat().st_size, PAGE):
        flip(made.database, place)
        with pytest.raises(DamagedVault):
            made.opened()
        flip(made.database, place)
    made.opened().close()


def test_index_that_does_not_fit_its_table_is_damage(made: Made) -> None:
    with made.opened() as vault, vault._store.writing() as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(
            "UPDATE sqlite_schema SET sql = 'CREATE INDEX record_of_case ON record (kind, sequence)'"
            " WHERE name = 'record_of_case'"
        )
        connection.execute("PRAGMA writable_schema = OFF")
    with pytest.raises(DamagedVault, match="tables"):
        made.opened()


@pytest.mark.parametrize("place", [3, 20, PAGE + 5, -1])
def test_flipped_bit_is_damage_to_whoever_opens_with_the_passphrase(made: Made, place: int) -> None:
    flip(made.database, place % made.database.stat().st_size)
    damaged = made.database.read_bytes()
    with pytest.raises(DamagedVault):
        Vault.open(made.folder, PASSPHRASE)
    assert made.database.read_bytes() == damaged


@pytest.mark.parametrize("checked_up_to", [0, 10**9], ids=["checked at the ends", "checked in full"])
def test_truncation_is_damage_however_much_is_checked(made: Made, checked_up_to: int) -> None:
    size = made.database.stat().st_size
    for length in (size - 1, size - PAGE, size // 2, size // 2 // PAGE * PAGE, PAGE, 1024, 16, 15, 1, 0):
        os.truncate(made.database, length)
        with pytest.raises(DamagedVault):
            made.opened(checked_up_to)
        assert made.database.stat().st_size == length


@pytest.mark.parametrize("added", [b"\0", b"\0" * PAGE, b"junk" * PAGE])
def test_something_added_at_the_end_is_damage(made: Made, added: bytes) -> None:
    with made.database.open("ab") as file:
        file.write(added)
    with pytest.raises(DamagedVault):
        made.opened(checked_up_to=0)


def test_missing_database_is_damage_and_none_is_made(made: Made) -> None:
    made.database.unlink()
    with pytest.raises(DamagedVault):
        Vault.open(made.folder, PASSPHRASE)
    assert not made.database.exists()


def test_plain_database_is_damage_and_is_left_alone(made: Made) -> None:
    made.database.unlink()
    plain = sqlcipher.connect(str(made.database))
    plain.execute("CREATE TABLE record (name)")
    plain.close()
    before = made.database.read_bytes()
    assert before.startswith(b"SQLite format 3\0")
    with pytest.raises(DamagedVault, match="not encrypted"):
        Vault.open(made.folder, PASSPHRASE)
    assert made.database.read_bytes() == before


def test_file_that_is_no_database_is_damage(made: Made) -> None:
    made.database.write_bytes(random.Random(1).randbytes(10 * PAGE))
    with pytest.raises(DamagedVault):
        made.opened()


@pytest.mark.parametrize("keeps_the_salt", [False, True])
def test_database_of_another_vault_is_damage(made: Made, tmp_path: Path, keeps_the_salt: bool) -> None:
    other, _ = Vault.create(tmp_path / "other", PASSPHRASE, cost=LEAST_COST)
    with other:
        fill(other)
    salt = made.database.read_bytes()[:16]
    swapped = (tmp_path / "other" / "caseload.db").read_bytes()
    made.database.write_bytes(salt + swapped[16:] if keeps_the_salt else swapped)
    with pytest.raises(DamagedVault):
        made.opened()


def test_database_under_the_same_key_but_of_another_vault_is_damage(made: Made) -> None:
    with made.opened() as vault, vault._store.writing() as connection:
        connection.execute("UPDATE meta SET value = 'another' WHERE name = 'vault_id'")
    with pytest.raises(DamagedVault, match="another vault"):
        made.opened()


def test_empty_database_under_the_same_key_is_damage(made: Made) -> None:
    with made.opened() as vault, vault._store.writing() as connection:
        connection.execute("PRAGMA application_id = 7")
    with pytest.raises(DamagedVault, match="not one of a vault"):
        made.opened()


def test_page_from_an_earlier_state_never_changes_a_record_unseen(made: Made) -> None:
    before = made.database.read_bytes()
    with made.opened() as vault:
        for number in range(60, 90):
            vault.append(ONE_CASE, [note(ONE_CASE, number)], summary(ONE_CASE))
        expected = vault.records(ONE_CASE), vault.activity()
    after = made.database.read_bytes()
    noticed = 0
    for place in range(0, len(before), PAGE):
        made.database.write_bytes(after[:place] + before[place : place + PAGE] + after[place + PAGE :])
        try:
            with made.opened() as vault:
                vault.verify()
                assert (vault.records(ONE_CASE), vault.activity()) == expected
        except DamagedVault:
            noticed += 1
    assert noticed > 3


def all_records(made: Made) -> dict[str, list[AnyRecord]] | None:
    """What is read without any check of the whole; None where reading says that something is damaged."""
    try:
        with made.opened(checked_up_to=0) as vault:
            return {case_ref: vault.records(case_ref) for case_ref in vault.case_refs()}
    except DamagedVault:
        return None


def test_damage_in_a_database_that_was_not_checked_never_reads_as_other_data(made: Made) -> None:
    expected = all_records(made)
    assert expected
    read = []
    for place in range(PAGE + 100, made.database.stat().st_size, PAGE):
        flip(made.database, place)
        read.append(all_records(made))
        with pytest.raises(DamagedVault):
            made.opened()
        flip(made.database, place)
    assert read.count(None) > 1
    assert read.count(None) + read.count(expected) == len(read)


def test_vault_that_was_found_damaged_is_free_again(made: Made) -> None:
    flip(made.database, PAGE + 7)
    with pytest.raises(DamagedVault):
        Vault.open(made.folder, PASSPHRASE)
    flip(made.database, PAGE + 7)
    Vault.open(made.folder, PASSPHRASE).close()


def test_nothing_is_written_to_a_file_that_was_put_in_the_place_of_the_database(made: Made, tmp_path: Path) -> None:
    with made.opened() as vault:
        copy = tmp_path / "copy.db"
        copy.write_bytes(made.database.read_bytes())
        os.replace(copy, made.database)
        before = made.database.read_bytes()
        with pytest.raises(DamagedVault, match="replaced"):
            vault.append(ONE_CASE, [note(ONE_CASE, 60)], summary(ONE_CASE))
        assert made.database.read_bytes() == before


def test_removed_database_takes_no_more_records(made: Made) -> None:
    with made.opened() as vault:
        made.database.rename(made.folder / "moved.db")
        with pytest.raises(MachineFault):
            vault.append(ONE_CASE, [note(ONE_CASE, 60)], summary(ONE_CASE))
        (made.folder / "moved.db").rename(made.database)
        assert vault.append(ONE_CASE, [note(ONE_CASE, 60)], summary(ONE_CASE))


def test_no_error_names_a_person_or_a_place(made: Made) -> None:
    messages = []
    for damage in range(0, made.database.stat().st_size, PAGE // 2):
        flip(made.database, damage)
        with pytest.raises(VaultError) as refused:
            made.opened()
        messages.append(str(refused.value))
        flip(made.database, damage)
    text = " ".join(messages)
    assert str(made.folder) not in text
    assert not any(name in text for name in ("Łukasz", "O'Neil", "王小明", "Siân", ONE_CASE, OTHER_CASE))


def test_refused_vaults_leave_the_folder_as_it_was(made: Made) -> None:
    flip(made.database, 5 * PAGE)
    before = contents(made.folder)
    with pytest.raises(DamagedVault):
        Vault.open(made.folder, PASSPHRASE)
    assert contents(made.folder) == before
