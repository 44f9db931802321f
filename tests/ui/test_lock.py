"""Locking over whatever is open: dialogs, menus, jobs; and what is left afterwards."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import QObject, QPoint, QSettings, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFileDialog,
    QLineEdit,
    QMenu,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QToolTip,
    QWidget,
)
from pytestqt.qtbot import QtBot

from spr_desktop.casework.caseload import Caseload
from spr_desktop.records.case import Case
from spr_desktop.records.work import DocumentMade
from spr_desktop.vault.errors import VaultInUse, WrongSecret
from tests.cases import CASE_REF
from tests.ui.all_places import compete
from tests.ui.conftest import LONGEST, Driver, driving
from tests.ui.left import MARK, everything_shown, marked_anew, remembered, spoken
from tests.vaults import NOT_READY, PASSPHRASE, READY, make_caseload
from ui.clipboard import copy_secret
from ui.file_choice import choose_file, choose_folder, choose_where_to_save
from ui.jobs import Jobs
from ui.places.create import Create
from ui.places.document import DocumentPage
from ui.places.families import Families
from ui.places.hidden import Hidden
from ui.places.leave_parent import LeaveParent
from ui.places.own_secrets import ChangePassphrase
from ui.places.unlock import Unlock
from ui.places.unlock_recovery import Recovering
from ui.where import OUTSIDE, PLACES, Where

F9 = (Qt.Key.Key_F9, Qt.KeyboardModifier.NoModifier, Hidden)
CTRL_L = (Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier, Unlock)
KEYS = pytest.mark.parametrize("keys", [F9, CTRL_L], ids=["F9", "Ctrl+L"])
T = TypeVar("T")
Keys = tuple[Qt.Key, Qt.KeyboardModifier, type[QWidget]]


def press(keys: Keys, on: QWidget) -> None:
    """Press a key where the system would: on the window that has the focus."""
    handle = on.window().windowHandle()
    assert handle
    QTest.keyClick(handle, keys[0], keys[1])


def assert_locked(driver: Driver, keys: Keys) -> None:
    """The window is where the key leads, nothing is on top of it, and the vault can be opened again at once."""
    assert isinstance(driver.window.place, keys[2])
    assert QApplication.activePopupWidget() is None
    assert QApplication.activeModalWidget() is None
    assert [each for each in QApplication.topLevelWidgets() if each.isVisible() and each is not driver.window] == []
    Caseload.open(driver.window._folder, PASSPHRASE).close()


# Dialogs


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own, with what Qt's dialogs write down."""
    (tmp_path / "home" / "Documents").mkdir(parents=True)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(tmp_path / "home" / ".config"))
    return tmp_path / "home"


def written_down() -> list[str]:
    """What Qt's dialogs wrote down."""
    return [each for each in QSettings(QSettings.Scope.UserScope, "QtProject").allKeys() if "FileDialog" in each]


def with_open(kind: type[QWidget], do: Callable[[], T], act: Callable[[QWidget], None]) -> T:
    """Do what opens a dialog and stays in it; act as soon as one of the kind is open."""
    acted: list[bool] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if acted or not isinstance(dialog, kind) or not dialog.isVisible():
            return
        acted.append(True)
        try:
            act(dialog)
        finally:
            while left := QApplication.activeModalWidget():
                left.close()

    timer = QTimer(interval=20)
    timer.timeout.connect(look)
    timer.start()
    got = do()
    timer.stop()
    assert acted, "it never opened"
    return got


DIALOGS: dict[str, Callable[[QWidget], Path | None]] = {
    "save": lambda place: choose_where_to_save(place, "SPR-1.pdf"),
    "folder": lambda place: choose_folder(place, "Choose a folder"),
    "file": lambda place: choose_file(place, "Choose a file", "Certificates (*.pem)"),
}
EACH_DIALOG = pytest.mark.parametrize("ask", DIALOGS.values(), ids=DIALOGS)


def test_files_are_chosen_in_one_home_only() -> None:
    sources = (Path(__file__).parents[2] / "ui").rglob("*.py")
    asking = {
        each.name
        for each in sources
        if any(word in each.read_text() for word in ("QFileDialog", "QMessageBox", "QInputDialog"))
    }
    assert asking == {"file_choice.py"}


