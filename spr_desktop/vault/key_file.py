"""The slot file on the disk, in two copies, changed so that no crash locks anybody out.

``vault.keys`` counts; ``vault.keys.bak`` is read only where the first is missing, damaged or another vault's. While a
slot is changed the second copy keeps the old slots, so that the old secret opens until the new one was proven in its
place. Then it becomes a copy of the new file: kept any longer, it would only let a given-up passphrase open the vault.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from spr_desktop.vault.errors import DamagedVault, MachineFault, NewerVault, WrongSecret, machine_faults
from spr_desktop.vault.files import replace_private, sync_folder, write_private
from spr_desktop.vault.keys import DataKey, Stopwatch
from spr_desktop.vault.slot_format import BYTES_LIMIT, Slot, SlotFile, read_slot_file
from spr_desktop.vault.slots import Secret, require_authentic, unlock

KEY_FILE: Final = "vault.keys"
SECOND_COPY: Final = "vault.keys.bak"
_UNPROVEN: Final = "vault.keys.new"


def has_key_file(folder: Path) -> bool:
    """Whether a folder holds a copy of a slot file, damaged or not."""
    return (folder / KEY_FILE).is_file() or (folder / SECOND_COPY).is_file()


def listed_slots(folder: Path) -> tuple[Slot, ...]:
    """The slots of a closed vault as its file lists them, proven by nobody; none where no copy is whole.

    Raises NewerVault and MachineFault.
    """
    for name in (KEY_FILE, SECOND_COPY):
        with machine_faults(), suppress(FileNotFoundError, DamagedVault):
            return read_slot_file(_read(folder / name)).slots
    return ()


@dataclass(frozen=True, slots=True)
class Unlocked:
    """A slot file that opened."""

    slot_file: SlotFile
    data_key: DataKey
    is_second_copy: bool = False
    """Whether the first copy was missing or damaged, so that the second had to do."""
    seconds: float | None = None
    """How long it took to try the passphrase; None if another secret opened it."""


def unlock_key_file(folder: Path, secret: Secret) -> Unlocked:
    """The slot file of a vault and the data key that it gives for a secret; nothing is written.

    Where the first copy is another vault's, the second is tried too; a passphrase then takes twice as long. Raises
    WrongSecret, DamagedVault (also if the first copy is damaged and the secret does not open the second), NewerVault or
    MachineFault.
    """
    with machine_faults():
        try:
            return _unlock_copy(folder / KEY_FILE, secret)
        except FileNotFoundError:  # a crash or a person removed it, which says nothing against the secret
            return _unlock_second_copy(folder, secret)
        except WrongSecret as wrong:
            if not _are_of_two_vaults(folder):
                raise
            try:
                return _unlock_second_copy(folder, secret)
            except (WrongSecret, DamagedVault, NewerVault):
                raise wrong from None
        except DamagedVault as damage:
            try:
                return _unlock_second_copy(folder, secret)
            except (WrongSecret, DamagedVault):
                raise damage from None


def mend_key_file(folder: Path, slot_file: SlotFile) -> None:
    """Leave both copies as the one that opened, after damage or a crash between two steps of a change.

    Only who holds the lock does this, or it could undo a change. Where the disk refuses, things stay as they are.
    """
    data = slot_file.to_bytes()
    with suppress(OSError):  # a full or failing disk must not keep anybody from reading their records
        for left_over in folder.glob("vault.keys*.new"):
            left_over.unlink()
        for name in (KEY_FILE, SECOND_COPY):
            path = folder / name
            if not path.is_file() or _read(path) != data:
                replace_private(path, data)


def make_key_file(folder: Path, slot_file: SlotFile, secrets: Iterable[Secret]) -> None:
    """Write the first slot file of a vault, after each of the secrets was proven to open it. Raises MachineFault."""
    data = slot_file.to_bytes()
    with machine_faults():
        _write_proven(folder / _UNPROVEN, data, secrets)
        os.replace(folder / _UNPROVEN, folder / KEY_FILE)
        replace_private(folder / SECOND_COPY, data)


def read_key_file(folder: Path, data_key: DataKey) -> SlotFile:
    """The slot file of an open vault; raises DamagedVault if no copy is whole, and MachineFault."""
    for name in (KEY_FILE, SECOND_COPY):
        with machine_faults(), suppress(FileNotFoundError, DamagedVault):
            slot_file = read_slot_file(_read(folder / name))
            require_authentic(slot_file, data_key)
            return slot_file
    raise DamagedVault("both copies of the slot file are missing or damaged")


def change_key_file(folder: Path, old: SlotFile, new: SlotFile, secret: Secret) -> None:
    """Put a slot file in the place of the old one, after its new secret was proven to open it.

    Raises MachineFault; then, as after any crash, the old secret or the new one opens the vault.
    """
    data = new.to_bytes()
    with machine_faults():
        _write_proven(folder / _UNPROVEN, data, [secret])
        replace_private(folder / SECOND_COPY, old.to_bytes())
        os.replace(folder / _UNPROVEN, folder / KEY_FILE)
        sync_folder(folder)
        if _read(folder / KEY_FILE) != data:
            raise MachineFault("the slot file was not kept as it was written")
        replace_private(folder / SECOND_COPY, data)


def verify_key_file(folder: Path, data_key: DataKey) -> None:
    """Raises DamagedVault unless both copies are there, authentic and the same, and MachineFault."""
    data = read_key_file(folder, data_key).to_bytes()
    for name in (KEY_FILE, SECOND_COPY):
        with machine_faults():
            is_whole = (folder / name).is_file() and _read(folder / name) == data
        if not is_whole:
            raise DamagedVault("a copy of the slot file is missing or damaged")


def _write_proven(path: Path, data: bytes, secrets: Iterable[Secret]) -> None:
    write_private(path, data)
    written = _read(path)
    if written != data:
        raise MachineFault("the slot file was not kept as it was written")
    for secret in secrets:
        unlock(read_slot_file(written), secret).wipe()


def _unlock_copy(path: Path, secret: Secret) -> Unlocked:
    slot_file = read_slot_file(_read(path))
    stopwatch = Stopwatch()
    data_key = unlock(slot_file, secret)
    return Unlocked(slot_file, data_key, seconds=stopwatch.seconds if secret.kind == "passphrase" else None)


def _unlock_second_copy(folder: Path, secret: Secret) -> Unlocked:
    try:
        return replace(_unlock_copy(folder / SECOND_COPY, secret), is_second_copy=True)
    except FileNotFoundError:
        raise DamagedVault("the slot file is missing") from None


def _are_of_two_vaults(folder: Path) -> bool:
    """Whether another vault's file was put in the place of one copy, so that the other may be the one that counts.

    Of one vault, the second copy may be older than the first, and is not asked.
    """
    try:
        first, second = (read_slot_file(_read(folder / name)) for name in (KEY_FILE, SECOND_COPY))
    except (FileNotFoundError, DamagedVault, NewerVault):
        return False
    return first.vault_id != second.vault_id


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(BYTES_LIMIT + 1)
