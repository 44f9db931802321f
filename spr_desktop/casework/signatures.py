"""A signature drawn on the screen: kept as a note among what is restricted, never as a picture and never in a pack.

A drawing of what was agreed, not a legally binding signature. No kind of record has a field for it, so it is a note
whose one block holds a fixed first line and the strokes as the data of one SVG path.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from spr_desktop.casework.words import service_title
from spr_desktop.records.work import Note, NoteBlock

Point = tuple[int, int]
Stroke = list[Point]

_FIRST_LINE: Final = "Signature drawn on the screen, for the agreement to "
_PATH: Final = re.compile(r"(?:M-?\d+ -?\d+(?:L-?\d+ -?\d+)*)+", re.ASCII)
_POINT: Final = re.compile(r"([ML])(-?\d+) (-?\d+)", re.ASCII)


def signature_note(person_id: str, service: str, strokes: Sequence[Sequence[Point]]) -> Note:
    """The note that keeps a drawing; each stroke has at least one point. ValueError where nothing was drawn."""
    if not strokes or not all(strokes):
        raise ValueError("nothing was drawn")
    path = "".join("M" + "L".join(f"{x} {y}" for x, y in stroke) for stroke in strokes)
    text = f"{_FIRST_LINE}{service_title(service)}\n{path}"
    return Note(type="contact", about=(person_id,), blocks=(NoteBlock(type="fact", text=text),))


def strokes_of(note: Note) -> list[Stroke] | None:
    """The strokes that a note keeps; None where it keeps none."""
    if len(note.blocks) != 1:
        return None
    first, _, path = note.blocks[0].text.partition("\n")
    if not first.startswith(_FIRST_LINE) or not _PATH.fullmatch(path):
        return None
    strokes: list[Stroke] = []
    for command, x, y in _POINT.findall(path):
        if command == "M":
            strokes.append([])
        strokes[-1].append((int(x), int(y)))
    return strokes
