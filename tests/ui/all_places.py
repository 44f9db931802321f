"""Every place of the window, and the way there, for tests that look at all of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from spr_desktop.records.safety import SafetyConversation, SafetyInformation
from tests.vaults import NOT_READY, READY
from ui.form_texts import FORMS
from ui.where import Where
from ui.window import Window

Go = Callable[[Window], None]


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


def _signature(window: Window) -> None:
    from ui.places.record_form import RecordForm

    window.show_form(NOT_READY, "agreement", {"person_id": "a"})
    assert isinstance(window.place, RecordForm)
    next(each for each in window.place._form.fields if each.name == "method").restore("signed_on_screen")


PLACES: Final[dict[str, Go]] = {
    "unlock": lambda window: window.lock_now(),
    "unlock_older": _older,
    "hidden": lambda window: window.hide_and_lock(),
    "create": lambda window: window.show_create(Path("new")),
    "today": lambda window: window.show_today(),
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
    "register": lambda window: window.show_register(),
    "report": lambda window: window.show_report(),
    "library": lambda window: window.show_library(),
    "settings": lambda window: window.show_settings(),
    "find": lambda window: window.show_find(),
    "shortcuts": lambda window: window.show_shortcuts(),
    "form_agreement_signature": _signature,
} | {f"form_{kind}": lambda window, kind=kind: window.show_form(NOT_READY, kind, {}) for kind in FORMS}
