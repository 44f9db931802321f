"""The activity: what is in it, found by day and action, and wrong tries that are counted while the vault is closed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from spr_desktop.vault import activity
from spr_desktop.vault.activity import WantedActivity
from spr_desktop.vault.errors import DamagedVault, WrongSecret
from spr_desktop.vault.recovery_key import RecoveryKey
from spr_desktop.vault.vault import Vault
from tests.vault.samples import ONE_CASE, PASSPHRASE, Made, contents

NOON = datetime(2031, 5, 1, 12, tzinfo=UTC)


def actions(vault: Vault) -> list[tuple[str, str | None]]:
    return [(each.action, each.detail) for each in vault.activity()]


def add(vault: Vault, at: datetime, action: str) -> None:
    with vault._store.writing() as connection:
        activity.add_activity(connection, vault._chains, at, action, ONE_CASE, None)


def test_entries_are_found_by_day_and_action_the_newest_first(vault: Vault) -> None:
    for hours, action in enumerate(("one", "other", "one")):
        add(vault, NOON + timedelta(hours=hours), action)
    add(vault, NOON + timedelta(hours=1, microseconds=500_000), "half a second later")
    whole = WantedActivity(since=NOON + timedelta(hours=1), until=NOON + timedelta(hours=2))
    assert [each.action for each in vault.trail.entries(whole)] == [
        "half a second later",
        "clock_went_back",
        "other",
    ]
    assert vault.trail.count(whole) == 3
    later = WantedActivity(since=NOON + timedelta(hours=1, seconds=1), until=NOON + timedelta(hours=2))
    assert vault.trail.count(later) == 0
    ones = WantedActivity(actions=frozenset({"one", "none"}))
    assert [each.at for each in vault.trail.entries(ones)] == [NOON + timedelta(hours=2), NOON]
    assert [each.at for each in vault.trail.entries(ones, 1, 1)] == [NOON]
    assert vault.trail.entries(WantedActivity(actions=frozenset())) == []
    assert vault.trail.verify() == len(vault.activity())


def test_wrong_tries_are_counted_beside_the_vault_and_logged_once(made: Made) -> None:
    before = contents(made.folder)
    for secret in ("not the passphrase", "nor this one, either"):
        with pytest.raises(WrongSecret):
            Vault.open(made.folder, secret)
    with pytest.raises(WrongSecret):
        Vault.recover(made.folder, RecoveryKey.generate().shown(), "a passphrase of tomorrow")
    assert {**before, "vault.tries": b"..."} == {
        name: data for name, data in contents(made.folder).items() if name in before or name == "vault.tries"
    }
    with Vault.open(made.folder, PASSPHRASE) as vault:
        assert actions(vault)[-2:] == [("unlock_failed", "3"), ("vault_opened", None)]
    with Vault.open(made.folder, PASSPHRASE) as vault:
        assert [each.action for each in vault.activity()].count("unlock_failed") == 1
    assert not (made.folder / "vault.tries").exists()


def test_a_damaged_vault_counts_no_try(made: Made) -> None:
    for name in ("vault.keys", "vault.keys.bak"):
        (made.folder / name).write_bytes(b"damaged")
    with pytest.raises(DamagedVault):
        Vault.open(made.folder, PASSPHRASE)
    assert not (made.folder / "vault.tries").exists()


def test_wrong_secrets_in_an_open_vault_are_logged_at_once(vault: Vault) -> None:
    assert not vault.keys.prove_passphrase("not the passphrase")
    assert not vault.keys.prove_recovery_key(RecoveryKey.generate().shown())
    assert actions(vault)[-2:] == [("passphrase_refused", None), ("recovery_refused", None)]
