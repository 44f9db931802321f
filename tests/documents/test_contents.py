"""What a referral pack says and leaves out, before it is laid out."""

from __future__ import annotations

import re
from dataclasses import asdict, replace
from datetime import date
from typing import Any, get_args

import pytest

from spr_desktop.documents import layout_parts, screening, wording
from spr_desktop.documents.contents import Adult, ReferralPack
from spr_desktop.documents.errors import NotReady
from spr_desktop.documents.referral_pack import referral_pack
from spr_desktop.documents.workers import worker
from spr_desktop.pathway.definition import definition
from spr_desktop.records import agreement, people, suitability, work
from spr_desktop.records.case import Case
from spr_desktop.records.people import ContactPoint, Person, Professional
from spr_desktop.records.values import YesNo
from tests.cases import CASE_REF, MANAGER, Family, mild_answers, professional
from tests.documents.packs import contents, origin, released


def adult(family: Family, number: int = 0) -> Adult:
    return contents(family).adults[number]


def said_in(value: Any) -> list[str]:
    """Every text of some contents."""
    if isinstance(value, dict):
        return [text for part in value.values() for text in said_in(part)]
    if isinstance(value, (list, tuple)):
        return [text for part in value for text in said_in(part)]
    return [value] if isinstance(value, str) else []


# When a pack is made


def test_no_pack_of_a_case_that_is_not_ready() -> None:
    family = released()
    family.change("agreement", "a", agreed="undecided")
    case = Case(CASE_REF, family.records(), family.as_of)
    with pytest.raises(NotReady) as raised:
        referral_pack(case, family.check(), definition(), origin())
    assert raised.value.reasons
    assert "Jo" not in str(raised.value)


def test_no_pack_from_a_referrer_without_a_name() -> None:
    with pytest.raises(NotReady):
        contents(released(), referrer=worker(Professional(name=" ", role="", organisation="")))


def test_the_decision_must_be_about_the_case_on_that_day() -> None:
    family = released()
    given = origin(made_on=family.as_of)
    with pytest.raises(ValueError, match="on this day"):
        referral_pack(Case(CASE_REF, family.records(), date(2026, 11, 21)), family.check(), definition(), given)
    with pytest.raises(ValueError, match="another pathway"):
        referral_pack(
            Case(CASE_REF, family.records(), family.as_of),
            replace(family.check(), pathway_sha256="0"),
            definition(),
            given,
        )


# Words


@pytest.mark.parametrize(
    ("table", "codes"),
    [
        (wording.PARENTING_ROLE, Person.__annotations__["parenting_role"]),
        (wording.PERSON_ROLE, Person.__annotations__["role"]),
        (wording.INTERPRETER, Person.__annotations__["interpreter"]),
        (wording.RESPONSIBILITY, people.ParentalResponsibility.__annotations__["held"]),
        (wording.CONTACT_TYPE, ContactPoint.__annotations__["type"]),
        (wording.VOICEMAIL, YesNo),
        (wording.TEXT_MESSAGE, YesNo),
        (wording.AGREEMENT_METHOD, agreement.Agreement.__annotations__["method"]),
        (wording.NOTICE_METHOD, agreement.PrivacyNotice.__annotations__["method"]),
        (wording.ARTICLE_6, agreement.SharingBasis.__annotations__["article_6"]),
        (wording.PLAN, people.PlanType),
        (wording.COURT_STATE, people.CourtMatter.__annotations__["state"]),
        (wording.OFFER_RESULT, suitability.UniversalOffer.__annotations__["result"]),
        (wording.SETTING, work.Setting),
        (wording.FREQUENT, YesNo),
        (wording.INTENSE, YesNo),
        (wording.POORLY_RESOLVED, YesNo),
    ],
)
def test_every_code_has_words(table: dict[str, str], codes: Any) -> None:
    known = set(re.findall(r"['\"](\w+)['\"]", codes)) if isinstance(codes, str) else set(get_args(codes))
    assert known == set(table)
    assert not [words for words in table.values() if "_" in words]


def test_cautions_that_are_named_are_rules_of_the_pathway() -> None:
    assert set(wording.CAUTION) <= set(definition().rules)


