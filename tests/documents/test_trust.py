"""Whose key it is: certificates of an organisation are followed from the key that sealed to the one that is trusted."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pypdf
import pytest
from asn1crypto import cms, x509  # type: ignore[import-untyped]
from cryptography.hazmat.primitives.asymmetric import ec

from spr_desktop.documents.errors import NotACertificate
from spr_desktop.documents.issuing import read_certificates
from spr_desktop.documents.seal import seal
from spr_desktop.documents.signature import signatures
from spr_desktop.documents.trust import Trust, trust_in
from spr_desktop.documents.verify import verify
from tests.documents.authorities import EMAIL, WEB, Days, Holder, issue, leaf, root, staff
from tests.documents.packs import laid_out, passphrase, released, run

NOW = datetime.now(UTC)


def judged(key: Holder, *named: Holder, at: datetime | None = NOW, chain: tuple[Holder, ...] | None = None) -> Trust:
    """By what stands above a key, or by what is given instead."""
    above = key.identity().issuers() if chain is None else [each.der for each in chain]
    return trust_in(key.der, above, [each.certificate for each in named], at)


def because(found: Trust) -> str:
    assert not found.is_trusted
    return " ".join(found.said)


# What holds


@pytest.mark.parametrize("named", [root, staff, leaf])
def test_a_key_is_trusted_by_the_root_by_what_stands_between_and_by_itself(named: object) -> None:
    assert callable(named)
    assert judged(leaf(), named()).is_trusted


def test_it_is_said_which_day_was_judged_and_that_nothing_proves_it() -> None:
    said = " ".join(judged(leaf(), root()).said)
    assert "under a certificate that you trust: Example Council root." in said
    assert f"judged for {NOW.day} {NOW:%B %Y}" in said
    assert "Nothing else in the file proves that day" in said
    assert "expired since" not in said


def test_a_key_that_expired_after_the_sealing_stays_trusted_and_it_is_said() -> None:
    old = issue("Document sealing", staff(), days=(-300, -10))
    found = judged(old, root(), at=NOW - timedelta(days=100))
    assert found.is_trusted
    assert "has expired since, on" in " ".join(found.said)


def test_what_stands_between_may_come_from_the_caller() -> None:
    assert judged(leaf(), root(), staff(), chain=()).is_trusted
    assert "one between them is missing" in because(judged(leaf(), root(), chain=()))


@pytest.mark.parametrize("purposes", [(), EMAIL, (*WEB, *EMAIL)])
def test_purposes_that_are_for_documents_too(purposes: tuple[object, ...]) -> None:
    assert judged(issue("Seal", staff(), purposes=purposes), root()).is_trusted  # type: ignore[arg-type]


# What does not


def test_another_organisations_root_trusts_nothing_even_of_the_same_name() -> None:
    namesake = issue("Example Council root", None, is_authority=True)
    assert "not issued under a certificate that you trust" in because(judged(leaf(), namesake, chain=()))
    assert not judged(leaf(), namesake).is_trusted
    assert judged(leaf(), namesake, root()).is_trusted


def test_a_certificate_that_may_not_issue_trusts_none_but_itself() -> None:
    """A web server's certificate, an old root that does not say that it is one, and one whose use forbids it."""
    for odd in (
        issue("www", staff(), purposes=WEB),
        issue("root", None, is_authority=None),
        issue("root", None, is_authority=True, signs=False),
    ):
        under = issue("Seal", odd)
        assert "may not issue others" in because(judged(under, odd))
        assert not judged(under, odd, root()).is_trusted
        assert judged(odd, odd).is_trusted


def test_a_certificate_between_that_may_not_issue_breaks_the_way() -> None:
    for odd in (issue("Clerk", staff(), purposes=EMAIL), issue("Clerk", root(), is_authority=None, signs=None)):
        assert "do not hold together" in because(judged(issue("Seal", odd), root()))


def test_a_certificate_for_another_purpose_does_not_speak_for_documents() -> None:
    assert "another purpose than documents" in because(judged(issue("www", staff(), purposes=WEB), root()))
    assert "forbids signing" in because(judged(issue("Mail", staff(), signs=False), root()))


def test_the_length_of_the_way_is_limited_also_by_the_trusted_one() -> None:
    longer = issue("Team", staff(), is_authority=True)
    assert "do not hold together" in because(judged(issue("Seal", longer), root()))
    assert not judged(issue("Seal", longer), staff()).is_trusted
    assert judged(issue("Seal", longer), longer).is_trusted


LONG_AGO, TO_COME = (-900, -600), (600, 900)


