"""The kinds of documents that are not packs: what each may say, and of whom."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spr_desktop.casework.errors import NoSuchPerson, PersonNeeded
from spr_desktop.casework.making import ACCESS, AUDIT, BRIEF, COPY, KINDS, NOTICE, Wish, items_to_review, prepare
from spr_desktop.documents.errors import LeakFound, NotMade
from spr_desktop.documents.forbidden_to_reader import forms_of
from spr_desktop.documents.subject_access import REASONS, Decided
from tests.cases import TODAY, Family
from tests.documents.kinds import PRACTITIONER, as_proposed, case_of, made, squeezed
from tests.documents.marks import Marked, marked_family
from tests.documents.packs import identity, large_family, released

OWN: Final = {
    "person.given_names",
    "person.family_name",
    "person.preferred_name",
    "person.language",
    "person.access_needs",
    "sharing_basis.article_9",
    "wraparound.practitioner.name",
    "wraparound.practitioner.role",
    "wraparound.practitioner.organisation",
    "wraparound.practitioner.phone",
    "wraparound.practitioner.email",
}
"""Texts of the person's own that their copy holds, and the brief about them; nothing else that was typed."""
LEAD: Final = {f"lead_professional.professional.{each}" for each in ("name", "role", "organisation", "phone", "email")}


@pytest.fixture(scope="module")
def marked() -> Marked:
    return marked_family()


def marks_on(text: str, marked: Marked) -> set[tuple[str, str | None]]:
    """The fields whose marks stand in a text, each with the person that its record is about."""
    every = marked.allowed | marked.forbidden
    about: dict[str, str | None] = {}
    for entry in reversed(marked.family.entries):  # a mark that two records share counts as the first one's
        plain = json.dumps(entry["body"])
        whose = next((entry["body"][name] for name in ("person_id", "for_person") if name in entry["body"]), None)
        about |= {mark: whose for mark in every if mark.split()[0] in plain}
    return {(where, about[mark]) for mark, where in every.items() if mark.split()[0] in text}


@pytest.mark.parametrize("person", "ab")
def test_a_copy_holds_what_is_the_persons_own_and_nothing_else(marked: Marked, person: str) -> None:
    found = marks_on(squeezed(made(marked.family, COPY, person)), marked)
    own = {each["kind"] for each in marked.family.entries if each["body"].get("person_id") == person}
    assert {whose for _, whose in found} == {person}
    assert {where for where, _ in found} <= OWN
    assert "sharing_basis" in own
    assert ("person.given_names", person) in found


def test_a_brief_holds_the_one_parent_and_the_lead_professional(marked: Marked) -> None:
    found = marks_on(squeezed(made(marked.family, BRIEF, "a")), marked)
    assert {whose for _, whose in found} == {"a", None}
    assert {where for where, _ in found} == OWN | LEAD


def test_an_audit_holds_no_answer_and_no_name_of_the_family(marked: Marked) -> None:
    found = marks_on(squeezed(made(marked.family, AUDIT)), marked)
    assert {where for where, _ in found} == {
        "caution_accepted.oversight_by",
        "caution_accepted.reason",
        "stop_lifted.reason",
        "document_made.document",
        "document_sent.document",
        "document_revoked.document",
    }


def test_a_notice_holds_the_references_of_packs_and_nothing_of_the_family(marked: Marked) -> None:
    family = with_pack(marked.family)
    text = squeezed(made(family, NOTICE))
    assert "AAAA-BBBB" in text
    assert marks_on(text, marked) == set()
    assert case_of(family).case_ref not in text


def with_pack(family: Family) -> Family:
    told: dict[str, Any] = {"document": "referral-pack", "sha256": "0" * 64, "pathway_version": "hampshire-spr/1"}
    family.add("document_made", -1, document_id="AAAA-BBBB", recipient="The SPR team", **told)
    return family


def test_there_is_no_notice_without_a_pack() -> None:
    with pytest.raises(NotMade):
        made(released(), NOTICE)


# Answers to a request


def test_an_answer_holds_nothing_that_is_only_about_others(marked: Marked) -> None:
    found = marks_on(squeezed(made(marked.family, ACCESS, "a")), marked)
    assert {whose for _, whose in found} <= {"a", None}
    assert ("contact_point.value", "a") in found
    assert not [where for where, _ in found if where.startswith(("safety_information", "note.", "life_event"))]


def test_nothing_is_disclosed_that_nobody_decided_about() -> None:
    family = released()
    case = case_of(family)
    some = dict(list(as_proposed(case, "a").items())[1:])
    with pytest.raises(NotMade) as raised:
        wished(family, Wish(kind=ACCESS, person_id="a", decided=some))
    assert "1 of" in raised.value.reasons[0]


