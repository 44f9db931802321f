"""Texts that are meant to do something, and very long ones, through every kind of document."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, Final

import pytest

from spr_desktop.casework.making import ABOUT_ONE, ACCESS, AUDIT, KINDS, NOTICE, PACK, Prepared, Wish, prepare
from spr_desktop.documents.reading import texts_of_pages
from spr_desktop.documents.subject_access import Decided
from spr_desktop.records.case_document import read_case_document
from spr_desktop.records.faults import InvalidDocument
from spr_desktop.records.work import Note
from tests.cases import TODAY, Family
from tests.documents.kinds import PRACTITIONER, as_proposed, case_of, squeezed
from tests.documents.packs import identity, released
from tests.documents.test_layout import HOSTILE

ALL: Final = " ".join(HOSTILE)
_NOTICED: list[tuple[str, str]] = []
_IS_WATCHED = [False]


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if _IS_WATCHED[0] and event in ("open", "socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.system"):
        _NOTICED.append((event, str(arguments[0])))


sys.addaudithook(_watch)


@contextmanager
def watched() -> Iterator[list[tuple[str, str]]]:
    """What is opened and connected to meanwhile."""
    _NOTICED.clear()
    _IS_WATCHED[0] = True
    try:
        yield _NOTICED
    finally:
        _IS_WATCHED[0] = False


def hostile(kind: str) -> Family:
    """A family with such texts wherever something may be typed that stands in a kind of document."""
    family = released()
    if kind in (NOTICE, AUDIT):
        pack: dict[str, Any] = {"document": "referral-pack", "sha256": "00", "pathway_version": ALL, "recipient": ALL}
        family.add("document_made", -1, document_id="K7QX-3M2P", **pack)
        family.add("caution_accepted", -1, rule="A04", subject="a", reason=ALL)
    elif kind == ACCESS:
        family.add("note", -3, type="visit", about=["a"], blocks=[{"type": "fact", "text": ALL}])
    else:
        family.change("person", "a", access_needs=[ALL], language=ALL, interpreter="spoken")
        family.change("sharing_basis", "a", article_9=ALL)
    if kind == PACK:
        family.change("conflict_profile", summary=ALL)
        family.change("contact_point", "a", safe_times=ALL, unsafe_times=ALL)
        family.change("child_voice", "c1", agreed_wording=ALL)
        family.change("wraparound", "a", boundary_statement=ALL)
    return family


def of_kind(family: Family, kind: str) -> Prepared:
    """A document, in which everything of the person's own is disclosed."""
    case = case_of(family)
    decided = as_proposed(case, "a") if kind == ACCESS else {}
    notes = {each.id: Decided(choice="disclose", reason=None, removed=()) for each in case.every(Note)}
    decided |= {record: choice for record, choice in notes.items() if record in decided}
    wish = Wish(kind=kind, person_id="a" if kind in ABOUT_ONE else None, decided=decided)
    return prepare(wish, case, family.check(), PRACTITIONER, identity(), TODAY)


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_typed_is_obeyed(kind: str) -> None:
    family = hostile(kind)
    of_kind(family, kind)  # fonts and modules are read once
    with watched() as noticed:
        prepared = of_kind(family, kind)
    assert [each for each in noticed if not each[1].endswith((".py", ".pyc", ".ttf"))] == []
    for sign in (b"/URI", b"/JavaScript", b"/Launch", b"/GoToR", b"/Subtype /Image", b"/SubmitForm"):
        assert sign not in prepared.pdf
    text = squeezed(prepared)
    for each in HOSTILE:
        assert "".join(each.split()) in text
    assert "root:" not in text


@pytest.mark.parametrize("character", ["\x00", "\x1b", "\x85", "\u202e", "\u2066"])
def test_what_no_page_may_hold_is_refused_on_import(character: str) -> None:
    family = released()
    family.add("note", -3, type="visit", blocks=[{"type": "fact", "text": f"words{character}words"}])
    with pytest.raises(InvalidDocument):
        read_case_document(json.dumps(json.loads(family.document())).encode(), written_at=datetime.now(UTC))


def long_one(kind: str, text: str) -> Family:
    family = released()
    if kind == ACCESS:
        family.add("note", -3, type="visit", about=["a"], blocks=[{"type": "fact", "text": text}])
    elif kind == AUDIT:
        family.add("caution_accepted", 0, rule="A04", subject="a", reason=text)
    else:
        family.change("conflict_profile", summary=text)
    return family


@pytest.mark.parametrize("kind", [ACCESS, AUDIT, PACK])
@pytest.mark.parametrize("text", ["word " * 20_000, "w" * 100_000, "слово " * 16_600])
def test_a_long_text_takes_time_in_proportion(kind: str, text: str) -> None:
    taken = []
    for share in (text[: len(text) // 4], text):
        family = long_one(kind, share.strip())
        started = time.process_time()
        prepared = of_kind(family, kind)
        taken.append(time.process_time() - started)
    letter = text[0]
    assert squeezed(prepared).count(letter) >= text.count(letter)
    assert len(texts_of_pages(prepared.pdf)) > 15
    assert taken[1] < 6 * taken[0] + 0.5
