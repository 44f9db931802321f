"""Cases of any kind: a ready family, then whatever happens to it.

Most changes are drawn from the fields of the kinds themselves, with the values that rules look at. A few are things
that hardly come about by chance: advice after a worry, a stop that somebody lifts, a caution that is accepted.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Final

from hypothesis import strategies as st

from spr_desktop.pathway.definition import definition
from spr_desktop.pathway.questions import BUILT_IN, NOT_ANSWERED, question_set
from spr_desktop.records.bodies import ids_defined, ids_referred_to, trusted_body
from spr_desktop.records.kinds import KINDS, fields_of
from spr_desktop.records.values import Defines
from tests.cases import MANAGER, RECORDER, Family, PlainRecord, mild_answers, professional
from tests.records.generated import Strategy, Values
from tests.records.reading import faults

DAYS_OF_CHECK: Final = (date(2026, 11, 22), date(2025, 9, 10), date(2028, 2, 29), date(2027, 3, 1), date(2026, 2, 28))
AROUND: Final = (-90, -57, -56, -29, -28, -20, -16, -12, -10, -9, -5, -4, -3, -2, -1, 0, 1, 3)
"""Days from the day of the check on which records are likely to matter."""
SERVICES: Final = ("mediation", "couple_support", "family_counselling")
PEOPLE: Final = ("a", "b", "gran", "c1", "c2", "c3")
KINDS_THAT_ARE_READ: Final = sorted(
    set(KINDS)
    - {"case_opened", "confidential_words", "need", "course", "outcome_measure", "note", "significant_event"}
    - {"contact_triage", "document_made", "document_sent", "document_revoked", "stop_lifted", "caution_accepted"}
)

_QUESTIONS: Final = question_set(BUILT_IN)
_SIGNS: Final = {
    effect: [
        (each.id, code)
        for each in _QUESTIONS.questions.values()
        for code, its_effect in each.effects.items()
        if its_effect == effect
    ]
    for effect in ("caution", "not_yet", "stop", "stop_urgent")
}
_ANY_ANSWER: Final = st.sampled_from(sorted(_QUESTIONS.questions.values(), key=lambda each: each.id)).flatmap(
    lambda asked: st.tuples(
        st.just(asked.id), st.sampled_from([*(each.code for each in asked.choices), *sorted(NOT_ANSWERED)])
    )
)
_ANSWER: Final = st.one_of(
    *(st.sampled_from(pairs) for pairs in _SIGNS.values()), _ANY_ANSWER, st.just(("L1", "recent"))
)
_FEW_ANSWERS: Final = st.lists(_ANSWER, max_size=3).map(dict)
_ANSWERS: Final = st.one_of(
    _FEW_ANSWERS.map(lambda few: {question: {"value": value} for question, value in few.items()}),
    _FEW_ANSWERS.map(lambda few: mild_answers(**few)),
    st.sampled_from(["B1", "H1", "J1"]).map(
        lambda gone: {key: each for key, each in mild_answers().items() if key != gone}
    ),
)
_PRACTITIONERS: Final = st.builds(
    professional,
    st.sampled_from(["Wren Demo", "wren  DEMO", "Ash Demo", " "]),
    st.sampled_from(
        ["Example Outreach", "Mediation Now", "family solutions", "Southampton Family Trust", "off the record"]
    ),
)
_LENGTHS: Final = st.sampled_from([0, 19, 20, 39, 40, 60]).map(lambda length: f" {'é' * length}\n")
_RECIPIENTS: Final = st.sampled_from(SERVICES).map(lambda service: [*definition().recipients(service)])


_SMALL_WORRIES: Final[list[tuple[str, PlainRecord]]] = [
    ("safety_conversation", {"within_hearing": ["pre_verbal_child"]}),
    ("safety_conversation", {"tool": "other_named", "tool_name": "Another"}),
    ("safety_conversation", {"answers": {"A1": {"value": "hard"}}}),
    ("suitability", {"check": "therapy", "person_id": "a", "value": "yes", "detail": "assessment_only"}),
    ("suitability", {"check": "active_crisis", "person_id": "a", "value": "no", "review_on": "2026-01-01"}),
    ("referral", {"first_discussed_on": "2025-08-01"}),
    ("plan", {"type": "pre_proceedings"}),
    ("plan", {"closure_because_of_referral": "not_known"}),
    ("readiness", {"wants_change": "partly"}),
    ("readiness", {"sees_child_view": "no"}),
    ("readiness", {"open_to_another_professional": "partly"}),
    ("child_voice", {"how": "not_safe_to_ask"}),
    ("child_voice", {"wants_to_take_part": "unsure"}),
    ("universal_offer", {"result": "offered"}),
    ("wraparound", {"known_to_parent": "no"}),
]


@dataclass(frozen=True)
class Generated:
    """A case, and the service that the check is called with, if any."""

    family: Family
    service: str | None

    def __repr__(self) -> str:
        return f"as_of={self.family.as_of} service={self.service} document={self.family.document().decode()}"


@cache
def _values(as_of: date, sessions: tuple[str, ...]) -> Values:
    """What fields are filled with on a day of the check: what rules look at, and little else."""

    def day(*offsets: int) -> Strategy:
        return st.sampled_from([(as_of + timedelta(days=each)).isoformat() for each in offsets])

    birthdays = [
        (as_of.replace(year=as_of.year - years, day=min(as_of.day, 28)) + timedelta(days=days)).isoformat()
        for years, days in (
            (8, 0),
            (8, 1),
            (8, 56),
            (8, 57),
            (10, 0),
            (10, 1),
            (16, 1),
            (18, 1),
            (40, 0),
            (0, 1),
            (3, 0),
        )
    ]
    born = st.sampled_from([*birthdays, "2016-02-29", "2008-02-29"])
    rules = st.lists(st.sampled_from(["A05", "A08", "A09", "A19"]), max_size=2)
    planned = st.sampled_from([-30, -2, -1, 0, 1, 7, 8]).map(lambda each: f"{as_of + timedelta(days=each)}T10:30")
    return Values(
        ids={
            "person": PEOPLE,
            "contact": ("mobile-a", "mobile-b", "more"),
            "matter": ("m1", "m2"),
            "commitment": ("for-a", "for-b", "more"),
            "session": sessions or ("s1",),
            "document": ("d1",),
        },
        texts=st.just("x"),
        names=st.sampled_from([MANAGER, RECORDER]),
        days=day(-57, -16, -15, -14, -4, 0, 1, 84, 85),
        special={
            "person.date_of_birth": born,
            "person.expected_on": day(-20, 0, 1),
            "safety_conversation.answers": _ANSWERS,
            "safety_conversation.tool_name": st.sampled_from(["SPR_Safety_ Net", "Another", " "]),
            "safety_conversation.question_set": st.sampled_from([BUILT_IN, BUILT_IN, "another/2"]),
            "safety_conversation.observations": st.lists(st.sampled_from(sorted(_QUESTIONS.observations)), max_size=2),
            "safety_conversation.rationale": _LENGTHS,
            "advice.rules": rules,
            "suitability.detail": st.sampled_from(["ended", "assessment_only", "waiting_date_unknown", "waiting_soon"]),
            "universal_offer.item": st.sampled_from([*definition().items, "a-new-course"]),
            "privacy_notice.notice": st.sampled_from([definition().notice, "another"]),
            "privacy_notice.version": st.sampled_from(["0", "1", "1"]),
            "sharing_basis.recipients": _RECIPIENTS,
            "wraparound.practitioner": _PRACTITIONERS,
            "wraparound.boundary_statement": _LENGTHS,
            "lead_professional.professional": _PRACTITIONERS,
            "session.number": st.just(1),
            "session.planned_for": planned,
        },
    )


def _sessions(family: Family) -> tuple[str, ...]:
    return tuple(sorted({each["body"]["session_id"] for each in family.entries if each["kind"] == "session"}))


def _body(draw: st.DrawFn, family: Family, kind: str) -> PlainRecord:
    body = draw(_bodies(kind, family.as_of, _sessions(family)))
    return {name: value for name, value in body.items() if value is not None}


@cache
def _bodies(kind: str, as_of: date, sessions: tuple[str, ...]) -> Strategy:
    return _values(as_of, sessions).bodies(kind)


def _one(draw: st.DrawFn, family: Family, *kinds: str) -> PlainRecord | None:
    """One of the records of some kinds, or of any."""
    found = [each for each in family.entries if not kinds or each["kind"] in kinds]
    return draw(st.sampled_from(found)) if found else None


def _add(
    draw: st.DrawFn, family: Family, kind: str, body: PlainRecord, around: tuple[int, ...] = AROUND
) -> PlainRecord:
    at = draw(st.sampled_from([None, None, None, "09:00", "10:30", "10:31"]))
    recorded_by = draw(st.sampled_from([RECORDER, RECORDER, RECORDER, MANAGER, "m.manager", None]))
    family.add(kind, draw(st.sampled_from(around)), at, recorded_by=recorded_by)
    family.entries[-1]["body"] = body
    return family.entries[-1]


# What may happen


def _something_new(draw: st.DrawFn, family: Family) -> None:
    kind = draw(st.sampled_from(KINDS_THAT_ARE_READ))
    if kind != "touch_point" or _sessions(family):
        _add(draw, family, kind, _body(draw, family, kind))


def _another_answer(draw: st.DrawFn, family: Family) -> None:
    """One field of a record is something else."""
    record = _one(draw, family)
    if record is not None and record["kind"] in KINDS_THAT_ARE_READ:
        record["body"] = _with_another_answer(draw, family, record)


def _with_another_answer(draw: st.DrawFn, family: Family, record: PlainRecord) -> PlainRecord:
    kind = record["kind"]
    kept = {
        each.name for each in fields_of(KINDS[kind]).values() if any(isinstance(mark, Defines) for mark in each.marks)
    }
    name = draw(st.sampled_from(sorted(fields_of(KINDS[kind]).keys() - kept - {"check", "person_id", "role"})))
    body = {key: value for key, value in record["body"].items() if key != name}
    return body | {key: value for key, value in _body(draw, family, kind).items() if key == name}


def _a_small_worry(draw: st.DrawFn, family: Family) -> None:
    """Something that by itself is a caution, or little more."""
    kind, fields = draw(st.sampled_from(_SMALL_WORRIES))
    record = _one(draw, family, kind)
    if record is not None:
        record["body"] |= fields


def _another_day(draw: st.DrawFn, family: Family) -> None:
    record = _one(draw, family, *draw(st.sampled_from([(), ("safety_conversation",), ("agreement",)])))
    if record is not None and record["kind"] != "person":
        record["happened_on"] = family.day(draw(st.sampled_from(AROUND)))


def _nothing_known(draw: st.DrawFn, family: Family) -> None:
    record = _one(draw, family)
    if record is not None and record["kind"] not in ("person", "session"):
        family.entries.remove(record)


def _a_correction(draw: st.DrawFn, family: Family) -> None:
    """A later record about the same, which supersedes an older one, or only comes after it."""
    old = _one(draw, family, *KINDS_THAT_ARE_READ, "stop_lifted", "caution_accepted")
    if old is None:
        return
    body = copy.deepcopy(old["body"])
    if old["kind"] in KINDS_THAT_ARE_READ:
        body = _with_another_answer(draw, family, old)
    old_day = date.fromisoformat(old["happened_on"][:10])
    later = (old_day - family.as_of).days + draw(st.sampled_from([0, 1, 2, 30]))
    new = _add(draw, family, old["kind"], body, (later,))
    new["supersedes"] = draw(st.sampled_from([[old["id"]], [old["id"]], []]))


def _a_conversation(draw: st.DrawFn, family: Family) -> None:
    """An answer, an observation or a judgement in a conversation that is otherwise as it should be."""
    record = _one(draw, family, "safety_conversation")
    if record is None:
        return
    change = draw(st.sampled_from(["answers", "observations", "practitioner_outcome", "within_hearing", "built_in"]))
    if change == "built_in":
        record["body"] |= {"tool": "built_in", "question_set": BUILT_IN, "answers": mild_answers(**draw(_FEW_ANSWERS))}
    else:
        other = _body(draw, family, "safety_conversation")
        record["body"] |= {change: other[change]} if change in other else {}


def _advice(draw: st.DrawFn, family: Family) -> None:
    """A worry, and advice to go ahead on its day or about it."""
    worry = draw(st.sampled_from(["past abuse", "unclear", "answers", "refused"]))
    if worry == "past abuse":
        about = draw(st.sampled_from([[], ["a"], ["a", "b"]]))
        record = {"category": "past_domestic_abuse", "about": about, "source": "school"}
        _add(draw, family, "safety_information", record, (-10, -5))
    elif worry == "refused":
        _add(
            draw,
            family,
            "advice",
            _body(draw, family, "advice") | {"about": "safety", "says": "do_not_go_ahead"},
            (-10, -5),
        )
    elif conversation := _one(draw, family, "safety_conversation"):
        unclear = {"practitioner_outcome": "unclear_seek_advice"}
        conversation["body"] |= unclear if worry == "unclear" else {"observations": ["N1"]}
    for _ in range(draw(st.integers(1, 2))):
        body = _body(draw, family, "advice") | {
            "about": "safety",
            "role": draw(st.sampled_from(["manager", "da_specialist", "other"])),
        }
        body |= {"says": draw(st.sampled_from(["go_ahead", "go_ahead", "find_out_more"]))}
        kept = {"about", "from", "role", "says", "content"} | set(
            draw(st.sampled_from([[], [], ["rules"], ["person_id"]]))
        )
        _add(draw, family, "advice", {name: value for name, value in body.items() if name in kept}, (-11, -5, -3, 0))


def _a_stop(draw: st.DrawFn, family: Family) -> None:
    """Something that stops, and perhaps is lifted, or acted upon."""
    kind = draw(st.sampled_from(["safety_information", "advice", "court_matter", "touch_point", "safety_conversation"]))
    if kind == "touch_point" and not _sessions(family):
        return
    body = _body(draw, family, kind)
    match kind:
        case "safety_information":
            body["category"] = draw(st.sampled_from(["domestic_abuse", "controlling_behaviour", "marac_or_hrda"]))
        case "advice":
            body |= {"about": "safety", "says": "do_not_go_ahead"}
        case "court_matter":
            body |= {"law": "protective", "state": draw(st.sampled_from(["live", "concluded", "expired"]))}
        case "touch_point":
            body |= {"new_safety_information": "yes"}
        case _:
            body |= {"person_id": "a", "answers": {"B1": {"value": "recent"}}, "state": "completed"}
    stopped = _add(draw, family, kind, body)
    if draw(st.booleans()):
        _a_lift(draw, family, stopped)
    elif draw(st.booleans()):
        _add(draw, family, "safety_action", {"action": "manager_informed"})


def _a_lift(draw: st.DrawFn, family: Family, stopped: PlainRecord) -> None:
    by = draw(st.sampled_from([MANAGER, MANAGER, MANAGER, RECORDER]))
    day = (date.fromisoformat(stopped["happened_on"][:10]) - family.as_of).days + draw(st.sampled_from([0, 0, 1, -1]))
    recorded_by = draw(st.sampled_from([by, by, by.lower(), by.replace(" ", ""), "K. Other"]))
    body: PlainRecord = {"records": [stopped["id"]], "by": by, "role": "manager", "reason": "Wrong case."}
    family.add("stop_lifted", min(day, 0) if draw(st.booleans()) else day, recorded_by=recorded_by, **body)


def _a_session(draw: st.DrawFn, family: Family) -> None:
    """A session, and touch points before it or after."""
    session = f"s{max(1, len(_sessions(family)) + draw(st.integers(0, 1)))}"
    body = _body(draw, family, "session") | {
        "session_id": session,
        "attendees": draw(st.sampled_from([["a"], ["a", "b"], ["gran", "c1"]])),
    }
    if draw(st.booleans()):
        body["state"] = "planned"
    _add(draw, family, "session", body)
    planned = (date.fromisoformat(body["planned_for"][:10]) - family.as_of).days
    for _ in range(draw(st.integers(0, 2))):
        usual = {"individually": "yes", "new_safety_information": "no", "worry": "none"} if draw(st.booleans()) else {}
        touch = (
            _body(draw, family, "touch_point")
            | {"session_id": session, "person_id": draw(st.sampled_from(["a", "b"]))}
            | usual
        )
        _add(draw, family, "touch_point", touch, (planned, planned, planned - 3, planned + 1, -1))


def _steps(draw: st.DrawFn, family: Family) -> None:
    """The referral goes its way."""
    sent = draw(st.sampled_from([-60, -30, -29, -28, -5]))
    accepted = sent + draw(st.sampled_from([0, 1, 5]))
    steps: list[tuple[str, int, str | None]] = [
        ("sent", sent, None),
        ("spr_discussion", accepted + draw(st.sampled_from([-1, 0, 1])), None),
    ]
    steps += [(draw(st.sampled_from(["accepted", "accepted", "declined"])), accepted, None)]
    steps += [("initial_assessment", accepted + draw(st.sampled_from([-1, 0, 2])), each) for each in ("a", "b")]
    for step, on, person in steps:
        if draw(st.integers(0, 3)):
            family.add("referral_progress", on, step=step, person_id=person)


def _one_for_both(draw: st.DrawFn, family: Family) -> None:
    practitioner, statement = draw(_PRACTITIONERS), draw(_LENGTHS)
    setting = draw(st.sampled_from(["school", "health", None]))
    for record in family.entries:
        if record["kind"] == "wraparound":
            record["body"] |= {"practitioner": practitioner, "boundary_statement": statement}
            record["body"] |= {"setting": setting} if setting else {}


def _the_same_of_all(draw: st.DrawFn, family: Family) -> None:
    """Every record of a kind says the same about one thing."""
    kind, name = draw(
        st.sampled_from(
            [
                ("relationship", "status"),
                ("parental_responsibility", "held"),
                ("person", "lives_in_area"),
                ("universal_offer", "result"),
                ("safety_conversation", "alone"),
                ("child_voice", "wants_to_take_part"),
            ]
        )
    )
    other = _body(draw, family, kind)
    for record in family.entries:
        if record["kind"] == kind and name in other:
            record["body"][name] = other[name]


def _accepted(draw: st.DrawFn, family: Family, service: str | None) -> None:
    """Cautions are accepted, some of them too early, by the wrong person or in vain."""
    on = draw(st.sampled_from([-3, -1, 0, 0, 0, 1]))
    for each in family.check(service).rules:
        if each.outcome == "caution" and draw(st.integers(0, 5)):
            oversight_by = draw(st.sampled_from([MANAGER, MANAGER, None, " "])) if each.needs_manager else None
            entry: PlainRecord = {"rule": each.rule, "subject": each.subject, "reason": "Talked through."}
            family.add("caution_accepted", on, oversight_by=oversight_by, **entry)


def _put_on_record_who_is_named(draw: st.DrawFn, family: Family) -> None:
    bodies = [trusted_body(each["kind"], each["body"]) for each in family.entries]
    known = {each for body in bodies for each in ids_defined(body)}
    named = {(what, each) for body in bodies for _, what, each in ids_referred_to(body)}
    for _, person in sorted(named - known):
        born = _body(draw, family, "person").get("date_of_birth")
        role = "child" if person.startswith("c") else "other_adult"
        family.add("person", -60, person_id=person, role=role, given_names="Gran", date_of_birth=born)


def _supersede_only_what_may_be(family: Family) -> None:
    """A record that would supersede a later one, or one about something else, supersedes nothing."""
    while wrong := faults(json.loads(family.document())):
        for each in wrong:
            place = re.fullmatch(r"\$\.records\[(\d+)\]\.supersedes\[\d+\]", each.path)
            assert place, each
            family.entries[int(place[1])]["supersedes"] = []


_HAPPENINGS: Final[list[Callable[[st.DrawFn, Family], None]]] = [
    _something_new,
    _something_new,
    _another_answer,
    _another_answer,
    _another_day,
    _nothing_known,
    _a_correction,
    _a_correction,
    _a_conversation,
    _a_small_worry,
    _a_small_worry,
    _advice,
    _a_stop,
    _a_session,
    _steps,
    _one_for_both,
    _the_same_of_all,
]


@st.composite
def cases(draw: st.DrawFn) -> Generated:
    """A ready family to which some of all this has happened."""
    family = Family(draw(st.sampled_from(SERVICES)), draw(st.sampled_from(DAYS_OF_CHECK)))
    for _ in range(draw(st.sampled_from([0, 1, 2, 3, 4, 6, 8, 12]))):
        draw(st.sampled_from(_HAPPENINGS))(draw, family)
    _put_on_record_who_is_named(draw, family)
    _supersede_only_what_may_be(family)
    service = draw(st.sampled_from([None, None, None, *SERVICES]))
    if draw(st.booleans()):
        _accepted(draw, family, service)
    return Generated(family, service)
