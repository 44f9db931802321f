"""Long jobs: told on the window's thread, one of a name, called off, and stopped before the vault is closed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from ui.jobs import Jobs

LONGEST = 30_000


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[Jobs]:
    owner = QObject()
    made = Jobs(owner)
    yield made
    made.stop_all()


def test_how_far_it_is_arrives_on_the_thread_of_the_window(qtbot: QtBot, jobs: Jobs) -> None:
    here, heard = threading.get_ident(), []

    def work(progress: Callable[[int, int], None], _is_cancelled: Callable[[], bool]) -> None:
        assert threading.get_ident() != here
        for done in range(1, 4):
            progress(done, 3)

    job = jobs.start_long("count", work)
    job.told.connect(lambda: heard.append((job.done, job.of, threading.get_ident() == here)))
    qtbot.waitUntil(lambda: job.has_ended, timeout=LONGEST)
    assert heard == [(1, 3, True), (2, 3, True), (3, 3, True)]
    assert job.error is None


def test_there_is_one_of_a_name_and_other_jobs_do_not_wait_for_it(qtbot: QtBot, jobs: Jobs) -> None:
    may_end = threading.Event()

    def wait(*_: object) -> None:
        may_end.wait(30)

    job = jobs.start_long("wait", wait)
    assert jobs.start_long("wait", lambda *_: None) is job
    heard: list[int] = []
    jobs.start(QObject(jobs), lambda: 7, heard.append, lambda _: None)
    qtbot.waitUntil(lambda: heard == [7], timeout=LONGEST)
    assert not job.has_ended
    may_end.set()
    qtbot.waitUntil(lambda: job.has_ended, timeout=LONGEST)
    assert jobs.start_long("wait", lambda *_: None) is not job


def test_a_failure_is_kept(qtbot: QtBot, jobs: Jobs) -> None:
    def work(*_: object) -> None:
        raise LookupError("not there")

    job = jobs.start_long("fail", work)
    qtbot.waitUntil(lambda: job.has_ended, timeout=LONGEST)
    assert isinstance(job.error, LookupError)


def test_stopping_all_waits_for_the_step_in_hand_and_nothing_is_told_afterwards(qtbot: QtBot, jobs: Jobs) -> None:
    begun, ended = threading.Event(), threading.Event()
    heard: list[str] = []

    def work(progress: Callable[[int, int], None], is_cancelled: Callable[[], bool]) -> None:
        begun.set()
        while not is_cancelled():
            progress(1, 2)
            threading.Event().wait(0.01)
        ended.set()

    job = jobs.start_long("step", work)
    job.ended.connect(lambda: heard.append("ended"))
    assert begun.wait(30)
    short: list[str] = []
    jobs.start(QObject(jobs), lambda: "result", short.append, lambda _: None)
    jobs.stop_all()
    assert ended.is_set()
    assert jobs.long_job("step") is None
    qtbot.waitUntil(lambda: job.has_ended, timeout=LONGEST)
    assert heard == []
    assert short == []
