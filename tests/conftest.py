"""What every test has: a profile of its own, so that none writes into that of the person who runs them."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session", autouse=True)
def profile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The folder in which this computer keeps what it saw of vaults, also in processes that a test starts."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("SPR_DESKTOP_STATE", os.fspath(tmp_path_factory.mktemp("state")))
        yield
