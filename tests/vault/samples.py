"""Records, summaries and child processes for the tests of the vault."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID, uuid5

from spr_desktop.records.people import Person
from spr_desktop.records.record import AnyRecord, Record
from spr_desktop.records.values import When
from spr_desktop.records.work import Note, NoteBlock
from spr_desktop.vault.caseload import CaseSummary
from spr_desktop.vault.key_file import Unlocked, unlock_key_file
from spr_desktop.vault.recovery_key import RecoveryKey
from spr_desktop.vault.vault import Vault

PASSPHRASE: Final = "under the old pear tree"
OTHER_PASSPHRASE: Final = "beside the new plum tree"
REPOSITORY: Final = Path(__file__).parents[2]
EXAMPLES: Final = REPOSITORY / "tests" / "examples"

ONE_CASE: Final = "K7QX-3M2P"
OTHER_CASE: Final = "B2CD-4EFG"
NAMES: Final = {"a": ("Łukasz", "O'Neil-Kowalski"), "b": ("王小明", None), "c": ("Siân", "Example")}


@dataclass(frozen=True, slots=True)
class Made:
    """A vault that was made for tests, and closed."""

    folder: Path
    recovery_key: str

    def unlocked(self) -> Unlocked:
        """Its keys, without the time that the passphrase takes."""
        return unlock_key_file(self.folder, RecoveryKey.read(self.recovery_key))

    def opened(self, checked_up_to: int = sys.maxsize) -> Vault:
        """The vault, open, without the time that the passphrase takes and without the lock."""
        return Vault(self.folder, self.unlocked(), None, checked_up_to)

    @property
    def database(self) -> Path:
        """The file with the records."""
        return self.folder / "caseload.db"


def record_id(*about: object) -> str:
    """An id that is the same for the same things."""
    return str(uuid5(UUID(int=0), repr(about)))


def person(case_ref: str, person_id: str, **but: Any) -> AnyRecord:
    """A record of somebody of a case."""
    given, family = NAMES[person_id]
    body = Person(person_id=person_id, role="parent_carer", given_names=given, family_name=family)
    return Record(
        id=record_id(case_ref, person_id),
        happened_on=When(date(2026, 11, 2)),
        recorded_at=datetime(2026, 11, 2, 10, 15, tzinfo=UTC),
        recorded_by="J. Outreach",
        body=replace(body, **but),
    )


def note(case_ref: str, number: int, text: str = "Came on their own.") -> AnyRecord:
    """A record of a note."""
    return Record(
        id=record_id(case_ref, "note", number),
        happened_on=When.parse("2026-11-03T10:30"),
        recorded_at=datetime(2026, 11, 3, 11, 0, number % 60, number, tzinfo=UTC),
        recorded_by=None,
        body=Note(type="visit", blocks=(NoteBlock(type="fact", text=text),)),
        supersedes=(record_id(case_ref, "note", number - 1),) if number else (),
    )


def summary(case_ref: str, *names: str, **but: Any) -> CaseSummary:
    """A row of the caseload."""
    row = CaseSummary(
        case_ref=case_ref,
        names=names,
        service=None,
        outcome="not_yet",
        ready=False,
        urgent=False,
        next_step="screen the other parent",
        due_on=None,
        last_contact=date(2026, 11, 3),
        as_of=date(2026, 11, 22),
    )
    return replace(row, **but)


def fill(vault: Vault) -> None:
    """Two families."""
    for case_ref, people in ((ONE_CASE, "ab"), (OTHER_CASE, "c")):
        records = [person(case_ref, each) for each in people] + [note(case_ref, number) for number in range(6)]
        names = [" ".join(filter(None, NAMES[each])) for each in people]
        vault.append(case_ref, records, summary(case_ref, *names))


def child(script: str, *arguments: object, **environment: str) -> subprocess.Popen[str]:
    """A process of its own that runs a script."""
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)],
        env=os.environ | {"PYTHONPATH": str(REPOSITORY)} | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finished(script: str, *arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """What became of a process that runs a script."""
    with child(script, *arguments, **environment) as process:
        stdout, stderr = process.communicate(timeout=60)
    return subprocess.CompletedProcess(process.args, process.returncode, stdout, stderr)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder by its name."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
