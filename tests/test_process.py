"""What the program's process keeps to itself, seen in processes of its own that end in every bad way."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

_ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


def started(code: str, *, window: bool, folder: Path) -> subprocess.CompletedProcess[str]:
    """What became of a program that ran some code in one of its two faces."""
    script = (
        "import resource, sys\n"
        "resource.setrlimit(resource.RLIMIT_CORE, (resource.getrlimit(resource.RLIMIT_CORE)[1],) * 2)\n"
        "code = sys.argv[1]\n"
        "import spr_desktop.__main__ as program\n"
        "def face(*_):\n"
        "    exec(code, {'SECRET': 'Łukasz came on his own'})\n"
        "    return 0\n"
        "import spr_desktop.commands.main as commands\n"
        "commands.main = face\n"
        "program._open_window = face\n"
        f"sys.argv = ['spr-desktop'] if {window} else ['spr-desktop', 'list']\n"
        "sys.exit(program.main())\n"
    )
    return subprocess.run(
        [sys.executable, "-c", script, code],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        cwd=folder,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(Path(__file__).parents[1])},
    )


@_ON_LINUX
@pytest.mark.parametrize("window", [False, True])
def test_no_core_is_ever_dumped(window: bool, tmp_path: Path) -> None:
    said = started("print(open('/proc/self/limits').read())", window=window, folder=tmp_path).stdout
    (line,) = [each for each in said.splitlines() if "core file size" in each]
    assert line.split()[4:6] == ["0", "0"]
    dumpable = "import ctypes; print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))"
    assert started(dumpable, window=window, folder=tmp_path).stdout == "0\n"
    ended = started("import os; os.abort()", window=window, folder=tmp_path)
    assert ended.returncode == -signal.SIGABRT
    assert not list(tmp_path.iterdir())


@_ON_LINUX
@pytest.mark.parametrize("window", [False, True])
def test_files_are_their_owners_only(window: bool, tmp_path: Path) -> None:
    started("open('made', 'w').close(); import os; os.mkdir('folder')", window=window, folder=tmp_path)
    assert (tmp_path / "made").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "folder").stat().st_mode & 0o777 == 0o700


@_ON_LINUX
def test_a_crash_prints_nothing_of_a_record(tmp_path: Path) -> None:
    """Neither a fatal signal nor a mistake of the program repeats what it was about."""
    for code in ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "import os; os.abort()"):
        ended = started(code, window=False, folder=tmp_path)
        assert ended.returncode < 0
        assert "Łukasz" not in ended.stdout + ended.stderr
