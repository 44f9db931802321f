"""Work that takes longer than a blink: done in a thread, its result delivered to a living object on the window's."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

T = TypeVar("T")


class Jobs(QObject):
    """Runs one job after the other; what a job gives is dropped if its owner has gone meanwhile."""

    _done = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._pool: ThreadPoolExecutor | None = None
        self._done.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def start(
        self,
        owner: QObject,
        work: Callable[[], T],
        then: Callable[[T], None],
        failed: Callable[[Exception], None],
        discard: Callable[[T], None] | None = None,
    ) -> None:
        """Do the work; ``then`` or ``failed`` is called while ``owner`` lives, else ``discard`` with the result."""
        from concurrent.futures import ThreadPoolExecutor  # the first screen does without

        if self._pool is None:
            self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="job")
        alive = [True]
        owner.destroyed.connect(lambda: alive.clear())
        future = self._pool.submit(work)
        future.add_done_callback(lambda each: self._done.emit((each, alive, then, failed, discard)))

    @Slot(object)
    def _deliver(self, delivery: tuple[Future[Any], list[bool], Any, Any, Any]) -> None:
        future, alive, then, failed, discard = delivery
        if future.cancelled():
            return
        error = future.exception()
        if isinstance(error, Exception):
            if alive:
                failed(error)
        elif error is not None:
            raise error
        elif alive:
            then(future.result())
        elif discard:
            discard(future.result())

    def stop(self) -> None:
        """Wait for the job in hand and drop the others."""
        if self._pool:
            self._pool.shutdown(wait=True, cancel_futures=True)
