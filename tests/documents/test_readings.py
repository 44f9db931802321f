"""A text is read in every way in which people read it, and what it does not say is not found."""

from __future__ import annotations

import time
from datetime import date

import pytest

from spr_desktop.documents.days import days_written
from spr_desktop.documents.forms import forms_of_email, forms_of_postcode, forms_of_street
from spr_desktop.documents.leak_check import Forbidden
from spr_desktop.documents.readings import Text

NUMBER = Forbidden.words("x", "07700 900182")


@pytest.mark.parametrize(
    "text",
    [
        "O77OO 9OOl82",
        "07700 (the new one) 900 and 182",
        "oh double seven double oh nine double oh one eight two",
        "077 double-oh 900 one eight two",
        "&#48;7700 900182",
        "%30%37700%20900182",
        "〇七七〇〇九〇〇一八二",
        "07700\u200f900\u200f182",
    ],
)
def test_a_number_is_found(text: str) -> None:
    assert NUMBER.stands_in(Text(text))


@pytest.mark.parametrize("text", ["07700 900183", "two of 07700, 900 and 82", "double the fee; 7 of 70"])
def test_another_is_not(text: str) -> None:
    assert not NUMBER.stands_in(Text(text))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Sam Sample", "Ѕаm Ѕаmрlе"),
        ("Sam Sample", "ꜱᴀᴍ ꜱᴀᴍᴘʟᴇ"),
        ("Sam Sample", "S<b>am</b> Sample"),
        ("Анна Иванова", "Aннa Ивaновa"),
        ("Siobhán", "Siobh&aacute;n"),
    ],
)
def test_a_name_in_disguise_is_found(name: str, text: str) -> None:
    assert Forbidden.words("x", name).stands_in(Text(text))


def test_a_name_in_one_word_is_not_put_together() -> None:
    name = Forbidden("x", "fairweather", in_one_word=True)
    assert name.stands_in(Text("Ms Fairweather"))
    assert name.stands_in(Text("F.a.i.r.w.e.a.t.h.e.r"))
    assert not name.stands_in(Text("in fair weather"))


@pytest.mark.parametrize(
    "text",
    [
        "17 April 1988", "the 17th of April, 1988", "April 17 '88", "17Apr88", "1988 April 17", "17.4.88", "4/17/1988",
        "1988-4-17", "17041988", "19880417", "17 04 1988", "17/IV/1988",
        "the seventeenth of April nineteen eighty-eight",
        "April seventeenth, 1988", "١٧/٤/١٩٨٨", "SUNDAY 17 APRIL 1988",
    ],
)  # fmt: skip
def test_a_day_is_found_in_every_form(text: str) -> None:
    assert date(1988, 4, 17) in days_written(f"born {text}, as we know")


@pytest.mark.parametrize("text", ["17 April", "April 1988", "7 April 1988", "117 April 1988", "17/4", "ring 17041 988"])
def test_another_day_is_not(text: str) -> None:
    assert date(1988, 4, 17) not in days_written(text)


def test_years_in_words() -> None:
    assert days_written("the twenty-first of May two thousand and four") == {date(2004, 5, 21)}
    assert days_written("2 May twenty twenty-six") == {date(2026, 5, 2)}
    assert days_written("2 May nineteen oh five") == {date(1905, 5, 2)}


def test_forms_of_an_address() -> None:
    assert {"quillfeather rd", "27 quillfeather"} <= {
        each.casefold() for each in forms_of_street("27 Quillfeather Road")
    }
    assert {"Acacia road", "Acacia rd"} <= set(forms_of_street("Acacia Rd."))
    assert list(forms_of_street("The Old Granary")) == []
    assert {"zy100yz", "zyi0oyz", "zylooyz"} <= set(forms_of_postcode("ZY10 0YZ"))


def test_forms_of_an_email_address() -> None:
    found = set(forms_of_email("sam.sample@example.org", {"sam", "sample"}))
    assert {"samsampleexampleorg", "samdotsampleatexampledotorg", "samsampleatexampleorg", "samsample"} <= found
    assert "familysupport" not in set(forms_of_email("family.support@example.org", {"sam", "sample"}))


@pytest.mark.parametrize("text", ["1" + "o" * 99_999, "& " * 50_000, "<a" * 50_000, "1/" * 50_000, "may " * 25_000])
def test_a_long_text_is_read_in_no_time(text: str) -> None:
    began = time.process_time()
    read = Text(text)
    assert not NUMBER.stands_in(read)
    assert not read.says(date(1988, 4, 17))
    assert time.process_time() - began < 5
