"""With any amount of room too little: said in words, nothing acknowledged lost, and going on once there is room."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.conftest import ROOM
from tests.faults.kinds import KINDS
from tests.faults.worker import ask

NEEDS_NO_ROOM = ("rotation",)


@pytest.mark.parametrize("kind", [each.name for each in KINDS])
def test_full_disk_loses_nothing(kind: str, tmp_path: Path) -> None:
    found = ask("full", tmp_path, kind=kind, every=ROOM, small_disk=False)
    assert found["told"] == []
    assert (found["refused"] > 0) == (kind not in NEEDS_NO_ROOM)
    assert found["steps_of_room"] > 10
