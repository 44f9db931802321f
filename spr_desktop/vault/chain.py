"""Chains of entries: each is signed together with the one before, so that a changed or removed entry is seen.

The head of each chain is sealed and kept beside it, because a chain that lost its last entries is a chain still.
Whoever has the passphrase and this program can build everything anew; only heads that were given out would contradict
them.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from spr_desktop.vault.errors import DamagedVault

if TYPE_CHECKING:
    from sqlite3 import Connection

ChainKind = Literal["ledger", "all_records", "activity"]
Value = str | int | None

_HASH_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class Head:
    """Where a chain ends."""

    length: int = 0
    hash: bytes = bytes(_HASH_BYTES)


class Chains:
    """The chains of a vault, under the key that signs them."""

    def __init__(self, key: bytearray) -> None:
        self._key = key

    def digest(self, text: str) -> str:
        """Stands for a text in a signature, so that the text may go one day and leave the chain whole."""
        return self._sign(text.encode()).hex()

    def next_head(self, head: Head, kind: ChainKind, values: Sequence[Value]) -> Head:
        """Where a chain ends once an entry with these values is added to it."""
        entry = json.dumps([kind, *values, head.hash.hex()], separators=(",", ":"))
        return Head(head.length + 1, self._sign(entry.encode()))

    def head(self, connection: Connection, kind: ChainKind, name: str = "") -> Head:
        """Where a chain ends, as it was kept; raises DamagedVault if that was changed from outside."""
        row = connection.execute(
            "SELECT length, head, seal FROM chain WHERE kind = ? AND name = ?", (kind, name)
        ).fetchone()
        if row is None:
            return Head()
        head = Head(row[0], row[1])
        if not self.is_sealed(kind, name, head, row[2]):
            raise DamagedVault("the head of a chain was changed from outside")
        return head

    def is_sealed(self, kind: str, name: str, head: Head, seal: bytes) -> bool:
        """Whether a head is as it was kept."""
        return hmac.compare_digest(self._seal(kind, name, head), seal)

    def is_link(self, kind: ChainKind, values: Sequence[Value], previous_hash: bytes, hash_: bytes) -> bool:
        """Whether an entry is as it was added after one with that hash; whether that one is there is not asked."""
        return hmac.compare_digest(self.next_head(Head(0, previous_hash), kind, values).hash, hash_)

    def keep_head(self, connection: Connection, kind: ChainKind, name: str, head: Head) -> None:
        """Keep where a chain ends now."""
        connection.execute(
            "INSERT INTO chain VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE"
            " SET length = excluded.length, head = excluded.head, seal = excluded.seal",
            (kind, name, head.length, head.hash, self._seal(kind, name, head)),
        )

    def verify(self, kind: ChainKind, kept: Head, entries: Iterable[tuple[Sequence[Value], bytes, bytes]]) -> None:
        """Check that entries, each with its values, previous hash and hash, lead to the head that was kept.

        Raises DamagedVault if one was changed, removed, added or moved.
        """
        head = Head()
        for values, previous_hash, hash_ in entries:
            following = self.next_head(head, kind, values)
            if previous_hash != head.hash or not hmac.compare_digest(hash_, following.hash):
                raise DamagedVault(f"entry {following.length} of a chain was changed, or the one before it is gone")
            head = following
        if head != kept:
            raise DamagedVault("a chain does not end where it was kept to end")

    def verify_links(self, kept: Head, gaps: Sequence[tuple[bytes, bytes]]) -> None:
        """Check that what is left of a chain, each entry's previous hash and hash, leads to the head that was kept.

        What the entries said is gone; that none was taken away or moved is still seen. Raises DamagedVault.
        """
        head = Head()
        for previous_hash, hash_ in gaps:
            if previous_hash != head.hash:
                raise DamagedVault(f"entry {head.length + 1} of a chain does not follow the one before it")
            head = Head(head.length + 1, hash_)
        if head != kept:
            raise DamagedVault("a chain does not end where it was kept to end")

    def _seal(self, kind: str, name: str, head: Head) -> bytes:
        return self._sign(json.dumps(["head", kind, name, head.length, head.hash.hex()]).encode())

    def _sign(self, data: bytes) -> bytes:
        return hmac.digest(self._key, data, "sha256")


def chain_names(connection: Connection, kind: ChainKind) -> list[str]:
    """The names of the chains of a kind, in order."""
    return [name for (name,) in connection.execute("SELECT name FROM chain WHERE kind = ? ORDER BY name", (kind,))]
