"""Writing small private files so that they are on the disk, whole, when the call returns."""

from __future__ import annotations

import os
from pathlib import Path


def make_private(path: Path) -> None:
    """Make an empty file that only its owner can read; FileExistsError if there is one."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def write_private(path: Path, data: bytes) -> None:
    """Write a file that only its owner can read, down to the disk; what stood there is gone. OSError if it fails."""
    path.unlink(missing_ok=True)  # an older file may have been open to others
    make_private(path)
    with path.open("r+b") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def sync_file(path: Path) -> None:
    """See to it that what was written to a file is on the disk. OSError if it fails."""
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """See to it that files made, renamed or removed in a folder stay so after a power cut."""
    if os.name == "nt":  # Windows knows no such call, and keeps renames in its journal
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def replace_private(path: Path, data: bytes) -> None:
    """Give a file new content in one step: before and after any crash it is whole, old or new. OSError if it fails."""
    beside = path.with_name(path.name + ".new")
    write_private(beside, data)
    os.replace(beside, path)
    sync_folder(path.parent)
