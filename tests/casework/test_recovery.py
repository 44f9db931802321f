"""The recovery sheet: a key is issued, proven, remembered, and never takes a vault along when something fails."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.practitioner import Practitioner
from spr_desktop.casework.recovery import (
    Sheet,
    blocks_of,
    blocks_to_ask_for,
    check_recovery_key,
    is_block,
    is_mistyped,
    issue_recovery_key,
    make_vault,
    prove_recovery_key,
    recover_vault,
    sheet_of,
    sheet_proven_on,
    unmake_vault,
)
from spr_desktop.vault.errors import WrongSecret
from spr_desktop.vault.keys import LEAST_COST
from spr_desktop.vault.vault import Vault
from tests.vaults import PASSPHRASE, PRACTITIONER, make_caseload


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Caseload]:
    with make_vault(tmp_path / "vault", PASSPHRASE, PRACTITIONER) as caseload:
        yield caseload


def test_a_sheet_is_proven_only_when_its_key_was_typed(made: Caseload) -> None:
    assert sheet_of(made) is Sheet.NOT_SHOWN
    key = issue_recovery_key(made)
    assert sheet_of(made) is Sheet.SHOWN
    assert not prove_recovery_key(made, "not a key")
    assert sheet_of(made) is Sheet.SHOWN
    assert sheet_proven_on(made) is None
    assert prove_recovery_key(made, key.replace("-", " ").lower())
    assert sheet_of(made) is Sheet.PROVEN
    assert sheet_proven_on(made) == date.today()
    issue_recovery_key(made)
    assert sheet_proven_on(made) is None


def test_a_new_key_makes_the_one_before_void_and_leaves_the_passphrase(made: Caseload) -> None:
    before, key = issue_recovery_key(made), issue_recovery_key(made)
    folder = made.vault.folder
    made.vault.verify()
    made.close()
    check_recovery_key(folder, key)
    with pytest.raises(WrongSecret):
        check_recovery_key(folder, before)
    with Caseload.open(folder, PASSPHRASE) as again:
        assert again.practitioner == PRACTITIONER


def test_after_recovering_the_old_passphrase_no_longer_opens(made: Caseload) -> None:
    key, folder = issue_recovery_key(made), made.vault.folder
    made.close()
    recover_vault(folder, key, "quite another passphrase")
    with pytest.raises(WrongSecret):
        Caseload.open(folder, PASSPHRASE)
    Caseload.open(folder, "quite another passphrase").close()
    check_recovery_key(folder, key)


def test_killed_before_anything_was_said_of_the_sheet_it_counts_as_not_shown(tmp_path: Path) -> None:
    Vault.create(tmp_path / "vault", PASSPHRASE, cost=LEAST_COST)[0].close()
    with Caseload.open(tmp_path / "vault", PASSPHRASE) as caseload:
        assert sheet_of(caseload) is Sheet.NOT_SHOWN


def test_a_vault_made_on_a_terminal_is_not_asked_about(tmp_path: Path) -> None:
    caseload, _ = Caseload.create(tmp_path / "vault", PASSPHRASE, Practitioner())
    with caseload:
        assert sheet_of(caseload) is Sheet.PROVEN


def test_unmaking_a_vault_leaves_nothing(made: Caseload, tmp_path: Path) -> None:
    unmake_vault(made)
    assert list(tmp_path.iterdir()) == []


def test_a_vault_with_a_family_is_never_unmade(tmp_path: Path) -> None:
    make_caseload(tmp_path / "vault")
    with Caseload.open(tmp_path / "vault", PASSPHRASE) as caseload:
        with pytest.raises(ValueError, match="recorded"):
            unmake_vault(caseload)
        assert caseload.vault.case_refs()


def test_three_full_blocks_are_asked_for_in_order(made: Caseload) -> None:
    key = issue_recovery_key(made)
    seen = set()
    for _ in range(200):
        asked = blocks_to_ask_for(key)
        assert asked == sorted(set(asked))
        assert len(asked) == 3
        assert all(len(blocks_of(key)[number - 1]) == 4 for number in asked)
        seen.update(asked)
    assert seen == set(range(1, 9))


@pytest.mark.parametrize("typed", ["10AB", "10ab", " 10 AB ", "loAB", "IOab"])
def test_a_block_is_read_as_the_key_is(typed: str) -> None:
    assert is_block(typed, "10AB")
    assert not is_block(typed, "10AC")


def test_one_wrong_character_is_a_typing_mistake(made: Caseload) -> None:
    key = issue_recovery_key(made)
    other = ("0" if key[0] != "0" else "1") + key[1:]
    assert not is_mistyped(key)
    assert is_mistyped(other)
    assert is_mistyped(key[:-1])
    assert is_mistyped("")
