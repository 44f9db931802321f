"""Hints about words that carry a judgement: in all their forms, and never where a word only looks alike."""

from __future__ import annotations

import pytest

from spr_desktop.casework.language import hints_in


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Jo alleges that", "alleges"),
        ("the ALLEGATION was", "ALLEGATION"),
        ("He claimed it", "claimed"),
        ("historical abuse", "historical"),
        ("she refuses to", "refuses"),
        ("Sam failed\nto engage.", "failed to engage"),
        ("they didn’t engage", "didn’t engage"),
        ("two domestic incidents", "domestic incidents"),
        ("both as bad as each other", "both as bad as each other"),
    ],
)
def test_a_word_that_judges_is_found_in_its_forms(text: str, found: str) -> None:
    (hint,) = hints_in(text)
    assert hint.found == found
    assert hint.why
    assert hint.suggestion
    assert hint.found in hint.said


@pytest.mark.parametrize(
    "text", ["", "He says that she left.", "reclaimed land", "a domestically minded man", "prehistoric"]
)
def test_other_words_are_left_alone(text: str) -> None:
    assert hints_in(text) == []


def test_each_word_group_is_said_once_in_the_order_of_the_text() -> None:
    said = [each.found for each in hints_in("She refused. He alleges. She refused again. They claim.")]
    assert said == ["refused", "alleges", "claim"]
