"""Seals a document: encrypts it first, then signs the encrypted file (the other order destroys the signature).

AES-256 (revision 6) with the document's MAC, then PAdES B-B over the whole file in an incremental update, as
security.md section 4.1 measured. Bytes in, bytes out; nothing is written to disk.
"""

from __future__ import annotations

import io
from datetime import datetime
from typing import Final

from asn1crypto import keys, x509  # type: ignore[import-untyped]
from pyhanko.pdf_utils import layout
from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from spr_desktop.documents.encrypting import Update, encrypted
from spr_desktop.documents.identity import SigningIdentity
from spr_desktop.documents.page import SEAL, SEAL_BOX
from spr_desktop.documents.stamp import stamp

_RESERVED: Final = 6_000
"""Hexadecimal figures kept free for the seal, besides those of an issued certificate, which may be long.

pyHanko's own estimate is a trial run. Signatures of this kind of key differ in length, so one in a few dozen would not
fit.
"""


def seal(pdf: bytes, identity: SigningIdentity, passphrase: str, *, at: datetime) -> bytes:
    """The document, encrypted and signed; ``at`` is the local time of sealing. Raises MissingGlyph."""
    return _signed(encrypted(pdf, passphrase), identity, passphrase, at)


def _signed(pdf: bytes, identity: SigningIdentity, passphrase: str, at: datetime) -> bytes:
    writer = Update(io.BytesIO(pdf))
    writer.encrypt(passphrase)  # type: ignore[no-untyped-call]
    signer = signers.SimpleSigner(
        signing_cert=x509.Certificate.load(identity.certificate),
        signing_key=keys.PrivateKeyInfo.load(identity.private_key),
        cert_registry=SimpleCertificateStore(),  # type: ignore[no-untyped-call]
    )
    metadata = signers.PdfSignatureMetadata(
        field_name=SEAL,
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
    )
    session = signers.PdfSigner(metadata, signer, stamp_style=_style(identity, at))
    room = _RESERVED + 2 * len(identity.certificate)
    sealed = session.sign_pdf(writer, existing_fields_only=True, bytes_reserved=room)
    return bytes(sealed.getvalue())


def _style(identity: SigningIdentity, at: datetime) -> StaticStampStyle:
    left, lower, right, upper = SEAL_BOX
    return StaticStampStyle(
        border_width=0,
        background=_StampPage(stamp(identity.signer, at, right - left, upper - lower)),
        background_layout=layout.SimpleBoxLayoutRule(
            x_align=layout.AxisAlignment.ALIGN_MIN,
            y_align=layout.AxisAlignment.ALIGN_MIN,
            inner_content_scaling=layout.InnerScaling.NO_SCALING,
        ),
    )


class _StampPage(PdfContent):
    """The visible part of the seal, taken over from a page in memory."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self._page = page

    def render(self) -> bytes:
        """The operators that show the page; called by pyHanko."""
        writer = self.writer
        assert writer is not None
        form = writer.import_page_as_xobject(PdfFileReader(io.BytesIO(self._page)))
        self.resources.xobject["/Stamp"] = form
        left, lower, right, upper = SEAL_BOX
        self.box = layout.BoxConstraints(width=right - left, height=upper - lower)
        return b"/Stamp Do"
