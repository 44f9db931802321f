"""Documents that are not packs, in the window: chosen on the family's page, looked at, sealed, drafted as a message."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.drafts import draft
from spr_desktop.casework.making import NOTICE, PACK, Made, Wish, items_to_review, make
from spr_desktop.casework.reviewing import review_name
from spr_desktop.casework.sealing_key import sealing_identity
from spr_desktop.casework.taking_packs import taken_version
from spr_desktop.records.work import DocumentMade
from tests.ui.conftest import LONGEST, Driver
from tests.ui.test_ways import texts
from tests.vaults import PASSPHRASE, READY, make_caseload
from ui.journey_picture import JourneyPicture
from ui.places.check_document import CheckDocument
from ui.places.document import DocumentPage
from ui.places.family import Family
from ui.places.review import Review
from ui.where import Where


def choose_kind(driver: Driver, about: str, kind: str) -> None:
    """Take a document about somebody, or about the case, among those on the family's page."""
    driver.open_family("sample")
    family = driver.until(Family)
    assert isinstance(family, Family)
    family.stand({"part": 3})
    driver.press(f"Make: {kind}, {about}" if about else f"Make: {kind}")


def laid_out(driver: Driver) -> DocumentPage:
    place = driver.until(DocumentPage)
    assert isinstance(place, DocumentPage)
    driver.bot.waitUntil(lambda: place.is_laid_out, timeout=LONGEST)
    return place


