"""Disposing of cases: what would go, the going itself, and the certificate of it.

A person decides, every time: nothing here runs by itself but the rest of a disposal that was cut short.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

from spr_desktop import __version__
from spr_desktop.casework.backing_up import back_up, count_holding, still_held
from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.errors import DisposalRefused, NoSuchCase, TooManyAtOnce
from spr_desktop.casework.files import write_file
from spr_desktop.casework.filters import without_searches_for
from spr_desktop.casework.making import FILE_OF, file_name
from spr_desktop.casework.retention import HOLD_REASONS, ChosenRule, chosen_rule, kept_until
from spr_desktop.casework.words import day_text
from spr_desktop.records.case import Case
from spr_desktop.records.document_versions import versions
from spr_desktop.records.references import new_reference
from spr_desktop.records.work import DocumentMade, DocumentSent
from spr_desktop.vault.disposal import Disposal as Disposal  # the faces know it from here
from spr_desktop.vault.disposal import Order
from spr_desktop.vault.errors import BadBackup, MachineFault
from spr_desktop.vault.vault import Vault

if TYPE_CHECKING:
    from spr_desktop.documents.certificate import Certificate

PAST_RETENTION: Final = "past_retention"
REASONS: Final[dict[str, str]] = {
    PAST_RETENTION: "Its time under the rule of retention has passed",
    "erasure": "Somebody asked for erasure, and it was granted",
    "handed_over": "It was handed over to others who keep it now",
    "by_mistake": "It was opened by mistake, or twice",
}
"""Why a case is disposed of."""

MANY: Final = 20
MANY_IN_A_HUNDRED: Final = 5
"""More at once than so many, or than so many in a hundred of the vault's, must be confirmed once more."""

_DRAFTS_OF_THE_WINDOW: Final = ("here",)
"""Where the window was may name the family, or what was looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseToGo:
    """What would go with one case."""

    case_ref: str
    records: dict[str, int]
    """How many of each kind."""
    documents: int
    recipients: tuple[str, ...]
    """Who was sent documents, and may have to be told."""
    last_on: date

    @property
    def record_count(self) -> int:
        """How many records there are."""
        return sum(self.records.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class DryRun:
    """What a disposal would do."""

    cases: tuple[CaseToGo, ...]
    of_cases: int
    """How many the vault has."""
    backups: int
    """How many hold them, in every place that is there now; they would be removed once there is a new one."""
    is_many: bool
    """Whether the number must be confirmed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Disposed:
    """What a disposal came to."""

    certificate: str | None
    """The number of its certificate; None if it was called off before the first case went."""
    disposals: tuple[Disposal, ...]
    is_called_off: bool
    """Whether it was called off between two cases."""
    is_backed_up: bool
    """Whether the new backup was made, without which no old one was removed."""


def try_out(caseload: Caseload, case_refs: Sequence[str], reason: str, as_of: date) -> DryRun:
    """What disposing of cases would do; nothing is changed.

    Raises NoSuchCase, CaseDisposed, and DisposalRefused if one is held, or is not past its time where that is the
    reason.
    """
    refs = list(dict.fromkeys(case_refs))
    _require_may_go(caseload, refs, reason, as_of)
    of_cases = caseload.vault.count()
    return DryRun(
        cases=tuple(_to_go(caseload, each) for each in refs),
        of_cases=of_cases,
        backups=count_holding(caseload.vault, refs),
        is_many=is_many(len(refs), of_cases),
    )


def is_many(count: int, of: int) -> bool:
    """Whether so many at once may be a mistake; one alone, named by its reference, is none."""
    return count > 1 and (count > MANY or count * 100 > of * MANY_IN_A_HUNDRED)


def _no_places_of_files(caseload: Caseload, case_ref: str) -> dict[str, str]:
    """Where the documents of a case were written is forgotten with it: somebody may have typed a name into a path."""
    case = Case(case_ref, caseload.records(case_ref))
    references = {each.body.document_id for each in case.ever(DocumentMade)}
    return {
        f"{FILE_OF}{file_name(each, version)}": "" for each in references for version in versions(case, each).values()
    }


