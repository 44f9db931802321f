"""Keys: pinned once and for all, because another derivation would lock everybody out."""

from __future__ import annotations

import hashlib
import hmac
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spr_desktop.vault import keys
from spr_desktop.vault.errors import WeakPassphrase
from spr_desktop.vault.keys import (
    CHAIN_KEY,
    DATABASE_KEY,
    LEAST_COST,
    RECOVERY_SLOT,
    SLOT_FILE_KEY,
    USUAL_COST,
    Argon2Cost,
    DataKey,
    calibrated_cost,
    scaled_cost,
    stretched,
)
from spr_desktop.vault.passphrase import Passphrase
from spr_desktop.vault.recovery_key import RecoveryKey
from spr_desktop.vault.slot_format import Slot

DATA_KEY = bytes(range(32))
SALT = bytes(range(100, 116))


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        (DATABASE_KEY, "20f42ca58c1ab0129082b14f376b7e276c3319b5390ba86c97604abad064509b"),
        (SLOT_FILE_KEY, "37bab69fe7efbfb56b5b6604d8c946a67dbefd0839bac1fc328e6442d5557267"),
        (CHAIN_KEY, "72fe44986fb1e292c3451690c16b260b7a0f348464d996247dfff2e282866e9e"),
    ],
)
def test_derived_keys_are_those_of_every_version(label: bytes, expected: str) -> None:
    assert DataKey(bytearray(DATA_KEY)).derive(label).hex() == expected


def test_key_of_a_recovery_slot_is_that_of_every_version() -> None:
    slot = Slot("", "recovery", SALT, None, b"", b"")
    key = RecoveryKey(bytes(range(20))).slot_key(slot)
    assert key.hex() == "07d7dd69f7fbe7e242f023bb0fd20bdf4dc14aa606c412844499e31c0883022a"
    extracted = hmac.digest(SALT, bytes(range(20)), hashlib.sha256)
    assert key == hmac.digest(extracted, RECOVERY_SLOT + b"\x01", "sha256")


def test_keys_are_derived_as_rfc_5869_says() -> None:
    extracted = hmac.digest(bytes(32), DATA_KEY, hashlib.sha256)
    expanded = hmac.digest(extracted, DATABASE_KEY + b"\x01", hashlib.sha256)
    assert DataKey(bytearray(DATA_KEY)).derive(DATABASE_KEY) == expanded


def test_every_use_has_a_key_of_its_own() -> None:
    labels = [value for name, value in vars(keys).items() if isinstance(value, bytes) and name.isupper()]
    assert len(labels) >= 4
    assert len({bytes(DataKey(bytearray(DATA_KEY)).derive(label)) for label in labels}) == len(labels)


def test_stretched_passphrase_is_that_of_every_version() -> None:
    assert (
        stretched(bytearray(b"under the old pear tree"), SALT, LEAST_COST).hex()
        == "749ffa6e58b1b0047aa069135e65d93cfd2673966c412f463fd3298aa915447c"
    )


def test_passphrase_is_one_however_the_keyboard_composes_it() -> None:
    text = "Siân under the pear tree"
    slot = Slot("", "passphrase", SALT, LEAST_COST, b"", b"")
    composed, decomposed = (Passphrase(unicodedata.normalize(form, text)) for form in ("NFC", "NFD"))
    assert composed.text != decomposed.text
    assert composed.slot_key(slot) == decomposed.slot_key(slot)
    assert composed.slot_key(slot) != Passphrase(text + " ").slot_key(slot)


def test_half_characters_in_a_passphrase_do_not_raise_its_text() -> None:
    slot = Slot("", "passphrase", SALT, LEAST_COST, b"", b"")
    assert len(Passphrase("typed by an odd keyboard \ud800").slot_key(slot)) == 32


@pytest.mark.parametrize("text", ["", "elevenchars", " " * 11, unicodedata.normalize("NFD", "é" * 11)])
def test_short_passphrases_are_refused_without_being_repeated(text: str) -> None:
    with pytest.raises(WeakPassphrase) as refused:
        Passphrase.new(text)
    assert not text or text not in str(refused.value)


def test_passphrase_of_twelve_characters_is_taken() -> None:
    assert Passphrase.new("twelve chars").text == "twelve chars"


def test_secrets_do_not_show_themselves() -> None:
    assert "pear" not in repr(Passphrase("under the old pear tree"))


@given(st.floats(min_value=0.001, max_value=1000))
def test_calibrated_cost_stays_within_its_bounds(usual_seconds: float) -> None:
    cost = scaled_cost(usual_seconds)
    assert cost.is_enough
    assert cost.memory_kib <= USUAL_COST.memory_kib


@given(st.floats(min_value=0.1, max_value=4))
def test_calibrated_cost_takes_about_a_second(usual_seconds: float) -> None:
    cost = scaled_cost(usual_seconds)
    work = (cost.memory_kib * cost.iterations) / (USUAL_COST.memory_kib * USUAL_COST.iterations)
    assert 0.67 <= work * usual_seconds <= 1.02


@pytest.mark.parametrize(
    ("on_the_wall", "on_the_processor"), [(3.0, 0.9), (0.9, 3.0)], ids=["others work too", "in several threads"]
)
def test_busy_machine_is_not_taken_for_a_slow_one(
    monkeypatch: pytest.MonkeyPatch, on_the_wall: float, on_the_processor: float
) -> None:
    class Clocks:
        perf_counter = staticmethod(iter([0.0, on_the_wall]).__next__)
        process_time = staticmethod(iter([0.0, on_the_processor]).__next__)

    monkeypatch.setattr(keys, "time", Clocks)
    monkeypatch.setattr(keys, "stretched", lambda *_: bytearray())
    assert calibrated_cost() == USUAL_COST


def test_calibration_measures_this_machine() -> None:
    assert calibrated_cost().is_enough


@pytest.mark.parametrize(
    "cost",
    [
        Argon2Cost(64 * 1024 - 1, 3, 4),
        Argon2Cost(64 * 1024, 2, 4),
        Argon2Cost(64 * 1024, 3, 3),
        Argon2Cost(4 * 1024**3, 3, 4),
    ],
)
def test_cost_below_the_floor_or_above_the_bounds_is_not_enough(cost: Argon2Cost) -> None:
    assert not cost.is_enough


def test_wiped_key_is_gone_and_its_copy_is_not() -> None:
    key = DataKey(bytearray(DATA_KEY))
    copied = key.copy()
    key.wipe()
    assert key.material == bytes(32)
    assert copied.material == DATA_KEY
    assert not key.is_same(copied)
