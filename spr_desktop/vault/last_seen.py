"""What this computer last saw of a vault, kept outside it: so that a copy that lost its last changes is noticed.

A write-ahead log that was lost, or a database that was put back from a copy, is whole in itself: only something outside
can tell. It is one small file for a vault *in a folder*, in the profile of the user, sealed under a key that only the
data key of the vault gives: it names nothing, nobody else can read it, and a forged one is no file at all.

- Two copies of one vault in two folders each have their own, so that neither is accused of what was done in the other.
  A vault that was moved is looked at with fresh eyes.
- It is written after the change is on the disk, and not flushed: it may lag, which only makes it notice less.
- A missing, damaged or forged one is written anew. It never keeps anybody out.

It finds accidents and a file that was put back. Who puts the whole profile back as well is not found out.
"""

from __future__ import annotations

import hmac
import json
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from spr_desktop.records.case_document import parse_utc, utc_text
from spr_desktop.records.record import now
from spr_desktop.vault.chain import Chains, Head
from spr_desktop.vault.errors import OlderCopy
from spr_desktop.vault.files import make_private, sync_file, sync_folder
from spr_desktop.vault.keys import LAST_SEEN_KEY, DataKey, wipe
from spr_desktop.vault.slot_format import NONCE_BYTES

if TYPE_CHECKING:
    from sqlite3 import Connection

_BYTES_LIMIT: Final = 4096
_NAME_CHARACTERS: Final = 32


@dataclass(frozen=True, slots=True)
class Seen:
    """How far a vault had got. Whatever is recorded, exported or opened adds to the activity, so it counts changes."""

    changes: int = 0
    head: bytes = Head().hash
    """Of the chain of the activity, after so many changes."""
    records: int = 0


class LastSeen:
    """The file about one vault in one folder."""

    def __init__(self, kept_in: Path, data_key: DataKey, vault_id: str, folder: Path) -> None:
        """Nothing is read or written yet. ``folder`` is the vault's; ``kept_in`` is made when it is needed."""
        self._key = data_key.derive(LAST_SEEN_KEY)
        about = f"{vault_id}\n{os.path.normcase(os.path.realpath(folder))}".encode("utf-8", "surrogateescape")
        self._name = hmac.digest(self._key, about, "sha256").hex()[:_NAME_CHARACTERS]
        self._path = kept_in / self._name
        self._kept: Seen | None = None

    def require_not_older(self, connection: Connection, chains: Chains) -> None:
        """Raises OlderCopy if the database lacks something that this computer has seen; nothing is written."""
        found = self._read()
        if found is None:
            return
        last, at = found
        if continues(connection, chains, last):
            return
        seen = seen_in(connection, chains)
        ends = connection.execute("SELECT at FROM activity ORDER BY sequence DESC LIMIT 1").fetchone()
        raise OlderCopy(
            max(0, last.changes - seen.changes),
            max(0, last.records - seen.records),
            at,
            parse_utc(ends[0]) if ends else None,
        )

    def keep(self, seen: Seen, *, flushed: bool = False) -> None:
        """Keep how far the vault has got; where the profile takes nothing, what stood there stands."""
        if seen == self._kept and not flushed:
            return
        beside = self._path.with_name(f"{self._name}.new")
        with suppress(OSError):
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            beside.unlink(missing_ok=True)
            make_private(beside)
            beside.write_bytes(self._sealed(seen))
            if flushed:
                sync_file(beside)
            os.replace(beside, self._path)
            if flushed:
                sync_folder(self._path.parent)
            self._kept = seen

    def forget(self) -> None:
        """Look at the vault with fresh eyes the next time: somebody put another state there and knows it."""
        with suppress(OSError):
            self._path.unlink(missing_ok=True)

    def close(self) -> None:
        """Drop the key."""
        wipe(self._key)

    def _sealed(self, seen: Seen) -> bytes:
        nonce = secrets.token_bytes(NONCE_BYTES)
        plain = json.dumps([seen.changes, seen.head.hex(), seen.records, utc_text(now())])
        return nonce + AESGCM(self._key).encrypt(nonce, plain.encode(), self._name.encode())

    def _read(self) -> tuple[Seen, datetime] | None:
        try:
            with self._path.open("rb") as file:
                data = file.read(_BYTES_LIMIT)
            plain = AESGCM(self._key).decrypt(data[:NONCE_BYTES], data[NONCE_BYTES:], self._name.encode())
        except (OSError, InvalidTag, ValueError):  # it is written anew with the next change
            return None
        changes, head, records, at = json.loads(plain)
        return Seen(changes, bytes.fromhex(head), records), parse_utc(at)


def seen_in(connection: Connection, chains: Chains) -> Seen:
    """How far a database has got."""
    activity = chains.head(connection, "activity")
    return Seen(activity.length, activity.hash, chains.head(connection, "all_records").length)


def continues(connection: Connection, chains: Chains, last: Seen) -> bool:
    """Whether a database holds everything that was seen of it, and perhaps more."""
    row = connection.execute("SELECT hash FROM activity WHERE sequence = ?", (last.changes,)).fetchone()
    return seen_in(connection, chains).changes >= last.changes and (row is None or row[0] == last.head)


def forget_last_seen(kept_in: Path, data_key: DataKey, vault_id: str, folder: Path) -> None:
    """Forget what was seen of a vault in a folder, because another state of it was put there knowingly."""
    seen = LastSeen(kept_in, data_key, vault_id, folder)
    seen.forget()
    seen.close()
