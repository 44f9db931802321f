"""Work that takes longer than a blink: done in a thread, its result delivered on the window's own.

A place that goes away is forgotten at once, so that nothing is delivered to a place behind the lock.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

T = TypeVar("T")


class LongJob(QObject):
    """Work over many things that goes on while the window is used: it says how far it is, and can be called off.

    It has a thread of its own, so that nothing else waits for it. Signals arrive on the window's thread.
    """

    told = Signal()
    """It has come further: see ``done`` and ``of``."""
    ended = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.done = 0
        self.of = 0
        self.has_ended = False
        self.error: Exception | None = None
        self._called_off = threading.Event()

    def is_cancelled(self) -> bool:
        """Whether it is to give up; the work asks between two of its steps."""
        return self._called_off.is_set()

    def cancel(self) -> None:
        """Let it give up after the step in hand; what it has done stays done."""
        self._called_off.set()


class Jobs(QObject):
    """Runs one job after the other; what a job gives is thrown away if the place that wanted it has gone meanwhile."""

    _done = Signal(object)
    _told = Signal(object)
    _ended = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._pool: ThreadPoolExecutor | None = None
        self._waiting: dict[int, QObject] = {}
        """Who waits for which job, by its number: one owner may have asked for another since."""
        self._number = 0
        self._long: dict[str, tuple[LongJob, threading.Thread]] = {}
        self._done.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._told.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        self._ended.connect(self._end, Qt.ConnectionType.QueuedConnection)

    def start(
        self,
        owner: QObject,
        work: Callable[[], T],
        then: Callable[[T], None],
        failed: Callable[[Exception], None],
        discard: Callable[[T], None] | None = None,
    ) -> None:
        """Do the work; then ``then`` or ``failed`` is called, or ``discard`` if the owner was forgotten meanwhile."""
        from concurrent.futures import ThreadPoolExecutor  # the first screen does without

        if self._pool is None:
            self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="job")
        self._number += 1
        number = self._number
        self._waiting[number] = owner
        future = self._pool.submit(work)
        future.add_done_callback(lambda each: self._done.emit((each, number, then, failed, discard)))

    def forget(self, owner: QObject) -> None:
        """Deliver nothing more to an owner that is about to go, or wants something else now."""
        self._waiting = {number: each for number, each in self._waiting.items() if each is not owner}

    # Long jobs

    def long_job(self, name: str) -> LongJob | None:
        """The long job of this name that runs, or was the last; None since the lock."""
        found = self._long.get(name)
        return found[0] if found else None

    def start_long(self, name: str, work: Callable[[Callable[[int, int], None], Callable[[], bool]], None]) -> LongJob:
        """Start a long job, or give the one of this name that runs.

        The work is called with what it tells (how many of how many are done) and asks (whether it is to give up).
        """
        running = self.long_job(name)
        if running and not running.has_ended:
            return running
        job = LongJob(self)

        def run() -> None:
            error = None
            try:
                work(lambda done, of: self._told.emit((job, done, of)), job.is_cancelled)
            except Exception as failure:  # noqa: BLE001 - told on the window's thread
                error = failure.with_traceback(None)  # its frames would keep the families that it worked on
            self._ended.emit((job, error))

        thread = threading.Thread(target=run, name=f"long job: {name}", daemon=True)
        self._long[name] = (job, thread)
        thread.start()
        return job

    @Slot(object)
    def _tell(self, told: tuple[LongJob, int, int]) -> None:
        job, done, of = told
        job.done, job.of = done, of
        if self._is_known(job) and not job.is_cancelled():
            job.told.emit()

    @Slot(object)
    def _end(self, ended: tuple[LongJob, Exception | None]) -> None:
        job, error = ended
        job.error = error
        job.has_ended = True
        if self._is_known(job):
            job.ended.emit()

    def _is_known(self, job: LongJob) -> bool:
        """Not since the lock: nothing is told to a place behind it."""
        return any(each is job for each, _ in self._long.values())

    def stop_all(self) -> None:
        """Call off long jobs, drop what waits, and wait for the step in hand: the vault is closed next."""
        for job, _ in self._long.values():
            job.cancel()
        for _, thread in self._long.values():
            thread.join()
        self._long.clear()
        if self._pool:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None  # with its thread goes what the last job was about
        self._waiting.clear()

    @Slot(object)
    def _deliver(self, delivery: tuple[Future[Any], int, Any, Any, Any]) -> None:
        future, number, then, failed, discard = delivery
        if future.cancelled():  # it never began
            return
        is_wanted = self._waiting.pop(number, None) is not None
        error = future.exception()
        if error is None:
            if is_wanted:
                then(future.result())
            elif discard:
                discard(future.result())
        elif not isinstance(error, Exception):
            raise error
        elif is_wanted:
            failed(error)
