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


def without_searches_for(caseload: Caseload, case_ref: str) -> dict[str, str]:
    """The setting as it is to be once a case is gone: without filters whose search finds that case and no other.

    Such a search is most likely the family's name. Empty if the setting may stay as it is.
    """
    kept = saved_filters(caseload)
    stay = {name: each for name, each in kept.items() if not _finds_only(caseload, each.search, case_ref)}
    return {_SETTING: _text(stay)} if stay != kept else {}


def _finds_only(caseload: Caseload, search: str, case_ref: str) -> bool:
    return bool(search) and [each.case_ref for each in caseload.vault.summaries(search, limit=2)] == [case_ref]


def _text(filters: dict[str, SavedFilter]) -> str:
    return json.dumps({name: each.plain() for name, each in filters.items()}, ensure_ascii=False)


def _keep(caseload: Caseload, filters: dict[str, SavedFilter]) -> None:
    caseload.vault.set_setting(_SETTING, _text(filters))
