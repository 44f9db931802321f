"""The long run: ``python -m tests.faults --to docs/fault-figures.md``; it exits with 1 if anything is wrong."""

from __future__ import annotations

import argparse
import sys
import time
from concurrent.futures import Future, ThreadPoolExecutor, wait
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

_AT_ONCE: Final = 50
"""Kills that one process makes."""


def main() -> int:
    """Run all parts, or those for which there is time, and write their figures down."""
    call = _parser().parse_args()
    began, number = time.monotonic(), count()
    with TemporaryDirectory(prefix="faults-", dir=call.in_folder) as folder, ThreadPoolExecutor(call.jobs) as pool:

        def asked(part: str, **about: Any) -> Future[Any]:
            target = Path(folder) / str(next(number))
            target.mkdir()
            return pool.submit(ask, part, target, **about)

        calls = [asked("calls", kind=each.name) for each in KINDS if each.changes_files]
        flips = [asked("flips", flips=call.flips, seed=call.seed, only=each) for each in FILES]
        logs = [asked("logs", damage=each, tries=200, seed=call.seed) for each in DAMAGES]
        disks = (False, True) if call.small_disk else (False,)
        full = [asked("full", kind=kind.name, every=call.room, small_disk=disk) for disk in disks for kind in KINDS]
        kills = [
            asked("kills", kind=kind.name, kills=min(_AT_ONCE, share - first), seed=f"{call.seed}.{first}")
            for first in range(0, call.kills, _AT_ONCE)
            for kind, share in shares(call.kills)
            if first < share
        ]
        every = [*calls, *flips, *logs, *full, *kills]
        wait(every, timeout=call.minutes and 60 * call.minutes)
        for each in every:
            each.cancel()
    figures = Figures(
        seed=call.seed,
        minutes=(time.monotonic() - began) / 60,
        where=call.where,
        asked=call.kills,
        jobs=call.jobs,
        kills=_done(kills),
        calls=_done(calls),
        flips=[one for each in _done(flips) for one in each],
        logs=_done(logs),
        full=_done(full),
    )
    text = page(figures)
    if call.to:
        call.to.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)
    return 1 if figures.told else 0


def _done(parts: list[Future[Any]]) -> list[Any]:
    """What the parts found that there was time for."""
    return [each.result() for each in parts if not each.cancelled()]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description="Many faults, and their figures.")
    parser.add_argument("--kills", type=int, default=10_000, metavar="N", help="in all; 10000 if not given")
    parser.add_argument("--flips", type=int, default=2_000, metavar="N", help="a file; 2000 if not given")
    parser.add_argument("--room", type=int, default=PAGE_BYTES, metavar="BYTES", help="that a disk gets more each time")
    parser.add_argument("--small-disk", action="store_true", help="a disk that is really full as well; only as root")
    parser.add_argument("--seed", default="20261122", help="what chance begins with")
    parser.add_argument("--minutes", type=float, metavar="N", help="no new part is begun later; no limit if not given")
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="how many processes work at once")
    parser.add_argument("--in-folder", type=Path, metavar="DIR", help="where vaults are made; a temporary folder")
    parser.add_argument("--where", default="the temporary folder", metavar="WORDS", help="what that folder is")
    parser.add_argument("--to", type=Path, metavar="FILE.md", help="where the figures are written")
    return parser


if __name__ == "__main__":
    sys.exit(main())
