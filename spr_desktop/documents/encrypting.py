"""Encrypts a laid-out file: AES-256 (revision 6) with the document's MAC (ISO/TS 32004).

pyHanko would read every object of the file and write it anew. Only what holds a string or a stream has anything to
encrypt; the rest, hundreds of elements of the structure, is taken over as it stands, under the same numbers.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator
from typing import Any, Final

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.crypt.permissions import StandardPermissions
from pyhanko.pdf_utils.extensions import DeveloperExtension
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import BasePdfFileWriter, PdfFileWriter

_PERMISSIONS: Final = (
    StandardPermissions.ALLOW_ASSISTIVE_TECHNOLOGY
    | StandardPermissions.ALLOW_PRINTING
    | StandardPermissions.ALLOW_HIGH_QUALITY_PRINTING
    | StandardPermissions.ALLOW_CONTENT_EXTRACTION
)
"""What readers are told to allow: it protects nothing, since they do as they please, but must let screen readers in."""

_REVISION_6: Final = DeveloperExtension(
    prefix_name=generic.pdf_name("/ADBE"), base_version=generic.pdf_name("/1.7"), extension_level=8
)
"""As Adobe names this kind of encryption in a file of version 1.7."""

_HEAD_OF_OBJECT: Final = re.compile(rb"\s*(\d+) 0 obj\s")
_NOTHING_TO_ENCRYPT: Final = re.compile(rb"(?:[^(<%]|<<)*")


def encrypted(pdf: bytes, passphrase: str) -> bytes:
    """A laid-out file under a passphrase."""
    source = PdfFileReader(io.BytesIO(pdf))
    writer = _SameNumbers(source)
    for number, content in _objects(pdf):
        writer.take_over(number, content)
    writer.encrypt(owner_pass=passphrase, user_pass=passphrase, perms=_PERMISSIONS)  # type: ignore[no-untyped-call]
    writer.register_extension(_REVISION_6)
    target = io.BytesIO()
    writer.write(target)  # type: ignore[no-untyped-call]
    return target.getvalue()


def _objects(pdf: bytes) -> Iterator[tuple[int, bytes]]:
    """The numbers of all objects of a file as ReportLab writes it, and what stands between ``obj`` and ``endobj``."""
    at = int(pdf[pdf.rindex(b"startxref") + len(b"startxref") :].split()[0])
    lines = pdf[at : pdf.index(b"trailer", at)].splitlines()
    places = sorted(int(line.split()[0]) for line in lines if line.endswith(b" n "))
    for begin, end in zip(places, [*places[1:], at], strict=True):
        head = _HEAD_OF_OBJECT.match(pdf, begin)
        assert head is not None
        yield int(head[1]), pdf[head.end() : pdf.rindex(b"endobj", begin, end)]


class SameVersion(BasePdfFileWriter):
    """A writer of files that say of themselves that they are PDF 1.7, as PDF/UA-1 wants.

    What is younger than that version in them is declared as an extension (ISO 32000-1, 7.12).
    """

    def ensure_output_version(self, version: tuple[int, int]) -> None:
        """Stay; called by pyHanko."""


class _SameNumbers(SameVersion, PdfFileWriter):
    """A new file whose objects have the numbers of an old one's."""

    def __init__(self, source: PdfFileReader) -> None:
        self._custom_trailer_entries = {}
        root, info = source.trailer.raw_get("/Root"), source.trailer.raw_get("/Info")
        self._metadata = source.root.raw_get("/Metadata").idnum
        self._parsed = {root.idnum, info.idnum, self._metadata}
        identity = generic.ArrayObject(generic.ByteStringObject(os.urandom(16)) for _ in range(2))
        BasePdfFileWriter.__init__(
            self,
            generic.IndirectObject(root.idnum, 0, self),  # type: ignore[no-untyped-call]
            generic.IndirectObject(info.idnum, 0, self),  # type: ignore[no-untyped-call]
            identity,
            obj_id_start=int(source.trailer["/Size"]) - 1,
            stream_xrefs=False,
        )

    def take_over(self, number: int, content: bytes) -> None:
        """Put an object of the old file into this one."""
        if number not in self._parsed and b"stream" not in content and _NOTHING_TO_ENCRYPT.fullmatch(content):
            self.objects[(0, number)] = _AsItStands(content.strip())
            return
        at = generic.Reference(number, 0, self)
        parsed = generic.read_object(io.BytesIO(content), at, as_metadata_stream=number == self._metadata)
        self.objects[(0, number)] = parsed


class Update(SameVersion, IncrementalPdfFileWriter):
    """An addition at the end of a file."""


class _AsItStands(generic.PdfObject):
    """An object in which there is nothing to encrypt."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def write_to_stream(self, stream: Any, _handler: Any = None, _container_ref: Any = None) -> None:
        """Called by pyHanko."""
        stream.write(self._content)
