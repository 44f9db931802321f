"""The page about the case document says what the program does."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final, get_args

import pytest

from spr_desktop.records.case_document import BYTES_LIMIT, RECORDS_LIMIT
from spr_desktop.records.faults import FAULTS_LISTED
from spr_desktop.records.kinds import KINDS, fields_of
from spr_desktop.records.references import ALPHABET
from spr_desktop.records.values import TEXT_LIMIT
from tests.records.documents_with_faults import good
from tests.records.reading import read

PAGE: Final = (Path(__file__).parents[2] / "docs" / "case-document.md").read_text("utf-8")
SECTIONS: Final = dict(re.findall(r"^#### `(\w+)`\n(.*?)(?=^##)", PAGE, re.MULTILINE | re.DOTALL))


def rows(kind: str) -> dict[str, str]:
    """The row of every field in the table of a kind."""
    return {row[0]: row[1] for row in re.findall(r"^\| `(\w+)` \| (.*) \|$", SECTIONS[kind], re.MULTILINE)}


def choices(hint: Any) -> list[str]:
    """The values of an enumeration, wherever in a type it stands."""
    return [hint] if isinstance(hint, str) else [choice for part in get_args(hint) for choice in choices(part)]


def test_the_example_of_the_page_is_taken() -> None:
    (example,) = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
    assert [each.kind for each in read(example.encode()).records] == ["person", "safety_conversation"]


def test_the_page_has_every_kind_in_the_order_of_the_program() -> None:
    assert sorted(SECTIONS) == sorted(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_has_every_field_of_a_kind_and_every_value_it_takes(kind: str) -> None:
    found = rows(kind)
    assert list(found) == list(fields_of(KINDS[kind]))
    for name, field in fields_of(KINDS[kind]).items():
        values = choices(field.type)
        if values == ["yes", "no", "not_known"]:
            assert found[name].startswith("yes / no / not known")
        else:
            assert re.findall(r"`(\w+)`", found[name])[: len(values)] == values
        assert field.required is not ("optional" in found[name] or "left out:" in found[name])
    assert ("Counts: newest" in SECTIONS[kind]) is KINDS[kind].has_key


def test_the_page_has_the_limits_of_the_program() -> None:
    for limit in (
        f"{BYTES_LIMIT:,} bytes",
        f"{RECORDS_LIMIT:,} |",
        f"{TEXT_LIMIT:,} characters |",
        f"{FAULTS_LISTED} faults",
    ):
        assert limit in PAGE
    assert f"`{ALPHABET}`" in PAGE


def test_every_field_of_a_record_is_on_the_page() -> None:
    table = PAGE[PAGE.index("## A case is a list") : PAGE.index("## Values")]
    assert re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE) == list(good()["records"][0])
