"""Saving what can be read of a damaged vault into a new one, with a list of what was lost.

The damaged vault is only read. What was lost of a family is kept in the new vault, so that its page can say so: with a
record gone, nothing that the pathway says of that family can be relied on.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.errors import CaseworkError, FileFault
from spr_desktop.casework.recovery import Sheet, remember_sheet
from spr_desktop.casework.refreshing import work_out
from spr_desktop.casework.sealing_key import EARLIER, ISSUED, RENEWED
from spr_desktop.vault.backups import BACKUPS_FOLDER, backups_in
from spr_desktop.vault.building import building_folder, clear_left_overs
from spr_desktop.vault.errors import VaultExists, machine_faults
from spr_desktop.vault.passphrase import Passphrase
from spr_desktop.vault.recovery_key import RecoveryKey
from spr_desktop.vault.salvage import Lost as Lost  # the faces know it from here
from spr_desktop.vault.salvage import Readable, read_damaged
from spr_desktop.vault.vault import Vault

_CARRIED_OVER: Final = (
    "practitioner", "signing_identity", ISSUED, RENEWED, EARLIER, "saved_filters", "second_backup_place"
)  # fmt: skip
"""Settings that belong to the person and not to the vault."""
_LOST: Final = "lost_in_salvage"
_HERE: Final = "here"
"""The draft that says where the window was, which may be a record that is lost."""


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What was saved, and what was not."""

    folder: Path
    recovery_key: str
    """Of the new vault; shown once and kept nowhere."""
    records: int
    cases: int
    from_backup: int
    lost: tuple[Lost, ...]
    is_end_known: bool
    """Whether the damaged vault still said how many records it held; if not, more may be lost than is listed."""
    damaged_pages: int
    pages: int
    has_practitioner: bool

    @property
    def lost_count(self) -> int:
        """How many records are lost, as far as is known."""
        return sum(each.count for each in self.lost)


def salvage(
    folder: Path,
    to: Path,
    passphrase: str,
    *,
    recovery_key: str | None = None,
    backup: Path | None = None,
    is_key_shown: bool = True,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> Salvaged:
    """Save what can be read of a damaged vault into a new one, which opens with the passphrase.

    The passphrase opens the damaged vault too, unless its recovery key is given. A backup of the same vault gives what
    the vault itself has lost. Unless the new recovery key ``is_key_shown`` now, the new vault leads to another one when
    it is first opened. Raises what ``read_damaged`` raises, WeakPassphrase, VaultExists, NotEncrypted and
    InterruptedError; then nothing is left of the new one.
    """
    folder, to = folder.absolute(), to.absolute()
    _require_free(folder, to)
    secret = RecoveryKey.read(recovery_key) if recovery_key else Passphrase(passphrase)
    readable = read_damaged(folder, secret, backup)
    clear_left_overs(to)
    building = building_folder(to)
    try:
        vault, new_key = Vault.create(building, passphrase)
        with vault:
            has_practitioner = _fill(Caseload(vault), readable, is_cancelled)
            if not is_key_shown:
                remember_sheet(Caseload(vault), Sheet.NOT_SHOWN)
        with machine_faults():
            building.rename(to)
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise
    return Salvaged(
        folder=to,
        recovery_key=new_key,
        records=readable.count,
        cases=len(readable.records),
        from_backup=readable.from_backup,
        lost=readable.lost,
        is_end_known=readable.is_end_known,
        damaged_pages=readable.damaged_pages,
        pages=readable.pages,
        has_practitioner=has_practitioner,
    )


def newest_backup(folder: Path) -> Path | None:
    """The newest backup in a vault's own folder; None if there is none."""
    found = backups_in(folder / BACKUPS_FOLDER)
    return found[0].path if found else None


def lost_records(caseload: Caseload, case_ref: str) -> int:
    """How many records of a case were lost when its vault was saved from damage; whose they were must be known."""
    return int(_kept_losses(caseload).get(case_ref, 0))


def lost_of_nobody_known(caseload: Caseload) -> int:
    """How many records were lost of which nobody knows whose they were."""
    return int(_kept_losses(caseload).get("", 0))


def lost_warning(caseload: Caseload, case_ref: str) -> str:
    """What is said on a family's page where records of it were lost, or may have been; empty where none were."""
    own, nobodys = lost_records(caseload, case_ref), lost_of_nobody_known(caseload)
    if own:
        many = "1 record" if own == 1 else f"{own} records"
        return (
            f"{many} of this family {'was' if own == 1 else 'were'} lost when the vault was damaged. What stands here "
            "may leave out something that matters: go through it again, and record anew what is missing."
        )
    if nobodys:
        return "Records were lost when the vault was damaged, and nobody knows whose. Some may be this family's."
    return ""


def _kept_losses(caseload: Caseload) -> dict[str, int]:
    kept: dict[str, int] = json.loads(caseload.vault.setting(_LOST) or "{}")
    return kept


def _require_free(folder: Path, to: Path) -> None:
    with machine_faults():
        if to.is_symlink() or to.exists() or folder.resolve() in (to.resolve(), *to.resolve().parents):
            raise VaultExists("there is something already where the new vault was to be made")
    if not to.parent.is_dir():
        raise FileFault(to, "there is no folder in which it could be made")


def _fill(caseload: Caseload, readable: Readable, is_cancelled: Callable[[], bool]) -> bool:
    """Put everything into the new vault, read it again, and say whether it is known whose it is."""
    vault, today = caseload.vault, date.today()
    vault.trail.take_over(readable.activity)
    for case_ref, records in readable.records.items():
        if is_cancelled():
            raise InterruptedError
        vault.append(case_ref, records, work_out(case_ref, records, today))
    for name in _CARRIED_OVER:
        if name in readable.settings:
            vault.set_setting(name, readable.settings[name])
    vault.keep_drafts({name: typed for name, typed in readable.drafts.items() if name != _HERE})
    losses = {each.case_ref or "": each.count for each in readable.lost}
    vault.set_setting(_LOST, json.dumps(losses))
    vault.log("vault_salvaged", None, f"{readable.count} saved, {readable.lost_count} lost")
    for each in readable.lost:
        vault.log("records_lost", each.case_ref, str(each.count))
    vault.verify()
    if any(vault.records(case_ref) != list(records) for case_ref, records in readable.records.items()):
        raise CaseworkError("the new vault does not hold what was read")
    return caseload.has_practitioner
