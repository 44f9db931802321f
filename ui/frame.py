"""The frame around every place: Hide and Lock first, the rail, the band, the message bar and the status line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Protocol

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from ui.message_bar import MessageBar
from ui.parts import button, label
from ui.rail import Rail
from ui.status_line import StatusLine
from ui.theme import AROUND, BETWEEN, GAP

_ROOM_FOR_WORDS: Final = 1_100
"""Below this width, in pixels, the rail shows icons only."""


class FrameUser(Protocol):
    """Who does what the frame's buttons say."""

    def hide_and_lock(self) -> None:
        """Show a screen that says nothing, and lock."""

    def lock_now(self) -> None:
        """Lock because somebody asked for it."""

    def back(self) -> None:
        """Go back to the place before."""

    def show_find(self) -> None:
        """Go to the page that finds a family or a place."""

    def show_guidance(self) -> None:
        """Open the guidance for what is on the screen."""

    def ask_to_leave(self) -> None:
        """Leave one parent's page, or practice."""

    def go_by_rail(self, place: str) -> None:
        """Go to a place of the rail."""


class Frame(QWidget):
    """What stands around the place; all of it but the message bar is behind the lock."""

    def __init__(self, user: FrameUser) -> None:
        super().__init__()
        self.messages = MessageBar()
        self.stack = QStackedWidget()
        self.rail = Rail(user.go_by_rail)
        self._hide = button("", user.hide_and_lock, name="Hide everything and lock")
        self._lock = button("Lock  Ctrl+L", user.lock_now, name="Lock the vault")
        self._back = button("Back", user.back, name="Back to the place before")
        self._find = button("Find  Ctrl+K", user.show_find, name="Find a family or a place")
        self._help = button("Help  F1", user.show_guidance, name="Guidance for this page")
        self._leave = button("", user.ask_to_leave)
        self._band_text = label("", "label")
        self._status_text = StatusLine()
        self._top = _strip("top", self._hide, self._lock, self._back, None, self._find, self._help)
        self._band = _strip("band", self._band_text, None, self._leave)
        self._status = _strip("status", self._status_text)
        self._build()

    def _build(self) -> None:
        around_messages = QWidget()
        messages = QVBoxLayout(around_messages)
        messages.setContentsMargins(AROUND, GAP, AROUND, GAP)
        messages.addWidget(self.messages)
        around_messages.hide()
        self.messages.said.connect(lambda text: around_messages.setVisible(bool(text)))
        middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self._band)
        middle.addWidget(around_messages)
        middle.addWidget(self.stack, 1)
        across = QHBoxLayout()
        across.setSpacing(0)
        across.addWidget(self.rail)
        across.addLayout(middle, 1)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        down.addWidget(self._top)
        down.addLayout(across, 1)
        down.addWidget(self._status)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Little room: the rail shows icons only."""
        super().resizeEvent(event)
        self.rail.set_narrow(event.size().width() < _ROOM_FOR_WORDS)

    @property
    def band(self) -> str:
        """Whose page it is, or that one practises; empty where neither is."""
        return self._band_text.text()

    @property
    def status(self) -> str:
        """All that the status line says where there is room for it."""
        return self._status_text.everything

    def name_hide_key(self, keys: str) -> None:
        """Say on the button which keys hide."""
        self._hide.setText(f"Hide  {keys}")

    def say_status(self, parts: Sequence[str], goes_first: Sequence[str] = ()) -> None:
        """Say something in the status line; ``goes_first`` is left out where there is little room."""
        self._status_text.say(parts, goes_first)

    def show_around(self, place: str, *, is_open: bool, is_free: bool, has_way_back: bool) -> None:
        """Show what belongs around a place: nothing in front of the lock, no rail on one parent's page."""
        self._top.setVisible(is_open)
        self._status.setVisible(is_open)
        self.rail.setVisible(is_free)
        self._find.setVisible(is_free)
        self._back.setVisible(has_way_back)
        self.rail.mark(place)

    def show_band(self, text: str, way_out: str) -> None:
        """Say whose page it is, or that one practises, with the way out; an empty text takes the band away."""
        self._band_text.setText(text)
        self._band.setVisible(bool(text))
        self._leave.setText(way_out)
        self._leave.setAccessibleName(way_out)
        self._leave.setVisible(bool(way_out))


def _strip(role: str, *parts: QPushButton | QWidget | None) -> QFrame:
    """Parts in a line across the window; None is room between them."""
    made = QFrame()
    made.setProperty("role", role)
    line = QHBoxLayout(made)
    line.setContentsMargins(BETWEEN, 4 if role == "status" else GAP, BETWEEN, 4 if role == "status" else GAP)
    line.setSpacing(GAP)
    for part in parts:
        if part is None:
            line.addStretch(1)
        else:
            line.addWidget(part, 20 if isinstance(part, QLabel) else 0)
    return made
