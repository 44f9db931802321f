"""What the pages of a database hold once they are decrypted, free pages and all."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from spr_desktop.vault.key_file import Unlocked
from spr_desktop.vault.keys import DATABASE_KEY
from spr_desktop.vault.store import PAGE_BYTES

_RESERVED: Final = 80
"""At the end of a page: 16 bytes with which its decryption begins, and 64 of its authentication."""
_SALT: Final = 16
_WAL_HEADER: Final = 32
_FRAME_HEADER: Final = 24
_FRAME: Final = _FRAME_HEADER + PAGE_BYTES


def raw_pages(database: Path, unlocked: Unlocked) -> bytes:
    """Every page of a database, and of the log beside it, as SQLite sees it."""
    key = bytes(unlocked.data_key.derive(DATABASE_KEY))
    data = database.read_bytes()
    pages = [data[at : at + PAGE_BYTES] for at in range(0, len(data), PAGE_BYTES)]
    found = [_decrypted(page, key, _SALT if number == 0 else 0) for number, page in enumerate(pages)]
    log = database.with_name(f"{database.name}-wal")
    frames = log.read_bytes()[_WAL_HEADER:] if log.exists() else b""
    whole = len(frames) // _FRAME * _FRAME  # a full disk cuts the last one short
    for at in range(0, whole, _FRAME):
        number = int.from_bytes(frames[at : at + 4])
        page = frames[at + _FRAME_HEADER : at + _FRAME_HEADER + PAGE_BYTES]
        found.append(_decrypted(page, key, _SALT if number == 1 else 0))
    return b"".join(found)


def _decrypted(page: bytes, key: bytes, skipped: int) -> bytes:
    end = PAGE_BYTES - _RESERVED
    cipher = Cipher(algorithms.AES(key), modes.CBC(page[end : end + 16]))
    decryptor = cipher.decryptor()
    return decryptor.update(page[skipped:end]) + decryptor.finalize()
