"""Stretching a passphrase takes time on purpose. Most of what the tests did was stretching the same few once more."""

from __future__ import annotations

from collections.abc import Callable

from spr_desktop.vault.keys import Argon2Cost, stretched

Stretched = Callable[[bytearray, bytes, Argon2Cost], bytearray]


def remembering() -> Stretched:
    """Stretches in earnest, but only once with the same salt at the same cost.

    The keys are those that other processes find, which know nothing of this.
    """
    known: dict[tuple[bytes, bytes, Argon2Cost], bytes] = {}

    def remembered(secret: bytearray, salt: bytes, cost: Argon2Cost) -> bytearray:
        asked = (bytes(secret), salt, cost)
        if asked not in known:
            known[asked] = bytes(stretched(secret, salt, cost))
        return bytearray(known[asked])

    return remembered
