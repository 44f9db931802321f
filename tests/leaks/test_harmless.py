"""What is ordinary refuses no document: a search that cries wolf would be worked round."""

from __future__ import annotations

from typing import Final

import pytest

from spr_desktop.casework.making import BRIEF
from tests.leaks.details import OTHERS, Other
from tests.leaks.harmless import sentences
from tests.leaks.places import PLACES, document, family_of

ALL: Final = tuple(sentences())
_PLACES: Final = [each for each in PLACES if each.name not in ("way of contact", "access needs, the first words")]


def test_there_are_some_hundreds() -> None:
    assert len(set(ALL)) == len(ALL) >= 250


@pytest.mark.parametrize("other", OTHERS, ids=lambda each: each.preferred)
def test_none_is_refused_as_a_need(other: Other) -> None:
    family = family_of(other)
    family.change("person", "a", access_needs=list(ALL))
    assert document(family, BRIEF, other).pdf


@pytest.mark.parametrize("turn", range(3))
def test_none_is_refused_wherever_it_is_typed(turn: int) -> None:
    other = OTHERS[turn]
    family = family_of(other)
    for at, place in enumerate(_PLACES):
        place.put(
            family, ". ".join(each for each in ALL[(at + turn) % len(_PLACES) :: len(_PLACES)] if "<" not in each)
        )
    assert document(family, BRIEF, other).pdf
