"""A caseload that is empty, for a test to fill."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from spr_desktop.casework.caseload import Caseload
from spr_desktop.vault.keys import LEAST_COST
from spr_desktop.vault.vault import Vault
from tests.vaults import PASSPHRASE, PRACTITIONER


@pytest.fixture(scope="session")
def empty_vault(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("casework") / "vault"
    Vault.create(folder, PASSPHRASE, cost=LEAST_COST)[0].close()
    return folder


@pytest.fixture
def caseload(empty_vault: Path, tmp_path: Path) -> Iterator[Caseload]:
    """The caseload, open."""
    folder = tmp_path / "vault"
    shutil.copytree(empty_vault, folder)
    with Caseload.open(folder, PASSPHRASE) as opened:
        opened.set_practitioner(PRACTITIONER)
        yield opened
