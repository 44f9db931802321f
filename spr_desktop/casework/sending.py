"""Recording that a document went out on some day, and that those who received it said so."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date, timedelta

from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.errors import NoSuchDocument
from spr_desktop.casework.making import Made, done_with, file_name, pathway_version
from spr_desktop.casework.register import RegisterLine
from spr_desktop.records.case import Case
from spr_desktop.records.document_versions import PACK, sent_versions, version_sent
from spr_desktop.records.record import Body, Record, now
from spr_desktop.records.work import REFERRAL_OVER, DocumentMade, DocumentSent, ReferralProgress


class NotOnThatDay(ValueError):
    """Nothing is sent before it is made, nor acknowledged before it is sent, and nothing tomorrow."""


class NotSentYet(ValueError):
    """What was not sent cannot be acknowledged."""


def line_of(caseload: Caseload, document_id: str, version: int | None = None) -> RegisterLine:
    """A document of the register: its newest version, or the one that is named. Raises NoSuchDocument."""
    found = [each for each in caseload.register() if each.document_id == document_id]
    named = [each for each in found if version in (None, each.version)]
    if not named:
        raise NoSuchDocument
    return max(named, key=lambda each: each.version)


def record_sent(caseload: Caseload, made: Made, on: date, password_channel: str) -> None:
    """Record that a document was sent, and how its passphrase was told."""
    prepared = made.sealed.prepared
    sent = DocumentSent(
        document_id=made.reference,
        document=prepared.wish.kind,
        sha256=made.sealed.sha256,
        pathway_version=pathway_version(prepared.decision),
        recipient=", ".join(prepared.contents.recipients),
        sent_by=caseload.practitioner.name or None,
        password_channel=password_channel,
    )
    _keep_sent(caseload, prepared.case_ref, sent, on, prepared.file_name)


def record_line_sent(
    caseload: Caseload, line: RegisterLine, on: date, password_channel: str, to: str | None = None
) -> None:
    """Record that a document of the register was sent, to whom (whom it was made for), and how its passphrase was told.

    Raises NotOnThatDay.
    """
    if not line.made_on <= on <= date.today():
        raise NotOnThatDay
    made = next(
        each.body
        for each in caseload.case(line.case_ref).every(DocumentMade)
        if (each.body.document_id, each.body.sha256) == (line.document_id, line.sha256)
    )
    sent = DocumentSent(
        document_id=made.document_id,
        document=made.document,
        sha256=made.sha256,
        pathway_version=made.pathway_version,
        recipient=to or made.recipient,
        sent_by=caseload.practitioner.name or None,
        password_channel=password_channel,
    )
    _keep_sent(caseload, line.case_ref, sent, on, _called(line))


def record_acknowledged(caseload: Caseload, line: RegisterLine, on: date, how: str) -> None:
    """Record that the newest sending of a document was acknowledged, on which day and how.

    A record is never changed: the sending is written once more with its receipt, in the place of the one without.
    Raises NotSentYet and NotOnThatDay.
    """
    case = caseload.case(line.case_ref)
    sendings = [
        each
        for each in case.every(DocumentSent)
        if each.body.document_id == line.document_id and version_sent(case, each) == line.version
    ]
    if not sendings:
        raise NotSentYet
    old = sendings[-1]
    if not old.happened_on.day <= on <= date.today():
        raise NotOnThatDay
    new = Record(
        id=str(uuid.uuid4()),
        happened_on=old.happened_on,
        recorded_at=max(now(), old.recorded_at + timedelta(microseconds=1)),
        recorded_by=caseload.practitioner.name or None,
        supersedes=(old.id,),
        body=replace(old.body, receipt=f"{on.isoformat()} {how}".strip()),
    )
    caseload.keep_done({line.case_ref: [new]}, (done_with(line.document, "acknowledged"), line.case_ref, _called(line)))


def _called(line: RegisterLine) -> str:
    return file_name(line.document_id, line.version)


def _keep_sent(caseload: Caseload, case_ref: str, sent: DocumentSent, on: date, called: str) -> None:
    """Record a sending, with what it means for the referral: only a pack moves it on."""
    moves_on = sent.document == PACK and _begins(caseload.case(case_ref), sent.document_id)
    progress: list[Body] = [ReferralProgress(step="sent")] if moves_on else []
    done = (done_with(sent.document, "sent"), called)
    caseload.record(case_ref, [sent, *progress], happened_on=on, done=done)


def _begins(case: Case, reference: str) -> bool:
    """Whether sending a pack begins the wait for an answer: a newer version does not, unless the referral was over."""
    steps = [each.body.step for each in case.every(ReferralProgress)]
    return not sent_versions(case, reference) or (bool(steps) and steps[-1] in REFERRAL_OVER)
