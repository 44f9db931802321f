"""A vault: an encrypted folder with the ledgers of all cases, opened with a passphrase and closed again.

The folder holds ``vault.keys`` and its second copy, ``caseload.db``, and the lock; nothing in it is readable without
the passphrase or the recovery key, file names and sizes apart.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final

from spr_desktop.records.record import AnyRecord, now
from spr_desktop.vault import activity, caseload, drafts, ledger, register
from spr_desktop.vault.activity import Activity
from spr_desktop.vault.backups import Backup, make_backup, verify_backup
from spr_desktop.vault.caseload import CaseDue, CaseSummary, Wanted
from spr_desktop.vault.chain import Chains
from spr_desktop.vault.creation import DATABASE_FILE, make_folder
from spr_desktop.vault.errors import DamagedVault, MachineFault, NotAVault, WrongSecret, machine_faults
from spr_desktop.vault.key_file import (
    Unlocked,
    change_key_file,
    has_key_file,
    mend_key_file,
    read_key_file,
    unlock_key_file,
    verify_key_file,
)
from spr_desktop.vault.keys import CHAIN_KEY, DATABASE_KEY, Argon2Cost, calibrated_cost, wipe
from spr_desktop.vault.lock import VaultLock
from spr_desktop.vault.passphrase import Passphrase
from spr_desktop.vault.recovery_key import RecoveryKey
from spr_desktop.vault.register import RegisteredDocument
from spr_desktop.vault.slots import Secret, new_slot, with_slot
from spr_desktop.vault.store import CHECKED_UP_TO, Store, require_cipher

if TYPE_CHECKING:
    from sqlite3 import Connection

_WORKED_OUT_BY: Final = "summaries_worked_out_by"

Summarise = Callable[[str, list[AnyRecord], date], CaseSummary]
"""Works out the row of a case, from its reference and its records, for a day."""


class Vault:
    """An open vault; one thread at a time uses it.

    Besides what each method names, all of them raise DamagedVault where the database turns out to be damaged, and
    MachineFault where the disk does not do its part; a change is then not made, as a whole.
    """

    def __init__(self, folder: Path, unlocked: Unlocked, lock: VaultLock | None, checked_up_to: int = 0) -> None:
        """Open the database of a vault that was unlocked; ``create``, ``open`` and ``recover`` do both."""
        slot_file = unlocked.slot_file
        self._folder = folder.absolute()
        self._unlocked = unlocked
        self._data_key = unlocked.data_key
        self._lock = lock
        self._is_open = True
        self._chain_key = self._data_key.derive(CHAIN_KEY)
        self._chains = Chains(self._chain_key)
        key = self._data_key.derive(DATABASE_KEY)
        try:
            self._store = Store(self._folder / DATABASE_FILE, key, slot_file.database_salt, slot_file.vault_id)
        except BaseException:
            self._let_go()
            raise
        finally:
            wipe(key)
        try:
            if self._store.size() <= checked_up_to:
                self._store.check_pages()
        except BaseException:
            self.close()
            raise

    @classmethod
    def create(cls, folder: Path, passphrase: str, *, cost: Argon2Cost | None = None) -> tuple[Vault, str]:
        """Make a vault, and return it open with its recovery key as it is to be printed, which is kept nowhere.

        ``cost`` is what a guess at the passphrase takes; without it, about a second on this machine. What fails leaves
        nothing behind. Raises WeakPassphrase, VaultExists, NotEncrypted, MachineFault, and ValueError if the cost is
        too low.
        """
        secret, recovery_key = Passphrase.new(passphrase), RecoveryKey.generate()
        if cost is not None and not cost.is_enough:
            raise ValueError("the cost is too low for a new passphrase")
        require_cipher()
        unlocked = make_folder(folder, secret, recovery_key, cost or calibrated_cost())
        try:
            vault = cls(folder, unlocked, VaultLock(folder))
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)  # nobody has seen its recovery key
            raise
        _try_to_log(vault, "vault_created")
        return vault, recovery_key.shown()

    @classmethod
    def open(cls, folder: Path, passphrase: str, *, checked_up_to: int = CHECKED_UP_TO) -> Vault:
        """Open a vault with its passphrase; takes about a second by design.

        A database of up to ``checked_up_to`` bytes is checked page by page; of a larger one only the beginning, its
        length and whose it is, and ``verify`` checks the rest.

        Raises WrongSecret, NotAVault, DamagedVault, NotEncrypted, VaultInUse, NewerVault or MachineFault.
        """
        vault = cls._unlock(folder, Passphrase(passphrase), checked_up_to)
        try:
            _try_to_log(vault, "vault_opened")
        except BaseException:  # damage that was not looked for yet
            with suppress(DamagedVault):
                vault.close()
            raise
        return vault

    @classmethod
    def recover(cls, folder: Path, recovery_key: str, new_passphrase: str) -> Vault:
        """Open a vault with its recovery key and give it a new passphrase; the recovery key stays valid.

        Raises WeakPassphrase, and what ``open`` raises; the old passphrase is then still the one.
        """
        Passphrase.new(new_passphrase)
        vault = cls._unlock(folder, RecoveryKey.read(recovery_key), CHECKED_UP_TO)
        try:
            vault.set_passphrase(new_passphrase)
        except BaseException:
            vault.close()
            raise
        _try_to_log(vault, "vault_recovered")
        return vault

    @classmethod
    def change_passphrase(cls, folder: Path, old: str, new: str) -> None:
        """Give a closed vault a new passphrase; the recovery key stays valid.

        Raises WeakPassphrase, and what ``open`` raises; the old passphrase is then still the one.
        """
        Passphrase.new(new)
        with cls._unlock(folder, Passphrase(old), CHECKED_UP_TO) as vault:
            vault.set_passphrase(new)

    @classmethod
    def _unlock(cls, folder: Path, secret: Secret, checked_up_to: int) -> Vault:
        require_cipher()
        _require_vault(folder)
        lock = VaultLock(folder)
        try:
            unlocked = unlock_key_file(folder, secret)
        except BaseException:
            lock.release()
            raise
        vault = cls(folder, unlocked, lock, checked_up_to)
        # not before the database has opened: the first copy may be another vault's, and the second the only way in
        mend_key_file(folder, unlocked.slot_file)
        if unlocked.is_second_copy:
            _try_to_log(vault, "key_file_mended")
        return vault

    def __enter__(self) -> Vault:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Bring everything into one file, drop the keys and let others open the vault; a second time does nothing."""
        if not self._is_open:
            return
        try:
            self._store.close()
        finally:
            self._let_go()

    @property
    def folder(self) -> Path:
        """The folder that holds it."""
        return self._folder

    @property
    def vault_id(self) -> str:
        """What sets it apart from every other vault; its backups have the same."""
        return self._unlocked.slot_file.vault_id

    @property
    def cipher(self) -> str:
        """The library that encrypts it, with its version."""
        return self._store.cipher()

    def back_up(self, to: Path, at: datetime | None = None) -> Backup:
        """Make a backup in a folder, which is made if only it is missing; others may read and write meanwhile.

        It opens with the passphrase and the recovery key of now, and counts once it was read again and found whole.
        What fails leaves nothing behind; raises BadBackup if the copy is not whole, and MachineFault.
        """
        slot_file = read_key_file(self._folder, self._data_key)
        return make_backup(self._store, slot_file, self._data_key, to, at or now())

    def verify_backup(self, path: Path) -> Backup:
        """A backup of this vault, found whole; nothing in it is changed. Raises BadBackup and MachineFault."""
        return verify_backup(path, self._data_key)

    def for_background(self) -> Vault:
        """The same vault over a connection of its own, for a job in another thread that closes it when it is done.

        It must be closed before this one is.
        """
        return Vault(self._folder, replace(self._unlocked, data_key=self._data_key.copy()), None)

    def prove_passphrase(self, passphrase: str) -> bool:
        """Whether this is the vault's passphrase; takes about a second by design."""
        return self._is_opened_by(Passphrase(passphrase))

    def prove_recovery_key(self, recovery_key: str) -> bool:
        """Whether this is the vault's recovery key, typed in any of the ways in which it can be read."""
        try:
            return self._is_opened_by(RecoveryKey.read(recovery_key))
        except WrongSecret:
            return False

    def _is_opened_by(self, secret: Secret) -> bool:
        try:
            proven = unlock_key_file(self._folder, secret).data_key
        except WrongSecret:
            return False
        is_same = proven.is_same(self._data_key)
        proven.wipe()
        return is_same

    def set_passphrase(self, new: str) -> None:
        """Give the vault a new passphrase; the old one opens it until the new one is proven.

        Raises WeakPassphrase, and MachineFault with the old one still in place.
        """
        secret = Passphrase.new(new)
        old = read_key_file(self._folder, self._data_key)
        cost = next(slot.cost for slot in old.slots if slot.kind == secret.kind)
        slot = new_slot(self._data_key, secret, cost, old.vault_id)
        change_key_file(self._folder, old, with_slot(old, slot, self._data_key), secret)
        _try_to_log(self, "passphrase_changed")

    def new_recovery_key(self) -> str:
        """Give the vault a new recovery key, and return it as it is to be printed; the one before opens nothing then.

        Raises MachineFault with the one before still in place.
        """
        secret = RecoveryKey.generate()
        old = read_key_file(self._folder, self._data_key)
        slot = new_slot(self._data_key, secret, None, old.vault_id)
        change_key_file(self._folder, old, with_slot(old, slot, self._data_key), secret)
        _try_to_log(self, "recovery_key_changed")
        return secret.shown()

    def case_refs(self) -> list[str]:
        """The reference of every case, in order."""
        with self._store.reading() as connection:
            return ledger.case_refs(connection)

    def count_records(self) -> int:
        """How many records all cases hold."""
        with self._store.reading() as connection:
            return self._chains.head(connection, "all_records").length

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
        else.
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
        with self._store.reading() as connection:
            ledgers = [
                (case_ref, self._chains.head(connection, "ledger", case_ref), ledger.read_ledger(connection, case_ref))
                for case_ref in case_refs
            ]
        worked_out = [(head, summarise(case_ref, records, as_of)) for case_ref, head, records in ledgers]
        with self._store.writing() as connection:
            for head, summary in worked_out:
                if self._chains.head(connection, "ledger", summary.case_ref) == head:
                    caseload.keep_summary(connection, summary)

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
            _keep_setting(connection, _WORKED_OUT_BY, worked_out_by)

    def documents(self, limit: int | None = None, offset: int = 0) -> list[RegisteredDocument]:
        """What was made over all cases, the newest first, with what became of it."""
        with self._store.reading() as connection:
            return register.read_documents(connection, limit, offset)

    def count_documents(self) -> int:
        """How many documents were made over all cases."""
        with self._store.reading() as connection:
            return register.count_documents(connection)

    def keep_draft(self, name: str, typed: str) -> None:
        """Keep what is being typed, in the place of what was kept under the name."""
        self.keep_drafts({name: typed})

    def keep_drafts(self, typed: Mapping[str, str]) -> None:
        """As ``keep_draft``, for several drafts at once: all or none."""
        with self._store.writing() as connection:
            drafts.keep_drafts(connection, typed, now())

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
            row = connection.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
        return None if row is None else row[0]

    def set_setting(self, name: str, value: str) -> None:
        """Keep a setting."""
        with self._store.writing() as connection:
            _keep_setting(connection, name, value)

    def log(self, action: str, case_ref: str | None = None, detail: str | None = None) -> None:
        """Add to the activity; a detail holds ids and counts, never what a record says."""
        with self._store.writing() as connection:
            activity.add_activity(connection, self._chains, now(), action, case_ref, detail)

    def activity(self) -> list[Activity]:
        """What was done with this vault, the oldest first."""
        with self._store.reading() as connection:
            return activity.read_activity(connection)

    def verify_ledgers(self) -> None:
        """Raises DamagedVault unless the chains of all ledgers and of the activity are whole."""
        with self._store.reading() as connection:
            ledger.verify_all(connection, self._chains)
            activity.verify_activity(connection, self._chains)

    def verify(self, summarise: Summarise | None = None) -> None:
        """Raises DamagedVault unless everything is whole: slot file, pages, tables, chains and computed rows.

        With ``summarise`` each row of the caseload is worked out again for its day, and must be the same, unless it
        waits to be worked out anew since an upgrade; it may raise to give up between two cases.
        """
        self.verify_slots()
        self.verify_pages()
        self.verify_ledgers()
        self.verify_caseload(summarise)

    def verify_slots(self) -> None:
        """Raises DamagedVault unless both copies of the slot file are there, authentic and the same."""
        verify_key_file(self._folder, self._data_key)

    def verify_pages(self) -> int:
        """How many pages the database has; raises DamagedVault unless each is authentic, and every table sound."""
        self._store.check_pages()
        return self._store.page_count()

    def verify_caseload(self, summarise: Summarise | None = None) -> None:
        """Raises DamagedVault unless the computed rows fit the ledgers; with ``summarise`` as ``verify`` does."""
        for case_ref in self.case_refs():
            with self._store.reading() as connection:
                summary = caseload.read_summary(connection, case_ref)
                records = ledger.read_ledger(connection, case_ref) if summarise else []
            if summary is None:
                raise DamagedVault(f"{case_ref} is missing from the caseload or the search")
            if caseload.is_stale(summary, summary.as_of) or summarise is None:
                continue
            if summarise(case_ref, records, summary.as_of) != summary:
                raise DamagedVault(f"the caseload does not fit the ledger of {case_ref}")
        with self._store.reading() as connection:
            if caseload.count_summaries(connection) != len(ledger.case_refs(connection)):
                raise DamagedVault("the caseload shows cases that have no ledger")

    def _let_go(self) -> None:
        self._is_open = False
        wipe(self._chain_key)
        self._data_key.wipe()
        if self._lock is not None:
            self._lock.release()


def _keep_setting(connection: Connection, name: str, value: str) -> None:
    connection.execute(
        "INSERT INTO setting VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value", (name, value)
    )


def _require_vault(folder: Path) -> None:
    """Raises NotAVault before anything is made in a folder that is none."""
    with machine_faults():
        if has_key_file(folder):
            return
        if (folder / DATABASE_FILE).is_file():
            raise DamagedVault("the slot file is missing")
    raise NotAVault("the folder holds no vault")


def _try_to_log(vault: Vault, action: str) -> None:
    with suppress(MachineFault):  # a full disk must not keep anybody from reading, nor undo what is done
        vault.log(action)
