"""Commands about backups: making one, restoring one, and proving that a vault is whole."""

from __future__ import annotations

import sys
from argparse import Namespace
from datetime import date
from typing import Final

from spr_desktop.casework import backing_up, restoring
from spr_desktop.casework.backing_up import BackedUp, Backup, SecondPlace
from spr_desktop.casework.checking_vault import Check, Finding, check_folder
from spr_desktop.casework.words import day_text
from spr_desktop.commands.cases import open_caseload
from spr_desktop.commands.failure import DAMAGED, DONE, WRONG_CALL, Failure, failure_of
from spr_desktop.commands.secret import read_secret
from spr_desktop.commands.terminal import say, say_json
from spr_desktop.records.case_document import utc_text
from spr_desktop.records.record import now

_SECOND_PLACE: Final = {
    SecondPlace.MISSING: "The second place is not there now, so there is no backup in it. Plug it in and try again.",
    SecondPlace.FAILED: "The second place did not take a backup: it may be full or broken. Use another one.",
}
_CHECKED: Final = {
    Check.OPENING: "the file is encrypted and begins as it must",
    Check.CIPHER: "encrypted by {detail}",
    Check.SLOTS: "both copies of the slot file are authentic",
    Check.PAGES: "{count} pages, each authentic; tables and indexes are sound",
    Check.LEDGERS: "{count} records, every link of every chain whole, and that of the activity",
    Check.CASELOAD: "{count} cases, every computed row as its records say",
}
_DAMAGED: Final = {
    Check.OPENING: "the database does not open",
    Check.CIPHER: "the cipher does not answer",
    Check.SLOTS: "the slot file is damaged",
    Check.PAGES: "pages or tables of the database are damaged",
    Check.LEDGERS: "records or activity were changed or removed",
    Check.CASELOAD: "computed rows do not fit their records",
    Check.BACKUPS: "the newest backup is not whole",
}
_RESTORE: Final = (
    "the vault is damaged. Keep its folder as it is, and make a new one from a backup: "
    "spr-desktop restore BACKUP --to VAULT."
)
_BACK_UP_AGAIN: Final = "the vault is whole, but its newest backup is not. Make another: spr-desktop backup VAULT."


def back_up(call: Namespace) -> int:
    """Make a backup where the call says, or in the vault's folder and its second place."""
    with open_caseload(call) as caseload:
        if call.to:
            both = BackedUp(backing_up.back_up_to(caseload.vault, call.to, now()), SecondPlace.NOT_NAMED)
        else:
            both = backing_up.back_up(caseload.vault, now())
    every = [each for each in (both.backup, both.second) if each]
    said = _SECOND_PLACE.get(both.second_place)
    if call.json:
        say_json([_plain(each) for each in every])
    else:
        for each in every:
            say(f"{each.path}: {_held(each.records, each.cases)}. It was read again and is whole.")
        say("It opens with the passphrase and the recovery key that this vault has today.")
    if both.fault:
        failure = failure_of(both.fault)
        raise Failure(
            failure.code,
            f"there is a backup in the second place, but none in the vault's own folder: {failure.sentence}",
        )
    if said:
        print(f"spr-desktop: {said}", file=sys.stderr)
    return DONE


def restore(call: Namespace) -> int:
    """Make a vault from a backup; the backup stays as it is."""
    by_key = call.recovery_key or call.recovery_key_file
    if by_key and call.passphrase_file:
        raise Failure(WRONG_CALL, "restore takes the passphrase or the recovery key, not both.")
    if by_key:
        key = read_secret("Recovery key", call.recovery_key_file)
        made = restoring.restore_with_recovery_key(call.backup, call.to, key)
    else:
        passphrase = read_secret("Passphrase of the time of the backup", call.passphrase_file)
        made = restoring.restore_with_passphrase(call.backup, call.to, passphrase)
    if call.json:
        held = {"records": made.in_backup.records, "cases": made.in_backup.cases}
        say_json({"vault": str(call.to), "records": made.records, "cases": made.cases, "in_backup": held})
        return DONE
    say(f"In the backup: {_held(made.in_backup.records, made.in_backup.cases)}.")
    say(f"The vault {call.to} is made: {_held(made.records, made.cases)}, as in the backup, which was not changed.")
    say("It opens with the passphrase and the recovery key of the time of the backup.")
    if by_key:
        say("If the passphrase is forgotten, spr-desktop recover sets a new one.")
    return DONE


def check_vault(call: Namespace) -> int:
    """Prove that a vault is encrypted and whole, and say what is not."""
    passphrase = read_secret("Passphrase", call.passphrase_file)
    found = []
    for each in check_folder(call.vault, passphrase, _progress):
        found.append(each)
        if not call.json and each.is_whole:
            say(f"whole    {_said(each)}")
    if call.json:
        say_json({"whole": all(each.is_whole for each in found), "checks": [_plain_finding(each) for each in found]})
    damaged = [each for each in found if not each.is_whole]
    if damaged:
        only_backup = all(each.check is Check.BACKUPS for each in damaged)
        details = tuple(f"{_DAMAGED[each.check]}: {each.detail}." for each in damaged)
        raise Failure(DAMAGED, _BACK_UP_AGAIN if only_backup else _RESTORE, details)
    if not call.json:
        say("The vault is encrypted and whole.")
    return DONE


def _said(finding: Finding) -> str:
    if finding.check is not Check.BACKUPS:
        return _CHECKED[finding.check].format(count=finding.count, detail=finding.detail)
    if not finding.count:
        return "no backups yet: spr-desktop backup makes one"
    return f"{_counted(finding.count, 'backup')}, the newest of {day_text(date.fromisoformat(finding.detail))}"


def _plain_finding(finding: Finding) -> dict[str, object]:
    return {
        "check": finding.check.value,
        "whole": finding.is_whole,
        "count": finding.count,
        "detail": finding.detail or None,
    }


def _plain(backup: Backup) -> dict[str, object]:
    return {
        "path": str(backup.path),
        "made_at": utc_text(backup.made_at),
        "records": backup.records,
        "cases": backup.cases,
    }


def _held(records: int, cases: int) -> str:
    return f"{_counted(cases, 'case')}, {_counted(records, 'record')}"


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _progress(check: Check) -> None:
    if sys.stderr.isatty():
        print(f"checking: {check.value}", file=sys.stderr, flush=True)
