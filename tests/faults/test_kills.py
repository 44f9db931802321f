"""Killed at any moment, a vault holds what was acknowledged, no half of anything, and opens without a question."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.conftest import KILLS, SEED
from tests.faults.kinds import KINDS, shares
from tests.faults.worker import ask


@pytest.mark.parametrize(("kind", "kills"), [(kind.name, share) for kind, share in shares(KILLS)])
def test_nothing_acknowledged_is_lost_by_a_kill(kind: str, kills: int, tmp_path: Path) -> None:
    found = ask("kills", tmp_path, kind=kind, kills=kills, seed=SEED)
    assert found["told"] == []
    assert (found["kills"], found["lost"], found["damaged"]) == (kills, 0, 0)


@pytest.mark.parametrize("kind", [each.name for each in KINDS if each.changes_files])
def test_a_kill_at_any_call_leaves_it_done_or_not_begun(kind: str, tmp_path: Path) -> None:
    found = ask("calls", tmp_path, kind=kind)
    assert found["told"] == []
    assert found["kills"] > 20


@pytest.mark.parametrize("kind", ["forgetful", "by halves"])
def test_the_suite_finds_what_is_lost_or_done_by_halves(kind: str, tmp_path: Path) -> None:
    found = ask("kills", tmp_path, kind=kind, kills=40, seed=SEED)
    assert found["lost"] > 3
    assert kind in found["told"][0]
    assert SEED in found["told"][0]


def test_the_suite_finds_whom_a_slot_file_locks_out(tmp_path: Path) -> None:
    found = ask("calls", tmp_path, kind="slot file written over")
    assert found["damaged"] > 0
