"""The forms in which people write an email address, a street or a postcode, beside the one that is recorded.

What is only letters, figures and what stands between them is no form of its own (``matching``), nor is what is in
disguise (``readings``).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import product
from typing import Final

from spr_desktop.documents.matching import reduced

_SHORT_WORDS: Final = {
    "road": ("rd",),
    "street": ("st", "str"),
    "avenue": ("ave", "av"),
    "lane": ("ln",),
    "drive": ("dr", "drv"),
    "close": ("cl",),
    "court": ("ct", "crt"),
    "crescent": ("cres", "cr"),
    "gardens": ("gdns", "gdn"),
    "garden": ("gdn",),
    "grove": ("gr",),
    "place": ("pl",),
    "square": ("sq",),
    "terrace": ("terr", "ter"),
}
_LONG_WORDS: Final = {short: long for long, words in _SHORT_WORDS.items() for short in words}
_STREET: Final = re.compile(
    r"(?P<house>\d+\s*[A-Za-z]?\b[\s,]+)?(?P<name>.*\w)[\s,.]+(?P<road>[A-Za-z]+)[\s.]*", re.DOTALL
)
_LONGEST_LINE: Final = 200
"""Characters of a line of an address; longer ones are none."""
_SHORTEST_NAME: Final = 4
_SWAPPED: Final = {"0": "0o", "o": "0o", "1": "1il", "i": "1il", "l": "1il"}
_MOST_SWAPS: Final = 4
_LOCAL_PART_FROM: Final = 8
"""Letters from which the part before the sign of an email address is looked for alone."""


def forms_of_email(email: str, names: Collection[str]) -> Iterator[str]:
    """An email address, reduced: with the sign and the dots in words, and alone what names its owner.

    ``names`` are the owner's, reduced; *family.support@* names nobody, and is a word like any other.
    """
    local, sign, domain = email.strip().rpartition("@")
    if not sign or not local:
        yield reduced(email)
        return
    for at, dot, dot_of_domain in product(("", "at", "a"), ("", "dot"), ("", "dot")):
        yield reduced(f"{local.replace('.', f' {dot} ')} {at} {domain.replace('.', f' {dot_of_domain} ')}")
    alone = reduced(local)
    if len(alone) >= _LOCAL_PART_FROM and (
        any(map(str.isdigit, alone)) or any(len(name) >= _SHORTEST_NAME and name in alone for name in names)
    ):
        yield alone


def forms_of_street(line: str) -> Iterator[str]:
    """A line of an address: with short or long words for the road, and with house number and name alone."""
    found = _STREET.fullmatch(line.strip()) if len(line) <= _LONGEST_LINE else None
    if found is None:
        return
    house, name, road = found["house"] or "", found["name"], found["road"].casefold()
    words = (_LONG_WORDS.get(road, road), *_SHORT_WORDS.get(_LONG_WORDS.get(road, road), ()))
    is_road = len(words) > 1
    for word in words if is_road else ():
        yield f"{house}{name} {word}"
        if len(reduced(f"{name} {word}")) > _SHORTEST_NAME:
            yield f"{name} {word}"
    if house.strip() and len(reduced(name)) >= _SHORTEST_NAME:
        yield f"{house}{name}"


def forms_of_postcode(postcode: str) -> Iterator[str]:
    """A postcode with letters for the figures that they look like, and the other way round."""
    plain = reduced(postcode)
    if sum(each in _SWAPPED for each in plain) > _MOST_SWAPS:
        yield plain
        return
    for each in product(*(_SWAPPED.get(character, character) for character in plain)):
        yield "".join(each)
