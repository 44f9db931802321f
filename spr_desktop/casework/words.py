"""The words that the terminal and the window use for the same things."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from spr_desktop.pathway.ages import UNBORN, age
from spr_desktop.pathway.definition import definition
from spr_desktop.pathway.result import CASE, Decision, Outcome, RuleResult
from spr_desktop.records.people import Person

OUTCOMES: Final[dict[str, str]] = {
    "stop": "Stop",
    "not_yet": "Not yet",
    "caution": "Caution",
    "pass": "Nothing against it",
}
"""An outcome in words. The best that can be said is that nothing stands against it."""

_SOURCES: Final = {"P": "Hampshire's page for practitioners", "C": "Hampshire's case studies"}

NOT_VALIDATED: Final = (
    "The built-in questions are original wording and not validated. They are a guide to a conversation, not a test."
)


def day_text(day: date | None) -> str:
    """A day as people write it: day first."""
    return f"{day.day} {day:%B %Y}" if day else ""


def short_day(day: date | None) -> str:
    """A day in a narrow column."""
    return f"{day.day} {day:%b %Y}" if day else ""


def age_words(person: Person, on: date) -> str:
    """How old somebody is on a day, or when a child is due."""
    reached = age(person, on)
    if reached is None:
        return "age not known"
    if reached == UNBORN:
        return f"due {short_day(person.expected_on or person.date_of_birth)}"
    return f"about {reached}" if person.date_of_birth_accuracy == "estimated" else f"aged {reached}"


def service_title(service: str | None) -> str:
    """A service in words."""
    return definition().services[service].title if service else "No service chosen"


def services() -> list[tuple[str, str]]:
    """Every service: ids and titles."""
    return [(each.id, each.title) for each in definition().services.values()]


def offer_items() -> list[tuple[str, str]]:
    """The items of the universal offer: codes and titles."""
    return [(each.code, each.title) for each in definition().items.values()]


def organisations() -> list[tuple[str, str]]:
    """Everybody who may receive data of a referral: ids and titles."""
    return [(each.id, each.title) for each in definition().organisations.values()]


def recipients(service: str) -> list[str]:
    """Ids of everybody who receives data of a referral to a service."""
    return list(definition().recipients(service))


def whom_to_call() -> list[str]:
    """Lines about whom to call where abuse is indicated."""
    return [f"{each.title}: {each.number + '. ' if each.number else ''}{each.note}" for each in definition().calls]


def calls() -> list[tuple[str, str, str]]:
    """Whom to call where abuse is indicated: title, number (empty where it is the organisation's own), note."""
    return [(each.title, each.number, each.note) for each in definition().calls]


def standing_stops(decision: Decision) -> list[str]:
    """Ids of the records that the safety stops of a decision rest on."""
    stops = [each for each in decision.rules if each.kind == "safety" and each.rule not in ("A13", "A14")]
    return list(dict.fromkeys(record for each in stops for record in each.records))


def current_notice() -> dict[str, str]:
    """The privacy notice to be shared, in its current version."""
    return {"notice": definition().notice, "version": definition().notice_versions[-1]}


def pathway_title() -> str:
    """Which pathway is checked, in which version."""
    return f"{definition().title}, version {definition().version}"


def source_words(source: str) -> str:
    """Where a rule comes from, in words: the codes are those of the pathway's definition."""
    found = [
        f"{title}, line{'s' if len(lines) > 1 else ''} {', '.join(lines)}"
        for code, title in _SOURCES.items()
        if (lines := re.findall(rf"\b{code}(\d[\d-]*)", source))
    ]
    return "; ".join([*found, *(["this program's own judgement"] if re.search(r"\bJ\b", source) else [])])


def rule_title(result: RuleResult) -> str:
    """What a rule is called."""
    return title_of_rule(result.rule)


def title_of_rule(rule: str) -> str:
    """What a rule is called, by its id; the id itself where the pathway does not know it."""
    known = definition().rules.get(rule)
    return known.title if known else rule


def said_of(decision: Decision) -> Iterator[str]:
    """A decision in lines for a terminal: what stands in the way first, worst first."""
    yield f"{decision.case_ref} on {day_text(decision.as_of)}: {OUTCOMES[decision.outcome]}"
    yield f"{definition().title}, version {decision.pathway_version}. {service_title(decision.service)}."
    if any(each.kind == "safety" for each in decision.rules):
        yield from whom_to_call()
    if decision.ready:
        yield "Ready: a referral pack can be made."
    for each in decision.in_the_way:
        yield _line(each)
    accepted = [each for each in decision.rules if each.outcome == "caution" and each.accepted]
    for each in accepted:
        yield f"{_line(each)} Accepted."
    others = sum(each.outcome == "pass" for each in decision.rules)
    yield f"Nothing stands against it in {others} other checks."


def _line(result: RuleResult) -> str:
    outcome: Outcome = result.outcome
    who = "" if result.subject == CASE else f" [{result.subject}]"
    manager = " A manager's name is needed." if result.needs_manager else ""
    return (
        f"  {OUTCOMES[outcome]}: {result.rule}{who} {rule_title(result)}. {result.reason} {result.next_step}{manager}"
    )
