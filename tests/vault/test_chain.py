"""The chain's signatures: pinned, because another form would call every kept ledger damaged."""

from __future__ import annotations

import hashlib
import hmac
import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from spr_desktop.vault.chain import Chains, Head
from spr_desktop.vault.errors import DamagedVault
from tests.vault.samples import ONE_CASE, OTHER_CASE, Made, note, summary

KEY = bytearray(range(32))
VALUES = (7, "K7QX-3M2P", 'Łukasz "said"\n', None)


def test_entry_is_signed_as_in_every_version() -> None:
    head = Chains(KEY).next_head(Head(6, bytes(range(32, 64))), "ledger", VALUES)
    assert head.length == 7
    assert head.hash.hex() == "abdd2e80f4a9a4461a77784d5adfd69997fa38fb3c3d50747caa30f7cde7d0c9"


def test_signature_covers_every_value_and_the_entry_before() -> None:
    chains = Chains(KEY)
    before = Head(6, bytes(range(32, 64)))
    entry = json.dumps(["ledger", *VALUES, before.hash.hex()], separators=(",", ":")).encode()
    assert chains.next_head(before, "ledger", VALUES).hash == hmac.digest(KEY, entry, hashlib.sha256)
    others = [
        chains.next_head(before, "activity", VALUES),
        chains.next_head(Head(6, bytes(32)), "ledger", VALUES),
        chains.next_head(before, "ledger", VALUES[::-1]),
        chains.next_head(before, "ledger", (7, "K7QX-3M2P", 'Łukasz "said"\n', "")),
        chains.next_head(before, "ledger", ("7", *VALUES[1:])),
        Chains(bytearray(32)).next_head(before, "ledger", VALUES),
    ]
    assert chains.next_head(before, "ledger", VALUES) not in others
    assert len(set(others)) == len(others)


def test_text_is_signed_by_its_digest() -> None:
    assert Chains(KEY).digest("Łukasz") == hmac.digest(KEY, "Łukasz".encode(), hashlib.sha256).hex()


def test_heads_of_two_histories_do_not_fit_each_other(made: Made, tmp_path: Path) -> None:
    """Both histories are as long, and each head is the program's own."""
    other = replace(made, folder=tmp_path / "other")
    shutil.copytree(made.folder, other.folder)
    with made.opened() as vault:
        vault.append(ONE_CASE, [note(ONE_CASE, 60)], summary(ONE_CASE))
        with vault._store.reading() as connection:
            head = connection.execute("SELECT length, head, seal FROM chain WHERE kind = 'all_records'").fetchone()
    with other.opened() as vault:
        vault.append(OTHER_CASE, [note(OTHER_CASE, 60)], summary(OTHER_CASE))
        vault.verify_ledgers()
        with vault._store.writing() as connection:
            connection.execute("UPDATE chain SET length = ?, head = ?, seal = ? WHERE kind = 'all_records'", head)
        with pytest.raises(DamagedVault):
            vault.verify_ledgers()
