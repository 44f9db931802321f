"""Practising: a second, small vault of invented families inside one's own folder, which holds nothing of one's own.

Its passphrase is drawn by the machine and kept in one's own vault, so that nobody has to remember it.
"""

from __future__ import annotations

import secrets
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.demonstration import recorded
from spr_desktop.casework.invented import InventedFamily, invented_caseload, walked_family
from spr_desktop.casework.practitioner import Practitioner
from spr_desktop.vault.errors import DamagedVault, NewerVault, NotAVault, WrongSecret
from spr_desktop.vault.keys import LEAST_COST
from spr_desktop.vault.vault import Vault

FOLDER: Final = "practice"
_SETTING: Final = "practice_passphrase"
_RANDOM_BYTES: Final = 24


def has_practice(caseload: Caseload) -> bool:
    """Whether one has practised, and what one did is still there."""
    return _folder(caseload).exists()


def open_practice(caseload: Caseload) -> Caseload:
    """The vault to practise in, open; made with three invented families where there is none, or none that opens.

    Where a passphrase is asked for in it, one's own is meant. Raises VaultInUse, NotEncrypted and MachineFault.
    """
    passphrase = caseload.vault.setting(_SETTING)
    if passphrase and has_practice(caseload):
        try:
            practice = Caseload(Vault.open(_folder(caseload), passphrase), proves_with=caseload)
        except (WrongSecret, DamagedVault, NotAVault, NewerVault):
            pass  # everybody in it is invented, so it can be made afresh
        else:
            if practice.vault.case_refs():
                return practice
            practice.close()  # its making was cut short
    throw_away_practice(caseload)
    return _make(caseload)


def throw_away_practice(caseload: Caseload) -> None:
    """Remove the vault to practise in, with all that was done in it; it must be closed. Raises OSError."""
    folder = _folder(caseload)
    for left_over in [folder, *caseload.vault.folder.glob(f".{FOLDER}.*.new")]:
        if left_over.exists():
            shutil.rmtree(left_over)
    if caseload.vault.setting(_SETTING):
        caseload.vault.set_setting(_SETTING, "")


def _make(caseload: Caseload) -> Caseload:
    passphrase = secrets.token_urlsafe(_RANDOM_BYTES)
    caseload.vault.set_setting(_SETTING, passphrase)
    vault, _ = Vault.create(_folder(caseload), passphrase, cost=LEAST_COST)  # the passphrase is random, not thought up
    practice = Caseload(vault, proves_with=caseload)
    today = date.today()
    try:
        practice.set_practitioner(_marked(caseload.practitioner))
        practice.keep(
            {practice.new_reference(): recorded(each.events(today), today) for each in _families(today)}, today
        )
    except BaseException:
        practice.close()
        throw_away_practice(caseload)
        raise
    return practice


def _marked(practitioner: Practitioner) -> Practitioner:
    """Whoever sees a pack from here must see at once that it is practice."""
    name = f"{practitioner.name} (practice)" if practitioner.name else "Practice"
    return replace(practitioner, name=name, organisation="Practice: everybody here is invented")


def _families(today: date) -> list[InventedFamily]:
    """One that is new, one part of the way, and one that is ready."""
    invented = list(invented_caseload(today))
    new = next(each for each in invented if not each.screened_days_ago)
    part_way = next(each for each in invented if len(each.screened_days_ago) == 1)
    return [new, part_way, walked_family()]


def _folder(caseload: Caseload) -> Path:
    return caseload.vault.folder / FOLDER
