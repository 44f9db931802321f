"""What the leak check looks for in a document: by its kind, whom it is about, and what a review disclosed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from spr_desktop.pathway.definition import definition
from spr_desktop.pathway.result import Decision
from spr_desktop.records.case import Case
from spr_desktop.records.document_versions import PACK

if TYPE_CHECKING:
    from spr_desktop.documents.contents import Document
    from spr_desktop.documents.leak_check import Forbidden
    from spr_desktop.documents.subject_access import Decided
    from spr_desktop.documents.typed import TypedLeak


def looked_for(
    contents: Document, case: Case, decision: Decision, *, person_id: str, decided: Mapping[str, Decided]
) -> tuple[list[Forbidden], list[TypedLeak]]:
    """What must not be in a document, and the typed texts of it in which something stands that must not.

    ``person_id`` is whom it is about, if it is about one person; ``decided`` are the decisions of a review, by the ids
    of records.
    """
    from spr_desktop.documents.forbidden import forbidden_in_pack
    from spr_desktop.documents.forbidden_to_reader import (
        days_of,
        forbidden_in_answer,
        forbidden_in_notice,
        forbidden_to_reader,
        names_alone,
        names_turned_round,
        own_days,
    )
    from spr_desktop.documents.one_adult import ParentCopy, WraparoundBrief, typed_in
    from spr_desktop.documents.subject_access import SubjectAccess
    from spr_desktop.documents.typed import said_in, typed_leaks

    match contents:
        case ParentCopy() | WraparoundBrief():
            printed = [each.value for each in contents.contacts] if isinstance(contents, WraparoundBrief) else []
            days = own_days(case, person_id) | {contents.made_on}
            if isinstance(contents, WraparoundBrief):
                days |= {each.on for each in contents.sessions}
            found = forbidden_to_reader(case, person_id, printed, days)
            typed = typed_in(contents)
        case SubjectAccess():
            told = [(each, decided[each.id]) for each in case.records if each.id in decided]
            disclosed = [days_of(each, was.removed) for each, was in told if was.choice != "withhold"]
            days = own_days(case, person_id).union({contents.made_on}, *disclosed)
            found = forbidden_in_answer(case, person_id, days)
            typed = [text for each in contents.items for text in each.typed]
        case _:
            is_pack = contents.kind == PACK
            found = [*forbidden_in_pack(case, decision, definition())] if is_pack else forbidden_in_notice(case)
            return found, typed_leaks(said_in(contents), found)
    named = typed_leaks(typed, names_alone(case, person_id))
    return found, named + typed_leaks(said_in(contents), [*found, *names_turned_round(case, person_id)])
