"""Examples of rules D to G: who does well, wrap-around, agreement and sharing, after the pack has gone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from spr_desktop.pathway.definition import definition
from tests.cases import professional
from tests.pathway.examples_of_safety import session, touch
from tests.pathway.examples_of_suitability import another_child, child
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

TWO_NOTICES: Final = replace(definition(), notice_versions=("1", "2"))


def ready(**fields: str | None) -> Step:
    """What is known of parent a's readiness."""
    return change("readiness", "a", **fields)


def plan(**fields: str | None) -> Step:
    """What is known of the plan."""
    return change("plan", **fields)


def wraparound(person: str = "a", **fields: Any) -> Step:
    """What is known of the commitment to a parent."""
    return change("wraparound", person, **fields)


def shared(name: str = "Wren Demo", organisation: str = "Example Outreach", **fields: Any) -> tuple[Step, Step]:
    """One practitioner for both parents; for the second the name is written in another way."""
    second = professional(name.upper().replace(" ", "  "), organisation.lower())
    return (
        wraparound("a", practitioner=professional(name, organisation), **fields),
        wraparound("b", practitioner=second, **fields),
    )


def agreement(**fields: str) -> Step:
    """What parent a agreed to."""
    return change("agreement", "a", **fields)


def contact(**fields: str | None) -> Step:
    """How parent a can be reached."""
    return change("contact_point", "a", **fields)


def step(which: str, on: int, person: str | None = None) -> Step:
    """A step of the referral."""
    return add("referral_progress", on, step=which, person_id=person)


EXAMPLES_D: Final[tuple[Example, ...]] = (
    example("D01:a", "pass", "wants change, and freely"),
    example("D01:a", "not_yet", "nobody asked", drop("readiness", "a")),
    *(
        example(
            "D01:a", outcome, f"wants change {wants}, freely {freely}", ready(wants_change=wants, freely_chosen=freely)
        )
        for wants, freely, outcome in (
            ("no", "yes", "not_yet"),
            ("yes", "no", "not_yet"),
            ("partly", "no", "not_yet"),
            ("partly", "yes", "caution"),
            ("not_known", "yes", "caution"),
            ("yes", "not_known", "caution"),
        )
    ),
    example("D02:a", "pass", "no pressure"),
    *(
        example("D02:a", "not_yet", f"pressure from {who}", ready(pressure_from=who))
        for who in ("other_parent", "family", "agency", "court")
    ),
    example("D02:a", "not_yet", "nobody asked", drop("readiness", "a")),
    *(
        example(f"{rule}:a", outcome, f"{field} {answer}", ready(**{field: answer}))
        for rule, field in (("D03", "sees_child_view"), ("D06", "open_to_another_professional"))
        for answer, outcome in {"yes": "pass", "partly": "caution", "no": "caution", "not_known": "caution"}.items()
    ),
    example("D03:a", "not_yet", "nobody asked", drop("readiness", "a")),
    example("D06:a", "not_yet", "nobody asked", drop("readiness", "a")),
    # The plan
    example("D04", "pass", "the service is part of it"),
    *(
        example("D04", "not_yet", f"part of it {is_it}", plan(intervention_in_plan=is_it))
        for is_it in ("no", "not_known")
    ),
    *(
        example(
            rule,
            NO_ENTRY,
            f"a plan of type {kind}",
            plan(type=kind, intervention_in_plan="no", closure_because_of_referral="yes"),
        )
        for rule in ("D04", "D05")
        for kind in ("none", "universal")
    ),
    example("D04", "pass", "child protection is no bar", plan(type="child_protection")),
    example("D04", NO_ENTRY, "no plan on record", drop("plan")),
    example("D05", "pass", "no closing in sight"),
    *(
        example(
            "D05",
            outcome,
            f"because {because}, closes {closes}",
            plan(closure_because_of_referral=because, closure_planned_on=closes),
        )
        for because, closes, outcome in (
            ("yes", None, "not_yet"),
            ("yes", day(85), "not_yet"),
            ("not_known", day(84), "not_yet"),
            ("not_known", day(85), "caution"),
            ("not_known", None, "caution"),
            ("no", day(84), "caution"),
            ("no", day(-1), "caution"),
            ("no", day(85), "pass"),
        )
    ),
    # The child's voice
    example("D07:c1", "pass", "heard"),
    example("D07:c1", "not_yet", "not heard", drop("child_voice")),
    example("D07:c1", "caution manager", "not right to ask", change("child_voice", how="not_safe_to_ask")),
    example("D07:c3", "not_yet", "age not known", another_child(None)),
    example("D07:c3", "not_yet", "born today", another_child(day(0))),
    example("D07:c3", NO_ENTRY, "born after the check", another_child(day(1))),
    example("D07:c3", "not_yet", "expected today", another_child(None, expected_on=day(0))),
    example("D07:c3", NO_ENTRY, "expected tomorrow", another_child(None, expected_on=day(1))),
)

