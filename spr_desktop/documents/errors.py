"""What can go wrong with a document; apart from the code that raises it, so that a face can tell without loading it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class DocumentError(Exception):
    """Anything that keeps a document from being made or read; nothing was written."""


class NotReady(DocumentError):
    """No pack is made: the pathway does not allow one, or something that every pack needs is not there."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        super().__init__(f"{len(reasons)} reasons against a pack")
        self.reasons = reasons
        """What stands in the way, worst first, in words that name nobody."""


class NotMade(DocumentError):
    """A document of another kind cannot be made of this case, because of what is recorded or not recorded."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        super().__init__(f"{len(reasons)} reasons against a document")
        self.reasons = reasons
        """Why, in words that name nobody."""


@dataclass(frozen=True, slots=True)
class Leak:
    """A forbidden detail that was found."""

    where: str
    """``page 3``, or the part of the file that is not on a page."""
    kind: str


class LeakFound(DocumentError):
    """The document holds what its reader must not see; there is no way around it but to change what was recorded."""

    def __init__(self, leaks: tuple[Leak, ...]) -> None:
        super().__init__(f"{len(leaks)} leaks")
        self.leaks = leaks
        self.records: tuple[str, ...] = ()
        """Ids of the records that are to be mended, where whoever knows the case could tell."""


class SealFailed(DocumentError):
    """The sealed file does not read back as it should; it must not be written or sent."""


class Unreadable(DocumentError):
    """The file cannot be read as a PDF."""


class NotAPack(DocumentError):
    """The file is not a sealed document that can be read."""


class NoReferral(DocumentError):
    """The document is sealed, but it carries no data of a referral, or data of another form."""


class UnknownWording(DocumentError):
    """A pack says something in words that this version does not know; its text is not for people."""


class WrongPackPassphrase(DocumentError):
    """The passphrase does not open the document."""


class NotACertificate(DocumentError):
    """A certificate that the caller trusts is none that can be read."""


class NotARevocationList(DocumentError):
    """A file holds no revocation list that can be read."""


class NotAnIdentity(DocumentError):
    """The text holds no private key with its certificate."""


class CardFailed(DocumentError):
    """A card or token did not seal; ``fault`` is a ``card.CardFault``, and nothing was made or lost."""

    def __init__(self, fault: Enum) -> None:
        super().__init__(fault.value)
        self.fault = fault


class MissingGlyph(DocumentError):
    """No font of the program prints a character; the document is refused rather than printed with a gap."""

    def __init__(self, character: str) -> None:
        super().__init__(f"no font prints the character U+{ord(character):04X}")
        self.character = f"U+{ord(character):04X}"
        """As the Unicode standard writes it."""
