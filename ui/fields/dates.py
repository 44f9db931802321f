"""Dates as day, month and year, with a time beside them where it matters."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Final

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from ui.fields.field import Field
from ui.parts import button, row

_PARTS: Final = (("Day", 2), ("Month", 5), ("Year", 4))
"""What each box is for, and for how many figures it has room."""
_LONGEST: Final = 40
"""A date that is pasted whole, in words, fits."""
_MONTHS: Final = (
    "january february march april may june july august september october november december".split()  # noqa: SIM905
)
_WHOLE = re.compile(
    r"\s*(?P<day>\d{1,2})(?:st|nd|rd|th)?[\s/.\-]+(?P<month>\d{1,2}|[A-Za-z]{3,9})[\s/.,\-]+(?P<year>\d{2,4})\s*",
    re.ASCII,
)
_ISO = re.compile(r"\s*(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})\s*", re.ASCII)
_TIME = re.compile(r"(?P<hour>\d{1,2})[:.]?(?P<minute>\d{2})(?::(?P<second>\d{2}))?\s*(?P<half>am|pm)?", re.ASCII)
_HOUR = re.compile(r"(?P<hour>\d{1,2})\s*(?P<half>am|pm)", re.ASCII)


class DateField(Field):
    """Day, month and year in three boxes, and a button for today; a whole date may be pasted into any of them."""

    def __init__(self, name: str, title: str, hint: str = "", *, start_with: date | None = None) -> None:
        super().__init__(name, title, hint or "For example 3 11 2026")
        self._day, self._month, self._year = (self._box(of, figures) for of, figures in _PARTS)
        today = button("Today", lambda: self.restore(date.today().isoformat()), name=f"{title}: today")
        self._boxes = row(self._day, self._month, self._year, today)
        self._layout.addWidget(self._boxes)
        if start_with:
            self.restore(start_with.isoformat())

    def _box(self, of: str, figures: int) -> QLineEdit:
        box = QLineEdit()
        box.setMaxLength(_LONGEST)
        box.setPlaceholderText(of)
        box.setFixedWidth(box.fontMetrics().horizontalAdvance("0" * figures) + 48)
        box.textChanged.connect(self._take)
        self._name_for_readers(box, of)
        return box

    def _take(self, text: str) -> None:
        """Spread a date that was pasted whole over the boxes."""
        whole = _WHOLE.fullmatch(text) or _ISO.fullmatch(text)
        if whole:
            self._put([whole["day"], str(_month(whole["month"]) or whole["month"]), whole["year"]])
        self.changed.emit()

    def _put(self, parts: list[str]) -> None:
        for box, text in zip((self._day, self._month, self._year), parts, strict=True):
            box.setText(text)

    def value(self) -> str | None:
        day, month, year = (box.text().strip() for box in (self._day, self._month, self._year))
        if not day + month + year:
            return None
        return f"{year.zfill(4)}-{str(_month(month) or month).zfill(2)}-{day.zfill(2)}"

    def complaint(self) -> str:
        parts = [box.text().strip() for box in (self._day, self._month, self._year)]
        if not any(parts):
            return ""
        if not all(parts):
            return "Enter the day, the month and the year, like 3 11 2026."
        if re.fullmatch(r"\d{1,3}", parts[2], re.ASCII):
            return "Enter the year with four figures, like 2026."
        try:
            date.fromisoformat((self.value() or "")[:10])
        except ValueError:
            return "Enter a date that exists, like 3 11 2026."
        return ""

    def typed(self) -> list[str]:
        return [self._day.text(), self._month.text(), self._year.text()]

    def restore(self, typed: Any) -> None:
        if isinstance(typed, str):
            year, month, day = typed[:10].split("-")
            typed = [str(int(day)), str(int(month)), year]
        self._put((typed or ["", "", ""])[:3])

    def first_widget(self) -> QWidget:
        return self._day


class DateTimeField(DateField):
    """A date and a time of the day; the time may be left open unless it is needed."""

    def __init__(
        self, name: str, title: str, hint: str = "", *, start_with: date | None = None, needs_time: bool = False
    ) -> None:
        self._needs_time = needs_time
        self._time: QLineEdit | None = None
        super().__init__(name, title, hint or f"For example 3 11 2026{', at 10:30' if needs_time else ''}")
        self._time = QLineEdit()
        self._time.setMaxLength(_LONGEST)
        self._time.setPlaceholderText("Time" if needs_time else "Time (optional)")
        self._time.setFixedWidth(self._time.fontMetrics().horizontalAdvance("Time (optional)") + 32)
        self._time.textChanged.connect(self.changed)
        self._name_for_readers(self._time, "Time, like 10:30" if needs_time else "Time (optional), like 10:30")
        boxes = self._boxes.layout()
        assert isinstance(boxes, QHBoxLayout)
        boxes.insertWidget(boxes.count() - 1, self._time)
        if start_with:
            self.restore(start_with.isoformat())

    def value(self) -> str | None:
        day = super().value()
        typed = self._time.text().strip() if self._time else ""
        return f"{day or ''}T{_time(typed) or typed}" if typed else day

    def complaint(self) -> str:
        typed = self._time.text().strip() if self._time else ""
        if typed and not any(DateField.typed(self)):
            return "Enter the day as well, like 3 11 2026."
        if said := super().complaint():
            return said
        if typed and not _time(typed):
            return "Enter a time like 10:30."
        if self._needs_time and not typed and self.value():
            return "Enter the time as well, like 10:30."
        return ""

    def typed(self) -> list[str]:
        return [*super().typed(), self._time.text() if self._time else ""]

    def restore(self, typed: Any) -> None:
        super().restore(typed)
        if self._time is None:
            return
        if isinstance(typed, str):
            self._time.setText(typed[11:])
        else:
            self._time.setText("".join((typed or [])[3:4]))


def _month(typed: str) -> int | None:
    """The number of a month that was written as a word, or the first letters of it."""
    word = typed.casefold()
    found = [number for number, name in enumerate(_MONTHS, 1) if len(word) >= 3 and name.startswith(word)]
    if word == "sept":
        found = [9]
    return found[0] if len(found) == 1 else None


def _time(typed: str) -> str | None:
    """A time of the day as a record holds it, from what people write."""
    form = _TIME.fullmatch(typed.casefold()) or _HOUR.fullmatch(typed.casefold())
    if form is None:
        return None
    parts = form.groupdict()
    hour, minute, second = int(parts["hour"]), int(parts.get("minute") or 0), int(parts.get("second") or 0)
    if parts["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if parts["half"] == "pm" else 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    return f"{hour:02}:{minute:02}" + (f":{second:02}" if second else "")
