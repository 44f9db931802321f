"""Encrypts a laid-out file: AES-256 (revision 6) with the document's MAC (ISO/TS 32004)."""

from __future__ import annotations

import io
from typing import Final

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.crypt.permissions import StandardPermissions
from pyhanko.pdf_utils.extensions import DeveloperExtension
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer

_PERMISSIONS: Final = (
    StandardPermissions.ALLOW_ASSISTIVE_TECHNOLOGY
    | StandardPermissions.ALLOW_PRINTING
    | StandardPermissions.ALLOW_HIGH_QUALITY_PRINTING
    | StandardPermissions.ALLOW_CONTENT_EXTRACTION
)
"""What readers are told to allow: it protects nothing, since they do as they please, but must let screen readers in."""

_VERSION: Final = (1, 7)
"""What the file says of itself, as PDF/UA-1 wants; what is younger in it is declared as extensions (ISO 32000-1, 7.12).
"""

_REVISION_6: Final = DeveloperExtension(
    prefix_name=generic.pdf_name("/ADBE"), base_version=generic.pdf_name("/1.7"), extension_level=8
)
"""As Adobe names this kind of encryption in a file of version 1.7."""


def encrypted(pdf: bytes, passphrase: str) -> bytes:
    """A laid-out file under a passphrase."""
    writer = copy_into_new_writer(PdfFileReader(io.BytesIO(pdf)))
    writer.encrypt(owner_pass=passphrase, user_pass=passphrase, perms=_PERMISSIONS)  # type: ignore[no-untyped-call]
    writer.register_extension(_REVISION_6)
    writer.output_version = _VERSION
    target = io.BytesIO()
    writer.write(target)  # type: ignore[no-untyped-call]
    return target.getvalue()


class Update(IncrementalPdfFileWriter):
    """An addition at the end of a file."""

    def ensure_output_version(self, version: tuple[int, int]) -> None:
        """Stay at the version of the file; called by pyHanko."""
