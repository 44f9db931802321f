"""What a pack says of each adult who takes part, and which ways of contact may stand in it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, TypeVar

from spr_desktop.documents import wording
from spr_desktop.documents.contents import (
    Adult,
    Agreement,
    Contact,
    Notice,
    Offer,
    Responsibility,
    SharingBasis,
    WraparoundSupport,
)
from spr_desktop.documents.matching import number, reduced
from spr_desktop.documents.workers import lead_professional, reached_at, worker
from spr_desktop.pathway.definition import Definition
from spr_desktop.pathway.facts import Facts
from spr_desktop.records import agreement as records
from spr_desktop.records.people import ContactPoint, ParentalResponsibility, Person
from spr_desktop.records.record import LatestBody, Record
from spr_desktop.records.suitability import UniversalOffer
from spr_desktop.records.work import Wraparound

L = TypeVar("L", bound=LatestBody)

_SPEAK_ONLY: Final = "Speak only with this person. Leave no message with anybody else."
_NO_POST: Final = "Do not write by post."
TIMES_BAD: Final = "Not at these times:"
TIMES_GOOD: Final = "Good times:"


def adult(facts: Facts, person_id: str) -> Adult:
    """The section of one adult."""
    person = facts.case.people[person_id].body
    contacts = printable_contacts(facts, person_id)
    service = facts.service or ""
    agreed = _current(facts, records.Agreement, person_id, service)
    return Adult(
        name=person.full_name,
        preferred_name=person.preferred_name,
        role=wording.PARENTING_ROLE.get(person.parenting_role or "") or wording.PERSON_ROLE[person.role],
        parental_responsibility=_responsibility(facts, person_id),
        contact_rules=_contact_rules(person, contacts),
        contacts=tuple(contact_of(person, each) for each in contacts),
        contact_through=None if contacts else _through(facts, person_id),
        interpreter=interpreter(person),
        access_needs=access_needs(person),
        agreement=Agreement(agreed_on=agreed.happened_on.day, method=wording.AGREEMENT_METHOD[agreed.body.method]),
        notice=_notice(facts, person_id),
        sharing=sharing_basis(facts, person_id),
        wraparound=tuple(_wraparound(each.body) for each in facts.wraparound(person_id)),
        universal_offer=offers(facts, {person_id}),
    )


def printable_contacts(facts: Facts, person_id: str) -> list[ContactPoint]:
    """The ways of contact that may stand in a pack.

    A value stands there only if the person let it go to the service and the way is fit for use as rule F10 has it:
    ``confidential``, which is what a record says unless told otherwise, stays in the case. A postal address needs
    ``may_share``, so that a home address never goes by accident (packs.md section 2).
    """
    found = [each.body for each in facts.case.current(ContactPoint).values() if each.body.person_id == person_id]
    # What a person keeps back by now stays back also where a document is made as of a day before.
    newest = {each.body.key: each.body for each in facts.case.standing(ContactPoint)}
    # The same number may be recorded twice; the one that is kept back counts.
    kept_back = {_plain_value(each) for each in newest.values() if each.person_id == person_id and _is_kept(each)}
    allowed = [each for each in found if _may_be_printed(each) and _may_be_printed(newest[each.key])]
    allowed = [each for each in allowed if _plain_value(each) not in kept_back]
    return [each for each in allowed if _is_fit_for_use(facts, each)]


def _is_kept(contact: ContactPoint) -> bool:
    return contact.disclosure == "confidential" and contact.type != "via_worker"


def _plain_value(contact: ContactPoint) -> str:
    return number(contact.value) if contact.type in ("mobile", "landline") else reduced(contact.value)


def _may_be_printed(contact: ContactPoint) -> bool:
    allowed = {"may_share"} if contact.type == "post" else {"may_share", "service_only"}
    return contact.disclosure in allowed


def _is_fit_for_use(facts: Facts, contact: ContactPoint) -> bool:
    if contact.confirmed_on is None:
        return False
    if not 0 <= (facts.as_of - contact.confirmed_on).days <= facts.limits.contact_confirmed_days:
        return False
    if contact.type == "via_worker":
        return contact.safe != "no"
    return (contact.safe, contact.monitored_by_others, contact.shared_with_other_parent) == ("yes", "no", "no")


def contact_of(person: Person, contact: ContactPoint) -> Contact:
    """A way of contact, with its rules before its value."""
    assert contact.confirmed_on is not None
    rules: list[str] = []
    if contact.type in ("mobile", "landline"):
        rules.append(wording.VOICEMAIL["no" if "no_voicemail" in person.alerts else contact.voicemail_ok])
    if contact.type == "mobile":
        rules.append(wording.TEXT_MESSAGE[contact.text_ok])
    if contact.unsafe_times:
        rules.append(f"{TIMES_BAD} {contact.unsafe_times}")
    if contact.safe_times:
        rules.append(f"{TIMES_GOOD} {contact.safe_times}")
    return Contact(
        kind=wording.CONTACT_TYPE[contact.type],
        rules=tuple(rules),
        value=contact.value,
        confirmed_on=contact.confirmed_on,
    )


def _contact_rules(person: Person, contacts: list[ContactPoint]) -> tuple[str, ...]:
    rules = [_SPEAK_ONLY]
    rules += [rule for alert, rule in wording.ALERT_RULE.items() if alert in person.alerts]
    if not any(each.type == "post" for each in contacts):
        rules.append(_NO_POST)
    return tuple(rules)


def _through(facts: Facts, person_id: str) -> str:
    """Whom to ask: this adult's own wrap-around practitioner, else the lead professional."""
    support = facts.wraparound(person_id)
    ask = _wraparound(support[0].body).practitioner if support else lead_professional(facts)
    return f"{ask.name} ({reached_at(ask)})"


