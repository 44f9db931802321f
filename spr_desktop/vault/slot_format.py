"""The slot file's bytes: strictly of one form, so that any change by accident is seen before a secret is tried."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from spr_desktop.vault.errors import DamagedVault, NewerVault
from spr_desktop.vault.keys import KEY_BYTES, SALT_BYTES, Argon2Cost

FORMAT: Final = "spr-vault-keys"
VERSION: Final = 1
SEALED_VERSION: Final = 2
"""Of a file with an organisation's slot; a program that knows no such slot then says that it is too old."""
BYTES_LIMIT: Final = 64 * 1024
SLOTS_LIMIT: Final = 16
ID_BYTES: Final = 8
NONCE_BYTES: Final = 12
CERTIFICATE_LIMIT: Final = 8 * 1024
"""Bytes of an organisation's certificate."""
SEALED_BYTES: Final = range(3072 // 8, 16384 // 8 + 1)
"""How long what RSA encrypted may be: as its key."""

_TAG_BYTES: Final = 16
_MAC_BYTES: Final = 32
_HEX: Final = re.compile(r"(?:[0-9a-f]{2})+")

SlotKind = Literal["passphrase", "recovery", "organisation"]


@dataclass(frozen=True, slots=True)
class SealedKey:
    """The key of a slot, encrypted for whoever has a private key that is kept elsewhere."""

    certificate: bytes
    """Of an organisation, in DER."""
    encrypted: bytes
    """By RSA-OAEP with SHA-256, under the certificate's key."""


@dataclass(frozen=True, slots=True)
class Slot:
    """The data key, wrapped under one secret."""

    id: str
    kind: SlotKind
    salt: bytes
    """Of a passphrase or a recovery key."""
    cost: Argon2Cost | None
    """What stretching a passphrase takes; None for what needs none."""
    nonce: bytes
    wrapped: bytes
    sealed: SealedKey | None = None
    """Of an organisation's slot."""

    @property
    def derivation(self) -> str:
        """What a guess at its secret costs."""
        if self.kind == "organisation":
            return "The organisation's slot is sealed with the public key of its certificate, by RSA-OAEP with SHA-256"
        if self.cost is None:
            return f"The {self.kind} key is 160 random bits, through HKDF-SHA256"
        cost = self.cost
        return (
            f"Each guess at the {self.kind} costs Argon2id with {cost.memory_kib // 1024} MiB of memory, "
            f"{cost.iterations} passes and {cost.lanes} lanes"
        )

    def parameters(self) -> dict[str, Any]:
        """The values of JSON that stand for all but the wrapping itself."""
        plain: dict[str, Any] = {"id": self.id, "kind": self.kind}
        if self.sealed is not None:
            return plain | {"certificate": self.sealed.certificate.hex(), "sealed": self.sealed.encrypted.hex()}
        plain["salt"] = self.salt.hex()
        if self.cost is not None:
            plain["argon2id"] = {
                "memory_kib": self.cost.memory_kib,
                "iterations": self.cost.iterations,
                "lanes": self.cost.lanes,
            }
        return plain


@dataclass(frozen=True, slots=True)
class SlotFile:
    """What the slot file says."""

    vault_id: str
    database_salt: bytes
    generation: int
    """Grows by one with each change of a slot."""
    slots: tuple[Slot, ...]
    mac: bytes = b""

    @property
    def version(self) -> int:
        """The lowest version that knows all of its slots."""
        return SEALED_VERSION if any(each.kind == "organisation" for each in self.slots) else VERSION

    def signed_content(self) -> bytes:
        """What the MAC covers: everything but the MAC."""
        return canonical(_content(self))

    def to_bytes(self) -> bytes:
        """The bytes of the slot file."""
        content = _content(self) | {"mac": self.mac.hex()}
        return canonical(content | {"checksum": _checksum(content)})


def read_slot_file(data: bytes) -> SlotFile:
    """Read the bytes of a slot file, which must be exactly those that would be written.

    Raises DamagedVault on anything else, a single changed byte included, and NewerVault on a later version's.
    """
    content = _whole_content(data)
    version = _int(content, "version")
    if content.get("format") != FORMAT or version < VERSION:
        raise DamagedVault("the slot file is not one")
    if version > SEALED_VERSION:
        raise NewerVault(f"the slot file is of version {version}")
    slots = content.get("slots")
    if not isinstance(slots, list) or len(slots) > SLOTS_LIMIT:
        raise DamagedVault("the slot file holds no list of slots, or too many")
    slot_file = SlotFile(
        vault_id=_bytes(content, "vault_id", SALT_BYTES).hex(),
        database_salt=_bytes(content, "database_salt", SALT_BYTES),
        generation=_int(content, "generation"),
        slots=tuple(_read_slot(each) for each in slots),
        mac=_bytes(content, "mac", _MAC_BYTES),
    )
    if slot_file.to_bytes() != data:
        raise DamagedVault("the slot file holds what does not belong there")
    return slot_file


def canonical(content: Mapping[str, Any]) -> bytes:
    """The one way in which values of JSON are written where bytes are compared or authenticated."""
    return json.dumps(content, sort_keys=True, separators=(",", ":")).encode()


def _content(slot_file: SlotFile) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "version": slot_file.version,
        "vault_id": slot_file.vault_id,
        "database_salt": slot_file.database_salt.hex(),
        "generation": slot_file.generation,
        "slots": [
            slot.parameters() | {"nonce": slot.nonce.hex(), "wrapped": slot.wrapped.hex()} for slot in slot_file.slots
        ],
    }