def dispose(
    caseload: Caseload,
    case_refs: Sequence[str],
    reason: str,
    now: datetime,
    *,
    confirmed: int | None = None,
    progress: Callable[[int, int], None] = lambda _done, _of: None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> Disposed:
    """Dispose of cases, one after the other and each whole or not at all, and make a backup without them.

    The passphrase was asked for by the face that calls this. ``confirmed`` is their number, typed by a person, where
    there are many. What a kill cuts short, the next backup completes. Raises what ``try_out`` raises, TooManyAtOnce,
    and DamagedVault or MachineFault, with the cases before that one gone.
    """
    tried = try_out(caseload, case_refs, reason, now.astimezone().date())
    if tried.is_many and confirmed != len(tried.cases):
        raise TooManyAtOnce(len(tried.cases), tried.of_cases)
    number = f"DC-{new_reference()}"
    gone: list[Disposal] = []
    is_called_off = False
    for each in tried.cases:
        progress(len(gone), len(tried.cases))
        if is_cancelled():
            is_called_off = True
            break
        order = Order(
            certificate=number,
            reason=reason,
            by=caseload.practitioner.name or None,
            at=now.astimezone(UTC),
            drafts=_DRAFTS_OF_THE_WINDOW,
            settings=without_searches_for(caseload, each.case_ref) | _no_places_of_files(caseload, each.case_ref),
        )
        gone.append(caseload.vault.dispose(each.case_ref, order))
    progress(len(gone), len(tried.cases))
    return Disposed(
        certificate=number if gone else None,
        disposals=tuple(gone),
        is_called_off=is_called_off,
        is_backed_up=bool(gone) and _is_finished(caseload.vault, now),
    )


def _is_finished(vault: Vault, now: datetime) -> bool:
    try:
        back_up(vault, now)
    except (BadBackup, MachineFault):  # the next one completes it
        return False
    return True


def certificates(caseload: Caseload) -> dict[str, list[Disposal]]:
    """Every certificate's number with what it certifies, the newest first."""
    found: dict[str, list[Disposal]] = {}
    for each in reversed(caseload.vault.disposals()):
        found.setdefault(each.certificate, []).append(each)
    return found


def certificate_of(caseload: Caseload, number: str, now: datetime) -> Certificate:
    """What the certificate says, as things stand now. Raises NoSuchCase if there is none of that number."""
    from spr_desktop.documents.certificate import Certificate, DisposedCase

    disposals = certificates(caseload).get(number)
    if not disposals:
        raise NoSuchCase(number)
    heads = caseload.vault.heads_of(number)
    chosen = chosen_rule(caseload)
    reason, on = disposals[0].reason, disposals[0].disposed_at.astimezone().date()
    return Certificate(
        number=number,
        made_on=now.astimezone().date(),
        disposed_on=on,
        disposed_by=disposals[0].disposed_by,
        organisation=caseload.practitioner.organisation,
        reason=reason,
        reason_words=REASONS.get(reason, reason),
        rule=_rule_in_words(chosen) if chosen and reason == PAST_RETENTION and chosen.chosen_on <= on else None,
        program=disposals[0].program,
        printed_by=__version__,
        vault_id=caseload.vault.vault_id,
        cases=tuple(
            DisposedCase(
                case_ref=each.case_ref,
                records=each.records,
                documents=each.documents,
                first_on=each.first_on,
                last_on=each.last_on,
                head=heads.ledgers[each.case_ref],
            )
            for each in sorted(disposals, key=lambda each: each.case_ref)
        ),
        all_records=heads.all_records,
        activity_before=heads.activity_before,
        activity_after=heads.activity_after,
        is_rebuilt=caseload.vault.is_rebuilt(),
        still_held=tuple(each.words for each in still_held(caseload.vault)),
    )


def save_certificate(caseload: Caseload, number: str, to: Path, now: datetime, *, replace: bool = False) -> Certificate:
    """Write the certificate as a PDF that carries its data, and note that in the activity.

    It names no family. Raises NoSuchCase, FileExists, FileFault.
    """
    from spr_desktop.documents.certificate import certificate_page

    made = certificate_of(caseload, number, now)
    page = certificate_page(made)
    write_file(to, page, replace=replace)
    caseload.vault.log("certificate_made", None, f"{number} {sha256(page).hexdigest()}")
    return made


def _rule_in_words(chosen: ChosenRule) -> str:
    return f"{chosen.rule.code}, {chosen.rule.words}. Basis: {chosen.basis}"


def _require_may_go(caseload: Caseload, case_refs: Sequence[str], reason: str, as_of: date) -> None:
    if reason not in REASONS:
        raise ValueError("there is no such reason")
    chosen = chosen_rule(caseload)
    if reason == PAST_RETENTION and chosen is None:
        raise DisposalRefused(["No rule of retention is chosen, so no case is past its time."])
    holds = caseload.vault.holds()
    refused = []
    for case_ref in case_refs:
        caseload.records(case_ref)  # says so, if there is no such case or not any more
        hold = holds.get(case_ref)
        if hold:
            why = HOLD_REASONS[hold.reason]
            refused.append(f"{case_ref} is held: {why}. Review it by {day_text(hold.review_on)}.")
        elif reason == PAST_RETENTION and chosen:
            kept = kept_until(caseload, case_ref, chosen.rule)
            if kept.due_on is None:
                refused.append(f"{case_ref}: {kept.why_not_known}")
            elif kept.due_on > as_of:
                refused.append(f"{case_ref} is to be kept until {day_text(kept.due_on)}.")
    if refused:
        raise DisposalRefused(refused)


def _to_go(caseload: Caseload, case_ref: str) -> CaseToGo:
    records = caseload.records(case_ref)
    case = Case(case_ref, records)
    made, sent = case.ever(DocumentMade), case.ever(DocumentSent)
    recipients = {each.body.recipient for each in (*made, *sent) if each.body.recipient}
    return CaseToGo(
        case_ref=case_ref,
        records=caseload.vault.count_by_kind(case_ref),
        documents=len(made),
        recipients=tuple(sorted(recipients)),
        last_on=caseload.vault.last_day(case_ref),
    )
