"""How many faults of each kind are made, and which; every test here bears the marker ``faults``."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import pytest

KILLS: Final = int(os.environ.get("SPR_FAULT_KILLS", "300"))
"""In all; split over the kinds."""
FLIPS: Final = int(os.environ.get("SPR_FAULT_FLIPS", "2000"))
"""Over all files of a vault."""
ROOM: Final = int(os.environ.get("SPR_FAULT_ROOM", "12288"))
"""Bytes that a full disk gets more each time."""
SEED: Final = os.environ.get("SPR_FAULT_SEED", "20261122")
"""What chance begins with; said where something is wrong."""

_HERE: Final = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is in this folder."""
    for each in items:
        if _HERE in each.path.parents:
            each.add_marker(pytest.mark.faults)
