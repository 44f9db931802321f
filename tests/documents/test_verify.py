"""Whatever is done to a sealed pack, it shows; and no file makes the check itself fail."""

from __future__ import annotations

import io
import json
import random
import re
from datetime import UTC, datetime, timedelta
from functools import cache

import pikepdf
import pypdf
import pytest
from asn1crypto import keys, x509  # type: ignore[import-untyped]
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

from spr_desktop.documents.encrypting import encrypted
from spr_desktop.documents.errors import NotACertificate, NotAPack, WrongPackPassphrase
from spr_desktop.documents.identity import SigningIdentity
from spr_desktop.documents.reading import texts_of_pages
from spr_desktop.documents.seal import _signed, seal
from spr_desktop.documents.verify import embedded_data, verify
from tests.documents.packs import identity, laid_out, passphrase, released, sealed

FIELDS = {
    "valid", "intact", "covers_whole_file", "encrypted", "signer", "fingerprint", "trusted", "signed_at",
    "document_ref", "sha256",
}  # fmt: skip
"""Of the contract (command-line.md)."""


def is_valid(document: bytes) -> bool:
    try:
        return verify(document, passphrase()).valid
    except (NotAPack, WrongPackPassphrase):
        return False


@cache
def gap() -> tuple[int, int]:
    """Where the seal itself stands in the file."""
    match = list(re.finditer(rb"/ByteRange \[0 (\d+) (\d+) \d+\]", sealed()))[-1]
    return int(match[1]), int(match[2])


@cache
def length_of_seal() -> int:
    """Hexadecimal figures of the seal before the zeros that fill the gap."""
    begin, end = gap()
    return len(sealed()[begin + 1 : end - 1].rstrip(b"0"))


# A whole pack


def test_a_whole_pack_is_valid() -> None:
    found = verify(sealed(), passphrase())
    assert found.valid
    assert found.intact
    assert found.covers_whole_file
    assert found.encrypted
    assert found.signer == "Jo Outreach, family worker, Example Outreach"
    assert found.fingerprint == identity().fingerprint
    assert found.document_ref == "K7QX-3M2P"
    assert found.signed_at is not None
    assert datetime.now(UTC) - found.signed_at < timedelta(minutes=10)
    assert "nothing was changed" in found.findings[0]


def test_it_is_told_in_the_fields_of_the_contract() -> None:
    plain = verify(sealed(), passphrase()).plain()
    assert set(plain) - {"findings"} == FIELDS
    assert json.loads(json.dumps(plain)) == plain


def test_a_key_is_trusted_only_if_the_caller_says_so() -> None:
    another = SigningIdentity.make(name="Jo Outreach", role="family worker", organisation="Example Outreach")
    mine, others = identity().certificate_pem().encode(), another.certificate_pem().encode()
    assert not verify(sealed(), passphrase()).trusted
    assert not verify(sealed(), passphrase(), [others]).trusted
    assert verify(sealed(), passphrase(), [others, mine]).trusted
    assert verify(sealed(), passphrase(), [others + mine]).trusted
    with pytest.raises(NotACertificate):
        verify(sealed(), passphrase(), [b"nonsense"])


def test_a_key_whose_certificate_had_run_out_is_not_trusted() -> None:
    old = SigningIdentity.make(name="Jo", role="", organisation="", on=datetime(2019, 1, 1, tzinfo=UTC))
    document = seal(laid_out(released()), old, passphrase(), at=_now())
    found = verify(document, passphrase(), [old.certificate_pem().encode()])
    assert found.valid
    assert not found.trusted
    assert "not valid on the day" in " ".join(found.findings)


def test_without_the_passphrase_the_seal_is_checked_but_nothing_is_called_valid() -> None:
    found = verify(sealed())
    assert (found.valid, found.intact, found.covers_whole_file) == (False, True, True)
    assert found.fingerprint == identity().fingerprint
    assert found.document_ref is None


