"""The look: contrast, names for screen readers, and a way to everything by Tab."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from tests.ui.all_places import PLACES
from tests.ui.conftest import Driver
from ui.theme import DARK, HIGH_CONTRAST, LIGHT, Colours

_SAYS_NOTHING = (QAccessible.Role.NoRole, QAccessible.Role.Client)
"""Roles that tell a screen reader nothing; the view of a PDF has one of them from Qt."""


def luminance(colour: str) -> float:
    """As WCAG defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("of", [LIGHT, DARK, HIGH_CONTRAST], ids=["light", "dark", "high contrast"])
def test_every_text_has_enough_contrast(of: Colours) -> None:
    for behind in (of.window, of.surface):
        for colour in (of.text, of.quiet, of.accent, of.stop, of.not_yet, of.caution, of.nothing_against):
            assert contrast(colour, behind) >= 4.5, (colour, behind)
        for outline in (of.outline, of.focus):
            assert contrast(outline, behind) >= 3, (outline, behind)
    for colour in (of.text, of.stop, of.not_yet, of.caution, of.nothing_against):
        assert contrast(colour, of.chosen) >= 4.5, colour
    assert contrast(of.text, of.notice) >= 4.5
    assert contrast(of.on_accent, of.accent) >= 4.5


@pytest.mark.parametrize("place", PLACES)
def test_everything_that_takes_the_focus_has_a_name_and_is_reached_by_tab(driver: Driver, place: str) -> None:
    driver.unlock()
    PLACES[place](driver.window)
    takes_focus = [
        each
        for each in driver.window.findChildren(QWidget)
        if each.isVisible() and each.isEnabled() and each.focusPolicy() & Qt.FocusPolicy.TabFocus and _is_outer(each)
    ]
    assert takes_focus
    unnamed = [
        f"{type(each).__name__} in {type(each.parent()).__name__}" for each in takes_focus if not each.accessibleName()
    ]
    assert unnamed == []
    assert [each for each in takes_focus if _role(each) in _SAYS_NOTHING and not isinstance(each, QPdfView)] == []
    reached = _reached_by_tab(driver, len(takes_focus))
    missed = [each.accessibleName() for each in takes_focus if each not in reached and not _is_in_a_group(each)]
    assert missed == []


def _role(widget: QWidget) -> QAccessible.Role:
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.role() if interface else QAccessible.Role.NoRole


def _is_outer(widget: QWidget) -> bool:
    """Whether it is a control itself, not a part that Qt builds into one."""
    return not type(widget).__name__.startswith("QAbstract") and widget.objectName() != "qt_scrollarea_viewport"


def _is_in_a_group(widget: QWidget) -> bool:
    """Rows of one question are reached by arrows once one of them has the focus."""
    return isinstance(widget, QAbstractButton) and widget.group() is not None


def _reached_by_tab(driver: Driver, count: int) -> set[QWidget]:
    reached: set[QWidget] = set()
    for _ in range(count * 2 + 20):
        driver.window.focusNextPrevChild(True)
        reached.add(driver.focused)
    return reached


@pytest.mark.parametrize("place", ["family", "conversation", "form_person", "create"])
def test_no_text_is_read_as_markup(driver: Driver, place: str) -> None:
    driver.unlock()
    PLACES[place](driver.window)
    formats = {each.textFormat() for each in driver.window.place.findChildren(QLabel)}
    assert formats == {Qt.TextFormat.PlainText}