@KEYS
@EACH_DIALOG
def test_a_dialog_closes_and_the_vault_locks(
    driver: Driver, home: Path, keys: Keys, ask: Callable[[QWidget], Path | None]
) -> None:
    driver.unlock()
    place = driver.window.place
    assert with_open(QFileDialog, lambda: ask(place), lambda dialog: press(keys, dialog)) is None
    assert_locked(driver, keys)
    driver.bot.waitUntil(lambda: written_down() == [], timeout=LONGEST)
    assert home.exists()


@KEYS
def test_so_does_the_question_whether_a_file_may_be_replaced(driver: Driver, home: Path, keys: Keys) -> None:
    (home / "Documents" / "SPR-1.pdf").write_text("before")
    driver.unlock()
    place = driver.window.place

    def save(dialog: QWidget) -> None:
        assert isinstance(dialog, QFileDialog)
        with_open(QMessageBox, dialog.accept, lambda question: press(keys, question))

    assert with_open(QFileDialog, lambda: choose_where_to_save(place, "SPR-1.pdf"), save) is None
    assert_locked(driver, keys)


@pytest.mark.parametrize(("name", "keys"), [("Hide everything and lock", F9), ("Lock the vault", CTRL_L)])
@EACH_DIALOG
@pytest.mark.usefixtures("home")
def test_hide_and_lock_are_the_first_two_in_a_dialog(
    driver: Driver, ask: Callable[[QWidget], Path | None], name: str, keys: Keys
) -> None:
    driver.unlock()
    place = driver.window.place

    def act(dialog: QWidget) -> None:
        reached = reached_by_tab(dialog)
        assert [each.accessibleName() for each in reached[:2]] == ["Hide everything and lock", "Lock the vault"]
        assert all(each.accessibleName() or each.property("text") for each in reached)
        wanted = next(each for each in reached if each.accessibleName() == name)
        for _ in range(30):
            if QApplication.focusWidget() is wanted:
                break
            QTest.keyClick(dialog.windowHandle(), Qt.Key.Key_Tab)
        QTest.keyClick(dialog.windowHandle(), Qt.Key.Key_Space)

    assert with_open(QFileDialog, lambda: ask(place), act) is None
    assert_locked(driver, keys)


def reached_by_tab(dialog: QWidget) -> list[QWidget]:
    """What Tab reaches in a dialog, from its beginning."""
    found = []
    each = dialog.nextInFocusChain()
    while each and each is not dialog:
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.isVisible():
            found.append(each)
        each = each.nextInFocusChain()
    return found


def test_a_dialog_leaves_no_folder_behind_and_shows_none_from_before(driver: Driver, home: Path) -> None:
    (home / "of-a-family").mkdir()
    plain = QFileDialog(None, "Open", str(home / "of-a-family"))
    plain.setOption(QFileDialog.Option.DontUseNativeDialog)
    plain.setHistory([str(home / "of-a-family")])
    plain.deleteLater()
    driver.bot.waitUntil(lambda: written_down() != [], timeout=LONGEST)
    driver.unlock()
    place = driver.window.place

    def accept(dialog: QWidget) -> None:
        assert isinstance(dialog, QFileDialog)
        assert dialog.testOption(QFileDialog.Option.DontUseNativeDialog)
        assert "of-a-family" not in "".join([*dialog.history(), *(each.toString() for each in dialog.sidebarUrls())])
        dialog.accept()

    chosen = with_open(QFileDialog, lambda: choose_where_to_save(place, "SPR-1.pdf"), accept)
    assert chosen == home / "Documents" / "SPR-1.pdf"
    assert written_down() == []
    assert "home" not in (home / ".config" / "QtProject.conf").read_text()


@KEYS
@pytest.mark.usefixtures("home")
def test_hiding_over_a_dialog_where_no_vault_is_open_covers_what_was_typed(driver: Driver, keys: Keys) -> None:
    place = driver.until(Unlock)
    assert isinstance(place, Unlock)
    driver.write("half a passphr")
    with_open(QFileDialog, place._choose_folder, lambda dialog: press(keys, dialog))
    assert QApplication.activeModalWidget() is None
    assert place._passphrase.text() == ""


