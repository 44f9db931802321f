"""Going to the invented family and coming back with nothing of it kept."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from ui.desk import Desk
from ui.failures import sentence

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from spr_desktop.casework.caseload import Caseload

_PRACTICE = "spr_desktop.casework.practice"


def practise(desk: Desk, place: QWidget) -> None:
    """Open the vault of invented families, and work in it; what stands in the way is said."""
    caseload = desk.caseload

    def work() -> Caseload:
        opened: Caseload = import_module(_PRACTICE).open_practice(caseload)
        return opened

    desk.say("One moment, the invented family is being made.")
    desk.jobs.start(place, work, desk.practise, lambda error: desk.say(sentence(error)), lambda opened: opened.close())


def begin_practice_afresh(desk: Desk) -> None:
    """Throw the invented families away with everything that was tried on them."""
    import_module(_PRACTICE).throw_away_practice(desk.caseload)
