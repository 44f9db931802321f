"""A vault: an encrypted folder with the ledgers of all cases, opened with a passphrase and closed again.

The folder holds ``vault.keys`` and its second copy, ``caseload.db``, and the lock; nothing in it is readable without
the passphrase or the recovery key, file names and sizes apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from spr_desktop.records.record import AnyRecord, now
from spr_desktop.vault import activity, caseload, disposal, drafts, ledger, register
from spr_desktop.vault.activity import Activity, ActivityTrail
from spr_desktop.vault.appending import Plan, add_worked_out
from spr_desktop.vault.backups import Backup, FoundBackup, expire, holding, make_backup, verify_backup
from spr_desktop.vault.caseload import CaseDue, CaseSummary, Summarise, Wanted
from spr_desktop.vault.disposal import Disposal, Heads, Hold, Order
from spr_desktop.vault.errors import MachineFault
from spr_desktop.vault.integrity import Integrity
from spr_desktop.vault.open_vault import OpenVault
from spr_desktop.vault.register import RegisteredDocument
from spr_desktop.vault.setting import keep_setting, read_setting

_WORKED_OUT_BY: Final = "summaries_worked_out_by"
_REBUILT_AFTER: Final = "rebuilt_after_disposals"
"""After how many disposals the database was last written anew."""


class Vault(OpenVault):
    """An open vault; one thread at a time uses it.

    Besides what each method names, all of them raise DamagedVault where the database turns out to be damaged, and
    MachineFault where the disk does not do its part; a change is then not made, as a whole.
    """

    def back_up(self, to: Path, at: datetime | None = None) -> Backup:
        """Make a backup in a folder, which is made if only it is missing; others may read and write meanwhile.

        It opens with the passphrase and the recovery key of now, and counts once it was read again and found whole.
        What fails leaves nothing behind; raises BadBackup if the copy is not whole, and MachineFault.
        """
        with self._keys.kept_as_they_are() as slot_file:
            return make_backup(self._store, slot_file, self._data_key, to, at or now())

    def verify_backup(self, path: Path) -> Backup:
        """A backup of this vault, found whole; nothing in it is changed. Raises BadBackup and MachineFault."""
        return verify_backup(path, self._data_key)

    def case_refs(self) -> list[str]:
        """The reference of every case, in order."""
        with self._store.reading() as connection:
            return ledger.case_refs(connection)

    def count_records(self) -> int:
        """How many records all cases hold."""
        with self._store.reading() as connection:
            return ledger.count_records(connection, self._chains)

    def records(self, case_ref: str, *, proven: bool = False) -> list[AnyRecord]:
        """The records of a case in the order in which they were added; none if there is no such case.

        With ``proven`` the chain of the whole ledger is verified, as is due before anything is exported.
        """
        with self._store.reading() as connection:
            if proven:
                ledger.verify_ledger(connection, self._chains, case_ref)
            return ledger.read_ledger(connection, case_ref)

    def append(self, case_ref: str, records: Sequence[AnyRecord], summary: CaseSummary) -> list[AnyRecord]:
        """Add records to a case and keep the row that was worked out from all of it; all or nothing.

        Returns those that were not there yet. Raises RecordConflict if a kept record with the same id says something
        else, and DisposedCase if the case was disposed of.
        """
        return self.append_many([(case_ref, records, summary)])[case_ref]

    def append_many(self, cases: Iterable[tuple[str, Sequence[AnyRecord], CaseSummary]]) -> dict[str, list[AnyRecord]]:
        """As ``append``, for several cases at once: all or nothing. Returns what was new, by the case's reference."""
        at_hand = list(cases)  # working them out may read this vault
        added: dict[str, list[AnyRecord]] = {}
        with self._store.writing() as connection:
            for case_ref, records, summary in at_hand:
                if summary.case_ref != case_ref:
                    raise ValueError("the summary is another case's")
                new = ledger.add_records(connection, self._chains, case_ref, records)
                added.setdefault(case_ref, []).extend(new)
                caseload.keep_summary(connection, summary)
                if new:
                    activity.add_activity(connection, self._chains, now(), "records_added", case_ref, str(len(new)))
        return added

    def add(
        self, case_refs: Iterable[str], plan: Plan, summarise: Summarise, as_of: date
    ) -> dict[str, list[AnyRecord]]:
        """Add what ``plan`` makes of ledgers as they are, with what is worked out from them; all of it or nothing.

        Right also where another connection writes meanwhile. Returns what was new. Raises RecordConflict.
        """
        return add_worked_out(self._store, self._chains, case_refs, plan, summarise, as_of)

    def summaries(
        self, search: str | None = None, wanted: Wanted | None = None, limit: int | None = None, offset: int = 0
    ) -> list[CaseSummary]:
        """Rows of the caseload: the urgent first, then by what is due; with a search, the newest case first.

        A search is any text that a person types: the beginnings of words of names, or of a case reference.
        """
        with self._store.reading() as connection:
            return caseload.read_summaries(connection, search, wanted, limit, offset)

    def count(self, search: str | None = None, wanted: Wanted | None = None) -> int:
        """How many rows of the caseload there are, or fit."""
        with self._store.reading() as connection:
            return caseload.count_summaries(connection, search, wanted)

    def candidates(self, name: str, limit: int) -> dict[str, str]:
        """Cases in which somebody may go by a name, by their references, with the words they are found by."""
        with self._store.reading() as connection:
            return caseload.read_candidates(connection, name, limit)

    def due(self, until: date, since: date = date.min, limit: int | None = None, offset: int = 0) -> list[CaseDue]:
        """What is due from one day to another, over all cases, by day."""
        with self._store.reading() as connection:
            return caseload.read_due(connection, since, until, limit, offset)

    def count_due(self, until: date, since: date = date.min) -> int:
        """How many things are due from one day to another."""
        with self._store.reading() as connection:
            return caseload.count_due(connection, since, until)

    def put_summaries(self, summaries: Iterable[CaseSummary]) -> None:
        """Put rows in the place of the old ones, all or none."""
        at_hand = list(summaries)  # working them out may read this vault
        with self._store.writing() as connection:
            for summary in at_hand:
                caseload.keep_summary(connection, summary)

    def work_out(self, case_refs: Sequence[str], summarise: Summarise, as_of: date) -> None:
        """Work rows of the caseload out again for a day.

        Others may read and write meanwhile: the vault is held only while rows are written, and the row of a case that
        got records in between is left alone, because it was worked out with them.
        """
        caseload.work_out(self._store, self._chains, case_refs, summarise, as_of)

    def stale_summaries(self, as_of: date, limit: int | None = None) -> list[str]:
        """References of the cases whose row is missing or may say something else on the day, in order."""
        with self._store.reading() as connection:
            return caseload.stale_summaries(connection, as_of, limit)

    def outdate_summaries(self, worked_out_by: str) -> None:
        """Let every row of the caseload be worked out again, unless the same program and pathway worked them out.

        Where the disk has no room for that, the rows stay as they are.
        """
        if self.setting(_WORKED_OUT_BY) == worked_out_by:
            return
        with suppress(MachineFault), self._store.writing() as connection:
            caseload.outdate_summaries(connection)
            keep_setting(connection, _WORKED_OUT_BY, worked_out_by)

    def documents(self, limit: int | None = None, offset: int = 0) -> list[RegisteredDocument]:
        """What was made over all cases, the newest first, with what became of it."""
        with self._store.reading() as connection:
            return register.read_documents(connection, limit, offset)

    def documents_of(self, case_ref: str) -> list[RegisteredDocument]:
        """What was made for one case, the newest first, with what became of it."""
        with self._store.reading() as connection:
            return register.read_documents_of(connection, case_ref)

    def count_documents(self) -> int:
        """How many documents were made over all cases."""
        with self._store.reading() as connection:
            return register.count_documents(connection)

    def dispose(self, case_ref: str, order: Order) -> Disposal:
        """Dispose of a case, whole or not at all; ``rebuild`` and new backups are to follow. Raises KeyError."""
        with self._store.writing() as connection:
            return disposal.dispose(connection, self._chains, case_ref, order)

    def rebuild(self) -> None:
        """Write the database anew where cases were disposed of since it last was. Raises MachineFault, VaultInUse."""
        with self._store.reading() as connection:
            count = disposal.count_disposals(connection)
        if self.setting(_REBUILT_AFTER) != str(count) and count:
            self._store.rebuild()
            self.set_setting(_REBUILT_AFTER, str(count))

    def is_rebuilt(self) -> bool:
        """Whether nothing is left to do in the database after disposals."""
        return (self.setting(_REBUILT_AFTER) or "0") == str(len(self.disposals()))

    def disposals(self) -> list[Disposal]:
        """Everything that was disposed of, the oldest first."""
        with self._store.reading() as connection:
            return disposal.read_disposals(connection)

    def disposal(self, case_ref: str) -> Disposal | None:
        """What is still known of a case that was disposed of; None of any other."""
        with self._store.reading() as connection:
            return disposal.read_disposal(connection, case_ref)

    def heads_of(self, certificate: str) -> Heads:
        """Where chains ended before and after the disposals of a certificate."""
        with self._store.reading() as connection:
            return disposal.read_heads(connection, self._chains, certificate)

    def count_by_kind(self, case_ref: str) -> dict[str, int]:
        """How many records of each kind a case has."""
        with self._store.reading() as connection:
            return disposal.count_by_kind(connection, case_ref)

    def quiet_cases(self, since: date) -> list[str]:
        """References of the cases in which nothing was recorded after a day, in order."""
        with self._store.reading() as connection:
            return disposal.quiet_cases(connection, since)

    def last_day(self, case_ref: str) -> date:
        """The day on which something last happened in a case, or was last written down. Raises KeyError."""
        with self._store.reading() as connection:
            return disposal.last_day(connection, case_ref)

    def holds(self) -> dict[str, Hold]:
        """Every case that is kept whatever its age, by its reference."""
        with self._store.reading() as connection:
            return disposal.read_holds(connection)

    def keep_hold(self, hold: Hold) -> None:
        """Keep a case whatever its age."""
        with self._store.writing() as connection:
            disposal.keep_hold(connection, self._chains, hold, now())

    def release_hold(self, case_ref: str) -> None:
        """Let a case go when its time has come."""
        with self._store.writing() as connection:
            disposal.release_hold(connection, self._chains, case_ref, now())

    def backups_holding(self, folder: Path, case_refs: Sequence[str] | None = None) -> list[FoundBackup]:
        """Backups of this vault in a folder that hold some cases; those that were disposed of, if none are named."""
        gone, gone_at = self._gone()
        return holding(folder, self.vault_id, self._data_key, gone if case_refs is None else case_refs, gone_at)

    def expire_backups(self, folder: Path, verified: Backup) -> list[Path]:
        """Remove those that hold what was disposed of, now that a verified one does not. Raises MachineFault."""
        return expire(folder, verified, self._data_key, *self._gone())

    def _gone(self) -> tuple[list[str], datetime]:
        """Which cases were disposed of, and when the last of them was."""
        disposals = self.disposals()
        at = max((each.disposed_at for each in disposals), default=datetime.min.replace(tzinfo=UTC))
        return [each.case_ref for each in disposals], at

    def keep_draft(self, name: str, typed: str) -> None:
        """Keep what is being typed, in the place of what was kept under the name."""
        self.keep_drafts({name: typed})

    def keep_drafts(self, typed: Mapping[str, str]) -> None:
        """As ``keep_draft``, for several drafts at once: all or none."""
        with self._store.writing() as connection:
            drafts.keep_drafts(connection, typed, now())

    def park_drafts(self, typed: Mapping[str, str]) -> bool:
        """Keep outside, encrypted, what is being typed and the vault does not take; whether that was done.

        The next opening in the same folder on this computer takes it back.
        """
        return self._parked is not None and self._parked.park(typed, now())

    def draft(self, name: str) -> str | None:
        """What is kept under a name; None if there is nothing."""
        with self._store.reading() as connection:
            return drafts.read_draft(connection, name)

    def drop_draft(self, name: str) -> None:
        """Forget a draft, if there is one."""
        with self._store.writing() as connection:
            drafts.drop_draft(connection, name)

    def draft_names(self) -> list[tuple[str, datetime]]:
        """The names of all drafts with the time at which each was kept, the newest first."""
        with self._store.reading() as connection:
            return drafts.draft_names(connection)

    def setting(self, name: str) -> str | None:
        """The value of a setting; None if it was never set."""
        with self._store.reading() as connection:
            return read_setting(connection, name)

    def set_setting(self, name: str, value: str) -> None:
        """Keep a setting."""
        with self._store.writing() as connection:
            keep_setting(connection, name, value)

    def note(self, settings: Mapping[str, str], lines: Iterable[tuple[str, str | None, str | None]]) -> None:
        """Keep settings and add to the activity, as ``log`` does, in one transaction."""
        with self._store.writing() as connection:
            for name, value in settings.items():
                keep_setting(connection, name, value)
            for action, case_ref, detail in lines:
                activity.add_activity(connection, self._chains, now(), action, case_ref, detail)

    def made_on(self) -> date | None:
        """The day on which it was made, or on which its activity begins; None if nothing was ever done with it."""
        with self._store.reading() as connection:
            first = activity.first_activity(connection)
        return first.at.astimezone().date() if first else None

    def activity(self) -> list[Activity]:
        """What was done with this vault, the oldest first."""
        return self.trail.entries()

    @property
    def trail(self) -> ActivityTrail:
        """The activity, for whoever looks for a part of it, verifies it, or takes over another vault's."""
        return ActivityTrail(self._store, self._chains)

    def verify(self, summarise: Summarise | None = None) -> None:
        """Raises DamagedVault unless everything is whole: slot file, pages, tables, chains and computed rows.

        With ``summarise`` each row of the caseload is worked out again for its day, and must be the same, unless it
        waits to be worked out anew since an upgrade; it may raise to give up between two cases.
        """
        self.integrity.everything(summarise)

    def verify_ledgers(self) -> None:
        """Raises DamagedVault unless the chains of all ledgers and of the activity are whole."""
        self.integrity.ledgers()

    @property
    def integrity(self) -> Integrity:
        """What verifies it part by part."""
        return Integrity(self._folder, self._store, self._chains, self._data_key)
