"""A quiet line under a text about words that carry a judgement; nothing is ever rewritten or kept from being saved."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from ui.parts import label
from ui.theme import GAP

_PAUSE: Final = 700
"""Milliseconds without a key, after which what was written is looked at."""
_MOST: Final = 4
"""So many hints are shown at once; more would be a lecture."""


class LanguageHints(QWidget):
    """Looks at a text when its writer pauses, and says what another word could be, and why."""

    said = Signal(str)
    """What is said now, for screen readers."""

    def __init__(self, edit: QPlainTextEdit) -> None:
        super().__init__()
        self._edit = edit
        self._last = ""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP // 2)
        self._shown: QLabel = label("", "quiet")
        layout.addWidget(self._shown)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self.look)
        edit.textChanged.connect(self._pause.start)
        self.hide()

    def look(self) -> None:
        """Say what there is to say of the text as it stands."""
        from spr_desktop.casework.language import hints_in  # the unlock screen does without

        said = "\n".join(each.said for each in hints_in(self._edit.toPlainText())[:_MOST])
        if said == self._last:
            return
        self._last = said
        self._shown.setText(said)
        self.setVisible(bool(said))
        self.said.emit(said)
