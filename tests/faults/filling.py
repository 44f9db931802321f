"""Full disks: a child works while no file may grow beyond so many bytes, for every number until all of it fits.

The limit is the system's own on the length of a file, which needs no rights. As root the same is done on a small disk
that is really full (``on_a_small_disk``).
"""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Final, Protocol

from spr_desktop.vault.errors import MachineFault, VaultError
from spr_desktop.vault.store import PAGE_BYTES
from tests.faults.children import forked, heard
from tests.faults.kind import Kind
from tests.faults.scene import Scene, stretch_quickly
from tests.vault.samples import ONE_CASE

_FITS_AT_LAST: Final = 4 * 1024 * 1024
"""Bytes with which every kind gets through; otherwise the search for the last refusal would never end."""
_STEPS: Final = 3
_PARTS_OF_A_PAGE: Final = 16
"""The first page is gone through in parts: slot files are smaller."""


@dataclass
class Fills:
    """What came of one kind of change while there was too little room."""

    kind: str
    disk: str
    steps_of_room: int = 0
    """How many amounts of room it was tried with."""
    refused: int = 0
    """With how many of them something was refused, in words."""
    acknowledged: int = 0
    lost: int = 0
    damaged: int = 0
    told: list[str] = field(default_factory=list)
    """What was wrong, and with how much room."""


class Room(Protocol):
    """What keeps a child from writing more."""

    def leave(self, room: int) -> None:
        """From now on there is so much room, in bytes."""

    def give_back(self) -> None:
        """From now on there is room again."""


class LimitOnFiles:
    """No file grows beyond the limit; pages below it can be written."""

    def leave(self, room: int) -> None:
        """Set the limit."""
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))

    def give_back(self) -> None:
        """Take the limit away."""
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


class SmallDisk:
    """A disk that is filled up, but for so many bytes."""

    def __init__(self, folder: Path) -> None:
        self._filler = folder / "filler"

    def leave(self, room: int) -> None:
        """Fill it up."""
        found = os.statvfs(self._filler.parent)
        with self._filler.open("wb") as file:
            file.write(bytes(max(0, found.f_bavail * found.f_frsize - room)))

    def give_back(self) -> None:
        """Remove what fills it."""
        self._filler.unlink(missing_ok=True)


@contextmanager
def on_a_small_disk(folder: Path) -> Iterator[Path]:
    """A disk of 16 MB in a folder; only root may do this."""
    folder.mkdir(parents=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", str(folder)], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def fill_step_by_step(kind: Kind, folder: Path, every: int = PAGE_BYTES, *, small_disk: bool = False) -> Fills:
    """Work with no room, then with so many bytes more each time, until nothing is refused any more."""
    stretch_quickly()
    found = Fills(kind.name, "a full disk" if small_disk else "a limit on files")
    folder.mkdir(parents=True, exist_ok=True)
    if small_disk:
        with on_a_small_disk(folder / "disk") as disk:
            _fill(kind, disk, every, SmallDisk(disk), found)
    else:
        _fill(kind, folder, every, LimitOnFiles(), found)
    return found


def _fill(kind: Kind, folder: Path, every: int, by: Room, found: Fills) -> None:
    kind.prepare(folder / "template")
    template, room = Scene(folder / "template", kind.secret), 0
    largest = max(each.stat().st_size for each in (folder / "template").rglob("*") if each.is_file())
    while True:
        by.give_back()
        scene = template.copied(folder / "scene")
        told = _child(kind, scene, room, by)
        by.give_back()
        found.steps_of_room += 1
        found.acknowledged += told["acknowledged"]
        found.refused += told["refused"]
        if told["wrong"]:
            found.lost += 1
            found.told.append(f"{kind.name}, {room} bytes of room: {told['wrong']}")
        else:
            _look(kind, scene, told["acknowledged"], room, found)
        if not told["refused"] and room > largest:
            return
        assert room < _FITS_AT_LAST, "it never fits"
        room += PAGE_BYTES // _PARTS_OF_A_PAGE if room < PAGE_BYTES else every


def _child(kind: Kind, scene: Scene, room: int, by: Room) -> dict[str, Any]:
    """What a child says that works with so much room, and goes on once there is room again."""
    said, status = heard(*forked(partial(_work, kind, scene, room, by)))
    if status:
        ended = f"it was ended by {status}" if os.WIFSIGNALED(status) else "it failed otherwise than in words"
        return {"acknowledged": 0, "refused": False, "wrong": ended}
    told: dict[str, Any] = json.loads(said)
    return told


def _work(kind: Kind, scene: Scene, room: int, by: Room, write: int) -> None:
    """Steps until one is refused; then everything is still to be read, and with room again the next step is taken."""
    done, refused, wrong = 0, False, ""
    if kind.opens_first:
        assert scene.vault
        kind.step(scene, done)
        done += 1
    by.leave(room)
    try:
        while done < min(kind.steps, _STEPS) + 1:
            kind.step(scene, done)
            done += 1
    except MachineFault:
        refused = True
    if scene.is_open and len(scene.vault.records(ONE_CASE, proven=True)) < 8:
        wrong = "records could not be read any more"
    by.give_back()
    scene.meanwhile.close()
    scene.is_busy = False
    if refused and kind.may_be_done and kind.seen(scene, done) == kind.wanted(done + 1):
        done += 1
    if refused and not wrong and (seen := kind.seen(scene, done)) != kind.wanted(done):
        wrong = f"after {done} steps and one that was refused: {seen!r:.300}"
    elif refused and not wrong:
        kind.step(scene, done)
        done += 1
    scene.close()
    os.write(write, json.dumps({"acknowledged": done, "refused": refused, "wrong": wrong}).encode())


def _look(kind: Kind, scene: Scene, done: int, room: int, found: Fills) -> None:
    again = Scene(scene.folder, scene.secret)
    try:
        again.vault.verify()
        seen = kind.seen(again, done)
        if seen != kind.wanted(done):
            found.lost += 1
            found.told.append(f"{kind.name}, {room} bytes of room: after {done} steps {seen!r:.300}")
    except VaultError as error:
        found.damaged += 1
        found.told.append(f"{kind.name}, {room} bytes of room: {type(error).__name__} {error}")
    finally:
        again.close()
