"""Rules A: safety. A stop here means that every SPR intervention is off (pathway.md section 4 A)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from spr_desktop.pathway.advice import advice_on, lifts, what_ended
from spr_desktop.pathway.facts import Facts
from spr_desktop.pathway.finding import CASE, Finding, Findings, Rule, caution, not_yet, passes, said_day, stop
from spr_desktop.pathway.questions import STOPS, signs
from spr_desktop.records.people import CourtMatter
from spr_desktop.records.record import AnyRecord
from spr_desktop.records.safety import LifeEvent, SafetyAction, SafetyConversation, SafetyInformation
from spr_desktop.records.values import folded
from spr_desktop.records.work import Referral, TouchPoint

NO_INDICATORS: Final = "No indicators were recorded."
_FOLLOW_PROCEDURE: Final = "Follow the safeguarding procedure now, and record what was done."
_HOLD_ALONE: Final = "Hold the conversation again with this parent alone."
_GOOD_INTERPRETERS: Final = frozenset({"none_needed", "professional"})
_HARMLESS_LISTENERS: Final = frozenset({"second_practitioner", "pre_verbal_child"})


def stop_unless_lifted(facts: Facts, subject: str, record: AnyRecord, reason: str, *, urgent: bool = False) -> Finding:
    """A stop that rests on one record, or the caution that is left of it once another person has lifted it."""
    lifted_by = lifts(facts, record)
    if lifted_by:
        return caution(
            subject,
            [record, *lifted_by],
            "Something recorded here was a stop, which another person has lifted.",
            "Record why it may go ahead, with the name of the manager.",
        ).by_manager()
    first = "Get help first: call 999 if anyone is in danger. " if urgent else ""
    return stop(subject, [record], reason, first + _FOLLOW_PROCEDURE, urgent=urgent)


def a01(facts: Facts) -> Findings:
    """A completed conversation with each adult taking part."""
    for person in facts.adults_taking_part:
        conversation = facts.latest_conversation(person)
        if conversation:
            yield passes(person, [conversation])
        else:
            yield not_yet(
                person,
                [],
                "No safety conversation has been completed with this parent.",
                "Hold the conversation with this parent alone.",
            )


def is_refused(conversation: SafetyConversation) -> bool:
    """Whether a conversation does not count because of who was there or who interpreted."""
    return not (
        conversation.alone == "yes"
        and _HARMLESS_LISTENERS.issuperset(conversation.within_hearing)
        and conversation.interpreter in _GOOD_INTERPRETERS
    )


def a02(facts: Facts) -> Findings:
    """The latest conversation was held alone."""
    for person, conversation in facts.screened_taking_part():
        body = conversation.body
        if is_refused(body):
            why = (
                "The interpreter was not a professional, so the conversation does not count."
                if body.interpreter not in _GOOD_INTERPRETERS
                else "This parent was not alone, or it is not known, so the conversation does not count."
            )
            yield not_yet(person, [conversation], why, _HOLD_ALONE)
        elif "pre_verbal_child" in body.within_hearing:
            yield caution(
                person,
                [conversation],
                "A child too young to understand was in the room.",
                "Record why the conversation may count, or hold it again.",
            )
        else:
            yield passes(person, [conversation])


def a03(facts: Facts) -> Findings:
    """The tool that was used."""
    approved = {folded(each) for each in facts.definition.approved_tools}
    for person, conversation in facts.screened_taking_part():
        body = conversation.body
        if approved & {folded(body.tool), folded(body.tool_name or "")}:
            yield passes(person, [conversation])
        elif body.tool == "built_in":
            yield caution(
                person,
                [conversation],
                "The built-in questions were used, which are not validated.",
                "Use the Safety Net, or record why these questions may stand.",
            )
        elif body.tool == "other_named" and folded(body.tool_name or ""):
            yield caution(
                person,
                [conversation],
                "Another tool than the Safety Net was used.",
                "Record why this tool is an evidence-based approach.",
            )
        else:
            yield not_yet(
                person,
                [conversation],
                "No named screening tool was used.",
                "Hold the conversation with the Safety Net or another evidence-based tool, and name it.",
            )


def a04(facts: Facts) -> Findings:
    """Screening comes before the referral is discussed, and certainly before it is made."""
    referrals = facts.case.every(Referral)
    referred = min((each.body.referred_on for each in referrals if each.body.referred_on), default=None)
    discussed = min((each.body.first_discussed_on for each in referrals if each.body.first_discussed_on), default=None)
    for person in facts.adults_taking_part:
        completed = facts.completed_conversations(person)
        if not completed:
            continue
        earliest = next((each for each in completed if not is_refused(each.body)), completed[0])
        held_on = earliest.happened_on.day
        read = [earliest, *referrals]
        if referred and held_on > referred:
            yield not_yet(
                person,
                read,
                "This parent was first spoken to alone after the referral was made.",
                "Talk with the SPR team about starting the referral afresh.",
            )
        elif discussed and held_on > discussed:
            yield caution(
                person,
                read,
                "A referral was discussed before this parent was spoken to alone.",
                "Record why this parent could still speak freely.",
            )
        else:
            yield passes(person, read)


def a05(facts: Facts) -> Findings:
    """Information of domestic abuse or control, and advice not to go ahead."""
    told = [
        each
        for each in facts.case.ever(SafetyInformation)
        if each.body.category in ("domestic_abuse", "controlling_behaviour")
    ]
    for record in told:
        yield stop_unless_lifted(facts, CASE, record, "Information of domestic abuse or control is on record.")
    for refusal in facts.refusals:
        ended_by = what_ended(facts, refusal)
        if ended_by:
            yield passes(CASE, [refusal, *ended_by], NO_INDICATORS)
        else:
            yield stop_unless_lifted(facts, CASE, refusal, "The advice on safety is not to go ahead.")
    yield passes(CASE, [], NO_INDICATORS)


def a06(facts: Facts) -> Findings:
    """Answers and observations that stop, in any conversation that was held at least in part."""
    for person in facts.adults:
        for conversation in facts.conversations_ever(person):
            if conversation.body.state == "declined":
                continue
            effects = {sign.effect for sign in signs(conversation.body, facts.questions)} & STOPS
            if effects:
                yield stop_unless_lifted(
                    facts,
                    person,
                    conversation,
                    "What was said or seen in a conversation with this parent is a sign of abuse.",
                    urgent="stop_urgent" in effects,
                )
            elif facts.case.is_past(conversation) and conversation.id not in facts.case.superseded:
                yield passes(person, [conversation], NO_INDICATORS)


def a08(facts: Facts) -> Findings:
    """Answers and observations that do not stop, but need another look."""
    for person, conversation in facts.screened():
        found = list(signs(conversation.body, facts.questions))
        unclear = [each for each in found if each.effect == "not_yet"]
        cautions = [each for each in found if each.effect == "caution"]
        advice = advice_on(facts, "A08", conversation, [person])
        if not unclear and not cautions:
            yield passes(person, [conversation], NO_INDICATORS)
        elif not unclear and len(cautions) <= 2 and len({each.domain for each in cautions}) == 1:
            yield caution(
                person,
                [conversation],
                "A few answers of one kind need a thought.",
                "Record what you make of them.",
            )
        elif advice:
            yield caution(
                person,
                [conversation, *advice],
                "Several answers or observations gave reason to ask for advice, which was to go ahead.",
                "Record why it may go ahead, with the name of the manager.",
            ).by_manager()
        else:
            yield not_yet(
                person,
                [conversation],
                "Several answers or observations could be signs of abuse or control.",
                "Ask a manager, the safeguarding lead or a domestic abuse specialist, and record the advice.",
            )


def a09(facts: Facts) -> Findings:
    """The practitioner's own judgement."""
    for person in facts.adults:
        for conversation in facts.conversations_ever(person):
            body = conversation.body
            if body.state == "completed" and body.practitioner_outcome == "domestic_abuse_indicated":
                yield stop_unless_lifted(
                    facts, person, conversation, "The practitioner's judgement is that domestic abuse is indicated."
                )
        completed = facts.completed_conversations(person)
        if completed:
            yield passes(person, completed, NO_INDICATORS)
            yield from _judgement(facts, person, completed[-1].body, completed[-1])