@pytest.mark.parametrize("wrong", ["", "x", "00000-00000-00000-00000-00000", "пароль", "\x00", "x" * 500])
def test_a_wrong_passphrase_is_told_apart_from_damage(wrong: str) -> None:
    with pytest.raises(WrongPackPassphrase):
        verify(sealed(), wrong)


def test_the_data_come_out_of_a_valid_pack_only() -> None:
    assert json.loads(embedded_data(sealed(), passphrase()))["reference"] == "K7QX-3M2P"
    with pytest.raises(NotAPack):
        embedded_data(sealed() + b"\n", passphrase())
    with pytest.raises(WrongPackPassphrase):
        embedded_data(sealed(), "x")


# One changed byte


def flipped(at: int, mask: int) -> bytes:
    changed = bytearray(sealed())
    changed[at] ^= mask
    return bytes(changed)


def test_one_changed_byte_anywhere_is_reported() -> None:
    chance = random.Random(14)
    for at in chance.sample(range(len(sealed())), 500):
        assert not is_valid(flipped(at, 1 << chance.randrange(8))), at


def test_one_changed_byte_in_the_seal_itself_is_reported() -> None:
    """Everywhere in the gap: the structure of the seal, its padding, the case of its figures, the brackets."""
    chance = random.Random(15)
    begin, end = gap()
    edge = begin + 1 + length_of_seal()
    places = {*chance.sample(range(begin, edge), 250), *chance.sample(range(edge, end), 50)}
    places |= {*range(begin - 3, begin + 12), *range(edge - 6, edge + 6)}
    for at in sorted(places | set(range(end - 8, end + 3))):
        for mask in (0x20, 1 << chance.randrange(8)):
            assert not is_valid(flipped(at, mask)), (at, mask)


def test_a_seal_in_small_letters_is_not_the_seal_that_was_made() -> None:
    begin, end = gap()
    assert not is_valid(sealed()[:begin] + sealed()[begin:end].lower() + sealed()[end:])


def test_every_byte_of_the_padding_counts() -> None:
    begin, end = gap()
    for at in range(begin + 1 + length_of_seal() + 2, end - 1, 23):
        assert not is_valid(sealed()[:at] + b"1" + sealed()[at + 1 :])


# Other changes


@pytest.mark.parametrize("added", [b"\n", b" ", b"%%EOF\n", b"\x00" * 64, b"% comment\n%%EOF"])
def test_what_is_added_at_the_end_is_reported(added: bytes) -> None:
    found = verify(sealed() + added, passphrase())
    assert (found.valid, found.intact, found.covers_whole_file) == (False, True, False)
    assert found.signer is not None


def test_what_is_put_before_the_beginning_is_reported() -> None:
    assert not is_valid(b"\n" + sealed())


@pytest.mark.parametrize("part", [1, 10, 100, 1000, 5000, 20_000])
def test_a_cut_file_is_reported(part: int) -> None:
    assert not is_valid(sealed()[:-part])
    assert not is_valid(sealed()[part:])


def updated() -> bytes:
    """The pack with its second page replaced by an incremental update, by somebody who has the passphrase."""
    writer = IncrementalPdfFileWriter(io.BytesIO(sealed()))
    writer.encrypt(passphrase())  # type: ignore[no-untyped-call]
    pages = writer.root.raw_get("/Pages")
    kids = pages.get_object()["/Kids"]
    kids[1] = kids.raw_get(2)
    writer.mark_update(pages)
    target = io.BytesIO()
    writer.write(target)  # type: ignore[no-untyped-call]
    return target.getvalue()


def test_a_page_replaced_by_an_update_is_reported() -> None:
    changed = updated()
    assert texts_of_pages(changed, passphrase())[1] == texts_of_pages(sealed(), passphrase())[2]
    found = verify(changed, passphrase())
    assert (found.valid, found.intact, found.covers_whole_file) == (False, True, False)
    assert "added after the seal" in " ".join(found.findings)


