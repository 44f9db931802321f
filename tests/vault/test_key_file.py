"""The slot file on the disk: two copies, damage that is survived, and changes that no crash turns into a lock-out."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Final

import pytest

from spr_desktop.vault import slot_format
from spr_desktop.vault.errors import DamagedVault, MachineFault, NewerVault, WrongSecret
from spr_desktop.vault.key_file import mend_key_file, unlock_key_file
from spr_desktop.vault.passphrase import Passphrase
from spr_desktop.vault.slot_format import canonical, read_slot_file
from spr_desktop.vault.vault import Vault
from tests.vault.samples import OTHER_PASSPHRASE, PASSPHRASE, Made, change_passphrase, contents, finished

KEYS: Final = "vault.keys"
COPY: Final = "vault.keys.bak"

CHANGED_AND_KILLED: Final = """
import os, signal, sys
from pathlib import Path
from tests.vault.samples import Made

vault = Made(Path(sys.argv[1]), sys.argv[2]).opened(checked_up_to=0)
new, fatal = sys.argv[3], int(sys.argv[4])
calls = 0

def killing(call):
    def instead(*arguments):
        global calls
        calls += 1
        if calls == fatal:
            os.kill(os.getpid(), signal.SIGKILL)
        return call(*arguments)
    return instead

for name in ("open", "fsync", "replace", "unlink"):
    setattr(os, name, killing(getattr(os, name)))
