"""What can keep a person from doing what they meant to do. The words for it belong to the face that shows it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spr_desktop.pathway.result import Decision
    from spr_desktop.records.faults import Fault


class CaseworkError(Exception):
    """Anything that keeps a use case from ending well; nothing was lost."""


class NoSuchCase(CaseworkError):
    """The vault holds no case with this reference."""


class WrongOldPassphrase(CaseworkError):
    """What was typed as the passphrase of now is not it."""


class NotReady(CaseworkError):
    """The pathway does not let a pack be made."""

    def __init__(self, decision: Decision) -> None:
        super().__init__(f"{len(decision.in_the_way)} rules stand in the way")
        self.decision = decision


class FileFault(CaseworkError):
    """A file could not be read or written; what was there before is still there."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(why)
        self.path = path
        self.why = why


class FileExists(CaseworkError):
    """There is a file where one was to be written."""

    def __init__(self, path: Path) -> None:
        super().__init__("the file exists")
        self.path = path


class InvalidFiles(CaseworkError):
    """Some files are not valid case documents; nothing was imported from any."""

    def __init__(self, faults: dict[Path, list[Fault]]) -> None:
        super().__init__(f"{len(faults)} files")
        self.faults = faults


class BadBundle(CaseworkError):
    """A bundle, a receipt or a colleague's key is not what it should be; nothing was taken."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why
        """A sentence that names nobody, with what to do."""
