"""What one does about one's own vault while it is open: another passphrase, and what guessing it costs."""

from __future__ import annotations

from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.errors import WrongOldPassphrase
from spr_desktop.casework.passphrases import require_strong, words_about
from spr_desktop.vault.vault import Vault


def own_words(caseload: Caseload) -> tuple[str, ...]:
    """What somebody would try first who knows whose vault it is."""
    return words_about(caseload.practitioner, caseload.vault.folder)


def change_passphrase(caseload: Caseload, old: str, new: str) -> None:
    """Set a new passphrase; takes some seconds, and may be called in a thread of its own.

    Raises WrongOldPassphrase, TooPlain or MachineFault; the old one is then still the one.
    """
    require_strong(new, own_words(caseload))
    with caseload.vault.for_background() as vault:
        if not vault.keys.prove_passphrase(old):
            raise WrongOldPassphrase
        vault.keys.set_passphrase(new)


def guess_in_words(vault: Vault) -> str:
    """What one guess at the passphrase costs on this computer, as it was measured when the vault was opened."""
    found = vault.keys.guess_cost()
    memory = f"{found.cost.memory_kib // 1024} MB"
    if found.seconds is None:
        return f"One guess at the passphrase takes {memory} of memory."
    return f"One guess at the passphrase takes about {found.seconds:.1f} s and {memory} on this computer."
