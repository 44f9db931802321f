"""Saying things on the terminal: results on standard output, failures and progress on standard error."""

from __future__ import annotations

import json
import sys
from typing import Any

from spr_desktop.commands.failure import Failure


def say(text: str = "") -> None:
    """A line for a person."""
    print(text, flush=True)


def say_json(value: Any, *, in_one_line: bool = False) -> None:
    """A JSON document for a program."""
    print(json.dumps(value, ensure_ascii=False, indent=None if in_one_line else 2), flush=True)


def say_failure(failure: Failure) -> None:
    """One line about what happened, then what else is worth listing."""
    print(f"spr-desktop: {failure.sentence}", file=sys.stderr)
    for each in failure.details:
        print(f"  {each}", file=sys.stderr)
