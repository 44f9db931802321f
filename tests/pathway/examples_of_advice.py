"""Examples of what takes a worry away and what does not: advice, and stops that somebody else has lifted."""

from __future__ import annotations

from typing import Any, Final

from tests.cases import MANAGER, RECORDER, Family
from tests.pathway.examples_of_safety import CONVERSATION, born, matter, met, said, told
from tests.pathway.rule_table import Example, Step, advise, change, correct, example, lift

PAST: Final = told("past_domestic_abuse", on=-5)
"""Past abuse of parent a, told five days ago."""


def refuse(on: int = -5, **more: Any) -> Step:
    """Advice not to go ahead."""
    return advise("do_not_go_ahead", on, **more)


def at(time: str, on: int, says: str) -> Step:
    """Advice of a time of the day."""

    def step(family: Family) -> None:
        advise(says, on)(family)
        family.entries[-1]["happened_on"] += f"T{time}"

    return step


def name_in_capitals(family: Family) -> None:
    """A step: the ids that a lift names, in capitals."""
    lifted = family.found("stop_lifted")[-1]["body"]
    lifted["records"] = [each.upper() for each in lifted["records"]]


EXAMPLES: Final[tuple[Example, ...]] = (
    # Whose advice answers, and when
    *(
        example("A19", outcome, f"advice of {role}", PAST, advise(role=role))
        for role, outcome in {
            "manager": "caution manager",
            "safeguarding_lead": "caution manager",
            "da_specialist": "caution manager",
            "spr_team": "not_yet",
            "other": "not_yet",
        }.items()
    ),
    example("A19", "caution manager", "advice of the same day", PAST, advise(on=-5)),
    example("A19", "not_yet", "advice of the day before", PAST, advise(on=-6)),
    example("A19", "not_yet", "advice to come", PAST, advise(on=1)),
    example("A19", "not_yet", "advice about something else", PAST, advise(about="suitability")),
    example("A19", "not_yet", "advice to find out more", PAST, advise("find_out_more")),
    example("A19", "not_yet", "advice that was corrected", PAST, advise(on=-2), correct("advice", on=-1, role="other")),
    # Under which rules, and for whom
    example("A19", "caution manager", "advice under this rule", PAST, advise(rules=["A08", "A19"])),
    example("A19", "not_yet", "advice under another rule", PAST, advise(rules=["A08"])),
    example("A08:a", "not_yet", "advice under another rule", said(E3="past"), advise(rules=["A09", "A19"])),
    example("A08:a", "caution manager", "advice for this parent", said(E3="past"), advise(person_id="a")),
    example("A08:a", "not_yet", "advice for the other parent", said(E3="past"), advise(person_id="b")),
    example("A08:a", "not_yet", "advice of the day before", said(E3="past"), advise(on=-21)),
    example("A08:a", "caution manager", "advice of the same day", said(E3="past"), advise(on=-20)),
    example(
        "A09:a",
        "not_yet",
        "advice under another rule",
        change(CONVERSATION, practitioner_outcome="unclear_seek_advice"),
        advise(rules=["A08"]),
    ),
    example("A19", "caution manager", "advice for the one whom it is about", PAST, advise(person_id="a")),
    example(
        "A19", "not_yet", "advice for one of two", told("past_domestic_abuse", about=("a", "b")), advise(person_id="a")
    ),
    example(
        "A19", "not_yet", "advice for one, about nobody", told("past_domestic_abuse", about=()), advise(person_id="a")
    ),
    example(
        "A19",
        "caution manager",
        "advice for nobody, about two",
        told("past_domestic_abuse", about=("a", "b")),
        advise(),
    ),
    example("A19", "not_yet", "one of two answered", PAST, advise(on=-4), told("past_domestic_abuse", on=-3)),
    # What ends advice to go ahead
    example("A19", "not_yet", "find out more, since", PAST, advise(on=-4), advise("find_out_more", -3, role="other")),
    example("A19", "caution manager", "find out more, before", PAST, advise("find_out_more", -4), advise(on=-3)),
    example("A19", "caution manager", "find out more, to come", PAST, advise(on=-4), advise("find_out_more", 1)),
    example(
        "A19",
        "caution manager",
        "find out more on the service",
        PAST,
        advise(on=-4),
        advise("find_out_more", -3, about="service_fit"),
    ),
    example(
        "A19", "not_yet", "find out more at noon", PAST, at("11:00", -4, "go_ahead"), at("12:00", -4, "find_out_more")
    ),
    example(
        "A19",
        "caution manager",
        "find out more at ten",
        PAST,
        at("11:00", -4, "go_ahead"),
        at("10:00", -4, "find_out_more"),
    ),
    example("A19", "not_yet", "not to go ahead, since", PAST, advise(on=-4), refuse(-3)),
    example("A19", "not_yet", "not to go ahead, to come", PAST, advise(on=-4), refuse(1)),
    example(
        "A19", "caution manager", "go ahead after all", PAST, advise(on=-4), advise("find_out_more", -3), advise(on=-2)
    ),
    # What ends advice not to go ahead
    example("A05", "pass", "a manager says go ahead since", refuse(), advise(on=-4)),
    example("A05", "stop", "the SPR team says go ahead since", refuse(), advise(on=-4, role="spr_team")),
    example("A05", "stop", "a manager said go ahead before", refuse(), advise(on=-6)),
    example("A05", "stop", "a manager says go ahead, to come", refuse(), advise(on=1)),
    example("A05", "pass", "go ahead at noon", at("11:00", -4, "do_not_go_ahead"), at("12:00", -4, "go_ahead")),
    example("A05", "stop", "go ahead at ten", at("11:00", -4, "do_not_go_ahead"), at("10:00", -4, "go_ahead")),
    example("A05", "pass", "go ahead under this rule", refuse(), advise(on=-4, rules=["A05"])),
    example("A05", "stop", "go ahead under another rule", refuse(), advise(on=-4, rules=["A08"])),
    example("A05", "stop", "go ahead for one, refused for all", refuse(), advise(on=-4, person_id="a")),
    example("A05", "pass", "go ahead for all, refused for one", refuse(person_id="a"), advise(on=-4)),
    example("A05", "pass", "go ahead for the one refused", refuse(person_id="a"), advise(on=-4, person_id="a")),
    example("A05", "stop", "go ahead for the other", refuse(person_id="a"), advise(on=-4, person_id="b")),
    example("A05", "stop", "go ahead, which has ended", refuse(), advise(on=-4), advise("find_out_more", -3)),
    example("A05", "stop", "refused again", refuse(), advise(on=-4), refuse(-3)),
    example("A05", "stop", "refused, and corrected", refuse(), correct("advice", on=-4, says="find_out_more")),
    example("A05", "stop", "refused under other rules", refuse(rules=["C05"])),
    # Lifts
    *(
        example("A05", outcome, says, told("domestic_abuse"), lift("safety_information", **how))
        for says, outcome, how in (
            ("lifted on the day", "caution manager", {"on": -3}),
            ("lifted the day before", "stop", {"on": -4}),
            ("lifted after the check", "stop", {"on": 1}),
            ("lifted by whoever recorded it", "stop", {"by": RECORDER, "recorded_by": RECORDER}),
            (
                "lifted by the same in another way of writing",
                "stop",
                {"by": "j.outreach", "recorded_by": "J. OUTREACH"},
            ),
            ("lifted in another's name", "stop", {"by": MANAGER, "recorded_by": "K. Other"}),
            (
                "lifted in one's own name, written otherwise",
                "caution manager",
                {"by": "m. manager", "recorded_by": "M.Manager"},
            ),
        )
    ),
    example(
        "A05",
        "stop",
        "lifted, but not known who recorded it",
        told("domestic_abuse", recorded_by=None),
        lift("safety_information"),
    ),
    example(
        "A05",
        "stop",
        "lifted by somebody not known",
        told("domestic_abuse"),
        lift("safety_information", recorded_by=None),
    ),
    example("A05", "stop", "another record lifted", told("domestic_abuse"), lift("plan")),
    example(
        "A05",
        "stop",
        "a lift that was corrected",
        told("domestic_abuse"),
        lift("safety_information", on=-2),
        correct("stop_lifted", on=-1, records=[]),
    ),
    example(
        "A05",
        "caution manager",
        "a record named in capitals",
        told("domestic_abuse"),
        lift("safety_information"),
        name_in_capitals,
    ),
    example(
        "A05",
        "stop",
        "a correction is not lifted with it",
        told("domestic_abuse"),
        lift("safety_information"),
        correct("safety_information", on=-1),
    ),
    example(
        "A12",
        "not_yet",
        "lifted, and another not known",
        *met(new_safety_information="yes"),
        lift("touch_point"),
        *met(new_safety_information="not_known")[1:],
    ),
    example(
        "A09:a",
        "not_yet",
        "lifted, but without a reason",
        change(CONVERSATION, "a", practitioner_outcome="domestic_abuse_indicated", rationale=None),
        lift(CONVERSATION, "a"),
    ),
    example(
        "A19",
        "not_yet",
        "lifted, and another matter not known",
        matter("protective", "live"),
        lift("court_matter"),
        matter("protective", "not_known", matter_id="m2"),
    ),
    # Stops that cannot be lifted
    example("A21:a", "stop", "a child", born("2015-01-01"), lift("person", "a")),
    example("B03", "stop", "public law", matter("public", "live"), lift("court_matter")),
    example(
        "B01:a",
        "stop",
        "a crisis",
        change("suitability", "a", "active_crisis", value="yes"),
        lift("suitability", "a", "active_crisis"),
    ),
    example("F07:a", "stop", "a withdrawal", change("agreement", "a", agreed="withdrawn"), lift("agreement", "a")),
)
