"""Bodies of records to and from plain JSON values, with every fault named by its path."""

from __future__ import annotations

import re
from typing import Any, Final, cast, get_args

import msgspec

from spr_desktop.records.faults import Faults, below
from spr_desktop.records.kinds import KINDS, Field, fields_of
from spr_desktop.records.people import Relationship
from spr_desktop.records.record import Body
from spr_desktop.records.suitability import THERAPY_DETAILS, Suitability
from spr_desktop.records.texts import check_texts, name_fault
from spr_desktop.records.values import RESERVED_IDS, Defines, PlainName, RefersTo, When

_WHERE = re.compile(r" - at `\$(?P<path>[^`]*)`$")
_EXPECTED = re.compile(r"Expected `(?P<type>[^`]+)`(?:, got .*|(?P<rest> of length .*))?")
_FIELD = re.compile(r"field `(?P<name>\w+)`")


_TYPES: Final = {
    "str": "a text",
    "int": "a whole number",
    "int | float": "a number",
    "array": "a list",
    "object": "an object",
    "str | null": "a text",
    "date": "a date like 2026-11-03",
    "date | null": "a date like 2026-11-03",
}
"""What msgspec calls a type, and what people call it."""


def read_body(kind: str, value: Any, path: str, record: str | None, faults: Faults) -> Body | None:
    """A body of the kind from a value of JSON; None if anything is wrong with it, which is then among the faults."""
    before = len(faults.found)
    body = _read_fields(KINDS[kind], value, path, record, faults)
    if body is not None:
        _check_whole(body, path, record, faults)
    return body if len(faults.found) == before else None


def trusted_body(kind: str, value: Any) -> Body:
    """A body that was checked when it was stored; ValueError if it is not of its kind after all."""
    faults = Faults()
    body = _read_fields(KINDS[kind], value, "$", None, faults)
    if body is None:
        raise ValueError(f"a stored {kind} is not of its form at {faults.found[0].path}")
    return cast("Body", body)


def plain_body(body: Any) -> dict[str, Any]:
    """The values of JSON that stand for a body; what was left out stays out."""
    return {
        field.name: _plain(value)
        for field in fields_of(type(body)).values()
        if (value := getattr(body, field.attribute)) is not None
    }


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if hasattr(value, "__dataclass_fields__"):
        return plain_body(value)
    return msgspec.to_builtins(value, enc_hook=str)


def _read_fields(cls: type, value: Any, path: str, record: str | None, faults: Faults) -> Any:
    """An object of the dataclass, or None with the faults of every field noted."""
    before = len(faults.found)
    if not isinstance(value, dict):
        faults.add(path, "is not an object", record)
        return None
    known = fields_of(cls)
    for key in value:
        if key not in known:
            faults.add(below(path, key), "is not a field of this kind", record)
    found = {}
    for field in known.values():
        if field.name in value:
            found[field.attribute] = _read_field(field, value[field.name], below(path, field.name), record, faults)
        elif field.required:
            faults.add(below(path, field.name), "is missing", record)
    return cls(**found) if len(faults.found) == before else None


def _read_field(field: Field, value: Any, path: str, record: str | None, faults: Faults) -> Any:
    if not check_texts(value, path, record, faults):
        return None
    if field.nested is not None and value is not None:
        return _read_nested(field, value, path, record, faults)
    try:
        read = msgspec.convert(value, field.type, dec_hook=_read_special)
    except msgspec.ValidationError as error:
        where, message = _in_our_words(str(error), field)
        faults.add(path + where, message, record)
        return None
    _check_marks(field, read, path, record, faults)
    return read


def _read_nested(field: Field, value: Any, path: str, record: str | None, faults: Faults) -> Any:
    assert field.nested is not None
    if not field.is_many:
        return _read_fields(field.nested, value, path, record, faults)
    if field.is_map and isinstance(value, dict):
        return {key: _read_fields(field.nested, part, below(path, key), record, faults) for key, part in value.items()}
    if not field.is_map and isinstance(value, list):
        return tuple(_read_fields(field.nested, part, below(path, n), record, faults) for n, part in enumerate(value))
    faults.add(path, "is not an object" if field.is_map else "is not a list", record)
    return None


def _read_special(type_: type, value: Any) -> Any:
    if issubclass(type_, When) and isinstance(value, str):
        return type_.parse(value)
    raise ValueError("is not a date as a text")


def _in_our_words(error: str, field: Field) -> tuple[str, str]:
    """Where a value is wrong and how, without repeating the value."""
    where = ""
    if at := _WHERE.search(error):
        where = at["path"].replace("[...]", '["…"]')
        error = error[: at.start()]
    if error.startswith("Invalid enum value"):
        return where, f"is not one of: {', '.join(sorted(_choices(field.type)))}"
    if error.startswith("Invalid RFC3339"):
        return where, "is not a date like 2026-11-03"
    if missing := _FIELD.search(error):
        return f"{where}.{missing['name']}", "is missing"
    if expected := _EXPECTED.match(error):
        return where, f"is not {_TYPES.get(expected['type'], 'of its type')}{expected['rest'] or ''}"
    return where, error


def _choices(hint: Any) -> set[str]:
    parts = get_args(hint)
    return {part for part in parts if isinstance(part, str)}.union(*(_choices(part) for part in parts))


def _check_marks(field: Field, value: Any, path: str, record: str | None, faults: Faults) -> None:
    for mark in field.marks:
        values = (
            [(below(path, n), each) for n, each in enumerate(value)] if isinstance(value, tuple) else [(path, value)]
        )
        for at, each in values:
            if each is None:
                continue
            if isinstance(mark, PlainName):
                if wrong := name_fault(each):
                    faults.add(at, wrong, record)
            elif each in RESERVED_IDS and not (isinstance(mark, RefersTo) and each == mark.or_word):
                faults.add(at, "is a word that cannot be an id", record)


def _check_whole(body: Body, path: str, record: str | None, faults: Faults) -> None:
    """What depends on more than one field (records.md section 3)."""
    if isinstance(body, Relationship) and len(body.pair) < 2:
        faults.add(below(path, "between"), "names the same person twice", record)
    if isinstance(body, Suitability):
        if body.check == "public_law" and body.person_id is not None:
            faults.add(below(path, "person_id"), "does not go with a check of public law", record)
        if body.check != "public_law" and body.person_id is None:
            faults.add(below(path, "person_id"), "is missing: this check is about one person", record)
        if body.check == "therapy" and body.detail is not None and body.detail not in THERAPY_DETAILS:
            faults.add(below(path, "detail"), f"is not one of: {', '.join(THERAPY_DETAILS)}", record)


def ids_defined(body: Body) -> set[tuple[str, str]]:
    """What ids a body makes known, each with what it stands for."""
    return {
        (mark.what, getattr(body, field.attribute))
        for field in fields_of(type(body)).values()
        for mark in field.marks
        if isinstance(mark, Defines)
    }


def ids_referred_to(body: Body) -> list[tuple[str, str, str]]:
    """What ids a body refers to: the path inside the body, what it stands for, and the id."""
    found = []
    for field in fields_of(type(body)).values():
        for mark in field.marks:
            value = getattr(body, field.attribute)
            if not isinstance(mark, RefersTo) or value is None:
                continue
            if isinstance(value, tuple):
                found += [(below(field.name, n), mark.what, each) for n, each in enumerate(value)]
            elif value != mark.or_word:
                found.append((field.name, mark.what, value))
    return found
