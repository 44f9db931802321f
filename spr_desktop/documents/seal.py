"""Seals a document: encrypts it first, then signs the encrypted file (the other order destroys the signature).

AES-256 (revision 6) with the document's MAC, then PAdES B-B over the whole file in an incremental update, as
security.md section 4.1 measured. Where the organisation gave a revocation list, it is enclosed and signed with the
rest; B-LT it is not, which needs a timestamp. Bytes in, bytes out; nothing is written to disk.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from asn1crypto import crl, keys, tsp, x509  # type: ignore[import-untyped]
from pyhanko.pdf_utils import layout
from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.attributes import CMSAttributeProvider, SignedAttributeProviderSpec
from pyhanko.sign.general import as_signing_certificate_v2
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator.registry import CertificateStore, SimpleCertificateStore

from spr_desktop.documents.encrypting import Update, encrypted
from spr_desktop.documents.identity import SigningIdentity
from spr_desktop.documents.page import SEAL, SEAL_BOX
from spr_desktop.documents.stamp import stamp

_RESERVED: Final = 6_000
"""Hexadecimal figures kept free for the seal, besides those of its certificates, which may be long.

pyHanko's own estimate is a trial run. Signatures of this kind of key differ in length, so one in a few dozen would not
fit.
"""


def seal(pdf: bytes, identity: SigningIdentity, passphrase: str, *, at: datetime, pin: str = "") -> bytes:
    """The document, encrypted and signed; ``at`` is the local time of sealing, ``pin`` that of a card with the key.

    Raises MissingGlyph and CardFailed.
    """
    return _signed(encrypted(pdf, passphrase), identity, passphrase, at, pin)


def _signed(pdf: bytes, identity: SigningIdentity, passphrase: str, at: datetime, pin: str = "") -> bytes:
    writer = Update(io.BytesIO(pdf))
    writer.encrypt(passphrase)  # type: ignore[no-untyped-call]
    _enclose(writer, identity)
    signer = _signer(identity, pin)
    metadata = signers.PdfSignatureMetadata(
        field_name=SEAL,
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
    )
    session = signers.PdfSigner(metadata, signer, stamp_style=_style(identity, at))
    carried = sum(map(len, (identity.certificate, *identity.issuers())))
    sealed = session.sign_pdf(writer, existing_fields_only=True, bytes_reserved=_RESERVED + 2 * carried)
    return bytes(sealed.getvalue())


def _enclose(writer: Update, identity: SigningIdentity) -> None:
    """Put the revocation lists into the file, with the certificates that show whose they are, before it is signed.

    Readers look for them in the document security store (PAdES). One that is added after the signature, as is usual,
    would be a change of a sealed file.
    """
    if identity.lists:
        DocumentSecurityStore.supply_dss_in_writer(
            writer,
            None,
            certs=[x509.Certificate.load(each) for each in identity.above()],
            crls=[crl.CertificateList.load(each) for each in identity.lists],
        )


def _signer(identity: SigningIdentity, pin: str) -> signers.Signer:
    """What makes the signature, over the certificate and over those above it that the seal carries."""
    above = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    above.register_multiple(x509.Certificate.load(each) for each in identity.issuers())
    certificate = x509.Certificate.load(identity.certificate)
    signer: signers.Signer
    if identity.card:
        signer = _CardSigner(identity, pin, signing_cert=certificate, cert_registry=above)
    else:
        key = keys.PrivateKeyInfo.load(identity.private_key)
        signer = signers.SimpleSigner(signing_cert=certificate, signing_key=key, cert_registry=above)
    signer.signed_attr_prov_spec = _Named((certificate, *above))
    return signer


class _CardSigner(signers.Signer):
    """Has a card sign."""

    def __init__(
        self, identity: SigningIdentity, pin: str, *, signing_cert: x509.Certificate, cert_registry: CertificateStore
    ) -> None:
        super().__init__(signing_cert=signing_cert, cert_registry=cert_registry)
        self._identity = identity
        self._pin = pin

    async def async_sign_raw(
        self,
        data: bytes,
        digest_algorithm: str,  # noqa: ARG002 - SHA-256, which the metadata say
        dry_run: bool = False,
    ) -> bytes:
        """Called by pyHanko; a trial run must not trouble the card."""
        from spr_desktop.documents.card import sign_with_card

        return bytes(_RESERVED // 4) if dry_run else sign_with_card(self._identity, self._pin, data)


class _Named(SignedAttributeProviderSpec):
    """What is signed besides the document: which certificates the seal carries, that of the key first (RFC 5035).

    Without the others being named, a byte of theirs could be changed and the signature would still be right.
    """

    def __init__(self, certificates: Sequence[x509.Certificate]) -> None:
        self._certificates = certificates

    def signed_attr_providers(
        self,
        data_digest: bytes,  # noqa: ARG002 - pyHanko's form
        digest_algorithm: str,  # noqa: ARG002 - pyHanko's form
    ) -> Iterable[CMSAttributeProvider]:
        """Called by pyHanko, which adds the digest itself."""
        yield _CertificatesNamed(self._certificates)


class _CertificatesNamed(CMSAttributeProvider):
    attribute_type = "signing_certificate_v2"

    def __init__(self, certificates: Sequence[x509.Certificate]) -> None:
        self._certificates = certificates

    async def build_attr_value(self, dry_run: bool = False) -> tsp.SigningCertificateV2:  # noqa: ARG002 - pyHanko's form
        """Called by pyHanko."""
        named = [as_signing_certificate_v2(each)["certs"][0] for each in self._certificates]
        return tsp.SigningCertificateV2({"certs": named})


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
