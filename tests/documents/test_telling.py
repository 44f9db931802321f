"""Records in plain words: every field of every kind has a label, every code has words, nothing is lost."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any, Final, get_args

import pytest

from spr_desktop.casework.making import ACCESS, Wish, items_to_review, prepare
from spr_desktop.documents.errors import LeakFound
from spr_desktop.documents.reading import texts_of_pages
from spr_desktop.documents.record_words import SECTIONS, called, label_of, section_of, words_of
from spr_desktop.documents.subject_access import REASONS, Decided, SubjectAccess
from spr_desktop.documents.telling import Part
from spr_desktop.records.kinds import KINDS, fields_of
from spr_desktop.records.values import Defines
from tests.cases import TODAY, Family
from tests.documents.kinds import PRACTITIONER, as_proposed, case_of, made
from tests.documents.marks import marked_family
from tests.documents.packs import identity, released

INNER: Final = {"contact_point.contact_id", "court_matter.matter_id", "wraparound.commitment_id", "session.session_id"}
"""Ids that only join records."""


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_and_every_field_has_words(kind: str) -> None:
    assert section_of(kind) in SECTIONS
    assert "_" not in called(kind)
    silent = {f"{kind}.{name}" for name in fields_of(KINDS[kind]) if not label_of(kind, name)}
    assert silent <= INNER
    defined = {f"{kind}.{name}" for name, each in fields_of(KINDS[kind]).items() if Defines in map(type, each.marks)}
    assert silent <= defined


@pytest.mark.parametrize("kind", KINDS)
def test_every_code_has_words(kind: str) -> None:
    for name, field in fields_of(KINDS[kind]).items():
        for code in codes(field.type):
            words = words_of(kind, name, code)
            assert re.fullmatch(r"[A-Z][^_]+", words), (kind, name, code)


def codes(hint: Any) -> set[str]:
    found: set[str] = set()
    for each in get_args(hint):
        found |= {each} if isinstance(each, str) else codes(each)
    return found


def answer(family: Family, decided: dict[str, Decided] | None = None) -> SubjectAccess:
    """The answer to a person's request; everything is disclosed unless it says otherwise."""
    case = case_of(family)
    whole = {each.id: Decided(choice="disclose") for each in items_to_review(case, "a")} | (decided or {})
    wish = Wish(kind=ACCESS, person_id="a", decided=whole)
    contents = prepare(wish, case, family.check(), PRACTITIONER, identity(), TODAY).contents
    assert isinstance(contents, SubjectAccess)
    return contents


def parts(family: Family, kind: str) -> dict[str, Part]:
    """The parts of the only record of a kind about a person."""
    [item] = [each for each in items_to_review(case_of(family), "a") if each.kind == kind]
    return {each.name: each for each in item.parts}


def test_no_code_and_no_id_stands_in_an_answer() -> None:
    family = marked_family().family
    ids = {value for each in family.entries for name, value in each["body"].items() if name.endswith("_id")}
    for item in items_to_review(case_of(family), "a"):
        for label, value in (entry for part in item.parts for entry in part.entries):
            text = f"{label}\n{value}"
            assert not re.search(r"\b[a-z]+_[a-z]+\b|\d{4}-\d{2}-\d{2}", text), text
            assert value not in ids - {"d1"}  # the reference of a document is told


def test_every_record_stands_in_its_section_with_its_number_and_day() -> None:
    family = released()
    told = answer(family).items
    assert [each.number for each in told] == list(range(1, len(told) + 1))
    assert [SECTIONS.index(each.section) for each in told] == sorted(SECTIONS.index(each.section) for each in told)
    assert sorted(each.called for each in told) == sorted(each.called for each in items_to_review(case_of(family), "a"))
    for one, other in pairwise(told):
        assert one.section != other.section or one.on <= other.on


def test_questions_stand_in_the_words_in_which_they_were_asked() -> None:
    family = released()
    answers = {
        "A1": {"value": "mostly_easy", "note": "Since spring."},
        "B1": {"value": "declined"},
        "B2": {"value": "used_to", "last_happened": "2019"},
        "Z9": {"value": "perhaps"},
    }
    family.change(
        "safety_conversation", "a", answers=answers, observations=["N1"], question_set="safety-conversation/1"
    )
    told = parts(family, "safety_conversation")
    asked = dict(told["answers"].entries)
    assert asked["When you and the other parent see something differently, how easy is it to say what you think?"] == (
        "Mostly easy\nNote: Since spring."
    )
    assert "I'd rather not say" in asked.values()
    assert asked["Question Z9"] == "Perhaps"
    assert told["answers"].typed == ("Since spring.", "2019", "perhaps")
    assert not [label for label in asked if "{" in label]
    assert told["observations"].value == ("One parent speaks for, corrects or silences the other, with words or looks.")


def test_what_was_removed_is_not_there_and_the_reason_is() -> None:
    family = released()
    family.change("safety_conversation", "a", answers={"A1": {"value": "hard", "note": "Xylophone"}})
    [item] = [each for each in items_to_review(case_of(family), "a") if each.kind == "safety_conversation"]
    removed = Decided(choice="redact", reason="legal_advice", removed=("answers", "place"))
    told = answer(family, {item.id: removed})
    [disclosed] = [each for each in told.items if each.called == item.called]
    assert dict(disclosed.parts)["What you answered"] == f"Removed. {REASONS['legal_advice']}."
    assert "Xylophone" not in str(told)
    assert told.not_disclosed == ((REASONS["legal_advice"], 1),)


def test_nothing_that_was_disclosed_is_missing_from_the_pages() -> None:
    family = released()
    told = answer(family)
    case = case_of(family)
    decided = {each.id: Decided(choice="disclose") for each in items_to_review(case, "a")}
    wish = Wish(kind=ACCESS, person_id="a", decided=decided)
    texts = texts_of_pages(prepare(wish, case, family.check(), PRACTITIONER, identity(), TODAY).pdf)
    page = "".join("".join(texts).split())
    for item in told.items:
        assert "".join(f"{item.number}. {item.called}".split()) in page
        for label, value in item.parts:
            assert "".join(label.split()) in page
            assert all("".join(line.split()) in page for line in value.split("\n"))


def test_our_own_words_name_nobody() -> None:
    """A parent called May does not stop an answer that says that something may be shared."""
    family = released()
    family.change("person", "b", given_names="May", family_name="Will")
    assert made(family, ACCESS, "a")
    family.add("need", -30, factor="alcohol", identified="yes", person_id="a", note="May told us so")
    with pytest.raises(LeakFound):
        made(family, ACCESS, "a")


def test_another_person_is_not_named() -> None:
    family = released()
    for item in items_to_review(case_of(family), "a"):
        for _, value in (entry for part in item.parts for entry in part.entries):
            assert not re.search(r"\b(Sam|Kit)\b", value)


def test_a_review_shows_the_same_words_as_the_answer() -> None:
    family = released()
    items = {each.id: each for each in items_to_review(case_of(family), "a")}
    assert set(as_proposed(case_of(family), "a")) == set(items)
    agreement = parts(family, "agreement")
    assert agreement["agreed"].value == "Agreed"
    assert agreement["service"].value == "Mediation"
    assert agreement["method"].label == "How it was given"
