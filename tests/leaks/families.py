"""Generated families in which every text that could be typed holds a mark of its own, which says whose it is.

Two to four adults who take part, up to two more who do not, up to six children, and of every kind of record several:
of each person, of several, of nobody, older ones, superseded ones, withdrawn ones. Days of each adult's own papers are
days of nobody else's.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from random import Random
from typing import Any, Final

from spr_desktop.records.kinds import KINDS, Field, fields_of
from spr_desktop.records.values import Defines, RefersTo
from tests.cases import MANAGER, Family, PlainRecord
from tests.documents.packs import _copy_person

ADULTS: Final = ("a", "b", "d", "e")
OTHERS: Final = ("g", "h")
MARK: Final = re.compile(r"Zq\d{4}[a-z0-9]+Zw")

_STAYS_AS_IT_IS: Final = {
    "advice.rules",
    "caution_accepted.rule",
    "document_made.document",
    "document_revoked.document",
    "document_sent.document",
    "note.about",
    "safety_conversation.observations",
    "safety_conversation.question_set",
    "sharing_basis.recipients",
    "stop_lifted.by",
    "stop_lifted.records",
    "universal_offer.item",
}
"""Fields of text that hold codes, ids, or a name that a rule compares with another."""

_NOTICE: Final = "spr-hiep-families"
_LONG: Final = ("rationale", "boundary_statement")
"""Texts of which the rules ask a certain length."""
_NAMES_A_PERSON: Final = (
    "person_id", "for_person", "child_id", "adult_id", "subject", "according_to", "about", "between", "attendees",
    "taking_part", "children",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a mark stands."""

    text: str
    where: str
    """Kind and field, as ``person.given_names``; ``recorded_by`` stands at every record."""
    entry: PlainRecord
    is_current: bool
    """Whether its record is what holds now: neither superseded nor followed by a newer one of the same key."""

    @property
    def body(self) -> dict[str, Any]:
        """The body of its record."""
        return dict(self.entry["body"])


@dataclass
class MarkedFamily:
    """A generated family, and every mark in it."""

    family: Family
    adults: tuple[str, ...]
    """Who take part."""
    others: tuple[str, ...]
    """Adults who do not."""
    seed: str
    marks: list[Mark] = field(default_factory=list)

    @property
    def all_adults(self) -> tuple[str, ...]:
        """Every adult of the family."""
        return (*self.adults, *self.others)


def whose(entry: PlainRecord, among: Sequence[PlainRecord] = ()) -> list[str]:
    """Ids of the people whom a record is about, without the words that stand for nobody.

    Who lifts a stop speaks of those whom the stop is about; ``among`` are the records that hold it.
    """
    lifted = entry["body"]["records"] if entry["kind"] == "stop_lifted" else ()
    found = [known for each in among if each["id"] in lifted for known in whose(each)]
    for name in _NAMES_A_PERSON:
        value = entry["body"].get(name)
        if isinstance(value, list):
            found += value
        elif value and name != "about":  # what advice is about is no person
            found.append(value)
    return sorted({each for each in found if each not in ("case", "practitioner")})


def marked(seed: str, adults: int | None = None) -> MarkedFamily:
    """The family of a seed, with so many adults who take part or as many as chance has it."""
    chance = Random(seed)
    service = "mediation"
    people = ADULTS[: adults or chance.choice((2, 3, 4))]
    others = OTHERS[: chance.randrange(3)]
    family = Family(service)
    _Generated(family, chance, people, others).fill()
    made = MarkedFamily(family, people, others, seed)
    _mark_all(made)
    return made


