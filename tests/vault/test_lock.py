"""One process at a time has a vault open."""

from __future__ import annotations

import os
import signal
from typing import Final

import pytest

from spr_desktop.vault.errors import VaultInUse, WrongSecret
from spr_desktop.vault.vault import Vault
from tests.vault.samples import PASSPHRASE, Made, change_passphrase, child

HOLDING: Final = """
import signal, sys
from pathlib import Path
from spr_desktop.vault.vault import Vault

vault = Vault.open(Path(sys.argv[1]), sys.argv[2])
print("open", flush=True)
signal.pause()
"""


def test_second_process_is_told_who_has_the_vault_open(made: Made) -> None:
    with child(HOLDING, made.folder, PASSPHRASE) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "open\n"
            for attempt in (
                lambda: Vault.open(made.folder, PASSPHRASE),
                lambda: Vault.recover(made.folder, made.recovery_key, PASSPHRASE),
                lambda: change_passphrase(made.folder, PASSPHRASE, PASSPHRASE),
            ):
                with pytest.raises(VaultInUse) as refused:
                    attempt()
                assert refused.value.pid == process.pid
        finally:
            process.kill()
    assert process.returncode == -signal.SIGKILL
    with Vault.open(made.folder, PASSPHRASE) as vault:
        vault.verify()


def test_second_opening_in_the_same_process_is_refused(made: Made) -> None:
    with Vault.open(made.folder, PASSPHRASE):
        with pytest.raises(VaultInUse) as refused:
            Vault.open(made.folder, PASSPHRASE)
        assert refused.value.pid == os.getpid()
    Vault.open(made.folder, PASSPHRASE).close()


def test_holder_that_cannot_be_read_is_unknown(made: Made) -> None:
    with Vault.open(made.folder, PASSPHRASE):
        (made.folder / "vault.holder").write_text("nobody")
        with pytest.raises(VaultInUse) as refused:
            Vault.open(made.folder, PASSPHRASE)
        assert refused.value.pid is None


def test_wrong_passphrase_leaves_the_vault_free(made: Made) -> None:
    with pytest.raises(WrongSecret):
        Vault.open(made.folder, PASSPHRASE + "!")
    Vault.open(made.folder, PASSPHRASE).close()
