"""The journey: the stages that a family goes through, each with its state and one line that names nobody.

The state of a stage follows from the rules that belong to it and from what was made, sent and begun. A stop by safety
stops every stage after the conversations, whatever had been reached.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from spr_desktop.casework.summary import in_order_of_work
from spr_desktop.casework.withdrawal_marks import to_be_ended_since
from spr_desktop.casework.words import day_text
from spr_desktop.pathway.result import SEVERITY, Decision, Outcome, RuleResult
from spr_desktop.records.case import Case
from spr_desktop.records.document_versions import newest_packs
from spr_desktop.records.record import Record
from spr_desktop.records.safety import SafetyConversation
from spr_desktop.records.work import ReferralProgress

StageState = Literal["done", "now", "waiting", "attention", "stopped"]
StageCode = Literal[
    "conversation",
    "suitability",
    "readiness",
    "child_voice",
    "agreement",
    "wraparound",
    "ready",
    "sent",
    "in_service",
    "another_step",
]

STATES: Final[dict[StageState, str]] = {
    "done": "done",
    "now": "to do now",
    "waiting": "later",
    "attention": "needs a look",
    "stopped": "stopped",
}
"""The state of a stage in words."""

OUTSTANDING: Final = "A required step is outstanding."
"""All that a parent's page says of what it must not show."""

_TITLES: Final[dict[StageCode, str]] = {
    "conversation": "Conversation",
    "suitability": "Suitability",
    "readiness": "Readiness",
    "child_voice": "Child's voice",
    "agreement": "Agreement",
    "wraparound": "Wrap-around",
    "ready": "Ready",
    "sent": "Sent",
    "in_service": "In service",
    "another_step": "Another step",
}
_RULES: Final[dict[StageCode, tuple[str, ...]]] = {
    "readiness": ("D01", "D02", "D03", "D04", "D05", "D06"),
    "child_voice": ("D07", "C12"),
    "agreement": ("F",),
    "wraparound": ("E01", "E02", "E03", "E04", "E05", "E07"),
    "sent": ("G02", "G03"),
    "in_service": ("E06", "G04"),
}
"""By stage: rules, or the letter of a group; what is listed nowhere belongs to the conversation or to suitability."""
_HELD: Final = frozenset({"A01", "A02", "A03", "A10", "A20"})
"""Whether a conversation was held as it should be; the others judge what was heard, which no parent's page shows."""

