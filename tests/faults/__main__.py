"""The long run: ``python -m tests.faults --to docs/fault-figures.md``; it exits with 1 if anything is wrong."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from spr_desktop.vault.store import PAGE_BYTES
from tests.faults.figures import Figures, page
from tests.faults.flipping import FILES
from tests.faults.kinds import KINDS, shares
from tests.faults.logs import DAMAGES
from tests.faults.worker import ask

_AT_ONCE: Final = 100
"""Kills that one process makes."""


def main() -> int:
    """Run all parts, and write their figures down."""
    call = _parser().parse_args()
    began, number = time.monotonic(), count()
    with TemporaryDirectory(prefix="faults-", dir=call.in_folder) as folder, ThreadPoolExecutor(call.jobs) as pool:

        def asked(part: str, **about: Any) -> Callable[[], Any]:
            target = Path(folder) / str(next(number))
            target.mkdir()
            return pool.submit(ask, part, target, **about).result

        kills = [
            asked("kills", kind=kind.name, kills=min(_AT_ONCE, share - first), seed=f"{call.seed}.{first}")
            for kind, share in shares(call.kills)
            for first in range(0, share, _AT_ONCE)
        ]
        calls = [asked("calls", kind=each.name) for each in KINDS if each.changes_files]
        flips = [asked("flips", flips=call.flips, seed=call.seed, only=each) for each in FILES]
        logs = [asked("logs", damage=each, tries=200, seed=call.seed) for each in DAMAGES]
        disks = (False, True) if call.small_disk else (False,)
        full = [asked("full", kind=kind.name, every=call.room, small_disk=disk) for disk in disks for kind in KINDS]
        found = [[each() for each in part] for part in (kills, calls, logs, full)]
        of_flips = [one for each in flips for one in each()]
    figures = Figures(
        seed=call.seed,
        minutes=(time.monotonic() - began) / 60,
        where="a folder that was named" if call.in_folder else "the temporary folder",
        kills=found[0],
        calls=found[1],
        flips=of_flips,
        logs=found[2],
        full=found[3],
    )
    text = page(figures)
    if call.to:
        call.to.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)
    return 1 if figures.told else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description="Many faults, and their figures.")
    parser.add_argument("--kills", type=int, default=10_000, metavar="N", help="in all; 10000 if not given")
    parser.add_argument("--flips", type=int, default=2_000, metavar="N", help="a file; 2000 if not given")
    parser.add_argument("--room", type=int, default=PAGE_BYTES, metavar="BYTES", help="that a disk gets more each time")
    parser.add_argument("--small-disk", action="store_true", help="a disk that is really full as well; only as root")
    parser.add_argument("--seed", default="20261122", help="what chance begins with")
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="how many processes work at once")
    parser.add_argument("--in-folder", type=Path, metavar="DIR", help="where vaults are made; a temporary folder")
    parser.add_argument("--to", type=Path, metavar="FILE.md", help="where the figures are written")
    return parser


if __name__ == "__main__":
    sys.exit(main())
