"""One part of the suite in a process of its own, without threads or windows: ``python -m tests.faults.worker``.

It takes the name of a part and its arguments as JSON, and prints what it found as JSON.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from tests.faults.careless import CARELESS
from tests.faults.filling import fill_step_by_step
from tests.faults.flipping import flip_bytes
from tests.faults.killing import kill_at_every_call, kill_at_random
from tests.faults.kind import Kind
from tests.faults.kinds import KINDS
from tests.faults.logs import damage_log
from tests.faults.sleeping import sleep_in_the_middle
from tests.vault.samples import REPOSITORY


def _kind(name: str) -> Kind:
    return next(each for each in (*KINDS, *CARELESS) if each.name == name)


_PARTS: Final[dict[str, Callable[..., Any]]] = {
    "kills": lambda folder, kind, kills, seed: kill_at_random(_kind(kind), kills, seed, folder),
    "flips": lambda folder, flips, seed, only=None: flip_bytes(flips, seed, folder, only),
    "logs": lambda folder, damage, tries, seed: damage_log(damage, tries, seed, folder),
    "full": lambda folder, kind, every, small_disk: fill_step_by_step(
        _kind(kind), folder, every, small_disk=small_disk
    ),
    "sleep": lambda folder, stops, seed: sleep_in_the_middle(stops, seed, folder),
    "calls": lambda folder, kind: kill_at_every_call(_kind(kind), folder),
}


def ask(part: str, folder: Path, **about: Any) -> Any:
    """What a part finds that works in an empty folder; raises AssertionError with its words if it breaks down."""
    ended = subprocess.run(
        [sys.executable, "-m", "tests.faults.worker", part, str(folder), json.dumps(about)],
        env=os.environ | {"PYTHONPATH": str(REPOSITORY)},
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr[-4000:]
    return json.loads(ended.stdout)


def main() -> None:
    """Do one part."""
    part, folder, about = sys.argv[1:]
    found = _PARTS[part](Path(folder), **json.loads(about))
    json.dump([asdict(each) for each in found] if isinstance(found, list) else asdict(found), sys.stdout)


if __name__ == "__main__":
    main()
