"""The register: what was made, to whom it was sent and how, whether it was acknowledged, and what was withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from spr_desktop.records.case import Case
from spr_desktop.records.document_versions import version_sent, versions
from spr_desktop.records.record import Record
from spr_desktop.records.work import DocumentRevoked, DocumentSent
from spr_desktop.vault.register import RegisteredDocument

ANSWERED: Final = frozenset({"referral-pack", "wraparound-brief", "withdrawal-notice"})
"""Kinds that go to professionals, who can be asked to say that they have them."""
WORKING_DAYS: Final = 5
"""After so many working days without a word it is worth asking. A hint of this program, and no rule of the pathway."""
_SATURDAY: Final = 5

State = Literal["not_sent", "sent", "unanswered", "acknowledged", "replaced", "withdrawn"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """That somebody said that a document came."""

    on: date | None
    """None where only words are on record, as other programs may have written them."""
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One sending of a document."""

    on: date
    to: str
    by: str | None
    password_channel: str | None
    """How the passphrase was told."""
    receipt: Receipt | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Revoked:
    """That a document is not to be used any more, and why."""

    on: date
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterLine:
    """A document, in one version, and what became of it."""

    case_ref: str
    document_id: str
    document: str
    """Its kind, for example ``referral-pack``."""
    version: int
    versions: int
    """How many there are of this reference."""
    sha256: str
    made_on: date
    made_by: str | None
    made_for: str | None
    sent: tuple[Sent, ...]
    """Oldest first; empty while it has not gone out."""
    revoked: Revoked | None
    """With every other version of the reference."""

    @property
    def is_replaced(self) -> bool:
        """Whether there is a newer version."""
        return self.version < self.versions

    def state(self, today: date) -> State:
        """What became of it until a day."""
        if self.revoked:
            return "withdrawn"
        if self.is_replaced:
            return "replaced"
        if not self.sent:
            return "not_sent"
        if any(each.receipt for each in self.sent):
            return "acknowledged"
        is_late = working_days(self.sent[-1].on, today) > WORKING_DAYS
        return "unanswered" if is_late and self.document in ANSWERED else "sent"


def working_days(since: date, until: date) -> int:
    """How many days from Monday to Friday came after a day, until another; public holidays count."""
    days = range(1, (until - since).days + 1)
    return sum((since + timedelta(days=each)).weekday() < _SATURDAY for each in days)


def read_receipt(text: str) -> Receipt:
    """What is on record of an acknowledgement: a day and how, or whatever another program wrote."""
    first, _, rest = text.partition(" ")
    try:
        return Receipt(on=date.fromisoformat(first), how=rest)
    except ValueError:
        return Receipt(on=None, how=text)


def register_line(registered: RegisteredDocument) -> RegisterLine:
    """What the register shows of a document; corrected records are left out."""
    made = registered.made
    case = Case(registered.case_ref, registered.steps)
    document_id: str = made.body.document_id
    known = versions(case, document_id)
    version = known[made.body.sha256]
    sendings = [each for each in case.every(DocumentSent) if each.body.document_id == document_id]
    revoked = [each for each in case.every(DocumentRevoked) if each.body.document_id == document_id]
    return RegisterLine(
        case_ref=registered.case_ref,
        document_id=document_id,
        document=made.body.document,
        version=version,
        versions=len(known),
        sha256=made.body.sha256,
        made_on=made.happened_on.day,
        made_by=made.recorded_by,
        made_for=made.body.recipient,
        sent=tuple(_sent(each, made.body.recipient) for each in sendings if version_sent(case, each) == version),
        revoked=Revoked(on=revoked[0].happened_on.day, reason=revoked[0].body.reason) if revoked else None,
    )


def _sent(record: Record[DocumentSent], made_for: str | None) -> Sent:
    body = record.body
    return Sent(
        on=record.happened_on.day,
        to=body.recipient or made_for or "",
        by=body.sent_by or record.recorded_by,
        password_channel=body.password_channel,
        receipt=read_receipt(body.receipt) if body.receipt else None,
    )
