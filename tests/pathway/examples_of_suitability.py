"""Examples of rules B and C: whether it is the time for a service, and which."""

from __future__ import annotations

from datetime import date
from typing import Final

from tests.cases import Family
from tests.pathway.examples_of_safety import CONVERSATION, matter, said, talk
from tests.pathway.rule_table import (
    NO_ENTRY,
    Example,
    Step,
    add,
    change,
    correct,
    day,
    drop,
    example,
    in_service,
    move,
)

SPRING: Final = date(2026, 2, 28)
CENTURY: Final = date(2100, 2, 28)
"""The year 2100 has no 29 February, although somebody born on 29 February 2092 turns eight in it."""


def crisis(on: int = -17, **more: str) -> Step:
    """What is known of a crisis of parent a."""

    def step(family: Family) -> None:
        family.change("suitability", "a", "active_crisis", **more)
        family.move("suitability", "a", "active_crisis", on=on)

    return step


def therapy(value: str, detail: str | None = None) -> Step:
    """What is known of therapy of parent a."""
    return change("suitability", "a", "therapy", value=value, detail=detail)


def public_law(value: str) -> Step:
    """What was answered about public law."""
    return change("suitability", "public_law", value=value)


def offered(item: str, on: str, result: str = "offered", **more: str) -> Step:
    """The universal offer, another time."""
    return add("universal_offer", on, item=item, result=result, **more)


def account(teller: str, status: str, between: tuple[str, str] = ("a", "b")) -> Step:
    """How somebody describes what two people are to each other; the newest account of that teller."""
    return add("relationship", -1, between=list(between), status=status, according_to=teller)


def third(status: str) -> tuple[Step, ...]:
    """A third adult who takes part, living apart from parent a, and a relationship to parent b."""
    return (
        add("person", -60, person_id="d", role="other_adult", given_names="Dee", lives_in_area="yes"),
        change("referral", taking_part=["a", "b", "d"]),
        account("practitioner", "separated_living_apart", ("a", "d")),
        account("practitioner", status, ("b", "d")),
    )


def child(born: str | None = None, person: str = "c1", **more: str) -> Step:
    """What is known of a child's age."""
    return change("person", person, date_of_birth=born, **more)


def another_child(born: str | None, **more: str) -> Step:
    """One more child of the family, who does not take part."""
    return add("person", -60, person_id="c3", role="child", given_names="Mo", date_of_birth=born, **more)


def wants(first: str, second: str | None) -> tuple[Step, ...]:
    """Whether each parent wants support without the children."""
    answers = {"a": first, "b": second}
    return tuple(add("wants_without_children", -5, person_id=who, answer=each) for who, each in answers.items() if each)


CRISIS_ANSWER: Final = {"L1": {"value": "recent"}}

