"""The passphrase of a sealed document: made by the program, read out on the telephone, typed by the recipient.

125 random bits in 29 plain characters: over 32, or outside ASCII, some readers refuse it (security.md section 4.3).
"""

from __future__ import annotations

import secrets
from typing import Final

from spr_desktop.records.references import ALPHABET

_GROUPS: Final = 5
_CHARACTERS: Final = 5
_READ_AS: Final = str.maketrans("OIL", "011", "- \t\u00a0\u2010\u2011\u2012\u2013\u2014")


def new_passphrase() -> str:
    """Five groups of five characters of Crockford's alphabet, joined by hyphens."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(_CHARACTERS)) for _ in range(_GROUPS))


def as_sealed(typed: str) -> str:
    """The passphrase that somebody meant: any case, with or without hyphens, O for 0, I and L for 1.

    What is not of our form is given back as it is: it may belong to a document of another program.
    """
    plain = typed.upper().translate(_READ_AS)
    if len(plain) != _GROUPS * _CHARACTERS or set(plain) - set(ALPHABET):
        return typed
    return "-".join(plain[at : at + _CHARACTERS] for at in range(0, len(plain), _CHARACTERS))
