"""The activity in words: who opened, looked, changed and gave out what and when; never what it says.

The vault is one person's, so whose activity it is stands once, above it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Final

from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.disposing import REASONS
from spr_desktop.casework.document_words import DOCUMENTS
from spr_desktop.casework.files import write_file
from spr_desktop.casework.retention import HOLD_REASONS, read_rule
from spr_desktop.casework.words import day_text
from spr_desktop.records.case_document import utc_text
from spr_desktop.records.record import now
from spr_desktop.vault.activity import Activity as Activity  # the faces know it from here
from spr_desktop.vault.activity import WantedActivity as WantedActivity
from spr_desktop.vault.errors import MachineFault, VaultInUse
from spr_desktop.vault.vault import Vault

CHANGED, LOOKED, GIVEN_OUT, KEYS, KEPT = "changed", "looked", "given_out", "keys", "kept"
GROUPS: Final = {
    CHANGED: "Recorded",
    LOOKED: "Looked at",
    GIVEN_OUT: "Given out",
    KEYS: "Opening and keys",
    KEPT: "Backups, checks and keeping",
}
"""What entries are about, for choosing among them."""
_DOCUMENTS: Final = DOCUMENTS | {"document": "Document"}
_DONE_WITH_DOCUMENTS: Final = {
    "made": "{} {{detail}} made",
    "drafted": "{} {{detail}} put into the draft of a message",
    "sent": "{} {{detail}} recorded as sent",
    "acknowledged": "{} {{detail}} recorded as acknowledged",
}
_ACTIONS: Final[dict[str, tuple[str, str]]] = {
    "records_added": (CHANGED, "Recorded: {n} records|1 record"),
    "case_viewed": (LOOKED, "Family opened"),
    **{
        f"{kind}_{what}": (GIVEN_OUT, words.format(called))
        for kind, called in _DOCUMENTS.items()
        for what, words in _DONE_WITH_DOCUMENTS.items()
    },
    "pack_made": (GIVEN_OUT, "Document {detail} made"),  # by versions of before, whatever kind it was
    "message_drafted": (GIVEN_OUT, "Draft of a message made, with document {detail}"),
    "handed_over": (GIVEN_OUT, "Handed over to a colleague, in bundle {detail}"),
    "receipt_taken": (GIVEN_OUT, "A colleague's receipt came for bundle {detail}"),
    "received": (CHANGED, "Received from a colleague, in bundle {detail}"),
    "pack_received": (CHANGED, "Received as a referral by pack: {detail}"),
    "notice_received": (CHANGED, "Received that the sender withdrew the referral, by notice {detail}"),
    "receiving_refused": (CHANGED, "Not received, because it contradicts what is here; bundle {detail}"),
    "case_exported": (GIVEN_OUT, "Whole case document exported, readable by whoever has the file"),
    "activity_saved": (GIVEN_OUT, "This list saved as a file"),
    "proof_saved": (GIVEN_OUT, "Page about the check saved as a file"),
    "vault_created": (KEYS, "Vault made"),
    "vault_opened": (KEYS, "Opened with the passphrase"),
    "vault_recovered": (KEYS, "Opened with the recovery key, and a new passphrase set"),
    "unlock_failed": (KEYS, "Before this opening, a wrong passphrase or recovery key was tried: {n} times|once"),
    "passphrase_refused": (KEYS, "A wrong passphrase was typed while the vault was open"),
    "recovery_refused": (KEYS, "A recovery key that is not this vault's was typed while it was open"),
    "passphrase_changed": (KEYS, "Passphrase changed"),
    "recovery_key_changed": (KEYS, "New recovery key; the one before opens nothing now"),
    "organisation_key_added": (KEYS, "An organisation was let in, with its certificate"),
    "organisation_key_removed": (KEYS, "No organisation can open the vault any more"),
    "vault_recovered_by_organisation": (KEYS, "Opened with the organisation's key, and a new passphrase set"),
    "organisation_refused": (KEYS, "A key that is not the organisation's was tried while it was open"),
    "sealing_key_issued": (KEYS, "Documents are sealed with a certificate of the organisation from now on"),
    "revocation_list_kept": (KEYS, "A revocation list kept with the organisation's certificate that seals"),
    "sealing_key_own": (KEYS, "Documents are sealed with the vault's own key from now on"),
    "sealing_key_renewed": (KEYS, "The certificate that seals documents made anew, before its time was over"),
    "opened_older_copy": (KEYS, "An older copy was gone on with, knowingly: {detail}"),
    "clock_went_back": (KEYS, "The clock of this computer had gone back by {detail}"),
    "key_file_mended": (KEYS, "Key file was damaged, and mended from its second copy"),
    "backup_made": (KEPT, "Backup made and found whole: {n} records|1 record"),
    "retention_rule_chosen": (KEPT, "Rule for keeping chosen: {detail}"),
    "case_held": (KEPT, "Family held, whatever its age: {detail}"),
    "case_released": (KEPT, "Family held no longer"),
    "case_disposed": (KEPT, "Family disposed of: {detail}"),
    "backups_expired": (KEPT, "Backups that held what was disposed of removed: {n} backups|1 backup"),
    "certificate_made": (KEPT, "Certificate of disposal made: {detail}"),
    "vault_restored": (KEPT, "Vault restored from a backup: {detail}"),
    "vault_checked": (KEPT, "Vault checked: {detail}"),
    "vault_salvaged": (KEPT, "Saved from a damaged vault: {detail}"),
    "records_lost": (KEPT, "Lost in the damaged vault: {n} records|1 record"),
}
"""The group of each action, and its words; {n} is a count, with the words for one after the bar."""
_OTHERS: Final = (KEPT, "{action}")


def _disposal(detail: str) -> str:
    """``certificate reason records``, as the vault notes it."""
    certificate, _, rest = detail.partition(" ")
    reason, _, count = rest.rpartition(" ")
    if not reason:
        return detail
    records = "1 record" if count == "1" else f"{count} records"
    return f"{_lower(REASONS.get(reason, reason))}; {records}; certificate {certificate}"


def _hold(detail: str) -> str:
    """``reason day``, as the vault notes it."""
    reason, _, review_on = detail.rpartition(" ")
    try:
        until = day_text(date.fromisoformat(review_on))
    except ValueError:
        return detail
    return f"{_lower(HOLD_REASONS.get(reason, reason))}; to be looked at again on {until}"


def _rule(code: str) -> str:
    """The code of a rule."""
    try:
        return read_rule(code).words
    except ValueError:
        return code


def _minutes(detail: str) -> str:
    return "1 minute" if detail == "1 minutes" else detail


def _restored(detail: str) -> str:
    """``n cases, n records``."""
    return _RESTORED.sub(lambda found: _COUNTED[found[2]][found[1] != "1"].format(found[1]), detail)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


_RESTORED: Final = re.compile(r"(\d+) (cases|records)")
_COUNTED: Final = {"cases": ("{} family", "{} families"), "records": ("{} record", "{} records")}
_TOLD: Final[dict[str, Callable[[str], str]]] = {
    "case_disposed": _disposal,
    "case_held": _hold,
    "retention_rule_chosen": _rule,
    "certificate_made": lambda detail: detail.partition(" ")[0],  # the fingerprint of the file is for the JSON
    "clock_went_back": _minutes,
    "vault_restored": _restored,
}
"""How the detail of an action is said where it is noted in a short form."""


@dataclass(frozen=True, slots=True)
class Trail:
    """Which part of the activity is looked at."""

    since: date | None = None
    until: date | None = None
    """The last day, with all of it."""
    group: str | None = None

    def wanted(self) -> WantedActivity:
        """As the vault is asked: days are those of the place where the practitioner sits."""
        return WantedActivity(
            since=_midnight(self.since) if self.since else None,
            until=_midnight(self.until + timedelta(days=1)) if self.until else None,
            actions=actions_of(self.group) if self.group else None,
        )


def actions_of(group: str) -> frozenset[str]:
    """The actions of a group."""
    return frozenset(action for action, (each, _) in _ACTIONS.items() if each == group)


def what(entry: Activity) -> str:
    """What was done, in words."""
    _, words = _ACTIONS.get(entry.action, _OTHERS)
    many, _, one = words.partition("|")
    if one:
        before, _, _ = many.partition("{n}")
        return before + one if entry.detail == "1" else many.format(n=entry.detail or "some")
    told = _TOLD.get(entry.action, str)(entry.detail or "")
    said = many.format(detail=told, action=entry.action.replace("_", " "))
    return said.rstrip(": ")


def when(entry: Activity) -> str:
    """The time of day, as it was where one sits."""
    return f"{entry.at.astimezone():%H:%M:%S}"


def day(entry: Activity) -> date:
    """The day, where one sits."""
    return entry.at.astimezone().date()


def entries(vault: Vault, trail: Trail, limit: int | None = None, offset: int = 0) -> list[Activity]:
    """What fits, the newest first."""
    return vault.trail.entries(trail.wanted(), limit, offset)


def count_entries(vault: Vault, trail: Trail) -> int:
    """How many fit."""
    return vault.trail.count(trail.wanted())


def note_viewed(caseload: Caseload, case_ref: str) -> None:
    """Note that a family was opened; a disk that is full keeps nobody from looking."""
    with suppress(MachineFault, VaultInUse):
        caseload.vault.log("case_viewed", case_ref)


def trail_page(caseload: Caseload, vault: Vault, trail: Trail) -> bytes:
    """The activity as a PDF to print, after its chain was verified; raises DamagedVault.

    ``vault`` may be a connection of its own (``Vault.for_background``).
    """
    from spr_desktop.documents.activity_sheet import Entry, activity_sheet

    links = vault.trail.verify()
    found = entries(vault, trail)
    listed = [(day_text(day(each)), Entry(when(each), each.case_ref or "", what(each))) for each in found]
    at = now().astimezone()
    facts = [
        ("Vault", vault.vault_id),
        ("Of", caseload.practitioner.name or "Nobody named"),
        ("Listed on", f"{day_text(at.date())} at {at:%H:%M:%S}"),
        ("Days", _days_in_words(trail)),
        ("About", GROUPS[trail.group] if trail.group else "Everything"),
        ("Entries", f"{len(found):,} of {links:,}; every link of the chain is whole"),
    ]
    return activity_sheet(facts, listed)


def save_trail(caseload: Caseload, vault: Vault, trail: Trail, to: Path, *, replace: bool = True) -> None:
    """Write the activity to a PDF; raises DamagedVault, FileExists, FileFault. That stands in the activity then."""
    write_file(to, trail_page(caseload, vault, trail), replace=replace)
    vault.log("activity_saved")


def plain_entries(found: Sequence[Activity]) -> Iterator[dict[str, object]]:
    """Entries as JSON holds them."""
    for each in found:
        yield {
            "sequence": each.sequence,
            "at": utc_text(each.at),
            "action": each.action,
            "case_ref": each.case_ref,
            "detail": each.detail,
            "words": what(each),
        }


def _days_in_words(trail: Trail) -> str:
    since = f"From {day_text(trail.since)}" if trail.since else "From the beginning"
    return f"{since} until {day_text(trail.until)}" if trail.until else f"{since} until now"


def _midnight(of: date) -> datetime:
    return datetime.combine(of, time.min).astimezone(UTC)
