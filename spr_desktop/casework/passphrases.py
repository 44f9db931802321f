"""Passphrases that are worth having: five words from a long list, drawn by the machine."""

from __future__ import annotations

from typing import Final

SHORTEST: Final = 12
"""Characters; the vault takes none that is shorter."""

_WORDS: Final = 5
_LEAST_VARIETY: Final = 5
"""So few different characters are the same thing over and over."""
_ROWS: Final = ("0123456789" * 2, "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm")


def suggest_passphrase() -> str:
    """Five words of 7,776 that can be typed and remembered: about 64 bits."""
    from xkcdpass import xkcd_password

    words = xkcd_password.generate_wordlist(wordfile=xkcd_password.locate_wordfile("eff-long"))
    return str(xkcd_password.generate_xkcdpassword(words, numwords=_WORDS, delimiter=" "))


def is_too_plain(passphrase: str) -> bool:
    """Whether a passphrase is guessed first: one thing over and over, or keys in their order, either way."""
    plain = "".join(passphrase.casefold().split())
    if len(set(plain)) < _LEAST_VARIETY:
        return True
    return any(plain in row or plain in row[::-1] for row in _ROWS)
