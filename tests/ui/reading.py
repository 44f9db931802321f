"""Everything that can be read off a window: by eye, by a screen reader, in menus, lists and tooltips."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QAbstractItemModel, QAbstractTableModel, QModelIndex, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
    QWidget,
)

_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
)
_ROWS = 500


def everything_said(widget: QWidget) -> str:
    """Every text in a widget and in all that is inside it, shown or not."""
    return "\n".join(text for each in [widget, *widget.findChildren(QWidget)] for text in _said(each) if text)


def _said(widget: QWidget) -> Iterator[str]:
    yield from (
        widget.windowTitle(),
        widget.accessibleName(),
        widget.accessibleDescription(),
        widget.toolTip(),
        widget.whatsThis(),
        widget.statusTip(),
        widget.objectName(),
    )
    for action in [*widget.actions(), *widget.findChildren(QAction)]:
        yield from (action.text(), action.toolTip())
    match widget:
        case QLabel() | QAbstractButton():
            yield widget.text()
        case QLineEdit():
            yield from (widget.text(), widget.placeholderText())
        case QPlainTextEdit() | QTextEdit():
            yield from (widget.toPlainText(), widget.placeholderText())
        case QComboBox():
            yield from (widget.itemText(number) for number in range(widget.count()))
        case QTabBar():
            yield from (widget.tabText(number) for number in range(widget.count()))
        case QMenu():
            yield widget.title()
        case QAbstractItemView():
            yield from _in_model(widget.model())


def _in_model(model: QAbstractItemModel | None) -> Iterator[str]:
    if model is None:
        return
    for number in range(min(model.rowCount(QModelIndex()), _ROWS)):
        for column in range(model.columnCount(QModelIndex()) if isinstance(model, QAbstractTableModel) else 1):
            index = model.index(number, column)
            yield from (str(index.data(role)) for role in _ROLES if index.data(role))
