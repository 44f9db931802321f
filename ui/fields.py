"""Fields of forms: each shows a label and a hint above, gives plain values, and takes back what was typed.

What a field gives is what a case document would hold; an empty field gives None.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from ui.parts import button, in_lines, label, row
from ui.theme import GAP, MEASURE

TEXT_LIMIT = 100_000
"""Characters that a record's text may hold."""
LINE_LIMIT = 1_000


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

    def value(self) -> Any:
        """What was filled in, as a case document would hold it; None if nothing was."""
        raise NotImplementedError

    def typed(self) -> Any:
        """What stands in the field, finished or not, for a draft."""
        return self.value()

    def restore(self, typed: Any) -> None:
        """Put back what stood in the field."""
        raise NotImplementedError

    def first_widget(self) -> QWidget:
        """What gets the focus."""
        raise NotImplementedError

    def show_error(self, message: str) -> None:
        """Say what to do about the field; an empty message takes that back."""
        self._error.setText(message)
        self._error.setVisible(bool(message))

    def _name_for_readers(self, widget: QWidget, of: str = "") -> None:
        widget.setAccessibleName(f"{self.title}: {of}" if of else self.title)
        widget.setAccessibleDescription(self._hint)


class LineField(Field):
    """One line of text."""

    def __init__(self, name: str, title: str, hint: str = "") -> None:
        super().__init__(name, title, hint)
        self._edit = QLineEdit()
        self._edit.setMaxLength(LINE_LIMIT)
        self._edit.setMaximumWidth(MEASURE)
        self._edit.textChanged.connect(self.changed)
        self._label.setBuddy(self._edit)
        self._name_for_readers(self._edit)
        self._layout.addWidget(self._edit)

    def value(self) -> str | None:
        return self._edit.text().strip() or None

    def typed(self) -> str:
        return self._edit.text()

    def restore(self, typed: Any) -> None:
        self._edit.setText(str(typed or ""))

    def first_widget(self) -> QWidget:
        return self._edit


class TextField(Field):
    """Several lines of text; Tab goes on to the next field."""

    def __init__(self, name: str, title: str, hint: str = "", *, lines: int = 4) -> None:
        super().__init__(name, title, hint)
        self._edit = QPlainTextEdit()
        self._edit.setTabChangesFocus(True)
        self._edit.setMaximumWidth(MEASURE)
        self._edit.setFixedHeight(self._edit.fontMetrics().lineSpacing() * lines + 18)
        self._edit.textChanged.connect(self._keep_to_limit)
        self._label.setBuddy(self._edit)
        self._name_for_readers(self._edit)
        self._layout.addWidget(self._edit)

    def _keep_to_limit(self) -> None:
        over = len(self._edit.toPlainText()) - TEXT_LIMIT
        self.show_error(f"This is {over:,} characters too long. Shorten it before you save." if over > 0 else "")
        self.changed.emit()

    def value(self) -> str | None:
        return self._edit.toPlainText().strip() or None

    def typed(self) -> str:
        return self._edit.toPlainText()

    def restore(self, typed: Any) -> None:
        self._edit.setPlainText(str(typed or ""))

    def first_widget(self) -> QWidget:
        return self._edit


class LinesField(TextField):
    """A list of texts, one a line."""

    def value(self) -> Any:
        return [each.strip() for each in self._edit.toPlainText().splitlines() if each.strip()]