EXAMPLES_E: Final[tuple[Example, ...]] = (
    example("E01", "pass", "named"),
    example("E01", "not_yet", "nobody", drop("lead_professional")),
    example("E01", "not_yet", "a name of spaces", change("lead_professional", professional=professional("  "))),
    example("E02:a", "pass", "a commitment"),
    example("E02:a", "not_yet", "none", drop("wraparound", "a")),
    example("E02:a", "pass", "one that ends tomorrow", wraparound(ended_on=day(1))),
    example("E02:a", "not_yet", "one that ends today", wraparound(ended_on=day(0))),
    example("E03:a", "pass", "known to the parent"),
    *(
        example("E03:a", "caution", f"known {known}", wraparound(known_to_parent=known))
        for known in ("no", "not_known")
    ),
    example("E03:a", NO_ENTRY, "none", drop("wraparound", "a")),
    # From outside the service
    example("E04:a", "pass", "outside"),
    *(
        example("E04:a", "not_yet", f"outside {outside}", wraparound(outside_service=outside))
        for outside in ("no", "not_known")
    ),
    *(
        each
        for service, names, other in (
            ("mediation", ("Mediation Now", "family SOLUTIONS", "mediationnow"), "Southampton Family Trust"),
            ("couple_support", ("Southampton Family Trust", "Mediation Now", "Family Solutions"), "Off The Record"),
            ("family_counselling", ("off the record", "Hart Voluntary Action"), "Mediation Now"),
        )
        for each in in_service(
            service,
            *(example("E04:a", "not_yet", name, wraparound(practitioner=professional("Wren", name))) for name in names),
            example("E04:a", "pass", f"{other}, another service", wraparound(practitioner=professional("Wren", other))),
        )
    ),
    # One practitioner for each parent
    example("E05", "pass", "one each"),
    example("E05", "not_yet", "one for both", *shared()),
    example("E05", "caution", "20 characters on each", *shared(boundary_statement=f" {'x' * 20}\n")),
    example("E05", "not_yet", "19 characters on each", *shared(boundary_statement=f" {'x' * 19}\n")),
    example("E05", "not_yet", "on one only", *shared(), wraparound("a", boundary_statement="x" * 20)),
    example(
        "E05", "pass", "one name, two organisations", wraparound("b", practitioner=professional("Wren Demo", "Another"))
    ),
    example("E05", "pass", "one for both, who has left one", *shared(), wraparound("b", ended_on=day(0))),
    example("E05", NO_ENTRY, "one adult", change("referral", taking_part=["a"])),
    # Touch points; a session in two days, at half past ten
    example("E06:a", "pass", "held before", session(f"{day(2)}T10:30"), touch(0)),
    example("E06:a", "caution due", "to be held", session(f"{day(2)}T10:30")),
    example("E06:a", "caution due", "held with the other parent", session(f"{day(2)}T10:30"), touch(0, person="b")),
    *(
        example("E06:a", "caution due", f"alone {alone}", session(f"{day(2)}T10:30"), touch(0, individually=alone))
        for alone in ("no", "not_known")
    ),
    example("E06:a", "caution due", "a session in 7 days", session(f"{day(7)}T10:30")),
    example("E06:a", NO_ENTRY, "a session in 8 days", session(f"{day(8)}T10:30")),
    example("E06:a", "caution overdue", "a session today", session(f"{day(0)}T23:00")),
    example("E06:a", "pass", "on the day", session(f"{day(-2)}T10:30"), touch(-2)),
    example("E06:a", "pass", "at the time", session(f"{day(-2)}T10:30"), touch(-2, "10:30")),
    example("E06:a", "caution overdue", "a minute after", session(f"{day(-2)}T10:30"), touch(-2, "10:31")),
    example("E06:a", "caution overdue", "the day after", session(f"{day(-2)}T10:30"), touch(-1)),
    example("E06:a", "pass", "weeks before", session(f"{day(-2)}T10:30"), touch(-30)),
    *(
        example("E06:a", NO_ENTRY, state, session(f"{day(-2)}T10:30", state=state))
        for state in ("cancelled", "stopped")
    ),
    *(
        example("E06:a", "caution overdue", state, session(f"{day(-2)}T10:30", state=state))
        for state in ("attended", "did_not_attend")
    ),
    example("E06:c1", NO_ENTRY, "a child", session(f"{day(-2)}T10:30", attendees=("a", "c1"))),
    example("E06:a", "caution overdue", "a session recorded later", session(f"{day(-2)}T10:30", on=3)),
    example(
        "E06:a",
        NO_ENTRY,
        "cancelled since",
        session(f"{day(-2)}T10:30"),
        session(f"{day(-2)}T10:30", on=-3, state="cancelled"),
    ),
    example("E06:a", "caution overdue", "a touch point to come", session(f"{day(0)}T10:30"), touch(1)),
    example(
        "E06:a",
        "caution overdue",
        "corrected",
        session(f"{day(-2)}T10:30"),
        touch(-3),
        correct("touch_point", on=-3, individually="no"),
    ),
    # A school between two parents
    example(
        "E07",
        "pass",
        "one each, both from school",
        wraparound("a", setting="school"),
        wraparound("b", setting="school"),
    ),
    example("E07", "pass", "one for both, from elsewhere", *shared(setting="health")),
    *(
        example("E07", "caution", f"one for both, {place}", *shared(setting=place))
        for place in ("school", "early_years")
    ),
    example(
        "E07", "caution", "one for both, once from school", *shared(setting="health"), wraparound("b", setting="school")
    ),
    example("E07", NO_ENTRY, "one adult", change("referral", taking_part=["a"])),
)

