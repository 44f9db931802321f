"""What a newer version of a pack says otherwise, in plain words that name nobody: people are Adult 1 and Child 2."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields
from typing import Any, Final

from spr_desktop.casework.newer_packs import Change
from spr_desktop.casework.words import day_text
from spr_desktop.records.record import AnyRecord

HEADINGS: Final = {"new": "New", "changed": "Changed", "gone": "No longer said"}
_WHAT: Final = {
    "case_opened": "the organisation that refers",
    "lead_professional": "the lead professional",
    "agreement": "the agreement to the service",
    "privacy_notice": "the privacy notice",
    "wraparound": "wrap-around support",
    "universal_offer": "the universal offer",
    "conflict_profile": "how the conflict is",
    "plan": "the plan",
    "court_matter": "a court matter",
    "referral": "who takes part, or the service",
}
_FIELDS: Final = {
    "given_names": "name",
    "parenting_role": "role",
    "value": "the number or address",
    "voicemail_ok": "voicemail",
    "text_ok": "text messages",
    "practitioner": "who it is",
    "boundary_statement": "boundaries",
    "intervention_in_plan": "how the service fits it",
    "closure_because_of_referral": "how the service fits it",
    "confirmed_on": "when it was confirmed",
    "alerts": "rules before contact",
    "taking_part": "who takes part",
}
_PARTS_OF_NOTE: Final = (
    ("Screening.", "screening"),
    ("Suitability.", "suitability"),
    ("Caution looked at", "cautions"),
    ("Sharing, by", "sharing"),
    ("Basis for sharing", "sharing"),
    ("Getting in touch", "rules for getting in touch"),
)
_IN_THE_NOTE: Final = "ages, or the wording agreed with a child"


def in_words(changes: Iterable[Change]) -> dict[str, tuple[str, ...]]:
    """Lines for what is *new*, *changed* and *gone*; each has a line at least where there is anything of it."""
    found: dict[str, list[str]] = {state: [] for state in HEADINGS}
    for each in changes:
        found[each.state] += _of_note(each) if each.record.kind == "note" else [_line(each)]
    return {state: tuple(dict.fromkeys(lines)) for state, lines in found.items()}


def _line(change: Change) -> str:
    record = change.record
    said = _what(record)
    if change.state == "gone":
        return said + _stays(record)
    if change.before:
        differing = _differing(change.before.body, record.body)
        said += f": {', '.join(differing)}" if differing else ""
    return said + (f" (the pack says {day_text(change.said_on.day)})" if change.said_on else "")


def _stays(record: AnyRecord) -> str:
    """What becomes of what is not said now: nothing is taken away."""
    if record.kind == "person":
        return "; stays on record, and takes no part by this version"
    if record.kind == "universal_offer":
        return "; stays on record"
    return "; do not use it" if record.kind == "contact_point" else ""


def _what(record: AnyRecord) -> str:
    body = record.body
    match record.kind:
        case "person":
            return _called(body.person_id)
        case "contact_point":
            return f"{_called(body.person_id)}: a way of contact ({body.type.replace('_', ' ')})"
        case "parental_responsibility":
            return f"{_called(body.adult_id)}: parental responsibility for {_called(body.child_id)}"
    said = _WHAT.get(record.kind, record.kind.replace("_", " "))
    person = getattr(body, "person_id", None) or getattr(body, "for_person", None)
    return f"{_called(person)}: {said}" if person else said.capitalize()


def _called(person_id: str) -> str:
    """An id such as ``adult-1``, as it is said."""
    return person_id.replace("-", " ").capitalize()


def _differing(before: Any, now: Any) -> list[str]:
    names = [each.name for each in fields(now) if getattr(before, each.name) != getattr(now, each.name)]
    return list(dict.fromkeys(_FIELDS.get(each, each.replace("_", " ")) for each in names))


def _of_note(change: Change) -> list[str]:
    """Which statements of the note say something else; its first block is the pack's own heading."""
    old = _texts(change.before) if change.before else []
    differing = set(_texts(change.record)) ^ set(old)
    parts = sorted({_part(each) for each in differing})
    return [f"In the note: {', '.join(parts)}"] if parts else []


def _texts(note: AnyRecord) -> Sequence[str]:
    return [each.text for each in note.body.blocks[1:]]


def _part(text: str) -> str:
    return next((words for beginning, words in _PARTS_OF_NOTE if text.startswith(beginning)), _IN_THE_NOTE)
