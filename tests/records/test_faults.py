"""Every way in which a case document can be wrong is refused, with the path of what is wrong."""

from __future__ import annotations

import json
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spr_desktop.records.case_document import BYTES_LIMIT, RECORDS_LIMIT, read_case_document
from spr_desktop.records.faults import FAULTS_LISTED, InvalidDocument, NewerDocument
from tests.cases import Family
from tests.records.documents_with_faults import (
    ADVICE,
    CONTACT,
    FAULTS,
    IDS,
    LEAD,
    MEASURE,
    PERSON,
    PLAN,
    RELATIONSHIP,
    SUITABILITY,
    TALK,
    Wrong,
    at,
    good,
)
from tests.records.generated import Plain, over
from tests.records.reading import WRITTEN_AT, Change, append, changed, faults, put, read, where, without


def leave_out_what_may_be(document: Plain) -> None:
    """No record says when or by whom it was written down, or what it corrects."""
    for record in document["records"]:
        for field in ("recorded_at", "recorded_by", "supersedes"):
            del record[field]


def test_the_good_document_is_good() -> None:
    assert len(read(good()).records) == 13


@pytest.mark.parametrize("wrong", FAULTS, ids=lambda each: each.says)
def test_a_fault_is_found_at_its_path(wrong: Wrong) -> None:
    found = faults(changed(good(), wrong.change))
    assert [(each.path, each.message) for each in found] == [(wrong.path, wrong.message)]


def test_a_fault_names_the_record_where_its_id_can_be_read() -> None:
    (fault,) = faults(changed(good(), put(at(PLAN, "body.type"), "x")))
    assert fault.record == IDS[PLAN]
    assert str(fault).startswith(f"$.records[5].body.type (record {IDS[PLAN]}) is not one of: ")


def test_a_fault_names_no_record_where_the_id_cannot_be_read() -> None:
    found = faults(changed(good(), put(at(PLAN, "id"), "x"), put(at(PLAN, "body.type"), "x")))
    assert [each.record for each in found] == [None, None]


def test_every_fault_of_a_document_is_found() -> None:
    document = changed(
        good(),
        put(at(PLAN, "body.type"), "x"),
        put(at(PLAN, "happened_on"), "x"),
        put(at(TALK, "colour"), "x"),
        without(at(ADVICE, "body.says")),
        put("case_ref", "x"),
    )
    assert where(document) == [
        "$.case_ref",
        "$.records[2].colour",
        "$.records[5].happened_on",
        "$.records[5].body.type",
        "$.records[7].body.says",
    ]


def test_at_most_twenty_faults_are_listed() -> None:
    records = [{"id": each} for each in IDS]
    assert len(faults(good() | {"records": records * 5})) == FAULTS_LISTED == 20


@pytest.mark.parametrize(
    ("says", "change"),
    [
        ("no time, recorder or superseding", leave_out_what_may_be),
        ("a recorder without a name", put(at(PLAN, "recorded_by"), "")),
        ("null for what may be left out", put(at(PERSON, "body.family_name"), None)),
        ("null for a part that may be left out", put(at(LEAD, "body.professional.phone"), None)),
        (
            "an id of 64 characters",
            append(
                id=IDS[19],
                kind="person",
                happened_on="2026-11-02",
                body={"person_id": "x" * 64, "role": "child", "given_names": "Bo"},
            ),
        ),
        ("a text of 100,000 characters", put(at(CONTACT, "body.value"), "👩" * 100_000)),
        ("newline and tab", put(at(CONTACT, "body.value"), "a\n\tb")),
        ("marks of direction that turn nothing after them", put(at(CONTACT, "body.value"), "\u200e\u200f\u061c")),
        ("joiners", put(at(CONTACT, "body.value"), "\u200d\u200c")),
        ("markup in what is not a name", put(at(CONTACT, "body.value"), "<a@b>")),
        ("an ampersand in a name", put(at(PERSON, "body.given_names"), "Jo & Bo; sisters")),
        ("a sign of less in a name", put(at(PERSON, "body.given_names"), "Jo <3")),
        ("supersedes what is not there yet", put(at(PLAN, "supersedes"), [IDS[19]])),
        ("supersedes an earlier record twice", put(at(PLAN, "supersedes"), [IDS[19], IDS[19]])),
        (
            "a lift of what is not there yet",
            append(
                id=IDS[19],
                kind="stop_lifted",
                happened_on="2026-11-02",
                body={"records": ["x"], "by": "M.", "role": "manager", "reason": ""},
            ),
        ),
        (
            "a caution of the case",
            append(
                id=IDS[19],
                kind="caution_accepted",
                happened_on="2026-11-02",
                body={"rule": "A02", "subject": "case", "reason": ""},
            ),
        ),
        ("according to a child", put(at(RELATIONSHIP, "body.according_to"), "c1")),
        (
            "a record of the year 1 and one of 9999",
            lambda document: document["records"][PLAN].update(
                happened_on="9999-12-31", recorded_at="0001-01-01T00:00:00Z"
            ),
        ),
        (
            "any detail of a crisis",
            put(at(SUITABILITY, "body"), {"check": "active_crisis", "person_id": "a", "value": "no", "detail": "x"}),
        ),
        ("a large number", put(at(MEASURE, "body.score"), 10**300)),
        ("an id in capitals", put(at(PLAN, "id"), IDS[PLAN].upper())),
        ("a date that is not the day of writing", put(at(PLAN, "happened_on"), "2027-02-28T23:59:59")),
    ],
)
def test_what_looks_odd_but_is_of_the_form_is_taken(says: str, change: Change) -> None:
    assert faults(changed(good(), change)) == []


