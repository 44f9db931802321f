"""Search: people are found as they are looked for, and whatever is typed does no harm."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spr_desktop.vault.search import indexed_words, search_expression
from spr_desktop.vault.vault import Vault
from tests.vault.samples import ONE_CASE, Made, note, summary

WITH_ONE_VAULT = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
LETTERS = st.text(st.characters(categories=["Lu", "Ll", "Lo", "Lt"], max_codepoint=0x1FFFF), min_size=1, max_size=30)


def found(vault: Vault, text: str, *names: str) -> bool:
    """Whether a case with people of these names is found by a text."""
    vault.put_summaries([summary(ONE_CASE, *names)])
    return ONE_CASE in [each.case_ref for each in vault.summaries(text)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("lukasz", "Łukasz Nowak"),
        ("ŁUKASZ", "Łukasz Nowak"),
        ("Łuk", "Lukasz Nowak"),
        ("oneil", "Jo O'Neil"),
        ("o'neil", "Jo O'Neil"),
        ("O\u2019Neil", "Jo O'Neil"),
        ("o neil", "Jo O'Neil"),
        ("neil", "Jo O'Neil"),
        ("O\u00b4Neil", "Jo O\u2019Neil"),
        ("oneil", "Jo O\u00b4Neil"),
        ("d\u02bcangelo", "Bo D'Angelo"),
        ("smithjones", "Kit Smith-Jones"),
        ("smith-jones", "Kit Smith\u2011Jones"),
        ("jones", "Kit Smith-Jones"),
        ("smith jo", "Kit Smith-Jones"),
        ("小明", "王小明"),
        ("王", "王小明"),
        ("明", "王小明"),
        ("王小明", "王小明 Ming"),
        ("ming 小", "王小明 Ming"),
        ("민수", "김민수"),
        ("たろう", "やまだたろう"),
        ("sian", "Siân Davies"),
        ("siân", "Sian Davies"),
        (unicodedata.normalize("NFD", "Siân"), "Siân Davies"),
        ("exa", "Jo Example"),
        ("example jo", "Jo Example"),
        ("  JO   exam ", "Jo Example"),
        ("soren aegir", "Søren Ægir"),
        ("strasse", "Straße"),
        ("ozgur isik", "Özgür Işık"),
        ("мария", "МАРИЯ Иванова"),
        ("αλεξης", "Αλέξης"),
        ("محمد", "مُحَمَّد"),
        ("anna", "An\u200bna Nowak"),
        ("ana", "A\u0301na"),
        ("ＪＯ", "Jo Example"),
        ("3rd", "Tom Brown 3rd"),
        (ONE_CASE, "Jo"),
        ("k7qx", "Jo"),
        ("K7QX3M", "Jo"),
        ("3m2p", "Jo"),
    ],
)
def test_people_are_found(vault: Vault, text: str, name: str) -> None:
    assert found(vault, text, "Somebody Else", name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("xample", "Jo Example"),
        ("jo smith", "Jo Example"),
        ("examples", "Jo Example"),
        ("明小", "王小明"),
        ("王明", "王小明"),
        ("jo AND example", "Jo Example"),
        ("jo OR smith", "Jo Example"),
        ("NOT smith", "Jo Example"),
        ("words:jo", "Jo Example"),
        ("^jo x", "Jo Example"),
    ],
)
def test_others_are_not_found(vault: Vault, text: str, name: str) -> None:
    assert not found(vault, text, name)


@pytest.mark.parametrize("text", ["", " ", '"', "*", "'", "((((", "-", "\u200b", ":", "\x00", "\ud800", "^", "🙂"])
def test_nothing_to_look_for_shows_the_whole_caseload(vault: Vault, text: str) -> None:
    assert len(vault.summaries(text)) == 2


@pytest.mark.parametrize(
    "text",
    [
        'jo"',
        '"jo',
        "jo*",
        "NEAR(",
        "NEAR(jo example)",
        "jo AND",
        "AND",
        "OR",
        "NOT",
        "jo;--",
        "{jo}",
        "+jo",
        "jo' OR 1=1",
    ],
)
def test_operators_are_words_like_any_other(vault: Vault, text: str) -> None:
    expected = all(word in ("jo", "example") for word in indexed_words([text]).split())
    assert found(vault, text, "Jo Example") == expected


@WITH_ONE_VAULT
@given(st.text(max_size=300))
def test_whatever_is_typed_does_no_harm(vault: Vault, text: str) -> None:
    vault.summaries(text)


@WITH_ONE_VAULT
@given(st.text(max_size=40))
def test_whatever_is_a_name_does_no_harm(vault: Vault, text: str) -> None:
    name = text.encode("utf-8", "ignore").decode()
    vault.put_summaries([summary(ONE_CASE, name)])
    assert name in [each.names[0] for each in vault.summaries()]


@WITH_ONE_VAULT
@given(LETTERS, LETTERS)
def test_everybody_is_found_by_the_name_they_were_given(vault: Vault, given_name: str, family_name: str) -> None:
    name = f"{given_name} {family_name}"
    assert found(vault, name, name)
    assert found(vault, family_name, name)
    assert found(vault, name.swapcase(), name)


def test_long_texts_are_cut(vault: Vault) -> None:
    assert len(search_expression("a" * 1_000_000) or "") < 300
    assert (search_expression("a " * 1_000_000) or "").count('"') < 30
    assert found(vault, "jo " * 100_000, "Jo Example")


def test_name_that_was_given_up_is_found_no_more_nor_kept_in_the_index(made: Made) -> None:
    with made.opened() as vault:
        vault.append("ZZZZ-0000", [note("ZZZZ-0000", 0)], summary("ZZZZ-0000", "Quetzalcoatl Umbrella"))
        assert vault.summaries("quetzal")
        vault.put_summaries([summary("ZZZZ-0000", "Jo Example")])
        assert not vault.summaries("quetzal")
        with vault._store.reading() as connection:
            blocks = b"".join(block for (block,) in connection.execute("SELECT block FROM person_search_data"))
    assert b"example" in blocks
    assert b"quetzal" not in blocks
    assert b"mbrella" not in blocks
