"""Who a record is about, for every kind (records.md section 4); what is in doubt is restricted."""

from __future__ import annotations

from typing import Any, Final

import pytest

from spr_desktop.records.case import Case
from spr_desktop.records.compartments import RESTRICTED, SHARED, compartment
from spr_desktop.records.kinds import KINDS
from tests.cases import Family, professional

CONTACT: Final = {"contact_id": "m", "type": "email", "value": "", "safe": "yes", "monitored_by_others": "no"} | {
    "shared_with_other_parent": "no",
    "voicemail_ok": "no",
    "text_ok": "no",
}
MATTER: Final = {"matter_id": "m", "state": "live", "about_current_children": "no"}
DOCUMENT: Final[dict[str, Any]] = {
    "document_id": "d",
    "document": "referral-pack",
    "sha256": "0",
    "pathway_version": "1",
}
READY: Final = {
    "wants_change": "yes",
    "freely_chosen": "yes",
    "sees_child_view": "yes",
    "open_to_another_professional": "yes",
}
TOUCH: Final = {"session_id": "s", "by": "W", "individually": "yes", "new_safety_information": "no", "worry": "none"}
AGREED: Final = {
    "service": "mediation",
    "agreed": "yes",
    "wishes_to_access": "yes",
    "given_alone": "yes",
    "method": "phone",
}