@pytest.mark.parametrize(("days", "word"), [(LONG_AGO, "expired"), (TO_COME, "not yet valid")])
def test_each_certificate_of_the_way_must_be_valid_on_the_day_of_sealing(days: Days, word: str) -> None:
    top = issue("Old root", None, days=days, is_authority=True)
    middle = issue("Old staff", root(), days=days, is_authority=True)
    for key, named in (
        (issue("Seal", staff(), days=days), root()),
        (issue("Seal", middle), root()),
        (issue("Seal", middle), middle),
        (issue("Seal", top), top),
    ):
        assert word in because(judged(key, named))


def test_a_day_to_come_and_no_day_at_all_are_not_judged() -> None:
    assert "still to come" in because(judged(leaf(), root(), at=NOW + timedelta(days=3)))
    assert because(judged(leaf(), root(), at=None)).startswith("Whose key it is")


def test_a_key_that_signed_itself_is_another_than_the_one_that_is_trusted() -> None:
    own, other = issue("Jo", None), issue("Jo", None)
    assert judged(own, own).is_trusted
    assert "another key than the one that you trust" in because(judged(own, other))
    assert not judged(own, root()).is_trusted


# Files of certificates


def test_files_are_read_as_pem_with_several_and_as_der() -> None:
    several = b"Certificates of the council\n" + root().pem + staff().pem
    assert read_certificates(several) == [root().certificate, staff().certificate]
    assert read_certificates(root().der) == [root().certificate]
    for odd in (b"", b"nonsense", b"-----BEGIN CERTIFICATE-----\n", root().der[:-1], root().pem[40:]):
        with pytest.raises(NotACertificate):
            read_certificates(odd)


# In a sealed document


@cache
def document() -> bytes:
    return seal(laid_out(released()), leaf().identity(), passphrase(), at=datetime.now().astimezone())


def test_a_seal_carries_those_above_the_key_and_the_root_alone_is_needed() -> None:
    [found] = signatures(document())
    assert (found.certificate, found.chain) == (leaf().der, (staff().der,))
    checked = verify(document(), passphrase(), [root().der])
    assert (checked.valid, checked.trusted) == (True, True)
    assert "Nothing else in the file proves that day" in " ".join(checked.findings)
    assert not verify(document(), passphrase()).trusted
    assert not verify(document(), None, [root().pem]).trusted


def test_a_long_chain_fits_and_strangers_stay_out() -> None:
    first = issue("First", root(), is_authority=True)
    second = issue("Second", first, is_authority=True, key=ec.generate_private_key(ec.SECP521R1()))
    key = issue("Seal", issue("Third", first, is_authority=True))
    identity = key.identity(chain=(second.certificate, *reversed(key.above), staff().certificate, key.certificate))
    sealed = seal(laid_out(released()), identity, passphrase(), at=datetime.now().astimezone())
    [found] = signatures(sealed)
    assert [read_certificates(each)[0] for each in found.chain] == list(key.above[:-1])
    checked = verify(sealed, passphrase(), [root().pem])
    assert (checked.valid, checked.trusted) == (True, True)


def gap_of(sealed: bytes) -> tuple[int, int]:
    fields = pypdf.PdfReader(io.BytesIO(sealed), password=passphrase()).get_fields()
    assert fields
    _, begin, end, _ = fields["Seal"].value["/ByteRange"]
    return begin, end


def test_every_byte_of_the_chain_is_proven() -> None:
    """Changed anywhere, left out, or with another put in, the seal is broken."""
    begin, end = gap_of(document())
    at = document().index(staff().der.hex().upper().encode(), begin, end)
    for place in range(at, at + 2 * len(staff().der), 31):
        changed = bytearray(document())
        changed[place] = ord("0") if changed[place] != ord("0") else ord("1")
        assert not verify(bytes(changed), passphrase()).valid, place
    for certificates in ([leaf()], [leaf(), staff(), root()], [leaf(), root()]):
        assert not verify(resealed(begin, end, certificates), passphrase(), [root().pem]).valid
    assert verify(resealed(begin, end, [leaf(), staff()]), passphrase()).valid


def resealed(begin: int, end: int, certificates: list[Holder]) -> bytes:
    """The document with other certificates in its seal."""
    content = cms.ContentInfo.load(bytes.fromhex(document()[begin + 1 : end - 1].decode("ascii")))
    content["content"]["certificates"] = [
        cms.CertificateChoices({"certificate": x509.Certificate.load(each.der)}) for each in certificates
    ]
    changed: bytes = content.dump(force=True).hex().upper().encode("ascii").ljust(end - begin - 2, b"0")
    return document()[: begin + 1] + changed + document()[end - 1 :]


def test_poppler_finds_the_signature_with_a_chain_valid(tmp_path: Path) -> None:
    file = tmp_path / "pack.pdf"
    file.write_bytes(document())
    said = run("pdfsig", "-upw", passphrase(), file)
    assert "Signature is Valid" in said
    assert "Total document signed" in said
