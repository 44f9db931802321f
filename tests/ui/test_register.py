"""The register in the window: what was made, its details, and recording that it went out."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from spr_desktop.casework.making import PACK, Wish, make
from spr_desktop.casework.sending import record_sent
from spr_desktop.records.work import DocumentSent, ReferralProgress
from tests.ui.conftest import Driver
from tests.vaults import NOT_READY, READY
from ui.places.families import Families
from ui.places.record_form import RecordForm
from ui.places.register import Register
from ui.where import Where

TODAY = date.today()


def texts(widget: QWidget) -> str:
    return "\n".join(each.text() for each in widget.findChildren(QLabel) if each.isVisibleTo(widget))


def at_register(driver: Driver) -> Register:
    QTest.keyClick(driver.focused, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    place = driver.until(Register)
    assert isinstance(place, Register)
    return place


def states(place: Register) -> list[str]:
    return [str(place._model.data(place._model.index(row, 4))) for row in range(place._model.rowCount())]


def test_an_empty_register_says_where_packs_are_made(driver: Driver) -> None:
    driver.unlock()
    place = at_register(driver)
    assert "Nothing was made yet" in texts(place)
    QTest.keyClick(driver.focused, Qt.Key.Key_Space)
    driver.until(Families)


def test_recording_that_a_pack_was_sent_from_its_line(driver: Driver, tmp_path: Path) -> None:
    driver.unlock()
    caseload = driver.window.caseload
    made = make(caseload, READY, Wish(kind=PACK), TODAY, lambda reference: tmp_path / f"{reference}.pdf")
    place = at_register(driver)
    assert states(place) == ["Not sent"]
    QTest.keyClick(driver.tab_to("What was made"), Qt.Key.Key_Return)
    said = texts(place)
    assert made.reference in said
    assert made.sealed.sha256 in said.replace(" ", "")
    driver.press("Record that it was sent")
    assert "Say how the passphrase was told." in texts(place)
    assert not caseload.case(READY).every(DocumentSent)
    driver.choose("How was the passphrase told?: By telephone")
    driver.press("Record that it was sent")
    assert states(place) == [f"Sent {TODAY.day} {TODAY:%b %Y}"]
    sent = caseload.case(READY).every(DocumentSent)[0].body
    assert (sent.document_id, sent.sha256, sent.password_channel) == (
        made.reference,
        made.sealed.sha256,
        "by telephone",
    )
    assert [each.body.step for each in caseload.case(READY).every(ReferralProgress)] == ["sent"]
    QTest.keyClick(driver.tab_to("What was made"), Qt.Key.Key_Return)
    assert "The passphrase was told by telephone." in texts(place)
    driver.press("Record what the SPR team said")
    driver.until(RecordForm)


def test_recording_that_a_version_was_acknowledged(driver: Driver, tmp_path: Path) -> None:
    driver.unlock()
    caseload = driver.window.caseload
    first, second = (make(caseload, READY, Wish(kind=PACK), TODAY, lambda name: tmp_path / f"{name}.pdf") for _ in "12")
    record_sent(caseload, first, TODAY, "by telephone")
    record_sent(caseload, second, TODAY, "by telephone")
    place = at_register(driver)
    day = f"{TODAY.day} {TODAY:%b %Y}"
    assert states(place) == [f"Sent {day}", f"Sent {day}; replaced"]
    QTest.keyClick(driver.tab_to("What was made"), Qt.Key.Key_Return)
    assert f"{second.reference}: Referral pack, version 2" in texts(place)
    driver.choose("How did they say so?: By email")
    driver.press("Record that it was acknowledged")
    assert states(place) == [f"Acknowledged {day}", f"Sent {day}; replaced"]
    sendings = caseload.case(READY).every(DocumentSent)
    receipts = {each.body.sha256: each.body.receipt for each in sendings}
    assert receipts == {first.sealed.sha256: None, second.sealed.sha256: f"{TODAY.isoformat()} by email"}
    driver.window.go(Where("register", {"case_ref": NOT_READY}))
    assert "Nothing was made yet" in texts(driver.window.place)


def test_nothing_is_sent_before_it_was_made(driver: Driver, tmp_path: Path) -> None:
    driver.unlock()
    make(driver.window.caseload, READY, Wish(kind=PACK), TODAY, lambda reference: tmp_path / f"{reference}.pdf")
    place = at_register(driver)
    QTest.keyClick(driver.tab_to("What was made"), Qt.Key.Key_Return)
    before = TODAY - timedelta(days=1)
    for part, value in (("Day", before.day), ("Month", before.month), ("Year", before.year)):
        box = driver.tab_to(f"When was it sent?: {part}")
        QTest.keyClick(box, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        driver.write(str(value))
    driver.choose("How was the passphrase told?: Face to face")
    driver.press("Record that it was sent")
    assert "when it was made, until today" in texts(place)
    assert states(place) == ["Not sent"]


def test_filters_leave_what_fits(driver: Driver, tmp_path: Path) -> None:
    driver.unlock()
    for _ in range(2):
        make(driver.window.caseload, READY, Wish(kind=PACK), TODAY, lambda reference: tmp_path / f"{reference}.pdf")
    place = at_register(driver)
    assert "2 documents" in texts(place)
    driver.press("Show: All")
    for _ in range(2):
        QTest.keyClick(driver.focused, Qt.Key.Key_Right)
    QTest.keyClick(driver.focused, Qt.Key.Key_Space)
    assert "None of these" in texts(place)
    assert place._model.rowCount() == 0
