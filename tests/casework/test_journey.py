"""The journey: every state of every stage, and what a parent's page may show of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from spr_desktop.casework.journey import OUTSTANDING, Stage, journey, seen_from
from spr_desktop.pathway.check import check
from spr_desktop.pathway.definition import definition
from spr_desktop.pathway.result import CASE, Decision, Outcome, RuleResult
from spr_desktop.records.case import Case
from tests.cases import CASE_REF, MANAGER, TODAY, Family, PlainRecord

DOCUMENT: PlainRecord = {"document_id": "d", "document": "referral-pack", "sha256": "00", "pathway_version": "1"}
NAMES = ("Jo", "Sam", "Kit", "Example", "Sample", "Wren", "Ash")
CODES = ["suitability", "readiness", "child_voice", "agreement", "wraparound", "ready", "sent", "in_service"]


def stages_of(family: Family) -> tuple[Stage, ...]:
    return journey(Case(CASE_REF, family.records(), family.as_of), family.check())


def states(family: Family) -> dict[str, str]:
    """Each stage and its state; a conversation with its parent."""
    return {f"{each.code} {each.person_id}" if each.person_id else each.code: each.state for each in stages_of(family)}


def made(family: Family) -> None:
    family.add("document_made", -3, **DOCUMENT)


def sent(family: Family) -> None:
    made(family)
    family.add("referral_progress", -2, step="sent")


def begun(family: Family) -> None:
    sent(family)
    for day, step in ((-2, "spr_discussion"), (-2, "accepted"), (-1, "initial_assessment"), (0, "started")):
        family.add("referral_progress", day, step=step)


def missed(family: Family) -> None:
    begun(family)
    family.add(
        "session",
        -1,
        session_id="s",
        number=1,
        service="mediation",
        planned_for=f"{family.day(0)}T10:30",
        attendees=["a"],
        state="attended",
    )


def declined(family: Family) -> None:
    sent(family)
    family.add("referral_progress", 0, step="declined")


def unanswered(family: Family) -> None:
    family.add("document_made", -60, **DOCUMENT)
    family.add("referral_progress", -50, step="sent")


def caution_before_agreement(family: Family) -> None:
    family.change("readiness", "a", sees_child_view="partly")
    family.drop("agreement", "a")


def in_therapy(family: Family) -> None:
    family.change("suitability", "therapy", "b", value="yes")


def abused_later(family: Family) -> None:
    begun(family)
    family.add("safety_information", 0, category="domestic_abuse", about=["a"], source="police")


def abused(family: Family) -> None:
    family.change("safety_conversation", "b", practitioner_outcome="domestic_abuse_indicated")


def known_to_nobody(family: Family) -> None:
    family.change("wraparound", "a", known_to_parent="no")


def accepted(family: Family) -> None:
    known_to_nobody(family)
    family.add("caution_accepted", 0, rule="E03", subject="a", reason="They met.", oversight_by=MANAGER)


def nobody_committed_or_agreed(family: Family) -> None:
    family.drop("wraparound", "a")
    family.drop("agreement", "a")


TABLE: dict[str, tuple[Callable[[Family], object], dict[str, str]]] = {
    "ready": (lambda family: None, {"conversation a": "done", "ready": "done", "sent": "now", "in_service": "waiting"}),
    "nobody spoke to one parent": (
        lambda family: family.drop("safety_conversation", "b"),
        {"conversation a": "done", "conversation b": "now", "suitability": "done", "ready": "waiting"},
    ),
    "screened too long ago": (
        lambda family: family.move("safety_conversation", "a", on=-80),
        {"conversation a": "now", "conversation b": "done"},
    ),
    "a parent is in therapy": (
        lambda family: family.change("suitability", "therapy", "a", value="yes"),
        {
            "conversation a": "done",
            "suitability": "stopped",
            "readiness": "done",
            "ready": "waiting",
            "sent": "waiting",
        },
    ),
    "a check is missing": (lambda family: family.drop("suitability", "public_law"), {"suitability": "now"}),
    "no readiness": (lambda family: family.drop("readiness", "a"), {"readiness": "now", "ready": "waiting"}),
    "no child heard": (lambda family: family.drop("child_voice"), {"child_voice": "now"}),
    "no agreement": (lambda family: family.drop("agreement", "a"), {"agreement": "now"}),
    "agreement withdrawn": (
        lambda family: family.change("agreement", "a", agreed="withdrawn"),
        {"agreement": "stopped", "sent": "waiting"},
    ),
    "no wrap-around": (lambda family: family.drop("wraparound", "a"), {"wraparound": "now"}),
    "what is done first does not stand first": (
        nobody_committed_or_agreed,
        {"agreement": "waiting", "wraparound": "now", "ready": "waiting"},
    ),
    "a caution": (known_to_nobody, {"wraparound": "attention", "ready": "waiting", "sent": "waiting"}),
    "a caution accepted": (accepted, {"wraparound": "done", "ready": "done", "sent": "now"}),
    "a caution, and something missing after it": (
        caution_before_agreement,
        {"readiness": "attention", "agreement": "now", "ready": "waiting"},
    ),
    "a pack was made": (made, {"ready": "done", "sent": "now"}),
    "sent": (sent, {"sent": "done", "in_service": "now"}),
    "declined": (
        declined,
        {"sent": "attention", "in_service": "waiting"},
    ),
    "no answer for weeks": (
        unanswered,
        {"ready": "done", "sent": "attention"},
    ),
    "begun": (begun, {"sent": "done", "in_service": "done"}),
    "no touch point before a session": (missed, {"in_service": "attention"}),
    "abuse": (abused, {"conversation a": "done", "conversation b": "stopped"} | dict.fromkeys(CODES, "stopped")),
    "abuse after work began": (
        abused_later,
        {"conversation a": "done", "conversation b": "done"} | dict.fromkeys(CODES, "stopped"),
    ),
}


@pytest.mark.parametrize("name", TABLE)
def test_a_stage_has_the_state_that_its_rules_give(name: str) -> None:
    change, expected = TABLE[name]
    family = Family()
    change(family)
    found = states(family)
    assert {stage: found[stage] for stage in expected} == expected
    assert list(found.values()).count("now") <= 1


@pytest.mark.parametrize("name", TABLE)
def test_no_line_names_anybody(name: str) -> None:
    family = Family()
    TABLE[name][0](family)
    for stage in stages_of(family):
        assert stage.line
        assert not any(each in stage.line for each in NAMES), stage


def test_a_case_without_people_begins_with_recording_them() -> None:
    stages = journey(Case(CASE_REF, [], TODAY), check(CASE_REF, [], TODAY))
    assert [each.code for each in stages] == ["conversation", *CODES]
    assert [each.state for each in stages] == ["now", *["waiting"] * 8]


def test_what_was_sent_is_still_told_after_a_stop() -> None:
    family = Family()
    sent(family)
    abused(family)
    stage = next(each for each in stages_of(family) if each.code == "sent")
    assert "Sent on 20 November 2026" in stage.line


def result(rule: str, subject: str, outcome: Outcome) -> RuleResult:
    return RuleResult(
        rule=rule,
        subject=subject,
        outcome=outcome,
        kind=None,
        accepted=False,
        urgent=False,
        needs_manager=False,
        timing=None,
        due_on=None,
        reason="R.",
        next_step="N.",
        source="S",
        records=(),
    )


@pytest.mark.parametrize("rule", sorted(definition().rules))
@pytest.mark.parametrize("subject", ["a", CASE])
def test_every_rule_in_the_way_shows_at_a_stage(rule: str, subject: str) -> None:
    family = Family()
    sent(family)
    case = Case(CASE_REF, family.records(), family.as_of)
    usual = family.check()
    results = [each for each in usual.rules if (each.rule, each.subject) != (rule, subject)]
    decision = Decision(
        case_ref=CASE_REF,
        as_of=usual.as_of,
        pathway=usual.pathway,
        pathway_version=usual.pathway_version,
        pathway_sha256=usual.pathway_sha256,
        service=usual.service,
        rules=(*results, result(rule, subject, "not_yet")),
    )
    in_the_way = [each for each in journey(case, decision) if "R." in each.line]
    assert len(in_the_way) == 1
    assert in_the_way[0].state != "done"


# What a parent's page shows


@pytest.mark.parametrize("name", TABLE)
@pytest.mark.parametrize("person", ["a", "b"])
def test_a_parents_page_shows_no_judgement_and_nothing_of_the_other(name: str, person: str) -> None:
    family = Family()
    TABLE[name][0](family)
    for stage in seen_from(stages_of(family), person):
        assert stage.person_id in (None, person)
        assert stage.state in ("done", "now", "waiting")
        allowed = ("Done.", OUTSTANDING, "Something is still to do with this parent.")
        assert stage.line in allowed or stage.line.startswith("Held on "), stage.line
        assert not stage.waits_for


@pytest.mark.parametrize("change", [abused, in_therapy])
def test_a_stop_because_of_the_other_parent_is_only_something_outstanding(change: Callable[[Family], None]) -> None:
    family = Family()
    change(family)
    seen = {each.code: each.line for each in seen_from(stages_of(family), "a")}
    assert seen["conversation"].startswith("Held on ")
    assert seen["readiness"] == "Done."
    assert seen["ready"] == OUTSTANDING


def test_a_stop_by_safety_undoes_no_stage_on_a_parents_page() -> None:
    """A page that changed everywhere at once would tell of it."""
    before, after = Family(), Family()
    abused(after)
    changed = zip(seen_from(stages_of(before), "a"), seen_from(stages_of(after), "a"), strict=True)
    assert [one.code for one, other in changed if one.is_reached != other.is_reached] == ["ready"]


def test_an_outstanding_conversation_with_somebody_else_is_a_step_of_nobody() -> None:
    family = Family()
    family.drop("safety_conversation", "b")
    seen = seen_from(stages_of(family), "a")
    assert [each.code for each in seen][:2] == ["conversation", "another_step"]
    assert seen[1].line == OUTSTANDING
    assert "another_step" not in {each.code for each in seen_from(stages_of(Family()), "a")}


def test_a_conversation_that_is_to_be_held_again_is_still_to_do_with_this_parent() -> None:
    family = Family()
    family.move("safety_conversation", "a", on=-80)
    assert seen_from(stages_of(family), "a")[0].line == "Something is still to do with this parent."


def test_a_parents_own_steps_are_told_from_those_of_others() -> None:
    family = Family()
    family.drop("readiness", "a")
    family.drop("agreement", "b")
    seen = {each.code: each.line for each in seen_from(stages_of(family), "a")}
    assert seen["readiness"] == "Something is still to do with this parent."
    assert seen["agreement"] == OUTSTANDING
