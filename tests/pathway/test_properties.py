"""The six properties that hold for any case (pathway.md section 5)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from random import Random
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spr_desktop.pathway.check import check
from spr_desktop.pathway.definition import definition
from spr_desktop.pathway.result import SEVERITY, Decision
from spr_desktop.records.case import Case
from spr_desktop.records.kinds import fields_of
from spr_desktop.records.record import AnyRecord
from tests.cases import CASE, CASE_REF, TODAY, Family, PlainRecord
from tests.pathway.generated_cases import AROUND, PEOPLE, SERVICES, Generated, cases
from tests.pathway.test_decision import DECISION_KEYS, RULE_KEYS
from tests.pathway.test_wording import sentences
from tests.records.generated import Plain, documents, over
from tests.records.reading import read


def decide(records: tuple[AnyRecord, ...], case: Generated) -> Decision:
    """What the pathway says of records on the day of a case."""
    return check(CASE_REF, records, case.family.as_of, case.service)


# Total


@over(250)
@given(documents(), st.dates(), st.sampled_from([None, *SERVICES]))
def test_any_document_gives_a_decision(document: Plain, as_of: date, service: str | None) -> None:
    records = read(document).records
    decision = check(document["case_ref"], records, as_of, service)
    assert decision.outcome in SEVERITY
    assert decision.outcome != "pass"


@pytest.mark.parametrize("as_of", [date.min, date.max])
@pytest.mark.parametrize("service", SERVICES)
def test_the_first_and_the_last_day_of_the_calendar_give_a_decision(as_of: date, service: str) -> None:
    family = Family(service)
    family.add(
        "session",
        "9999-12-31",
        session_id="s",
        number=1,
        service=service,
        planned_for="9999-12-31T23:59",
        state="planned",
    )
    family.add("person", "0001-01-01", person_id="c3", role="child", given_names="Mo", date_of_birth="9999-12-31")
    family.add("referral_progress", "9999-12-31", step="accepted")
    family.add("referral_progress", "0001-01-01", step="sent")
    assert check(CASE_REF, family.records(), as_of).outcome != "pass"


# Monotone


def _risks(person: str, matter: str, service: str | None) -> list[tuple[str, PlainRecord]]:
    """Records that only add risk."""
    talk: PlainRecord = {"person_id": person, "tool": "built_in", "alone": "yes"}
    advice = {"about": "safety", "from": "M", "role": "other", "content": ""}
    agreement = {
        "person_id": person,
        "service": service or "mediation",
        "wishes_to_access": "no",
        "given_alone": "no",
        "method": "phone",
    }
    information = ("domestic_abuse", "controlling_behaviour", "protective_order", "marac_or_hrda", "open_police_matter")
    return [
        *(
            ("safety_information", {"category": category, "about": [person], "source": "school"})
            for category in (*information, "past_domestic_abuse")
        ),
        *(("advice", advice | {"says": says}) for says in ("do_not_go_ahead", "find_out_more")),
        *(
            ("safety_conversation", talk | {"state": state, "answers": {question: {"value": "recent"}}})
            for state in ("incomplete", "completed")
            for question in ("B1", "E2")
        ),
        ("safety_conversation", talk | {"state": "incomplete", "answers": {"L1": {"value": "recent"}}}),
        ("safety_conversation", talk | {"state": "completed", "practitioner_outcome": "domestic_abuse_indicated"}),
        ("safety_conversation", talk | {"state": "incomplete", "observations": ["N4"]}),
        ("safety_conversation", talk | {"state": "declined"}),
        *(("life_event", {"category": "incident", "safety_relevant": value}) for value in ("yes", "not_known")),
        *(
            ("court_matter", {"matter_id": matter, "law": law, "state": state, "about_current_children": "yes"})
            for law in ("public", "private", "protective", "not_known")
            for state in ("contemplated", "live", "concluded", "not_known")
        ),
        *(("agreement", agreement | {"agreed": agreed}) for agreed in ("no", "withdrawn")),
        ("suitability", {"check": "public_law", "value": "yes"}),
        *(
            ("suitability", {"check": name, "person_id": person, "value": "yes"})
            for name in ("active_crisis", "therapy")
        ),
    ]


@over(150)
@given(cases(), st.data())
def test_a_record_that_only_adds_risk_never_improves_the_outcome(case: Generated, data: st.DataObject) -> None:
    family = case.family
    before = family.check(case.service)
    known = [person for person in PEOPLE if person in Case(CASE_REF, family.records()).people]
    for _ in range(4):
        kind, body = data.draw(st.sampled_from(_risks(data.draw(st.sampled_from(known)), "another", before.service)))
        family.add(kind, data.draw(st.sampled_from(AROUND)))
        family.entries[-1]["body"] = body
        after = family.check(case.service)
        assert SEVERITY[after.outcome] >= SEVERITY[before.outcome]
        assert before.ready or not after.ready
        family.entries.pop()


@over(150)
@given(cases(), st.data())
def test_a_correction_never_takes_a_stop_of_safety_away(case: Generated, data: st.DataObject) -> None:
    family = case.family
    stops = [
        each
        for each in family.check(case.service).rules
        if each.outcome == "stop" and each.rule in ("A05", "A06", "A09", "A12")
    ]
    resting_on = sorted({record for each in stops for record in each.records})
    if not resting_on:
        return
    stopping = data.draw(st.sampled_from(resting_on))
    old = next(each for each in family.entries if each["id"] == stopping)
    family.add(old["kind"], old["happened_on"][:10], "23:59", supersedes=(old["id"],))
    harmless: PlainRecord = {
        "category": "other_concern",
        "answers": {},
        "observations": [],
        "practitioner_outcome": "harmful_conflict",
    }
    harmless |= {"new_safety_information": "no", "worry": "none", "says": "find_out_more", "state": "completed"}
    family.entries[-1]["body"] = {name: harmless.get(name, value) for name, value in old["body"].items()}
    assert family.check(case.service).outcome == "stop"


# Order-free


@over(150)
@given(cases(), st.randoms(use_true_random=False))
def test_the_order_in_which_records_arrive_does_not_matter(case: Generated, random: Random) -> None:
    records = case.family.records()
    decision = decide(records, case)
    assert decide(records[::-1], case) == decision
    assert decide(tuple(random.sample(records, len(records))), case) == decision


# Unknown-averse


def _unknown(record: AnyRecord) -> Iterator[AnyRecord]:
    """The record with each yes or no in it replaced by not_known."""
    for each in fields_of(type(record.body)).values():
        value = getattr(record.body, each.attribute)
        if value in ("yes", "no") and "not_known" in _choices(each.type):
            yield replace(record, body=replace(record.body, **{each.attribute: "not_known"}))


def _choices(hint: Any) -> set[Any]:
    return {hint} if isinstance(hint, str) else {choice for part in get_args(hint) for choice in _choices(part)}


@over(60)
@given(cases())
def test_a_fact_that_becomes_unknown_never_makes_a_case_pass(case: Generated) -> None:
    records = case.family.records()
    if decide(records, case).outcome == "pass":
        return
    superseded = Case(CASE_REF, records, case.family.as_of).superseded
    for number, record in enumerate(records):
        if record.id not in superseded:
            for unknown in _unknown(record):
                assert decide((*records[:number], unknown, *records[number + 1 :]), case).outcome != "pass", record


@pytest.mark.parametrize("service", SERVICES)
def test_a_fact_that_becomes_unknown_in_a_ready_family_is_never_better_than_its_opposite(service: str) -> None:
    tried = 0
    family = Family(service)
    for entry in family.entries:
        for name, value in entry["body"].items():
            if value in ("yes", "no") and name not in ("agreed", "agrees", "wants_to_take_part"):
                outcomes = []
                for other in ({"yes": "no", "no": "yes"}[value], "not_known"):
                    entry["body"][name] = other
                    outcomes.append(family.check().outcome)
                entry["body"][name] = value
                assert outcomes[0] == "pass" or outcomes[1] != "pass", (entry["kind"], name)
                tried += 1
    assert tried > 40


@pytest.mark.parametrize(
    ("question", "answer"), [("B3", "yes"), ("C1", "no"), ("H3", "yes"), ("I4", "yes"), ("M2", "yes")]
)
@pytest.mark.parametrize("tool", ["spr_safety_net", "built_in"])
def test_an_answer_that_becomes_unknown_never_makes_a_case_pass(question: str, answer: str, tool: str) -> None:
    family = Family()
    family.change("safety_conversation", "a", tool=tool, answers={question: {"value": answer}})
    assert family.check().outcome == "stop"
    family.change("safety_conversation", "a", answers={question: {"value": "not_known"}})
    assert family.check().outcome != "pass"


# Explained


@over(150)
@given(cases())
def test_every_entry_says_why_and_what_would_change_it_and_names_nobody(case: Generated) -> None:
    records = case.family.records()
    known = {each.id for each in records}
    names = {"Jo", "Sam", "Kit", "Bo", "Gran", "Example", "Sample", "Wren", "Ash", "Linden", "Outreach", *PEOPLE[2:]}
    for each in decide(records, case).rules:
        assert set(each.records) <= known
        assert len(set(each.records)) == len(each.records)
        assert each.source == definition().rules[each.rule].source
        assert each.subject == CASE or each.subject in PEOPLE
        assert sentences(each.reason) in (1, 2)
        assert sentences(each.next_step) in ((0,) if each.outcome == "pass" else (1, 2))
        assert bool(each.next_step) is (each.outcome != "pass")
        assert names.isdisjoint(re.findall(r"\w+", f"{each.reason} {each.next_step}"))


def test_what_is_against_a_family_names_the_records_that_say_so() -> None:
    family = Family()
    told = family.add("safety_information", -3, category="domestic_abuse", about=["a"], source="school")
    abuse = family.check().of("A05")
    assert abuse is not None
    assert abuse.records == (told,)


# Frozen


@over(60)
@given(cases())
def test_the_same_case_gives_the_same_decision_with_the_keys_of_the_contract(case: Generated) -> None:
    first = case.family.check(case.service)
    assert first == case.family.check(case.service)
    assert (first.pathway, first.pathway_version, first.pathway_sha256) == ("hampshire-spr", "1", definition().sha256)
    plain = first.plain()
    assert list(plain) == DECISION_KEYS
    assert all(list(each) == RULE_KEYS for each in plain["rules"])
    assert plain["outcome"] == max((each["outcome"] for each in plain["rules"]), key=lambda each: SEVERITY[each])


@over(100)
@given(cases())
def test_ready_means_that_nothing_stops_nothing_is_missing_and_every_caution_is_accepted(case: Generated) -> None:
    decision = case.family.check(case.service)
    outcomes = {(each.outcome, each.accepted) for each in decision.rules}
    assert decision.ready is (outcomes <= {("pass", False), ("caution", True)})
    assert all(each.outcome == "caution" or not each.needs_manager for each in decision.rules)
    assert all(each.outcome == "stop" or not each.urgent for each in decision.rules)
    assert all((each.kind is None) is (each.outcome != "stop") for each in decision.rules)


def test_a_ready_family_is_ready_on_any_of_the_days() -> None:
    for service in SERVICES:
        assert Family(service, TODAY).check().ready
