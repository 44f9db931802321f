"""The library: guidance in plain English, our own words with the sources named, read from files of the program."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

from spr_desktop.casework.words import NOT_VALIDATED, calls

_ABOUT_THE_WORK: Final = (
    "who_to_call",
    "safe_enquiry",
    "abuse_or_conflict",
    "wrap_around",
    "words_of_the_field",
)
_ABOUT_THE_PROGRAM: Final = (
    "window",
    "today",
    "families",
    "family",
    "parent",
    "conversation",
    "stopped",
    "check",
    "pack",
    "documents",
    "form",
    "register",
    "hand_over",
    "report",
    "settings",
    "vault",
    "keeping",
)
FIRST: Final = _ABOUT_THE_PROGRAM[0]
"""What is shown where no page of that name is."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page, as Markdown that this program wrote."""

    name: str
    title: str
    text: str


@cache
def pages() -> tuple[Page, ...]:
    """Every page: about the work first, then about each place of the program."""
    return tuple(_read(name) for name in (*_ABOUT_THE_WORK, *_ABOUT_THE_PROGRAM))


def page(name: str) -> Page:
    """The page of that name; how the program works, where there is none."""
    known = {each.name: each for each in pages()}
    return known.get(name) or known[FIRST]


def find_pages(search: str) -> list[Page]:
    """Pages that hold every word of a search, those with a word in their title first."""
    words = search.casefold().split()
    found = [each for each in pages() if all(word in each.text.casefold() for word in words)]
    return sorted(found, key=lambda each: not any(word in each.title.casefold() for word in words))


def _read(name: str) -> Page:
    text = (resources.files("resources") / "guidance" / f"{name}.md").read_text(encoding="utf-8")
    title = text.partition("\n")[0].removeprefix("# ")
    text = text.replace("{calls}", _calls()).replace("{not_validated}", NOT_VALIDATED)
    return Page(name, title, text)


def _calls() -> str:
    """Whom to call, as the pathway's definition has it."""
    return "\n".join(f"- **{title}**{f': {number}' if number else ''}. {note}" for title, number, note in calls())
