"""Work that takes longer than a blink: done in a thread, its result delivered on the window's own.

A place that goes away is forgotten at once, so that nothing is delivered to a place behind the lock.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

T = TypeVar("T")


class Jobs(QObject):
    """Runs one job after the other; what a job gives is thrown away if the place that wanted it has gone meanwhile."""

    _done = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._pool: ThreadPoolExecutor | None = None
        self._waiting: list[QObject] = []
        self._done.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

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
        self._waiting.append(owner)
        future = self._pool.submit(work)
        future.add_done_callback(lambda each: self._done.emit((each, owner, then, failed, discard)))

    def forget(self, owner: QObject) -> None:
        """Deliver nothing more to an owner that is about to go."""
        self._waiting = [each for each in self._waiting if each is not owner]

    @Slot(object)
    def _deliver(self, delivery: tuple[Future[Any], QObject, Any, Any, Any]) -> None:
        future, owner, then, failed, discard = delivery
        if future.cancelled():  # the window closes
            return
        is_wanted = any(each is owner for each in self._waiting)
        self.forget(owner)
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

    def stop(self) -> None:
        """Wait for the job in hand and drop the others."""
        if self._pool:
            self._pool.shutdown(wait=True, cancel_futures=True)
