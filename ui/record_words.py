"""A record in one line of words, for choosing among records."""

from __future__ import annotations

from spr_desktop.casework.words import day_text, service_title
from spr_desktop.records.case import Case
from spr_desktop.records.people import CourtMatter
from spr_desktop.records.record import AnyRecord
from spr_desktop.records.safety import Advice, SafetyConversation, SafetyInformation
from spr_desktop.records.values import When
from spr_desktop.records.work import Session, TouchPoint
from ui.form_texts import words_for


def in_words(record: AnyRecord, case: Case) -> str:
    """What was recorded, of when, and by whom."""
    who = record.recorded_by or "somebody not known"
    return f"{_what(record, case)}, {when_text(record.happened_on)}, recorded by {who}"


def when_text(when: When) -> str:
    """A day, and the time where it is known."""
    return f"{day_text(when.day)} at {when.time:%H:%M}" if when.time else day_text(when.day)


def session_in_words(session: Session) -> str:
    """A session as it is chosen before a touch point."""
    return f"Session {session.number}, {when_text(session.planned_for)}, {service_title(session.service)}"


def _what(record: AnyRecord, case: Case) -> str:
    match record.body:
        case SafetyInformation() as body:
            return f"{words_for(body.category)} ({body.source})"
        case SafetyConversation() as body:
            return f"Safety conversation with {_name(case, body.person_id)}"
        case TouchPoint() as body:
            return f"Touch point with {_name(case, body.person_id)}"
        case Advice() as body:
            return f"Advice from {body.from_}: {words_for(body.says).lower()}"
        case CourtMatter() as body:
            return f"Court matter, {words_for(body.law).lower()} law"
    return words_for(record.kind)


def _name(case: Case, person_id: str) -> str:
    person = case.people.get(person_id)
    return person.body.known_as if person else "somebody not on record"
