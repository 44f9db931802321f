"""Documents about one adult alone: the parent's own copy, and the brief for one wrap-around practitioner.

Nothing in them shows whether, when or how anybody else was spoken to, agreed or needs help (packs.md section 1). A copy
may be found at home by somebody else, so it gives no way of contact and nothing of a safety conversation; neither holds
a boundary statement, which speaks of the other parent.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final

from spr_desktop.documents import wording
from spr_desktop.documents.adults import (
    TIMES_BAD,
    TIMES_GOOD,
    access_needs,
    contact_of,
    interpreter,
    offers,
    printable_contacts,
)
from spr_desktop.documents.contents import (
    Contact,
    Document,
    Notice,
    Offer,
    Origin,
    SharingBasis,
    Worker,
    WraparoundSupport,
)
from spr_desktop.documents.errors import NotMade
from spr_desktop.documents.matching import reduced
from spr_desktop.documents.workers import worker
from spr_desktop.pathway.facts import Facts
from spr_desktop.records import agreement as records
from spr_desktop.records.people import ContactPoint, LeadProfessional, ParentalResponsibility, Person
from spr_desktop.records.work import Session, TouchPoint, Wraparound

_COPY_HANDLING: Final = "For the person it is about, and for nobody else."
_BRIEF_HANDLING: Final = "About one parent, for the practitioner it is made for. Not to be shown to anybody else."
_NO_SUPPORT: Final = "No wrap-around practitioner is recorded for this person. Record one first."
_KNOWN_TO_THEMSELVES: Final = frozenset({"yes", "disputed"})
_NOT_AN_ADULT: Final = "It is made for a parent or another adult of the family, and this person is a child."


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What an adult answered when a service was offered."""

    service: str
    answer: str
    on: date
    method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A session that this adult is to take part in; what became of one would tell who stayed away."""

    number: int
    service: str
    on: date
    touched_base_on: tuple[date, ...]
    """Days on which this adult was spoken with before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OneAdult:
    """What is said of one adult, and of nobody else."""

    name: str
    preferred_name: str | None
    role: str
    responsibility: tuple[str, ...]
    """For how many children; a child's name is the child's. Only what is held or disputed is counted: that it is not
    held, or not known, may be of a child whom this adult does not know of."""
    interpreter: str
    access_needs: tuple[str, ...]
    answers: tuple[Answer, ...]
    notices: tuple[Notice, ...]
    sharing: SharingBasis | None
    shared_with: tuple[str, ...]
    wraparound: tuple[WraparoundSupport, ...]
    universal_offer: tuple[Offer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ParentCopy(Document):
    """A parent's own copy of what is recorded for a referral."""

    kind: ClassVar[str] = "parent-copy"
    called: ClassVar[str] = "Your copy"
    adult: OneAdult


@dataclass(frozen=True, slots=True, kw_only=True)
class WraparoundBrief(Document):
    """What one parent's wrap-around practitioner needs to know."""

    kind: ClassVar[str] = "wraparound-brief"
    called: ClassVar[str] = "Wrap-around brief"
    adult: OneAdult
    contact_rules: tuple[str, ...]
    contacts: tuple[Contact, ...]
    lead_professional: Worker | None
    sessions: tuple[Meeting, ...]


def parent_copy(facts: Facts, person_id: str, origin: Origin) -> ParentCopy:
    """The copy of one adult. Raises NotMade for a child."""
    return ParentCopy(
        **origin,
        recipients=("The person it is about",),
        handling=_COPY_HANDLING,
        adult=_one_adult(facts, person_id, wording.YOU_AGREED),
    )


def wraparound_brief(facts: Facts, person_id: str, origin: Origin) -> WraparoundBrief:
    """The brief about one adult; raises NotMade where nobody holds this adult in mind yet, or for a child."""
    adult = _one_adult(facts, person_id, wording.AGREED)
    if not adult.wraparound:
        raise NotMade((_NO_SUPPORT,))
    person = facts.case.people[person_id].body
    lead = facts.case.body(LeadProfessional)
    return WraparoundBrief(
        **origin,
        recipients=tuple(dict.fromkeys(each.practitioner.name for each in adult.wraparound)),
        handling=_BRIEF_HANDLING,
        adult=adult,
        contact_rules=tuple(rule for alert, rule in wording.ALERT_RULE.items() if alert in person.alerts),
        contacts=tuple(contact_of(person, each) for each in contacts_of_their_own(facts, person_id)),
        lead_professional=worker(lead.professional) if lead else None,
        sessions=_sessions(facts, person_id),
    )


def contacts_of_their_own(facts: Facts, person_id: str) -> list[ContactPoint]:
    """Ways of contact that a brief may print: to be shared, and never recorded of anybody else of the family."""
    of_others = {reduced(each.body.value) for each in facts.case.ever(ContactPoint) if each.body.person_id != person_id}
    return [
        each
        for each in printable_contacts(facts, person_id)
        if each.disclosure == "may_share" and reduced(each.value) not in of_others
    ]


def typed_in(document: ParentCopy | WraparoundBrief) -> list[str]:
    """The texts of a document that somebody typed freely, in which anybody may be named."""
    adult = document.adult
    typed = [adult.preferred_name or "", *adult.access_needs, *([adult.interpreter] if adult.interpreter else [])]
    if adult.sharing:
        typed.append(adult.sharing.article_9 or "")
    for support in adult.wraparound:
        typed.append(support.practitioner.role)
    typed += [each.version for each in adult.notices]
    if isinstance(document, WraparoundBrief):
        times = (TIMES_GOOD, TIMES_BAD)
        typed += [each.value for each in document.contacts if each.kind == wording.CONTACT_TYPE["via_worker"]]
        typed += [document.lead_professional.role] if document.lead_professional else []
        typed += [rule for each in document.contacts for rule in each.rules if rule.startswith(times)]
    return [each for each in typed if each]


def _one_adult(facts: Facts, person_id: str, agreed: Mapping[str, str]) -> OneAdult:
    person = facts.case.people[person_id].body
    if not person.is_adult:
        raise NotMade((_NOT_AN_ADULT,))
    basis = facts.case.body(records.SharingBasis, person_id)
    organisations = facts.definition.organisations
    return OneAdult(
        name=person.full_name,
        preferred_name=person.preferred_name,
        role=_role(person),
        responsibility=_responsibility(facts, person_id),
        interpreter=interpreter(person),
        access_needs=access_needs(person),
        answers=_answers(facts, person_id, agreed),
        notices=_notices(facts, person_id),
        sharing=SharingBasis(article_6=wording.ARTICLE_6[basis.article_6], article_9=basis.article_9)
        if basis
        else None,
        shared_with=tuple(
            organisations[each].title for each in (basis.recipients if basis else ()) if each in organisations
        ),
        wraparound=tuple(_support(each.body) for each in facts.wraparound(person_id)),
        universal_offer=offers(facts, {person_id}),
    )


def _role(person: Person) -> str:
    return wording.PARENTING_ROLE.get(person.parenting_role or "") or wording.PERSON_ROLE[person.role]


def _support(support: Wraparound) -> WraparoundSupport:
    return WraparoundSupport(
        practitioner=worker(support.practitioner, is_unnamed=support.setting in wording.UNNAMED_SETTINGS),
        setting=wording.SETTING[support.setting] if support.setting else None,
        boundaries=None,
    )


def _responsibility(facts: Facts, person_id: str) -> tuple[str, ...]:
    held = Counter(
        wording.RESPONSIBILITY[each.body.held]
        for (_child, adult), each in facts.case.current(ParentalResponsibility).items()
        if adult == person_id and each.body.held in _KNOWN_TO_THEMSELVES
    )
    return tuple(f"For {wording.counted(number, 'child', 'children')}: {what}" for what, number in sorted(held.items()))


def _answers(facts: Facts, person_id: str, agreed: Mapping[str, str]) -> tuple[Answer, ...]:
    services = facts.definition.services
    return tuple(
        Answer(
            service=services[each.body.service].title,
            answer=agreed[each.body.agreed],
            on=each.happened_on.day,
            method=wording.AGREEMENT_METHOD[each.body.method],
        )
        for (person, _service), each in facts.case.current(records.Agreement).items()
        if person == person_id
    )


def _notices(facts: Facts, person_id: str) -> tuple[Notice, ...]:
    return tuple(
        Notice(
            title=facts.definition.notice_title,
            version=each.body.version,
            given_on=each.happened_on.day,
            method=wording.NOTICE_METHOD[each.body.method],
        )
        for (person, notice), each in facts.case.current(records.PrivacyNotice).items()
        if person == person_id and notice == facts.definition.notice
    )


def _sessions(facts: Facts, person_id: str) -> tuple[Meeting, ...]:
    touched: dict[str, list[date]] = {}
    for each in facts.case.every(TouchPoint):
        if each.body.person_id == person_id:
            touched.setdefault(each.body.session_id, []).append(each.happened_on.day)
    return tuple(
        Meeting(
            number=each.body.number,
            service=facts.definition.services[each.body.service].title,
            on=each.body.planned_for.day,
            touched_base_on=tuple(sorted(touched.get(each.body.session_id, []))),
        )
        for each in sorted(
            facts.case.current(Session).values(), key=lambda one: (str(one.body.planned_for), one.body.number)
        )
        if person_id in each.body.attendees and each.body.state == "planned"
    )
