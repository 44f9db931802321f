"""The fonts that documents are set in, and which of them prints a character.

Fonts are read when a character first needs them: an ordinary English document reads two of the thirty.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib import resources
from typing import Final

import uharfbuzz

from spr_desktop.documents.errors import MissingGlyph

_SCRIPTS_WITH_BOLD: Final = (
    "Arabic", "Armenian", "Bengali", "Devanagari", "Ethiopic", "Georgian",
    "Gujarati", "Gurmukhi", "Hebrew", "Tamil", "Thai",
)  # fmt: skip
_SCRIPTS_REGULAR_ONLY: Final = ("Kannada", "Khmer", "Lao", "Malayalam", "Myanmar", "Sinhala", "Telugu")
_CHINESE_AND_JAPANESE: Final = "DroidSansFallbackFull.ttf"

_REGULAR: Final = (
    "NotoSans-Regular.ttf",
    *(f"NotoSans{script}-Regular.ttf" for script in (*_SCRIPTS_WITH_BOLD, *_SCRIPTS_REGULAR_ONLY)),
    _CHINESE_AND_JAPANESE,
    "NanumSquareR.ttf",
)
_BOLD: Final = (
    "NotoSans-Bold.ttf",
    *(f"NotoSans{script}-Bold.ttf" for script in _SCRIPTS_WITH_BOLD),
    *(f"NotoSans{script}-Regular.ttf" for script in _SCRIPTS_REGULAR_ONLY),
    _CHINESE_AND_JAPANESE,
    "NanumSquareB.ttf",
)

_SEEN_BY_NOBODY: Final = frozenset("\u00ad\u034f\u200b\u200c\u200d\u200e\u200f\u2060\ufeff") | frozenset(
    chr(code) for code in range(0xFE00, 0xFE10)
)
"""Characters that only tell their neighbours how to join, break or look; no font needs a glyph for them."""


class Face:
    """One font file."""

    def __init__(self, file_name: str, data: bytes) -> None:
        self.file_name = file_name
        self.face = uharfbuzz.Face(data)
        self.font = uharfbuzz.Font(self.face)
        self.scale: float = 1000 / self.face.upem
        """From the font's own units to thousandths of the type size."""
        self._advances: dict[int, float] = {}
        self._covered: frozenset[int] = frozenset(self.face.unicodes)

    def covers(self, cluster: str) -> bool:
        """Whether it has glyphs for every character of a cluster that anybody sees."""
        return all(ord(each) in self._covered for each in cluster if each not in _SEEN_BY_NOBODY)

    def advance(self, glyph: int) -> float:
        """Width of a glyph in thousandths of the type size."""
        known = self._advances.get(glyph)
        if known is None:
            known = self._advances[glyph] = float(self.font.get_glyph_h_advance(glyph)) * self.scale
        return known


@cache
def face(file_name: str) -> Face:
    """A font that the program brings along."""
    return Face(file_name, (resources.files("resources") / "fonts" / file_name).read_bytes())


@lru_cache(maxsize=20_000)
def face_for(cluster: str, *, bold: bool) -> Face:
    """The font that prints a character with its marks; raises MissingGlyph where none does."""
    names = _BOLD if bold else _REGULAR
    found = next((each for each in map(face, names) if each.covers(cluster)), None)
    if found is None:
        raise MissingGlyph(_uncovered(cluster, names))
    return found


def _uncovered(cluster: str, names: tuple[str, ...]) -> str:
    """The first character that no font has; if each is in some font but never together, the last one, a mark."""
    return next((each for each in cluster if not any(face(name).covers(each) for name in names)), cluster[-1])
