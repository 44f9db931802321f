"""Bringing the caseload up to date: time alone changes what is due, and what stands in the way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from spr_desktop.casework.summary import summarise
from spr_desktop.pathway.check import check
from spr_desktop.records.case import Case
from spr_desktop.records.record import AnyRecord
from spr_desktop.vault.caseload import CaseSummary
from spr_desktop.vault.vault import Vault

FEW: Final = 100
"""So many lines are worked out at once, while somebody waits; more are the work of a background job."""
_AT_A_TIME: Final = 25
"""Half as long a wait for whoever writes in between as with 50, and hardly slower as a whole."""


def work_out(case_ref: str, records: Iterable[AnyRecord], as_of: date) -> CaseSummary:
    """The line of a case, from its whole ledger."""
    records = list(records)
    return summarise(Case(case_ref, records, as_of), check(case_ref, records, as_of), as_of)


def refresh_all(
    background: Vault, as_of: date, progress: Callable[[int, int], None], is_cancelled: Callable[[], bool]
) -> None:
    """Work out every line that has grown old, some at a time, over a connection of its own (``Vault.for_background``).

    ``progress`` is told how many of how many are done. Whatever was done before it is cancelled stays done.
    """
    stale = background.stale_summaries(as_of)
    done = 0
    for each in chunks(stale):
        if is_cancelled():
            return
        background.work_out(each, work_out, as_of)
        done += len(each)
        progress(done, len(stale))


def chunks(case_refs: Sequence[str]) -> Iterator[Sequence[str]]:
    """Some cases at a time, so that nobody else who writes waits for long."""
    for start in range(0, len(case_refs), _AT_A_TIME):
        yield case_refs[start : start + _AT_A_TIME]
