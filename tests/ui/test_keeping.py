"""Keeping and disposal by keyboard: the rule, the list, the passphrase, the certificate, and what is left."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from spr_desktop.casework.backing_up import backups_of, still_held
from spr_desktop.casework.drafts import draft, keep_draft
from spr_desktop.casework.errors import CaseDisposed
from spr_desktop.casework.retention import chosen_rule
from spr_desktop.vault.vault import Vault
from tests.ui.all_places import PAST, PLACES
from tests.ui.conftest import LONGEST, Driver
from tests.vaults import NOT_READY, PASSPHRASE, READY
from ui.places import certificate
from ui.places.disposing import Disposing
from ui.places.keeping import Keeping
from ui.places.settings import Settings
from ui.places.today import Today
from ui.where import Where


def texts(driver: Driver) -> str:
    return " ".join(each.text() for each in driver.window.place.findChildren(QLabel) if each.isVisible())


def until_read(driver: Driver, words: str) -> None:
    driver.bot.waitUntil(lambda: words in texts(driver), timeout=LONGEST)


def test_from_the_settings_to_a_certificate(driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(certificate, "choose_where_to_save", lambda _parent, name: tmp_path / name)
    driver.unlock()
    PLACES["keeping"](driver.window)
    driver.window.show_family(PAST)
    keep_draft(driver.window.caseload, f"{PAST}/note", {"typed": {"text": "x"}})
    driver.window.show_settings()
    driver.until(Settings)
    driver.press("See the rule, and what is past its time")
    driver.until(Keeping)
    assert "1 family is past its time" in texts(driver)
    driver.tab_to("Families past their time")
    QTest.keyClick(driver.focused, Qt.Key.Key_Return)
    assert f"1 family is on the list: {PAST}." in texts(driver)
    driver.press("Look at what would go")
    driver.until(Disposing)
    assert "1 family of 3 would go for good, with 1 record." in texts(driver)
    driver.press("Dispose of them for good")
    assert "Type your passphrase" in texts(driver)
    driver.write("not the passphrase")
    driver.press("Dispose of them for good")
    until_read(driver, "That is not the passphrase.")
    assert PAST in driver.window.caseload.vault.case_refs()
    driver.bot.waitUntil(lambda: driver.focused.accessibleName() == "Passphrase", timeout=LONGEST)
    driver.write(PASSPHRASE)
    QTest.keyClick(driver.focused, Qt.Key.Key_Return)
    until_read(driver, "1 family is gone. A backup was made without them")
    with pytest.raises(CaseDisposed):
        driver.window.caseload.records(PAST)
    assert draft(driver.window.caseload, f"{PAST}/note") == {}
    assert still_held(driver.window.caseload.vault) == []
    assert len(backups_of(driver.window.caseload)) == 2
    driver.press("Save the certificate")
    (saved,) = tmp_path.glob("DC-*.pdf")
    assert saved.read_bytes().startswith(b"%PDF")
    driver.press("To keeping and disposal")
    driver.until(Keeping)
    assert "No family is past its time" in texts(driver)
    assert "Certificates of disposal" in texts(driver)
    driver.window.back()
    driver.bot.waitUntil(lambda: not isinstance(driver.window.place, Keeping), timeout=LONGEST)
    assert PAST not in str(driver.window._ways_back)


def test_a_rule_is_chosen_and_nothing_goes(driver: Driver) -> None:
    driver.unlock()
    driver.window.go(Where("keeping"))
    driver.until(Keeping)
    assert "No rule is chosen" in texts(driver)
    driver.choose("Families are kept: Another rule")
    driver.press("Save the rule")
    assert "Write it like CASE+6 or DOB+25." in texts(driver)
    driver.tab_to("The other rule")
    driver.write("dob+30")
    driver.press("Save the rule")
    assert "Say which policy it comes from" in texts(driver)
    driver.tab_to("The policy it comes from")
    driver.write("Schedule 12")
    driver.press("Save the rule")
    chosen = chosen_rule(driver.window.caseload)
    assert chosen
    assert (chosen.rule.code, chosen.basis) == ("DOB+30", "Schedule 12")
    assert driver.window.caseload.vault.disposals() == []


def test_a_family_is_held_and_let_go(driver: Driver) -> None:
    driver.unlock()
    PLACES["keeping"](driver.window)
    driver.until(Keeping)
    driver.press("Hold this family")
    assert "Type the reference of the family." in texts(driver)
    driver.write(PAST)
    driver.choose("Why it is held: There is a complaint")
    day = date.today() + timedelta(days=400)
    driver.tab_to("Look at it again on: Day")
    driver.write(f"{day.day}")
    driver.tab_to("Look at it again on: Month")
    driver.write(f"{day.month}")
    driver.tab_to("Look at it again on: Year")
    driver.write(f"{day.year}")
    driver.press("Hold this family")
    assert set(driver.window.caseload.vault.holds()) == {NOT_READY, PAST}
    assert "No family is past its time" in texts(driver)
    driver.tab_to("Families past their time")
    QTest.keyClick(driver.focused, Qt.Key.Key_Down)
    QTest.keyClick(driver.focused, Qt.Key.Key_Return)
    assert len(driver.window.caseload.vault.holds()) == 1


def test_another_family_goes_on_the_list_by_its_reference(driver: Driver) -> None:
    driver.unlock()
    driver.window.go(Where("keeping"))
    driver.until(Keeping)
    driver.tab_to("Another family, by its reference")
    driver.write("ZZZZ-9999")
    driver.press("Put it on the list")
    assert "There is no family with this reference" in texts(driver)
    driver.tab_to("Another family, by its reference")
    QTest.keyClick(driver.focused, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    driver.write("rdya1234")
    driver.press("Put it on the list")
    assert f"1 family is on the list: {READY}." in texts(driver)
    driver.press("Look at what would go")
    driver.until(Disposing)
    assert "No rule of retention is chosen" in texts(driver)
    driver.choose("Why they are disposed of: It was opened by mistake, or twice")
    assert "1 family of 2 would go for good" in texts(driver)


def test_many_at_once_need_their_number(driver: Driver) -> None:
    driver.unlock()
    driver.window.go(Where("disposing", {"case_refs": [READY, NOT_READY]}))
    driver.until(Disposing)
    driver.choose("Why they are disposed of: Somebody asked for erasure, and it was granted")
    driver.tab_to("Passphrase")
    driver.write(PASSPHRASE)
    driver.press("Dispose of them for good")
    assert "That is not how many families go." in texts(driver)
    assert driver.window.caseload.vault.disposals() == []
    driver.write("2")
    driver.press("Dispose of them for good")
    until_read(driver, "2 families are gone.")


def test_it_is_stopped_between_two_families(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    driver.unlock()
    window = driver.window
    work = Vault.dispose

    def stopped(self: Vault, *given: object, **named: object) -> object:
        window.jobs.long_job("disposal").cancel()  # type: ignore[union-attr]
        return work(self, *given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(Vault, "dispose", stopped)
    window.go(Where("disposing", {"case_refs": [READY, NOT_READY]}))
    driver.until(Disposing)
    driver.choose("Why they are disposed of: Somebody asked for erasure, and it was granted")
    driver.tab_to("How many families go, as a figure")
    driver.write("2")
    driver.tab_to("Passphrase")
    driver.write(PASSPHRASE)
    QTest.keyClick(driver.focused, Qt.Key.Key_Return)
    until_read(driver, "1 family is gone. You stopped it there.")
    assert window.caseload.vault.case_refs() == [NOT_READY]


def test_locking_meanwhile_leaves_every_family_whole_or_gone(driver: Driver, vault: Path) -> None:
    driver.unlock()
    driver.window.go(Where("disposing", {"case_refs": [READY, NOT_READY]}))
    driver.until(Disposing)
    driver.choose("Why they are disposed of: Somebody asked for erasure, and it was granted")
    driver.tab_to("How many families go, as a figure")
    driver.write("2")
    driver.tab_to("Passphrase")
    driver.write(PASSPHRASE)
    QTest.keyClick(driver.focused, Qt.Key.Key_Return)
    driver.bot.waitUntil(lambda: driver.window.jobs.long_job("disposal") is not None, timeout=LONGEST)
    driver.window.lock_now()
    with Vault.open(vault, PASSPHRASE) as opened:
        opened.verify()
        assert len(opened.case_refs()) + len(opened.disposals()) == 2


def test_today_says_how_many_are_past_their_time(driver: Driver) -> None:
    driver.unlock()
    driver.window.show_today()
    driver.until(Today)
    assert "past its time" not in texts(driver)
    PLACES["keeping"](driver.window)
    driver.window.show_today()
    driver.until(Today)
    assert "1 family is past its time." in texts(driver)
    driver.press("Families past their time")
    driver.until(Keeping)
