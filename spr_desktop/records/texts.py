"""Which texts may stand in a record.

Any script is welcome. Refused are control characters (a file that holds them was damaged, or is meant to do damage),
the characters that turn the direction of writing for everything after them, and half characters that no file can hold.
"""

from __future__ import annotations

import math
import re
from typing import Any, Final

from spr_desktop.records.faults import Faults, below
from spr_desktop.records.values import TEXT_LIMIT

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_BIDI_CONTROL = re.compile("[\u202a-\u202e\u2066-\u2069]")
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")
_MARKUP = re.compile(r"<\s*/?\s*[A-Za-z!?]|&#?\w+;")

DEPTH_LIMIT: Final = 12
"""No kind of record nests as deep as this."""


def text_fault(text: str) -> str | None:
    """What is wrong with a text, or None."""
    if len(text) > TEXT_LIMIT:
        return f"is longer than {TEXT_LIMIT:,} characters"
    if _CONTROL.search(text):
        return "holds a control character other than newline and tab"
    if _BIDI_CONTROL.search(text):
        return "holds a character that turns the direction of writing"
    if _HALF_CHARACTER.search(text):
        return "holds half a character"
    return None


def name_fault(name: str) -> str | None:
    """What is wrong with a person's name, besides what is wrong with any text, or None."""
    return "holds markup, which no name does" if _MARKUP.search(name) else None


def check_texts(value: Any, path: str, record: str | None, faults: Faults) -> bool:
    """Note every text, key or number inside a value of JSON that may not stand there; False if there was one."""
    before = len(faults.found)
    waiting = [(value, path, 0)]
    while waiting:
        value, path, depth = waiting.pop()
        if isinstance(value, str):
            if wrong := text_fault(value):
                faults.add(path, wrong, record)
        elif isinstance(value, float) and not math.isfinite(value):
            faults.add(path, "is too large a number", record)
        elif isinstance(value, (dict, list)) and depth >= DEPTH_LIMIT:
            faults.add(path, "is nested too deeply", record)
        elif isinstance(value, dict):
            for key in value:
                if wrong := text_fault(key):
                    faults.add(below(path, key), f"has a name that {wrong}", record)
            waiting += [(part, below(path, key), depth + 1) for key, part in reversed(value.items())]
        elif isinstance(value, list):
            waiting += [(part, below(path, index), depth + 1) for index, part in reversed([*enumerate(value)])]
    return len(faults.found) == before