class DateField(Field):
    """Day, month and year in three boxes, and a button for today."""

    def __init__(self, name: str, title: str, hint: str = "", *, start_with: date | None = None) -> None:
        super().__init__(name, title, hint or "For example 3 11 2026")
        self._day, self._month, self._year = (self._box(of, digits) for of, digits in _DATE_PARTS)
        today = button("Today", lambda: self.restore(date.today().isoformat()), name=f"{title}: today")
        self._layout.addWidget(row(self._day, self._month, self._year, today))
        if start_with:
            self.restore(start_with.isoformat())

    def _box(self, of: str, digits: int) -> QLineEdit:
        box = QLineEdit()
        box.setMaxLength(digits)
        box.setPlaceholderText(of)
        box.setFixedWidth(box.fontMetrics().horizontalAdvance("0" * digits) + 48)
        box.textChanged.connect(self.changed)
        self._name_for_readers(box, of)
        return box

    def value(self) -> str | None:
        day, month, year = (box.text().strip() for box in (self._day, self._month, self._year))
        if not day + month + year:
            return None
        return f"{year.zfill(4)}-{month.zfill(2)}-{day.zfill(2)}"

    def typed(self) -> list[str]:
        return [self._day.text(), self._month.text(), self._year.text()]

    def restore(self, typed: Any) -> None:
        if isinstance(typed, str):
            year, month, day = typed[:10].split("-")
            typed = [str(int(day)), str(int(month)), year]
        for box, text in zip((self._day, self._month, self._year), typed or ["", "", ""], strict=True):
            box.setText(text)

    def first_widget(self) -> QWidget:
        return self._day


_DATE_PARTS = (("Day", 2), ("Month", 2), ("Year", 4))

Choices = Sequence[tuple[str, str]]
"""Codes and the words for them."""


class ChoiceField(Field):
    """One of a few, all of them seen; none is chosen at first."""

    def __init__(self, name: str, title: str, choices: Choices, hint: str = "", *, has_title: bool = True) -> None:
        super().__init__(name, title, hint)
        self._label.setVisible(has_title)
        self._group = QButtonGroup(self)
        self._codes = [code for code, _ in choices]
        for number, (_, words) in enumerate(choices):
            each = QRadioButton(in_lines(words))
            self._name_for_readers(each, words)
            each.setMaximumWidth(MEASURE)
            self._group.addButton(each, number)
            self._layout.addWidget(each)
        self._group.idToggled.connect(lambda *_: self.changed.emit())

    def value(self) -> str | None:
        chosen = self._group.checkedId()
        return self._codes[chosen] if chosen >= 0 else None

    def restore(self, typed: Any) -> None:
        if typed in self._codes:
            self._group.button(self._codes.index(typed)).setChecked(True)

    def first_widget(self) -> QWidget:
        return self._group.checkedButton() or self._group.button(0)


class ListField(Field):
    """One of many, in a list that opens."""

    def __init__(self, name: str, title: str, choices: Choices, hint: str = "") -> None:
        super().__init__(name, title, hint)
        self._box = QComboBox()
        self._box.setMaximumWidth(MEASURE // 2)
        self._box.addItem("Choose", None)
        for code, words in choices:
            self._box.addItem(words, code)
        self._box.currentIndexChanged.connect(lambda _: self.changed.emit())
        self._label.setBuddy(self._box)
        self._name_for_readers(self._box)
        self._layout.addWidget(self._box)

    def value(self) -> str | None:
        return self._box.currentData()  # type: ignore[no-any-return]

    def restore(self, typed: Any) -> None:
        self._box.setCurrentIndex(max(self._box.findData(typed), 0))

    def first_widget(self) -> QWidget:
        return self._box


class TicksField(Field):
    """Any of a few."""

    def __init__(self, name: str, title: str, choices: Choices, hint: str = "") -> None:
        super().__init__(name, title, hint)
        self._ticks: dict[str, QCheckBox] = {}
        for code, words in choices:
            each = QCheckBox(in_lines(words))
            self._name_for_readers(each, words)
            each.toggled.connect(lambda _: self.changed.emit())
            self._ticks[code] = each
            self._layout.addWidget(each)

    def value(self) -> list[str]:
        return [code for code, tick in self._ticks.items() if tick.isChecked()]

    def restore(self, typed: Any) -> None:
        for code, tick in self._ticks.items():
            tick.setChecked(code in (typed or []))

    def first_widget(self) -> QWidget:
        return next(iter(self._ticks.values()), self)


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

    def first_widget(self) -> QWidget:
        return self._parts[0].first_widget()