def test_a_parents_copy_is_sealed_registered_and_put_into_a_message(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.places.document.choose_where_to_save", lambda _parent, name, *_kind: tmp_path / name)
    driver.unlock()
    choose_kind(driver, "Jo", "Parent's own copy")
    place = laid_out(driver)
    assert "Sam" not in texts(place)
    driver.press("Seal the parent's own copy")
    driver.bot.waitUntil(lambda: "is sealed" in texts(place), timeout=LONGEST)
    [made] = driver.window.caseload.case(READY).every(DocumentMade)
    assert made.body.document == "parent-copy"
    driver.press("Draft a message with it")
    written = (tmp_path / f"{made.body.document_id}.eml").read_bytes()
    assert made.body.document_id.encode() in written
    assert b"Example" not in written.split(b"\n\n")[0]


def test_what_stands_in_the_way_is_said_and_one_gets_back(driver: Driver) -> None:
    driver.unlock()
    driver.window.go(Where("document", {"case_ref": READY, "kind": NOTICE}))
    place = driver.until(DocumentPage)
    driver.bot.waitUntil(lambda: "none to withdraw" in texts(place), timeout=LONGEST)
    assert driver.focused.accessibleName() == "Back to the family"
    driver.press("Back to the family")
    driver.until(Family)


def decide(driver: Driver, review: Review) -> None:
    """Decide about the record that is shown as is proposed."""
    item = review._items[review._at]
    review._fields["choice"].restore(item.proposed)
    if item.proposed != "disclose":
        review._fields["reason"].restore(item.reason)
        review._fields["removed"].restore(list(item.proposed_removal))
    driver.press("Keep and go on")


def test_a_review_goes_on_after_locking_and_ends_in_a_document(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.places.document.choose_where_to_save", lambda _parent, name, *_kind: tmp_path / name)
    driver.unlock()
    window = driver.window
    window.go(Where("review", {"case_ref": READY, "person_id": "a"}))
    review = driver.until(Review)
    assert isinstance(review, Review)
    driver.press("Keep and go on")
    assert "Decide first." in texts(review)
    for _ in range(3):
        decide(driver, review)
    assert review._at == 3
    window.lock_now()
    driver.unlock()
    review = driver.until(Review)
    assert isinstance(review, Review)
    assert "Record 4 of" in texts(review)
    while isinstance(window.place, Review):
        decide(driver, window.place)
    laid_out(driver)
    driver.press("Seal the answer to an access request")
    driver.bot.waitUntil(lambda: "is sealed" in texts(window.place), timeout=LONGEST)
    [made] = window.caseload.case(READY).every(DocumentMade)
    assert made.body.document == "subject-access"
    assert draft(window.caseload, review_name(READY, "a")) == {}


def test_a_document_is_not_made_while_records_are_open(driver: Driver) -> None:
    driver.unlock()
    window = driver.window
    case = window.caseload.case(READY)
    assert len(items_to_review(case, "a")) > 5
    window.go(Where("document", {"case_ref": READY, "kind": "subject-access", "person_id": "a"}))
    place = driver.until(DocumentPage)
    driver.bot.waitUntil(lambda: "Nobody has decided yet" in texts(place), timeout=LONGEST)


# Checking one that came


@pytest.fixture
def pack(driver: Driver, tmp_path: Path) -> tuple[Path, str]:
    driver.unlock()
    made = make(
        driver.window.caseload, READY, Wish(kind=PACK), date.today(), lambda reference: tmp_path / f"{reference}.pdf"
    )
    return made.path, made.sealed.passphrase


def dropped(driver: Driver, file: Path) -> CheckDocument:
    """Drop a file on the place where documents are checked."""
    driver.window.go(Where("check_document"))
    place = driver.until(CheckDocument)
    assert isinstance(place, CheckDocument)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    told = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    entered = QDragEnterEvent(QPoint(9, 9), *told)
    QApplication.sendEvent(place, entered)
    assert entered.isAccepted()
    QApplication.sendEvent(place, QDropEvent(QPointF(9, 9), *told))
    assert file.name in texts(place)
    return place


def test_a_dropped_pack_is_checked(driver: Driver, pack: tuple[Path, str]) -> None:
    file, passphrase = pack
    place = dropped(driver, file)
    driver.write(passphrase.lower().replace("-", " "))
    driver.press("Check it")
    driver.bot.waitUntil(lambda: "It is as it was sealed" in texts(place), timeout=LONGEST)
    assert file.stem in texts(place)
    assert "safe" not in texts(place)


def test_a_key_is_trusted_by_a_certificate_that_was_chosen(
    driver: Driver, pack: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trust = tmp_path / "trust.pem"
    trust.write_text("nonsense", "utf-8")
    monkeypatch.setattr("ui.places.check_document.choose_file", lambda *_: trust)
    place = dropped(driver, pack[0])
    driver.write(pack[1])
    driver.press("Choose a certificate")
    assert "not taken as a certificate" in texts(place)
    trust.write_text(sealing_identity(driver.window.caseload).certificate_pem(), "utf-8")
    driver.press("Choose a certificate")
    assert "trust.pem" in texts(place)
    driver.press("Check it")
    driver.bot.waitUntil(lambda: "The key is one that you trust." in texts(place), timeout=LONGEST)
    assert "have the fingerprint read out" not in texts(place)
    driver.press("Leave the certificate out")
    assert "trust.pem" not in texts(place)
    driver.press("Check it")
    driver.bot.waitUntil(lambda: "compare the fingerprint by telephone" in texts(place), timeout=LONGEST)


def test_a_changed_pack_is_not_to_be_relied_on(driver: Driver, pack: tuple[Path, str]) -> None:
    file, passphrase = pack
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    place = dropped(driver, file)
    driver.write(passphrase)
    driver.press("Check it")
    driver.bot.waitUntil(lambda: "Do not rely on this document" in texts(place), timeout=LONGEST)


def test_a_wrong_passphrase_and_no_file_are_said(driver: Driver, pack: tuple[Path, str]) -> None:
    file, _ = pack
    driver.window.go(Where("check_document"))
    place = driver.until(CheckDocument)
    driver.press("Check it")
    assert "Choose the file first" in texts(place)
    place = dropped(driver, file)
    driver.write("nothing like it")
    driver.press("Check it")
    driver.bot.waitUntil(lambda: "not the passphrase of this document" in texts(place), timeout=LONGEST)


def test_a_referral_that_came_is_taken_as_a_family_with_what_came_after_it(driver: Driver, tmp_path: Path) -> None:
    driver.unlock()
    folder, today = tmp_path / "referrer", date.today()
    make_caseload(folder)
    with Caseload.open(folder, PASSPHRASE) as referrer:
        first, second, notice = (
            make(referrer, READY, Wish(kind=kind), today, lambda name: tmp_path / name) for kind in (PACK, PACK, NOTICE)
        )
    place = check_dropped(driver, first, "This is a referral")
    assert "on record in" in texts(place)
    driver.press("Take it as a new family")
    driver.until(Family)
    caseload = driver.window.caseload
    assert first.reference in {each.case_ref for each in caseload.summaries(today)}
    check_dropped(driver, first, "You have taken it already")
    check_dropped(driver, second, "Version 2 takes the place of version 1")
    driver.press("Take the newer version")
    driver.until(Family)
    assert taken_version(caseload.records(first.reference), first.reference) == 2
    check_dropped(driver, notice, "This withdraws referrals")
    driver.press("Record that they are withdrawn")
    driver.until(Family)
    assert "The sender withdrew this referral" in texts(driver.window.place)
    assert "Record that it ended" in driver.focused.accessibleName()
    assert texts(driver.window.place).count("Do not act on it") == 1
    assert "to do now" not in driver.window.place.findChildren(JourneyPicture)[0].accessibleName()


def check_dropped(driver: Driver, made: Made, says: str) -> CheckDocument:
    place = dropped(driver, made.path)
    driver.write(made.sealed.passphrase)
    driver.press("Check it")
    driver.bot.waitUntil(lambda: says in texts(place), timeout=LONGEST)
    return place


def test_a_pack_of_ones_own_is_not_offered(
    driver: Driver, pack: tuple[Path, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    place = dropped(driver, pack[0])
    at_once: list[str] = []
    show = place._show

    def look_at_once(checked: Any) -> None:
        show(checked)
        at_once.append(texts(place))

    monkeypatch.setattr(place, "_show", look_at_once)
    driver.write(pack[1])
    driver.press("Check it")
    driver.bot.waitUntil(lambda: bool(at_once), timeout=LONGEST)
    assert "It is as it was sealed" in at_once[0]
    assert "Take it" not in at_once[0]
    assert "made in this vault" in at_once[0], "the verdict stands there for a moment without the reason"
