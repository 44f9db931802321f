"""Case references: eight characters of the Crockford base-32 alphabet that say nothing about the family."""

from __future__ import annotations

import re
import secrets
from typing import Final

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no letter that is easily taken for another when it is read out."""

_REFERENCE: Final = re.compile(f"[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}")
_READ_AS: Final = str.maketrans("OIL", "011")


def is_reference(text: str) -> bool:
    """Whether a text is a reference as files have it."""
    return _REFERENCE.fullmatch(text) is not None


def new_reference() -> str:
    """A random reference, of a case or of a document."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return f"{drawn[:4]}-{drawn[4:]}"


def read_case_ref(typed: str) -> str:
    """The reference that a person typed, in any case, with or without the hyphen, with O for 0 and I or L for 1."""
    plain = "".join(typed.upper().split()).replace("-", "").translate(_READ_AS)
    return f"{plain[:4]}-{plain[4:]}"
