"""Keeping records while somebody else writes to the same case."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from spr_desktop.casework import caseload as module
from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.refreshing import work_out
from spr_desktop.records.people import Person
from spr_desktop.records.record import AnyRecord, Record, now
from spr_desktop.records.values import When
from spr_desktop.vault.caseload import CaseSummary

TODAY = date.today()


def somebody(person_id: str, name: str) -> AnyRecord:
    body = Person(person_id=person_id, role="parent_carer", given_names=name)
    return Record(id=str(uuid4()), happened_on=When(TODAY), recorded_at=now(), recorded_by=None, body=body)


def test_a_row_is_worked_out_from_what_another_connection_added_in_between(
    caseload: Caseload, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_ref = caseload.open_case(TODAY)
    times: list[int] = []

    def meanwhile(ref: str, records: list[AnyRecord], as_of: date) -> CaseSummary:
        times.append(len(records))
        if len(times) == 1:
            with caseload.vault.for_background() as background:
                theirs = [somebody("b", "Bo")]
                background.append(ref, theirs, work_out(ref, [*background.records(ref), *theirs], as_of))
        return work_out(ref, records, as_of)

    monkeypatch.setattr(module, "work_out", meanwhile)
    caseload.keep({case_ref: [somebody("a", "Ada")]}, TODAY)
    monkeypatch.undo()

    assert times == [2, 3]
    assert {each.kind for each in caseload.records(case_ref, proven=True)} == {"case_opened", "person"}
    assert sorted(caseload.vault.summaries()[0].names) == ["Ada", "Bo"]
    assert [each.case_ref for each in caseload.summaries(TODAY, "bo")] == [case_ref]
    caseload.vault.verify(work_out)


def test_what_another_connection_added_already_is_not_counted_twice(caseload: Caseload) -> None:
    case_ref = caseload.open_case(TODAY)
    same = somebody("a", "Ada")
    caseload.keep({case_ref: [same]}, TODAY)
    caseload.keep({case_ref: [same]}, TODAY)
    assert len(caseload.records(case_ref)) == 2
    caseload.vault.verify(work_out)
