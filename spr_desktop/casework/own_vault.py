"""What one does about one's own vault while it is open: another passphrase."""

from __future__ import annotations

from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.errors import WrongOldPassphrase


def change_passphrase(caseload: Caseload, old: str, new: str) -> None:
    """Set a new passphrase; takes some seconds, and may be called in a thread of its own.

    Raises WrongOldPassphrase, WeakPassphrase or MachineFault; the old one is then still the one.
    """
    with caseload.vault.for_background() as vault:
        if not vault.keys.prove_passphrase(old):
            raise WrongOldPassphrase
        vault.keys.set_passphrase(new)
