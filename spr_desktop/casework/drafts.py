"""What is being typed, kept in the vault until it becomes a record or is thrown away on purpose."""

from __future__ import annotations

import json
from typing import Any

from spr_desktop.casework.caseload import Caseload


def keep_draft(caseload: Caseload, name: str, typed: dict[str, Any]) -> None:
    """Keep what stands in a form now; the name says which form of which case."""
    caseload.vault.set_setting(_key(name), json.dumps(typed, ensure_ascii=False))


def draft(caseload: Caseload, name: str) -> dict[str, Any]:
    """What was typed into a form and not finished; empty where there is nothing."""
    kept = caseload.vault.setting(_key(name))
    return dict(json.loads(kept)) if kept else {}


def drop_draft(caseload: Caseload, name: str) -> None:
    """Forget a draft, because it became a record or is not wanted."""
    if caseload.vault.setting(_key(name)):
        caseload.vault.set_setting(_key(name), "")


def _key(name: str) -> str:
    return f"draft:{name}"
