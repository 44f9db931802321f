"""The page about the rules has every rule, with its title, its source, its outcomes and its limits."""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path
from typing import Final

import pytest

from spr_desktop.pathway.definition import definition
from tests.pathway.rule_table import OUTCOMES

PAGE: Final = (Path(__file__).parents[2] / "docs" / "rules.md").read_text("utf-8")
SECTIONS: Final = {
    rule: (title, text)
    for rule, title, text in re.findall(r"^### (\w\d\d) ([^\n]*)\n(.*?)(?=^#|\Z)", PAGE, re.MULTILINE | re.DOTALL)
}
WORDS: Final = {
    "pass": "pass",
    "caution": "caution",
    "caution manager": "caution†",
    "caution due": "caution, due",
    "caution overdue": "caution, overdue",
    "not_yet": "not yet",
    "stop": "stop",
    "stop urgent": "stop, urgent",
}
LIMITS: Final = {
    "conversation_fresh_days": "A10",
    "conversation_usable_days": "A10",
    "rationale_characters": "A09",
    "consultation_age": "C07",
    "counselling_age": "C10",
    "counselling_wait_days": "C10",
    "plan_closure_days": "D05",
    "boundary_characters": "E05",
    "touch_point_ahead_days": "E06",
    "agreement_days": "F08",
    "contact_confirmed_days": "F10",
    "decision_days": "G03",
    "assessment_days": "G04",
    "adult_age": "A21",
    "full_age": "A21",
}


def test_the_page_has_every_rule_in_order() -> None:
    assert list(SECTIONS) == list(definition().rules)


@pytest.mark.parametrize("rule", definition().rules)
def test_a_rule_has_its_title_and_its_source(rule: str) -> None:
    title, text = SECTIONS[rule]
    assert title == definition().rules[rule].title
    subject = text.splitlines()[0]
    assert subject.startswith("*")
    assert subject.endswith(f". {definition().rules[rule].source}*")


@pytest.mark.parametrize("rule", definition().rules)
def test_a_rule_has_the_outcomes_that_it_can_give_and_no_other(rule: str) -> None:
    found = re.findall(r"^- ([^:]+):", SECTIONS[rule][1], re.MULTILINE)
    assert sorted(found) == sorted(WORDS[outcome] for outcome in OUTCOMES[rule])


def test_every_limit_is_on_the_page() -> None:
    limits = asdict(definition().limits)
    assert limits.keys() == LIMITS.keys()
    for name, rule in LIMITS.items():
        assert re.search(rf"\b{limits[name]}\b", SECTIONS[rule][1]), name
