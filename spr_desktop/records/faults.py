"""What can be wrong with a case document, said so that a person can mend it and nobody's details are repeated."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

FAULTS_LISTED: Final = 20
"""How many faults are listed at the most (records.md section 2)."""

_PLAIN_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,39}")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, and where."""

    path: str
    message: str
    """What is wrong, as the end of a sentence that begins with the path; it never repeats what stood there."""
    record: str | None = None
    """The id of the record, where it has a readable one."""

    def __str__(self) -> str:
        return f"{self.path}{f' (record {self.record})' if self.record else ''} {self.message}"


class InvalidDocument(Exception):
    """The document is not of the form; nothing of it was taken."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = faults


class NewerDocument(Exception):
    """The document is of a version that this program does not know yet."""


class Faults:
    """Collects faults and gives up once as many are found as will be listed."""

    def __init__(self) -> None:
        self.found: list[Fault] = []

    def add(self, path: str, message: str, record: str | None = None) -> None:
        """Note a fault; raises InvalidDocument when the list is full."""
        self.found.append(Fault(path, message, record))
        if len(self.found) >= FAULTS_LISTED:
            raise InvalidDocument(self.found)

    def raise_any(self) -> None:
        """Raises InvalidDocument if there was a fault."""
        if self.found:
            raise InvalidDocument(self.found)


def below(path: str, key: str | int) -> str:
    """The path of something inside; a key that is not a plain name is not repeated."""
    if isinstance(key, int):
        return f"{path}[{key}]"
    return f"{path}.{key}" if _PLAIN_KEY.fullmatch(key) else f'{path}["…"]'
