"""Invented families for the demonstration: nobody here exists, and every date is counted back from today.

Telephone numbers are from the range that is kept for invented ones (07700 900000 to 900999).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from spr_desktop.casework.words import current_notice, recipients
from spr_desktop.records.agreement import Agreement, ChildAgreement, PrivacyNotice, SharingBasis
from spr_desktop.records.people import (
    ContactPoint,
    CourtMatter,
    LeadProfessional,
    ParentalResponsibility,
    Person,
    Plan,
    Professional,
    Relationship,
    RelationshipStatus,
)
from spr_desktop.records.record import Body
from spr_desktop.records.safety import SafetyConversation, SafetyInformation
from spr_desktop.records.suitability import ChildVoice, ConflictProfile, Readiness, Suitability, UniversalOffer
from spr_desktop.records.values import LocalDateTime, Service
from spr_desktop.records.work import Referral, ReferralProgress, Session, Wraparound

Event = tuple[int, Body]
"""How many days ago something happened, and what."""

_RATIONALE = "Rows go both ways and end; each says alone that there is no fear, and gives examples of saying no."


@dataclass(frozen=True, slots=True, kw_only=True)
class InventedFamily:
    """Two parents, their children and the service that fits them."""

    parents: tuple[tuple[str, str], tuple[str, str]]
    children: tuple[tuple[str, int], ...]
    """Given name and age in years."""
    service: Service = "mediation"
    status: RelationshipStatus = "separated_living_apart"
    screened_days_ago: tuple[int, ...] = (16, 15)
    """How long ago each parent was spoken to; nobody yet if it is empty."""
    number: int = 100
    """The last digits of the first parent's telephone number."""
    left_out: frozenset[type[Body]] = field(default_factory=frozenset)
    """Kinds that nobody has recorded yet."""
    besides: tuple[Event, ...] = ()

    @property
    def adult_ids(self) -> tuple[str, str]:
        """Ids of the parents."""
        return ("a", "b")

    @property
    def child_ids(self) -> list[str]:
        """Ids of the children."""
        return [f"c{number}" for number, _ in enumerate(self.children, 1)]

    @property
    def taking_part(self) -> tuple[str, ...]:
        """Ids of those who take part; children do in family counselling."""
        return self.adult_ids + (tuple(self.child_ids) if self.service == "family_counselling" else ())

    def events(self, today: date) -> list[Event]:
        """Everything that is on record, oldest first."""
        parts = (
            self.people(today),
            self.screening(),
            self.checks(),
            self.agreeing(today),
            self.wrapping(),
            self.besides,
        )
        found = [event for part in parts for event in part if type(event[1]) not in self.left_out]
        return sorted(found, key=lambda event: -event[0])

    def people(self, today: date) -> Iterator[Event]:
        """Who they are."""
        for person_id, (given, family) in zip(self.adult_ids, self.parents, strict=True):
            yield (
                40,
                Person(
                    person_id=person_id,
                    role="parent_carer",
                    given_names=given,
                    family_name=family,
                    lives_in_area="yes",
                    date_of_birth=today.replace(day=1, year=today.year - 34),
                ),
            )
            yield 30, Relationship(between=self.adult_ids, status=self.status, according_to=person_id)
        for child_id, (given, age) in zip(self.child_ids, self.children, strict=True):
            born = today.replace(day=1, year=today.year - age) - timedelta(days=60)
            yield (
                40,
                Person(
                    person_id=child_id,
                    role="child",
                    given_names=given,
                    family_name=self.parents[0][1],
                    date_of_birth=born,
                ),
            )
            for adult_id in self.adult_ids:
                yield 30, ParentalResponsibility(child_id=child_id, adult_id=adult_id, held="yes", evidence_seen="yes")
        lead = Professional(
            name="Linden Demo", role="family worker", organisation="Example Outreach", phone="07700 900001"
        )
        yield 40, LeadProfessional(professional=lead)

    def screening(self) -> Iterator[Event]:
        """The conversation with each parent, alone."""
        for person_id, days_ago in zip(self.adult_ids, self.screened_days_ago, strict=False):
            yield (
                days_ago,
                SafetyConversation(
                    person_id=person_id,
                    state="completed",
                    tool="spr_safety_net",
                    tool_version="1",
                    alone="yes",
                    practitioner_outcome="harmful_conflict",
                    rationale=_RATIONALE,
                ),
            )

    def checks(self) -> Iterator[Event]:
        """What the conflict is like, suitability, readiness, plan and the child's voice."""
        yield (
            14,
            ConflictProfile(
                frequent="yes",
                intense="yes",
                poorly_resolved="yes",
                summary="Rows about money and times of contact, several a week, which are not settled.",
            ),
        )
        yield 14, UniversalOffer(item="arguing_better", result="not_suitable_entrenched")
        yield 14, Plan(type="early_help", intervention_in_plan="yes", closure_because_of_referral="no")
        yield 13, Suitability(check="public_law", value="no")
        for person_id in self.taking_part:
            yield 13, Suitability(check="active_crisis", person_id=person_id, value="no")
            yield 13, Suitability(check="therapy", person_id=person_id, value="no")
        for person_id in self.adult_ids:
            yield (
                12,
                Readiness(
                    person_id=person_id,
                    wants_change="yes",
                    freely_chosen="yes",
                    sees_child_view="yes",
                    open_to_another_professional="yes",
                ),
            )
        for child_id in self.child_ids:
            yield (
                12,
                ChildVoice(
                    child_id=child_id,
                    how="drawing_or_play",
                    wants_to_take_part="yes",
                    agreed_wording="Would like to hear less shouting at the door.",
                ),
            )

    def agreeing(self, today: date) -> Iterator[Event]:
        """The service, who agreed to it, what they were told, and how to reach them."""
        yield 8, Referral(service=self.service, taking_part=self.taking_part)
        for number, person_id in enumerate(self.adult_ids):
            yield 7, PrivacyNotice(person_id=person_id, method="read_aloud", **current_notice())
            yield (
                6,
                Agreement(
                    person_id=person_id,
                    service=self.service,
                    agreed="yes",
                    wishes_to_access="yes",
                    given_alone="yes",
                    method="face_to_face",
                ),
            )
            yield 3, self._contact(person_id, self.number + number, today - timedelta(days=3))
        for person_id in self.taking_part:
            yield (
                6,
                SharingBasis(
                    person_id=person_id,
                    article_6="public_task",
                    policy_followed="yes",
                    recipients=tuple(recipients(self.service)),
                ),
            )
            if person_id in self.child_ids:
                yield 6, ChildAgreement(child_id=person_id, service=self.service, informed="yes", agrees="yes")

    def _contact(self, person_id: str, number: int, confirmed_on: date) -> ContactPoint:
        return ContactPoint(
            contact_id=f"mobile-{person_id}",
            person_id=person_id,
            type="mobile",
            value=f"07700 900{number:03}",
            safe="yes",
            monitored_by_others="no",
            shared_with_other_parent="no",
            voicemail_ok="no",
            text_ok="yes",
            safe_times="Weekdays from 10 to 14",
            disclosure="service_only",
            confirmed_on=confirmed_on,
        )

    def wrapping(self) -> Iterator[Event]:
        """A practitioner at each parent's side."""
        for person_id, name in zip(self.adult_ids, ("Wren Demo", "Ash Demo"), strict=True):
            who = Professional(name=name, role="support worker", organisation="Example Outreach", phone="07700 900002")
            yield (
                5,
                Wraparound(
                    commitment_id=f"for-{person_id}",
                    for_person=person_id,
                    practitioner=who,
                    known_to_parent="yes",
                    outside_service="yes",
                    setting="voluntary",
                ),
            )


