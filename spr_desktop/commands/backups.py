"""Commands about backups: making one, restoring one, and proving that a vault is whole."""

from __future__ import annotations

import sys
from argparse import Namespace
from typing import Final

from spr_desktop.casework import backing_up, restoring
from spr_desktop.casework.backing_up import BackedUp, Backup, SecondPlace
from spr_desktop.casework.checking_vault import Check, Proof, check_folder
from spr_desktop.casework.files import check_free
from spr_desktop.casework.proof import plain, said, save_proof, verdict, word
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
_RESTORE: Final = (
    "the vault is damaged. Keep its folder as it is, and make a new one from a backup: "
    "spr-desktop restore BACKUP --to VAULT. Without one, spr-desktop salvage VAULT --to NEW saves what can be read."
)
_STRANGE_KEYS: Final = "the vault is whole, but what opens it is not what was set in it. Do what is said here."
_BACK_UP_AGAIN: Final = "the vault is whole, but not every backup is. Make another: spr-desktop backup VAULT."


def back_up(call: Namespace) -> int:
    """Make a backup where the call says, or in the vault's folder and its second place."""
    with open_caseload(call) as caseload:
        if call.to:
            both = BackedUp(backing_up.back_up_to(caseload.vault, call.to, now()), SecondPlace.NOT_NAMED)
        else:
            both = backing_up.back_up(caseload.vault, now())
    every = [each for each in (both.backup, both.second) if each]
    missing = _SECOND_PLACE.get(both.second_place)
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
    if missing:
        print(f"spr-desktop: {missing}", file=sys.stderr)
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
    """Prove that a vault is encrypted and whole, and say what is not; write it as a page, if one is wanted."""
    if call.pdf:
        check_free(call.pdf, replace=call.replace)
    passphrase = read_secret("Passphrase", call.passphrase_file)
    proof = Proof(now())
    for each in check_folder(call.vault, passphrase, _progress, proof):
        if not call.json and each.is_whole:
            say(f"{word(each).lower():<11}  {said(each)}")
    if call.pdf:
        save_proof(None, proof, call.pdf, replace=call.replace)
    if call.json:
        say_json(plain(proof))
    damaged = [each for each in proof.findings if not each.is_whole]
    if damaged:
        details = tuple(said(each) for each in damaged)
        raise Failure(DAMAGED, _advice({each.check for each in damaged}), details)
    if not call.json:
        say(verdict(proof))
    return DONE


def _advice(damaged: set[Check]) -> str:
    if damaged - {Check.KEYS, Check.BACKUPS}:
        return _RESTORE
    return _STRANGE_KEYS if Check.KEYS in damaged else _BACK_UP_AGAIN


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
