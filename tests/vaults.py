"""Vaults with cases in them, for tests of commands and windows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.demonstration import recorded
from spr_desktop.casework.invented import InventedFamily, walked_family
from spr_desktop.casework.practitioner import Practitioner
from spr_desktop.vault.keys import LEAST_COST
from spr_desktop.vault.vault import Vault

PASSPHRASE: Final = "rather long but cheap"
READY: Final = "RDYA-1234"
NOT_READY: Final = "N0TY-1234"
NAMES: Final = ("Jo Example", "Sam Sample", "Łukasz Przykład", "Kit Example")

PRACTITIONER: Final = Practitioner(name="J. Outreach", role="Outreach worker", organisation="Example Outreach")


def make_caseload(folder: Path) -> str:
    """Make a vault with two families, cheap to open; gives its recovery key."""
    vault, recovery_key = Vault.create(folder, PASSPHRASE, cost=LEAST_COST)
    with Caseload(vault) as caseload:
        caseload.set_practitioner(PRACTITIONER)
        today = date.today()
        caseload.keep({READY: recorded(walked_family().events(today), today)}, today)
        caseload.keep({NOT_READY: recorded(one_parent_screened().events(today), today)}, today)
    return recovery_key


def one_parent_screened() -> InventedFamily:
    """A family in which one parent has not been spoken to yet."""
    return replace(
        walked_family(), parents=(("Łukasz", "Przykład"), ("Žofie", "Vzorová")), screened_days_ago=(10,), number=300
    )
