"""PDF/UA-1: every paper is asked of a validator that somebody else wrote, as it is laid out and as it is sealed.

The validator reads no file under a passphrase, so a sealed one is shown to it decrypted, object by object the same.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Final

import page as validator
import pikepdf
import pytest

from spr_desktop.documents.forbidden import forbidden_in_pack
from spr_desktop.documents.leak_check import Forbidden, leaks
from spr_desktop.documents.reading import SPOKEN, parts
from spr_desktop.documents.seal import seal
from spr_desktop.pathway.definition import definition
from tests.documents.kinds import case_of
from tests.documents.packs import identity, passphrase, run
from tests.documents.papers import PAPERS, SEALED_KINDS, foreign_family, paper
from tests.documents.test_tagging import elements

WHEN: Final = datetime(2026, 11, 3, 9, 5, tzinfo=UTC)


def faults(pdf: bytes) -> set[str]:
    """What the validator finds against a file."""
    return {each.rule_id for each in validator.validate_pdf_bytes(pdf, profile="ua1").failures}


@cache
def sealed_paper(name: str) -> bytes:
    return seal(paper(name), identity(), passphrase(), at=WHEN)


def decrypted(pdf: bytes) -> bytes:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf), password=passphrase()) as opened:
        opened.save(target)
    return target.getvalue()


@pytest.mark.parametrize("name", PAPERS)
def test_the_validator_finds_nothing_against_a_paper(name: str) -> None:
    assert faults(paper(name)) == set()


@pytest.mark.parametrize("name", SEALED_KINDS)
def test_the_validator_finds_nothing_against_a_sealed_document(name: str) -> None:
    assert faults(decrypted(sealed_paper(name))) == set()


def test_a_sealed_document_says_by_its_first_bytes_what_it_is() -> None:
    assert sealed_paper("pack").startswith(b"%PDF-1.7\n")
    with pikepdf.open(io.BytesIO(sealed_paper("pack")), password=passphrase()) as opened:
        assert "/Version" not in opened.Root
        assert opened.Root.Extensions.ADBE.ExtensionLevel == 8
        assert opened.encryption.R == 6
        assert opened.allow.accessibility


# That it would find something


def _without_title(pdf: pikepdf.Pdf) -> None:
    content = pdf.Root.Metadata.read_bytes()
    pdf.Root.Metadata.write(re.sub(rb"<dc:title.*</dc:title>", b"", content, flags=re.DOTALL))


def _without_claim(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Metadata.write(pdf.Root.Metadata.read_bytes().replace(b"pdfuaid:part", b"pdfuaid:other"))


def _without_tag(pdf: pikepdf.Pdf) -> None:
    first = pdf.pages[0]
    content = first.Contents.read_bytes()
    [(begin, end)] = [match.span() for match in list(re.finditer(rb"/P <</MCID \d+>> BDC", content))[:1]]
    first.Contents = pdf.make_stream(content[:begin] + b"/Other BMC" + content[end:])


def _heading_left_out(pdf: pikepdf.Pdf) -> None:
    for each in elements(pdf):
        if str(each.S) == "/H2":
            each.S = pikepdf.Name.H3


def _without_field(pdf: pikepdf.Pdf) -> None:
    [form] = [each for each in elements(pdf) if str(each.S) == "/Form"]
    form.S = pikepdf.Name.P


def _field_without_words(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].Annots[0].TU


def _without_order(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].Tabs


def _without_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Lang


def _title_not_shown(pdf: pikepdf.Pdf) -> None:
    pdf.Root.ViewerPreferences.DisplayDocTitle = False


def _font_left_out(pdf: pikepdf.Pdf) -> None:
    [font] = [next(iter(pdf.pages[0].Resources.Font.values()))]
    del font.DescendantFonts[0].FontDescriptor["/FontFile2"]


DAMAGES: Final[dict[str, Callable[[pikepdf.Pdf], None]]] = {
    name.removeprefix("_").replace("_", " "): damage
    for name, damage in list(globals().items())
    if name.startswith(("_without", "_heading", "_field", "_title", "_font"))
}


@pytest.mark.parametrize("name", DAMAGES)
def test_the_validator_finds_what_is_wrong(name: str) -> None:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(decrypted(sealed_paper("pack")))) as opened:
        DAMAGES[name](opened)
        opened.save(target)
    assert faults(target.getvalue())


# What no validator hears


def test_values_below_each_other_are_read_one_by_one(tmp_path: Path) -> None:
    said = _heard(paper("pack"), tmp_path)
    assert '"Referral pack K7QX-3M2P"' in said
    assert re.search(r'H2 \(block\)\n *"Adult 1 of 2 "\n *"Jo Example"\n', said)
    assert '"Jo Outreach"' in said
    assert '"family worker, Example Outreach"' in said
    assert said.count('""') == 1  # the code to be scanned, which says in words what it is


def test_a_list_says_whether_it_is_numbered() -> None:
    with pikepdf.open(io.BytesIO(paper("recovery sheet"))) as opened:
        lists = [str(each.A.ListNumbering) for each in elements(opened) if str(each.S) == "/L"]
    assert lists == ["/Disc", "/Decimal"]


def test_the_field_of_the_seal_is_reached_after_what_stands_above_it() -> None:
    with pikepdf.open(io.BytesIO(paper("pack"))) as opened:
        kinds = [str(each.S) for each in elements(opened)]
    assert kinds.count("/Form") == 1
    assert kinds[kinds.index("/Form") - 1] == "/P"
    assert kinds[kinds.index("/Form") + 1] == "/H2"


def test_a_name_that_runs_from_the_right_is_read_out_in_its_order() -> None:
    with pikepdf.open(io.BytesIO(paper("copy for a foreign name"))) as opened:
        spoken = [str(each.ActualText).strip() for each in elements(opened) if "/ActualText" in each]
    assert "محمد بن عبد الله" in spoken


def test_what_is_read_out_is_checked_for_leaks_like_a_page() -> None:
    family = foreign_family()
    pdf = paper("pack of foreign names")
    assert any("محمد" in each for each in parts(pdf)[SPOKEN])
    assert leaks(pdf, forbidden_in_pack(case_of(family), family.check(), definition())) == ()
    assert SPOKEN in {leak.where for leak in leaks(pdf, [Forbidden.words("a name", "محمد بن عبد الله")])}


def _heard(pdf: bytes, folder: Path) -> str:
    (folder / "paper.pdf").write_bytes(pdf)
    return run("pdfinfo", "-struct-text", folder / "paper.pdf")