EXAMPLES_B: Final[tuple[Example, ...]] = (
    # Crisis; the check was 17 days ago, the conversation 20 days ago
    example("B01:a", "pass", "none"),
    example("B01:a", "stop", "one", crisis(value="yes")),
    example("B01:a", "stop", "one, to be looked at again", crisis(value="yes", review_on=day(-1))),
    example("B01:a", "not_yet", "not known", crisis(value="not_known")),
    example("B01:a", "not_yet", "not asked", drop("suitability", "a", "active_crisis")),
    example("B01:a", "pass", "to be looked at today", crisis(value="no", review_on=day(0))),
    example("B01:a", "not_yet", "to be looked at yesterday", crisis(value="no", review_on=day(-1))),
    example("B01:a", "pass", "a parent spoke of one before the check", said(L1="recent")),
    example("B01:a", "not_yet", "a parent spoke of one on the day of the check", said(L1="recent"), crisis(on=-20)),
    example("B01:a", "not_yet", "the other parent spoke of one", talk(-1, "b", answers=CRISIS_ANSWER)),
    example("B01:a", "not_yet", "in an unfinished one", talk(-1, "b", state="incomplete", answers=CRISIS_ANSWER)),
    example("B01:a", "pass", "in a declined one", talk(-1, "b", state="declined", answers=CRISIS_ANSWER)),
    example("B01:a", "pass", "one more than a year ago", talk(-1, "b", answers={"L1": {"value": "past"}})),
    example("B01:a", "pass", "corrected", talk(-2, "b", answers=CRISIS_ANSWER), correct(CONVERSATION, "b", answers={})),
    example("B01:a", "pass", "to come", talk(1, "b", answers=CRISIS_ANSWER)),
    example(
        "B01:c1",
        "not_yet",
        "a child, not asked",
        drop("suitability", "c1", "active_crisis"),
        service="family_counselling",
    ),
    # Therapy
    example("B02:a", "pass", "none"),
    example("B02:a", "not_yet", "not known", therapy("not_known")),
    example("B02:a", "not_yet", "not asked", drop("suitability", "a", "therapy")),
    *(
        example("B02:a", outcome, f"detail {detail}", therapy("yes", detail))
        for detail, outcome in {
            None: "stop",
            "receiving_now": "stop",
            "waiting_soon": "stop",
            "waiting_date_unknown": "not_yet",
            "assessment_only": "caution",
            "non_talking_therapy": "caution",
            "ended": "pass",
        }.items()
    ),
    # Public law
    example("B03", "pass", "none"),
    example("B03", "stop", "proceedings", public_law("yes")),
    example("B03", "not_yet", "not known", public_law("not_known")),
    example("B03", "not_yet", "not asked", drop("suitability", "public_law")),
    *(
        example("B03", outcome, f"a public matter {state} about the children {about}", matter("public", state, about))
        for state, outcomes in {
            "contemplated": ("pass", "pass", "pass"),
            "issued": ("stop", "not_yet", "pass"),
            "listed": ("stop", "not_yet", "pass"),
            "live": ("stop", "not_yet", "pass"),
            "concluded": ("caution", "caution", "pass"),
            "withdrawn": ("pass", "pass", "pass"),
            "expired": ("pass", "pass", "pass"),
            "not_known": ("not_yet", "not_yet", "pass"),
        }.items()
        for about, outcome in zip(("yes", "not_known", "no"), outcomes, strict=True)
    ),
    *(
        example("B03", "not_yet", f"a matter, {state}", matter("not_known", state, "no"))
        for state in ("live", "concluded")
    ),
    *(example("B03", "pass", f"{law} law", matter(law, "live")) for law in ("private", "criminal", "protective")),
    example("B03", "pass", "withdrawn since", matter("public", "live"), matter("public", "withdrawn", on=-4)),
    example("B03", "stop", "to be withdrawn", matter("public", "live"), matter("public", "withdrawn", on=1)),
    example("B03", "stop", "one of two", matter("public", "live"), matter("public", "withdrawn", matter_id="m2")),
    # Before proceedings, and private law
    example("B04", "pass", "neither"),
    example("B04", "caution manager", "thought of", matter("public", "contemplated")),
    example("B04", "caution manager", "thought of, perhaps", matter("public", "contemplated", "not_known")),
    example("B04", "pass", "thought of, other children", matter("public", "contemplated", "no")),
    example("B04", "caution manager", "the plan says so", change("plan", type="pre_proceedings")),
    example("B04", "pass", "a plan of child protection", change("plan", type="child_protection")),
    *(
        example("B05", outcome, f"a private matter {state}", matter("private", state))
        for state, outcome in {
            "contemplated": "pass",
            "issued": "caution",
            "listed": "caution",
            "live": "caution",
            "concluded": "caution",
            "withdrawn": "pass",
            "expired": "pass",
            "not_known": "caution",
        }.items()
    ),
)