def _checksum(content: Mapping[str, Any]) -> str:
    return hashlib.sha256(canonical(content)).hexdigest()


def _whole_content(data: bytes) -> Mapping[str, Any]:
    """What the file holds, once its checksum fits; that part of the form is the same in every version."""
    if len(data) > BYTES_LIMIT:
        raise DamagedVault("the slot file is too large")
    try:
        content = json.loads(data)
        if isinstance(content, dict):
            checksum = content.pop("checksum", None)
            if checksum == _checksum(content) and canonical(content | {"checksum": checksum}) == data:
                return content
    except (ValueError, RecursionError):
        raise DamagedVault("the slot file is not JSON") from None
    raise DamagedVault("the slot file does not fit its checksum")


def _read_slot(value: Any) -> Slot:
    if not isinstance(value, dict) or value.get("kind") not in ("passphrase", "recovery", "organisation"):
        raise DamagedVault("a slot is of no known kind")
    is_sealed = value["kind"] == "organisation"
    return Slot(
        id=_bytes(value, "id", ID_BYTES).hex(),
        kind=value["kind"],
        salt=b"" if is_sealed else _bytes(value, "salt", SALT_BYTES),
        cost=_read_cost(value.get("argon2id")) if value["kind"] == "passphrase" else None,
        sealed=_read_sealed(value) if is_sealed else None,
        nonce=_bytes(value, "nonce", NONCE_BYTES),
        wrapped=_bytes(value, "wrapped", KEY_BYTES + _TAG_BYTES),
    )


def _read_sealed(value: Mapping[str, Any]) -> SealedKey:
    certificate = _bytes(value, "certificate", range(1, CERTIFICATE_LIMIT + 1))
    return SealedKey(certificate, _bytes(value, "sealed", SEALED_BYTES))


def _read_cost(value: Any) -> Argon2Cost:
    if not isinstance(value, dict):
        raise DamagedVault("a slot says nothing of its cost")
    cost = Argon2Cost(_int(value, "memory_kib"), _int(value, "iterations"), _int(value, "lanes"))
    if not cost.is_readable:
        raise DamagedVault("a slot asks for a cost that is out of bounds")
    return cost


def _bytes(content: Mapping[str, Any], name: str, length: int | range) -> bytes:
    value = content.get(name)
    if not isinstance(value, str) or not _HEX.fullmatch(value):
        raise DamagedVault(f"{name} of the slot file is not of its form")
    found = bytes.fromhex(value)
    if len(found) not in (length if isinstance(length, range) else (length,)):
        raise DamagedVault(f"{name} of the slot file is of another length")
    return found


def _int(content: Mapping[str, Any], name: str) -> int:
    value = content.get(name)
    if not isinstance(value, int) or isinstance(value, bool):
        raise DamagedVault(f"{name} of the slot file is not a number")
    return value
