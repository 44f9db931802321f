"""A detail is found however it is written, and a short word is not found inside another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spr_desktop.documents.leak_check import Forbidden
from spr_desktop.documents.matching import letters, number, reduced


def found(detail: str, text: str) -> bool:
    return letters(text).holds(Forbidden.words("x", detail).looked_for)


@pytest.mark.parametrize(
    ("detail", "text"),
    [
        ("Acacia Road", "They moved to Acacia Road in May."),
        ("Acacia Road", "ACACIA-ROAD"),
        ("Acacia Road", "near acacia\n   road,"),
        ("Acacia Road", "a c a c i a r o a d"),
        ("Acacia Road", "theAcaciaRoadhouse"),
        ("Łukasz", "with lukasz again"),
        ("Žižková", "ŽIŽKOVÁ"),
        ("Nguyễn", "Nguye\u0302\u0303n"),
        ("Müller", "Muller"),
        ("O’Neil", "O'Neil, ONeil"),
        ("St Mary's", "at St. Mary’s school"),
        ("Dave", "Dave's house"),
        ("Dave", "Daves house"),
        ("Martin", "Martinstraße"),
        ("Kit", "Kit."),
        ("محمد", "مُحَمَّد"),
        ("محمد", "ومحمد"),
        ("أحمد", "احمد"),
        ("王小明", "我见了王小明他"),
        ("สมชาย", "นายสมชายมา"),
        ("김민준", "김민준은"),
        ("ﬁsh lane", "fish lane"),
        ("Ａｃａｃｉａ", "Acacia"),
        ("soft\u00adly", "softly"),
        ("a\u200bbc word", "abc word"),
        ("07700 900197", "ring 07700900197 now"),
        ("07700 900197", "+44 7700 900 197"),
        ("07700 900197", "0044 (0) 7700-900197"),
        ("07700 900197", "٠٧٧٠٠ ٩٠٠١٩٧"),
        ("+44 7700 900197", "07700 900197"),
        ("07700 900197", "07700\n900197"),
        ("PO16 7XX", "po167xx"),
        ("jo.example@example.org", "Jo . Example @ example . org"),
    ],
)
def test_found(detail: str, text: str) -> None:
    assert found(detail, text)


@pytest.mark.parametrize(
    ("detail", "text"),
    [
        ("Ann", "Hannah planned an annex"),
        ("Kit", "in the kitchen"),
        ("Road", "abroad and roads­ide"),
        ("St", "first street"),
        ("May", "maybe"),
        ("Acacia Road", "Acacia Street"),
        ("07700 900197", "07700 900198"),
        ("07700 900197", "on 07 and 900197"),
        ("12", "of 2026, 120 days"),
        ("علي", "عليها"),
    ],
)
def test_not_found(detail: str, text: str) -> None:
    assert not found(detail, text)


def test_a_detail_without_letters_is_in_no_text() -> None:
    assert reduced("— !") == ""
    assert not letters("anything").holds("")


@pytest.mark.parametrize(
    ("typed", "looked_for"),
    [
        ("07700 900197", "7700900197"),
        ("+44 (0)7700 900197", "7700900197"),
        ("0044 7700 900197", "7700900197"),
        ("023 8018 0123", "2380180123"),
        ("+48 22 123 45 67", "48221234567"),
    ],
)
def test_numbers_are_looked_for_without_country_and_leading_zero(typed: str, looked_for: str) -> None:
    assert number(typed) == looked_for


WORDS = st.text(st.characters(categories=("Lu", "Ll", "Lo", "Nd")), min_size=1, max_size=12)


@given(WORDS, st.sampled_from([" ", "\n", ", ", "-", " / ", "."]), WORDS, WORDS)
def test_a_word_of_its_own_is_always_found(detail: str, gap: str, before: str, after: str) -> None:
    looked_for = reduced(detail)
    if looked_for:
        assert letters(f"{before}{gap}{detail}{gap}{after}").holds(looked_for)
        assert letters(f"{before}{gap}{detail.upper()}{gap}{after}").holds(reduced(detail.upper()))


@given(st.text(max_size=60))
def test_any_text_can_be_reduced(text: str) -> None:
    held = letters(text)
    assert len(held.starts) == len(held.text) + 1
    assert reduced(held.text) == held.text
