"""What forms ask, in the words of the field: one entry a kind of record that a person enters, and words for codes."""

from __future__ import annotations

from typing import Final

from ui.form_texts.agreement import AGREEMENT
from ui.form_texts.form_text import FormText
from ui.form_texts.notes import NOTES
from ui.form_texts.people import PEOPLE
from ui.form_texts.safety import SAFETY
from ui.form_texts.suitability import SUITABILITY
from ui.form_texts.words import WORDS, words_for
from ui.form_texts.work import WORK

FORMS: Final[dict[str, FormText]] = PEOPLE | SAFETY | SUITABILITY | AGREEMENT | WORK | NOTES

PROFESSIONAL: Final[dict[str, str]] = {
    "name": "Name",
    "role": "Role",
    "organisation": "Organisation",
    "phone": "Work telephone (optional)",
    "email": "Work email (optional)",
}

__all__ = ["FORMS", "PROFESSIONAL", "WORDS", "FormText", "words_for"]
