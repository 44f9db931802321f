"""Jobs: results arrive on the window's thread, in order, and never at a place that has gone."""

from __future__ import annotations

import threading

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from ui.jobs import Jobs


def refuse(error: Exception) -> None:
    raise AssertionError(f"a job failed: {error}")


def test_results_arrive_in_order_on_the_thread_of_the_window(qtbot: QtBot) -> None:
    owner = QObject()
    jobs = Jobs(owner)
    heard: list[tuple[int, bool]] = []
    here = threading.get_ident()
    for number in range(200):
        place = QObject(owner)
        jobs.start(
            place,
            lambda number=number: number,  # type: ignore[misc]
            lambda found: heard.append((found, threading.get_ident() == here)),
            refuse,
        )
    qtbot.waitUntil(lambda: len(heard) == 200, timeout=30_000)
    assert heard == [(number, True) for number in range(200)]
    jobs.stop_all()


def test_a_place_that_has_gone_hears_nothing_and_its_result_is_thrown_away(qtbot: QtBot) -> None:
    owner = QObject()
    jobs = Jobs(owner)
    may_end = threading.Event()
    heard: list[str] = []
    thrown_away: list[str] = []

    def work() -> str:
        may_end.wait(30)
        return "a caseload that is open"

    jobs.start(owner, work, heard.append, refuse, thrown_away.append)
    jobs.forget(owner)
    may_end.set()
    qtbot.waitUntil(lambda: bool(thrown_away), timeout=30_000)
    assert (heard, thrown_away) == ([], ["a caseload that is open"])
    jobs.stop_all()


def test_a_failure_is_told(qtbot: QtBot) -> None:
    owner = QObject()
    jobs = Jobs(owner)
    failures: list[Exception] = []

    def work() -> None:
        raise LookupError("not there")

    jobs.start(owner, work, lambda _: None, failures.append)
    qtbot.waitUntil(lambda: bool(failures), timeout=30_000)
    assert isinstance(failures[0], LookupError)
    jobs.stop_all()
