"""What is left in memory after locking, and that no crash writes memory to a file."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.remains import memory_after_lock
from tests.vault.samples import REPOSITORY

KEYS = ("data key", "chain key", "slot file key", "database key")
WITHOUT = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


@WITHOUT
def test_no_key_is_left_in_memory_after_locking(tmp_path: Path) -> None:
    """Texts are forgotten by Python and Qt, but not overwritten: see docs/fault-figures.md for how many are found."""
    found = memory_after_lock(tmp_path)
    if not found.working:  # the window has looked at its own keys
        return
    assert found.working["data key"] > 0, "it finds no key where there is one"
    assert found.working["texts of the family"] > 100, "it finds no text where there are some"
    assert {name: found.locked[name] for name in KEYS} == dict.fromkeys(KEYS, 0)
    assert found.locked["texts of the family"] <= found.working["texts of the family"]


def _aborted(folder: Path, *command: str, is_ready: Callable[[int], bool] = lambda _: True) -> list[str]:
    """What is left in the folder in which a process crashed that might have left its memory there."""
    folder.mkdir()

    def let_it() -> None:
        _, most = resource.getrlimit(resource.RLIMIT_CORE)
        resource.setrlimit(resource.RLIMIT_CORE, (most, most))

    process = subprocess.Popen(
        [sys.executable, *command],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(REPOSITORY), "QT_QPA_PLATFORM": "offscreen", "HOME": str(folder)},
        preexec_fn=let_it,
    )
    while not is_ready(process.pid):
        assert process.poll() is None
        time.sleep(0.01)
    process.send_signal(signal.SIGABRT)
    assert process.wait(60) == -signal.SIGABRT
    return [each.name for each in folder.iterdir() if each.name.startswith("core")]


def _has_window(pid: int) -> bool:
    return "libQt6Widgets" in Path(f"/proc/{pid}/maps").read_text()


@WITHOUT
def test_crash_of_the_program_leaves_no_core_file(tmp_path: Path) -> None:
    loud = _aborted(tmp_path / "another", "-c", "import time; time.sleep(60)")
    own = _aborted(tmp_path / "own", "-m", "spr_desktop", is_ready=_has_window)
    assert own == []
    pattern = Path("/proc/sys/kernel/core_pattern").read_text().strip()
    most = resource.getrlimit(resource.RLIMIT_CORE)[1]
    if pattern == "core" and most:
        assert loud, "another program leaves none either, so this shows nothing"


@WITHOUT
def test_program_is_not_to_be_dumped_from_the_start() -> None:
    """A crash reporter is handed the memory of whoever may be dumped, whatever the limit on core files is."""
    code = (
        "import ctypes, resource, sys\n"
        "from spr_desktop.__main__ import main\n"
        "sys.argv[1:] = ['check', '--file', 'nothing']\n"
        "main()\n"
        "print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), resource.getrlimit(resource.RLIMIT_CORE))\n"
    )
    ended = subprocess.run([sys.executable, "-c", code], cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert ended.stdout == "0 (0, 0)\n"
