"""Vaults on the command line: made, opened by the right secret only, never plain, never two at once."""

from __future__ import annotations

import ctypes.util
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from spr_desktop.casework.caseload import Caseload
from tests.commands.conftest import Run
from tests.vaults import NAMES, PASSPHRASE


def test_a_vault_is_made_and_opened(run: Run, secret: Path, tmp_path: Path) -> None:
    folder = tmp_path / "new"
    made = run("create", folder, "--name", "J. Outreach", "--passphrase-file", secret)
    assert made.code == 0
    assert "Recovery key: " in made.out
    empty = run("list", folder, "--passphrase-file", secret)
    assert (empty.code, "The caseload is empty." in empty.out) == (0, True)


def test_a_forgotten_passphrase_is_replaced_with_the_recovery_key(run: Run, secret: Path, tmp_path: Path) -> None:
    folder, key_file, new_file = tmp_path / "new", tmp_path / "key", tmp_path / "other"
    made = run("create", folder, "--passphrase-file", secret)
    key = re.search(r"Recovery key: (.+)", made.out)
    assert key
    key_file.write_text(key[1].lower(), "utf-8")
    new_file.write_text("another plain and long passphrase\n", "utf-8")
    assert run("recover", folder, "--recovery-key-file", key_file, "--new-passphrase-file", new_file).code == 0
    assert run("list", folder, "--passphrase-file", new_file).code == 0
    assert run("list", folder, "--passphrase-file", secret).code == 4


def test_a_changed_passphrase_replaces_the_old_one(run: Run, vault: Path, secret: Path, tmp_path: Path) -> None:
    new_file = tmp_path / "other"
    new_file.write_text("another plain and long passphrase\n", "utf-8")
    assert run("passphrase", vault, "--passphrase-file", secret, "--new-passphrase-file", new_file).code == 0
    assert run("list", vault, "--passphrase-file", new_file).code == 0
    assert run("list", vault, "--passphrase-file", secret).code == 4


def test_a_recovery_sheet_is_made_for_printing(run: Run, secret: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.pdf"
    made = run("create", tmp_path / "new", "--passphrase-file", secret, "--recovery-to", sheet)
    key = re.search(r"Recovery key: (.+)", made.out)
    assert key
    printed = subprocess.run(["pdftotext", "-layout", sheet, "-"], capture_output=True, text=True, check=True).stdout
    assert "".join(key[1].split("-")) in "".join(printed.replace("-", "").split())


def test_a_short_passphrase_is_refused_and_nothing_is_left(run: Run, tmp_path: Path) -> None:
    short = tmp_path / "short"
    short.write_text("too short\n", "utf-8")
    assert run("create", tmp_path / "new", "--passphrase-file", short).code == 2
    assert not (tmp_path / "new").exists()


def test_a_wrong_passphrase_exits_with_4(run: Run, vault: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong"
    wrong.write_text("not the passphrase\n", "utf-8")
    said = run("list", vault, "--passphrase-file", wrong)
    assert (said.code, said.out, len(said.err.splitlines())) == (4, "", 1)
    assert "not the passphrase" not in said.err


@pytest.mark.parametrize("cut", [1, 4096, 0])
def test_a_vault_that_was_cut_short_exits_with_5(run: Run, vault: Path, secret: Path, cut: int) -> None:
    database = vault / "caseload.db"
    whole = database.read_bytes()
    database.write_bytes(whole[: len(whole) - cut] if cut else b"")
    said = run("list", vault, "--passphrase-file", secret)
    assert (said.code, said.out, len(said.err.splitlines())) == (5, "", 1)


@pytest.mark.parametrize("where", [3, 5_000, -1])
def test_a_flipped_bit_exits_with_5(run: Run, vault: Path, secret: Path, where: int) -> None:
    database = vault / "caseload.db"
    bytes_ = bytearray(database.read_bytes())
    bytes_[where] ^= 1
    database.write_bytes(bytes_)
    assert run("list", vault, "--passphrase-file", secret).code == 5


def test_a_folder_that_is_no_vault_exits_with_5(run: Run, secret: Path, tmp_path: Path) -> None:
    said = run("list", tmp_path, "--passphrase-file", secret)
    assert (said.code, len(said.err.splitlines())) == (5, 1)


def test_a_second_program_is_kept_out(run: Run, opened: Caseload, vault: Path, secret: Path) -> None:
    with opened:
        listed = _in_another_process("list", vault, "--passphrase-file", secret)
        assert (listed.returncode, listed.stdout) == (7, "")
        assert re.search(r"It is process \d+\.$", listed.stderr.strip())
    assert run("list", vault, "--passphrase-file", secret).code == 0


def test_no_file_of_the_vault_holds_a_name_or_a_passphrase(vault: Path) -> None:
    held = b"".join(each.read_bytes() for each in vault.rglob("*") if each.is_file())
    for text in (*NAMES, PASSPHRASE, "J. Outreach", "07700"):
        for encoding in ("utf-8", "utf-16-le"):
            assert text.encode(encoding) not in held


def test_a_system_sqlite_in_the_process_is_refused(vault: Path, secret: Path, tmp_path: Path) -> None:
    """Where a system library is loaded first, the store would be written in plain text."""
    library = ctypes.util.find_library("sqlite3")
    assert library, "libsqlite3-0 is among the system libraries that packaging/system-libraries.sh installs"
    before = {each.name: each.read_bytes() for each in vault.iterdir() if each.is_file()}
    listed = _in_another_process("list", vault, "--passphrase-file", secret, LD_PRELOAD=library)
    assert (listed.returncode, listed.stdout, len(listed.stderr.splitlines())) == (5, "", 1)
    assert {each.name: each.read_bytes() for each in vault.iterdir() if each.is_file()} == before
    made = _in_another_process("create", tmp_path / "new", "--passphrase-file", secret, LD_PRELOAD=library)
    assert made.returncode == 5
    assert not list(tmp_path.glob("new/**/*"))


def _in_another_process(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "spr_desktop", *map(str, arguments)],
        capture_output=True,
        text=True,
        env=os.environ | environment,
        check=False,
        timeout=60,
    )
