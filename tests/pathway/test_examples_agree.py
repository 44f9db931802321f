"""The example cases, and what is expected of each: every entry, and nothing else but *pass*."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

import pytest

from spr_desktop.pathway.check import check
from spr_desktop.pathway.result import Decision
from spr_desktop.records.case_document import read_case_document

FOLDER: Final = Path(__file__).parents[1] / "examples"
EXPECTED: Final[dict[str, dict[str, Any]]] = json.loads((FOLDER / "expected.json").read_bytes())


def decide(name: str, service: str | None) -> Decision:
    """What the pathway says of an example on its day."""
    written_at = datetime(2026, 11, 22, 9, tzinfo=UTC)
    document = read_case_document((FOLDER / name).read_bytes(), written_at=written_at)
    return check(document.case_ref, document.records, date.fromisoformat(EXPECTED[name]["as_of"]), service)


@pytest.mark.parametrize("name", EXPECTED)
def test_an_example_gives_what_is_expected_and_nothing_else_but_pass(name: str) -> None:
    expected = EXPECTED[name]
    decision = decide(name, None)
    found = {f"{each.rule}:{each.subject}": each.outcome for each in decision.rules}
    assert (decision.outcome, decision.ready) == (expected["outcome"], expected["ready"])
    assert decision.service == expected["service"]
    assert {entry: found.get(entry, "pass") for entry in expected["rules"]} == expected["rules"]
    assert {entry for entry, outcome in found.items() if outcome != "pass"} <= expected["rules"].keys()


@pytest.mark.parametrize("name", EXPECTED)
def test_naming_the_service_of_the_referral_changes_nothing(name: str) -> None:
    assert decide(name, EXPECTED[name]["service"]) == decide(name, None)


def test_every_example_has_its_expectation() -> None:
    assert {path.name for path in FOLDER.glob("*.json")} == {*EXPECTED, "expected.json"}
