"""The key that seals packs, and what its certificate says."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from spr_desktop.documents.errors import NotAnIdentity
from spr_desktop.documents.identity import SigningIdentity, signer_name
from tests.documents.packs import identity


def certificate_of(of: SigningIdentity) -> x509.Certificate:
    return x509.load_der_x509_certificate(of.certificate)


def test_it_is_the_same_after_it_was_kept() -> None:
    kept = SigningIdentity.from_pem(identity().to_pem())
    assert kept == identity()
    assert kept.fingerprint == identity().fingerprint


def test_the_certificate_names_the_practitioner_and_lasts_three_years() -> None:
    made = SigningIdentity.make(
        name="Łucja O’Neil", role="family worker", organisation="Hampshire", on=datetime(2026, 11, 22, tzinfo=UTC)
    )
    certificate = certificate_of(made)
    assert made.signer == signer_name(made.certificate) == "Łucja O’Neil, family worker, Hampshire"
    assert isinstance(certificate.public_key(), ec.EllipticCurvePublicKey)
    lasts = certificate.not_valid_after_utc - certificate.not_valid_before_utc
    assert timedelta(days=3 * 365) < lasts < timedelta(days=3 * 366)
    usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    assert usage.content_commitment
    assert not usage.key_cert_sign
    certificate.verify_directly_issued_by(certificate)


def test_parts_may_be_empty_or_too_long() -> None:
    assert SigningIdentity.make(name="", role="", organisation="").signer == "a key without a name"
    assert SigningIdentity.make(name="n" * 300, role=" ", organisation="x").signer == f"{'n' * 64}, x"
    assert SigningIdentity.make(name="王" * 300, role="Łucja", organisation="").signer == f"{'王' * 21}, Łucja"


def test_two_identities_differ() -> None:
    one, other = (SigningIdentity.make(name="Jo", role="", organisation="") for _ in range(2))
    assert one.fingerprint != other.fingerprint


def test_the_fingerprint_is_that_which_other_programs_show() -> None:
    plain = identity().fingerprint.replace(" ", "")
    assert plain == hashlib.sha256(identity().certificate).hexdigest().upper()
    assert plain == certificate_of(identity()).fingerprint(hashes.SHA256()).hex().upper()
    assert re.fullmatch(r"([0-9A-F]{4} ){15}[0-9A-F]{4}", identity().fingerprint)


def test_neither_key_nor_pem_is_shown_by_accident() -> None:
    assert "private_key" not in repr(identity())
    assert "PRIVATE" not in identity().certificate_pem()


def another_key() -> str:
    return SigningIdentity.make(name="Jo", role="", organisation="").to_pem().split("-----END CERTIFICATE-----")[1]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nonsense",
        identity().certificate_pem(),
        identity().to_pem().split("-----END CERTIFICATE-----")[1],
        identity().to_pem().replace("A", "B"),
        identity().certificate_pem() + another_key(),
    ],
)
def test_what_is_no_identity_is_refused(text: str) -> None:
    with pytest.raises(NotAnIdentity):
        SigningIdentity.from_pem(text)
