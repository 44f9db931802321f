"""Find: one box for families and places; arrows choose, Enter goes there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout

from spr_desktop.casework.guidance import find_pages
from spr_desktop.casework.summary import CaseSummary
from spr_desktop.casework.words import OUTCOMES
from ui.desk import Desk, Place
from ui.parts import label, side_by_side
from ui.places.families import SearchLine
from ui.tables import Column, PagedTable, Table
from ui.theme import AROUND, BETWEEN, GAP
from ui.where import Where

_FAMILIES: Final = 20
_GUIDANCE: Final = 8
_TYPING_PAUSE: Final = 120
_PLACES: Final = (
    ("Today", Where("today"), "what is due overdue drafts"),
    ("Families", Where("families"), "caseload search"),
    ("New family", Where("new_family"), "add begin open"),
    ("Write a note", Where("find", {"then": "note"}), "record contact visit phone"),
    ("Register", Where("register"), "packs made sent withdrawn documents"),
    (
        "Check a document",
        Where("check_document"),
        "verify pack pdf seal signature fingerprint received referral take receive",
    ),
    ("Handed over and received", Where("hand_overs"), "bundle colleague key file receipt merge transfer"),
    ("Hand families over", Where("hand_over"), "give transfer colleague leave bundle send"),
    ("Receive families", Where("receive"), "take colleague bundle merge import transfer"),
    ("Report", Where("report"), "numbers"),
    ("Library", Where("library"), "guidance help"),
    ("Who to call", Where("library", {"page": "who_to_call"}), "emergency advice line numbers abuse"),
    (
        "Settings",
        Where("settings"),
        "passphrase appearance text size dark contrast lock names practice recovery sheet backup second place "
        "organisation certificate fingerprint details",
    ),
    (
        "Keeping and disposal",
        Where("keeping"),
        "retention rule delete erase erasure dispose destroy hold certificate past time old",
    ),
    ("Prove it is encrypted", Where("prove"), "check vault whole integrity encryption damaged pages chain print"),
    ("Restore a backup", Where("restore"), "recover lost damaged copy old vault"),
    ("Activity", Where("activity"), "log trail history who opened looked changed exported audit print"),
    ("Shortcuts", Where("shortcuts"), "keys keyboard"),
)
"""Places by their name, and other words by which they are found."""


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that was found."""

    what: str
    kind: str
    go: Callable[[], None] | None = None
    """None for a heading."""
    outcome: str = ""


class Find(Place):
    """With ``then`` set to ``note``, a family that is chosen gets a note."""

    title = "Find"
    guidance = "families"

    def __init__(self, desk: Desk, then: str = "") -> None:
        super().__init__()
        self._desk = desk
        self._then = then
        self._found: list[Found] = []
        self._search = SearchLine("Find a family or a place", "A name, a reference, or a place such as Settings")
        if then:
            self._search.setAccessibleName("Find the family that the note is about")
            self._search.setPlaceholderText("A name or a reference")
        columns: list[Column[Found]] = [
            Column("Found", 40, lambda each: each.what, shrinks=True),
            Column("", 20, lambda each: each.kind, outcome=lambda each: each.outcome),
        ]
        self._model: PagedTable[Found] = PagedTable(
            columns, lambda limit, offset: self._found[offset : offset + limit], lambda each: each.go is None
        )
        self._table = Table("What was found", self._model, self._go)
        self._search.below = self._table
        self._nothing = label("Nothing fits. Try fewer letters, another spelling, or the case reference.")
        self._pause = QTimer(self, singleShot=True, interval=_TYPING_PAUSE)
        self._pause.timeout.connect(self._find)
        self._search.textChanged.connect(self._pause.start)
        self._search.returnPressed.connect(self._go_to_chosen)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(AROUND, GAP, AROUND, BETWEEN)
        layout.setSpacing(GAP + 2)
        layout.addWidget(label("Which family is the note about?" if then else "Find", "title"))
        layout.addWidget(self._search)
        layout.addWidget(self._nothing)
        layout.addWidget(self._table, 1)
        self._find()

    def focus_first(self) -> None:
        self._search.setFocus()

    def standing(self) -> dict[str, Any]:
        return {"search": self._search.text()}

    def stand(self, standing: Mapping[str, Any]) -> None:
        self._search.setText(standing["search"])
        self._find()

    def _find(self) -> None:
        self._pause.stop()
        text = self._search.text().strip()
        families = self._desk.caseload.summaries(date.today(), text or None, None, _FAMILIES)
        found = [Found("Families", ""), *map(self._family, families)] if families else []
        places = [] if self._then else self._places(text)
        self._found = [*found, *places] if text else [*places, *found]
        self._model.show(len(self._found))
        self._nothing.setVisible(not self._found)
        self._table.setVisible(bool(self._found))
        self._table.choose(0)

    def _family(self, summary: CaseSummary) -> Found:
        names = "names hidden" if self._desk.preferences.names_hidden else side_by_side(summary.names)
        go = partial(self._open_family, summary.case_ref)
        return Found(f"{summary.case_ref}   {names}", OUTCOMES[summary.outcome], go, summary.outcome)

    def _places(self, text: str) -> list[Found]:
        words = text.casefold().split()

        def fits(name: str, more: str) -> bool:
            known = f"{name} {more}".casefold().split()
            return all(any(each.startswith(word) for each in known) for word in words)

        places = [
            Found(name, "Place", partial(self._desk.go, where)) for name, where, more in _PLACES if fits(name, more)
        ]
        pages = find_pages(text)[:_GUIDANCE] if words else []
        guidance = [
            Found(each.title, "Guidance", partial(self._desk.go, Where("library", {"page": each.name})))
            for each in pages
        ]
        return [
            *([Found("Places", ""), *places] if places else []),
            *([Found("Library", ""), *guidance] if guidance else []),
        ]

    def _open_family(self, case_ref: str) -> None:
        if self._then == "note":
            self._desk.show_form(case_ref, "note", {})
        else:
            self._desk.show_family(case_ref)

    def _go_to_chosen(self) -> None:
        if self._pause.isActive():
            self._find()
        self._go(self._table.current_row)

    def _go(self, number: int) -> None:
        found = self._found[number] if 0 <= number < len(self._found) else None
        if found and found.go:
            found.go()
