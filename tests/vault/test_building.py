"""What a kill leaves of a vault in the making: cleared by the next one in the same place, and nothing else is."""

from __future__ import annotations

import re
import shutil
import signal
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest

from spr_desktop.casework.salvaging import salvage
from spr_desktop.vault.building import building_folder, clear_left_overs
from spr_desktop.vault.keys import LEAST_COST
from spr_desktop.vault.recovery_key import RecoveryKey
from spr_desktop.vault.restoring import restore
from spr_desktop.vault.vault import Vault
from tests.vault.samples import PASSPHRASE, Made, finished

KILLED_BEFORE_ITS_PLACE: Final = """
import os, signal, sys
from pathlib import Path
from spr_desktop.vault import vault
from spr_desktop.vault.keys import LEAST_COST
from tests.vault.test_building import WAYS

to, left = Path(sys.argv[2]), int(sys.argv[4])
rename = Path.rename

def killed(path, name):
    global left
    left -= path.parent == to.parent
    if not left:
        os.kill(os.getpid(), signal.SIGKILL)
    return rename(path, name)

Path.rename = killed
vault.calibrated_cost = lambda: LEAST_COST
WAYS[sys.argv[1]](to, Path(sys.argv[3]), sys.argv[5])
"""


def _create(to: Path, _source: Path, _key: str) -> None:
    Vault.create(to, PASSPHRASE, cost=LEAST_COST)[0].close()


def _restore(to: Path, source: Path, key: str) -> None:
    (backup,) = source.glob("backup-*")
    restore(backup, to, RecoveryKey.read(key))


def _salvage(to: Path, source: Path, key: str) -> None:
    salvage(source / "vault", to, PASSPHRASE, recovery_key=key)


WAYS: Final[dict[str, Callable[[Path, Path, str], None]]] = {
    "create": _create,
    "restore": _restore,
    "salvage": _salvage,
}


@pytest.fixture
def source(made: Made, tmp_path: Path) -> Path:
    """A folder with a vault and a backup of it."""
    with made.opened() as vault:
        vault.back_up(tmp_path, datetime(2026, 11, 22, 12, tzinfo=UTC))
    return tmp_path


@pytest.mark.parametrize(("way", "renames"), [("create", 1), ("restore", 1), ("salvage", 1), ("salvage", 2)])
def test_the_next_one_in_its_place_clears_what_a_kill_left(made: Made, source: Path, way: str, renames: int) -> None:
    to = source / "there" / "new"
    to.parent.mkdir()
    ended = finished(KILLED_BEFORE_ITS_PLACE, way, to, source, renames, made.recovery_key)
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    (left,) = to.parent.iterdir()
    assert (left / "caseload.db").is_file()
    WAYS[way](to, source, made.recovery_key)
    assert list(to.parent.iterdir()) == [to]


@pytest.fixture
def to(made: Made, tmp_path: Path) -> Path:
    """A place, with something left of it beside."""
    (tmp_path / "there").mkdir()
    to = tmp_path / "there" / "new"
    shutil.copytree(made.folder, building_folder(to))
    return to


def left_of(to: Path) -> list[Path]:
    return sorted(to.parent.iterdir())


def test_what_is_left_is_cleared_once(to: Path) -> None:
    clear_left_overs(to)
    assert left_of(to) == []
    clear_left_overs(to)


@pytest.mark.parametrize("name", ["{}.new", "{}", ".another.0123abcd.new", ".new.0123abcd", ".new.0123abcd.part"])
def test_a_folder_of_another_name_is_left_alone(to: Path, name: str) -> None:
    (left,) = left_of(to)
    other = left.rename(to.with_name(name.format(left.name.removesuffix(".new")[1:])))
    clear_left_overs(to)
    assert left_of(to) == [other]


@pytest.mark.parametrize("path", ["letter.txt", "backups/", "caseload.db.txt", "vault.keys.old", "vault.tries/"])
def test_a_folder_that_holds_anything_else_is_left_alone(to: Path, path: str) -> None:
    (left,) = left_of(to)
    other = left / path
    other.mkdir() if path.endswith("/") else other.write_text("a letter")
    before = sorted(left.rglob("*"))
    clear_left_overs(to)
    assert left_of(to) == [left]
    assert sorted(left.rglob("*")) == before


def test_links_are_not_followed(to: Path, made: Made) -> None:
    (left,) = left_of(to)
    shutil.rmtree(left)
    left.symlink_to(made.folder, target_is_directory=True)
    clear_left_overs(to)
    assert left_of(to) == [left]
    left.unlink()
    left.mkdir()
    (left / "caseload.db").symlink_to(made.database)
    clear_left_overs(to)
    assert left_of(to) == [left]
    assert made.database.is_file()


def test_what_was_just_put_in_its_place_stays(to: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another process finishes between the look and the clearing."""
    (left,) = left_of(to)
    there = {each.name for each in left.iterdir()}
    rename = Path.rename

    def too_late(path: Path, name: Path) -> Path:
        rename(left, to)
        return rename(path, name)

    monkeypatch.setattr(Path, "rename", too_late)
    clear_left_overs(to)
    assert left_of(to) == [to]
    assert {each.name for each in to.iterdir()} == there


def test_what_is_being_cleared_cannot_be_put_in_its_place(to: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (left,) = left_of(to)
    remove = shutil.rmtree

    def meanwhile(path: Path) -> None:
        with pytest.raises(FileNotFoundError):
            left.rename(to)
        remove(path)

    monkeypatch.setattr(shutil, "rmtree", meanwhile)
    clear_left_overs(to)
    assert left_of(to) == []


def test_names_with_signs_of_their_own_are_taken_as_they_are(tmp_path: Path) -> None:
    to = tmp_path / "a.*(b"
    other = tmp_path / ".axx(b.0123abcd.new"
    other.mkdir()
    building_folder(to).mkdir()
    clear_left_overs(to)
    assert list(tmp_path.iterdir()) == [other]
    assert re.fullmatch(r"\.a\.\*\(b\.[0-9a-f]{8}\.new", building_folder(to).name)