EXAMPLES_F: Final[tuple[Example, ...]] = (
    *(
        example("F01:a", outcome, agreed, agreement(agreed=agreed))
        for agreed, outcome in {"yes": "pass", "no": "stop", "undecided": "not_yet", "withdrawn": "pass"}.items()
    ),
    example("F01:a", "not_yet", "not asked", drop("agreement", "a")),
    example("F01:a", "not_yet", "to another service", agreement(service="couple_support")),
    *(
        example("F02:a", outcome, wishes, agreement(wishes_to_access=wishes))
        for wishes, outcome in {"yes": "pass", "no": "stop", "not_known": "not_yet"}.items()
    ),
    example("F02:a", "not_yet", "not asked", drop("agreement", "a")),
    # The privacy notice
    example("F03:a", "pass", "the current version"),
    example("F03:a", "not_yet", "none", drop("privacy_notice", "a")),
    example("F03:a", "not_yet", "another notice", change("privacy_notice", "a", notice="another")),
    example("F03:a", "not_yet", "a version not listed", change("privacy_notice", "a", version="0")),
    example("F03:a", "caution", "an older version", pathway=TWO_NOTICES),
    example("F03:a", "pass", "the newest of two", change("privacy_notice", "a", version="2"), pathway=TWO_NOTICES),
    # The basis for sharing
    example("F04:a", "pass", "the policy was followed"),
    example("F04:a", "not_yet", "none", drop("sharing_basis", "a")),
    *(
        example("F04:a", "not_yet", f"followed {followed}", change("sharing_basis", "a", policy_followed=followed))
        for followed in ("no", "not_known")
    ),
    example("F04:c1", "not_yet", "a child has none", drop("sharing_basis", "c1"), service="family_counselling"),
    *(
        each
        for service, names in (
            ("mediation", ("spr_team", "mediation_now")),
            ("couple_support", ("spr_team", "mediation_now", "southampton_family_trust")),
            ("family_counselling", ("spr_team", "off_the_record", "hart_voluntary_action")),
        )
        for each in in_service(
            service,
            example("F05:a", "pass", "everybody"),
            *(
                example("F05:a", "not_yet", f"without {name}", change("sharing_basis", recipients=[*{*names} - {name}]))
                for name in names
            ),
        )
    ),
    example("F05:a", NO_ENTRY, "no basis", drop("sharing_basis", "a")),
    # Alone, not withdrawn, recent
    *(
        example("F06:a", outcome, f"alone {alone}", agreement(given_alone=alone))
        for alone, outcome in {"yes": "pass", "no": "not_yet", "not_known": "not_yet"}.items()
    ),
    example("F06:a", NO_ENTRY, "no agreement", drop("agreement", "a")),
    example("F07:a", "pass", "agreed"),
    example("F07:a", "stop", "withdrawn", agreement(agreed="withdrawn")),
    example("F07:a", "stop", "withdrawn after the check", correct("agreement", "a", on=1, agreed="withdrawn")),
    example(
        "F07:a", "pass", "agreed again", agreement(agreed="withdrawn"), correct("agreement", "a", on=-1, agreed="yes")
    ),
    example(
        "F07:a",
        "stop",
        "will agree again",
        agreement(agreed="withdrawn"),
        correct("agreement", "a", on=1, agreed="yes"),
    ),
    example(
        "F07:a",
        "pass",
        "from another service",
        add(
            "agreement",
            -1,
            person_id="a",
            service="couple_support",
            agreed="withdrawn",
            wishes_to_access="no",
            given_alone="yes",
            method="phone",
        ),
    ),
    example("F08:a", "pass", "56 days", move("agreement", "a", on=-56)),
    example("F08:a", "caution", "57 days", move("agreement", "a", on=-57)),
    # The child agrees
    *in_service(
        "family_counselling",
        *(
            example(
                "F09:c1",
                outcome,
                f"informed {informed}, agrees {agrees}",
                change("child_agreement", "c1", informed=informed, agrees=agrees),
            )
            for informed, agrees, outcome in (
                ("yes", "yes", "pass"),
                ("no", "yes", "not_yet"),
                ("not_known", "yes", "not_yet"),
                ("yes", "unsure", "not_yet"),
                ("yes", "no", "stop"),
                ("no", "no", "stop"),
            )
        ),
        example("F09:c1", "not_yet", "not asked", drop("child_agreement", "c1")),
        example("F09:c1", "not_yet", "8 today, not asked", drop("child_agreement", "c1"), child("2018-11-22")),
        example("F09:c1", NO_ENTRY, "8 tomorrow, not asked", drop("child_agreement", "c1"), child("2018-11-23")),
        example("F09:c1", "not_yet", "age not known, not asked", drop("child_agreement", "c1"), child()),
        example("F09:c1", NO_ENTRY, "not born", drop("child_agreement", "c1"), child(None, expected_on=day(3))),
    ),
    # A way to reach this parent
    example("F10:a", "pass", "confirmed lately"),
    example("F10:a", "not_yet", "no way", drop("contact_point", "a")),
    example("F10:a", "pass", "confirmed today", contact(confirmed_on=day(0))),
    example("F10:a", "pass", "confirmed 14 days ago", contact(confirmed_on=day(-14))),
    example("F10:a", "not_yet", "confirmed 15 days ago", contact(confirmed_on=day(-15))),
    example("F10:a", "not_yet", "to be confirmed", contact(confirmed_on=day(1))),
    example("F10:a", "not_yet", "never confirmed", contact(confirmed_on=None)),
    *(
        example("F10:a", "not_yet", f"{field} {value}", contact(**{field: value}))
        for field, values in {
            "safe": ("no", "not_known"),
            "monitored_by_others": ("yes", "not_known"),
            "shared_with_other_parent": ("yes", "not_known"),
        }.items()
        for value in values
    ),
    example("F10:a", "pass", "by a worker", contact(type="via_worker", safe="not_known", monitored_by_others="yes")),
    example("F10:a", "not_yet", "by a worker, which will not do", contact(type="via_worker", safe="no")),
    example("F10:a", "not_yet", "by a worker, 15 days ago", contact(type="via_worker", confirmed_on=day(-15))),
)