def test_what_is_removed_says_why_and_does_not_stand_there() -> None:
    family = released()
    case = case_of(family)
    decided = as_proposed(case, "a")
    [person] = [each.id for each in case.records if each.kind == "person" and each.body.person_id == "a"]
    decided[person] = replace(decided[person], choice="redact", reason="legal_advice", removed=("family_name",))
    text = squeezed(wished(family, Wish(kind=ACCESS, person_id="a", decided=decided)))
    assert "".join(REASONS["legal_advice"].split()) in text


@pytest.mark.parametrize("reason", ["serious_harm", "child_abuse", "crime"])
def test_no_reason_on_the_pages_tells_what_it_was_to_keep_quiet(reason: str) -> None:
    """Who reads that a crime is looked into, or that somebody may come to harm, knows that somebody spoke."""
    family = released()
    case = case_of(family)
    decided = as_proposed(case, "a")
    person, contact = (
        next(each.id for each in case.records if each.kind == kind) for kind in ("person", "contact_point")
    )
    decided[person] = replace(decided[person], choice="redact", reason=reason, removed=("family_name",))
    decided[contact] = replace(decided[contact], choice="withhold", reason=reason)
    text = squeezed(wished(family, Wish(kind=ACCESS, person_id="a", decided=decided)))
    assert not [word for word in ("crime", "harmto", "abuse", "Schedule3", "paragraph2)") if word in text]
    assert "anotherexemption" in text


def test_what_weighs_what_the_other_parent_said_is_proposed_to_be_removed() -> None:
    """Who denied everything, and reads that abuse is indicated, knows who said so."""
    family = released()
    family.change("person", "a", alerts=["lone_visit_risk"])
    for outcome in ("conflict_not_harmful", "domestic_abuse_indicated"):
        family.change("safety_conversation", "a", practitioner_outcome=outcome)
        items = {each.kind: each for each in items_to_review(case_of(family), "a")}
        assert set(items["safety_conversation"].proposed_removal) >= {"practitioner_outcome"}
        assert items["person"].proposed_removal == ("alerts",)
        text = squeezed(made(family, ACCESS, "a"))
        assert "judgementRemoved" in text
        assert "touchRemoved" in text


@pytest.mark.parametrize(
    "change", [{"reason": None}, {"reason": "because"}, {"removed": ()}, {"removed": ("no_such_part",)}]
)
def test_a_decision_needs_a_reason_and_what_to_remove(change: dict[str, Any]) -> None:
    family = released()
    decided = as_proposed(case_of(family), "a")
    first = next(iter(decided))
    whole = replace(decided[first], choice="redact", reason="crime", removed=("organisation",))
    decided[first] = replace(whole, **change)
    with pytest.raises(NotMade):
        wished(family, Wish(kind=ACCESS, person_id="a", decided=decided))


def test_disclosing_somebody_elses_number_is_refused_whatever_was_decided() -> None:
    family = released()
    family.add("need", -30, factor="alcohol", identified="yes", person_id="a", note="Ring 07700 900182 in the morning")
    with pytest.raises(LeakFound) as raised:
        made(family, ACCESS, "a")
    assert "900182" not in str(raised.value.leaks)


def wished(family: Family, wish: Wish) -> Any:
    return prepare(wish, case_of(family), family.check(), PRACTITIONER, identity(), TODAY)


# For every kind


@pytest.mark.parametrize("kind", [each for each in KINDS if each in (COPY, BRIEF, ACCESS)])
def test_a_person_is_needed_and_must_be_known(kind: str) -> None:
    with pytest.raises(PersonNeeded):
        made(released(), kind)
    with pytest.raises(NoSuchPerson):
        wished(released(), Wish(kind=kind, person_id="nobody"))


@pytest.mark.parametrize("kind", [COPY, BRIEF])
def test_neither_is_made_for_a_child(kind: str) -> None:
    with pytest.raises(NotMade):
        made(released(), kind, "c1")


def test_no_brief_where_nobody_holds_the_parent_in_mind() -> None:
    family = released()
    family.entries = [each for each in family.entries if each["kind"] != "wraparound"]
    with pytest.raises(NotMade):
        made(family, BRIEF, "a")
    made(family, COPY, "a")


def test_a_family_that_is_not_ready_gets_them_too() -> None:
    family = Family()
    keep = {"case_opened", "person"}
    family.entries = [each for each in family.entries if each["kind"] in keep]
    assert not family.check().ready
    for kind, person in ((COPY, "a"), (AUDIT, None), (ACCESS, "a")):
        assert made(family, kind, person).pdf.startswith(b"%PDF-")


