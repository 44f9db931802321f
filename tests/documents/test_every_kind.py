"""The pages of every kind of document: with ordinary names, the longest and the most foreign ones."""

from __future__ import annotations

import io
import re
from functools import cache
from typing import Any, Final

import pypdf
import pytest
from reportlab.platypus import PageBreak

from spr_desktop.casework.making import ACCESS, AUDIT, COPY, KINDS
from spr_desktop.documents import style
from spr_desktop.documents.contents_page import contents_pages
from spr_desktop.documents.page import LONG
from spr_desktop.documents.reading import texts_of_pages
from tests.cases import Family
from tests.documents.boxes import boxes
from tests.documents.kinds import every_kind
from tests.documents.marks import marked_family
from tests.documents.packs import FOREIGN_NAMES, LONG_WORD, large_family, released

SLACK: Final = 4
"""Points; glyphs may lean out of their own width, the largest by most."""
HEADINGS: Final = re.compile(
    "About this answer|About you|Ways to reach you|What you said and were asked|Agreements and sharing|"
    "The family and the children|Support and the work|Notes, advice and decisions|Documents that were made|"
    r"How to check this \w+|What stands in the way|Safety conversations|Documents|Everything that was recorded|"
    r"What happens in this work|What you should know|Sessions|Lead professional|Contents|Screening|\d+\. [A-Z].*"
)


def foreign() -> Family:
    """A family whose names are of every script, and two hundred characters without a space."""
    family = marked_family().family
    family.change("person", "a", given_names=" ".join(FOREIGN_NAMES), family_name=LONG_WORD, preferred_name="محمد")
    family.change(
        "lead_professional", professional={"name": "Nguyễn " * 12, "role": LONG_WORD, "organisation": "谢" * 90}
    )
    family.change("conflict_profile", summary="محمد بن عبد الله " * 80)
    family.change("need", "a", note=LONG_WORD * 3)
    return family


@cache
def files(family: str) -> dict[str, bytes]:
    made = {"ordinary": released, "large": large_family, "foreign": foreign}[family]()
    return every_kind(made)


FAMILIES: Final = ("ordinary", "large", "foreign")
both = pytest.mark.parametrize(("family", "kind"), [(family, kind) for family in FAMILIES for kind in KINDS])


@both
def test_nothing_leaves_its_margins(family: str, kind: str) -> None:
    found = boxes(files(family)[kind])
    assert len(found) > 800
    for number, character, left, bottom, right, top in found:
        at = (number, character, left, bottom, right, top)
        assert left >= style.SIDE - SLACK, at
        assert right <= style.PAGE_WIDTH - style.SIDE + SLACK, at
        assert bottom >= 30, at
        assert top <= style.PAGE_HEIGHT - 30, at


@both
def test_content_stays_clear_of_header_and_footer(family: str, kind: str) -> None:
    """What is below the content is the handling line, above it the title and the number of the page."""
    found = boxes(files(family)[kind])
    below = {(each[0], each[1]) for each in found if each[5] < style.FOOT - 4}
    footers = {
        number: "".join(each[1] for each in found if each[0] == number and each[5] < style.FOOT - 4)
        for number, _ in below
    }
    assert len(set(footers.values())) == 1
    headers = {
        re.sub(
            r"Page\d+",
            "",
            "".join(each[1] for each in found if each[0] == number and each[3] > style.PAGE_HEIGHT - style.TOP + 4),
        )
        for number in footers
        if number > 1
    }
    assert len(headers) == 1


@both
def test_type_is_eleven_points_or_larger(family: str, kind: str) -> None:
    for page in pypdf.PdfReader(io.BytesIO(files(family)[kind])).pages:
        content = page.get_contents()
        assert content is not None
        assert min(float(size) for size in re.findall(rb"/P\d+ ([\d.]+) Tf", content.get_data())) >= 11


@both
def test_no_heading_stands_alone_at_the_foot_of_a_page(family: str, kind: str) -> None:
    texts = texts_of_pages(files(family)[kind])
    for text in texts[1:]:
        last = text.strip().splitlines()[-1].strip()  # the footer is drawn before the content
        assert not HEADINGS.fullmatch(last), last


@both
def test_contents_lead_to_the_pages_on_which_sections_begin(family: str, kind: str) -> None:
    pdf = files(family)[kind]
    reader, texts = pypdf.PdfReader(io.BytesIO(pdf)), texts_of_pages(pdf)
    outline: list[Any] = list(reader.outline)
    begins = {entry.title: (reader.get_destination_page_number(entry) or 0) + 1 for entry in outline}
    pages = [text for text in texts if re.search(r"^Contents\s*$", text, re.MULTILINE)]
    assert bool(pages) == (len(texts) > LONG)
    if not pages:
        return
    listed = re.findall(r"^(\D.*?|Adult \d of \d) ?\r?\n?(\d+)\s*$", pages[0].split("Contents", 1)[1], re.MULTILINE)
    assert {title.strip(): int(page) for title, page in listed} == begins
    assert reader.page_mode == "/UseOutlines"
    for title, page in begins.items():
        assert title in texts[page - 1].replace("\r\n", " ")


@pytest.mark.parametrize("kind", KINDS)
def test_bookmarks_name_nobody(kind: str) -> None:
    outline: list[Any] = list(pypdf.PdfReader(io.BytesIO(files("foreign")[kind])).outline)
    titles = " ".join(str(entry["/Title"]) for entry in outline)
    assert not [name for name in (*FOREIGN_NAMES, LONG_WORD[:20], "Zq") if name in titles]


def parts_of(flowing: list[Any]) -> list[int]:
    """How many blocks stand between the page breaks."""
    breaks = [at for at, each in enumerate(flowing) if isinstance(each, PageBreak)]
    return [end - begin - 1 for begin, end in zip([-1, *breaks], breaks, strict=False)]


def test_more_sections_than_a_page_holds_go_on_over_the_page() -> None:
    made = contents_pages([f"Section {number}" for number in range(70)], 0)
    assert parts_of(made) == [0, 28, 27, 16]  # with the title on the first


def test_contents_stand_under_the_front_only_as_a_whole() -> None:
    titles = [f"Section {number}" for number in range(9)]
    for room, fits in ((-400, False), (0, False), (250, False), (260, True)):
        assert parts_of(contents_pages(titles, room)) == ([10] if fits else [0, 10])


def test_short_documents_have_no_contents() -> None:
    for kind in (COPY, AUDIT):
        texts = texts_of_pages(files("ordinary")[kind])
        assert len(texts) <= LONG
        assert not [text for text in texts if re.search(r"^Contents\s*$", text, re.MULTILINE)]


def test_contents_that_the_longest_name_leaves_no_room_for_stand_on_the_next_page() -> None:
    for family, page in (("ordinary", 2), ("foreign", 3)):
        texts = texts_of_pages(files(family)[ACCESS])
        assert [at for at, text in enumerate(texts, 1) if re.search(r"^Contents\s*$", text, re.MULTILINE)] == [page]
