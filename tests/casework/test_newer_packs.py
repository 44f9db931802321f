"""A newer version of a pack over an older one says what it says alone, and takes nobody for somebody else."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any, Final

from hypothesis import given
from hypothesis import strategies as st

from spr_desktop.casework.newer_packs import NOT_NAMED_NOW, Revision, came_by_pack, revise
from spr_desktop.casework.pack_changes import in_words
from spr_desktop.documents.contents import Adult, Child, Contact, CourtFact, Offer, ReferralPack, Responsibility
from spr_desktop.documents.referral_records import case_document
from spr_desktop.pathway.definition import definition
from spr_desktop.records.bodies import plain_body
from spr_desktop.records.case import Case
from spr_desktop.records.case_document import read_case_document, write_case_document
from spr_desktop.records.people import ContactPoint, Person
from spr_desktop.records.record import AnyRecord, Record
from spr_desktop.records.suitability import UniversalOffer
from spr_desktop.records.values import When
from spr_desktop.records.work import Note, Wraparound
from tests.documents.packs import REFERENCE, contents, released
from tests.records.generated import over

FIRST: Final = datetime(2026, 11, 22, 9, tzinfo=UTC)
NAMES: Final = ("Jo Example", "Sam Sample", "Žofie Vzorová", "Łukasz Przykład")
CHILDREN: Final = ("Kit", "Bo", "Kit")
NUMBERS: Final = ("07700 900181", "07700 900182", "07700 900183", "07700 900184")


@cache
def ordinary() -> ReferralPack:
    return contents(released())


def records_of(pack: ReferralPack) -> tuple[AnyRecord, ...]:
    """As whoever receives it reads it."""
    at = FIRST + timedelta(days=pack.version)
    said = json.dumps(case_document(pack, definition(), at)).encode()
    return read_case_document(said, written_at=FIRST).records


def version(number: int, **more: Any) -> ReferralPack:
    day = ordinary().made_on + timedelta(days=number)
    return replace(ordinary(), version=number, made_on=day, **more)


def brought(kept: list[AnyRecord], pack: ReferralPack) -> Revision:
    return revise(REFERENCE, kept, records_of(pack))


# The property


@st.composite
def packs(draw: st.DrawFn, number: int) -> ReferralPack:
    """A version with adults, children and things of theirs in any order."""
    children = tuple(draw(st.permutations(CHILDREN))[: draw(st.integers(0, 3))])
    names = draw(st.permutations(NAMES))[: draw(st.integers(1, 3))]
    adults = tuple(draw(adult(each, children)) for each in names)
    courts = st.builds(
        CourtFact,
        law=st.just("Private law"),
        kind=st.sampled_from(("Child arrangements", None)),
        state=st.sampled_from(("listed for a hearing", "concluded")),
        recorded_on=st.just(date(2026, 10, 1)),
    )
    return version(
        number,
        adults=adults,
        children=tuple(replace(ordinary().children[0], name=each) for each in children),
        courts=tuple(draw(st.lists(courts, max_size=2))),
        universal_offer=tuple(draw(st.lists(offers(), max_size=3))),
        plan=replace(ordinary().plan, kind=draw(st.sampled_from(("Early help", "No plan is recorded")))),
        conflict=replace(ordinary().conflict, summary=draw(st.sampled_from(("One.", "Other.", None)))),
    )


def adult(name: str, children: tuple[str, ...]) -> st.SearchStrategy[Adult]:
    one = ordinary().adults[0]
    held = st.sampled_from(("Yes", "No", "Not recorded"))
    contact = st.builds(lambda value: replace(one.contacts[0], value=value), st.sampled_from(NUMBERS))
    return st.builds(
        lambda contacts, answers, access, offered: replace(
            one,
            name=name,
            contacts=tuple(contacts),
            contact_through=None if contacts else "Ask J. Outreach",
            parental_responsibility=tuple(
                Responsibility(child=child, held=answer) for child, answer in zip(children, answers, strict=True)
            ),
            access_needs=tuple(access),
            universal_offer=tuple(offered),
        ),
        st.lists(contact, max_size=3, unique_by=lambda each: each.value),
        st.lists(held, min_size=len(children), max_size=len(children)),
        st.lists(st.sampled_from(("Large print", "Step-free")), max_size=1),
        st.lists(offers(), max_size=2),
    )


def offers() -> st.SearchStrategy[Offer]:
    return st.builds(
        Offer,
        item=st.sampled_from([each.title for each in list(definition().items.values())[:2]]),
        result=st.sampled_from(("offered", "completed")),
        on=st.sampled_from((date(2026, 10, 1), date(2026, 10, 9))),
    )


def told(records: list[AnyRecord], names: Counter[str]) -> Counter[str]:
    """What stands, without ids, of the people who are named; nothing that only says that it is not said any more."""
    case = Case(REFERENCE, records)
    called = {key: each.body.given_names for key, each in case.people.items()}
    ids = {"contact_id", "commitment_id", "matter_id", "referred_on"}
    found: Counter[str] = Counter()
    for each in came_by_pack(case.records, REFERENCE):
        body = each.body
        is_current = each.id not in case.superseded
        if body.has_key:
            is_current = is_current and case.latest(type(body), *body.key) == each
        if not is_current or isinstance(body, (UniversalOffer, Note)) or is_unsaid(each):
            continue
        plain: dict[str, Any] = {
            name: [called.get(one, one) for one in value] if isinstance(value, list) else called.get(value, value)
            for name, value in plain_body(body).items()
            if name not in ids and not isinstance(value, dict)
        }
        if all(names[value] for name, value in plain.items() if name in ("person_id", "adult_id", "child_id")):
            said = f"{each.kind} {json.dumps(plain, sort_keys=True, default=str)}"
            found[said] = 1 if each.kind == "person" else found[said] + 1  # who is left out stays, of whatever name
    return found


def is_unsaid(record: AnyRecord) -> bool:
    body = record.body
    if isinstance(body, ContactPoint):
        return body.unsafe_times == NOT_NAMED_NOW
    if isinstance(body, Wraparound):
        return body.ended_on is not None
    return "not_known" in (getattr(body, "held", None), getattr(body, "state", None), getattr(body, "type", None)) or (
        getattr(body, "agreed", None) == "undecided"
    )


def offered(records: list[AnyRecord]) -> Counter[str]:
    """What was offered to whom, whatever the day: nothing is corrected before its day."""
    case = Case(REFERENCE, records)
    called = {key: each.body.given_names for key, each in case.people.items()}
    return Counter(
        f"{called.get(each.body.person_id or '', '')} {each.body.item} {each.body.result}"
        for each in case.every(UniversalOffer)
    )


@over(25)
@given(packs(1), packs(2), packs(3), st.booleans())
def test_a_newer_version_over_an_older_one_says_what_it_says_alone(
    one: ReferralPack, two: ReferralPack, three: ReferralPack, skips: bool
) -> None:
    kept = list(records_of(one))
    for each in [three] if skips else [two, three]:
        kept += brought(kept, each).records
    alone = list(records_of(three))
    names = Counter([*(each.name for each in three.adults), *(each.name for each in three.children)])
    assert told(kept, names) == told(alone, names)
    before = Counter[str]()
    for each in (one, two):
        before |= offered(list(records_of(each)))
    assert not offered(alone) - offered(kept)
    assert not offered(kept) - (offered(alone) | before)
    notes = [each for each in Case(REFERENCE, kept).every(Note) if each in came_by_pack(kept, REFERENCE)]
    assert [each.body for each in notes] == [each.body for each in alone if each.kind == "note"]
    read_case_document(
        write_case_document(REFERENCE, kept), written_at=FIRST
    )  # raises where the ledger is not of the form


@over(15)
@given(packs(1), packs(2))
def test_an_id_is_never_given_to_somebody_else(one: ReferralPack, two: ReferralPack) -> None:
    kept = list(records_of(one))
    names = {each.body.person_id: each.body.given_names for each in kept if isinstance(each.body, Person)}
    for each in brought(kept, two).records:
        if isinstance(each.body, Person) and each.body.person_id in names:
            assert each.body.given_names == names[each.body.person_id]


def test_a_corrected_name_stays_with_its_person_and_another_name_is_another_person() -> None:
    kept = list(records_of(version(1)))
    first, second = ordinary().adults

    def ids(name: str) -> dict[str, str]:
        found = [*kept, *brought(kept, version(2, adults=(second, replace(first, name=name)))).records]
        people = Case(REFERENCE, found).people
        return {each.body.given_names: key for key, each in people.items()}

    was = {each.body.given_names: key for key, each in Case(REFERENCE, kept).people.items()}
    assert ids("Jo Examples")["Jo Examples"] == was[first.name]
    assert ids("Žofie Example")["Žofie Example"] not in was.values()


def test_of_two_people_of_one_name_the_one_who_is_left_out_is_not_the_other() -> None:
    first, second = ordinary().adults
    father, grandfather = (replace(first, name="Sam Sample", role=each) for each in ("Birth father", "Kinship carer"))
    theirs = replace(grandfather, contacts=(replace(first.contacts[0], value="07700 900199"),))
    kept = list(records_of(version(1, adults=(second, father, theirs))))
    was = {each.body.parenting_role: key for key, each in Case(REFERENCE, kept).people.items()}
    for adults in ((second, theirs), (theirs, father, second)):
        found = Case(REFERENCE, [*kept, *brought(kept, version(2, adults=adults)).records])
        assert {each.body.parenting_role: key for key, each in found.people.items()} == was
        numbers = {each.body.person_id for each in found.every(ContactPoint) if each.body.value == "07700 900199"}
        assert numbers == {was["kinship_carer"]}


def test_of_two_children_of_one_name_none_is_taken_for_the_other() -> None:
    child = ordinary().children[0]
    both = (replace(child, name="Kit", access_needs=("Hears little",)), replace(child, name="Kit"))
    adults = tuple(
        replace(each, parental_responsibility=tuple(Responsibility(child="Kit", held="Yes") for _ in both))
        for each in ordinary().adults
    )
    kept = list(records_of(version(1, adults=adults, children=both)))
    alone = tuple(replace(each, parental_responsibility=each.parental_responsibility[:1]) for each in adults)
    found = brought(kept, version(2, adults=alone, children=both[1:])).records
    [said] = [each.body for each in found if isinstance(each.body, Person)]
    assert said.person_id not in {each.body.person_id for each in kept if isinstance(each.body, Person)}


def test_a_version_that_says_the_same_brings_a_note_alone() -> None:
    kept = list(records_of(version(1)))
    found = brought(kept, version(2))
    assert [each.kind for each in found.records] == ["note"]
    assert not any(in_words(found.changes).values())


# What a person reads


def test_what_changed_is_said_in_plain_words_that_name_nobody() -> None:
    first, second = ordinary().adults
    new = replace(first.contacts[0], value="07700 900199")
    changed = version(
        2,
        adults=(replace(second, access_needs=("Large print",)), replace(first, contacts=(new,))),
        courts=(CourtFact(law="Private law", kind=None, state="listed for a hearing", recorded_on=date(2026, 10, 1)),),
        cautions=("Something.",),
        children=(),
        universal_offer=(),
    )
    changed = replace(changed, adults=tuple(replace(each, parental_responsibility=()) for each in changed.adults))
    words = in_words(brought(list(records_of(version(1))), changed).changes)
    assert "Adult 1: a way of contact (mobile): the number or address" in words["changed"]
    assert "Adult 2: access needs" in words["changed"]
    assert "A court matter" in words["new"]
    assert "Child 1; stays on record, and takes no part by this version" in words["gone"]
    said = repr(words)
    assert not any(name in said for each in (first, second) for name in each.name.split())
    assert "07700" not in said


def test_a_way_of_contact_that_is_not_named_now_is_not_to_be_used() -> None:
    first, second = ordinary().adults
    assert isinstance(first, Adult)
    through = replace(first, contacts=(), contact_through="Ask J. Outreach")
    kept = list(records_of(version(1)))
    kept += brought(kept, version(2, adults=(through, second))).records
    mobile = next(
        each.body
        for each in Case(REFERENCE, kept).current(ContactPoint).values()
        if each.body.value == first.contacts[0].value
    )
    assert (mobile.safe, mobile.voicemail_ok, mobile.text_ok) == ("no", "no", "no")


def test_what_was_recorded_here_competes_only_where_the_pack_says_it_anew() -> None:
    kept = list(records_of(version(1)))
    person = Case(REFERENCE, kept).people["adult-1"]
    own: AnyRecord = Record(
        id="6a1f0c52-58f0-4f9e-9b55-0f4d8f1f2c99",
        happened_on=When(date(2026, 11, 30)),
        recorded_at=FIRST + timedelta(days=9),
        recorded_by="The team",
        supersedes=(person.id,),
        body=replace(person.body, family_name="Example"),
    )
    kept.append(own)
    assert brought(kept, version(2)).competing == frozenset()
    first, second = ordinary().adults
    found = brought(kept, version(2, adults=(replace(first, preferred_name="Joey"), second)))
    assert [own.id in each for each in found.competing] == [True]
    assert own.id not in {named for each in found.records for named in each.supersedes}


def test_children_of_one_name_are_told_apart_by_their_order() -> None:
    child = ordinary().children[0]
    assert isinstance(child, Child)
    twice = version(1, children=(child, child))
    held = ordinary().adults[0].parental_responsibility[0]
    adults = tuple(replace(each, parental_responsibility=(held, held)) for each in ordinary().adults)
    kept = list(records_of(replace(twice, adults=adults)))
    again = replace(version(2, children=(child, child)), adults=adults)
    assert [each.kind for each in brought(kept, again).records] == ["note"]
    assert isinstance(ordinary().adults[0].contacts[0], Contact)
