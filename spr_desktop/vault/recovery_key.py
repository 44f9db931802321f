"""The recovery key: the one way back after a forgotten passphrase, in a form that can be copied by hand."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Final, Literal

from spr_desktop.vault.errors import WrongSecret
from spr_desktop.vault.keys import RECOVERY_SLOT, derived
from spr_desktop.vault.slot_format import Slot

_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS: Final = str.maketrans("OIL", "011")
_LEFT_OUT: Final = str.maketrans("", "", "-\u2010\u2011\u2012\u2013\u2014")
_KEY_BYTES: Final = 20
_KEY_CHARACTERS: Final = 32
_CHECK_CHARACTERS: Final = 2
_GROUP: Final = 4

_CHECK_PRIME: Final = 1021
"""The largest prime that two characters can hold: one mistyped character or two swapped ones change the remainder."""


@dataclass(frozen=True, slots=True)
class RecoveryKey:
    """160 random bits."""

    material: bytes = field(repr=False)

    @classmethod
    def generate(cls) -> RecoveryKey:
        """A new key, from the operating system's random source."""
        return cls(secrets.token_bytes(_KEY_BYTES))

    @classmethod
    def read(cls, text: str) -> RecoveryKey:
        """Read what was copied by hand: any case, with or without spaces and hyphens, O for 0, I and L for 1.

        Raises WrongSecret if it is of another length, holds other characters, or its check characters do not fit.
        """
        plain = "".join(text.split()).translate(_LEFT_OUT).upper().translate(_READ_AS)
        if len(plain) != _KEY_CHARACTERS + _CHECK_CHARACTERS or set(plain) - set(_ALPHABET):
            raise WrongSecret("the recovery key is not of its form")
        number = _number(plain[:_KEY_CHARACTERS])
        if number % _CHECK_PRIME != _number(plain[_KEY_CHARACTERS:]):
            raise WrongSecret("the recovery key is mistyped")
        return cls(number.to_bytes(_KEY_BYTES, "big"))

    @property
    def kind(self) -> Literal["recovery"]:
        """The kind of slot that it opens."""
        return "recovery"

    def slot_key(self, slot: Slot) -> bytearray:
        """The key that wraps the data key; the recovery key is random, so it needs no stretching."""
        return derived(self.material, RECOVERY_SLOT, slot.salt)

    def shown(self) -> str:
        """The key as it is printed: 32 characters and two check characters, in groups of four."""
        number = int.from_bytes(self.material, "big")
        text = _characters(number, _KEY_CHARACTERS) + _characters(number % _CHECK_PRIME, _CHECK_CHARACTERS)
        return "-".join(text[start : start + _GROUP] for start in range(0, len(text), _GROUP))


def _number(characters: str) -> int:
    number = 0
    for each in characters:
        number = number * 32 + _ALPHABET.index(each)
    return number


def _characters(number: int, count: int) -> str:
    return "".join(_ALPHABET[number >> 5 * place & 31] for place in reversed(range(count)))
