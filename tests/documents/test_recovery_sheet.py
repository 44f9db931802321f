"""The recovery sheet: one page, the key in groups and for a camera, no names."""

from __future__ import annotations

import io
import re
from itertools import pairwise
from pathlib import Path

import pypdf
import pytest
import segno

from spr_desktop.documents.recovery_sheet import recovery_sheet
from tests.documents.packs import run

KEY = "CG7N-Z3FE-B911-YK8J-AE6E-FQN7-3EM3-R902-T2"


def test_the_key_stands_on_one_page_in_groups(tmp_path: Path) -> None:
    (tmp_path / "sheet.pdf").write_bytes(recovery_sheet(KEY))
    assert re.search(r"Pages: +1\n", run("pdfinfo", tmp_path / "sheet.pdf"))
    text = run("pdftotext", "-layout", tmp_path / "sheet.pdf", "-")
    places = [text.index(group) for group in KEY.split("-")]
    assert all(one < other for one, other in pairwise(places))
    assert "Lock it away" in text


def test_it_says_nothing_of_whose_it_is() -> None:
    reader = pypdf.PdfReader(io.BytesIO(recovery_sheet(KEY)))
    assert reader.metadata is not None
    assert (reader.metadata.title, reader.metadata.author) == ("Recovery key", "")
    assert KEY[:4] not in str(reader.metadata)


def test_the_squares_hold_the_key() -> None:
    """As many dark squares as the code of the key has, drawn where it has them."""
    wanted = [list(row) for row in segno.make_qr(KEY, error="m").matrix_iter(border=0)]
    content = pypdf.PdfReader(io.BytesIO(recovery_sheet(KEY))).pages[0].get_contents()
    assert content is not None
    side = 46 * 72 / 25.4 / len(wanted)
    squares = [
        (float(x), float(y))
        for x, y, width, height in re.findall(rb"n ([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+) re", content.get_data())
        if float(width) == float(height) == pytest.approx(side, abs=0.01)
    ]
    found = {(round(x / side), len(wanted) - 1 - round(y / side)) for x, y in squares}
    assert found == {(column, row) for row, cells in enumerate(wanted) for column, dark in enumerate(cells) if dark}


def test_a_key_with_spaces_gives_the_same_sheet() -> None:
    pages = [
        pypdf.PdfReader(io.BytesIO(recovery_sheet(key))).pages[0].extract_text() for key in (KEY, KEY.replace("-", " "))
    ]
    assert pages[0] == pages[1]
