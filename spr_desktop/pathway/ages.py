"""Ages as the law counts them: reached at the start of the birthday (Family Law Reform Act 1969 section 9)."""

from __future__ import annotations

from datetime import MAXYEAR, date, timedelta
from typing import Final

from spr_desktop.records.people import Person

UNBORN: Final = -1
"""Younger than any age."""


def birth_date(person: Person) -> date | None:
    """The date of birth; one that is marked as unknown is read as none."""
    return None if person.date_of_birth_accuracy == "unknown" else person.date_of_birth


def age(person: Person, on: date) -> int | None:
    """Age in completed years, UNBORN, or None where it is not known."""
    born = birth_date(person)
    if born is None:
        return UNBORN if person.expected_on is not None and not person.is_adult else None
    if born > on:
        return UNBORN
    # Somebody born on 29 February reaches an age on 1 March in common years; comparing month and day gives just that.
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def day_of_reaching(person: Person, years: int) -> date | None:
    """The birthday on which an age is reached; None without a date of birth or beyond the calendar."""
    born = birth_date(person)
    if born is None or born.year + years > MAXYEAR:
        return None
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)


def days_after(day: date, days: int) -> date:
    """The day so many days later, or the last day of the calendar."""
    return date.max if (date.max - day).days < days else day + timedelta(days=days)