def test_the_revision_before_the_seal_is_reported_as_unsealed() -> None:
    unsealed = encrypted(laid_out(released()), passphrase())
    assert sealed().count(b"%%EOF") == 2
    cut = sealed()[: sealed().index(b"%%EOF") + 6]
    for document in (unsealed, cut):
        found = verify(document, passphrase())
        assert (found.valid, found.intact, found.signer, found.encrypted) == (False, False, None, True)
        assert "no seal" in found.findings[0]


def test_a_file_saved_anew_is_reported() -> None:
    again, plain = io.BytesIO(), io.BytesIO()
    with pikepdf.open(io.BytesIO(sealed()), password=passphrase()) as opened:
        opened.save(again)
        opened.save(plain, encryption=False)
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(sealed()), password=passphrase()))
    rewritten = io.BytesIO()
    writer.write(rewritten)
    for document in (again, plain, rewritten):
        assert not is_valid(document.getvalue())


def test_a_pack_that_is_signed_but_not_encrypted_is_not_valid() -> None:
    laid = laid_out(released())
    assert not verify(laid, passphrase()).encrypted
    assert not is_valid(laid)


def test_the_key_of_a_changed_file_speaks_for_nothing() -> None:
    """A script that asks only whether the key is trusted must not take a file with another page."""
    mine = identity().certificate_pem().encode()
    assert verify(sealed(), trust=[mine]).trusted
    at = sealed().index(b"stream") + 20
    flipped_byte = sealed()[:at] + bytes([sealed()[at] ^ 1]) + sealed()[at + 1 :]
    for changed in (updated(), flipped_byte, sealed() + b"\n"):
        assert not verify(changed, passphrase(), [mine]).trusted


def test_a_second_signature_is_reported() -> None:
    """Somebody with the passphrase adds a signature of their own; it covers the whole file."""
    another = SigningIdentity.make(name="Somebody Else", role="", organisation="")
    twice = _signed_again(another)
    found = verify(twice, passphrase())
    assert not found.valid
    assert "more than one" in " ".join(found.findings)


def _signed_again(by: SigningIdentity) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(sealed()))
    writer.encrypt(passphrase())  # type: ignore[no-untyped-call]
    signer = signers.SimpleSigner(
        signing_cert=x509.Certificate.load(by.certificate),
        signing_key=keys.PrivateKeyInfo.load(by.private_key),
        cert_registry=SimpleCertificateStore(),  # type: ignore[no-untyped-call]
    )
    metadata = signers.PdfSignatureMetadata(
        field_name="Second", md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES
    )

    class Careless(signers.PdfSigner):
        def _enforce_certification_constraints(self, reader: PdfFileReader) -> None:
            """The seal forbids further signatures; a forger does not ask."""

    session = Careless(metadata, signer, new_field_spec=fields.SigFieldSpec("Second"))
    return bytes(session.sign_pdf(writer).getvalue())


def test_another_key_is_another_signer() -> None:
    """Who has the passphrase can seal other contents; the fingerprint tells, nothing else does."""
    another = SigningIdentity.make(name="Jo Outreach", role="family worker", organisation="Example Outreach")
    forged = seal(laid_out(released()), another, passphrase(), at=datetime.now().astimezone())
    found = verify(forged, passphrase(), [identity().certificate_pem().encode()])
    assert found.valid
    assert not found.trusted
    assert found.fingerprint != identity().fingerprint


def test_the_seal_of_one_pack_does_not_fit_another() -> None:
    other = _signed(encrypted(laid_out(released("couple_support")), passphrase()), identity(), passphrase(), _now())
    match = list(re.finditer(rb"/ByteRange \[0 (\d+) (\d+) \d+\]", other))[-1]
    begin, end = int(match[1]), int(match[2])
    mine = sealed()[gap()[0] : gap()[0] + 1 + length_of_seal()].ljust(end - begin - 1, b"0") + b">"
    assert is_valid(other)
    assert not is_valid(other[:begin] + mine + other[end:])


def _now() -> datetime:
    return datetime.now().astimezone()
