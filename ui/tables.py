"""Tables over many things: one model that reads its rows by pages as they are looked at, and the view for it.

However many rows there are, only some pages of them are held at once.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QScrollArea, QTableView

from ui.parts import paint_outcome
from ui.theme import ROW_HEIGHT, Colours, colours

PAGE: Final = 200
"""Rows that are read at once."""
_PAGES_HELD: Final = 8
_LEAST_CHARACTERS: Final = 14
_SHAPE: Final = 18
_SHARPNESS: Final = 2

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex
Fetch = Callable[[int, int], Sequence[Row]]
"""Gives so many rows from an offset on."""


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column: its heading, its width in characters, and what it says of a row."""

    title: str
    characters: int
    text: Callable[[Row], str]
    outcome: Callable[[Row], str] | None = None
    """The outcome whose shape stands before the text."""
    is_action: bool = False
    """Whether the text is what one click on it does."""
    hides_first: int = 0
    """Where there is little room, columns with the highest number are left out first; 0 stays."""
    shrinks: bool = False
    """Whether its text may go on in another line, or be cut short, where there is little room."""


class PagedTable(QAbstractTableModel, Generic[Row]):
    """Rows that are read when they are looked at. A heading is a row that cannot be chosen."""

    def __init__(
        self, columns: Sequence[Column[Row]], fetch: Fetch[Row], is_heading: Callable[[Row], bool] | None = None
    ) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self._fetch = fetch
        self._is_heading = is_heading
        self._count = 0
        self._pages: OrderedDict[int, Sequence[Row]] = OrderedDict()

    def show(self, count: int) -> None:
        """There are so many rows now; whatever was read is read again when it is looked at."""
        self.beginResetModel()
        self._count = count
        self._pages.clear()
        self.endResetModel()

    def read_again(self) -> None:
        """As many rows as before may say something else."""
        self._pages.clear()
        if self._count:
            last = self.index(self._count - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def row(self, number: int) -> Row | None:
        """One row; None where there are fewer meanwhile."""
        page = number // PAGE
        if page not in self._pages:
            self._pages[page] = self._fetch(PAGE, page * PAGE)
            while len(self._pages) > _PAGES_HELD:
                self._pages.popitem(last=False)
        self._pages.move_to_end(page)
        at = number % PAGE
        return self._pages[page][at] if at < len(self._pages[page]) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        row = self.row(index.row()) if self._is_heading else None
        if row is not None and self._is_heading and self._is_heading(row):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row(index.row())
        if row is None:
            return None
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(row)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            text = column.text(row)
            return f"{column.title}: {text}" if text and column.title else text
        if self._is_heading and self._is_heading(row):
            return _heading_data(role)
        if column.outcome and (outcome := column.outcome(row)):
            if role == Qt.ItemDataRole.DecorationRole:
                return outcome_picture(outcome, colours())
            if role == Qt.ItemDataRole.ForegroundRole:
                return QColor(colours().outcome(outcome))
        if column.is_action and role == Qt.ItemDataRole.ForegroundRole:
            return QColor(colours().accent)
        return None


def _shrunk(wanted: dict[int, int], one: int, width: int) -> dict[int, int]:
    """Widths that fit, the widest made narrower first, but none below a few words."""
    least = _LEAST_CHARACTERS * one
    widths = dict(wanted)
    while widths and sum(widths.values()) > width and max(widths.values()) > least:
        widest = max(widths, key=lambda number: widths[number])
        widths[widest] -= min(widths[widest] - least, one)
    return widths


def _heading_data(role: int) -> Any:
    if role == Qt.ItemDataRole.FontRole:
        font = QFont()
        font.setBold(True)
        return font
    if role == Qt.ItemDataRole.ForegroundRole:
        return QColor(colours().text)
    if role == Qt.ItemDataRole.BackgroundRole:
        return QColor(colours().window)
    return None


@cache
def outcome_picture(outcome: str, _colours: Colours) -> QPixmap:
    """The shape of an outcome as a small picture, in the colours of now."""
    picture = QPixmap(_SHAPE * _SHARPNESS, _SHAPE * _SHARPNESS)
    picture.fill(Qt.GlobalColor.transparent)
    picture.setDevicePixelRatio(_SHARPNESS)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_outcome(painter, outcome, 0, 0, _SHAPE)
    painter.end()
    return picture


class Table(QTableView):
    """Arrows move in it, Tab leaves it; Enter, a double click or a click on the action opens a row."""

    def __init__(self, name: str, model: PagedTable[Any], open_row: Callable[[int], None], *, lines: int = 1) -> None:
        """``lines`` is how many lines of text a row has room for."""
        super().__init__()
        self._open_row = open_row
        self._paged = model
        self.setAccessibleName(name)
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(lines > 1)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(max(ROW_HEIGHT, self.fontMetrics().height() * lines + 16))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionsClickable(False)
        self.setMinimumHeight(ROW_HEIGHT * 3 + header.sizeHint().height() + 4)
        self.doubleClicked.connect(lambda index: self._open(index.row()))
        self.clicked.connect(self._clicked)

    @property
    def current_row(self) -> int:
        """The chosen row; -1 for none."""
        return self.currentIndex().row()

    def choose(self, number: int) -> None:
        """Choose a row, or the next one that can be chosen."""
        for row in range(max(number, 0), self._paged.rowCount()):
            if self._paged.flags(self._paged.index(row, 0)) & Qt.ItemFlag.ItemIsEnabled:
                self.setCurrentIndex(self._paged.index(row, 0))
                return

    def rows_on_screen(self) -> range:
        """The numbers of the rows that can be seen."""
        count = self._paged.rowCount()
        if not count:
            return range(0)
        first = self.rowAt(0)
        height = self.verticalHeader().defaultSectionSize() or ROW_HEIGHT
        seen = self.viewport().height() // height + 2
        return range(max(first, 0), min(max(first, 0) + seen, count))

    def _clicked(self, index: QModelIndex) -> None:
        if self._paged.columns[index.column()].is_action:
            self._open(index.row())

    def _open(self, number: int) -> None:
        if 0 <= number < self._paged.rowCount():
            self._open_row(number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; the rest is as Qt has it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.current_row)
            return
        super().keyPressEvent(event)
        self.follow()

    def follow(self) -> None:
        """Where the page around it scrolls, the chosen row is brought into sight."""
        area = self.parentWidget()
        while area and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        page = area.widget() if isinstance(area, QScrollArea) else None
        if isinstance(area, QScrollArea) and page and self.current_row >= 0:
            at = self.viewport().mapTo(page, self.visualRect(self.currentIndex()).center())
            area.ensureVisible(0, at.y(), 0, ROW_HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns share the width; where there is too little, some are left out."""
        super().resizeEvent(event)
        self._share(event.size().width())

    def _share(self, width: int) -> None:
        """The first column that may grow takes what is left; all are as wide as their characters need."""
        one = self.fontMetrics().averageCharWidth()
        columns = self._paged.columns
        wanted = {number: max(each.characters, len(each.title)) * one + 20 for number, each in enumerate(columns)}
        shown = set(wanted)
        for number in sorted(
            (each for each in shown if columns[each].hides_first), key=self._hides_first, reverse=True
        ):
            if sum(wanted[each] for each in shown) > width:
                shown.discard(number)
        wanted |= _shrunk(
            {number: wanted[number] for number in shown if columns[number].shrinks},
            one,
            width - sum(wanted[number] for number in shown if not columns[number].shrinks),
        )
        spare = max(width - sum(wanted[each] for each in shown), 0)
        widest = max(shown, key=lambda each: columns[each].characters)
        for number, each in wanted.items():
            self.setColumnHidden(number, number not in shown)
            if number in shown:
                self.setColumnWidth(number, each + (spare if number == widest else 0))

    def _hides_first(self, number: int) -> int:
        return self._paged.columns[number].hides_first
