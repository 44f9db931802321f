"""Rule A07: no question that could stop a referral was left open (pathway.md section 4 A)."""

from __future__ import annotations

from spr_desktop.pathway.facts import Facts
from spr_desktop.pathway.finding import Findings, not_yet, passes
from spr_desktop.pathway.questions import NOT_ANSWERED, QuestionSet, asked_from
from spr_desktop.records.record import AnyRecord
from spr_desktop.records.safety import SafetyConversation


def a07(facts: Facts) -> Findings:
    """Every question that applies and can stop has an answer."""
    for person, conversation in facts.screened_taking_part():
        body = conversation.body
        if body.question_set is None and body.tool != "built_in":
            continue
        asked = asked_from(body) if body.question_set else None
        if asked is None:
            yield not_yet(
                person,
                [conversation],
                "The questions of this conversation are not known to the program.",
                "Hold the conversation again with questions that it knows.",
            )
            continue
        accounts = facts.accounts(person)
        is_together = bool(accounts) and all(facts.is_told_as_together(each) for each in accounts)
        yield from _open_questions(person, body, asked, [conversation, *accounts], is_together)


def _open_questions(
    person: str,
    body: SafetyConversation,
    asked: QuestionSet,
    read: list[AnyRecord],
    is_together: bool,
) -> Findings:
    values = {
        each.id: each.read(body.answers[each.id].value) for each in asked.questions.values() if each.id in body.answers
    }
    left_open = [
        each.id
        for each in asked.questions.values()
        if each.can_stop
        and not (each.for_separated_only and is_together)
        and values.get(each.id, "not_asked") in NOT_ANSWERED
    ]
    if left_open:
        yield not_yet(
            person,
            read,
            f"{len(left_open)} questions that could show abuse have no answer yet."
            if len(left_open) > 1
            else "A question that could show abuse has no answer yet.",
            "Ask what was left open, with this parent alone.",
        )
    if values.get("J2") == "something_physical" and values.get("E1") == "no":
        yield not_yet(
            person,
            read,
            "The worst arguments turn physical, yet nothing physical ever happened: the two answers do not fit.",
            "Ask again, gently and alone, whether it ever turned physical.",
        )
    yield passes(person, read)
