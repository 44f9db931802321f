"""Two people in front of the window: one has a keyboard only, the other a mouse (and keys to write words with).

Both look for things by the name that a screen reader would say, among what is to be seen, and send what they press to
the window as the system does: so what is covered, out of reach or without the focus cannot be used here either.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from typing import Final

from PySide6.QtCore import QPoint, QPointF, QRect, Qt, QTimer
from PySide6.QtGui import QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.ui.conftest import LONGEST
from ui.window import Window

_MANY: Final = 400
"""So many times one key is pressed before somebody gives up."""
_NOTCH: Final = 120
"""One notch of a wheel, as Qt counts it."""


class Hand(ABC):
    """What both can do: read what is on the screen, wait for it, and write words where the caret is."""

    def __init__(self, bot: QtBot, window: Window) -> None:
        self.bot = bot
        self.window = window
        self.keys = 0
        """Keys pressed since somebody began to count."""

    # Reading

    @property
    def top(self) -> QWidget:
        """What is in front: a menu or a list that is open, a dialog, or the window."""
        return QApplication.activePopupWidget() or QApplication.activeModalWidget() or self.window

    def everything(self) -> Iterator[QWidget]:
        """What is to be seen in front, or comes to be seen by scrolling."""
        return (each for each in self.top.findChildren(QWidget) if each.isVisible())

    def find(self, name: str) -> QWidget | None:
        """What is called so and can be used, if anything is."""
        usable = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QTabBar)
        found = [each for each in self.everything() if isinstance(each, usable) and called(each) == name]
        return found[0] if found else None

    def get(self, name: str) -> QWidget:
        """What is called so; waits for it."""
        self.bot.waitUntil(lambda: self.find(name) is not None, timeout=LONGEST)
        found = self.find(name)
        assert found
        return found

    def names(self, beginning: str) -> list[str]:
        """The names of what can be used and is called so at the beginning."""
        return [called(each) for each in self.everything() if called(each).startswith(beginning)]

    def texts(self) -> list[str]:
        """Everything that can be read, from the top of the tree to its end."""
        return [each.text() for each in self.everything() if isinstance(each, QLabel)]

    @property
    def title(self) -> str:
        """What the page is called."""
        titles = [each for each in self.everything() if each.property("role") == "title"]
        (only,) = [each for each in titles if isinstance(each, QLabel)]
        return only.text()

    def is_read(self, words: str) -> bool:
        """Whether these words are on the screen."""
        return any(words in each for each in self.texts())

    def until(self, words: str) -> None:
        """Wait until these words are on the screen."""
        self.bot.waitUntil(lambda: self.is_read(words), timeout=LONGEST)

    def text_called(self, beginning: str) -> list[str]:
        """What stands in the texts that are called so at the beginning, in the order of their names."""
        found = [each for each in self.everything() if isinstance(each, QLabel)]
        named = [each for each in found if each.accessibleName().startswith(beginning)]
        return [each.text() for each in sorted(named, key=QLabel.accessibleName)]

    def is_asked(self, title: str, words: str) -> bool:
        """Whether a question is on the page, and may be answered so."""
        return bool(self.find(f"{title}: {words}") or self.find(title))

    def first_choices(self) -> list[str]:
        """The first row of every question on the page of which one row is to be chosen."""
        rows = [each for each in self.everything() if isinstance(each, QRadioButton)]
        return list({each.group(): called(each) for each in reversed(rows)}.values())[::-1]

    @property
    def large_button(self) -> str:
        """The name of the one button that stands out."""
        main = [each for each in self.everything() if each.property("role") == "main" and each.isEnabled()]
        (only,) = [each for each in main if isinstance(each, QPushButton)]
        return called(only)

    # Writing

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press one key."""
        self.keys += 1
        QTest.keyClick(self._system_window(), key, modifier)

    def type(self, text: str) -> None:
        """Type where the caret is."""
        for letter in text:
            self.keys += 1
            QTest.keyClick(self._system_window(), ord(letter))

    def _system_window(self) -> QWindow:
        """Whatever is open in front of a window gets the keys of that window."""
        found = (QApplication.activeModalWidget() or self.window).windowHandle()
        assert found
        return found

    # Using

    def answer(self, title: str, words: str) -> None:
        """Answer a question, whichever way it is asked: by a row to choose, in a list that opens, or in words."""
        self.bot.waitUntil(lambda: self.is_asked(title, words), timeout=LONGEST)
        if self.find(f"{title}: {words}"):
            self.choose(title, words)
        elif isinstance(self.find(title), QComboBox):
            self.pick(title, words)
        else:
            self.write(title, words)

    def in_the_dialog(self, press: str, do: Callable[[], None]) -> None:
        """Press what opens a dialog, and do something in it until it is closed."""
        gone_wrong: list[Exception] = []

        def go() -> None:
            dialog = QApplication.activeModalWidget()
            if dialog is None:
                QTimer.singleShot(10, self.window, go)
                return
            try:
                do()
            except Exception as error:  # noqa: BLE001 - a dialog that stays open would hang the test
                gone_wrong.append(error)
                dialog.close()

        QTimer.singleShot(0, self.window, go)
        self.press(press)
        self.bot.waitUntil(lambda: QApplication.activeModalWidget() is None, timeout=LONGEST)
        if gone_wrong:
            raise gone_wrong[0]
        self.window.activateWindow()  # as whatever manages windows does where there is one

    @abstractmethod
    def press(self, name: str) -> None:
        """Press a button."""

    @abstractmethod
    def choose(self, title: str, words: str) -> None:
        """Choose one row of a question, or tick it."""

    @abstractmethod
    def tick(self, name: str) -> None:
        """Set a tick that stands by itself."""

    @abstractmethod
    def pick(self, name: str, words: str) -> None:
        """Choose in a list that opens."""

    @abstractmethod
    def write(self, name: str, text: str) -> None:
        """Go to a field and write, in the place of what stands there."""

    @abstractmethod
    def take(self, button: str, *entries: str) -> None:
        """Open a menu, and the menus in it, and take what stands at the end."""

    @abstractmethod
    def turn_to(self, tabs: str, words: str) -> None:
        """Turn to one tab."""

    @abstractmethod
    def go_back(self) -> None:
        """Go back to the place before."""


