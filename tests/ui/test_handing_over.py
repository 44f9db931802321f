"""Handing families over and receiving them in the window, by keys."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.colleagues import oneself, read_key_file, write_key_file
from spr_desktop.casework.competing import competing
from spr_desktop.casework.corrections import reason_for
from spr_desktop.casework.handing_over import hand_over, hand_overs, take_receipt
from spr_desktop.casework.practitioner import Practitioner
from spr_desktop.casework.taking_over import open_bundle, take, write_receipt
from spr_desktop.vault.keys import LEAST_COST
from spr_desktop.vault.vault import Vault
from tests.ui.all_places import compete
from tests.ui.conftest import LONGEST, Driver
from tests.ui.test_using_documents import drop
from tests.vaults import NOT_READY, PASSPHRASE, READY
from ui.places.competing import CompetingPlace
from ui.places.family import Family
from ui.places.hand_over import HandOverPlace
from ui.places.hand_overs import HandOvers
from ui.places.receive import Receive
from ui.places.register import Register
from ui.where import Where

TODAY = date.today()


@pytest.fixture
def bo(tmp_path: Path) -> Iterator[Caseload]:
    """A colleague's vault, and their key file beside it."""
    with Caseload(Vault.create(tmp_path / "bo", PASSPHRASE, cost=LEAST_COST)[0]) as caseload:
        caseload.set_practitioner(Practitioner(name="Bo Colleague", role="Lead professional"))
        write_key_file(caseload, tmp_path / "bo.key")
        yield caseload


def texts(widget: QWidget) -> str:
    return "\n".join(each.text() for each in widget.findChildren(QLabel) if each.isVisibleTo(widget))


def choosing(monkeypatch: pytest.MonkeyPatch, module: str, path: Path) -> None:
    """Whatever file is asked for, it is this one; the dialog itself is tried in test_lock."""
    for name in ("choose_file", "choose_where_to_save"):
        monkeypatch.setattr(f"ui.places.{module}.{name}", lambda *_: path, raising=False)