EXAMPLES_G: Final[tuple[Example, ...]] = (
    example("G02", NO_ENTRY, "not accepted"),
    example("G02", "not_yet", "not discussed", step("accepted", -3)),
    example("G02", "not_yet", "discussed the day after", step("accepted", -3), step("spr_discussion", -2)),
    example("G02", "pass", "discussed on the day", step("accepted", -3), step("spr_discussion", -3)),
    example("G02", "not_yet", "one of two", step("accepted", -5), step("spr_discussion", -4), step("accepted", -3)),
    example("G03", NO_ENTRY, "not sent"),
    example("G03", "pass", "28 days", step("sent", -28)),
    example("G03", "caution overdue", "29 days", step("sent", -29)),
    *(
        example("G03", "pass", f"{answer} on the day", step("sent", -29), step(answer, -29))
        for answer in ("accepted", "declined")
    ),
    example("G03", "caution overdue", "accepted before that", step("accepted", -30), step("sent", -29)),
    example("G03", "caution overdue", "accepted after the check", step("sent", -29), step("accepted", 1)),
    example("G03", "pass", "sent again", step("sent", -29), step("sent", -28)),
    example("G04:a", NO_ENTRY, "not accepted", step("sent", -29)),
    example("G04:a", "pass", "28 days", step("accepted", -28)),
    example("G04:a", "caution overdue", "29 days", step("accepted", -29)),
    example("G04:a", "pass", "seen on the day", step("accepted", -29), step("initial_assessment", -29, "a")),
    example(
        "G04:a", "caution overdue", "seen before that", step("accepted", -29), step("initial_assessment", -30, "a")
    ),
    example(
        "G04:a", "caution overdue", "the other was seen", step("accepted", -29), step("initial_assessment", -2, "b")
    ),
    example(
        "G04:a", "caution overdue", "nobody says who was seen", step("accepted", -29), step("initial_assessment", -2)
    ),
    example("G04:a", "pass", "accepted again", step("accepted", -29), step("accepted", -28)),
)
EXAMPLES: Final = EXAMPLES_D + EXAMPLES_E + EXAMPLES_F + EXAMPLES_G
