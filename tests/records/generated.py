"""Documents of any content that is of the form, made from the fields of every kind."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from types import UnionType
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin
from uuid import UUID

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from spr_desktop.records.kinds import KINDS, Field, fields_of
from spr_desktop.records.suitability import THERAPY_DETAILS
from spr_desktop.records.texts import name_fault
from spr_desktop.records.values import Defines, LocalDateTime, PlainName, RefersTo

Plain = dict[str, Any]
Strategy = st.SearchStrategy[Any]

DEFINING: Final = {
    "person": "person",
    "contact": "contact_point",
    "matter": "court_matter",
    "commitment": "wraparound",
    "session": "session",
    "document": "document_made",
}
"""For everything that has an id: the kind of record that makes the id known."""

POOL: Final[Mapping[str, Sequence[str]]] = {
    "person": ("a", "b", "c1", "Kind № 2", "x" * 64),
    "contact": ("mobile", "☎"),
    "matter": ("m1", "m2"),
    "commitment": ("for-a", "for-b"),
    "session": ("s1", "s 2"),
    "document": ("d1", "d2"),
}
"""Ids that may stand in a document, by what they stand for."""

CASE_REFS: Final = st.from_regex(r"[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}", fullmatch=True)
UUIDS: Final = st.uuids().map(str)
TEXTS: Final = st.text(
    st.characters(
        exclude_categories=("Cc", "Cs"),
        exclude_characters="\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
        include_characters="\n\t",
    ),
    max_size=12,
)
NAMES: Final = st.one_of(
    st.sampled_from(["Łukasz Ćwik", "Nguyễn Thị", "علي", "O'Brien & Son", "3 < 4"]),
    TEXTS.filter(lambda text: name_fault(text) is None),
)
DAYS: Final = st.dates().map(date.isoformat)
TIMES: Final = st.times().map(lambda time: time.replace(microsecond=0, second=time.second if time.second % 2 else 0))
LOCAL: Final = st.tuples(DAYS, TIMES).map(lambda both: f"{both[0]}T{both[1].isoformat()[: 8 if both[1].second else 5]}")
WHEN: Final = st.one_of(DAYS, LOCAL)
UTC_TIMES: Final = st.datetimes(min_value=datetime(1, 1, 1), max_value=datetime(9999, 12, 31)).map(  # noqa: DTZ001
    lambda moment: f"{moment.isoformat()}Z"
)


def over(examples: int) -> settings:
    """How a property is tried: over so many examples.

    ``SPR_TIMES=50`` in the environment tries fifty times as many. Under CI the examples are the same on every run.
    """
    return settings(
        max_examples=examples * int(os.environ.get("SPR_TIMES", "1")),
        deadline=None,
        derandomize="CI" in os.environ,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
    )


@dataclass(frozen=True)
class Values:
    """What the fields of bodies are filled with."""

    ids: Mapping[str, Sequence[str]] = field(default_factory=lambda: POOL)
    """Ids that may be used, by what they stand for."""
    texts: Strategy = TEXTS
    names: Strategy = NAMES
    days: Strategy = DAYS
    special: Mapping[str, Strategy] = field(default_factory=dict)
    """What a field takes instead of anything that is of its type, by kind and field."""

    def bodies(self, kind: str) -> Strategy:
        """Bodies of a kind, as the case document has them, with every optional field there or not."""
        return self._objects(KINDS[kind], kind).map(lambda body: _whole(kind, body))

    def _objects(self, cls: Any, called: str) -> Strategy:
        required: dict[str, Strategy] = {}
        optional: dict[str, Strategy] = {}
        for each in fields_of(cls).values():
            values = self.special.get(f"{called}.{each.name}")
            chosen = self._of_field(each, f"{called}.{each.name}") if values is None else values
            (required if each.required else optional)[each.name] = chosen
        return st.fixed_dictionaries(required, optional=optional)

    def _of_field(self, of: Field, called: str) -> Strategy:
        if of.nested is not None:
            objects = self._objects(of.nested, called)
            if not of.is_many:
                return objects
            return (
                st.dictionaries(self.texts, objects, max_size=3)
                if "dict" in str(of.type)
                else st.lists(objects, max_size=3)
            )
        leaf = None
        for mark in of.marks:
            if isinstance(mark, PlainName):
                leaf = self.names
            else:
                word = [mark.or_word] if isinstance(mark, RefersTo) and mark.or_word else []
                leaf = st.sampled_from([*self.ids[mark.what], *word])
        return self._of_type(of.type, leaf)

    def _of_type(self, hint: Any, leaf: Strategy | None) -> Strategy:
        origin, parts = get_origin(hint), get_args(hint)
        if origin is Annotated:
            return leaf if leaf is not None else self._of_type(parts[0], leaf)
        if origin in (Union, UnionType):
            return st.one_of(*(self._of_type(part, leaf) for part in parts if part is not type(None)))
        if origin is Literal:
            return st.sampled_from(parts)
        if origin is tuple and parts[-1] is not Ellipsis:
            return st.lists(self._of_type(parts[0], leaf), min_size=len(parts), max_size=len(parts), unique=True)
        if origin is tuple:
            return st.lists(self._of_type(parts[0], leaf), max_size=4)
        by_type: dict[Any, Strategy] = {
            str: self.texts,
            date: self.days,
            LocalDateTime: LOCAL,
            int: st.integers(),
            float: st.floats(allow_nan=False, allow_infinity=False),
        }
        return by_type[hint]


def bodies(kind: str) -> Strategy:
    """Bodies of a kind with anything in them that is of the form."""
    return Values().bodies(kind)


def _whole(kind: str, body: Plain) -> Plain:
    """The body, with what depends on more than one field put right (records.md section 3)."""
    if kind == "suitability":
        if body["check"] == "public_law":
            return {name: value for name, value in body.items() if name != "person_id"}
        body = {"person_id": "a"} | body
        if body["check"] == "therapy" and body.get("detail") not in THERAPY_DETAILS:
            return body | {"detail": THERAPY_DETAILS[0]}
    return body


@cache
def _any_record(kind: str) -> Strategy:
    what_may_be_left_out = {"recorded_at": UTC_TIMES, "recorded_by": NAMES, "supersedes": st.lists(UUIDS, max_size=1)}
    fields = {"id": UUIDS, "kind": st.just(kind), "happened_on": WHEN, "body": bodies(kind)}
    return st.fixed_dictionaries(fields, optional=what_may_be_left_out)


def _everything_known() -> list[Plain]:
    """Records that make every id of the pool known."""
    needed: dict[str, Plain] = {
        "person": {"role": "parent_carer", "given_names": "Jo"},
        "contact": {"person_id": "a", "type": "email", "value": "", "safe": "yes", "monitored_by_others": "no"}
        | {"shared_with_other_parent": "no", "voicemail_ok": "no", "text_ok": "no"},
        "matter": {"law": "private", "state": "live", "about_current_children": "no"},
        "commitment": {"for_person": "a", "known_to_parent": "yes", "outside_service": "yes"}
        | {"practitioner": {"name": "Wren", "role": "worker", "organisation": "Example"}},
        "session": {"number": 1, "service": "mediation", "planned_for": "2026-11-03T10:30", "state": "planned"},
        "document": {"document": "referral-pack", "sha256": "00", "pathway_version": "1"},
    }
    records: list[Plain] = []
    for what, kind in DEFINING.items():
        defining = next(each.name for each in fields_of(KINDS[kind]).values() if Defines(what) in each.marks)
        for each in POOL[what]:
            body = needed[what] | {defining: each}
            uuid = str(UUID(int=len(records) + 1))
            records.append({"id": uuid, "kind": kind, "happened_on": "0001-01-01", "body": body})
    return records


@st.composite
def documents(draw: st.DrawFn) -> Plain:
    """Documents with records of any kinds that hold anything, all of it of the form."""
    kinds = draw(st.lists(st.sampled_from(sorted(KINDS)), max_size=12))
    records = [draw(_any_record(kind)) for kind in kinds]
    if draw(st.booleans()) and records:
        records.append(_correction(draw(st.sampled_from(records)), draw(UUIDS)))
    unique = list({each["id"]: each for each in _everything_known() + records}.values())
    return {
        "format": "spr-case",
        "version": 1,
        "case_ref": draw(CASE_REFS),
        "records": draw(st.permutations(unique)) if draw(st.booleans()) else unique,
    }


def _correction(record: Plain, uuid: str) -> Plain:
    """A later record of the same kind about the same, that supersedes a record."""
    day = date.fromisoformat(record["happened_on"][:10])
    later = day + timedelta(days=1) if day < date.max else day
    return record | {
        "id": uuid,
        "happened_on": later.isoformat(),
        "supersedes": [record["id"]] if later > day else [],
    }
