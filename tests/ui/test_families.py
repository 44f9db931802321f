"""The caseload in the window, by keyboard: searching, filters, saved filters, and growing old families."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.demonstration import recorded
from spr_desktop.casework.filters import saved_filters
from spr_desktop.casework.invented import invented_caseload
from spr_desktop.casework.preferences import Preferences
from spr_desktop.casework.refreshing import refresh_all
from spr_desktop.records.references import new_reference
from spr_desktop.vault.keys import LEAST_COST
from spr_desktop.vault.vault import Vault
from tests.ui.conftest import LONGEST, Driver, driving
from tests.vaults import NAMES, NOT_READY, PASSPHRASE, PRACTITIONER, READY
from ui.places.families import Families, count_in_words, wanted
from ui.places.family import Family
from ui.refreshing import JOB


def texts(widget: QWidget) -> str:
    return "\n".join(each.text() for each in widget.findChildren(QLabel) if each.isVisibleTo(widget))


def at_families(driver: Driver) -> Families:
    driver.unlock()
    QTest.keyClick(driver.focused, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    place = driver.until(Families)
    assert isinstance(place, Families)
    return place


def column(place: Families, number: int) -> list[str]:
    model = place._model
    return [str(model.data(model.index(row, number))) for row in range(model.rowCount())]


def test_arrows_move_while_one_types_and_enter_opens(driver: Driver) -> None:
    place = at_families(driver)
    first, second = column(place, 0)
    QTest.keyClick(driver.focused, Qt.Key.Key_Down)
    assert driver.focused.accessibleName().startswith("Search families")
    QTest.keyClick(driver.focused, Qt.Key.Key_Return)
    opened = driver.until(Family)
    assert isinstance(opened, Family)
    assert opened.case_ref == second != first


def test_enter_in_the_table_opens_and_tab_leaves_it(driver: Driver) -> None:
    place = at_families(driver)
    table = place._table
    for _ in range(40):
        QTest.keyClick(driver.focused, Qt.Key.Key_Tab)
        if driver.focused is table:
            break
    assert driver.focused is table
    wanted_ref = column(place, 0)[table.current_row]
    QTest.keyClick(table, Qt.Key.Key_Return)
    opened = driver.until(Family)
    assert isinstance(opened, Family)
    assert opened.case_ref == wanted_ref


def test_filters_say_in_words_what_is_left_and_nothing_that_fits_leads_back(driver: Driver) -> None:
    place = at_families(driver)
    assert "2 families" in texts(place)
    driver.press("Show: All")
    QTest.keyClick(driver.focused, Qt.Key.Key_Right)
    QTest.keyClick(driver.focused, Qt.Key.Key_Right)
    assert driver.focused.accessibleName() == "Show: Not yet"
    QTest.keyClick(driver.focused, Qt.Key.Key_Space)
    assert column(place, 0) == [NOT_READY]
    assert "1 family, of 2" in texts(place)
    QTest.keyClick(driver.focused, Qt.Key.Key_Left)
    QTest.keyClick(driver.focused, Qt.Key.Key_Space)
    assert "No family fits this" in texts(place)
    driver.press("Show all families")
    assert set(column(place, 0)) == {READY, NOT_READY}


def test_hidden_names_are_nowhere_in_the_table(driver: Driver) -> None:
    driver.window.preferences = Preferences(names_hidden=True)
    place = at_families(driver)
    roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
    model = place._model

    def everything() -> str:
        cells = [model.index(row, at) for row in range(model.rowCount()) for at in range(model.columnCount())]
        return " ".join(str(model.data(each, role)) for each in cells for role in roles)

    assert not any(name in everything() for name in NAMES)
    driver.press("Hide names")
    assert NAMES[0] in everything()


def test_a_filter_is_saved_under_a_name_used_and_removed(driver: Driver) -> None:
    place = at_families(driver)
    driver.write("lukasz")
    driver.bot.waitUntil(lambda: column(place, 0) == [NOT_READY], timeout=LONGEST)
    saved = place._saved

    def actions() -> dict[str, Any]:
        saved._menu.aboutToShow.emit()
        return {each.text(): each for each in saved._menu.actions()}

    actions()["Save what is chosen now"].trigger()
    assert driver.focused.accessibleName() == "Name of the filter"
    driver.write("Mine")
    QTest.keyClick(driver.focused, Qt.Key.Key_Return)
    assert saved_filters(driver.window.caseload)["Mine"].search == "lukasz"
    driver.tab_to("Search families")
    QTest.keyClick(driver.focused, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(driver.focused, Qt.Key.Key_Delete)
    driver.bot.waitUntil(lambda: len(column(place, 0)) == 2, timeout=LONGEST)
    actions()["Mine"].trigger()
    assert column(place, 0) == [NOT_READY]
    actions()["Remove"].menu().actions()[0].trigger()
    assert saved_filters(driver.window.caseload) == {}


def test_search_and_filters_come_back_after_unlocking(driver: Driver) -> None:
    place = at_families(driver)
    driver.write("lukasz")
    place._filters.button(2).click()
    driver.window.lock_now()
    driver.unlock()
    again = driver.window.place
    assert isinstance(again, Families)
    assert again._chosen() == place_chosen("lukasz", "not_yet")
    assert column(again, 0) == [NOT_READY]


def place_chosen(search: str, show: str) -> Any:
    from spr_desktop.casework.filters import SavedFilter

    return SavedFilter(search=search, show=show)


def test_what_a_filter_asks_for() -> None:
    today = date(2026, 11, 22)
    assert wanted("all", None, today) is None
    stop = wanted("stop", "mediation", today)
    assert stop is not None
    assert (stop.outcomes, stop.service, stop.ready) == (frozenset({"stop"}), "mediation", None)
    due = wanted("due", None, today)
    assert due is not None
    assert (due.due_by, due.outcomes) == (date(2026, 11, 28), frozenset())
    assert count_in_words(1) == "1 family"
    assert count_in_words(20_000) == "20,000 families"


# Families that have grown old


@pytest.fixture(scope="session")
def old_vault(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two hundred families whose lines are of another day."""
    folder = tmp_path_factory.mktemp("old") / "vault"
    vault, _ = Vault.create(folder, PASSPHRASE, cost=LEAST_COST)
    with Caseload(vault) as caseload:
        caseload.set_practitioner(PRACTITIONER)
        day = date.today() - timedelta(days=120)
        for _ in range(20):
            families = list(invented_caseload(day))[:10]
            caseload.keep({new_reference(): recorded(each.events(day), day) for each in families}, day)
        assert caseload.stale_count(date.today()) > 150
    return folder


