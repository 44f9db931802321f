"""Texts that are meant to do something are printed as text or refused, and nothing is opened for them."""

from __future__ import annotations

from typing import Any, Final

import pytest

from spr_desktop.casework.making import KINDS
from tests.leaks.hostile import LONG, NOT_PRINTED, REFUSED, ask

_SECONDS: Final = 8
"""Of processor, for a text as long as may be; some 0.5 are usual."""

Found = list[dict[str, Any]]


@pytest.fixture(scope="module")
def found() -> Found:
    """What came of all short ones, in a process that is watched."""
    return ask("short")


def test_nothing_is_read_from_the_disk_and_nothing_is_connected_to(found: Found) -> None:
    assert {line for each in found for line in each["noticed"]} == set()
    assert {line for each in found for line in each["outside"]} == set()


def test_markup_is_printed_as_it_was_typed_in_every_kind(found: Found) -> None:
    printed = {each["kind"] for each in found if each["text"] == "all markup" and each["printed"]}
    assert printed == set(KINDS)


def test_what_no_record_may_hold_is_refused(found: Found) -> None:
    outcomes = {each["text"]: each["outcome"] for each in found if each["text"] in REFUSED}
    assert set(outcomes) == set(REFUSED)
    lone = outcomes.pop("lone surrogate")
    assert set(outcomes.values()) == {"refused: InvalidDocument"}
    assert lone == "refused: no file can hold it"


def test_odd_characters_are_printed_or_refused(found: Found) -> None:
    outcomes = {(each["text"], each["outcome"]) for each in found if each["text"] in NOT_PRINTED}
    refused = {name for name, outcome in outcomes if outcome == "refused: MissingGlyph"}
    assert {name for name, outcome in outcomes if outcome == "made"} == set(NOT_PRINTED) - refused
    assert {"noncharacter", "private use", "an emoji", "tags"} <= refused


def test_invisible_marks_do_not_change_the_order_of_figures(found: Found) -> None:
    told = [each for each in found if each["text"] == "marks of direction"]
    assert told
    assert all(each["printed"] for each in told)


def test_a_text_as_long_as_may_be_takes_seconds(found: Found) -> None:
    taken = {each["text"]: each["seconds"] for each in found if each["text"] in LONG}
    assert taken
    assert max(taken.values()) < _SECONDS
