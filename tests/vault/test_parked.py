"""What a vault could not take is parked outside it, sealed, and comes back once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from spr_desktop.vault.vault import Vault
from tests.vault.samples import OTHER_PASSPHRASE, PASSPHRASE, Made

TYPED = "Łukasz came on his own, and was calm"


@pytest.fixture
def profile_folder(tmp_path: Path) -> Path:
    return tmp_path / "profile"


@pytest.fixture
def opened(made: Made, profile_folder: Path) -> Callable[[], Vault]:
    return lambda: Vault.open(made.folder, PASSPHRASE, last_seen_in=profile_folder)


def test_what_was_parked_is_a_draft_again(opened: Callable[[], Vault], profile_folder: Path) -> None:
    with opened() as vault:
        vault.keep_drafts({"note": "old", "other": "stays"})
        assert vault.park_drafts({"note": TYPED})
        assert vault.park_drafts({"form": "second"})
    files = list(profile_folder.iterdir())
    assert len(files) == 2
    assert all(TYPED.encode() not in each.read_bytes() and b"note" not in each.read_bytes() for each in files)
    with opened() as vault:
        assert [vault.draft(name) for name in ("note", "form", "other")] == [TYPED, "second", "stays"]
        vault.keep_draft("note", "typed on")
    assert len(list(profile_folder.iterdir())) == 1
    with opened() as vault:
        assert vault.draft("note") == "typed on", "it comes back once"


def test_what_was_typed_on_in_the_vault_since_then_stays(
    opened: Callable[[], Vault], monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened() as vault:
        with monkeypatch.context() as earlier:
            earlier.setattr("spr_desktop.vault.vault.now", lambda: datetime.now(UTC) - timedelta(hours=1))
            vault.park_drafts({"note": TYPED})
        vault.keep_draft("note", "typed on elsewhere")
    with opened() as vault:
        assert vault.draft("note") == "typed on elsewhere"


def test_a_damaged_one_or_one_of_another_vault_comes_back_nowhere(
    made: Made, opened: Callable[[], Vault], profile_folder: Path, tmp_path: Path
) -> None:
    other, _ = Vault.create(tmp_path / "other", OTHER_PASSPHRASE, last_seen_in=tmp_path / "profile 2")
    with other:
        other.park_drafts({"note": TYPED})
    with opened() as vault:
        vault.park_drafts({"note": TYPED})
    foreign = [each.read_bytes() for each in (tmp_path / "profile 2").iterdir()]
    for each in profile_folder.iterdir():
        each.write_bytes(max(foreign, key=len))
    with opened() as vault:
        assert vault.draft("note") is None


def test_without_a_profile_nothing_is_parked_and_that_is_said(made: Made, tmp_path: Path) -> None:
    with made.opened() as vault:
        assert not vault.park_drafts({"note": TYPED})
    (tmp_path / "file").touch()
    with Vault(made.folder, made.unlocked(), None, 0, tmp_path / "file" / "profile") as vault:
        assert not vault.park_drafts({"note": TYPED})
