"""Files that are missing, emptied, cut or another vault's; other secrets, other programs: said, and nothing written."""

from __future__ import annotations

import ctypes.util
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from spr_desktop.vault.errors import BadBackup, DamagedVault, MachineFault, NotAVault, VaultError, WrongSecret
from spr_desktop.vault.keys import LEAST_COST
from spr_desktop.vault.passphrase import Passphrase
from spr_desktop.vault.recovery_key import RecoveryKey
from spr_desktop.vault.slots import Secret
from spr_desktop.vault.vault import Vault
from tests.cases import CASE_REF
from tests.faults.remains import at_the_window, make_marked_vault
from tests.faults.scene import opened
from tests.vault.samples import ONE_CASE, OTHER_PASSPHRASE, PASSPHRASE, REPOSITORY, fill, finished, note, summary
from tests.vaults import PASSPHRASE as OF_FAMILIES


@pytest.fixture(scope="session")
def two_made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """Two vaults with the same passphrase and the same families, and their recovery keys."""
    folder, keys = tmp_path_factory.mktemp("swaps"), {}
    for name in ("vault", "another"):
        vault, keys[name] = Vault.create(folder / name, PASSPHRASE, cost=LEAST_COST)
        with vault:
            fill(vault)
            vault.back_up(folder / name / "backups")
    return folder, keys


@pytest.fixture
def two(two_made: tuple[Path, dict[str, str]], tmp_path: Path) -> Path:
    """The folder that holds both."""
    return Path(shutil.copytree(two_made[0], tmp_path / "two"))


@pytest.fixture
def secrets(two_made: tuple[Path, dict[str, str]]) -> tuple[Secret, Secret]:
    """What opens the vault: its passphrase and its recovery key."""
    return Passphrase(PASSPHRASE), RecoveryKey.read(two_made[1]["vault"])


def files(folder: Path) -> dict[str, bytes]:
    """Every file by its path, but for those that say who has the vault open, and how often a wrong secret was tried."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in ("vault.lock", "vault.holder", "vault.tries")
    }


def of_another(*names: str) -> Callable[[Path], None]:
    """Files of the other vault in the place of one's own."""

    def swap(two: Path) -> None:
        for name in names:
            shutil.copy(two / "another" / name, two / "vault" / name)

    return swap


def cut(length: float, *names: str) -> Callable[[Path], None]:
    """Files cut to a part of their length."""

    def truncate(two: Path) -> None:
        for name in names:
            path = two / "vault" / name
            os.truncate(path, int(path.stat().st_size * length))

    return truncate


def without(*names: str) -> Callable[[Path], None]:
    """Files removed."""

    def remove(two: Path) -> None:
        for name in names:
            (two / "vault" / name).unlink()

    return remove


def folder_instead(two: Path) -> None:
    """A folder in the place of the database."""
    (two / "vault" / "caseload.db").unlink()
    (two / "vault" / "caseload.db").mkdir()


KEYS = ("vault.keys", "vault.keys.bak")
REFUSED: dict[str, tuple[Callable[[Path], None], type[VaultError]]] = {
    "slot file of another vault": (of_another(*KEYS), DamagedVault),
    "database of another vault": (of_another("caseload.db"), DamagedVault),
    "database emptied": (cut(0, "caseload.db"), DamagedVault),
    "database cut to a half": (cut(0.5, "caseload.db"), DamagedVault),
    "database missing": (without("caseload.db"), DamagedVault),
    "folder instead of the database": (folder_instead, DamagedVault),
    "both slot files emptied": (cut(0, *KEYS), DamagedVault),
    "both slot files cut": (cut(0.9, *KEYS), DamagedVault),
    "both slot files missing": (without(*KEYS), DamagedVault),
    "everything missing": (without(*KEYS, "caseload.db"), NotAVault),
}


@pytest.mark.parametrize("way", [0, 1], ids=["passphrase", "recovery key"])
@pytest.mark.parametrize("fault", REFUSED)
def test_refused_and_left_as_it_is(two: Path, secrets: tuple[Secret, Secret], fault: str, way: int) -> None:
    damage, family = REFUSED[fault]
    damage(two)
    before = files(two)
    # the other vault has the same passphrase, but a recovery key of its own
    expected = (family, WrongSecret) if "slot file of another" in fault else family
    with pytest.raises(expected):
        opened(two / "vault", secrets[way])
    assert files(two) == before


