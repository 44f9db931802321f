"""Where a text is broken into lines: at spaces, after hyphens, between Chinese or Japanese characters.

White space is kept, new lines too. A word that is wider than the column is broken between characters rather than run
over the margin.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from spr_desktop.documents.direction import runs_right_to_left
from spr_desktop.documents.shaping import clusters, shaped, width

_NEW_LINE: Final = re.compile("[\n\u2028\u2029]")
_MARK_OF_DIRECTION: Final = re.compile("[\u200e\u200f\u061c]")
_TAB: Final = " " * 4
_BREAKS_AFTER: Final = frozenset("-/\u2010\u2013\u2014")
_ASCII_BREAK: Final = re.compile(r"(?<=\s)(?=\S)|(?<=[A-Za-z][-/])(?=[A-Za-z0-9])")
_CLOSING: Final = frozenset("、。，．：；！？」』】）》〉・…’”)]},.:;!?ー々")
_OPENING: Final = frozenset("「『【（《〈‘“([{")
_EAST_ASIAN: Final = re.compile("[\u2e80-\u2fff\u3040-\u30ff\u3100-\u312f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")


@contextmanager
def texts_forgotten() -> Iterator[None]:
    """While a document is laid out, pieces of its texts are remembered, for speed; afterwards none is.

    What was on a page must not stay in memory when the vault is locked.
    """
    try:
        yield
    finally:
        _width.cache_clear()
        shaped.cache_clear()


def prepared(text: str) -> str:
    """A text in the form in which it is printed: composed, with spaces for tabs, without marks of direction.

    Between figures such a mark, which nobody sees, turns their order round: a number would be printed that is none.
    """
    return unicodedata.normalize("NFC", _MARK_OF_DIRECTION.sub("", text)).replace("\t", _TAB)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a paragraph."""

    text: str
    """In reading order, with the space that ends it."""
    right_to_left: bool
    """The direction of its paragraph."""
    at_the_right: bool
    """Whether it stands at the right: right-to-left paragraphs of several lines do, a name alone stays at its label."""


def broken(text: str, *, bold: bool, size: float, column: float) -> list[Line]:
    """The lines of a text; lengths are points. Raises MissingGlyph."""
    limit = column * 1000 / size
    found: list[Line] = []
    paragraphs = _NEW_LINE.split(prepared(text))
    for number, paragraph in enumerate(paragraphs, 1):
        lines = list(_filled(paragraph, bold, limit))
        backwards = runs_right_to_left(paragraph)
        # The space at the end would stand at the left of such a line, and push it away from the margin.
        texts = [line.rstrip() if backwards else line for line in lines]
        if number < len(paragraphs) and not backwards and texts[-1] and not texts[-1].endswith(" "):
            texts[-1] += " "  # so that the next line does not run into it when it is read out
        found += [Line(each, backwards, backwards and len(lines) > 1) for each in texts]
    return found


def _filled(text: str, bold: bool, limit: float) -> Iterator[str]:
    line = ""
    taken = 0.0
    for piece in _pieces(text):
        for part in _fitting(piece, bold, limit):
            needed = _width(part.rstrip(), bold)
            if line and taken + needed > limit:
                yield line
                line, taken = "", 0.0
            line += part
            taken += _width(part, bold)
    yield line


def _pieces(text: str) -> Iterator[str]:
    """The smallest parts of a text between which a line may end, each with the space that follows it."""
    if text.isascii():  # as below, and much faster
        yield from filter(None, _ASCII_BREAK.split(text))
        return
    piece = ""
    parts = clusters(text)
    for before, cluster in zip(["", *parts], parts, strict=False):
        if piece and _may_break(before, cluster, piece):
            yield piece
            piece = ""
        piece += cluster
    if piece:
        yield piece


def _may_break(before: str, after: str, piece: str) -> bool:
    if before.isspace():
        return not after.isspace()
    if after.isspace():
        return False
    if before in _BREAKS_AFTER:
        return after.isalnum() and piece[-2:-1].isalpha()
    if _EAST_ASIAN.match(before) or _EAST_ASIAN.match(after):
        return before not in _OPENING and after not in _CLOSING
    return False


def _fitting(piece: str, bold: bool, limit: float) -> Iterator[str]:
    """The piece, or as much of it at a time as fits into a line."""
    if _width(piece.rstrip(), bold) <= limit:
        yield piece
        return
    part = ""
    taken = 0.0
    for cluster in clusters(piece):
        needed = _width(cluster, bold)
        if part and taken + needed > limit:
            yield part
            part, taken = "", 0.0
        part += cluster
        taken += needed
    yield part


@lru_cache(maxsize=20_000)
def _width(text: str, bold: bool) -> float:
    return width(text, bold=bold)
