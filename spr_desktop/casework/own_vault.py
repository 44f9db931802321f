"""What one does about one's own vault while it is open: another passphrase, and proving the recovery sheet."""

from __future__ import annotations

from datetime import date
from typing import Final

from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.errors import WrongOldPassphrase
from spr_desktop.casework.recovery import prove_recovery_key

_PROVEN_ON: Final = "recovery_sheet_proven_on"


def change_passphrase(caseload: Caseload, old: str, new: str) -> None:
    """Set a new passphrase; takes some seconds, and may be called in a thread of its own.

    Raises WrongOldPassphrase, WeakPassphrase or MachineFault; the old one is then still the one.
    """
    with caseload.vault.for_background() as vault:
        if not vault.prove_passphrase(old):
            raise WrongOldPassphrase
        vault.set_passphrase(new)


def prove_recovery_sheet(caseload: Caseload, recovery_key: str, on: date) -> bool:
    """Whether this recovery key opens the vault. Kept is only that it was proven, and when."""
    is_right = prove_recovery_key(caseload, recovery_key)
    if is_right:
        caseload.vault.set_setting(_PROVEN_ON, on.isoformat())
    return is_right


def recovery_sheet_proven_on(caseload: Caseload) -> date | None:
    """The day on which the recovery sheet was last proven; None if it never was."""
    kept = caseload.vault.setting(_PROVEN_ON)
    return date.fromisoformat(kept) if kept else None
