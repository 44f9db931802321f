"""An open vault and the person who works in it: finding cases, reading them, recording what happened."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from spr_desktop.casework.errors import NoSuchCase
from spr_desktop.casework.practitioner import Practitioner
from spr_desktop.casework.summary import summarise
from spr_desktop.documents.identity import SigningIdentity
from spr_desktop.pathway.check import check
from spr_desktop.pathway.result import Decision
from spr_desktop.records.case import Case
from spr_desktop.records.people import CaseOpened
from spr_desktop.records.record import AnyRecord, Body, Record, now
from spr_desktop.records.references import new_reference
from spr_desktop.records.values import When
from spr_desktop.vault.caseload import CaseSummary
from spr_desktop.vault.vault import Vault

_PRACTITIONER: Final = "practitioner"
_IDENTITY: Final = "signing_identity"


class Caseload:
    """A vault that is open, and what may be done in it."""

    def __init__(self, vault: Vault) -> None:
        self.vault = vault
        self.practitioner = Practitioner.from_text(vault.setting(_PRACTITIONER))

    @classmethod
    def create(cls, folder: Path, passphrase: str, practitioner: Practitioner) -> tuple[Self, str]:
        """Make a vault; returns it open, and its recovery key, which is shown once and kept nowhere.

        Raises what ``Vault.create`` raises; what fails leaves nothing behind.
        """
        vault, recovery_key = Vault.create(folder, passphrase)
        made = cls(vault)
        made.set_practitioner(practitioner)
        return made, recovery_key

    @classmethod
    def open(cls, folder: Path, passphrase: str) -> Self:
        """Open a vault; raises what ``Vault.open`` raises."""
        return cls(Vault.open(folder, passphrase))

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
        """Whether this is the vault's passphrase; takes about a second by design."""
        return self.vault.prove_passphrase(passphrase)

    # Whose vault it is

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

    # Reading

    def records(self, case_ref: str, *, proven: bool = False) -> list[AnyRecord]:
        """The ledger of a case, with its chain verified if asked for; raises NoSuchCase."""
        records = self.vault.records(case_ref, proven=proven)
        if not records:
            raise NoSuchCase(case_ref)
        return list(records)

    def case(self, case_ref: str, as_of: date | None = None) -> Case:
        """The case as it stands on a day; raises NoSuchCase."""
        return Case(case_ref, self.records(case_ref), as_of)

    def decide(self, case_ref: str, as_of: date, service: str | None = None) -> Decision:
        """What the pathway says of a case on a day; raises NoSuchCase."""
        return check(case_ref, self.records(case_ref), as_of, service)

    def summaries(self, as_of: date, search: str | None = None) -> list[CaseSummary]:
        """A line for every case, or for those that a search finds, as things stand on the day."""
        self._refresh(as_of)
        return list(self.vault.summaries(search))

    def _refresh(self, as_of: date) -> None:
        """Compute the lines again that were computed for another day: time alone changes what is due."""
        stale = self.vault.stale_summaries(as_of)
        if stale:
            self.vault.put_summaries([self._summary(each, self.vault.records(each), as_of) for each in stale])

    def _summary(self, case_ref: str, records: Iterable[AnyRecord], as_of: date) -> CaseSummary:
        records = list(records)
        return summarise(Case(case_ref, records, as_of), check(case_ref, records, as_of), as_of)

    # Recording

    def new_reference(self) -> str:
        """A case reference that no case has."""
        taken = set(self.vault.case_refs())
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
    ) -> list[AnyRecord]:
        """Write down what happened; all of it or nothing. Returns the records as they are kept."""
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
        self.keep({case_ref: made}, date.today())
        return made

    def keep(self, cases: Mapping[str, Sequence[AnyRecord]], as_of: date) -> None:
        """Append finished records to cases; all of them or none.

        Raises RecordConflict where a record comes with the id of another.
        """
        self.vault.append_many(
            [
                (case_ref, records, self._summary(case_ref, [*self.vault.records(case_ref), *records], as_of))
                for case_ref, records in cases.items()
            ]
        )


def _a_little_after(moment: datetime, number: int) -> datetime:
    return moment + timedelta(microseconds=number)
