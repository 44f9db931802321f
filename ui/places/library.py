"""The library: a list of pages and the page that is open, to be read only. Nothing in it leads out of the program."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtCore import QStringListModel, Qt, QUrl
from PySide6.QtGui import QTextOption
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QListView, QTextBrowser, QVBoxLayout

from spr_desktop.casework.guidance import Page, find_pages, page, pages
from ui.desk import Desk, Place
from ui.parts import column, label
from ui.places.families import SearchLine
from ui.theme import AROUND, BETWEEN, GAP, measure

_LIST_CHARACTERS: Final = 27


class _Text(QTextBrowser):
    """Reads our own pages only: no picture, file or address is ever loaded."""

    def loadResource(self, _kind: int, _name: QUrl | str) -> Any:
        return None


class Library(Place):
    """The pages of the guidance, in plain English."""

    title = "Library"
    guidance = "window"

    def __init__(self, desk: Desk, page: str = "") -> None:  # noqa: ARG002 - a place is made with the window it is in
        super().__init__()
        self._opened_at = page
        self._pages: list[Page] = []
        self._search = SearchLine("Search the library", "Search")
        self._names = QStringListModel(self)
        self._list = QListView()
        self._list.setAccessibleName("Pages of the library")
        self._list.setModel(self._names)
        self._list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._list.setSpacing(2)
        self._list.setWordWrap(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._text = _Text()
        self._text.setOpenLinks(False)
        self._text.setWordWrapMode(QTextOption.WrapMode.WordWrap)
        self._text.document().setDocumentMargin(BETWEEN)
        self._search.below = self._list
        self._build()
        self._show_list(list(pages()))
        self._open(page)
        self._search.textChanged.connect(self._find)
        self._list.selectionModel().currentChanged.connect(lambda now, _: self._show(now.row()))

    def _build(self) -> None:
        left = column(self._search, self._list)
        left.setFixedWidth(self._list.fontMetrics().averageCharWidth() * _LIST_CHARACTERS)
        self._text.setMaximumWidth(measure() + 4 * BETWEEN)
        across = QHBoxLayout()
        across.setSpacing(BETWEEN)
        across.addWidget(left)
        across.addWidget(self._text, 1)
        across.addStretch(0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(AROUND, GAP, AROUND, BETWEEN)
        layout.setSpacing(GAP + 2)
        layout.addWidget(label("Library", "title"))
        layout.addLayout(across, 1)

    def focus_first(self) -> None:
        (self._text if self._opened_at else self._list).setFocus()

    def standing(self) -> dict[str, Any]:
        number = self._list.currentIndex().row()
        return {"page": self._pages[number].name if 0 <= number < len(self._pages) else ""}

    def stand(self, standing: Mapping[str, Any]) -> None:
        self._open(standing["page"])

    def _open(self, name: str) -> None:
        wanted = page(name) if name else pages()[0]
        if wanted in self._pages:
            self._list.setCurrentIndex(self._names.index(self._pages.index(wanted)))
            self._show(self._pages.index(wanted))

    def _show_list(self, found: list[Page]) -> None:
        self._pages = found
        self._names.setStringList([each.title for each in found])

    def _find(self, search: str) -> None:
        self._show_list(find_pages(search) if search.strip() else list(pages()))
        if self._pages:
            self._list.setCurrentIndex(self._names.index(0))
            self._show(0)
        else:
            self._text.setPlainText("Nothing in the library holds these words. Try fewer, or a part of one.")

    def _show(self, number: int) -> None:
        if 0 <= number < len(self._pages):
            self._text.setMarkdown(self._pages[number].text)
            self._text.setAccessibleName(self._pages[number].title)
