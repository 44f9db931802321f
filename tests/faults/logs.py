"""A write-ahead log that a kill left behind, damaged in every way, and how much of what was saved is still there.

SQLite takes a log that is cut short or broken for one that ends earlier, and says nothing: that is noticed by what the
computer last saw of the vault, which is kept outside of it (``vault/last_seen.py``).
"""

from __future__ import annotations

import os
import random
import shutil
import signal
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from spr_desktop.vault.errors import OlderCopy, VaultError
from tests.faults.kinds import kind_of
from tests.faults.scene import RECOVERY_KEY, Scene, make_vault, opened, stretch_quickly
from tests.vault.samples import ONE_CASE, note, summary

COMMITS: Final = 24
_NEW: Final = ("caseload.db-wal", "caseload.db-shm")


@dataclass
class Logs:
    """What came of damaging a log in one way."""

    damage: str
    seed: str
    tries: int = 0
    refused: int = 0
    """The vault said that it was damaged."""
    whole: int = 0
    """Everything was there."""
    shorter: int = 0
    """The vault was as it had been some commits earlier, whole."""
    noticed: int = 0
    """Opening stopped, because the computer had seen more of it."""
    wrong: int = 0
    """Something else was there than after any of the commits."""
    told: list[str] = field(default_factory=list)


def damage_log(damage: str, tries: int, seed: str, folder: Path) -> Logs:
    """Damage a log in one way, so many times where chance has a part in it."""
    stretch_quickly()
    template, found = _left_by_a_kill(folder), Logs(damage, seed)
    chance = random.Random(f"{seed} {damage}")
    commits = {repr(kind_of("records").wanted(number)): number for number in range(COMMITS + 1)}
    for number in range(tries):
        scene = template.copied(folder / "scene")  # where it was written: what was seen is of a vault in its folder
        shutil.rmtree(folder / "seen")
        shutil.copytree(folder / "template" / "seen", folder / "seen")
        what = DAMAGES[damage](scene, chance, number)
        if what is None:
            break
        _look(scene, commits, what, found, folder / "seen")
    return found


def _left_by_a_kill(folder: Path) -> Scene:
    """A vault whose last commits stand in the log alone; its earlier log and another vault's are beside it."""
    scene = folder / "scene"
    for name in ("another", "vault"):
        make_vault(scene / name)
        child = os.fork()
        if not child:
            _write_and_die(scene / name, scene / "earlier", folder / "seen")
        assert os.WIFSIGNALED(os.waitpid(child, 0)[1])
    assert (scene / "vault" / _NEW[0]).stat().st_size > 100_000
    template = Scene(scene).copied(folder / "template")
    shutil.copytree(folder / "seen", folder / "template" / "seen")
    return template


def _write_and_die(folder: Path, earlier: Path, seen: Path) -> None:
    try:
        vault = opened(folder, last_seen_in=seen)
        reader = vault.for_background()
        with reader._store.reading() as connection:
            connection.execute("SELECT count(*) FROM record").fetchone()
            for number in range(COMMITS):
                notes = [note(ONE_CASE, 100 + 2 * number), note(ONE_CASE, 101 + 2 * number)]
                vault.append(ONE_CASE, notes, summary(ONE_CASE, f"Name {number}"))
                if number == COMMITS // 2 and folder.name == "vault":
                    shutil.copytree(folder, earlier)
            os.kill(os.getpid(), signal.SIGKILL)
    finally:
        os._exit(1)


def _look(scene: Scene, commits: dict[str, int], what: str, found: Logs, seen_in: Path) -> None:
    found.tries += 1
    is_noticed = _is_noticed(scene, seen_in)
    again = Scene(scene.folder, RECOVERY_KEY)
    try:
        seen = repr(kind_of("records").seen(again, 0))
        again.vault.verify()
        number = commits.get(seen)
        if number is None:
            found.wrong += 1
            found.told.append(f"{what}, seed {found.seed}: {seen:.300}")
        elif number == COMMITS:
            found.whole += 1
        else:
            found.shorter += 1
            found.noticed += is_noticed
    except VaultError:
        found.refused += 1
    finally:
        again.close()


def _is_noticed(scene: Scene, seen_in: Path) -> bool:
    try:
        opened(scene.vault_folder, last_seen_in=seen_in).close()
    except OlderCopy:
        return True
    except VaultError:
        return False
    return False


def _log(scene: Scene) -> Path:
    return scene.vault_folder / _NEW[0]


def _flip(scene: Scene, chance: random.Random, _number: int) -> str | None:
    data = bytearray(_log(scene).read_bytes())
    place, bits = chance.randrange(len(data)), chance.randrange(1, 256)
    data[place] ^= bits
    _log(scene).write_bytes(data)
    return f"byte {place} by {bits}"


def _flip_index(scene: Scene, chance: random.Random, _number: int) -> str | None:
    index = scene.vault_folder / _NEW[1]
    data = bytearray(index.read_bytes())
    place = chance.randrange(len(data))
    data[place] ^= 255
    index.write_bytes(data)
    return f"byte {place} of the index"


def _cut(scene: Scene, chance: random.Random, _number: int) -> str | None:
    length = chance.randrange(_log(scene).stat().st_size)
    os.truncate(_log(scene), length)
    return f"cut to {length} bytes"


def _remove(scene: Scene, _chance: random.Random, number: int) -> str | None:
    if number > 1:
        return None
    _log(scene).unlink()
    if number:
        (scene.vault_folder / _NEW[1]).unlink()
    return "removed"


def _roll_back(scene: Scene, _chance: random.Random, number: int) -> str | None:
    if number:
        return None
    shutil.copy(scene.folder / "earlier" / _NEW[0], _log(scene))
    return "an earlier one"


def _swap(scene: Scene, _chance: random.Random, number: int) -> str | None:
    if number:
        return None
    shutil.copy(scene.folder / "another" / _NEW[0], _log(scene))
    return "another vault's"


def _roll_all_back(scene: Scene, _chance: random.Random, number: int) -> str | None:
    if number:
        return None
    shutil.rmtree(scene.vault_folder)
    shutil.copytree(scene.folder / "earlier", scene.vault_folder)
    return "the whole vault of earlier"


def _leave(_scene: Scene, _chance: random.Random, number: int) -> str | None:
    return None if number else "nothing"


DAMAGES: Final[dict[str, Callable[[Scene, random.Random, int], str | None]]] = {
    "nothing": _leave,
    "flipped": _flip,
    "index flipped": _flip_index,
    "cut short": _cut,
    "removed": _remove,
    "rolled back": _roll_back,
    "swapped": _swap,
    "whole vault rolled back": _roll_all_back,
}
"""Ways in which a log is damaged; each is asked for the next until it has no more."""
