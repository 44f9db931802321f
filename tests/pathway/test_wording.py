"""What rules say: two sentences at the most, never a verdict that there is no danger."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from spr_desktop.pathway.definition import definition

ROOT: Final = Path(__file__).parents[2]


def _texts_of_code(path: Path) -> Iterator[str]:
    """Every text in a module that is not there to explain it; what a text puts in is shown as …"""
    nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
    explaining = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    filled = [node for node in nodes if isinstance(node, ast.JoinedStr)]
    parts = {id(part) for each in filled for part in ast.walk(each) if part is not each}
    for each in filled:
        yield "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in each.values)
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in explaining | parts:
            yield node.value


SENTENCES: Final = sorted(
    {
        text
        for path in (ROOT / "spr_desktop" / "pathway").glob("*.py")
        for text in _texts_of_code(path)
        if " " in text and text[0].isupper()
    }
)
QUESTIONS: Final = tomllib.loads((ROOT / "resources/questions/safety-conversation-1.toml").read_text("utf-8"))
TITLES: Final = [
    definition().title,
    *(each.title for each in definition().rules.values()),
    *(each.title for each in definition().services.values()),
    QUESTIONS["title"],
    *(each["title"] for each in QUESTIONS["domain"]),
]


def sentences(text: str) -> int:
    """How many sentences a text has."""
    return len(re.findall(r"[.!?](?:\s|$)", text))


def test_the_sentences_of_the_rules_are_found() -> None:
    assert "No safety conversation has been completed with this parent." in SENTENCES
    assert "This parent agreed on …, more than … days ago." in SENTENCES
    assert len(SENTENCES) > 150


def test_nothing_says_that_a_family_is_safe() -> None:
    """That something is not known to be safe may be said; and *Feeling safe* is what some questions are about."""
    saying = [sentence for text in [*SENTENCES, *TITLES] for sentence in re.split(r"(?<=[.!?;:])\s", text)]
    safe = [each for each in saying if re.search(r"\bsafe(ly)?\b", each, re.IGNORECASE)]
    assert [each for each in safe if not re.search(r"\b(no|not)\b", each, re.IGNORECASE)] == ["Feeling safe"]


def test_nothing_says_that_there_is_no_abuse_or_no_risk() -> None:
    verdict = re.compile(r"\bno (sign of |evidence of )?(domestic )?(abuse|risk|danger)\b|risk-free", re.IGNORECASE)
    assert [each for each in [*SENTENCES, *TITLES] if verdict.search(each)] == []


def test_a_reason_or_next_step_has_at_most_two_sentences_and_ends_like_one() -> None:
    assert [each for each in SENTENCES if sentences(each) > 2 or not each.rstrip().endswith(".")] == []


@pytest.mark.parametrize("rule", definition().rules)
def test_a_rule_has_a_title_and_its_sources_are_lines_of_the_seeds_or_judgement(rule: str) -> None:
    text = definition().rules[rule]
    assert text.title
    assert not text.title.endswith(".")
    sources = text.source.replace("; which answer does what:", ",").split(", ")
    assert all(re.fullmatch(r"[PC]\d+(-\d+)?|J", each) for each in sources)
