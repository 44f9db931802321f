"""The ways in which a text can be read by somebody who wants to: what was disguised, escaped or spelt out.

A detail that is typed as ``siobhan [at] example``, with a Cyrillic letter in a Latin name or with its figures in words
is still read by people. Each text is searched as it stands, and once more for each way in which it reads otherwise.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Final
from urllib.parse import unquote

from spr_desktop.documents.days import days_written
from spr_desktop.documents.matching import Letters, letters

_CYRILLIC: Final = (
    "аa еe іi јj оo рp сc уy хx ѕs ԁd ԛq ԝw һh ӏl үy кk мm нh тt вb "
    "АA ВB ЕE ЅS ІI ЈJ КK МM НH ОO РP СC ТT УY ХX ҮY ԜW ӀI"
)
_GREEK: Final = "αa βb γy εe ηn ιi κk νv οo ρp τt υu χx ωw ϲc ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX ϹC"
_OTHERS: Final = "օo սu ոn հh ɑa ɡg"
_LOOKALIKES: Final = {ord(pair[0]): pair[1] for pair in f"{_CYRILLIC} {_GREEK} {_OTHERS}".split()}
"""Letters of other scripts that look like Latin ones (Unicode TR39, those that a keyboard has)."""
_LOOKS_LIKE_FIGURES: Final = re.compile(
    r"(?<=\d)[lIoO|]{1,12}|[lIoO|]{1,12}(?=\d)|(?<=[\dlIoO|][/.\-])[lIoO|]{1,2}(?=[/.\-][\dlIoO|])"
)
"""Bounded, like all patterns here: a text of 100,000 characters must not be searched from each of them to its end."""
_AS_FIGURES: Final = str.maketrans("lI|oO", "11100")
_TAG: Final = re.compile(r"</?[A-Za-z][^<>]{0,200}>")
_ENTITY_APART: Final = re.compile(r"&\s?(#?)\s?([0-9A-Za-z\s]{1,14}?);")

_WORDS: Final = {
    "zero": 0, "nought": 0, "naught": 0, "nil": 0, "oh": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5,
    "six": 6, "seven": 7, "eight": 8, "nine": 9,
}  # fmt: skip
_TIMES: Final = {"double": 2, "treble": 3, "triple": 3}
_TOKENS: Final = re.compile(r"\d|[^\W\d_]+")
NUMBER_FROM: Final = 9
"""Figures from which a number is found whatever stands between them."""


@dataclass(frozen=True)
class Text:
    """A text in every way in which it reads."""

    typed: str

    def holds(self, detail: str, *, as_a_whole: bool = False, in_one_word: bool = False) -> bool:
        """Whether a detail, itself reduced, stands in it (``Letters.holds``)."""
        if any(each.holds(detail, as_a_whole=as_a_whole, in_one_word=in_one_word) for each in self._letters):
            return True
        is_number = len(detail) >= NUMBER_FROM and detail.isdigit() and detail.isascii()
        return is_number and any(detail in each for each in self._figures)

    def says(self, day: date) -> bool:
        """Whether it tells of a day, in figures or in words."""
        return day in self._days

    @cached_property
    def _all(self) -> list[str]:
        return list(readings(self.typed))

    @cached_property
    def _letters(self) -> list[Letters]:
        return [letters(each) for each in self._all]

    @cached_property
    def _figures(self) -> set[str]:
        found = set()
        for each in self._all:
            tokens = _TOKENS.findall(_with_plain_figures(each))
            found |= {"".join(filter(str.isdigit, tokens)), "".join(_with_words(tokens))}
        return {each for each in found if len(each) >= NUMBER_FROM}

    @cached_property
    def _days(self) -> set[date]:
        return {day for each in self._all for day in days_written(each)}


def readings(text: str) -> Iterator[str]:
    """The text, and what else it reads as."""
    yield text
    plain = _unescaped(text)
    if plain != text:
        yield plain
    seen = looks(plain)
    if seen != plain and seen != unicodedata.normalize("NFD", plain):
        yield seen


def looks(text: str) -> str:
    """A text with what looks like a Latin letter, or like a figure among figures, in the place of what is none."""
    found = text if text.isascii() else unicodedata.normalize("NFD", text).translate(_LOOKALIKES)
    return _LOOKS_LIKE_FIGURES.sub(lambda each: each[0].translate(_AS_FIGURES), found)


def _unescaped(text: str) -> str:
    """A text without markup, entities and per cent signs; people who read HTML see through them."""
    found = text
    if "&" in found:
        found = html.unescape(_ENTITY_APART.sub(lambda each: f"&{each[1]}{''.join(each[2].split())};", found))
    if "%" in found:
        found = unquote("".join(found.split()) if re.search(r"%\s*[0-9A-Fa-f]\s+[0-9A-Fa-f]", found) else found)
    return _TAG.sub("", found) if "<" in found else found


def _with_words(tokens: list[str]) -> Iterator[str]:
    """The figures among some words, and those that are words: ``double oh`` is 00."""
    times = 1
    for token in tokens:
        if token in _TIMES:
            times = _TIMES[token]
            continue
        if token.isdigit() or token in _WORDS:
            yield (token if token.isdigit() else str(_WORDS[token])) * times
        times = 1


def _with_plain_figures(text: str) -> str:
    if text.isascii():
        return text.casefold()
    return "".join(_figure(each) for each in unicodedata.normalize("NFKC", text).casefold())


@lru_cache(maxsize=4_000)
def _figure(character: str) -> str:
    """A figure of any script as ours, Chinese ones too; nothing for what cannot be seen."""
    if unicodedata.category(character) == "Cf":
        return ""
    number = unicodedata.numeric(character, None)
    return str(int(number)) if number is not None and number in range(10) else character
