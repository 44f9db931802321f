"""Compartments: who a record is about, and so where it may appear (records.md section 4)."""

from __future__ import annotations

from typing import Final

from spr_desktop.records import agreement, people, suitability, work
from spr_desktop.records.case import Case
from spr_desktop.records.record import AnyRecord

SHARED: Final = "shared"
RESTRICTED: Final = "restricted"

_SHARED_KINDS = (
    people.CaseOpened,
    people.LeadProfessional,
    people.Plan,
    people.ParentalResponsibility,
    suitability.ConflictProfile,
    work.Referral,
    work.Session,
)
_ABOUT_THE_PERSON = (
    people.WantsWithoutChildren,
    suitability.Readiness,
    agreement.PrivacyNotice,
    agreement.Agreement,
    agreement.SharingBasis,
    work.TouchPoint,
    suitability.Course,
    suitability.OutcomeMeasure,
)
_OF_A_PERSON_OR_OF_ALL = (suitability.UniversalOffer, work.ReferralProgress, suitability.Suitability)


def compartment(record: AnyRecord, case: Case) -> str:
    """``shared``, ``restricted``, ``parent:<person id>`` or ``child:<person id>``; in doubt, restricted."""
    body = record.body
    match body:
        case people.CourtMatter():
            return SHARED if body.law in ("public", "private") else RESTRICTED
        case people.ContactPoint():
            return RESTRICTED if body.disclosure == "confidential" else _of(body.person_id, case)
        case people.Person():
            return f"parent:{body.person_id}" if body.is_adult else f"child:{body.person_id}"
        case people.Relationship():
            return RESTRICTED if body.according_to == "practitioner" else _of(body.according_to, case)
        case people.Need():
            return _of(body.person_id, case) if body.person_id else RESTRICTED
        case work.Wraparound():
            return _of(body.for_person, case)
        case suitability.ChildVoice() | agreement.ChildAgreement():
            return f"child:{body.child_id}"
    if isinstance(body, _SHARED_KINDS):
        return SHARED
    if isinstance(body, _OF_A_PERSON_OR_OF_ALL):
        return _of(body.person_id, case) if body.person_id else SHARED
    if isinstance(body, _ABOUT_THE_PERSON):
        return _of(body.person_id, case)
    return RESTRICTED


def _of(person_id: str, case: Case) -> str:
    person = case.people.get(person_id)
    if person is None:
        return RESTRICTED
    return f"parent:{person_id}" if person.body.is_adult else f"child:{person_id}"
