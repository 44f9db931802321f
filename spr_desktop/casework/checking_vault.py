"""Proving that a vault is encrypted and whole, part by part, and that it could be restored."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Final

from spr_desktop.casework.backing_up import found_of
from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.home import last_seen_folder
from spr_desktop.casework.refreshing import work_out
from spr_desktop.vault.backups import BACKUPS_FOLDER, backups_in
from spr_desktop.vault.errors import BadBackup, DamagedVault
from spr_desktop.vault.vault import Vault


class Check(Enum):
    """What is looked at, in this order."""

    OPENING = "opening"
    """The beginning of the file: encrypted, with the salt and the id that the slot file says."""
    CIPHER = "cipher"
    SLOTS = "slots"
    """Both copies of the slot file, by their MAC."""
    PAGES = "pages"
    """Every page's authentication, every table and index."""
    LEDGERS = "ledgers"
    """Every link of every record chain, and of the activity's."""
    CASELOAD = "caseload"
    """Every computed row, against its ledger."""
    BACKUPS = "backups"
    """The newest backup, opened and checked in the same way."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check came to."""

    check: Check
    is_whole: bool
    count: int | None = None
    """How many pages, records, cases or backups there are; for backups none may be found whole, and be no damage."""
    detail: str = ""
    """The cipher; the day of the newest backup; or what is damaged. It names nobody."""


Progress = Callable[[Check], None]
"""Told of each check before it begins."""


def check_folder(folder: Path, passphrase: str, progress: Progress) -> Iterator[Finding]:
    """The findings about a vault that is closed.

    Raises what ``Vault.open`` raises, but for DamagedVault, which is a finding.
    """
    progress(Check.OPENING)
    try:
        vault = Vault.open(folder, passphrase, checked_up_to=0, last_seen_in=last_seen_folder())
    except DamagedVault as damage:
        yield Finding(Check.OPENING, False, detail=str(damage))
        yield _listed_backups(folder)
        return
    try:
        with suppress(DamagedVault):  # will be found
            Caseload(vault)  # marks the rows that another version worked out, which would not fit
        yield from check_vault(vault, progress)
    finally:
        with suppress(DamagedVault):  # was found and said
            vault.close()


def check_vault(vault: Vault, progress: Progress) -> Iterator[Finding]:
    """The findings about a vault that is open, as each is known; may run over a connection of its own.

    What is damaged is a finding, and the checks after it go on. Raises MachineFault.
    """
    yield Finding(Check.OPENING, True)
    for check, work in _CHECKS.items():
        progress(check)
        try:
            count, detail = work(vault)
        except (DamagedVault, BadBackup) as damage:
            yield Finding(check, False, detail=str(damage))
        else:
            yield Finding(check, True, count, detail)


def _cipher(vault: Vault) -> tuple[int | None, str]:
    return None, vault.cipher


def _slots(vault: Vault) -> tuple[int | None, str]:
    vault.verify_slots()
    return None, ""


def _pages(vault: Vault) -> tuple[int | None, str]:
    return vault.verify_pages(), ""


def _ledgers(vault: Vault) -> tuple[int | None, str]:
    vault.verify_ledgers()
    return vault.count_records(), ""


def _caseload(vault: Vault) -> tuple[int | None, str]:
    vault.verify_caseload(work_out)
    return vault.count(), ""


def _backups(vault: Vault) -> tuple[int | None, str]:
    found = found_of(vault)
    if not found:
        return 0, ""
    newest = vault.verify_backup(found[0].path)
    return len(found), newest.made_at.astimezone().date().isoformat()


def _listed_backups(folder: Path) -> Finding:
    """What lies in the folder of a vault that does not open; whether it is whole, ``restore`` finds out."""
    found = backups_in(folder / BACKUPS_FOLDER)
    return Finding(Check.BACKUPS, True, len(found), found[0].made_at.astimezone().date().isoformat() if found else "")


_CHECKS: Final[dict[Check, Callable[[Vault], tuple[int | None, str]]]] = {
    Check.CIPHER: _cipher,
    Check.SLOTS: _slots,
    Check.PAGES: _pages,
    Check.LEDGERS: _ledgers,
    Check.CASELOAD: _caseload,
    Check.BACKUPS: _backups,
}
