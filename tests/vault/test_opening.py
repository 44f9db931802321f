"""Making, opening, recovering and closing a vault."""

from __future__ import annotations

import errno
import os
import stat
import threading
import unicodedata
from pathlib import Path

import pytest

from spr_desktop.vault.errors import (
    DamagedVault,
    MachineFault,
    NotAVault,
    VaultExists,
    VaultInUse,
    WeakPassphrase,
    WrongSecret,
)
from spr_desktop.vault.keys import LEAST_COST, Argon2Cost
from spr_desktop.vault.vault import Vault
from tests.vault.samples import (
    ONE_CASE,
    OTHER_CASE,
    OTHER_PASSPHRASE,
    PASSPHRASE,
    Made,
    change_passphrase,
    contents,
    note,
    summary,
)


def test_made_vault_opens_with_its_passphrase(made: Made) -> None:
    with Vault.open(made.folder, PASSPHRASE) as vault:
        assert vault.case_refs() == [OTHER_CASE, ONE_CASE]


def test_vault_is_made_in_an_empty_folder(tmp_path: Path) -> None:
    folder = tmp_path / "vault"
    folder.mkdir()
    vault, recovery_key = Vault.create(folder, PASSPHRASE, cost=LEAST_COST)
    with vault:
        assert vault.case_refs() == []
        assert [each.action for each in vault.activity()] == ["vault_created"]
    assert recovery_key.encode() not in b"".join(contents(folder).values())
    assert list(tmp_path.iterdir()) == [folder]


def test_folder_that_holds_something_is_refused_and_left_alone(tmp_path: Path, made: Made) -> None:
    (tmp_path / "letter.txt").write_text("dear all")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    before = contents(made.folder)
    for folder in (made.folder, tmp_path, tmp_path / "letter.txt", tmp_path / "link"):
        with pytest.raises(VaultExists):
            Vault.create(folder, PASSPHRASE, cost=LEAST_COST)
    assert contents(made.folder) == before
    assert sorted(each.name for each in tmp_path.iterdir()) == ["letter.txt", "link", "vault"]


def test_folders_above_are_made_with_the_vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Vault.create(Path("data/vaults/mine"), PASSPHRASE, cost=LEAST_COST)[0].close()
    Vault.open(tmp_path / "data" / "vaults" / "mine", PASSPHRASE).close()


def test_folder_that_cannot_be_made_is_the_fault_of_the_machine(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear all")
    with pytest.raises(MachineFault):
        Vault.create(tmp_path / "letter.txt" / "vault", PASSPHRASE, cost=LEAST_COST)
    assert [each.name for each in tmp_path.iterdir()] == ["letter.txt"]


def test_vault_that_cannot_be_opened_once_it_is_made_is_taken_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(folder: Path) -> None:
        assert (folder / "vault.keys").exists()
        raise MachineFault("no locks here")

    monkeypatch.setattr("spr_desktop.vault.open_vault.VaultLock", failing)
    with pytest.raises(MachineFault, match="no locks"):
        Vault.create(tmp_path / "vault", PASSPHRASE, cost=LEAST_COST)
    assert not list(tmp_path.iterdir())


def test_weak_passphrase_and_cheap_cost_make_no_vault(tmp_path: Path) -> None:
    with pytest.raises(WeakPassphrase):
        Vault.create(tmp_path / "vault", "elevenchars", cost=LEAST_COST)
    with pytest.raises(ValueError, match="cost"):
        Vault.create(tmp_path / "vault", PASSPHRASE, cost=Argon2Cost(19 * 1024, 2, 1))
    assert not list(tmp_path.iterdir())


def test_failure_at_any_write_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sync, calls, failing = os.fsync, 0, 0

    def fail_once(handle: int) -> None:
        nonlocal calls
        calls += 1
        if calls == failing:
            raise OSError(errno.ENOSPC, "No space left on device", "/home/somebody/secret-name")
        sync(handle)

    monkeypatch.setattr(os, "fsync", fail_once)
    messages: list[str] = []
    left_behind: list[Path] = []
    while not (tmp_path / "above").exists() and not left_behind:
        calls, failing = 0, failing + 1
        try:
            Vault.create(tmp_path / "above" / "vault", PASSPHRASE, cost=LEAST_COST)[0].close()
        except MachineFault as fault:
            messages.append(str(fault))
            left_behind += tmp_path.iterdir()
    assert left_behind == []
    assert messages == ["No space left on device"] * (failing - 1)
    assert failing > 4
    Vault.open(tmp_path / "above" / "vault", PASSPHRASE).close()


def test_only_the_owner_can_read_any_file(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        with Vault.create(tmp_path / "vault", PASSPHRASE, cost=LEAST_COST)[0] as vault:
            vault.append(ONE_CASE, [note(ONE_CASE, 0)], summary(ONE_CASE))
            vault.keys.set_passphrase(OTHER_PASSPHRASE)
            modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "vault").iterdir()}
    finally:
        os.umask(before)
    assert {"caseload.db", "caseload.db-wal", "vault.keys", "vault.keys.bak", "vault.lock"} <= modes.keys()
    assert set(modes.values()) == {0o600}
    assert stat.S_IMODE((tmp_path / "vault").stat().st_mode) == 0o700