TABLE: Final[list[tuple[str, dict[str, Any], str]]] = [
    ("case_opened", {"organisation": "Example"}, SHARED),
    ("lead_professional", {"professional": professional("L")}, SHARED),
    ("plan", {"type": "none", "intervention_in_plan": "no", "closure_because_of_referral": "no"}, SHARED),
    ("conflict_profile", {"frequent": "yes", "intense": "yes", "poorly_resolved": "yes"}, SHARED),
    ("universal_offer", {"item": "leaflet", "result": "offered"}, SHARED),
    ("universal_offer", {"item": "leaflet", "result": "offered", "person_id": "b"}, "parent:b"),
    ("referral", {"service": "mediation", "taking_part": ["a"]}, SHARED),
    ("referral_progress", {"step": "sent"}, SHARED),
    ("referral_progress", {"step": "initial_assessment", "person_id": "b"}, "parent:b"),
    (
        "session",
        {"session_id": "s", "number": 1, "service": "mediation", "planned_for": "2026-11-03T10:30", "state": "planned"},
        SHARED,
    ),
    ("parental_responsibility", {"child_id": "c1", "adult_id": "a", "held": "yes"}, SHARED),
    *(
        ("court_matter", MATTER | {"law": law}, where)
        for law, where in {
            "public": SHARED,
            "private": SHARED,
            "protective": RESTRICTED,
            "criminal": RESTRICTED,
            "not_known": RESTRICTED,
        }.items()
    ),
    ("person", {"person_id": "a", "role": "parent_carer", "given_names": "Jo"}, "parent:a"),
    ("person", {"person_id": "gran", "role": "other_adult", "given_names": "Gran"}, "parent:gran"),
    ("person", {"person_id": "c1", "role": "child", "given_names": "Kit"}, "child:c1"),
    ("contact_point", CONTACT | {"person_id": "a"}, RESTRICTED),
    ("contact_point", CONTACT | {"person_id": "a", "disclosure": "confidential"}, RESTRICTED),
    ("contact_point", CONTACT | {"person_id": "a", "disclosure": "service_only"}, "parent:a"),
    ("contact_point", CONTACT | {"person_id": "c1", "disclosure": "may_share"}, "child:c1"),
    ("relationship", {"between": ["a", "b"], "status": "separating", "according_to": "b"}, "parent:b"),
    ("relationship", {"between": ["a", "b"], "status": "separating", "according_to": "practitioner"}, RESTRICTED),
    ("wants_without_children", {"person_id": "a", "answer": "yes"}, "parent:a"),
    ("readiness", READY | {"person_id": "a"}, "parent:a"),
    ("privacy_notice", {"person_id": "a", "notice": "n", "version": "1", "method": "emailed"}, "parent:a"),
    ("agreement", AGREED | {"person_id": "a"}, "parent:a"),
    ("sharing_basis", {"person_id": "a", "article_6": "consent", "policy_followed": "yes"}, "parent:a"),
    ("sharing_basis", {"person_id": "c1", "article_6": "consent", "policy_followed": "yes"}, "child:c1"),
    (
        "wraparound",
        {
            "commitment_id": "w",
            "for_person": "b",
            "practitioner": professional("W"),
            "known_to_parent": "yes",
            "outside_service": "yes",
        },
        "parent:b",
    ),
    ("touch_point", TOUCH | {"person_id": "a"}, "parent:a"),
    ("course", {"person_id": "a", "programme": "other", "enrolled_on": "2026-11-03"}, "parent:a"),
    ("outcome_measure", {"measure": "m", "person_id": "a", "point": "before", "score": 1}, "parent:a"),
    ("outcome_measure", {"measure": "m", "person_id": "c1", "point": "before", "score": 1}, "child:c1"),
    ("suitability", {"check": "therapy", "person_id": "a", "value": "no"}, "parent:a"),
    ("suitability", {"check": "therapy", "person_id": "c1", "value": "no"}, "child:c1"),
    ("suitability", {"check": "public_law", "value": "no"}, SHARED),
    ("need", {"factor": "housing", "identified": "yes", "person_id": "a"}, "parent:a"),
    ("need", {"factor": "housing", "identified": "yes"}, RESTRICTED),
    ("child_voice", {"child_id": "c1", "how": "observation", "wants_to_take_part": "yes"}, "child:c1"),
    ("child_agreement", {"child_id": "c1", "service": "mediation", "informed": "yes", "agrees": "yes"}, "child:c1"),
    ("safety_conversation", {"person_id": "a", "state": "declined", "tool": "none", "alone": "yes"}, RESTRICTED),
    ("safety_information", {"category": "other_concern", "about": ["a"], "source": "school"}, RESTRICTED),
    ("life_event", {"category": "other", "safety_relevant": "no"}, RESTRICTED),
    (
        "advice",
        {"about": "safety", "from_": "M", "role": "manager", "says": "go_ahead", "content": "", "person_id": "a"},
        RESTRICTED,
    ),
    ("safety_action", {"action": "police"}, RESTRICTED),
    ("stop_lifted", {"by": "M", "role": "manager", "reason": ""}, RESTRICTED),
    ("confidential_words", {"person_id": "a", "words": ["Rose Street"]}, RESTRICTED),
    ("caution_accepted", {"rule": "A02", "subject": "a", "reason": ""}, RESTRICTED),
    ("note", {"type": "visit", "about": ["a"]}, RESTRICTED),
    ("significant_event", {"event": "x", "source": "y", "is_strength": "no"}, RESTRICTED),
    ("contact_triage", {"source": "police", "classification": "other"}, RESTRICTED),
    ("document_made", DOCUMENT, RESTRICTED),
    ("document_sent", DOCUMENT, RESTRICTED),
    ("document_revoked", DOCUMENT, RESTRICTED),
]


def _family() -> Family:
    family = Family()
    family.add("person", -60, person_id="gran", role="other_adult", given_names="Gran")
    family.add(
        "session", -9, session_id="s", number=1, service="mediation", planned_for="2026-11-23T10:30", state="planned"
    )
    family.add("document_made", -9, **DOCUMENT)
    return family


@pytest.mark.parametrize(("kind", "body", "where"), TABLE, ids=lambda each: each if isinstance(each, str) else "")
def test_a_record_belongs_to_its_compartment(kind: str, body: dict[str, Any], where: str) -> None:
    family = _family()
    added = family.add(kind, 0, **body)
    records = family.records()
    record = next(each for each in records if each.id == added)
    assert compartment(record, Case("K7QX-3M2P", records)) == where


def test_every_kind_is_in_the_table() -> None:
    assert {kind for kind, _, _ in TABLE} == set(KINDS)


def test_a_record_about_somebody_who_is_not_on_record_yet_is_restricted() -> None:
    family = Family()
    records = family.records()
    readiness = next(each for each in records if each.kind == "readiness")
    assert compartment(readiness, Case("K7QX-3M2P", [readiness])) == RESTRICTED
