"""The command line as a person uses it, on a vault that is made once and copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from spr_desktop.casework.caseload import Caseload
from spr_desktop.commands.main import main
from tests.vaults import PASSPHRASE, make_caseload


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a call came to."""

    code: int
    out: str
    err: str


Run = Callable[..., Outcome]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Carry out a call; a window is never opened."""

    def carry_out(*arguments: str | Path) -> Outcome:
        def no_window(_folder: Path | None, _passphrase: str) -> int:
            raise AssertionError("a window was to be opened")

        capsys.readouterr()
        code = main([str(each) for each in arguments], no_window)
        said = capsys.readouterr()
        return Outcome(code, said.out, said.err)

    return carry_out


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("commands") / "vault"
    make_caseload(folder)
    return folder


@pytest.fixture
def vault(made_once: Path, tmp_path: Path) -> Path:
    """A closed vault with a family that is ready and one that is not."""
    return Path(shutil.copytree(made_once, tmp_path / "vault"))


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A file with the vault's passphrase."""
    file = tmp_path / "passphrase"
    file.write_text(PASSPHRASE + "\n", "utf-8")
    return file


@pytest.fixture
def opened(vault: Path) -> Caseload:
    """The vault, open; the test closes it."""
    return Caseload.open(vault, PASSPHRASE)
