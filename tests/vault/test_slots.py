"""The slot file: damage is seen before a secret is tried, and nobody changes it who cannot open the vault."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from spr_desktop.vault import keys, slot_format
from spr_desktop.vault.errors import DamagedVault, NewerVault, VaultError, WrongSecret
from spr_desktop.vault.passphrase import Passphrase
from spr_desktop.vault.recovery_key import RecoveryKey
from spr_desktop.vault.slot_format import canonical, read_slot_file
from spr_desktop.vault.slots import unlock
from tests.vault.samples import PASSPHRASE, Made

GOLDEN = (
    b'{"checksum":"76f982780f51e28dac45f55ee38eb8bfe3e271a5c3c7eecdbd62c3e65a67dc6d","database_salt":"0000'
    b'0000000000000000000000000000","format":"spr-vault-keys","generation":1,"mac":"5fc387375c035a2dc2c702'
    b'be78ef77d69bfc6257cbd53a60f27b20f3c6346c56","slots":[{"argon2id":{"iterations":3,"lanes":4,"memory_k'
    b'ib":65536},"id":"4212fe521bf18156","kind":"passphrase","nonce":"f62c51bbedb7126e14685c43","salt":"b8'
    b'ca06a818fc2050120ed51ab860bda5","wrapped":"a0304c98b9a52ecfb93b0d83716e34e236946f8920db546b73ed2a379'
    b'36574cfc795e6e24b1c50b54122f954735a6226"},{"id":"acce3e63625c9ba8","kind":"recovery","nonce":"3b3878'
    b'74e0da23d1d7d5c151","salt":"dd743eba1ed1f43a62f3b46c2a8cb740","wrapped":"a791608c5389d3aad8ba7abd896'
    b'd1dadced2b7b9abfb26a4492323a7b79294e2029326bac2f8b1b432c167caa45ea235"}],"vault_id":"0123456789abcde'
    b'f0123456789abcdef","version":1}'
)
GOLDEN_RECOVERY_KEY = "5QGK-X99Q-BK31-QW53-ZX8E-7TT6-F853-5HPZ-2V"
GOLDEN_DATA_KEY = "357e6347b8009ed4d347240b5e22a26f2766b467bf6c176e510c09ffd6adda71"

Change = Callable[[dict[str, Any]], object]


@pytest.fixture(scope="module")
def data(made_once: Made) -> bytes:
    return (made_once.folder / "vault.keys").read_bytes()


@pytest.fixture(scope="module")
def recovery_key(made_once: Made) -> RecoveryKey:
    return RecoveryKey.read(made_once.recovery_key)


def rewritten(data: bytes, change: Change) -> bytes:
    """The slot file as somebody without the key would write it after a change: whole, but for the MAC."""
    content = json.loads(data)
    del content["checksum"]
    change(content)
    return canonical(content | {"checksum": slot_format._checksum(content)})


def test_slot_file_of_version_1_opens_for_ever() -> None:
    slot_file = read_slot_file(GOLDEN)
    assert unlock(slot_file, Passphrase(PASSPHRASE)).material.hex() == GOLDEN_DATA_KEY
    assert unlock(slot_file, RecoveryKey.read(GOLDEN_RECOVERY_KEY)).material.hex() == GOLDEN_DATA_KEY


def test_slot_file_holds_neither_key_nor_secret(data: bytes, made_once: Made) -> None:
    data_key = made_once.unlocked().data_key.material
    for secret in (data_key.hex(), PASSPHRASE, made_once.recovery_key, made_once.recovery_key.replace("-", "")):
        assert secret.encode() not in data


def test_every_flipped_bit_is_damage(data: bytes) -> None:
    for place in range(len(data)):
        for bit in range(8):
            flipped = bytearray(data)
            flipped[place] ^= 1 << bit
            with pytest.raises(DamagedVault):
                read_slot_file(bytes(flipped))


def test_every_missing_and_every_added_byte_is_damage(data: bytes) -> None:
    for place in range(len(data)):
        for changed in (data[:place], data[:place] + data[place + 1 :], data[:place] + b" " + data[place:]):
            with pytest.raises(DamagedVault):
                read_slot_file(changed)


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"null", b'"text"', b"\xff\xfe", b"[" * 50_000, b"9" * 60_000, b'{"a":' * 10_000, b"NaN"],
    ids=repr,
)
def test_what_is_no_slot_file_is_damage(content: bytes) -> None:
    with pytest.raises(DamagedVault):
        read_slot_file(content)


@pytest.mark.parametrize(
    "change",
    [
        lambda content: content.update(generation=content["generation"] + 1),
        lambda content: content.update(database_salt="00" * 16),
        lambda content: content.update(mac="00" * 32),
        lambda content: content["slots"].pop(0),
        lambda content: content["slots"].reverse(),
        lambda content: content["slots"].append(content["slots"][0]),
        lambda content: content["slots"][0].update(id="00" * 8),
        lambda content: content["slots"][0]["argon2id"].update(iterations=1),
    ],
)
def test_change_without_the_key_is_damage(data: bytes, recovery_key: RecoveryKey, change: Change) -> None:
    with pytest.raises(DamagedVault):
        unlock(read_slot_file(rewritten(data, change)), recovery_key)


@pytest.mark.parametrize(
    "change",
    [
        lambda content: content.update(vault_id="00" * 16),
        lambda content: content["slots"][1].update(id="00" * 8),
        lambda content: content["slots"][1].update(salt="00" * 16),
        lambda content: content["slots"][1].update(nonce="00" * 12),
        lambda content: content["slots"][1].update(wrapped="00" * 48),
        lambda content: content["slots"].pop(1),
    ],
)
def test_slot_that_was_changed_does_not_open(data: bytes, recovery_key: RecoveryKey, change: Change) -> None:
    assert json.loads(data)["slots"][1]["kind"] == "recovery"
    with pytest.raises(WrongSecret):
        unlock(read_slot_file(rewritten(data, change)), recovery_key)


@pytest.mark.parametrize(
    "cost",
    [
        {"memory_kib": 4 * 1024**3},
        {"memory_kib": 2 * 1024**2 + 1},
        {"memory_kib": 19 * 1024 - 1},
        {"iterations": 65},
        {"iterations": 0},
        {"lanes": 17},
        {"lanes": 0},
        {"lanes": True},
        {"lanes": 4.0},
        {"lanes": "4"},
    ],
    ids=str,
)
def test_cost_out_of_bounds_is_damage_before_any_memory_is_taken(data: bytes, cost: dict[str, Any]) -> None:
    with pytest.raises(DamagedVault):
        read_slot_file(rewritten(data, lambda content: content["slots"][0]["argon2id"].update(cost)))


@pytest.mark.parametrize(
    "change",
    [
        lambda content: content.update(format="spr-case"),
        lambda content: content.update(version=0),
        lambda content: content.update(version="1"),
        lambda content: content.update(version=True),
        lambda content: content.update(slots={}),
        lambda content: content.update(slots=["passphrase"]),
        lambda content: content.update(slots=content["slots"] * 9),
        lambda content: content.update(vault_id="AB" * 16),
        lambda content: content.update(vault_id="ab" * 15),
        lambda content: content.update(mac=None),
        lambda content: content.update(more="than there is"),
        lambda content: content.pop("generation"),
        lambda content: content["slots"][0].update(kind="organisation"),
        lambda content: content.update(version=2),
        lambda content: content["slots"][0].update(kind=["passphrase"]),
        lambda content: content["slots"][0].update(more="than there is"),
        lambda content: content["slots"][0].pop("argon2id"),
        lambda content: content["slots"][1].update(argon2id={}),
        lambda content: content["slots"][1].update(wrapped="ab"),
    ],
)
def test_content_of_another_form_is_damage(data: bytes, change: Change) -> None:
    with pytest.raises(DamagedVault):
        read_slot_file(rewritten(data, change))


def test_file_of_too_many_bytes_is_damage(data: bytes) -> None:
    with pytest.raises(DamagedVault):
        read_slot_file(rewritten(data, lambda content: content.update(more="x" * 64 * 1024)))


def test_form_of_a_later_version_is_not_guessed_at(data: bytes) -> None:
    with pytest.raises(NewerVault):
        read_slot_file(rewritten(data, lambda content: content.update(version=3, slots="of another form")))


def test_other_orders_and_spaces_are_damage(data: bytes) -> None:
    content = json.loads(data)
    for other in (json.dumps(content), json.dumps(content, indent=1), json.dumps(dict(reversed(content.items())))):
        with pytest.raises(DamagedVault):
            read_slot_file(other.encode())


def test_wrong_secrets_open_nothing(data: bytes) -> None:
    slot_file = read_slot_file(data)
    for secret in (Passphrase(PASSPHRASE + " "), Passphrase(PASSPHRASE.upper()), RecoveryKey(bytes(20))):
        with pytest.raises(WrongSecret):
            unlock(slot_file, secret)


@pytest.mark.usefixtures("in_earnest")
def test_no_memory_is_a_fault_of_the_machine(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    class Starved:
        def __init__(self, **_: Any) -> None: ...

        def derive_into(self, *_: Any) -> None:
            raise MemoryError

    monkeypatch.setattr(keys, "Argon2id", Starved)
    with pytest.raises(VaultError, match="memory"):
        unlock(read_slot_file(data), Passphrase(PASSPHRASE))
