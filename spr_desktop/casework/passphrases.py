"""Passphrases that are worth having: five words from a long list, drawn by the machine."""

from __future__ import annotations

from typing import Final

SHORTEST: Final = 12
"""Characters; the vault takes none that is shorter."""

_WORDS: Final = 5


def suggest_passphrase() -> str:
    """Five words of 7,776 that can be typed and remembered: about 64 bits."""
    from xkcdpass import xkcd_password

    words = xkcd_password.generate_wordlist(wordfile=xkcd_password.locate_wordfile("eff-long"))
    return str(xkcd_password.generate_xkcdpassword(words, numwords=_WORDS, delimiter=" "))
