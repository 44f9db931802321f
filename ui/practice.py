"""Going to the invented families: a vault of their own, which nothing of one's own reaches."""

from __future__ import annotations

from spr_desktop.casework.home import holds_vault
from ui.desk import Desk
from ui.failures import sentence


def is_practice(desk: Desk) -> bool:
    """Whether one practises now: the vault to practise in lies inside one's own."""
    return holds_vault(desk.caseload.vault.folder.parent)


def practise(desk: Desk) -> None:
    """Open the vault of invented families, and work in it; what stands in the way is said."""
    from spr_desktop.casework.practice import open_practice

    try:
        practice = open_practice(desk.caseload)
    except Exception as error:  # noqa: BLE001 - one's own vault is open all the same
        desk.say(sentence(error))
        return
    desk.practise(practice)


def begin_practice_afresh(desk: Desk) -> None:
    """Throw the invented families away with everything that was tried on them; raises OSError."""
    from spr_desktop.casework.practice import throw_away_practice

    throw_away_practice(desk.caseload)
