"""Which way text runs: examples of the Unicode bidirectional algorithm, with small letters for left to right."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spr_desktop.documents.direction import is_space, levels, runs_right_to_left, visual_order

_HEBREW = {chr(ord("A") + at): chr(0x5D0 + at) for at in range(26)}
_LATIN = {hebrew: latin for latin, hebrew in _HEBREW.items()}


def shown(text: str) -> str:
    """How a line stands on the page from left to right; capitals stand for Hebrew letters."""
    line = "".join(_HEBREW.get(each, each) for each in text)
    backwards = runs_right_to_left(line)
    order = visual_order(levels(line, right_to_left=backwards))
    return "".join(_LATIN.get(line[at], line[at]) for at in order)


@pytest.mark.parametrize(
    ("typed", "on_the_page"),
    [
        ("plain text, 12", "plain text, 12"),
        ("ABC", "CBA"),
        ("ABC def", "def CBA"),
        ("abc DEF ghi", "abc FED ghi"),
        ("ABC 123", "123 CBA"),
        ("ABC 12.5, DEF", "FED ,12.5 CBA"),
        ("abc (DEF) 12", "abc (FED) 12"),
        ("ABC (def) 12", "12 )def( CBA"),
        ("abc DEF, GHI jkl", "abc IHG ,FED jkl"),
        ("tel. ABC 44 23", "tel. 23 44 CBA"),
        ("ABC 10%", "10% CBA"),
        ("ABC-12-34", "12-34-CBA"),
        ("", ""),
        ("12 34", "12 34"),
    ],
)
def test_order_on_the_page(typed: str, on_the_page: str) -> None:
    # Brackets are mirrored when glyphs are chosen; here they stand as typed.
    assert shown(typed) == on_the_page


@pytest.mark.parametrize(
    ("text", "answer"), [("محمد", True), ("12 עברית", True), ("Jo محمد", False), ("12", False), ("", False)]
)
def test_direction_of_a_paragraph(text: str, answer: bool) -> None:
    assert runs_right_to_left(text) is answer


@given(st.text(max_size=40), st.booleans())
def test_every_character_stands_somewhere_once(text: str, backwards: bool) -> None:
    found = levels(text, right_to_left=backwards)
    assert sorted(visual_order(found)) == list(range(len(text)))
    assert all(level in (0, 1, 2) for level in found)


@given(st.text(st.characters(max_codepoint=0x58F), max_size=40))
def test_text_of_the_west_stands_as_it_was_typed(text: str) -> None:
    assert visual_order(levels(text, right_to_left=False)) == list(range(len(text)))


def test_spaces_go_with_the_paragraph() -> None:
    assert is_space(" ")
    assert not is_space("a")