_FROM_THE_PACK_ON: Final = frozenset({"ready", "sent", "in_service"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One stage of the journey."""

    code: StageCode
    state: StageState
    line: str
    """One line of words; it names nobody."""
    person_id: str | None = None
    """The parent whose stage it is; None for a stage that all share."""
    is_reached: bool = False
    """Whether what the stage asks for is there, a stop elsewhere left aside: all that a parent's page may show."""
    waits_for: frozenset[str] = frozenset()
    """Ids of those with whom something is still to do."""

    @property
    def title(self) -> str:
        """What the stage is called."""
        return _TITLES[self.code]

    @property
    def state_words(self) -> str:
        """Its state in words."""
        return STATES[self.state]


def journey(case: Case, decision: Decision) -> tuple[Stage, ...]:
    """The stages in order: a conversation with each adult taking part, and then those that all share."""
    adults = _adults_taking_part(case, decision)
    found = [_conversation(case, decision, each) for each in adults] or [_nobody_yet()]
    found += [
        _suitability(decision, adults),
        _of_each_parent("readiness", decision, adults),
        _voice(case, decision, adults),
        _of_each_parent("agreement", decision, adults),
        _of_each_parent("wraparound", decision, adults),
        _ready(case, decision),
        _sent(case, decision),
        _in_service(case, decision),
    ]
    if any(each.kind == "safety" for each in decision.rules):
        found = [_stopped(each) if each.code != "conversation" else each for each in found]
    if to_be_ended_since(case):  # the sender withdrew it: nothing of the journey is to be done
        return tuple(found)
    return tuple(_with_now(found, _where_the_next_step_is(found, decision)))


def seen_from(stages: Sequence[Stage], person_id: str) -> tuple[Stage, ...]:
    """The journey as one parent's page shows it: no judgement, no stop, and nothing of another adult.

    Stages of others that are outstanding become one stage that says so of nobody; those that are done are left out.
    """
    seen: list[Stage] = []
    for each in stages:
        if each.person_id in (None, person_id):
            seen.append(_neutral(each, person_id))
        elif not each.is_reached and not any(one.code == "another_step" for one in seen):
            seen.append(Stage(code="another_step", state="waiting", line=OUTSTANDING))
    return tuple(_with_now(seen))


# Which rules speak of a stage


def _adults_taking_part(case: Case, decision: Decision) -> list[str]:
    """In the order in which they became known; rule A01 speaks of each of them and of nobody else."""
    subjects = {each.subject for each in decision.rules if each.rule == "A01"}
    return [each for each in case.people if each in subjects]


def _results(decision: Decision, code: StageCode) -> list[RuleResult]:
    return [each for each in decision.rules if each.rule in _RULES[code] or each.rule[0] in _RULES[code]]


# The stages before a pack


def _conversation(case: Case, decision: Decision, person_id: str) -> Stage:
    results = [each for each in decision.rules if each.rule[0] == "A" and each.subject == person_id]
    made = _checked("conversation", results)
    if made.state == "done":
        held = _latest_conversation(case, person_id)
        made = replace(made, line=f"Held on {day_text(held.happened_on.day)}." if held else made.line)
    is_held = all(each.outcome != "not_yet" for each in results if each.rule in _HELD)
    return replace(made, person_id=person_id, is_reached=is_held)


def _latest_conversation(case: Case, person_id: str) -> Record[SafetyConversation] | None:
    completed = [
        each
        for each in case.every(SafetyConversation)
        if each.body.person_id == person_id and each.body.state == "completed"
    ]
    return completed[-1] if completed else None


def _nobody_yet() -> Stage:
    return Stage(code="conversation", state="waiting", line="Record the parents first.")


def _suitability(decision: Decision, adults: Sequence[str]) -> Stage:
    """Checks B and C, and what is known of the family's safety besides the conversations of those taking part."""
    elsewhere = {rule for rules in _RULES.values() for rule in rules}
    checks = [each for each in decision.rules if each.rule[0] in "BC" and each.rule not in elsewhere]
    safety = [each for each in decision.rules if each.rule[0] == "A" and each.subject not in adults]
    is_reached = bool(checks) and not any(each.stands_in_the_way for each in checks)
    return replace(_checked("suitability", checks + safety), is_reached=is_reached)


def _of_each_parent(code: StageCode, decision: Decision, adults: Sequence[str]) -> Stage:
    """Nothing is reached before it is known who takes part."""
    return _checked(code, _results(decision, code) if adults else [])


def _voice(case: Case, decision: Decision, adults: Sequence[str]) -> Stage:
    """Where there is no child to hear yet, nothing waits for one."""
    results = _results(decision, "child_voice")
    if results or not adults:
        return _checked("child_voice", results)
    line = "No child to hear yet." if case.children else "No child is on record."
    is_done = bool(case.children) or decision.ready
    return Stage(code="child_voice", state="done" if is_done else "waiting", line=line, is_reached=is_done)


_STATE_OF: Final[dict[Outcome, StageState]] = {
    "stop": "stopped",
    "not_yet": "waiting",
    "caution": "attention",
    "pass": "done",
}
_NOTHING_CHECKED: Final = "Nothing is recorded yet."


def _checked(code: StageCode, results: Sequence[RuleResult]) -> Stage:
    """A stage that is done when nothing of its rules stands in the way."""
    if not results:
        return Stage(code=code, state="waiting", line=_NOTHING_CHECKED)
    waiting = sorted(
        (each for each in results if each.stands_in_the_way), key=lambda each: SEVERITY[each.outcome], reverse=True
    )
    if not waiting:
        return Stage(code=code, state="done", line=_done(results), is_reached=True)
    worst = waiting[0]
    state = _STATE_OF[worst.outcome]
    more = f" And {len(waiting) - 1} more." if len(waiting) > 1 else ""
    return Stage(code=code, state=state, line=worst.reason + more, waits_for=_with_whom(waiting))


def _with_whom(results: Iterable[RuleResult]) -> frozenset[str]:
    return frozenset(each.subject for each in results if each.outcome != "stop")


def _done(results: Iterable[RuleResult]) -> str:
    accepted = sum(each.accepted for each in results)
    if accepted:
        return f"Checked; {accepted} {'caution' if accepted == 1 else 'cautions'} accepted with a reason."
    return "Checked; nothing stands against it."


# The stages from the pack on


def _ready(case: Case, decision: Decision) -> Stage:
    made = newest_packs(case)
    if made:
        line = f"A pack was made on {day_text(made[-1].happened_on.day)}."
        return Stage(code="ready", state="done", line=line, is_reached=True)
    if decision.ready:
        return Stage(code="ready", state="done", line="A referral pack can be made.", is_reached=True)
    count = len(decision.in_the_way)
    line = f"{count} {'thing stands' if count == 1 else 'things stand'} in the way of a pack."
    return Stage(code="ready", state="waiting", line=line)


def _sent(case: Case, decision: Decision) -> Stage:
    steps = case.every(ReferralProgress)
    sent = _last(steps, "sent")
    if sent is None:
        return Stage(code="sent", state="waiting", line="Not sent yet.")
    line = f"Sent on {day_text(sent.happened_on.day)}."
    answer = _last(steps, "accepted", "declined")
    if answer and answer.body.step == "declined" and answer.order > sent.order:
        line = f"Declined by the service on {day_text(answer.happened_on.day)}."
        return Stage(code="sent", state="attention", line=line)
    return _unless_late(Stage(code="sent", state="done", line=line, is_reached=True), decision)


def _in_service(case: Case, decision: Decision) -> Stage:
    steps = case.every(ReferralProgress)
    for names, said in (
        (("completed", "ended_early"), {"completed": "Completed on", "ended_early": "Ended early on"}),
        (("started",), {"started": "Started on"}),
    ):
        if reached := _last(steps, *names):
            line = f"{said[reached.body.step]} {day_text(reached.happened_on.day)}."
            return _unless_late(Stage(code="in_service", state="done", line=line, is_reached=True), decision)
    line = "Not started yet."
    if accepted := _last(steps, "accepted"):
        line = f"Accepted on {day_text(accepted.happened_on.day)}; not started yet."
    if assessed := _last(steps, "initial_assessment"):
        line = f"Initial assessment on {day_text(assessed.happened_on.day)}; not started yet."
    return _unless_late(Stage(code="in_service", state="waiting", line=line), decision)


def _unless_late(made: Stage, decision: Decision) -> Stage:
    """The stage, unless something about it is late or wants a reason."""
    waiting = [each for each in _results(decision, made.code) if each.stands_in_the_way]
    if not waiting:
        return made
    line = f"{made.line} {waiting[0].reason}"
    return replace(made, state="attention", line=line, waits_for=_with_whom(waiting))


def _last(steps: Iterable[Record[ReferralProgress]], *names: str) -> Record[ReferralProgress] | None:
    return next((each for each in reversed(list(steps)) if each.body.step in names), None)


# Putting the stages together


def _stopped(stage: Stage) -> Stage:
    said = f"{stage.line} " if stage.is_reached and stage.code in ("ready", "sent", "in_service") else ""
    line = stage.line if stage.state == "stopped" else f"{said}Nothing goes on while the stop stands."
    return replace(stage, state="stopped", line=line)


def _neutral(stage: Stage, person_id: str) -> Stage:
    """A stage as a parent's page may show it, and nothing to read out of it."""
    if stage.is_reached:
        dated = stage.code == "conversation" and stage.state == "done"
        return replace(stage, state="done", line=stage.line if dated else "Done.", waits_for=frozenset())
    mine = person_id in stage.waits_for
    line = "Something is still to do with this parent." if mine else OUTSTANDING
    return replace(stage, state="waiting", line=line, waits_for=frozenset())


def _where_the_next_step_is(stages: Sequence[Stage], decision: Decision) -> int | None:
    """The stage to which the family's one next step belongs: what is done first is not always what stands first."""
    steps = in_order_of_work(decision)
    if not steps or stages[0].person_id is None:  # nobody is on record
        return None
    rule, subject = steps[0].rule, steps[0].subject

    def is_of(stage: Stage) -> bool:
        if stage.code == "conversation":
            return rule[0] == "A" and stage.person_id == subject
        rules = _RULES.get(stage.code, ())
        return rule in rules or rule[0] in rules

    own = [number for number, each in enumerate(stages) if is_of(each)]
    return own[0] if own else [each.code for each in stages].index("suitability")


def _with_now(stages: Sequence[Stage], next_step: int | None = None) -> list[Stage]:
    """The stage of the next step is the one to do now, else the first that waits; from the pack on, only when nothing
    before it needs a look.
    """
    states = [each.state for each in stages]
    if "stopped" in states or "waiting" not in states:
        return list(stages)
    first = states.index("waiting")
    if next_step is not None and states[next_step] == "waiting":
        first = next_step
    if stages[first].code in _FROM_THE_PACK_ON and "attention" in states[:first]:
        return list(stages)
    return [replace(each, state="now") if number == first else each for number, each in enumerate(stages)]
