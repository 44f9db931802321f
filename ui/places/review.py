"""The review before a subject access: one record at a time, what it says, and what is decided about it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QProgressBar, QVBoxLayout, QWidget

from spr_desktop.casework.drafts import draft
from spr_desktop.casework.making import ACCESS, items_to_review
from spr_desktop.casework.reviewing import decided_in, reasons, review_name
from spr_desktop.casework.words import day_text
from ui.desk import Desk, Place
from ui.fields import ChoiceField, Field, TicksField
from ui.parts import button, card, column, empty, label, lead_to, row, scrolling
from ui.theme import AROUND, BETWEEN
from ui.where import Where
from ui.wrapping import wrapping

_CHOICES: Final = (
    ("disclose", "1  Disclose all of it"),
    ("redact", "2  Disclose it, with parts removed"),
    ("withhold", "3  Leave it out"),
)
_PROPOSED: Final = {
    "disclose": "It seems to be about this person alone.",
    "redact": "A part of it may speak of somebody else.",
    "withhold": "It may be about somebody else as well. Read it with care.",
}
_YOURS: Final = "Each decision is yours. What is proposed is a guess by the kind of record, and no legal advice."
_KEYS: Final = (
    "Keys: 1, 2 or 3 decides, Enter keeps it and goes on to the next record that is open, Ctrl+Page Up and "
    "Ctrl+Page Down look at others, Ctrl+Z takes the last decision back."
)
_CHOICE_OF_KEY: Final = {Qt.Key.Key_1: "disclose", Qt.Key.Key_2: "redact", Qt.Key.Key_3: "withhold"}
_ROOM_FOR_TWO: Final = 900
_SIDE_WIDTH: Final = 430
_PROGRESS_HEIGHT: Final = 12
_ANY_WIDTH: Final = 16_777_215
_DECIDE_FIRST: Final = (
    "Decide first. Unless all of it is disclosed, say why; and which parts, if only some are removed."
)


class Review(Place):
    """Nothing is decided before a person decides it; what was decided is kept, so that one can go on another day."""

    title = "What to disclose"
    guidance = "documents"

    def __init__(self, desk: Desk, case_ref: str, person_id: str, record_id: str = "") -> None:
        """``record_id`` is the record that is turned to, where somebody is led to one."""
        super().__init__()
        self._desk = desk
        self.case_ref = case_ref
        self._person_id = person_id
        case = desk.caseload.case(case_ref, date.today())
        self._items = items_to_review(case, person_id)
        self._known_as = case.people[person_id].body.known_as
        self._name = review_name(case_ref, person_id)
        self._kept: dict[str, dict[str, Any]] = draft(desk.caseload, self._name)
        ids = [each.id for each in self._items]
        self._at = ids.index(record_id) if record_id in ids else self._first_open()
        self._fields: dict[str, Field] = {}
        self._undo: list[tuple[int, dict[str, Any] | None]] = []
        """Where something was decided since the page was opened, and what stood there before."""
        self._beside: list[QWidget] = []
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._inside = QVBoxLayout()
        self._problem = label("", "error")
        self._room = QWidget()
        self._room.setLayout(self._inside)
        self._inside.setContentsMargins(AROUND, AROUND, AROUND, AROUND)
        self._inside.setSpacing(BETWEEN)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self._scroll = scrolling(self._room)
        layout.addWidget(self._scroll)
        self._show()

    def _first_open(self) -> int:
        done = decided_in(self._kept)
        return next((at for at, each in enumerate(self._items) if each.id not in done), 0)

    def focus_first(self) -> None:
        (self._fields["choice"].first_widget() if self._fields else self).setFocus()

    def drafts(self) -> dict[str, dict[str, Any]]:
        return {self._name: dict(self._kept)} if self._kept else {}

    def standing(self) -> dict[str, Any]:
        return {"at": self._at}

    def stand(self, standing: Mapping[str, Any]) -> None:
        self._turn_to(int(standing["at"]))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is decided stands beside the record where there is room, below it where there is not."""
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        is_wide = self.width() >= _ROOM_FOR_TWO
        self._across.setDirection(QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom)
        for each in self._beside:
            each.setMaximumWidth(_SIDE_WIDTH if is_wide else _ANY_WIDTH)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of the page: nothing is typed here, so figures are free to decide."""
        key = Qt.Key(event.key())
        if not self._fields or event.isAutoRepeat():
            super().keyPressEvent(event)
        elif event.matches(QKeySequence.StandardKey.Undo):
            self._take_back()
        elif key in _CHOICE_OF_KEY and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._fields["choice"].restore(_CHOICE_OF_KEY[key])
            asked = {"redact": "removed", "withhold": "reason"}.get(_CHOICE_OF_KEY[key], "choice")
            lead_to(self._fields[asked].first_widget())
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go_on()
        elif (
            key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp) and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self._look_at(self._at + (1 if key == Qt.Key.Key_PageDown else -1))
        else:
            super().keyPressEvent(event)

    def _turn_to(self, at: int) -> None:
        self._at = max(0, min(at, len(self._items) - 1))
        self._show()
        self._scroll.verticalScrollBar().setValue(0)  # a record is read from its beginning

    def _look_at(self, at: int) -> None:
        self._turn_to(at)
        self.focus_first()

    def _take_back(self) -> None:
        """Undo the last decision, and stand at its record again."""
        if not self._undo:
            self._desk.say("Nothing was decided since this page was opened.")
            return
        at, before = self._undo.pop()
        record = self._items[at].id
        if before is None:
            self._kept.pop(record, None)
        else:
            self._kept[record] = before
        self._look_at(at)
        self._desk.say(f"Taken back: record {at + 1}.")

    def _show(self) -> None:
        empty(self._inside)
        self._fields = {}
        self._problem = label("", "error")
        self._problem.hide()
        for each in self._parts():
            self._inside.addWidget(each)
        self._inside.addStretch(1)
        if self._fields:
            self._show_what_is_asked()

    def _parts(self) -> list[QWidget]:
        if not self._items:
            return [
                label("Nothing is recorded about this person", "heading"),
                row(button("Back to the family", self._desk.back)),
            ]
        item, done, count = self._items[self._at], len(decided_in(self._kept)), len(self._items)
        said = [column(label(part.label, "label"), label(part.value), gap=2) for part in item.parts]
        removed = [(part.name, part.label) for part in item.parts]
        reason = ChoiceField("reason", "Why not all of it?", tuple(reasons().items()), may_be_left=True)
        progress = QProgressBar()
        progress.setRange(0, count)
        progress.setValue(done)
        progress.setTextVisible(False)
        progress.setMaximumHeight(_PROGRESS_HEIGHT)
        progress.setAccessibleName(f"{done} of {count} decided")
        record = card(
            label(f"{item.called}, {day_text(item.on)}", "heading"),
            label(f"Written down by {item.recorded_by}", "quiet"),
            *said,
        )
        decision = card(
            label(_PROPOSED[item.proposed], "quiet"),
            self._add(ChoiceField("choice", "What do you decide?", _CHOICES)),
            self._add(TicksField("removed", "Which parts are removed?", removed)),
            self._add(reason),
            self._problem,
            self._ways(),
        )
        return [
            label(f"What {self._known_as} asked to see", "title"),
            label(f"Record {self._at + 1} of {count}. {done or 'None'} decided so far.", "label"),
            progress,
            self._side_by_side(record, decision),
            label(f"{_YOURS} {_KEYS}", "quiet"),
        ]

    def _side_by_side(self, record: QWidget, decision: QWidget) -> QWidget:
        both = QWidget()
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight, both)
        self._across.setContentsMargins(0, 0, 0, 0)
        self._across.setSpacing(BETWEEN)
        self._beside = [decision]
        self._across.addWidget(record, 1, Qt.AlignmentFlag.AlignTop)
        self._across.addWidget(decision, 1, Qt.AlignmentFlag.AlignTop)
        self._share()
        return both

    def _ways(self) -> QWidget:
        before = button("Previous record", lambda: self._look_at(self._at - 1))
        before.setEnabled(self._at > 0)
        after = button("Next record", lambda: self._look_at(self._at + 1))
        after.setEnabled(self._at + 1 < len(self._items))
        following = button("Keep and go on", self._go_on, "main")
        is_whole = len(decided_in(self._kept)) == len(self._items)
        make = [button("Look at the document", self._make)] if is_whole else []
        undo = [button("Take the last one back", self._take_back, "link")] if self._undo else []
        return wrapping(following, before, after, *make, *undo)

    def _add(self, field: Field) -> Field:
        self._fields[field.name] = field
        kept = self._kept.get(self._items[self._at].id, {})
        if field.name in kept:
            field.restore(kept[field.name])
        field.changed.connect(self._note)
        return field

    def _show_what_is_asked(self) -> None:
        """Parts only where some are removed; a reason only where not all of it is disclosed."""
        choice = self._fields["choice"].value()
        self._fields["removed"].setVisible(choice == "redact")
        self._fields["reason"].setVisible(choice in ("redact", "withhold"))

    def _note(self) -> None:
        self._show_what_is_asked()
        self._problem.hide()
        record = self._items[self._at].id
        if not self._undo or self._undo[-1][0] != self._at:
            self._undo.append((self._at, self._kept.get(record)))
        self._kept[record] = {name: field.value() for name, field in self._fields.items()}

    def _go_on(self) -> None:
        if self._items[self._at].id not in decided_in(self._kept):
            self._problem.setText(_DECIDE_FIRST)
            self._problem.show()
            lead_to(self._fields["choice"].first_widget(), self._problem)
            return
        if len(decided_in(self._kept)) == len(self._items):
            self._make()
            return
        following = [*range(self._at + 1, len(self._items)), *range(self._at)]
        done = decided_in(self._kept)
        self._turn_to(next(at for at in following if self._items[at].id not in done))
        self.focus_first()

    def _make(self) -> None:
        about = {"case_ref": self.case_ref, "kind": ACCESS, "person_id": self._person_id}
        self._desk.go(Where("document", about))
