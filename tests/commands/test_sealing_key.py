"""Sealing with a certificate of the organisation, and a certificate of one's own whose time is over."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12

from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.errors import OrganisationFileRefused
from spr_desktop.casework.failures import family_of
from spr_desktop.casework.making import PACK, Wish, make
from spr_desktop.casework.sealing_key import (
    ISSUED,
    card_words,
    earlier_keys,
    enclose_lists,
    key_warning,
    seal_with_card,
    seal_with_issued,
    seal_with_own,
    sealing_identity,
    sealing_key,
)
from spr_desktop.documents.card import CardFault
from spr_desktop.documents.errors import CardFailed
from spr_desktop.documents.identity import VALID_FOR, Card, SigningIdentity
from spr_desktop.documents.reading import texts_of_pages
from tests.commands.conftest import Run
from tests.documents.authorities import WEB, Holder, revocation_list, root, staff
from tests.documents.cards import PIN, card
from tests.documents.issued import PASSWORD, SIGNER, issued, rsa_key
from tests.vaults import READY


@pytest.fixture
def password(tmp_path: Path) -> Path:
    file = tmp_path / "p12-password"
    file.write_text(PASSWORD + "\n", "utf-8")
    return file


def written(tmp_path: Path, data: bytes) -> Path:
    file = tmp_path / "seal.p12"
    file.write_bytes(data)
    return file


def pack(run: Run, vault: Path, secret: Path, tmp_path: Path) -> tuple[Path, Path]:
    """A sealed pack, and the file with its passphrase."""
    target, opens = tmp_path / "pack.pdf", tmp_path / "password"
    made = run(
        "document", vault, READY, "referral-pack", "--to", target, "--password-to", opens, "--passphrase-file", secret
    )
    assert made.code == 0, made.err
    return target, opens


@pytest.mark.parametrize("kind", ["rsa", "p384"])
def test_a_pack_is_sealed_with_the_organisations_certificate(
    run: Run, vault: Path, secret: Path, password: Path, tmp_path: Path, kind: str
) -> None:
    file = written(tmp_path, issued(rsa_key() if kind == "rsa" else ec.generate_private_key(ec.SECP384R1())))
    own = json.loads(run("seal-with", vault, "--json", "--passphrase-file", secret).out)
    chosen = run(
        "seal-with", vault, "--pkcs12", file, "--password-file", password, "--json", "--passphrase-file", secret
    )
    assert chosen.code == 0, chosen.err
    key = json.loads(chosen.out)
    assert (key["issued"], key["signer"], own["issued"]) == (True, SIGNER, False)
    target, opens = pack(run, vault, secret, tmp_path)
    certificate = pkcs12.load_key_and_certificates(file.read_bytes(), PASSWORD.encode())[1]
    assert certificate
    trust = tmp_path / "trust.pem"
    trust.write_bytes(certificate.public_bytes(Encoding.PEM))
    found = json.loads(run("verify", target, "--password-file", opens, "--trust", trust, "--json").out)
    assert (found["valid"], found["trusted"], found["signer"]) == (True, True, SIGNER)
    trust.write_bytes(root().der)
    by_root = run("verify", target, "--password-file", opens, "--trust", trust)
    assert "issued under a certificate that you trust: Example Council root." in by_root.out
    assert "day of sealing by the sender's clock" in by_root.out
    assert found["fingerprint"] == key["fingerprint"] != own["fingerprint"]
    said = opens.read_text("utf-8").strip()
    pages = " ".join(" ".join(texts_of_pages(target.read_bytes(), said)).split())
    assert f"Sealed by {SIGNER}" in pages
    signed = subprocess.run(["pdfsig", "-upw", said, target], capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid" in signed
    assert "Total document signed" in signed


def test_a_changed_byte_of_a_seal_with_an_issued_key_is_noticed(
    run: Run, vault: Path, secret: Path, password: Path, tmp_path: Path
) -> None:
    file = written(tmp_path, issued())
    run("seal-with", vault, "--pkcs12", file, "--password-file", password, "--passphrase-file", secret)
    target, opens = pack(run, vault, secret, tmp_path)
    data = target.read_bytes()
    begin = data.index(b"/Contents <") + len(b"/Contents <")
    for at in (*range(begin, begin + 4_000, 211), len(data) - 5):
        changed = bytearray(data)
        changed[at] ^= 1
        other = tmp_path / "changed.pdf"
        other.write_bytes(changed)
        assert run("verify", other, "--password-file", opens, "--json").code == 6, at


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (lambda: issued(rsa_key(1_024)), "too weak"),
        (lambda: issued(days=(-400, -1)), "has expired"),
        (lambda: issued(days=(2, 400)), "not valid yet"),
        (lambda: issued(signs=False), "forbids signing"),
        (lambda: issued(purposes=WEB), "something else, such as a web server"),
        (lambda: issued(ed25519.Ed25519PrivateKey.generate()), "kind that seals nothing here"),
        (lambda: b"no such file", "no PKCS#12 file"),
    ],
)
def test_what_will_not_do_is_refused_and_changes_nothing(
    run: Run, vault: Path, secret: Path, password: Path, tmp_path: Path, data: object, said: str
) -> None:
    file = written(tmp_path, data())  # type: ignore[operator]
    refused = run("seal-with", vault, "--pkcs12", file, "--password-file", password, "--passphrase-file", secret)
    assert refused.code == 6
    assert said in refused.err
    assert not json.loads(run("seal-with", vault, "--json", "--passphrase-file", secret).out)["issued"]


def test_a_wrong_password_is_said(run: Run, vault: Path, secret: Path, tmp_path: Path) -> None:
    file = written(tmp_path, issued())
    refused = run("seal-with", vault, "--pkcs12", file, "--password-file", secret, "--passphrase-file", secret)
    assert refused.code == 6
    assert "password of the file is not the right one" in refused.err


def test_going_back_to_the_own_key_remembers_the_other(
    run: Run, vault: Path, secret: Path, password: Path, tmp_path: Path
) -> None:
    file = written(tmp_path, issued())
    own = json.loads(run("seal-with", vault, "--json", "--passphrase-file", secret).out)
    key = json.loads(
        run(
            "seal-with", vault, "--pkcs12", file, "--password-file", password, "--json", "--passphrase-file", secret
        ).out
    )
    back = json.loads(run("seal-with", vault, "--own", "--json", "--passphrase-file", secret).out)
    assert back["fingerprint"] == own["fingerprint"]
    assert key["fingerprint"] in [each["fingerprint"] for each in back["earlier"]]


def test_an_own_certificate_is_made_anew_in_time(opened: Caseload) -> None:
    with opened as caseload:
        first = sealing_identity(caseload)
        bundles = caseload.identity().fingerprint
        nearly = datetime.now(UTC) + VALID_FOR - timedelta(days=20)
        assert key_warning(caseload, datetime.now(UTC).date()) is None
        assert "made anew" in (key_warning(caseload, nearly.date()) or "")
        second = sealing_identity(caseload, nearly)
        assert second.fingerprint != first.fingerprint
        assert second.expires > nearly + timedelta(days=1_000)
        assert sealing_identity(caseload, nearly) == second
        assert [each.fingerprint for each in earlier_keys(caseload)] == [first.fingerprint]
        assert caseload.identity().fingerprint == bundles
        assert key_warning(caseload, nearly.date()) is None


def test_an_issued_certificate_that_has_expired_seals_nothing(opened: Caseload) -> None:
    with opened as caseload:
        file = caseload.vault.folder.parent / "seal.p12"
        file.write_bytes(issued(days=(-1, 10)))
        assert seal_with_issued(caseload, file, PASSWORD).is_issued
        assert "expires on" in (key_warning(caseload, datetime.now(UTC).date()) or "")
        with pytest.raises(OrganisationFileRefused, match="has expired"):
            sealing_identity(caseload, datetime.now(UTC) + timedelta(days=11))


def test_the_chain_is_kept_in_the_vault(opened: Caseload) -> None:
    with opened as caseload:
        file = caseload.vault.folder.parent / "seal.p12"
        file.write_bytes(issued())
        seal_with_issued(caseload, file, PASSWORD)
        identity = sealing_identity(caseload)
        above = [x509.load_der_x509_certificate(each) for each in identity.chain]
        assert above == [staff().certificate, root().certificate]
        assert SigningIdentity.from_pem(identity.to_pem()) == identity
        assert sealing_key(caseload).signer == SIGNER


# Revocation lists


def list_file(tmp_path: Path, found: x509.CertificateRevocationList) -> Path:
    file = tmp_path / "staff.crl"
    file.write_bytes(found.public_bytes(Encoding.DER))
    return file


def test_a_revocation_list_goes_into_what_is_sealed(
    run: Run, vault: Path, secret: Path, password: Path, tmp_path: Path
) -> None:
    file, opened_by = written(tmp_path, issued()), ("--passphrase-file", secret)
    crl = list_file(tmp_path, revocation_list(staff(), days=(-40, -10)))
    assert run("seal-with", vault, "--crl", crl, *opened_by).code == 6
    assert run("seal-with", vault, "--own", "--crl", crl, *opened_by).code == 2
    chosen = run("seal-with", vault, "--pkcs12", file, "--password-file", password, "--crl", crl, *opened_by)
    assert chosen.code == 0, chosen.err
    assert "What it seals carries the revocation list of" in chosen.out
    assert "is out of date" in chosen.out
    target, opens = pack(run, vault, secret, tmp_path)
    trust = tmp_path / "root.pem"
    trust.write_bytes(root().pem)
    said = run("verify", target, "--password-file", opens, "--trust", trust)
    assert said.code == 0
    assert "out of date on the day of sealing" in said.out
    crl.write_bytes(revocation_list(staff()).public_bytes(Encoding.PEM))
    renewed = run("seal-with", vault, "--crl", crl, *opened_by)
    assert renewed.code == 0, renewed.err
    assert "carries the revocation list of" in renewed.out
    assert "out of date" not in renewed.out


def test_a_key_that_the_list_revokes_seals_nothing_more(opened: Caseload, tmp_path: Path) -> None:
    data, today = issued(), datetime.now(UTC).date()
    file, target = written(tmp_path, data), tmp_path / "pack.pdf"
    certificate = pkcs12.load_key_and_certificates(data, PASSWORD.encode())[1]
    assert certificate
    crl = list_file(tmp_path, revocation_list(staff(), Holder(certificate, rsa_key())))
    with opened as caseload:
        with pytest.raises(OrganisationFileRefused, match="revoked its certificate"):
            seal_with_issued(caseload, file, PASSWORD, [crl])
        assert not sealing_key(caseload).is_issued
        seal_with_issued(caseload, file, PASSWORD)
        assert enclose_lists(caseload, [crl]).lists
        assert "nothing is sealed with it" in (key_warning(caseload, today) or "")
        with pytest.raises(OrganisationFileRefused, match="revoked its certificate"):
            make(caseload, READY, Wish(kind=PACK), today, lambda _: target)
        assert not target.exists()
        assert not seal_with_own(caseload).is_issued
        assert key_warning(caseload, today) is None
        assert sealing_identity(caseload).fingerprint == sealing_key(caseload).fingerprint


# A key on a card


def test_a_key_on_a_card_seals_with_its_pin_each_time(run: Run, vault: Path, secret: Path, tmp_path: Path) -> None:
    opened_by, pin, wrong = ("--passphrase-file", secret), tmp_path / "pin", tmp_path / "wrong"
    pin.write_text(f"{PIN}\n", "utf-8")
    wrong.write_text("000001\n", "utf-8")
    place = card("p256")
    call = ("seal-with", vault, "--card", place.library, "--label", place.label)
    assert run("seal-with", vault, "--card", place.library, *opened_by).code == 2
    assert run(*call, "--own", *opened_by).code == 2
    refused = run(*call, "--pin-file", wrong, *opened_by)
    assert (refused.code, "The PIN is not the right one" in refused.err) == (9, True)
    assert not json.loads(run("seal-with", vault, "--json", *opened_by).out)["issued"]
    chosen = run(*call, "--pin-file", pin, "--crl", list_file(tmp_path, revocation_list(staff())), "--json", *opened_by)
    assert chosen.code == 0, chosen.err
    key = json.loads(chosen.out)
    assert (key["on_card"], key["signer"], len(key["lists"])) == (True, "Card sealing, Example Council", 1)
    target, opens = tmp_path / "pack.pdf", tmp_path / "opens"
    made = ("document", vault, READY, "referral-pack", "--to", target, "--password-to", opens, *opened_by)
    refused = run(*made, "--pin-file", wrong)
    assert (refused.code, target.exists()) == (9, False)
    assert "nothing is lost" in refused.err
    done = run(*made, "--pin-file", pin)
    assert done.code == 0, done.err
    trust = tmp_path / "root.pem"
    trust.write_bytes(root().pem)
    found = json.loads(run("verify", target, "--password-file", opens, "--trust", trust, "--json").out)
    assert (found["valid"], found["trusted"], found["fingerprint"]) == (True, True, key["fingerprint"])
    for file in vault.rglob("*"):
        assert not file.is_file() or PIN.encode() not in file.read_bytes()


def test_a_card_that_is_gone_is_told_and_the_vaults_own_key_is_the_way_back(opened: Caseload, tmp_path: Path) -> None:
    today, target = datetime.now(UTC).date(), tmp_path / "pack.pdf"
    with opened as caseload:
        seal_with_card(caseload, Path(card("p256").library), "p256", PIN)
        identity = sealing_identity(caseload)
        caseload.vault.set_setting(ISSUED, replace(identity, card=Card("/no/such/library.so", "p256")).to_pem())
        with pytest.raises(CardFailed) as failed:
            make(caseload, READY, Wish(kind=PACK), today, lambda _: target, ask_pin=lambda: PIN)
        assert "library cannot be loaded" in family_of(failed.value)[1]
        assert not target.exists()
        assert "seal-with --own" in card_words("NO_CARD")
        seal_with_own(caseload)
        assert make(caseload, READY, Wish(kind=PACK), today, lambda _: target).path.exists()


def test_every_fault_of_a_card_has_words() -> None:
    assert all(card_words(each.name) for each in CardFault)
