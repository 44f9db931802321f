"""The slots that the database knows: a foreign slot file is noticed, and a crash is never taken for one."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from sqlite3 import Connection
from typing import Final

import pytest

from spr_desktop.vault.errors import DamagedVault, MachineFault, WrongSecret
from spr_desktop.vault.key_file import unlock_key_file
from spr_desktop.vault.known_slots import Stranger
from spr_desktop.vault.organisation import OrganisationKey, read_certificate
from spr_desktop.vault.passphrase import Passphrase
from spr_desktop.vault.recovery_key import RecoveryKey
from spr_desktop.vault.restoring import restore
from spr_desktop.vault.vault import Vault
from tests.vault.organisations import NOW, certificate, key_file
from tests.vault.samples import OTHER_PASSPHRASE, PASSPHRASE, Made, change_passphrase, finished

KEYS: Final = "vault.keys"
COPY: Final = "vault.keys.bak"

CHANGED_AND_KILLED: Final = """
import os, signal, sys
from contextlib import contextmanager
from pathlib import Path
from spr_desktop.vault.store import Store
from spr_desktop.vault.organisation import read_certificate
from tests.vault.organisations import NOW, certificate
from tests.vault.samples import PASSPHRASE, Made

vault = Made(Path(sys.argv[1]), sys.argv[2]).opened(checked_up_to=0)
adds, fatal = sys.argv[3] == "add", int(sys.argv[4])
calls = 0

def step():
    global calls
    calls += 1
    if calls == fatal:
        os.kill(os.getpid(), signal.SIGKILL)

def killing(call):
    def instead(*arguments):
        step()
        return call(*arguments)
    return instead

for name in ("open", "fsync", "replace", "unlink"):
    setattr(os, name, killing(getattr(os, name)))
writing = Store.writing

@contextmanager
def written(self):
    step()  # before
    with writing(self) as connection:
        yield connection
        step()  # written and not committed
    step()  # committed

Store.writing = written
if adds:
    vault.keys.let_organisation_open(read_certificate(certificate(), NOW), PASSPHRASE)
else:
    vault.keys.let_no_organisation_open(PASSPHRASE)