@pytest.mark.usefixtures("home")
def test_so_it_does_while_a_vault_is_made(qtbot: QtBot, tmp_path: Path) -> None:
    for driver in driving(qtbot, tmp_path / "new"):
        place = driver.until(Create)
        assert isinstance(place, Create)
        for ask in (place._choose_folder, place._open_existing):
            place._turn_to(0)
            with_open(QFileDialog, ask, lambda dialog: press(F9, dialog))
            assert QApplication.activeModalWidget() is None
            assert place._pages.currentIndex() == 3


# Time goes by in a dialog too


class Clock:
    """The clock of the watch, in the hand of the test."""

    def __init__(self, driver: Driver) -> None:
        watch = driver.window._watch
        assert watch
        self.watch = watch
        self.seconds = watch._clock()
        watch._clock = lambda: self.seconds
        watch._timer.setInterval(10_000_000)

    def go_by(self, seconds: int) -> None:
        """So many seconds, one after the other."""
        for _ in range(seconds):
            self.seconds += 1
            if self.watch._timer.isActive():
                self.watch.tick()


@pytest.mark.usefixtures("home")
def test_a_dialog_that_is_left_open_warns_and_locks(driver: Driver) -> None:
    driver.unlock()
    clock, place = Clock(driver), driver.window.place

    def wait(dialog: QWidget) -> None:
        clock.go_by(250)
        assert "locks in" in everything_shown()
        warned = [each for each in dialog.findChildren(QWidget) if "locks in" in str(each.property("text"))]
        assert len(warned) == 1
        name = dialog.findChild(QLineEdit, "fileNameEdit")
        assert name
        QTest.keyClick(dialog.windowHandle(), Qt.Key.Key_A)
        assert str(warned[0].property("text")) == ""
        clock.go_by(299)
        assert dialog.isVisible(), "keys that are typed in a dialog count"
        clock.go_by(1)
        assert not dialog.isVisible()

    assert with_open(QFileDialog, lambda: choose_where_to_save(place, "SPR-1.pdf"), wait) is None
    assert_locked(driver, CTRL_L)
    assert "locked itself after 5 minutes" in everything_shown()


# Menus, lists, tooltips


def _menu_of_a_button(driver: Driver) -> None:
    driver.window.show_family(NOT_READY)
    driver.until(type(driver.window.place))
    with_menus = [each for each in driver.window.place.findChildren(QPushButton) if each.menu() and each.isVisible()]
    menu = with_menus[0].menu()
    assert menu
    menu.popup(QPoint(10, 10))


def _menu_in_a_menu(driver: Driver) -> None:
    driver.window.show_family(NOT_READY)
    driver.until(type(driver.window.place))
    menus = [each.menu() for each in driver.window.place.findChildren(QPushButton) if each.menu()]
    menu, inner = next((one, action.menu()) for one in menus if one for action in one.actions() if action.menu())
    menu.popup(QPoint(10, 10))
    assert isinstance(inner, QMenu)
    inner.popup(QPoint(60, 60))


def _list_of_choices(driver: Driver) -> None:
    driver.window.show_form(NOT_READY, "note", {})
    driver.until(type(driver.window.place))
    box = QComboBox(driver.window.place)
    box.addItems(["one", "two"])
    box.show()
    box.showPopup()


def _menu_of_a_box(kind: type[QLineEdit] | type[QPlainTextEdit]) -> Callable[[Driver], None]:
    def open_it(driver: Driver) -> None:
        driver.window.show_form(NOT_READY, "note", {})
        driver.until(type(driver.window.place))
        box = next(each for each in driver.window.place.findChildren(kind) if each.isVisible())
        event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), box.mapToGlobal(QPoint(5, 5)))
        QApplication.sendEvent(box.viewport() if isinstance(box, QPlainTextEdit) else box, event)

    return open_it


MENUS: dict[str, Callable[[Driver], None]] = {
    "of a button": _menu_of_a_button,
    "in a menu": _menu_in_a_menu,
    "list of choices": _list_of_choices,
    "of a line": _menu_of_a_box(QLineEdit),
    "of a text": _menu_of_a_box(QPlainTextEdit),
}


@KEYS
@pytest.mark.parametrize("open_it", MENUS.values(), ids=MENUS)
def test_a_menu_closes_and_the_vault_locks(driver: Driver, keys: Keys, open_it: Callable[[Driver], None]) -> None:
    driver.unlock()
    open_it(driver)
    popup = QApplication.activePopupWidget()
    assert popup, "it never opened"
    press(keys, popup)
    assert_locked(driver, keys)
    driver.bot.waitUntil(lambda: driver.window.place.isAncestorOf(driver.window.focusWidget()), timeout=LONGEST)


