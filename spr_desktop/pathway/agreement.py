"""Rules F: each person agrees, was told, can be reached, and there is a basis for sharing (pathway.md section 4 F)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from spr_desktop.pathway.facts import Facts
from spr_desktop.pathway.finding import Findings, Rule, caution, not_yet, passes, said_day, stop
from spr_desktop.records.agreement import Agreement, ChildAgreement, PrivacyNotice, SharingBasis
from spr_desktop.records.people import ContactPoint
from spr_desktop.records.record import Record

_ASK: Final = "Ask this parent alone, and record the answer."


def _agreement(facts: Facts, person: str) -> Record[Agreement] | None:
    return facts.case.latest(Agreement, person, facts.service or "")


def _agreements(facts: Facts) -> Iterator[tuple[str, Record[Agreement]]]:
    for person in facts.adults_taking_part:
        if agreement := _agreement(facts, person):
            yield person, agreement


def f01(facts: Facts) -> Findings:
    """Each parent agreed to the service."""
    for person in facts.adults_taking_part:
        agreement = _agreement(facts, person)
        agreed = agreement.body.agreed if agreement else "undecided"
        if agreed == "no":
            yield stop(person, [agreement], "This parent does not agree to the service.", "Respect it; do not press.")
        elif agreed == "undecided":
            yield not_yet(person, [agreement], "This parent has not agreed to the service.", _ASK)
        else:
            yield passes(person, [agreement])


def f02(facts: Facts) -> Findings:
    """Each parent wishes to access the service."""
    for person in facts.adults_taking_part:
        agreement = _agreement(facts, person)
        wishes = agreement.body.wishes_to_access if agreement else "not_known"
        if wishes == "yes":
            yield passes(person, [agreement])
        elif wishes == "no":
            yield stop(
                person, [agreement], "This parent does not wish to use the service.", "Respect it; do not press."
            )
        else:
            yield not_yet(person, [agreement], "It is not known whether this parent wishes to use the service.", _ASK)


def f03(facts: Facts) -> Findings:
    """The privacy notice was shared in its current version."""
    versions = facts.definition.notice_versions
    for person in facts.adults_taking_part:
        shared = facts.case.latest(PrivacyNotice, person, facts.definition.notice)
        version = shared.body.version if shared else None
        if version == versions[-1]:
            yield passes(person, [shared])
        elif version in versions:
            yield caution(
                person,
                [shared],
                "An older version of the privacy notice was shared with this parent.",
                "Share the current one, or record why the older one will do.",
            )
        else:
            yield not_yet(
                person,
                [shared],
                "The privacy notice has not been shared with this parent.",
                "Share it in a way this parent can take in, and record it.",
            )


def f04(facts: Facts) -> Findings:
    """There is a basis for sharing each person's data."""
    for person in facts.taking_part:
        basis = facts.case.latest(SharingBasis, person)
        if basis and basis.body.policy_followed == "yes":
            yield passes(person, [basis])
        else:
            yield not_yet(
                person,
                [basis],
                "There is no basis on record for sharing this person's data under your organisation's policy.",
                "Follow your organisation's process, and record the basis.",
            )


def f05(facts: Facts) -> Findings:
    """Everybody who will receive the data is named."""
    needed = set(facts.definition.recipients(facts.service or ""))
    for person in facts.taking_part:
        basis = facts.case.latest(SharingBasis, person)
        if basis is None:
            continue
        if needed <= set(basis.body.recipients):
            yield passes(person, [basis])
        else:
            yield not_yet(
                person,
                [basis],
                "Not everybody who will receive this person's data is named.",
                "Name the SPR team and every provider of the service.",
            )


def f06(facts: Facts) -> Findings:
    """The agreement was given alone."""
    for person, agreement in _agreements(facts):
        if agreement.body.given_alone == "yes":
            yield passes(person, [agreement])
        else:
            yield not_yet(person, [agreement], "It is not known that this parent agreed alone.", _ASK)


def f07(facts: Facts) -> Findings:
    """Nobody has withdrawn; a withdrawal counts whatever its date."""
    for person in facts.adults_taking_part:
        counting = [
            each
            for each in facts.case.standing(Agreement)
            if each.body.key == (person, facts.service)
            and (facts.case.is_past(each) or each.body.agreed == "withdrawn")
        ]
        newest = counting[-1] if counting else None
        if newest and newest.body.agreed == "withdrawn":
            yield stop(
                person,
                [newest],
                "This parent has withdrawn.",
                "Tell everybody who received a pack; do not press this parent.",
            )
        elif newest:
            yield passes(person, [newest])


def f08(facts: Facts) -> Findings:
    """An agreement ages."""
    for person, agreement in _agreements(facts):
        agreed_on, days = agreement.happened_on.day, facts.limits.agreement_days
        if (facts.as_of - agreed_on).days > days:
            yield caution(
                person,
                [agreement],
                f"This parent agreed on {said_day(agreed_on)}, more than {days} days ago.",
                "Ask again, or record why the agreement still stands.",
            )
        else:
            yield passes(person, [agreement])


def f09(facts: Facts) -> Findings:
    """A child who is old enough to be asked agrees."""
    for child in facts.children_taking_part:
        age = facts.age(child)
        if age is not None and age < facts.limits.counselling_age:
            continue
        answer = facts.case.latest(ChildAgreement, child, facts.service or "")
        if answer and answer.body.agrees == "no":
            yield stop(child, [answer], "This child does not agree.", "Respect it, and look at who takes part.")
        elif answer and (answer.body.informed, answer.body.agrees) == ("yes", "yes"):
            yield passes(child, [answer])
        else:
            yield not_yet(
                child,
                [answer],
                "This child was not told about the service, or has not agreed.",
                "Tell the child what it is, ask, and record the answer.",
            )


def f10(facts: Facts) -> Findings:
    """There is a way to reach each parent that was confirmed lately."""
    for person in facts.adults_taking_part:
        contacts = [each for each in facts.case.current(ContactPoint).values() if each.body.person_id == person]
        if any(_is_good(facts, each.body) for each in contacts):
            yield passes(person, contacts)
        else:
            yield not_yet(
                person,
                contacts,
                "No way to reach this parent is known to be safe and was confirmed in the last "
                f"{facts.limits.contact_confirmed_days} days.",
                "Ask this parent alone how to get in touch, and record it.",
            )


def _is_good(facts: Facts, contact: ContactPoint) -> bool:
    if contact.confirmed_on is None:
        return False
    if not 0 <= (facts.as_of - contact.confirmed_on).days <= facts.limits.contact_confirmed_days:
        return False
    return is_usable(contact)


def is_usable(contact: ContactPoint) -> bool:
    """Whether a parent may be reached in this way, were it confirmed."""
    if contact.type == "via_worker" and contact.safe != "no":
        return True
    return (contact.safe, contact.monitored_by_others, contact.shared_with_other_parent) == ("yes", "no", "no")


RULES: Final[dict[str, Rule]] = {
    "F01": f01,
    "F02": f02,
    "F03": f03,
    "F04": f04,
    "F05": f05,
    "F06": f06,
    "F07": f07,
    "F08": f08,
    "F09": f09,
    "F10": f10,
}
