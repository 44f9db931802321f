"""Whether an open vault is whole: its pages, its chains, and the rows that are computed from its records."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from spr_desktop.vault import activity, caseload, ledger
from spr_desktop.vault.appending import Summarise
from spr_desktop.vault.chain import Chains, chain_names
from spr_desktop.vault.errors import DamagedVault
from spr_desktop.vault.store import Store


@dataclass(frozen=True, slots=True)
class Links:
    """How many links of the chains were verified: one a record, and one an entry of the activity."""

    records: int
    activity: int


def verify_pages(store: Store) -> int:
    """How many pages the database has; raises DamagedVault unless each is authentic, and every table sound."""
    store.check_pages()
    return store.page_count()


def verify_ledgers(store: Store, chains: Chains, between: Callable[[], None]) -> Links:
    """Raises DamagedVault unless the chains of all ledgers and of the activity are whole.

    ``between`` is called between two cases, and may raise to give up.
    """
    with store.reading() as connection:
        for case_ref in chain_names(connection, "ledger"):  # those that were disposed of too
            between()
            ledger.verify_ledger(connection, chains, case_ref)
        ledger.verify_total(connection, chains)
        activity.verify_activity(connection, chains)
        return Links(ledger.count_records(connection, chains), chains.head(connection, "activity").length)


def verify_caseload(store: Store, summarise: Summarise | None) -> None:
    """Raises DamagedVault unless the computed rows fit the ledgers; ``Vault.verify`` says what ``summarise`` does."""
    with store.reading() as connection:
        case_refs = ledger.case_refs(connection)
    for case_ref in case_refs:
        with store.reading() as connection:
            summary = caseload.read_summary(connection, case_ref)
            records = ledger.read_ledger(connection, case_ref) if summarise else []
        if summary is None:
            raise DamagedVault(f"{case_ref} is missing from the caseload or the search")
        if caseload.is_stale(summary, summary.as_of) or summarise is None:
            continue
        if summarise(case_ref, records, summary.as_of) != summary:
            raise DamagedVault(f"the caseload does not fit the ledger of {case_ref}")
    with store.reading() as connection:
        if caseload.count_summaries(connection) != len(ledger.case_refs(connection)):
            raise DamagedVault("the caseload shows cases that have no ledger")
