"""A clock that goes back or far ahead changes no order, is said, and breaks nothing."""

from __future__ import annotations

import signal
from datetime import UTC, datetime, timedelta
from typing import Final

import pytest

from spr_desktop.vault.backups import backups_in
from spr_desktop.vault.vault import Vault
from tests.vault.samples import ONE_CASE, PASSPHRASE, Made, child, note, summary

WRITING: Final = """
import sys
from pathlib import Path
from spr_desktop.vault.vault import Vault
from tests.vault.samples import ONE_CASE, note, summary

vault = Vault.open(Path(sys.argv[1]), sys.argv[2])
for number in range(100, 100_000):
    vault.append(ONE_CASE, [note(ONE_CASE, number)], summary(ONE_CASE))
    print(number, flush=True)
"""


class Clock:
    """A clock that shows what it is told."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock(datetime.now(UTC) + timedelta(minutes=1))
    for module in ("vault", "open_vault", "last_seen", "before_upgrade"):
        monkeypatch.setattr(f"spr_desktop.vault.{module}.now", made)
    return made


def test_a_clock_that_went_back_is_said_once_and_the_order_stays(vault: Vault, clock: Clock) -> None:
    for minutes in (0, 1, -120, -119, -119.5, 1):
        clock.at = datetime(2027, 5, 1, 12, tzinfo=UTC) + timedelta(minutes=minutes)
        vault.log("looked", None, str(minutes))
    done = [(each.sequence, each.action, each.detail) for each in vault.activity()][-7:]
    assert [each[1:] for each in done] == [
        ("looked", "0"),
        ("looked", "1"),
        ("clock_went_back", "121 minutes"),
        ("looked", "-120"),
        ("looked", "-119"),
        ("looked", "-119.5"),
        ("looked", "1"),
    ]
    assert [each[0] for each in done] == list(range(done[0][0], done[0][0] + 7))
    vault.verify()


def test_a_clock_that_went_back_accuses_no_vault_of_being_older(made: Made, clock: Clock) -> None:
    profile = made.folder.parent / "profile"
    clock.at = datetime(2031, 1, 1, tzinfo=UTC)
    with Vault(made.folder, made.unlocked(), None, 0, profile) as vault:
        vault.log("looked")
    clock.at = datetime(2026, 1, 1, tzinfo=UTC)
    for _ in range(2):
        with Vault(made.folder, made.unlocked(), None, 0, profile) as vault:
            vault.log("looked")


def test_the_year_2106_and_later_are_kept_and_read(made: Made, clock: Clock) -> None:
    """Thirty-two bits of seconds end on 7 February 2106."""
    for year in (2038, 2106, 2107, 9999):
        clock.at = datetime(year, 2, 8, 6, 28, 16, tzinfo=UTC)
        with made.opened() as vault:
            vault.append(ONE_CASE, [note(ONE_CASE, year)], summary(ONE_CASE, as_of=clock.at.date()))
            assert vault.activity()[-1].at == clock.at
            assert vault.back_up(made.folder / "backups", clock.at).made_at == clock.at
            vault.verify()
    assert [each.made_at.year for each in backups_in(made.folder / "backups")] == [9999, 2107, 2106, 2038]


def test_a_process_that_sleeps_in_the_middle_of_its_writes_goes_on(made: Made) -> None:
    """Stopped and woken again and again, as a laptop is whose lid is closed: nothing is lost or half done."""
    with child(WRITING, made.folder, PASSPHRASE) as process:
        assert process.stdout is not None
        for _ in range(20):
            acknowledged = int(process.stdout.readline())
            process.send_signal(signal.SIGSTOP)
            process.send_signal(signal.SIGCONT)
        process.send_signal(signal.SIGSTOP)  # and never woken again: the battery was empty
        process.kill()
        acknowledged = max([acknowledged, *map(int, process.stdout.read().split())])
    with made.opened() as vault:
        kept = vault.records(ONE_CASE, proven=True)[8:]
        assert kept[: acknowledged - 99] == [note(ONE_CASE, number) for number in range(100, acknowledged + 1)]
        vault.verify()