"""


def let_open(folder: Path) -> None:
    """Open a vault to an organisation."""
    with Vault.open(folder, PASSPHRASE) as vault:
        vault.keys.let_organisation_open(read_certificate(certificate(), NOW), PASSPHRASE)


def put_back(made: Made, old: bytes) -> None:
    """What somebody does who has an old slot file."""
    for name in (KEYS, COPY):
        (made.folder / name).write_bytes(old)


@pytest.mark.parametrize("what", ["add", "remove"])
def test_killed_change_is_never_taken_for_a_foreign_slot(made: Made, what: str) -> None:
    """Killed before each call that reaches the disk, and before and after each commit."""
    if what == "remove":
        let_open(made.folder)
    fatal, seen = 0, set()
    whole = made.folder.with_name("whole")
    shutil.copytree(made.folder, whole)
    while True:
        fatal += 1
        ended = finished(CHANGED_AND_KILLED, made.folder, made.recovery_key, what, fatal)
        if ended.returncode == 0:
            break
        assert ended.returncode == -signal.SIGKILL, ended.stderr
        unlock_key_file(made.folder, Passphrase(PASSPHRASE)).data_key.wipe()
        with Vault._unlock(made.folder, RecoveryKey.read(made.recovery_key), 0) as vault:
            assert vault.keys.strangers() == [], f"killed at call {fatal}"
            has_slot = vault.keys.organisation() is not None
            logged = sum(each.action == "organisation_key_added" for each in vault.activity())
            removed = sum(each.action == "organisation_key_removed" for each in vault.activity())
            assert logged - removed == has_slot, f"killed at call {fatal}"
            vault.keys.verify()
        seen.add(has_slot)
        shutil.rmtree(made.folder)
        shutil.copytree(whole, made.folder)
    assert fatal > 15
    assert seen == {True, False}


def test_slots_are_written_down_when_a_vault_is_made(made: Made) -> None:
    with made.opened() as vault:
        assert vault.setting("key_slots") is not None
        assert vault.keys.strangers() == []


def test_vault_that_never_wrote_them_down_does_it_on_opening(tmp_path: Path) -> None:
    folder = shutil.copytree(Path(__file__).with_name("versions") / "1", tmp_path / "vault")
    for _ in range(2):
        with Vault.open(folder, PASSPHRASE) as vault:
            assert vault.keys.strangers() == []
            assert vault.keys.slot_file().version == 1
            assert len(vault.keys.in_one_word().split()) == 2


def test_old_slot_file_that_was_put_back_is_said_and_locks_nobody_out(made: Made) -> None:
    old = (made.folder / KEYS).read_bytes()
    change_passphrase(made.folder, PASSPHRASE, OTHER_PASSPHRASE)
    put_back(made, old)
    for _ in range(2):  # opening does not get used to it
        with Vault.open(made.folder, PASSPHRASE) as vault:
            found = vault.keys.strangers()
            assert [(each.kind, each.is_there) for each in found] == [("passphrase", True), ("passphrase", False)]
            assert found[1].since
            vault.keys.verify()
    with Vault.open(made.folder, PASSPHRASE) as vault:
        vault.keys.new_recovery_key()  # replaces another one, and leaves the strange one strange
        assert {each.kind for each in vault.keys.strangers()} == {"passphrase"}
        vault.keys.set_passphrase(OTHER_PASSPHRASE)
        assert vault.keys.strangers() == []


def test_organisation_that_was_removed_and_put_back_is_a_stranger_until_it_is_removed(made: Made) -> None:
    let_open(made.folder)
    old = (made.folder / KEYS).read_bytes()
    with Vault.open(made.folder, PASSPHRASE) as vault:
        vault.keys.let_no_organisation_open(PASSPHRASE)
    put_back(made, old)
    with Vault.open(made.folder, PASSPHRASE) as vault:
        assert vault.keys.strangers() == [Stranger("organisation", True)]
        vault.keys.let_no_organisation_open(PASSPHRASE)
        assert vault.keys.strangers() == []


def test_organisation_that_is_gone_is_said_until_nobody_expects_it(made: Made) -> None:
    old = (made.folder / KEYS).read_bytes()
    let_open(made.folder)
    put_back(made, old)
    with Vault.open(made.folder, PASSPHRASE) as vault:
        assert [(each.kind, each.is_there) for each in vault.keys.strangers()] == [("organisation", False)]
        vault.keys.let_no_organisation_open(PASSPHRASE)
        assert vault.keys.strangers() == []


def test_full_disk_after_the_change_is_settled_by_the_next_one(
    made: Made, vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    writing: Callable[[], AbstractContextManager[Connection]] = vault._store.writing
    calls = 0

    def full_from_the_second_on() -> AbstractContextManager[Connection]:
        nonlocal calls
        calls += 1
        if calls > 1:
            raise MachineFault("the disk is full")
        return writing()

    with monkeypatch.context() as patched:
        patched.setattr(vault._store, "writing", full_from_the_second_on)
        vault.keys.set_passphrase(OTHER_PASSPHRASE)
    assert calls == 2
    assert vault.keys.strangers() == []
    vault.keys.new_recovery_key()
    assert vault.keys.strangers() == []
    assert [each.action for each in vault.activity()][-2:] == ["passphrase_changed", "recovery_key_changed"]


def test_disk_that_is_full_at_first_changes_nothing(made: Made, vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    before = (made.folder / KEYS).read_bytes()

    def full() -> None:
        raise MachineFault("the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(vault._store, "writing", full)
        with pytest.raises(MachineFault):
            vault.keys.set_passphrase(OTHER_PASSPHRASE)
    assert (made.folder / KEYS).read_bytes() == before
    assert vault.keys.strangers() == []


def test_backup_of_an_opened_vault_has_slots_and_database_that_fit(made: Made, tmp_path: Path) -> None:
    with Vault.open(made.folder, PASSPHRASE) as vault:
        vault.keys.let_organisation_open(read_certificate(certificate(), NOW), PASSPHRASE)
        backup = vault.back_up(tmp_path / "backups")
    restore(backup.path, tmp_path / "restored", OrganisationKey.read(key_file()))
    with Vault.open(tmp_path / "restored", PASSPHRASE) as vault:
        assert vault.keys.strangers() == []


def test_slot_file_that_is_damaged_while_one_works_keeps_nobody_from_working(made: Made) -> None:
    with Vault.open(made.folder, PASSPHRASE) as vault:
        for name in (KEYS, COPY):
            (made.folder / name).unlink()
        assert vault.keys.strangers() == []
        assert vault.keys.organisation() is None
        assert vault.keys.guess_cost().seconds
        assert vault.keys.in_one_word()
        with pytest.raises(DamagedVault):
            vault.keys.set_passphrase(OTHER_PASSPHRASE)
        with pytest.raises(DamagedVault):
            vault.keys.verify()


def test_word_for_the_secrets_changes_with_each_of_them(made: Made, vault: Vault) -> None:
    words = [vault.keys.in_one_word()]
    vault.keys.set_passphrase(OTHER_PASSPHRASE)
    words.append(vault.keys.in_one_word())
    vault.keys.new_recovery_key()
    words.append(vault.keys.in_one_word())
    assert len(set(words)) == 3


@pytest.mark.usefixtures("in_earnest")
def test_cost_of_a_guess_is_that_of_the_slot_and_measured_when_the_passphrase_opened_it(made: Made) -> None:
    with made.opened() as vault:
        assert vault.keys.guess_cost().seconds is None
    with Vault.open(made.folder, PASSPHRASE) as vault:
        cost = vault.keys.guess_cost()
        assert cost.cost.memory_kib == 64 * 1024
        assert cost.seconds
        assert 0.001 < cost.seconds < 30
        with vault.for_background() as other:
            assert other.keys.guess_cost() == cost


def test_wrong_passphrase_changes_no_slot(made: Made, vault: Vault) -> None:
    before = (made.folder / KEYS).read_bytes()
    with pytest.raises(WrongSecret):
        vault.keys.let_organisation_open(read_certificate(certificate(), NOW), OTHER_PASSPHRASE)
    with pytest.raises(WrongSecret):
        vault.keys.let_no_organisation_open(OTHER_PASSPHRASE)
    assert (made.folder / KEYS).read_bytes() == before