def _judgement(facts: Facts, person: str, body: SafetyConversation, conversation: AnyRecord) -> Findings:
    if body.practitioner_outcome is None:
        yield not_yet(
            person,
            [conversation],
            "The conversation holds no judgement of the practitioner.",
            "Record your judgement and the reason for it.",
        )
    elif len((body.rationale or "").strip()) < facts.limits.rationale_characters:
        yield not_yet(
            person,
            [conversation],
            "The reason for the practitioner's judgement is missing or too short.",
            f"Record the reason in at least {facts.limits.rationale_characters} characters.",
        )
    if body.practitioner_outcome == "unclear_seek_advice":
        advice = advice_on(facts, "A09", conversation, [person])
        if advice:
            yield caution(
                person,
                [conversation, *advice],
                "The practitioner was not sure and asked for advice, which was to go ahead.",
                "Record why it may go ahead, with the name of the manager.",
            ).by_manager()
        else:
            yield not_yet(
                person,
                [conversation],
                "The practitioner is not sure whether this is conflict or abuse.",
                "Ask a manager, the safeguarding lead or a domestic abuse specialist, and record the advice.",
            )


def a10(facts: Facts) -> Findings:
    """A conversation ages."""
    for person, conversation in facts.screened_taking_part():
        limits, held_on = facts.limits, conversation.happened_on.day
        days = (facts.as_of - held_on).days
        if days <= limits.conversation_fresh_days:
            yield passes(person, [conversation])
        elif days <= limits.conversation_usable_days:
            yield caution(
                person,
                [conversation],
                f"The conversation was on {said_day(held_on)}, more than {limits.conversation_fresh_days} days ago.",
                "Hold it again, or record why nothing will have changed.",
            )
        else:
            yield not_yet(
                person,
                [conversation],
                f"The conversation was on {said_day(held_on)}, more than {limits.conversation_usable_days} days ago, "
                "which is too long.",
                _HOLD_ALONE,
            )


