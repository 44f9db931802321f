"""A new family: who on record may be the same, and the case that opens with its adults if nobody is."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.likeness import Match as Match  # the window knows it from here
from spr_desktop.records.people import CaseOpened, Person
from spr_desktop.records.record import Body


@dataclass(frozen=True, slots=True, kw_only=True)
class Adult:
    """An adult as far as is known at the door."""

    given: str = ""
    family: str = ""
    born: date | None = None

    @property
    def name(self) -> str:
        """Both names, as people say them."""
        return f"{self.given} {self.family}".strip()


def matches(
    caseload: Caseload, adults: Sequence[Adult], somebody_born: date | None = None, postcode: str | None = None
) -> list[Match]:
    """Families on record that may be the one at the door, the likeliest first; each with why.

    ``somebody_born`` is the birthday of a child, or of whoever it is: families with such a birthday come first.
    """
    names = [each.name for each in adults if each.name]
    if not names:
        return []
    born = next((each.born for each in adults if each.born), None)
    found = caseload.likely_matches(names, born, postcode)
    if somebody_born is None:
        return found
    first = [each for each in found if _has_born(caseload, each.case_ref, somebody_born)]
    return [_told(each) for each in first] + [each for each in found if each not in first]


def open_family(caseload: Caseload, adults: Sequence[Adult], on: date) -> str:
    """Open a case and record its adults, all in one go; returns the reference."""
    case_ref = caseload.new_reference()
    opened = CaseOpened(organisation=caseload.practitioner.organisation or "Not recorded")
    people: list[Body] = [
        Person(
            person_id=uuid.uuid4().hex,
            role="parent_carer",
            given_names=each.given or each.family,  # a single name is a given name
            family_name=each.family or None if each.given else None,
            date_of_birth=each.born,
        )
        for each in adults
    ]
    caseload.record(case_ref, [opened, *people], happened_on=on)
    return case_ref


def _has_born(caseload: Caseload, case_ref: str, day: date) -> bool:
    return any(each.body.date_of_birth == day for each in caseload.case(case_ref).people.values())


def _told(match: Match) -> Match:
    return Match(
        case_ref=match.case_ref,
        person_id=match.person_id,
        name=match.name,
        reason=f"{match.reason}, and somebody born on that day",
    )
