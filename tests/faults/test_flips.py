"""A flipped byte anywhere in a vault is noticed or harmless."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.conftest import FLIPS, SEED
from tests.faults.flipping import FILES
from tests.faults.worker import ask


@pytest.mark.parametrize("file", FILES)
def test_no_flipped_byte_is_silent(file: str, tmp_path: Path) -> None:
    flips = -(-FLIPS // len(FILES))
    (found,) = ask("flips", tmp_path, flips=flips, seed=SEED, only=file)
    assert found["told"] == []
    assert (found["flips"], found["silent"], found["crashed"]) == (flips, 0, 0)
    if "bak" not in file:
        assert found["at_open"] + found["at_check"] + found["mended"] == flips, "each of them can be noticed"


def test_no_file_of_a_vault_is_left_out(tmp_path: Path) -> None:
    assert {each["file"] for each in ask("flips", tmp_path, flips=5, seed=SEED)} == set(FILES)