def a11(facts: Facts) -> Findings:
    """Something happened on the day of the conversation or since."""
    events = [each for each in facts.case.every(LifeEvent) if each.body.safety_relevant != "no"]
    for person, conversation in facts.screened_taking_part():
        since = [each for each in events if each.happened_on.day >= conversation.happened_on.day]
        if since:
            yield not_yet(
                person,
                [conversation, *since],
                "Something that may bear on safety has happened since the conversation.",
                _HOLD_ALONE,
            )
        else:
            yield passes(person, [conversation])


def a12(facts: Facts) -> Findings:
    """What came up at touch points, whenever."""
    for touch_point in facts.case.ever(TouchPoint):
        body = touch_point.body
        if body.new_safety_information == "yes":
            yield stop_unless_lifted(facts, CASE, touch_point, "New safety information came up at a touch point.")
        if touch_point.id in facts.case.superseded:
            continue
        if body.new_safety_information == "not_known":
            yield not_yet(
                CASE,
                [touch_point],
                "It is not known whether a touch point brought new safety information.",
                "Ask the practitioner who held it, and record the answer.",
            )
        if body.worry == "high":
            yield caution(
                CASE,
                [touch_point],
                "A worry at a touch point was high.",
                "Record what was done about the worry.",
            )
        if facts.case.is_past(touch_point):
            yield passes(CASE, [touch_point], NO_INDICATORS)


def a13(facts: Facts, stops: Iterable[Finding]) -> Findings:
    """Something was done about every stop, on its day or later."""
    actions = facts.case.every(SafetyAction)
    stops = list(stops)
    if not stops:
        return
    stopped = [record for finding in stops for record in finding.records]
    acted_until = max((each.happened_on.day for each in actions), default=None)
    if acted_until is not None and all(each.happened_on.day <= acted_until for each in stopped):
        yield passes(CASE, [*stopped, *actions])
    else:
        yield not_yet(
            CASE,
            [*stopped, *actions],
            "No safety action is recorded since a stop.",
            "Follow the safeguarding procedure, and record each action.",
        )


