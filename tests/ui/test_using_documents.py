"""Documents as somebody uses them who is tired and has a keyboard: what is chosen, read, refused, dropped and lost."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QPushButton, QWidget

from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.errors import FileFault
from spr_desktop.casework.making import COPY, PACK, Wish, items_to_review, make
from spr_desktop.casework.receiving import verify_pack
from spr_desktop.records.people import ConfidentialWords
from spr_desktop.records.safety import LifeEvent
from spr_desktop.records.suitability import ConflictProfile
from spr_desktop.records.work import DocumentMade, DocumentSent
from tests.ui.conftest import LONGEST, Driver
from tests.ui.test_documents import choose_kind, laid_out
from tests.ui.test_ways import texts
from tests.vaults import NOT_READY, READY
from ui.clipboard import _MARK, copy_secret
from ui.parts import label
from ui.places.check_document import CheckDocument
from ui.places.document import DocumentPage
from ui.places.family import Family
from ui.places.history import History
from ui.places.review import Review
from ui.places.stopped import Stopped
from ui.places.today import Today
from ui.where import Where

CTRL = Qt.KeyboardModifier.ControlModifier


def key(driver: Driver, which: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(driver.focused, which, modifier)


def drop(on: QWidget, file: Path) -> bool:
    """Drop a file where the mouse is, as the system does; whether it is taken."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    told = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    entered = QDragEnterEvent(QPoint(9, 9), *told)
    QApplication.sendEvent(on, entered)
    if entered.isAccepted():
        QApplication.sendEvent(on, QDropEvent(QPointF(9, 9), *told))
    return entered.isAccepted()


def document(driver: Driver, kind: str, person_id: str | None = None) -> DocumentPage:
    driver.window.go(Where("document", {"case_ref": READY, "kind": kind, "person_id": person_id}))
    return laid_out(driver)


# Which document, and for whom


def test_documents_are_offered_by_whom_they_are_for(driver: Driver) -> None:
    driver.unlock()
    driver.window.show_family(NOT_READY)
    family = driver.until(Family)
    assert isinstance(family, Family)
    family.stand({"part": 3})
    assert {"For the SPR team", "For your manager"} <= set(texts(family).splitlines())
    assert "It can be made once nothing stands in the way." in texts(family)
    driver.tab_to("See what stands in the way")
    offered = {each.accessibleName() for each in family.findChildren(QPushButton)}
    assert "Make: Case audit" in offered
    assert "Make: Parent's own copy, Žofie" in offered
    assert "Make: Withdrawal notice" not in offered


def test_a_copy_says_whose_it_is_and_its_pages_are_turned_by_keys(driver: Driver) -> None:
    driver.unlock()
    choose_kind(driver, "Jo", "Parent's own copy")
    place = laid_out(driver)
    assert "Jo Example" in texts(place)
    driver.tab_to("Pages of the document. Page 1 of")
    pages = place._view
    first = driver.focused.accessibleDescription()
    assert "Your copy" in first
    key(driver, Qt.Key.Key_PageDown)
    assert "Page 2 of" in texts(place)
    assert driver.focused.accessibleDescription() != first
    key(driver, Qt.Key.Key_End)
    assert pages.page == pages.count - 1
    fitting = pages.zoom
    key(driver, Qt.Key.Key_Plus, CTRL)
    assert pages.zoom > fitting
    driver.bot.waitUntil(lambda: pages.page == pages.count - 1, timeout=LONGEST)
    key(driver, Qt.Key.Key_0, CTRL)
    assert pages.zoom == pytest.approx(fitting, rel=0.05)
    key(driver, Qt.Key.Key_Home)
    assert pages.page == 0


# The passphrase