def test_no_word_of_ours_is_one_that_a_pack_never_uses() -> None:
    tables = [value for name, value in vars(wording).items() if name.isupper()]
    ours = said_in([tables, asdict(contents(released())), vars(layout_parts)["_SHOWS"], vars(layout_parts)["_CHECKS"]])
    ours += [value for name, value in vars(screening).items() if isinstance(value, str) and name[:2] != "__"]
    for text in ours:
        assert not re.search(r"\bsafe\b|\bno abuse\b|\blegally\b|\brisk\b", text, re.IGNORECASE), text


@pytest.mark.parametrize(
    ("day", "text"), [(date(2026, 11, 3), "3 November 2026"), (date(2027, 2, 28), "28 February 2027")]
)
def test_dates_are_day_first(day: date, text: str) -> None:
    assert wording.day(day) == text


def test_parts_are_put_together_as_in_a_sentence() -> None:
    assert [wording.listed(part) for part in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]


# Screening


def test_nothing_recorded_is_said_only_when_true_of_both() -> None:
    assert contents(released()).screening.judgement[0] == "No indicators were recorded."


def accept(family: Family, rule: str, subject: str, **more: Any) -> None:
    family.add("caution_accepted", 0, rule=rule, subject=subject, reason="Discussed and thought through.", **more)


def mildly_worried() -> Family:
    """One conversation, by built-in questions, held an answer that calls for caution."""
    family = released()
    answers = mild_answers(A1="hard")
    family.change("safety_conversation", "a", tool="built_in", question_set="safety-conversation/1", answers=answers)
    accept(family, "A03", "a")
    accept(family, "A08", "a")
    return family


def test_otherwise_both_are_told_of_alike() -> None:
    one, other = mildly_worried(), released()
    said = contents(one).screening
    assert "No indicators" not in " ".join(said.judgement)
    assert len(said.held_on) == 1
    assert not [text for text in said_in(asdict(said)) if "Jo" in text or "Sam" in text]
    # Nothing in anybody's own section tells which conversation it was.
    assert contents(one).adults == contents(other).adults


def test_questions_that_are_not_validated_are_called_so() -> None:
    tools = contents(mildly_worried()).screening.tools
    assert tools == (
        "Questions built into SPR Desktop (original wording, not validated)",
        "SPR Safety Net Discussion Tool",
    )
    assert "validated" not in " ".join(contents(released()).screening.tools)


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("safety_information", {"category": "other_concern", "source": "school"}),
        ("life_event", {"category": "incident", "safety_relevant": "not_known"}),
        (
            "advice",
            {"about": "safety", "from_": "M. Manager", "role": "manager", "says": "find_out_more", "content": "x"},
        ),
        ("contact_triage", {"source": "police", "classification": "low_domestic_abuse"}),
        ("court_matter", {"matter_id": "m", "law": "criminal", "state": "withdrawn", "about_current_children": "no"}),
    ],
)
def test_in_doubt_it_does_not_say_that_nothing_was_recorded(kind: str, body: dict[str, Any]) -> None:
    family = released()
    # Long before the conversations, so that it stops nothing.
    family.add(kind, -60, **body)
    assert "No indicators" not in " ".join(contents(family).screening.judgement)


def test_a_superseded_conversation_counts_too() -> None:
    family = released()
    old = family.add(
        "safety_conversation",
        -40,
        person_id="a",
        state="incomplete",
        tool="built_in",
        alone="yes",
        answers={"A1": {"value": "hard"}},
    )
    family.add("safety_conversation", -39, supersedes=(old,), person_id="a", state="declined", tool="none", alone="yes")
    assert "No indicators" not in " ".join(contents(family).screening.judgement)


# A stop that was lifted


def lifted(family: Family) -> Family:
    """Say of a family that a stop was recorded by mistake, lifted, and the caution that is left accepted."""
    told = family.add(
        "safety_information", -25, category="domestic_abuse", about=["a"], source="another family's notice"
    )
    family.add(
        "stop_lifted", -24, recorded_by=MANAGER, records=[told], by=MANAGER, role="manager", reason="Wrong case."
    )
    accept(family, "A05", "case", oversight_by=MANAGER)
    return family


