"""The pages of a pack, read by other people's readers."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

import pypdf
import pytest
from reportlab.lib.colors import Color

from spr_desktop.documents import style
from spr_desktop.documents.errors import MissingGlyph
from spr_desktop.documents.fonts import face_for
from spr_desktop.documents.reading import texts_of_pages
from spr_desktop.documents.referral_pack import handling
from tests.cases import Family
from tests.documents.boxes import boxes
from tests.documents.marks import marked_family
from tests.documents.packs import FOREIGN_NAMES, LONG_WORD, contents, laid_out, large_family, released, run

HOSTILE: Final = (
    '<img src="/etc/passwd"/>',
    '<img src="file:///etc/hostname">',
    "<b>bold</b> & <i>i</i>",
    "&lt;&amp;&#65;",
    '<a href="javascript:alert(1)">click</a>',
    '<link href="http://example.org/">x</link>',
    "</para></font><unknown>x</unknown>",
    "(brackets) \\ and % signs",
    '<font color="white">hidden</font>',
    "{{7*7}} ${7*7} %(x)s",
)


@cache
def pages(kind: str) -> tuple[bytes, tuple[str, ...]]:
    """A pack and the text of its pages."""
    pdf = laid_out(released() if kind == "ordinary" else large_family())
    return pdf, tuple(texts_of_pages(pdf))


def poppler(pdf: bytes, tmp_path: Path) -> str:
    (tmp_path / "pack.pdf").write_bytes(pdf)
    return run("pdftotext", "-layout", tmp_path / "pack.pdf", "-")


def plain(text: str) -> str:
    """Without white space, since a line may end anywhere."""
    return "".join(text.split())


def sections(texts: Sequence[str]) -> list[str]:
    """The pages that do not hold the list of contents; each is empty in its place."""
    return ["" if re.search(r"^Contents\s*$", text, re.MULTILINE) else text for text in texts]


# Names and scripts


def test_every_name_is_read_back_by_two_readers(tmp_path: Path) -> None:
    family = released()
    family.change("person", "a", given_names=" ".join(FOREIGN_NAMES), family_name="Example")
    pdf = laid_out(family)
    for read in (poppler(pdf, tmp_path), "\n".join(texts_of_pages(pdf))):
        assert not [name for name in FOREIGN_NAMES if name not in read]


@pytest.mark.parametrize("name", ["Emma🙂", "𐎠𐎭", "Jo\ue000"])
def test_a_name_that_no_font_prints_is_refused(name: str) -> None:
    family = released()
    family.change("person", "a", given_names=name)
    with pytest.raises(MissingGlyph) as raised:
        laid_out(family)
    assert raised.value.character == f"U+{next(ord(each) for each in name if ord(each) > 0x1000):04X}"
    assert "Emma" not in str(raised.value)


def test_no_glyph_is_an_empty_box() -> None:
    """A font may list a character and draw nothing for it; names in every script must leave ink."""
    for name in FOREIGN_NAMES:
        for bold in (False, True):
            face = face_for(name[0], bold=bold)
            glyph = face.font.get_nominal_glyph(ord(name[0]))
            extents = face.font.get_glyph_extents(glyph)
            assert glyph
            assert extents.width
            assert extents.height


def test_decomposed_letters_are_printed_composed() -> None:
    family = released()
    family.change("person", "a", given_names="Nguye\u0302\u0303n")
    assert "Nguyễn" in "".join(texts_of_pages(laid_out(family)))


def test_arabic_letters_are_joined() -> None:
    """Each letter takes the form that its place in the word asks for."""
    from spr_desktop.documents.shaping import runs

    [joined] = runs("محمد", bold=False, right_to_left=True)
    alone = {glyph.number for letter in "محمد" for run in runs(letter, bold=False) for glyph in run.glyphs}
    assert alone.isdisjoint({glyph.number for glyph in joined.glyphs[1:]})


def test_all_fonts_are_embedded(tmp_path: Path) -> None:
    (tmp_path / "pack.pdf").write_bytes(pages("large")[0])
    fonts = run("pdffonts", tmp_path / "pack.pdf").splitlines()[2:]
    assert len(fonts) > 10
    for font in fonts:
        assert re.search(r"CID TrueType\s+Identity-H\s+yes yes yes", font), font


# Hostile text


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_is_printed_as_it_was_typed(text: str) -> None:
    family = released()
    family.change("conflict_profile", summary=f"Before {text} after")
    pdf = laid_out(family)
    assert plain(f"Before {text} after") in plain("".join(texts_of_pages(pdf)))
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    assert not [page for page in reader.pages if page.images]
    notes = [note.get_object() for page in reader.pages for note in page.get("/Annots", ())]
    assert {each["/Subtype"] for each in notes} == {"/Widget", "/Link"}  # the seal, and the contents
    assert not [each for each in notes if "/A" in each or "/AA" in each]
    assert b"root:" not in pdf


def test_nothing_but_fonts_is_read_while_a_pack_is_laid_out(monkeypatch: pytest.MonkeyPatch) -> None:
    laid_out(released())
    opened: list[Any] = []
    monkeypatch.setattr("builtins.open", lambda name, *_, **__: opened.append(name))
    family = released()
    family.change("conflict_profile", summary="\n".join(HOSTILE))
    laid_out(family)
    assert opened == []


def test_new_lines_are_kept() -> None:
    family = released()
    family.change("conflict_profile", summary="First line\nsecond line\n\nfourth line\twith a tab")
    text = "".join(texts_of_pages(laid_out(family)))
    assert re.search(r"First line\s*\n\s*second line\s*\n\s*fourth line +with a tab", text)


def test_a_long_text_goes_over_pages_and_nothing_is_lost() -> None:
    family = released()
    summary = " ".join(f"word{number}" for number in range(6000))
    family.change("conflict_profile", summary=summary)
    found = re.findall(r"word\d+", "\n".join(texts_of_pages(laid_out(family))))
    assert found == summary.split()


# Page


@pytest.mark.parametrize("kind", ["ordinary", "large"])
def test_no_text_leaves_its_margins(kind: str) -> None:
    found = boxes(pages(kind)[0])
    assert len(found) > 1500
    slack = 2.5  # glyphs may lean out of their own width
    for number, character, left, bottom, right, top in found:
        at = (number, character, left, bottom, right, top)
        assert left >= style.SIDE - slack, at
        assert right <= style.PAGE_WIDTH - style.SIDE + slack, at
        assert bottom >= 30, at
        assert top <= style.PAGE_HEIGHT - 30, at


@pytest.mark.parametrize("kind", ["ordinary", "large"])
def test_every_page_carries_its_furniture(kind: str) -> None:
    _, texts = pages(kind)
    adults = {"ordinary": "two", "large": "four"}[kind]
    for number, text in enumerate(texts, 1):
        assert "Referral pack K7QX-3M2P, version 1" in text
        assert f"Page {number} of {len(texts)}" in text
        assert f"Holds separate information about {adults} adults. Goes to no family member." in text


@pytest.mark.parametrize("kind", ["ordinary", "large"])
def test_content_stays_clear_of_the_furniture(kind: str) -> None:
    """What stands above the content and below it is the header and the footer, nothing else."""
    pdf, texts = pages(kind)
    found = boxes(pdf)
    footer = plain(handling({"ordinary": 2, "large": 4}[kind]))
    for number in range(2, len(texts) + 1):
        here = [(each, low, high) for page, each, _, low, _, high in found if page == number]
        assert "".join(each for each, _, high in here if high < style.FOOT - 4) == footer
        above = "".join(each for each, low, _ in here if low > style.PAGE_HEIGHT - style.TOP + 4)
        assert above == plain(f"Referral pack K7QX-3M2P, version 1 Page {number} of {len(texts)}")


def test_each_adults_section_starts_on_a_page_of_its_own() -> None:
    texts = sections(pages("large")[1])
    starts = [number for number, text in enumerate(texts) if re.search(r"Adult \d of 4", text)]
    for adult, (number, name) in enumerate(
        zip(starts, ("王小明", "محمد", "Maximiliana", LONG_WORD[:20]), strict=True), 1
    ):
        [_, _, heading, below, *_] = texts[number].splitlines()
        assert heading.strip() == f"Adult {adult} of 4"
        assert name in below
    [shared] = [number for number, text in enumerate(texts) if text and text.splitlines()[2].strip() == "Children"]
    assert shared > starts[-1]


def test_sections_of_adults_hold_nothing_of_each_other() -> None:
    family = released()
    family.change("person", "a", given_names="Alphaonly")
    family.change("person", "b", given_names="Betaonly")
    texts = sections(texts_of_pages(laid_out(family)))
    [first] = [text for text in texts if "Adult 1 of 2" in text]
    [second] = [text for text in texts if "Adult 2 of 2" in text]
    assert "Alphaonly" in first
    assert "Betaonly" not in first
    assert "Betaonly" in second
    assert "Alphaonly" not in second
    assert not [text for text in texts if "Alphaonly" in text and "Betaonly" in text]


@pytest.mark.parametrize("filler", range(0, 60, 3))
def test_no_heading_stands_alone_at_the_foot_of_a_page(filler: int) -> None:
    """Whatever stands before them, headings have something under them on the same page."""
    family = released()
    family.change("conflict_profile", summary="\n".join(f"line {number}" for number in range(filler)) or None)
    headings = {"Conflict", "Plan and professionals", "Courts", "Universal offer", "Basis for sharing", "Kit"}
    footer = "Holds separate information"
    for text in texts_of_pages(laid_out(family)):
        lines = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith(footer)]
        assert lines[-1] not in headings


def test_type_is_eleven_points_or_larger() -> None:
    for page in pypdf.PdfReader(io.BytesIO(pages("large")[0])).pages:
        contents_ = page.get_contents()
        assert contents_ is not None
        sizes = {float(size) for size in re.findall(rb"/P\d+ ([\d.]+) Tf", contents_.get_data())}
        assert sizes
        assert min(sizes) >= 11


def test_colours_have_enough_contrast() -> None:
    for ink, paper in [
        *((ink, paper) for ink in (style.INK, style.MUTED, style.ACCENT) for paper in (style.PAPER, style.TINT)),
        (style.ON_ACCENT, style.ACCENT),
    ]:
        dark, light = sorted((luminance(ink), luminance(paper)))
        assert (light + 0.05) / (dark + 0.05) >= 4.5


def luminance(colour: Color) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.rgb()]
    return float(0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2])


# What is not on a page


def test_title_language_and_outline_name_nobody() -> None:
    family = released()
    family.change("person", "parent_carer", given_names="Alphaonly")
    reader = pypdf.PdfReader(io.BytesIO(laid_out(family)))
    assert reader.metadata is not None
    assert reader.metadata.title == "Referral pack K7QX-3M2P"
    assert str(reader.root_object["/Lang"]) == "en-GB"
    assert not [value for value in reader.metadata.values() if "Alphaonly" in str(value) or "Jo Outreach" in str(value)]
    assert reader.metadata.author == ""
    outline: list[Any] = list(reader.outline)
    entries = [entry["/Title"] for entry in outline]
    assert entries == [
        "Screening", "Suitability", "Adult 1 of 2", "Adult 2 of 2", "Children", "Conflict", "Plan and professionals",
        "Courts", "Universal offer", "Cautions looked at and accepted", "Basis for sharing", "How to check this pack",
    ]  # fmt: skip


def test_only_what_may_reach_a_page_does() -> None:
    marked = marked_family()
    pdf = laid_out(marked.family)
    text = plain("".join(texts_of_pages(pdf)))
    assert not {field for mark, field in marked.allowed.items() if mark.split()[0] not in text}
    assert not {field for mark, field in marked.forbidden.items() if mark.split()[0] in text}


def test_a_pack_says_who_signed_it_and_how_to_check() -> None:
    _, texts = pages("ordinary")
    assert "This pack is signed by Jo Outreach. If your reader shows no signature, do not rely on it." in texts[
        0
    ].replace("\n", " ")
    assert "spr-desktop verify" in texts[-1]
    assert contents(released()).key_fingerprint in texts[-1].replace("\n", " ")


def test_well_formed_by_qpdf(tmp_path: Path) -> None:
    for kind in ("ordinary", "large"):
        (tmp_path / "pack.pdf").write_bytes(pages(kind)[0])
        assert "No syntax or stream encoding errors" in run("qpdf", "--check", tmp_path / "pack.pdf")


def test_lines_of_a_right_to_left_text_stand_at_the_right() -> None:
    family = Family()
    family.change("conflict_profile", summary="محمد بن عبد الله " * 12)
    found = [(left, right) for _, each, left, _, right, _ in boxes(laid_out(family)) if "\u0600" < each < "\u06ff"]
    assert max(right for _, right in found) == pytest.approx(style.PAGE_WIDTH - style.SIDE, abs=3)
    assert len({round(left) for left, _ in found}) > 20