def test_a_menu_that_is_left_open_locks(driver: Driver) -> None:
    driver.unlock()
    clock = Clock(driver)
    _menu_in_a_menu(driver)
    clock.go_by(300)
    assert_locked(driver, CTRL_L)


@KEYS
def test_a_tooltip_goes_with_its_words(driver: Driver, keys: Keys) -> None:
    driver.unlock()
    QToolTip.showText(QPoint(5, 5), "Yk0001xw, aged 4", driver.window.place)
    assert "Yk0001xw" in everything_shown()
    driver.window.hide_and_lock() if keys is F9 else driver.window.lock("A key would hide it by itself.")
    assert_locked(driver, keys)
    assert "Yk0001xw" not in everything_shown()
    assert not QToolTip.isVisible()


# Long jobs

NEW = "quite other words that are long"


class Begun:
    """Jobs that tell when they begin, and what was delivered of them."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.has_begun = threading.Event()
        self.has_ended = threading.Event()
        self.delivered: list[object] = []
        start = Jobs.start

        def told_start(
            jobs: Jobs,
            owner: QObject,
            work: Callable[[], Any],
            then: Callable[[Any], None],
            failed: Callable[[Exception], None],
            discard: Callable[[Any], None] | None = None,
        ) -> None:
            def told_work() -> Any:
                self.has_begun.set()
                try:
                    return work()
                finally:
                    self.has_ended.set()

            def told_then(found: Any) -> None:
                self.delivered.append(found)
                then(found)

            def told_failed(error: Exception) -> None:
                self.delivered.append(error)
                failed(error)

            start(jobs, owner, told_work, told_then, told_failed, discard)

        monkeypatch.setattr(Jobs, "start", told_start)

    def wait(self) -> None:
        """Until the next job is in the middle of its work."""
        assert self.has_begun.wait(30)


def nothing_more_comes(driver: Driver) -> None:
    """Let everything come that was on its way."""
    came: list[bool] = []
    QTimer.singleShot(0, driver.window, lambda: came.append(True))
    driver.bot.waitUntil(lambda: bool(came), timeout=LONGEST)


def _change_the_passphrase(driver: Driver, _begun: Begun, _monkeypatch: pytest.MonkeyPatch) -> None:
    driver.window.show_settings()
    card = driver.window.place.findChild(ChangePassphrase)
    assert isinstance(card, ChangePassphrase)
    card._old.setText(PASSPHRASE)
    card._new._box.setText(NEW)
    card._new._again.setText(NEW)
    card._start()


def _leave_a_parents_page(driver: Driver, _begun: Begun, _monkeypatch: pytest.MonkeyPatch) -> None:
    driver.window.show_parent(NOT_READY, "b")
    driver.window.ask_to_leave()
    place = driver.window.place
    assert isinstance(place, LeaveParent)
    place._passphrase.setText(PASSPHRASE)
    place._prove()


def _lay_a_pack_out(driver: Driver, _begun: Begun, _monkeypatch: pytest.MonkeyPatch) -> None:
    driver.window.show_pack(READY)


def _seal_a_pack(driver: Driver, begun: Begun, monkeypatch: pytest.MonkeyPatch) -> None:
    driver.window.show_pack(READY)
    place = driver.window.place
    assert isinstance(place, DocumentPage)
    driver.bot.waitUntil(lambda: place.is_laid_out, timeout=LONGEST)
    target = driver.window._folder.parent / "sealed"
    target.mkdir()
    monkeypatch.setattr("ui.places.document.choose_where_to_save", lambda _parent, name: target / name)
    begun.has_begun.clear()
    begun.delivered.clear()
    place._choose_file()


JOBS: dict[str, Callable[[Driver, Begun, pytest.MonkeyPatch], None]] = {
    "changing the passphrase": _change_the_passphrase,
    "proving the passphrase": _leave_a_parents_page,
    "laying out a pack": _lay_a_pack_out,
    "sealing": _seal_a_pack,
}


@pytest.mark.usefixtures("in_earnest")
@pytest.mark.parametrize("keys", [F9, CTRL_L, None], ids=["F9", "Ctrl+L", "watch"])
@pytest.mark.parametrize("job", JOBS)
def test_locking_in_the_middle_of_a_job(
    driver: Driver, monkeypatch: pytest.MonkeyPatch, job: str, keys: Keys | None
) -> None:
    driver.unlock()
    driver.window.say("Something was said before.")
    begun, clock = Begun(monkeypatch), Clock(driver)
    before = [driver.window.caseload.vault]
    JOBS[job](driver, begun, monkeypatch)
    begun.wait()
    on_screen: list[QWidget] = []
    stop_all = Jobs.stop_all

    def told_stop_all(jobs: Jobs) -> None:
        on_screen.append(driver.window.place)
        stop_all(jobs)

    monkeypatch.setattr(Jobs, "stop_all", told_stop_all)
    if keys:
        press(keys, driver.window)
    else:
        clock.go_by(300)
    wanted = keys[2] if keys else Unlock
    assert [type(each) for each in on_screen] == [wanted], "it showed the family until the job was done"
    nothing_more_comes(driver)
    assert isinstance(driver.window.place, wanted)
    assert driver.window.messages.text == ""
    assert begun.delivered == []
    assert [each.name for each in threading.enumerate() if "job" in each.name] == []
    assert [*driver.window._folder.parent.glob("sealed/*")] == []
    assert not any(before[0]._data_key.material)
    assert not any(before[0]._chain_key)
    with Caseload.open(driver.window._folder, NEW if "changing" in job else PASSPHRASE) as caseload:
        caseload.vault.verify()
        assert caseload.case(READY).every(DocumentMade) == []


@pytest.mark.usefixtures("in_earnest")
@KEYS
def test_hiding_while_it_opens_leaves_it_closed(driver: Driver, monkeypatch: pytest.MonkeyPatch, keys: Keys) -> None:
    begun = Begun(monkeypatch)
    place = driver.until(Unlock)
    assert isinstance(place, Unlock)
    driver.write(PASSPHRASE)
    QTest.keyClick(driver.focused, Qt.Key.Key_Return)
    begun.wait()
    press(keys, driver.window)
    driver.bot.waitUntil(lambda: not place._is_busy, timeout=LONGEST)
    nothing_more_comes(driver)
    assert driver.window.place is place
    assert (driver.window._caseload, place._passphrase.text(), place._error.text()) == (None, "", "")
    Caseload.open(driver.window._folder, PASSPHRASE).close()
    driver.unlock()


@pytest.mark.usefixtures("in_earnest")
@KEYS
def test_hiding_while_it_opens_with_the_recovery_key_leaves_it_closed(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, keys: Keys
) -> None:
    key = make_caseload(tmp_path / "vault")
    for driver in driving(qtbot, tmp_path / "vault"):
        place = driver.until(Unlock)
        assert isinstance(place, Unlock)
        place._recover()
        recovering = place._recovering
        assert isinstance(recovering, Recovering)
        recovering._key.setText(key)
        recovering._passphrase._box.setText(NEW)
        recovering._passphrase._again.setText(NEW)
        begun = Begun(monkeypatch)
        recovering._set()
        begun.wait()
        press(keys, driver.window)
        driver.bot.waitUntil(begun.has_ended.is_set, timeout=LONGEST)  # who looks before takes the vault from it
        driver.bot.waitUntil(lambda: not _is_in_use(tmp_path / "vault"), timeout=LONGEST)
        nothing_more_comes(driver)
        assert begun.delivered == []
        assert driver.window.place is place
        assert driver.window._caseload is None
        assert NEW not in everything_shown()
        assert key not in everything_shown()


def _is_in_use(folder: Path) -> bool:
    try:
        Caseload.open(folder, NEW).close()
    except (VaultInUse, WrongSecret):
        return True
    return False


def test_a_search_that_waits_for_the_next_letter_is_given_up(driver: Driver) -> None:
    driver.unlock()
    driver.window.show_families()
    place = driver.until(Families)
    assert isinstance(place, Families)
    place._pause.start()
    driver.window.hide_and_lock()
    assert not place._pause.isActive(), "it would still look into the vault before the page has gone"
    nothing_more_comes(driver)
    assert_locked(driver, F9)


# The clipboard


@KEYS
def test_a_copied_passphrase_leaves_the_clipboard(driver: Driver, keys: Keys) -> None:
    driver.unlock()
    copy_secret("a passphrase of a pack")
    assert QApplication.clipboard().text() == "a passphrase of a pack"
    press(keys, driver.window)
    assert QApplication.clipboard().text() == ""


@KEYS
def test_what_somebody_else_put_on_the_clipboard_stays(driver: Driver, keys: Keys) -> None:
    driver.unlock()
    copy_secret("a passphrase of a pack")
    QApplication.clipboard().setText("a shopping list")
    press(keys, driver.window)
    assert QApplication.clipboard().text() == "a shopping list"


# What is left


@pytest.fixture
def marked(vault: Path) -> None:
    """A family of which every text is marked is in the vault, and nothing of it in the memory of the test."""
    with Caseload.open(vault, PASSPHRASE) as caseload:
        caseload.keep({CASE_REF: marked_anew()}, date.today())


@pytest.fixture
def without_tidying() -> Iterator[None]:
    """Python forgets nothing by chance: what is forgotten, the window has forgotten."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def _record_of(driver: Driver, kind: str) -> str:
    return next(each.id for each in driver.window.caseload.records(CASE_REF) if each.kind == kind)


