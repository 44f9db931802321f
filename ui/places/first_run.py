"""What the steps of the first run have in common: one thing at a time, which step it is, and the way back."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.parts import column, label, scrolling
from ui.theme import AROUND, BETWEEN, measure

STEPS: Final = 4


def step_page(number: int, title: str, *parts: QWidget) -> QWidget:
    """A page of the first run; number 0 is a page that stands alone."""
    said = [label(f"Step {number} of {STEPS}", "quiet")] if number else []
    return page(*said, label(title, "title"), *parts)


def page(*parts: QWidget) -> QWidget:
    """A narrow column in the middle, that scrolls where there is little room."""
    content = column(*parts, gap=BETWEEN, around=AROUND)
    content.setMaximumWidth(measure() + 2 * AROUND)
    inside = QWidget()
    down = QVBoxLayout(inside)
    down.setContentsMargins(0, 0, 0, 0)
    across = QHBoxLayout()
    across.addStretch(1)
    across.addWidget(content, 100)
    across.addStretch(1)
    down.addLayout(across)
    made = QWidget()
    layout = QVBoxLayout(made)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(scrolling(inside))
    return made
