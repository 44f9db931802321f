"""Ways into a vault besides the passphrase that is known, without opening the records."""

from __future__ import annotations

from pathlib import Path

from spr_desktop.vault.vault import Vault


def recover_vault(folder: Path, recovery_key: str, passphrase: str) -> None:
    """Set a new passphrase with the recovery key; raises what ``Vault.recover`` raises."""
    Vault.recover(folder, recovery_key, passphrase).close()


def new_passphrase(folder: Path, old: str, new: str) -> None:
    """Set a new passphrase; the old one works until the new one is proven."""
    Vault.change_passphrase(folder, old, new)
