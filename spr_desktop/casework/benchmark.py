"""What the store costs on this machine, each figure beside its bare counterpart in the same run."""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from spr_desktop.casework.caseload import Caseload, Wanted
from spr_desktop.casework.drafts import keep_drafts
from spr_desktop.casework.invented_many import RECORDS, ManyFamilies
from spr_desktop.casework.refreshing import refresh_all, work_out
from spr_desktop.casework.timing import at_half, at_most_times, some_of, typed_of
from spr_desktop.pathway.check import check
from spr_desktop.records.case import Case
from spr_desktop.vault.keys import LEAST_COST
from spr_desktop.vault.vault import Vault

_CHUNK: Final = 500
_PASSPHRASE: Final = "measured and thrown away"  # noqa: S105 - of a vault that is thrown away
_PAGE: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One thing that was measured."""

    id: str
    what: str
    milliseconds: float
    bare_milliseconds: float | None
    """Of the same on SQLite without encryption, where there is such a thing."""

    @property
    def ratio(self) -> float | None:
        """How many times its bare counterpart it takes."""
        return self.milliseconds / self.bare_milliseconds if self.bare_milliseconds else None

    def plain(self) -> dict[str, Any]:
        """The values of JSON that stand for it."""
        return {
            "id": self.id,
            "what": self.what,
            "milliseconds": round(self.milliseconds, 4),
            "bare_milliseconds": round(self.bare_milliseconds, 4) if self.bare_milliseconds else None,
            "ratio": round(self.ratio, 2) if self.ratio else None,
        }


def benchmark(count: int, today: date, progress: Callable[[str], None]) -> Iterator[Figure]:
    """Make an invented caseload in a folder that is thrown away, and measure; each figure comes when it is there."""
    families = ManyFamilies(count, today)
    with tempfile.TemporaryDirectory(prefix="spr-desktop-") as name:
        folder = Path(name)
        progress(f"Measuring the bare counterpart with {count} families …")
        bare = _bare(folder, families)
        progress(f"Making a vault with {count} families …")
        vault, _ = Vault.create(folder / "vault", _PASSPHRASE, cost=LEAST_COST)
        with Caseload(vault) as caseload:
            started = time.perf_counter()
            _fill(vault, families)
            making = (time.perf_counter() - started) * 1000 / count
            yield Figure(id="make", what=f"making a family of {RECORDS} records", milliseconds=making,
                         bare_milliseconds=None)  # fmt: skip
            progress("Measuring …")
            for id_, what, measure in _measures(caseload, families):
                yield Figure(id=id_, what=what, milliseconds=measure(), bare_milliseconds=bare.get(id_))


def _bare(folder: Path, families: ManyFamilies) -> dict[str, float]:
    """In a process of its own: two SQLite libraries in one would be one too many."""
    call = [sys.executable, "-m", "spr_desktop.casework.bare_counterpart"]
    ended = subprocess.run(  # noqa: S603 - this program itself
        [*call, str(folder), str(families.count), families.today.isoformat()],
        capture_output=True,
        text=True,
        check=True,
    )
    return dict(json.loads(ended.stdout))


def _fill(vault: Vault, families: ManyFamilies) -> None:
    for start in range(0, families.count, _CHUNK):
        numbers = range(start, min(start + _CHUNK, families.count))
        made = [(families.case_ref(number), families.records(number)) for number in numbers]
        vault.append_many(
            [(case_ref, records, work_out(case_ref, records, families.today)) for case_ref, records in made]
        )


def _measures(caseload: Caseload, families: ManyFamilies) -> Iterator[tuple[str, str, Callable[[], float]]]:
    numbers, today = some_of(families.count), families.today
    last = max(0, families.count - _PAGE)
    rows = {each.case_ref: each for each in caseload.summaries(today)}
    places = itertools.count(RECORDS + 1)
    filtered = Wanted(service="mediation", ready=False, outcomes=frozenset({"not_yet", "caution"}))
    week = today + timedelta(days=7)

    def open_family(number: int) -> None:
        case_ref = families.case_ref(number)
        records = caseload.records(case_ref)
        Case(case_ref, records, today)
        check(case_ref, records, today)

    def save(number: int) -> None:
        """What is kept of a record, with the line at hand that was worked out from it."""
        case_ref = families.case_ref(number)
        row = rows[case_ref]
        caseload.vault.append(case_ref, [families.record(number, next(places), 0, families.note())], row)

    def record(number: int) -> None:
        caseload.record(families.case_ref(number), [families.note()], happened_on=today)

    def page(offset: int) -> Callable[[object], object]:
        return lambda _: caseload.summaries(today, limit=_PAGE, offset=offset)

    def search(text: str) -> None:
        caseload.summaries(today, text, limit=_PAGE)

    def look_for(number: int) -> None:
        name = families.names(number)[0]
        caseload.likely_matches([name[:-1]], None)

    def draft(number: int) -> None:
        keep_drafts(caseload, {"form": {"text": "x" * 3000}, "caret": {"at": number}})

    often = range(20)
    yield "search", "search as you type, 95 of 100 times", lambda: at_most_times(search, typed_of(families, numbers))
    yield "open", "open a family: read, fold, check, 95 of 100 times", lambda: at_most_times(open_family, numbers)
    yield "first_page", "first page of the caseload", lambda: at_half(page(0), often)
    yield "last_page", "last page of the caseload", lambda: at_half(page(last), often)
    yield "count", "counting the caseload", lambda: at_half(lambda _: caseload.count(), often)
    yield (
        "wanted",
        "counting what a filter lets through, and its last page",
        lambda: at_half(
            lambda _: caseload.summaries(today, None, filtered, _PAGE, caseload.count(None, filtered) - _PAGE), often
        ),
    )
    yield (
        "due",
        "the first 50 things that are due until next week",
        lambda: at_half(lambda _: (caseload.due(week, limit=_PAGE), caseload.due_count(week)), often),
    )
    yield "likely", "likely matches of a name, 95 of 100 times", lambda: at_most_times(look_for, numbers)
    yield "register", "a page of the register", lambda: at_half(lambda _: caseload.register(_PAGE, 0), often)
    yield (
        "register_end",
        "the last page of the register",
        lambda: at_half(lambda _: caseload.register(_PAGE, last), often),
    )
    yield "draft", "keeping a draft", lambda: at_half(draft, numbers[:100])
    yield "save", "save a record durably, half of all times", lambda: at_half(save, numbers[:100])
    yield "record", "the same, and work out the line of the family", lambda: at_half(record, numbers[:100])
    yield (
        "stale",
        "finding the lines that a new day makes old",
        lambda: at_half(lambda _: caseload.stale_count(today + timedelta(days=1)), often),
    )
    yield "refresh", "working out one old line in the background", lambda: _refreshing(caseload, today)


def _refreshing(caseload: Caseload, today: date) -> float:
    """Milliseconds a line, of all lines that a month makes old."""
    month = today + timedelta(days=30)
    count = caseload.stale_count(month)
    with caseload.vault.for_background() as background:
        started = time.perf_counter()
        refresh_all(background, month, lambda *_: None, lambda: False)
        return (time.perf_counter() - started) * 1000 / max(count, 1)
