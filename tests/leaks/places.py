"""Where somebody can type into what a parent's copy and a brief print, and families in whom a detail stands there."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from spr_desktop.casework.making import BRIEF, COPY, Prepared, Wish, prepare
from tests.cases import TODAY, Family
from tests.documents.kinds import PRACTITIONER, case_of
from tests.documents.packs import identity
from tests.leaks.details import OTHERS, Other

READER: Final = "a"
_WORKER: Final = {
    "name": "Wren Demo",
    "role": "support worker",
    "organisation": "Example Outreach",
    "phone": "01632 960001",
    "email": "wren.demo@example.org",
}


@dataclass(frozen=True, slots=True)
class Place:
    """One field of text."""

    name: str
    put: Callable[[Family, str], None]
    kinds: tuple[str, ...]
    """Documents that print it."""
    holds_a_name: bool = False
    """The name of somebody else may stand here as somebody's own."""


def _person(form: str, field: str) -> Callable[[Family, str], None]:
    def put(family: Family, text: str) -> None:
        said = form.format(text)
        family.change("person", READER, **{field: [said] if field == "access_needs" else said})

    return put


def _worker(form: str, field: str) -> Callable[[Family, str], None]:
    def put(family: Family, text: str) -> None:
        family.change("wraparound", READER, practitioner=_WORKER | {field: form.format(text)})

    return put


def _lead(form: str, field: str) -> Callable[[Family, str], None]:
    def put(family: Family, text: str) -> None:
        who = {"name": "Linden Demo", "role": "lead", "organisation": "Example Council"}
        family.change("lead_professional", professional=who | {field: form.format(text)})

    return put


def _contact(form: str, field: str, kind: str = "mobile") -> Callable[[Family, str], None]:
    def put(family: Family, text: str) -> None:
        family.change("contact_point", READER, type=kind, **{field: form.format(text)})

    return put


def _basis(family: Family, text: str) -> None:
    family.change("sharing_basis", READER, article_9=f"Explicit consent. {text}")


def _notice(family: Family, text: str) -> None:
    family.change("privacy_notice", READER, version=f"2 {text}")


_BOTH: Final = (COPY, BRIEF)
_ONLY_BRIEF: Final = (BRIEF,)
PLACES: Final = (
    Place("access needs", _person("A quiet room, please. {} Thank you.", "access_needs"), _BOTH),
    Place("access needs, the first words", _person("{} said so", "access_needs"), _BOTH),
    Place("language", _person("Welsh; asked by {}", "language"), _BOTH),
    Place("preferred name", _person("Jojo ({})", "preferred_name"), _BOTH, holds_a_name=True),
    Place("basis for sharing", _basis, _BOTH),
    Place("practitioner’s role", _worker("support worker, {}", "role"), _BOTH),
    Place("practitioner’s organisation", _worker("Example Outreach {}", "organisation"), _BOTH, holds_a_name=True),
    Place("practitioner’s name", _worker("Wren Demo {}", "name"), _BOTH, holds_a_name=True),
    Place("practitioner’s telephone", _worker("01632 960001 or {}", "phone"), _BOTH, holds_a_name=True),
    Place("practitioner’s email", _worker("wren.demo@example.org or {}", "email"), _BOTH, holds_a_name=True),
    Place("own name", _person("Jo {}", "given_names"), _BOTH, holds_a_name=True),
    Place("version of the notice", _notice, _BOTH),
    Place("good times", _contact("Mondays. {}", "safe_times"), _ONLY_BRIEF),
    Place("bad times", _contact("not when {} is there", "unsafe_times"), _ONLY_BRIEF),
    Place("way of contact", _contact("07700 900181, else {}", "value"), _ONLY_BRIEF, holds_a_name=True),
    Place("through a worker", _contact("by the desk: {}", "value", "via_worker"), _ONLY_BRIEF),
    Place("lead professional’s name", _lead("Linden Demo {}", "name"), _ONLY_BRIEF, holds_a_name=True),
    Place("lead professional’s role", _lead("lead {}", "role"), _ONLY_BRIEF),
    Place("lead professional’s organisation", _lead("Council {}", "organisation"), _ONLY_BRIEF, holds_a_name=True),
)


def family_of(other: Other) -> Family:
    """A reader, whose every text may be printed, and the other parent with all details on record."""
    return _copied(_family_of(OTHERS.index(other)))


@cache
def _family_of(number: int) -> Family:
    other = OTHERS[number]
    family = Family()
    family.change("person", READER, interpreter="spoken", language="Welsh", preferred_name="Jojo")
    family.change("person", "b", given_names=other.given, family_name=other.family, preferred_name=other.preferred)
    family.change("person", "b", date_of_birth=other.born.isoformat())
    family.change("contact_point", READER, value="07700 900181", disclosure="may_share", safe_times="Mondays")
    family.change("contact_point", "b", value=other.mobile)
    unfit: dict[str, Any] = dict(family.found("contact_point", "b")[0]["body"])
    ways = (("landline", other.landline), ("email", other.email), ("post", "\n".join(other.address)))
    for kind, value in ways:
        family.add("contact_point", -6, **unfit | {"contact_id": kind, "type": kind, "value": value})
    names = {"name": other.practitioner, "phone": other.practitioners_number, "email": other.practitioners_email}
    family.change("wraparound", "b", practitioner=_WORKER | names)
    family.change("wraparound", READER, practitioner=_WORKER)
    family.move("safety_conversation", "b", on=other.spoken_with.isoformat())
    family.move("agreement", READER, on=-9)
    return family


def _copied(family: Family) -> Family:
    found = Family()
    found.entries = copy.deepcopy(family.entries)
    return found


@cache
def _decision_of(number: int) -> Any:
    """What the pathway says does not depend on what was planted."""
    return _family_of(number).check()


def document(family: Family, kind: str, other: Other) -> Prepared:
    """The reader's document, made the way the program makes it; raises what that raises."""
    wish = Wish(kind=kind, person_id=READER)
    return prepare(wish, case_of(family), _decision_of(OTHERS.index(other)), PRACTITIONER, identity(), TODAY)