vault.keys.set_passphrase(new)
"""


def flip(path: Path, place: int = 100) -> None:
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)


def unlock_quickly(made: Made) -> None:
    """What opening does to the slot file, without the time that the passphrase takes."""
    mend_key_file(made.folder, made.unlocked().slot_file)


def test_both_copies_are_the_same_from_the_beginning(made: Made) -> None:
    assert (made.folder / KEYS).read_bytes() == (made.folder / COPY).read_bytes()


def test_every_flipped_byte_without_a_second_copy_is_damage(made: Made) -> None:
    (made.folder / COPY).unlink()
    whole = (made.folder / KEYS).read_bytes()
    for place in range(len(whole)):
        (made.folder / KEYS).write_bytes(whole)
        flip(made.folder / KEYS, place)
        with pytest.raises(DamagedVault):
            Vault.open(made.folder, PASSPHRASE)
        assert not (made.folder / COPY).exists()


def test_damaged_first_copy_is_mended_from_the_second(made: Made) -> None:
    whole = (made.folder / KEYS).read_bytes()
    flip(made.folder / KEYS)
    with Vault.open(made.folder, PASSPHRASE) as vault:
        assert [each.action for each in vault.activity()][-2:] == ["key_file_mended", "vault_opened"]
    assert (made.folder / KEYS).read_bytes() == whole


def test_damaged_first_copy_and_a_secret_that_does_not_open_the_second_is_damage(made: Made) -> None:
    flip(made.folder / KEYS)
    before = contents(made.folder)
    with pytest.raises(DamagedVault):
        Vault.open(made.folder, OTHER_PASSPHRASE)
    assert contents(made.folder) == before


def test_missing_first_copy_is_made_from_the_second(made: Made) -> None:
    whole = (made.folder / KEYS).read_bytes()
    (made.folder / KEYS).unlink()
    with pytest.raises(WrongSecret):
        Vault.open(made.folder, OTHER_PASSPHRASE)
    Vault.open(made.folder, PASSPHRASE).close()
    assert (made.folder / KEYS).read_bytes() == whole


def test_proving_a_passphrase_writes_nothing(made: Made, vault: Vault) -> None:
    """Or it could undo a change that another thread makes at the same moment."""
    flip(made.folder / KEYS)
    before = (made.folder / KEYS).read_bytes()
    assert vault.keys.prove_passphrase(PASSPHRASE)
    assert (made.folder / KEYS).read_bytes() == before


@pytest.mark.parametrize("name", [KEYS, COPY])
def test_both_copies_damaged_or_missing_is_damage(made: Made, name: str) -> None:
    flip(made.folder / KEYS)
    flip(made.folder / COPY)
    with pytest.raises(DamagedVault):
        Vault.open(made.folder, PASSPHRASE)
    (made.folder / name).unlink()
    with pytest.raises(DamagedVault):
        Vault.open(made.folder, PASSPHRASE)


def test_no_copy_beside_a_database_is_damage(made: Made) -> None:
    (made.folder / KEYS).unlink()
    (made.folder / COPY).unlink()
    with pytest.raises(DamagedVault):
        Vault.open(made.folder, PASSPHRASE)
    assert not (made.folder / KEYS).exists()


@pytest.mark.parametrize("damage", ["missing", "flipped", "old"])
def test_second_copy_is_renewed_on_opening(made: Made, damage: str) -> None:
    whole = (made.folder / KEYS).read_bytes()
    if damage == "missing":
        (made.folder / COPY).unlink()
    elif damage == "flipped":
        flip(made.folder / COPY)
    else:
        change_passphrase(made.folder, PASSPHRASE, OTHER_PASSPHRASE)
        (made.folder / COPY).write_bytes(whole)
    unlock_quickly(made)
    assert (made.folder / COPY).read_bytes() == (made.folder / KEYS).read_bytes()


def test_changed_passphrase_opens_neither_copy_with_the_old_one(made: Made) -> None:
    change_passphrase(made.folder, PASSPHRASE, OTHER_PASSPHRASE)
    for removed in (None, KEYS):
        if removed:
            (made.folder / removed).unlink()
        with pytest.raises(WrongSecret):
            Vault.open(made.folder, PASSPHRASE)
    Vault.open(made.folder, OTHER_PASSPHRASE).close()


def test_change_with_a_wrong_passphrase_changes_nothing(made: Made) -> None:
    before = contents(made.folder)
    with pytest.raises(WrongSecret):
        change_passphrase(made.folder, OTHER_PASSPHRASE, "a third one for good")
    assert contents(made.folder) == before | {"vault.tries": b"."}


def test_new_slot_that_does_not_come_back_from_the_disk_is_not_used(
    made: Made, vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lossy(path: Path, data: bytes) -> None:
        path.write_bytes(data[:-1])

    monkeypatch.setattr("spr_desktop.vault.key_file.write_private", lossy)
    with pytest.raises(MachineFault):
        vault.keys.set_passphrase(OTHER_PASSPHRASE)
    assert vault.keys.prove_passphrase(PASSPHRASE)


def test_new_file_that_is_lost_on_the_way_to_its_place_leaves_the_old_passphrase(
    made: Made, vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = os.replace

    def lossy(source: Path, target: Path) -> None:
        replace(source, target)
        if target.name == KEYS:
            flip(target)

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", lossy)
        with pytest.raises(MachineFault):
            vault.keys.set_passphrase(OTHER_PASSPHRASE)
    vault.close()
    with Vault.open(made.folder, PASSPHRASE) as opened_again:
        opened_again.verify()


def test_passphrase_is_changed_although_the_first_copy_was_damaged_meanwhile(made: Made, vault: Vault) -> None:
    flip(made.folder / KEYS)
    vault.keys.set_passphrase(OTHER_PASSPHRASE)
    assert vault.keys.prove_passphrase(OTHER_PASSPHRASE)
    vault.verify()


def test_passphrase_is_not_changed_where_no_copy_is_left(made: Made, vault: Vault) -> None:
    flip(made.folder / KEYS)
    flip(made.folder / COPY)
    with pytest.raises(DamagedVault):
        vault.keys.set_passphrase(OTHER_PASSPHRASE)


@pytest.mark.parametrize("name", [KEYS, COPY])
def test_verification_sees_a_damaged_copy(made: Made, vault: Vault, name: str) -> None:
    vault.verify()
    flip(made.folder / name)
    with pytest.raises(DamagedVault, match="slot file"):
        vault.verify()


def test_newer_slot_file_is_not_taken_for_a_damaged_one(made: Made) -> None:
    content: dict[str, object] = {"format": "spr-vault-keys", "version": 3}
    newer = canonical(content | {"checksum": slot_format._checksum(content)})
    (made.folder / KEYS).write_bytes(newer)
    with pytest.raises(NewerVault):
        Vault.open(made.folder, PASSPHRASE)
    assert (made.folder / KEYS).read_bytes() == newer


def test_killed_change_leaves_exactly_one_passphrase_that_opens(made: Made) -> None:
    """Killed before each call that reaches the disk, a vault opens with the old passphrase or with the new."""
    fatal, passphrase, other, seen = 0, PASSPHRASE, OTHER_PASSPHRASE, set()
    while True:
        fatal += 1
        ended = finished(CHANGED_AND_KILLED, made.folder, made.recovery_key, other, fatal)
        if ended.returncode == 0:
            break
        assert ended.returncode == -signal.SIGKILL, ended.stderr
        read_slot_file((made.folder / KEYS).read_bytes())  # whole at any moment
        opens = [each for each in (passphrase, other) if _opens(made, each)]
        assert len(opens) == 1, f"killed at call {fatal}: {len(opens)} passphrases open"
        seen.add(opens == [other])
        if opens == [other]:
            passphrase, other = other, passphrase
        unlock_quickly(made)  # the recovery key still works, and both copies are mended
        assert {path.name for path in made.folder.glob("*.new")} == set()
    assert fatal > 10
    assert seen == {True, False}
    with Vault.open(made.folder, other) as vault:
        vault.verify()


def _opens(made: Made, passphrase: str) -> bool:
    try:
        unlock_key_file(made.folder, Passphrase(passphrase)).data_key.wipe()
    except WrongSecret:
        return False
    return True
