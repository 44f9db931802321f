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

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from spr_desktop.records.case_document import parse_utc, utc_text
from spr_desktop.records.record import now
from spr_desktop.vault.chain import Chains, Head
from spr_desktop.vault.errors import OlderCopy
from spr_desktop.vault.keys import LAST_SEEN_KEY, DataKey
from spr_desktop.vault.sealed_file import SealedFile

if TYPE_CHECKING:
    from sqlite3 import Connection


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
        self._file = SealedFile(kept_in, data_key, LAST_SEEN_KEY, vault_id, folder)
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
        plain = json.dumps([seen.changes, seen.head.hex(), seen.records, utc_text(now())])
        if self._file.write(plain.encode(), flushed=flushed):
            self._kept = seen

    def forget(self) -> None:
        """Look at the vault with fresh eyes the next time: somebody put another state there and knows it."""
        self._file.remove()

    def close(self) -> None:
        """Drop the key."""
        self._file.close()

    def _read(self) -> tuple[Seen, datetime] | None:
        plain = self._file.read()
        if plain is None:  # it is written anew with the next change
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
