"""What can keep a person from doing what they meant to do. The words for it belong to the face that shows it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spr_desktop.pathway.result import Decision
    from spr_desktop.records.faults import Fault


class CaseworkError(Exception):
    """Anything that keeps a use case from ending well; nothing was lost."""


class NoSuchCase(CaseworkError):
    """The vault holds no case with this reference."""


class NoSuchPerson(CaseworkError):
    """The case knows nobody by this id."""


class NoSuchDocument(CaseworkError):
    """The register holds no document with this reference."""


class DocumentWithdrawn(CaseworkError):
    """The document was withdrawn, so it is not sent."""

    def __init__(self, on: date) -> None:
        super().__init__("the document was withdrawn")
        self.on = on


class FileChanged(CaseworkError):
    """A file is not the document that was registered: another one, or changed since."""

    def __init__(self, path: Path) -> None:
        super().__init__("another file than was registered")
        self.path = path


class PersonNeeded(CaseworkError):
    """A document of this kind is about one person, and nobody was named."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"a {kind} is about one person")
        self.kind = kind


class CaseDisposed(NoSuchCase):
    """The case was disposed of."""

    def __init__(self, case_ref: str, disposed_on: date) -> None:
        super().__init__(case_ref)
        self.case_ref = case_ref
        self.disposed_on = disposed_on


class DisposalRefused(CaseworkError):
    """Cases are not to be disposed of, or not yet; nothing was removed."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = tuple(reasons)


class TooManyAtOnce(CaseworkError):
    """So many cases would go at once that it must be confirmed once more; nothing was removed."""

    def __init__(self, count: int, of: int) -> None:
        super().__init__(f"{count} of {of}")
        self.count = count
        self.of = of


class WrongOldPassphrase(CaseworkError):
    """What was typed as the passphrase of now is not it."""


class TooPlain(CaseworkError):
    """A new passphrase would be guessed too soon; its text says why and what to do, and does not repeat it."""


class OrganisationFileRefused(CaseworkError):
    """A certificate or private key of an organisation will not do; its text says why and what to do."""


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


class PackNotTaken(CaseworkError):
    """A pack does not become a case here; nothing was taken."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why
        """Sentences that name nobody, with what to do."""


class OtherDocument(PackNotTaken):
    """A sealed document that is no referral pack."""
