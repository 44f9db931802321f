"""A vault with two families, made once and copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from spr_desktop.vault.keys import LEAST_COST
from spr_desktop.vault.vault import Vault
from tests.vault.samples import PASSPHRASE, Made, fill


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("vaults") / "vault"
    vault, recovery_key = Vault.create(folder, PASSPHRASE, cost=LEAST_COST)
    with vault:
        fill(vault)
    return Made(folder, recovery_key)


@pytest.fixture
def made(made_once: Made, tmp_path: Path) -> Made:
    """The vault, closed."""
    copied = tmp_path / "vault"
    shutil.copytree(made_once.folder, copied)
    return replace(made_once, folder=copied)


@pytest.fixture
def vault(made: Made) -> Iterator[Vault]:
    """The vault, open."""
    with made.opened() as opened:
        yield opened
