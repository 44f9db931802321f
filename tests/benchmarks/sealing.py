"""What a pack costs to lay out and seal, beside its bare counterpart in one run: python -m tests.benchmarks.sealing.

The pack has eight pages. Bare is what the libraries need by themselves: ReportLab for the same words on as many pages,
in the same embedded font, a paragraph each; pyHanko for encrypting and signing the very same file with the same key.
Compared is what both do: laying out and sealing. The leak check and the reading back, which the bare way leaves out,
stand besides. Each figure is the median of so many rounds, in which both ways take turns.
"""

from __future__ import annotations

import io
import statistics
import sys
import time
from collections.abc import Callable
from datetime import datetime
from importlib import resources
from typing import Any, Final
from xml.sax.saxutils import escape

from asn1crypto import keys, x509  # type: ignore[import-untyped]
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer
from pyhanko.sign import fields, signers
from pyhanko_certvalidator.registry import SimpleCertificateStore
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate

from spr_desktop.documents.forbidden import forbidden_in_pack
from spr_desktop.documents.leak_check import leaks
from spr_desktop.documents.making import lay_out, read_back
from spr_desktop.documents.reading import texts_of_pages
from spr_desktop.documents.seal import seal
from spr_desktop.pathway.definition import definition
from spr_desktop.records.case import Case
from tests.cases import CASE_REF, Family
from tests.documents.packs import contents, identity, passphrase, released

LIMIT: Final = 1.3
PAGES: Final = 8
_FONT: Final = "Bare"


def family() -> Family:
    """A family whose pack has eight pages."""
    made = released()
    made.change("conflict_profile", summary="\n".join(f"{each}. {'words of a summary ' * 12}" for each in range(14)))
    return made


def bare_pages(texts: list[str]) -> bytes:
    """The same words on as many pages."""
    target = io.BytesIO()
    style = ParagraphStyle("bare", fontName=_FONT, fontSize=11, leading=15)
    flowing: list[Any] = []
    for text in texts:
        flowing += [Paragraph(escape(each), style) for each in text.split("\r\n") if each.strip()]
        flowing.append(PageBreak())
    SimpleDocTemplate(target, pagesize=A4, title="Bare", lang="en-GB").build(flowing)
    return target.getvalue()


def bare_seal(pdf: bytes) -> bytes:
    """The same file, encrypted and signed by pyHanko alone."""
    writer = copy_into_new_writer(PdfFileReader(io.BytesIO(pdf)))
    writer.encrypt(owner_pass=passphrase(), user_pass=passphrase())  # type: ignore[no-untyped-call]
    target = io.BytesIO()
    writer.write(target)  # type: ignore[no-untyped-call]
    again = IncrementalPdfFileWriter(target)
    again.encrypt(passphrase())  # type: ignore[no-untyped-call]
    signer = signers.SimpleSigner(
        signing_cert=x509.Certificate.load(identity().certificate),
        signing_key=keys.PrivateKeyInfo.load(identity().private_key),
        cert_registry=SimpleCertificateStore(),  # type: ignore[no-untyped-call]
    )
    metadata = signers.PdfSignatureMetadata(
        field_name="Bare", md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES
    )
    return bytes(signers.sign_pdf(again, metadata, signer).getvalue())


def seconds(work: Callable[[], object]) -> float:
    """How long it takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def main(rounds: int) -> None:
    """Measure and print."""
    with resources.as_file(resources.files("resources") / "fonts" / "NotoSans-Regular.ttf") as font:
        pdfmetrics.registerFont(TTFont(_FONT, str(font)))
    made = family()
    case = Case(CASE_REF, made.records(), made.as_of)
    pack, forbidden = contents(made), list(forbidden_in_pack(case, made.check(), definition()))
    pdf = lay_out(pack)
    texts = texts_of_pages(pdf)
    bare = bare_pages(texts)
    sealed = seal(pdf, identity(), passphrase(), at=datetime.now().astimezone())
    works: dict[str, Callable[[], object]] = {
        "lay out": lambda: lay_out(pack),
        "ReportLab": lambda: bare_pages(texts),
        "seal": lambda: seal(pdf, identity(), passphrase(), at=datetime.now().astimezone()),
        "pyHanko": lambda: bare_seal(pdf),
        "leak check": lambda: leaks(pdf, forbidden),
        "read back": lambda: read_back(sealed, pdf, identity(), passphrase()),
    }
    taken: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            taken[name].append(seconds(work))
    found = {name: statistics.median(each) for name, each in taken.items()}
    ours, theirs = found["lay out"] + found["seal"], found["ReportLab"] + found["pyHanko"]
    whole = ours + found["leak check"] + found["read back"]
    sys.stdout.write(f"pages: {len(texts)}, bare {len(texts_of_pages(bare))}\n")
    for name, each in found.items():
        sys.stdout.write(f"{name}: {each * 1000:.0f} ms\n")
    sys.stdout.write(f"lay out and seal: {ours * 1000:.0f} ms, bare {theirs * 1000:.0f} ms, {ours / theirs:.2f} times ")
    sys.stdout.write(f"(limit {LIMIT}); with leak check and reading back {whole * 1000:.0f} ms (limit 1000)\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 11)