def interpreter(person: Person) -> str:
    """Whether an interpreter is needed, and for which language."""
    needed = wording.INTERPRETER[person.interpreter]
    return f"{needed}: {person.language}" if person.interpreter != "none" and person.language else needed


def access_needs(person: Person) -> tuple[str, ...]:
    """What makes it possible to take part."""
    return (*person.access_needs, *((wording.SEPARATE_WAITING,) if "separate_waiting" in person.alerts else ()))


def _responsibility(facts: Facts, adult_id: str) -> tuple[Responsibility, ...]:
    found = []
    for child in facts.case.children:
        held = facts.case.body(ParentalResponsibility, child.body.person_id, adult_id)
        told = wording.RESPONSIBILITY[held.held] if held else "Not recorded"
        found.append(Responsibility(child=child.body.given_names, held=told))
    return tuple(found)


def _notice(facts: Facts, person_id: str) -> Notice:
    definition: Definition = facts.definition
    given = _current(facts, records.PrivacyNotice, person_id, definition.notice)
    return Notice(
        title=definition.notice_title,
        version=given.body.version,
        given_on=given.happened_on.day,
        method=wording.NOTICE_METHOD[given.body.method],
    )


def sharing_basis(facts: Facts, person_id: str) -> SharingBasis:
    """The basis on which this person's data are shared."""
    basis = _current(facts, records.SharingBasis, person_id).body
    return SharingBasis(article_6=wording.ARTICLE_6[basis.article_6], article_9=basis.article_9)


def _wraparound(support: Wraparound) -> WraparoundSupport:
    is_unnamed = support.setting in wording.UNNAMED_SETTINGS
    return WraparoundSupport(
        practitioner=worker(support.practitioner, is_unnamed=is_unnamed),
        setting=wording.SETTING[support.setting] if support.setting else None,
        boundaries=support.boundary_statement,
    )


def offers(facts: Facts, people: Iterable[str | None]) -> tuple[Offer, ...]:
    """What of the universal offer was taken to these people; None stands for the family as a whole."""
    items = facts.definition.items
    return tuple(
        Offer(
            item=items[each.body.item].title if each.body.item in items else items["other"].title,
            result=wording.OFFER_RESULT[each.body.result],
            on=each.happened_on.day,
        )
        for each in facts.case.every(UniversalOffer)
        if each.body.person_id in set(people)
    )


def _current(facts: Facts, kind: type[L], *key: str) -> Record[L]:
    """A record that is there in every case that is ready."""
    found = facts.case.latest(kind, *key)
    assert found is not None, f"a case is ready without {kind.kind}"
    return found
