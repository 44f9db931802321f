"""What the same work costs without encryption: the same tables and statements over the SQLite of Python.

It runs as a process of its own, because two SQLite libraries in one would be one too many (security.md section 1), on
invented families that it makes itself, and prints its figures as one JSON document.
"""

from __future__ import annotations

import itertools
import json
import sqlite3
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from spr_desktop.casework.invented_many import RECORDS, ManyFamilies
from spr_desktop.casework.timing import at_half, at_most_times, some_of, typed_of
from spr_desktop.records.record import now
from spr_desktop.vault import activity, caseload, ledger
from spr_desktop.vault.caseload import CaseSummary, DueLine
from spr_desktop.vault.chain import Chains
from spr_desktop.vault.schema import STEPS

_NEWER_ONLY: Final = "INSERT INTO person_search (person_search, rank) VALUES ('secure-delete', 1);"
"""What an SQLite before 3.42 does not know; it matters to what is deleted only."""
_CHUNK: Final = 1000


def main(folder: Path, families: ManyFamilies) -> dict[str, float]:
    """The figures in milliseconds, by the names that the benchmark has for them."""
    connection = sqlite3.connect(folder / "bare.db", isolation_level=None)
    for setting in ("journal_mode = WAL", "synchronous = FULL", "temp_store = MEMORY", "secure_delete = ON"):
        connection.execute(f"PRAGMA {setting}")
    for step in STEPS:
        connection.executescript(step.replace(_NEWER_ONLY, ""))
    chains = Chains(bytearray(32))
    for start in range(0, families.count, _CHUNK):
        connection.execute("BEGIN IMMEDIATE")
        for number in range(start, min(start + _CHUNK, families.count)):
            _keep(connection, chains, families, number)
        connection.execute("COMMIT")
    numbers, places = some_of(families.count), itertools.count(RECORDS + 1)

    def search(text: str) -> None:
        caseload.read_summaries(connection, text, None, 50, 0)

    def read_rows(number: int) -> None:
        connection.execute(
            f"SELECT {ledger.COLUMNS} FROM record WHERE case_ref = ? ORDER BY sequence",  # noqa: S608 - a constant
            (families.case_ref(number),),
        ).fetchall()

    def save(number: int) -> None:
        connection.execute("BEGIN IMMEDIATE")
        record = families.record(number, next(places), 0, families.note())
        ledger.add_records(connection, chains, families.case_ref(number), [record])
        caseload.keep_summary(connection, _summary(families, number))
        activity.add_activity(connection, chains, now(), "records_added", families.case_ref(number), "1")
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    last = max(0, families.count - 50)
    return {
        "search": at_most_times(search, typed_of(families, numbers)),
        "open": at_most_times(read_rows, numbers),
        "first_page": at_half(lambda _: caseload.read_summaries(connection, None, None, 50, 0), range(20)),
        "last_page": at_half(lambda _: caseload.read_summaries(connection, None, None, 50, last), range(20)),
        "count": at_half(lambda _: caseload.count_summaries(connection), range(20)),
        "save": at_half(save, numbers[:100]),
    }


def _keep(connection: sqlite3.Connection, chains: Chains, families: ManyFamilies, number: int) -> None:
    case_ref = families.case_ref(number)
    ledger.add_records(connection, chains, case_ref, families.records(number))
    caseload.keep_summary(connection, _summary(families, number))
    activity.add_activity(connection, chains, now(), "records_added", case_ref, "14")


def _summary(families: ManyFamilies, number: int) -> CaseSummary:
    """A row as long as those of the real caseload; what it says does not matter here."""
    days = [families.today + timedelta(days=number % 60 - 20 + more) for more in (0, 1, 30)]
    return CaseSummary(
        case_ref=families.case_ref(number),
        names=families.names(number),
        service="mediation",
        outcome="not_yet",
        ready=False,
        urgent=False,
        next_step="Record whether it is frequent, intense and poorly resolved.",
        due_on=days[0],
        last_contact=days[0],
        as_of=families.today,
        changes_on=days[2],
        due=tuple(DueLine(day, "F10", "a", "Re-confirm a contact") for day in days),
    )


if __name__ == "__main__":
    found = main(Path(sys.argv[1]), ManyFamilies(int(sys.argv[2]), date.fromisoformat(sys.argv[3])))
    assert "sqlcipher3" not in sys.modules, "figures of two libraries in one process mean nothing"
    print(json.dumps(found))  # noqa: T201 - whoever started the process reads it
