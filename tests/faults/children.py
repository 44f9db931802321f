"""Children made by forking: cheap enough to make thousands, each with everything loaded already."""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable


def forked(work: Callable[[int], None]) -> tuple[int, int]:
    """A child that works and then ends; its number, and the end of a pipe on which it is heard.

    The work gets the other end, to write to. A child in which something is raised ends with 1.
    """
    read, write = os.pipe()
    child = os.fork()
    if child:
        os.close(write)
        return child, read
    try:
        os.close(read)
        work(write)
        os._exit(0)
    except BaseException:  # noqa: BLE001 - the last place in this process
        traceback.print_exc()
    finally:
        os._exit(1)


def heard(child: int, read: int) -> tuple[bytes, int]:
    """Everything that a child said until it ended, and its status then."""
    with os.fdopen(read, "rb") as file:
        said = file.read()
    return said, os.waitpid(child, 0)[1]
