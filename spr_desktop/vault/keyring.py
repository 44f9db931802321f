"""What opens a vault: proving a secret, putting another in its place, and an organisation's slot.

A slot is changed in an open vault only. The database is told before and after (``known_slots``), so that a slot file
which was put there from outside is noticed; and backups wait, so that each holds a slot file and a database that fit.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from spr_desktop.records.record import now
from spr_desktop.vault.activity import add_activity
from spr_desktop.vault.chain import Chains
from spr_desktop.vault.errors import DamagedVault, MachineFault, VaultError, WrongSecret
from spr_desktop.vault.key_file import Unlocked, change_key_file, read_key_file, unlock_key_file, verify_key_file
from spr_desktop.vault.keys import Argon2Cost
from spr_desktop.vault.known_slots import (
    Change,
    Known,
    KnownSlot,
    Stranger,
    keep_known,
    read_known,
    slots_of,
    strangers,
)
from spr_desktop.vault.organisation import Certificate, organisation_slot
from spr_desktop.vault.passphrase import Passphrase
from spr_desktop.vault.recovery_key import RecoveryKey
from spr_desktop.vault.slot_format import SlotFile
from spr_desktop.vault.slots import Secret, new_slot, with_slot, without_slots
from spr_desktop.vault.store import Store

_CHANGING: Final = threading.RLock()
"""Held while the slot file and the database may differ; a vault is open in one process only."""


@dataclass(frozen=True, slots=True)
class GuessCost:
    """What one guess at the passphrase costs."""

    cost: Argon2Cost
    seconds: float | None
    """How long it took on this machine when the vault was opened; None if it was opened with another secret."""


class Keyring:
    """What opens one open vault."""

    def __init__(self, folder: Path, unlocked: Unlocked, store: Store, chains: Chains) -> None:
        self._folder = folder
        self._unlocked = unlocked
        self._data_key = unlocked.data_key
        self._store = store
        self._chains = chains

    # Proving

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
            self._log_refused(secret)
            return False
        is_same = proven.is_same(self._data_key)
        proven.wipe()
        return is_same

    def _log_refused(self, secret: Secret) -> None:
        with suppress(MachineFault), self._store.writing() as connection:
            add_activity(connection, self._chains, now(), f"{secret.kind}_refused", None, None)

    def derivation(self) -> str:
        """How keys are derived from what a person knows, and what a guess costs; names no key and no secret."""
        return ". ".join(each.derivation for each in self._now_or_as_opened().slots)

    def guess_cost(self) -> GuessCost:
        """What one guess at the passphrase costs on this machine."""
        return GuessCost(self._passphrase_cost(self._now_or_as_opened()), self._unlocked.seconds)

    # Changing

    def set_passphrase(self, new: str) -> None:
        """Give the vault a new passphrase; the old one opens it until the new one is proven.

        Raises WeakPassphrase, and MachineFault with the old one still in place.
        """
        secret = Passphrase.new(new)

        def changed(old: SlotFile) -> SlotFile:
            slot = new_slot(self._data_key, secret, self._passphrase_cost(old), old.vault_id)
            return with_slot(old, slot, self._data_key)

        self._change(changed, secret, "passphrase_changed")

    def new_recovery_key(self) -> str:
        """Give the vault a new recovery key, and return it as it is to be printed; the one before opens nothing then.

        Raises MachineFault with the one before still in place.
        """
        secret = RecoveryKey.generate()

        def changed(old: SlotFile) -> SlotFile:
            return with_slot(old, new_slot(self._data_key, secret, None, old.vault_id), self._data_key)

        self._change(changed, secret, "recovery_key_changed")
        return secret.shown()

    # An organisation

    def organisation(self) -> Certificate | None:
        """The certificate of the organisation that can open the vault; None if none can."""
        sealed = next((each.sealed for each in self._now_or_as_opened().slots if each.sealed), None)
        return None if sealed is None else Certificate.read(sealed.certificate)

    def let_organisation_open(self, certificate: Certificate, passphrase: str) -> None:
        """Let the holder of a certificate's private key open the vault, and no other organisation.

        Takes two seconds by design. Raises WrongSecret unless the passphrase is proven again, and MachineFault.
        """

        def changed(old: SlotFile) -> SlotFile:
            return with_slot(old, organisation_slot(self._data_key, certificate, old.vault_id), self._data_key)

        self._change(changed, self._proven(passphrase), "organisation_key_added")

    def let_no_organisation_open(self, passphrase: str) -> None:
        """Let no organisation open the vault any more; as ``let_organisation_open``."""
        self._change(
            lambda old: without_slots(old, "organisation", self._data_key),
            self._proven(passphrase),
            "organisation_key_removed",
        )

    def _proven(self, passphrase: str) -> Passphrase:
        secret = Passphrase(passphrase)
        if not self._is_opened_by(secret):
            raise WrongSecret("that is not the passphrase")
        return secret

    # What the database knows

    def slot_file(self) -> SlotFile:
        """The slot file as it is now; raises DamagedVault if no copy is whole, and MachineFault."""
        return read_key_file(self._folder, self._data_key)

    def verify(self) -> None:
        """Raises DamagedVault unless both copies of the slot file are there, authentic and the same."""
        verify_key_file(self._folder, self._data_key)

    def strangers(self) -> list[Stranger]:
        """Slots in which the slot file and the database differ; none, unless the file was put there from outside."""
        with _CHANGING:
            known = self._known()
            return strangers(self._now_or_as_opened(), known) if known else []

    def in_one_word(self) -> str:
        """Stands for the secrets that open the vault now, as far as the database knows: one changes, and it does."""
        known = self._known()
        if known is None:
            return ""
        begun = [known.change.mac] if known.change else []
        return " ".join(sorted(each.id for each in known.slots) + begun)

    def settle(self) -> None:
        """Bring to its end, in the database, a change that a crash cut short; write the slots down if nobody ever did.

        Where there is no room for that, the next opening does it.
        """
        with _CHANGING, suppress(MachineFault):
            self._settle(self.slot_file())

    @contextmanager
    def kept_as_they_are(self) -> Iterator[SlotFile]:
        """The slot file, which no thread changes meanwhile."""
        with _CHANGING:
            yield self.slot_file()

    def _now_or_as_opened(self) -> SlotFile:
        """For telling what opens the vault: a file that was damaged meanwhile must not keep anybody from working."""
        try:
            return self.slot_file()
        except (DamagedVault, MachineFault):
            return self._unlocked.slot_file

    def _change(self, changed: Callable[[SlotFile], SlotFile], proof: Secret, action: str) -> None:
        """Change the slot file, after a secret was proven to open the new one."""
        with _CHANGING:
            old = self.slot_file()
            new = changed(old)
            self._settle(old)  # what an earlier change left must not be taken for a stranger
            known = self._known()
            assert known is not None
            self._keep(replace(known, change=Change(new.mac.hex(), _known_of(new, old, known), action)))
            try:
                change_key_file(self._folder, old, new, proof)
            except BaseException:
                with suppress(VaultError):  # whichever file is there, opening settles it
                    self._settle(self.slot_file())
                raise
            with suppress(MachineFault):  # a disk that is full now undoes nothing
                self._settle(new)

    def _settle(self, slot_file: SlotFile) -> None:
        known = self._known()
        if known is None:
            self._keep(Known(slots_of(slot_file, _today())))
        elif known.change is not None:
            has_come_to_pass = known.change.mac == slot_file.mac.hex()
            self._keep(Known(known.that_fits(slot_file)), known.change.action if has_come_to_pass else None)

    def _known(self) -> Known | None:
        with self._store.reading() as connection:
            return read_known(connection)

    def _keep(self, known: Known, action: str | None = None) -> None:
        with self._store.writing() as connection:
            keep_known(connection, known)
            if action is not None:
                add_activity(connection, self._chains, now(), action, None, None)

    def _passphrase_cost(self, slot_file: SlotFile) -> Argon2Cost:
        return next(each.cost for each in slot_file.slots if each.cost is not None)


def _known_of(new: SlotFile, old: SlotFile, known: Known) -> tuple[KnownSlot, ...]:
    """What is to be known after a change: a slot that was strange before stays strange."""
    expected = known.that_fits(old)
    strange = {each.id for each in old.slots} - {each.id for each in expected}
    return tuple(each for each in slots_of(new, _today(), expected) if each.id not in strange)


def _today() -> str:
    return now().date().isoformat()
