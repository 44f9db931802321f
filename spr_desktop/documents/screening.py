"""The one statement that a pack makes of all safety conversations (packs.md section 2).

It is the same for every adult, so that it marks nobody out, and it holds no answer, score, code or quotation. Where
there was anything, about anybody at any time, superseded or lifted or not, it does not say that there was nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from spr_desktop.documents.contents import Screening
from spr_desktop.documents.wording import counted
from spr_desktop.pathway.facts import Facts
from spr_desktop.pathway.questions import BUILT_IN, asked_from, signs
from spr_desktop.records.people import CourtMatter, Person
from spr_desktop.records.safety import Advice, LifeEvent, SafetyConversation, SafetyInformation
from spr_desktop.records.suitability import ChildVoice
from spr_desktop.records.work import ContactTriage, Note, TouchPoint

NOTHING_RECORDED: Final = "No indicators were recorded."
_WHAT_INDICATORS_ARE: Final = "Indicators are signs of domestic abuse, of controlling behaviour or of fear."
_GOES_AHEAD: Final = (
    "The practitioner's judgement, after all conversations and with advice where it was called for, is that the "
    "referral can go ahead."
)
_HARMFUL: Final = "The practitioner judges the conflict between the adults to be harmful conflict."
_OVERSIGHT: Final = "Management oversight of the case is recorded by the referring organisation."
_NO_OVERSIGHT: Final = "No management oversight of the case is recorded by the referring organisation."
_LIMITS: Final = (
    "This says what was recorded on those days. It is a judgement, it rules nothing out, and it does not replace the "
    "judgement of those who meet the family next. Please stay alert to anything that points another way."
)

_CONFLICT: Final = frozenset({"harmful_conflict", "conflict_not_harmful"})
_TOOL: Final = {"spr_safety_net": "SPR Safety Net Discussion Tool", "built_in": "Questions built into SPR Desktop"}
_NOT_VALIDATED: Final = "original wording, not validated"


def screening(facts: Facts) -> Screening:
    """The statement for the adults who take part."""
    latest = [conversation for _, conversation in facts.screened_taking_part()]
    return Screening(
        individually=(
            f"Each of the {counted(len(facts.adults_taking_part), 'adult', 'adults')} taking part was spoken with "
            "individually."
        ),
        held_on=tuple(sorted({each.happened_on.day for each in latest})),
        tools=tuple(sorted({_tool(each.body) for each in latest})),
        judgement=_judgement(facts, [each.body for each in latest]),
        oversight=_OVERSIGHT if _is_overseen(facts) else _NO_OVERSIGHT,
        limits=_LIMITS,
    )


def _tool(conversation: SafetyConversation) -> str:
    """The tool in words; built-in questions are named as not validated wherever they were used (domain.md)."""
    is_ours = conversation.tool == "built_in" or (conversation.question_set or "").startswith(BUILT_IN.split("/")[0])
    name = _TOOL["built_in"] if is_ours else _TOOL.get(conversation.tool) or conversation.tool_name or "Another tool"
    version = f", version {conversation.tool_version}" if conversation.tool_version else ""
    return f"{name}{version} ({_NOT_VALIDATED})" if is_ours else f"{name}{version}"


def _judgement(facts: Facts, latest: list[SafetyConversation]) -> tuple[str, ...]:
    is_harmful = all(each.practitioner_outcome == "harmful_conflict" for each in latest)
    if any(_indicators(facts)):
        return (_GOES_AHEAD, _HARMFUL) if is_harmful else (_GOES_AHEAD,)
    said = (NOTHING_RECORDED, _WHAT_INDICATORS_ARE)
    return (*said, _HARMFUL) if is_harmful else said


def _is_overseen(facts: Facts) -> bool:
    """By notes of oversight alone: who lifted a stop or accepted a caution must not show."""
    return any(each.body.type == "management_oversight" for each in facts.case.every(Note))


def _indicators(facts: Facts) -> Iterator[bool]:
    """Whether each record of the case could stand for an indicator; in doubt it does."""
    case = facts.case
    yield from (_is_indicated(facts, each.body) for each in case.ever(SafetyConversation))
    yield from (True for _ in case.ever(SafetyInformation))
    yield from (each.body.about == "safety" and each.body.says != "go_ahead" for each in case.ever(Advice))
    yield from (each.body.law in ("protective", "criminal") for each in case.ever(CourtMatter))
    yield from (each.body.safety_relevant != "no" for each in case.ever(LifeEvent))
    yield from (each.body.new_safety_information != "no" or each.body.worry != "none" for each in case.ever(TouchPoint))
    yield from (each.body.how == "not_safe_to_ask" for each in case.ever(ChildVoice))
    yield from ("domestic_abuse" in each.body.classification for each in case.ever(ContactTriage))
    yield from (not {"monitored_device", "lone_visit_risk"}.isdisjoint(each.body.alerts) for each in case.ever(Person))


def _is_indicated(facts: Facts, conversation: SafetyConversation) -> bool:
    if conversation.answers and asked_from(conversation) is None:
        return True
    outcome = conversation.practitioner_outcome
    if outcome is not None and outcome not in _CONFLICT:
        return True
    return next(signs(conversation, facts.questions), None) is not None
