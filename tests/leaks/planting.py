"""Plants details of the other parent, one to a document, and says what came of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from spr_desktop.documents.errors import LeakFound, MissingGlyph
from spr_desktop.records.faults import InvalidDocument
from tests.leaks.details import OTHERS, Other, Planted, planted
from tests.leaks.extraction import text_by_poppler
from tests.leaks.places import PLACES, Place, document, family_of
from tests.leaks.spotting import spotted


@dataclass(frozen=True, slots=True)
class Try:
    """One detail in one place of one document."""

    other: Other
    planted: Planted
    place: Place
    kind: str

    @property
    def beyond(self) -> str:
        """Why it is out of reach, if it is."""
        if self.planted.may_be_a_namesake and self.place.holds_a_name:
            return "a name alone where a name may stand"
        return self.planted.beyond

    @property
    def called(self) -> str:
        """What was tried, for whoever looks into it."""
        return f"{self.planted.detail}, {self.planted.form}, in {self.place.name} of a {self.kind}"


@dataclass
class Planting:
    """What came of planting details."""

    outcomes: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    """By detail, form and outcome: how many."""
    beyond: Counter[tuple[str, str]] = field(default_factory=Counter)
    """The same of details out of reach, by why and outcome."""
    reasons: Counter[str] = field(default_factory=Counter)
    """Why documents were refused."""
    wrong: list[str] = field(default_factory=list)
    """Details within reach that were printed."""

    def add(self, other: Planting) -> None:
        """Count those of another one too."""
        self.outcomes += other.outcomes
        self.beyond += other.beyond
        self.reasons += other.reasons
        self.wrong += other.wrong


def every_try() -> Iterator[Try]:
    """Every detail in every form in every place of every document that prints it."""
    for other in OTHERS:
        for each in planted(other):
            for place in PLACES:
                for kind in place.kinds:
                    yield Try(other, each, place, kind)


def chosen(number: int, seed: str) -> list[Try]:
    """So many of them by chance; from the beginning again where there are not so many."""
    every = list(every_try())
    Random(seed).shuffle(every)
    return [every[at % len(every)] for at in range(number)]


def plant(tries: Sequence[Try]) -> Planting:
    """Plant these, and see what comes of each."""
    found = Planting()
    for each in tries:
        outcome, reasons = _outcome(each)
        found.reasons.update(reasons)
        if each.beyond:
            found.beyond[each.beyond, outcome] += 1
            continue
        found.outcomes[each.planted.detail, each.planted.form, outcome] += 1
        if outcome == "printed":
            found.wrong.append(f"{each.called}: {each.planted.text!a}")
    return found


def _outcome(tried: Try) -> tuple[str, Any]:
    family = family_of(tried.other)
    tried.place.put(family, tried.planted.text)
    try:
        prepared = document(family, tried.kind, tried.other)
    except LeakFound as leak:
        return "refused", {each.kind for each in leak.leaks}
    except InvalidDocument:
        return "refused", {"no record may hold such characters"}
    except MissingGlyph:
        return "refused", {"no font prints it"}
    return ("printed" if spotted(tried.planted, text_by_poppler(prepared.pdf)) else "not printed"), ()