def walked_family() -> InventedFamily:
    """The family whose way is walked from screening to a sealed pack."""
    return InventedFamily(parents=(("Jo", "Example"), ("Sam", "Sample")), children=(("Kit", 12),), number=197)


def invented_caseload(today: date) -> Iterator[InventedFamily]:
    """Families in every state of the pathway."""
    family = InventedFamily(
        parents=(("Robin", "Invented"), ("Alex", "Fictional")), children=(("Fern", 11),), number=110
    )
    together: RelationshipStatus = "together_living_together"
    yield replace(family, besides=((2, Referral(service="mediation", taking_part=("a", "b"))),))
    yield replace(family, parents=(("Łukasz", "Przykład"), ("Žofie", "Vzorová")), screened_days_ago=(10,), number=120)
    yield InventedFamily(
        parents=(("Nguyễn", "Example"), ("Lan", "Example")),
        children=(("Minh", 6),),
        service="couple_support",
        status=together,
        screened_days_ago=(31, 12),
        number=130,
    )
    yield InventedFamily(
        parents=(("Samira", "Madeup"), ("Yusuf", "Madeup")),
        children=(("Noor", 12), ("Adam", 9)),
        service="family_counselling",
        status=together,
        number=140,
    )
    yield replace(
        family,
        parents=(("Morgan", "Pretend"), ("Lee", "Nobody")),
        number=150,
        besides=((4, SafetyInformation(category="domestic_abuse", about=("a",), source="told by the parent, alone")),),
    )
    yield replace(
        family,
        parents=(("Chris", "Imaginary"), ("Pat", "Imagined")),
        number=160,
        besides=((1, _withdrawn("b")),),
    )
    yield replace(
        family,
        parents=(("Kim", "Testcase"), ("Dana", "Specimen")),
        number=170,
        besides=((9, _care_proceedings()),),
    )
    yield replace(
        family,
        parents=(("Ali", "Placeholder"), ("Maya", "Standin")),
        number=180,
        besides=((35, ReferralProgress(step="sent")),),
    )
    yield replace(
        family,
        parents=(("Ellis", "Dummy"), ("Rowan", "Mock")),
        number=190,
        besides=tuple(_in_service(today)),
    )
    yield InventedFamily(
        parents=(("Billie", "Newcomer"), ("Toni", "Newcomer")),
        children=(("Ray", 4),),
        screened_days_ago=(),
        number=200,
        left_out=frozenset({Referral, Agreement, PrivacyNotice, SharingBasis, Wraparound, Readiness, ChildVoice}),
    )


def _withdrawn(person_id: str) -> Agreement:
    return Agreement(
        person_id=person_id,
        service="mediation",
        agreed="withdrawn",
        wishes_to_access="no",
        given_alone="yes",
        method="phone",
    )


def _care_proceedings() -> CourtMatter:
    return CourtMatter(matter_id="care", law="public", state="issued", about_current_children="yes")


def _in_service(today: date) -> Iterator[Event]:
    yield 30, ReferralProgress(step="sent")
    yield 26, ReferralProgress(step="spr_discussion")
    yield 24, ReferralProgress(step="accepted", appropriate="yes")
    for person_id in ("a", "b"):
        yield 20, ReferralProgress(step="initial_assessment", person_id=person_id)
    planned = datetime.combine(today + timedelta(days=3), time(10))
    yield (
        4,
        Session(
            session_id="session-1",
            number=1,
            service="mediation",
            planned_for=LocalDateTime(planned.date(), planned.time()),
            attendees=("a", "b"),
            state="planned",
        ),
    )
