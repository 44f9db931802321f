"""A line of parts that goes on in the next line where there is no room for all of them."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget

from ui.theme import GAP


class _WrappingLayout(QLayout):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        parent = self.parentWidget()
        if parent is not None:  # a layout around it asks for its own width, and then gives no more than the widest
            width = min(width, parent.maximumWidth())
        return self._lay_out(QRect(0, 0, width, 0), move=False)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for each in self._items:
            size = size.expandedTo(each.minimumSize())
        return size

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._lay_out(rect, move=True)

    def _lay_out(self, rect: QRect, *, move: bool) -> int:
        x, y, height = rect.x(), rect.y(), 0
        line: list[tuple[QLayoutItem, QRect]] = []
        for each in self._items:
            widget = each.widget()
            if widget is not None and widget.isHidden():
                continue
            size = each.sizeHint().boundedTo(QSize(max(rect.width(), 1), 16_777_215))
            if x > rect.x() and x + size.width() > rect.right() + 1:
                if move:
                    _centre(line, height)
                x, y, height, line = rect.x(), y + height + GAP, 0, []
            line.append((each, QRect(x, y, size.width(), size.height())))
            x, height = x + size.width() + GAP, max(height, size.height())
        if move:
            _centre(line, height)
        return y + height - rect.y()


def _centre(line: list[tuple[QLayoutItem, QRect]], height: int) -> None:
    """Put the parts of one line side by side; the main button is higher than those beside it."""
    for each, at in line:
        each.setGeometry(at.translated(0, (height - at.height()) // 2))


def wrapping(*parts: QWidget) -> QWidget:
    """Parts beside each other, in as many lines as they need."""
    made = QWidget()
    layout = _WrappingLayout(made)
    for part in parts:
        layout.addWidget(part)
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    made.setSizePolicy(policy)
    return made
