"""What the steps of the first run have in common: one thing at a time, which step it is, and the way back."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.parts import column, label, scrolling
from ui.theme import AROUND, BETWEEN

STEPS: Final = 4
_WIDEST: Final = 620


def step_page(number: int, title: str, *parts: QWidget) -> QWidget:
    """A page of the first run; number 0 is a page that stands alone."""
    said = [label(f"Step {number} of {STEPS}", "quiet")] if number else []
    return page(*said, label(title, "title"), *parts)


def page(*parts: QWidget) -> QWidget:
    """A narrow column that scrolls where there is little room."""
    content = column(*parts, gap=BETWEEN, around=AROUND)
    content.setMaximumWidth(_WIDEST + 2 * AROUND)
    made = QWidget()
    layout = QVBoxLayout(made)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(scrolling(content))
    return made
