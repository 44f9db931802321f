"""What is read from a case document and written again is the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spr_desktop.records.bodies import plain_body, trusted_body
from spr_desktop.records.case_document import write_case_document
from spr_desktop.records.kinds import KINDS, fields_of
from spr_desktop.records.record import AnyRecord
from tests.records.generated import Plain, bodies, documents, over
from tests.records.reading import EXAMPLES, WRITTEN_AT, read


def _in_order(records: tuple[AnyRecord, ...]) -> list[AnyRecord]:
    return sorted(records, key=lambda each: each.order)


def _is_said(given_body: Any, written: Any) -> bool:
    """Whether everything that was given stands in what was written; defaults may have been added."""
    if isinstance(given_body, dict):
        return given_body.keys() <= written.keys() and all(
            _is_said(given_body[key], written[key]) for key in given_body
        )
    if isinstance(given_body, list):
        return len(given_body) == len(written) and all(map(_is_said, given_body, written))
    return bool(given_body == written)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_is_the_same_after_writing_and_reading(path: Path) -> None:
    first = read(path.read_bytes())
    again = read(write_case_document(first.case_ref, first.records))
    assert again.case_ref == first.case_ref
    assert list(again.records) == _in_order(first.records)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_writing_an_example_loses_nothing_that_it_says(path: Path) -> None:
    given_records = {each["id"]: each for each in json.loads(path.read_bytes())["records"]}
    document = read(path.read_bytes())
    written = json.loads(write_case_document(document.case_ref, document.records))
    assert [each["id"] for each in written["records"]] == [each.id for each in _in_order(document.records)]
    assert all(_is_said(given_records[each["id"]], each) for each in written["records"])


@over(250)
@given(documents())
def test_any_document_is_the_same_after_writing_and_reading(document: Plain) -> None:
    first = read(document)
    written = write_case_document(first.case_ref, first.records)
    again = read(written)
    assert list(again.records) == _in_order(first.records)
    assert write_case_document(again.case_ref, again.records) == written


@over(250)
@given(documents())
def test_writing_any_document_loses_nothing_that_it_says(document: Plain) -> None:
    first = read(document)
    written = {each["id"]: each for each in json.loads(write_case_document(first.case_ref, first.records))["records"]}
    assert len(written) == len(document["records"])
    for record in document["records"]:
        assert _is_said(record["body"], written[record["id"]]["body"])
        assert _is_said(record["happened_on"], written[record["id"]]["happened_on"])
        assert _is_said(record.get("supersedes", []), written[record["id"]]["supersedes"])
        assert _is_said(record.get("recorded_by") or "", written[record["id"]]["recorded_by"] or "") or (
            "recorded_by" not in record
        )


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_field_of_a_kind_is_the_same_after_writing_and_reading(kind: str) -> None:
    names = set(fields_of(KINDS[kind]))
    seen: set[str] = set()

    @over(60)
    @given(bodies(kind))
    def each_body(body: Plain) -> None:
        read_body = trusted_body(kind, body)
        assert _is_said(body, plain_body(read_body))
        assert trusted_body(kind, plain_body(read_body)) == read_body
        seen.update(body)

    each_body()
    assert seen == names


@over(100)
@given(documents(), st.randoms(use_true_random=False))
def test_the_order_in_a_document_does_not_matter_where_the_times_of_writing_are_known(
    document: Plain, random: Any
) -> None:
    for record in document["records"]:
        record.setdefault("recorded_at", "2026-11-02T10:15:00Z")
    shuffled = document | {"records": random.sample(document["records"], len(document["records"]))}
    assert write_case_document("K7QX-3M2P", read(document).records) == write_case_document(
        "K7QX-3M2P", read(shuffled).records
    )


def test_what_is_left_out_is_filled_in() -> None:
    record = {"kind": "plan", "happened_on": "2026-11-02"}
    body = {"type": "none", "intervention_in_plan": "no", "closure_because_of_referral": "no"}
    ids = ["1d0e4b5a-0000-4000-8000-00000000000" + digit for digit in "12"]
    records = [{"id": each, **record, "body": body} for each in ids]
    document = read({"format": "spr-case", "version": 1, "case_ref": "K7QX-3M2P", "records": records})
    first, second = document.records
    assert first.recorded_at == WRITTEN_AT
    assert first.recorded_at < second.recorded_at
    assert (first.recorded_by, first.supersedes) == ("J. Outreach", ())


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("2026-11-02T10:15:00Z", "2026-11-02T10:15:00Z"),
        ("2026-11-02t10:15:00z", "2026-11-02T10:15:00Z"),
        ("2026-11-02T10:15:00+00:00", "2026-11-02T10:15:00Z"),
        ("2026-11-02T10:15:00-00:00", "2026-11-02T10:15:00Z"),
        ("2026-11-02T10:15:00.5Z", "2026-11-02T10:15:00.500000Z"),
        ("2026-11-02T10:15:00.123456789Z", "2026-11-02T10:15:00.123456Z"),
    ],
)
def test_every_way_to_write_a_time_in_utc_is_read(text: str, written: str) -> None:
    record = {"id": "1d0e4b5a-0000-4000-8000-000000000001", "kind": "case_opened", "happened_on": "2026-11-02"}
    body = {"organisation": "Example Council"}
    document = {"format": "spr-case", "version": 1, "case_ref": "K7QX-3M2P"}
    found = read(document | {"records": [record | {"recorded_at": text, "body": body}]})
    assert json.loads(write_case_document(found.case_ref, found.records))["records"][0]["recorded_at"] == written


def test_names_of_any_script_and_newlines_and_tabs_are_kept() -> None:
    texts = ["Ngọc Ánh", "שירה", "عائشة", "👩‍👧 and two lines\nwith\ta tab", "e\u0301 is not é"]
    records = [
        {"id": f"1d0e4b5a-0000-4000-8000-00000000000{number}", "kind": "case_opened", "happened_on": "2026-11-02"}
        | {"body": {"organisation": text}}
        for number, text in enumerate(texts)
    ]
    document = read({"format": "spr-case", "version": 1, "case_ref": "K7QX-3M2P", "records": records})
    written = json.loads(write_case_document(document.case_ref, document.records))
    assert [each["body"]["organisation"] for each in written["records"]] == texts
