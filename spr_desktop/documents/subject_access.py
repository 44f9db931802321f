"""The answer to a subject access request: what is held about one person, decided item by item by somebody who read it.

Every record that says something of the person is an item. What is only about others is none, and is not counted
either: that there is something would tell already. Other people are never named: an id of theirs is printed as what
they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final, Literal

from spr_desktop.documents.about import people_named
from spr_desktop.documents.contents import Document, Origin
from spr_desktop.documents.errors import NotMade
from spr_desktop.documents.record_words import SECTIONS, called, section_of
from spr_desktop.documents.telling import Part, parts_of
from spr_desktop.records import people, safety, work
from spr_desktop.records.case import Case
from spr_desktop.records.compartments import RESTRICTED, SHARED, compartment
from spr_desktop.records.record import AnyRecord

Choice = Literal["disclose", "redact", "withhold"]

_ACT: Final = "Data Protection Act 2018"
REASONS: Final[dict[str, str]] = {
    "other_person": f"It is about another person as well ({_ACT}, Schedule 2, paragraph 16)",
    "serious_harm": f"It would be likely to cause serious harm to somebody ({_ACT}, Schedule 3, Part 3)",
    "child_abuse": f"It is about abuse of a child, and not in the child's interest ({_ACT}, Schedule 3, Part 5)",
    "crime": f"It would hinder preventing or finding out about a crime ({_ACT}, Schedule 2, paragraph 2)",
    "legal_advice": f"It is legal advice ({_ACT}, Schedule 2, paragraph 19)",
    "not_about": "It says nothing of this person",
}
"""Why something is not disclosed, by its code; each is a person's decision, and nothing here is legal advice."""

_TELL_TOO_MUCH: Final = frozenset({"serious_harm", "child_abuse", "crime"})
"""Reasons that stay in the log of decisions: whoever reads one of them knows what was to be kept quiet."""
_ANOTHER: Final = f"It falls under another exemption of the {_ACT}"

_OF_ONE: Final = frozenset({"parent-copy", "wraparound-brief", "subject-access"})
"""Documents about one person. Nobody records whose they are; each would tell one parent what the other was given."""

_HANDLING: Final = "For the person it is about. Open it where nobody else can read it."
_REMOVED: Final = "Removed"
_NOT_DECIDED: Final = "Nobody has decided yet about {count} of {all} items. Decide about each of them first."
_NO_REASON: Final = "A reason is missing for {count} items of which something is not disclosed."
_NOTHING_HELD: Final = "Nothing is recorded about this person."
_UNKNOWN: Final = "The decisions name {count} items that are none of this person's."
_NO_FIELD: Final = "{count} items are to be disclosed in part, and name no part that they have."

