"""From a family that nobody knows yet to a sealed pack, by taking the one next step that the window shows each time."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from spr_desktop.records.people import ParentalResponsibility
from tests.ui.conftest import LONGEST, Driver
from ui.desk import Place
from ui.places.conversation import Conversation
from ui.places.document import DocumentPage
from ui.places.family import Family
from ui.places.record_form import RecordForm
from ui.places.sign_off import SignOff

WORKER = {"role": "support worker", "organisation": "Example Outreach"}
CONVERSATION = {
    "tool": "spr_safety_net",
    "alone": "yes",
    "interpreter": "none_needed",
}
JUDGEMENT = {
    "state": "completed",
    "practitioner_outcome": "harmful_conflict",
    "rationale": "Rows go both ways and end, and there is no fear in what is said.",
}
ANSWERS: dict[str, dict[str, Any]] = {
    "suitability": {"value": "no"},
    "conflict_profile": {"frequent": "yes", "intense": "yes", "poorly_resolved": "yes"},
    "universal_offer": {"item": "arguing_better", "result": "not_suitable_entrenched"},
    "plan": {"type": "none", "intervention_in_plan": "not_known", "closure_because_of_referral": "no"},
    "child_voice": {"how": "conversation", "wants_to_take_part": "yes"},
    "relationship": {"status": "separated_living_apart"},
    "parental_responsibility": {"held": "yes"},
    "readiness": {
        "wants_change": "yes",
        "freely_chosen": "yes",
        "pressure_from": "none",
        "sees_child_view": "yes",
        "open_to_another_professional": "yes",
    },
    "referral": {"service": "mediation"},
    "lead_professional": {"professional": {"name": "Linden Demo"} | WORKER},
    "privacy_notice": {"method": "read_aloud"},
    "agreement": {"agreed": "yes", "wishes_to_access": "yes", "given_alone": "yes", "method": "face_to_face"},
    "sharing_basis": {"article_6": "public_task", "policy_followed": "yes"},
    "contact_point": {
        "safe": "yes",
        "monitored_by_others": "no",
        "shared_with_other_parent": "no",
        "voicemail_ok": "no",
        "text_ok": "yes",
        "type": "mobile",
        "value": "07700 900123",
        "disclosure": "service_only",
    },
}


class Worker:
    """Somebody who does what the page says."""

    def __init__(self, driver: Driver) -> None:
        self.driver = driver
        self.window = driver.window
        self.people: dict[str, str] = {}

    def at(self, place: type[Place]) -> Place:
        self.driver.bot.waitUntil(lambda: isinstance(self.window.place, place), timeout=LONGEST)
        return self.window.place

    def fill(self, answers: dict[str, Any]) -> None:
        """Put answers into the form that is open, and save it."""
        place = self.at(RecordForm)
        assert isinstance(place, RecordForm)
        for field in place._form.fields:
            if field.name in answers:
                field.restore(answers[field.name])
        self.driver.press("Save")

    def person(self, role: str, name: str, born: str) -> None:
        case_ref = self.family.case_ref
        self.window.show_form(case_ref, "person", {"person_id": name.lower()})
        self.fill({"role": role, "given_names": name, "date_of_birth": born, "lives_in_area": "yes"})
        self.at(Family)

    @property
    def family(self) -> Family:
        place = self.at(Family)
        assert isinstance(place, Family)
        return place

    def take_the_next_step(self) -> None:
        """Press the one large button, and do what it asks."""
        button = self.family._main
        assert button is not None, "a family that is not ready shows what to do next"
        QTest.keyClick(button, Qt.Key.Key_Space)
        self.driver.bot.waitUntil(lambda: not isinstance(self.window.place, Family), timeout=LONGEST)
        if isinstance(self.window.place, Conversation):
            self.hold_the_conversation()
        elif isinstance(self.window.place, RecordForm):
            self.fill(self.answers(self.window.place))
        if not isinstance(self.window.place, DocumentPage):
            self.at(Family)

    def answers(self, place: RecordForm) -> dict[str, Any]:
        form = place._form
        answers = dict(ANSWERS.get(form.kind, {}))
        case = self.window.caseload.case(place.case_ref, date.today())
        if form.kind == "wraparound":
            name = f"{form._given['for_person'].title()}'s Demo"
            answers = {"practitioner": {"name": name} | WORKER, "known_to_parent": "yes", "outside_service": "yes"}
        if form.kind == "relationship":
            answers |= {"between": ["jo", "sam"], "according_to": "practitioner"}
        if form.kind == "parental_responsibility":
            first = case.latest(ParentalResponsibility, "kit", "jo") is None
            answers |= {"child_id": "kit", "adult_id": "jo" if first else "sam"}
        if form.kind == "contact_point":
            answers["confirmed_on"] = date.today().isoformat()
        return answers

    def hold_the_conversation(self) -> None:
        place = self.at(Conversation)
        assert isinstance(place, Conversation)
        for name, answer in CONVERSATION.items():
            place._fields[name].restore(answer)
        self.driver.leave_the_parent()
        sign_off = self.at(SignOff)
        assert isinstance(sign_off, SignOff)
        for name, answer in JUDGEMENT.items():
            sign_off._fields[name].restore(answer)
        self.driver.press("Finish and sign off")


def test_the_next_steps_lead_from_a_new_family_to_a_sealed_pack(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "pack.pdf"
    monkeypatch.setattr("ui.places.document.choose_where_to_save", lambda _parent, _name: target)
    driver.unlock()
    worker = Worker(driver)
    driver.window.show_family(driver.window.caseload.open_case(date.today()))
    worker.person("parent_carer", "Jo", "1990-01-01")
    worker.person("parent_carer", "Sam", "1990-01-01")
    worker.person("child", "Kit", "2014-01-01")
    for _ in range(40):
        worker.take_the_next_step()
        if isinstance(driver.window.place, DocumentPage):
            break
    pack = driver.window.place
    assert isinstance(pack, DocumentPage)
    driver.bot.waitUntil(lambda: pack.is_laid_out, timeout=LONGEST)
    for tick in pack._confirmed:
        tick.setChecked(True)
    QTest.keyClick(pack._seal, Qt.Key.Key_Space)
    driver.bot.waitUntil(target.exists, timeout=LONGEST)
    assert target.read_bytes().startswith(b"%PDF")
