"""Families: a search, and the caseload as a table."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QCheckBox, QHeaderView, QLineEdit, QTableView, QVBoxLayout

from spr_desktop.casework.words import OUTCOMES, service_title, short_day
from ui.desk import Desk, Place
from ui.parts import button, label, paint_outcome, row, side_by_side
from ui.theme import AROUND, BETWEEN, colours

if TYPE_CHECKING:
    from spr_desktop.casework.summary import CaseSummary

Index = QModelIndex | QPersistentModelIndex

_COLUMNS: Final = ("Reference", "Names", "Outcome", "Next step", "Service", "Due", "Last contact")
_WIDTHS: Final = (110, 250, 190, 300, 160, 120, 120)
_NAMES = 1
_OUTCOME = 2
_TYPING_PAUSE: Final = 120
"""Milliseconds after the last key before a search begins."""


class CaseloadTable(QAbstractTableModel):
    """The lines of the caseload, as a table reads them."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[CaseSummary] = []
        self.names_hidden = False

    def show(self, rows: list[CaseSummary]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(_COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return _COLUMNS[section]
        if role == Qt.ItemDataRole.TextAlignmentRole and orientation == Qt.Orientation.Horizontal:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        summary = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(summary, index.column())
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{_COLUMNS[index.column()]}: {self._text(summary, index.column())}"
        if index.column() == _OUTCOME and role == Qt.ItemDataRole.DecorationRole:
            return outcome_picture(summary.outcome)
        if index.column() == _OUTCOME and role == Qt.ItemDataRole.ForegroundRole:
            return QColor(colours().outcome(summary.outcome))
        return None

    def _text(self, summary: CaseSummary, column: int) -> str:
        return (
            summary.case_ref,
            "Hidden" if self.names_hidden else side_by_side(summary.names),
            OUTCOMES[summary.outcome] + (", urgent" if summary.urgent else ""),
            summary.next_step,
            service_title(summary.service) if summary.service else "",
            short_day(summary.due_on),
            short_day(summary.last_contact),
        )[column]


def outcome_picture(outcome: str) -> QPixmap:
    """The shape of an outcome as a small picture."""
    picture = QPixmap(18, 18)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_outcome(painter, outcome, 0, 0, 18)
    painter.end()
    return picture


class Families(Place):
    """The caseload; typing searches it, Enter opens a family."""

    title = "Families"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._search = QLineEdit()
        self._search.setPlaceholderText("A name or a reference")
        self._search.setAccessibleName("Search families by name or reference")
        self._search.setClearButtonEnabled(True)
        self._pause = QTimer(self, singleShot=True, interval=_TYPING_PAUSE)
        self._pause.timeout.connect(self._find)
        self._search.textChanged.connect(self._pause.start)
        self._search.returnPressed.connect(self._open_first)
        self._hide_names = QCheckBox("Hide names")
        self._hide_names.setAccessibleName("Hide names")
        self._hide_names.toggled.connect(self._set_names_hidden)
        self._model = CaseloadTable()
        self._table = self._make_table()
        self._nothing = label("", "heading")
        self._nothing_hint = label("", "quiet")
        self._build()
        self._find()

    def _make_table(self) -> QTableView:
        table = QTableView()
        table.setAccessibleName("Families")
        table.setModel(self._model)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)  # Tab leaves the table; arrows move in it
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(40)
        table.horizontalHeader().setHighlightSections(False)
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for column, width in enumerate(_WIDTHS):
            table.setColumnWidth(column, width)
        table.horizontalHeader().setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        table.activated.connect(lambda index: self._open(index.row()))
        return table

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(AROUND, 0, AROUND, BETWEEN)
        layout.setSpacing(BETWEEN)
        layout.addWidget(label("Families", "title"))
        new = button("New family  Ctrl+N", self._desk.show_new_family, name="New family")
        tools = row(self._search, self._hide_names, new, stretch=False)
        tools.layout().setStretch(0, 1)  # type: ignore[union-attr]
        layout.addWidget(tools)
        layout.addWidget(self._nothing)
        layout.addWidget(self._nothing_hint)
        layout.addWidget(self._table, 1)

    def focus_first(self) -> None:
        self._search.setFocus()

    def _find(self) -> None:
        text = self._search.text().strip()
        rows = self._desk.caseload.summaries(date.today(), text or None)
        self._model.show(rows)
        self._nothing.setVisible(not rows)
        self._nothing_hint.setVisible(not rows)
        self._table.setVisible(bool(rows))
        if text:
            self._nothing.setText("Nobody fits")
            self._nothing_hint.setText("Try fewer letters, another spelling, or the case reference.")
        else:
            self._nothing.setText("No families yet")
            self._nothing_hint.setText("Begin with New family, then record the people and talk with each parent alone.")
        if rows:
            self._table.selectRow(0)

    def _set_names_hidden(self, hidden: bool) -> None:
        self._model.names_hidden = hidden
        self._model.layoutChanged.emit()

    def _open_first(self) -> None:
        self._find()
        if self._model.rows:
            self._open(max(self._table.currentIndex().row(), 0))

    def _open(self, number: int) -> None:
        self._desk.show_family(self._model.rows[number].case_ref)
