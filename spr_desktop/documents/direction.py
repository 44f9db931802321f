"""Which way each character of a line runs: the Unicode bidirectional algorithm for text without explicit controls.

Records refuse the characters that turn the direction of writing, so only the implicit rules are needed (UAX #9, rules
P2 to P3, W1 to W7, N0 to N2, I1 to I2, L1 to L2). Tabs and line ends are gone before.
"""

from __future__ import annotations

import unicodedata
from typing import Final

_RIGHT: Final = frozenset({"R", "AL"})
_STRONG: Final = _RIGHT | {"L"}
_NUMBERS: Final = frozenset({"EN", "AN"})
_NEUTRAL: Final = frozenset({"B", "S", "WS", "ON"})
_BRACKETS: Final = {"(": ")", "[": "]", "{": "}"}
_SPACE: Final = frozenset({"WS", "S", "B", "BN"})
_ALWAYS_LEFT_TO_RIGHT: Final = frozenset({"L", "EN", "ES", "ET", "CS", "WS", "ON", "NSM", "S", "B", "BN"})


def runs_right_to_left(paragraph: str) -> bool:
    """Whether the first strong character of a paragraph runs right to left (P2, P3)."""
    if paragraph.isascii():
        return False
    return next((kind in _RIGHT for kind in map(_kind, paragraph) if kind in _STRONG), False)


def levels(text: str, *, right_to_left: bool) -> list[int]:
    """The embedding level of each character in a paragraph of a direction.

    Even levels run left to right, odd ones right to left.
    """
    if text.isascii() and not right_to_left:  # plain English, most of every document
        return [0] * len(text)
    kinds = [_kind(each) for each in text]
    if not right_to_left and _ALWAYS_LEFT_TO_RIGHT.issuperset(kinds):
        return [0] * len(text)
    base = int(right_to_left)
    around = "R" if right_to_left else "L"
    _resolve_weak(kinds, around)
    _resolve_brackets(text, kinds, around)
    _resolve_neutral(kinds, around)
    return [_implicit(base, kind) for kind in kinds]


def visual_order(of: list[int]) -> list[int]:
    """Where the parts of a line stand from left to right, given the level of each (L2)."""
    order = list(range(len(of)))
    for level in range(max(of, default=0), 0, -1):
        at = 0
        while at < len(order):
            end = at
            while end < len(order) and of[order[end]] >= level:
                end += 1
            order[at:end] = reversed(order[at:end])
            at = max(end, at + 1)
    return order


def _kind(character: str) -> str:
    return unicodedata.bidirectional(character) or "L"


def is_space(character: str) -> bool:
    """Whether a character at the end of a line goes with the paragraph rather than with what stands before it (L1)."""
    return _kind(character) in _SPACE


def _resolve_weak(kinds: list[str], around: str) -> None:
    _marks_and_arabic_numbers(kinds, around)
    _number_separators(kinds)
    strong = around
    for at, kind in enumerate(kinds):
        if kind in ("ES", "ET", "CS"):
            kinds[at] = "ON"  # W6
        elif kind in ("L", "R"):
            strong = kind
        elif kind == "EN" and strong == "L":
            kinds[at] = "L"  # W7


def _marks_and_arabic_numbers(kinds: list[str], around: str) -> None:
    before = strong = around
    for at, kind in enumerate(kinds):
        if kind in ("NSM", "BN"):
            kinds[at] = before  # W1; X9 would drop BN, which here goes with its neighbour
        elif kind == "EN" and strong == "AL":
            kinds[at] = "AN"  # W2
        elif kind in ("L", "R", "AL"):
            strong = kind
        before = kinds[at]
    kinds[:] = ["R" if kind == "AL" else kind for kind in kinds]  # W3


def _number_separators(kinds: list[str]) -> None:
    for at in range(1, len(kinds) - 1):
        before, kind, after = kinds[at - 1 : at + 2]
        if before == after and ((kind == "CS" and before in _NUMBERS) or (kind == "ES" and before == "EN")):
            kinds[at] = before  # W4
    for at, end in _stretches(kinds, frozenset({"ET"})):
        if "EN" in (kinds[at - 1] if at else "", kinds[end] if end < len(kinds) else ""):
            kinds[at:end] = ["EN"] * (end - at)  # W5


def _resolve_brackets(text: str, kinds: list[str], around: str) -> None:
    """A pair of brackets goes with what it holds, or with what stands before it (N0)."""
    for opening, closing in _pairs(text, kinds):
        inside = {_side(kind) for kind in kinds[opening + 1 : closing]} & {"L", "R"}
        if not inside:
            continue
        before = next((side for kind in reversed(kinds[:opening]) if (side := _side(kind)) in ("L", "R")), around)
        kinds[opening] = kinds[closing] = around if around in inside else before


def _pairs(text: str, kinds: list[str]) -> list[tuple[int, int]]:
    """Where brackets open and close, in the order in which they open."""
    found: list[tuple[int, int]] = []
    waiting: list[tuple[str, int]] = []
    for at, each in enumerate(text):
        if kinds[at] != "ON":
            continue
        if each in _BRACKETS:
            waiting.append((_BRACKETS[each], at))
        elif any(each == closing for closing, _ in waiting):
            while waiting:
                closing, opening = waiting.pop()
                if closing == each:
                    found.append((opening, at))
                    break
    return sorted(found)


def _resolve_neutral(kinds: list[str], around: str) -> None:
    for at, end in _stretches(kinds, _NEUTRAL):
        before = _side(kinds[at - 1]) if at else around
        after = _side(kinds[end]) if end < len(kinds) else around
        kinds[at:end] = [before if before == after else around] * (end - at)  # N1, N2


def _side(kind: str) -> str:
    return "R" if kind in _NUMBERS else kind


def _stretches(kinds: list[str], of: frozenset[str]) -> list[tuple[int, int]]:
    """Beginning and end of every unbroken stretch of some kinds."""
    found: list[tuple[int, int]] = []
    for at, kind in enumerate(kinds):
        if kind not in of:
            continue
        if found and found[-1][1] == at:
            found[-1] = (found[-1][0], at + 1)
        else:
            found.append((at, at + 1))
    return found


def _implicit(base: int, kind: str) -> int:
    if base:
        return 1 if kind == "R" else 2  # I2
    return {"L": 0, "R": 1}.get(kind, 2)  # I1
