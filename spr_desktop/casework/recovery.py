"""Ways back into a vault: another passphrase, the recovery key, and the sheet of paper that keeps it.

A recovery key helps only who has it on paper, so the vault remembers whether that was ever proven.
"""

from __future__ import annotations

import secrets
import shutil
from datetime import date, timedelta
from enum import Enum
from pathlib import Path
from typing import Final

from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.files import write_file
from spr_desktop.casework.home import last_seen_folder
from spr_desktop.casework.passphrases import require_strong, words_about
from spr_desktop.casework.practitioner import Practitioner
from spr_desktop.vault.errors import WrongSecret
from spr_desktop.vault.key_file import unlock_key_file
from spr_desktop.vault.recovery_key import RecoveryKey
from spr_desktop.vault.tries import add_try
from spr_desktop.vault.vault import Vault

_SHEET: Final = "recovery_sheet"
_PROVEN_ON: Final = "recovery_sheet_proven_on"
_TRY_FROM: Final = "recovery_sheet_try_from"
_TRY_AFTER: Final = timedelta(days=180)
_PUT_OFF_BY: Final = timedelta(days=30)
_FULL_BLOCK: Final = 4
_READ_AS: Final = str.maketrans("OIL", "011")


class Sheet(Enum):
    """How it stands with the recovery sheet of a vault."""

    NOT_SHOWN = "not_shown"
    """Nobody has seen a recovery key that opens it."""
    SHOWN = "shown"
    """The key was on the screen; whether it is on paper, nobody knows."""
    PUT_OFF = "put_off"
    """Its person was asked, and will prove it later."""
    PROVEN = "proven"


# Making a vault


def make_vault(folder: Path, passphrase: str, practitioner: Practitioner) -> Caseload:
    """Make a vault and return it open; its recovery key is still to be issued.

    Killed at any point it is found again with a sheet that was not shown. Raises what ``Vault.create`` raises; what
    fails leaves nothing behind.
    """
    vault, _ = Vault.create(folder, passphrase, last_seen_in=last_seen_folder())
    made = Caseload(vault)
    remember_sheet(made, Sheet.NOT_SHOWN)
    made.set_practitioner(practitioner)
    return made


def unmake_vault(caseload: Caseload) -> None:
    """Take away a vault that was made and is not wanted after all; only before anything was recorded in it."""
    if caseload.vault.case_refs():
        raise ValueError("something was recorded in this vault")
    caseload.close()
    shutil.rmtree(caseload.vault.folder, ignore_errors=True)


# The sheet


def sheet_of(caseload: Caseload) -> Sheet:
    """How it stands with the sheet; a vault from a terminal showed its key there, and nothing was asked."""
    kept = caseload.vault.setting(_SHEET)
    if kept is None:
        return Sheet.PROVEN if caseload.has_practitioner else Sheet.NOT_SHOWN  # its making was cut short
    return Sheet(kept)


def remember_sheet(caseload: Caseload, sheet: Sheet) -> None:
    """Keep how it stands with the sheet, and since when it is proven."""
    caseload.vault.set_setting(_SHEET, sheet.value)
    if sheet is Sheet.PROVEN:
        caseload.vault.set_setting(_PROVEN_ON, date.today().isoformat())
    elif sheet is Sheet.SHOWN:
        caseload.vault.set_setting(_PROVEN_ON, "")  # what was proven was another key


def sheet_proven_on(caseload: Caseload) -> date | None:
    """The day on which the sheet was last proven; None if it never was."""
    kept = caseload.vault.setting(_PROVEN_ON)
    return date.fromisoformat(kept) if kept else None


def is_sheet_to_be_tried(caseload: Caseload, today: date) -> bool:
    """Whether the sheet is to be looked for and tried: half a year after it last was, or after the vault was made.

    A sheet that is lost is best noticed while the passphrase is known.
    """
    asked_from = caseload.vault.setting(_TRY_FROM)
    if asked_from and today < date.fromisoformat(asked_from):
        return False
    last = sheet_proven_on(caseload) or caseload.vault.made_on()
    return last is not None and today >= last + _TRY_AFTER


def put_off_trying_sheet(caseload: Caseload, today: date) -> None:
    """Ask for the sheet again in thirty days."""
    caseload.vault.set_setting(_TRY_FROM, (today + _PUT_OFF_BY).isoformat())


def issue_recovery_key(caseload: Caseload) -> str:
    """A new recovery key in groups with hyphens, to be shown at once and kept nowhere; a sheet with another is void.

    Raises MachineFault; the key before is then still the one.
    """
    key = caseload.vault.keys.new_recovery_key()
    remember_sheet(caseload, Sheet.SHOWN)
    return key


def prove_recovery_key(caseload: Caseload, recovery_key: str) -> bool:
    """Whether a key opens this vault; if it does, the sheet it was read from is proven."""
    is_right = caseload.vault.keys.prove_recovery_key(recovery_key)
    if is_right:
        remember_sheet(caseload, Sheet.PROVEN)
    return is_right


def blocks_of(recovery_key: str) -> list[str]:
    """The groups in which a recovery key is shown and printed."""
    return recovery_key.split("-")


def blocks_to_ask_for(recovery_key: str, how_many: int = 3) -> list[int]:
    """Some of the blocks, drawn by chance, by their number from 1 and in order; never the short one at the end."""
    full = [number for number, each in enumerate(blocks_of(recovery_key), 1) if len(each) == _FULL_BLOCK]
    return sorted(secrets.SystemRandom().sample(full, how_many))


def is_block(typed: str, block: str) -> bool:
    """Whether a block was typed right: any case, O for 0, I and L for 1, with or without spaces."""
    return "".join(typed.split()).upper().translate(_READ_AS) == block


def is_mistyped(recovery_key: str) -> bool:
    """Whether this cannot be the recovery key of any vault: its length, characters or check do not fit."""
    try:
        RecoveryKey.read(recovery_key)
    except WrongSecret:
        return True
    return False


def save_recovery_sheet(recovery_key: str, to: Path, *, replace: bool = True) -> None:
    """Write the sheet as a PDF to print; it is not encrypted. Raises FileExists, FileFault."""
    from spr_desktop.documents.recovery_sheet import recovery_sheet

    write_file(to, recovery_sheet(recovery_key), replace=replace)


# Ways in


def check_recovery_key(folder: Path, recovery_key: str) -> None:
    """Raises WrongSecret unless a closed vault opens with this key, and DamagedVault, NewerVault or MachineFault."""
    key = RecoveryKey.read(recovery_key)
    try:
        unlock_key_file(folder, key).data_key.wipe()
    except WrongSecret:
        add_try(folder)
        raise


def recover_vault(folder: Path, recovery_key: str, passphrase: str) -> None:
    """Set a new passphrase with the recovery key; raises TooPlain, and what ``Vault.recover`` raises."""
    require_strong(passphrase, [folder.name])
    Vault.recover(folder, recovery_key, passphrase, last_seen_in=last_seen_folder()).close()


def new_passphrase(folder: Path, old: str, new: str) -> None:
    """Set a new passphrase; the old one works until the new one is proven.

    Raises TooPlain, and what ``Vault.open`` raises.
    """
    with Caseload.open(folder, old) as caseload:
        require_strong(new, words_about(caseload.practitioner, folder))
        caseload.vault.keys.set_passphrase(new)
