"""What can still be read of a damaged vault, each record proven by its own link of the chain, and what is lost.

The vault and the backup are only read. A record whose link does not fit is never taken: it is listed with the lost.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from spr_desktop.records.case_document import parse_utc
from spr_desktop.records.record import AnyRecord
from spr_desktop.records.references import is_reference
from spr_desktop.vault.activity import Activity
from spr_desktop.vault.chain import Chains, Head
from spr_desktop.vault.creation import DATABASE_FILE
from spr_desktop.vault.errors import BadBackup, DamagedVault, NewerVault, NotAVault, machine_faults
from spr_desktop.vault.key_file import KEY_FILE, Unlocked, has_key_file, unlock_key_file
from spr_desktop.vault.keys import CHAIN_KEY, DATABASE_KEY, wipe
from spr_desktop.vault.ledger import is_as_added, record_of
from spr_desktop.vault.pages import Pages, Row
from spr_desktop.vault.schema import STEPS
from spr_desktop.vault.slot_format import read_slot_file
from spr_desktop.vault.slots import Secret

_NUMBER: Final = (int, type(None))
"""How a table begins whose first column is the number of the row."""
_OF_RECORD: Final = (*_NUMBER, str, str, str, str, str, (str, type(None)), str, str, bytes, bytes)
_OF_ACTIVITY: Final = (*_NUMBER, str, str, (str, type(None)), (str, type(None)), bytes, bytes)
_OF_HEAD: Final = (str, str, int, bytes, bytes)
_OF_RECORD_BY_ID: Final = (str, str, int)
_OF_RECORD_OF_CASE: Final = (str, int, int)
_OF_DRAFT: Final = (str, str, str)
_OF_SETTING: Final = (str, str)
_OF_GAP: Final = (*_NUMBER, str, bytes, bytes)
_OF_DISPOSAL: Final = (str, str, str, (str, type(None)), str, int, int, str, str, str)


_MOST_RECORDS: Final = 10_000_000
"""A place beyond is none, but a figure that somebody changed."""


@dataclass(frozen=True, slots=True)
class Lost:
    """What is lost of a case; or of nobody knows which."""

    case_ref: str | None
    count: int
    record_ids: tuple[str, ...] = ()
    """Of those whose ids are still known."""
    sequences: tuple[int, ...] = ()
    """Their places among all records of the vault, where they are known."""
    doubtful: int = 0
    """So many of them are there, but not as they were written; they were not taken."""


@dataclass(frozen=True, slots=True)
class Readable:
    """What a damaged vault still gives."""

    vault_id: str
    records: Mapping[str, Sequence[AnyRecord]]
    """By case, in the order in which they were added."""
    activity: Sequence[Activity]
    lost: tuple[Lost, ...]
    is_end_known: bool
    """Whether the vault still says how many records it held; if not, more may be lost than is listed."""
    settings: Mapping[str, str]
    drafts: Mapping[str, str]
    pages: int
    damaged_pages: int
    from_backup: int
    """How many of the records only the backup still had."""

    @property
    def count(self) -> int:
        """How many records there are."""
        return sum(map(len, self.records.values()))

    @property
    def lost_count(self) -> int:
        """How many records are lost, as far as is known."""
        return sum(each.count for each in self.lost)


@dataclass(slots=True)
class _Found:
    """What was found so far; the vault is read before the backup, and what it said stays."""

    records: dict[tuple[str, str], tuple[int, AnyRecord]] = field(default_factory=dict)
    """By case and id, with the place among all records."""
    doubtful: dict[int, str | None] = field(default_factory=dict)
    known: dict[int, tuple[str, str | None]] = field(default_factory=dict)
    """The case and, where an index has it, the id of the record in a place."""
    heads: dict[tuple[str, str], int] = field(default_factory=dict)
    gaps: set[int] = field(default_factory=set)
    """Places of records that were disposed of; they are not lost."""
    disposed: set[str] = field(default_factory=set)
    """Cases that were disposed of; a backup must not bring them back."""
    activity: dict[int, Activity] = field(default_factory=dict)
    settings: dict[str, str] = field(default_factory=dict)
    drafts: dict[str, str] = field(default_factory=dict)


def read_damaged(folder: Path, secret: Secret, backup: Path | None = None) -> Readable:
    """What can still be read with a secret that opens the vault, or else the backup.

    Raises NotAVault, WrongSecret, DamagedVault where no slot file is left, BadBackup where the backup is another
    vault's, NewerVault and MachineFault.
    """
    with machine_faults():
        if not has_key_file(folder) and not (folder / DATABASE_FILE).is_file():
            raise NotAVault("the folder holds no vault")
        unlocked = _unlocked(folder, secret, backup)
        database_key = unlocked.data_key.derive(DATABASE_KEY)
        chain_key = unlocked.data_key.derive(CHAIN_KEY)
        try:
            chains, salt = Chains(chain_key), unlocked.slot_file.database_salt
            found = _Found()
            pages = Pages(folder / DATABASE_FILE, database_key, salt)
            _take(found, pages, chains)
            is_end_known, own = ("all_records", "") in found.heads, len(found.records)
            if backup is not None:
                _take(found, Pages(backup / DATABASE_FILE, database_key, salt), chains)
            _leave_disposed_alone(found)
        finally:
            wipe(database_key)
            wipe(chain_key)
            unlocked.data_key.wipe()
    return Readable(
        vault_id=unlocked.slot_file.vault_id,
        records=_by_case(found),
        activity=[found.activity[each] for each in sorted(found.activity)],
        lost=_lost(found),
        is_end_known=is_end_known,
        settings=found.settings,
        drafts=found.drafts,
        pages=pages.whole + pages.damaged,
        damaged_pages=pages.damaged,
        from_backup=len(found.records) - own,
    )


def _unlocked(folder: Path, secret: Secret, backup: Path | None) -> Unlocked:
    """The keys, from the backup where both copies of the vault's own slot file are gone."""
    if backup is None:
        return unlock_key_file(folder, secret)
    try:
        unlocked = unlock_key_file(folder, secret)
    except DamagedVault:
        return unlock_key_file(backup, secret)
    try:
        whose = read_slot_file((backup / KEY_FILE).read_bytes()).vault_id
    except (DamagedVault, FileNotFoundError):
        unlocked.data_key.wipe()
        raise BadBackup("the slot file of the backup is missing or damaged") from None
    if whose != unlocked.slot_file.vault_id:
        unlocked.data_key.wipe()
        raise BadBackup("the backup is another vault's")
    return unlocked


