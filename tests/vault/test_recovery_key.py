"""The recovery key: copied by hand, so every slip of the pen must show."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spr_desktop.vault.errors import WrongSecret
from spr_desktop.vault.recovery_key import RecoveryKey
from spr_desktop.vault.slot_format import Slot

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
KEY = RecoveryKey(bytes(range(0, 200, 10)))
SHOWN = "0051-87H8-68Y4-CM2T-CHQ7-H0MC-JTGA-ND5Y-WZ"

KEYS = st.binary(min_size=20, max_size=20).map(RecoveryKey)


def test_key_is_shown_as_in_every_version() -> None:
    assert KEY.shown() == SHOWN


def test_slot_key_is_that_of_every_version() -> None:
    slot = Slot("", "recovery", bytes(range(100, 116)), None, b"", b"")
    assert KEY.slot_key(slot).hex() == "70cc890473d934216c8853e7565c9d7d340efaf34726ab4d0b5d7a7175810da3"


@given(KEYS)
def test_what_is_shown_is_read(key: RecoveryKey) -> None:
    assert RecoveryKey.read(key.shown()) == key


def test_keys_are_random() -> None:
    assert len({RecoveryKey.generate().material for _ in range(50)}) == 50


@pytest.mark.parametrize(
    "typed",
    [
        SHOWN.lower(),
        SHOWN.replace("-", ""),
        SHOWN.replace("-", " "),
        f"  {SHOWN}\n",
        SHOWN.replace("-", " \u2013 "),
        SHOWN.replace("0", "O").replace("1", "I"),
        SHOWN.replace("0", "o").replace("1", "l"),
    ],
)
def test_reading_is_tolerant(typed: str) -> None:
    assert RecoveryKey.read(typed) == KEY


def test_every_single_slip_is_noticed() -> None:
    plain = SHOWN.replace("-", "")
    for place, right in enumerate(plain):
        for wrong in set(ALPHABET) - {right}:
            with pytest.raises(WrongSecret):
                RecoveryKey.read(plain[:place] + wrong + plain[place + 1 :])


def test_every_swap_of_neighbours_is_noticed() -> None:
    plain = SHOWN.replace("-", "")
    for place in range(len(plain) - 1):
        swapped = plain[:place] + plain[place + 1] + plain[place] + plain[place + 2 :]
        if swapped != plain:
            with pytest.raises(WrongSecret):
                RecoveryKey.read(swapped)


@pytest.mark.parametrize("typed", ["", SHOWN[:-1], SHOWN + "0", SHOWN.replace("A", "U", 1), "é" * 34, "\ud800" * 34])
def test_what_is_no_key_is_refused_without_being_repeated(typed: str) -> None:
    assert typed != SHOWN
    with pytest.raises(WrongSecret) as refused:
        RecoveryKey.read(typed)
    assert not typed or typed not in str(refused.value)


def test_key_does_not_show_itself() -> None:
    assert repr(KEY) == "RecoveryKey()"
