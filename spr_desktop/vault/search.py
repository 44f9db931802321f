"""Names as people look for them: in any case, with or without accents, apostrophes and hyphens, in any script."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

_WORDS_LIMIT: Final = 12
_BEGINNING: Final = 3
"""Letters at the beginning of a word that are trusted where the rest may be misspelt."""
_CHARACTERS_LIMIT: Final = 200

_JOINS: Final = frozenset("'`\u2018\u2019\u02b9\u02bb\u02bc\u02bd-\u2010\u2011\u2012\u2013\u2014")
_ACUTE_AS_APOSTROPHE: Final = "\u00b4"
_WITHOUT_STROKE: Final = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "\u0131": "i", "ħ": "h", "ŧ": "t"}
)
_STANDS_ALONE: Final = re.compile(
    "[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]"
)
"""Kana, ideographs and the syllables of Korean: scripts that put no spaces between the parts of a name."""


def indexed_words(texts: Iterable[str]) -> str:
    """The words under which texts are found, separated by spaces: O'Neil under oneil, o and neil."""
    found: list[str] = []
    for text in texts:
        joined, apart = _words(text, ""), _words(text, " ")
        found += joined if joined == apart else joined + apart
    return " ".join(found)


def search_expression(text: str) -> str | None:
    """What FTS5 is asked for when a person typed a text: each word, or the beginning of one, in any order.

    None if the text holds nothing to look for. Nothing in the text is taken for an operator.
    """
    words = _words(text[:_CHARACTERS_LIMIT], "", is_phrase=True)[:_WORDS_LIMIT]
    return " ".join(f'"{word}"*' for word in words) or None


def name_words(name: str) -> list[str]:
    """The folded words of a name, for comparing."""
    return _words(name[:_CHARACTERS_LIMIT], "")[:_WORDS_LIMIT]


def near_expressions(name: str) -> list[str]:
    """What FTS5 is asked for to find a name that may be misspelt, the closest first; none if it holds no letters.

    Every word as it was typed, the beginnings of all words, and any one word.
    """
    words = name_words(name)
    if not words:
        return []
    whole = " ".join(f'"{word}"*' for word in words)
    begun = " ".join(f'"{word[:_BEGINNING]}"*' for word in words)
    any_one = " OR ".join(f'"{word}"*' for word in words)
    return list(dict.fromkeys((whole, begun, any_one)))


def _words(text: str, join: str, *, is_phrase: bool = False) -> list[str]:
    """The folded words of a text; ideographs stand alone, or in one phrase as they follow each other."""
    plain = "".join(_folded(text, join))
    words = unicodedata.normalize("NFC", plain).split()  # puts the syllables of Korean together again
    spaced = [_STANDS_ALONE.sub(r" \g<0> ", word).split() for word in words]
    return [" ".join(parts) for parts in spaced] if is_phrase else [part for parts in spaced for part in parts]


def _folded(text: str, join: str) -> Iterator[str]:
    text = text.replace(_ACUTE_AS_APOSTROPHE, "'")
    for each in unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()):
        category = unicodedata.category(each)
        if each in _JOINS:
            yield join
        elif category[0] in "LN":
            yield each.translate(_WITHOUT_STROKE)
        elif category[0] != "M" and category != "Cf":  # accents, and marks that are not seen, go without a trace
            yield " "
