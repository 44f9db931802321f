"""What a place may ask of the window around it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from spr_desktop.casework.caseload import Caseload
    from ui.jobs import Jobs


class Place(QWidget):
    """One place of the window: a title, something that gets the focus first, and drafts it keeps."""

    title = ""

    def focus_first(self) -> None:
        """Put the focus where work begins."""

    def keep_draft(self) -> None:
        """Keep in the vault what is being typed; called before the place goes away for whatever reason."""


class Desk(Protocol):
    """The window, as places see it."""

    jobs: Jobs

    @property
    def caseload(self) -> Caseload:
        """The open vault; only places behind the lock ask for it."""

    def say(self, message: str) -> None:
        """Show a sentence in the message bar."""

    def unlocked(self, caseload: Caseload) -> None:
        """A vault was opened."""

    def show_unlock(self, folder: Path | None = None) -> None:
        """Go to the unlock page."""

    def show_create(self, folder: Path) -> None:
        """Go to the page that makes a vault."""

    def show_families(self) -> None:
        """Go to the caseload."""

    def new_family(self) -> None:
        """Open a case for a family that is new, and go there."""

    def show_family(self, case_ref: str) -> None:
        """Go to one family."""

    def show_form(
        self, case_ref: str, kind: str, given: Mapping[str, Any], starting: Mapping[str, Any] | None = None
    ) -> None:
        """Go to the form for one record."""

    def show_conversation(self, case_ref: str, person_id: str) -> None:
        """Go to the safety conversation with one parent."""

    def show_pack(self, case_ref: str) -> None:
        """Go to the referral pack of a family."""

    def back(self) -> None:
        """Go back to the place before."""
