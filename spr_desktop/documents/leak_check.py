"""The leak check: whether a finished document holds a detail that its reader must not see (packs.md section 3).

It reads the file again and trusts nothing of how it was made. A hit says on which page and what kind of detail, never
the detail itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Final

from spr_desktop.documents.errors import Leak
from spr_desktop.documents.matching import FIGURES_OF_A_NUMBER, number, reduced
from spr_desktop.documents.reading import ATTACHMENTS, SPOKEN, parts, texts_of_pages
from spr_desktop.documents.readings import Text, looks

_FIGURES: Final = re.compile(r"\d+")
_LINES_OF_A_SEAM: Final = 20
_LOOKS_LIKE_A_NUMBER: Final = re.compile(r"[\d\s()+./-]{7,}")


@dataclass(frozen=True)
class Forbidden:
    """A detail that must not be in a document."""

    kind: str
    """What it is, for the message: ``a confidential word``, ``a home address``."""
    looked_for: str
    """Letters and figures only, as ``matching`` compares them."""
    may_stand_on_pages: bool = False
    """Whether it is forbidden only where it shows without a page being opened: in the title, the outline."""

    as_a_whole: bool = False
    """Whether it is looked for from word to word only, as days are."""
    in_one_word: bool = False
    """Whether it is looked for in one word only, as the name of a practitioner alone is."""
    on: date | None = None
    """A day, which is found however it is written."""

    def stands_in(self, text: Text) -> bool:
        """Whether it stands in a text, however that reads."""
        if self.on is not None and text.says(self.on):
            return True
        return any(
            text.holds(each, as_a_whole=self.as_a_whole, in_one_word=self.in_one_word) for each in self._spellings
        )

    @cached_property
    def _spellings(self) -> tuple[str, ...]:
        """As it is looked for, and with Latin letters for those of other scripts that look like them."""
        if self.looked_for.isascii() and self.looked_for.isalpha():
            return (self.looked_for,)
        return tuple({self.looked_for, reduced(looks(self.looked_for))})

    @classmethod
    def words(cls, kind: str, text: str) -> Forbidden:
        """A detail in words; one that is all figures is looked for as a telephone number."""
        figures = number(text) if _LOOKS_LIKE_A_NUMBER.fullmatch(text.strip()) else ""
        return cls(kind, figures if len(figures) >= FIGURES_OF_A_NUMBER else reduced(text))

    @classmethod
    def off_pages(cls, kind: str, text: str) -> Forbidden:
        """A detail that may stand on pages, and in the data that say the same, but nowhere else."""
        return cls(kind, reduced(text), may_stand_on_pages=True)


def leaks(pdf: bytes, forbidden: Iterable[Forbidden]) -> tuple[Leak, ...]:
    """Every forbidden detail that an unsealed document holds; raises Unreadable."""
    wanted = [each for each in dict.fromkeys(forbidden) if each.looked_for or each.on]
    everywhere = [each for each in wanted if not each.may_stand_on_pages]
    found = [*_on_pages(texts_of_pages(pdf), everywhere)]
    for part, texts in parts(pdf).items():
        held = [Text(text) for text in texts]
        here = everywhere if part in (ATTACHMENTS, SPOKEN) else wanted
        found += [Leak(part, each.kind) for each in here if any(each.stands_in(text) for text in held)]
    return tuple(dict.fromkeys(found))


def _on_pages(pages: list[str], wanted: list[Forbidden]) -> Iterator[Leak]:
    texts = [Text(page) for page in pages]
    seams = [Text(seam) for seam in _seams(pages)]
    for each in wanted:
        is_on = [each.stands_in(text) for text in texts]
        yield from (Leak(f"page {at}", each.kind) for at, found in enumerate(is_on, 1) if found)
        for at, seam in enumerate(seams, 1):
            if not is_on[at - 1] and not is_on[at] and each.stands_in(seam):
                yield Leak(f"pages {at} and {at + 1}", each.kind)


def _seams(pages: list[str]) -> Iterator[str]:
    """The end of each page with the beginning of the next, without what every page says around its content."""
    lines = [page.splitlines() for page in pages]
    everywhere = set.intersection(*({_FIGURES.sub("#", line) for line in page} for page in lines)) if lines else set()
    content = [[line for line in page if _FIGURES.sub("#", line) not in everywhere] for page in lines]
    for before, after in pairwise(content):
        yield "\n".join([*before[-_LINES_OF_A_SEAM:], *after[:_LINES_OF_A_SEAM]])
