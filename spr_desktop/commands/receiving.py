"""Takes what came from somebody: a bundle of a colleague, or a referral pack, told apart by the first bytes."""

from __future__ import annotations

from argparse import Namespace
from datetime import date

from spr_desktop.casework import taking_packs
from spr_desktop.casework.taking_packs import PackBrought
from spr_desktop.commands import handing_over
from spr_desktop.commands.cases import open_caseload
from spr_desktop.commands.failure import DONE, WRONG_CALL, Failure
from spr_desktop.commands.secret import read_secret
from spr_desktop.commands.terminal import say, say_json


def receive(call: Namespace) -> int:
    """Take a bundle or a pack, or say what it would bring."""
    if not taking_packs.is_sealed_document(call.file):
        if call.password_file or call.trust:
            raise Failure(WRONG_CALL, "--password-file and --trust are for referral packs, and this file is none.")
        return handing_over.receive(call)
    if call.receipt_to:
        raise Failure(WRONG_CALL, "a referral pack has no receipt: leave --receipt-to out.")
    with open_caseload(call) as caseload:
        passphrase = read_secret("Passphrase of the pack", call.password_file)
        opened = taking_packs.open_pack(call.file, passphrase, call.trust)
        if call.dry_run:
            brought = taking_packs.look(caseload, opened)
        else:
            brought = taking_packs.take(caseload, opened, call.as_of or date.today())
    if call.json:
        say_json(_plain(brought, is_dry_run=call.dry_run))
        return DONE
    for line in _lines(brought, is_dry_run=call.dry_run):
        say(line)
    return DONE


def _lines(brought: PackBrought, *, is_dry_run: bool) -> list[str]:
    pack = f"Pack {brought.case_ref}, version {brought.version}"
    match brought.state:
        case "known":
            return [f"{pack} was received before; nothing is new. The case is {brought.case_ref}."]
        case "newer" | "older":
            which = "a newer" if brought.state == "newer" else "an older"
            return [
                f"{pack} is {which} version than the one that was received as case {brought.case_ref}.",
                "Nothing was taken: look at both, and record what has changed.",
            ]
    said = [
        f"{pack}: {'would become' if is_dry_run else 'is now'} case {brought.case_ref}, {brought.records} records.",
        "What the pack does not say is not known; what fits no record is in a note.",
        f"Fingerprint of the key: {brought.fingerprint}",
        "The key is one that you trust."
        if brought.is_trusted
        else "Compare the fingerprint with the referrer on the telephone, on a number from elsewhere.",
    ]
    if brought.alike:
        said.append(f"Somebody of a like name is on record in: {', '.join(brought.alike)}.")
    return [*said, "Nothing was taken: this was a dry run."] if is_dry_run else said


def _plain(brought: PackBrought, *, is_dry_run: bool) -> dict[str, object]:
    return {
        "pack": brought.case_ref,
        "version": brought.version,
        "case_ref": brought.case_ref,
        "state": brought.state,
        "new_records": brought.records,
        "fingerprint": brought.fingerprint,
        "trusted": brought.is_trusted,
        "like_names_in": list(brought.alike),
        "dry_run": is_dry_run,
        "taken": brought.state == "new" and not is_dry_run,
    }
