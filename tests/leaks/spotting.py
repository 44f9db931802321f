"""Whether a person would find a planted detail in what was printed: by means of our own, none of the program's."""

from __future__ import annotations

import html
import unicodedata
from typing import Final

from tests.leaks.details import Planted

_LETTERS: Final = {"ł": "l", "ı": "i", "’": "", "ø": "o", "đ": "d"}
_FIGURES_OF_A_NUMBER: Final = 9


def spotted(planted: Planted, printed: str) -> bool:
    """Whether the detail, as it was planted or by its figures, stands in the text of a document."""
    text = _plain(printed)
    if _plain(planted.text) and _plain(planted.text) in text:
        return True
    figures = "".join(each for each in text if each.isdigit())
    known = planted.figures.removeprefix("0")
    return len(known) >= _FIGURES_OF_A_NUMBER and known in figures


def _plain(text: str) -> str:
    """Letters and figures, small, without accents, whatever their dress."""
    text = unicodedata.normalize("NFKD", html.unescape(text)).casefold()
    plain = "".join(_LETTERS.get(each, each) for each in text)
    found = (str(unicodedata.digit(each, each)) for each in plain if each.isalnum())
    return "".join(found)
