"""Takes what came from somebody: a bundle of a colleague, a referral pack, or the notice that packs are withdrawn."""

from __future__ import annotations

from argparse import Namespace
from datetime import date

from spr_desktop.casework import taking_packs
from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.errors import OtherDocument
from spr_desktop.casework.pack_changes import HEADINGS
from spr_desktop.casework.taking_packs import PackBrought
from spr_desktop.casework.withdrawn_by_sender import (
    OpenedNotice,
    look_at_notice,
    notice_in_words,
    open_notice,
    take_notice,
)
from spr_desktop.commands import handing_over
from spr_desktop.commands.cases import open_caseload
from spr_desktop.commands.failure import DONE, WRONG_CALL, Failure
from spr_desktop.commands.secret import read_secret
from spr_desktop.commands.terminal import say, say_json


def receive(call: Namespace) -> int:
    """Take a bundle, a pack or a notice, or say what it would bring."""
    if not taking_packs.is_sealed_document(call.file):
        if call.password_file or call.trust:
            raise Failure(WRONG_CALL, "--password-file and --trust are for sealed documents, and this file is none.")
        return handing_over.receive(call)
    if call.receipt_to:
        raise Failure(WRONG_CALL, "only a bundle has a receipt: leave --receipt-to out.")
    with open_caseload(call) as caseload:
        passphrase = read_secret("Passphrase of the document", call.password_file)
        try:
            opened = taking_packs.open_pack(call.file, passphrase, call.trust)
        except OtherDocument:
            notice = open_notice(call.file, passphrase, call.trust)
            if notice is None:
                raise
            return _receive_notice(call, caseload, notice)
        if call.dry_run:
            brought = taking_packs.look(caseload, opened)
        else:
            brought = taking_packs.take(caseload, opened, call.as_of or date.today(), other_key=call.other_key)
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
        case "older":
            return [
                f"{pack} is older than version {brought.version_here}, which was received before. Nothing was taken.",
            ]
        case "newer":
            return _newer_lines(brought, pack, is_dry_run=is_dry_run)
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


def _newer_lines(brought: PackBrought, pack: str, *, is_dry_run: bool) -> list[str]:
    does = "would take" if is_dry_run else "has taken"
    said = [f"{pack} {does} the place of version {brought.version_here} in case {brought.case_ref}."]
    for state, lines in brought.changes.items():
        if lines:
            said += [f"{HEADINGS[state]}:", *(f"  {each}" for each in lines)]
    if not any(brought.changes.values()):
        said.append("It says the same as the version before.")
    if brought.to_choose:
        many = "1 thing was" if brought.to_choose == 1 else f"{brought.to_choose} things were"
        said.append(f"{many} recorded here otherwise since: choose what is right, with competing and choose.")
    said.append(f"Fingerprint of the key: {brought.fingerprint}")
    if not brought.is_same_key:
        said.append("It is another key than that of the version before. Ring the referrer on a number from elsewhere.")
    said.append("The key is one that you trust." if brought.is_trusted else "Compare it on the telephone.")
    return [*said, "Nothing was taken: this was a dry run."] if is_dry_run else said


def _receive_notice(call: Namespace, caseload: Caseload, notice: OpenedNotice) -> int:
    if call.dry_run:
        brought = look_at_notice(caseload, notice)
    else:
        brought = take_notice(caseload, notice, call.as_of or date.today())
    if call.json:
        say_json(
            {
                "notice": brought.reference,
                "withdrawn": list(brought.families),
                "new": list(brought.new),
                "other_key": list(brought.other_key),
                "fingerprint": brought.fingerprint,
                "trusted": brought.is_trusted,
                "dry_run": call.dry_run,
            }
        )
        return DONE
    for line in notice_in_words(brought):
        say(line)
    say(f"Fingerprint of the key: {brought.fingerprint}")
    if call.dry_run:
        say("Nothing was recorded: this was a dry run.")
    return DONE


def _plain(brought: PackBrought, *, is_dry_run: bool) -> dict[str, object]:
    return {
        "pack": brought.case_ref,
        "version": brought.version,
        "case_ref": brought.case_ref,
        "state": brought.state,
        "version_here": brought.version_here,
        "new_records": brought.records,
        "changes": {state: list(lines) for state, lines in brought.changes.items()},
        "to_choose": brought.to_choose,
        "same_key": brought.is_same_key,
        "fingerprint": brought.fingerprint,
        "trusted": brought.is_trusted,
        "like_names_in": list(brought.alike),
        "dry_run": is_dry_run,
        "taken": brought.state in ("new", "newer") and not is_dry_run,
    }