def test_a_lifted_stop_leaves_no_trace() -> None:
    assert contents(lifted(mildly_worried())) == contents(mildly_worried())


def test_a_lifted_judgement_leaves_no_trace() -> None:
    family = mildly_worried()
    wrong = family.add(
        "safety_conversation",
        -25,
        person_id="b",
        state="completed",
        tool="spr_safety_net",
        alone="yes",
        practitioner_outcome="domestic_abuse_indicated",
        rationale="Typed into the wrong case; nothing of it is about this family.",
    )
    family.add(
        "stop_lifted", -24, recorded_by=MANAGER, records=[wrong], by=MANAGER, role="manager", reason="Wrong case."
    )
    accept(family, "A09", "b", oversight_by=MANAGER)
    assert contents(family) == contents(mildly_worried())


def test_what_rests_on_a_conversation_is_no_caution_to_name() -> None:
    named = contents(lifted(mildly_worried())).cautions
    assert named == (wording.CAUTION["A03"],)


def test_why_a_caution_was_accepted_and_by_whom_stays_in_the_case() -> None:
    said = " ".join(said_in(asdict(contents(lifted(mildly_worried())))))
    assert "Discussed" not in said
    assert MANAGER not in said


# The rest


def test_schools_nurseries_and_clinics_are_not_named() -> None:
    family = released()
    school = professional("Wren Demo", "St Ethelburga's School") | {
        "email": "wren@st-ethelburgas.sch.uk",
        "phone": "01962 1",
    }
    family.change("wraparound", "a", practitioner=school, setting="school")
    said = adult(family)
    assert said.wraparound[0].practitioner.phone == "01962 1"
    assert "thelburga" not in " ".join(said_in(asdict(contents(family))))
    assert said.wraparound[0].setting == "Education"


def test_of_the_childs_voice_only_the_agreed_wording_is_said() -> None:
    family = released()
    family.change(
        "child_voice", sees="Shouting.", hears="Doors.", feels="Scared.", wishes="Quiet.", agreed_wording="Less noise."
    )
    [child] = contents(family).children
    assert child.agreed_wording == "Less noise."
    said = " ".join(said_in(asdict(contents(family))))
    assert not [word for word in ("Shouting.", "Doors.", "Scared.", "Quiet.") if word in said]


def test_children_are_told_of_by_given_name_and_age() -> None:
    family = released()
    family.change("person", "child", family_name="Surnamely")
    [child] = contents(family).children
    assert (child.name, child.age, child.takes_part) == ("Kit", "13 years", False)
    assert "Surnamely" not in " ".join(said_in(asdict(contents(family))))


def test_protective_and_criminal_matters_stay_out() -> None:
    family = released()
    matter: dict[str, Any] = {"about_current_children": "yes", "type": "Marker order"}
    family.add("court_matter", -40, matter_id="m1", law="protective", state="expired", **matter)
    family.add("court_matter", -40, matter_id="m2", law="criminal", state="live", **matter)
    family.add(
        "court_matter", -40, matter_id="m3", law="private", state="concluded", **matter | {"type": "Child arrangements"}
    )
    accept(family, "B05", "case")
    [fact] = contents(family).courts
    assert (fact.law, fact.kind, fact.state) == ("Private law", "Child arrangements", "concluded")


def test_those_who_do_not_take_part_are_not_named() -> None:
    family = released()
    family.add("person", -69, person_id="g", role="other_adult", given_names="Granny", family_name="Outside")
    assert "Granny" not in " ".join(said_in(asdict(contents(family))))


def test_an_offer_to_one_parent_stands_in_that_parents_section() -> None:
    family = released()
    family.add("universal_offer", -30, item="leaflet", result="declined", person_id="b", reason="Would not say.")
    pack: ReferralPack = contents(family)
    assert pack.adults[0].universal_offer == ()
    assert [each.result for each in pack.adults[1].universal_offer] == ["not taken up"]
    assert "Would not say." not in said_in(asdict(pack))