class Keyboard(Hand):
    """Tab, arrows, Space, Enter, shortcuts and letters: nothing else."""

    @property
    def focused(self) -> QWidget | None:
        """What has the focus, once it is on the screen."""
        found = QApplication.focusWidget()
        return found if found and found.isVisible() else None

    def tab_to(self, fits: Callable[[str], bool], wanted: str) -> None:
        """Press Tab until the name of what has the focus fits."""
        self.bot.waitUntil(lambda: self.focused is not None, timeout=LONGEST)
        passed: list[str] = []
        for _ in range(_MANY):
            name = called(self.focused) if self.focused else ""
            if fits(name):
                return
            passed.append(name)
            self.key(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab never reaches {wanted}, but {sorted(set(passed))}")

    def _go_to(self, name: str) -> None:
        self.get(name)
        self.tab_to(lambda each: each == name, name)

    def press(self, name: str) -> None:
        self._go_to(name)
        self.key(Qt.Key.Key_Space)

    tick = press

    def choose(self, title: str, words: str) -> None:
        name = f"{title}: {words}"
        self.get(name)
        self.tab_to(lambda each: each.startswith(f"{title}: "), title)
        for arrow in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            for _ in range(_MANY):
                if self.focused and called(self.focused) == name:
                    self.key(Qt.Key.Key_Space)
                    return
                self.key(arrow)
        raise AssertionError(f"the arrows never reach {name}")

    def pick(self, name: str, words: str) -> None:
        self._go_to(name)
        box = self.focused
        assert isinstance(box, QComboBox)
        self.key(Qt.Key.Key_Home)
        for _ in range(box.count()):
            if box.currentText() == words:
                return
            self.key(Qt.Key.Key_Down)
        raise AssertionError(f"{name} does not offer {words}")

    def write(self, name: str, text: str) -> None:
        self._go_to(name)
        self.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        self.type(text)

    def take(self, button: str, *entries: str) -> None:
        self.press(button)
        for number, entry in enumerate(entries):
            for _ in range(_MANY):
                menu = QApplication.activePopupWidget()
                assert isinstance(menu, QMenu)
                if menu.activeAction() and menu.activeAction().text() == entry:
                    break
                self.key(Qt.Key.Key_Down)
            else:
                raise AssertionError(f"the arrows never reach {entry}")
            self.key(Qt.Key.Key_Right if number < len(entries) - 1 else Qt.Key.Key_Return)

    def turn_to(self, tabs: str, words: str) -> None:
        self._go_to(tabs)
        bar = self.focused
        assert isinstance(bar, QTabBar)
        for _ in range(bar.count()):
            if bar.tabText(bar.currentIndex()) == words:
                return
            self.key(Qt.Key.Key_Right)
        raise AssertionError(f"there is no tab {words}")

    def go_back(self) -> None:
        self.key(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)


class Mouse(Hand):
    """Clicks where things are, the wheel to bring them into sight, and keys only to write words."""

    def press(self, name: str) -> None:
        self._click(self.get(name))

    tick = press

    def choose(self, title: str, words: str) -> None:
        self.press(f"{title}: {words}")

    def pick(self, name: str, words: str) -> None:
        box = self.get(name)
        assert isinstance(box, QComboBox)
        number = box.findText(words)
        assert number >= 0, f"{name} does not offer {words}"
        self._click(box)
        view = box.view()
        self.bot.waitUntil(view.isVisible, timeout=LONGEST)

        def at() -> QRect:
            return view.visualRect(view.model().index(number, 0))

        self._wheel_until(view, lambda: view.viewport().rect().contains(at().center()), lambda: at().top() < 0)

        def is_taken() -> bool:
            """A list that has only just opened takes no click yet, lest a double click choose something."""
            if view.isVisible():
                self._click_at(view.viewport(), at().center())
            return not view.isVisible()

        self.bot.waitUntil(is_taken, timeout=LONGEST)

    def write(self, name: str, text: str) -> None:
        field = self.get(name)
        self._click(field)
        assert QApplication.focusWidget() is field
        self.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        self.type(text)

    def take(self, button: str, *entries: str) -> None:
        self.press(button)
        for entry in entries:
            self.bot.waitUntil(lambda entry=entry: self._offers(entry), timeout=LONGEST)  # type: ignore[misc]
            menu = QApplication.activePopupWidget()
            assert isinstance(menu, QMenu)
            action = next(each for each in menu.actions() if each.text() == entry)
            self._click_at(menu, menu.actionGeometry(action).center())

    def _offers(self, entry: str) -> bool:
        menu = QApplication.activePopupWidget()
        return isinstance(menu, QMenu) and entry in [each.text() for each in menu.actions()]

    def turn_to(self, tabs: str, words: str) -> None:
        bar = self.get(tabs)
        assert isinstance(bar, QTabBar)
        number = next(each for each in range(bar.count()) if bar.tabText(each) == words)
        self._bring_into_sight(bar)
        self._click_at(bar, bar.tabRect(number).center())

    def go_back(self) -> None:
        self.press("Back to the place before")

    # Where things are

    def _click(self, widget: QWidget) -> None:
        self._bring_into_sight(widget)
        self._click_at(widget, widget.rect().center())

    def _wait_until_still(self, widget: QWidget) -> None:
        """Nobody clicks on what is still finding its place."""
        before = QRect()

        def is_still() -> bool:
            nonlocal before
            now = QRect(widget.mapTo(widget.window(), QPoint(0, 0)), widget.size())
            was, before = before, now
            return now == was

        self.bot.waitUntil(is_still, timeout=LONGEST)

    def _click_at(self, widget: QWidget, at: QPoint) -> None:
        window = widget.window()
        place = widget.mapTo(window, at)
        hit = window.childAt(place) or window
        assert hit is widget or widget.isAncestorOf(hit), f"{called(widget)} is covered by {called(hit) or hit}"
        system_window = window.windowHandle()
        QTest.mouseMove(system_window, place)
        QTest.mouseClick(system_window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)

    def _bring_into_sight(self, widget: QWidget) -> None:
        self._wait_until_still(widget)
        above = widget.parentWidget()
        while above:
            if isinstance(above, QScrollArea):
                self._scroll(above, widget)
            above = above.parentWidget()
        self._wait_until_still(widget)

    def _scroll(self, area: QScrollArea, widget: QWidget) -> None:
        port = area.viewport()

        def where() -> QRect:
            return QRect(widget.mapTo(port, QPoint(0, 0)), widget.size())

        self._wheel_until(
            area,
            lambda: port.rect().contains(where().center().x(), where().center().y()),
            lambda: where().center().y() < 0,
        )

    def _wheel_until(
        self, area: QAbstractScrollArea, is_seen: Callable[[], bool], is_above: Callable[[], bool]
    ) -> None:
        port = area.viewport()
        window = port.window()
        # beside the fields: some of them scroll by themselves
        at = QPointF(port.mapTo(window, QPoint(port.width() - 4, port.height() // 2)))
        for _ in range(_MANY):
            if is_seen():
                return
            QTest.wheelEvent(window.windowHandle(), at, QPoint(0, _NOTCH if is_above() else -_NOTCH))
        raise AssertionError("the wheel never brings it into sight")


def called(widget: QWidget) -> str:
    """What a screen reader says: a name that was given, a text that leads there, or the text that stands on it."""
    if widget.accessibleName():
        return widget.accessibleName()
    labels = [each for each in widget.window().findChildren(QLabel) if each.buddy() is widget]
    if labels:
        return labels[0].text().replace("&", "")
    return widget.text().replace("&", "") if isinstance(widget, QAbstractButton) else ""
