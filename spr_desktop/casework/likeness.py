"""Finding a family that is on record already before it is opened a second time.

Names are found by their beginnings, then compared word by word; only the ledgers of cases with a like name are read. A
date of birth or a postcode that was given must fit where the case has one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Final

from spr_desktop.pathway.ages import birth_date
from spr_desktop.records.case import Case
from spr_desktop.records.people import ContactPoint, Person
from spr_desktop.records.values import folded
from spr_desktop.vault.search import indexed_words, name_words
from spr_desktop.vault.vault import Vault

AT_MOST: Final = 8
_CANDIDATES: Final = 100
"""Cases looked at for each name and way of finding it."""
_LEDGERS: Final = 30
"""Cases that are read."""
_MISSPELT: Final = 0.78
"""How like two words are that may be one, misspelt."""
_BEGINNING: Final = 2
"""Letters of which a beginning of a name must have at least so many to say anything."""


@dataclass(frozen=True, slots=True)
class _Word:
    """A word that was typed, ready to be compared with others."""

    text: str
    matcher: SequenceMatcher[str]


_Name = list[_Word]


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Somebody on record who may be the person that somebody is about to record again."""

    case_ref: str
    person_id: str
    name: str
    reason: str
    """Why it is suggested, for example *same name and date of birth*."""


@dataclass(frozen=True, slots=True)
class _Scored:
    score: float
    match: Match


def likely_matches(vault: Vault, names: Sequence[str], born: date | None, postcode: str | None) -> list[Match]:
    """Cases in which somebody has one of the names and, where they are given and known, fits the other two.

    The best come first, one for each case, and no more than eight.
    """
    wanted = [[_word(word) for word in words] for words in map(name_words, names) if words]
    found: list[_Scored] = []
    for case_ref in _likely_cases(vault, names, wanted):
        case = Case(case_ref, vault.records(case_ref))
        scored = [
            each for record in case.people.values() for each in _compared(case, record.body, wanted, born, postcode)
        ]
        if scored:
            best = max(scored, key=lambda each: each.score)
            people = len({each.match.person_id for each in scored})  # both parents by name say more than one
            found.append(_Scored(best.score + people - 1, best.match))
    found.sort(key=lambda each: (-each.score, each.match.case_ref))
    return [each.match for each in found[:AT_MOST]]


def _likely_cases(vault: Vault, names: Sequence[str], wanted: list[_Name]) -> list[str]:
    """Cases with the likest words in their names, the likest first; whose words they are is looked at later."""
    likeness: dict[str, float] = {}
    for name in names:
        for case_ref, words in vault.candidates(name, _CANDIDATES).items():
            known = words.split()
            likeness[case_ref] = max(_likeness(each, known) for each in wanted)
    likely = [case_ref for case_ref, like in likeness.items() if like]
    return sorted(likely, key=lambda case_ref: -likeness[case_ref])[:_LEDGERS]


def _compared(
    case: Case, person: Person, wanted: list[_Name], born: date | None, postcode: str | None
) -> Iterator[_Scored]:
    names = [person.full_name, *([person.preferred_name] if person.preferred_name else [])]
    like = _best_likeness(wanted, names)
    if not like:
        return
    known_birth, known_postcodes = birth_date(person), _postal(case, person.person_id)
    is_born = born is not None and known_birth == born
    is_there = bool(postcode) and any(folded(postcode or "") in each for each in known_postcodes)
    contradicted = born is not None and known_birth is not None and not is_born
    contradicted |= bool(postcode) and bool(known_postcodes) and not is_there
    if contradicted and not (is_born or is_there):
        return
    fits = [text for fit, text in ((is_born, "date of birth"), (is_there, "postcode")) if fit]
    what = ["same name" if like == 1 else "similar name", *fits]
    reason = " and ".join([", ".join(what[:-1]), what[-1]]) if fits else what[0]
    match = Match(case_ref=case.case_ref, person_id=person.person_id, name=person.full_name, reason=reason)
    yield _Scored(like + 2 * len(fits), match)


def _postal(case: Case, person_id: str) -> list[str]:
    """The addresses of a person, as they are compared with a postcode."""
    contacts = [each.body for each in case.current(ContactPoint).values()]
    return [folded(each.value) for each in contacts if each.type == "post" and each.person_id == person_id]


def _best_likeness(wanted: Iterable[_Name], names: Iterable[str]) -> float:
    known = [indexed_words([name]).split() for name in names]
    return max((_likeness(each, one) for each in wanted for one in known), default=0.0)


def _likeness(wanted: _Name, known: Sequence[str]) -> float:
    """How like two names are: 1 where every word that was typed is there, 0 where one has nothing like it."""
    if not known:
        return 0.0
    total = 0.0
    for word in wanted:
        like = max(_word_likeness(word, each) for each in known)
        if not like:
            return 0.0
        total += like
    return total / len(wanted)


def _word(typed: str) -> _Word:
    return _Word(typed, SequenceMatcher(None, "", typed, autojunk=False))


def _word_likeness(typed: _Word, known: str) -> float:
    word = typed.text
    if word == known:
        return 1.0
    if len(word) >= _BEGINNING and known.startswith(word):
        return 0.9
    if 2 * min(len(word), len(known)) < _MISSPELT * (len(word) + len(known)):
        return 0.0
    typed.matcher.set_seq1(known)
    if typed.matcher.quick_ratio() < _MISSPELT:
        return 0.0
    ratio = typed.matcher.ratio()
    return ratio if ratio >= _MISSPELT else 0.0
