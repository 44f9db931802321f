"""Corrections: a new record supersedes the old one, the old one stays, and the reason can be found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.corrections import CannotCorrect, correct, fields_of_key, reason_for
from spr_desktop.records.case_document import no_records, read_case_document, write_case_document
from spr_desktop.records.people import Need, Relationship
from spr_desktop.records.record import AnyRecord, now
from spr_desktop.records.suitability import Readiness, Suitability
from spr_desktop.records.work import Note, SignificantEvent
from tests.vaults import PASSPHRASE, READY, make_caseload

TODAY = date.today()
WRONG = SignificantEvent(event="Kit changed school", source="told by Jo", is_strength="no")
RIGHT = replace(WRONG, is_strength="yes")


@pytest.fixture
def caseload(tmp_path: Path) -> Iterator[Caseload]:
    make_caseload(tmp_path / "vault")
    with Caseload.open(tmp_path / "vault", PASSPHRASE) as opened:
        yield opened


@pytest.fixture
def wrong(caseload: Caseload) -> AnyRecord:
    return caseload.record(READY, [WRONG], happened_on=TODAY)[0]


def test_a_correction_keeps_the_old_entry_and_says_why(caseload: Caseload, wrong: AnyRecord) -> None:
    new, reason = correct(caseload, READY, wrong, RIGHT, TODAY, "The school counts it as a strength.")
    case = caseload.case(READY, TODAY)
    assert [each.id for each in case.every(SignificantEvent)] == [new.id]
    assert [each.body for each in case.ever(SignificantEvent)] == [WRONG, RIGHT]
    assert reason_for(case, wrong) == "The school counts it as a strength."
    assert reason_for(case, new) is None
    assert reason.body.type == "decision"
    assert [each.type for each in reason.body.blocks] == ["fact", "analysis"]


def test_a_correction_can_be_corrected(caseload: Caseload, wrong: AnyRecord) -> None:
    new, _ = correct(caseload, READY, wrong, RIGHT, TODAY, "first")
    newest, _ = correct(caseload, READY, new, WRONG, TODAY, "second")
    case = caseload.case(READY, TODAY)
    assert [each.id for each in case.every(SignificantEvent)] == [newest.id]
    assert (reason_for(case, wrong), reason_for(case, new)) == ("first", "second")


def test_what_was_corrected_already_is_not_corrected_twice(caseload: Caseload, wrong: AnyRecord) -> None:
    correct(caseload, READY, wrong, RIGHT, TODAY, "first")
    before = len(caseload.records(READY))
    with pytest.raises(CannotCorrect):
        correct(caseload, READY, wrong, RIGHT, TODAY, "again")
    assert len(caseload.records(READY)) == before


def test_a_correction_is_about_the_same_and_not_earlier(caseload: Caseload, wrong: AnyRecord) -> None:
    with pytest.raises(CannotCorrect):
        correct(caseload, READY, wrong, RIGHT, TODAY - timedelta(days=1), "dated before")
    readiness = caseload.case(READY).latest(Readiness, "a")
    assert readiness is not None
    with pytest.raises(CannotCorrect):
        correct(caseload, READY, readiness, replace(readiness.body, person_id="b"), TODAY, "about another person")
    with pytest.raises(CannotCorrect):
        correct(caseload, READY, readiness, WRONG, TODAY, "of another kind")


def test_a_record_from_a_machine_whose_clock_is_ahead_can_be_corrected(caseload: Caseload, wrong: AnyRecord) -> None:
    ahead = replace(wrong, id="00000000-0000-4000-8000-000000000001", recorded_at=now() + timedelta(hours=3))
    caseload.keep({READY: [ahead]}, TODAY)
    new, _ = correct(caseload, READY, ahead, RIGHT, TODAY, "the clock was ahead")
    assert new.order > ahead.order


def test_what_was_corrected_can_be_handed_over(caseload: Caseload, wrong: AnyRecord) -> None:
    """The case document refuses a record that supersedes what it may not."""
    correct(caseload, READY, wrong, RIGHT, TODAY, "why")
    written = write_case_document(READY, caseload.records(READY))
    assert len(read_case_document(written, written_at=now(), kept=no_records).records) == len(caseload.records(READY))


def test_other_notes_are_no_reasons(caseload: Caseload, wrong: AnyRecord) -> None:
    caseload.record(READY, [Note(type="decision")], happened_on=TODAY)
    assert reason_for(caseload.case(READY), wrong) is None


def test_what_a_record_is_about_is_known_by_its_key() -> None:
    assert fields_of_key(WRONG) == set()
    assert fields_of_key(Need(factor="housing", identified="yes")) == {"factor", "person_id"}
    assert fields_of_key(Suitability(check="therapy", person_id="a", value="no")) == {"check", "person_id"}
    account = Relationship(between=("a", "b"), status="separating", according_to="a")
    assert fields_of_key(account) == {"between", "according_to"}