def go_to(driver: Driver, name: str) -> None:
    """Go to a place, about the marked family and its parent a where it is about one."""
    window = driver.window
    one: dict[str, Any] = {"case_ref": CASE_REF}
    parent = one | {"person_id": "a"}
    about: dict[str, Callable[[], dict[str, Any]]] = {
        **dict.fromkeys(("family", "check", "document", "stopped", "hand_over", "competing"), lambda: one),
        **dict.fromkeys(("parent", "leave_parent", "conversation", "sign_off", "review"), lambda: parent),
        "finished_conversation": lambda: one | {"record_id": _record_of(driver, "safety_conversation")},
        "history": lambda: one | {"record_id": _record_of(driver, "person")},
        "disposing": lambda: {"case_refs": [CASE_REF]},
        "restore": lambda: {"folders": [str(window.caseload.vault.folder)]},
        "form": lambda: one | {"kind": "note", "given": {}, "starting": {"blocks": []}},
    }
    if name in ("parent", "leave_parent", "conversation"):
        window.show_parent(CASE_REF, "a")
    if name == "competing":
        compete(window, CASE_REF)
    if name != "parent":
        window.go(Where(name, about[name]() if name in about else {}))
    place = window.place
    if isinstance(place, DocumentPage):
        driver.bot.waitUntil(lambda: place.is_laid_out, timeout=LONGEST)
    for each in place.findChildren(QLineEdit) if name == "find" else []:
        each.setText("Yk0001xw")
    for box in place.findChildren(QPlainTextEdit):
        box.setPlainText("Yk9999xw")


