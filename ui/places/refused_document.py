"""Why a document was not made, and the way to what is to be mended: never a refusal without a next step."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Final

from PySide6.QtWidgets import QPushButton, QWidget

from spr_desktop.casework.failures import Family, family_of
from spr_desktop.casework.making import ACCESS, BRIEF
from spr_desktop.casework.mending import Refusal, refusal
from spr_desktop.casework.words import day_text
from ui.desk import Desk
from ui.failures import sentence
from ui.on_record import open_record
from ui.parts import button, card, label, row
from ui.sayings import title_of
from ui.where import Where
from ui.wrapping import wrapping

_MEND: Final = (
    "Change the words in the record that they came from, then make the document again. There is no way around this: "
    "it keeps one person's details from reaching another."
)
_NOT_FOUND: Final = "Look through what was typed for these pages."
_DECIDE: Final = "Go back to the review, and remove those parts or leave the record out."


def refused(
    desk: Desk, error: Exception, case_ref: str, kind: str, person_id: str | None
) -> tuple[list[QWidget], QPushButton]:
    """What is said, and the button that comes first."""
    leaked = refusal(error)
    if leaked:
        ways = _ways(desk, case_ref, leaked, person_id if kind == ACCESS else None)
        said = _said_of_leaks(leaked, ways, _DECIDE if kind == ACCESS else _MEND)
        if kind == ACCESS and not ways:
            ways = [_review(desk, case_ref, person_id)]
            said.append(row(*ways))
    else:
        ways = _way_onwards(desk, error, case_ref, kind, person_id)
        said = [label(_why(error)), *([wrapping(*ways)] if ways else [])]
    back = button("Back to the family", lambda: desk.show_family(case_ref))
    return [*said, row(back)], [*ways, back][0]


def _why(error: Exception) -> str:
    """What stands below the title, which says already that nothing was made."""
    family, reasons = family_of(error)
    return reasons if family is Family.NOT_MADE and reasons else sentence(error)


def _way_onwards(desk: Desk, error: Exception, case_ref: str, kind: str, person_id: str | None) -> list[QPushButton]:
    family = family_of(error)[0]
    if family is Family.REFUSED:
        return [button("See what stands in the way", lambda: desk.show_check(case_ref), "main")]
    if family is Family.NOT_MADE and kind == ACCESS:
        return [_review(desk, case_ref, person_id)]
    if family is Family.NOT_MADE and kind == BRIEF:
        about = {"for_person": person_id}
        return [button("Record wrap-around support", lambda: desk.show_form(case_ref, "wraparound", {}, about), "main")]
    return []


def _review(desk: Desk, case_ref: str, person_id: str | None) -> QPushButton:
    about = {"case_ref": case_ref, "person_id": person_id}
    return button("Go to the review", lambda: desk.go(Where("review", about)), "main")


def _ways(desk: Desk, case_ref: str, leaked: Refusal, reviewed: str | None) -> list[QPushButton]:
    """To the records that are to be mended, or decided about again in the review of what somebody asked to see."""
    case = desk.caseload.case(case_ref, date.today())
    made = []
    for each in case.records:
        if each.id in leaked.records:
            words = f"{title_of(each.kind)}, {day_text(each.happened_on.day)}"
            about = {"case_ref": case_ref, "person_id": reviewed, "record_id": each.id}
            go = partial(desk.go, Where("review", about)) if reviewed else partial(open_record, desk, case, each.id)
            made.append(button(words, go, "link", name=f"Mend the record: {words}"))
    return made


def _said_of_leaks(leaked: Refusal, ways: list[QPushButton], what_to_do: str) -> list[QWidget]:
    found: list[QWidget] = [label("It seems to stand here:", "label")] if ways else [label(_NOT_FOUND)]
    return [
        label("Its pages would hold what their reader must not see. Nothing was written."),
        card(label("Where, and what kind of detail", "heading"), *(label(each) for each in leaked.places)),
        card(label("What to do", "heading"), label(what_to_do), *found, *(row(each) for each in ways)),
    ]
