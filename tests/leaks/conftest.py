"""How much of the long run ``make test`` does; ``make leaks`` does all of it."""

from __future__ import annotations

import os
from typing import Final

PLANTED: Final = int(os.environ.get("SPR_LEAKS_PLANTED", "40"))
"""Details of the other parent, one to a document."""
FLIPS: Final = int(os.environ.get("SPR_LEAKS_FLIPS", "80"))
"""Bytes of a sealed pack, one at a time."""
SEED: Final = os.environ.get("SPR_LEAKS_SEED", "20261122")
"""What chance begins with."""
