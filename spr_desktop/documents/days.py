"""The days that a text tells of, however they are written: in figures of any order, with the month's name, in words.

Where figures can be read in more than one order, they are read in each: 3/4/1988 is a day in April, and one in March.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from functools import lru_cache
from itertools import product
from typing import Final

_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_MONTH: Final = (
    {name: number for number, name in enumerate(_MONTHS, 1)}
    | {name[:3]: number for number, name in enumerate(_MONTHS, 1)}
    | {"sept": 9}
)
_ROMAN: Final = {
    name: number
    for number, name in enumerate(("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"), 1)
}
_ONES: Final = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")  # fmt: skip
_TENS: Final = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90}  # fmt: skip
_CARDINAL: Final = {name: number for number, name in enumerate(_ONES) if name}
_ORDINAL: Final = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16,
    "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30,
}  # fmt: skip
_LEFT_OUT: Final = frozenset({"of", "the", "st", "nd", "rd", "th", "day", "in", "and", "year"})

_BETWEEN: Final = r"\s*[/.,\-\u2010-\u2015\u2212\u00b7\\_]\s*"
_IN_FIGURES: Final = re.compile(
    rf"(?<!\d)(?=(\d{{1,4}}){_BETWEEN}(\d{{1,2}}|[ivx]{{1,4}}){_BETWEEN}(\d{{4}}|\d{{1,2}})(?!\d))"
)
_IN_FIGURES_APART: Final = re.compile(r"(?<!\d)(?=(\d{1,2}|\d{4})\s+(\d{1,2})\s+(\d{4}|\d{1,2})(?!\d))")
_IN_ONE: Final = re.compile(r"(?<!\d)\d{8}(?!\d)")
_TOKENS: Final = re.compile(r"\d+|[^\W\d_]+")


def days_written(text: str) -> set[date]:
    """Every day that a text tells of with its year; years of two figures are of this century and the last."""
    plain = _plain(text)
    return {*_in_figures(plain), *_in_words(plain)}


def _plain(text: str) -> str:
    if text.isascii():
        return text.casefold()
    return "".join(map(_figure, unicodedata.normalize("NFKC", text).casefold()))


@lru_cache(maxsize=4_000)
def _figure(character: str) -> str:
    """A figure of any script as ours; nothing for what cannot be seen."""
    if unicodedata.category(character) == "Cf":
        return ""
    return str(unicodedata.digit(character, character))


def _in_figures(text: str) -> Iterator[date]:
    for found in _IN_FIGURES.finditer(text):
        yield from _read(found[1], found[2], found[3])
    for found in _IN_FIGURES_APART.finditer(text):
        if 4 in (len(found[1]), len(found[3])):
            yield from _read(found[1], found[2], found[3])
    for found in _IN_ONE.finditer(text):
        figures = found[0]
        yield from _read(figures[:2], figures[2:4], figures[4:])
        yield from _read(figures[:4], figures[4:6], figures[6:])


def _read(first: str, second: str, third: str) -> Iterator[date]:
    """Three figures as day, month, year; month, day, year; year, month, day."""
    if second in _ROMAN:
        orders = [(third, str(_ROMAN[second]), first)]
    elif not second.isdigit():
        return
    elif len(first) > 2:
        orders = [(first, second, third), (first, third, second)]
    else:
        orders = [(third, second, first), (third, first, second)]
    for year, month, day in orders:
        for each in _years(year):
            yield from _day(each, int(month), int(day))


def _years(figures: str) -> list[int]:
    if len(figures) == 2:
        return [1900 + int(figures), 2000 + int(figures)]
    return [int(figures)] if len(figures) == 4 else []


def _day(year: int, month: int, day: int) -> Iterator[date]:
    with suppress(ValueError):
        yield date(year, month, day)


def _in_words(text: str) -> Iterator[date]:
    """With the name of the month, which stands before, after or between day and year."""
    tokens = [each for each in _TOKENS.findall(text) if each not in _LEFT_OUT]
    for at, token in enumerate(tokens):
        month = _MONTH.get(token)
        if month is None:
            continue
        after = tokens[at + 1 : at + 7]
        before = tokens[max(0, at - 2) : at]
        for day, year in product(_days_at_end(before), _years_at(after)):
            yield from _day(year, month, day)
        for day, taken in _days_at(after):
            for year in (*_years_at(after[taken:]), *_years_at(before[-1:])):
                yield from _day(year, month, day)


def _days_at(tokens: list[str]) -> Iterator[tuple[int, int]]:
    """The day that stands first, and how many words it takes."""
    if not tokens:
        return
    if tokens[0].isdigit() and len(tokens[0]) <= 2:
        yield int(tokens[0]), 1
    elif tokens[0] in _ORDINAL:
        yield _ORDINAL[tokens[0]], 1
    elif tokens[0] in ("twenty", "thirty") and len(tokens) > 1 and tokens[1] in _ORDINAL:
        yield _TENS[tokens[0]] + _ORDINAL[tokens[1]], 2


def _days_at_end(tokens: list[str]) -> Iterator[int]:
    """The days that the last words can be read as: *twenty-first* is not the first."""
    if len(tokens) > 1 and tokens[-2] in ("twenty", "thirty") and tokens[-1] in _ORDINAL:
        yield _TENS[tokens[-2]] + _ORDINAL[tokens[-1]]
    else:
        yield from (day for day, _ in _days_at(tokens[-1:]))


def _years_at(tokens: list[str]) -> Iterator[int]:
    """The years that the first words can be read as."""
    if not tokens:
        return
    if tokens[0].isdigit():
        yield from _years(tokens[0])
    elif tokens[:2] == ["two", "thousand"]:
        yield 2000 + _below_hundred(tokens[2:])
    elif tokens[0] in ("nineteen", "twenty"):
        rest = tokens[2:] if tokens[1:2] == ["hundred"] else tokens[1:]
        if number := _below_hundred(rest):
            yield (1900 if tokens[0] == "nineteen" else 2000) + number


def _below_hundred(tokens: list[str]) -> int:
    """The number that the first words say; 0 where they say none."""
    if tokens[:1] in (["oh"], ["o"]):
        return _CARDINAL.get(tokens[1], 0) if len(tokens) > 1 else 0
    first = tokens[0] if tokens else ""
    if first in _TENS:
        return _TENS[first] + (_CARDINAL.get(tokens[1], 0) if len(tokens) > 1 else 0) % 10
    return _CARDINAL.get(first, 0)
