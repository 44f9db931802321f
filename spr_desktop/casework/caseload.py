"""An open vault and the person who works in it: finding cases, reading them, recording what happened."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from spr_desktop import __version__
from spr_desktop.casework.errors import CaseDisposed, NoSuchCase
from spr_desktop.casework.home import last_seen_folder
from spr_desktop.casework.likeness import Match, likely_matches
from spr_desktop.casework.practitioner import Practitioner
from spr_desktop.casework.refreshing import FEW, chunks, work_out
from spr_desktop.casework.register import RegisterLine, register_line
from spr_desktop.documents.identity import SigningIdentity
from spr_desktop.pathway.check import check
from spr_desktop.pathway.definition import definition
from spr_desktop.pathway.result import Decision
from spr_desktop.records.case import Case
from spr_desktop.records.people import CaseOpened
from spr_desktop.records.record import AnyRecord, Body, Record, now
from spr_desktop.records.references import new_reference
from spr_desktop.records.values import When
from spr_desktop.vault.appending import Addition
from spr_desktop.vault.caseload import CaseDue, CaseSummary
from spr_desktop.vault.caseload import Wanted as Wanted  # the window knows it from here
from spr_desktop.vault.vault import Vault

_PRACTITIONER: Final = "practitioner"
_IDENTITY: Final = "signing_identity"


class Caseload:
    """A vault that is open, and what may be done in it."""

    def __init__(self, vault: Vault, proves_with: Caseload | None = None) -> None:
        """``proves_with`` has the passphrase that a person knows, where this vault's own is known to nobody."""
        self.vault = vault
        self._proves_with = proves_with
        self._fresh_on: date | None = None
        vault.outdate_summaries(f"{__version__} {definition().sha256}")
        self.practitioner = Practitioner.from_text(vault.setting(_PRACTITIONER))

    @classmethod
    def create(cls, folder: Path, passphrase: str, practitioner: Practitioner) -> tuple[Self, str]:
        """Make a vault; returns it open, and its recovery key, which is shown once and kept nowhere.

        Raises what ``Vault.create`` raises; what fails leaves nothing behind.
        """
        vault, recovery_key = Vault.create(folder, passphrase, last_seen_in=last_seen_folder())
        made = cls(vault)
        made.set_practitioner(practitioner)
        return made, recovery_key

    @classmethod
    def open(cls, folder: Path, passphrase: str) -> Self:
        """Open a vault; raises what ``Vault.open`` raises."""
        return cls(Vault.open(folder, passphrase, last_seen_in=last_seen_folder()))

    def close(self) -> None:
        """Give the vault back; nothing is readable after."""
        self.vault.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def prove_passphrase(self, passphrase: str) -> bool:
        """Whether this is the passphrase that opens the vault to its person; takes about a second by design."""
        if self._proves_with is not None:
            return self._proves_with.prove_passphrase(passphrase)
        return self.vault.keys.prove_passphrase(passphrase)

    # Whose vault it is

    @property
    def has_practitioner(self) -> bool:
        """Whether it was ever said whose vault it is, which is the end of making one."""
        return self.vault.setting(_PRACTITIONER) is not None

    def set_practitioner(self, practitioner: Practitioner) -> None:
        """Say whose vault it is."""
        self.vault.set_setting(_PRACTITIONER, practitioner.to_text())
        self.practitioner = practitioner

    def identity(self) -> SigningIdentity:
        """The key and certificate that seal packs; made when first needed, and kept in the vault."""
        kept = self.vault.setting(_IDENTITY)
        if kept:
            return SigningIdentity.from_pem(kept)
        who = self.practitioner
        made = SigningIdentity.make(name=who.name, role=who.role, organisation=who.organisation)
        self.vault.set_setting(_IDENTITY, made.to_pem())
        return made

    @property
    def has_identity(self) -> bool:
        """Whether a key of the vault's own was needed before."""
        return bool(self.vault.setting(_IDENTITY))

    # Reading

    def records(self, case_ref: str, *, proven: bool = False) -> list[AnyRecord]:
        """The ledger of a case, with its chain verified if asked for; raises NoSuchCase, CaseDisposed where it was."""
        records = self.vault.records(case_ref, proven=proven)
        if not records:
            disposed = self.vault.disposal(case_ref)
            raise CaseDisposed(case_ref, disposed.disposed_at.date()) if disposed else NoSuchCase(case_ref)
        return list(records)

    def case(self, case_ref: str, as_of: date | None = None) -> Case:
        """The case as it stands on a day; raises NoSuchCase."""
        return Case(case_ref, self.records(case_ref), as_of)

    def decide(self, case_ref: str, as_of: date, service: str | None = None) -> Decision:
        """What the pathway says of a case on a day; raises NoSuchCase."""
        return check(case_ref, self.records(case_ref), as_of, service)

    # The caseload

    def summaries(
        self,
        as_of: date,
        search: str | None = None,
        wanted: Wanted | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> list[CaseSummary]:
        """A line for each case that fits a search and what is wanted, in the order of the caseload.

        They are as things stand on the day, unless more than a few have grown old: those wait for ``refresh_all``.
        """
        self._refresh_few(as_of)
        return self.vault.summaries(search, wanted, limit, offset)

    def count(self, search: str | None = None, wanted: Wanted | None = None) -> int:
        """How many cases fit a search and what is wanted."""
        return self.vault.count(search, wanted)

    def due(self, until: date, since: date = date.min, limit: int | None = None, offset: int = 0) -> list[CaseDue]:
        """What is due from one day to another, over all cases, by day; it may be as old as ``summaries`` may be."""
        self._refresh_few(date.today())
        return self.vault.due(until, since, limit, offset)

    def due_count(self, until: date, since: date = date.min) -> int:
        """How many things are due from one day to another."""
        self._refresh_few(date.today())
        return self.vault.count_due(until, since)

    def likely_matches(self, names: Sequence[str], born: date | None, postcode: str | None = None) -> list[Match]:
        """People on record who may be among those who are about to be recorded, the likeliest first; at most eight."""
        return likely_matches(self.vault, names, born, postcode)

    def register(self, limit: int | None = None, offset: int = 0) -> list[RegisterLine]:
        """What was made over all cases and what became of it, the newest first."""
        return [register_line(each) for each in self.vault.documents(limit, offset)]

    def register_of(self, case_ref: str) -> list[RegisterLine]:
        """The same of one case."""
        return [register_line(each) for each in self.vault.documents_of(case_ref)]

    def register_count(self) -> int:
        """How many lines the register has."""
        return self.vault.count_documents()

    def stale_count(self, as_of: date) -> int:
        """How many lines may say something else on the day than they do."""
        return len(self.vault.stale_summaries(as_of))

    def refresh(self, as_of: date, only: Iterable[str] | None = None) -> None:
        """Work out the lines that have grown old, at once: of the named cases, or of all."""
        stale = self.vault.stale_summaries(as_of)
        named = stale if only is None else sorted(set(stale) & set(only))
        for each in chunks(named):
            self.vault.work_out(each, work_out, as_of)

    def _refresh_few(self, as_of: date) -> None:
        """Once a day; whatever is recorded afterwards brings its own line up to date."""
        if self._fresh_on == as_of:
            return
        stale = self.vault.stale_summaries(as_of, FEW + 1)
        if len(stale) <= FEW:
            self.refresh(as_of, stale)
            self._fresh_on = as_of

    # Recording

    def new_reference(self) -> str:
        """A case reference that no case has."""
        taken = {*self.vault.case_refs(), *(each.case_ref for each in self.vault.disposals())}
        return next(each for each in iter(new_reference, None) if each not in taken)

    def open_case(self, on: date) -> str:
        """Open a case for a family that is new, and return its reference."""
        case_ref = self.new_reference()
        opened = CaseOpened(organisation=self.practitioner.organisation or "Not recorded")
        self.record(case_ref, [opened], happened_on=on)
        return case_ref

    def record(
        self,
        case_ref: str,
        bodies: Sequence[Body],
        *,
        happened_on: date | When,
        done: tuple[str, str] | None = None,
        settings: Mapping[str, str] | None = None,
    ) -> list[AnyRecord]:
        """Write down what happened; all of it or nothing. Returns the records as they are kept.

        ``done`` goes into the activity with them: what was done, and its detail. So do settings.
        """
        when = happened_on if isinstance(happened_on, When) else When(happened_on)
        written_at = now()
        made = [
            Record(
                id=str(uuid.uuid4()),
                happened_on=when,
                recorded_at=_a_little_after(written_at, number),
                recorded_by=self.practitioner.name or None,
                body=body,
            )
            for number, body in enumerate(bodies)
        ]
        lines = [(done[0], case_ref, done[1])] if done else []
        self._add(Addition({case_ref: made}, settings or {}, lines), date.today())
        return made

    def keep(self, cases: Mapping[str, Sequence[AnyRecord]], as_of: date) -> None:
        """Append finished records to cases; all of them or none.

        A job in the background may add to the same cases meanwhile. Raises RecordConflict where a record comes with the
        id of another, and DisposedCase.
        """
        self._add(Addition(cases), as_of)

    def keep_done(self, cases: Mapping[str, Sequence[AnyRecord]], done: tuple[str, str | None, str | None]) -> None:
        """The same, with a line of the activity that says what was done."""
        self._add(Addition(cases, {}, [done]), date.today())

    def _add(self, addition: Addition, as_of: date) -> None:
        self.vault.add(addition.records, lambda _: addition, work_out, as_of)
        if self._fresh_on != as_of:
            self._fresh_on = None


def _a_little_after(moment: datetime, number: int) -> datetime:
    return moment + timedelta(microseconds=number)
