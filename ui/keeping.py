"""Keeping what is typed where the disk does not do its part: said once, tried again, and nothing leaves the screen.

A stick that was pulled out and plugged in again is the same vault in another file; it is opened anew by itself, if it
holds what it held.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from spr_desktop.casework.failures import Family, family_of
from ui.failures import sentence

_AWAY: Final = frozenset({Family.GONE, Family.REPLACED})
_OF_THE_MACHINE: Final = _AWAY | {
    Family.FULL,
    Family.READ_ONLY,
    Family.MACHINE,
    Family.IN_USE,
    Family.OLDER,
    Family.DAMAGED,
    Family.NOT_ENCRYPTED,
}
_KEPT_AGAIN: Final = "It works again, and what you typed is kept."


class Keeping:
    """Keeps, or says why it cannot; one for a window."""

    def __init__(self, keep: Callable[[], None], reopen: Callable[[], None], say: Callable[[str], None]) -> None:
        self._keep = keep
        self._reopen = reopen
        self._say = say
        self._said = ""

    def try_to_keep(self) -> None:
        """Keep what is typed; what stands in the way is said, once. A mistake of the program is raised."""
        try:
            self._keep_or_reopen()
        except Exception as error:
            if family_of(error)[0] not in _OF_THE_MACHINE:
                raise
            said = sentence(error)
            if said != self._said:
                self._say(said)
            self._said = said
        else:
            if self._said:
                self._say(_KEPT_AGAIN)
            self._said = ""

    def _keep_or_reopen(self) -> None:
        try:
            self._keep()
        except Exception as error:
            if family_of(error)[0] not in _AWAY:
                raise
            self._reopen()
            self._keep()
