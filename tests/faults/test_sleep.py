"""A laptop that sleeps in the middle of a write: the program stands still anywhere, and goes on as if nothing was."""

from __future__ import annotations

from pathlib import Path

from tests.faults.conftest import SEED
from tests.faults.worker import ask

STOPS = 40


def test_what_was_acknowledged_is_there_after_standing_still_anywhere(tmp_path: Path) -> None:
    found = ask("sleep", tmp_path, stops=STOPS, seed=SEED)
    assert found["told"] == []
    assert found["stops"] == STOPS
    assert found["acknowledged"] > STOPS
