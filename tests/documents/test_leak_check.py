"""A finished pack is searched for what its reader must not see, and refused if it is there."""

from __future__ import annotations

import io
from typing import Any

import pypdf
import pytest
from pypdf.annotations import FreeText

from spr_desktop.documents.errors import Leak, LeakFound, Unreadable
from spr_desktop.documents.forbidden import forbidden_in_pack
from spr_desktop.documents.leak_check import Forbidden, leaks
from spr_desktop.documents.making import check
from spr_desktop.documents.reading import ANNOTATIONS, ATTACHMENTS, ELSEWHERE, INFORMATION, OUTLINE, texts_of_pages
from spr_desktop.pathway.definition import definition
from spr_desktop.records.case import Case
from tests.cases import CASE_REF, Family, mild_answers
from tests.documents.marks import marked_family
from tests.documents.packs import FOREIGN_NAMES, NUMBERS, checked, laid_out, large_family, released


def refused(family: Family) -> tuple[Leak, ...]:
    with pytest.raises(LeakFound) as raised:
        checked(family)
    return raised.value.leaks


def kinds(found: tuple[Leak, ...]) -> set[str]:
    return {each.kind for each in found}


def secret(family: Family, *words: str, person: str = "a") -> Family:
    family.add("confidential_words", -40, person_id=person, words=list(words))
    return family


# Nothing to find


@pytest.mark.parametrize("service", ["mediation", "couple_support", "family_counselling"])
def test_an_ordinary_pack_is_let_through(service: str) -> None:
    assert checked(released(service)).pdf.startswith(b"%PDF-")


def test_a_pack_without_released_contacts_is_let_through() -> None:
    assert checked(Family())


def test_the_largest_pack_is_let_through() -> None:
    assert checked(large_family())


def test_a_family_of_every_kind_of_record_is_let_through() -> None:
    assert checked(marked_family().family)


# Confidential words in texts that may be printed


SPELLINGS = [
    "They moved to Acacia Road last spring.",
    "ACACIA ROAD",
    "acacia-road",
    "near Acacia\nRoad",
    "AcaciaRoad",
    "Ácácia Röad",
    "a c a c i a   r o a d",
]


@pytest.mark.parametrize("text", SPELLINGS)
@pytest.mark.parametrize(
    ("kind", "field", "page"),
    [("conflict_profile", "summary", 6), ("wraparound", "boundary_statement", 4), ("child_voice", "agreed_wording", 6)],
)
def test_a_confidential_word_in_a_text_is_caught(kind: str, field: str, page: int, text: str) -> None:
    family = secret(released(), "Acacia Road")
    family.change(kind, **{field: f"Boundaries are agreed with both. {text}"})
    found = refused(family)
    assert Leak(f"page {page}", "a confidential word") in found
    assert Leak(ATTACHMENTS, "a confidential word") in found
    assert kinds(found) == {"a confidential word"}


@pytest.mark.parametrize("name", FOREIGN_NAMES)
def test_in_any_script(name: str) -> None:
    family = secret(released(), name)
    family.change("conflict_profile", summary=f"before {name} after")
    assert Leak("page 6", "a confidential word") in refused(family)


def test_words_split_over_lines_and_pages_are_caught() -> None:
    places = set()
    for filler in range(18, 34):
        family = secret(released(), "Acacia Avenue Gardens")
        lines = [*(f"line {number}" for number in range(filler)), "Acacia", "Avenue", "Gardens", "end", "end", "end"]
        family.change("conflict_profile", summary="\n".join(lines))
        found = refused(family)
        assert len([each for each in found if each.where.startswith("page")]) == 1
        places |= {each.where for each in found}
    assert places == {ATTACHMENTS, "page 6", "pages 6 and 7", "page 7"}


def test_a_word_that_was_taken_back_is_still_looked_for() -> None:
    family = released()
    old = family.add("confidential_words", -40, person_id="a", words=["Acacia"])
    family.add("confidential_words", -39, supersedes=(old,), person_id="a", words=[])
    family.change("conflict_profile", summary="Since Acacia.")
    assert kinds(refused(family)) == {"a confidential word"}


def test_words_of_either_parent_are_looked_for_everywhere() -> None:
    family = secret(released(), "Wren", person="b")
    assert Leak("page 4", "a confidential word") in refused(family)


def test_a_short_word_inside_a_longer_one_is_no_hit() -> None:
    family = secret(released(), "Ann", "Kin", "Edia")
    family.change("conflict_profile", summary="Planned by Hannah; making mediation work.")
    assert checked(family)


def test_the_street_of_a_confidential_address_is_caught_alone() -> None:
    family = secret(released(), "12 Acacia Road, Fareham PO16 7XX")
    family.change("conflict_profile", summary="Near Acacia Road.")
    assert kinds(refused(family)) == {"a confidential word"}


