"""What a place may ask of the window around it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from spr_desktop.casework.caseload import Caseload
    from spr_desktop.casework.preferences import Preferences
    from ui.backing_up import BackingUp
    from ui.jobs import Jobs
    from ui.where import Where


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose page is open: nothing of any other adult is shown, found or named until the passphrase is typed."""

    case_ref: str
    person_id: str


class Place(QWidget):
    """One place of the window: a title, something that gets the focus first, and drafts it keeps."""

    title = ""
    guidance = "window"
    """The page of the guidance that F1 opens."""
    case_ref = ""
    """The family it is about, if it is about one."""
    stays = ""
    """Why one cannot go elsewhere yet, with what to do first; empty where one can."""
    takes_files = False
    """Whether a file of any kind may be dropped on it; elsewhere a PDF is offered to be checked."""

    def take_file(self, file: Path) -> None:
        """A file was dropped on it, where it takes files."""

    def focus_first(self) -> None:
        """Put the focus where work begins."""

    def drafts(self) -> dict[str, dict[str, Any]]:
        """What is being typed here, by the name under which it is kept; empty where nothing was."""
        return {}

    def standing(self) -> dict[str, Any]:
        """What is turned to in the place (its page, its filters), as JSON can hold it."""
        return {}

    def stand(self, standing: Mapping[str, Any]) -> None:
        """Turn to that again."""

    def cover(self) -> None:
        """Somebody wants to hide where no vault is open: show no secret that was typed."""


class Desk(Protocol):
    """The window, as places see it."""

    jobs: Jobs
    preferences: Preferences
    backing_up: BackingUp

    @property
    def caseload(self) -> Caseload:
        """The open vault; only places behind the lock ask for it."""

    @property
    def scope(self) -> Scope | None:
        """Whose page is open, if it is one parent's."""

    def say(self, message: str) -> None:
        """Show a sentence in the message bar."""

    def go(self, where: Where) -> None:
        """Go to a place; the way back leads here."""

    def forget_ways_back(self) -> None:
        """Families are about to be disposed of: no way back leads to them, or to what was looked for."""

    def back(self) -> None:
        """Go back to the place before."""

    def unlocked(self, caseload: Caseload) -> None:
        """A vault was opened."""

    def lock(self, why: str) -> None:
        """Keep drafts, forget everything, and drop the key."""

    def practise(self, practice: Caseload) -> None:
        """Work in a vault of invented families; one's own stays open behind it."""

    def leave_practice(self) -> None:
        """Go back to one's own families."""

    def prefer(self, preferences: Preferences) -> None:
        """Look and behave as this person likes from now on."""

    def show_unlock(self, folder: Path | None = None) -> None:
        """Go to the unlock page."""

    def show_create(self, folder: Path) -> None:
        """Go to the page that makes a vault."""

    def show_restore(self, folders: Sequence[Path]) -> None:
        """Go to the backups of a vault, of which these are the folder and the second place."""

    def show_salvage(self, folder: Path) -> None:
        """Go to the page that saves what can be read of a damaged vault."""

    def back_to(self, folder: Path) -> None:
        """Go back from a page that is in front of the lock and behind it: to the place before, or to a vault's lock."""

    def open_vault(self, folder: Path, *, remember: bool) -> None:
        """Lock what is open, and go to the lock of another vault; ``remember`` opens that one from now on."""

    def show_today(self) -> None:
        """Go to what is due."""

    def show_families(self) -> None:
        """Go to the caseload."""

    def show_new_family(self) -> None:
        """Go to the page that looks for a family before it is opened."""

    def show_family(self, case_ref: str) -> None:
        """Go to one family."""

    def show_parent(self, case_ref: str, person_id: str) -> None:
        """Open one parent's page, and show nothing else until the passphrase is typed."""

    def leave_parent(self, where: Where) -> None:
        """The passphrase was typed: show everything again, and go there."""

    def show_form(
        self,
        case_ref: str,
        kind: str,
        given: Mapping[str, Any],
        starting: Mapping[str, Any] | None = None,
        correcting: str | None = None,
        at: str = "",
    ) -> None:
        """Go to the form for one record, or for the correction of one; ``at`` is the field that is asked for."""

    def show_history(self, case_ref: str, record_id: str) -> None:
        """Go to one record and what it was before."""

    def show_conversation(self, case_ref: str, person_id: str) -> None:
        """Go to the safety conversation with one parent, on that parent's page."""

    def show_check(self, case_ref: str) -> None:
        """Go to every rule of the pathway for a family."""

    def show_pack(self, case_ref: str) -> None:
        """Go to the referral pack of a family."""
