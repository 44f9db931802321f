"""What is due, as a person does it: what the one action is called, and where it leads with what is known already."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from spr_desktop.casework.drafts import draft
from spr_desktop.casework.due import WITHDRAW, WITHDRAWN, CaseDue
from spr_desktop.casework.making import NOTICE
from spr_desktop.records.case import Case
from spr_desktop.records.work import Referral, Session
from ui.desk import Desk
from ui.form_texts import FORMS
from ui.next_steps import contact_again, prepared
from ui.where import Where

_ACTIONS: Final = {
    "A10": "Repeat the conversation",
    "A13": "See what to do",
    "B01": "Record the check",
    "E06": "Record the touch point",
    "F08": "Ask again",
    "F10": "Re-confirm the contact",
    "G03": "Record the answer",
    "G04": "Record the answer",
    WITHDRAW: "Withdraw them",
    WITHDRAWN: "Record that it ended",
}
_OPEN: Final = "Open the family"


def action_words(rule: str) -> str:
    """What the one action is called."""
    return _ACTIONS.get(rule, _OPEN)


def notice_about(case_ref: str) -> Where:
    """Where packs of a family are withdrawn."""
    return Where("document", {"case_ref": case_ref, "person_id": None, "kind": NOTICE})


def take_way(desk: Desk, due: CaseDue) -> None:
    """Go where it is done; to the family's page where nothing shorter is known."""
    case_ref, line = due.case_ref, due.line
    if line.rule == "A10":
        desk.show_conversation(case_ref, line.subject)
        return
    if line.rule == "A13":
        desk.go(Where("stopped", {"case_ref": case_ref}))
        return
    if line.rule == WITHDRAW:
        desk.go(notice_about(case_ref))
        return
    case = desk.caseload.case(case_ref, date.today())
    form = _form(case, line.rule, line.subject, line.due_on)
    if form is None or form[0] not in FORMS:
        desk.show_family(case_ref)
        return
    kind, given, starting = form
    desk.show_form(case_ref, kind, given, starting)


def _form(case: Case, rule: str, person: str, due_on: date) -> tuple[str, dict[str, Any], dict[str, Any]] | None:
    if rule == "E06":
        return _touch_point(case, person, due_on)
    if rule == "F10":
        return "contact_point", *contact_again(case, person)
    if rule == "B01":
        return "suitability", {"check": "active_crisis", "person_id": person}, {}
    if rule == "F08":
        referral = case.latest(Referral)
        given, starting = prepared("agreement", referral.body.service if referral else None)
        return "agreement", given | {"person_id": person}, starting
    if rule == "G03":
        return "referral_progress", {}, {"step": "accepted"}
    if rule == WITHDRAWN:
        return "referral_progress", {}, {"step": "ended_early"}
    if rule == "G04":
        return "referral_progress", {}, {"step": "initial_assessment", "person_id": person}
    return None


def _touch_point(case: Case, person: str, planned_on: date) -> tuple[str, dict[str, Any], dict[str, Any]] | None:
    """With the session it belongs before."""
    for session in case.current(Session).values():
        if session.body.planned_for.day == planned_on and person in session.body.attendees:
            return "touch_point", {"session_id": session.body.session_id, "person_id": person}, {}
    return None


# Drafts


def open_draft(desk: Desk, name: str) -> bool:
    """Go to what was begun under a name; false where only the family's page leads there."""
    case_ref, kind, *values = name.split("/")
    if kind == "safety_conversation":
        desk.go(Where("sign_off", {"case_ref": case_ref, "person_id": values[0]}))
        return True
    if kind == "caution_accepted":
        desk.show_check(case_ref)
        return True
    begun = draft(desk.caseload, name)
    if kind not in FORMS or "given" not in begun:
        desk.show_family(case_ref)
        return False
    desk.show_form(case_ref, kind, begun["given"], None, begun["correcting"])
    return True
