"""Where the caret is in a place, so that it can stand there again: after unlocking, a crash, or coming back."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget


def caret_in(place: QWidget) -> dict[str, Any] | None:
    """What has the focus in a place, by its name and number among its like, and how far into its text."""
    focused = QApplication.focusWidget()
    if focused is None or not place.isAncestorOf(focused) or not focused.accessibleName():
        return None
    alike = _named(place, focused.accessibleName())
    found: dict[str, Any] = {"name": focused.accessibleName(), "number": alike.index(focused)}
    if isinstance(focused, QLineEdit):
        found["at"] = focused.cursorPosition()
    elif isinstance(focused, QPlainTextEdit):
        found["at"] = focused.textCursor().position()
    return found


def put_caret(place: QWidget, caret: dict[str, Any]) -> bool:
    """Put the focus and the caret there again; false where the place has nothing of the kind any more."""
    alike = _named(place, caret["name"])
    if caret["number"] >= len(alike):
        return False
    widget = alike[caret["number"]]
    if not widget.isEnabled() or widget.isHidden():
        return False
    widget.setFocus(Qt.FocusReason.OtherFocusReason)
    at = caret.get("at", 0)
    if isinstance(widget, QLineEdit):
        widget.deselect()
        widget.setCursorPosition(at)
    elif isinstance(widget, QPlainTextEdit):
        cursor = QTextCursor(widget.document())
        cursor.setPosition(min(at, widget.document().characterCount() - 1))
        widget.setTextCursor(cursor)
        widget.ensureCursorVisible()
    return True


def _named(place: QWidget, name: str) -> list[QWidget]:
    return [each for each in place.findChildren(QWidget) if each.accessibleName() == name]
