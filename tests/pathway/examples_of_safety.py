"""Examples of rules A: safety."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from spr_desktop.pathway.questions import BUILT_IN
from tests.cases import RATIONALE, mild_answers
from tests.pathway.rule_table import (
    NO_ENTRY,
    Example,
    Step,
    add,
    advise,
    change,
    correct,
    day,
    drop,
    example,
    in_service,
    lift,
    move,
)

CONVERSATION: Final = "safety_conversation"


def talk(on: int, person: str = "a", state: str = "completed", **more: Any) -> Step:
    """Another conversation with a parent."""
    usual = {"tool": "spr_safety_net", "alone": "yes", "practitioner_outcome": "harmful_conflict"}
    return add(CONVERSATION, on, person_id=person, state=state, **(usual | {"rationale": RATIONALE} | more))


def said(**values: str) -> Step:
    """Answers of parent a, in the conversation that there is."""
    return change(CONVERSATION, "a", answers={question: {"value": value} for question, value in values.items()})


def asked(*left_out: str, **values: str) -> Step:
    """Parent a is asked every built-in question but those left out, and answers mildly but for those named."""
    answers = {question: answer for question, answer in mild_answers(**values).items() if question not in left_out}
    return change(CONVERSATION, "a", tool="built_in", question_set=BUILT_IN, answers=answers)


def told(category: str, on: int = -3, about: tuple[str, ...] = ("a",), **more: Any) -> Step:
    """Information from somebody else."""
    return add("safety_information", on, category=category, about=list(about), source="school", **more)


def matter(law: str, state: str, about: str = "yes", on: int = -5, matter_id: str = "m1") -> Step:
    """A court matter."""
    return add("court_matter", on, matter_id=matter_id, law=law, state=state, about_current_children=about)


def event(on: int, safety_relevant: str = "yes") -> Step:
    """Something happened in the family's life."""
    return add("life_event", on, category="police_call", safety_relevant=safety_relevant)


def session(planned: str, on: int = -9, state: str = "planned", attendees: tuple[str, ...] = ("a", "b")) -> Step:
    """A session at the service."""
    when: dict[str, Any] = {"planned_for": planned, "attendees": list(attendees), "state": state}
    return add("session", on, session_id="s1", number=1, service="mediation", **when)


def touch(on: int = -3, at: str | None = None, person: str = "a", **more: str) -> Step:
    """A touch point before the session."""
    usual = {"individually": "yes", "new_safety_information": "no", "worry": "none"}
    return add("touch_point", on, at, session_id="s1", person_id=person, by="Wren Demo", **(usual | more))


def met(**more: Any) -> tuple[Step, Step]:
    """A session two days ago and a touch point with parent a before it."""
    return session(f"{day(-2)}T10:30", attendees=("a",)), touch(**more)


def acted(on: int) -> Step:
    """A safety action."""
    return add("safety_action", on, action="manager_informed")


def grandmother(**conversation: Any) -> tuple[Step, Step]:
    """An adult of the case who does not take part, and a conversation with her."""
    return (
        add("person", -60, person_id="gran", role="other_adult", given_names="Gran"),
        talk(-20, "gran", **conversation),
    )


def born(when: str, **more: str) -> Step:
    """Parent a's date of birth."""
    return change("person", "a", date_of_birth=when, **more)


