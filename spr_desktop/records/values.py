"""The values that bodies of records are made of: enumerations, ids, texts, dates.

Every enumeration that matters for safety holds ``not_known``: a fact that nobody asked about is not a "no".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time
from functools import total_ordering
from typing import Annotated, Final, Literal

import msgspec

YesNo = Literal["yes", "no", "not_known"]
YesPartlyNo = Literal["yes", "partly", "no", "not_known"]
Service = Literal["mediation", "couple_support", "family_counselling"]

TEXT_LIMIT: Final = 100_000
"""Code points that one text may hold."""


@dataclass(frozen=True, slots=True)
class Defines:
    """Marks the field whose value makes an id known to the case."""

    what: str


@dataclass(frozen=True, slots=True)
class RefersTo:
    """Marks a field whose value must be an id that some record defines, or the one word that is given."""

    what: str
    or_word: str | None = None


@dataclass(frozen=True, slots=True)
class PlainName:
    """Marks a person's name, which may be in any script but holds no markup."""


Id = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
PersonId = Annotated[Id, RefersTo("person")]
SessionId = Annotated[Id, RefersTo("session")]
DocumentId = Annotated[Id, RefersTo("document")]
Name = Annotated[str, PlainName()]

RESERVED_IDS: Final = frozenset({"case", "practitioner"})
"""Words that stand for something else where an id could stand."""

_WHEN = re.compile(r"(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}(?::\d{2})?))?")


@total_ordering
class When:
    """When something took place: a day, or a day and a local time.

    A day without a time comes before the times of that day, so that copies of a ledger agree on its order.
    """

    __slots__ = ("day", "time")

    def __init__(self, day: date, at: time | None = None) -> None:
        self.day = day
        self.time = at

    @classmethod
    def parse(cls, text: str) -> When:
        """Read ``2026-11-03``, ``2026-11-03T10:30`` or ``2026-11-03T10:30:15``; ValueError on anything else."""
        form = _WHEN.fullmatch(text)
        if form is None or not text.isascii():
            raise ValueError("is not a date like 2026-11-03 or a local date and time like 2026-11-03T10:30")
        try:
            return cls(date.fromisoformat(form[1]), time.fromisoformat(form[2]) if form[2] else None)
        except ValueError:
            raise ValueError("is not a day of the calendar or a time of the day") from None

    @property
    def _order(self) -> tuple[date, bool, time]:
        return (self.day, self.time is not None, self.time or time.min)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, When) and self._order == other._order

    def __lt__(self, other: When) -> bool:
        return self._order < other._order

    def __hash__(self) -> int:
        return hash(self._order)

    def __str__(self) -> str:
        if self.time is None:
            return self.day.isoformat()
        return f"{self.day.isoformat()}T{self.time.isoformat('seconds' if self.time.second else 'minutes')}"

    def __repr__(self) -> str:
        return f"When({self})"


class LocalDateTime(When):
    """A day and a local time, both known."""

    __slots__ = ()

    @classmethod
    def parse(cls, text: str) -> LocalDateTime:
        """Read ``2026-11-03T10:30``; ValueError on anything else, a day without a time included."""
        when = When.parse(text)
        if when.time is None:
            raise ValueError("is not a local date and time like 2026-11-03T10:30")
        return cls(when.day, when.time)


def same_name(one: str, other: str) -> bool:
    """Whether two names are the same when case and spaces are ignored; an empty name is like no other, nor itself."""
    return bool(folded(one)) and folded(one) == folded(other)


def folded(name: str) -> str:
    """A name without spaces and differences of case, for comparing."""
    return "".join(name.split()).casefold()