def _take(found: _Found, pages: Pages, chains: Chains) -> None:
    if (pages.version or 0) > len(STEPS):
        raise NewerVault("the database is of a later version")
    row: Any
    for row in pages.rows():
        if _is(row, _OF_RECORD):
            _take_record(found, row, chains)
        elif _is(row, _OF_ACTIVITY):
            _take_activity(found, row, chains)
        elif _is(row, _OF_HEAD):
            _take_head(found, row, chains)
        elif _is(row, _OF_GAP) and 0 < row[0] < _MOST_RECORDS:
            found.gaps.add(row[0])
        elif _is(row, _OF_DISPOSAL) and is_reference(row[0]):
            found.disposed.add(row[0])
        elif _is(row, _OF_RECORD_BY_ID) and is_reference(row[0]):
            found.known[row[2]] = row[0], row[1]
        elif _is(row, _OF_RECORD_OF_CASE) and is_reference(row[0]) and row[1] == row[2]:
            found.known.setdefault(row[1], (row[0], None))
        elif _is(row, _OF_DRAFT) and _is_time(row[1]):
            found.drafts.setdefault(row[0], row[2])
        elif _is(row, _OF_SETTING):
            found.settings.setdefault(row[0], row[1])


def _take_record(found: _Found, row: Any, chains: Chains) -> None:
    place, _, id_, case_ref, *content, previous_hash, hash_ = row
    if not is_as_added(chains, (place, case_ref, id_, *content, previous_hash, hash_)):
        if 0 < place < _MOST_RECORDS:
            found.doubtful.setdefault(place, case_ref if is_reference(case_ref) else None)
        return
    if (case_ref, id_) in found.records:
        return
    try:
        found.records[case_ref, id_] = place, record_of((id_, *content))
    except (DamagedVault, NewerVault):
        found.doubtful.setdefault(place, case_ref)