@pytest.mark.parametrize("person", "abde")
def test_four_adults_with_the_longest_names_are_kept_apart(person: str) -> None:
    family = large_family()
    numbers = {"a": "900181", "b": "900182", "d": "900183", "e": "900184"}
    for kind in (COPY, BRIEF):
        text = squeezed(made(family, kind, person))
        assert not [each for each in numbers.values() if each in text]


# What somebody typed


TYPED: Final = ("Sam SAMPLE", "S a m Sample", "Sám Sample", "Sam", "SAM", "sam's")
PHONE: Final = ("07700 900182", "+44 7700 900182", "0044 7700900182", "07700-900-182", "0 7 7 0 0 9 0 0 1 8 2")


def planted(field: str, text: str) -> Family:
    """A family in which somebody typed a detail of the second parent into a text of the first one's."""
    family = released()
    family.change("person", "b", given_names="Sam", family_name="Sample", date_of_birth="1988-04-17")
    family.change("contact_point", "b", disclosure="confidential")
    if field == "access_needs":
        family.change("person", "a", access_needs=[f"A quiet room. {text}"])
    elif field == "role":
        who = {"name": "Wren Demo", "role": f"support worker {text}", "organisation": "Example Outreach"}
        family.change("wraparound", "a", practitioner=who)
    else:
        family.change("sharing_basis", "a", article_9=f"Condition {text}")
    return family


BORN: Final = ("17 April 1988", "17th of April 1988", "17/04/1988", "17.4.88", "1988-04-17", "April 17, 1988")


@pytest.mark.parametrize("text", [*TYPED, *PHONE, *BORN])
@pytest.mark.parametrize("kind", [COPY, BRIEF])
def test_a_detail_of_the_other_parent_in_a_typed_text_refuses_the_document(kind: str, text: str) -> None:
    with pytest.raises(LeakFound) as raised:
        made(planted("access_needs", text), kind, "a")
    assert all(each.where.startswith("page") for each in raised.value.leaks)
    assert not [each for each in raised.value.leaks if "Sam" in each.kind or "900182" in each.kind]


SEPARATORS: Final = st.sampled_from(["", " ", "-", ".", " / ", "\u00a0", "\u200b", ") ("])


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(["access_needs", "role", "sharing"]),
    st.sampled_from(["07700900182", "Sam Sample", "sam.sample@example.org"]),
    st.lists(SEPARATORS, min_size=30, max_size=30),
    st.booleans(),
)
def test_details_split_and_respelt_are_found(field: str, detail: str, between: list[str], is_loud: bool) -> None:
    pieces = "".join(f"{each}{gap}" for each, gap in zip(detail, between, strict=False))
    family = planted(field, pieces.upper() if is_loud else pieces)
    family.add(
        "contact_point",
        -60,
        contact_id="mail-b",
        person_id="b",
        type="email",
        value="sam.sample@example.org",
        safe="yes",
        monitored_by_others="no",
        shared_with_other_parent="no",
        voicemail_ok="no",
        text_ok="no",
    )
    with pytest.raises(LeakFound):
        made(family, COPY, "a")


def test_a_name_that_is_a_word_like_any_other_does_not_stop_a_copy() -> None:
    family = released()
    family.change("person", "b", given_names="May", family_name="Will")
    assert "may" in squeezed(made(family, COPY, "a")).casefold()


def test_a_day_that_both_share_does_not_stop_a_copy() -> None:
    family = released()
    assert {each.happened_on.day for each in case_of(family).records if each.kind == "agreement"}
    made(family, COPY, "a")


def test_a_day_of_the_other_parent_does() -> None:
    family = released()
    of_b = [each for each in family.entries if each["body"].get("person_id") == "b"]
    entry = next(each for each in of_b if each["kind"] == "safety_conversation")
    entry["happened_on"] = family.day(-19)
    on = date.fromisoformat(family.day(-19))
    family.change("person", "a", access_needs=[f"Not free on {on.day} {on:%B %Y}"])
    with pytest.raises(LeakFound):
        made(family, COPY, "a")


def test_days_are_looked_for_as_people_write_them() -> None:
    found = forms_of(date(2026, 11, 3))
    for each in ("3november2026", "3rdnovember2026", "november32026", "3112026", "03112026", "20261103", "31126"):
        assert each in found


# Whose a record is


def noted(family: Family, on: int, about: list[str]) -> str:
    return family.add("note", on, type="visit", about=about, blocks=[{"type": "fact", "text": "Seen at home."}])


