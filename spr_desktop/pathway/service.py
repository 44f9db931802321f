"""Rules C: whether this service is the right one (pathway.md section 4 C)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from spr_desktop.pathway.ages import UNBORN, day_of_reaching
from spr_desktop.pathway.facts import Column, Facts
from spr_desktop.pathway.finding import CASE, Finding, Findings, Rule, caution, not_yet, passes, said_day, stop
from spr_desktop.pathway.result import Outcome
from spr_desktop.records.people import ParentalResponsibility, Person, WantsWithoutChildren
from spr_desktop.records.record import AnyRecord, Record
from spr_desktop.records.suitability import ChildVoice, ConflictProfile, UniversalOffer


def c00(facts: Facts) -> Findings:
    """There is a service, somebody to take part, and a record of everybody who does."""
    referral = [facts.referral]
    if facts.service is None:
        yield not_yet(CASE, referral, "No service has been chosen.", "Choose a service with the parents.")
    if not facts.adults_taking_part:
        yield not_yet(CASE, referral, "No adult is named as taking part.", "Record which parents take part.")
    if any(facts.person(each) is None for each in facts.taking_part):
        yield not_yet(CASE, referral, "Somebody is to take part who is not on record.", "Record who this person is.")
    yield passes(CASE, referral)


def c01(facts: Facts) -> Findings:
    """Those who take part live in the area."""
    people = [facts.case.people[each] for each in facts.adults_taking_part]
    answers = {each.body.lives_in_area for each in people}
    if answers == {"yes"}:
        yield passes(CASE, people)
    elif answers == {"no"}:
        yield stop(CASE, people, "None of the parents lives in the area.", "Look for the offer where they live.")
    else:
        yield not_yet(
            CASE,
            people,
            "It is not known of every parent that they live in the area.",
            "Record whether each parent lives in the area.",
        )


def c02(facts: Facts) -> Findings:
    """The conflict is harmful: frequent, intense and poorly resolved."""
    profile = facts.case.latest(ConflictProfile)
    if profile is None:
        yield not_yet(
            CASE,
            [],
            "Nobody has recorded what the conflict is like.",
            "Record whether it is frequent, intense and poorly resolved.",
        )
    elif {profile.body.frequent, profile.body.intense, profile.body.poorly_resolved} == {"yes"}:
        yield passes(CASE, [profile])
    else:
        yield not_yet(
            CASE,
            [profile],
            "The conflict is not known to be frequent, intense and poorly resolved.",
            "Offer the universal offer, and look again at the conflict.",
        )


def c03(facts: Facts) -> Findings:
    """The universal offer came first."""
    offers = facts.case.every(UniversalOffer)
    if not offers:
        yield not_yet(
            CASE,
            [],
            "The universal offer has not been looked at.",
            "Offer it first, or record why it does not fit.",
        )
    elif all(each.body.result == "offered" for each in offers):
        yield caution(
            CASE,
            offers,
            "The universal offer was made, and nothing more is known.",
            "Record what came of it, or why the service is needed now.",
        )
    else:
        yield passes(CASE, offers)


def c04(facts: Facts) -> Findings:
    """A course was not offered after it had ended."""
    for offer in facts.case.every(UniversalOffer):
        item = facts.definition.items.get(offer.body.item)
        if item is None or item.available_to is None:
            continue
        subject = offer.body.person_id or CASE
        if offer.happened_on.day > item.available_to and offer.body.result in ("offered", "started"):
            yield not_yet(
                subject,
                [offer],
                "A course was offered after it had ended.",
                "Offer something that can still be had, or correct the date.",
            )
        else:
            yield passes(subject, [offer])


_FITS: Final[dict[str, dict[Column, Outcome]]] = {
    "C05": {"together": "stop", "apart": "pass", "between": "caution", "never_together": "caution"},
    "C08": {"together": "pass", "apart": "stop", "between": "not_yet", "never_together": "stop"},
}
"""What each relationship means for mediation (C05) and couple support (C08); anything unclear is *not yet*."""


def c05(facts: Facts) -> Findings:
    """Mediation is for parents who have separated."""
    yield from _relationship_fits(facts, "C05", "Mediation is for parents who have separated.")


def c08(facts: Facts) -> Findings:
    """Couple support is for parents who are together."""
    yield from _relationship_fits(facts, "C08", "Couple support is for parents who are together.")


def _relationship_fits(facts: Facts, rule: str, purpose: str) -> Findings:
    if not facts.pairs_taking_part:
        yield _needs_two_adults(facts)
    by_outcome: dict[Outcome, Callable[[list[AnyRecord]], Finding]] = {
        "pass": lambda accounts: passes(CASE, accounts),
        "stop": lambda accounts: stop(
            CASE, accounts, f"{purpose} These parents are not.", "Look at which other service fits."
        ),
        "caution": lambda accounts: caution(
            CASE,
            accounts,
            f"{purpose} These parents are not, or not quite.",
            "Record why the service fits them.",
        ),
        "not_yet": lambda accounts: not_yet(
            CASE,
            accounts,
            f"{purpose} It is not clear what these parents are to each other, or their accounts differ.",
            "Ask each parent alone, and record what each says.",
        ),
    }
    for pair in facts.pairs_taking_part:
        outcome = _FITS[rule].get(facts.column(pair), "not_yet")
        yield by_outcome[outcome](list(facts.accounts(*pair)))


def _needs_two_adults(facts: Facts) -> Finding:
    return not_yet(CASE, [facts.referral], "This service needs two adults to take part.", "Record which two take part.")


def c06(facts: Facts) -> Findings:
    """Mediation is for parents who both hold parental responsibility for a child."""
    if not facts.pairs_taking_part:
        yield _needs_two_adults(facts)
    for pair in facts.pairs_taking_part:
        yield _both_hold(facts, pair)


def _both_hold(facts: Facts, pair: tuple[str, str]) -> Finding:
    children = [each.body.person_id for each in facts.case.children]
    held = {child: [facts.case.latest(ParentalResponsibility, child, adult) for adult in pair] for child in children}
    records = [record for both in held.values() for record in both]
    answers = [{record.body.held if record else "not_known" for record in both} for both in held.values()]
    if any(each == {"yes"} for each in answers):
        return passes(CASE, records)
    if not children:
        return not_yet(CASE, [], "No child is on record.", "Record the family's children.")
    if any(not each <= {"yes", "no"} for each in answers):
        return not_yet(
            CASE,
            records,
            "It is not known who holds parental responsibility.",
            "Record for each child whether each parent holds it.",
        )
    return stop(
        CASE,
        records,
        "There is no child for whom both parents hold parental responsibility.",
        "Look at which other service fits.",
    )


def c07(facts: Facts) -> Findings:
    """Mediation goes with child consultation, which needs another look for the young and the unwilling."""
    for child in facts.case.children:
        child_id = child.body.person_id
        if facts.is_unborn(child_id):
            continue
        voice = facts.case.latest(ChildVoice, child_id)
        age = facts.age(child_id)
        if age is None or age < facts.limits.consultation_age:
            yield caution(
                child_id,
                [child, voice],
                f"This child is under {facts.limits.consultation_age}, or the age is not known.",
                "Record how the child will be heard.",
            )
        elif voice is None or voice.body.wants_to_take_part != "yes":
            yield caution(
                child_id,
                [child, voice],
                "This child is not known to want a talk with the mediator.",
                "Record how the child will be heard.",
            )
        else:
            yield passes(child_id, [child, voice])


def c09(facts: Facts) -> Findings:
    """Couple support is used where family counselling does not fit."""
    wishes = [facts.case.latest(WantsWithoutChildren, each) for each in facts.adults_taking_part]
    records = [*facts.case.children, *wishes]
    has_younger = any(
        (age := facts.age(each.body.person_id)) is not None and age < facts.limits.counselling_age
        for each in facts.case.children
    )
    if has_younger or (wishes and all(each is not None and each.body.answer == "yes" for each in wishes)):
        yield passes(CASE, records)
    else:
        yield caution(
            CASE,
            records,
            f"No child is known to be under {facts.limits.counselling_age}, and not every parent wants support "
            "without the children.",
            "Think about family counselling, or record why couple support fits better.",
        )


def c10(facts: Facts) -> Findings:
    """Family counselling is for members of the family from a certain age."""
    for person_id in facts.taking_part:
        person = facts.person(person_id)
        if person is None:
            continue
        age = facts.age(person_id)
        if age is None and not person.body.is_adult:
            yield not_yet(person_id, [person], "This child's date of birth is not known.", "Record the date of birth.")
        elif age is None or age >= facts.limits.counselling_age:
            yield passes(person_id, [person])
        else:
            yield _too_young(facts, person, age)


def _too_young(facts: Facts, person: Record[Person], age: int) -> Finding:
    person_id, years = person.body.person_id, facts.limits.counselling_age
    birthday = day_of_reaching(person.body, years)
    if age != UNBORN and birthday and (birthday - facts.as_of).days <= facts.limits.counselling_wait_days:
        return not_yet(
            person_id,
            [person],
            f"This child is {years} on {said_day(birthday)}.",
            "Wait until the birthday.",
        ).with_timing(None, birthday)
    return stop(
        person_id,
        [person],
        f"Family counselling is for members of the family aged {years} and over.",
        "Look at couple support, or at who takes part.",
    )


def c11(facts: Facts) -> Findings:
    """The page can be read as if a family with a younger child at home did not fit."""
    accounts = [account for pair in facts.pairs_taking_part for account in facts.accounts(*pair)]
    if not any(facts.is_told_as_together(each) for each in accounts):
        return
    children = facts.case.children
    records = [*accounts, *children]
    if any((facts.age(each.body.person_id) or 0) < facts.limits.counselling_age for each in children):
        yield caution(
            CASE,
            records,
            f"The parents are together and a child is under {facts.limits.counselling_age}, or of an age not known: "
            "the page can be read either way.",
            "Ask the SPR team, and record the answer with the name of the manager.",
        ).by_manager()
    else:
        yield passes(CASE, records)


def c12(facts: Facts) -> Findings:
    """A child who takes part wants to."""
    for child in facts.children_taking_part:
        voice = facts.case.latest(ChildVoice, child)
        wants = voice.body.wants_to_take_part if voice else "not_asked"
        if wants == "yes":
            yield passes(child, [voice])
        elif wants == "unsure":
            yield caution(
                child,
                [voice],
                "This child is not sure about taking part.",
                "Record what was agreed with the child.",
            )
        else:
            yield not_yet(
                child,
                [voice],
                "This child is not known to want to take part.",
                "Ask the child, and record the answer.",
            )


FOR_EVERY_SERVICE: Final[dict[str, Rule]] = {"C01": c01, "C02": c02, "C03": c03, "C04": c04}
FOR_SERVICE: Final[dict[str, dict[str, Rule]]] = {
    "mediation": {"C05": c05, "C06": c06, "C07": c07},
    "couple_support": {"C08": c08, "C09": c09},
    "family_counselling": {"C10": c10, "C11": c11, "C12": c12},
}
