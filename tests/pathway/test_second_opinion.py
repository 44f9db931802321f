"""The program and a second opinion that was written from the text alone agree on every case.

A few hundred generated cases are compared on every run. Many thousands, as should be done after any change to a rule:

    SPR_TIMES=50 python -m pytest tests/pathway/test_second_opinion.py
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from spr_desktop.pathway.result import Decision
from tests.pathway.generated_cases import Generated, cases
from tests.pathway.rule_table import OUTCOMES, in_words
from tests.pathway.second_opinion import Said, opinion
from tests.pathway.test_examples_agree import EXPECTED, FOLDER, decide
from tests.pathway.test_examples_of_rules import EXAMPLES
from tests.records.generated import over

Entries = dict[tuple[str, str], Said]


def said(decision: Decision) -> Entries:
    """What the program says, in the words of the second opinion; an entry left out is like one that passes."""
    return {
        (each.rule, each.subject): Said(
            outcome=each.outcome,
            kind=each.kind,
            accepted=each.accepted,
            urgent=each.urgent,
            needs_manager=each.needs_manager,
            timing=each.timing,
            due_on=each.due_on.isoformat() if each.due_on else None,
        )
        for each in decision.rules
        if each.outcome != "pass"
    }


def second(document: dict[str, Any], as_of: date, service: str | None) -> Entries:
    """What the second opinion says, but for what passes."""
    return {key: each for key, each in opinion(document, as_of, service).items() if each.outcome != "pass"}


@over(300)
@given(cases())
def test_the_two_agree_on_any_case(case: Generated) -> None:
    decision = case.family.check(case.service)
    assert said(decision) == second(json.loads(case.family.document()), case.family.as_of, case.service)
    for each in decision.rules:
        assert in_words(each) in OUTCOMES[each.rule]


@pytest.mark.parametrize("name", EXPECTED)
def test_the_two_agree_on_the_examples(name: str) -> None:
    document = json.loads(Path(FOLDER / name).read_bytes())
    assert said(decide(name, None)) == second(document, date.fromisoformat(EXPECTED[name]["as_of"]), None)


def test_the_two_agree_on_the_examples_of_the_rules() -> None:
    for each in EXAMPLES:
        if each.pathway is None and each.says not in READ_IN_ANOTHER_WAY:
            family = each.family()
            assert said(family.check()) == second(json.loads(family.document()), each.as_of, None), str(each)


READ_IN_ANOTHER_WAY = frozenset(
    {
        "a code that the question does not take",
        "a code that a question does not take which cannot stop",
        "an unknown observation 'N99'",
        "an unknown observation 'n1'",
        "an unknown observation ''",
    }
)
"""Where the text is silent and the program is the more careful of the two."""
