"""References of cases: random, unlike one another, and read however a person types them."""

from __future__ import annotations

import pytest

from spr_desktop.records.references import ALPHABET, is_reference, new_reference, read_case_ref


def test_a_new_reference_is_one_and_is_like_no_other() -> None:
    found = {new_reference() for _ in range(2_000)}
    assert len(found) == 2_000
    assert all(map(is_reference, found))
    assert {*"".join(found)} == {*ALPHABET, "-"}


@pytest.mark.parametrize("typed", ["K7QX-3M2P", "k7qx3m2p", " k7qx 3m2p ", "K7QX - 3M2P", "K7QX\t3M2P\n"])
def test_a_reference_is_read_however_it_is_typed(typed: str) -> None:
    assert read_case_ref(typed) == "K7QX-3M2P"


def test_letters_that_look_like_digits_are_read_as_those() -> None:
    assert read_case_ref("oi1L-00o0") == "0111-0000"


@pytest.mark.parametrize("text", ["", "K7QX3M2P", "K7QX-3M2", "K7QX-3M2PP", "K7QX-3M2O", "k7qx-3m2p", "K7QX-3M2P\n"])
def test_anything_else_is_no_reference(text: str) -> None:
    assert not is_reference(text)
