"""What somebody typed into a document, searched as it was typed.

On a page a text is broken into lines, and what is disguised cannot be seen through any more. This comes on top of the
search of the finished file, and replaces nothing of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from typing import Any, NamedTuple

from spr_desktop.documents.contents import Document
from spr_desktop.documents.leak_check import Forbidden
from spr_desktop.documents.readings import Text


class TypedLeak(NamedTuple):
    """A text of a document in which something stands that must not."""

    text: str
    kind: str
    """Of the detail, for the message."""


def typed_leaks(typed: Iterable[str], forbidden: Iterable[Forbidden]) -> list[TypedLeak]:
    """The texts in which one of the details stands."""
    wanted = [each for each in forbidden if not each.may_stand_on_pages]
    found = []
    for text in dict.fromkeys(typed):
        read = Text(text)
        found += [TypedLeak(text, each.kind) for each in wanted if each.stands_in(read)]
    return list(dict.fromkeys(found))


def said_in(document: Document) -> list[str]:
    """Every text of a document but what each says of itself: its reference, who made it, the fingerprint of the key."""
    of_itself = {each.name for each in fields(Document)}
    return [
        text for each in fields(document) if each.name not in of_itself for text in _texts(getattr(document, each.name))
    ]


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (tuple, list)):
        for each in value:
            yield from _texts(each)
    elif is_dataclass(value):
        for part in fields(value):
            yield from _texts(getattr(value, part.name))
