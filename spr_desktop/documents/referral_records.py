"""What a referral pack says, as records of a case in the vault of those who receive it.

The words of the pages become the codes of records.md again. What a pack does not say is not known: whether a way of
contact may be used without a second thought, whether an agreement was given alone, what a child was asked. Statements
that fit no record (screening, suitability, ages, the child's wording) go into one note, as reported by the referrer.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

from spr_desktop.documents import wording
from spr_desktop.documents.adults import TIMES_BAD, TIMES_GOOD
from spr_desktop.documents.contents import Adult, Child, Contact, Offer, ReferralPack, Suitability, Worker
from spr_desktop.documents.errors import UnknownWording
from spr_desktop.documents.referral_pack import LAW, PLAN_GOES_ON, PLAN_HOLDS_IT
from spr_desktop.pathway.definition import Definition
from spr_desktop.records.case_document import FORMAT, VERSION, utc_text
from spr_desktop.records.work import Note

_IDS: Final = uuid.UUID("6a1f0c52-58f0-4f9e-9b55-0f4d8f1f2c11")
"""Ids of records follow from the pack, so that whoever receives it twice, or in two vaults, has the same records."""
_NOT_NAMED: Final = "Not named in the pack"
_NO_PLAN: Final = "No plan is recorded"

_VERSION: Final = re.compile(r"Referral pack \S+, version (\d+),")

Entry = tuple[str, date, dict[str, Any]]
"""Kind, day and body."""


def recorder(pack: ReferralPack) -> str:
    """Who said what the records say, and by which pack."""
    return f"{pack.referrer.name}, by pack {pack.reference}"


def version_of(note: Note) -> int | None:
    """Which version of a pack the note of a case was made from."""
    found = _VERSION.match(note.blocks[0].text) if note.blocks else None
    return int(found[1]) if found else None


def case_document(pack: ReferralPack, definition: Definition, written_at: datetime) -> dict[str, Any]:
    """The case document of a pack, with the pack's reference as the case's; raises UnknownWording.

    ``written_at`` is when the pack was sealed.
    """
    entries = [*_family(pack), *_each_adult(pack, definition), *_whole(pack, definition), _note(pack)]
    return {
        "format": FORMAT,
        "version": VERSION,
        "case_ref": pack.reference,
        "records": [
            {
                "id": str(uuid.uuid5(_IDS, f"{pack.reference} {pack.version} {number}")),
                "kind": kind,
                "happened_on": on.isoformat(),
                "recorded_at": utc_text(written_at + timedelta(microseconds=number)),  # in the order of the pack
                "recorded_by": recorder(pack),
                "body": {name: value for name, value in body.items() if value is not None},
            }
            for number, (kind, on, body) in enumerate(entries)
        ],
    }


def _family(pack: ReferralPack) -> list[Entry]:
    """Who refers, and who belongs to the family."""
    entries: list[Entry] = [
        ("case_opened", pack.made_on, {"organisation": pack.referrer.organisation or _NOT_NAMED}),
        ("lead_professional", pack.made_on, {"professional": _professional(pack.plan.lead_professional)}),
    ]
    entries += [("person", pack.made_on, _adult(number, each)) for number, each in enumerate(pack.adults, 1)]
    entries += [("person", pack.made_on, _child(number, each)) for number, each in enumerate(pack.children, 1)]
    return entries


def adult_id(number: int) -> str:
    """The id of an adult by the place in the pack, from 1."""
    return f"adult-{number}"


def child_id(number: int) -> str:
    """The id of a child by the place in the pack, from 1."""
    return f"child-{number}"


def _adult(number: int, adult: Adult) -> dict[str, Any]:
    parenting = _codes(wording.PARENTING_ROLE).get(adult.role)
    role = "parent_carer" if parenting else _code(wording.PERSON_ROLE, adult.role)
    rules = [code for code, rule in wording.ALERT_RULE.items() if rule in adult.contact_rules]
    return {
        "person_id": adult_id(number),
        "role": role,
        "parenting_role": parenting,
        "given_names": adult.name,  # a pack does not say which of the names is the family's
        "preferred_name": adult.preferred_name,
        "date_of_birth_accuracy": "unknown",
        **_needs(adult.interpreter, adult.access_needs, rules),
    }


def _child(number: int, child: Child) -> dict[str, Any]:
    return {
        "person_id": child_id(number),
        "role": "child",
        "given_names": child.name,
        "date_of_birth_accuracy": "unknown",
        **_needs(child.interpreter, child.access_needs, []),
    }


def _needs(interpreter: str, access: tuple[str, ...], alerts: list[str]) -> dict[str, Any]:
    needed, _, language = interpreter.partition(": ")
    waits_apart = ["separate_waiting"] if wording.SEPARATE_WAITING in access else []
    return {
        "interpreter": _code(wording.INTERPRETER, needed),
        "language": language or None,
        "access_needs": [each for each in access if each != wording.SEPARATE_WAITING],
        "alerts": [*alerts, *waits_apart],
    }


def _each_adult(pack: ReferralPack, definition: Definition) -> list[Entry]:
    service = _service(pack, definition)
    entries: list[Entry] = []
    for number, adult in enumerate(pack.adults, 1):
        person = adult_id(number)
        entries += [
            ("contact_point", pack.made_on, _contact(f"{person}-contact-{at}", person, each))
            for at, each in enumerate(adult.contacts, 1)
        ]
        if adult.contact_through:
            entries.append(("contact_point", pack.made_on, _through(person, adult.contact_through)))
        entries += _responsibility(pack, person, adult)
        entries.append(("agreement", adult.agreement.agreed_on, _agreement(person, adult, service)))
        entries.append(("privacy_notice", adult.notice.given_on, _notice(person, adult, definition)))
        entries += [
            (
                "wraparound",
                pack.made_on,
                {
                    "commitment_id": f"{person}-wraparound-{at}",
                    "for_person": person,
                    "practitioner": _professional(each.practitioner),
                    "known_to_parent": "not_known",
                    "outside_service": "not_known",
                    "setting": _code(wording.SETTING, each.setting) if each.setting else None,
                    "boundary_statement": each.boundaries,
                },
            )
            for at, each in enumerate(adult.wraparound, 1)
        ]
        entries += [_offer(each, definition, person) for each in adult.universal_offer]
    return entries


def _contact(contact_id: str, person: str, contact: Contact) -> dict[str, Any]:
    """A way of contact with its rules; that the referrer released it does not say that it may be used unasked."""
    return {
        "contact_id": contact_id,
        "person_id": person,
        "type": _code(wording.CONTACT_TYPE, contact.kind),
        "value": contact.value,
        **_nobody_said(),
        "voicemail_ok": _said(wording.VOICEMAIL, contact.rules),
        "text_ok": _said(wording.TEXT_MESSAGE, contact.rules),
        "unsafe_times": _after(TIMES_BAD, contact.rules),
        "safe_times": _after(TIMES_GOOD, contact.rules),
        "confirmed_on": contact.confirmed_on.isoformat(),
        "disclosure": "service_only",
    }


def _through(person: str, whom: str) -> dict[str, Any]:
    return {
        "contact_id": f"{person}-contact-through",
        "person_id": person,
        "type": "via_worker",
        "value": whom,
        **_nobody_said(),
        "voicemail_ok": "not_known",
        "text_ok": "not_known",
        "disclosure": "service_only",
    }


def _nobody_said() -> dict[str, str]:
    return dict.fromkeys(("safe", "monitored_by_others", "shared_with_other_parent"), "not_known")


def _responsibility(pack: ReferralPack, person: str, adult: Adult) -> list[Entry]:
    """In the order of the children, because two may have one name; a pack lists the same children for each adult."""
    named = [each.child for each in adult.parental_responsibility]
    if named != [each.name for each in pack.children]:
        raise UnknownWording("parental responsibility")
    return [
        (
            "parental_responsibility",
            pack.made_on,
            {
                "child_id": child_id(at),
                "adult_id": person,
                "held": _code(wording.RESPONSIBILITY, each.held),
                "source": f"Referral pack {pack.reference}",
            },
        )
        for at, each in enumerate(adult.parental_responsibility, 1)
        if each.held != "Not recorded"
    ]


def _agreement(person: str, adult: Adult, service: str) -> dict[str, Any]:
    return {
        "person_id": person,
        "service": service,
        "agreed": "yes",
        "wishes_to_access": "yes",
        "given_alone": "not_known",
        "method": _code(wording.AGREEMENT_METHOD, adult.agreement.method),
    }


def _notice(person: str, adult: Adult, definition: Definition) -> dict[str, Any]:
    is_ours = adult.notice.title == definition.notice_title
    return {
        "person_id": person,
        "notice": definition.notice if is_ours else adult.notice.title,
        "version": adult.notice.version,
        "method": _code(wording.NOTICE_METHOD, adult.notice.method),
    }


def _whole(pack: ReferralPack, definition: Definition) -> list[Entry]:
    """What is about the family as a whole."""
    on = pack.made_on
    entries: list[Entry] = [
        (
            "conflict_profile",
            on,
            {
                "frequent": _code(wording.FREQUENT, pack.conflict.frequency),
                "intense": _code(wording.INTENSE, pack.conflict.intensity),
                "poorly_resolved": _code(wording.POORLY_RESOLVED, pack.conflict.resolution),
                "summary": pack.conflict.summary,
            },
        )
    ]
    if pack.plan.kind != _NO_PLAN:
        plan = {
            "type": _code(wording.PLAN, pack.plan.kind),
            "intervention_in_plan": "yes" if PLAN_HOLDS_IT in pack.plan.fit else "not_known",
            "closure_because_of_referral": "no" if PLAN_GOES_ON in pack.plan.fit else "not_known",
        }
        entries.append(("plan", on, plan))
    for number, court in enumerate(pack.courts, 1):
        matter = {
            "matter_id": f"matter-{number}",
            "law": _code(LAW, court.law),
            "type": court.kind,
            "state": _code(wording.COURT_STATE, court.state),
            "about_current_children": "not_known",
        }
        entries.append(("court_matter", court.recorded_on, matter))
    entries += [_offer(each, definition, None) for each in pack.universal_offer]
    takes_part = [adult_id(number) for number, _ in enumerate(pack.adults, 1)]
    takes_part += [child_id(number) for number, each in enumerate(pack.children, 1) if each.takes_part]
    referral = {"service": _service(pack, definition), "taking_part": takes_part, "referred_on": on.isoformat()}
    entries.append(("referral", on, referral))
    return entries


def _offer(offer: Offer, definition: Definition, person: str | None) -> Entry:
    item = _code({code: each.title for code, each in definition.items.items()}, offer.item)
    return "universal_offer", offer.on, {
        "item": item, "person_id": person, "result": _code(wording.OFFER_RESULT, offer.result)
    }  # fmt: skip


def _service(pack: ReferralPack, definition: Definition) -> str:
    return _code({code: each.title for code, each in definition.services.items()}, pack.service)


def _professional(worker: Worker) -> dict[str, Any]:
    told = {"phone": worker.phone, "email": worker.email}
    return {
        "name": worker.name,
        "role": worker.role,
        "organisation": worker.organisation or _NOT_NAMED,
        **{name: value for name, value in told.items() if value},
    }


def _note(pack: ReferralPack) -> Entry:
    """What fits no record, word for word."""
    blocks = [
        f"Referral pack {pack.reference}, version {pack.version}, made on {wording.day(pack.made_on)} by "
        f"{_in_words(pack.referrer)}.",
        *(f"Screening. {each}" for each in _screening(pack)),
        *(f"Suitability. {each}" for each in _checks(pack.suitability)),
        *(_of_child(each) for each in pack.children),
        *(f"Caution looked at and accepted: {each}" for each in pack.cautions),
        f"Sharing, by the referrer: {pack.sharing} Recipients: {wording.listed(pack.recipients)}.",
        *(f"{sharing_begins(each.name)} by the referrer: {each.sharing.article_6}." for each in pack.adults),
        *(f"Getting in touch with {each.name}: {' '.join(each.contact_rules)}" for each in pack.adults),
    ]
    return "note", pack.made_on, {
        "type": "decision",  # the referrer's; a note of a contact would count as one with the family
        "blocks": [{"type": "reported", "text": text, "attributed_to": pack.referrer.name} for text in blocks],
    }  # fmt: skip


def sharing_begins(name: str) -> str:
    """How the note begins what it says of an adult."""
    return f"Basis for sharing about {name},"


def child_begins(name: str) -> str:
    """How the note begins what it says of a child."""
    return f"{name}: age when the pack was made:"


def _screening(pack: ReferralPack) -> list[str]:
    told = pack.screening
    days = wording.listed([wording.day(each) for each in told.held_on])
    held = f"Conversations were held on {days}, with: {wording.listed(told.tools)}."
    return [told.individually, held, *told.judgement, told.oversight, told.limits]


def _checks(told: Suitability) -> list[str]:
    return [
        f"{each.title}: {each.statement} Checked from {wording.day(each.checked_from)} "
        f"to {wording.day(each.checked_to)}."
        for each in (told.active_crisis, told.therapy, told.public_law)
    ]


def _of_child(child: Child) -> str:
    said = f"{child_begins(child.name)} {child.age}. "
    said += "Takes part." if child.takes_part else "Does not take part."
    return f"{said} Agreed wording of the child's voice: {child.agreed_wording}" if child.agreed_wording else said


def _in_words(worker: Worker) -> str:
    parts = (worker.name, worker.role, worker.organisation, worker.phone, worker.email)
    return ", ".join(each for each in parts if each)


def _codes(table: Mapping[str, str]) -> dict[str, str]:
    return {text: code for code, text in table.items()}


def _code(table: Mapping[str, str], text: str) -> str:
    """The code that a page puts into these words."""
    found = _codes(table).get(text)
    if found is None:
        raise UnknownWording(text)
    return found


def _said(table: Mapping[str, str], rules: tuple[str, ...]) -> str:
    return next((code for code, rule in table.items() if rule in rules), "not_known")


def _after(beginning: str, rules: tuple[str, ...]) -> str | None:
    return next((each.removeprefix(f"{beginning} ") for each in rules if each.startswith(f"{beginning} ")), None)
