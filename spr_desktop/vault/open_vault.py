"""The life of an open vault: made, unlocked, left again; its keys, its lock, and what this computer last saw of it."""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from spr_desktop.records.record import now
from spr_desktop.vault import activity
from spr_desktop.vault.before_upgrade import back_up_before_upgrade
from spr_desktop.vault.chain import Chains
from spr_desktop.vault.creation import DATABASE_FILE, make_folder
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
from spr_desktop.vault.slots import Secret
from spr_desktop.vault.store import CHECKED_UP_TO, Store, require_cipher
from spr_desktop.vault.tries import add_try, forget_tries, tries


class OpenVault:
    """A vault that is open; ``Vault`` says what may be done with what it holds."""

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
    ) -> tuple[Self, str]:
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
    ) -> Self:
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
    def recover(cls, folder: Path, recovery_key: str, new_passphrase: str, *, last_seen_in: Path | None = None) -> Self:
        """Open a vault with its recovery key and give it a new passphrase; the recovery key stays valid.

        Raises WeakPassphrase, and what ``open`` raises; the old passphrase is then still the one.
        """
        return cls._recover(folder, RecoveryKey.read(recovery_key), new_passphrase, "vault_recovered", last_seen_in)

    @classmethod
    def recover_by_organisation(
        cls, folder: Path, key: OrganisationKey, new_passphrase: str, *, last_seen_in: Path | None = None
    ) -> Self:
        """As ``recover``, with the private key of the organisation's slot."""
        return cls._recover(folder, key, new_passphrase, "vault_recovered_by_organisation", last_seen_in)

    @classmethod
    def _recover(
        cls, folder: Path, secret: Secret, new_passphrase: str, action: str, last_seen_in: Path | None
    ) -> Self:
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
    def _unlock(cls, folder: Path, secret: Secret, checked_up_to: int, last_seen_in: Path | None = None) -> Self:
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

    def __enter__(self) -> Self:
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

    def for_background(self) -> Self:
        """The same vault over a connection of its own, for a job in another thread that closes it when it is done.

        It must be closed before this one is.
        """
        return type(self)(self._folder, replace(self._unlocked, data_key=self._data_key.copy()), None)

    def log(self, action: str, case_ref: str | None = None, detail: str | None = None) -> None:
        """Add to the activity; a detail holds ids and counts, never what a record says."""
        with self._store.writing() as connection:
            activity.add_activity(connection, self._chains, now(), action, case_ref, detail)

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


def _try_to_log(vault: OpenVault, action: str) -> None:
    with suppress(MachineFault):  # a full disk must not keep anybody from reading, nor undo what is done
        vault.log(action)


def _log_tries(vault: OpenVault) -> None:
    """Log how often a wrong secret was tried while the vault was closed."""
    if count := tries(vault.folder):
        with suppress(MachineFault, DamagedVault):  # damage is found and said by whoever opens it
            vault.log("unlock_failed", None, str(count))
            forget_tries(vault.folder)