class _Generated:
    """Adds what a family may have, by chance."""

    def __init__(self, family: Family, chance: Random, people: tuple[str, ...], others: tuple[str, ...]) -> None:
        self.family = family
        self.chance = chance
        self.people = people
        self.others = others
        self.children = ["c1"]

    def fill(self) -> None:
        """Add everything; the order is that of ids."""
        self._adults()
        self._children()
        self._days()
        for number, person in enumerate((*self.people, *self.others)):
            self._of_one(number, person)
        self._of_the_family()
        self._sessions()
        self._written()
        self._documents()

    def _yes(self, share: float = 0.5) -> bool:
        return self.chance.random() < share

    def _adults(self) -> None:
        family = self.family
        for person in self.people[2:]:
            _copy_person(family, "a", person)
        for one, other in combinations(self.people, 2):
            if (one, other) != ("a", "b"):
                for teller in (one, other):
                    told: dict[str, Any] = {
                        "between": [one, other],
                        "status": "separated_living_apart",
                        "according_to": teller,
                    }
                    family.add("relationship", -50, **told)
        family.change("referral", taking_part=list(self.people), first_discussed_on=family.day(-18))
        for person in self.others:
            family.add("person", -69, person_id=person, role="other_adult", given_names="x", date_of_birth="1961-05-06")
        for number, person in enumerate(self.people):
            born = date(1979 + number, 3 + number, 17 + number).isoformat()
            family.change("person", person, date_of_birth=born, alerts=["separate_waiting"] if self._yes() else [])
            if self._yes(0.8):
                family.change("person", person, interpreter=self.chance.choice(("spoken", "bsl")))

    def _children(self) -> None:
        if self._yes(0.1):
            self.children = []
            self.family.entries = [each for each in self.family.entries if "c1" not in each["body"].values()]
            return
        for number in range(2, 1 + self.chance.randrange(1, 7)):
            child = f"c{number}"
            self.children.append(child)
            born = f"{2010 + number}-02-10"
            self.family.add("person", -69, person_id=child, role="child", given_names="x", date_of_birth=born)
            for adult in self.people:
                self.family.add("parental_responsibility", -60, child_id=child, adult_id=adult, held="yes")
            self.family.add("child_voice", -32, child_id=child, how="conversation", wants_to_take_part="yes")
        for child in self.children:
            if self._yes():
                self.family.change("person", child, interpreter="other_signed")
            self.family.add("child_voice", -65, child_id=child, how="observation", wants_to_take_part="unsure")
            self.family.add("suitability", -31, check="active_crisis", person_id=child, value="no")
            self.family.add("child_agreement", -31, child_id=child, service="mediation", informed="yes", agrees="yes")

    def _days(self) -> None:
        """Let each adult's own papers be of days of their own."""
        for number, person in enumerate(self.people):
            move = self.family.move
            move("safety_conversation", person, on=-20 - number)
            move("privacy_notice", person, on=-17 + number)
            move("agreement", person, on=-13 + number)
            move("sharing_basis", person, on=-9 + number)
            move("contact_point", person, on=-9 + number)
            confirmed = self.family.day(-9 + number)
            self.family.change("contact_point", person, disclosure="service_only", value=person, confirmed_on=confirmed)
            self.family.change("safety_conversation", person, tool="other_named", answers=_answers())

    def _of_one(self, number: int, person: str) -> None:
        """What is recorded of one adult, besides what makes the family ready."""
        add = self.family.add
        about: dict[str, Any] = {"person_id": person}
        self._contacts(number, person)
        if person in self.people:
            self._old(number, person)
            self._more_support(person)
        add("confidential_words", -40, **about, words=["x", "x"])
        add("wants_without_children", -40, **about, answer="yes")
        for factor in self.chance.sample(("alcohol", "housing", "new_baby", "bereavement"), 2):
            add("need", -30, factor=factor, identified="yes", **about)
        for day in (-38, -43):
            add("universal_offer", day - number, item="arguing_better", result="declined", **about)
        add("privacy_notice", -39, **about, notice="x", version="x", method="emailed")
        add("course", -30, **about, programme="other", enrolled_on=self.family.day(-30))
        add("outcome_measure", -30, **about, measure="x", point="before", score=3)
        add("referral_progress", -2, step="provider_contacted", **about)
        add("advice", -29, about="service_fit", from_="x", role="other", says="go_ahead", content="x", **about)
        told = add("safety_information", -28, category="other_concern", about=[person], source="x")
        add("stop_lifted", -27, recorded_by=MANAGER, records=[told], by=MANAGER, role="manager", reason="x")
        for rule in ("A03", "A08", "A10", "A04"):
            add("caution_accepted", 0, rule=rule, subject=person, reason="x", oversight_by=MANAGER)

    def _contacts(self, number: int, person: str) -> None:
        """Ways of contact of every disclosure, fit for use and not."""
        fit: dict[str, Any] = {"safe": "yes", "monitored_by_others": "no", "shared_with_other_parent": "no"}
        unfit: dict[str, Any] = {"safe": "no", "monitored_by_others": "yes", "shared_with_other_parent": "yes"}
        ways = [(kind, told) for kind in ("mobile", "email", "post", "landline") for told in _DISCLOSURES]
        for at, (kind, disclosure) in enumerate(self.chance.sample(ways, 7)):
            is_fit = self._yes(0.7)
            confirmed = self.family.day(-9 + number if self._yes(0.8) else -120 - number)
            self.family.add(
                "contact_point",
                -9 + number,
                contact_id=f"{person}{at}",
                person_id=person,
                type=kind,
                value="x",
                disclosure=disclosure,
                voicemail_ok="no",
                text_ok="no",
                confirmed_on=confirmed,
                **(fit if is_fit else unfit),
            )

    def _old(self, number: int, person: str) -> None:
        """What was recorded before, and does not hold any more."""
        family = self.family
        for kind, day in (("person", -90), ("contact_point", -91), ("sharing_basis", -92), ("privacy_notice", -93)):
            body = dict(family.found(kind, person)[0]["body"])
            if kind == "contact_point":
                body |= {"disclosure": "may_share"}
            family.add(kind, day - 10 * number, **body)
        wrong = family.add("sharing_basis", -9 + number, **family.found("sharing_basis", person)[0]["body"])
        right = dict(family.found("sharing_basis", person)[0]["body"])
        family.add("sharing_basis", -9 + number, supersedes=(wrong,), **right)
        family.add("readiness", -95, **family.found("readiness", person)[0]["body"])

    def _more_support(self, person: str) -> None:
        """A second practitioner, one of a school, and one who has stopped."""
        who: dict[str, Any] = {"name": "x", "role": "x", "organisation": "x", "phone": "x", "email": "x"}
        told: dict[str, Any] = {"for_person": person, "known_to_parent": "yes", "outside_service": "yes"}
        add = self.family.add
        add("wraparound", -8, commitment_id=f"{person}-ended", practitioner=who, ended_on=self.family.day(-2), **told)
        if self._yes(0.7):
            setting = self.chance.choice(("school", "early_years", "health", "voluntary", "other"))
            add("wraparound", -8, commitment_id=f"{person}-second", practitioner=who, setting=setting, **told)
        old = dict(self.family.found("wraparound", person)[0]["body"])
        add("wraparound", -99, **old)

    def _of_the_family(self) -> None:
        add = self.family.add
        add("case_opened", -99, organisation="x", team="x")
        add("lead_professional", -99, professional={"name": "x", "role": "x", "organisation": "x"})
        add("conflict_profile", -99, frequent="yes", intense="no", poorly_resolved="yes", summary="x")
        about: dict[str, Any] = {"type": "x", "about_current_children": "yes", "children": self.children[:1]}
        for number, (law, state) in enumerate(_LAW):
            add("court_matter", -30, matter_id=f"m{number}", law=law, state=state, **about)
        add("need", -30, factor="family_conflict", identified="yes")
        add("universal_offer", -46, item="leaflet", result="offered")
        for day in (-47, -44):
            add("life_event", day, category="house_move", safety_relevant="no")
            add("safety_action", day, action="manager_informed")
        add("safety_information", -28, category="other_concern", about=list(self.people[:2]), source="x")
        add("safety_information", -28, category="other_concern", source="x")
        stops = [each["id"] for each in self.family.found("safety_information")]
        add("stop_lifted", -27, recorded_by=MANAGER, records=stops, by=MANAGER, role="manager", reason="x")
        add("advice", -29, about="sharing", from_="x", role="other", says="go_ahead", content="x")
        add("referral_progress", -2, step="spr_discussion")
        for rule in ("B03", "B05", "E05"):
            add("caution_accepted", 0, rule=rule, subject="case", reason="x", oversight_by=MANAGER)

    def _sessions(self) -> None:
        add = self.family.add
        for number in range(1, 4):
            who = self.chance.sample(self.people, self.chance.randrange(1, len(self.people) + 1))
            state = self.chance.choice(("planned", "planned", "cancelled"))
            planned = f"{self.family.day(30 + number)}T10:00"
            told: dict[str, Any] = {"number": number, "service": "mediation", "planned_for": planned}
            add("session", -5, session_id=f"s{number}", attendees=sorted(who), state=state, **told)
            for person in self.people:
                touch: dict[str, Any] = {"individually": "yes", "new_safety_information": "no", "worry": "none"}
                on = -5 + self.people.index(person)
                add("touch_point", on, session_id=f"s{number}", person_id=person, by="x", **touch)

    def _written(self) -> None:
        """Notes about one, about both, about nobody; events and contacts before the case."""
        add = self.family.add
        block: dict[str, Any] = {"type": "opinion", "text": "x", "attributed_to": "x"}
        abouts: list[list[str]] = [[], self.children[:1], list(self.people), *([each] for each in self.people)]
        for number, about in enumerate(abouts):
            kind = self.chance.choice(("visit", "meeting", "supervision", "management_oversight", "analysis"))
            add("note", -48 - number, type=kind, about=about, present=["x"], blocks=[dict(block), dict(block)])
        for day in (-55, -56):
            add("significant_event", day, event="x", source="x", is_strength="no")
            add("contact_triage", day, source="self", classification="parental_conflict", signposted_to=["x", "x"])

    def _documents(self) -> None:
        """Packs, some of them withdrawn, and a copy."""
        made = (("referral-pack", "p1"), ("referral-pack", "p2"), ("referral-pack", "p3"), ("parent-copy", "p4"))
        for document, number in made:
            told: dict[str, Any] = {
                "document_id": number,
                "document": document,
                "sha256": "0" * 64,
                "pathway_version": "x",
            }
            self.family.add("document_made", -3, **told)
            self.family.add("document_sent", -3, **told)
            if number in ("p2", "p3"):
                self.family.add("document_revoked", -2, **told)


