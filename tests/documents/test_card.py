"""Keys on a card seal as others do; the PIN is asked for each time, and what is wrong is told."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from spr_desktop.documents.card import CardFault, read_card, sign_with_card
from spr_desktop.documents.errors import CardFailed
from spr_desktop.documents.fitness import Fault, IdentityFault
from spr_desktop.documents.identity import Card, SigningIdentity
from spr_desktop.documents.making import Checked, lay_out, seal_checked
from spr_desktop.documents.verify import verify
from tests.documents.authorities import root, staff
from tests.documents.cards import LIBRARY, PIN, card, on_card
from tests.documents.packs import ROOT, contents, passphrase, released, run

NOW = datetime.now(UTC)


@pytest.fixture(params=["rsa", "p384"])
def identity(request: pytest.FixtureRequest) -> SigningIdentity:
    return read_card(card(request.param), PIN, NOW)


def test_a_card_seals_and_its_root_is_trusted(identity: SigningIdentity, tmp_path: Path) -> None:
    assert identity.private_key == b""
    assert staff().der in identity.chain
    laid = lay_out(contents(released(), key_fingerprint=identity.fingerprint))
    sealed = seal_checked(Checked(laid), identity, passphrase(), pin=PIN)
    found = verify(sealed, passphrase(), [root().pem])
    assert (found.valid, found.trusted, found.fingerprint) == (True, True, identity.fingerprint)
    file = tmp_path / "pack.pdf"
    file.write_bytes(sealed)
    said = run("pdfsig", "-upw", passphrase(), file)
    assert "Signature is Valid" in said
    assert "Total document signed" in said


def test_where_the_card_is_can_be_kept_and_the_pin_is_not(identity: SigningIdentity) -> None:
    kept = identity.to_pem()
    assert SigningIdentity.from_pem(kept) == identity
    assert PIN not in kept
    assert "PRIVATE KEY" not in kept


def fails(fault: CardFault, identity: SigningIdentity, pin: str = PIN) -> None:
    with pytest.raises(CardFailed) as failed:
        sign_with_card(identity, pin, b"data")
    assert failed.value.fault is fault
    assert pin not in str(failed.value)


def test_what_is_wrong_with_a_card_is_told_and_it_can_be_tried_again() -> None:
    identity = read_card(card("p256"), PIN, NOW)
    fails(CardFault.WRONG_PIN, identity, "999999")
    fails(CardFault.WRONG_PIN, identity, "1")
    fails(CardFault.NO_CARD, replace(identity, card=Card(str(LIBRARY), "gone")))
    fails(CardFault.NO_CARD, replace(identity, certificate=on_card()["rsa"].der))
    fails(CardFault.NO_LIBRARY, replace(identity, card=Card("/no/such/library.so", "p256")))
    fails(CardFault.NO_LIBRARY, replace(identity, card=Card(str(ROOT / "README.md"), "p256")))
    assert sign_with_card(identity, PIN, b"data")


def test_a_key_that_is_not_that_of_its_certificate_and_one_for_something_else_are_refused() -> None:
    with pytest.raises(CardFailed) as failed:
        read_card(card("another"), PIN, NOW)
    assert failed.value.fault is CardFault.NO_KEY
    with pytest.raises(IdentityFault) as refused:
        read_card(card("web"), PIN, NOW)
    assert refused.value.fault is Fault.NOT_FOR_DOCUMENTS


def test_nothing_of_cards_is_loaded_before_one_seals() -> None:
    code = "import sys, spr_desktop.documents.seal, spr_desktop.documents.card; print('pkcs11' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "False"
