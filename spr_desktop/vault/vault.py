"""A vault: an encrypted folder with the ledgers of all cases, opened with a passphrase and closed again.

The folder holds ``vault.keys`` and its second copy, ``caseload.db``, and the lock; nothing in it is readable without
the passphrase or the recovery key, file names and sizes apart.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import Final

from spr_desktop.records.record import AnyRecord, now
from spr_desktop.vault import activity, caseload, disposal, drafts, ledger, register
from spr_desktop.vault.activity import Activity, ActivityTrail
from spr_desktop.vault.appending import Plan, add_worked_out
from spr_desktop.vault.backups import Backup, FoundBackup, expire, holding, make_backup, verify_backup
from spr_desktop.vault.before_upgrade import back_up_before_upgrade
from spr_desktop.vault.caseload import CaseDue, CaseSummary, Summarise, Wanted
from spr_desktop.vault.chain import Chains
from spr_desktop.vault.creation import DATABASE_FILE, make_folder
from spr_desktop.vault.disposal import Disposal, Heads, Hold, Order
from spr_desktop.vault.errors import (
    DamagedVault,
    MachineFault,
    NotAVault,
    OlderCopy,
    PlaceGone,
    ReplacedVault,
    VaultError,
    WrongSecret,
    machine_faults,
)
from spr_desktop.vault.integrity import Integrity
from spr_desktop.vault.key_file import Unlocked, has_key_file, mend_key_file, unlock_key_file
from spr_desktop.vault.keyring import Keyring
from spr_desktop.vault.keys import CHAIN_KEY, DATABASE_KEY, Argon2Cost, calibrated_cost, wipe
from spr_desktop.vault.last_seen import LastSeen, Seen, continues, forget_last_seen, seen_in
from spr_desktop.vault.lock import VaultLock
from spr_desktop.vault.organisation import OrganisationKey
from spr_desktop.vault.parked import Parked
from spr_desktop.vault.passphrase import Passphrase
from spr_desktop.vault.places import require_own_disk
from spr_desktop.vault.recovery_key import RecoveryKey
from spr_desktop.vault.register import RegisteredDocument
from spr_desktop.vault.setting import keep_setting, read_setting
from spr_desktop.vault.slots import Secret
from spr_desktop.vault.store import CHECKED_UP_TO, Store, require_cipher
from spr_desktop.vault.tries import add_try, forget_tries, tries

_WORKED_OUT_BY: Final = "summaries_worked_out_by"
_REBUILT_AFTER: Final = "rebuilt_after_disposals"
"""After how many disposals the database was last written anew."""


class Vault:
    """An open vault; one thread at a time uses it.

    Besides what each method names, all of them raise DamagedVault where the database turns out to be damaged, and
    MachineFault where the disk does not do its part; a change is then not made, as a whole.
    """

    def __init__(
        self,
        folder: Path,
        unlocked: Unlocked,
        lock: VaultLock | None,
        checked_up_to: int = 0,
        last_seen_in: Path | None = None,
    ) -> None:
        """Open the database of a vault that was unlocked; ``create``, ``open`` and ``recover`` do both."""
        self._folder = folder.absolute()
        self._unlocked = unlocked
        self._data_key = unlocked.data_key
        self._lock = lock
        self._is_open = True
        self._chain_key = self._data_key.derive(CHAIN_KEY)
        self._chains = Chains(self._chain_key)
        self._last_seen: LastSeen | None = None
        self._parked: Parked | None = None
        if last_seen_in is not None:
            self._last_seen = LastSeen(last_seen_in, self._data_key, self.vault_id, self._folder)
            self._parked = Parked(last_seen_in, self._data_key, self.vault_id, self._folder)
        self._seen = Seen()
        try:
            self._store = self._open_store()
        except BaseException:
            self._let_go()
            raise
        self._keys = Keyring(self._folder, unlocked, self._store, self._chains)
        try:
            if self._store.size() <= checked_up_to:
                self._store.check_pages()
            self._note()
            self._take_back_drafts()
        except BaseException:
            self.close()
            raise

    @classmethod
    def create(
        cls, folder: Path, passphrase: str, *, cost: Argon2Cost | None = None, last_seen_in: Path | None = None
    ) -> tuple[Vault, str]:
        """Make a vault, and return it open with its recovery key as it is to be printed, which is kept nowhere.

        ``cost`` is what a guess at the passphrase takes; without it, about a second on this machine. What fails leaves
        nothing behind. Raises WeakPassphrase, VaultExists, NotEncrypted, NetworkPlace, MachineFault, and ValueError if
        the cost is too low.
        """
        secret, recovery_key = Passphrase.new(passphrase), RecoveryKey.generate()
        if cost is not None and not cost.is_enough:
            raise ValueError("the cost is too low for a new passphrase")
        require_cipher()
        require_own_disk(folder)
        unlocked = make_folder(folder, secret, recovery_key, cost or calibrated_cost())
        try:
            vault = cls(folder, unlocked, VaultLock(folder), last_seen_in=last_seen_in)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)  # nobody has seen its recovery key
            raise
        vault.keys.settle()
        _try_to_log(vault, "vault_created")
        return vault, recovery_key.shown()

    @classmethod
    def open(
        cls,
        folder: Path,
        passphrase: str,
        *,
        checked_up_to: int = CHECKED_UP_TO,
        last_seen_in: Path | None = None,
    ) -> Vault:
        """Open a vault with its passphrase; takes about a second by design.

        A database of up to ``checked_up_to`` bytes is checked page by page; of a larger one only the beginning, its
        length and whose it is, and ``verify`` checks the rest. ``last_seen_in`` is a folder of this computer's in which
        it is kept how far the vault has got; without it, an older copy is not noticed. A vault of an earlier version is
        backed up and brought to this one.

        Raises WrongSecret, NotAVault, OlderCopy, DamagedVault, NotEncrypted, VaultInUse, NewerVault or MachineFault
        (of its kinds above all NetworkPlace, ReadOnlyPlace and NoBackupBeforeUpgrade).
        """
        vault = cls._unlock(folder, Passphrase(passphrase), checked_up_to, last_seen_in)
        try:
            _try_to_log(vault, "vault_opened")
        except BaseException:  # damage that was not looked for yet
            with suppress(DamagedVault):
                vault.close()
            raise
        return vault

    @classmethod
    def accept_older(cls, folder: Path, secret: Secret, last_seen_in: Path) -> None:
        """Let an older copy be the vault from now on: somebody knows what is missing in it. That is logged.

        Nothing is done to a copy that is not older. Raises what ``open`` raises.
        """
        try:
            cls._unlock(folder, secret, CHECKED_UP_TO, last_seen_in).close()
        except OlderCopy as older:
            with cls._unlock(folder, secret, CHECKED_UP_TO) as vault:
                vault.log("opened_older_copy", None, f"{older.changes} changes, {older.records} records missing")
                vault.forget_last_seen(last_seen_in)

    @classmethod
    def recover(
        cls, folder: Path, recovery_key: str, new_passphrase: str, *, last_seen_in: Path | None = None
    ) -> Vault:
        """Open a vault with its recovery key and give it a new passphrase; the recovery key stays valid.

        Raises WeakPassphrase, and what ``open`` raises; the old passphrase is then still the one.
        """
        return cls._recover(folder, RecoveryKey.read(recovery_key), new_passphrase, "vault_recovered", last_seen_in)

    @classmethod
    def recover_by_organisation(
        cls, folder: Path, key: OrganisationKey, new_passphrase: str, *, last_seen_in: Path | None = None
    ) -> Vault:
        """As ``recover``, with the private key of the organisation's slot."""
        return cls._recover(folder, key, new_passphrase, "vault_recovered_by_organisation", last_seen_in)

    @classmethod
    def _recover(
        cls, folder: Path, secret: Secret, new_passphrase: str, action: str, last_seen_in: Path | None
    ) -> Vault:
        Passphrase.new(new_passphrase)
        vault = cls._unlock(folder, secret, CHECKED_UP_TO, last_seen_in)
        try:
            vault.keys.set_passphrase(new_passphrase)
        except BaseException:
            vault.close()
            raise
        _try_to_log(vault, action)
        return vault

    @classmethod
    def _unlock(cls, folder: Path, secret: Secret, checked_up_to: int, last_seen_in: Path | None = None) -> Vault:
        require_cipher()
        _require_vault(folder)
        require_own_disk(folder)
        lock = VaultLock(folder)
        try:
            unlocked = unlock_key_file(folder, secret)
        except BaseException as error:
            if isinstance(error, WrongSecret):
                add_try(folder)
            lock.release()
            raise
        vault = cls(folder, unlocked, lock, checked_up_to, last_seen_in)
        try:
            # not before the database has opened: the first copy may be another vault's, and the second the only way in
            mend_key_file(folder, unlocked.slot_file)
            vault.keys.settle()
            if unlocked.is_second_copy:
                _try_to_log(vault, "key_file_mended")
        except BaseException:  # damage that was not looked for yet
            with suppress(DamagedVault):
                vault.close()
            raise
        _log_tries(vault)
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
            self._note(flushed=True)
            self._store.written = None
            self._store.close()
        finally:
            self._let_go()

    def forget_last_seen(self, kept_in: Path) -> None:
        """From the next opening on, expect no more of this vault than it holds then."""
        forget_last_seen(kept_in, self._data_key, self.vault_id, self._folder)

    def reopen(self) -> None:
        """Go on after the file had gone: the stick is plugged in again, and holds what it held.

        Raises PlaceGone while it is away, and ReplacedVault or OlderCopy where something else is in its place; nothing
        can be read then either. Nothing was written meanwhile.
        """
        if not (self._folder / DATABASE_FILE).is_file():
            raise PlaceGone("the database is not there yet")
        with suppress(VaultError):  # first: closed later, it would take away the log of what is opened now
            self._store.close()
        store = self._open_store()
        try:
            with store.reading() as connection:
                if not continues(connection, self._chains, self._seen):
                    raise ReplacedVault("what is there now is not what was open")
            if self._lock is not None:
                self._lock.release()
                self._lock = VaultLock(self._folder)
        except VaultError:
            with suppress(VaultError):
                store.close()
            raise
        self._store = store
        self._keys = Keyring(self._folder, self._unlocked, store, self._chains)

    @property
    def folder(self) -> Path:
        """The folder that holds it."""
        return self._folder

    @property
    def keys(self) -> Keyring:
        """What opens it."""
        return self._keys

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
        with self._keys.kept_as_they_are() as slot_file:
            return make_backup(self._store, slot_file, self._data_key, to, at or now())

    def verify_backup(self, path: Path) -> Backup:
        """A backup of this vault, found whole; nothing in it is changed. Raises BadBackup and MachineFault."""
        return verify_backup(path, self._data_key)

    def for_background(self) -> Vault:
        """The same vault over a connection of its own, for a job in another thread that closes it when it is done.

        It must be closed before this one is.
        """
        return Vault(self._folder, replace(self._unlocked, data_key=self._data_key.copy()), None)

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

    def log(self, action: str, case_ref: str | None = None, detail: str | None = None) -> None:
        """Add to the activity; a detail holds ids and counts, never what a record says."""
        with self._store.writing() as connection:
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

    def _open_store(self) -> Store:
        slot_file = self._unlocked.slot_file
        key = self._data_key.derive(DATABASE_KEY)
        try:
            store = Store(
                self._folder / DATABASE_FILE, key, slot_file.database_salt, slot_file.vault_id, self._before_upgrade
            )
        finally:
            wipe(key)
        store.written = self._note
        return store

    def _before_upgrade(self, store: Store) -> None:
        if self._last_seen is not None:
            with store.reading() as connection:
                self._last_seen.require_not_older(connection, self._chains)
        back_up_before_upgrade(store, self._unlocked.slot_file, self._data_key, self._folder)

    def _note(self, *, flushed: bool = False) -> None:
        """Keep outside the vault how far it has got; what was not kept is noticed the less, and no failure."""
        with suppress(VaultError):
            with self._store.reading() as connection:
                self._seen = seen_in(connection, self._chains)
            if self._last_seen is not None:
                self._last_seen.keep(self._seen, flushed=flushed)

    def _take_back_drafts(self) -> None:
        """Take parked drafts into the vault; where the disk has no room for them, they stay where they are."""
        if self._parked is None or self._parked.is_empty:
            return
        with suppress(MachineFault):
            with self._store.writing() as connection:
                self._parked.take_back(connection)
            self._parked.clear()

    def _let_go(self) -> None:
        self._is_open = False
        for each in (self._last_seen, self._parked):
            if each is not None:
                each.close()
        wipe(self._chain_key)
        self._data_key.wipe()
        if self._lock is not None:
            self._lock.release()


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


def _log_tries(vault: Vault) -> None:
    """Log how often a wrong secret was tried while the vault was closed."""
    if count := tries(vault.folder):
        with suppress(MachineFault, DamagedVault):  # damage is found and said by whoever opens it
            vault.log("unlock_failed", None, str(count))
            forget_tries(vault.folder)
