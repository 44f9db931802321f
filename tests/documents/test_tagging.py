"""Documents for people who do not see them: every text has its place in the structure, in the order of reading."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import pikepdf
import pytest

from tests.documents.packs import passphrase, sealed
from tests.documents.papers import PAPERS, paper

DRAWS: Final = frozenset({"Tj", "TJ", "'", '"', "f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "Do", "sh", "BI"})
"""Operators that put something on the page."""


@pytest.fixture(scope="module", params=PAPERS)
def pdf(request: pytest.FixtureRequest) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(paper(request.param))) as opened:
        yield opened


def elements(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every element of the structure, in order."""
    waiting = [pdf.Root.StructTreeRoot.K[0]]
    while waiting:
        each = waiting.pop(0)
        yield each
        waiting = [kid for kid in each.K if kid.Type == "/StructElem"] + waiting


def pieces(element: Any) -> list[tuple[Any, int]]:
    return [(kid.Pg.objgen, int(kid.MCID)) for kid in element.K if kid.Type == "/MCR"]


def test_it_says_that_it_is_tagged_and_in_which_language(pdf: pikepdf.Pdf) -> None:
    assert pdf.Root.MarkInfo.Marked
    assert str(pdf.Root.Lang) == "en-GB"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        assert metadata["dc:title"] == str(pdf.docinfo.Title)


def test_all_that_is_drawn_is_in_the_structure_or_for_looks(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        open_: list[bool] = []
        for instruction in pikepdf.parse_content_stream(page):
            operands, operator = instruction.operands, instruction.operator
            if str(operator) == "BDC":
                open_.append("/MCID" in operands[1])
            elif str(operator) == "BMC":
                open_.append(str(operands[0]) == "/Artifact")
            elif str(operator) == "EMC":
                open_.pop()
            elif str(operator) in DRAWS:
                assert any(open_), (page.index, str(operator))
                assert open_.count(True) == 1  # nothing belongs to two elements
        assert open_ == []


def test_no_element_and_no_piece_is_empty(pdf: pikepdf.Pdf) -> None:
    assert all(len(each.K) for each in elements(pdf))
    for page in pdf.pages:
        drawn: list[bool] = []
        for instruction in pikepdf.parse_content_stream(page):
            operator = str(instruction.operator)
            if operator in ("BDC", "BMC"):
                drawn.append(False)
            elif operator == "EMC":
                is_drawn = drawn.pop()
                assert is_drawn
                drawn = [each or is_drawn for each in drawn]
            elif operator in DRAWS and drawn:
                drawn[-1] = True


def test_every_piece_of_a_page_is_found_from_both_sides(pdf: pikepdf.Pdf) -> None:
    of_elements = {piece: each.objgen for each in elements(pdf) for piece in pieces(each)}
    numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    parents = dict(zip(map(int, numbers[::2]), numbers[1::2], strict=True))
    found = {
        (page.objgen, number): each.objgen
        for page in pdf.pages
        for number, each in enumerate(parents.pop(int(page.StructParents)))
    }
    assert found == of_elements
    notes = [note for page in pdf.pages for note in page.get("/Annots", [])]
    roles = {"/Widget": "/Form", "/Link": "/Link"}
    assert all(str(parents.pop(int(note.StructParent)).S) == roles[str(note.Subtype)] for note in notes)
    assert parents == {}
    assert all(page.Tabs == "/S" for page in pdf.pages)


def test_no_level_of_headings_is_left_out(pdf: pikepdf.Pdf) -> None:
    levels = [int(str(each.S)[2:]) for each in elements(pdf) if str(each.S) in ("/H1", "/H2", "/H3")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_lists_and_tables_are_made_of_what_they_are_made_of(pdf: pikepdf.Pdf) -> None:
    kinds = {"/L": ["/LI"], "/LI": ["/Lbl", "/LBody"], "/Table": ["/TR"], "/TOC": ["/TOCI"], "/TOCI": ["/Reference"]}
    for each in elements(pdf):
        if str(each.S) in kinds:
            assert list(dict.fromkeys(str(kid.S) for kid in each.K)) == kinds[str(each.S)]
        if str(each.S) == "/L":
            assert str(each.A.ListNumbering) in ("/Disc", "/Decimal")
        if str(each.S) == "/TR":
            cells = [str(kid.S) for kid in each.K]
            assert cells == ["/TH", "/TD"] or (len(cells) > 1 and len(set(cells)) == 1)
        if str(each.S) == "/Figure":
            assert str(each.Alt)
            left, lower, right, upper = map(float, each.A.BBox)
            assert 0 <= left < right <= 596
            assert 0 <= lower < upper <= 842


def test_headings_say_what_they_are_headings_of(pdf: pikepdf.Pdf) -> None:
    for table in (each for each in elements(pdf) if str(each.S) == "/Table"):
        rows = [[(str(cell.S), str(cell.A.Scope) if "/A" in cell else "") for cell in row.K] for row in table.K]
        if ("/TH", "/Row") in rows[0]:
            assert all(row == [("/TH", "/Row"), ("/TD", "")] for row in rows)
        else:
            assert set(rows[0]) == {("/TH", "/Column")}
            assert all(row == [("/TD", "")] * len(rows[0]) for row in rows[1:])


def test_links_of_the_contents_are_in_the_structure(pdf: pikepdf.Pdf) -> None:
    """Each leads to the page that it says, and is found from both sides."""
    numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    parents = dict(zip(map(int, numbers[::2]), numbers[1::2], strict=True))
    at: dict[Any, int] = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
    links = [note for page in pdf.pages for note in page.get("/Annots", []) if str(note.Subtype) == "/Link"]
    assert len({int(link.StructParent) for link in links}) == len(links)
    for link in links:
        owner = parents[int(link.StructParent)]
        assert str(owner.S) == "/Link"
        assert [kid.Obj.objgen for kid in owner.K if kid.Type == "/OBJR"] == [link.objgen]
        assert str(link.Contents).rpartition(" ")[2] == str(at[link.Dest[0].objgen])


def test_every_font_is_embedded(pdf: pikepdf.Pdf) -> None:
    fonts = [font for page in pdf.pages for font in page.Resources.Font.values()]
    assert fonts
    for font in fonts:
        [inner] = font.DescendantFonts
        assert {"/FontFile2", "/FontFile3"} & set(inner.FontDescriptor.keys())
        assert "/ToUnicode" in font


def test_another_reader_reads_the_structure_of_a_sealed_pack(tmp_path: Path) -> None:
    file = tmp_path / "pack.pdf"
    file.write_bytes(sealed())
    told = ["pdfinfo", "-upw", passphrase(), "-struct-text", str(file)]
    said = subprocess.run(told, capture_output=True, text=True, check=True).stdout
    assert "H1 (block)" in said
    assert "Table" in said
    assert said.index("Referral pack") < said.index("Screening") < said.index("How to check this pack")
    about = subprocess.run(["pdfinfo", "-upw", passphrase(), file], capture_output=True, text=True, check=True).stdout
    assert "Tagged:          yes" in about