@pytest.fixture
def old(qtbot: QtBot, old_vault: Path, tmp_path: Path) -> Iterator[Driver]:
    yield from driving(qtbot, Path(shutil.copytree(old_vault, tmp_path / "vault")))


class Slow:
    """The refresh, held up after its first step until it is let go or called off."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.go_on = threading.Event()
        self.runs = 0
        self._real = refresh_all
        monkeypatch.setattr("ui.refreshing.refresh_all", self)

    def __call__(
        self,
        background: Vault,
        as_of: date,
        progress: Callable[[int, int], None],
        is_cancelled: Callable[[], bool],
    ) -> None:
        self.runs += 1

        def told(done: int, of: int) -> None:
            progress(done, of)
            while not self.go_on.is_set() and not is_cancelled():
                self.go_on.wait(0.01)

        self._real(background, as_of, told, is_cancelled)


def test_old_families_are_brought_up_to_today_beside_the_work(old: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = Slow(monkeypatch)
    old.unlock()
    old.window.show_families()
    place = old.until(Families)
    assert isinstance(place, Families)
    old.bot.waitUntil(lambda: "families up to today: " in texts(place), timeout=LONGEST)
    on_screen = {str(place._model.data(place._model.index(row, 0))) for row in place._table.rows_on_screen()}
    stale = set(old.window.caseload.vault.stale_summaries(date.today()))
    assert stale
    assert not on_screen & stale
    old.write("a")  # one goes on working meanwhile
    slow.go_on.set()
    old.bot.waitUntil(lambda: old.window.caseload.stale_count(date.today()) == 0, timeout=LONGEST)
    old.bot.waitUntil(lambda: "up to today" not in texts(place), timeout=LONGEST)
    assert slow.runs == 1


def test_it_can_be_left_for_later_and_done_then(old: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = Slow(monkeypatch)
    old.unlock()
    old.window.show_families()
    place = old.until(Families)
    old.bot.waitUntil(lambda: "families up to today: " in texts(place), timeout=LONGEST)
    old.press("Bring the families up to today later")
    old.bot.waitUntil(lambda: "shown as on an earlier day" in texts(place), timeout=LONGEST)
    left = old.window.caseload.stale_count(date.today())
    assert left > 0
    old.window.show_today()
    old.window.show_families()
    place = old.until(Families)
    old.bot.waitUntil(lambda: "shown as on an earlier day" in texts(place), timeout=LONGEST)
    assert slow.runs == 1
    slow.go_on.set()
    old.press("Bring the families up to today now")
    old.bot.waitUntil(lambda: old.window.caseload.stale_count(date.today()) == 0, timeout=LONGEST)


def test_locking_in_the_middle_stops_it_before_the_vault_is_closed(
    old: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    Slow(monkeypatch)
    closed: list[str] = []
    close = Vault.close

    def told_close(vault: Vault) -> None:
        closed.append("own" if vault._lock else "background")
        close(vault)

    old.unlock()
    old.window.show_families()
    place = old.until(Families)
    old.bot.waitUntil(lambda: "families up to today: " in texts(place), timeout=LONGEST)
    monkeypatch.setattr(Vault, "close", told_close)
    old.window.lock_now()
    assert "background" in closed  # a backup that was due may have had one as well
    assert closed.index("own") == len(closed) - 1
    assert old.window.jobs.long_job(JOB) is None
    with Caseload.open(old.window._folder, PASSPHRASE) as caseload:
        caseload.vault.verify()
        assert caseload.count() == 200
