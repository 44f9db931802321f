"""Keeping the caseload up to date: directly where little has grown old, in the background where much has."""

from __future__ import annotations

import threading
from datetime import date, timedelta

import pytest

from spr_desktop.casework import caseload as caseload_module
from spr_desktop.casework import refreshing
from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.refreshing import refresh_all, work_out
from spr_desktop.records.record import AnyRecord
from spr_desktop.records.values import When
from spr_desktop.records.work import Note
from spr_desktop.vault.caseload import CaseSummary
from tests.cases import TODAY, Family

LATER = TODAY + timedelta(days=9)
"""The contacts of a ready family have to be confirmed again."""


def fill(caseload: Caseload, families: int) -> list[str]:
    """Ready families, by their references."""
    records = Family().records()
    refs = [f"AAAA-{number:04}" for number in range(families)]
    caseload.keep(dict.fromkeys(refs, records), TODAY)
    return refs


def outcomes(caseload: Caseload) -> set[str]:
    """How the lines say that cases stand, as they are."""
    return {each.outcome for each in caseload.vault.summaries()}


def test_a_few_old_lines_are_worked_out_when_they_are_looked_at(caseload: Caseload) -> None:
    fill(caseload, 3)
    assert caseload.stale_count(TODAY) == caseload.stale_count(LATER - timedelta(days=1)) == 0
    assert caseload.stale_count(LATER) == 3
    assert {each.outcome for each in caseload.summaries(LATER)} == {"not_yet"}
    assert caseload.stale_count(LATER) == 0
    assert {each.outcome for each in caseload.summaries(TODAY)} == {"pass"}  # the clock went back


def test_many_old_lines_wait(caseload: Caseload, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caseload_module, "FEW", 2)
    refs = fill(caseload, 3)
    assert {each.outcome for each in caseload.summaries(LATER)} == {"pass"}
    caseload.refresh(LATER, only=[refs[1], "ZZZZ-0000"])
    assert caseload.stale_count(LATER) == 2
    assert {each.outcome for each in caseload.summaries(LATER)} == {"not_yet"}
    assert caseload.count() == 3


def test_lines_that_another_version_worked_out_are_old(caseload: Caseload, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(caseload, 2)
    assert Caseload(caseload.vault).stale_count(TODAY) == 0
    monkeypatch.setattr(caseload_module, "__version__", "99")
    newer = Caseload(caseload.vault)
    assert newer.stale_count(TODAY) == 2
    newer.refresh(TODAY)
    assert Caseload(caseload.vault).stale_count(TODAY) == 0


def test_lines_are_worked_out_some_at_a_time_until_it_is_cancelled(
    caseload: Caseload, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refreshing, "_AT_A_TIME", 2)
    fill(caseload, 5)
    told: list[tuple[int, int]] = []
    with caseload.vault.for_background() as background:
        refresh_all(background, LATER, lambda *done: told.append(done), lambda: len(told) == 2)
        assert told == [(2, 5), (4, 5)]
        assert caseload.stale_count(LATER) == 1
        refresh_all(background, LATER, lambda *done: told.append(done), lambda: False)
    assert told[2:] == [(1, 1)]
    assert caseload.stale_count(LATER) == 0
    assert outcomes(caseload) == {"not_yet"}
    caseload.vault.verify(work_out)


def test_line_that_was_worked_out_from_less_than_there_is_now_is_not_kept(caseload: Caseload) -> None:
    (case_ref,) = fill(caseload, 1)

    def slowly(case_ref: str, records: list[AnyRecord], as_of: date) -> CaseSummary:
        found = work_out(case_ref, records, as_of)
        caseload.record(case_ref, [Note(type="visit")], happened_on=When(TODAY))
        return found

    with caseload.vault.for_background() as background:
        background.work_out([case_ref], slowly, TODAY)
    caseload.vault.verify(work_out)
    assert caseload.vault.summaries()[0].last_contact == TODAY


def test_window_reads_and_writes_while_lines_are_worked_out(
    caseload: Caseload, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refreshing, "_AT_A_TIME", 5)
    refs = fill(caseload, 24)
    failures: list[BaseException] = []
    rounds = 0

    def work() -> None:
        try:
            for day in range(8):
                with caseload.vault.for_background() as background:
                    as_of = LATER if day % 2 == 0 else TODAY
                    refresh_all(background, as_of, lambda *_: None, lambda: False)
        except BaseException as failure:  # noqa: BLE001 - shown by the test below
            failures.append(failure)

    thread = threading.Thread(target=work)
    thread.start()
    while thread.is_alive():
        case_ref = refs[rounds % len(refs)]
        caseload.record(case_ref, [Note(type="visit")], happened_on=TODAY)
        caseload.vault.keep_drafts({"form": "x" * 5000, "caret": str(rounds)})
        assert len(caseload.vault.summaries("jo")) == 24
        assert caseload.vault.due(LATER)
        rounds += 1
    thread.join()
    assert not failures
    assert rounds > 10
    caseload.vault.verify(work_out)
