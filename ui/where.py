"""Where the window is: a place by its name and what it is about, so that it can be kept and found again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from ui.desk import Desk, Place

PLACES: Final[dict[str, tuple[str, str]]] = {
    "unlock": ("ui.places.unlock", "Unlock"),
    "hidden": ("ui.places.hidden", "Hidden"),
    "create": ("ui.places.create", "Create"),
    "recovery_sheet": ("ui.places.first_run_recovery", "RecoverySheet"),
    "begin": ("ui.places.first_run_begin", "Begin"),
    "today": ("ui.places.today", "Today"),
    "families": ("ui.places.families", "Families"),
    "new_family": ("ui.places.new_family", "NewFamily"),
    "family": ("ui.places.family", "Family"),
    "parent": ("ui.places.parent", "ParentPage"),
    "leave_parent": ("ui.places.leave_parent", "LeaveParent"),
    "conversation": ("ui.places.conversation", "Conversation"),
    "sign_off": ("ui.places.sign_off", "SignOff"),
    "finished_conversation": ("ui.places.finished_conversation", "FinishedConversation"),
    "stopped": ("ui.places.stopped", "Stopped"),
    "check": ("ui.places.check", "Check"),
    "form": ("ui.places.record_form", "RecordForm"),
    "history": ("ui.places.history", "History"),
    "document": ("ui.places.document", "DocumentPage"),
    "check_document": ("ui.places.check_document", "CheckDocument"),
    "review": ("ui.places.review", "Review"),
    "register": ("ui.places.register", "Register"),
    "hand_overs": ("ui.places.hand_overs", "HandOvers"),
    "hand_over": ("ui.places.hand_over", "HandOverPlace"),
    "receive": ("ui.places.receive", "Receive"),
    "competing": ("ui.places.competing", "CompetingPlace"),
    "report": ("ui.places.report", "Report"),
    "library": ("ui.places.library", "Library"),
    "settings": ("ui.places.settings", "Settings"),
    "keeping": ("ui.places.keeping", "Keeping"),
    "disposing": ("ui.places.disposing", "Disposing"),
    "prove": ("ui.places.prove", "Prove"),
    "activity": ("ui.places.activity", "ActivityList"),
    "restore": ("ui.places.restore", "Restore"),
    "salvage": ("ui.places.salvage", "Salvage"),
    "find": ("ui.places.find", "Find"),
    "shortcuts": ("ui.places.shortcuts", "ShortcutsList"),
}
"""Every place, and where it is made; each is loaded when it is first gone to."""

IN_PARENT_MODE: Final = frozenset({"parent", "leave_parent", "conversation", "form", "history", "shortcuts"})
"""Where one may go while one parent's page is open; elsewhere the other parent could be seen, or what would stop."""

OUTSIDE: Final = frozenset({"unlock", "hidden", "create", "salvage"})
"""Places in front of the lock."""


@dataclass(frozen=True, slots=True)
class Where:
    """A place, and what it is about: values that JSON can hold."""

    place: str
    about: Mapping[str, Any] = field(default_factory=dict)

    def make(self, desk: Desk) -> Place:
        """Make the place afresh; raises what reading its family raises."""
        module, name = PLACES[self.place]
        made: Place = getattr(import_module(module), name)(desk, **self.about)
        return made

    def plain(self) -> dict[str, Any]:
        """As it is kept."""
        return {"place": self.place, "about": dict(self.about)}

    @classmethod
    def read(cls, plain: Mapping[str, Any]) -> Where:
        """From what was kept."""
        return cls(plain["place"], plain["about"])
