"""How hard a passphrase is to guess: what is guessed early is refused in plain words, and good ones are taken."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from zxcvbn import matching

from spr_desktop.casework.errors import TooPlain
from spr_desktop.casework.passphrases import LEAST_BITS, judge, require_strong, suggest_passphrase
from tests import vaults
from tests.vault import samples

OWN = ("Jo Overton-Lee", "Outreach worker", "Little Wallop Outreach", "07700 900001", "vault")


@pytest.mark.parametrize(
    ("passphrase", "said"),
    [
        ("", "at least 12 characters"),
        ("elevenchars", "at least 12 characters"),
        ("xK9-qT4!vB2", "at least 12 characters"),
        ("Password1234!", "a password that many people use"),
        ("iloveyouverymuch", "a password that many people use"),
        ("Hampshire2026", "Dates and years"),
        ("13/05/198413", "Dates and years"),
        ("Wheelbarrow77!", "A word with figures or signs beside it"),
        ("qwertyuiopas", "Keys beside each other"),
        ("zaqxswcdevfr", "Keys beside each other"),
        ("poiuytrewqlk", "Keys beside each other"),
        ("aaaaaaaaaaaaaaaaaaaaaaa", "over and over"),
        ("abababababababababab", "over and over"),
        ("            ", "over and over"),
        ("王小明王小明王小明王小明", "over and over"),
        ("abcdefghijklmnop", "Runs such as"),
        ("January12345", "Runs such as"),
        ("987654321098", "Runs such as"),
        ("Michael Johnson", "Names"),
        ("drowssap-nimda", "backwards"),
        ("yellow banana", "words are few"),
        ("Overton-Lee 44", "your name"),
        ("little wallop 7", "your name"),
        ("littlewallopoutreach", "your name"),
        ("spr desktop vault", "the program's"),
        ("x7#kQ9vLm2p!", "short for what it is made of"),
    ],
)
def test_what_is_guessed_early_is_refused_with_its_reason(passphrase: str, said: str) -> None:
    judgement = judge(passphrase, OWN)
    assert not judgement.will_do
    assert said in judgement.reason
    assert len(passphrase) < 12 or judgement.bits < LEAST_BITS
    assert passphrase.strip() == "" or passphrase not in judgement.reason
    with pytest.raises(TooPlain, match=said):
        require_strong(passphrase, OWN)


@pytest.mark.parametrize(
    "passphrase",
    [
        "correct horse battery staple",
        "gravel teapot under moonlit",
        "x7#kQ9vLm2p!rW4z",
        "mae'r ddafad yn gwisgo het",
        "Łąka pełna żółtych rowerów",
        "王小明喜欢吃苹果和香蕉还有梨子和葡萄",
        vaults.PASSPHRASE,
        samples.PASSPHRASE,
        samples.OTHER_PASSPHRASE,
    ],
)
def test_what_is_hard_to_guess_is_taken(passphrase: str) -> None:
    judgement = judge(passphrase, OWN)
    assert judgement.will_do
    assert judgement.bits >= LEAST_BITS
    require_strong(passphrase, OWN)


def test_five_drawn_words_are_strong_each_time() -> None:
    for _ in range(100):
        words = suggest_passphrase()
        assert len(words.split()) == 5
        assert judge(words).is_strong
        assert judge(words, OWN).will_do


def test_own_words_make_a_passphrase_weaker_and_only_for_their_owner() -> None:
    text = "little wallop outreach team"
    assert judge(text).bits > judge(text, OWN).bits + 5
    assert judge(text).bits == judge(text, ["nobody"]).bits  # what was asked before is forgotten


def test_nobodys_name_stays_in_memory() -> None:
    judge("little wallop outreach team", OWN)
    assert not [name for name, words in matching.RANKED_DICTIONARIES.items() if "overton-lee" in words]


def test_more_of_it_is_never_weaker() -> None:
    words = suggest_passphrase()
    assert judge(words + " and then " * 1000, OWN).will_do


@pytest.mark.parametrize("signs", ["a", "password1 ", "4@8({[<369&#!1/|0$5+7%2", "qwerty", "1984-05-13 "])
def test_judging_never_takes_long(signs: str) -> None:
    """A window that is typed into must not wait: seconds were seen for long texts of signs that look like letters."""
    drawn = random.Random(7)
    judge("so that its lists are loaded")
    for text in (signs * 10_000, "".join(drawn.choice(signs) for _ in range(10_000))):
        started = time.process_time()
        judge(text, OWN)
        assert time.process_time() - started < 1.0


@given(st.text(max_size=60), st.lists(st.text(max_size=20), max_size=4))
def test_anything_that_can_be_typed_is_judged(text: str, own: list[str]) -> None:
    judgement = judge(text, own)
    assert judgement.will_do == (not judgement.reason)
    assert judgement.bits >= 0


def test_half_a_character_is_judged_as_well() -> None:
    assert judge("half a character \ud800 and some words").will_do
