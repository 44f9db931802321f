"""The register: what was made over all cases, to whom it was sent and how, and what was revoked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from spr_desktop.records.case import Case
from spr_desktop.records.work import DocumentRevoked, DocumentSent
from spr_desktop.vault.register import RegisteredDocument


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One sending of a document."""

    on: date
    to: str
    by: str | None
    password_channel: str | None
    """How the passphrase was told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revoked:
    """That a document is not to be used any more, and why."""

    on: date
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterLine:
    """A document and what became of it."""

    case_ref: str
    document_id: str
    document: str
    """Its kind, for example ``referral-pack``."""
    sha256: str
    made_on: date
    made_by: str | None
    made_for: str | None
    sent: tuple[Sent, ...]
    """Oldest first; empty while it has not gone out."""
    revoked: Revoked | None


def register_line(registered: RegisteredDocument) -> RegisterLine:
    """What the register shows of a document; corrected records are left out."""
    made = registered.made
    case = Case(registered.case_ref, registered.steps)
    document_id: str = made.body.document_id
    sent = [each for each in case.every(DocumentSent) if each.body.document_id == document_id]
    revoked = [each for each in case.every(DocumentRevoked) if each.body.document_id == document_id]
    return RegisterLine(
        case_ref=registered.case_ref,
        document_id=document_id,
        document=made.body.document,
        sha256=made.body.sha256,
        made_on=made.happened_on.day,
        made_by=made.recorded_by,
        made_for=made.body.recipient,
        sent=tuple(
            Sent(
                on=each.happened_on.day,
                to=each.body.recipient or made.body.recipient or "",
                by=each.body.sent_by or each.recorded_by,
                password_channel=each.body.password_channel,
            )
            for each in sent
        ),
        revoked=Revoked(on=revoked[0].happened_on.day, reason=revoked[0].body.reason) if revoked else None,
    )