_DISCLOSURES: Final = ("confidential", "service_only", "may_share")
_LAW: Final = (
    ("private", "live"), ("private", "concluded"), ("public", "concluded"), ("criminal", "concluded"),
    ("protective", "expired"),
)  # fmt: skip


def _answers() -> dict[str, dict[str, str]]:
    return {"A1": {"value": "hard"}, "A2": {"value": "not_asked"}}


# Marks


def _mark_all(made: MarkedFamily) -> None:
    for entry in made.family.entries:
        entry["body"] = copy.deepcopy(entry["body"])
    superseded = {named for each in made.family.entries for named in each["supersedes"]}
    for entry in made.family.entries:
        is_current = entry["id"] not in superseded and not _is_followed(entry, made.family.entries, superseded)
        if entry["recorded_by"] != MANAGER:
            entry["recorded_by"] = _new(made, "recorded_by", entry, is_current)
        _mark(made, entry, entry["body"], fields_of(KINDS[entry["kind"]]), entry["kind"], is_current)


def _is_followed(entry: PlainRecord, entries: list[PlainRecord], superseded: set[str]) -> bool:
    """Whether a newer record of the same key stands (records.md section 2)."""
    key = _key(entry)
    order = (entry["happened_on"], entry["recorded_at"])
    return key is not None and any(
        _key(each) == key and (each["happened_on"], each["recorded_at"]) > order and each["id"] not in superseded
        for each in entries
    )


