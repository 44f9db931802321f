"""What is being typed, kept in the vault until it becomes a record or is thrown away on purpose."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from spr_desktop.casework.caseload import Caseload


def keep_draft(caseload: Caseload, name: str, typed: dict[str, Any]) -> None:
    """Keep what stands in a form now; the name says which form of which case."""
    keep_drafts(caseload, {name: typed})


def keep_drafts(caseload: Caseload, typed: Mapping[str, dict[str, Any]]) -> None:
    """As ``keep_draft``, for several names at once: all or none."""
    caseload.vault.keep_drafts({name: json.dumps(each, ensure_ascii=False) for name, each in typed.items()})


def park_drafts(caseload: Caseload, typed: Mapping[str, dict[str, Any]]) -> bool:
    """Keep drafts on this computer, encrypted, where the vault takes none: its place has gone, and it is locked.

    They are drafts again once the vault is opened here. Whether that was done.
    """
    return caseload.vault.park_drafts({name: json.dumps(each, ensure_ascii=False) for name, each in typed.items()})


def draft(caseload: Caseload, name: str) -> dict[str, Any]:
    """What was typed into a form and not finished; empty where there is nothing."""
    kept = caseload.vault.draft(name)
    return dict(json.loads(kept)) if kept else {}


def drop_draft(caseload: Caseload, name: str) -> None:
    """Forget a draft, because it became a record or is not wanted."""
    if caseload.vault.draft(name) is not None:
        caseload.vault.drop_draft(name)


def drafts(caseload: Caseload) -> list[tuple[str, datetime]]:
    """The names of all drafts with the time at which each was kept, in UTC, the newest first."""
    return caseload.vault.draft_names()
