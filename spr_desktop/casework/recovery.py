"""Ways back into a vault: another passphrase, the recovery key, and the sheet of paper that keeps it."""

from __future__ import annotations

from pathlib import Path

from spr_desktop.casework.files import write_file
from spr_desktop.vault.vault import Vault


def recover_vault(folder: Path, recovery_key: str, passphrase: str) -> None:
    """Set a new passphrase with the recovery key; raises what ``Vault.recover`` raises."""
    Vault.recover(folder, recovery_key, passphrase).close()


def new_passphrase(folder: Path, old: str, new: str) -> None:
    """Set a new passphrase; the old one works until the new one is proven."""
    Vault.change_passphrase(folder, old, new)


def save_recovery_sheet(recovery_key: str, to: Path, *, replace: bool = True) -> None:
    """Write the sheet as a PDF to print; it is not encrypted. Raises FileExists, FileFault."""
    from spr_desktop.documents.recovery_sheet import recovery_sheet

    write_file(to, recovery_sheet(recovery_key), replace=replace)
