"""What is left of keys, secrets and texts: in the memory of a process, seen from another, and in files."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from spr_desktop.casework.caseload import Caseload
from spr_desktop.records.case_document import read_case_document
from spr_desktop.vault.key_file import unlock_key_file
from spr_desktop.vault.keys import CHAIN_KEY, DATABASE_KEY, SLOT_FILE_KEY
from spr_desktop.vault.recovery_key import RecoveryKey
from tests.cases import CASE_REF
from tests.documents.marks import marked_family
from tests.vault.samples import REPOSITORY
from tests.vaults import PASSPHRASE, make_caseload

MARK: Final = "Canary"
"""What every mark begins with here."""
_PIECE: Final = 16 * 1024 * 1024
_FORMS: Final = ("utf-8", "utf-16-le", "utf-32-le")
"""In which a program holds texts: Python in the first and the last two, Qt in the second."""


def marked_document(mark: str = MARK) -> bytes:
    """The case document of a family of which every text is marked."""
    return marked_family().family.document().replace(b"Zq", mark.encode())


@dataclass
class Memory:
    """Copies of things in the memory of a process in which a person worked, before and after locking."""

    how: str
    working: dict[str, int] = field(default_factory=dict)
    locked: dict[str, int] = field(default_factory=dict)


def memory_after_lock(folder: Path) -> Memory:
    """Work in a window, lock it, and look for keys and texts in its memory from this process.

    Where the system does not let one process read another's memory, the window looks at its own keys, which is less.
    """
    recovery_key = make_marked_vault(folder / "vault")
    wanted = _wanted(folder / "vault", recovery_key)
    with at_the_window(folder / "vault") as window:
        try:
            found = Memory("from another process", working=_in_memory(window.pid, wanted))
        except PermissionError:
            found = Memory("by the process itself")
        assert told(window, "lock") == "wiped"
        if found.working:
            found.locked = _in_memory(window.pid, wanted)
    return found


def make_marked_vault(folder: Path, mark: str = MARK) -> str:
    """Make a vault with the marked family in it; gives its recovery key."""
    recovery_key = make_caseload(folder)
    with Caseload.open(folder, PASSPHRASE) as caseload:
        records = read_case_document(marked_document(mark), written_at=datetime.now(UTC)).records
        caseload.keep({CASE_REF: records}, date.today())
    return recovery_key


@contextmanager
def at_the_window(vault: Path, cwd: Path | None = None, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """Somebody who has unlocked the window and works on the marked family (``tests.faults.at_the_window``)."""
    with (cwd / "said" if cwd else Path(os.devnull)).open("wb") as said:
        window = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.at_the_window", str(vault), CASE_REF],
            env=os.environ
            | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(REPOSITORY), "SPR_FAULT_TYPED": MARK + "9999xw"}
            | environment,
            cwd=cwd,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=said,
        )
    try:
        assert told(window, PASSPHRASE) == "working"
        yield window
    finally:
        window.kill()
        window.communicate()


def told(window: subprocess.Popen[bytes], word: str) -> str:
    """What the window answers to a word."""
    assert window.stdin
    assert window.stdout
    window.stdin.write(word.encode() + b"\n")
    window.stdin.flush()
    return window.stdout.readline().decode().strip()


def _wanted(vault: Path, recovery_key: str) -> dict[str, list[bytes]]:
    """What is looked for, in every form that it may have."""
    data_key = unlock_key_file(vault, RecoveryKey.read(recovery_key)).data_key
    database_key = bytes(data_key.derive(DATABASE_KEY))
    texts = sorted(set(re.findall(rf"{MARK}\d{{4}}xw", marked_document().decode())))
    return {
        "data key": _as_key(data_key.material),
        "chain key": _as_key(data_key.derive(CHAIN_KEY)),
        "slot file key": _as_key(data_key.derive(SLOT_FILE_KEY)),
        "database key": _as_key(database_key),
        "passphrase": [PASSPHRASE.encode(form) for form in _FORMS],
        "texts of the family": [text.encode(form) for text in texts for form in _FORMS],
    }


def _as_key(key: bytes | bytearray) -> list[bytes]:
    """A key as it is, and as SQLCipher is given it."""
    return [bytes(key), key.hex().encode(), key.hex().upper().encode()]


def _in_memory(pid: int, wanted: dict[str, list[bytes]]) -> dict[str, int]:
    """How many copies of each there are in the memory of a process. Raises PermissionError."""
    patterns = {name: re.compile(b"|".join(map(re.escape, forms))) for name, forms in wanted.items()}
    found = dict.fromkeys(wanted, 0)
    overlap = max(len(form) for forms in wanted.values() for form in forms) - 1
    with Path(f"/proc/{pid}/maps").open() as maps, Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for line in maps:
            where, rights = line.split()[:2]
            if not rights.startswith("rw"):
                continue
            begin, end = (int(each, 16) for each in where.split("-"))
            before = b""
            for piece in _read(memory.fileno(), begin, end):
                data = before + piece
                for name, pattern in patterns.items():
                    found[name] += sum(each.end() > len(before) for each in pattern.finditer(data))
                before = data[-overlap:]
    return found


def _read(memory: int, begin: int, end: int) -> Iterator[bytes]:
    while begin < end:
        try:
            piece = os.pread(memory, min(_PIECE, end - begin), begin)
        except (OSError, OverflowError):  # a part that belongs to a device
            return
        if not piece:
            return
        yield piece
        begin += len(piece)


def files_with(words: Iterable[str], folders: Iterable[Path]) -> dict[str, str]:
    """Files in which one of the words stands, and which, by their paths in the folders."""
    forms = {word.encode(form): word for word in words for form in _FORMS[:2]}
    pattern = re.compile(b"|".join(map(re.escape, forms)))
    found = {}
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            with suppress(OSError):  # it went in this moment, or is nobody's to read
                if path.is_file() and (match := pattern.search(path.read_bytes())):
                    found[str(path.relative_to(folder))] = forms[match.group()]
                if match := pattern.search(os.fsencode(path.name)):
                    found[str(path.relative_to(folder))] = forms[match.group()]
    return found