def test_a_note_about_the_other_parent_is_none_of_this_ones_items() -> None:
    family = released()
    ids = {about: noted(family, -5, list(about)) for about in ("a", "b", "ab", "")}
    stop = family.add("safety_information", -5, category="other_concern", about=["b"], source="school")
    lift: dict[str, Any] = {"by": "M. Manager", "role": "manager", "reason": "A misunderstanding."}
    lifted = family.add("stop_lifted", -4, records=[stop], **lift)
    items = {each.id: each for each in items_to_review(case_of(family), "a")}
    assert {about for about, each in ids.items() if each in items} == {"a", "ab", ""}
    assert not {stop, lifted} & set(items)
    assert (items[ids["ab"]].proposed, items[ids["ab"]].reason) == ("withhold", "other_person")


@pytest.mark.parametrize("about", ["a", "b", ""])
def test_what_was_written_after_a_conversation_does_not_free_its_day(about: str) -> None:
    family = released()
    family.move("safety_conversation", "b", on=-19)
    noted(family, -19, list(about))
    on = date.fromisoformat(family.day(-19))
    family.change("person", "a", access_needs=[f"Not free on {on.day} {on:%B %Y}"])
    with pytest.raises(LeakFound):
        made(family, COPY, "a")


@pytest.mark.parametrize("kind", [COPY, ACCESS])
def test_what_is_kept_apart_about_a_parent_does_not_free_the_day_of_the_others_words(kind: str) -> None:
    """What one parent said of the other is about the other; its day is that of a conversation all the same."""
    family = released()
    family.move("safety_conversation", "b", on=-19)
    family.add("safety_information", -19, category="other_concern", about=["a"], source="a conversation")
    on = date.fromisoformat(family.day(-19))
    family.change("person", "a", access_needs=[f"Not free on {on.day} {on:%B %Y}"])
    with pytest.raises(LeakFound):
        made(family, kind, "a")


def test_a_whole_name_in_one_field_is_found_in_words_of_ours_too() -> None:
    """A family that came by a pack has no family names: a pack does not say which of the names it is."""
    family = released()
    family.change("person", "b", given_names="Siobhan Vzorova", family_name=None)
    who = {"name": "Siobhan Vzorova", "role": "support worker", "organisation": "Example Outreach"}
    family.change("wraparound", "a", practitioner=who)
    with pytest.raises(LeakFound):
        made(family, COPY, "a")


def test_a_copy_counts_no_child_whom_this_parent_may_not_know_of() -> None:
    family = released()
    unborn: dict[str, Any] = {"role": "child", "given_names": "Not born yet", "expected_on": "2027-04-01"}
    family.add("person", -5, person_id="c9", **unborn)
    for held in ("no", "not_known"):
        family.add("parental_responsibility", -5, child_id="c9", adult_id="a", held=held)
        text = squeezed(made(family, COPY, "a"))
        assert "Foronechild:Yes" in text
        assert "Foronechild:N" not in text
    family.change("parental_responsibility", "a", held="no")
    assert "Foronechild" not in squeezed(made(family, COPY, "a"))


def test_a_text_that_begins_with_a_day_does_not_free_it() -> None:
    family = released()
    family.move("safety_conversation", "b", on=-19)
    family.change("person", "a", access_needs=[f"{family.day(-19)} would suit better"])
    with pytest.raises(LeakFound):
        made(family, COPY, "a")


def test_the_days_of_a_disclosed_record_stand_in_the_answer() -> None:
    family = released()
    family.move("safety_conversation", "b", on=-12)  # also the day on which the referral was first spoken of
    case = case_of(family)
    every = {each.id: Decided(choice="disclose") for each in items_to_review(case, "a")}
    assert "Firsttalkedabouton" in squeezed(wished(family, Wish(kind=ACCESS, person_id="a", decided=every)))
    [referral] = [each.id for each in case.records if each.kind == "referral"]
    text = {"type": "fact", "text": f"Both knew by {family.day(-12)}."}
    noted_on = family.add("note", -3, type="visit", about=["a"], blocks=[text])
    withheld = every | {referral: Decided(choice="withhold", reason="other_person")}
    with pytest.raises(LeakFound):
        wished(family, Wish(kind=ACCESS, person_id="a", decided=withheld | {noted_on: Decided(choice="disclose")}))


def test_the_others_whole_name_in_the_place_of_ones_own_is_refused() -> None:
    """Typed into the wrong person, it stands where a name may stand, and is somebody else's all the same."""
    family = released()
    family.change("person", "b", given_names="Sam Noor")
    family.change("person", "a", given_names="Jo Sam Noor Sample")
    with pytest.raises(LeakFound) as raised:
        wished(family, Wish(kind=COPY, person_id="a"))
    assert {each.kind for each in raised.value.leaks} == {"the name of somebody else"}
