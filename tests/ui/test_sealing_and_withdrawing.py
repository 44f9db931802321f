"""The key that seals documents in the settings and on Today; and what went out before something changed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from spr_desktop.casework.making import PACK, Wish, make
from spr_desktop.casework.sealing_key import seal_with_issued, sealing_key
from spr_desktop.documents.identity import VALID_FOR
from spr_desktop.records.record import now
from spr_desktop.records.safety import LifeEvent
from spr_desktop.records.work import DocumentRevoked
from tests.documents.authorities import revocation_list, staff
from tests.documents.cards import PIN, card
from tests.documents.issued import PASSWORD, SIGNER, issued
from tests.ui.conftest import LONGEST, Driver
from tests.ui.test_documents import laid_out
from tests.ui.test_ways import texts
from tests.vaults import READY
from ui.places.document import DocumentPage
from ui.places.family import Family
from ui.places.settings import Settings
from ui.places.today import Today
from ui.where import Where


def settings_of(driver: Driver) -> Settings:
    driver.unlock()
    driver.window.go(Where("settings"))
    place = driver.until(Settings)
    assert isinstance(place, Settings)
    return place


def test_a_certificate_of_the_organisation_is_chosen_and_given_up(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "seal.p12"
    file.write_bytes(issued())
    monkeypatch.setattr("ui.places.sealing_card.choose_file", lambda *_: file)
    place = settings_of(driver)
    driver.press("Seal with a certificate of your organisation")
    driver.bot.waitUntil(lambda: not driver.focused.visibleRegion().isEmpty(), timeout=LONGEST)
    driver.write("not the password")
    driver.press("Seal with this certificate")
    assert "password of the file is not the right one" in texts(place)
    driver.tab_to("Password of the file with the key")
    driver.write(PASSWORD)
    driver.press("Seal with this certificate")
    assert f"A certificate of your organisation: {SIGNER}" in texts(place)
    driver.press("Show the fingerprint")
    assert sealing_key(driver.window.caseload).fingerprint in texts(place)
    driver.press("Seal with the vault's own key")
    assert SIGNER not in texts(place)
    driver.press("Show the fingerprint")
    assert "Keys that sealed documents before" in texts(place)


def test_a_revocation_list_is_put_in_and_said_when_it_is_out_of_date(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, crl = tmp_path / "seal.p12", tmp_path / "staff.crl"
    key.write_bytes(issued())
    settings_of(driver)
    seal_with_issued(driver.window.caseload, key, PASSWORD)
    driver.window.show_today()
    driver.until(Today)
    monkeypatch.setattr("ui.places.sealing_card.choose_file", lambda *_: crl)
    driver.window.go(Where("settings"))
    place = driver.until(Settings)
    assert "No revocation list goes with it" in texts(place)
    crl.write_bytes(b"nonsense")
    driver.press("Put in a revocation list")
    assert "It is no revocation list" in texts(place)
    crl.write_bytes(revocation_list(staff(), days=(-40, -10)).public_bytes(Encoding.DER))
    driver.press("Put in a revocation list")
    assert "What it seals carries the revocation list of" in texts(place)
    assert "is out of date" in texts(place)
    driver.window.show_today()
    assert "is out of date" in texts(driver.until(Today))


def test_a_card_is_chosen_and_its_pin_is_asked_for_when_sealing(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = Path(card("p256").library)
    monkeypatch.setattr("ui.places.sealing_card.choose_file", lambda *_: library)
    monkeypatch.setattr("ui.places.document.choose_where_to_save", lambda _parent, name, *_kind: tmp_path / name)
    place = settings_of(driver)
    driver.press("Seal with a key on a card")
    driver.write("p256")
    driver.press("Seal with this card")
    assert "and the PIN" in texts(place)
    driver.write("000001")
    driver.press("Seal with this card")
    assert "The PIN is not the right one" in texts(place)
    driver.tab_to("PIN of the card")
    driver.write(PIN)
    driver.press("Seal with this card")
    assert "on a card, whose PIN is asked for each time: Card sealing" in texts(place)
    driver.window.go(Where("document", {"case_ref": READY, "kind": "case-audit"}))
    page = driver.until(DocumentPage)
    laid_out(driver)
    driver.press("Seal the case audit")
    assert "Type the PIN of the card first" in texts(page)
    driver.write("000001")
    driver.press("Seal the case audit")
    driver.bot.waitUntil(lambda: "The PIN is not the right one" in texts(page), timeout=LONGEST)
    driver.tab_to("PIN of the card")
    driver.write(PIN)
    driver.press("Seal the case audit")
    driver.bot.waitUntil(lambda: "is sealed" in texts(page), timeout=LONGEST)


def test_today_says_that_a_certificate_is_nearly_over(driver: Driver, tmp_path: Path) -> None:
    from spr_desktop.casework.caseload import _IDENTITY
    from spr_desktop.documents.identity import SigningIdentity

    driver.unlock()
    old = SigningIdentity.make(name="J. Outreach", role="", organisation="", on=now() - VALID_FOR)
    driver.window.caseload.vault.set_setting(_IDENTITY, old.to_pem())
    driver.window.go(Where("settings"))
    driver.until(Settings)
    driver.window.show_today()
    place = driver.until(Today)
    assert "The certificate of the key that seals documents expires" in texts(place)
    made = make(driver.window.caseload, READY, Wish(kind=PACK), date.today(), lambda each: tmp_path / f"{each}.pdf")
    assert made.sealed.fingerprint != old.fingerprint
    driver.window.go(Where("settings"))
    driver.until(Settings)
    driver.window.show_today()
    assert "The certificate of the key that seals documents" not in texts(driver.until(Today))


def test_a_pack_that_went_out_is_withdrawn_from_the_familys_page(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.places.document.choose_where_to_save", lambda _parent, name, *_kind: tmp_path / name)
    driver.unlock()
    caseload = driver.window.caseload
    make(caseload, READY, Wish(kind=PACK), date.today(), lambda each: tmp_path / f"{each}.pdf")
    driver.open_family("sample")
    assert "went out, and since then" not in texts(driver.window.place)
    caseload.record(READY, [LifeEvent(category="separation", safety_relevant="yes")], happened_on=date.today())
    assert "Withdraw what went out: 1 pack" in {each.line.words for each in caseload.due(date.today())}
    driver.window.show_today()
    driver.until(Today)
    driver.open_family("sample")
    shown = texts(driver.window.place)
    assert "1 pack went out, and since then there is something new about safety" in shown
    driver.press("Make the withdrawal notice")
    laid_out(driver)
    driver.press("Seal the withdrawal notice")
    driver.bot.waitUntil(lambda: bool(caseload.case(READY).every(DocumentRevoked)), timeout=LONGEST)
    driver.window.show_today()
    driver.until(Today)
    driver.open_family("sample")
    assert isinstance(driver.window.place, Family)
    assert "went out, and since then" not in texts(driver.window.place)
