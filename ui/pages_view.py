"""The pages of a document as they will leave: turned and made larger by keys as well as by buttons.

Qt's view says nothing to a screen reader, so the words of the page in sight are its description.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QPointF, QSizeF, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.parts import button, label
from ui.theme import GAP

_POINTS_OF_AN_INCH: Final = 72
_STEP: Final = 1.25
_LEAST: Final = 0.25
_MOST: Final = 5.0


class PagesView(QWidget):
    """Every page below the other, with which of them is in sight."""

    def __init__(self) -> None:
        super().__init__()
        self._document = QPdfDocument(self)
        self._buffer = QBuffer(self)
        self._view = _View(self)
        self._view.setDocument(self._document)
        self._view.setPageMode(QPdfView.PageMode.MultiPage)
        self._view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self._at = label("", "quiet")
        self._at.setWordWrap(False)
        self._at.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._view.pageNavigator().currentPageChanged.connect(self._say_page)
        tools = QHBoxLayout()
        tools.setSpacing(GAP // 2)
        tools.addWidget(self._at)
        tools.addStretch(1)
        for text, name, do in (
            ("Previous", "Previous page", lambda: self.turn(-1)),
            ("Next", "Next page", lambda: self.turn(1)),
            ("Smaller", "Smaller pages", lambda: self.enlarge(1 / _STEP)),
            ("Larger", "Larger pages", lambda: self.enlarge(_STEP)),
        ):
            tools.addWidget(button(text, do, "tool", name=name))
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(GAP // 2)
        down.addLayout(tools)
        down.addWidget(self._view, 1)
        self.setFocusProxy(self._view)

    def show_pages(self, pdf: bytes) -> None:
        """Show a document that is in memory."""
        self._buffer.setData(QByteArray(pdf))
        self._buffer.open(QBuffer.OpenModeFlag.ReadOnly)
        self._document.load(self._buffer)
        self._say_page(0)

    @property
    def count(self) -> int:
        """How many pages there are; 0 before any are shown."""
        return self._document.pageCount()

    @property
    def page(self) -> int:
        """Which page is in sight, from 0."""
        return self._view.pageNavigator().currentPage()

    @property
    def zoom(self) -> float:
        """How large the pages are: 1 is as large as on paper."""
        if self._view.zoomMode() == QPdfView.ZoomMode.Custom:
            return self._view.zoomFactor()
        margins = self._view.documentMargins()
        room = self._view.viewport().width() - margins.left() - margins.right()
        size: QSizeF = self._document.pagePointSize(max(self.page, 0))
        return room / max(size.width() * self._view.logicalDpiX() / _POINTS_OF_AN_INCH, 1)

    def turn(self, by: int) -> None:
        """Go some pages further, or back."""
        self.turn_to(self.page + by)

    def turn_to(self, page: int) -> None:
        """Go to a page, from 0."""
        if self.count:
            self._view.pageNavigator().jump(max(0, min(page, self.count - 1)), QPointF(), 0)

    def enlarge(self, times: float) -> None:
        """Make the pages larger, or smaller, and stay on the page."""
        at, wanted = self.page, max(_LEAST, min(self.zoom * times, _MOST))
        self._view.setZoomMode(QPdfView.ZoomMode.Custom)
        self._view.setZoomFactor(wanted)
        self._stay_on(at)

    def fit(self) -> None:
        """Make the pages as wide as there is room."""
        at = self.page
        self._view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self._stay_on(at)

    def _stay_on(self, page: int) -> None:
        """Once there is as much to scroll as the new size needs."""
        QTimer.singleShot(0, self, lambda: self.turn_to(page))

    def _say_page(self, page: int) -> None:
        said = f"Page {page + 1} of {self.count}" if self.count else ""
        self._at.setText(said)
        self._view.setAccessibleName(f"Pages of the document. {said}")
        self._view.setAccessibleDescription(self._document.getAllText(page).text() if self.count else "")


class _View(QPdfView):
    """Page Up and Page Down turn whole pages; Ctrl with plus, minus and nought changes how large they are."""

    def __init__(self, pages: PagesView) -> None:
        super().__init__(pages)
        self._pages = pages
        self.setAccessibleName("Pages of the document")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys that other viewers of documents have."""
        pages = self._pages
        if event.matches(QKeySequence.StandardKey.ZoomIn) or _is_with_ctrl(event, Qt.Key.Key_Equal):
            pages.enlarge(_STEP)
        elif event.matches(QKeySequence.StandardKey.ZoomOut):
            pages.enlarge(1 / _STEP)
        elif _is_with_ctrl(event, Qt.Key.Key_0):
            pages.fit()
        elif event.key() == Qt.Key.Key_PageDown:
            pages.turn(1)
        elif event.key() == Qt.Key.Key_PageUp:
            pages.turn(-1)
        elif event.key() == Qt.Key.Key_Home:
            pages.turn_to(0)
        elif event.key() == Qt.Key.Key_End:
            pages.turn_to(pages.count - 1)
        else:
            super().keyPressEvent(event)


def _is_with_ctrl(event: QKeyEvent, key: Qt.Key) -> bool:
    return event.key() == key and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
