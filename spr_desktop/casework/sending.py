"""Recording, from the register, that a document went out on some day."""

from __future__ import annotations

from datetime import date

from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.making import progress_of
from spr_desktop.casework.register import RegisterLine
from spr_desktop.records.work import DocumentMade, DocumentSent


def record_line_sent(caseload: Caseload, line: RegisterLine, on: date, password_channel: str) -> None:
    """Record that a document of the register was sent, and how its passphrase was told.

    Raises ValueError where the day lies before the document was made, or ahead.
    """
    if not line.made_on <= on <= date.today():
        raise ValueError("nothing is sent before it is made, nor tomorrow")
    made = next(
        each.body
        for each in caseload.case(line.case_ref).every(DocumentMade)
        if each.body.document_id == line.document_id
    )
    sent = DocumentSent(
        document_id=made.document_id,
        document=made.document,
        sha256=made.sha256,
        pathway_version=made.pathway_version,
        recipient=made.recipient,
        sent_by=caseload.practitioner.name or None,
        password_channel=password_channel,
    )
    caseload.record(line.case_ref, [sent, *progress_of(made.document)], happened_on=on)
