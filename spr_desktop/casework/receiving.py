"""A pack that came from somewhere: whether it is as it was sealed, and the data inside."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from spr_desktop.casework.files import read_file

if TYPE_CHECKING:
    from spr_desktop.documents.verify import Verification as Verification  # the window knows it from here


def verify_pack(path: Path, passphrase: str, trust: Sequence[Path] = ()) -> Verification:
    """Check a pack; raises FileFault, NotAPack, WrongPackPassphrase, NotACertificate."""
    from spr_desktop.documents.verify import verify

    return verify(read_file(path), passphrase, [read_file(each) for each in trust])


def check_certificates(path: Path) -> None:
    """Raises FileFault, or NotACertificate unless a file holds certificates that can be trusted."""
    from spr_desktop.documents.issuing import read_certificates

    read_certificates(read_file(path))


def embedded_data(path: Path, passphrase: str) -> bytes:
    """The data that a pack carries besides its pages; raises as ``verify_pack`` does."""
    from spr_desktop.documents.verify import embedded_data as data_of

    return data_of(read_file(path), passphrase)
