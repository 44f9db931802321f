"""From a line of text to glyphs: which font, which direction, which shapes, in the order in which they stand."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Final, NamedTuple

import uharfbuzz

from spr_desktop.documents.direction import is_space, levels, runs_right_to_left, visual_order
from spr_desktop.documents.errors import MissingGlyph
from spr_desktop.documents.fonts import Face, face_for

_JOINS_WHAT_IS_BEFORE: Final = frozenset("\u00ad\u034f\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")


class Glyph(NamedTuple):
    """A shape at its place; lengths in thousandths of the type size."""

    number: int | None
    """In its font; None for an invisible one that only carries a character of a ligature."""
    text: str
    """The characters that a reader of the file gets for it; may be empty."""
    x: float
    """From the beginning of the run."""
    y: float
    """Above the base line."""


@dataclass(frozen=True, slots=True)
class Run:
    """Glyphs of one font and direction, from left to right."""

    face: Face
    text: str
    glyphs: tuple[Glyph, ...]
    width: float
    is_plain: bool
    """Whether each glyph stands for its own characters, so that readers need no other account."""
    right_to_left: bool = False


def clusters(text: str) -> list[str]:
    """The text in characters, each with the marks that belong to it."""
    if text.isascii():
        return list(text)
    found: list[str] = []
    for each in text:
        joins = each in _JOINS_WHAT_IS_BEFORE or unicodedata.category(each)[0] == "M"
        if joins and found:
            found[-1] += each
        else:
            found.append(each)
    return found


def runs(text: str, *, bold: bool, right_to_left: bool = False) -> list[Run]:
    """The runs of a line of a paragraph that runs in a direction, from left to right; raises MissingGlyph."""
    level_of = levels(text, right_to_left=right_to_left)
    for at in range(len(text) - 1, -1, -1):
        if not is_space(text[at]):
            break
        level_of[at] = int(right_to_left)
    stretches = _stretches(text, level_of, bold)
    order = visual_order([level for _, level, _ in stretches])
    return [shaped(*stretches[at]) for at in order]


def width(text: str, *, bold: bool) -> float:
    """Width of a text on one line, in thousandths of the type size; raises MissingGlyph."""
    level_of = levels(text, right_to_left=runs_right_to_left(text))
    return sum(_extent(*each) for each in _stretches(text, level_of, bold))


def _stretches(text: str, level_of: list[int], bold: bool) -> list[tuple[Face, int, str]]:
    """The longest pieces that share a font and a direction, in reading order."""
    if text.isascii() and text.isprintable() and not any(level_of):
        return [(face_for("a", bold=bold), 0, text)] if text else []  # plain English, most of every document
    found: list[tuple[Face, int, str]] = []
    at = 0
    for cluster in clusters(text):
        level = level_of[at]
        at += len(cluster)
        before = found[-1] if found else None
        # A space or a full stop stays with the script around it, so that words are not torn into runs of one character.
        keeps = before is not None and not cluster.isalnum() and before[0].covers(cluster)
        face = before[0] if before and keeps else face_for(cluster, bold=bold)
        if before and (before[0], before[1]) == (face, level):
            found[-1] = (face, level, before[2] + cluster)
        else:
            found.append((face, level, cluster))
    return found


@lru_cache(maxsize=20_000)
def shaped(face: Face, level: int, text: str) -> Run:
    """A piece of text in one font and direction; raises MissingGlyph where the font has no shape for it after all."""
    buffer = _shapes(face, level, text)
    if text.isascii() and level == 0 and len(buffer.glyph_infos) == len(text):
        return _plainly_shaped(face, text, buffer)
    placed: list[tuple[int, Glyph]] = []
    pen = 0.0
    for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        if info.codepoint == 0:
            raise MissingGlyph(text[info.cluster])
        x, y = (pen + position.x_offset) * face.scale, position.y_offset * face.scale
        placed.append((info.cluster, Glyph(info.codepoint, "", x, y)))
        pen += position.x_advance
    glyphs, is_plain = _with_texts(placed, text, right_to_left=bool(level % 2))
    return Run(face, text, tuple(glyphs), pen * face.scale, is_plain, right_to_left=bool(level % 2))


def _plainly_shaped(face: Face, text: str, buffer: uharfbuzz.Buffer) -> Run:
    """The same for plain English, where each character has a shape of its own."""
    glyphs: list[Glyph] = []
    pen, scale = 0, face.scale
    for character, info, position in zip(text, buffer.glyph_infos, buffer.glyph_positions, strict=True):
        if info.codepoint == 0:
            raise MissingGlyph(character)
        x, y = (pen + position.x_offset) * scale, position.y_offset * scale
        glyphs.append(Glyph(info.codepoint, character, x, y))
        pen += position.x_advance
    return Run(face, text, tuple(glyphs), pen * scale, is_plain=True)


def _extent(face: Face, level: int, text: str) -> float:
    """Width of a piece, in thousandths of the type size."""
    return float(sum(position.x_advance for position in _shapes(face, level, text).glyph_positions)) * face.scale


def _shapes(face: Face, level: int, text: str) -> uharfbuzz.Buffer:
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if level % 2 else "ltr"
    uharfbuzz.shape(face.font, buffer, {})
    return buffer


def _with_texts(placed: list[tuple[int, Glyph]], text: str, *, right_to_left: bool) -> tuple[list[Glyph], bool]:
    """The glyphs, each with the characters that it stands for, so that the text can be read back from the file.

    Readers turn a right-to-left run around character by character. There a ligature gets one character only, and the
    others are carried by invisible glyphs to its left.
    """
    starts = sorted({cluster for cluster, _ in placed})
    end_of = dict(zip(starts, [*starts[1:], len(text)], strict=True))
    found: list[Glyph] = []
    is_plain = True
    for cluster, group in groupby(placed, key=lambda each: each[0]):
        glyphs = [glyph for _, glyph in group]
        characters = text[cluster : end_of[cluster]]
        is_plain = is_plain and (len(glyphs) == 1 or right_to_left)
        if right_to_left:
            found += _right_to_left(glyphs, characters)
        else:
            last = len(glyphs) - 1
            found += [_carrying(glyph, characters[at : at + 1]) for at, glyph in enumerate(glyphs[:-1])]
            found.append(_carrying(glyphs[-1], characters[last:]))
    return found, is_plain


def _right_to_left(glyphs: list[Glyph], characters: str) -> list[Glyph]:
    """Glyphs come from left to right, so the first character belongs to the last glyph."""
    more = [Glyph(None, each, glyphs[0].x, 0) for each in reversed(characters[len(glyphs) :])]
    shares = [characters[at : at + 1] for at in range(len(glyphs))]
    return more + [_carrying(glyph, share) for glyph, share in zip(glyphs, reversed(shares), strict=True)]


def _carrying(glyph: Glyph, text: str) -> Glyph:
    return Glyph(glyph.number, text, glyph.x, glyph.y)
