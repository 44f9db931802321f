"""How long things take, and on which families they are tried: the same for what is measured and its counterpart."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Final, TypeVar

from spr_desktop.casework.invented_many import ManyFamilies

T = TypeVar("T")

_TRIES: Final = 200


def milliseconds(work: Callable[[T], object], on: Sequence[T]) -> list[float]:
    """What a piece of work took on each of some things, in order of length; the first is done once before."""
    work(on[0])
    found = []
    for each in on:
        started = time.perf_counter()
        work(each)
        found.append((time.perf_counter() - started) * 1000)
    return sorted(found)


def at_most_times(work: Callable[[T], object], on: Sequence[T]) -> float:
    """What the work took at the most in 95 of 100 times, in milliseconds."""
    found = milliseconds(work, on)
    return found[min(len(found) - 1, int(len(found) * 0.95))]


def at_half(work: Callable[[T], object], on: Sequence[T]) -> float:
    """What the work took at the most in half of all times, in milliseconds."""
    found = milliseconds(work, on)
    return found[len(found) // 2]


def some_of(count: int) -> list[int]:
    """Families all over the caseload, in no order that a cache would like."""
    return [number * 7919 % count for number in range(min(_TRIES, count))]


def typed_of(families: ManyFamilies, numbers: Sequence[int]) -> list[str]:
    """What stands in the search box while somebody types a name: one letter, then two, and so on."""
    names = [families.names(number)[0] for number in numbers[:40]]
    return [name[:length] for name in names for length in range(1, len(name) + 1)]