# Files


@pytest.mark.parametrize(
    ("says", "data", "message"),
    [
        ("an empty file", b"", "is not JSON (line 1, column 1)"),
        ("spaces", b" \n ", "is not JSON (line 2, column 2)"),
        ("a piece of a document", json.dumps(good()).encode()[:-2], "is not JSON"),
        ("something after it", json.dumps(good()).encode() + b"{}", "is not JSON"),
        (
            "Latin-1",
            json.dumps(good(), ensure_ascii=False).replace("Kit", "Zoë").encode("latin-1"),
            "is not UTF-8 text",
        ),
        ("UTF-16", json.dumps(good()).encode("utf-16"), "is not UTF-8 text (byte 0)"),
        ("half a character as bytes", b'{"format": "\xed\xa0\x80"}', "is not UTF-8 text"),
        ("NaN", b'{"format": NaN}', "holds NaN or Infinity, which are not JSON"),
        ("Infinity", b'{"format": -Infinity}', "holds NaN or Infinity, which are not JSON"),
        ("a name twice", b'{"format": "spr-case", "format": "spr-case"}', "holds an object that names one field twice"),
        ("a name twice, inside", b'{"records": [{"a": 1, "a": 1}]}', "holds an object that names one field twice"),
        ("a number of 5,000 digits", b'{"version": ' + b"1" * 5_000 + b"}", "holds a number that cannot be read"),
        ("100,000 lists", b"[" * 100_000 + b"]" * 100_000, "is nested too deeply"),
        ("100,000 objects", b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "is nested too deeply"),
        ("a list", b"[]", "is not a case document"),
        ("a text", b'"spr-case"', "is not a case document"),
        ("null", b"null", "is not a case document"),
        ("more than 20 MB", b" " * (BYTES_LIMIT + 1), "is larger than 20 MB"),
    ],
)
def test_a_file_that_is_no_document_is_refused_in_one_sentence(says: str, data: bytes, message: str) -> None:
    (fault,) = faults(data)
    assert fault.path == "$"
    assert fault.message.startswith(message)


def test_a_file_of_20_mb_is_read() -> None:
    data = json.dumps(good()).encode()
    assert len(read(data + b" " * (BYTES_LIMIT - len(data))).records) == 13


def test_a_mark_of_byte_order_is_taken() -> None:
    assert len(read(b"\xef\xbb\xbf" + json.dumps(good()).encode()).records) == 13


def test_more_than_50_000_records_are_refused() -> None:
    assert where(good() | {"records": [None] * (RECORDS_LIMIT + 1)}) == ["$.records"]


def test_50_000_records_are_read() -> None:
    plan = good()["records"][PLAN]
    records = [plan | {"id": f"1d0e4b5a-0000-4000-8000-{number:012}"} for number in range(RECORDS_LIMIT)]
    assert len(read(good() | {"records": records}).records) == RECORDS_LIMIT


@pytest.mark.parametrize("number", ["1e999", "-1e999"])
def test_a_number_beyond_all_bounds_is_a_fault_at_its_path(number: str) -> None:
    data = json.dumps(changed(good(), put(at(MEASURE, "body.score"), 777))).replace("777", number)
    assert [str(each).split(") ")[-1] for each in faults(data.encode())] == ["is too large a number"]
    assert where(data.encode()) == ["$.records[11].body.score"]


