"""Whether an open vault is whole: its slot file, its pages, its chains, and the rows computed from its records."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from spr_desktop.vault import activity, caseload, ledger
from spr_desktop.vault.caseload import Summarise
from spr_desktop.vault.chain import Chains, chain_names
from spr_desktop.vault.errors import DamagedVault
from spr_desktop.vault.key_file import verify_key_file
from spr_desktop.vault.keys import DataKey
from spr_desktop.vault.store import Store


@dataclass(frozen=True, slots=True)
class Integrity:
    """Verifies a vault part by part; each part raises DamagedVault unless it is whole, and MachineFault."""

    folder: Path
    store: Store
    chains: Chains
    data_key: DataKey

    def everything(self, summarise: Summarise | None) -> None:
        """All parts, one after the other; ``Vault.verify`` says what ``summarise`` does."""
        self.slots()
        self.pages()
        self.ledgers()
        self.caseload(summarise)

    def slots(self) -> None:
        """Both copies of the slot file are there, authentic and the same."""
        verify_key_file(self.folder, self.data_key)

    def pages(self) -> int:
        """Every page is authentic, every table and index is sound; returns how many pages there are."""
        self.store.check_pages()
        return self.store.page_count()

    def ledgers(self, between: Callable[[], None] = lambda: None) -> int:
        """Every link of every record chain, and of the activity's; returns how many records there are.

        ``between`` is called between two cases, and may raise to give up.
        """
        with self.store.reading() as connection:
            for case_ref in chain_names(connection, "ledger"):  # those that were disposed of too
                between()
                ledger.verify_ledger(connection, self.chains, case_ref)
            ledger.verify_total(connection, self.chains)
            activity.verify_activity(connection, self.chains)
            return ledger.count_records(connection, self.chains)

    def caseload(self, summarise: Summarise | None = None) -> None:
        """The computed rows fit the ledgers; with ``summarise`` each is worked out again, as ``Vault.verify`` says."""
        with self.store.reading() as connection:
            case_refs = ledger.case_refs(connection)
        for case_ref in case_refs:
            with self.store.reading() as connection:
                summary = caseload.read_summary(connection, case_ref)
                records = ledger.read_ledger(connection, case_ref) if summarise else []
            if summary is None:
                raise DamagedVault(f"{case_ref} is missing from the caseload or the search")
            if caseload.is_stale(summary, summary.as_of) or summarise is None:
                continue
            if summarise(case_ref, records, summary.as_of) != summary:
                raise DamagedVault(f"the caseload does not fit the ledger of {case_ref}")
        with self.store.reading() as connection:
            if caseload.count_summaries(connection) != len(ledger.case_refs(connection)):
                raise DamagedVault("the caseload shows cases that have no ledger")
