"""What all fields have in common, and fields that are made of fields."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.parts import label
from ui.theme import GAP


class Field(QWidget):
    """A label, a hint, room for an error, and something to fill in."""

    changed = Signal()

    def __init__(self, name: str, title: str, hint: str = "") -> None:
        super().__init__()
        self.name = name
        self.title = title
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(GAP // 2)
        self._label = label(title, "label")
        self._layout.addWidget(self._label)
        if hint:
            self._layout.addWidget(label(hint, "quiet"))
        self._error = label("", "error")
        self._error.hide()
        self._layout.addWidget(self._error)
        self._hint = hint
        self._remarked = ""

    def set_title(self, title: str) -> None:
        """Ask otherwise."""
        self.title = title
        self._label.setText(title)

    def value(self) -> Any:
        """What was filled in, as a case document would hold it; None if nothing was."""
        raise NotImplementedError

    def typed(self) -> Any:
        """What stands in the field, finished or not, for a draft."""
        return self.value()

    def restore(self, typed: Any) -> None:
        """Put back what stood in the field; also takes the value of a record."""
        raise NotImplementedError

    def first_widget(self) -> QWidget:
        """What gets the focus."""
        raise NotImplementedError

    def complaint(self) -> str:
        """What to do about what was typed, where the field itself sees that it cannot stay; else empty."""
        return ""

    def show_error(self, message: str) -> None:
        """Say what to do about the field; an empty message takes that back."""
        was_shown = bool(self._error.text())
        self._error.setText(message)
        self._error.setVisible(bool(message))
        if message or was_shown:
            self._describe()

    def _remark(self, said: str) -> None:
        """Let screen readers say something else about what was typed, beside the hint and the error."""
        self._remarked = said
        self._describe()

    def _describe(self) -> None:
        parts = (self._error.text(), self._hint, self._remarked)
        self.first_widget().setAccessibleDescription(" ".join(filter(None, parts)))

    def _name_for_readers(self, widget: QWidget, of: str = "") -> None:
        widget.setAccessibleName(f"{self.title}: {of}" if of else self.title)
        widget.setAccessibleDescription(self._hint)


class GroupField(Field):
    """Several fields that make one value, such as a professional."""

    def __init__(self, name: str, title: str, parts: Sequence[Field], hint: str = "") -> None:
        super().__init__(name, title, hint)
        self._parts = parts
        for part in parts:
            part.changed.connect(self.changed)
            self._layout.addWidget(part)

    def value(self) -> dict[str, Any]:
        return {part.name: given for part in self._parts if (given := part.value()) is not None}

    def typed(self) -> dict[str, Any]:
        return {part.name: part.typed() for part in self._parts}

    def restore(self, typed: Any) -> None:
        for part in self._parts:
            part.restore((typed or {}).get(part.name))

    def complaint(self) -> str:
        return next((said for part in self._parts if (said := part.complaint())), "")

    def first_widget(self) -> QWidget:
        return self._parts[0].first_widget()
