"""How long cases are kept: the organisation's rule, which cases are past their time, and which are held all the same.

Councils differ, so no rule is set until somebody chooses one, and nothing is ever disposed of by itself. A rule is
written as councils write it: ``CASE+6`` is six years after the last thing that happened or was recorded in the case,
``DOB+25`` until the youngest child is twenty-five.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.errors import NoSuchCase
from spr_desktop.records.case import Case
from spr_desktop.records.people import Person
from spr_desktop.vault.disposal import Hold as Hold  # the faces know it from here

_SETTING: Final = "retention_rule"
_CODE: Final = re.compile(r"(CASE|DOB)\+([1-9]\d?)")
_LEAST_YEARS_AFTER_LAST: Final = 1
"""However old the children are, a case in which something happened within so many years is being worked with."""

PRESETS: Final[tuple[tuple[str, str], ...]] = (
    ("CASE+6", "Derbyshire's code for closed cases"),
    ("CASE+7", "the Department for Education's service for referrals says up to 7 years"),
    ("CASE+25", "Derbyshire's longer code for cases"),
    ("CASE+35", "Blackpool, child protection: after the last contact"),
    ("DOB+21", "Devon, children in need: 18 plus 3 years"),
    ("DOB+25", "Derbyshire; Bath and North East Somerset, early help: until the 25th birthday"),
)
"""Rules that others have published, with whose they are; they are examples, and one's own organisation decides."""

HOLD_REASONS: Final[dict[str, str]] = {
    "inquiry": "A public inquiry or a review needs it",
    "court": "It is or may be needed in court",
    "subject_access": "Somebody has asked to see what is held about them",
    "complaint": "There is a complaint",
}
"""Why a case is kept whatever its age."""


@dataclass(frozen=True, slots=True)
class Rule:
    """How long a case is kept."""

    code: str
    from_last_record: bool
    """Counted from the last thing that happened; otherwise from the birth of the youngest child."""
    years: int

    @property
    def words(self) -> str:
        """The rule in words."""
        if self.from_last_record:
            years = "1 year" if self.years == 1 else f"{self.years} years"
            return f"{years} after the last record"
        return f"until the youngest child is {self.years}"


@dataclass(frozen=True, slots=True)
class ChosenRule:
    """The organisation's rule, and what it rests on."""

    rule: Rule
    basis: str
    """The policy or schedule it comes from."""
    chosen_on: date
    chosen_by: str | None


@dataclass(frozen=True, slots=True)
class Kept:
    """How long one case is to be kept under a rule."""

    case_ref: str
    last_on: date
    """The day on which something last happened or was recorded."""
    due_on: date | None
    """The day from which it may be disposed of; None if that cannot be said."""
    why_not_known: str = ""
    hold: Hold | None = None

    def is_due(self, as_of: date) -> bool:
        """Whether its time has passed and nothing holds it."""
        return self.hold is None and self.due_on is not None and self.due_on <= as_of


@dataclass(frozen=True, slots=True)
class DueList:
    """What a look at all cases came to."""

    due: tuple[Kept, ...]
    """Past their time, the longest first."""
    held: tuple[Kept, ...]
    """Held, whether past their time or not."""
    not_known: tuple[Kept, ...]
    """Old, but their day cannot be said."""


def read_rule(code: str) -> Rule:
    """A rule from its code; raises ValueError for anything else."""
    found = _CODE.fullmatch(code.strip().upper())
    if found is None:
        raise ValueError("a rule is written like CASE+6 or DOB+25")
    return Rule(found[0], found[1] == "CASE", int(found[2]))


def chosen_rule(caseload: Caseload) -> ChosenRule | None:
    """The organisation's rule; None until one was chosen, and then nothing is ever due."""
    kept = caseload.vault.setting(_SETTING)
    if not kept:
        return None
    plain = json.loads(kept)
    return ChosenRule(
        read_rule(plain["code"]), plain["basis"], date.fromisoformat(plain["chosen_on"]), plain["chosen_by"]
    )


