"""Keeping what is typed where the disk does not do its part: said once, tried again, and nothing leaves the screen.

A stick that was pulled out and plugged in again is the same vault in another file; it is opened anew by itself, if it
holds what it held.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from spr_desktop.casework.failures import Family, family_of
from ui.failures import sentence
from ui.message_bar import MessageBar

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

    def __init__(self, keep: Callable[[], None], reopen: Callable[[], None], bar: MessageBar) -> None:
        self._keep = keep
        self._reopen = reopen
        self._bar = bar
        self.trouble = ""
        """What stands in the way, as it was said; empty where nothing does."""

    def try_to_keep(self) -> None:
        """Keep what is typed; what stands in the way is said. A mistake of the program is raised."""
        try:
            self._keep_or_reopen()
        except Exception as error:
            if family_of(error)[0] not in _OF_THE_MACHINE:
                raise
            said = sentence(error)
            if said != self.trouble or not self._bar.text:  # it lasts, so it is not dismissed for good
                self._bar.say(said)
            self.trouble = said
        else:
            if self.trouble:
                self._bar.say(_KEPT_AGAIN)
            self.trouble = ""

    def _keep_or_reopen(self) -> None:
        try:
            self._keep()
        except Exception as error:
            if family_of(error)[0] not in _AWAY:
                raise
            self._reopen()
            self._keep()
