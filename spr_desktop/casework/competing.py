"""Records that compete since a merge, and a person's choice between them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from spr_desktop.casework.caseload import Caseload
from spr_desktop.records.merging import Group, still_competing
from spr_desktop.records.record import AnyRecord
from spr_desktop.vault.vault import Vault

COMPETING: Final = "competing_records"


@dataclass(frozen=True, slots=True)
class Competing:
    """Records of a family between which a person has to choose."""

    case_ref: str
    records: tuple[AnyRecord, ...]
    """Oldest first; the last is the one that the pathway goes by until somebody chooses."""


def competing(caseload: Caseload, case_ref: str) -> list[Competing]:
    """What competes in a family now."""
    groups = _kept(caseload.vault).get(case_ref)
    if not groups:
        return []
    case = caseload.case(case_ref)
    return [Competing(case_ref, tuple(each)) for each in still_competing(case, groups)]


def competing_everywhere(caseload: Caseload) -> list[Competing]:
    """What competes in any family, by the family's reference."""
    known = set(caseload.vault.case_refs()) if (kept := _kept(caseload.vault)) else set()
    return [found for case_ref in sorted(kept) if case_ref in known for found in competing(caseload, case_ref)]


def every_group(vault: Vault) -> dict[str, set[Group]]:
    """What was found to compete in all families, chosen between or not."""
    return _kept(vault)


def as_setting(kept: Mapping[str, Iterable[Group]]) -> str:
    """The setting that keeps what was found."""
    return json.dumps({case_ref: sorted(map(sorted, groups)) for case_ref, groups in sorted(kept.items())})


def _kept(vault: Vault) -> dict[str, set[Group]]:
    kept = vault.setting(COMPETING)
    plain: dict[str, Any] = json.loads(kept) if kept else {}
    return {case_ref: {frozenset(each) for each in groups} for case_ref, groups in plain.items()}
