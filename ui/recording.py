"""What may be recorded about whom: the menus of the family's and the parent's page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any, Final

from PySide6.QtWidgets import QMenu, QPushButton

from spr_desktop.records.case import Case
from ui.form_texts import FORMS
from ui.next_steps import prepared, starting_referral

ABOUT_A_PARENT: Final = (
    "contact_point",
    "agreement",
    "privacy_notice",
    "sharing_basis",
    "readiness",
    "wraparound",
    "touch_point",
    "wants_without_children",
    "need",
    "course",
    "outcome_measure",
)
ABOUT_A_CHILD: Final = ("child_voice", "child_agreement", "sharing_basis")
ABOUT_THE_FAMILY: Final = {
    "What happened": ("note", "significant_event", "life_event", "session", "referral_progress"),
    "People and family": ("person", "relationship", "parental_responsibility", "plan", "court_matter", "need"),
    "Safety": ("safety_information", "advice", "safety_action", "confidential_words", "contact_triage"),
    "Pathway": (
        "referral",
        "conflict_profile",
        "universal_offer",
        "suitability",
        "lead_professional",
    ),
}

Open = Callable[[str, Mapping[str, Any], Mapping[str, Any]], None]
"""Opens a form: the kind, what is given, what is filled in for a start."""


def menu_button(text: str, spoken: str, groups: Mapping[str, Iterable[str]], open_form: Open) -> QPushButton:
    """A button that opens a menu of forms, in groups where there is more than one."""
    made = QPushButton(text)
    made.setAccessibleName(spoken)
    made.setProperty("opens", True)
    menu = QMenu(made)
    menu.setAccessibleName(spoken)
    for title, kinds in groups.items():
        into = menu.addMenu(title) if len(groups) > 1 else menu
        for kind in kinds:
            into.addAction(FORMS[kind].title, partial(open_form, kind, {}, {}))
    made.setMenu(menu)
    return made


def begun(kind: str, person_id: str | None, case: Case, service: str | None) -> tuple[dict[str, Any], dict[str, Any]]:
    """What is given and filled in when a form is opened about somebody, or about the family."""
    given, starting = prepared(kind, service)
    about = FORMS[kind].about
    if person_id and about:
        given = given | {about: person_id}
    if kind == "referral":
        starting = starting_referral(case)
    return given, starting
