"""The certificate of disposal: what was disposed of and what may still exist, in print and as data; it names nobody."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

import pypdf

from spr_desktop.documents.certificate import DATA_FILE, Certificate, DisposedCase, certificate_page
from tests.documents.packs import run

CASE: Final = DisposedCase(
    case_ref="K7QX-3M2P",
    records=32,
    documents=1,
    first_on=date(2016, 1, 5),
    last_on=date(2019, 3, 4),
    head="ab" * 32,
)
CERTIFICATE: Final = Certificate(
    number="DC-7K3M-Q2XA",
    made_on=date(2026, 11, 23),
    disposed_on=date(2026, 11, 22),
    disposed_by="J. <b>Outreach</b>",
    organisation="Example & Outreach",
    reason="past_retention",
    reason_words="Its time under the rule of retention has passed",
    rule="CASE+6, 6 years after the last record. Basis: Policy 12",
    program="0.1.0",
    printed_by="0.2.0",
    vault_id="0f" * 16,
    cases=(CASE,),
    all_records="cd" * 32,
    activity_before="ef" * 32,
    activity_after="01" * 32,
    is_rebuilt=True,
    still_held=("1 backup in /media/stick still holds it.",),
)


def text_of(tmp_path: Path, certificate: Certificate) -> str:
    (tmp_path / "c.pdf").write_bytes(certificate_page(certificate))
    return re.sub(r"\s+", " ", run("pdftotext", "-layout", tmp_path / "c.pdf", "-"))


def test_everything_it_says_is_in_print(tmp_path: Path) -> None:
    text = text_of(tmp_path, CERTIFICATE)
    for words in (
        "Example & Outreach",
        "J. <b>Outreach</b>",
        "DC-7K3M-Q2XA",
        "22 November 2026",
        "CASE+6",
        "K7QX-3M2P",
        "32 records, 1 document made",
        "First record 5 January 2016, last record 4 March 2019",
        "1 backup in /media/stick still holds it.",
        "then written anew",
        "made on 23 November 2026 by SPR Desktop 0.2.0",
    ):
        assert words in text, words
    assert "still to be written anew" in text_of(tmp_path, replace(CERTIFICATE, is_rebuilt=False))


def test_its_data_says_the_same() -> None:
    reader = pypdf.PdfReader(io.BytesIO(certificate_page(CERTIFICATE)))
    plain = json.loads(reader.attachments[DATA_FILE][0])
    assert plain == CERTIFICATE.plain()
    assert (plain["format"], plain["cases"][0]["last_on"]) == ("spr-disposal", "2019-03-04")
    assert reader.metadata is not None
    assert (reader.metadata.title, reader.metadata.author) == ("Certificate of disposal", "")


def test_many_cases_take_as_many_pages_as_they_need(tmp_path: Path) -> None:
    cases = tuple(replace(CASE, case_ref=f"AAAA-{number:04}") for number in range(150))
    text = text_of(tmp_path, replace(CERTIFICATE, cases=cases))
    assert all(text.count(each.case_ref) == 2 for each in cases)
    assert "150 cases, 4,800 records" in text
