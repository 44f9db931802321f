"""Revocation lists of an organisation: what they say of a key, and that one stands in the file before it is signed."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pypdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils import generic

from spr_desktop.documents.errors import NotAPack, NotARevocationList
from spr_desktop.documents.fitness import Fault, IdentityFault, require_fit, revoked, with_lists
from spr_desktop.documents.identity import SigningIdentity
from spr_desktop.documents.revocation import Standing, read_lists, standing
from spr_desktop.documents.seal import seal
from spr_desktop.documents.verify import Verification, verify
from tests.documents.authorities import Days, Holder, Lists, issue, leaf, revocation_list, root, staff
from tests.documents.packs import laid_out, passphrase, released, run

NOW = datetime.now(UTC)
ISSUERS = (staff().certificate, root().certificate)


def says(*lists: x509.CertificateRevocationList, of: Holder | None = None, at: datetime = NOW) -> Standing:
    found = standing((of or leaf()).certificate, ISSUERS, lists, at)
    assert found is not None
    return found


def words(on: datetime) -> str:
    return f"{on.day} {on:%B %Y}"


# What lists say


def test_a_key_that_is_not_on_the_list_and_the_day_of_the_list() -> None:
    found = says(revocation_list(staff(), issue("Other", staff())))
    assert not found.speaks_against
    assert f"not revoked on the list of {words(NOW - timedelta(days=5))}" in found.said
    assert "out of date" not in found.said


def test_a_key_that_is_on_the_list_was_revoked_whatever_the_day_of_sealing() -> None:
    for at in (NOW, NOW - timedelta(days=5)):
        found = says(revocation_list(staff(), leaf()), at=at)
        assert found.speaks_against
        assert f"certificate of the key was revoked on {words(NOW - timedelta(days=10))}" in found.said
    assert says(revocation_list(staff(), leaf(), days=(-40, -30))).speaks_against


def test_an_authority_that_is_on_the_list_takes_its_keys_along() -> None:
    found = says(revocation_list(staff()), revocation_list(root(), staff()))
    assert found.speaks_against
    assert "an authority above the key was revoked" in found.said
    assert not says(revocation_list(staff()), revocation_list(root())).speaks_against


def test_a_list_that_was_out_of_date_on_the_day_of_sealing() -> None:
    found = says(revocation_list(staff(), days=(-40, -10)))
    assert not found.speaks_against
    assert f"was out of date on the day of sealing: it held until {words(NOW - timedelta(days=10))}" in found.said


def test_the_newest_of_several_lists_counts() -> None:
    old, new = revocation_list(staff(), days=(-40, -10)), revocation_list(staff(), leaf())
    assert says(old, new).speaks_against
    assert says(new, old).speaks_against


def test_a_list_that_is_younger_than_the_seal_says_contradicts_its_day() -> None:
    found = says(revocation_list(staff()), at=NOW - timedelta(days=30))
    assert found.speaks_against
    assert "made after the day of sealing" in found.said


def test_none_at_all_and_none_that_is_needed() -> None:
    assert not says().speaks_against
    assert "carries no revocation list" in says().said
    assert standing(issue("Jo", None).certificate, ISSUERS, (), NOW) is None


SOME: x509.ReasonFlags = x509.ReasonFlags.key_compromise


def part(**more: object) -> tuple[tuple[x509.ExtensionType, bool], ...]:
    values: dict[str, object] = {
        "full_name": None,
        "relative_name": None,
        "only_contains_user_certs": False,
        "only_contains_ca_certs": False,
        "only_some_reasons": None,
        "indirect_crl": False,
        "only_contains_attribute_certs": False,
    }
    return ((x509.IssuingDistributionPoint(**(values | more)), True),)  # type: ignore[arg-type]


ELSEWHERE = [x509.UniformResourceIdentifier("http://crl.example/other.crl")]


@pytest.mark.parametrize(
    "odd",
    [
        lambda: revocation_list(root()),
        lambda: revocation_list(issue("Example Council staff", root(), is_authority=True)),
        lambda: revocation_list(staff(), more=((x509.DeltaCRLIndicator(1), True),)),
        lambda: revocation_list(staff(), more=part(indirect_crl=True)),
        lambda: revocation_list(staff(), more=part(only_contains_ca_certs=True)),
        lambda: revocation_list(staff(), more=part(only_some_reasons=frozenset({SOME}))),
        lambda: revocation_list(staff(), more=part(full_name=ELSEWHERE)),
    ],
)
def test_a_list_of_another_authority_or_only_a_part_of_one_says_nothing(odd: object) -> None:
    assert callable(odd)
    found = says(odd())
    assert not found.speaks_against
    assert "none about this certificate" in found.said
    if odd().issuer != root().certificate.subject:  # which tells of the authority below it
        with pytest.raises(IdentityFault) as fault:
            with_lists(leaf().identity(), [odd().public_bytes(Encoding.PEM)], NOW)
        assert fault.value.fault is Fault.OTHER_LIST


def test_a_list_for_users_certificates_is_about_a_key_and_not_about_an_authority() -> None:
    assert says(revocation_list(staff(), leaf(), more=part(only_contains_user_certs=True))).speaks_against
    assert not says(revocation_list(root(), staff(), more=part(only_contains_user_certs=True))).speaks_against


def test_files_are_read_as_pem_with_several_and_as_der() -> None:
    one, two = revocation_list(staff()), revocation_list(root())
    assert read_lists(one.public_bytes(Encoding.DER)) == [one]
    assert read_lists(b"From the council\n" + one.public_bytes(Encoding.PEM) + two.public_bytes(Encoding.PEM)) == [
        one,
        two,
    ]
    for odd in (b"", b"nonsense", root().pem, root().der, b"-----BEGIN X509 CRL-----\n"):
        with pytest.raises(NotARevocationList):
            read_lists(odd)


# With a key


def der(found: x509.CertificateRevocationList) -> bytes:
    return found.public_bytes(Encoding.DER)


def test_a_newer_list_takes_the_place_of_the_earlier_and_both_are_kept_with_the_key() -> None:
    first, above, later = revocation_list(staff(), days=(-9, 1)), revocation_list(root()), revocation_list(staff())
    identity = with_lists(with_lists(leaf().identity(), [der(first), der(above)], NOW), [der(later)], NOW)
    assert set(identity.lists) == {der(above), der(later)}
    assert SigningIdentity.from_pem(identity.to_pem()) == identity


def test_a_key_that_its_own_list_revokes_seals_nothing() -> None:
    for lists in ((revocation_list(staff(), leaf()),), (revocation_list(staff()), revocation_list(root(), staff()))):
        identity = with_lists(leaf().identity(), map(der, lists), NOW)
        assert revoked(identity) is not None
        with pytest.raises(IdentityFault) as fault:
            require_fit(identity, NOW)
        assert fault.value.fault is Fault.REVOKED
    require_fit(with_lists(leaf().identity(), [der(revocation_list(staff()))], NOW), NOW)


def test_lists_that_cannot_go_with_a_key_are_refused() -> None:
    rootless = leaf().identity(chain=())
    for identity, data, wrong in (
        (leaf().identity(), b"nonsense", Fault.NO_LIST),
        (leaf().identity(), der(revocation_list(staff(), days=(2, 9))), Fault.LIST_TO_COME),
        (rootless, der(revocation_list(staff())), Fault.OTHER_LIST),
    ):
        with pytest.raises(IdentityFault) as fault:
            with_lists(identity, [data], NOW)
        assert fault.value.fault is wrong


# In a sealed document


def sealed_with(lists: Lists, by: Holder | None = None) -> bytes:
    identity = (by or leaf()).identity(lists=lists)
    return seal(laid_out(released()), identity, passphrase(), at=datetime.now().astimezone())


def checked(document: bytes, *named: Holder) -> Verification:
    found = verify(document, passphrase(), [each.pem for each in named])
    assert found.valid
    return found


def test_the_list_stands_in_the_file_before_the_signature_which_covers_it_all(tmp_path: Path) -> None:
    document = sealed_with((revocation_list(staff()), revocation_list(root())))
    assert document.count(b"%%EOF") == 2
    file = tmp_path / "pack.pdf"
    file.write_bytes(document)
    said = run("pdfsig", "-upw", passphrase(), file)
    assert "Signature is Valid" in said
    assert "Total document signed" in said
    assert "No syntax or stream encoding errors" in run("qpdf", "--check", f"--password={passphrase()}", file)
    store = pypdf.PdfReader(io.BytesIO(document), password=passphrase()).trailer["/Root"]["/DSS"]  # type: ignore[index]
    assert [len(store[each]) for each in ("/CRLs", "/Certs")] == [2, 2]
    found = checked(document, root())
    assert found.trusted
    assert "not revoked on the list of" in " ".join(found.findings)
    assert set(json.loads(json.dumps(found.plain()))) == {
        "valid", "intact", "covers_whole_file", "encrypted", "signer", "fingerprint", "trusted", "signed_at",
        "document_ref", "sha256",
    }  # fmt: skip


def test_a_revoked_key_is_not_trusted_although_the_file_is_as_it_was_sealed() -> None:
    document = sealed_with((revocation_list(staff(), leaf()),))
    for named in ([], [root()], [staff()], [leaf()]):
        found = checked(document, *named)
        assert not found.trusted
        assert "was revoked on" in " ".join(found.findings)
        assert "one that you trust" not in " ".join(found.findings)


def test_the_list_is_read_with_the_certificates_in_the_file_where_the_key_itself_is_trusted() -> None:
    key = issue("Seal", root())
    assert "not revoked on" in " ".join(checked(sealed_with((revocation_list(root()),), key), key).findings)
    assert "carries no revocation list" in " ".join(checked(sealed_with((), key), key).findings)


@pytest.mark.parametrize("days", [(-40, -10)])
def test_an_old_list_is_said_and_does_not_take_trust_away(days: Days) -> None:
    found = checked(sealed_with((revocation_list(staff(), days=days),)), root())
    assert found.trusted
    assert "out of date on the day of sealing" in " ".join(found.findings)


@pytest.mark.parametrize("kind", range(5))
def test_what_is_enclosed_and_is_no_list_says_nothing(kind: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A forger may put anything there; either it is read as nothing, or the file is refused."""

    def enclose(writer: Any, identity: SigningIdentity) -> None:
        stream = writer.add_object(generic.StreamObject(stream_data=b"nonsense"))
        number, name, array = generic.NumberObject, generic.pdf_name, generic.ArrayObject
        every: list[Any] = [
            {name("/CRLs"): array([stream] * 50)},
            {name("/CRLs"): number(7)},  # type: ignore[no-untyped-call]
            {name("/Certs"): array([number(7)])},  # type: ignore[no-untyped-call]
            number(7),  # type: ignore[no-untyped-call]
            array([]),
        ]
        odd = every[kind]
        writer.root["/DSS"] = generic.DictionaryObject(odd) if isinstance(odd, dict) else odd  # type: ignore[no-untyped-call]
        writer.update_root()

    monkeypatch.setattr("spr_desktop.documents.seal._enclose", enclose)
    try:
        found = verify(sealed_with(()), passphrase(), [root().pem])
    except NotAPack:
        assert kind in {1, 2, 3}
    else:
        assert "no revocation list" in " ".join(found.findings)
