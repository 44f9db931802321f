"""A write-ahead log that is damaged after a kill never gives other data; and what it loses is noticed from outside."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults import logs
from tests.faults.conftest import SEED
from tests.faults.worker import ask

TRIES = 60


@pytest.mark.parametrize("damage", logs.DAMAGES)
def test_damaged_log_never_gives_other_data_and_its_loss_is_noticed(damage: str, tmp_path: Path) -> None:
    found = ask("logs", tmp_path, damage=damage, tries=TRIES, seed=SEED)
    assert found["told"] == []
    assert found["wrong"] == 0
    assert found["whole"] + found["shorter"] + found["refused"] == found["tries"] > 0
    assert found["noticed"] == found["shorter"]


@pytest.mark.parametrize("damage", ["nothing", "index flipped"])
def test_log_that_a_kill_left_is_all_there(damage: str, tmp_path: Path) -> None:
    found = ask("logs", tmp_path, damage=damage, tries=20, seed=SEED)
    assert found["whole"] == found["tries"]


@pytest.mark.parametrize("damage", ["flipped", "cut short", "removed", "rolled back"])
def test_the_damage_is_damage(damage: str, tmp_path: Path) -> None:
    found = ask("logs", tmp_path, damage=damage, tries=20, seed=SEED)
    assert found["whole"] == 0
