"""Which records a refused document got its forbidden words from, so that they can be mended.

The leak check says where in the document something stands and of what kind it is, never the words. The person who makes
the document is led to the record instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from spr_desktop.records.bodies import plain_body
from spr_desktop.records.case import Case
from spr_desktop.records.record import AnyRecord

if TYPE_CHECKING:
    from spr_desktop.documents.errors import Leak
    from spr_desktop.documents.leak_check import Forbidden
    from spr_desktop.documents.subject_access import Decided, Item
    from spr_desktop.documents.typed import TypedLeak

_NOT_PRINTED: Final = frozenset(
    {
        "advice",
        "confidential_words",
        "contact_triage",
        "note",
        "safety_action",
        "safety_conversation",
        "safety_information",
        "significant_event",
        "stop_lifted",
    }
)
"""Kinds of which no document but a subject access prints a text: they hold the words by right."""


TextsOf = Iterable[tuple[str, Iterable[str]]]
"""Ids of records, and the texts of each that a document may print."""


def records_to_mend(
    texts: TextsOf, leaks: Iterable[Leak], forbidden: Iterable[Forbidden], typed: Iterable[TypedLeak]
) -> tuple[str, ...]:
    """Ids of those records whose texts hold what was found, in their order; empty where none can be told."""
    kinds = {each.kind for each in leaks}
    details = [each for each in forbidden if each.kind in kinds]
    named = {each.text for each in typed}
    return tuple(record for record, held in texts if any(text in named or _holds(text, details) for text in held))


def printed_in_part(case: Case, person_id: str | None) -> TextsOf:
    """The records that a document prints a part of, with all their texts; ``person_id`` is whom it is about."""
    for each in case.records:
        is_printed = each.id not in case.superseded and each.kind not in _NOT_PRINTED
        if is_printed and not _is_of_another(each, person_id):
            yield each.id, _texts(plain_body(each.body))


def printed_whole(items: Iterable[Item], decided: Mapping[str, Decided]) -> TextsOf:
    """The records that a subject access discloses, with the texts that it prints."""
    for each in items:
        choice = decided.get(each.id)
        if choice and choice.choice != "withhold":
            yield each.id, [part.value for part in each.parts if part.name not in choice.removed]


def _is_of_another(record: AnyRecord, person_id: str | None) -> bool:
    about = getattr(record.body, "person_id", None) or getattr(record.body, "for_person", None)
    return person_id is not None and about is not None and about != person_id


def _holds(text: str, details: Iterable[Forbidden]) -> bool:
    """Whether a text holds a detail among other words; a text that is the detail is where it was recorded by right."""
    from spr_desktop.documents.matching import reduced
    from spr_desktop.documents.readings import Text

    held, whole = Text(text), reduced(text)
    return any(each.looked_for != whole and each.stands_in(held) for each in details)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why the leak check refused a document, in words that name nobody."""

    places: tuple[str, ...]
    """Where something stands, and of what kind it is."""
    records: tuple[str, ...]
    """Ids of the records that are to be mended, where they can be told."""


def refusal(error: Exception) -> Refusal | None:
    """What the leak check found; None where the document was not made for another reason."""
    from spr_desktop.documents.errors import LeakFound

    if not isinstance(error, LeakFound):
        return None
    return Refusal(tuple(f"{each.where.capitalize()}: {each.kind}" for each in error.leaks), error.records)
