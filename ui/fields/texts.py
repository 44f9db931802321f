"""Fields to type into: one line, several lines, a list of lines, a number.

What is pasted and too long is taken as far as it fits, and the field says that the rest was not taken.
"""

from __future__ import annotations

import re
from typing import Any, Final

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QTextCursor, QTextOption
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from ui.fields.field import Field
from ui.language_hints import LanguageHints
from ui.parts import label
from ui.theme import measure

TEXT_LIMIT: Final = 100_000
"""Characters that a record's text may hold."""
LINE_LIMIT: Final = 1_000
"""Characters that are taken into one line: nobody can read more of it there."""

_LONGEST_RUN: Final = 2_000
"""Signs without a gap, beyond which looking for places to break a line takes longer than people type."""
_RUN = re.compile(rf"\S{{{_LONGEST_RUN}}}")


class LineField(Field):
    """One line of text."""

    def __init__(self, name: str, title: str, hint: str = "") -> None:
        super().__init__(name, title, hint)
        self._edit = QLineEdit()
        self._edit.setMaxLength(LINE_LIMIT)
        self._edit.setMaximumWidth(measure())
        self._edit.textChanged.connect(self._take_back_notice)
        self._edit.inputRejected.connect(self._say_what_was_not_taken)
        self._label.setBuddy(self._edit)
        self._name_for_readers(self._edit)
        self._layout.addWidget(self._edit)
        self._notice = label("", "error")
        self._notice.hide()
        self._layout.addWidget(self._notice)

    def _take_back_notice(self) -> None:
        if self._notice.text() and len(self._edit.text()) < self._edit.maxLength():
            self._notice.clear()
            self._notice.hide()
            self._remark("")
        self.changed.emit()

    def _say_what_was_not_taken(self) -> None:
        self._notice.setText(f"Only {self._edit.maxLength():,} characters fit here. The rest was not taken.")
        self._notice.show()
        self._remark(self._notice.text())

    def value(self) -> str | None:
        return self._edit.text().strip() or None

    def typed(self) -> str:
        return self._edit.text()

    def restore(self, typed: Any) -> None:
        text = str(typed or "")
        self._edit.setMaxLength(max(LINE_LIMIT, len(text.encode("utf-16-le", "surrogatepass")) // 2))
        self._edit.setText(text)
        self._edit.setCursorPosition(0)

    def first_widget(self) -> QWidget:
        return self._edit


class NumberField(LineField):
    """A number, whole or with a point."""

    def __init__(self, name: str, title: str, hint: str = "", *, is_whole: bool = False) -> None:
        super().__init__(name, title, hint)
        self._is_whole = is_whole
        self._edit.setMaximumWidth(self._edit.fontMetrics().horizontalAdvance("0") * 12 + 32)

    def value(self) -> Any:
        text = self._edit.text().strip().replace("−", "-")
        if re.fullmatch(r"-?\d{1,9}", text, re.ASCII):
            return int(text)
        if not self._is_whole and re.fullmatch(r"-?\d{1,9}\.\d{1,6}", text, re.ASCII):
            return float(text)
        return text or None

    def restore(self, typed: Any) -> None:
        super().restore("" if typed is None else str(typed))

    def complaint(self) -> str:
        if not isinstance(self.value(), str):
            return ""
        return "Enter a whole number, like 3." if self._is_whole else "Enter a number in figures, like 12 or 7.5."


class TextField(Field):
    """Several lines of text; Tab goes on to the next field.

    ``watches_words`` puts quiet hints under it about words that carry a judgement (never where a person is quoted).
    """

    def __init__(self, name: str, title: str, hint: str = "", *, lines: int = 4, watches_words: bool = False) -> None:
        super().__init__(name, title, hint)
        self._edit = _TextEdit()
        self._edit.setTabChangesFocus(True)
        self._edit.setMaximumWidth(measure())
        self._edit.setFixedHeight(self._edit.fontMetrics().lineSpacing() * lines + 18)
        self._edit.textChanged.connect(self.changed)
        self._edit.not_taken.connect(self._say_what_was_not_taken)
        self._label.setBuddy(self._edit)
        self._name_for_readers(self._edit)
        self._layout.addWidget(self._edit)
        self._notice = label("", "error")
        self._notice.hide()
        self._layout.addWidget(self._notice)
        if watches_words:
            hints = LanguageHints(self._edit)
            hints.said.connect(self._remark)
            self._layout.addWidget(hints)

    def _say_what_was_not_taken(self, count: int) -> None:
        if not count and not self._notice.text():
            return
        self._notice.setText(
            f"This text is full: {TEXT_LIMIT:,} characters fit. The last {count:,} were not taken." if count else ""
        )
        self._notice.setVisible(bool(count))
        self._remark(self._notice.text())

    def value(self) -> str | None:
        return self._edit.toPlainText().strip() or None

    def typed(self) -> str:
        return self._edit.toPlainText()

    def restore(self, typed: Any) -> None:
        self._edit.put(str(typed or ""))

    def first_widget(self) -> QWidget:
        return self._edit


class LinesField(TextField):
    """A list of texts, one a line."""

    def value(self) -> Any:
        return [each.strip() for each in self._edit.toPlainText().splitlines() if each.strip()]

    def restore(self, typed: Any) -> None:
        super().restore("\n".join(typed) if isinstance(typed, (list, tuple)) else typed)


class _TextEdit(QPlainTextEdit):
    """Takes no more than a record's text may hold, and stays quick whatever is pasted."""

    not_taken = Signal(int)
    """So many characters did not fit; 0 once there is room again."""

    def __init__(self) -> None:
        super().__init__()
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.textChanged.connect(self._keep_to_limit)

    def put(self, text: str) -> None:
        """Put a text in the place of what stands here; it may hold more than the limit only if a record did."""
        self._wrap_for(text)
        self.setPlainText(text)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste or drop, as much as there is room for."""
        pasted = source.text().replace("\r\n", "\n").replace("\r", "\n")
        cursor = self.textCursor()
        room = TEXT_LIMIT - len(self.toPlainText()) + len(cursor.selectedText())
        taken = pasted[: max(room, 0)]
        self._wrap_for(taken)
        cursor.insertText(taken)
        self.ensureCursorVisible()
        if len(taken) < len(pasted):
            self.not_taken.emit(len(pasted) - len(taken))

    def _wrap_for(self, text: str) -> None:
        """Break lines anywhere where there are no places to break them at."""
        modes = QTextOption.WrapMode
        mode = modes.WrapAnywhere if _RUN.search(text) else modes.WrapAtWordBoundaryOrAnywhere
        if mode == modes.WrapAnywhere or self.wordWrapMode() == modes.WrapAnywhere:
            self.setWordWrapMode(mode)

    def _keep_to_limit(self) -> None:
        """Take back what was just typed beyond the limit."""
        if self.document().characterCount() - 1 <= TEXT_LIMIT:
            self.not_taken.emit(0)
            return
        over = len(self.toPlainText()) - TEXT_LIMIT
        cursor = self.textCursor()
        if over <= 0 or cursor.position() < over:
            return
        cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, over)
        cursor.removeSelectedText()
        self.not_taken.emit(over)
