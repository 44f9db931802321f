"""What every test has: a profile of its own, so that none writes into that of the person who runs them, and no waiting
for a passphrase to be stretched once more.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from spr_desktop.vault.keys import LEAST_COST, stretched
from tests.stretching import remembering


@pytest.fixture(scope="session", autouse=True)
def profile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The folder in which this computer keeps what it saw of vaults, also in processes that a test starts."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("SPR_DESKTOP_STATE", os.fspath(tmp_path_factory.mktemp("state")))
        yield


@pytest.fixture(scope="session", autouse=True)
def stretched_once() -> Iterator[None]:
    """No passphrase is stretched twice in this process, and new vaults take the least cost."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("spr_desktop.vault.passphrase.stretched", remembering())
        patched.setattr("spr_desktop.vault.open_vault.calibrated_cost", lambda: LEAST_COST)
        yield


@pytest.fixture
def in_earnest(monkeypatch: pytest.MonkeyPatch) -> None:
    """For a test that is about the stretching itself, or about what happens while it goes on."""
    monkeypatch.setattr("spr_desktop.vault.passphrase.stretched", stretched)