SHOWS_NOTHING_OF_A_FAMILY = {
    "recovery_sheet",
    "competing",
    "begin",
    "new_family",
    "register",
    "check_document",
    "disposing",
    "hand_overs",
    "receive",
    "keeping",
    "report",
    "library",
    "settings",
    "prove",
    "activity",
    "restore",
    "shortcuts",
    "leave_parent",
    "stopped",
    "today",
}


@KEYS
@pytest.mark.parametrize("name", sorted(PLACES.keys() - OUTSIDE))
@pytest.mark.usefixtures("marked", "without_tidying")
def test_nothing_of_a_family_is_left(driver: Driver, keys: Keys, name: str) -> None:
    before = _cases_alive()
    driver.unlock()
    go_to(driver, name)
    assert MARK.search(everything_shown()) or name in SHOWS_NOTHING_OF_A_FAMILY, "it shows nothing that could be left"
    press(keys, driver.window)
    assert isinstance(driver.window.place, keys[2])
    assert MARK.findall(everything_shown()) == []
    assert MARK.findall("".join(spoken(driver.window)) + QApplication.clipboard().text()) == []
    driver.bot.waitUntil(lambda: remembered() == {}, timeout=LONGEST)
    driver.bot.waitUntil(lambda: _cases_alive() == before, timeout=LONGEST)


def _cases_alive() -> int:
    """How many there are, those of other tests included."""
    return sum(isinstance(each, (Case, Caseload)) for each in gc.get_objects())
