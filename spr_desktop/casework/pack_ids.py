"""The ids of a pack's records, carried over from the version before: who is who, and which way of contact is which.

A pack names no ids, and its order may change. Two people are the same where their names and roles are; those of one
name and one role go by their order, as long as there are as many of them as before. Where a name or a role was
corrected, they are the same only if nobody else can be meant: what is known of one person must never be put to another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any, Final, TypeVar

from spr_desktop.records.bodies import ids_referred_to
from spr_desktop.records.people import ContactPoint, CourtMatter, Person
from spr_desktop.records.record import AnyRecord
from spr_desktop.records.work import Wraparound

T = TypeVar("T")
_PERSON_FIELDS: Final = ("person_id", "child_id", "adult_id", "for_person")


def renamed(newer: Sequence[AnyRecord], last: Sequence[AnyRecord], kept: Sequence[AnyRecord]) -> list[AnyRecord]:
    """Records of a newer version with the ids that the case has for the same people and things.

    ``last`` is what the pack said last, ``kept`` the whole ledger, whose ids are not given to anybody else.
    """
    taken = {value for each in kept for value in _ids(each)}
    people = _people(newer, last, taken)
    named = [_with_people(each, people) for each in newer]
    for kind, attribute, same, alike in _THINGS:
        named = _matched(named, last, taken, kind, attribute, same, alike)
    return named


def _people(newer: Sequence[AnyRecord], last: Sequence[AnyRecord], taken: set[str]) -> dict[str, str]:
    old = [each.body for each in last if isinstance(each.body, Person)]
    new = [each.body for each in newer if isinstance(each.body, Person)]
    pairs = _pairs_of_as_many(new, old, lambda one: (*_role(one), _words(one)))
    left = _left(new, pairs, 0), _left(old, pairs, 1)
    pairs += _pairs_alone(*left, lambda one: (one.is_adult, _words(one)), lambda _one, _other: True)
    pairs += _pairs_alone(_left(new, pairs, 0), _left(old, pairs, 1), _role, _is_likely_one)
    found = {one.person_id: other.person_id for one, other in pairs}
    for each in _left(new, pairs, 0):
        found[each.person_id] = _free("adult" if each.is_adult else "child", taken)
    return found


def _role(person: Person) -> tuple[object, ...]:
    return person.is_adult, person.parenting_role


def _words(person: Person) -> tuple[str, ...]:
    return tuple(person.given_names.casefold().split())


def _is_likely_one(one: Person, other: Person) -> bool:
    """A corrected name keeps its first word: a family's name alone is that of others too."""
    mine, theirs = _words(one), _words(other)
    return bool(mine and theirs) and mine[0] == theirs[0]


def _free(beginning: str, taken: set[str]) -> str:
    """An id that nobody has; numbers begin at 1."""
    number = next(number for number in range(1, len(taken) + 2) if f"{beginning}-{number}" not in taken)
    taken.add(f"{beginning}-{number}")
    return f"{beginning}-{number}"


def _with_people(record: AnyRecord, people: dict[str, str]) -> AnyRecord:
    changed: dict[str, Any] = {
        name: people[getattr(record.body, name)]
        for name in _PERSON_FIELDS
        if getattr(record.body, name, None) in people
    }
    if record.kind == "referral":
        changed["taking_part"] = tuple(people[each] for each in record.body.taking_part)
    return replace(record, body=replace(record.body, **changed)) if changed else record


def _matched(
    newer: list[AnyRecord],
    last: Sequence[AnyRecord],
    taken: set[str],
    kind: Any,
    attribute: str,
    same: Callable[[Any], object],
    alike: Callable[[Any], object],
) -> list[AnyRecord]:
    """Things of one kind: the same are paired first, then those of which one alone was changed."""
    old = [each.body for each in last if isinstance(each.body, kind)]
    new = [each.body for each in newer if isinstance(each.body, kind)]
    pairs = _pairs(new, old, same)
    pairs += _pairs_alone(_left(new, pairs, 0), _left(old, pairs, 1), alike, lambda _one, _other: True)
    ids = {getattr(one, attribute): getattr(other, attribute) for one, other in pairs}
    for each in _left(new, pairs, 0):
        ids[getattr(each, attribute)] = _free(_beginning(each), taken)
    return [
        replace(each, body=replace(each.body, **{attribute: ids[getattr(each.body, attribute)]}))
        if isinstance(each.body, kind)
        else each
        for each in newer
    ]


def _beginning(body: Any) -> str:
    match body:
        case ContactPoint():
            return f"{body.person_id}-contact"
        case Wraparound():
            return f"{body.for_person}-wraparound"
    return "matter"


_THINGS: Final[tuple[tuple[Any, str, Callable[[Any], object], Callable[[Any], object]], ...]] = (
    (
        ContactPoint,
        "contact_id",
        lambda one: (one.person_id, one.type, one.value),
        lambda one: (one.person_id, one.type),
    ),
    (
        Wraparound,
        "commitment_id",
        lambda one: (one.for_person, one.practitioner.name.casefold()),
        lambda one: one.for_person,
    ),
    (CourtMatter, "matter_id", lambda one: (one.law, one.type, one.state), lambda one: (one.law, one.type)),
)
"""Kind, field of the id, what is the same, and what may be the same with a change."""


def _pairs(new: Iterable[T], old: Iterable[T], same: Callable[[T], object]) -> list[tuple[T, T]]:
    """Each with the first that is the same, in order."""
    left = list(old)
    found = []
    for each in new:
        other = next((one for one in left if same(one) == same(each)), None)
        if other is not None:
            left = [one for one in left if one is not other]
            found.append((each, other))
    return found


def _pairs_of_as_many(new: Sequence[T], old: Sequence[T], same: Callable[[T], object]) -> list[tuple[T, T]]:
    """The same, but where there are more of them on one side: nobody can tell then which is missing."""
    counts = Counter(map(same, new)), Counter(map(same, old))
    return _pairs([each for each in new if counts[0][same(each)] == counts[1][same(each)]], old, same)


def _pairs_alone(
    new: Sequence[T], old: Sequence[T], alike: Callable[[T], object], is_one: Callable[[T, T], bool]
) -> list[tuple[T, T]]:
    """Each with the other that is alike, where there is one alone on both sides."""
    found = []
    for each in new:
        mine = [one for one in new if alike(one) == alike(each)]
        theirs = [one for one in old if alike(one) == alike(each)]
        if len(mine) == len(theirs) == 1 and is_one(each, theirs[0]):
            found.append((each, theirs[0]))
    return found


def _left(all_of: Sequence[T], pairs: Sequence[tuple[T, T]], side: int) -> list[T]:
    return [each for each in all_of if not any(each is pair[side] for pair in pairs)]


def _ids(record: AnyRecord) -> list[str]:
    own = [getattr(record.body, name, None) for name in ("person_id", "contact_id", "commitment_id", "matter_id")]
    return [*(each for each in own if each), *(value for _, _, value in ids_referred_to(record.body))]