_MIXED: Final = (
    safety.LifeEvent,
    safety.SafetyInformation,
    safety.Advice,
    safety.SafetyAction,
    safety.StopLifted,
    work.Note,
    work.SignificantEvent,
    work.ContactTriage,
    work.CautionAccepted,
    people.CourtMatter,
)
"""Kinds in which one often stands beside the other."""
_JUDGED: Final = ("practitioner_outcome", "rationale")
"""A judgement weighs what both said: who denied everything and reads that abuse is indicated knows who said so. It is
proposed to be removed whatever it is, so that its absence tells nothing."""
_OF_THE_OFFICE: Final = (work.DocumentMade, work.DocumentSent, work.DocumentRevoked)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A record that says something of the person, with what is proposed for it. A proposal decides nothing."""

    id: str
    kind: str
    called: str
    on: date
    recorded_by: str
    parts: tuple[Part, ...]
    proposed: Choice
    proposed_removal: tuple[str, ...]
    """Names of the parts that would be removed."""
    reason: str | None
    """A code of ``REASONS``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What somebody decided about an item."""

    choice: Choice
    reason: str | None = None
    """A code of ``REASONS``, unless everything is disclosed."""
    removed: tuple[str, ...] = ()
    """Names of the parts that are not disclosed, where only some are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosedItem:
    """An item as the person gets it."""

    number: int
    section: str
    """What it stands among."""
    called: str
    on: date
    recorded_by: str
    parts: tuple[tuple[str, str], ...]
    """Labels and values; a part that was removed says why instead."""
    typed: tuple[str, ...]
    """What of it somebody typed freely, in which anybody may be named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectAccess(Document):
    """All that the answer to one request says."""

    kind: ClassVar[str] = "subject-access"
    called: ClassVar[str] = "Your records"
    name: str
    items: tuple[DisclosedItem, ...]
    not_disclosed: tuple[tuple[str, int], ...]
    """For each reason, of how many items something is not disclosed."""


def items_about(case: Case, person_id: str) -> tuple[Item, ...]:
    """Everything that is held about a person, in order, each with a proposal."""
    return tuple(_item(each, case, person_id) for each in case.records if _is_about(each, case, person_id))


def subject_access(
    case: Case, person_id: str, decided: Mapping[str, Decided], recipients: tuple[str, ...], origin: Origin
) -> SubjectAccess:
    """The answer, by the decisions for each item (by its id); raises NotMade unless every item was decided about."""
    items = items_about(case, person_id)
    _require_whole_review(items, decided)
    told = [each for each in items if decided[each.id].choice != "withhold"]
    told.sort(key=lambda each: SECTIONS.index(section_of(each.kind)))  # in each section as before, by day
    left_out = (decided[each.id] for each in items if decided[each.id].choice != "disclose")
    reasons = Counter(_printed_reason(each.reason) for each in left_out if each.reason)
    return SubjectAccess(
        **origin,
        recipients=recipients,
        handling=_HANDLING,
        name=case.people[person_id].body.full_name,
        items=tuple(_disclosed(number, each, decided[each.id]) for number, each in enumerate(told, 1)),
        not_disclosed=tuple(reasons.items()),
    )


def _printed_reason(reason: str) -> str:
    return _ANOTHER if reason in _TELL_TOO_MUCH else REASONS[reason]


def _require_whole_review(items: tuple[Item, ...], decided: Mapping[str, Decided]) -> None:
    if not items:
        raise NotMade((_NOTHING_HELD,))
    ids = {each.id for each in items}
    open_ = [each for each in items if each.id not in decided]
    unknown = set(decided) - ids
    reasonless = [each for each in decided.values() if each.choice != "disclose" and each.reason not in REASONS]
    partless = [
        each
        for each in items
        if each.id in decided
        and decided[each.id].choice == "redact"
        and not set(decided[each.id].removed) & {part.name for part in each.parts}
    ]
    found = []
    if open_:
        found.append(_NOT_DECIDED.format(count=len(open_), all=len(items)))
    if unknown:
        found.append(_UNKNOWN.format(count=len(unknown)))
    if reasonless:
        found.append(_NO_REASON.format(count=len(reasonless)))
    if partless:
        found.append(_NO_FIELD.format(count=len(partless)))
    if found:
        raise NotMade(tuple(found))


def _disclosed(number: int, item: Item, decided: Decided) -> DisclosedItem:
    removed = set(decided.removed) if decided.choice == "redact" else set()
    why = f"{_REMOVED}. {_printed_reason(decided.reason)}." if decided.reason else _REMOVED
    kept = [part for part in item.parts if part.name not in removed]
    printed = [part.entries if part in kept else ((part.label, why),) for part in item.parts]
    return DisclosedItem(
        number=number,
        section=section_of(item.kind),
        called=item.called,
        on=item.on,
        recorded_by=item.recorded_by,
        parts=tuple(entry for entries in printed for entry in entries),
        typed=tuple(text for part in kept for text in part.typed),
    )


def _is_about(record: AnyRecord, case: Case, person_id: str) -> bool:
    body = record.body
    if isinstance(body, people.ConfidentialWords) and body.person_id != person_id:
        return False
    if isinstance(body, work.DocumentMade | work.DocumentSent | work.DocumentRevoked) and body.document in _OF_ONE:
        return False
    named = people_named(record, case)
    if named:
        return person_id in named
    return compartment(record, case) in (SHARED, RESTRICTED)


def _item(record: AnyRecord, case: Case, person_id: str) -> Item:
    proposed, removed, reason = _proposal(record, case, person_id)
    return Item(
        id=record.id,
        kind=record.kind,
        called=called(record.kind),
        on=record.happened_on.day,
        recorded_by=record.recorded_by or "Somebody not named",
        parts=parts_of(record, case, person_id),
        proposed=proposed,
        proposed_removal=removed,
        reason=reason,
    )


def _proposal(record: AnyRecord, case: Case, person_id: str) -> tuple[Choice, tuple[str, ...], str | None]:
    body = record.body
    named = people_named(record, case) - {person_id}
    if isinstance(body, (*_MIXED, *_OF_THE_OFFICE)) or named:
        return "withhold", (), "other_person"
    if isinstance(body, safety.SafetyConversation):
        weighed = tuple(each for each in _JUDGED if getattr(body, each))
        if weighed:
            return "redact", weighed, "other_person"
    if isinstance(body, people.Person) and "lone_visit_risk" in body.alerts:
        return "redact", ("alerts",), "serious_harm"
    if isinstance(body, work.Wraparound) and body.boundary_statement:
        return "redact", ("boundary_statement",), "other_person"
    return "disclose", (), None
