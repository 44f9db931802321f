"""Backups of a vault: in its own folder and, if one is named, in a second place, as a stick or a network drive is.

A backup is a backup once it was read again and found whole. The second place may be away; that is said, and is no
failure. Every place where a backup was ever made is remembered, so that those that hold a case which was disposed of
are removed there too, once the place is there again.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Final

from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.errors import FileFault
from spr_desktop.records.case_document import parse_utc, utc_text
from spr_desktop.vault.backups import BACKUPS_FOLDER, backups_in, rotate
from spr_desktop.vault.backups import Backup as Backup  # the faces know these from here
from spr_desktop.vault.backups import FoundBackup as FoundBackup
from spr_desktop.vault.errors import BadBackup, MachineFault, VaultInUse
from spr_desktop.vault.vault import Vault

_LAST: Final = "last_verified_backup"
_RECORDS_IN_LAST: Final = "records_in_last_backup"
_KEYS_OF_LAST: Final = "keys_of_last_backup"
_SECOND_PLACE: Final = "second_backup_place"
_PLACES: Final = "backup_places"
_OWN: Final = ""
"""The vault's own folder of backups, among the places: it may be moved with the vault."""


class SecondPlace(Enum):
    """What became of the backup in the second place."""

    NOT_NAMED = "not_named"
    MADE = "made"
    MISSING = "missing"
    """The folder is not there now: a stick is not plugged in."""
    FAILED = "failed"
    """It is there, and the backup could not be made or was not whole: it is full, or broken."""


@dataclass(frozen=True, slots=True)
class BackedUp:
    """What a backup came to."""

    backup: Backup | None
    """The one in the vault's own folder; None if only that in the second place was made."""
    second_place: SecondPlace
    second: Backup | None = None
    fault: Exception | None = None
    """Why there is none in the vault's own folder."""


@dataclass(frozen=True, slots=True)
class StillHeld:
    """A place in which backups hold, or may hold, a case that was disposed of."""

    place: Path
    backups: int | None
    """How many do; None while the place is not there."""

    @property
    def words(self) -> str:
        """What is to be known of it."""
        if self.backups is None:
            return f"Backups in {self.place} may still hold what was disposed of. The place is not there now."
        if self.backups == 1:
            return f"1 backup in {self.place} still holds what was disposed of."
        return f"{self.backups} backups in {self.place} still hold what was disposed of."


def back_up(vault: Vault, now: datetime) -> BackedUp:
    """Make a backup in the vault's folder and one in the second place, and remove those that are not needed any more.

    Whatever a disposal left to do is done as well: the database is written anew first, and backups that still hold a
    case that was disposed of are removed wherever they can be reached.

    Where the first fails the second is still made, and the fault is told. May run in a thread, over a connection of its
    own (``Vault.for_background``). Raises BadBackup, DamagedVault and MachineFault where neither is made; nothing of
    them is left then, and no other is removed.
    """
    with suppress(MachineFault, VaultInUse):  # the next backup tries again; nothing can be read of what is gone
        vault.rebuild()
    made, fault = None, None
    try:
        made = back_up_to(vault, default_place(vault), now)
    except (BadBackup, MachineFault) as error:
        fault = error
    state, second = _back_up_in_second_place(vault, now)
    if fault is not None and second is None:
        raise fault
    if (newest := made or second) is not None:
        for place in _places(vault):
            if place not in (default_place(vault), _second_place(vault)):
                _expire(vault, place, newest, now)
    return BackedUp(made, state, second, fault)


def _back_up_in_second_place(vault: Vault, now: datetime) -> tuple[SecondPlace, Backup | None]:
    to = _second_place(vault)
    if to is None:
        return SecondPlace.NOT_NAMED, None
    if not to.is_dir():
        return SecondPlace.MISSING, None
    try:
        return SecondPlace.MADE, back_up_to(vault, to, now)
    except (BadBackup, MachineFault):
        return SecondPlace.FAILED, None


def back_up_to(vault: Vault, to: Path, now: datetime) -> Backup:
    """Make a backup in a folder, and remove those in it that are not needed any more; raises as ``back_up``."""
    keys = vault.keys.in_one_word()
    made = vault.back_up(to, now)
    with suppress(MachineFault):  # an old backup that stays does no harm
        rotate(made)
    _expire(vault, to, made, now)
    with suppress(MachineFault):  # nor does a disk that is too full to note that there is a good one
        vault.set_setting(_RECORDS_IN_LAST, str(made.records))
        vault.set_setting(_KEYS_OF_LAST, keys)
        vault.set_setting(_LAST, utc_text(made.made_at))
        vault.log("backup_made", None, str(made.records))
    return made


def still_held(vault: Vault) -> list[StillHeld]:
    """Places in which backups still hold a case that was disposed of, or may: those are away."""
    disposals = len(vault.disposals())
    if not disposals:
        return []
    found = []
    for place, seen_to in _places(vault).items():
        if not place.is_dir():
            found += [StillHeld(place, None)] if seen_to.disposals < disposals and place != default_place(vault) else []
        elif backups := vault.backups_holding(place):
            found.append(StillHeld(place, len(backups)))
    return found


def count_holding(vault: Vault, case_refs: Sequence[str]) -> int:
    """How many backups hold any of some cases, in every place that can be reached."""
    return sum(len(vault.backups_holding(place, case_refs)) for place in _places(vault))


