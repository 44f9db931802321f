"""The figures of a long run, as a page of the documentation."""

from __future__ import annotations

import os
import platform
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from spr_desktop import __version__
from spr_desktop.casework.making import KINDS
from tests.documents.packs import run
from tests.leaks.canary import Canary
from tests.leaks.flipping import EVERY, Flips
from tests.leaks.planting import Planting

_SAID: Final = ("invalid", "unreadable", "valid", "crashed")


@dataclass
class Harmless:
    """What came of sentences that say nothing of anybody else."""

    sentences: int = 0
    wrong: list[str] = field(default_factory=list)
    """Those that were refused."""

    def add(self, other: Harmless) -> None:
        """Count those of another one too."""
        self.sentences += other.sentences
        self.wrong += other.wrong


@dataclass(frozen=True, slots=True)
class Figures:
    """What was found, part by part."""

    seed: str
    minutes: float
    jobs: int
    canary: Canary
    planting: Planting
    flips: Flips
    harmless: Harmless
    hostile: Sequence[dict[str, Any]]
    """What ``hostile.ask`` said, of short texts and of long ones."""

    @property
    def wrong(self) -> list[str]:
        """Everything that was wrong."""
        parts = (self.canary, self.planting, self.flips, self.harmless)
        told = [line for part in parts for line in part.wrong]
        for each in self.hostile:
            told += [f"{each['text']} in a {each['kind']}: {line}" for line in (*each["noticed"], *each["outside"])]
        return told


def page(figures: Figures) -> str:
    """The page."""
    return "\n".join(
        [
            "# Figures of the leak suite",
            "",
            "Written by `python -m tests.leaks`; not to be edited. What is tried is described in `tests/leaks/`.",
            "",
            f"- on {date.today():%d %B %Y}, in {figures.minutes:.0f} minutes, seed {figures.seed}",
            f"- program {__version__}, Python {platform.python_version()}, {_poppler()}",
            f"- {platform.system()}, {platform.machine()}, {os.cpu_count()} cores, {figures.jobs} at work at once",
            "",
            *_marks(figures.canary),
            *_planted(figures.planting),
            "## Harmless sentences",
            "",
            "Each alone among the needs of a parent, in a brief of its own, in families of different names.",
            "",
            f"{figures.harmless.sentences:,} documents, {len(figures.harmless.wrong)} of them refused.",
            "",
            *_flipped(figures.flips),
            *_hostile(figures.hostile),
            "## What was wrong",
            "",
            *([f"- {each}" for each in figures.wrong] or ["Nothing."]),
            "",
        ]
    )


def _poppler() -> str:
    return run("pdftotext", "-v").splitlines()[0].replace("pdftotext version", "poppler")


def _marks(canary: Canary) -> list[str]:
    return [
        "## Marks",
        "",
        "Generated families of two to four adults who take part, up to two others and up to six children, with several",
        "records of every kind. Every text holds a mark of its own. Each document is read before it is sealed and",
        "after, by poppler, pypdf and pikepdf: pages, outline, metadata, attached data, every string and every stream.",
        "It holds exactly the marks, and the days, that the contract allows it; a subject access is made once with all",
        "items disclosed, and once with decisions by chance. *Not made*: a brief about somebody for whom nobody is",
        "named, and a pack of a family that is not ready (one without children); both are refused, as they should be.",
        "",
        f"{canary.families} families with {canary.marks:,} marks; {canary.found:,} marks found where they may stand, "
        f"{len(canary.wrong)} elsewhere or missing.",
        "",
        "| document | made |",
        "| --- | ---: |",
        *(f"| {kind} | {number:,} |" for kind, number in sorted(canary.documents.items())),
        "",
    ]