def test_a_passphrase_is_covered_copied_as_a_secret_and_gone_after_locking(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.places.document.choose_where_to_save", lambda _parent, name, *_kind: tmp_path / name)
    driver.unlock()
    document(driver, COPY, "a")
    driver.press("Seal the parent's own copy")
    driver.bot.waitUntil(lambda: "is sealed" in texts(driver.window.place), timeout=LONGEST)
    assert "work number" not in texts(driver.window.place)  # it is told to the parent
    assert "make sure that they can talk alone" in texts(driver.window.place)
    caseload = driver.window.caseload
    [made] = caseload.case(READY).every(DocumentMade)
    shown = driver.tab_to("Passphrase: ")
    assert isinstance(shown, QLabel)
    passphrase = shown.text().replace("\n", "")
    assert verify_pack(tmp_path / f"{made.body.document_id}.pdf", passphrase).valid
    assert " ".join(passphrase.split("-")[0]) in shown.accessibleName()
    key(driver, Qt.Key.Key_C, CTRL)
    held = QApplication.clipboard().mimeData()
    assert held.text() == passphrase
    assert held.hasFormat(_MARK)
    driver.press("Cover the passphrase")
    assert "•••••" in shown.text()
    assert passphrase[:5] not in shown.text() + shown.accessibleName()
    driver.press("Show the passphrase again")
    assert shown.text().replace("\n", "") == passphrase
    driver.choose("How was the passphrase told?: Face to face")
    driver.press("Record that I sent it")
    [sent] = caseload.case(READY).every(DocumentSent)
    assert sent.body.password_channel == "face to face"
    driver.window.lock_now()
    driver.unlock()
    place = driver.until(DocumentPage)
    assert "the passphrase is kept nowhere" in texts(place)
    assert passphrase[:5] not in texts(place)
    assert len(driver.window.caseload.case(READY).every(DocumentMade)) == 1
    driver.press("Make it again")
    driver.bot.waitUntil(lambda: "Who receives it" in texts(place), timeout=LONGEST)
    assert made.body.document_id not in texts(place)


def test_a_secret_on_the_clipboard_is_marked_for_windows_too(driver: Driver) -> None:
    copy_secret("not for a history")
    held = QApplication.clipboard().mimeData()
    name = 'application/x-qt-windows-mime;value="CanIncludeInClipboardHistory"'
    assert held.data(name).data() == bytes(4)


def test_what_stands_in_the_way_of_writing_is_said_and_the_focus_stays(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.places.document.choose_where_to_save", lambda _parent, name, *_kind: tmp_path / name)

    def full(*_args: object, **_more: object) -> None:
        raise FileFault(tmp_path / "pack.pdf", "No space left on device")

    monkeypatch.setattr("spr_desktop.casework.making.write_file", full)
    driver.unlock()
    document(driver, COPY, "a")
    driver.press("Seal the parent's own copy")
    driver.bot.waitUntil(lambda: "Nothing was sealed." in driver.window.messages.text, timeout=LONGEST)
    assert "No space left" in driver.window.messages.text
    assert driver.focused.accessibleName() == "Seal the parent's own copy"
    assert driver.window.caseload.case(READY).every(DocumentMade) == []
    monkeypatch.undo()
    monkeypatch.setattr("ui.places.document.choose_where_to_save", lambda _parent, name, *_kind: tmp_path / name)
    driver.press("Seal the parent's own copy")
    driver.bot.waitUntil(lambda: "is sealed" in texts(driver.window.place), timeout=LONGEST)


# Refused


def test_a_refusal_says_where_and_what_and_leads_to_the_record(driver: Driver) -> None:
    driver.unlock()
    conflict = ConflictProfile(frequent="yes", intense="yes", poorly_resolved="yes", summary="Rows at Elm Court.")
    words = ConfidentialWords(person_id="a", words=("Elm Court",))
    driver.window.caseload.record(READY, [words, conflict], happened_on=date.today())
    driver.window.show_pack(READY)
    place = driver.until(DocumentPage)
    driver.bot.waitUntil(lambda: "No pack was made" in texts(place), timeout=LONGEST)
    assert "a confidential word" in texts(place)
    assert "Elm Court" not in texts(place)
    assert driver.focused.accessibleName().startswith("Mend the record: What the conflict is like")
    key(driver, Qt.Key.Key_Space)
    assert "Rows at Elm Court." in texts(driver.until(History))


def test_a_pack_that_is_not_ready_leads_to_what_stands_in_the_way(driver: Driver) -> None:
    driver.unlock()
    driver.window.show_pack(NOT_READY)
    driver.bot.waitUntil(lambda: "No pack was made" in texts(driver.window.place), timeout=LONGEST)
    assert driver.focused.accessibleName() == "See what stands in the way"


# Dropped


@pytest.fixture
def packs(driver: Driver, tmp_path: Path) -> list[tuple[Path, str]]:
    driver.unlock()
    made = [
        make(driver.window.caseload, READY, Wish(kind=COPY, person_id=person), date.today(), to_folder(tmp_path))
        for person in ("a", "b")
    ]
    return [(each.path, each.sealed.passphrase) for each in made]


def to_folder(folder: Path) -> Callable[[str], Path]:
    return lambda reference: folder / f"{reference}.pdf"


def test_a_pdf_is_dropped_anywhere(driver: Driver, packs: list[tuple[Path, str]], tmp_path: Path) -> None:
    (file, _), _ = packs
    window = driver.window
    assert drop(driver.until(Today), file)
    assert file.name in texts(driver.until(CheckDocument))
    assert driver.focused.accessibleName() == "Passphrase of the document"
    window.show_form(READY, "note", {})
    [box, *_] = window.place.findChildren(QPlainTextEdit)
    assert drop(box, file)
    assert file.name in texts(driver.until(CheckDocument))
    window.go(Where("receive"))
    assert drop(window.place, file)
    assert file.name in texts(driver.until(CheckDocument))
    window.show_today()
    assert not drop(driver.until(Today), tmp_path / "something.txt")


def test_what_is_found_out_about_one_file_is_not_said_of_the_next(
    driver: Driver, packs: list[tuple[Path, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    (first, passphrase), (second, of_second) = packs
    go_on, has_begun = threading.Event(), threading.Event()

    def slow(file: Path, typed: str, trust: Sequence[Path] = ()) -> object:
        has_begun.set()
        assert go_on.wait(LONGEST / 1_000)
        return verify_pack(file, typed, trust)

    monkeypatch.setattr("ui.places.check_document.verify_pack", slow)
    driver.window.go(Where("check_document", {"file": str(first)}))
    place = driver.until(CheckDocument)
    driver.write(passphrase)
    key(driver, Qt.Key.Key_Return)
    assert "Checking" in {each.text() for each in [place._start]}  # type: ignore[attr-defined]
    driver.bot.waitUntil(has_begun.is_set, timeout=LONGEST)
    changed = second.with_name("changed.pdf")
    changed.write_bytes(second.read_bytes().replace(b"/Type", b"/Tipe", 1))
    assert drop(place, changed)
    driver.write(of_second)
    key(driver, Qt.Key.Key_Return)
    go_on.set()
    driver.bot.waitUntil(
        lambda: "Do not rely on this document" in texts(place) or "It is as it was sealed" in texts(place),
        timeout=LONGEST,
    )
    assert "It is as it was sealed" not in texts(place)


# The review


def test_a_review_goes_by_keys_and_a_decision_is_taken_back(driver: Driver) -> None:
    driver.unlock()
    count = len(items_to_review(driver.window.caseload.case(READY), "a"))
    driver.window.go(Where("review", {"case_ref": READY, "person_id": "a"}))
    place = driver.until(Review)
    assert isinstance(place, Review)

    def reads(words: str) -> None:
        driver.bot.waitUntil(lambda: words in texts(place), timeout=LONGEST)
        driver.bot.waitUntil(lambda: place.isAncestorOf(driver.focused), timeout=LONGEST)

    key(driver, Qt.Key.Key_1)
    key(driver, Qt.Key.Key_Return)
    reads(f"Record 2 of {count}. 1 decided so far.")
    key(driver, Qt.Key.Key_3)
    assert driver.focused.accessibleName().startswith("Why not all of it?: ")
    key(driver, Qt.Key.Key_Return)
    reads("Decide first.")
    key(driver, Qt.Key.Key_3)
    key(driver, Qt.Key.Key_Space)
    key(driver, Qt.Key.Key_Return)
    reads(f"Record 3 of {count}. 2 decided so far.")
    key(driver, Qt.Key.Key_Z, CTRL)
    reads(f"Record 2 of {count}. 1 decided so far.")
    key(driver, Qt.Key.Key_PageDown, CTRL)
    reads(f"Record 3 of {count}.")
    key(driver, Qt.Key.Key_PageUp, CTRL)
    reads(f"Record 2 of {count}.")


# What went out


def test_the_page_of_a_stop_lists_what_went_out(driver: Driver, tmp_path: Path) -> None:
    driver.unlock()
    caseload = driver.window.caseload
    made = make(caseload, READY, Wish(kind=PACK), date.today(), to_folder(tmp_path))
    caseload.record(READY, [LifeEvent(category="separation", safety_relevant="yes")], happened_on=date.today())
    driver.window.go(Where("stopped", {"case_ref": READY}))
    assert f"{made.reference}, for Hampshire SPR team" in texts(driver.window.place)
    driver.press("Make the withdrawal notice")
    place = laid_out(driver)
    assert f"It withdraws {made.reference}." in texts(place)


# Names


def test_a_long_word_goes_on_in_the_next_line_and_is_read_whole(driver: Driver) -> None:
    word = "Wolfeschlegelsteinhausenbergerdorff" * 5
    made = label(word)
    assert made.text() == word
    narrow = 200
    assert made.heightForWidth(narrow) > 2 * made.fontMetrics().height()
    assert made.minimumSizeHint().width() < narrow


def test_a_copy_that_was_made_is_no_pack(driver: Driver, tmp_path: Path) -> None:
    driver.unlock()
    caseload: Caseload = driver.window.caseload
    make(caseload, READY, Wish(kind=COPY, person_id="a"), date.today(), to_folder(tmp_path))
    driver.open_family("sample")
    assert driver.focused.accessibleName() == "Make the referral pack"


def test_tab_from_outside_comes_into_sight(driver: Driver) -> None:
    driver.unlock()
    window = driver.window
    window.resize(683, 384)
    window.go(Where("stopped", {"case_ref": NOT_READY}))
    driver.until(Stopped)
    driver.tab_to("To the family's page")
    assert driver.tab_to("Lock the vault")
    first = driver.tab_to("Record what I did")
    assert not first.visibleRegion().isEmpty()
