"""Files are there whole or not at all; faults are made for real."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from spr_desktop.casework.errors import FileExists, FileFault
from spr_desktop.casework.files import read_file, write_file


def test_a_file_is_written_for_its_owner_only_and_nothing_is_left_beside(tmp_path: Path) -> None:
    write_file(tmp_path / "pack.pdf", b"whole")
    assert [each.name for each in tmp_path.iterdir()] == ["pack.pdf"]
    assert (tmp_path / "pack.pdf").stat().st_mode & 0o077 == 0


def test_an_existing_file_stays(tmp_path: Path) -> None:
    target = tmp_path / "pack.pdf"
    target.write_bytes(b"mine")
    with pytest.raises(FileExists):
        write_file(target, b"other")
    assert target.read_bytes() == b"mine"


def test_what_does_not_read_back_well_is_not_kept(tmp_path: Path) -> None:
    def refuse(_data: bytes) -> None:
        raise LookupError("not good")

    target = tmp_path / "pack.pdf"
    target.write_bytes(b"mine")
    with pytest.raises(LookupError, match="not good"):
        write_file(target, b"other", replace=True, check=refuse)
    assert [(each.name, each.read_bytes()) for each in tmp_path.iterdir()] == [("pack.pdf", b"mine")]


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileFault):
        write_file(tmp_path / "nowhere" / "pack.pdf", b"whole")
    with pytest.raises(FileFault):
        read_file(tmp_path / "nowhere")


def test_a_full_disk_leaves_what_was_there(tmp_path: Path) -> None:
    """The limit on the size of files stands for a disk that is full."""
    target = tmp_path / "pack.pdf"
    target.write_bytes(b"mine")
    code = (
        "import resource, signal, sys\n"
        "from pathlib import Path\n"
        "from spr_desktop.casework.errors import FileFault\n"
        "from spr_desktop.casework.files import write_file\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "try:\n"
        f"    write_file(Path({str(target)!r}), b'x' * 5000, replace=True)\n"
        "except FileFault:\n"
        "    sys.exit(9)\n"
    )
    ended = subprocess.run([sys.executable, "-c", code], check=False, timeout=60, env=dict(os.environ))
    assert ended.returncode == 9
    assert [(each.name, each.read_bytes()) for each in tmp_path.iterdir()] == [("pack.pdf", b"mine")]