EXAMPLES: Final[tuple[Example, ...]] = (
    example("A01:a", "pass", "a completed conversation"),
    example("A01:a", "not_yet", "none at all", drop(CONVERSATION, "a")),
    example("A01:a", "not_yet", "one that was not finished", change(CONVERSATION, "a", state="incomplete")),
    example("A01:a", "not_yet", "one that was declined", change(CONVERSATION, "a", state="declined")),
    example("A01:a", "not_yet", "one that is to come", move(CONVERSATION, "a", on=1)),
    example("A01:a", "not_yet", "one corrected to unfinished", correct(CONVERSATION, "a", on=-19, state="incomplete")),
    example("A01:a", "pass", "one whose correction is to come", correct(CONVERSATION, "a", on=1, state="incomplete")),
    # Who was there
    example("A02:a", "pass", "alone"),
    example("A02:a", "pass", "a second practitioner", change(CONVERSATION, within_hearing=["second_practitioner"])),
    example(
        "A02:a", "caution", "a child too young to speak", change(CONVERSATION, within_hearing=["pre_verbal_child"])
    ),
    *(
        example(
            "A02:a", "not_yet", f"a {who} in hearing", change(CONVERSATION, within_hearing=["pre_verbal_child", who])
        )
        for who in ("child", "relative", "friend", "other_parent")
    ),
    *(
        example("A02:a", "not_yet", f"alone {alone}", change(CONVERSATION, alone=alone))
        for alone in ("no", "not_known")
    ),
    example("A02:a", "pass", "a professional interpreter", change(CONVERSATION, interpreter="professional")),
    *(
        example("A02:a", "not_yet", f"interpreter {which}", change(CONVERSATION, interpreter=which))
        for which in ("family_or_friend", "needed_but_none")
    ),
    example("A02:a", "pass", "only the latest counts", talk(-25, alone="no")),
    example("A02:a", "not_yet", "the latest counts, be the earlier good", talk(-15, alone="no")),
    # The tool
    example("A03:a", "pass", "the Safety Net"),
    example("A03:a", "pass", "its name", change(CONVERSATION, tool="other_named", tool_name=" SPR_Safety_ NET")),
    example("A03:a", "caution", "the built-in questions", asked()),
    example("A03:a", "caution", "another named tool", change(CONVERSATION, tool="other_named", tool_name="Another")),
    example("A03:a", "not_yet", "another without a name", change(CONVERSATION, tool="other_named")),
    example("A03:a", "not_yet", "a name of spaces", change(CONVERSATION, tool="other_named", tool_name="  ")),
    example("A03:a", "not_yet", "no tool", change(CONVERSATION, tool="none")),
    # Before the referral: discussed 12 days before the check, made 4 days before it
    example("A04:a", "pass", "held before it was discussed"),
    example("A04:a", "pass", "held on the day it was discussed", move(CONVERSATION, on=-12, at="23:00")),
    example("A04:a", "caution", "held a day after it was discussed", move(CONVERSATION, on=-11)),
    example("A04:a", "caution", "held on the day of the referral", move(CONVERSATION, on=-4)),
    example("A04:a", "not_yet", "held a day after the referral", move(CONVERSATION, on=-3)),
    example("A04:a", "pass", "a later one does no harm", talk(-2)),
    example("A04:a", "caution", "the first that counts", talk(-11), change(CONVERSATION, "a", alone="no"), talk(-11)),
    example("A04:a", "pass", "none counts, the first was early", talk(-2), change(CONVERSATION, alone="no")),
    example(
        "A04:a",
        "not_yet",
        "an earlier referral",
        add("referral", -40, service="mediation", taking_part=["a", "b"], referred_on=day(-21)),
    ),
    example("A04:a", NO_ENTRY, "no conversation", drop(CONVERSATION, "a")),
    # Abuse or control
    example("A05", "pass", "nothing was told"),
    example("A05", "pass", "another concern", told("other_concern")),
    example("A05", "stop", "domestic abuse", told("domestic_abuse")),
    example("A05", "stop", "controlling behaviour", told("controlling_behaviour")),
    example("A05", "stop", "abuse that is dated after the check", told("domestic_abuse", on=1)),
    example(
        "A05", "stop", "a correction", told("domestic_abuse"), correct("safety_information", category="other_concern")
    ),
    example("A05", "caution manager", "lifted", told("domestic_abuse"), lift("safety_information")),
    example(
        "A05", "stop", "one of two lifted", told("domestic_abuse"), lift("safety_information"), told("domestic_abuse")
    ),
    example("A05", "stop", "advice not to go ahead, from anybody", advise("do_not_go_ahead", role="other")),
    example("A05", "pass", "advice not to go ahead on the service", advise("do_not_go_ahead", about="service_fit")),
    example("A05", "caution manager", "advice lifted", advise("do_not_go_ahead", -2), lift("advice")),
    # What was said and seen
    example("A06:a", "pass", "nothing of the kind"),
    example("A06:a", "stop", "an answer that stops", said(B1="recent")),
    example("A06:a", "stop urgent", "an answer that stops at once", said(B1="recent", E2="past")),
    example("A06:a", "stop", "an observation, whatever the tool", change(CONVERSATION, "a", observations=["N8"])),
    example("A06:a", "stop urgent", "an injury", change(CONVERSATION, "a", observations=["N4"])),
    example(
        "A06:a", "stop", "an unfinished conversation", said(B1="recent"), change(CONVERSATION, "a", state="incomplete")
    ),
    example(
        "A06:a", "pass", "a declined one", said(B1="recent"), change(CONVERSATION, "a", state="declined"), talk(-19)
    ),
    example("A06:a", "stop", "a corrected one", said(B1="recent"), correct(CONVERSATION, "a", on=-19, answers={})),
    example("A06:a", "stop", "one after the day of the check", talk(1, answers={"B1": {"value": "recent"}})),
    example(
        "A06:a",
        "stop",
        "an answer that was not asked for",
        asked(H2="safety"),
        change("relationship", status="undecided"),
    ),
    example(
        "A06:gran",
        "stop",
        "an adult of whom there is a record later only",
        *grandmother(answers={"B1": {"value": "recent"}}),
        move("person", "gran", on=1),
    ),
    example("A06:gran", "stop", "an adult who does not take part", *grandmother(answers={"B1": {"value": "recent"}})),
    example(
        "A06:a",
        "pass",
        "answers of questions that the program does not know",
        talk(-19, question_set="another/1", answers={"B1": {"value": "recent"}}),
    ),
    example("A06:a", "caution manager", "lifted", said(E2="past"), lift(CONVERSATION, "a")),
    # Questions that must be answered
    example("A07:a", NO_ENTRY, "another tool without a question set"),
    example("A07:a", "pass", "every question", asked()),
    *(
        example("A07:a", "not_yet", f"answered {value}", asked(B1=value))
        for value in ("unsure", "declined", "not_asked")
    ),
    example("A07:a", "not_yet", "a code that the question does not take", asked(B1="sometimes")),
    example("A07:a", "not_yet", "left out", asked("B1")),
    example("A07:a", "pass", "one that cannot stop is left out", asked("A1", "J1")),
    example("A07:a", "not_yet", "separated, and not asked of it", asked("H1", "H2", "H3")),
    example("A07:a", "not_yet", "not known whether separated", asked("H1"), drop("relationship")),
    example("A07:a", "not_yet", "no question set", change(CONVERSATION, "a", tool="built_in", answers=mild_answers())),
    example("A07:a", "not_yet", "a set not known", asked(), change(CONVERSATION, "a", question_set="another/1")),
    example("A07:a", "not_yet", "any tool with an unknown set", change(CONVERSATION, "a", question_set="another/1")),
    example("A07:a", "not_yet", "physical rows, yet nothing physical", asked(J2="something_physical", E1="no")),
    example("A07:a", "pass", "physical rows, and something physical", asked(J2="something_physical", E1="past_to_me")),
    *in_service(
        "couple_support",
        example("A07:a", "pass", "together, and not asked of separation", asked("H1", "H2", "H3")),
        example(
            "A07:a",
            "not_yet",
            "one account of two is of a separation",
            asked("H1", "H2", "H3"),
            change("relationship", "b", status="separating"),
        ),
        example("A07:a", "not_yet", "together, and not sure", asked(E1="unsure")),
    ),
    # Answers that need another look; E3 is of another group than A1 and A2
    example("A08:a", "pass", "nothing"),
    example("A08:a", "caution", "one", said(A1="hard")),
    example("A08:a", "caution", "two of a group", said(A1="hard", A2="mostly_me")),
    example("A08:a", "caution", "a clingy child", change(CONVERSATION, "a", observations=["N3"])),
    example("A08:a", "not_yet", "three of a group", said(A1="hard", A2="mostly_me", A3="pressed_until_i_gave_in")),
    example("A08:a", "not_yet", "two of two groups", said(A1="hard", B2="used_to")),
    example("A08:a", "not_yet", "one that needs more than a thought", said(E3="past")),
    example("A08:a", "not_yet", "a code that the question does not take", said(B1="sometimes")),
    example("A08:a", "caution", "a code that a question does not take which cannot stop", said(A1="sometimes")),
    example("A08:a", "pass", "not sure of a question that can stop", said(B1="unsure")),
    *(
        example("A08:a", "not_yet", f"an unknown observation {code!r}", change(CONVERSATION, observations=[code]))
        for code in ("N99", "n1", "")
    ),
    example("A08:a", "pass", "only the latest counts", talk(-25, answers={"E3": {"value": "past"}})),
    example("A08:gran", "not_yet", "an adult who does not take part", *grandmother(answers={"E3": {"value": "past"}})),
    example("A08:a", "caution manager", "advice to go ahead", said(E3="past"), advise()),
    # The practitioner's judgement
    example("A09:a", "pass", "conflict"),
    example("A09:a", "stop", "abuse", change(CONVERSATION, "a", practitioner_outcome="domestic_abuse_indicated")),
    example("A09:a", "stop", "abuse, said earlier", talk(-25, practitioner_outcome="domestic_abuse_indicated")),
    example(
        "A09:a",
        "stop",
        "abuse, corrected since",
        change(CONVERSATION, "a", practitioner_outcome="domestic_abuse_indicated"),
        correct(CONVERSATION, "a", on=-19, practitioner_outcome="harmful_conflict"),
    ),
    example("A09:a", "stop", "abuse, dated after the check", talk(1, practitioner_outcome="domestic_abuse_indicated")),
    example(
        "A09:a",
        "pass",
        "abuse, in one not finished",
        talk(-19, state="incomplete", practitioner_outcome="domestic_abuse_indicated"),
    ),
    example(
        "A09:gran",
        "stop",
        "an adult who does not take part",
        *grandmother(practitioner_outcome="domestic_abuse_indicated"),
    ),
    example(
        "A09:a",
        "caution manager",
        "abuse, lifted",
        change(CONVERSATION, "a", practitioner_outcome="domestic_abuse_indicated"),
        lift(CONVERSATION, "a"),
    ),
    example("A09:a", "not_yet", "unclear", change(CONVERSATION, "a", practitioner_outcome="unclear_seek_advice")),
    example(
        "A09:a",
        "caution manager",
        "advised",
        change(CONVERSATION, practitioner_outcome="unclear_seek_advice"),
        advise(),
    ),
    example(
        "A09:a",
        "not_yet",
        "advised, but without a reason",
        change(CONVERSATION, practitioner_outcome="unclear_seek_advice", rationale="Not sure."),
        advise(),
    ),
    example("A09:a", "not_yet", "none", change(CONVERSATION, "a", practitioner_outcome=None)),
    example("A09:a", "not_yet", "no reason", change(CONVERSATION, "a", rationale=None)),
    example("A09:a", "not_yet", "39 characters", change(CONVERSATION, "a", rationale="ж" * 39)),
    example("A09:a", "not_yet", "39 characters and spaces", change(CONVERSATION, "a", rationale=f"  {'x' * 39}\n ")),
    example("A09:a", "pass", "40 characters", change(CONVERSATION, "a", rationale="ж" * 40)),
    # How long ago
    example("A10:a", "pass", "today", move(CONVERSATION, on=0)),
    example("A10:a", "pass", "28 days", move(CONVERSATION, on=-28)),
    example("A10:a", "caution", "29 days", move(CONVERSATION, on=-29)),
    example("A10:a", "caution", "56 days", move(CONVERSATION, on=-56)),
    example("A10:a", "not_yet", "57 days", move(CONVERSATION, on=-57)),
    example("A10:a", "not_yet", "an unfinished one is none", move(CONVERSATION, on=-57), talk(-1, state="incomplete")),
    # Something happened since; the conversation was 20 days ago
    example("A11:a", "pass", "the day before", event(-21)),
    example("A11:a", "not_yet", "the same day", event(-20)),
    example("A11:a", "not_yet", "the same day, earlier", event(-20), move(CONVERSATION, on=-20, at="10:00")),
    example("A11:a", "not_yet", "since, not known whether it matters", event(-1, "not_known")),
    example("A11:a", "pass", "since, and it does not matter", event(-1, "no")),
    example("A11:a", "pass", "to come", event(1)),
    example("A11:a", "pass", "corrected", event(-1), correct("life_event", safety_relevant="no")),
    # Touch points
    example("A12", "pass", "nothing came up", *met()),
    example("A12", "pass", "some worry", *met(worry="some")),
    example("A12", "caution", "a high worry", *met(worry="high")),
    example("A12", "not_yet", "not known what came up", *met(new_safety_information="not_known")),
    example("A12", "stop", "new information", *met(new_safety_information="yes")),
    example(
        "A12",
        "stop",
        "corrected",
        *met(new_safety_information="yes"),
        correct("touch_point", new_safety_information="no"),
    ),
    example("A12", "pass", "worry corrected", *met(worry="high"), correct("touch_point", worry="none")),
    example("A12", "stop", "to come", session(f"{day(2)}T10:30"), touch(1, new_safety_information="yes")),
    example(
        "A12", "not_yet", "to come, not known", session(f"{day(2)}T10:30"), touch(1, new_safety_information="not_known")
    ),
    example("A12", "caution", "to come, a high worry", session(f"{day(2)}T10:30"), touch(1, worry="high")),
    example("A12", "caution manager", "lifted", *met(new_safety_information="yes"), lift("touch_point")),
    example(
        "A12",
        "caution manager",
        "lifted, and a high worry",
        *met(new_safety_information="yes"),
        lift("touch_point"),
        touch(worry="high"),
    ),
    # What was done about a stop
    example("A13", NO_ENTRY, "no stop", acted(-1)),
    example("A13", "not_yet", "nothing was done", told("domestic_abuse")),
    example("A13", "not_yet", "done the day before", told("domestic_abuse", on=-3), acted(-4)),
    example("A13", "pass", "done on the day", told("domestic_abuse", on=-3), acted(-3)),
    example(
        "A13", "not_yet", "another stop since", told("domestic_abuse", on=-3), acted(-3), told("marac_or_hrda", on=-2)
    ),
    example("A13", "not_yet", "to be done", told("domestic_abuse", on=-3), acted(1)),
    example("A13", NO_ENTRY, "a stop of suitability", change("suitability", "therapy", value="yes")),
    example("A14", NO_ENTRY, "no stop"),
    example("A14", NO_ENTRY, "a lifted stop", told("domestic_abuse"), lift("safety_information")),
    example("A14", NO_ENTRY, "a stop of suitability", change("suitability", "therapy", value="yes")),
    example("A14", "stop", "a stop", told("marac_or_hrda"), acted(0)),
    # Orders, high-risk meetings, police, past abuse
    *(
        example("A19", "stop", category, told(category))
        for category in ("protective_order", "marac_or_hrda", "open_police_matter")
    ),
    example("A19", "stop", "dated after the check", told("protective_order", on=1)),
    example(
        "A19", "stop", "a correction", told("protective_order"), correct("safety_information", category="other_concern")
    ),
    example("A19", "caution manager", "lifted", told("protective_order"), lift("safety_information")),
    *(
        example("A19", outcome, f"a protective matter {state}", matter("protective", state))
        for state, outcome in {
            "contemplated": "stop",
            "issued": "stop",
            "listed": "stop",
            "live": "stop",
            "concluded": "stop",
            "withdrawn": "pass",
            "expired": "pass",
            "not_known": "not_yet",
        }.items()
    ),
    example("A19", NO_ENTRY, "a criminal matter", matter("criminal", "live")),
    example("A19", "pass", "expired by the check", matter("protective", "live"), matter("protective", "expired", on=0)),
    example(
        "A19", "stop", "expires after the check", matter("protective", "live"), matter("protective", "expired", on=1)
    ),
    example(
        "A19",
        "stop",
        "not the end of another",
        matter("protective", "live"),
        matter("protective", "expired", matter_id="m2"),
    ),
    example("A19", "stop", "issued after the check", matter("protective", "issued", on=1)),
    example("A19", "not_yet", "known of after the check, not how it stands", matter("protective", "not_known", on=1)),
    example("A19", "caution manager", "a matter lifted", matter("protective", "live"), lift("court_matter")),
    example("A19", "not_yet", "past abuse", told("past_domestic_abuse")),
    example("A19", "not_yet", "past abuse told after the check", told("past_domestic_abuse", on=1)),
    example(
        "A19",
        NO_ENTRY,
        "past abuse, corrected",
        told("past_domestic_abuse"),
        correct("safety_information", category="other_concern"),
    ),
    example("A19", "caution manager", "past abuse, advised", told("past_domestic_abuse"), advise()),
    # Declined
    example("A20:a", "pass", "a conversation"),
    example("A20:a", NO_ENTRY, "none", drop(CONVERSATION, "a")),
    example("A20:a", "not_yet", "declined since", talk(-1, state="declined")),
    example("A20:a", "pass", "held after all", talk(-25, state="declined")),
    example("A20:a", "pass", "to be declined", talk(1, state="declined")),
    # Parents who are children
    example("A21:a", "pass", "age not known"),
    example("A21:a", "pass", "18 today", born("2008-11-22")),
    example("A21:a", "caution manager", "18 tomorrow", born("2008-11-23")),
    example("A21:a", "caution manager", "16 today", born("2010-11-22")),
    example("A21:a", "stop", "16 tomorrow", born("2010-11-23")),
    example("A21:a", "pass", "a date of birth that is not known", born("2010-11-23", date_of_birth_accuracy="unknown")),
    example("A21:a", "caution manager", "29 February, the day before", born("2008-02-29"), as_of=date(2026, 2, 28)),
    example("A21:a", "pass", "29 February, on 1 March", born("2008-02-29"), as_of=date(2026, 3, 1)),
    example("A21:a", "stop", "born after the check", born("2027-01-01")),
)
