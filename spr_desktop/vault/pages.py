"""Reading the pages of a damaged database one by one, each on its own merit, without a database around them.

Where a page is damaged the library gives up on everything that is reached through it: the root of a table takes the
whole table along. Here every page that is still authentic under the key is decrypted by itself, and the rows that
stand whole in it are given out, whatever has become of the pages that led there. The file is only read.

The form of a page is SQLCipher 4's (AES-256-CBC, then HMAC-SHA512 over it and the number of the page), that of a row
SQLite's (https://www.sqlite.org/fileformat2.html).
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

from spr_desktop.vault.keys import KEY_BYTES, SALT_BYTES
from spr_desktop.vault.store import PAGE_BYTES

Row = tuple[int | str | bytes | None, ...]
"""The columns of a row as they are kept; of a table with numbered rows the first is the number."""

_IV_BYTES: Final = 16
_MAC_BYTES: Final = 64
_USABLE: Final = PAGE_BYTES - _IV_BYTES - _MAC_BYTES
_MAC_SALT: Final = 0x3A
_MAC_ROUNDS: Final = 2
_HEADER_OF_FILE: Final = 100
_VERSION_AT: Final = 60
_WAL_HEADER: Final = 32
_FRAME_HEADER: Final = 24
_TABLE_LEAF: Final = 0x0D
_INDEX_LEAF: Final = 0x0A
_INDEX_INSIDE: Final = 0x02
_MOST_OVERFLOW: Final = 100_000
"""Pages of one row: about 400 MB, more than any row has."""


class Pages:
    """The pages of a database and of its write-ahead log that are authentic under the key."""

    def __init__(self, database: Path, key: bytearray, salt: bytes) -> None:
        """Read what is there; a file that is missing has no pages. The key stays the caller's to wipe."""
        self.damaged = 0
        """How many pages are not as they were written, or are missing a part."""
        self._key = bytes(key)
        mac_salt = bytes(byte ^ _MAC_SALT for byte in salt)
        self._mac_key = hashlib.pbkdf2_hmac("sha512", self._key, mac_salt, _MAC_ROUNDS, KEY_BYTES)
        self._pages: dict[int, bytes] = {}
        self._read_file(database)
        self._read_log(database.with_name(f"{database.name}-wal"))

    @property
    def whole(self) -> int:
        """How many pages are authentic."""
        return len(self._pages)

    @property
    def version(self) -> int | None:
        """Which version of the tables it says it has; None where its first page is damaged."""
        first = self._pages.get(1)
        return int.from_bytes(first[_VERSION_AT : _VERSION_AT + 4], "big") if first else None

    def rows(self) -> Iterator[Row]:
        """Every row of every table and index that stands whole in authentic pages, in no order.

        A row of an index is that of its columns. The rows of a table without numbers come as those of an index.
        """
        for number, page in sorted(self._pages.items()):
            start = _HEADER_OF_FILE if number == 1 else 0
            kind = page[start]
            if kind not in (_TABLE_LEAF, _INDEX_LEAF, _INDEX_INSIDE):
                continue
            header = 12 if kind == _INDEX_INSIDE else 8
            for place in range(int.from_bytes(page[start + 3 : start + 5], "big")):
                at = start + header + 2 * place
                try:
                    yield self._row(page, int.from_bytes(page[at : at + 2], "big"), kind)
                except (_NotARow, IndexError, UnicodeDecodeError):
                    continue  # its page is no page of rows, or its overflow is damaged

    def _read_file(self, database: Path) -> None:
        if not database.is_file():
            return
        with database.open("rb") as file:
            number = 0
            while data := file.read(PAGE_BYTES):
                number += 1
                self._take(number, data)

    def _read_log(self, log: Path) -> None:
        """Pages that were written last and are not in the file yet: those of transactions that were ended."""
        if not log.is_file():
            return
        with log.open("rb") as file:
            salts = file.read(_WAL_HEADER)[16:24]
            waiting: list[tuple[int, bytes]] = []
            while len(header := file.read(_FRAME_HEADER)) == _FRAME_HEADER and header[8:16] == salts:
                waiting.append((int.from_bytes(header[:4], "big"), file.read(PAGE_BYTES)))
                if int.from_bytes(header[4:8], "big"):  # the last of its transaction
                    for number, data in waiting:
                        self._take(number, data)
                    waiting = []

    def _take(self, number: int, data: bytes) -> None:
        page = self._decrypted(number, data)
        if page is None:
            self.damaged += 1
        else:
            self._pages[number] = page

    def _decrypted(self, number: int, data: bytes) -> bytes | None:
        start = SALT_BYTES if number == 1 else 0
        if len(data) != PAGE_BYTES:
            return None
        signed, mac = data[start : _USABLE + _IV_BYTES], data[_USABLE + _IV_BYTES :]
        if not hmac.compare_digest(
            hmac.digest(self._mac_key, signed + number.to_bytes(4, "little"), hashlib.sha512), mac
        ):
            return None
        cipher = Cipher(AES(self._key), CBC(data[_USABLE : _USABLE + _IV_BYTES])).decryptor()
        return bytes(start) + cipher.update(data[start:_USABLE]) + cipher.finalize()

    # Rows

    def _row(self, page: bytes, at: int, kind: int) -> Row:
        if kind == _INDEX_INSIDE:
            at += 4  # the page before it
        length, at = _number(page, at)
        row: Row = ()
        if kind == _TABLE_LEAF:
            rowid, at = _number(page, at)
            row = (rowid,)
        return row + _columns(self._payload(page, at, length, is_table=kind == _TABLE_LEAF))

    def _payload(self, page: bytes, at: int, length: int, *, is_table: bool) -> bytes:
        most = _USABLE - 35 if is_table else (_USABLE - 12) * 64 // 255 - 23
        if length <= most:
            return _slice(page, at, length)
        least = (_USABLE - 12) * 32 // 255 - 23
        here = least + (length - least) % (_USABLE - 4)
        here = here if here <= most else least
        parts, missing = [_slice(page, at, here)], length - here
        following = int.from_bytes(_slice(page, at + here, 4), "big")
        for _ in range(min(_MOST_OVERFLOW, len(self._pages))):
            overflow = self._pages.get(following)
            if overflow is None:
                break
            parts.append(overflow[4 : 4 + min(missing, _USABLE - 4)])
            missing -= len(parts[-1])
            if not missing:
                return b"".join(parts)
            following = int.from_bytes(overflow[:4], "big")
        raise _NotARow


