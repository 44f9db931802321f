"""Suitability, readiness, the child, and what was offered to everyone (records.md section 3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from spr_desktop.records.record import Body, LatestBody
from spr_desktop.records.values import PersonId, YesNo, YesPartlyNo

THERAPY_DETAILS = (
    "receiving_now",
    "waiting_soon",
    "waiting_date_unknown",
    "assessment_only",
    "non_talking_therapy",
    "ended",
)
"""What the detail of a therapy check may say; other checks take any text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suitability(LatestBody):
    kind: ClassVar[str] = "suitability"
    check: Literal["active_crisis", "therapy", "public_law"]
    person_id: PersonId | None = None
    value: YesNo
    detail: str | None = None
    review_on: date | None = None

    @property
    def key(self) -> tuple[str, ...]:
        return (self.check, self.person_id) if self.person_id else (self.check,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness(LatestBody):
    kind: ClassVar[str] = "readiness"
    person_id: PersonId
    wants_change: YesPartlyNo
    freely_chosen: YesNo
    pressure_from: Literal["none", "other_parent", "family", "agency", "court"] = "none"
    sees_child_view: YesPartlyNo
    open_to_another_professional: YesPartlyNo
    motivation: str | None = None

    @property
    def key(self) -> tuple[str, ...]:
        return (self.person_id,)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildVoice(LatestBody):
    kind: ClassVar[str] = "child_voice"
    child_id: PersonId
    how: Literal["conversation", "drawing_or_play", "observation", "school_report", "tool", "not_safe_to_ask"]
    sees: str | None = None
    hears: str | None = None
    feels: str | None = None
    wishes: str | None = None
    wants_to_take_part: Literal["yes", "no", "unsure", "not_asked"]
    agreed_wording: str | None = None
    """The only part that a document may carry."""

    @property
    def key(self) -> tuple[str, ...]:
        return (self.child_id,)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictProfile(LatestBody):
    """Whether conflict is harmful: frequent, intense and poorly resolved."""

    kind: ClassVar[str] = "conflict_profile"
    frequent: YesNo
    intense: YesNo
    poorly_resolved: YesNo
    summary: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UniversalOffer(Body):
    kind: ClassVar[str] = "universal_offer"
    item: str
    """A code of the pathway's items; each pathway has its own."""
    person_id: PersonId | None = None
    result: Literal[
        "offered",
        "started",
        "completed",
        "declined",
        "not_suitable_entrenched",
        "not_available",
        "no_digital_access",
        "language_barrier",
    ]
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Course(LatestBody):
    kind: ClassVar[str] = "course"
    person_id: PersonId
    programme: Literal["arguing_better", "getting_it_right_for_children", "me_you_and_baby_too", "other"]
    enrolled_on: date
    started_on: date | None = None
    retained: YesNo | None = None
    milestone: YesNo | None = None

    @property
    def key(self) -> tuple[str, ...]:
        return (self.person_id, self.programme)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeMeasure(Body):
    kind: ClassVar[str] = "outcome_measure"
    measure: str
    person_id: PersonId
    point: Literal["before", "after", "follow_up"]
    score: int | float
