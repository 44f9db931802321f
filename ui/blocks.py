"""A note in typed parts: each says whether it is a fact, what somebody said, what was seen, an opinion or analysis.

Parts are added, removed (and put back), and moved, all by keyboard.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from spr_desktop.records.texts import text_fault
from ui.fields import Field, LineField, ListField, TextField
from ui.form_advice import about_text
from ui.parts import button, card, label, row
from ui.theme import BETWEEN, GAP

TYPES: Final[dict[str, tuple[str, str]]] = {
    "fact": ("Fact", "What is certain, and can be checked."),
    "reported": ("Reported", "What somebody told you. Use their own words, and say who it was."),
    "observation": ("Observation", "What you saw or heard yourself, without what you make of it."),
    "opinion": ("Opinion", "What somebody thinks. Say whose opinion it is."),
    "analysis": ("Analysis", "What you make of it all, and why."),
}
"""The types of a part: a word, and a line that explains it."""

_NEED_A_NAME: Final = {"reported": "Who said it?", "opinion": "Whose opinion is it?"}
_NOT_CHOSEN: Final = "A fact, what somebody told you, what you saw, an opinion, or what you make of it."


class Block(QFrame):
    """One part of a note."""

    def __init__(self, changed: Callable[[], None]) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.number = 0
        self._changed = changed
        self._heading = label("", "label")
        self._type = ListField("type", "What is this part?", [(code, words) for code, (words, _) in TYPES.items()])
        self._explained = label(_NOT_CHOSEN, "quiet")
        self._text = TextField("text", "Text", watches_words=True)
        self._who = LineField("attributed_to", "Who said it?")
        self._who.hide()
        self.up = button("Move up", lambda: None)
        self.down = button("Move down", lambda: None)
        self.remove = button("Remove", lambda: None)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(BETWEEN, GAP, BETWEEN, GAP)
        layout.setSpacing(GAP)
        for each in (self._heading, self._type, self._explained, self._text, self._who):
            layout.addWidget(each)
        layout.addWidget(row(self.up, self.down, self.remove))
        self._type.changed.connect(self._show_type)
        for field in (self._type, self._text, self._who):
            field.changed.connect(changed)

    def _show_type(self) -> None:
        chosen = self._type.value()
        self._explained.setText(TYPES[chosen][1] if chosen else _NOT_CHOSEN)
        question = _NEED_A_NAME.get(chosen or "")
        self._who.setVisible(bool(question or self._who.value()))
        if question:
            self._who.set_title(question)
        self._name()

    def show_number(self, number: int, count: int) -> None:
        """Say which part this is of how many."""
        self.number = number
        self._heading.setText(f"Part {number}")
        self.up.setEnabled(number > 1)
        self.down.setEnabled(number < count)
        self.remove.setEnabled(count > 1)
        self._heading.setVisible(count > 1)
        for each in (self.up, self.down, self.remove):
            each.setVisible(count > 1)
        self._name()

    def _name(self) -> None:
        """Every control says to screen readers which part it belongs to."""
        for field in (self._type, self._text, self._who):
            field.first_widget().setAccessibleName(f"Part {self.number}: {field.title}")
        for each in (self.up, self.down, self.remove):
            each.setAccessibleName(f"Part {self.number}: {each.text()}")
        self._type.first_widget().setAccessibleDescription(self._explained.text())

    def value(self) -> dict[str, str] | None:
        """The part as a record holds it; None where nothing was written."""
        chosen, text, who = self._type.value(), self._text.value(), self._who.value()
        if not text and not who:
            return None
        found = {"type": chosen or "", "text": text or ""}
        return found | ({"attributed_to": who} if who else {})

    def typed(self) -> dict[str, Any]:
        """What stands in the part."""
        return {each.name: each.typed() for each in (self._type, self._text, self._who)}

    def restore(self, typed: dict[str, Any]) -> None:
        """Put back what stood in the part."""
        for each in (self._type, self._text, self._who):
            each.restore(typed.get(each.name))
        self._show_type()

    def complaint(self) -> tuple[str, QWidget] | None:
        """What is to be done about this part, and where; None where nothing is."""
        chosen = self._type.value()
        if not self._text.value():
            return ("write something, or remove it.", self._text.first_widget()) if self._who.value() else None
        for field in (self._text, self._who):
            if fault := text_fault(field.value() or ""):
                return about_text(fault), field.first_widget()
        if not chosen:
            return "choose what it is, for example a fact.", self._type.first_widget()
        if chosen in _NEED_A_NAME and not self._who.value():
            return "say who said it, or whose opinion it is.", self._who.first_widget()
        return None

    @property
    def controls(self) -> list[QWidget]:
        """What takes the focus, in order."""
        fields = (self._type, self._text, self._who)
        return [*(each.first_widget() for each in fields), self.up, self.down, self.remove]

    @property
    def text_widget(self) -> QWidget:
        """Where the text is written."""
        return self._text.first_widget()


class BlocksField(Field):
    """The parts of a note, in order; there is always at least one."""

    def __init__(self, name: str, title: str, hint: str = "") -> None:
        super().__init__(name, title, hint)
        self._blocks: list[Block] = []
        self._wrong: QWidget | None = None
        self._removed: tuple[int, dict[str, Any]] | None = None
        self._list = QVBoxLayout()
        self._list.setSpacing(GAP)
        self._layout.addLayout(self._list)
        self._undo_text = label("")
        self._undo = card(self._undo_text, row(button("Put it back", self._put_back)), role="notice")
        self._undo.hide()
        self._show([{}])
        self._layout.addWidget(self._undo)
        self._layout.addWidget(row(button("Add another part", self._add_and_go)))

    # Parts come and go. What they hold moves, they themselves stay: so Tab goes through them as they stand.

    def _show(self, parts: list[dict[str, Any]]) -> None:
        """Show these parts, with as many blocks as it takes."""
        self._wrong = None
        while len(self._blocks) > len(parts):
            last = self._blocks.pop()
            self._list.removeWidget(last)
            last.hide()
            last.deleteLater()
        while len(self._blocks) < len(parts):
            self._add_block()
        for number, (block, typed) in enumerate(zip(self._blocks, parts, strict=True), 1):
            if block.typed() != typed:
                block.restore(typed)
            block.show_number(number, len(parts))
        self.changed.emit()

    def _add_block(self) -> None:
        made = Block(self.changed.emit)
        made.up.clicked.connect(partial(self._move, made, -1))
        made.down.clicked.connect(partial(self._move, made, 1))
        made.remove.clicked.connect(partial(self._remove, made))
        self._list.addWidget(made)
        made.show()  # now and not when Qt comes to it: it takes the focus at once
        last: QWidget | None = self._blocks[-1].remove if self._blocks else None
        self._blocks.append(made)
        for each in made.controls:
            if last:
                QWidget.setTabOrder(last, each)
                last = each

    def _add_and_go(self) -> None:
        self._show([*self.typed(), {}])
        self._blocks[-1].text_widget.setFocus()

    def _move(self, block: Block, by: int, _checked: bool = False) -> None:
        at = self._blocks.index(block)
        parts = self.typed()
        parts.insert(at + by, parts.pop(at))
        self._show(parts)
        moved = self._blocks[at + by]
        wanted = (moved.down, moved.up) if by > 0 else (moved.up, moved.down)
        next(each for each in wanted if each.isEnabled()).setFocus()

    def _remove(self, block: Block, _checked: bool = False) -> None:
        at = self._blocks.index(block)
        parts = self.typed()
        self._removed = (at, parts.pop(at))
        self._undo_text.setText(f"Part {at + 1} was removed.")
        self._undo.show()
        self._blocks[min(at, len(parts) - 1)].text_widget.setFocus()
        self._show(parts)

    def _put_back(self) -> None:
        if self._removed:
            at, typed = self._removed
            self._removed = None
            parts = self.typed()
            at = min(at, len(parts))
            self._show([*parts[:at], typed, *parts[at:]])
            self._blocks[at].text_widget.setFocus()
        self._undo.hide()

    # What stands in them

    def value(self) -> list[dict[str, str]]:
        return [given for each in self._blocks if (given := each.value())]

    def typed(self) -> list[dict[str, Any]]:
        return [each.typed() for each in self._blocks]

    def restore(self, typed: Any) -> None:
        self._show(list(typed or [{}]))

    def complaint(self) -> str:
        self._wrong = None
        for each in self._blocks:
            if said := each.complaint():
                advice, self._wrong = said
                return f"Part {each.number}: {advice}" if len(self._blocks) > 1 else advice[0].upper() + advice[1:]
        return "" if self.value() else "Write what you want to keep."

    def first_widget(self) -> QWidget:
        return self._wrong or self._blocks[0].text_widget
