"""Slots: the data key of a vault, wrapped for the passphrase, for the recovery key, and for an organisation if wanted.

Each wrapped key is bound to the vault and to its slot's parameters. A MAC under a key that only the data key gives
covers the whole file, so that nobody can change it who could not open the vault.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import replace
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from spr_desktop.vault.errors import DamagedVault, WrongSecret
from spr_desktop.vault.keys import KEY_BYTES, SALT_BYTES, SLOT_FILE_KEY, Argon2Cost, DataKey, wipe
from spr_desktop.vault.slot_format import FORMAT, ID_BYTES, NONCE_BYTES, VERSION, Slot, SlotFile, SlotKind, canonical


class Secret(Protocol):
    """What a person knows or keeps that opens a slot: a passphrase, a recovery key or an organisation's private key."""

    @property
    def kind(self) -> SlotKind:
        """The kind of slot that it opens."""

    def slot_key(self, slot: Slot) -> bytearray:
        """The key that wraps the data key in a slot; the caller wipes it. WrongSecret if the slot is not for it."""


def new_slot_file(data_key: DataKey, vault_id: str, database_salt: bytes, slots: tuple[Slot, ...]) -> SlotFile:
    """The first slot file of a vault."""
    return _authenticated(SlotFile(vault_id, database_salt, 1, slots), data_key)


def with_slot(slot_file: SlotFile, slot: Slot, data_key: DataKey) -> SlotFile:
    """The next slot file: the slot takes the place of those of its kind, the others stay."""
    return without_slots(slot_file, slot.kind, data_key, slot)


def without_slots(slot_file: SlotFile, kind: SlotKind, data_key: DataKey, *instead: Slot) -> SlotFile:
    """The next slot file: without the slots of a kind, or with others instead."""
    others = tuple(each for each in slot_file.slots if each.kind != kind)
    return _authenticated(replace(slot_file, generation=slot_file.generation + 1, slots=(*instead, *others)), data_key)


def new_slot(data_key: DataKey, secret: Secret, cost: Argon2Cost | None, vault_id: str) -> Slot:
    """Wrap the data key under a secret, with a salt and a nonce of its own."""
    slot = Slot(
        id=secrets.token_hex(ID_BYTES),
        kind=secret.kind,
        salt=secrets.token_bytes(SALT_BYTES),
        cost=cost,
        nonce=secrets.token_bytes(NONCE_BYTES),
        wrapped=b"",
    )
    key = secret.slot_key(slot)
    try:
        return wrapped(slot, key, data_key, vault_id)
    finally:
        wipe(key)


def wrapped(slot: Slot, key: bytearray, data_key: DataKey, vault_id: str) -> Slot:
    """A slot with the data key wrapped in it, under the slot's key; both are bound to all that the slot says."""
    return replace(slot, wrapped=AESGCM(key).encrypt(slot.nonce, data_key.material, _bound_to(vault_id, slot)))


def unlock(slot_file: SlotFile, secret: Secret) -> DataKey:
    """The data key, if one of the slots opens with the secret.

    Raises WrongSecret if none does, and DamagedVault if one does but the file was changed by somebody without the key.
    """
    for slot in slot_file.slots:
        data_key = _unwrapped(slot, secret, slot_file.vault_id) if slot.kind == secret.kind else None
        if data_key is None:
            continue
        require_authentic(slot_file, data_key)
        return data_key
    raise WrongSecret(f"no slot opens with this {secret.kind}")


def require_authentic(slot_file: SlotFile, data_key: DataKey) -> None:
    """Raises DamagedVault if the slot file was changed by somebody without the data key."""
    if not hmac.compare_digest(_mac(slot_file, data_key), slot_file.mac):
        raise DamagedVault("the slot file was changed from outside")


def _authenticated(slot_file: SlotFile, data_key: DataKey) -> SlotFile:
    return replace(slot_file, mac=_mac(slot_file, data_key))


def _unwrapped(slot: Slot, secret: Secret, vault_id: str) -> DataKey | None:
    try:
        key = secret.slot_key(slot)
    except WrongSecret:
        return None
    material = bytearray(KEY_BYTES)
    try:
        AESGCM(key).decrypt_into(slot.nonce, slot.wrapped, _bound_to(vault_id, slot), material)
    except InvalidTag:
        return None
    finally:
        wipe(key)
    return DataKey(material)


def _bound_to(vault_id: str, slot: Slot) -> bytes:
    """What a wrapped key is authenticated with, so that it opens nothing in another place.

    The version is that of wrapping, and stays as it is where the file's is another.
    """
    return canonical({"format": FORMAT, "version": VERSION, "vault_id": vault_id, "slot": slot.parameters()})


def _mac(slot_file: SlotFile, data_key: DataKey) -> bytes:
    key = data_key.derive(SLOT_FILE_KEY)
    try:
        return hmac.digest(key, slot_file.signed_content(), "sha256")
    finally:
        wipe(key)
