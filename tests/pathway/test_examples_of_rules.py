"""Every outcome that a rule can give, and every boundary, one example each; and that none is left out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from spr_desktop.pathway import agreement, answers, progress, readiness, safety, service, suitability, wraparound
from spr_desktop.pathway.definition import definition
from tests.pathway import examples_of_advice, examples_of_readiness, examples_of_safety, examples_of_suitability
from tests.pathway.rule_table import NO_ENTRY, OUTCOMES, Example

EXAMPLES: tuple[Example, ...] = (
    *examples_of_safety.EXAMPLES,
    *examples_of_advice.EXAMPLES,
    *examples_of_suitability.EXAMPLES,
    *examples_of_readiness.EXAMPLES,
)


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_the_rule_gives_the_outcome(example: Example) -> None:
    assert example.found() == example.outcome


def test_every_rule_of_the_pathway_has_an_example_of_every_outcome_that_it_can_give() -> None:
    shown: dict[str, set[str]] = {}
    for each in EXAMPLES:
        if each.outcome != NO_ENTRY:
            shown.setdefault(each.rule, set()).add(each.outcome)
    assert shown == OUTCOMES
    assert OUTCOMES.keys() == definition().rules.keys()


def test_no_two_examples_are_the_same() -> None:
    assert len({(str(each), each.service) for each in EXAMPLES}) == len(EXAMPLES)


def test_the_rules_of_the_code_and_of_the_definition_are_the_same() -> None:
    tables: tuple[dict[str, Callable[..., Any]], ...] = (
        safety.RULES,
        {"A07": answers.a07, "A13": safety.a13, "A14": safety.a14},
        suitability.RULES,
        {"C00": service.c00},
        service.FOR_EVERY_SERVICE,
        *service.FOR_SERVICE.values(),
        readiness.RULES,
        wraparound.RULES,
        agreement.RULES,
        progress.RULES,
    )
    written = [rule for table in tables for rule in table]
    assert sorted(written) == sorted(definition().rules)
    assert all(function.__name__ == rule.lower() for table in tables for rule, function in table.items())
