"""Adding records to ledgers together with what is worked out from them, whoever else writes meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from spr_desktop.records.record import AnyRecord, now
from spr_desktop.vault import activity, caseload, ledger
from spr_desktop.vault.caseload import CaseSummary, Summarise
from spr_desktop.vault.chain import Chains, Head
from spr_desktop.vault.setting import keep_setting
from spr_desktop.vault.store import Store

if TYPE_CHECKING:
    from sqlite3 import Connection

Ledgers = Mapping[str, list[AnyRecord]]


@dataclass(frozen=True, slots=True)
class Addition:
    """What is to be kept in one transaction."""

    records: Mapping[str, Sequence[AnyRecord]]
    """By the reference of the case."""
    settings: Mapping[str, str] = field(default_factory=dict)
    activity: Sequence[tuple[str, str | None, str | None]] = ()
    """What was done, the case's reference, and ids and counts."""


Plan = Callable[[Ledgers], Addition]
"""Says what is to be added to ledgers as they are now."""


def add_worked_out(
    store: Store, chains: Chains, case_refs: Iterable[str], plan: Plan, summarise: Summarise, as_of: date
) -> dict[str, list[AnyRecord]]:
    """Read ledgers, plan, work rows of the caseload out, and keep all of it or nothing.

    The vault is not held meanwhile. Where a ledger grew in between, it is done once more, now with the vault held, so
    that a row is always worked out from every record. Returns what was new. Raises RecordConflict.
    """
    named = list(case_refs)
    with store.reading() as connection:
        heads, ledgers = _heads(connection, chains, named), _ledgers(connection, named)
    planned = _worked_out(plan(ledgers), ledgers, summarise, as_of)
    with store.writing() as connection:
        if _heads(connection, chains, named) != heads:
            ledgers = _ledgers(connection, named)
            planned = _worked_out(plan(ledgers), ledgers, summarise, as_of)
        return _keep(connection, chains, *planned)


def _heads(connection: Connection, chains: Chains, case_refs: Sequence[str]) -> dict[str, Head]:
    return {each: chains.head(connection, "ledger", each) for each in case_refs}


def _ledgers(connection: Connection, case_refs: Sequence[str]) -> Ledgers:
    return {each: ledger.read_ledger(connection, each) for each in case_refs}


def _worked_out(
    addition: Addition, ledgers: Ledgers, summarise: Summarise, as_of: date
) -> tuple[Addition, list[CaseSummary]]:
    summaries = []
    for case_ref, records in addition.records.items():
        kept = ledgers[case_ref]
        known = {each.id for each in kept}
        whole = [*kept, *(each for each in records if each.id not in known)]
        if whole:
            summaries.append(summarise(case_ref, whole, as_of))
    return addition, summaries


def _keep(
    connection: Connection, chains: Chains, addition: Addition, summaries: Sequence[CaseSummary]
) -> dict[str, list[AnyRecord]]:
    added = {}
    for case_ref, records in addition.records.items():
        added[case_ref] = new = ledger.add_records(connection, chains, case_ref, records)
        if new:
            activity.add_activity(connection, chains, now(), "records_added", case_ref, str(len(new)))
    for summary in summaries:
        caseload.keep_summary(connection, summary)
    for name, value in addition.settings.items():
        keep_setting(connection, name, value)
    for done in addition.activity:
        activity.add_activity(connection, chains, now(), *done)
    return added