_KEYS: Final[dict[str, tuple[str, ...]]] = {
    "case_opened": (),
    "lead_professional": (),
    "person": ("person_id",),
    "contact_point": ("contact_id",),
    "conflict_profile": (),
    "child_voice": ("child_id",),
    "sharing_basis": ("person_id",),
    "privacy_notice": ("person_id", "notice"),
    "agreement": ("person_id", "service"),
    "wraparound": ("commitment_id",),
    "court_matter": ("matter_id",),
}
"""Kinds of which the newest counts and a document prints something, with what makes their key (records.md)."""


def _key(entry: PlainRecord) -> tuple[str, ...] | None:
    if entry["kind"] not in _KEYS:
        return None
    named = [entry["body"][name] for name in _KEYS[entry["kind"]]]
    return (entry["kind"], *named)


def _mark(
    made: MarkedFamily, entry: PlainRecord, body: dict[str, Any], fields: dict[str, Field], path: str, is_current: bool
) -> None:
    """Put a mark into every text of a body, also where there was none."""
    for name, each in fields.items():
        where = f"{path}.{name}"
        value = body.get(name)
        if where in _STAYS_AS_IT_IS or _is_a_code(where, body):
            continue
        if each.nested is not None:
            for part in _parts(each, value):
                _mark(made, entry, part, fields_of(each.nested), where, is_current)
        elif _is_text(each):
            new = [_new(made, where, entry, is_current) for _ in value or ["x"]] if each.is_many else None
            body[name] = new or _new(made, where, entry, is_current)


def _parts(each: Field, value: Any) -> list[Any]:
    if not value:
        return []
    if each.is_map:
        return list(value.values())
    return list(value) if each.is_many else [value]


def _is_a_code(where: str, body: dict[str, Any]) -> bool:
    """Whether a field that takes any text elsewhere must hold a certain one here."""
    if where.startswith("privacy_notice."):
        return bool(body["notice"] == _NOTICE)
    return where == "suitability.detail" and bool(body["check"] == "therapy")


def _is_text(each: Field) -> bool:
    """Whether a field takes any text: neither a code, an id, a day nor a number."""
    if any(isinstance(mark, (Defines, RefersTo)) for mark in each.marks):
        return False
    return "str" in str(each.type) and not re.search(r"Literal|date|DateTime|\bint\b", str(each.type))


def _new(made: MarkedFamily, where: str, entry: PlainRecord, is_current: bool) -> str:
    about = "".join(whose(entry, made.family.entries)) or "nobody"
    mark = f"Zq{len(made.marks):04}{about}Zw"
    made.marks.append(Mark(mark, where, entry, is_current))
    return f"{mark} {'so ' * 20}".strip() if where.endswith(_LONG) else mark