def test_the_message_says_where_and_what_but_not_the_word() -> None:
    family = secret(released(), "Zanzibar")
    family.change("conflict_profile", summary="In Zanzibar.")
    with pytest.raises(LeakFound) as raised:
        checked(family)
    assert "Zanzibar" not in f"{raised.value!s} {raised.value!r} {raised.value.leaks}"


# Ways of contact


@pytest.mark.parametrize(
    "text", ["07700 900181", "0770 0900 181", "+44 7700 900181", "00447700900181", "(0)7700-900181"]
)
def test_a_number_that_is_not_released_is_caught(text: str) -> None:
    family = released()
    family.change("contact_point", "a", disclosure="confidential")
    family.change("conflict_profile", summary=f"Ring {text} after six.")
    assert kinds(refused(family)) == {"a telephone number that is not released"}


def test_a_number_of_before_is_caught() -> None:
    family = released()
    body = dict(family.found("contact_point", "a")[0]["body"], value="01962 555 0102", disclosure="confidential")
    family.add("contact_point", -200, **body)
    assert checked(family)
    family.change("conflict_profile", summary="Used to be on 01962 5550102.")
    assert kinds(refused(family)) == {"a telephone number that is not released"}


def test_a_number_that_was_confidential_and_was_released_since_may_be_printed() -> None:
    family = released()
    body = dict(family.found("contact_point", "a")[0]["body"], disclosure="confidential")
    family.add("contact_point", -200, **body)
    assert checked(family)


def test_a_number_kept_by_one_parent_is_not_free_because_the_other_released_it() -> None:
    family = released()
    family.change("contact_point", "a", disclosure="confidential", value=NUMBERS["b"])
    assert kinds(refused(family)) == {"a telephone number that is not released"}


def test_an_email_address_that_is_not_released_is_caught() -> None:
    family = released()
    body = dict(
        family.found("contact_point", "a")[0]["body"], contact_id="mail", type="email", value="jo.x@example.org"
    )
    family.add("contact_point", -6, **body | {"disclosure": "confidential"})
    family.change("conflict_profile", summary="Writes from Jo.X@example.org")
    assert kinds(refused(family)) == {"an email address that is not released"}


@pytest.mark.parametrize("disclosure", ["confidential", "service_only"])
@pytest.mark.parametrize(
    "text",
    [
        "12 Acacia Road",
        "of Acacia  Road",
        "PO16 7XX",
        "po167xx",
        "12, Acacia Rd? No: 12 acacia road",
        "Flat 3, Rose Court",
    ],
)
def test_a_home_address_is_caught_in_parts(text: str, disclosure: str) -> None:
    family = released()
    body = dict(family.found("contact_point", "a")[0]["body"], contact_id="home", type="post", disclosure=disclosure)
    family.add("contact_point", -6, **body | {"value": "Flat 3, Rose Court\n12 Acacia Road\nFareham, PO16 7XX"})
    family.change("conflict_profile", summary=f"Seen at {text}.")
    assert kinds(refused(family)) == {"a home address"}


def test_the_name_of_a_town_alone_is_no_address() -> None:
    family = released()
    body = dict(family.found("contact_point", "a")[0]["body"], contact_id="home", type="post")
    family.add("contact_point", -6, **body | {"value": "12 Acacia Road\nFareham\nPO16 7XX"})
    family.change("conflict_profile", summary="Both live near Fareham.")
    assert checked(family)


def test_a_worker_whom_the_pack_names_may_be_a_way_of_contact() -> None:
    family = released()
    family.change("contact_point", "a", type="via_worker", value="through Wren Demo", disclosure="confidential")
    assert checked(family)


def test_a_number_typed_in_the_wrong_place_is_caught() -> None:
    family = released()
    family.change("contact_point", "a", disclosure="confidential")
    practitioner = family.found("wraparound", "a")[0]["body"]["practitioner"] | {"phone": NUMBERS["a"]}
    family.change("wraparound", "a", practitioner=practitioner)
    assert kinds(refused(family)) == {"a telephone number that is not released"}


# Names and texts that stay in the case


def test_the_name_of_somebody_who_does_not_take_part_is_caught() -> None:
    family = released()
    family.add("person", -69, person_id="p", role="other_adult", given_names="Robin", family_name="Outsider")
    family.change("conflict_profile", summary="Since robin outsider moved in.")
    assert kinds(refused(family)) == {"the name of somebody who does not take part"}


