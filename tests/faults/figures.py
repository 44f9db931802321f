"""The figures of a long run, as a page of the documentation."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import cryptography
import sqlcipher3.dbapi2 as sqlcipher

from spr_desktop import __version__

Found = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Figures:
    """What was found, part by part, as the workers said it; several findings of one thing are added up."""

    seed: str
    minutes: float
    where: str
    """What kind of folder the vaults were made in."""
    asked: int
    """How many kills at random moments were asked for; where time was up, fewer were made."""
    jobs: int
    """How many processes worked at once."""
    kills: Sequence[Found]
    calls: Sequence[Found]
    flips: Sequence[Found]
    logs: Sequence[Found]
    full: Sequence[Found]

    @property
    def told(self) -> list[str]:
        """Everything that was wrong."""
        parts = (self.kills, self.calls, self.flips, self.logs, self.full)
        return [line for part in parts for found in part for line in found["told"]]


def page(figures: Figures) -> str:
    """The page."""
    return "\n".join(
        [
            "# Figures of the fault suite",
            "",
            *_beginning(figures),
            "",
            "## Kills at random moments",
            "",
            "A child takes steps of one kind, says each when it is done, and is killed (SIGKILL) at a moment by",
            "chance. The vault is then opened and checked in full, and must be what it was after the last step that",
            "was said or after the one in hand (which *in hand* counts). *Lost* counts kills after which it was",
            "anything else; *damaged*, kills after which it did not open or was not whole.",
            "",
            *_table(figures.kills, "kind", ("kills", "acknowledged", "in_hand", "lost", "damaged")),
            "",
            "## Kills at every call",
            "",
            "Where the program itself changes files, one step is killed before and after each of its calls.",
            "",
            *_table(figures.calls, "kind", ("kills", "in_hand", "lost", "damaged")),
            "",
            "## Flipped bytes",
            "",
            "One byte of one file of a closed vault with a backup. Half of the flips are met as usual (every page is",
            "checked on opening), half as in a large vault (the check finds them). A slot file has a second copy.",
            "",
            *_table(figures.flips, "file", ("flips", "at_open", "at_check", "mended", "harmless", "silent", "crashed")),
            "",
            "## A damaged write-ahead log",
            "",
            "A kill left 24 commits in the log alone, which needs somebody who reads at the same moment; otherwise",
            "every save ends in the one file. *Shorter* is a vault that is whole and as it had been some commits",
            "earlier: what SQLite makes of a log that is cut or broken. *Noticed* counts those of which was said that",
            "they hold less than was seen.",
            "",
            *_table(figures.logs, "damage", ("tries", "refused", "whole", "shorter", "noticed", "wrong")),
            "",
            "## Full disks",
            "",
            "Steps are taken with no room, then with more each time, until all of them fit. What is refused is refused",
            "in words; what was said before is there, and with room again the next step is taken.",
            "",
            *_full(figures.full),
            "",
            "## What was wrong",
            "",
            *([f"- {each}" for each in figures.told] or ["Nothing."]),
            "",
        ]
    )


def _beginning(figures: Figures) -> list[str]:
    cipher = sqlcipher.connect(":memory:").execute("PRAGMA cipher_version").fetchone()[0]
    return [
        "Written by `python -m tests.faults`; not to be edited. What is tried is described in `tests/faults/`.",
        "",
        f"- on {date.today():%d %B %Y}, in {figures.minutes:.0f} minutes, seed {figures.seed}",
        f"- program {__version__}, Python {platform.python_version()}, SQLCipher {cipher}, "
        f"cryptography {cryptography.__version__}",
        f"- {platform.system()}, {platform.machine()}, {os.cpu_count()} cores, {figures.jobs} at work at once; "
        f"vaults in {figures.where}",
        f"- {figures.asked:,} kills at random moments asked for, {_made(figures)}",
    ]


def _made(figures: Figures) -> str:
    made = sum(each["kills"] for each in figures.kills)
    return "all made" if made >= figures.asked else f"{made:,} made when time was up"


def _full(found: Sequence[Found]) -> list[str]:
    lines: list[str] = []
    columns = ("steps_of_room", "refused", "acknowledged", "lost", "damaged")
    for disk in dict.fromkeys(each["disk"] for each in found):
        lines += ["", f"With {disk}:", "", *_table([each for each in found if each["disk"] == disk], "kind", columns)]
    return lines[1:]


def _table(found: Iterable[Found], first: str, columns: Sequence[str]) -> list[str]:
    """A row for each thing, and one for all of them."""
    sums: dict[str, dict[str, int]] = {}
    for each in found:
        row = sums.setdefault(each[first], dict.fromkeys(columns, 0))
        for column in columns:
            row[column] += each[column]
    sums["all"] = {column: sum(row[column] for row in sums.values()) for column in columns}
    heads = [first, *(each.replace("_", " ") for each in columns)]
    return [
        f"| {' | '.join(heads)} |",
        f"| --- |{' ---: |' * len(columns)}",
        *(f"| {name} | {' | '.join(f'{row[each]:,}' for each in columns)} |" for name, row in sums.items()),
    ]
