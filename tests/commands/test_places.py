"""Vaults that are older than they were, and places that do not suit them, on the command line."""

from __future__ import annotations

import ctypes.util
import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from spr_desktop.casework.caseload import Caseload
from spr_desktop.vault import places
from spr_desktop.vault.errors import DiskFull
from tests.commands.conftest import Run
from tests.vaults import NAMES, PASSPHRASE


@pytest.fixture
def older(vault: Path, tmp_path: Path) -> Path:
    """A vault whose database was put back from a copy, after a case was opened in it."""
    shutil.copy(vault / "caseload.db", tmp_path / "copy.db")
    with Caseload.open(vault, PASSPHRASE) as caseload:
        caseload.open_case(date.today())
    shutil.copy(tmp_path / "copy.db", vault / "caseload.db")
    return vault


def test_an_older_copy_exits_with_5_and_says_what_is_missing(run: Run, older: Path, secret: Path) -> None:
    before = (older / "caseload.db").read_bytes()
    for command in ("list", "backup", "check-vault"):
        said = run(command, older, "--passphrase-file", secret)
        assert (said.code, said.out) == (5, "")
        assert "older than this computer last saw" in said.err
        assert "2 changes (1 record) are missing; last seen on " in said.err
        assert "accept-older VAULT" in said.err
        assert not any(name in said.err for name in NAMES)
    assert (older / "caseload.db").read_bytes() == before


