"""The chronology on the screen: what is on record, newest first, with filters; thousands of records are no trouble."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QLineEdit,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from spr_desktop.casework.chronology import Entry, entries
from spr_desktop.casework.words import short_day
from spr_desktop.records.case import Case
from ui.forms import People
from ui.parts import button, label
from ui.sayings import Said, people_of, said
from ui.theme import GAP, colours

GROUPS: Final[dict[str, tuple[str, ...]]] = {
    "Contact and notes": ("note", "touch_point", "session", "significant_event", "contact_triage"),
    "Safety": (
        *("safety_conversation", "safety_information", "life_event", "advice", "safety_action", "stop_lifted"),
        *("confidential_words", "caution_accepted"),
    ),
    "Agreement": ("privacy_notice", "agreement", "child_agreement", "sharing_basis"),
    "Support": (
        *("wraparound", "universal_offer", "course", "outcome_measure", "readiness", "child_voice"),
        *("conflict_profile", "suitability", "need", "plan", "court_matter"),
    ),
    "Referral": ("referral", "referral_progress", "document_made", "document_sent", "document_revoked"),
    "People": (
        *("person", "contact_point", "parental_responsibility", "relationship", "wants_without_children"),
        *("case_opened", "lead_professional"),
    ),
}
"""Kinds of record as people look for them; each kind is in one group."""

_SAFETY: Final = "Safety"
_EVERYTHING: Final = "Everything"
_EVERYBODY: Final = "Everybody"
_NOTHING_YET: Final = "Nothing is on record here yet. What you record appears here, newest first."
_NOTHING_FOUND: Final = "Nothing on record fits these filters. Choose Show everything to take them away."
_DAY: Final = re.compile(r"\s*(\d{1,2})[\s./-]+(\d{1,2})[\s./-]+(\d{4})\s*")
_MARKS_OF_DIRECTION: Final = str.maketrans("", "", "\u2068\u2069\u200e")
_PADDING: Final = 8
_LEAST_HEIGHT: Final = 150
_ROW_OF_FILTERS: Final = 700
"""From this width on the filters stand beside each other."""


class Row:
    """One entry, put into words when it is first seen or searched."""

    def __init__(self, entry: Entry, people: People, scope: str | None) -> None:
        self.entry = entry
        self._people = people
        self._scope = scope

    @cached_property
    def said(self) -> Said:
        """The record in words."""
        return said(self.entry.record, self._people, self._scope)

    @cached_property
    def searched(self) -> str:
        """Everything that a search looks at."""
        details = (text for _, text in self.said.details)
        parts = [self.said.title, self.said.line, *details, self.entry.recorded_by or ""]
        return " ".join(parts).translate(_MARKS_OF_DIRECTION).casefold()

    @property
    def when(self) -> str:
        """Day, and time where it is known."""
        at = f", {self.entry.time:%H:%M}" if self.entry.time else ""
        return short_day(self.entry.day) + at

    @property
    def by(self) -> str:
        """Who wrote it down, and whether it was corrected later."""
        return f"Recorded by {self.entry.recorded_by}" if self.entry.recorded_by else "Recorder not known"

    @property
    def words(self) -> str:
        """The whole row as a screen reader says it."""
        corrected = ", corrected later" if self.entry.is_superseded else ""
        return f"{self.when}, {self.said.title}: {self.said.line}. {self.by}{corrected}."


_Index = QModelIndex | QPersistentModelIndex


class RowsModel(QAbstractListModel):
    """The rows that the filters leave."""

    def __init__(self, rows: Sequence[Row], parent: QWidget) -> None:
        super().__init__(parent)
        self.rows = list(rows)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows instead."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.words
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.said.line
        return row if role == Qt.ItemDataRole.UserRole else None


class RowPainter(QStyledItemDelegate):
    """Draws a row: day and title, one line, and who wrote it down."""

    def sizeHint(self, option: QStyleOptionViewItem, _index: _Index) -> QSize:
        return QSize(0, QFontMetrics(option.font).lineSpacing() * 3 + 2 * _PADDING)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row: Row = index.data(Qt.ItemDataRole.UserRole)
        of = colours()
        state: QStyle.StateFlag = option.state
        rect: QRect = option.rect
        font: QFont = option.font
        painter.save()
        painter.fillRect(rect, QColor(of.chosen if state & QStyle.StateFlag.State_Selected else of.surface))
        painter.setPen(QColor(of.outline))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(of.focus), 2))
            painter.drawRect(rect.adjusted(2, 2, -2, -2))
        self._write(painter, rect.adjusted(_PADDING + 2, _PADDING, -_PADDING - 2, -_PADDING), font, row)
        painter.restore()

    def _write(self, painter: QPainter, inside: QRect, font: QFont, row: Row) -> None:
        of = colours()
        strong = QFont(font)
        strong.setWeight(QFont.Weight.DemiBold)
        height = QFontMetrics(font).lineSpacing()
        line = QRect(inside.x(), inside.y(), inside.width(), height)
        used = _text(painter, line, font, of.quiet, row.when)
        _text(painter, line.adjusted(used + 2 * GAP, 0, 0, 0), strong, of.text, row.said.title)
        line.translate(0, height)
        _text(painter, line, font, of.text, row.said.line)
        line.translate(0, height)
        corrected = 0
        if row.entry.is_superseded:
            corrected = _text(painter, line, strong, of.caution, "Corrected later") + 2 * GAP
        _text(painter, line.adjusted(corrected, 0, 0, 0), font, of.quiet, row.by)


def _text(painter: QPainter, room: QRect, font: QFont, colour: str, text: str) -> int:
    """Write one line, cut short where there is no room; gives the width it took."""
    measure = QFontMetrics(font)
    shown = measure.elidedText(" ".join(text.split()), Qt.TextElideMode.ElideRight, max(room.width(), 0))
    painter.setFont(font)
    painter.setPen(QColor(colour))
    flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
    painter.drawText(room, int(flags) | int(Qt.TextFlag.TextForceLeftToRight), shown)
    return measure.horizontalAdvance(shown)


class Chronology(QWidget):
    """Filters, and below them what is on record."""

    opened = Signal(str)
    """Id of the record that somebody wants to read."""

    def __init__(self, case: Case, *, scope: str | None = None, compact: bool = False) -> None:
        """With a person's id as ``scope`` only what that parent's page may show; ``compact`` beside an editor."""
        super().__init__()
        people = people_of(case)
        self._rows = [Row(each, people, scope) for each in entries(case, scope)]
        names = people.everybody if scope is None else {scope: people.everybody[scope]} | people.children
        self._group = self._list_of("Kind of record", [_EVERYTHING, *(_groups(scope))], list(_groups(scope)))
        self._person = self._list_of("Person", [_EVERYBODY, *names.values()], list(names))
        self._since = self._box("From", "like 3 11 2026")
        self._until = self._box("To", "like 3 11 2026")
        self._search = self._box("Words", "Search in these records")
        self._all = button("Show everything", self.show_everything, "link")
        self._all.setParent(self)
        self._count = label("", "quiet")
        self._empty = label("")
        self._empty.setAlignment(self._empty.alignment() & ~Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignTop)
        self._model = RowsModel(self._rows, self)
        self._view = QListView(self)
        self._build_view()
        self._compact = compact
        self._across = 0
        self._labels: list[QWidget] = []
        self._filters = QGridLayout()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        layout.addLayout(self._filters)
        layout.addWidget(self._count)
        layout.addWidget(self._empty, 1)
        layout.addWidget(self._view, 1)
        self._place_filters(2)
        self._filter()

    def _build_view(self) -> None:
        self._view.setModel(self._model)
        self._view.setItemDelegate(RowPainter(self._view))
        self._view.setUniformItemSizes(True)
        self._view.setMinimumHeight(_LEAST_HEIGHT)
        self._view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._view.setAccessibleName("On record, newest first")
        self._view.setAccessibleDescription("Enter opens a record.")
        self._view.activated.connect(self._open)

    def _list_of(self, name: str, words: Sequence[str], values: Sequence[str]) -> QComboBox:
        made = QComboBox(self)
        made.setAccessibleName(name)
        for text, value in zip(words, [None, *values], strict=True):
            made.addItem(text, value)
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        made.setMinimumContentsLength(10)
        made.currentIndexChanged.connect(self._filter)
        return made

    def _box(self, name: str, hint: str) -> QLineEdit:
        made = QLineEdit(self)
        made.setAccessibleName(name)
        made.setAccessibleDescription(hint)
        made.setPlaceholderText(hint)
        made.setMinimumWidth(100)
        made.textChanged.connect(self._filter)
        return made

    # Where the filters stand

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self._place_filters(4 if self.width() >= _ROW_OF_FILTERS else 2)

    def _place_filters(self, across: int) -> None:
        if across == self._across:
            return
        self._across = across
        self._filters.setSpacing(GAP // 2)
        self._filters.setHorizontalSpacing(GAP)
        for old in self._labels:
            old.deleteLater()
        self._labels.clear()
        if self._compact:
            self._filters.addWidget(self._group, 0, 0)
            self._filters.addWidget(self._search, 0, 1)
            for each in (self._person, self._since, self._until, self._all):
                each.hide()
            return
        fields = (self._group, self._person, self._since, self._until)
        for number, field in enumerate(fields):
            self._place(field, number // across * 2, number % across)
        last = len(fields) // across * 2
        self._place(self._search, last, 0, max(across - 1, 1))
        self._filters.addWidget(self._all, last + 1, across - 1)
        for column in range(4):
            self._filters.setColumnStretch(column, 1 if column < across else 0)

    def _place(self, field: QWidget, row: int, column: int, wide: int = 1) -> None:
        above = label(field.accessibleName(), "label")
        above.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        above.setBuddy(field)
        self._labels.append(above)
        self._filters.addWidget(above, row, column, 1, wide)
        self._filters.addWidget(field, row + 1, column, 1, wide)

    # Filtering

    def show_person(self, person_id: str | None) -> None:
        """Show what is about one person, or about everybody."""
        self._person.setCurrentIndex(max(self._person.findData(person_id), 0))

    def show_everything(self) -> None:
        """Take every filter away."""
        self._group.setCurrentIndex(0)
        self._person.setCurrentIndex(0)
        for each in (self._search, self._since, self._until):
            each.clear()

    def _filter(self) -> None:
        since, until = _day_in(self._since.text()), _day_in(self._until.text())
        kinds = GROUPS.get(self._group.currentData() or "")
        person = self._person.currentData()
        words = self._search.text().casefold().split()
        found = [
            each
            for each in self._rows
            if (kinds is None or each.entry.kind in kinds)
            and (person is None or person in each.entry.about)
            and (since is None or each.entry.day >= since)
            and (until is None or each.entry.day <= until)
            and all(word in each.searched for word in words)
        ]
        self._model.show_rows(found)
        self._say(len(found))

    def _say(self, count: int) -> None:
        self._view.setVisible(count > 0)
        self._empty.setVisible(count == 0)
        self._empty.setText(_NOTHING_FOUND if self._rows else _NOTHING_YET)
        unread = [each for each in (self._since, self._until) if each.text().strip() and not _day_in(each.text())]
        told = f"{count:,} of {len(self._rows):,} records" if count < len(self._rows) else f"{count:,} records"
        told = "1 record" if count == len(self._rows) == 1 else told
        self._count.setText("Enter days like 3 11 2026." if unread else told)
        self._count.setVisible(bool(self._rows))

    def _open(self, index: QModelIndex) -> None:
        row: Row = index.data(Qt.ItemDataRole.UserRole)
        self.opened.emit(row.entry.record.id)


def _groups(scope: str | None) -> list[str]:
    """A parent's page shows nothing of the safety of anybody, and does not speak of it."""
    return [each for each in GROUPS if scope is None or each != _SAFETY]


def _day_in(text: str) -> date | None:
    """A day as people type it; None while it is not one."""
    form = _DAY.fullmatch(text)
    if form is None:
        return None
    day, month, year = (int(each) for each in form.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None
