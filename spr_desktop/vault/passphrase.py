"""The passphrase: what a person types, made into one and the same bytes on every keyboard."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import Final, Literal

from spr_desktop.vault.errors import WeakPassphrase
from spr_desktop.vault.keys import stretched, wipe
from spr_desktop.vault.slot_format import Slot

LEAST_LENGTH: Final = 12
"""Characters that a new passphrase has at the least."""


@dataclass(frozen=True, slots=True)
class Passphrase:
    """A passphrase as it was typed."""

    text: str = field(repr=False)

    @classmethod
    def new(cls, text: str) -> Passphrase:
        """A passphrase that is to be set; how well it is chosen is for the caller to judge.

        Raises WeakPassphrase if it is shorter than twelve characters.
        """
        if len(unicodedata.normalize("NFC", text)) < LEAST_LENGTH:
            raise WeakPassphrase(f"a passphrase has at least {LEAST_LENGTH} characters")
        return cls(text)

    @property
    def kind(self) -> Literal["passphrase"]:
        """The kind of slot that it opens."""
        return "passphrase"

    def slot_key(self, slot: Slot) -> bytearray:
        """The key that wraps the data key; takes about a second by design, and the caller wipes it."""
        assert slot.cost is not None
        # an error of the encoder would carry the passphrase, so half characters are let through
        secret = bytearray(unicodedata.normalize("NFC", self.text).encode("utf-8", "surrogatepass"))
        try:
            return stretched(secret, slot.salt, slot.cost)
        finally:
            wipe(secret)
