"""Vaults that earlier releases made: opened, brought to this version, and nothing of them lost.

Each folder below ``versions`` was made by the release whose number it has; none is ever made anew. The one of version 1
holds three families of ``tests.cases`` on 22 November 2026, one of them stopped and one with a pack that was sent, two
drafts and one that was dropped.
"""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Final

import pytest

from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.drafts import draft, drafts
from spr_desktop.casework.refreshing import work_out
from spr_desktop.vault import schema
from spr_desktop.vault.vault import Vault
from tests.vault.samples import PASSPHRASE

VERSIONS: Final = Path(__file__).with_name("versions")
RELEASED: Final = {1: "9ef7895d01c8f58f0647bb193d87de9c243c6b149255b9454c38abc1415fcc7b"}
"""Of the steps that were released."""
MADE_ON: Final = date(2026, 11, 22)


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
        assert {each: len(caseload.records(each, proven=True)) for each in caseload.vault.case_refs()} == {
            "B2CD-4EFG": 36,
            "K7QX-3M2P": 33,
            "RDYA-1234": 46,
        }
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
    assert [each.body.password_channel for each in document.steps] == ["phone"]