def _planted(planting: Planting) -> list[str]:
    within = sum(planting.outcomes.values())
    beyond = sum(planting.beyond.values())
    return [
        "## Planted details",
        "",
        "One detail of the other parent in one text that a parent’s copy or a brief prints, a document each, made as",
        "the program makes it. A document that was not refused is read by poppler, and searched by means that share",
        "nothing with the program’s.",
        "",
        f"{within + beyond:,} planted, {within:,} of them within reach: {len(planting.wrong)} of these were printed.",
        "",
        *_table(_by_form(planting.outcomes), "detail", ("refused", "printed", "not printed")),
        "",
        "*Not printed*: the document was made, and does not hold the detail.",
        "",
        "### Why they were refused",
        "",
        "A document may be refused for more than one reason.",
        "",
        "| reason | documents |",
        "| --- | ---: |",
        *(f"| {reason} | {number:,} |" for reason, number in planting.reasons.most_common()),
        "",
        "### Out of reach",
        "",
        "What cannot be found without refusing ordinary texts as well (see the known issues), and what became of it.",
        "",
        *_table(
            {why: _outcomes(planting.beyond, why) for why, _ in planting.beyond},
            "why",
            ("refused", "printed", "not printed"),
        ),
        "",
        "### Form by form",
        "",
        *_table(
            {f"{detail}: {form}": _outcomes(planting.outcomes, detail, form) for detail, form, _ in planting.outcomes},
            "form",
            ("refused", "printed", "not printed"),
        ),
        "",
    ]


def _by_form(outcomes: Counter[tuple[str, str, str]]) -> dict[str, Counter[str]]:
    return {detail: _outcomes(outcomes, detail) for detail, _, _ in outcomes}


def _outcomes(counted: Counter[Any], *beginning: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for key, number in counted.items():
        if key[: len(beginning)] == beginning:
            found[key[-1]] += number
    return found


def _flipped(flips: Flips) -> list[str]:
    return [
        "## Changed bytes",
        "",
        f"One byte of a sealed pack at a time, by chance and each {EVERY}th. *Invalid* and *unreadable* are both said",
        "to the user; *valid* and *crashed* must not be.",
        "",
        *_table({"a sealed pack": Counter(_numbers(flips))}, "file", ("flips", *_SAID)),
        "",
        f"The command line and poppler’s `pdfsig` were asked about {flips.poppler_asked:,} of these files.",
        f"`spr-desktop verify` ended with the exit code of a file that is not valid {flips.told_by_command:,} times;",
        f"`pdfsig` called the signature valid over the whole file {flips.poppler_valid:,} times, and found none at all",
        f"{flips.poppler_silent:,} times.",
        "",
    ]


def _hostile(found: Sequence[dict[str, Any]]) -> list[str]:
    opened = sum(len(each["noticed"]) for each in found)
    rows: dict[str, dict[str, str]] = {}
    for each in found:
        what = f"{each['seconds']:.1f} s" if each["outcome"] == "made" else each["outcome"].removeprefix("refused: ")
        rows.setdefault(each["text"], {})[each["kind"]] = what
    return [
        "## Hostile texts",
        "",
        "Markup, entities, control and odd characters, and texts of 100,000 characters, wherever a kind of document",
        "prints what was typed. The process notes what is opened while a document is made, but for its own code and",
        "fonts: files, connections, programs. No file links to anything outside it. Seconds of processor, or why there",
        "is no document.",
        "",
        f"{len(found):,} documents; {opened} files, connections or programs were opened.",
        "",
        f"| text | {' | '.join(KINDS)} |",
        f"| --- |{' ---: |' * len(KINDS)}",
        *(f"| {text} | {' | '.join(row.get(kind, '') for kind in KINDS)} |" for text, row in rows.items()),
        "",
    ]


def _numbers(flips: Flips) -> dict[str, int]:
    return {name: getattr(flips, name) for name in ("flips", *_SAID)}


def _table(rows: dict[str, Counter[str]], first: str, columns: Sequence[str]) -> Iterable[str]:
    """A row for each thing in order, and one for all of them."""
    rows = dict(sorted(rows.items()))
    sums: Counter[str] = Counter()
    for each in rows.values():
        sums.update({column: each[column] for column in columns})
    yield f"| {' | '.join([first, *columns])} |"
    yield f"| --- |{' ---: |' * len(columns)}"
    yield from _rows(rows | ({"all": sums} if len(rows) > 1 else {}), columns)


def _rows(rows: dict[str, Counter[str]], columns: Sequence[str]) -> Iterator[str]:
    for name, row in rows.items():
        yield f"| {name.replace('|', '¦')} | {' | '.join(f'{row[column]:,}' for column in columns)} |"
