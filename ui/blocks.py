"""A note in typed parts: each says whether it is a fact, what somebody said, what was seen, an opinion or analysis.

Parts are added, removed (and put back), and moved, all by keyboard.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui.fields import Field, LineField, ListField, TextField
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
        self._who.setVisible(bool(question))
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
        return found | ({"attributed_to": who} if who and chosen in _NEED_A_NAME else {})

    def typed(self) -> dict[str, Any]:
        """What stands in the part."""
        return {each.name: each.typed() for each in (self._type, self._text, self._who)}

    def restore(self, typed: dict[str, Any]) -> None:
        """Put back what stood in the part."""
        for each in (self._type, self._text, self._who):
            each.restore(typed.get(each.name))

    def complaint(self) -> tuple[str, QWidget] | None:
        """What is to be done about this part, and where; None where nothing is."""
        chosen = self._type.value()
        if not self._text.value():
            return ("write something, or remove it.", self._text.first_widget()) if self._who.value() else None
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
        self._layout.addWidget(self._undo)
        self._layout.addWidget(row(button("Add another part", self._add_and_go)))
        self._insert(0)

    # Parts come and go

    def _insert(self, at: int, typed: dict[str, Any] | None = None) -> Block:
        made = Block(self.changed.emit)
        made.up.clicked.connect(partial(self._move, made, -1))
        made.down.clicked.connect(partial(self._move, made, 1))
        made.remove.clicked.connect(partial(self._remove, made))
        if typed:
            made.restore(typed)
        self._blocks.insert(at, made)
        self._list.insertWidget(at, made)
        self._put_in_order()
        return made

    def _put_in_order(self) -> None:
        """Number the parts, and let Tab go through them as they stand."""
        for number, each in enumerate(self._blocks, 1):
            each.show_number(number, len(self._blocks))
        for one, next_one in zip(self._blocks, self._blocks[1:], strict=False):
            _tab_after(one, next_one)
        self.changed.emit()

    def _add_and_go(self) -> None:
        self._insert(len(self._blocks)).text_widget.setFocus()

    def _move(self, block: Block, by: int, _checked: bool = False) -> None:
        at = self._blocks.index(block)
        self._blocks.insert(at + by, self._blocks.pop(at))
        self._list.removeWidget(block)
        self._list.insertWidget(at + by, block)
        self._put_in_order()
        for each in (block.down, block.up) if by > 0 else (block.up, block.down):
            if each.isEnabled():
                each.setFocus()
                break

    def _remove(self, block: Block, _checked: bool = False) -> None:
        at = self._blocks.index(block)
        self._removed = (at, block.typed())
        self._undo_text.setText(f"Part {block.number} was removed.")
        self._undo.show()
        self._blocks.remove(block)
        self._list.removeWidget(block)
        self._blocks[min(at, len(self._blocks) - 1)].text_widget.setFocus()
        block.hide()
        block.deleteLater()
        self._put_in_order()

    def _put_back(self) -> None:
        if self._removed:
            at, typed = self._removed
            self._removed = None
            self._insert(at, typed).text_widget.setFocus()
        self._undo.hide()

    # What stands in them

    def value(self) -> list[dict[str, str]]:
        return [given for each in self._blocks if (given := each.value())]

    def typed(self) -> list[dict[str, Any]]:
        return [each.typed() for each in self._blocks]

    def restore(self, typed: Any) -> None:
        for each in self._blocks:
            self._list.removeWidget(each)
            each.deleteLater()
        self._blocks = []
        for each in typed or [{}]:
            self._insert(len(self._blocks), each)

    def complaint(self) -> str:
        self._wrong = None
        for each in self._blocks:
            if said := each.complaint():
                advice, self._wrong = said
                return f"Part {each.number}: {advice}" if len(self._blocks) > 1 else advice.capitalize()
        return "" if self.value() else "Write what you want to keep."

    def first_widget(self) -> QWidget:
        wrong, self._wrong = self._wrong, None
        return wrong or self._blocks[0].text_widget


def _tab_after(one: Block, other: Block) -> None:
    """Let Tab go from the last control of one part to the first of the other, and through that one in order."""
    last = one.controls[-1]
    for each in other.controls:
        QWidget.setTabOrder(last, each)
        last = each