def _is_disposal_unfinished(vault: Vault, now: datetime) -> bool:
    """Whether a disposal left something to do that can be done now, and was not tried today already."""
    disposals = len(vault.disposals())
    if not disposals:
        return False
    today = now.astimezone().date().isoformat()
    waiting = (
        seen_to.disposals < disposals and seen_to.tried_on != today and place.is_dir()
        for place, seen_to in _places(vault).items()
    )
    return not vault.is_rebuilt() or any(waiting)


@dataclass(frozen=True, slots=True)
class _SeenTo:
    """How far the backups in a place were seen to after disposals."""

    disposals: int = 0
    """Those up to the so manieth are in no backup there."""
    tried_on: str = ""


def _places(vault: Vault) -> dict[Path, _SeenTo]:
    """Every place that is known to have backups, and how far it was seen to."""
    kept = {name: _SeenTo(*plain) for name, plain in json.loads(vault.setting(_PLACES) or "{}").items()}
    second = vault.setting(_SECOND_PLACE)
    named = dict.fromkeys([_OWN, *([second] if second else []), *kept])
    return {Path(name) if name else default_place(vault): kept.get(name, _SeenTo()) for name in named}


def _expire(vault: Vault, place: Path, made: Backup, now: datetime) -> None:
    """Remove the backups in a place that hold what was disposed of, and remember how far that came."""
    known = _places(vault)
    before = known.get(place, _SeenTo())
    disposals = len(vault.disposals())
    seen_to = _SeenTo(before.disposals, now.astimezone().date().isoformat())
    if not disposals:
        seen_to = _SeenTo()
    elif place.is_dir():
        with suppress(MachineFault):  # it is said that they still hold it, and tried again
            gone = vault.expire_backups(place, made)
            seen_to = _SeenTo(disposals, seen_to.tried_on)
            if gone:
                vault.log("backups_expired", None, str(len(gone)))
    if place not in known or (place.is_dir() and seen_to != before):
        known[place] = seen_to
        own = default_place(vault)
        plain = {_OWN if each == own else str(each): [to.disposals, to.tried_on] for each, to in known.items()}
        with suppress(MachineFault):
            vault.set_setting(_PLACES, json.dumps(plain, ensure_ascii=False))


def last_verified_backup(caseload: Caseload) -> datetime | None:
    """When the newest backup was made that was found whole, in UTC; None if there was none yet."""
    return last_verified_of(caseload.vault)


def last_verified_of(vault: Vault) -> datetime | None:
    """As ``last_verified_backup``, of a vault."""
    kept = vault.setting(_LAST)
    return parse_utc(kept) if kept else None


def is_backup_due(caseload: Caseload, now: datetime) -> bool:
    """Whether there is none from today (where the practitioner sits) and something was recorded since the last.

    If none is to be found any more, everything was recorded since. What a disposal left to do makes one due as well,
    and so does a last one that opens with another passphrase or recovery key than the vault does now.
    """
    if _is_disposal_unfinished(caseload.vault, now):
        return True
    records = caseload.vault.count_records()
    last = last_verified_backup(caseload)
    if last is None or not backups_of(caseload):
        return records > 0
    is_of_today = last.astimezone().date() == now.astimezone().date()
    return _has_other_keys(caseload) or (not is_of_today and is_changed_since_backup(caseload))


def is_changed_since_backup(caseload: Caseload) -> bool:
    """Whether something was recorded or the keys were changed since the last backup, or ever where there was none."""
    records = str(caseload.vault.count_records())
    return _has_other_keys(caseload) or records != (caseload.vault.setting(_RECORDS_IN_LAST) or "0")


def _has_other_keys(caseload: Caseload) -> bool:
    kept = caseload.vault.setting(_KEYS_OF_LAST)  # a backup from before this was kept says nothing
    return kept is not None and kept != caseload.vault.keys.in_one_word()


def backups_of(caseload: Caseload) -> list[FoundBackup]:
    """The backups of this vault in both places, the newest first; none is opened."""
    return found_of(caseload.vault)


def found_of(vault: Vault) -> list[FoundBackup]:
    """As ``backups_of``, of a vault."""
    places = [default_place(vault), _second_place(vault)]
    found = [each for place in places if place is not None for each in backups_in(place, vault.vault_id)]
    return sorted(found, key=lambda each: each.made_at, reverse=True)


def default_place(vault: Vault) -> Path:
    """Where backups are kept unless another place is named."""
    return vault.folder / BACKUPS_FOLDER


def second_place(caseload: Caseload) -> Path | None:
    """The folder for a second backup; None if none is named."""
    return _second_place(caseload.vault)


def set_second_place(caseload: Caseload, to: Path | None) -> None:
    """Name the folder for a second backup, or none. Raises FileFault if it is not there or in the vault's own."""
    if to is None:
        caseload.vault.set_setting(_SECOND_PLACE, "")
        return
    folder = to.absolute()
    if not folder.is_dir():
        raise FileFault(to, "there is no such folder")
    own = caseload.vault.folder.resolve()
    if own in (folder.resolve(), *folder.resolve().parents):
        raise FileFault(to, "it is inside the vault, and would be lost with it")
    caseload.vault.set_setting(_SECOND_PLACE, str(folder))


def _second_place(vault: Vault) -> Path | None:
    kept = vault.setting(_SECOND_PLACE)
    return Path(kept) if kept else None