@pytest.mark.parametrize("damage", [cut(0, KEYS[0]), cut(0.5, KEYS[0]), without(KEYS[0])], ids=["empty", "cut", "gone"])
def test_second_copy_does_for_the_first(
    two: Path, secrets: tuple[Secret, Secret], damage: Callable[[Path], None]
) -> None:
    whole = files(two / "vault")[KEYS[0]]
    damage(two)
    with opened(two / "vault", secrets[0]) as vault:
        vault.verify()
    assert files(two / "vault")[KEYS[0]] == whole


@pytest.mark.parametrize("way", [0, 1], ids=["passphrase", "recovery key"])
def test_second_copy_opens_where_the_first_is_another_vaults(two: Path, way: int) -> None:
    """The other vault has a passphrase of its own here, so that what opens the vault opens only the second copy."""
    whole = files(two / "vault")[KEYS[0]]
    with opened(two / "vault", Passphrase(PASSPHRASE)) as vault:
        recovery_key = RecoveryKey.read(vault.keys.new_recovery_key())
        vault.keys.set_passphrase(OTHER_PASSPHRASE)
    of_another(KEYS[0])(two)
    before = files(two)
    for wrong in (Passphrase("a passphrase of nobody"), RecoveryKey.generate()):
        with pytest.raises(WrongSecret):
            opened(two / "vault", wrong)
    assert files(two) == before
    with opened(two / "vault", (Passphrase(OTHER_PASSPHRASE), recovery_key)[way]) as vault:
        assert [each.action for each in vault.activity()].count("key_file_mended") == 1
        vault.verify()
    assert files(two / "vault")[KEYS[0]] == files(two / "vault")[KEYS[1]] != whole


def test_older_second_copy_of_the_same_vault_lets_no_given_up_passphrase_in(two: Path) -> None:
    given_up = files(two / "vault")[KEYS[1]]
    with opened(two / "vault", Passphrase(PASSPHRASE)) as vault:
        vault.keys.set_passphrase(OTHER_PASSPHRASE)
    (two / "vault" / KEYS[1]).write_bytes(given_up)
    with pytest.raises(WrongSecret):
        opened(two / "vault", Passphrase(PASSPHRASE))


def test_second_copy_of_another_vault_opens_nothing_of_this_one(two: Path, secrets: tuple[Secret, Secret]) -> None:
    with opened(two / "another", Passphrase(PASSPHRASE)) as another:
        another.keys.set_passphrase(OTHER_PASSPHRASE)
    of_another(KEYS[1])(two)
    before = files(two)
    with pytest.raises(DamagedVault):
        opened(two / "vault", Passphrase(OTHER_PASSPHRASE))
    assert files(two) == before
    opened(two / "vault", secrets[1]).close()


def test_wrong_secrets_change_nothing(two: Path) -> None:
    before = files(two)
    near = [PASSPHRASE + " ", PASSPHRASE.upper(), PASSPHRASE[:-1], "", "a passphrase of somebody else"]
    wrong_ones: list[Secret] = [*map(Passphrase, near), RecoveryKey(bytes(20)), RecoveryKey.generate()]
    for wrong in wrong_ones:
        with pytest.raises(WrongSecret) as refused:
            opened(two / "vault", wrong)
        assert PASSPHRASE not in str(refused.value)
    assert files(two) == before


@pytest.mark.parametrize("name", ["caseload.db", "vault.keys"])
@pytest.mark.parametrize("damage", [of_another, lambda name: cut(0, name), lambda name: cut(0.5, name), without])
def test_backup_with_another_file_is_refused(
    two: Path, secrets: tuple[Secret, Secret], name: str, damage: Callable[[str], Callable[[Path], None]]
) -> None:
    (made,), (other,) = ((two / each / "backups").iterdir() for each in ("vault", "another"))
    other.rename(two / "another" / "backups" / made.name)
    damage(f"backups/{made.name}/{name}")(two)
    before = files(two)
    with opened(two / "vault", secrets[1]) as vault, pytest.raises(BadBackup):
        vault.verify_backup(made)
    assert files(two) == before


# While it is open


def test_removed_log_costs_nothing_that_was_saved(two: Path, secrets: tuple[Secret, Secret]) -> None:
    """Each save ends in the one file, whoever tidies beside it."""
    with opened(two / "vault", secrets[1]) as vault:
        for number in range(60, 64):
            vault.append(ONE_CASE, [note(ONE_CASE, number)], summary(ONE_CASE))
            (two / "vault" / "caseload.db-wal").unlink(missing_ok=True)
            copied = shutil.copytree(two / "vault", two / f"copy {number}")
            with opened(copied, secrets[1]) as copy:
                assert copy.records(ONE_CASE)[-1] == note(ONE_CASE, number)
                copy.verify()


