"""The JSON Schema says what the program says, as far as a schema can."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from spr_desktop.records.case_document import parse_utc
from spr_desktop.records.faults import InvalidDocument, NewerDocument
from spr_desktop.records.kinds import KINDS, fields_of
from spr_desktop.records.schema import case_document_schema
from spr_desktop.records.texts import name_fault, text_fault
from spr_desktop.records.values import When
from tests.cases import Family
from tests.records.documents_with_faults import FAULTS, Wrong, good
from tests.records.generated import Plain, bodies, documents, over
from tests.records.reading import EXAMPLES, changed, read
from tests.records.test_total import ANYTHING, mangle

ROOT: Final = Path(__file__).parents[2]
SCHEMA: Final = case_document_schema()
VALIDATOR: Final = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)

SAYS_NOTHING_OF: Final = (
    "supersedes itself",
    "supersedes another kind",
    "supersedes a record about somebody else",
    "supersedes a later record",
    "a person who is not there",
    "one of a list who is not there",
    "one of two who is not there",
    "a session that is not there",
    "a contact taken for a person",
    "a caution of somebody who is not there",
    "a document that was never made",
)
"""Faults that depend on other records."""
BEYOND_PATTERNS: Final = (
    "-02-30",
    "-02-29",
    "-13-01",
    "0000-01-01",
    "T24:00",
    "T10:60",
    "23:59:60",
    "U+D",
    "half a",
    "\\n'",
)
"""Parts of the names of faults that a pattern cannot tell: days, times, half characters, a last newline in Python."""


def part(name: str) -> Draft202012Validator:
    """A validator of one definition."""
    return Draft202012Validator({"$ref": f"#/$defs/{name}", "$defs": SCHEMA["$defs"]})


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_the_schema_in_the_docs_is_up_to_date() -> None:
    printed = subprocess.run(
        [sys.executable, "-m", "spr_desktop.records.schema"], cwd=ROOT, capture_output=True, check=True
    ).stdout.decode()
    assert (ROOT / "docs" / "case-document.schema.json").read_text("utf-8").splitlines() == printed.splitlines()
    assert json.loads(printed) == SCHEMA


def test_the_schema_names_every_kind_and_field_and_no_other() -> None:
    assert SCHEMA["$defs"]["record"]["properties"]["kind"]["enum"] == list(KINDS)
    for kind, cls in KINDS.items():
        assert set(SCHEMA["$defs"][kind]["properties"]) == set(fields_of(cls))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_is_valid(path: Path) -> None:
    assert [each.message for each in VALIDATOR.iter_errors(json.loads(path.read_bytes()))] == []


@pytest.mark.parametrize("service", ["mediation", "couple_support", "family_counselling"])
def test_a_ready_family_is_valid(service: str) -> None:
    assert VALIDATOR.is_valid(json.loads(Family(service).document()))


@pytest.mark.parametrize("wrong", FAULTS, ids=lambda each: each.says)
def test_a_fault_that_a_schema_can_tell_is_told(wrong: Wrong) -> None:
    if wrong.says not in SAYS_NOTHING_OF and not any(each in wrong.says for each in BEYOND_PATTERNS):
        assert not VALIDATOR.is_valid(changed(good(), wrong.change))


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_body_that_the_program_takes_is_valid(kind: str) -> None:
    validator = part(kind)

    @over(30)
    @given(bodies(kind))
    def each_body(body: Plain) -> None:
        assert validator.is_valid(body)

    each_body()


@over(60)
@given(documents())
def test_every_document_that_the_program_takes_is_valid(document: Plain) -> None:
    assert VALIDATOR.is_valid(document)


@over(150)
@given(st.integers(0, len(good()["records"]) - 1), st.randoms(use_true_random=False), ANYTHING)
def test_whatever_the_program_takes_after_a_change_is_valid(number: int, where: random.Random, value: Any) -> None:
    document = good()
    mangle(document["records"][number], where, value)
    try:
        read(document)
    except (InvalidDocument, NewerDocument):
        return
    assert VALIDATOR.is_valid(document)


# Texts and times: the pattern and the program agree on every character and form


def test_the_pattern_of_texts_refuses_what_the_program_refuses() -> None:
    text = part("text")
    for code in [*range(0x3000), *range(0xF000, 0x11000)]:
        assert text.is_valid(chr(code)) == (text_fault(chr(code)) is None), hex(code)


@over(200)
@given(st.text(st.sampled_from("<>&;!?#/ \naZ0é"), max_size=8))
def test_the_pattern_of_names_refuses_what_the_program_refuses(name: str) -> None:
    assert part("name").is_valid(name) == (name_fault(name) is None)


@over(300)
@given(
    st.from_regex(
        r"20[0-9]{2}-0[1-9]-[01][1-9]([T t]0[0-9]:[0-5][0-9](:[0-5][0-9])?(\.[0-9]{1,2})?Z?)?", fullmatch=True
    )
)
def test_the_patterns_of_times_take_what_the_program_takes(text: str) -> None:
    for name, parse in (("when", When.parse), ("utc_time", parse_utc)):
        assert part(name).is_valid(text) is has_the_form(parse, text)


def has_the_form(parse: Callable[[str], object], text: str) -> bool:
    """Whether the program takes a text for a time, be it one that no calendar has."""
    try:
        parse(text)
    except ValueError as error:
        return "calendar" in str(error)
    return True