def _take_activity(found: _Found, row: Any, chains: Chains) -> None:
    sequence, _, at, action, case_ref, detail, previous_hash, hash_ = row
    if chains.is_link("activity", (sequence, at, action, case_ref, detail), previous_hash, hash_):
        found.activity.setdefault(sequence, Activity(sequence, parse_utc(at), action, case_ref, detail))


def _take_head(found: _Found, row: Any, chains: Chains) -> None:
    kind, name, length, head, seal = row
    if chains.is_sealed(kind, name, Head(length, head), seal):
        found.heads[kind, name] = max(length, found.heads.get((kind, name), 0))


def _by_case(found: _Found) -> dict[str, list[AnyRecord]]:
    ledgers: defaultdict[str, list[AnyRecord]] = defaultdict(list)
    in_order = sorted(found.records.items(), key=lambda each: each[1][0])
    for (case_ref, _), (_, record) in in_order:
        ledgers[case_ref].append(record)
    return dict(sorted(ledgers.items()))


def _leave_disposed_alone(found: _Found) -> None:
    """Neither bring back nor miss what was disposed of."""
    found.gaps |= {place for (case_ref, _), (place, _) in found.records.items() if case_ref in found.disposed}
    found.gaps |= {place for place, (case_ref, _) in found.known.items() if case_ref in found.disposed}
    found.records = {key: kept for key, kept in found.records.items() if key[0] not in found.disposed}
    found.heads = {key: length for key, length in found.heads.items() if key[1] not in found.disposed}


def _lost(found: _Found) -> tuple[Lost, ...]:
    """What is missing up to the last record that anything still tells of, by case."""
    there = {place for place, _ in found.records.values()}
    told_of = [found.heads.get(("all_records", ""), 0), *there, *found.known, *found.doubtful]
    missing = sorted(set(range(1, max(told_of) + 1)) - there - found.gaps)
    whose: defaultdict[str | None, list[int]] = defaultdict(list)
    for place in missing:
        known = found.known.get(place)
        whose[known[0] if known else found.doubtful.get(place)].append(place)
    places_of_nobody = whose.pop(None, [])
    nobodys = len(places_of_nobody)
    counts = Counter({case_ref: len(places) for case_ref, places in whose.items()})
    held = Counter(case_ref for case_ref, _ in found.records)
    for (kind, case_ref), length in sorted(found.heads.items()):
        more = min(length - held[case_ref] - counts[case_ref], nobodys) if kind == "ledger" else 0
        if more > 0:  # its ledger was longer than what is known of it
            counts[case_ref] += more
            nobodys -= more
    lost = [_lost_of(found, case_ref, count, whose[case_ref]) for case_ref, count in sorted(counts.items()) if case_ref]
    return (*lost, *([_lost_of(found, None, nobodys, places_of_nobody)] if nobodys else []))


def _lost_of(found: _Found, case_ref: str | None, count: int, places: Iterable[int]) -> Lost:
    places = tuple(places)
    ids = tuple(id_ for each in places if (id_ := found.known.get(each, (None, None))[1]))
    return Lost(case_ref, count, ids, places, sum(each in found.doubtful for each in places))


def _is(row: Row, form: Sequence[Any]) -> bool:
    return len(row) == len(form) and all(map(isinstance, row, form))


def _is_time(text: str) -> bool:
    try:
        parse_utc(text)
    except ValueError:
        return False
    return True
