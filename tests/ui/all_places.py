"""Every place of the window, and the way there, for tests that look at all of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from spr_desktop.casework.competing import COMPETING, as_setting
from spr_desktop.casework.retention import choose_rule, hold_case, read_rule
from spr_desktop.records.people import CaseOpened
from spr_desktop.records.record import Record
from spr_desktop.records.safety import SafetyConversation, SafetyInformation
from spr_desktop.records.values import When
from tests.vaults import NOT_READY, READY
from ui.form_texts import FORMS
from ui.where import Where
from ui.window import Window

Go = Callable[[Window], None]
PAST: Final = "PAST-0001"
"""A family of which the time has passed."""


def _older(window: Window) -> None:
    from spr_desktop.casework.older_copy import OlderCopy
    from ui.places.unlock import Unlock

    window.lock_now()
    assert isinstance(window.place, Unlock)
    seen, ends = datetime(2026, 11, 21, 16, 30, tzinfo=UTC), datetime(2026, 11, 19, 9, 5, tzinfo=UTC)
    window.place._ask_about(OlderCopy(3, 2, seen, ends))


def _stopped(window: Window) -> None:
    told = SafetyInformation(category="domestic_abuse", about=("a",), source="police notice")
    window.caseload.record(NOT_READY, [told], happened_on=date.today())
    window.go(Where("stopped", {"case_ref": NOT_READY}))


def _stopped_family(window: Window) -> None:
    _stopped(window)
    window.show_family(NOT_READY)


def _finished(window: Window) -> None:
    talk = window.caseload.case(READY).ever(SafetyConversation)[0]
    window.go(Where("finished_conversation", {"case_ref": READY, "record_id": talk.id}))


def _history(window: Window) -> None:
    plan = next(each for each in window.caseload.records(READY) if each.kind == "plan")
    window.show_history(READY, plan.id)


def _part_of_family(part: int) -> Go:
    def go(window: Window) -> None:
        window.show_family(READY)
        window.place.stand({"part": part})

    return go


def compete(window: Window, case_ref: str = READY) -> None:
    """Let two records of a family compete, as they do after families were merged."""
    caseload = window.caseload
    person = caseload.case(case_ref).people["a"].body
    made = [
        caseload.record(case_ref, [replace(person, preferred_name=name)], happened_on=date.today())[0]
        for name in ("Joan", "Joanna")
    ]
    caseload.vault.set_setting(COMPETING, as_setting({case_ref: [frozenset(each.id for each in made)]}))


def _competing(window: Window) -> None:
    compete(window)
    window.go(Where("competing", {"case_ref": READY}))


def _family_competing(window: Window) -> None:
    compete(window)
    window.show_family(READY)


def _today_competing(window: Window) -> None:
    compete(window)
    window.show_today()


def _leave(window: Window) -> None:
    window.show_parent(NOT_READY, "a")
    window.go(Where("leave_parent", {"case_ref": NOT_READY, "person_id": "a"}))


def _questions(window: Window) -> None:
    from ui.places.conversation import Conversation

    window.show_conversation(NOT_READY, "a")
    assert isinstance(window.place, Conversation)
    window.place._fields["tool"].restore("built_in")
    window.place.stand({"page": 1})


def _end_of_conversation(window: Window) -> None:
    window.show_conversation(NOT_READY, "a")
    window.place.stand({"page": 14})


def _document(kind: str, person_id: str | None) -> Go:
    return lambda window: window.go(Where("document", {"case_ref": READY, "kind": kind, "person_id": person_id}))


def _try_sheet(window: Window) -> None:
    window.caseload.vault.set_setting("recovery_sheet_proven_on", "2020-01-01")
    window.show_today()


def _salvage(window: Window) -> None:
    folder = window.caseload.vault.folder
    window.lock_now()
    window.show_salvage(folder)


def _signature(window: Window) -> None:
    from ui.places.record_form import RecordForm

    window.show_form(NOT_READY, "agreement", {"person_id": "a"})
    assert isinstance(window.place, RecordForm)
    next(each for each in window.place._form.fields if each.name == "method").restore("signed_on_screen")


def _past_its_time(window: Window) -> None:
    """A family of which the last record is old, one that is held, and a rule."""
    on = date(2012, 5, 3)
    opened = Record(
        id="00000000-0000-4000-8000-000000000001",
        happened_on=When(on),
        recorded_at=datetime(2012, 5, 3, 12, tzinfo=UTC),
        recorded_by="J. Outreach",
        body=CaseOpened(organisation="Example Outreach"),
    )
    window.caseload.keep({PAST: [opened]}, date.today())
    choose_rule(window.caseload, read_rule("CASE+6"), "Retention schedule, line 12", date.today())
    hold_case(window.caseload, NOT_READY, "court", date(2030, 1, 1), date.today())


def _keeping(window: Window) -> None:
    _past_its_time(window)
    window.go(Where("keeping"))


def _disposing(window: Window) -> None:
    _past_its_time(window)
    window.go(Where("disposing", {"case_refs": [PAST]}))


PLACES: Final[dict[str, Go]] = {
    "unlock": lambda window: window.lock_now(),
    "unlock_older": _older,
    "hidden": lambda window: window.hide_and_lock(),
    "create": lambda window: window.show_create(Path("new")),
    "today": lambda window: window.show_today(),
    "today_try_sheet": _try_sheet,
    "families": lambda window: window.show_families(),
    "new_family": lambda window: window.show_new_family(),
    "family": lambda window: window.show_family(NOT_READY),
    "family_ready": lambda window: window.show_family(READY),
    "family_stopped": _stopped_family,
    "family_chronology": _part_of_family(1),
    "family_wraparound": _part_of_family(2),
    "family_documents": _part_of_family(3),
    "family_picture": _part_of_family(4),
    "parent": lambda window: window.show_parent(NOT_READY, "a"),
    "leave_parent": _leave,
    "conversation": lambda window: window.show_conversation(NOT_READY, "a"),
    "conversation_questions": _questions,
    "conversation_end": _end_of_conversation,
    "sign_off": lambda window: window.go(Where("sign_off", {"case_ref": NOT_READY, "person_id": "b"})),
    "finished_conversation": _finished,
    "stopped": _stopped,
    "check": lambda window: window.show_check(NOT_READY),
    "history": _history,
    "pack": lambda window: window.show_pack(READY),
    "check_document": lambda window: window.go(Where("check_document")),
    "document_copy": _document("parent-copy", "a"),
    "document_audit": _document("case-audit", None),
    "review": lambda window: window.go(Where("review", {"case_ref": READY, "person_id": "a"})),
    "hand_overs": lambda window: window.go(Where("hand_overs")),
    "hand_over": lambda window: window.go(Where("hand_over", {"case_ref": READY})),
    "receive": lambda window: window.go(Where("receive")),
    "competing": _competing,
    "family_competing": _family_competing,
    "today_competing": _today_competing,
    "register": lambda window: window.show_register(),
    "report": lambda window: window.show_report(),
    "library": lambda window: window.show_library(),
    "settings": lambda window: window.show_settings(),
    "keeping": _keeping,
    "keeping_without_a_rule": lambda window: window.go(Where("keeping")),
    "disposing": _disposing,
    "prove": lambda window: window.show_prove(),
    "activity": lambda window: window.go(Where("activity")),
    "restore": lambda window: window.show_restore([window.caseload.vault.folder]),
    "salvage": _salvage,
    "find": lambda window: window.show_find(),
    "shortcuts": lambda window: window.show_shortcuts(),
    "form_agreement_signature": _signature,
} | {f"form_{kind}": lambda window, kind=kind: window.show_form(NOT_READY, kind, {}) for kind in FORMS}
