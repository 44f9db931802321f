"""Fields to choose in: one of a few, one of many, any of a few, people who were there.

A row of choices is at least 36 pixels high and takes a click over its whole width.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QComboBox, QRadioButton, QSizePolicy, QWidget

from ui.fields.field import Field
from ui.fields.texts import LinesField
from ui.parts import button, in_lines, label, row
from ui.theme import measure

Choices = Sequence[tuple[str, str]]
"""Codes and the words for them."""

_ROW_HEIGHT: Final = 36
_NOTHING_YET: Final = "Nothing to choose from is on record yet."


class _Radio(QRadioButton):
    """A choice that takes a click anywhere on its row."""

    def hitButton(self, at: QPoint) -> bool:
        return self.rect().contains(at)


class _Tick(QCheckBox):
    """A tick that takes a click anywhere on its row."""

    def hitButton(self, at: QPoint) -> bool:
        return self.rect().contains(at)


def _as_row(made: QRadioButton | QCheckBox) -> None:
    made.setMinimumHeight(_ROW_HEIGHT)
    made.setMaximumWidth(measure())
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)


class ChoiceField(Field):
    """One of a few, all of them seen; none is chosen at first."""

    def __init__(
        self,
        name: str,
        title: str,
        choices: Choices,
        hint: str = "",
        *,
        has_title: bool = True,
        may_be_left: bool = False,
    ) -> None:
        """``may_be_left`` gives a way back to having chosen nothing."""
        super().__init__(name, title, hint)
        self._label.setVisible(has_title)
        self._group = QButtonGroup(self)
        self.choices = choices
        self._codes = [code for code, _ in choices]
        for number, (_, words) in enumerate(choices):
            each = _Radio(in_lines(words))
            self._name_for_readers(each, words)
            _as_row(each)
            self._group.addButton(each, number)
            self._layout.addWidget(each)
        if not choices:
            self._layout.addWidget(label(_NOTHING_YET, "quiet"))
        self._take_back = button("Take the choice back", self._choose_nothing, "link", name=f"Take back: {title}")
        self._take_back.hide()
        self._may_be_left = may_be_left
        self._layout.addWidget(row(self._take_back))
        self._group.idToggled.connect(self._show_choice)

    def _show_choice(self) -> None:
        self._take_back.setVisible(self._may_be_left and self._group.checkedId() >= 0)
        self.changed.emit()

    def _choose_nothing(self) -> None:
        self.first_widget().setFocus()
        self.restore(None)

    def value(self) -> str | None:
        chosen = self._group.checkedId()
        return self._codes[chosen] if chosen >= 0 else None

    def restore(self, typed: Any) -> None:
        chosen = self._group.checkedButton()
        if typed in self._codes:
            self._group.button(self._codes.index(typed)).setChecked(True)
        elif typed is None and chosen:
            self._group.setExclusive(False)
            chosen.setChecked(False)
            self._group.setExclusive(True)
            self._show_choice()

    def first_widget(self) -> QWidget:
        return self._group.checkedButton() or self._group.button(0) or self


class ListField(Field):
    """One of many, in a list that opens."""

    def __init__(self, name: str, title: str, choices: Choices, hint: str = "") -> None:
        super().__init__(name, title, hint)
        self._box = _Box()
        self._box.setMaximumWidth(measure() // 2)
        self._box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._box.setMinimumContentsLength(24)
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


class _Box(QComboBox):
    """Changes by keys and clicks only: a page that is scrolled past must not change an answer."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class TicksField(Field):
    """Any of a few. What was put back and is not offered here stays in the value: it is not this page's to drop."""

    def __init__(self, name: str, title: str, choices: Choices, hint: str = "") -> None:
        super().__init__(name, title, hint)
        self._ticks: dict[str, QCheckBox] = {}
        self._unseen: list[str] = []
        for code, words in choices:
            each = _Tick(in_lines(words))
            self._name_for_readers(each, words)
            _as_row(each)
            each.toggled.connect(lambda _: self.changed.emit())
            self._ticks[code] = each
            self._layout.addWidget(each)
        if not choices:
            self._layout.addWidget(label(_NOTHING_YET, "quiet"))

    def value(self) -> list[str]:
        return [code for code, tick in self._ticks.items() if tick.isChecked()] + self._unseen

    def restore(self, typed: Any) -> None:
        for code, tick in self._ticks.items():
            tick.setChecked(code in (typed or []))
        self._unseen = [each for each in typed or [] if each not in self._ticks]

    def first_widget(self) -> QWidget:
        return next(iter(self._ticks.values()), self)


class PresentField(TicksField):
    """People: those on record as ticks, anybody else by name, one a line."""

    def __init__(
        self, name: str, title: str, choices: Choices, hint: str = "", *, not_offered: Collection[str] = ()
    ) -> None:
        """``not_offered`` are ids of people who are on record and must not be seen here."""
        super().__init__(name, title, choices, hint)
        self._not_offered = not_offered
        self._others = LinesField("others", "Anybody else (optional)", "One name a line", lines=2)
        self._others.changed.connect(self.changed)
        self._layout.addWidget(self._others)

    def value(self) -> list[str]:
        return [*super().value(), *self._others.value()]

    def restore(self, typed: Any) -> None:
        known = [each for each in typed or [] if each in self._ticks or each in self._not_offered]
        super().restore(known)
        self._others.restore([each for each in typed or [] if each not in known])

    def first_widget(self) -> QWidget:
        return super().first_widget() if self._ticks else self._others.first_widget()
