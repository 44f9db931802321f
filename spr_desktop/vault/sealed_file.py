"""A small file about a vault that is kept outside it, in the user's profile, and that only its data key opens.

It is called by a MAC of the vault and its folder, so that it names neither; nobody without the key can read it, change
it or put another one in its place.
"""

from __future__ import annotations

import hmac
import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from spr_desktop.vault.files import make_private, sync_file, sync_folder
from spr_desktop.vault.keys import DataKey, wipe
from spr_desktop.vault.slot_format import NONCE_BYTES

BYTES_LIMIT: Final = 64 * 1024 * 1024
_NAME_CHARACTERS: Final = 32


class SealedFile:
    """The file of one kind about one vault in one folder; a copy of the vault in another folder has another."""

    def __init__(self, kept_in: Path, data_key: DataKey, label: bytes, vault_id: str, folder: Path) -> None:
        """Nothing is read or written yet. ``folder`` is the vault's; ``kept_in`` is made when it is needed."""
        self._key = data_key.derive(label)
        about = f"{vault_id}\n{os.path.normcase(os.path.realpath(folder))}".encode("utf-8", "surrogateescape")
        self._name = hmac.digest(self._key, about, "sha256").hex()[:_NAME_CHARACTERS]
        self._path = kept_in / self._name

    def read(self) -> bytes | None:
        """What it holds; None if it is missing, damaged or forged."""
        try:
            with self._path.open("rb") as file:
                data = file.read(BYTES_LIMIT)
            return AESGCM(self._key).decrypt(data[:NONCE_BYTES], data[NONCE_BYTES:], self._name.encode())
        except (OSError, InvalidTag, ValueError):
            return None

    def write(self, data: bytes, *, flushed: bool) -> bool:
        """Give it new content in one step; whether the profile took it. Not ``flushed``, a power cut may undo it."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        beside = self._path.with_name(f"{self._name}.new")
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            beside.unlink(missing_ok=True)
            make_private(beside)
            beside.write_bytes(nonce + AESGCM(self._key).encrypt(nonce, data, self._name.encode()))
            if flushed:
                sync_file(beside)
            os.replace(beside, self._path)
            if flushed:
                sync_folder(self._path.parent)
        except OSError:
            return False
        return True

    def remove(self) -> None:
        """Take it away, if it is there."""
        with suppress(OSError):
            self._path.unlink(missing_ok=True)

    def close(self) -> None:
        """Drop the key."""
        wipe(self._key)
