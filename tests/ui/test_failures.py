"""What the window says when something did not work."""

from __future__ import annotations

from spr_desktop.casework.failures import Family
from ui.failures import _SENTENCES


def test_there_is_a_sentence_for_every_family_of_failures() -> None:
    assert set(_SENTENCES) == set(Family)
    assert all(each.endswith(".") for each in _SENTENCES.values())
