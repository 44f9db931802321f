"""Writing a file so that it is either there whole and checked, or not there at all."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from spr_desktop.casework.errors import FileExists, FileFault


def read_file(path: Path) -> bytes:
    """The bytes of a file; raises FileFault."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise FileFault(path, error.strerror or "it cannot be read") from None


def read_file_up_to(path: Path, limit: int) -> bytes:
    """The bytes of a file, and not much more than ``limit`` of one that is larger; raises FileFault."""
    try:
        with path.open("rb") as file:
            return file.read(limit + 1)
    except OSError as error:
        raise FileFault(path, error.strerror or "it cannot be read") from None


def check_free(path: Path, *, replace: bool) -> None:
    """Raises FileExists if there is something that may not be replaced, FileFault if there is no folder for it."""
    if path.exists() and not replace:
        raise FileExists(path)
    if not path.parent.is_dir():
        raise FileFault(path, "there is no such folder")


def write_file(
    path: Path, data: bytes, *, replace: bool = False, check: Callable[[bytes], object] | None = None
) -> None:
    """Write beside the target, flush, read back, check, then rename; readable by its owner only.

    ``check`` gets what was read back, and raises if it is not good. Raises FileExists, FileFault, and what ``check``
    raises; in every case the target is as it was before.
    """
    check_free(path, replace=replace)
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        _write_flushed(beside, data)
        written = beside.read_bytes()
        if written != data:
            raise FileFault(path, "what was written cannot be read back")
        if check:
            check(written)
        if replace:
            os.replace(beside, path)
        else:
            _rename_to_new(beside, path)
        _flush_folder(path.parent)
    except OSError as error:
        raise FileFault(path, error.strerror or "it cannot be written") from None
    finally:
        beside.unlink(missing_ok=True)


def _write_flushed(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _rename_to_new(beside: Path, path: Path) -> None:
    """Rename, but never over a file that came into being meanwhile."""
    if os.name == "nt":
        os.rename(beside, path)  # refuses an existing target there
        return
    try:
        os.link(beside, path)
    except FileExistsError:
        raise FileExists(path) from None
    except OSError:  # a file system without links
        os.rename(beside, path)


def _flush_folder(folder: Path) -> None:
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