def choose_rule(caseload: Caseload, rule: Rule | None, basis: str, on: date) -> None:
    """Keep the organisation's rule and what it rests on, or that there is none."""
    plain = rule and {
        "code": rule.code,
        "basis": basis,
        "chosen_on": on.isoformat(),
        "chosen_by": caseload.practitioner.name or None,
    }
    caseload.vault.set_setting(_SETTING, json.dumps(plain, ensure_ascii=False) if plain else "")
    caseload.vault.log("retention_rule_chosen", None, rule.code if rule else "none")


def due_list(caseload: Caseload, rule: Rule, as_of: date) -> DueList:
    """Every case that is past its time on a day, or old with a day that cannot be said, and every one that is held."""
    holds = caseload.vault.holds()
    quiet_since = _years_after(as_of, -rule.years if rule.from_last_record else -_LEAST_YEARS_AFTER_LAST)
    quiet = caseload.vault.quiet_cases(quiet_since)
    old = [kept_until(caseload, case_ref, rule, holds.get(case_ref)) for case_ref in quiet]
    held = [kept_until(caseload, case_ref, rule, hold) for case_ref, hold in holds.items()]
    return DueList(
        tuple(sorted((each for each in old if each.is_due(as_of)), key=lambda each: (each.due_on, each.case_ref))),
        tuple(sorted(held, key=lambda each: (each.hold.review_on if each.hold else as_of, each.case_ref))),
        tuple(each for each in old if each.due_on is None and each.hold is None),
    )


def due_count(caseload: Caseload, as_of: date) -> int:
    """How many cases are past their time by the organisation's rule."""
    chosen = chosen_rule(caseload)
    return len(due_list(caseload, chosen.rule, as_of).due) if chosen else 0


def kept_until(caseload: Caseload, case_ref: str, rule: Rule, hold: Hold | None = None) -> Kept:
    """How long a case is to be kept. Raises KeyError if there is no such case."""
    last_on = caseload.vault.last_day(case_ref)
    if rule.from_last_record:
        return Kept(case_ref, last_on, _years_after(last_on, rule.years), hold=hold)
    born, why_not = _youngest(Case(case_ref, caseload.vault.records(case_ref)))
    if born is None:
        return Kept(case_ref, last_on, None, why_not, hold)
    due_on = max(_years_after(born, rule.years), _years_after(last_on, _LEAST_YEARS_AFTER_LAST))
    return Kept(case_ref, last_on, due_on, hold=hold)


def hold_case(caseload: Caseload, case_ref: str, reason: str, review_on: date, on: date) -> None:
    """Keep a case whatever its age, until somebody lets it go. Raises NoSuchCase, and ValueError for another reason."""
    if reason not in HOLD_REASONS:
        raise ValueError("there is no such reason")
    if case_ref not in caseload.vault.case_refs():
        raise NoSuchCase(case_ref)
    caseload.vault.keep_hold(
        Hold(
            case_ref=case_ref,
            reason=reason,
            review_on=review_on,
            placed_on=on,
            placed_by=caseload.practitioner.name or None,
        )
    )


def release_case(caseload: Caseload, case_ref: str) -> None:
    """Hold a case no longer. Raises NoSuchCase if it was not held."""
    if case_ref not in caseload.vault.holds():
        raise NoSuchCase(case_ref)
    caseload.vault.release_hold(case_ref)


def _youngest(case: Case) -> tuple[date | None, str]:
    """When the youngest child was or is to be born, or why that is not known."""
    children = [each.body for each in case.children]
    if not children:
        return None, "No child is on record."
    born = [_born(each) for each in children]
    known = [each for each in born if each is not None]
    if len(known) < len(born):
        return None, "The date of birth of a child is not on record."
    return max(known), ""


def _born(child: Person) -> date | None:
    """The latest day on which a child may have been born; one that was estimated may be a year out."""
    born = child.date_of_birth or child.expected_on
    if born is None or child.date_of_birth_accuracy == "unknown":
        return None
    return _years_after(born, 1) if child.date_of_birth_accuracy == "estimated" else born


def _years_after(day: date, years: int) -> date:
    """The same day of another year; 29 February is 1 March where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
