"""The table of all kinds of record, and how their fields are named, referred to and checked."""

from __future__ import annotations

from dataclasses import MISSING, dataclass, fields
from functools import cache
from types import UnionType
from typing import Annotated, Any, Final, Union, get_args, get_origin, get_type_hints

from spr_desktop.records import agreement, people, safety, suitability, work
from spr_desktop.records.record import Body
from spr_desktop.records.values import Defines, PlainName, RefersTo

_MODULES = (people, safety, suitability, agreement, work)

KINDS: Final[dict[str, type[Body]]] = {
    member.kind: member
    for module in _MODULES
    for member in vars(module).values()
    if isinstance(member, type) and issubclass(member, Body) and "kind" in vars(member)
}
"""Every kind of record by its name in the case document."""


@dataclass(frozen=True, slots=True)
class Field:
    """What is known of one field of a body."""

    name: str
    """As the case document has it."""
    attribute: str
    """As Python has it; differs only where the name is a word of the language."""
    type: Any
    required: bool
    marks: tuple[Defines | RefersTo | PlainName, ...]
    nested: type | None
    """The dataclass that the field holds, alone, in a list or in a map."""
    is_many: bool
    """A list or a map."""
    is_map: bool


def fields_of(cls: type) -> dict[str, Field]:
    """The fields of a dataclass by their names in the case document."""
    return _fields_of(cls)


@cache
def _fields_of(cls: Any) -> dict[str, Field]:
    hints = get_type_hints(cls, include_extras=True)
    found = {}
    for each in fields(cls):
        hint = hints[each.name]
        name = each.metadata.get("name", each.name)
        found[name] = Field(
            name,
            each.name,
            hint,
            each.default is MISSING and each.default_factory is MISSING,
            tuple(_marks(hint)),
            next(_nested(hint), None),
            _is_many(hint),
            get_origin(hint) is dict,
        )
    return found


def _parts(hint: Any) -> Any:
    """The hint and everything it is made of."""
    yield hint
    if get_origin(hint) is not None:
        for part in get_args(hint):
            yield from _parts(part)


def _marks(hint: Any) -> Any:
    found = []
    for part in _parts(hint):
        if isinstance(part, (Defines, RefersTo, PlainName)) and part not in found:
            found.append(part)
    return found


def _nested(hint: Any) -> Any:
    return (part for part in _parts(hint) if isinstance(part, type) and hasattr(part, "__dataclass_fields__"))


def _is_many(hint: Any) -> bool:
    origin = get_origin(hint)
    if origin is Annotated:
        return _is_many(get_args(hint)[0])
    if origin in (Union, UnionType):
        return any(_is_many(part) for part in get_args(hint))
    return origin in (tuple, dict)
