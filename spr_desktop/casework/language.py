"""Words in a record that carry a judgement: why, and what could be written instead.

Gentle by design: a hint is something to read. It never rewrites a text and never keeps it from being saved.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """One hint, and the words of the text that it is about."""

    found: str
    why: str
    suggestion: str

    @property
    def said(self) -> str:
        """The hint in one line."""
        return f"“{self.found}”: {self.why} {self.suggestion}"


def hints_in(text: str) -> list[Hint]:
    """What there is to say of the words of a text, each word group once, in the order in which they stand there."""
    found = []
    for pattern, why, suggestion in _guidance():
        match = pattern.search(text)
        if match:
            words = " ".join(match[0].split())
            found.append((match.start(), Hint(found=words, why=why, suggestion=suggestion)))
    return [hint for _, hint in sorted(found, key=lambda each: each[0])]


@cache
def _guidance() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    text = resources.files("resources").joinpath("guidance", "language.toml").read_text("utf-8")
    return tuple((_pattern(each["forms"]), each["why"], each["suggestion"]) for each in tomllib.loads(text)["hint"])


def _pattern(forms: list[str]) -> re.Pattern[str]:
    """Any of the forms as whole words; the longest wins, a line may end inside one, and ’ is as good as '."""
    longest_first = sorted(forms, key=len, reverse=True)
    written = "|".join(r"\s+".join(re.escape(word) for word in each.split()) for each in longest_first)
    return re.compile(rf"(?<!\w)(?:{written.replace(chr(39), '[’' + chr(39) + ']')})(?!\w)", re.IGNORECASE)
