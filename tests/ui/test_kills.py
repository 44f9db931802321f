"""What is typed survives: the program is killed while somebody types, at random moments, and looked at afterwards."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.drafts import draft, drafts
from tests.vaults import NOT_READY, PASSPHRASE

KILLS = int(os.environ.get("SPR_KILLS", "96"))
"""As many as there is time for when everything is tested; ``make faults`` does 200."""
AT_ONCE = 8
LOSS = 2.0
"""Seconds of typing that may be missing at most."""
LONGEST_TYPING = 3.5
LONGEST_START = 60.0


@dataclass
class Typing:
    """One child that types."""

    process: int
    vault: Path
    log: Path
    lives_for: float
    """Seconds from its first key on."""
    began: float | None = None
    killed: float = 0

    def heard(self) -> list[dict[str, object]]:
        """What it said; a line that was cut off by the kill was not said."""
        if not self.log.exists():
            return []
        return [json.loads(line) for line in self.log.read_text().splitlines(keepends=True) if line.endswith("\n")]


@pytest.fixture
def nursery() -> Iterator[subprocess.Popen[str]]:
    """The program that makes children that type."""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.ui.typist"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=environment,
    )
    yield process
    process.kill()
    process.communicate()


def _begin(nursery: subprocess.Popen[str], vault: Path, folder: Path, seed: int, chance: random.Random) -> Typing:
    assert nursery.stdin
    assert nursery.stdout
    own, log = folder / f"vault-{seed}", folder / f"log-{seed}"
    shutil.copytree(vault, own)
    nursery.stdin.write(f"{own} {seed} {log}\n")
    nursery.stdin.flush()
    return Typing(int(nursery.stdout.readline()), own, log, chance.uniform(0.05, LONGEST_TYPING))


def _kill_in_time(typing: list[Typing]) -> None:
    """Kill each when its time has come; the pauses only keep from looking all the time."""
    started = time.monotonic()
    alive = list(typing)
    while alive:
        for each in list(alive):
            if each.began is None and each.log.exists() and each.log.stat().st_size:
                each.began = time.monotonic()
            if each.began is None:
                assert time.monotonic() - started < LONGEST_START, "a child never typed"
            elif time.monotonic() - each.began >= each.lives_for:
                each.killed = time.monotonic()
                os.kill(each.process, signal.SIGKILL)
                alive.remove(each)
        time.sleep(0.005)
    for each in typing:
        while _is_alive(each.process):
            time.sleep(0.001)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def _look(typing: Typing) -> None:
    """Nothing recorded is missing, and of what was typed at most the last two seconds."""
    heard = typing.heard()
    recorded = [str(each["recorded"]) for each in heard if "recorded" in each]
    typed = [(float(str(each["at"])), str(each["typed"])) for each in heard if "typed" in each]
    # the last two seconds of typing: while the machine lets the program wait, nobody types and nothing is kept
    last = max((float(str(each["at"])) for each in heard), default=typing.killed)
    due = [text for at, text in typed if at <= last - LOSS]
    with Caseload.open(typing.vault, PASSPHRASE) as caseload:
        caseload.vault.verify_ledgers()
        kept = {each.id for each in caseload.records(NOT_READY)}
        assert kept.issuperset(recorded)
        if due:
            names = [name for name, _ in drafts(caseload) if name != "here"]
            texts = json.dumps([draft(caseload, name) for name in names], ensure_ascii=False)
            assert due[-1].strip() in texts
            assert draft(caseload, "here")["place"] in ("form", "conversation")


def test_no_more_than_two_seconds_of_typing_are_lost_when_the_program_is_killed(
    nursery: subprocess.Popen[str], vault: Path, tmp_path: Path
) -> None:
    chance = random.Random(20261122)
    for first in range(0, KILLS, AT_ONCE):
        typing = [_begin(nursery, vault, tmp_path, seed, chance) for seed in range(first, min(first + AT_ONCE, KILLS))]
        _kill_in_time(typing)
        for each in typing:
            _look(each)
            shutil.rmtree(each.vault)