@pytest.mark.parametrize("file", ["caseload.db", "vault.keys"])
def test_removed_file_is_said_before_anything_is_written(two: Path, secrets: tuple[Secret, Secret], file: str) -> None:
    with opened(two / "vault", secrets[1]) as vault:
        (two / "vault" / file).rename(two / "moved")
        with pytest.raises((MachineFault, DamagedVault)):
            vault.append(ONE_CASE, [note(ONE_CASE, 60)], summary(ONE_CASE)) if "db" in file else vault.verify()
        (two / "moved").rename(two / "vault" / file)
        vault.append(ONE_CASE, [note(ONE_CASE, 60)], summary(ONE_CASE))
        vault.verify()


# The whole program


def carried_out(*call: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "spr_desktop", *map(str, call)],
        cwd=REPOSITORY,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"} | environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def test_command_beside_a_window_is_told_who_has_the_vault(tmp_path: Path) -> None:
    vault, secret = tmp_path / "vault", tmp_path / "secret"
    make_marked_vault(vault)
    secret.write_text(OF_FAMILIES)
    with at_the_window(vault) as window:
        before = files(vault)
        refused = carried_out("list", vault, "--passphrase-file", secret)
        assert (refused.returncode, refused.stdout) == (7, "")
        assert str(window.pid) in refused.stderr
        assert files(vault) == before
        window.kill()
        window.wait()
    listed = carried_out("list", vault, "--passphrase-file", secret)
    assert (listed.returncode, CASE_REF in listed.stdout) == (0, True)
    assert window.returncode == -signal.SIGKILL


def another_sqlite() -> str:
    """A library of SQLite that does not encrypt: the system's, or the one that Python has."""
    found = ctypes.util.find_library("sqlite3")
    if found:
        return found
    maps = Path("/proc/self/maps").read_text()
    assert sqlite3.sqlite_version
    return next(line.split()[-1] for line in maps.splitlines() if "sqlite3" in line and ".so" in line)


PRELOADED = pytest.mark.skipif(sys.platform != "linux", reason="LD_PRELOAD")
UNLOCKING: Final = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from ui.window import Window

app = QApplication([])
window = Window(Path(sys.argv[1]), sys.argv[2])
window.show()
window.place._open.click()
timer = QTimer()
timer.timeout.connect(lambda: window.place._error.text() and app.quit())
timer.start(20)
app.exec()
print(window.place._error.text())
"""


@PRELOADED
def test_window_opens_nothing_where_another_sqlite_is_loaded(two: Path) -> None:
    before = files(two)
    ended = finished(
        UNLOCKING, two / "vault", PASSPHRASE, LD_PRELOAD=another_sqlite(), QT_QPA_PLATFORM="offscreen", HOME=str(two)
    )
    assert "without encryption" in ended.stdout, ended.stderr
    assert files(two / "vault") == {name[6:]: data for name, data in before.items() if name.startswith("vault/")}


@PRELOADED
@pytest.mark.parametrize(
    "command",
    [
        ["create", "{new}"],
        ["list", "{vault}"],
        ["import", "{vault}", "tests/examples/toddler-in-the-room.json"],
        ["check", "{vault}", "RDYA-1234"],
        ["backup", "{vault}"],
        ["check-vault", "{vault}"],
        ["passphrase", "{vault}", "--new-passphrase-file", "{secret}"],
        ["restore", "{backup}", "--to", "{new}"],
    ],
    ids=lambda command: command[0],
)
def test_no_command_works_where_another_sqlite_is_loaded(two: Path, command: list[str]) -> None:
    (two / "secret").write_text(PASSPHRASE)
    (backup,) = (two / "vault" / "backups").iterdir()
    before = files(two)
    names = {"vault": two / "vault", "new": two / "new", "backup": backup, "secret": two / "secret"}
    call = [each.format_map(names) for each in command]
    said = carried_out(*call, "--passphrase-file", two / "secret", LD_PRELOAD=another_sqlite())
    assert (said.returncode, said.stdout) == (5, "")
    assert "without encryption" in said.stderr
    assert files(two) == before
