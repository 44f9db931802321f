"""Finds a detail in a text however it is written: in capitals, without accents, with other spaces, over lines.

Letters and figures are all that is compared. A short word is found only as a word of its own, so that *Ann* is not
found in *Hannah*; a long one, or a number, is found anywhere, because a false alarm costs less than a leak.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

ANYWHERE_FROM: Final = 10
"""Letters from which a detail is found inside other words too."""
BEGINNING_FROM: Final = 6
"""Letters from which a detail is found at the beginning of a longer word: plurals, cases of inflected languages."""
ANYWHERE_FROM_IN_JOINING_SCRIPTS: Final = 4
"""The same for Arabic and Hebrew, which write articles and prepositions in one word with the name."""
FIGURES_OF_A_NUMBER: Final = 7
"""From so many figures a detail is a number and found anywhere."""

_PLAIN: Final = str.maketrans(
    {
        "ł": "l", "đ": "d", "ð": "d", "ø": "o", "ħ": "h", "ı": "i", "ŧ": "t", "æ": "ae", "œ": "oe", "þ": "th",
        **dict(zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnoprstuvwyz", strict=True)),
        "ى": "ي", "ی": "ي", "ة": "ه", "ک": "ك", "ـ": None,
    }
)  # fmt: skip
_WITHOUT_SPACES: Final = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]"
)
"""Scripts that do not part words by spaces: Thai, Lao, Myanmar, Khmer, Chinese, Japanese; Korean joins particles."""
_JOINING: Final = re.compile("[\u0590-\u07ff]")


@dataclass(frozen=True, slots=True)
class Letters:
    """A text reduced to its letters and figures."""

    text: str
    starts: tuple[bool, ...]
    """Whether a word begins at the letter; one more than letters, the last for the end."""

    def holds(self, detail: str, *, as_a_whole: bool = False, in_one_word: bool = False) -> bool:
        """Whether the detail, itself reduced, stands in the text; ``as_a_whole``, only from word to word.

        A day is looked for as a whole: 7 November is not found in 17 November. ``in_one_word`` finds it in one word, or
        letter by letter: *Fairweather* is not found in fair weather.
        """
        at = self.text.find(detail) if detail else -1
        while at >= 0:
            if as_a_whole:
                is_found = self.starts[at] and self.starts[at + len(detail)]
            else:
                is_found = _may_stand_anywhere(detail) or (self.starts[at] and self._ends_well(at, detail))
            if is_found and not (in_one_word and self._is_put_together(at, len(detail))):
                return True
            at = self.text.find(detail, at + 1)
        return False

    def _is_put_together(self, at: int, length: int) -> bool:
        inside = self.starts[at + 1 : at + length]
        return any(inside) and not all(inside)

    def _ends_well(self, at: int, detail: str) -> bool:
        end = at + len(detail)
        if self.starts[end] or len(detail) >= BEGINNING_FROM:
            return True
        return self.text[end] == "s" and self.starts[end + 1]


def letters(text: str) -> Letters:
    """The letters and figures of a text, and where words begin."""
    kept: list[str] = []
    starts: list[bool] = []
    is_start = True
    for character in text:
        plain = _plain(character)
        if plain is None:
            continue
        if not plain:
            is_start = True
            continue
        kept.append(plain)
        starts += [is_start, *[False] * (len(plain) - 1)]
        is_start = False
    return Letters("".join(kept), (*starts, True))


def reduced(detail: str) -> str:
    """A detail as it is looked for."""
    return letters(detail).text


def number(text: str) -> str:
    """A telephone number as it is looked for: its figures without country code and leading zero."""
    figures = "".join(each for each in reduced(text) if each.isdigit())
    figures = figures.removeprefix("00")
    if figures.startswith("44") and len(figures) > ANYWHERE_FROM:
        figures = figures.removeprefix("44")
    return figures.lstrip("0")


@lru_cache(maxsize=4_000)
def _plain(character: str) -> str | None:
    """A character for comparing: empty if it parts words, None if it stands for nothing of its own."""
    category = unicodedata.category(character)
    if category[0] == "M" or category == "Cf":
        return None
    if (figure := unicodedata.digit(character, None)) is not None:
        return str(figure)
    folded = unicodedata.normalize("NFKD", character).casefold().translate(_PLAIN)
    if not folded and character.isalpha():
        return None
    return "".join(each for each in folded if each.isalnum())


def _may_stand_anywhere(detail: str) -> bool:
    if len(detail) >= ANYWHERE_FROM or sum(map(str.isdigit, detail)) >= FIGURES_OF_A_NUMBER:
        return True
    if _JOINING.search(detail):
        return len(detail) >= ANYWHERE_FROM_IN_JOINING_SCRIPTS
    return _WITHOUT_SPACES.search(detail) is not None
