"""Safety: what was heard from one person alone, what others told, what was advised and done (records.md section 3)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, Literal

from spr_desktop.records.record import Body
from spr_desktop.records.values import Name, PersonId, YesNo

PractitionerOutcome = Literal[
    "domestic_abuse_indicated", "unclear_seek_advice", "harmful_conflict", "conflict_not_harmful"
]
WithinHearing = Literal["pre_verbal_child", "child", "relative", "friend", "other_parent", "second_practitioner"]
ConversationInterpreter = Literal["none_needed", "professional", "family_or_friend", "needed_but_none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was answered to one question: a code of the question set, and words of one's own."""

    value: str
    last_happened: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyConversation(Body):
    """A screening session with one person alone."""

    kind: ClassVar[str] = "safety_conversation"
    person_id: PersonId
    state: Literal["completed", "incomplete", "declined"]
    tool: Literal["spr_safety_net", "built_in", "other_named", "none"]
    tool_name: str | None = None
    tool_version: str | None = None
    alone: YesNo
    within_hearing: tuple[WithinHearing, ...] = ()
    interpreter: ConversationInterpreter = "none_needed"
    place: str | None = None
    question_set: str | None = None
    """Id and version of the questions asked, for example ``safety-conversation/1``."""
    answers: dict[str, Answer] = field(default_factory=dict)
    observations: tuple[str, ...] = ()
    practitioner_outcome: PractitionerOutcome | None = None
    rationale: str | None = None

    @property
    def key(self) -> tuple[str, ...]:
        """Every conversation counts; but one with somebody else corrects nothing of this one."""
        return (self.person_id,)


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyInformation(Body):
    kind: ClassVar[str] = "safety_information"
    category: Literal[
        "domestic_abuse",
        "controlling_behaviour",
        "protective_order",
        "marac_or_hrda",
        "open_police_matter",
        "past_domestic_abuse",
        "other_concern",
    ]
    about: tuple[PersonId, ...] = ()
    source: str
    detail: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LifeEvent(Body):
    kind: ClassVar[str] = "life_event"
    category: Literal[
        "incident",
        "separation",
        "reunion",
        "new_partner",
        "pregnancy",
        "police_call",
        "new_order",
        "house_move",
        "other",
    ]
    safety_relevant: YesNo


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice(Body):
    kind: ClassVar[str] = "advice"
    about: Literal["safety", "suitability", "service_fit", "sharing"]
    from_: Name = field(metadata={"name": "from"})
    role: Literal["manager", "safeguarding_lead", "da_specialist", "spr_team", "other"]
    says: Literal["go_ahead", "do_not_go_ahead", "find_out_more"]
    content: str
    rules: tuple[str, ...] = ()
    person_id: PersonId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyAction(Body):
    kind: ClassVar[str] = "safety_action"
    action: Literal[
        "emergency_services",
        "childrens_services",
        "police",
        "dash",
        "marac",
        "da_advice_line",
        "safety_plan",
        "manager_informed",
        "other",
    ]
    outcome: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StopLifted(Body):
    """Another person than the one who recorded a stop has looked at it and lifted it."""

    kind: ClassVar[str] = "stop_lifted"
    records: tuple[str, ...] = ()
    by: Name
    role: Literal["manager", "safeguarding_lead"]
    reason: str
