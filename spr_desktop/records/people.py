"""People and family: who they are to each other, how to reach them, what surrounds them (records.md section 3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar, Literal

from spr_desktop.records.record import Body, LatestBody
from spr_desktop.records.values import Defines, Id, Name, PersonId, RefersTo, YesNo

Alert = Literal[
    "confidential_address",
    "safe_contact_only",
    "no_voicemail",
    "lone_visit_risk",
    "separate_waiting",
    "monitored_device",
]
RelationshipStatus = Literal[
    "together_living_together",
    "together_living_apart",
    "separated_living_apart",
    "separated_same_home",
    "separating",
    "never_together",
    "undecided",
    "not_known",
]
PlanType = Literal[
    "none",
    "universal",
    "early_help",
    "targeted_early_help",
    "family_help",
    "child_in_need",
    "child_protection",
    "looked_after",
    "pre_proceedings",
    "other",
    "not_known",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Professional:
    """Somebody who works with the family."""

    name: Name
    role: str
    organisation: str
    phone: str | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseOpened(LatestBody):
    kind: ClassVar[str] = "case_opened"
    organisation: str
    team: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadProfessional(LatestBody):
    kind: ClassVar[str] = "lead_professional"
    professional: Professional


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(LatestBody):
    kind: ClassVar[str] = "person"
    person_id: Annotated[Id, Defines("person")]
    role: Literal["parent_carer", "child", "other_adult"]
    given_names: Name
    family_name: Name | None = None
    preferred_name: Name | None = None
    date_of_birth: date | None = None
    date_of_birth_accuracy: Literal["exact", "estimated", "unknown"] = "exact"
    expected_on: date | None = None
    """The day on which an unborn child is expected."""
    parenting_role: (
        Literal[
            "birth_mother",
            "birth_father",
            "adoptive_parent",
            "step_parent",
            "special_guardian",
            "kinship_carer",
            "foster_carer",
            "parents_partner",
            "other",
        ]
        | None
    ) = None
    lives_in_area: YesNo = "not_known"
    language: str | None = None
    interpreter: Literal["none", "spoken", "bsl", "other_signed"] = "none"
    access_needs: tuple[str, ...] = ()
    alerts: tuple[Alert, ...] = ()

    @property
    def key(self) -> tuple[str, ...]:
        return (self.person_id,)

    @property
    def is_adult(self) -> bool:
        """By role; somebody recorded as a parent who is under age is still an adult here (rule A21 sees to it)."""
        return self.role != "child"

    @property
    def full_name(self) -> str:
        """Given names and family name, where there is one."""
        return f"{self.given_names} {self.family_name}" if self.family_name else self.given_names

    @property
    def known_as(self) -> str:
        """What the person likes to be called."""
        return self.preferred_name or self.given_names


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactPoint(LatestBody):
    kind: ClassVar[str] = "contact_point"
    contact_id: Annotated[Id, Defines("contact")]
    person_id: PersonId
    type: Literal["mobile", "landline", "email", "post", "via_worker"]
    value: str
    safe: YesNo
    monitored_by_others: YesNo
    shared_with_other_parent: YesNo
    voicemail_ok: YesNo
    text_ok: YesNo
    safe_times: str | None = None
    unsafe_times: str | None = None
    confirmed_on: date | None = None
    disclosure: Literal["confidential", "service_only", "may_share"] = "confidential"

    @property
    def key(self) -> tuple[str, ...]:
        return (self.contact_id,)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfidentialWords(Body):
    """What must not reach the other parent: a street, a school, a new partner's name."""

    kind: ClassVar[str] = "confidential_words"
    person_id: PersonId
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ParentalResponsibility(LatestBody):
    """Held by one adult for one child; never assumed from a parenting role."""

    kind: ClassVar[str] = "parental_responsibility"
    child_id: PersonId
    adult_id: PersonId
    held: Literal["yes", "no", "not_known", "disputed"]
    source: str | None = None
    evidence_seen: YesNo | None = None

    @property
    def key(self) -> tuple[str, ...]:
        return (self.child_id, self.adult_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Relationship(LatestBody):
    """How one teller describes what two people are to each other."""

    kind: ClassVar[str] = "relationship"
    between: tuple[PersonId, PersonId]
    status: RelationshipStatus
    according_to: Annotated[Id, RefersTo("person", or_word="practitioner")]

    @property
    def pair(self) -> frozenset[str]:
        """The two people, in no order."""
        return frozenset(self.between)

    @property
    def key(self) -> tuple[str, ...]:
        return (*sorted(self.between), self.according_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class WantsWithoutChildren(LatestBody):
    kind: ClassVar[str] = "wants_without_children"
    person_id: PersonId
    answer: YesNo

    @property
    def key(self) -> tuple[str, ...]:
        return (self.person_id,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan(LatestBody):
    kind: ClassVar[str] = "plan"
    type: PlanType
    intervention_in_plan: YesNo
    closure_planned_on: date | None = None
    closure_because_of_referral: YesNo


@dataclass(frozen=True, slots=True, kw_only=True)
class CourtMatter(LatestBody):
    kind: ClassVar[str] = "court_matter"
    matter_id: Annotated[Id, Defines("matter")]
    law: Literal["public", "private", "criminal", "protective", "not_known"]
    type: str | None = None
    state: Literal["contemplated", "issued", "listed", "live", "concluded", "withdrawn", "expired", "not_known"]
    about_current_children: YesNo
    children: tuple[PersonId, ...] = ()
    protects: str | None = None
    against: str | None = None

    @property
    def key(self) -> tuple[str, ...]:
        return (self.matter_id,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Need(LatestBody):
    kind: ClassVar[str] = "need"
    factor: Literal[
        "family_conflict",
        "alcohol",
        "substance_use",
        "mental_health",
        "money_or_work",
        "housing",
        "send",
        "new_baby",
        "new_school",
        "bereavement",
        "separation",
        "other",
    ]
    identified: YesNo
    person_id: PersonId | None = None
    note: str | None = None

    @property
    def key(self) -> tuple[str, ...]:
        return (self.factor, self.person_id) if self.person_id else (self.factor,)
