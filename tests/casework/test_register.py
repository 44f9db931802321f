"""The register over all cases, and drafts."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from uuid import uuid4

import pytest

from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.drafts import draft, drafts, drop_draft, keep_draft, keep_drafts
from spr_desktop.casework.register import Receipt, Revoked, Sent
from spr_desktop.casework.register_words import history, standing
from spr_desktop.casework.sending import NotOnThatDay, NotSentYet, line_of, record_acknowledged
from spr_desktop.records.record import AnyRecord, Body, Record
from spr_desktop.records.values import When
from spr_desktop.records.work import DocumentMade, DocumentRevoked, DocumentSent

OF_PACK: Final[dict[str, Any]] = {"document": "referral-pack", "sha256": "0" * 64, "pathway_version": "1"}
ONE: Final = "AAAA-0000"
OTHER: Final = "BBBB-0000"


def written(day: int, body: Body, *supersedes: str) -> AnyRecord:
    """A record of a day in November."""
    return Record(
        id=str(uuid4()),
        happened_on=When(date(2026, 11, day)),
        recorded_at=datetime(2026, 11, day, 12, tzinfo=UTC),
        recorded_by="J. Outreach",
        supersedes=supersedes,
        body=body,
    )


def made(day: int, reference: str, *supersedes: str, **more: Any) -> AnyRecord:
    """A pack was made."""
    return written(day, DocumentMade(document_id=reference, **(OF_PACK | more)), *supersedes)


def test_register_shows_what_was_made_sent_and_revoked_newest_first(caseload: Caseload) -> None:
    channel = {"recipient": "SPR team", "password_channel": "phone"}
    caseload.keep(
        {
            ONE: [
                made(3, "P1", recipient="SPR team"),
                written(4, DocumentSent(document_id="P1", sent_by="K. Other", **OF_PACK, **channel)),
                written(6, DocumentSent(document_id="P1", **OF_PACK, **(channel | {"password_channel": "in person"}))),
                written(8, DocumentRevoked(document_id="P1", reason="Withdrawn.", **OF_PACK)),
                made(9, "P3"),
            ],
            OTHER: [made(5, "P2")],
        },
        date(2026, 11, 22),
    )
    lines = caseload.register()
    assert [(each.document_id, each.case_ref) for each in lines] == [("P3", ONE), ("P2", OTHER), ("P1", ONE)]
    first = lines[2]
    assert (first.made_on, first.made_by, first.made_for) == (date(2026, 11, 3), "J. Outreach", "SPR team")
    assert first.sent == (
        Sent(on=date(2026, 11, 4), to="SPR team", by="K. Other", password_channel="phone"),
        Sent(on=date(2026, 11, 6), to="SPR team", by="J. Outreach", password_channel="in person"),
    )
    assert first.revoked == Revoked(on=date(2026, 11, 8), reason="Withdrawn.")
    assert (lines[0].sent, lines[0].revoked) == ((), None)
    assert [each.document_id for each in caseload.register(limit=1, offset=1)] == ["P2"]
    assert caseload.register_count() == 3


def test_corrected_records_stand_in_the_register_once(caseload: Caseload) -> None:
    wrong = made(3, "P1", recipient="Wrong team")
    sent = written(4, DocumentSent(document_id="P1", recipient="Wrong team", **OF_PACK))
    caseload.keep(
        {
            ONE: [
                wrong,
                sent,
                made(3, "P1", wrong.id, recipient="SPR team"),
                written(4, DocumentSent(document_id="P1", recipient="SPR team", **OF_PACK), sent.id),
            ]
        },
        date(2026, 11, 22),
    )
    (line,) = caseload.register()
    assert (line.made_for, [each.to for each in line.sent]) == ("SPR team", ["SPR team"])
    assert caseload.register_count() == 1


def test_versions_of_a_document_have_lines_of_their_own(caseload: Caseload) -> None:
    to = {"document": "referral-pack", "pathway_version": "1", "recipient": "SPR team"}
    caseload.keep(
        {
            ONE: [
                made(2, "P1", sha256="1" * 64),
                written(3, DocumentSent(document_id="P1", sha256="1" * 64, **to)),
                made(4, "P1", sha256="2" * 64),
                written(5, DocumentSent(document_id="P1", sha256="2" * 64, **to)),
                written(6, DocumentSent(document_id="P1", sha256="of another program", **to)),
            ]
        },
        date(2026, 11, 22),
    )
    second, first = caseload.register_of(ONE)
    assert [(each.version, each.versions) for each in (first, second)] == [(1, 2), (2, 2)]
    assert [[sent.on.day for sent in each.sent] for each in (first, second)] == [[3], [5, 6]]
    assert (first.state(date(2026, 11, 9)), second.state(date(2026, 11, 9))) == ("replaced", "sent")
    assert line_of(caseload, "P1") == second
    assert line_of(caseload, "P1", 1) == first
    caseload.keep({ONE: [written(9, DocumentRevoked(document_id="P1", sha256="2" * 64, **to))]}, date(2026, 11, 22))
    assert [each.state(date(2026, 11, 9)) for each in caseload.register_of(ONE)] == ["withdrawn", "withdrawn"]


def test_an_acknowledgement_takes_the_place_of_the_sending_without_one(caseload: Caseload) -> None:
    sent = DocumentSent(document_id="P1", recipient="SPR team", **OF_PACK)
    caseload.keep({ONE: [made(3, "P1")]}, date(2026, 11, 22))
    with pytest.raises(NotSentYet):
        record_acknowledged(caseload, line_of(caseload, "P1"), date(2026, 11, 9), "by telephone")
    caseload.keep({ONE: [written(6, sent)]}, date(2026, 11, 22))  # a Friday
    (line,) = caseload.register()
    assert [line.state(date(2026, 11, day)) for day in (6, 13, 14, 16)] == ["sent", "sent", "sent", "unanswered"]
    for on in (date(2026, 11, 5), date.today() + timedelta(days=1)):
        with pytest.raises(NotOnThatDay):
            record_acknowledged(caseload, line, on, "by telephone")
    record_acknowledged(caseload, line, date(2026, 11, 9), "by telephone")
    (line,) = caseload.register()
    assert line.sent[0].receipt == Receipt(on=date(2026, 11, 9), how="by telephone")
    assert [each.on for each in line.sent] == [date(2026, 11, 6)]
    assert line.state(date(2026, 12, 9)) == "acknowledged"
    assert caseload.vault.activity()[-1].action == "referral_pack_acknowledged"


def test_whatever_another_program_wrote_is_listed(caseload: Caseload) -> None:
    odd = {"document": "something else", "sha256": "", "pathway_version": "", "receipt": "They rang, and thanked us."}
    caseload.keep({ONE: [made(3, "x", **odd), written(4, DocumentSent(document_id="x", **odd))]}, date(2026, 11, 22))
    (line,) = caseload.register_of(ONE)
    assert line.sent[0].receipt == Receipt(on=None, how="They rang, and thanked us.")
    assert standing(line, date(2026, 12, 9)) == "Acknowledged"
    assert "Acknowledged: They rang, and thanked us.." not in history(line)


def test_drafts_come_back_and_are_listed_newest_first(caseload: Caseload) -> None:
    keep_draft(caseload, "note:A", {"text": "Łukasz said “no”"})
    keep_drafts(caseload, {"note:B": {"text": "x"}, "caret:note:B": {"at": 1}})
    keep_draft(caseload, "note:A", {"text": "Łukasz said “yes”"})
    assert draft(caseload, "note:A") == {"text": "Łukasz said “yes”"}
    assert draft(caseload, "note:C") == {}
    kept = drafts(caseload)
    assert [name for name, _ in kept] == ["note:A", "caret:note:B", "note:B"]
    assert all(timedelta() <= datetime.now(UTC) - at < timedelta(minutes=1) for _, at in kept)
    assert kept[1][1] == kept[2][1]
    drop_draft(caseload, "note:A")
    drop_draft(caseload, "note:A")
    assert [name for name, _ in drafts(caseload)] == ["caret:note:B", "note:B"]
    assert draft(caseload, "note:A") == {}
