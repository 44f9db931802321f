"""Where a vault lies, and whether its person knows what that means."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from spr_desktop.vault.places import Lies as Lies  # the faces know these from here
from spr_desktop.vault.places import require_own_disk as require_own_disk
from spr_desktop.vault.places import where_lies as where_lies

if TYPE_CHECKING:
    from spr_desktop.casework.caseload import Caseload

_ACCEPTED: Final = "synced_place_accepted"


def what_to_know(folder: Path) -> str:
    """What a person is to know of the place before a vault is made there; empty where there is nothing to say."""
    lies, service = where_lies(folder)
    if lies is Lies.SYNCED:
        return (
            f"{_capital(service)} copies this folder to other computers. It can bring back an older vault, or two "
            "halves of one, and it keeps copies that you cannot throw away. Better keep the vault in a folder that "
            "stays on this computer, and only backups in this one."
        )
    if lies is Lies.REMOVABLE:
        return (
            "This is a stick or an external disk. It works there; take it out only after the vault is locked, and keep "
            "backups elsewhere: such things are lost."
        )
    return ""


def is_copied_unknowingly(folder: Path, caseload: Caseload) -> bool:
    """Whether a service copies the folder of an open vault to other computers, and nobody has said that it may."""
    lies, service = where_lies(folder)
    return lies is Lies.SYNCED and caseload.vault.setting(_ACCEPTED) != service


def accept_copying(folder: Path, caseload: Caseload) -> None:
    """Remember that its person knows of the service, if there is one; of another one they are told anew."""
    lies, service = where_lies(folder)
    if lies is Lies.SYNCED:
        caseload.vault.set_setting(_ACCEPTED, service)


def _capital(service: str) -> str:
    return service[:1].upper() + service[1:] if service.startswith("a ") else service
