"""What every screen says, and in which order Tab goes through it, kept under review as texts.

A change of a screen is a change of its file in ``snapshots/``: look at it, and keep it with SPR_UPDATE_SNAPSHOTS=1.
Figures, months and weekdays stand as signs, since the families are counted back from today.
"""

from __future__ import annotations

import calendar
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLabel, QWidget

from tests.ui.all_places import PLACES
from tests.ui.conftest import LONGEST, Driver
from ui.places.document import DocumentPage
from ui.window import Window

FOLDER = Path(__file__).with_name("snapshots")
_MONTHS = [each for each in (*calendar.month_name, *calendar.month_abbr) if each]
_DAYS = list(calendar.day_name)


def _constant(text: str) -> str:
    """A text without what changes from day to day and from machine to machine."""
    text = re.sub(r"/\S*/pytest-\S*", "FOLDER", text)
    text = re.sub(rf"\b({'|'.join(_MONTHS)})\b", "Month", text)
    text = re.sub(rf"\b({'|'.join(_DAYS)})\b", "Weekday", text)
    text = re.sub(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b", "####-####", text)
    return re.sub(r"[0-9]+", "#", text).replace("\n", " / ")


def _role(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.role().name if interface else type(widget).__name__


def _in_focus_order(window: Window) -> Iterator[QWidget]:
    each = window.nextInFocusChain()
    while each is not None and each is not window:
        if each.isVisible() and each.isEnabled() and each.focusPolicy() & Qt.FocusPolicy.TabFocus:
            yield each
        each = each.nextInFocusChain()


def _snapshot(window: Window) -> str:
    lines = [f"title: {window.windowTitle()}", "", "Tab goes through:"]
    lines += [f"  {_role(each)}: {_constant(each.accessibleName())}" for each in _in_focus_order(window)]
    lines += ["", "It says:"]
    shown = [each for each in window.findChildren(QLabel) if each.isVisible() and each.text()]
    for each in sorted(shown, key=lambda one: one.mapTo(window, one.rect().topLeft()).toTuple()[::-1]):
        text = each.text().replace(str(window._folder), "FOLDER")  # who runs the checks, and where, is no matter
        lines.append(f"  {each.property('role') or 'text'}: {_constant(text)}")
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("name", PLACES)
def test_a_screen_says_what_it_said(driver: Driver, name: str) -> None:
    driver.unlock()
    driver.bot.waitUntil(lambda: "Last verified backup" in driver.window._frame.status, timeout=LONGEST)
    driver.window.resize(1200, 720)
    PLACES[name](driver.window)
    place = driver.window.place
    if isinstance(place, DocumentPage):
        driver.bot.waitUntil(lambda: place.is_laid_out, timeout=LONGEST)
    found, file = _snapshot(driver.window), FOLDER / f"{name}.txt"
    if os.environ.get("SPR_UPDATE_SNAPSHOTS"):
        FOLDER.mkdir(exist_ok=True)
        file.write_text(found, encoding="utf-8")
    assert file.read_text(encoding="utf-8") == found
