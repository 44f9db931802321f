"""What the texts of one form are made of."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class FormText:
    """The texts of one form. Fields that are not listed are filled in by the program."""

    title: str
    save: str
    """What the button that finishes says."""
    intro: str = ""
    when: str = "When was this?"
    day: str
    """What the day is, as it stands in "Enter the day on which you asked, like 3 11 2026"."""
    has_time: bool = False
    """Whether the time of the day may be said as well."""
    may_lie_ahead: bool = False
    """Whether the day may be one that is still to come."""
    fields: dict[str, tuple[str, str]]
    """By field: the label and the hint."""
    long: frozenset[str] = frozenset()
    """Fields that take several lines."""
    quoted: frozenset[str] = frozenset()
    """Long fields in which somebody is quoted: nothing is said there about the choice of words."""
    people: frozenset[str] = frozenset()
    """Fields of plain texts that take the people on record as ticks."""
    words: dict[str, dict[str, str]] = field(default_factory=dict)
    """By field: words for its codes where they differ from the common ones."""
    about: str = ""
    """The field that says which person the form is about, if it is about one."""
    about_title: str = "Which parent is this about?"
    """The label of that field where nobody was chosen before."""
    about_anybody: bool = False
    """Whether that may be a child or another adult as well; otherwise only adults are offered there."""
    first: str = ""
    """The field that gets the focus; the first one if this says nothing."""
