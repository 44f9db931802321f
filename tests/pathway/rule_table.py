"""The outcomes that each rule can give, and the form of an example of one of them.

An example is a ready family with a few changes, and what one entry of the result must say then. Outcomes are written as
``expected.json`` has them, with a word for what else matters: ``caution manager`` needs a manager's name (marked † in
the rules), ``stop urgent`` shows emergency steps first, ``caution due`` and ``caution overdue`` have a day.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, Final

from spr_desktop.pathway.definition import Definition
from spr_desktop.pathway.result import CASE, Decision, RuleResult
from tests.cases import MANAGER, TODAY, Family

OUTCOMES: Final[dict[str, set[str]]] = {
    rule: set(outcomes.split(", "))
    for rule, outcomes in {
        "A01": "pass, not_yet",
        "A02": "pass, caution, not_yet",
        "A03": "pass, caution, not_yet",
        "A04": "pass, caution, not_yet",
        "A05": "pass, caution manager, stop",
        "A06": "pass, caution manager, stop, stop urgent",
        "A07": "pass, not_yet",
        "A08": "pass, caution, caution manager, not_yet",
        "A09": "pass, caution manager, not_yet, stop",
        "A10": "pass, caution, not_yet",
        "A11": "pass, not_yet",
        "A12": "pass, caution, caution manager, not_yet, stop",
        "A13": "pass, not_yet",
        "A14": "stop",
        "A19": "pass, caution manager, not_yet, stop",
        "A20": "pass, not_yet",
        "A21": "pass, caution manager, stop",
        "B01": "pass, not_yet, stop",
        "B02": "pass, caution, not_yet, stop",
        "B03": "pass, caution, not_yet, stop",
        "B04": "pass, caution manager",
        "B05": "pass, caution",
        "C00": "pass, not_yet",
        "C01": "pass, not_yet, stop",
        "C02": "pass, not_yet",
        "C03": "pass, caution, not_yet",
        "C04": "pass, not_yet",
        "C05": "pass, caution, not_yet, stop",
        "C06": "pass, not_yet, stop",
        "C07": "pass, caution",
        "C08": "pass, not_yet, stop",
        "C09": "pass, caution",
        "C10": "pass, not_yet, stop",
        "C11": "pass, caution manager",
        "C12": "pass, caution, not_yet",
        "D01": "pass, caution, not_yet",
        "D02": "pass, not_yet",
        "D03": "pass, caution, not_yet",
        "D04": "pass, not_yet",
        "D05": "pass, caution, not_yet",
        "D06": "pass, caution, not_yet",
        "D07": "pass, caution manager, not_yet",
        "E01": "pass, not_yet",
        "E02": "pass, not_yet",
        "E03": "pass, caution",
        "E04": "pass, not_yet",
        "E05": "pass, caution, not_yet",
        "E06": "pass, caution due, caution overdue",
        "E07": "pass, caution",
        "F01": "pass, not_yet, stop",
        "F02": "pass, not_yet, stop",
        "F03": "pass, caution, not_yet",
        "F04": "pass, not_yet",
        "F05": "pass, not_yet",
        "F06": "pass, not_yet",
        "F07": "pass, stop",
        "F08": "pass, caution",
        "F09": "pass, not_yet, stop",
        "F10": "pass, not_yet",
        "G02": "pass, not_yet",
        "G03": "pass, caution overdue",
        "G04": "pass, caution overdue",
    }.items()
}
NO_ENTRY: Final = "no entry"
"""What an example says where the rule has nothing to speak of; readers treat it like *pass*."""

Step = Callable[[Family], object]


@dataclass(frozen=True)
class Example:
    """What one rule says of a family after some changes."""

    entry: str
    """The rule and the subject, like ``A10:a``; without a subject, the case."""
    outcome: str
    says: str
    """What is the matter with the family, for the name of the test."""
    steps: tuple[Step, ...]
    service: str = "mediation"
    as_of: date = TODAY
    pathway: Definition | None = field(default=None, repr=False)

    def __str__(self) -> str:
        return f"{self.entry} {self.outcome}: {self.says}"

    @property
    def rule(self) -> str:
        """The id of the rule."""
        return self.entry.partition(":")[0]

    def family(self) -> Family:
        """The family, changed."""
        family = Family(self.service, self.as_of)
        for step in self.steps:
            step(family)
        return family

    def found(self) -> str:
        """The outcome that the rule gives."""
        decision = self.family().check(pathway=self.pathway)
        return outcome_of(decision, self.entry)


def example(entry: str, outcome: str, says: str, *steps: Step, **where: Any) -> Example:
    """An example, with its steps last."""
    return Example(entry, outcome, says, steps, **where)


def in_service(service: str, *examples: Example) -> tuple[Example, ...]:
    """The examples with a family that is ready for another service than mediation."""
    return tuple(replace(each, service=service) for each in examples)


def outcome_of(decision: Decision, entry: str) -> str:
    """The outcome of one entry, as the table above has it."""
    rule, _, subject = entry.partition(":")
    result = decision.of(rule, subject or CASE)
    return in_words(result) if result else NO_ENTRY


def in_words(result: RuleResult) -> str:
    """An outcome with what else matters about it."""
    more = ("manager" if result.needs_manager else "", "urgent" if result.urgent else "", result.timing or "")
    return " ".join(each for each in (result.outcome, *more) if each)


def add(kind: str, on: int | str = 0, at: str | None = None, **body: Any) -> Step:
    """A step: one more record."""
    return lambda family: family.add(kind, on, at, **body)


def change(kind: str, *of: str, **fields: Any) -> Step:
    """A step: other values in the records that there are."""
    return lambda family: family.change(kind, *of, **fields)


def move(kind: str, *of: str, on: int | str, at: str | None = None) -> Step:
    """A step: another day for the records that there are."""
    return lambda family: family.move(kind, *of, on=on, at=at)


def drop(kind: str, *of: str) -> Step:
    """A step: without the records."""
    return lambda family: family.drop(kind, *of)


def lift(kind: str, *of: str, on: int = 0, by: str = MANAGER, recorded_by: str | None = MANAGER) -> Step:
    """A step: somebody lifts the stop that every such record makes."""
    return lambda family: family.add(
        "stop_lifted",
        on,
        records=[each["id"] for each in family.found(kind, *of)],
        by=by,
        role="manager",
        reason="Recorded in the wrong case.",
        recorded_by=recorded_by,
    )


def correct(kind: str, *of: str, on: int = 0, **fields: Any) -> Step:
    """A step: a record that supersedes the newest such record, and says the same but for some fields."""

    def step(family: Family) -> None:
        old = family.found(kind, *of)[-1]
        family.add(kind, on, supersedes=(old["id"],), **(old["body"] | fields))

    return step


def advise(says: str = "go_ahead", on: int = 0, *, role: str = "manager", about: str = "safety", **more: Any) -> Step:
    """A step: somebody gives advice."""
    return add("advice", on, about=about, from_="M. Manager", role=role, says=says, content="Talked it over.", **more)


def day(days: int) -> str:
    """The day so many days from the usual day of the check."""
    return (TODAY + timedelta(days=days)).isoformat()
