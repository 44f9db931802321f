"""A drawn signature as a note: what goes in comes out, and it is among what is restricted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spr_desktop.casework.signatures import signature_note, strokes_of
from spr_desktop.records.work import Note, NoteBlock

POINTS = st.tuples(st.integers(-50, 1_050), st.integers(-50, 400))


@given(st.lists(st.lists(POINTS, min_size=1, max_size=20), min_size=1, max_size=8))
def test_strokes_come_back_as_they_were_drawn(strokes: list[list[tuple[int, int]]]) -> None:
    note = signature_note("a", "mediation", strokes)
    assert strokes_of(note) == strokes
    assert note.about == ("a",)


def test_the_note_says_what_it_is() -> None:
    (block,) = signature_note("a", "mediation", [[(1, 2), (3, 4)]]).blocks
    first, path = block.text.split("\n")
    assert first == "Signature drawn on the screen, for the agreement to Mediation"
    assert path == "M1 2L3 4"
    assert (block.type, block.attributed_to) == ("fact", None)


@pytest.mark.parametrize("strokes", [[], [[]], [[(1, 1)], []]])
def test_nothing_drawn_is_no_signature(strokes: list[list[tuple[int, int]]]) -> None:
    with pytest.raises(ValueError, match="nothing was drawn"):
        signature_note("a", "mediation", strokes)


@pytest.mark.parametrize(
    "text",
    [
        "Rang Jo.",
        "Signature drawn on the screen, for the agreement to Mediation",
        "Signature drawn on the screen, for the agreement to Mediation\nM1 2Lx",
        "Signature drawn on the screen, for the agreement to Mediation\nL1 2",
    ],
)
def test_other_notes_hold_no_strokes(text: str) -> None:
    assert strokes_of(Note(type="contact", blocks=(NoteBlock(type="fact", text=text),))) is None
    assert strokes_of(Note(type="contact")) is None
