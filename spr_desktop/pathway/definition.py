"""A pathway's definition: the limits, dates, providers and sources that an organisation may settle, as data."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Final

from spr_desktop.records.values import folded

HAMPSHIRE: Final = "hampshire-spr"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Lengths of time in days, ages in years, lengths of text in code points; the file says which rule reads each."""

    conversation_fresh_days: int
    conversation_usable_days: int
    rationale_characters: int
    consultation_age: int
    counselling_age: int
    counselling_wait_days: int
    plan_closure_days: int
    boundary_characters: int
    touch_point_ahead_days: int
    agreement_days: int
    contact_confirmed_days: int
    decision_days: int
    assessment_days: int
    adult_age: int
    full_age: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """Somebody who receives a referral or provides a service, with every name it goes by."""

    id: str
    title: str
    names: tuple[str, ...]

    def goes_by(self, name: str) -> bool:
        """Whether the name is one of its own, ignoring case and spaces."""
        return folded(name) in {folded(each) for each in (self.id, self.title, *self.names)}


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceOffer:
    """A service to which a family can be referred."""

    id: str
    title: str
    providers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Something of the universal offer, and the last day on which it could be had."""

    code: str
    title: str
    available_to: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """Somebody to call where abuse is indicated."""

    title: str
    number: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleText:
    """What a rule is called on screen, and where it comes from."""

    title: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """One version of one pathway."""

    id: str
    version: str
    title: str
    sha256: str
    """Of the definition and its question set, so that an old decision can be explained."""
    question_set: str
    spr_team: str
    limits: Limits
    approved_tools: tuple[str, ...]
    notice: str
    notice_title: str
    notice_versions: tuple[str, ...]
    items: dict[str, Item]
    organisations: dict[str, Organisation]
    services: dict[str, ServiceOffer]
    calls: tuple[Call, ...]
    rules: dict[str, RuleText]

    def recipients(self, service: str) -> tuple[str, ...]:
        """Ids of everybody who receives data of a referral to the service."""
        return (self.spr_team, *self.services[service].providers)

    def provides(self, service: str, organisation: str) -> bool:
        """Whether an organisation, by any of its names, provides the service."""
        return any(self.organisations[each].goes_by(organisation) for each in self.services[service].providers)


@cache
def definition(pathway: str = HAMPSHIRE) -> Definition:
    """The definition of a pathway that the program brings along."""
    folder = resources.files("resources")
    data = (folder / "pathways" / f"{pathway}.toml").read_bytes()
    raw = tomllib.loads(data.decode())
    questions = (folder / "questions" / question_file(raw["question_set"])).read_bytes()
    notice = raw["notice"]
    return Definition(
        id=raw["id"],
        version=raw["version"],
        title=raw["title"],
        sha256=hashlib.sha256(data + questions).hexdigest(),
        question_set=raw["question_set"],
        spr_team=raw["spr_team"],
        limits=Limits(**raw["limits"]),
        approved_tools=tuple(raw["tools"]["approved"]),
        notice=notice["id"],
        notice_title=notice["title"],
        notice_versions=tuple(notice["versions"]),
        items={each["code"]: Item(**{"available_to": None} | each) for each in raw["item"]},
        organisations={
            each["id"]: Organisation(**each | {"names": tuple(each["names"])}) for each in raw["organisation"]
        },
        services={
            each["id"]: ServiceOffer(**each | {"providers": tuple(each["providers"])}) for each in raw["service"]
        },
        calls=tuple(Call(**each) for each in raw["call"]),
        rules={rule: RuleText(**text) for rule, text in raw["rule"].items()},
    )


def question_file(question_set: str) -> str:
    """The name of the resource that holds a question set, from its id and version."""
    return question_set.replace("/", "-") + ".toml"
