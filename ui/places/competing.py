"""Records that compete since families were merged: side by side, what differs is marked, a person chooses."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from spr_desktop.casework.competing import Competing, competing
from spr_desktop.casework.corrections import CannotCorrect, settle
from spr_desktop.casework.words import day_text
from spr_desktop.records.record import AnyRecord
from ui.desk import Desk, Place
from ui.failures import sentence
from ui.fields import LineField
from ui.parts import button, card, column, empty, label, lead_to, row, scrolling
from ui.places.family import Cards
from ui.record_words import when_text
from ui.sayings import people_of, said, title_of
from ui.theme import AROUND, BETWEEN, GAP

_DIFFERS: Final = "≠ Differs"
_COUNTS: Final = "▸ The newer one: it counts until you choose."
_WAITS: Final = "▹ Is kept, and does not count yet."


class CompetingPlace(Place):
    """All that competes in one family."""

    title = "Choose what is right"
    guidance = "hand_over"

    def __init__(self, desk: Desk, case_ref: str) -> None:
        super().__init__()
        self._desk = desk
        self.case_ref = case_ref
        self._later = button("Leave it for later", desk.back)
        self._first: QWidget = self._later
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._show()

    def focus_first(self) -> None:
        self._first.setFocus()

    def _show(self) -> None:
        empty(self._layout)
        found = competing(self._desk.caseload, self.case_ref)
        self._later = button("Leave it for later" if found else "Back", self._desk.back)
        self._first = self._later
        people = people_of(self._desk.caseload.case(self.case_ref))
        groups: list[QWidget] = []
        for each in found:
            reason = LineField(
                "reason", "Why is the one that you choose right?", "For example: asked the parent, or read the letter"
            )
            if self._first is self._later:
                self._first = reason.first_widget()
            details = [dict(said(record, people).details) for record in each.records]
            cards = [self._one(each, record, reason, details) for record in each.records]
            groups.append(card(label(title_of(each.records[0].kind), "heading"), reason, Cards(cards)))
        told = (
            "Two of you recorded this since you last had the same records. Both are kept. Choose what is right: it "
            "becomes a correction with your reason. Until then the newer one counts."
            if found
            else "There is nothing to choose between any more."
        )
        title = label(f"Family {self.case_ref}: choose what is right", "title")
        self._layout.addWidget(
            scrolling(column(title, label(told), *groups, row(self._later), gap=BETWEEN, around=AROUND))
        )

    def _one(self, group: Competing, record: AnyRecord, reason: LineField, every: list[dict[str, str]]) -> QFrame:
        mine = every[group.records.index(record)]
        names = dict.fromkeys(name for details in every for name in details)
        differing = [name for name in names if len({details.get(name) for details in every}) > 1]
        parts: list[QWidget] = [
            label(f"{when_text(record.happened_on)}", "label"),
            label(f"Recorded by {record.recorded_by or 'somebody not known'} on {day_text(record.recorded_at.date())}"),
        ]
        parts.append(label(_COUNTS if record is group.records[-1] else _WAITS, "quiet"))
        for name in [*differing, *(each for each in names if each not in differing)]:
            heading = label(f"{_DIFFERS}: {name}", "label") if name in differing else label(name, "quiet")
            parts.append(column(heading, label(mine.get(name, "Not said")), gap=GAP // 4))
        number = group.records.index(record) + 1
        choose = button(
            "This one is right",
            partial(self._choose, group, record, reason),
            name=f"This one is right: number {number}, of {when_text(record.happened_on)}, by {record.recorded_by}",
        )
        parts.append(row(choose))
        return card(*parts)

    def _choose(self, group: Competing, record: AnyRecord, reason: LineField) -> None:
        why = reason.value()
        reason.show_error("" if why else "Say in a few words why it is this one.")
        if not why:
            lead_to(reason.first_widget(), reason)
            return
        try:
            settle(self._desk.caseload, self.case_ref, group.records, record, why)
        except CannotCorrect:
            self._desk.say("Somebody chose already, or a newer record took their place.")
        except Exception as error:  # noqa: BLE001 - what stood in the way is told, and both still stand
            self._desk.say(sentence(error))
            return
        else:
            self._desk.say("Saved: it stands as a correction, with your reason.")
        self._show()
        self.focus_first()
