"""Proving that a vault is encrypted and whole, part by part, and that it could be restored."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Final

from spr_desktop.casework.backing_up import found_of, last_verified_of
from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.home import last_seen_folder
from spr_desktop.casework.organisation_key import strange_keys
from spr_desktop.casework.own_vault import guess_in_words
from spr_desktop.casework.refreshing import work_out
from spr_desktop.records.record import AnyRecord
from spr_desktop.vault.backups import BACKUPS_FOLDER, backups_in
from spr_desktop.vault.caseload import CaseSummary
from spr_desktop.vault.errors import BadBackup, DamagedVault, VaultError
from spr_desktop.vault.vault import Vault


class Check(Enum):
    """What is looked at, in this order."""

    OPENING = "opening"
    """The beginning of the file: encrypted, with the salt and the id that the slot file says."""
    CIPHER = "cipher"
    SLOTS = "slots"
    """Both copies of the slot file, by their MAC."""
    KEYS = "keys"
    """The slots, against those that the database knows; how keys are derived, and what a guess costs."""
    PAGES = "pages"
    """Every page's authentication, every table and index."""
    LEDGERS = "ledgers"
    """Every link of every record chain."""
    ACTIVITY = "activity"
    """Every link of the activity's chain."""
    CASELOAD = "caseload"
    """Every computed row, against its ledger."""
    BACKUPS = "backups"
    """Every backup in both places, opened and checked in the same way."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check came to."""

    check: Check
    is_whole: bool
    count: int | None = None
    """How many pages, records, entries, cases or backups there are; that there is no backup is no damage."""
    detail: str = ""
    """The cipher; keys and what a guess costs; how many cases left gaps; the day of the newest backup; or the damage.

    It names nobody.
    """
    is_checked: bool = True
    """Whether it was looked into; the backups of a vault that does not open are only counted."""


Progress = Callable[[Check], None]
"""Told of each check before it begins."""


def _never() -> bool:
    return False


@dataclass(slots=True)
class Proof:
    """What the checks of a vault came to so far, and of what and when."""

    at: datetime
    findings: list[Finding] = field(default_factory=list)
    vault_id: str = ""
    """Empty where the vault did not open."""
    last_verified: datetime | None = None
    """When the newest backup was made that was found whole when it was made, in UTC."""

    @property
    def is_whole(self) -> bool:
        """Whether nothing was found that is not."""
        return all(each.is_whole for each in self.findings)

    def count(self, check: Check) -> int | None:
        """What a check counted; None where it did not come to a count."""
        return next((each.count for each in self.findings if each.check is check), None)


def check_folder(folder: Path, passphrase: str, progress: Progress, proof: Proof) -> Iterator[Finding]:
    """The findings about a vault that is closed; they are added to the proof too.

    Raises what ``Vault.open`` raises, but for DamagedVault, which is a finding.
    """
    progress(Check.OPENING)
    try:
        vault = Vault.open(folder, passphrase, checked_up_to=0, last_seen_in=last_seen_folder())
    except DamagedVault as damage:
        for each in (Finding(Check.OPENING, False, detail=str(damage)), _listed_backups(folder)):
            proof.findings.append(each)
            yield each
        return
    try:
        with suppress(DamagedVault):  # will be found
            Caseload(vault)  # marks the rows that another version worked out, which would not fit
        yield from check_vault(vault, progress, proof)
    finally:
        with suppress(DamagedVault):  # was found and said
            vault.close()


def check_vault(
    vault: Vault, progress: Progress, proof: Proof, is_cancelled: Callable[[], bool] = _never
) -> Iterator[Finding]:
    """The findings about a vault that is open, as each is known; may run over a connection of its own.

    What is damaged is a finding, and the checks after it go on. That a whole vault was checked stands in its activity.
    Raises MachineFault, and InterruptedError once it is called off.
    """

    def go_on() -> None:
        if is_cancelled():
            raise InterruptedError

    proof.vault_id = vault.vault_id
    with suppress(DamagedVault):  # will be found
        proof.last_verified = last_verified_of(vault)
    for check, work in _CHECKS.items():
        progress(check)
        go_on()
        try:
            count, detail = work(vault, go_on)
        except (DamagedVault, BadBackup) as damage:
            finding = Finding(check, False, detail=str(damage))
        else:
            finding = Finding(check, True, count, detail)
        proof.findings.append(finding)
        yield finding
    if all(each.is_whole for each in proof.findings if each.check is not Check.BACKUPS):
        with suppress(VaultError):  # a full disk takes nothing from what was found
            vault.log("vault_checked", None, "whole" if proof.is_whole else "whole, but not every backup")


def _opening(_vault: Vault, _go_on: Callable[[], None]) -> tuple[int | None, str]:
    return None, ""  # or it would not be open


def _cipher(vault: Vault, _go_on: Callable[[], None]) -> tuple[int | None, str]:
    return None, vault.cipher


def _slots(vault: Vault, _go_on: Callable[[], None]) -> tuple[int | None, str]:
    vault.integrity.slots()
    return None, ""


def _keys(vault: Vault, _go_on: Callable[[], None]) -> tuple[int | None, str]:
    strange = strange_keys(vault)
    if strange:
        raise DamagedVault(" ".join(strange))
    return len(vault.keys.slot_file().slots), f"{vault.keys.derivation()}. {guess_in_words(vault)}"


def _pages(vault: Vault, _go_on: Callable[[], None]) -> tuple[int | None, str]:
    return vault.integrity.pages(), ""


def _ledgers(vault: Vault, go_on: Callable[[], None]) -> tuple[int | None, str]:
    records = vault.integrity.ledgers(go_on)
    disposed = len(vault.disposals())
    return records, str(disposed) if disposed else ""


def _activity(vault: Vault, _go_on: Callable[[], None]) -> tuple[int | None, str]:
    return vault.trail.verify(), ""


def _caseload(vault: Vault, go_on: Callable[[], None]) -> tuple[int | None, str]:
    def summarise(case_ref: str, records: list[AnyRecord], as_of: date) -> CaseSummary:
        go_on()
        return work_out(case_ref, records, as_of)

    vault.integrity.caseload(summarise)
    return vault.count(), ""


def _backups(vault: Vault, go_on: Callable[[], None]) -> tuple[int | None, str]:
    found = found_of(vault)
    damaged: list[tuple[datetime, str]] = []
    for each in found:
        go_on()
        try:
            vault.verify_backup(each.path)
        except BadBackup as fault:
            damaged.append((each.made_at, str(fault)))
    if damaged:
        made_at, why = damaged[0]
        raise BadBackup(f"{len(damaged)} of {len(found)}, the newest of them of {_newest_day([made_at])}: {why}")
    return len(found), _newest_day([each.made_at for each in found])


def _newest_day(times: list[datetime]) -> str:
    return max(times).astimezone().date().isoformat() if times else ""


def _listed_backups(folder: Path) -> Finding:
    """What lies in the folder of a vault that does not open; whether it is whole, ``restore`` finds out."""
    found = backups_in(folder / BACKUPS_FOLDER)
    return Finding(Check.BACKUPS, True, len(found), _newest_day([each.made_at for each in found]), False)


_CHECKS: Final[dict[Check, Callable[[Vault, Callable[[], None]], tuple[int | None, str]]]] = {
    Check.OPENING: _opening,
    Check.CIPHER: _cipher,
    Check.SLOTS: _slots,
    Check.KEYS: _keys,
    Check.PAGES: _pages,
    Check.LEDGERS: _ledgers,
    Check.ACTIVITY: _activity,
    Check.CASELOAD: _caseload,
    Check.BACKUPS: _backups,
}
