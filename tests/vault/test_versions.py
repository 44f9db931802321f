"""Vaults that earlier releases made: opened, brought to this version, and nothing of them lost.

Each folder below ``versions`` was made by the release whose number it has; none is ever made anew. The one of version 1
holds three families of ``tests.cases`` on 22 November 2026, one of them stopped and one with a pack that was sent, two
drafts and one that was dropped. The one of version 2 holds the same families, made by the program that came before
disposal, three drafts and a saved filter.
"""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Final

import pytest
import sqlcipher3.dbapi2 as sqlcipher

from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.drafts import draft, drafts
from spr_desktop.casework.refreshing import work_out
from spr_desktop.vault import schema
from spr_desktop.vault.disposal import Order
from spr_desktop.vault.passphrase import Passphrase
from spr_desktop.vault.restoring import restore
from spr_desktop.vault.vault import Vault
from tests.vault.samples import PASSPHRASE

VERSIONS: Final = Path(__file__).with_name("versions")
RELEASED: Final = {
    1: "9ef7895d01c8f58f0647bb193d87de9c243c6b149255b9454c38abc1415fcc7b",
    2: "83e1856a8f501930f09df549b0ca41763bc4e493147201038c8ed445b053f71e",
}
"""Of the steps that were released."""
MADE_ON: Final = date(2026, 11, 22)
HOLDS: Final = {"B2CD-4EFG": 36, "K7QX-3M2P": 33, "RDYA-1234": 46}
"""Cases of each, and how many records they have."""


@pytest.fixture
def first(tmp_path: Path) -> Path:
    """A vault of version 1."""
    folder = tmp_path / "vault"
    shutil.copytree(VERSIONS / "1", folder)
    return folder


def test_released_steps_were_never_changed() -> None:
    assert {number: sha256(schema.STEPS[number - 1].encode()).hexdigest() for number in RELEASED} == RELEASED


def test_first_version_keeps_its_records_and_its_drafts(first: Path) -> None:
    with Caseload.open(first, PASSPHRASE) as caseload:
        assert {each: len(caseload.records(each, proven=True)) for each in caseload.vault.case_refs()} == HOLDS
        assert {name for name, _ in drafts(caseload)} == {"conversation:K7QX-3M2P:a", "note:B2CD-4EFG"}
        assert all(abs(datetime.now(UTC) - kept_at) < timedelta(minutes=5) for _, kept_at in drafts(caseload))
        assert draft(caseload, "note:B2CD-4EFG") == {"text": "x" * 3000}
        assert draft(caseload, "conversation:K7QX-3M2P:a")["rationale"] == 'Siân said "no" – twice; on her own.'
        assert caseload.vault.setting("draft:note:B2CD-4EFG") is None
        assert caseload.practitioner.name == "J. Outreach"


def test_rows_of_the_first_version_are_found_and_worked_out_again(first: Path) -> None:
    with Vault.open(first, PASSPHRASE) as vault:
        assert {each.case_ref for each in vault.summaries("sam")} == set(vault.case_refs())
        vault.verify(work_out)
        for day in (MADE_ON, date(2020, 1, 1), date(2030, 1, 1)):
            assert vault.stale_summaries(day) == vault.case_refs()
    with Caseload.open(first, PASSPHRASE) as caseload:
        rows = caseload.summaries(MADE_ON)
        assert caseload.stale_count(MADE_ON) == 0
        due = [(each.case_ref, each.line) for each in caseload.vault.due(date.max, date.min)]
        caseload.vault.verify(work_out)
    assert [line.rule for case_ref, line in due if case_ref == "RDYA-1234"] == ["A13"]
    assert [(line.due_on, line.rule) for case_ref, line in due if case_ref == "B2CD-4EFG" and line.rule[0] == "G"] == [
        (date(2026, 12, 19), "G03")
    ]
    assert all(each.changes_on for each in rows)


def test_documents_of_the_first_version_are_registered(first: Path) -> None:
    with Vault.open(first, PASSPHRASE) as vault:
        (document,) = vault.documents()
    assert (document.case_ref, document.made.body.document_id) == ("B2CD-4EFG", "PACK-0001")
    assert [each.body.password_channel for each in document.steps if each.kind == "document_sent"] == ["phone"]


@pytest.fixture(params=sorted(RELEASED))
def released(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A vault of each version that was released."""
    folder = tmp_path / "vault"
    shutil.copytree(VERSIONS / str(request.param), folder)
    return folder


def test_every_version_is_whole_after_it_was_brought_to_this_one(released: Path) -> None:
    with Caseload.open(released, PASSPHRASE) as caseload:
        caseload.refresh(MADE_ON)
        caseload.vault.verify(work_out)
        assert {each: len(caseload.records(each)) for each in caseload.vault.case_refs()} == HOLDS
        assert caseload.practitioner.name == "J. Outreach"


def test_a_case_of_every_version_can_be_disposed_of(released: Path) -> None:
    order = Order(certificate="D-1", reason="past_retention", by=None, at=datetime(2040, 1, 1, tzinfo=UTC))
    with Caseload.open(released, PASSPHRASE) as caseload:
        caseload.vault.dispose("B2CD-4EFG", order)
        caseload.vault.rebuild()
        caseload.refresh(MADE_ON)
        caseload.vault.verify(work_out)
        assert [name for name, _ in drafts(caseload) if "B2CD" in name] == []
        with pytest.raises(sqlcipher.IntegrityError), caseload.vault._store.writing() as connection:
            connection.execute("DELETE FROM record")
    with Caseload.open(released, PASSPHRASE) as caseload:
        assert set(caseload.vault.case_refs()) == set(HOLDS) - {"B2CD-4EFG"}
        caseload.vault.verify_ledgers()


def test_a_backup_from_before_disposal_can_be_checked_and_restored(released: Path, tmp_path: Path) -> None:
    """A backup is only read, so it is not brought to this version first."""
    backup = tmp_path / "backup-2026-11-22T101500.000Z"
    backup.mkdir()
    for name in ("vault.keys", "caseload.db"):
        shutil.copy(released / name, backup / name)
    before = (backup / "caseload.db").read_bytes()
    with Vault.open(released, PASSPHRASE) as vault:
        found = vault.verify_backup(backup)
        assert (found.records, found.cases) == (115, 3)
        assert vault.backups_holding(tmp_path) == []
        vault.dispose("B2CD-4EFG", Order(certificate="D-1", reason="x", by=None, at=datetime.now(UTC)))
        assert [each.path for each in vault.backups_holding(tmp_path)] == [backup]
    assert (backup / "caseload.db").read_bytes() == before
    made = restore(backup, tmp_path / "restored", Passphrase(PASSPHRASE))
    assert (made.records, made.cases) == (115, 3)
