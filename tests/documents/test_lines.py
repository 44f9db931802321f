"""Where lines end, and that nothing of a text is lost or changed on the way to the page."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spr_desktop.documents.errors import MissingGlyph
from spr_desktop.documents.lines import broken, prepared, texts_forgotten
from spr_desktop.documents.recovery_sheet import recovery_sheet
from spr_desktop.documents.shaping import clusters, runs, shaped, width
from spr_desktop.documents.stamp import stamp
from tests.documents.packs import laid_out, released

SIZE = 11.0
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def lines(text: str, column: float = 200) -> list[str]:
    return [line.text for line in broken(text, bold=False, size=SIZE, column=column)]


def points(text: str) -> float:
    return width(text, bold=False) * SIZE / 1000


def test_lines_end_at_spaces() -> None:
    text = "the quick brown fox jumps over the lazy dog and runs away from it all"
    found = lines(text)
    assert "".join(found) == text
    assert len(found) > 1
    assert all(line.endswith(" ") for line in found[:-1])


@pytest.mark.parametrize(
    ("text", "column", "expected"),
    [
        ("mother-in-law", 48, ["mother-", "in-law"]),
        ("one/two", 30, ["one/", "two"]),
        ("07700-900197", 50, ["07700-90", "0197"]),
        ("王小明王小明", 36, ["王小明", "王小明"]),
        ("王小明。", 33, ["王小", "明。"]),
        ("a\nb\n\nc", 100, ["a", "b", "", "c"]),
        ("a\u2028b", 100, ["a", "b"]),
    ],
)
def test_where_lines_end(text: str, column: float, expected: list[str]) -> None:
    assert [line.rstrip() for line in lines(text, column)] == expected


def test_a_word_wider_than_the_column_is_broken_between_characters() -> None:
    found = lines("Wolfeschlegelsteinhausenbergerdorff" * 3, 80)
    assert all(points(line) <= 80 for line in found)
    assert "".join(found) == "Wolfeschlegelsteinhausenbergerdorff" * 3


def test_marks_are_never_torn_from_their_letter() -> None:
    for one, other in pairwise(lines("q\u0323\u0302" * 60, 60)):
        assert not unicodedata.combining(other[0])
        assert one


def test_tabs_are_spaces_and_letters_are_composed() -> None:
    assert prepared("a\tb") == "a    b"
    assert prepared("e\u0301") == "é"


def test_a_long_word_takes_no_long_time() -> None:
    """Time grows with the length of a text, not faster: 100,000 letters are a matter of a second or two."""
    assert len("".join(lines("x" * 100_000))) == 100_000


def test_nothing_of_a_text_stays_in_memory_once_it_is_laid_out() -> None:
    for made in (laid_out(released()), recovery_sheet("CG7N-Z3FE"), stamp("Jo", NOON, 400, 90)):
        assert made
        assert shaped.cache_info().currsize == 0
    with pytest.raises(MissingGlyph), texts_forgotten():
        lines("kept 🙂")
    assert shaped.cache_info().currsize == 0


PRINTABLE = st.text(
    st.one_of(
        st.characters(max_codepoint=0x24F, exclude_categories=("Cc", "Cs")),
        st.sampled_from("محمد عربي שלום हिन्दी 王小明 ไทย ᄒ ﷺ\u200d\u200c\u00ad"),
    ),
    max_size=80,
)


@settings(deadline=None)
@given(PRINTABLE, st.sampled_from([30.0, 90.0, 400.0]))
def test_nothing_is_lost_and_nothing_too_wide(text: str, column: float) -> None:
    try:
        found = broken(text, bold=False, size=SIZE, column=column)
    except MissingGlyph:
        return
    together = "".join("".join(line.text.split()) for line in found)
    assert together == "".join(prepared(text).split())
    for line in found:
        assert points(line.text.rstrip()) <= column + 1 or len(clusters(line.text.rstrip())) == 1


@settings(deadline=None)
@given(PRINTABLE)
def test_glyphs_carry_the_characters_that_they_stand_for(text: str) -> None:
    text = prepared(text)
    try:
        drawn = runs(text, bold=False)
    except MissingGlyph:
        return
    assert sorted("".join(run.text for run in drawn)) == sorted(text)
    for run in drawn:
        assert sorted("".join(glyph.text for glyph in run.glyphs)) == sorted(run.text)
