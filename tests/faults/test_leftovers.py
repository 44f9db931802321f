"""Nothing that was typed stands in plain anywhere but in the files that are meant to be plain: looked for by marks."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from tests.cases import CASE_REF
from tests.faults.remains import at_the_window, files_with, make_marked_vault, marked_document, told
from tests.vault.samples import REPOSITORY
from tests.vaults import PASSPHRASE

_COMMANDS: Final = """
import json, sys
from spr_desktop.commands.main import main

def no_window(*_):
    raise AssertionError

for call in json.loads(sys.argv[1]):
    print("::", main(call, no_window), *call[:1], flush=True)
"""
_SHARED: Final = ("/var/tmp", "/dev/shm")
"""Where any program may leave things, whatever it was told."""


@dataclass(frozen=True)
class World:
    """Everything that a program can write to, and a folder beside it for what is plain on purpose."""

    folder: Path
    plain: Path
    mark: str

    @property
    def environment(self) -> dict[str, str]:
        """Where a program finds its places in this world."""
        places = {
            "HOME": "home",
            "TMPDIR": "tmp",
            "XDG_CONFIG_HOME": "home/.config",
            "XDG_CACHE_HOME": "home/.cache",
            "XDG_DATA_HOME": "home/.local/share",
            "XDG_STATE_HOME": "home/.local/state",
            "XDG_RUNTIME_DIR": "run",
        }
        return {name: str(self.folder / place) for name, place in places.items()} | {"PYTHONPATH": str(REPOSITORY)}

    def leftovers(self, *words: str) -> dict[str, str]:
        """Files in which a mark stands, or one of some words."""
        looked = [self.folder, *(Path(each) for each in _SHARED if Path(each).is_dir())]
        return files_with([self.mark, *words], looked)


@pytest.fixture
def world(tmp_path: Path) -> World:
    for each in ("home/Documents", "tmp", "run", "work"):
        (tmp_path / "world" / each).mkdir(parents=True)
    (tmp_path / "world" / "run").chmod(0o700)
    (tmp_path / "plain").mkdir()
    return World(tmp_path / "world", tmp_path / "plain", f"Canary{secrets.token_hex(4)}")


def test_commands_leave_nothing_in_plain(world: World) -> None:
    plain, vault, pack = world.plain, str(world.folder / "work" / "vault"), str(world.folder / "work" / "pack.pdf")
    old, new, document, broken = plain / "old", plain / "new", plain / "family.json", plain / "broken.json"
    old.write_text(PASSPHRASE + "\n")
    new.write_text(f"{world.mark} is a new passphrase\n")
    document.write_bytes(marked_document(world.mark))
    broken.write_bytes(marked_document(world.mark).replace(b'"person"', f'"{world.mark}"'.encode(), 1))
    with_old, with_new = ["--passphrase-file", str(old)], ["--passphrase-file", str(new)]
    calls: list[tuple[int, list[str]]] = [
        (0, ["create", vault, "--name", f"{world.mark} Outreach", *with_old]),
        (0, ["import", vault, str(document), *with_old]),
        (6, ["import", vault, str(broken), *with_old]),
        (0, ["list", vault, "--names", *with_old]),
        (0, ["check", vault, CASE_REF, *with_old]),
        (6, ["check", "--file", str(broken)]),
        (0, ["document", vault, CASE_REF, "referral-pack", "--to", pack, "--password-to", str(plain / "w"), *with_old]),
        (0, ["verify", pack, "--password-file", str(plain / "w")]),
        (0, ["export-case", vault, CASE_REF, "--to", str(plain / "export.json"), *with_old]),
        (0, ["backup", vault, *with_old]),
        (0, ["backup", vault, "--to", str(world.folder / "work" / "stick"), *with_old]),
        (0, ["passphrase", vault, *with_old, "--new-passphrase-file", str(new)]),
        (4, ["list", vault, *with_old]),
        (0, ["check-vault", vault, *with_new]),
    ]
    ended = _carried_out(world, [call for _, call in calls])
    (backup,) = (world.folder / "work" / "stick").glob("backup-*")
    restored = _carried_out(world, [["restore", str(backup), "--to", f"{vault}-2", *with_old]])
    codes = [int(line.split()[1]) for line in (ended.stdout + restored.stdout).splitlines() if line.startswith(":: ")]
    assert codes == [*(code for code, _ in calls), 0], ended.stderr
    assert world.mark not in ended.stderr + restored.stderr
    assert PASSPHRASE not in ended.stderr + restored.stderr
    recovery_key = next(line.split()[-1] for line in ended.stdout.splitlines() if line.startswith("Recovery key"))
    words = (PASSPHRASE, recovery_key, (plain / "w").read_text().strip())
    assert world.leftovers(*words) == {}
    assert {"export.json", "family.json", "old", "w"} <= files_with([world.mark, *words], [plain]).keys()


def _carried_out(world: World, calls: list[list[str]]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", _COMMANDS, json.dumps(calls)],
        cwd=world.folder / "work",
        env=os.environ | world.environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("end", ["lock", "die"])
def test_window_leaves_nothing_in_plain(world: World, end: str) -> None:
    """Locked, or cut off by a crash with something half typed."""
    vault = world.folder / "work" / "vault"
    make_marked_vault(vault, world.mark)
    as_started = {"SPR_FAULT_TYPED": f"{world.mark}9999xw", "SPR_FAULT_AS_STARTED": "1"}
    with at_the_window(vault, world.folder / "work", **world.environment, **as_started) as window:
        while_open = world.leftovers(PASSPHRASE)
        assert told(window, end) == ("wiped" if end == "lock" else "")
    assert while_open == {}
    assert world.leftovers(PASSPHRASE) == {}
    (world.plain / "copy").write_text(f"{world.mark}0001xw")
    assert files_with([world.mark], [world.plain]) == {"copy": world.mark}