def a14(stops: Iterable[Finding]) -> Findings:
    """Where there is a stop, everything stops."""
    stopped = [record for finding in stops for record in finding.records]
    if stopped:
        yield stop(
            CASE,
            stopped,
            "Every SPR intervention is off, digital courses too.",
            "Tell both parents only the neutral sentence, and follow the safeguarding procedure.",
        )


def a19(facts: Facts) -> Findings:
    """Orders, high-risk meetings, police matters and past abuse, whenever."""
    for record in facts.case.ever(SafetyInformation):
        if record.body.category in ("protective_order", "marac_or_hrda", "open_police_matter"):
            yield stop_unless_lifted(
                facts, CASE, record, "A protective order, a high-risk meeting or an open police matter is on record."
            )
    for record in facts.case.standing(SafetyInformation):
        if record.body.category == "past_domestic_abuse":
            yield _past_abuse(facts, record, record.body.about)
    current = {each.id for each in facts.case.current(CourtMatter).values()}
    for matter in facts.case.standing(CourtMatter):
        # An older record of the same matter has been replaced; one after the day has not replaced anything yet.
        if matter.body.law != "protective" or (facts.case.is_past(matter) and matter.id not in current):
            continue
        if matter.body.state == "not_known":
            yield not_yet(
                CASE,
                [matter],
                "It is not known how a protective court matter stands.",
                "Find out from the court or the solicitor, and record it.",
            )
        elif matter.body.state in ("withdrawn", "expired"):
            if facts.case.is_past(matter):  # one that is to come takes nothing away, an acceptance neither
                yield passes(CASE, [matter], NO_INDICATORS)
        else:
            yield stop_unless_lifted(facts, CASE, matter, "A protective court matter is on record.")


def _past_abuse(facts: Facts, record: AnyRecord, about: tuple[str, ...]) -> Finding:
    advice = advice_on(facts, "A19", record, about)
    if advice:
        return caution(
            CASE,
            [record, *advice],
            "Past domestic abuse is on record, and the advice was to go ahead.",
            "Record why it may go ahead, with the name of the manager.",
        ).by_manager()
    return not_yet(
        CASE,
        [record],
        "Past domestic abuse is on record.",
        "Ask a manager, the safeguarding lead or a domestic abuse specialist, and record the advice.",
    )


def a20(facts: Facts) -> Findings:
    """The newest conversation was declined."""
    for person in facts.adults_taking_part:
        held = facts.conversations(person)
        if not held:
            continue
        if held[-1].body.state == "declined":
            yield not_yet(
                person,
                [held[-1]],
                "This parent did not want to have the conversation.",
                "Ask what would make it easier, and offer it again.",
            )
        else:
            yield passes(person, [held[-1]])


def a21(facts: Facts) -> Findings:
    """Whether somebody who takes part as a parent is a child."""
    for person in facts.adults_taking_part:
        age = facts.age(person)
        record = facts.person(person)
        if age is None or age >= facts.limits.full_age:
            yield passes(person, [record])
        elif age >= facts.limits.adult_age:
            yield caution(
                person,
                [record],
                "This parent is under 18.",
                "Record why this pathway fits, with the name of the manager.",
            ).by_manager()
        else:
            yield stop(
                person,
                [record],
                "This parent is a child.",
                "Follow the safeguarding procedure; this pathway is for adults.",
            )


RULES: Final[dict[str, Rule]] = {
    "A01": a01,
    "A02": a02,
    "A03": a03,
    "A04": a04,
    "A05": a05,
    "A06": a06,
    "A08": a08,
    "A09": a09,
    "A10": a10,
    "A11": a11,
    "A12": a12,
    "A19": a19,
    "A20": a20,
    "A21": a21,
}
"""Rules that need nothing but the case; A07 is in ``answers``, A13 and A14 speak of what these have found."""
