"""Every next step of the pathway that is taken in the program leads to a form that can be filled in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from spr_desktop.pathway.result import RuleResult
from spr_desktop.records.case import Case
from tests.cases import CASE_REF, TODAY, Family
from ui.form_texts import FORMS
from ui.forms import Form, People
from ui.next_steps import CHECK, CONVERSATION, Way, way_to

ELSEWHERE = {"A04", "A05", "A06", "A12", "A21", "E05", "E07", "G03", "G04"}
"""Rules whose *not yet* is mended by what was recorded elsewhere, or outside the program."""

KINDS_TO_DROP = (
    "safety_conversation",
    "conflict_profile",
    "universal_offer",
    "plan",
    "child_voice",
    "suitability",
    "readiness",
    "wraparound",
    "contact_point",
    "sharing_basis",
    "privacy_notice",
    "agreement",
    "lead_professional",
    "parental_responsibility",
    "relationship",
    "referral",
)


def unready_families() -> Iterator[Family]:
    for service in ("mediation", "couple_support", "family_counselling"):
        for kind in KINDS_TO_DROP:
            family = Family(service)
            family.drop(kind)
            yield family


def ways() -> Iterator[tuple[RuleResult, Way | None, Case, str | None]]:
    for family in unready_families():
        decision = family.check()
        case = Case(CASE_REF, family.records(), TODAY)
        for result in decision.in_the_way:
            yield result, way_to(result, case, decision.service), case, decision.service


def test_every_step_leads_somewhere() -> None:
    lost = {result.rule for result, way, *_ in ways() if way is None and result.outcome != "stop"}
    assert lost - ELSEWHERE == set()


@pytest.mark.parametrize("kind", FORMS)
def test_every_form_can_be_opened_and_asks_for_what_it_needs(qtbot: QtBot, kind: str) -> None:
    form = Form(kind, People({"a": "Jo", "b": "Sam"}, {"c1": "Kit"}), {}, {})
    for field in form.fields:
        qtbot.addWidget(field)
        field.restore(field.typed())
    found = form.finish()
    assert isinstance(found, list)
    assert found


def test_every_way_opens_a_form(qtbot: QtBot) -> None:
    seen = set()
    for result, way, case, _service in ways():
        if way is None or way.kind in (CONVERSATION, CHECK) or (result.rule, way.kind) in seen:
            continue
        seen.add((result.rule, way.kind))
        people = People(
            {each.body.person_id: each.body.known_as for each in case.adults},
            {each.body.person_id: each.body.known_as for each in case.children},
        )
        form = Form(way.kind, people, way.given, {}, way.starting)
        for field in form.fields:
            qtbot.addWidget(field)
    assert len(seen) > 20


def test_who_holds_responsibility_is_asked_of_those_who_are_open_and_of_a_child_first() -> None:
    family = Family("mediation")
    family.drop("parental_responsibility")
    case = Case(CASE_REF, family.records(), TODAY)
    decision = family.check()
    (open_one,) = [each for each in decision.in_the_way if each.rule == "C06"]
    way = way_to(open_one, case, decision.service)
    assert way
    assert (way.kind, set(way.starting)) == ("parental_responsibility", {"child_id", "adult_id"})
    without = Case(CASE_REF, [each for each in family.records() if getattr(each.body, "role", "") != "child"], TODAY)
    way = way_to(open_one, without, decision.service)
    assert way
    assert (way.kind, way.starting, way.words) == ("person", {"role": "child"}, "Record a child")
