"""What the checks of a vault came to, in words, and as a page that somebody who answers for data can print.

It names nobody and no folder, and of families it holds a count only.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from spr_desktop import __version__
from spr_desktop.casework.checking_vault import Check, Finding, Proof
from spr_desktop.casework.files import write_file
from spr_desktop.casework.words import day_text
from spr_desktop.records.case_document import utc_text

if TYPE_CHECKING:
    from spr_desktop.vault.vault import Vault

TITLES: Final = {
    Check.OPENING: "Beginning of the file",
    Check.CIPHER: "Encryption",
    Check.SLOTS: "Key file",
    Check.KEYS: "Keys",
    Check.PAGES: "Pages",
    Check.LEDGERS: "Records",
    Check.ACTIVITY: "Activity",
    Check.CASELOAD: "Computed rows",
    Check.BACKUPS: "Backups",
}
WHOLE: Final = "Whole"
DAMAGED: Final = "Not whole"
NOT_CHECKED: Final = "Not checked"
_WHOLE: Final = {
    Check.OPENING: "It does not begin like a plain database, but with the random salt that the key file names.",
    Check.CIPHER: "The database is encrypted by {detail}.",
    Check.KEYS: "{count} keys open it, each known to the database. {detail}",
    Check.SLOTS: "Both copies of the key file are there, authentic and the same.",
    Check.PAGES: "{count} pages, each authentic; every table and index is sound.",
    Check.LEDGERS: "{count} records, every link of every chain whole.",
    Check.ACTIVITY: "{count} entries of who did what, every link of their chain whole.",
    Check.CASELOAD: "{count} cases, every computed row as its records say.",
}
_DAMAGED: Final = {
    Check.OPENING: "The database does not open",
    Check.CIPHER: "The cipher does not answer",
    Check.KEYS: "What opens it is not what was set in it",
    Check.SLOTS: "The key file is damaged",
    Check.PAGES: "Pages or tables of the database are damaged",
    Check.LEDGERS: "Records were changed or removed",
    Check.ACTIVITY: "The activity was changed, or a part of it removed",
    Check.CASELOAD: "Computed rows do not fit their records",
    Check.BACKUPS: "Not every backup is whole",
}
_SINGLE: Final = {"1 pages": "1 page", "1 records": "1 record", "1 cases": "1 case", "1 keys open": "1 key opens"}
_ONE: Final = re.compile("|".join(_SINGLE))
_OPENED: Final = "opened, and every page and chain of them whole"
_ONLY_COUNTED: Final = "not opened, because the vault does not open"
LIMITS: Final = (
    "That this is the newest state: whoever puts a whole older copy of the vault in its place, and of what the program "
    "keeps beside it, is not found out by these checks.",
    "That nobody else can read it: somebody who knows the passphrase or has the recovery sheet can, and so can "
    "malicious software on the computer while the vault is open.",
    "That the passphrase is a good one, or that the computer itself is encrypted, locked and up to date.",
    "Anything about papers, packs and exported files that have left the vault.",
    "That what is recorded is true or complete.",
)
"""What the checks do not show."""
NO_CERTIFICATE: Final = (
    "The program has checked itself, on the computer on which it runs. This is no certificate and no audit by "
    "somebody else. spr-desktop check-vault repeats every check."
)


def said(finding: Finding) -> str:
    """One finding as a sentence."""
    if not finding.is_whole:
        return f"{_DAMAGED[finding.check]}: {finding.detail.rstrip('.')}."
    if finding.check is Check.LEDGERS and finding.detail:
        gone = "1 case" if finding.detail == "1" else f"{finding.detail} cases"
        return f"{finding.count:,} records, every link of every chain whole, with the gaps that {gone} left."
    if finding.check is not Check.BACKUPS:
        count = "" if finding.count is None else f"{finding.count:,}"
        words = _WHOLE[finding.check].format(count=count, detail=finding.detail)
        return _ONE.sub(lambda found: _SINGLE[found[0]], words, count=1) if finding.count == 1 else words
    if not finding.count:
        return "There are no backups yet."
    newest = f"the newest of {day_text(date.fromisoformat(finding.detail))}"
    many = "1 backup" if finding.count == 1 else f"{finding.count} backups"
    return f"{many}, {newest}; {_OPENED if finding.is_checked else _ONLY_COUNTED}."


def word(finding: Finding) -> str:
    """The word that stands beside the shape of a finding."""
    if not finding.is_checked:
        return NOT_CHECKED
    return WHOLE if finding.is_whole else DAMAGED


def verdict(proof: Proof) -> str:
    """The whole of it in one sentence."""
    if proof.is_whole:
        return "The vault is encrypted and whole."
    if all(each.is_whole for each in proof.findings if each.check is not Check.BACKUPS):
        return "The vault is encrypted and whole, but not every backup is. Make another one."
    return "The vault is damaged. Restore a backup, or save what can be read."


def facts(proof: Proof) -> list[tuple[str, str]]:
    """When, by what and of what, in pairs of a label and its value."""
    at = proof.at.astimezone()
    last = proof.last_verified.astimezone() if proof.last_verified else None
    return [
        ("Checked on", f"{day_text(at.date())} at {at:%H:%M:%S}"),
        ("By", f"SPR Desktop {__version__}"),
        ("Vault", proof.vault_id or "It does not open, so its id is not known"),
        ("Holds", _holds(proof)),
        ("Last verified backup", f"{day_text(last.date())} at {last:%H:%M}" if last else "None yet"),
    ]


def proof_page(proof: Proof) -> bytes:
    """The page to print, as a PDF."""
    from spr_desktop.documents.proof_sheet import Line, proof_sheet

    lines = [
        Line(TITLES[each.check], each.is_whole and each.is_checked, word(each), said(each)) for each in proof.findings
    ]
    return proof_sheet(verdict(proof), facts(proof), lines, LIMITS, NO_CERTIFICATE)


def save_proof(vault: Vault | None, proof: Proof, to: Path, *, replace: bool = True) -> None:
    """Write the page to a file; raises FileExists, FileFault. That it was written stands in the activity."""
    write_file(to, proof_page(proof), replace=replace)
    if vault is not None:
        vault.log("proof_saved")


def plain(proof: Proof) -> dict[str, object]:
    """The proof as JSON holds it."""
    return {
        "whole": proof.is_whole,
        "checked_at": utc_text(proof.at),
        "program": __version__,
        "vault_id": proof.vault_id or None,
        "last_verified_backup": utc_text(proof.last_verified) if proof.last_verified else None,
        "checks": [
            {
                "check": each.check.value,
                "whole": each.is_whole,
                "checked": each.is_checked,
                "count": each.count,
                "detail": each.detail or None,
            }
            for each in proof.findings
        ],
    }


def _holds(proof: Proof) -> str:
    cases, records = proof.count(Check.CASELOAD), proof.count(Check.LEDGERS)
    if cases is None or records is None:
        return "Not known"
    return f"{cases:,} {'case' if cases == 1 else 'cases'}, {records:,} {'record' if records == 1 else 'records'}"
