"""What each kind of document is called to the practitioner: one name for both faces and for the trail of activity.

On paper a parent's copy calls itself "Your copy", since its reader is that parent.
"""

from __future__ import annotations

from typing import Final

DOCUMENTS: Final[dict[str, str]] = {
    "referral_pack": "Referral pack",
    "parent_copy": "Parent's own copy",
    "wraparound_brief": "Wrap-around brief",
    "withdrawal_notice": "Withdrawal notice",
    "case_audit": "Case audit",
    "subject_access": "Answer to an access request",
}


def document_words(kind: str) -> str:
    """A kind of document, written as in a call or as in a record."""
    return DOCUMENTS[kind.replace("-", "_")]


def called(kind: str, reference: str, version: int) -> str:
    """One document: what it is, its reference, and its version where it is not the first."""
    which = f", version {version}" if version > 1 else ""
    return f"{document_words(kind)} {reference}{which}"