def test_an_older_copy_is_gone_on_with_knowingly(run: Run, older: Path, secret: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong"
    wrong.write_text("not the passphrase\n", "utf-8")
    assert run("accept-older", older, "--passphrase-file", wrong).code == 4
    assert run("list", older, "--passphrase-file", secret).code == 5
    assert run("accept-older", older, "--passphrase-file", secret).code == 0
    assert run("list", older, "--passphrase-file", secret).code == 0
    with Caseload.open(older, PASSPHRASE) as caseload:
        logged = [each.detail for each in caseload.vault.activity() if each.action == "opened_older_copy"]
    assert logged == ["2 changes, 1 records missing"]


def test_an_older_copy_may_be_accepted_with_the_recovery_key_alone(run: Run, secret: Path, tmp_path: Path) -> None:
    made = run("create", tmp_path / "new", "--passphrase-file", secret)
    key_file = tmp_path / "key"
    key_file.write_text(made.out.split("Recovery key: ")[1].split("\n")[0], "utf-8")
    shutil.copy(tmp_path / "new" / "caseload.db", tmp_path / "copy.db")
    assert run("list", tmp_path / "new", "--passphrase-file", secret).code == 0
    shutil.copy(tmp_path / "copy.db", tmp_path / "new" / "caseload.db")
    recover = ("recover", tmp_path / "new", "--recovery-key-file", key_file, "--new-passphrase-file", secret)
    assert run(*recover).code == 5
    assert run("accept-older", tmp_path / "new", "--recovery-key-file", key_file).code == 0
    assert run(*recover).code == 0
    both = run("accept-older", tmp_path / "new", "--recovery-key-file", key_file, "--passphrase-file", secret)
    assert both.code == 2


def test_what_was_restored_where_the_vault_was_opens(run: Run, vault: Path, secret: Path, tmp_path: Path) -> None:
    assert run("backup", vault, "--to", tmp_path / "stick", "--passphrase-file", secret).code == 0
    assert run("list", vault, "--passphrase-file", secret).code == 0
    (backup,) = (tmp_path / "stick").iterdir()
    shutil.rmtree(vault)
    assert run("restore", backup, "--to", vault, "--passphrase-file", secret).code == 0
    assert run("list", vault, "--passphrase-file", secret).code == 0


@pytest.mark.skipif(sys.platform != "linux", reason="reads the mounts of Linux")
def test_a_network_drive_exits_with_9(
    run: Run, vault: Path, secret: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup = tmp_path / "backups"
    assert run("backup", vault, "--to", backup, "--passphrase-file", secret).code == 0
    mounts = tmp_path / "mounts"
    mounts.write_text(f"server:/share {tmp_path} nfs4 rw 0 0\n")
    monkeypatch.setattr(places, "_MOUNTS", mounts)
    for call in (
        ("create", tmp_path / "new"),
        ("list", vault),
        ("restore", next(backup.iterdir()), "--to", tmp_path / "again"),
    ):
        said = run(*call, "--passphrase-file", secret)
        assert (said.code, said.out, len(said.err.splitlines())) == (9, "", 1)
        assert "network drive" in said.err
    assert not (tmp_path / "new").exists()
    assert not (tmp_path / "again").exists()


def test_a_folder_that_is_copied_elsewhere_is_used_knowingly(run: Run, secret: Path, tmp_path: Path) -> None:
    folder = tmp_path / "Dropbox" / "vault"
    refused = run("create", folder, "--passphrase-file", secret)
    assert (refused.code, "Dropbox copies this folder" in refused.err) == (9, True)
    assert not folder.exists()
    made = run("create", folder, "--passphrase-file", secret, "--synced-folder")
    assert (made.code, "Dropbox copies this folder" in made.err) == (0, True)
    again = run("list", folder, "--passphrase-file", secret)
    assert (again.code, again.err) == (0, "")


def test_a_vault_that_came_into_such_a_folder_is_opened_with_a_word(
    run: Run, vault: Path, secret: Path, tmp_path: Path
) -> None:
    (tmp_path / "Nextcloud").mkdir()
    vault.rename(tmp_path / "Nextcloud" / "vault")
    said = run("list", tmp_path / "Nextcloud" / "vault", "--json", "--passphrase-file", secret)
    assert (said.code, "Nextcloud copies this folder" in said.err) == (0, True)


def test_a_full_disk_before_an_upgrade_exits_with_9_and_changes_nothing(
    run: Run, secret: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Path(shutil.copytree(Path(__file__).parents[1] / "vault" / "versions" / "1", tmp_path / "old"))
    before = (folder / "caseload.db").read_bytes()
    secret.write_text("under the old pear tree\n", "utf-8")

    def full(*_: object) -> None:
        raise DiskFull("no room")

    with monkeypatch.context() as patched:
        patched.setattr("spr_desktop.vault.before_upgrade.make_backup", full)
        said = run("list", folder, "--passphrase-file", secret)
    assert (said.code, "Make room for another copy of the vault" in said.err) == (9, True)
    assert (folder / "caseload.db").read_bytes() == before
    assert run("list", folder, "--passphrase-file", secret).code == 0
    assert len(list((folder / "backups").iterdir())) == 1


def test_another_sqlite_that_is_loaded_for_all_is_refused_by_the_whole_program(
    vault: Path, secret: Path, tmp_path: Path
) -> None:
    """As a program does that brings its own: its symbols come before those of the library that encrypts."""
    library = ctypes.util.find_library("sqlite3")
    assert library, "libsqlite3-0 is among the system libraries that packaging/system-libraries.sh installs"
    script = (
        "import ctypes, sys\n"
        f"ctypes.CDLL({library!r}, mode=ctypes.RTLD_GLOBAL)\n"
        "from spr_desktop.__main__ import main\n"
        "sys.exit(main())\n"
    )
    before = {each.name: each.read_bytes() for each in vault.iterdir() if each.is_file()}
    for call in (("list", vault), ("create", tmp_path / "new"), ("check-vault", vault)):
        ended = subprocess.run(
            [sys.executable, "-c", script, *map(str, call), "--passphrase-file", str(secret)],
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
            env=os.environ,
        )
        assert (ended.returncode, ended.stdout) == (5, ""), ended.stderr
        assert "would write without encryption" in ended.stderr
    assert {each.name: each.read_bytes() for each in vault.iterdir() if each.is_file()} == before
    for each in tmp_path.rglob("*"):
        assert not each.is_file() or not each.read_bytes().startswith(b"SQLite format 3")
    assert not (tmp_path / "new").exists()
