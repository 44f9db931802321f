"""Fields of forms: each shows a label and a hint above, gives plain values, and takes back what was typed.

What a field gives is what a case document would hold; an empty field gives None.
"""

from ui.fields.choices import ChoiceField, Choices, ListField, PresentField, TicksField
from ui.fields.dates import DateField, DateTimeField
from ui.fields.field import Field, GroupField
from ui.fields.texts import LINE_LIMIT, TEXT_LIMIT, LineField, LinesField, NumberField, TextField

__all__ = [
    "LINE_LIMIT",
    "TEXT_LIMIT",
    "ChoiceField",
    "Choices",
    "DateField",
    "DateTimeField",
    "Field",
    "GroupField",
    "LineField",
    "LinesField",
    "ListField",
    "NumberField",
    "PresentField",
    "TextField",
    "TicksField",
]