@pytest.mark.parametrize(
    "typed", [PASSPHRASE + " ", PASSPHRASE.upper(), PASSPHRASE[:-1], "", "\ud800", "p" * 1_000_000]
)
def test_wrong_passphrase_opens_nothing_and_is_not_repeated(made: Made, typed: str) -> None:
    before = contents(made.folder)
    with pytest.raises(WrongSecret) as refused:
        Vault.open(made.folder, typed)
    assert not typed or typed not in str(refused.value)
    assert contents(made.folder) == before | {"vault.tries": b"."}  # that it was tried, and not what


def test_passphrase_may_be_composed_in_either_way(tmp_path: Path) -> None:
    text = "Siân and Łukasz at sea"
    Vault.create(tmp_path / "vault", unicodedata.normalize("NFC", text), cost=LEAST_COST)[0].close()
    with Vault.open(tmp_path / "vault", unicodedata.normalize("NFD", text)) as vault:
        assert vault.keys.prove_passphrase(unicodedata.normalize("NFC", text))


def test_passphrase_is_proven_again_while_the_vault_is_open(vault: Vault) -> None:
    assert vault.keys.prove_passphrase(PASSPHRASE)
    assert not vault.keys.prove_passphrase(OTHER_PASSPHRASE)


def test_passphrase_of_another_vault_proves_nothing(made: Made, tmp_path: Path) -> None:
    Vault.create(tmp_path / "other", PASSPHRASE, cost=LEAST_COST)[0].close()
    with made.opened() as vault:
        for name in ("vault.keys", "vault.keys.bak"):
            (made.folder / name).write_bytes((tmp_path / "other" / name).read_bytes())
        assert not vault.keys.prove_passphrase(PASSPHRASE)


def test_folder_that_is_no_vault_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "foreign").mkdir()
    (tmp_path / "foreign" / "letter.txt").write_text("dear all")
    (tmp_path / "empty").mkdir()
    for folder in ("foreign", "empty", "missing", "foreign/letter.txt"):
        with pytest.raises(NotAVault):
            Vault.open(tmp_path / folder, PASSPHRASE)
    assert {each.name for each in tmp_path.rglob("*")} == {"foreign", "empty", "letter.txt"}


def test_recovery_key_gives_a_new_passphrase_and_stays_valid(made: Made) -> None:
    for passphrase in (OTHER_PASSPHRASE, "a third one for good"):
        with Vault.recover(made.folder, made.recovery_key.lower(), passphrase) as vault:
            assert vault.case_refs() == [OTHER_CASE, ONE_CASE]
            assert [each.action for each in vault.activity()][-2:] == ["passphrase_changed", "vault_recovered"]
        with pytest.raises(WrongSecret):
            Vault.open(made.folder, PASSPHRASE)
        Vault.open(made.folder, passphrase).close()


@pytest.mark.parametrize("place", [0, 10, 31, 33])
def test_mistyped_recovery_key_changes_nothing(made: Made, place: int) -> None:
    before = contents(made.folder)
    key = made.recovery_key.replace("-", "")
    mistyped = key[:place] + ("7" if key[place] != "7" else "8") + key[place + 1 :]
    with pytest.raises(WrongSecret):
        Vault.recover(made.folder, mistyped, OTHER_PASSPHRASE)
    assert contents(made.folder) == before