def test_handing_a_family_over_and_taking_the_receipt_in(
    driver: Driver, bo: Caseload, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver.unlock()
    QTest.keyClick(driver.focused, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    driver.until(Register)
    driver.press("Handed over and received")
    driver.until(HandOvers)
    driver.press("Hand families over")
    place = driver.until(HandOverPlace)
    driver.press("Save the bundle")
    assert "Choose at least one family." in texts(place)
    QTest.keyClick(driver.tab_to("Families to hand over"), Qt.Key.Key_Return)
    QTest.keyClick(driver.focused, Qt.Key.Key_Down)
    QTest.keyClick(driver.focused, Qt.Key.Key_Return)
    QTest.keyClick(driver.focused, Qt.Key.Key_Return)
    driver.press("Save the bundle")
    assert "Choose the key file of your colleague." in texts(place)
    choosing(monkeypatch, "hand_over", tmp_path / "none.key")
    driver.press("Choose your colleague's key file")
    assert "The disk or a permission" in texts(place)
    choosing(monkeypatch, "hand_over", tmp_path / "bo.key")
    driver.press("Choose your colleague's key file")
    assert "Bo Colleague, Lead professional" in texts(place)
    assert oneself(bo).fingerprint in texts(place)
    driver.press("Save the bundle")
    assert "Compare the fingerprint first." in texts(place)
    driver.press("I rang them on a number I knew before")
    choosing(monkeypatch, "hand_over", tmp_path / "bundle.age")
    driver.tab_to("Passphrase")
    driver.write("not the passphrase")
    QTest.keyClick(driver.focused, Qt.Key.Key_Return)
    driver.bot.waitUntil(lambda: "That is not the passphrase." in texts(place), timeout=LONGEST)
    assert not (tmp_path / "bundle.age").exists()
    driver.write(PASSPHRASE)
    QTest.keyClick(driver.focused, Qt.Key.Key_Return)
    driver.bot.waitUntil(lambda: "The bundle is saved" in texts(place), timeout=LONGEST)

    received = take(bo, open_bundle(bo, tmp_path / "bundle.age"), TODAY)
    assert len(received.families) == 1
    write_receipt(bo, received, tmp_path / "receipt.age")
    driver.press("See what was handed over")
    there = driver.until(HandOvers)
    assert isinstance(there, HandOvers)
    assert there._model.data(there._model.index(0, 3)) == "No receipt yet"
    choosing(monkeypatch, "hand_overs", tmp_path / "receipt.age")
    driver.press("Take in a receipt")
    assert str(there._model.data(there._model.index(0, 3))).startswith("Received on ")
    assert hand_overs(driver.window.caseload)[0].received_at


def bundle_from(bo: Caseload, mine: Caseload, tmp_path: Path) -> Path:
    """The families went to a colleague; both recorded something since, and the colleague hands them back."""
    write_key_file(mine, tmp_path / "mine.key")
    hand_over(mine, [READY, NOT_READY], read_key_file(tmp_path / "bo.key"), tmp_path / "out.age")
    take(bo, open_bundle(bo, tmp_path / "out.age"), TODAY)
    for caseload, name, days in ((mine, "Joan", 2), (bo, "Joanna", 1)):
        body = replace(caseload.case(READY).people["a"].body, preferred_name=name)
        caseload.record(READY, [body], happened_on=TODAY - timedelta(days=days))
    back = tmp_path / "back.age"
    hand_over(bo, [READY, NOT_READY], read_key_file(tmp_path / "mine.key"), back)
    return back


def test_receiving_shows_first_what_it_brings_and_what_competes(
    driver: Driver, bo: Caseload, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver.unlock()
    caseload = driver.window.caseload
    back = bundle_from(bo, caseload, tmp_path)
    before = caseload.vault.count_records()
    driver.window.go(Where("receive"))
    place = driver.until(Receive)
    assert isinstance(place, Receive)
    choosing(monkeypatch, "receive", tmp_path / "out.age")
    driver.press("Choose the bundle")
    driver.bot.waitUntil(lambda: "made for somebody else's key" in texts(place), timeout=LONGEST)
    choosing(monkeypatch, "receive", back)
    driver.press("Choose the bundle")
    driver.bot.waitUntil(lambda: "Nothing was taken yet." in texts(place), timeout=LONGEST)
    rows = [str(place._model.data(place._model.index(row, 1))) for row in (0, 1)]
    assert "to choose between" in rows[0]
    assert rows[1] == "Nothing new"
    assert caseload.vault.count_records() == before
    driver.press("Take it")
    assert "Compare the fingerprint first." in texts(place)
    driver.press("I rang them on a number I knew before")
    driver.press("Take it")
    driver.bot.waitUntil(lambda: "Taken: 1 new record." in texts(place), timeout=LONGEST)
    assert caseload.vault.count_records() == before + 1
    choosing(monkeypatch, "receive", tmp_path / "receipt.age")
    driver.press("Save the receipt")
    assert take_receipt(bo, tmp_path / "receipt.age").received_at

    driver.press("Choose what is right")
    QTest.keyClick(driver.tab_to("What is due"), Qt.Key.Key_Return)
    chooses = driver.until(CompetingPlace)
    assert "≠ Differs: Likes to be called" in texts(chooses)
    assert texts(chooses).count("≠ Differs") == 2
    driver.press("This one is right: number 1")
    assert "Say in a few words why it is this one." in texts(chooses)
    assert len(competing(caseload, READY)) == 1
    driver.write("Asked her.")
    driver.press("This one is right: number 1")
    driver.bot.waitUntil(lambda: "There is nothing to choose between any more." in texts(chooses), timeout=LONGEST)
    driver.bot.waitUntil(lambda: driver.focused.accessibleName() == "Back", timeout=LONGEST)
    case = caseload.case(READY)
    assert case.people["a"].body.preferred_name == "Joan"
    old = next(each for each in case.records if getattr(each.body, "preferred_name", None) == "Joanna")
    assert "Asked her." in (reason_for(case, old) or "")


def test_leaving_it_for_later_keeps_it_on_the_familys_page(driver: Driver) -> None:
    driver.unlock()
    compete(driver.window)
    driver.window.show_family(READY)
    driver.until(Family)
    driver.press("Choose what is right")
    driver.until(CompetingPlace)
    driver.press("Leave it for later")
    family = driver.until(Family)
    assert "recorded in two ways" in texts(family)


def test_a_file_that_is_dropped_is_looked_at(driver: Driver, tmp_path: Path) -> None:
    driver.unlock()
    driver.window.go(Where("receive"))
    place = driver.until(Receive)
    (tmp_path / "letter.age").write_text("Dear colleague", "utf-8")
    assert drop(place, tmp_path / "letter.age")
    driver.bot.waitUntil(lambda: "cut short or was changed" in texts(place), timeout=LONGEST)


def test_saving_ones_key_shows_the_fingerprint_to_read_out(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver.unlock()
    driver.window.go(Where("hand_overs"))
    place = driver.until(HandOvers)
    choosing(monkeypatch, "hand_overs", tmp_path / "mine.key")
    driver.press("Save my key file")
    assert read_key_file(tmp_path / "mine.key").fingerprint in texts(place)


def test_one_parents_page_leads_to_none_of_it(driver: Driver) -> None:
    driver.unlock()
    compete(driver.window)
    driver.window.show_parent(READY, "a")
    for name in ("hand_overs", "hand_over", "receive"):
        driver.window.go(Where(name))
        assert driver.window._here.place == "parent"
    driver.window.go(Where("competing", {"case_ref": READY}))
    assert driver.window._here.place == "parent"
