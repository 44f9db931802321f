"""Wrap-around, the referral and the work done (records.md section 3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar, Final, Literal

from spr_desktop.records.people import Professional
from spr_desktop.records.record import Body, LatestBody
from spr_desktop.records.values import (
    Defines,
    DocumentId,
    Id,
    LocalDateTime,
    Name,
    PersonId,
    RefersTo,
    Service,
    SessionId,
    YesNo,
)

REFERRAL_OVER: Final = frozenset({"declined", "completed", "ended_early"})
"""Steps with which a referral is over."""

Setting = Literal["school", "early_years", "health", "childrens_services", "voluntary", "other"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wraparound(LatestBody):
    """One practitioner's commitment to hold one parent in mind and touch base before each session."""

    kind: ClassVar[str] = "wraparound"
    commitment_id: Annotated[Id, Defines("commitment")]
    for_person: PersonId
    practitioner: Professional
    known_to_parent: YesNo
    outside_service: YesNo
    setting: Setting | None = None
    boundary_statement: str | None = None
    ended_on: date | None = None

    @property
    def key(self) -> tuple[str, ...]:
        return (self.commitment_id,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral(LatestBody):
    kind: ClassVar[str] = "referral"
    service: Service
    taking_part: tuple[PersonId, ...] = ()
    first_discussed_on: date | None = None
    referred_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralProgress(Body):
    kind: ClassVar[str] = "referral_progress"
    step: Literal[
        "sent",
        "spr_discussion",
        "accepted",
        "declined",
        "provider_informed",
        "provider_contacted",
        "initial_assessment",
        "started",
        "completed",
        "ended_early",
    ]
    person_id: PersonId | None = None
    appropriate: YesNo | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Session(LatestBody):
    kind: ClassVar[str] = "session"
    session_id: Annotated[Id, Defines("session")]
    number: int
    service: Service
    planned_for: LocalDateTime
    attendees: tuple[PersonId, ...] = ()
    state: Literal["planned", "attended", "did_not_attend", "cancelled", "stopped"]

    @property
    def key(self) -> tuple[str, ...]:
        return (self.session_id,)


@dataclass(frozen=True, slots=True, kw_only=True)
class TouchPoint(Body):
    kind: ClassVar[str] = "touch_point"
    session_id: SessionId
    person_id: PersonId
    by: Name
    individually: YesNo
    new_safety_information: YesNo
    worry: Literal["none", "some", "high"]
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CautionAccepted(LatestBody):
    kind: ClassVar[str] = "caution_accepted"
    rule: str
    subject: Annotated[Id, RefersTo("person", or_word="case")]
    reason: str
    oversight_by: Name | None = None

    @property
    def key(self) -> tuple[str, ...]:
        return (self.rule, self.subject)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteBlock:
    """A piece of a note, marked as what it is, so that an opinion is never read as a fact."""

    type: Literal["fact", "reported", "observation", "opinion", "analysis"]
    text: str
    attributed_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Note(Body):
    kind: ClassVar[str] = "note"
    type: Literal[
        "contact",
        "visit",
        "phone",
        "meeting",
        "observation",
        "decision",
        "management_oversight",
        "supervision",
        "analysis",
    ]
    about: tuple[str, ...] = ()
    present: tuple[str, ...] = ()
    blocks: tuple[NoteBlock, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SignificantEvent(Body):
    kind: ClassVar[str] = "significant_event"
    event: str
    source: str
    impact_on_child: str | None = None
    action: str | None = None
    is_strength: YesNo


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactTriage(Body):
    kind: ClassVar[str] = "contact_triage"
    source: Literal["police", "partner_agency", "school", "health", "self", "other"]
    classification: Literal[
        "parental_conflict", "low_domestic_abuse", "medium_domestic_abuse", "high_domestic_abuse", "other"
    ]
    advice: str | None = None
    signposted_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _DocumentStep(Body):
    document: str
    sha256: str
    pathway_version: str
    recipient: str | None = None
    sent_by: str | None = None
    password_channel: str | None = None
    receipt: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentMade(_DocumentStep):
    kind: ClassVar[str] = "document_made"
    document_id: Annotated[Id, Defines("document")]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentSent(_DocumentStep):
    kind: ClassVar[str] = "document_sent"
    document_id: DocumentId


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRevoked(_DocumentStep):
    kind: ClassVar[str] = "document_revoked"
    document_id: DocumentId
