"""Filters of the caseload that somebody gave a name, kept in the vault because a search may hold a family's name."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any, Final

from spr_desktop.casework.caseload import Caseload

_SETTING: Final = "saved_filters"


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedFilter:
    """Which families are shown."""

    search: str = ""
    show: str = "all"
    service: str | None = None

    def plain(self) -> dict[str, Any]:
        """As JSON holds it."""
        return asdict(self)


def saved_filters(caseload: Caseload) -> dict[str, SavedFilter]:
    """All of them by name, in the order of their names."""
    kept: dict[str, Any] = json.loads(caseload.vault.setting(_SETTING) or "{}")
    return {name: SavedFilter(**kept[name]) for name in sorted(kept, key=str.casefold)}


def save_filter(caseload: Caseload, name: str, chosen: SavedFilter) -> None:
    """Keep one, in the place of the one that had its name."""
    _keep(caseload, {**saved_filters(caseload), name: chosen})


def remove_filter(caseload: Caseload, name: str) -> None:
    """Forget one, if there is one of that name."""
    _keep(caseload, {each: chosen for each, chosen in saved_filters(caseload).items() if each != name})


def _keep(caseload: Caseload, filters: dict[str, SavedFilter]) -> None:
    plain = {name: each.plain() for name, each in filters.items()}
    caseload.vault.set_setting(_SETTING, json.dumps(plain, ensure_ascii=False))