def test_recovery_key_of_another_vault_is_wrong(made: Made, tmp_path: Path) -> None:
    vault, other_key = Vault.create(tmp_path / "other", PASSPHRASE, cost=LEAST_COST)
    vault.close()
    with pytest.raises(WrongSecret):
        Vault.recover(made.folder, other_key, OTHER_PASSPHRASE)


def test_weak_new_passphrase_leaves_the_old_one(made: Made) -> None:
    before = contents(made.folder)
    with pytest.raises(WeakPassphrase):
        Vault.recover(made.folder, made.recovery_key, "short")
    assert contents(made.folder) == before
    with pytest.raises(WeakPassphrase):
        change_passphrase(made.folder, PASSPHRASE, "short")
    assert (made.folder / "vault.keys").read_bytes() == before["vault.keys"]


def test_recovery_that_fails_leaves_the_old_passphrase_and_the_vault_free(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("spr_desktop.vault.key_file.write_private", full)
        with pytest.raises(MachineFault):
            Vault.recover(made.folder, made.recovery_key, OTHER_PASSPHRASE)
    Vault.open(made.folder, PASSPHRASE).close()


def test_two_writers_of_one_vault_wait_for_each_other_and_give_up_in_the_end(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("spr_desktop.vault.store._BUSY_MILLISECONDS", 10)
    with vault.for_background() as background, vault._store.writing():
        with pytest.raises(VaultInUse):
            background.log("looked")
        assert background.records(ONE_CASE)
    vault.verify()


def test_closing_twice_is_closing_once(made: Made) -> None:
    vault = Vault.open(made.folder, PASSPHRASE)
    vault.close()
    with Vault.open(made.folder, PASSPHRASE):
        vault.close()
        with pytest.raises(VaultInUse):
            Vault.open(made.folder, PASSPHRASE)


def test_closed_vault_has_forgotten_its_keys(made: Made) -> None:
    vault = made.opened()
    data_key, chain_key = vault._data_key.material, vault._chain_key
    assert any(data_key)
    assert any(chain_key)
    vault.close()
    assert not any(data_key)
    assert not any(chain_key)


def test_vault_that_fails_to_open_has_forgotten_its_keys(made: Made) -> None:
    unlocked = made.unlocked()
    made.database.unlink()
    with pytest.raises(DamagedVault):
        Vault(made.folder, unlocked, None)
    assert not any(unlocked.data_key.material)


def test_vault_may_be_opened_in_one_thread_and_closed_in_another(made: Made) -> None:
    opened: list[Vault] = []
    thread = threading.Thread(target=lambda: opened.append(Vault.open(made.folder, PASSPHRASE)))
    thread.start()
    thread.join()
    assert opened[0].case_refs()
    opened[0].close()
    Vault.open(made.folder, PASSPHRASE).close()


def test_second_connection_sees_and_writes_the_same_vault(vault: Vault) -> None:
    with vault.for_background() as background:
        assert background.records(ONE_CASE) == vault.records(ONE_CASE)
        background.append(ONE_CASE, [note(ONE_CASE, 50)], summary(ONE_CASE))
        assert note(ONE_CASE, 50) in vault.records(ONE_CASE)
        vault.append(ONE_CASE, [note(ONE_CASE, 51)], summary(ONE_CASE))
        assert note(ONE_CASE, 51) in background.records(ONE_CASE)
    vault.append(ONE_CASE, [note(ONE_CASE, 52)], summary(ONE_CASE))
    vault.verify()


def test_opening_changing_and_recovering_are_in_the_activity(made: Made) -> None:
    Vault.open(made.folder, PASSPHRASE).close()
    change_passphrase(made.folder, PASSPHRASE, OTHER_PASSPHRASE)
    with Vault.open(made.folder, OTHER_PASSPHRASE) as vault:
        actions = [each.action for each in vault.activity()]
    assert actions[-3:] == ["vault_opened", "passphrase_changed", "vault_opened"]