class _NotARow(Exception):
    """What stands there is no row, or not whole."""


def _slice(data: bytes, at: int, length: int) -> bytes:
    if at + length > _USABLE:
        raise _NotARow
    return data[at : at + length]


def _number(data: bytes, at: int) -> tuple[int, int]:
    """A number of SQLite's changing length, as a signed one, and where it ends."""
    value = 0
    for place in range(9):
        byte = data[at + place]
        if place == 8:
            value = value << 8 | byte
        else:
            value = value << 7 | byte & 0x7F
            if byte < 0x80:
                break
    return value - (1 << 64) if value >= 1 << 63 else value, at + place + 1


_INTEGERS: Final[Mapping[int, int]] = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
"""Bytes of an integer by its kind."""


def _columns(payload: bytes) -> Row:
    """The columns of a row; raises _NotARow or IndexError where they do not fill it exactly."""
    end, at = _number(payload, 0)
    kinds = []
    while at < end:
        kind, at = _number(payload, at)
        kinds.append(kind)
    if at != end:
        raise _NotARow
    columns: list[int | str | bytes | None] = []
    for kind in kinds:
        if kind in (0, 8, 9):
            columns.append(None if kind == 0 else kind - 8)
            continue
        if kind in _INTEGERS:
            length = _INTEGERS[kind]
            columns.append(int.from_bytes(payload[at : at + length], "big", signed=True))
        elif kind >= 12:
            length = (kind - 12) // 2
            data = payload[at : at + length]
            columns.append(data.decode() if kind % 2 else data)
        else:
            raise _NotARow  # no table of a vault holds such a column
        at += length
    if at != len(payload):
        raise _NotARow
    return tuple(columns)
