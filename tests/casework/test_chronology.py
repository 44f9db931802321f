"""The chronology: everything for the practitioner, and on a parent's page nothing of the other parent."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from types import UnionType
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin

import pytest

from spr_desktop.casework.chronology import entries, versions
from spr_desktop.records.bodies import plain_body
from spr_desktop.records.case import Case
from spr_desktop.records.kinds import KINDS, Field, fields_of
from spr_desktop.records.values import Defines, LocalDateTime, RefersTo
from tests.cases import CASE_REF, Family, PlainRecord
from ui.sayings import people_of, said

MARK: Final = "Zaubernuss"
NEW_ID: Final = "new id"
FIXED: Final[dict[str, Any]] = {
    "item": "leaflet",
    "measure": "SDQ",
    "notice": "spr-hiep-families",
    "version": "1",
    "rule": "A01",
    "recipients": ["spr_team"],
    "date_of_birth": "2014-01-01",
    "question_set": "safety-conversation/1",
}
"""Codes and names of instruments, which say nothing of anybody."""
PROFESSIONALS: Final = {"case_opened", "lead_professional"}
"""Kinds whose texts name those who work with the family, on every page."""


def filled(kind: str, person: str) -> Iterator[PlainRecord]:
    """Bodies about a person with a mark in every text; one for each code of each field."""
    fields = fields_of(KINDS[kind])
    plain = {each.name: value(each, person) for each in fields.values()}
    if kind == "relationship":
        plain["between"] = ["a", "b"]
    bodies = [plain]
    for each in fields.values():
        bodies += [plain | {each.name: [code] if each.is_many else code} for code in codes(each.type)]
    for body in bodies:
        if kind == "suitability" and body["check"] == "therapy":
            body["detail"] = "receiving_now"
        if kind == "suitability" and body["check"] == "public_law":
            body.pop("person_id")
        yield body


def value(field: Field, person: str) -> Any:
    if field.name in FIXED:
        return FIXED[field.name]
    if field.nested is not None:
        inner = {each.name: value(each, person) for each in fields_of(field.nested).values()}
        if not field.is_many:
            return inner
        return {MARK: inner} if field.is_map else [inner]
    found = one_value(field, person)
    return [found] if field.is_many else found


def one_value(field: Field, person: str) -> Any:
    for mark in field.marks:
        if isinstance(mark, Defines):
            return person if mark.what == "person" else NEW_ID
        if isinstance(mark, RefersTo):
            return {"person": "c1" if field.name == "child_id" else person, "session": "s0", "document": "d0"}[
                mark.what
            ]
    known = codes(field.type)
    if known:
        return known[0]
    leaves = list(leaves_of(field.type))
    if LocalDateTime in leaves:
        return "2026-11-03T10:30"
    if date in leaves:
        return "2026-11-03"
    return 1 if int in leaves else MARK


def leaves_of(hint: Any) -> Iterator[Any]:
    if get_origin(hint) in (Annotated, Union, UnionType, tuple, list):
        for part in get_args(hint):
            yield from leaves_of(part)
    else:
        yield hint


def codes(hint: Any) -> list[str]:
    if get_origin(hint) is Literal:
        return list(get_args(hint))
    return [code for part in get_args(hint) for code in codes(part)]


def family_with_ids() -> Family:
    family = Family("family_counselling")
    when = f"{family.day(0)}T10:30"
    family.add("session", -3, session_id="s0", number=1, service="mediation", planned_for=when, state="planned")
    family.add("document_made", -3, document_id="d0", document="referral-pack", sha256="00", pathway_version="1")
    return family


def marked(kind: str, person: str) -> Case:
    """A family with every record of a kind that can be made about a person."""
    family = family_with_ids()
    for number, body in enumerate(filled(kind, person)):
        own = {name: f"{MARK}{number}" for name in body if body[name] == NEW_ID}
        family.add(kind, -1, **{("from_" if name == "from" else name): each for name, each in (body | own).items()})
    return Case(CASE_REF, family.records(), family.as_of)


def found_on_the_page(case: Case, scope: str | None) -> str:
    """Everything that a page can show or search of the chronology, but for ids."""
    people = people_of(case)
    told = []
    for each in entries(case, scope):
        words = said(each.record, people, scope)
        told += [words.title, words.line, *(f"{name}: {text}" for name, text in words.details), str(each.about)]
        ids = {field.name for field in fields_of(KINDS[each.kind]).values() if any_id(field)}
        told.append(json.dumps({k: v for k, v in plain_body(each.record.body).items() if k not in ids}))
    return "\n".join(told)


def any_id(field: Field) -> bool:
    return any(isinstance(mark, Defines) for mark in field.marks)


@pytest.mark.parametrize("kind", sorted(set(KINDS) - PROFESSIONALS))
def test_no_text_about_the_other_parent_is_found_on_a_parents_page(kind: str) -> None:
    case = marked(kind, "b")
    assert MARK in found_on_the_page(case, None) or not has_text(kind)
    page = found_on_the_page(case, "a")
    assert MARK not in page
    assert '"b"' not in page.replace('"between": ["a", "b"]', "")  # whom this parent's own account is about


def has_text(kind: str) -> bool:
    return MARK in json.dumps({k: v for k, v in next(filled(kind, "b")).items() if v != NEW_ID})


@pytest.mark.parametrize("kind", sorted(set(KINDS) - PROFESSIONALS - {"person"}))
def test_no_words_of_a_childs_records_are_found_on_a_parents_page(kind: str) -> None:
    case = marked(kind, "c1") if kind != "relationship" else marked(kind, "b")
    assert MARK not in found_on_the_page(case, "a")


@pytest.mark.parametrize(
    "kind",
    ["readiness", "agreement", "contact_point", "wraparound", "suitability", "need", "course"],
)
def test_a_parents_page_shows_what_is_this_parents(kind: str) -> None:
    shown = {each.record.id for each in entries(marked(kind, "a"), "a")}
    mine = [each for each in marked(kind, "a").records if each.kind == kind and "a" in plain_body(each.body).values()]
    restricted = [each for each in mine if plain_body(each.body).get("disclosure") == "confidential"]
    assert {each.id for each in mine} - {each.id for each in restricted} <= shown
    assert not {each.id for each in restricted} & shown


NOTE: Final[PlainRecord] = {
    "type": "visit",
    "about": ["a"],
    "present": ["a"],
    "blocks": [{"type": "fact", "text": "Was well."}],
}


@pytest.mark.parametrize(
    ("change", "is_shown"),
    [
        ({}, True),
        ({"present": []}, True),
        ({"about": ["a", "b"]}, False),
        ({"about": []}, False),
        ({"about": ["b"]}, False),
        ({"present": ["a", "b"]}, False),
        ({"present": ["A neighbour"]}, False),
        ({"type": "supervision"}, False),
        ({"type": "management_oversight"}, False),
        ({"type": "analysis"}, False),
        ({"type": "decision", "blocks": [{"type": "analysis", "text": "Why it was corrected."}]}, False),
        ({"blocks": [{"type": "reported", "text": "Was well.", "attributed_to": "a"}]}, True),
        ({"blocks": [{"type": "reported", "text": "Was well.", "attributed_to": "b"}]}, False),
        ({"blocks": [{"type": "fact", "text": "SAM rang twice."}]}, False),
        ({"blocks": [{"type": "fact", "text": "The same samovar."}]}, True),
        ({"blocks": [{"type": "fact", "text": "Asked about Rose  Street."}]}, False),
    ],
)
def test_only_a_note_about_this_parent_alone_is_on_a_parents_page(change: PlainRecord, is_shown: bool) -> None:
    family = Family()
    family.add("confidential_words", -5, person_id="b", words=["rose street"])
    note = family.add("note", 0, **(NOTE | change))
    case = Case(CASE_REF, family.records(), family.as_of)
    assert (note in {each.record.id for each in entries(case, "a")}) is is_shown
    assert note in {each.record.id for each in entries(case)}


def test_what_must_not_reach_this_parent_is_left_out_of_this_parents_own_records() -> None:
    family = Family()
    family.add("confidential_words", -5, person_id="b", words=["Rose Street"])
    family.change("readiness", "a", motivation="To live in rose street again.")
    kinds = {each.kind for each in entries(Case(CASE_REF, family.records()), "a")}
    assert "readiness" not in kinds
    assert "agreement" in kinds


TOUCH: Final[PlainRecord] = {
    "session_id": "s0",
    "person_id": "a",
    "by": "Wren",
    "individually": "yes",
    "new_safety_information": "no",
    "worry": "none",
}
HEARD: Final[PlainRecord] = {"child_id": "c1", "how": "observation", "wants_to_take_part": "unsure"}
MATTER: Final[PlainRecord] = {"matter_id": "m", "law": "private", "state": "live", "about_current_children": "yes"}


@pytest.mark.parametrize(
    ("kind", "body", "is_shown"),
    [
        ("touch_point", TOUCH, True),
        ("touch_point", TOUCH | {"new_safety_information": "yes"}, False),
        ("touch_point", TOUCH | {"new_safety_information": "not_known"}, False),
        ("touch_point", TOUCH | {"worry": "high"}, False),
        ("child_voice", HEARD, True),
        ("child_voice", HEARD | {"how": "not_safe_to_ask"}, False),
        ("court_matter", MATTER, True),
        ("court_matter", MATTER | {"state": "contemplated"}, False),
    ],
)
def test_what_tells_of_danger_is_on_no_parents_page(kind: str, body: PlainRecord, is_shown: bool) -> None:
    family = family_with_ids()
    added = family.add(kind, 0, **body)
    case = Case(CASE_REF, family.records(), family.as_of)
    shown = [each for each in entries(case, "a") if each.record.id == added]
    assert bool(shown) is is_shown
    for each in shown:
        words = said(each.record, people_of(case), "a")
        assert "worry" not in str(words).lower()
        assert "safety" not in str(words).lower()


def test_sessions_of_the_other_parent_alone_and_the_other_attendees_are_left_out() -> None:
    family = family_with_ids()
    for name, attendees in (("s1", ["b"]), ("s2", ["a", "b", "c1"])):
        session: PlainRecord = {
            "number": 2,
            "service": "mediation",
            "planned_for": "2026-11-23T10:30",
            "state": "planned",
        }
        family.add("session", 0, session_id=name, attendees=attendees, **session)
    found = [each.record.body for each in entries(Case(CASE_REF, family.records()), "a") if each.kind == "session"]
    assert [(each.session_id, each.attendees) for each in found] == [("s2", ("a", "c1"))]


def test_all_of_the_ledger_is_there_newest_first_with_its_corrections() -> None:
    family = Family()
    first = family.add("note", -3, "10:30", **NOTE)
    second = family.add("note", -2, supersedes=(first,), **NOTE)
    case = Case(CASE_REF, family.records(), family.as_of)
    found = entries(case)
    assert [each.record.id for each in found] == [each.id for each in reversed(case.records)]
    by_id = {each.record.id: each for each in found}
    assert by_id[first].superseded_by == second
    assert by_id[first].is_superseded
    assert not by_id[second].is_superseded
    assert (str(by_id[first].day), str(by_id[first].time)) == (family.day(-3), "10:30:00")
    assert by_id[first].about == ("a",)


def test_versions_are_those_of_the_same_key_and_of_the_same_chain() -> None:
    family = Family()
    old = family.found("readiness", "a")[0]
    newer = family.add("readiness", -1, **old["body"])
    first = family.add("note", -3, **NOTE)
    second = family.add("note", -2, supersedes=(first,), **NOTE)
    third = family.add("note", -1, supersedes=(second,), **NOTE)
    family.add("note", -1, **NOTE)
    case = Case(CASE_REF, family.records(), family.as_of)
    assert [each.record.id for each in versions(case, old["id"])] == [newer, old["id"]]
    for each in (first, second, third):
        assert [one.record.id for one in versions(case, each)] == [third, second, first]
    other = family.found("readiness", "b")[0]["id"]
    assert [each.record.id for each in versions(case, other)] == [other]
    assert versions(case, other, "a") == []
