"""Whatever the program notes in the activity has words, and none of them holds a code."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

import spr_desktop
from spr_desktop.casework.activity_trail import GROUPS, actions_of, what
from spr_desktop.vault.activity import Activity


def noted() -> set[str]:
    """Names of actions, as they stand in the code that notes them."""
    found: set[str] = set()
    for file in Path(spr_desktop.__file__).parent.rglob("*.py"):
        if file.parent.name in ("vault", "casework"):
            text = file.read_text("utf-8")
            found |= set(re.findall(r'\.log\(\s*"([a-z_]+)"', text))
            found |= set(re.findall(r'_try_to_log\(\w+, "([a-z_]+)"', text))
            found |= set(re.findall(r'add_activity\([^"]*"([a-z_]+)"', text))
    return found


def test_every_action_has_words() -> None:
    known = {action for group in GROUPS for action in actions_of(group)}
    assert len(noted()) > 15
    assert noted() <= known


def test_no_entry_is_said_by_its_code() -> None:
    for action in {each for group in GROUPS for each in actions_of(group)}:
        for detail in ("1", "7"):
            entry = Activity(1, datetime(2026, 11, 22, tzinfo=UTC), action, None, detail)
            assert "_" not in what(entry)
            assert "{" not in what(entry)


def said(action: str, detail: str | None) -> str:
    return what(Activity(1, datetime(2026, 11, 22, tzinfo=UTC), action, None, detail))


@pytest.mark.parametrize(
    ("action", "detail", "words"),
    [
        (
            "case_disposed",
            "DC-K7QX3M2P past_retention 32",
            "its time under the rule of retention has passed; 32 records; certificate DC-K7QX3M2P",
        ),
        ("case_disposed", "DC-1 by_mistake 1", "it was opened by mistake, or twice; 1 record; certificate DC-1"),
        ("case_held", "court 2030-01-09", "it is or may be needed in court; to be looked at again on 9 January 2030"),
        ("retention_rule_chosen", "DOB+25", "until the youngest child is 25"),
        ("retention_rule_chosen", "none", "none"),
        ("certificate_made", "DC-1 0f0f0f", "DC-1"),
        ("vault_restored", "1 cases, 31 records", "1 family, 31 records"),
    ],
)
def test_what_the_vault_notes_in_short_is_said_in_words(action: str, detail: str, words: str) -> None:
    assert said(action, detail).partition(": ")[2] == words


def test_a_detail_of_a_later_program_is_shown_as_it_is() -> None:
    assert said("case_held", "something else").endswith("something else")
    assert said("case_disposed", "something").endswith("something")