EXAMPLES_C: Final[tuple[Example, ...]] = (
    example("C00", "pass", "a service, and everybody is on record"),
    example("C00", "not_yet", "no referral, so no service", drop("referral")),
    example("C00", "not_yet", "nobody takes part", change("referral", taking_part=None)),
    example("C00", "not_yet", "only a child", change("referral", taking_part=["c1"])),
    example("C00", "not_yet", "somebody is on record later only", move("person", "b", on=1)),
    # The area
    example("C01", "pass", "both"),
    example("C01", "stop", "neither", change("person", lives_in_area="no")),
    example("C01", "not_yet", "one", change("person", "b", lives_in_area="no")),
    example("C01", "not_yet", "one not known", change("person", "b", lives_in_area=None)),
    example("C01", "not_yet", "nobody takes part", change("referral", taking_part=[])),
    # The conflict
    example("C02", "pass", "all three"),
    example("C02", "not_yet", "not described", drop("conflict_profile")),
    *(
        example("C02", "not_yet", f"{which} {value}", change("conflict_profile", **{which: value}))
        for which in ("frequent", "intense", "poorly_resolved")
        for value in ("no", "not_known")
    ),
    # The universal offer
    example("C03", "pass", "it does not fit"),
    *(
        example("C03", "pass", result, change("universal_offer", result=result))
        for result in ("started", "completed", "declined", "not_available", "no_digital_access", "language_barrier")
    ),
    example("C03", "caution", "only offered", change("universal_offer", result="offered")),
    example("C03", "pass", "offered, and another done", offered("leaflet", day(-1))),
    example("C03", "not_yet", "nothing", drop("universal_offer")),
    example("C03", "not_yet", "something to come", move("universal_offer", on=1)),
    # Courses that have ended
    example("C04", "pass", "not offered"),
    *(
        example("C04:a", "pass", f"{item} on the last day", offered(item, "2025-08-31", person_id="a"))
        for item in ("arguing_better", "getting_it_right_for_children", "me_you_and_baby_too")
    ),
    *(
        example("C04:a", "not_yet", f"{item} the day after", offered(item, "2025-09-01", person_id="a"))
        for item in ("arguing_better", "getting_it_right_for_children", "me_you_and_baby_too")
    ),
    example("C04", "not_yet", "started the day after", offered("arguing_better", "2025-09-01", "started")),
    example("C04", "pass", "completed the day after", offered("arguing_better", "2025-09-01", "completed")),
    example("C04:a", NO_ENTRY, "a leaflet", offered("leaflet", "2026-09-01", person_id="a")),
    example("C04:a", NO_ENTRY, "something not known", offered("a-new-course", "2026-09-01", person_id="a")),
    # What the parents are to each other
    *(
        each
        for status, mediation, couple_support in (
            ("together_living_together", "stop", "pass"),
            ("together_living_apart", "stop", "pass"),
            ("separated_living_apart", "pass", "stop"),
            ("separated_same_home", "caution", "not_yet"),
            ("separating", "caution", "not_yet"),
            ("never_together", "caution", "stop"),
            ("undecided", "not_yet", "not_yet"),
            ("not_known", "not_yet", "not_yet"),
        )
        for each in (
            example("C05", mediation, status, change("relationship", status=status)),
            *in_service(
                "couple_support", example("C08", couple_support, status, change("relationship", status=status))
            ),
        )
    ),
    *(
        each
        for rule, service in (("C05", "mediation"), ("C08", "couple_support"))
        for each in in_service(
            service,
            example(rule, "not_yet", "nobody told", drop("relationship")),
            example(rule, "not_yet", "the accounts differ", account("b", "undecided")),
            example(rule, "pass", "one does not know", account("b", "not_known")),
            example(rule, "not_yet", "one adult only", change("referral", taking_part=["a"])),
        )
    ),
    example("C05", "not_yet", "accounts of two that fit and one that does not", account("practitioner", "separating")),
    example(
        "C05",
        "pass",
        "the newest account of a teller counts",
        account("b", "together_living_apart"),
        account("b", "separated_living_apart"),
    ),
    example(
        "C05", "pass", "in either order", account("b", "separating", ("b", "a")), account("b", "separated_living_apart")
    ),
    example(
        "C05", "caution", "separating, or in one home", account("a", "separating"), account("b", "separated_same_home")
    ),
    example("C05", "stop", "the worst of three pairs", *third("together_living_together")),
    # Parental responsibility
    example("C06", "pass", "both hold it"),
    example("C06", "stop", "one does not", change("parental_responsibility", "b", held="no")),
    *(
        example("C06", "not_yet", held, change("parental_responsibility", "b", held=held))
        for held in ("not_known", "disputed")
    ),
    example("C06", "not_yet", "not recorded", drop("parental_responsibility", "b")),
    example("C06", "not_yet", "no child", change("person", "c1", role="other_adult")),
    example("C06", "not_yet", "one adult only", change("referral", taking_part=["a"])),
    example("C06", "pass", "one child of two will do", another_child("2015-01-01")),
    example(
        "C06",
        "not_yet",
        "not for one, not known for another",
        another_child("2015-01-01"),
        change("parental_responsibility", "b", held="no"),
    ),
    # Child consultation
    example("C07:c1", "pass", "10 today", child("2016-11-22")),
    example("C07:c1", "caution", "10 tomorrow", child("2016-11-23")),
    example("C07:c1", "caution", "29 February, the day before", child("2016-02-29"), as_of=SPRING),
    example("C07:c1", "pass", "29 February, on 1 March", child("2016-02-29"), as_of=date(2026, 3, 1)),
    example("C07:c1", "caution", "age not known", child()),
    example(
        "C07:c1", "caution", "a date of birth that is not known", child("2010-01-01", date_of_birth_accuracy="unknown")
    ),
    example("C07:c1", "pass", "an estimated date of birth", child("2010-01-01", date_of_birth_accuracy="estimated")),
    *(
        example("C07:c1", "caution", f"wants to take part {answer}", change("child_voice", wants_to_take_part=answer))
        for answer in ("no", "unsure", "not_asked")
    ),
    example("C07:c1", "caution", "not heard", drop("child_voice")),
    example("C07:c1", NO_ENTRY, "not born", child(None, expected_on=day(30))),
    example("C07:c1", NO_ENTRY, "born after the check", child(day(1))),
    example("C07:c3", "caution", "a child who does not take part", another_child("2020-01-01")),
    # Couple support or family counselling
    *in_service(
        "couple_support",
        example("C09", "pass", "a child of 5"),
        example("C09", "pass", "8 tomorrow", child("2018-11-23")),
        example("C09", "caution", "8 today", child("2018-11-22")),
        example("C09", "caution", "age not known", child()),
        example("C09", "pass", "not born", child(None, expected_on=day(30))),
        example("C09", "pass", "one of two", child("2010-01-01"), another_child("2020-01-01")),
        example("C09", "pass", "both want it without the children", child("2010-01-01"), *wants("yes", "yes")),
        example("C09", "caution", "one wants it so", child("2010-01-01"), *wants("yes", None)),
        example("C09", "caution", "not known of one", child("2010-01-01"), *wants("yes", "not_known")),
        example("C09", "caution", "nobody takes part", child("2010-01-01"), change("referral", taking_part=[])),
    ),
    # Family counselling: age
    *in_service(
        "family_counselling",
        example("C10:c1", "pass", "8 today", child("2018-11-22")),
        example("C10:c1", "not_yet", "8 tomorrow", child("2018-11-23")),
        example("C10:c1", "not_yet", "8 in 56 days", child("2019-01-17")),
        example("C10:c1", "stop", "8 in 57 days", child("2019-01-18")),
        example("C10:c1", "stop", "not born", child(None, expected_on=day(30))),
        example("C10:c1", "stop", "expected, and not known to be born", child(None, expected_on=day(-30))),
        example("C10:c1", "stop", "born after the check", child(day(1))),
        example("C10:c1", "not_yet", "age not known", child()),
        example(
            "C10:c1",
            "not_yet",
            "a date of birth that is not known",
            child("2019-11-23", date_of_birth_accuracy="unknown"),
        ),
        example("C10:a", "pass", "an adult without a date of birth"),
        example("C10:c1", "not_yet", "29 February, the day before", child("2092-02-29"), as_of=CENTURY),
        example("C10:c1", "pass", "29 February, on 1 March", child("2092-02-29"), as_of=date(2100, 3, 1)),
        example("C10:c3", NO_ENTRY, "a child who does not take part", another_child("2020-01-01")),
        # A younger child at home
        example("C11", NO_ENTRY, "apart"),
        example("C11", "pass", "together, all old enough", change("relationship", status="together_living_apart")),
        example(
            "C11",
            "caution manager",
            "together, by one account, and a younger child",
            account("b", "together_living_together"),
            another_child("2018-11-23"),
        ),
        example(
            "C11",
            "pass",
            "together, and 8 today",
            account("b", "together_living_together"),
            another_child("2018-11-22"),
        ),
        example(
            "C11",
            "caution manager",
            "together, age not known",
            account("b", "together_living_together"),
            another_child(None),
        ),
        example(
            "C11",
            "caution manager",
            "together, not born",
            account("a", "together_living_apart"),
            another_child(None, expected_on=day(9)),
        ),
        example("C11", NO_ENTRY, "apart, and a younger child", another_child("2020-01-01")),
        # The child wants to come
        *(
            example("C12:c1", outcome, answer, change("child_voice", "c1", wants_to_take_part=answer))
            for answer, outcome in {"yes": "pass", "unsure": "caution", "no": "not_yet", "not_asked": "not_yet"}.items()
        ),
        example("C12:c1", "not_yet", "not heard", drop("child_voice", "c1")),
    ),
)
EXAMPLES: Final = EXAMPLES_B + EXAMPLES_C
