"""A sealed file of each kind is opened, read and verified by programs that are not ours."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from spr_desktop.casework.making import ABOUT_ONE, KINDS, Prepared
from spr_desktop.documents.making import seal_checked
from tests.documents.kinds import made
from tests.documents.packs import identity, passphrase, released, run


@cache
def document(kind: str) -> tuple[Prepared, bytes]:
    """A document of a kind, and sealed."""
    family = released()
    told: dict[str, Any] = {"document": "referral-pack", "sha256": "0" * 64, "pathway_version": "hampshire-spr/1"}
    family.add("document_made", -1, document_id="AAAA-BBBB", recipient="The SPR team", **told)
    prepared = made(family, kind, "a" if kind in ABOUT_ONE else None)
    return prepared, seal_checked(prepared.checked, identity(), passphrase())


@pytest.mark.parametrize("kind", KINDS)
def test_poppler_and_qpdf_read_and_verify_it(kind: str, tmp_path: Path) -> None:
    prepared, sealed = document(kind)
    path = tmp_path / "document.pdf"
    path.write_bytes(sealed)
    signed = run("pdfsig", "-upw", passphrase(), path)
    assert "Signature is Valid" in signed
    assert "Total document signed" in signed
    assert signed.count("Signature #") == 1
    text = run("pdftotext", "-upw", passphrase(), path, "-")
    assert prepared.reference in text
    assert "How to check this" in text
    checked = run("qpdf", "--check", f"--password={passphrase()}", path)
    assert "No syntax or stream encoding errors" in checked
    assert "R = 6" in checked


@pytest.mark.parametrize("kind", KINDS)
def test_pikepdf_pypdf_and_pyhanko_read_and_verify_it(kind: str) -> None:
    prepared, sealed = document(kind)
    with pikepdf.open(io.BytesIO(sealed), password=passphrase()) as opened:
        assert opened.encryption.R == 6
        assert opened.check_pdf_syntax() == []
    pages = pypdf.PdfReader(io.BytesIO(sealed), password=passphrase()).pages
    assert prepared.reference in pages[0].extract_text()
    reader = PdfFileReader(io.BytesIO(sealed))
    reader.decrypt(passphrase())
    [signature] = reader.embedded_signatures
    roots = ValidationContext(trust_roots=[signature.signer_cert], allow_fetching=False)
    status = validate_pdf_signature(signature, roots)
    assert status.bottom_line
    assert status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    assert status.modification_level == ModificationLevel.NONE
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(sealed))
