"""The long run: ``python -m tests.leaks --to docs/leak-figures.md``; it exits with 1 if anything is wrong."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor, wait
from pathlib import Path
from typing import Any, Final

from spr_desktop.casework.making import BRIEF
from spr_desktop.documents.errors import LeakFound
from tests.documents.packs import passphrase, sealed
from tests.leaks import hostile
from tests.leaks.canary import Canary, sing
from tests.leaks.details import OTHERS
from tests.leaks.figures import Figures, Harmless, page
from tests.leaks.flipping import Flips, flip, places
from tests.leaks.harmless import sentences
from tests.leaks.places import document, family_of
from tests.leaks.planting import Planting, chosen, plant

_PARTS: Final = 80
"""Pieces that the work of one kind is cut into."""
_OTHERS_ASKED_EACH: Final = 20


def main() -> int:
    """Run all parts and write their figures down."""
    call = _parser().parse_args()
    began = time.monotonic()
    canary, planting, flips, harmless = Canary(), Planting(), Flips(), Harmless()
    with ProcessPoolExecutor(call.jobs) as pool:
        flipped = [pool.submit(_flipped, call.flips, call.seed)]
        spoken = [pool.submit(_spoken, which) for which in range(len(OTHERS))]
        sung = [pool.submit(sing, f"{call.seed} {number}") for number in range(call.families)]
        sown = [pool.submit(_sown, part, call.planted, call.seed) for part in range(_PARTS)]
        shouted = [pool.submit(hostile.ask, which) for which in ("short", "long")]
        every: list[Future[Any]] = [*flipped, *spoken, *sown, *sung, *shouted]
        wait(every, timeout=call.minutes and 60 * call.minutes)
        for each in every:
            each.cancel()
    together: list[tuple[Any, list[Any]]]
    together = [(flips, flipped), (harmless, spoken), (planting, sown), (canary, sung)]
    for found, parts in together:
        for part in parts:
            if not part.cancelled():
                found.add(part.result())
    minutes = (time.monotonic() - began) / 60
    told = [each for part in shouted if not part.cancelled() for each in part.result()]
    figures = Figures(call.seed, minutes, call.jobs, canary, planting, flips, harmless, told)
    text = page(figures)
    if call.to:
        call.to.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)
    return 1 if figures.wrong else 0


def _sown(part: int, number: int, seed: str) -> Planting:
    return plant(chosen(number, seed)[part::_PARTS])


def _flipped(number: int, seed: str) -> Flips:
    chosen_ones = places(len(sealed()), number, seed)
    return flip(sealed(), passphrase(), chosen_ones, ask_others_each=_OTHERS_ASKED_EACH)


def _spoken(which: int) -> Harmless:
    """Every harmless sentence in a document of its own."""
    found = Harmless()
    for sentence in sentences():
        family = family_of(OTHERS[which])
        family.change("person", "a", access_needs=[sentence])
        found.sentences += 1
        try:
            document(family, BRIEF, OTHERS[which])
        except LeakFound as leak:
            found.wrong.append(f"refused for {', '.join(_kinds(leak))}: {sentence}")
    return found


def _kinds(leak: LeakFound) -> Iterator[str]:
    yield from sorted({each.kind for each in leak.leaks})


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.leaks", description="Many leaks, and their figures.")
    parser.add_argument("--planted", type=int, default=10_000, metavar="N", help="details; 10000 if not given")
    parser.add_argument("--families", type=int, default=24, metavar="N", help="with marks; 24 if not given")
    parser.add_argument("--flips", type=int, default=2_000, metavar="N", help="by chance; 2000 if not given")
    parser.add_argument("--seed", default="20261122", help="what chance begins with")
    parser.add_argument("--minutes", type=float, metavar="N", help="no new part is begun later; no limit if not given")
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="how many processes work at once")
    parser.add_argument("--to", type=Path, metavar="FILE.md", help="where the figures are written")
    return parser


if __name__ == "__main__":
    sys.exit(main())
