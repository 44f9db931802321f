"""What a referral pack holds: an allow-list of fields in plain English, ready to be printed (packs.md section 2).

Everything that a pack says is a field here. What is not a field cannot reach a page or the embedded data; nothing is
ever made by taking fields out of a record. The other kinds of documents are built of the same parts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, TypedDict


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker:
    """Somebody who works with the family, and how to reach them at work."""

    name: str
    role: str
    organisation: str | None
    """None where the name would tell which school, nursery or clinic the family uses."""
    phone: str | None
    email: str | None


class Origin(TypedDict):
    """Where a document comes from: the same for every kind."""

    reference: str
    version: int
    made_on: date
    referrer: Worker
    key_holder: str
    key_fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What every document says, whatever it is about."""

    kind: ClassVar[str]
    """As commands and records have it."""
    called: ClassVar[str]
    """What people call such a document."""
    reference: str
    """Random, eight characters; it is also the name of the file."""
    version: int
    made_on: date
    referrer: Worker
    """Who made it."""
    recipients: tuple[str, ...]
    handling: str
    """How to handle it, at the foot of every page."""
    key_holder: str
    """Whom the certificate names that the document is sealed with."""
    key_fingerprint: str
    """Of the certificate of the key that will seal the document."""

    @property
    def title(self) -> str:
        """What the document is called; it names nobody."""
        return f"{self.called} {self.reference}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Screening:
    """One statement for all adults; nothing in it tells them apart."""

    individually: str
    held_on: tuple[date, ...]
    tools: tuple[str, ...]
    judgement: tuple[str, ...]
    oversight: str
    limits: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """Something that would make the service unsuitable, and when it was checked."""

    title: str
    statement: str
    checked_from: date
    checked_to: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Suitability:
    """What was checked for everybody taking part."""

    active_crisis: Check
    therapy: Check
    public_law: Check


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A way to reach somebody; the rules come before the value, on the page too."""

    kind: str
    rules: tuple[str, ...]
    value: str
    confirmed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Responsibility:
    """Whether an adult holds parental responsibility for a child."""

    child: str
    held: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """That an adult agreed to the service and wishes to use it."""

    agreed_on: date
    method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """The privacy notice that an adult was given."""

    title: str
    version: str
    given_on: date
    method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SharingBasis:
    """On what basis somebody's data go to the recipients."""

    article_6: str
    article_9: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WraparoundSupport:
    """Who holds this adult in mind outside the service."""

    practitioner: Worker
    setting: str | None
    boundaries: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Something of the universal offer, and what came of it."""

    item: str
    result: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Adult:
    """What a pack says of one adult, in a section of their own; it says nothing of any other."""

    name: str
    preferred_name: str | None
    role: str
    parental_responsibility: tuple[Responsibility, ...]
    contact_rules: tuple[str, ...]
    contacts: tuple[Contact, ...]
    contact_through: str | None
    """Whom to ask where no way of contact may be printed."""
    interpreter: str
    access_needs: tuple[str, ...]
    agreement: Agreement
    notice: Notice
    sharing: SharingBasis
    wraparound: tuple[WraparoundSupport, ...]
    universal_offer: tuple[Offer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """What a pack says of one child."""

    name: str
    """Given names only."""
    age: str
    takes_part: bool
    interpreter: str
    access_needs: tuple[str, ...]
    agreed_wording: str | None
    """The only part of the child's voice that leaves the case."""
    sharing: SharingBasis | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """How the conflict is, in words that lay it at nobody's door."""

    frequency: str
    intensity: str
    resolution: str
    summary: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The family's plan, and how the service fits it."""

    kind: str
    fit: tuple[str, ...]
    lead_professional: Worker


@dataclass(frozen=True, slots=True, kw_only=True)
class CourtFact:
    """One court matter about the children."""

    law: str
    kind: str | None
    state: str
    recorded_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralPack(Document):
    """All that one referral pack says."""

    kind: ClassVar[str] = "referral-pack"
    called: ClassVar[str] = "Referral pack"
    pathway: str
    service: str
    screening: Screening
    suitability: Suitability
    adults: tuple[Adult, ...]
    children: tuple[Child, ...]
    conflict: Conflict
    plan: Plan
    courts: tuple[CourtFact, ...]
    universal_offer: tuple[Offer, ...]
    cautions: tuple[str, ...]
    sharing: str
    replaces_one_of: date | None = None
    """The day of the version before; it stands on the first page, and not in the data, which have the version."""
