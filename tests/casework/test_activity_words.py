"""Whatever the program notes in the activity has words, and none of them holds a code."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

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
