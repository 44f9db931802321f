"""Passphrases that are worth having: five words drawn by the machine, or one's own if it is hard enough to guess.

A thief who copied a vault guesses without anybody's leave, so one's own passphrase is to hold about 50 bits
(security.md 3.2). How many it holds is estimated by zxcvbn, which knows words, names, dates and keyboards; what to do
about it is said in our own words.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from spr_desktop.casework.errors import TooPlain

if TYPE_CHECKING:
    from spr_desktop.casework.practitioner import Practitioner

SHORTEST: Final = 12
"""Characters; the vault takes none that is shorter."""
LEAST_BITS: Final = 50
"""What one's own passphrase is to hold; see the table of costs in docs/threat-model.md."""
STRONG_BITS: Final = 65
"""As five words that the machine draws."""

_WORDS: Final = 5
_JUDGED: Final = 32
"""Characters that are looked at: with twice as many, signs that look like letters take seconds. What follows adds."""
_BITS_IN_TEN: Final = math.log2(10)
_LEAST_WORD: Final = 3
_COMMON_RANK: Final = 5_000
_OF_THE_PROGRAM: Final = ("spr", "desktop", "spr desktop", "sprdesktop", "vault", "caseload")
_KEYS: Final = ("qwertyuiopasdfghjklzxcvbnm",)
_RUNS: Final = ("0123456789" * 2, "abcdefghijklmnopqrstuvwxyz")
_NAMES: Final = ("surnames", "male_names", "female_names")
_AT_ONCE: Final = 2
"""So many findings are said; more would not be read."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """How hard a passphrase is to guess."""

    bits: float
    """Estimated, as the number of halvings of what has to be tried."""
    reason: str
    """Why it will not do, and what to do instead; empty where it will do."""

    @property
    def will_do(self) -> bool:
        """Whether it may be set."""
        return not self.reason

    @property
    def is_strong(self) -> bool:
        """Whether it is as good as the words that the machine draws."""
        return self.will_do and self.bits >= STRONG_BITS


def suggest_passphrase() -> str:
    """Five words of 7,776 that can be typed and remembered: about 64 bits.

    Five short and common words by chance are drawn again, since what judges passphrases would not call them strong.
    """
    from xkcdpass import xkcd_password

    words = xkcd_password.generate_wordlist(wordfile=xkcd_password.locate_wordfile("eff-long"))
    while True:
        drawn = str(xkcd_password.generate_xkcdpassword(words, numwords=_WORDS, delimiter=" "))
        if judge(drawn).is_strong:
            return drawn


def judge(passphrase: str, own_words: Iterable[str] = ()) -> Judgement:
    """How hard a passphrase is to guess for somebody who knows its person.

    ``own_words`` are tried first: names of the person, of the organisation, of the vault. Takes some milliseconds.
    """
    from zxcvbn import matching, zxcvbn  # its lists of words load when a passphrase is chosen, and not before

    text = unicodedata.normalize("NFC", passphrase)
    if not text:
        return Judgement(0.0, f"It needs at least {SHORTEST} characters.")
    known = [*_OF_THE_PROGRAM, *_parts(own_words)]
    found = zxcvbn(text[:_JUDGED], user_inputs=known)
    matching.RANKED_DICTIONARIES.pop("user_inputs")  # or they would stay in memory after the vault is locked
    bits = float(found["guesses_log10"]) * _BITS_IN_TEN
    if len(text) < SHORTEST:
        return Judgement(bits, f"It needs at least {SHORTEST} characters.")
    if bits >= LEAST_BITS:
        return Judgement(bits, "")
    return Judgement(bits, f"{_said(found['sequence'])} Make it longer, with words that nothing connects.")


def words_about(practitioner: Practitioner, folder: Path) -> tuple[str, ...]:
    """What somebody would try first who knows whose vault it is, and where."""
    who = practitioner
    return (who.name, who.role, who.organisation, who.phone, who.email, folder.name)


def require_strong(passphrase: str, own_words: Iterable[str] = ()) -> None:
    """Raises TooPlain, with the reason, unless a passphrase may be set."""
    judgement = judge(passphrase, own_words)
    if not judgement.will_do:
        raise TooPlain(judgement.reason)


def _parts(own_words: Iterable[str]) -> list[str]:
    """The words as they are, without their spaces, and each part that is long enough to be one."""
    parts: dict[str, None] = {}
    for each in own_words:
        plain = unicodedata.normalize("NFC", each).casefold()
        for part in (plain, "".join(plain.split()), *plain.replace("-", " ").replace(".", " ").split()):
            if len(part) >= _LEAST_WORD:
                parts[part] = None
    return list(parts)


def _said(sequence: Sequence[Mapping[str, Any]]) -> str:
    """What is easy to guess about a passphrase that was taken apart, in plain sentences."""
    found = [finding for finding, is_so in _FINDINGS if is_so(sequence)][:_AT_ONCE]
    return " ".join(found) or "It is short for what it is made of."


def _has(sequence: Sequence[Mapping[str, Any]], *patterns: str) -> bool:
    return any(each["pattern"] in patterns for each in sequence)


def _holds_run_of(sequence: Sequence[Mapping[str, Any]], *rows: str) -> bool:
    """Whether a part of it stands so in a row, either way; the lists of passwords hold such parts as well."""
    tokens = [each["token"].casefold() for each in sequence]
    return any(len(each) > _LEAST_WORD and (each in row or each in row[::-1]) for each in tokens for row in rows)


def _has_keys_in_order(sequence: Sequence[Mapping[str, Any]]) -> bool:
    return _has(sequence, "spatial") or _holds_run_of(sequence, *_KEYS)


def _has_run(sequence: Sequence[Mapping[str, Any]]) -> bool:
    return _has(sequence, "sequence") or _holds_run_of(sequence, *_RUNS)


def _from(sequence: Sequence[Mapping[str, Any]], *lists: str) -> list[Mapping[str, Any]]:
    return [each for each in sequence if each["pattern"] == "dictionary" and each["dictionary_name"] in lists]


def _has_own_word(sequence: Sequence[Mapping[str, Any]]) -> bool:
    return bool(_from(sequence, "user_inputs"))


def _has_common_password(sequence: Sequence[Mapping[str, Any]]) -> bool:
    found = _from(sequence, "passwords")
    return any(each["rank"] <= _COMMON_RANK and len(each["token"]) > _LEAST_WORD for each in found)


def _is_word_with_figures(sequence: Sequence[Mapping[str, Any]]) -> bool:
    others = "".join(each["token"] for each in sequence if each["pattern"] != "dictionary")
    words = [each for each in sequence if each["pattern"] == "dictionary" and each["token"].isalpha()]
    return bool(words and others.strip()) and not any(each.isalpha() for each in others)


def _has_name(sequence: Sequence[Mapping[str, Any]]) -> bool:
    return bool(_from(sequence, *_NAMES))


def _has_disguise(sequence: Sequence[Mapping[str, Any]]) -> bool:
    return any(each.get("l33t") or each.get("reversed") for each in sequence)


def _is_words_only(sequence: Sequence[Mapping[str, Any]]) -> bool:
    return _has(sequence, "dictionary")


_FINDINGS: Final = (
    ("It holds your name, your organisation's or the program's, which are tried first.", _has_own_word),
    ("Keys beside each other on the keyboard are tried early.", _has_keys_in_order),
    ("The same thing over and over adds almost nothing.", lambda sequence: _has(sequence, "repeat")),
    ("Dates and years are tried early.", lambda sequence: _has(sequence, "date", "regex")),
    ("Runs such as abcd or 4321 are tried early.", _has_run),
    ("It holds a password that many people use.", _has_common_password),
    ("A word with figures or signs beside it is tried early.", _is_word_with_figures),
    ("Words spelled backwards, or with figures for letters, are tried too.", _has_disguise),
    ("Names are tried early.", _has_name),
    ("Its words are few, or common ones.", _is_words_only),
)
