"""Kills: a child works and acknowledges each step, is killed, and what it left is opened and looked at."""

from __future__ import annotations

import io
import os
import random
import signal
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Final

from spr_desktop.vault.errors import VaultError
from tests.faults.children import forked, heard
from tests.faults.kind import Kind
from tests.faults.scene import Scene, stretch_quickly

_CALLS: Final = (
    (os, ("open", "fsync", "replace", "rename", "unlink", "mkdir", "rmdir", "scandir")),
    (io, ("open",)),
)
"""What the program does to files by itself; the database does the rest."""


@dataclass
class Kills:
    """What came of killing one kind of change."""

    kind: str
    seed: str
    kills: int = 0
    acknowledged: int = 0
    in_hand: int = 0
    """Kills after which the step that nobody had acknowledged yet was there, whole."""
    lost: int = 0
    """Kills after which something acknowledged was missing, or half a step was there."""
    damaged: int = 0
    """Kills after which the vault did not open, or was not whole."""
    told: list[str] = field(default_factory=list)
    """What was wrong, and how to do it again."""


def kill_at_random(kind: Kind, kills: int, seed: str, folder: Path) -> Kills:
    """Kill so many children, each at a moment of its life by chance."""
    stretch_quickly()
    found, chance = Kills(kind.name, seed), random.Random(f"{seed} {kind.name}")
    template = _prepared(kind, folder)
    pace = _Pace.of(kind, template, folder / "scene")
    scene, done, stood = template, 0, kind.stands
    while found.kills < kills:
        if stood >= kind.stands:
            scene, done, stood = template.copied(folder / "scene"), 0, 0
        acknowledged, status = _killed(kind, scene, done, chance, pace)
        if os.WIFSIGNALED(status):
            found.kills += 1
            found.acknowledged += acknowledged
            stood += 1
        elif os.WEXITSTATUS(status):
            raise AssertionError(f"{kind.name}: a step failed without a kill")
        else:
            pace.quicken()
            stood += kind.stands == 1  # there is nothing left to do
        there = _looked_at(kind, scene, done + acknowledged, found)
        if there is None:
            stood = kind.stands
        else:
            done = there
    return found


def kill_at_every_call(kind: Kind, folder: Path) -> Kills:
    """Kill one step before and after each call that it makes to files, until it is through."""
    stretch_quickly()
    found, template = Kills(kind.name, "none"), _prepared(kind, folder)
    for is_after in (False, True):
        fatal = 0
        while True:
            fatal += 1
            scene = template.copied(folder / "scene")
            said, status = heard(*forked(partial(_one_step, kind, scene, fatal, is_after)))
            acknowledged = len(said)
            if os.WIFSIGNALED(status):
                found.kills += 1
                found.acknowledged += acknowledged
            elif os.WEXITSTATUS(status):
                raise AssertionError(f"{kind.name}: the step failed without a kill")
            found.seed = f"{'after' if is_after else 'before'} call {fatal}"
            _looked_at(kind, scene, acknowledged, found)
            if not os.WIFSIGNALED(status):
                break
    return found


def _prepared(kind: Kind, folder: Path) -> Scene:
    template = folder / "template"
    kind.prepare(template)
    return Scene(template, kind.secret)


@dataclass
class _Pace:
    """Seconds until a child's first acknowledgement, and between two; less once a child was quicker."""

    first: float
    between: float

    @classmethod
    def of(cls, kind: Kind, template: Scene, folder: Path) -> _Pace:
        """The pace of children that nobody kills."""
        lives = [_unkilled(kind, template.copied(folder)) for _ in range(3)]
        return cls(statistics.median(one for one, _ in lives), statistics.median(all_ for _, all_ in lives))

    def quicken(self) -> None:
        """A child has ended before it was to be killed."""
        self.first *= 0.8
        self.between *= 0.8


def _unkilled(kind: Kind, scene: Scene) -> tuple[float, float]:
    """Seconds until the first acknowledgement of a child that nobody kills, and between two on average."""
    began = time.perf_counter()
    child, read = forked(partial(_many_steps, kind, scene, 0))
    os.read(read, 1)
    first = time.perf_counter() - began
    said, status = heard(child, read)
    assert (len(said), status) == (kind.steps - 1, 0), f"{kind.name}: a step failed without a kill"
    lived = time.perf_counter() - began
    return first, (lived - first) / max(1, kind.steps - 1)


def _killed(kind: Kind, scene: Scene, done: int, chance: random.Random, pace: _Pace) -> tuple[int, int]:
    """How many steps a child acknowledged that was killed at some moment of one of its steps, and how it ended."""
    child, read = forked(partial(_many_steps, kind, scene, done))
    wanted = chance.randrange(kind.steps)
    after = chance.uniform(0, 1.1 * (pace.between if wanted else pace.first))
    before = b""
    while len(before) < wanted and (more := os.read(read, wanted - len(before))):
        before += more
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    said, status = heard(child, read)
    return len(before + said), status


def _many_steps(kind: Kind, scene: Scene, done: int, write: int) -> None:
    assert scene.vault
    for number in range(done, done + kind.steps):
        kind.step(scene, number)
        os.write(write, b".")
    scene.close()


def _one_step(kind: Kind, scene: Scene, fatal: int, is_after: bool, write: int) -> None:
    assert scene.vault
    _kill_at_call(fatal, is_after)
    kind.step(scene, 0)
    os.write(write, b".")


def _kill_at_call(fatal: int, is_after: bool) -> None:
    """From now on, this process dies at the so manyth call to a file."""
    calls = 0

    def killing(call: Callable[..., Any]) -> Callable[..., Any]:
        def instead(*arguments: Any, **named: Any) -> Any:
            nonlocal calls
            calls += 1
            is_fatal = calls == fatal
            if is_fatal and not is_after:
                os.kill(os.getpid(), signal.SIGKILL)
            try:
                return call(*arguments, **named)
            finally:
                if is_fatal:
                    os.kill(os.getpid(), signal.SIGKILL)

        return instead

    for module, names in _CALLS:
        for name in names:
            setattr(module, name, killing(getattr(module, name)))


def _looked_at(kind: Kind, scene: Scene, acknowledged: int, found: Kills) -> int | None:
    """How many steps are there; None, noted down, if it is not one of the two numbers that may be."""
    try:
        with _open_again(scene) as again:
            seen = kind.seen(again, acknowledged)
            again.vault.verify()
    except VaultError as error:
        found.damaged += 1
        found.told.append(f"{kind.name}, kill {found.kills}, seed {found.seed}: {type(error).__name__} {error}")
        return None
    except AssertionError as error:
        found.lost += 1
        found.told.append(f"{kind.name}, kill {found.kills}, seed {found.seed}: {error}")
        return None
    for number in (acknowledged, acknowledged + 1):
        if seen == kind.wanted(number):
            found.in_hand += number - acknowledged
            return number
    found.lost += 1
    found.told.append(
        f"{kind.name}, kill {found.kills}, seed {found.seed}: after {acknowledged} acknowledged steps {seen!r:.300}"
    )
    return None


@contextmanager
def _open_again(scene: Scene) -> Iterator[Scene]:
    again = Scene(scene.folder, scene.secret)
    try:
        yield again
    finally:
        again.close()