SENTENCE = "He waits outside the house at night"


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("safety_information", {"category": "other_concern", "source": "school", "detail": SENTENCE}),
        ("note", {"type": "supervision", "blocks": [{"type": "opinion", "text": f"Heard. {SENTENCE}. More."}]}),
        ("significant_event", {"event": SENTENCE, "source": "school", "is_strength": "no"}),
        ("need", {"factor": "housing", "identified": "yes", "note": SENTENCE}),
        ("advice", {"about": "sharing", "from_": "M", "role": "manager", "says": "go_ahead", "content": SENTENCE}),
    ],
)
def test_a_sentence_that_stays_in_the_case_is_caught(kind: str, body: dict[str, Any]) -> None:
    family = released()
    family.add(kind, -60, **body)
    assert checked(family)
    family.change("conflict_profile", summary=f"As told: “{SENTENCE.upper()}”")
    assert kinds(refused(family)) == {"words that stay in the case"}


def test_what_was_said_in_a_safety_conversation_is_caught() -> None:
    family = released()
    family.change("safety_conversation", "a", answers={"A1": mild_answers()["A1"] | {"note": SENTENCE}})
    family.change("wraparound", "b", boundary_statement=SENTENCE)
    assert kinds(refused(family)) == {"words that stay in the case"}


def test_a_childs_own_words_are_caught_but_for_those_it_agreed_to() -> None:
    family = released()
    family.change("child_voice", wishes="I want them to stop shouting now", agreed_wording="Quiet, please.")
    family.change("conflict_profile", summary="“I want them to stop shouting now”")
    assert kinds(refused(family)) == {"words that stay in the case"}
    family.change("conflict_profile", summary=None)
    family.change("child_voice", agreed_wording="I want them to stop shouting now")
    assert checked(family)


# Parts of the file that are no page


def spoiled(**parts: str) -> bytes:
    """A pack with a word where it does not belong."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(laid_out(released())))
    if word := parts.get("information"):
        writer.add_metadata({"/Keywords": f"about {word}"})
    if word := parts.get("xmp"):
        writer.xmp_metadata = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{word}</x:xmpmeta>".encode()
    if word := parts.get("outline"):
        writer.add_outline_item(title=f"Section of {word}", page_number=0)
    if word := parts.get("attachment"):
        writer.add_attachment("more.txt", f"about {word}".encode())
    if word := parts.get("file_name"):
        writer.add_attachment(f"{word}.txt", b"nothing")
    if word := parts.get("annotation"):
        writer.add_annotation(page_number=0, annotation=FreeText(text=word, rect=(0, 0, 9, 9)))
    if word := parts.get("elsewhere"):
        label = pypdf.generic.DictionaryObject(
            {pypdf.generic.NameObject("/P"): pypdf.generic.create_string_object(word)}
        )
        writer.root_object[pypdf.generic.NameObject("/Hidden")] = label
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


@pytest.mark.parametrize(
    ("part", "where"),
    [
        ("information", INFORMATION),
        ("xmp", INFORMATION),
        ("outline", OUTLINE),
        ("attachment", ATTACHMENTS),
        ("file_name", ATTACHMENTS),
        ("annotation", ANNOTATIONS),
        ("elsewhere", ELSEWHERE),
    ],
)
def test_every_part_of_the_file_is_searched(part: str, where: str) -> None:
    word = Forbidden.words("a word", "Zanzibar")
    assert leaks(laid_out(released()), [word]) == ()
    assert leaks(spoiled(**{part: "Zanzibar"}), [word]) == (Leak(where, "a word"),)


def test_names_stand_on_pages_and_nowhere_else() -> None:
    family = released()
    case = Case(CASE_REF, family.records(), family.as_of)
    for part, where in (("information", INFORMATION), ("outline", OUTLINE), ("elsewhere", ELSEWHERE)):
        with pytest.raises(LeakFound) as raised:
            check(spoiled(**{part: "Sam SAMPLE"}), forbidden_in_pack(case, family.check(), definition()))
        assert raised.value.leaks == (Leak(where, "a name outside the pages"),)


@pytest.mark.parametrize("pdf", [b"", b"%PDF-1.7", b"%PDF-1.7\ntrailer<<>>", bytes(range(256)) * 9])
def test_what_cannot_be_read_is_refused(pdf: bytes) -> None:
    family = released()
    case = Case(CASE_REF, family.records(), family.as_of)
    with pytest.raises(Unreadable):
        check(pdf, forbidden_in_pack(case, family.check(), definition()))


def test_a_number_that_is_kept_back_under_another_heading_is_not_printed() -> None:
    family = released()
    body = dict(family.found("contact_point", "a")[0]["body"], contact_id="again", disclosure="confidential")
    family.add("contact_point", -6, **body | {"value": "+44 7700 900181"})
    printed = "".join(texts_of_pages(checked(family).pdf))
    assert "900181" not in "".join(printed.split())
    assert "900182" in "".join(printed.split())
