"""Pictures in documents: they say the same in words, mark nobody out, and a code is read by another program."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest
import zxingcpp

from spr_desktop.casework.making import BRIEF, COPY, KINDS
from spr_desktop.documents.contents import ReferralPack
from spr_desktop.documents.journeys import of_pack
from spr_desktop.documents.reading import texts_of_pages
from spr_desktop.documents.wording import day
from tests.documents.kinds import every_kind, made
from tests.documents.packs import contents, identity, laid_out, released


@cache
def ordinary() -> dict[str, bytes]:
    """A document of each kind about an ordinary family."""
    return every_kind(released())


def alternatives(pdf: bytes) -> list[str]:
    """The alternative texts of the pictures of a file."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return [str(each.Alt) for each in elements(opened) if str(each.S) == "/Figure"]


def elements(pdf: pikepdf.Pdf) -> Iterator[Any]:
    waiting = [pdf.Root.StructTreeRoot.K[0]]
    while waiting:
        each = waiting.pop(0)
        yield each
        waiting = [kid for kid in each.K if kid.Type == "/StructElem"] + waiting


@pytest.mark.parametrize("kind", KINDS)
def test_the_code_holds_the_fingerprint_and_nothing_else(kind: str) -> None:
    """Read from the page as it is printed, in black and white and not very sharp."""
    document = pypdfium2.PdfDocument(ordinary()[kind])
    page = document[len(document) - 1]
    found = zxingcpp.read_barcodes(page.render(scale=2).to_pil().convert("1"))
    page.close()
    document.close()
    assert [(each.format, each.text) for each in found] == [
        (zxingcpp.BarcodeFormat.QRCode, identity().fingerprint.replace(" ", ""))
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_pictures_say_in_words_what_they_show(kind: str) -> None:
    pdf = ordinary()[kind]
    *others, code = alternatives(pdf)
    assert code.startswith("QR code that holds the fingerprint")
    assert len(others) == (kind in ("referral-pack", COPY, BRIEF))
    page = " ".join("\n".join(texts_of_pages(pdf)).split())
    for picture in others:
        steps = re.findall(r"\d\. (.+?)(?=\. \d\.|\. [A-Z][a-z ]+:|\.$)", picture)
        assert len(steps) >= 6
        for step in steps:
            assert all(word in page for word in step.replace(",", "").replace(".", " ").split()), step


def test_a_pack_tells_days_of_everybody_together() -> None:
    """Whoever of the two was later, the picture is the same."""
    pictures = set()
    for first, second in ("ab", "ba"):
        family = released()
        entry_of = {(each["kind"], each["body"].get("person_id")): each for each in family.entries}
        for kind in ("safety_conversation", "privacy_notice", "agreement"):
            for person, days in ((first, -14), (second, -12)):
                entry_of[kind, person]["happened_on"] = family.day(days)
        pictures.add(of_pack(contents(family)).alternative)
    assert len(pictures) == 1
    assert "8 to 10 November 2026" in pictures.pop()


def test_a_pack_tells_no_day_in_its_picture_that_it_does_not_tell_elsewhere() -> None:
    pack = contents(released())
    told = set(re.findall(r"\d+ [A-Z][a-z]+ \d{4}", of_pack(pack).alternative))
    assert told
    assert told <= {day(each) for each in days_of(pack)}


def days_of(pack: ReferralPack) -> Iterator[Any]:
    yield pack.made_on
    yield from pack.screening.held_on
    for check in (pack.suitability.active_crisis, pack.suitability.therapy, pack.suitability.public_law):
        yield from (check.checked_from, check.checked_to)
    for adult in pack.adults:
        yield from (adult.notice.given_on, adult.agreement.agreed_on)


@pytest.mark.parametrize("kind", [COPY, BRIEF])
def test_a_picture_about_one_person_is_the_same_whatever_the_other_did(kind: str) -> None:
    alone, together = released(), released()
    alone.entries = [each for each in alone.entries if each["kind"] == "person" or each["body"].get("person_id") != "b"]
    picture, _code = alternatives(made(alone, kind, "a").pdf)
    assert [picture] == alternatives(made(together, kind, "a").pdf)[:1]


def test_wrap_around_is_left_out_of_the_picture_unless_all_have_it() -> None:
    pack = contents(released())
    assert "Wrap-around" in of_pack(pack).alternative
    bare = replace(pack, adults=(pack.adults[0], replace(pack.adults[1], wraparound=())))
    assert "Wrap-around" not in of_pack(bare).alternative


def test_pictures_of_a_pack_name_nobody() -> None:
    said = " ".join(alternatives(laid_out(released())))
    assert not [name for name in ("Jo", "Sam", "Kit", "Example") if re.search(rf"\b{name}\b", said)]
