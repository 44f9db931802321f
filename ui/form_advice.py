"""What to do about a fault in a form, as people say it."""

from __future__ import annotations

from typing import Final

from spr_desktop.records.faults import Fault
from ui.fields import ChoiceField, DateField, Field, GroupField, ListField, TicksField

SOMETHING_ELSE: Final = "Something that this form fills in by itself is not right. Go back and open it again."

_HIDDEN: Final = "Delete what was pasted here and type it, or paste it as plain text."


def advice(field: Field, fault: Fault) -> str:
    """What to do about a fault that was found at a field."""
    message = fault.message
    if "is missing" in message or "length" in message:
        return _fill_in(field)
    if isinstance(field, DateField):
        return "Enter a date that exists, like 3 11 2026."
    if "markup" in message:
        return "Take out the signs < and >: no name holds them."
    if said := about_text(message):
        return said
    if "public law" in message:
        return "Public law is about the family: choose nobody here."
    if "twice" in message:
        return "Tick two different people."
    return f"This {message}."


def about_text(message: str) -> str:
    """What to do about a text that no record may hold; empty where the fault is of another kind."""
    if message.startswith("is longer"):
        return "Shorten this: it is too long to keep."
    if "control character" in message:
        return f"This holds a hidden control character, which some programs put into what is copied. {_HIDDEN}"
    if "direction of writing" in message:
        return f"This holds a hidden character that turns the direction of writing. {_HIDDEN}"
    if "half a character" in message:
        return f"This holds a broken character. {_HIDDEN}"
    return ""


def _fill_in(field: Field) -> str:
    if isinstance(field, GroupField):
        return "Fill in the name, the role and the organisation."
    if isinstance(field, TicksField):
        return "Tick two." if field.name == "between" else "Tick at least one."
    if isinstance(field, DateField):
        return "Enter the date, like 3 11 2026."
    return "Choose an answer." if isinstance(field, (ChoiceField, ListField)) else "Fill this in."