@pytest.mark.parametrize("version", [2, 3, 10**30])
def test_a_newer_version_is_told_from_a_fault(version: int) -> None:
    with pytest.raises(NewerDocument):
        read(good() | {"version": version, "records": "of another form", "more": {}})


# Ids that are known already


def test_the_same_record_twice_counts_once() -> None:
    document = changed(good(), lambda found: found["records"].append(found["records"][PLAN]))
    assert len(read(document).records) == 13


def test_the_same_id_with_other_content_is_refused() -> None:
    other = changed(good(), put(at(PLAN, "body.type"), "universal"))["records"][PLAN]
    (fault,) = faults(changed(good(), append(**other)))
    assert (fault.path, fault.message) == ("$.records[13].id", "is already the id of a record that says something else")


@pytest.mark.parametrize(
    "change",
    [
        put(at(PLAN, "happened_on"), "2026-11-03"),
        put(at(PLAN, "recorded_at"), "2026-11-03T10:00:00Z"),
        put(at(PLAN, "recorded_by"), "K. Other"),
        put(at(PLAN, "supersedes"), [IDS[19]]),
        put(at(PLAN, "body.type"), "universal"),
    ],
)
def test_a_kept_record_with_any_other_content_is_refused(change: Change) -> None:
    kept = read(good()).records
    assert where(changed(good(), change), kept) == ["$.records[5].id"]


def test_a_kept_record_with_the_same_content_is_nothing_new() -> None:
    again = read(good(), read(good()).records)
    assert (again.records, again.known) == ((), 13)


@pytest.mark.parametrize("field", ["recorded_at", "recorded_by", "supersedes"])
def test_a_kept_record_whose_field_is_left_out_is_nothing_new(field: str) -> None:
    again = read(changed(good(), without(at(PLAN, field))), read(good()).records)
    assert (again.records, again.known) == ((), 13)


def test_a_reference_may_be_to_what_is_kept() -> None:
    family, talk = good()["records"][:2], good()["records"][TALK]
    kept = read(good() | {"records": family}).records
    assert [each.id for each in read(good() | {"records": [talk]}, kept).records] == [IDS[TALK]]


def test_a_kept_record_is_superseded_by_the_rules_too() -> None:
    kept = read(good()).records
    record = good()["records"][PERSON] | {"id": IDS[19], "happened_on": "2026-11-20", "supersedes": [IDS[PLAN]]}
    assert where(good() | {"records": [record]}, kept) == ["$.records[0].supersedes[0]"]


def test_a_kept_record_that_names_a_later_one_is_found_when_that_one_comes() -> None:
    plan = good()["records"][PLAN]
    kept = read(good() | {"records": [plan | {"supersedes": [IDS[19]]}]}).records
    later = plan | {"id": IDS[19], "happened_on": "2026-11-20"}
    assert where(good() | {"records": [later]}, kept) == ["$.records"]


# What a fault says

CANARY: Final = "Zanzibar"


def _places(value: Any, path: str) -> list[str]:
    """Every place in a document where something stands."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found = []
    for key, part in inside:
        below = f"{path}[{key}]" if isinstance(key, int) else f"{path}.{key}" if path else str(key)
        found += [below, *_places(part, below)]
    return found


@over(400)
@given(
    st.lists(st.sampled_from(_places(good(), "")), min_size=1, max_size=3),
    st.sampled_from(
        [
            CANARY,
            f"{CANARY}\x00",
            f"<{CANARY}>",
            f"2026-02-30 {CANARY}",
            f"{CANARY}-0000-4000-8000-000000000001",
            [CANARY],
            {"name": CANARY},
            {f"{CANARY} Street": CANARY},
            CANARY * 20_000,
        ]
    ),
)
def test_a_fault_never_repeats_a_value_of_the_document(places: list[str], canary: Any) -> None:
    document = good()
    for place in sorted(places, reverse=True):
        put(place, canary)(document)
    for each in faults(document):
        assert CANARY not in str(each)
        assert CANARY not in each.message


def test_a_family_that_is_invalid_says_nothing_of_itself() -> None:
    family = Family()
    family.change("person", given_names="<Zanzibar>", lives_in_area="Zanzibar")
    with pytest.raises(InvalidDocument) as raised:
        read_case_document(family.document(), written_at=WRITTEN_AT)
    assert CANARY not in str(raised.value) + "".join(map(str, raised.value.faults))
    assert len(raised.value.faults) == 6
