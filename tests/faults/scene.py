"""A vault in a folder of its own, as a child process works with it and as the next one to open it finds it."""

from __future__ import annotations

import hmac
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from spr_desktop.vault import open_vault as vaults
from spr_desktop.vault import passphrase as passphrases
from spr_desktop.vault.keys import LEAST_COST, Argon2Cost, stretched
from spr_desktop.vault.passphrase import Passphrase
from spr_desktop.vault.recovery_key import RecoveryKey
from spr_desktop.vault.slots import Secret
from spr_desktop.vault.store import CHECKED_UP_TO
from spr_desktop.vault.vault import Vault
from tests.vault.samples import PASSPHRASE, fill

RECOVERY_KEY: Final = RecoveryKey(b"twenty bytes of keys")
"""The one of every vault here, so that nobody has to hand it on."""
NOON: Final = datetime(2026, 11, 22, 12, tzinfo=UTC)
_STRETCHED: Final = "stretched"
_CALIBRATED: Final = "calibrated_cost"


def stretch_quickly() -> None:
    """Make stretching cheap in this process, so that kills fall where something is written and not into Argon2.

    Everything that enters the real one enters this one, and a new vault takes the least.
    """
    setattr(vaults, _CALIBRATED, lambda: LEAST_COST)
    setattr(passphrases, _STRETCHED, _stretched_quickly)


@contextmanager
def stretching_in_earnest() -> Iterator[None]:
    """Until the block is left, a passphrase is stretched as it is outside of the tests."""
    setattr(passphrases, _STRETCHED, stretched)
    try:
        yield
    finally:
        stretch_quickly()


def _stretched_quickly(secret: bytearray, salt: bytes, cost: Argon2Cost) -> bytearray:
    return bytearray(hmac.digest(bytes(secret), salt + repr(cost).encode(), "sha256"))


@dataclass
class Scene:
    """A folder with a vault in it, which is opened when it is first asked for."""

    folder: Path
    secret: Secret = RECOVERY_KEY
    meanwhile: ExitStack = field(default_factory=ExitStack)
    """What goes on beside the work, as a reader in the background."""
    is_busy: bool = False
    """Whether a reader keeps the write-ahead log from being emptied."""
    _vault: Vault | None = None

    @property
    def vault_folder(self) -> Path:
        """Where the vault is."""
        return self.folder / "vault"

    @property
    def backups(self) -> Path:
        """Where its backups are."""
        return self.vault_folder / "backups"

    @property
    def vault(self) -> Vault:
        """The vault, open: with its lock and with everything that opening mends, but without the second it takes."""
        if self._vault is None:
            self._vault = opened(self.vault_folder, self.secret)
        return self._vault

    @property
    def is_open(self) -> bool:
        """Whether the vault is open."""
        return self._vault is not None

    def close(self) -> None:
        """Close the vault."""
        self.meanwhile.close()
        if self._vault is not None:
            self._vault.close()
        self._vault = None

    def copied(self, to: Path) -> Scene:
        """The same scene, closed, in a folder that is made anew."""
        shutil.rmtree(to, ignore_errors=True)
        shutil.copytree(self.folder, to)
        return Scene(to, self.secret)


def opened(
    folder: Path,
    secret: Secret = RECOVERY_KEY,
    checked_up_to: int = CHECKED_UP_TO,
    last_seen_in: Path | None = None,
) -> Vault:
    """A vault, opened as a person opens it, with any of its secrets. Raises what ``Vault.open`` raises."""
    return Vault._unlock(folder, secret, checked_up_to, last_seen_in)


def make_vault(folder: Path) -> None:
    """Make a vault with two families, closed."""
    with as_next_recovery_key(RECOVERY_KEY):
        vault, _ = Vault.create(folder, PASSPHRASE, cost=LEAST_COST)
    with vault:
        fill(vault)


def prepare_vault(folder: Path) -> None:
    """Make the folder of a scene."""
    make_vault(folder / "vault")


def as_next_recovery_key(key: RecoveryKey) -> ExitStack:
    """Until the block is left, this is the recovery key that is generated."""
    stack = ExitStack()
    generate = RecoveryKey.generate
    RecoveryKey.generate = lambda: key  # type: ignore[method-assign]
    stack.callback(setattr, RecoveryKey, "generate", generate)
    return stack


OPENS_WITH_PASSPHRASE: Final = Passphrase(PASSPHRASE)
