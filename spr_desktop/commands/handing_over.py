"""Commands about handing families over: one's own key file, a bundle, taking one, and the receipt."""

from __future__ import annotations

import sys
from argparse import Namespace
from datetime import date
from pathlib import Path
from typing import Any, Final

from spr_desktop.casework import handing_over, taking_over
from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.colleagues import (
    Colleague,
    compared_on,
    note_compared,
    read_key_file,
    write_key_file,
)
from spr_desktop.casework.errors import CaseworkError
from spr_desktop.casework.files import check_free
from spr_desktop.casework.taking_over import Brought, Received
from spr_desktop.casework.words import day_text
from spr_desktop.commands.cases import open_caseload
from spr_desktop.commands.failure import DONE, NOT_VALID, WRONG_CALL, WRONG_SECRET, Failure, failure_of
from spr_desktop.commands.secret import read_secret
from spr_desktop.commands.terminal import say, say_failure, say_json
from spr_desktop.records.case_document import utc_text
from spr_desktop.records.references import read_case_ref

_LISTED: Final = 20
_ANOTHER: Final = "a family of this reference is kept here, and has no record in common with it"
_CONTRADICTS: Final = "damaged or forged, because a kept record of the same id says something else:"


def write_key(call: Namespace) -> int:
    """Write the key file of this vault, for colleagues."""
    check_free(call.to, replace=call.replace)
    with open_caseload(call) as caseload:
        who = write_key_file(caseload, call.to, replace=call.replace)
    if call.json:
        say_json({"file": str(call.to), "key": who.key, "fingerprint": who.fingerprint})
        return DONE
    say(f"The key is in {call.to}: give it to colleagues who hand families over to you. It opens nothing.")
    say(f"Fingerprint, to compare on the telephone: {who.fingerprint}")
    return DONE


def hand_over(call: Namespace) -> int:
    """Write a bundle that only one colleague can open."""
    check_free(call.to, replace=call.replace)
    reader = read_key_file(call.reader)
    if call.fingerprint and _plain_fingerprint(call.fingerprint) != _plain_fingerprint(reader.fingerprint):
        raise Failure(WRONG_CALL, "the key file has another fingerprint; nothing was written. Ring your colleague.")
    with open_caseload(call) as caseload:
        again = read_secret("Passphrase once more, because whole families leave this vault", call.passphrase_file)
        if not caseload.prove_passphrase(again):
            raise Failure(WRONG_SECRET, "that is not the passphrase of this vault; nothing was written.")
        if call.fingerprint:
            note_compared(caseload, reader, date.today())
        compared = compared_on(caseload, reader)
        made = handing_over.hand_over(
            caseload, [read_case_ref(each) for each in call.case_refs], reader, call.to, replace=call.replace
        )
    if call.json:
        say_json(
            {
                "file": str(call.to),
                "bundle_id": made.bundle_id,
                "for": reader.fingerprint,
                "compared_on": compared.isoformat() if compared else None,
                "families": [
                    {"case_ref": each.case_ref, "records": each.records, "sha256": each.sha256}
                    for each in made.families
                ],
            }
        )
        return DONE
    for family in made.families:
        say(f"{family.case_ref}: {family.records} records.")
    say(f"The bundle is in {call.to}. Only the holder of this key opens it: {reader.described}.")
    say(f"Fingerprint: {reader.fingerprint}")
    say(
        f"It was compared on {day_text(compared)}."
        if compared
        else "Do not send the bundle before you have compared it on the telephone, on a number from elsewhere."
    )
    say("Nothing was taken out of this vault. Ask for the receipt.")
    return DONE


def receive(call: Namespace) -> int:
    """Take a bundle, or say what it would bring."""
    if call.receipt_to:
        check_free(call.receipt_to, replace=call.replace)
    with open_caseload(call) as caseload:
        bundle = taking_over.open_bundle(caseload, call.file)
        compared = compared_on(caseload, bundle.sender)
        if call.dry_run:
            received = taking_over.look(caseload, bundle)
        else:
            received = taking_over.take(caseload, bundle, call.as_of or date.today())
        receipt = None if call.dry_run else _write_receipt(caseload, received, call)
    if call.json:
        say_json(_plain(received, compared, receipt, is_dry_run=call.dry_run))
    else:
        _say(received, compared, receipt, is_dry_run=call.dry_run)
    if received.refused:
        raise _left_alone(received, is_dry_run=call.dry_run)
    return DONE


def _left_alone(received: Received, *, is_dry_run: bool) -> Failure:
    why = [f"{each.case_ref}: {_ANOTHER}." for each in received.refused if each.is_another_family]
    why += [f"{each.case_ref}: {_CONTRADICTS} {record}." for each in received.refused for record in each.contradicting]
    how_many = f"{len(received.refused)} of {len(received.families)} families"
    left = f"{how_many} {'would be' if is_dry_run else 'were'} left alone; the others are not. Ring the sender."
    return Failure(NOT_VALID, left, tuple(why[:_LISTED]))


def _write_receipt(caseload: Caseload, received: Received, call: Namespace) -> Path | None:
    """Write the receipt, beside the bundle unless the call says where; what was taken stays taken if that fails."""
    to: Path = call.receipt_to or call.file.with_name(taking_over.receipt_name(received.bundle))
    if not call.receipt_to and to.exists():
        return to  # of an earlier time
    try:
        taking_over.write_receipt(caseload, received, to, replace=call.replace)
    except CaseworkError as error:
        say_failure(failure_of(error))
        print("spr-desktop: the families were taken; write the receipt elsewhere with --receipt-to.", file=sys.stderr)
        return None
    return to


def take_receipt(call: Namespace) -> int:
    """Check a receipt, and note that it came."""
    with open_caseload(call) as caseload:
        made = handing_over.take_receipt(caseload, call.file)
    if call.json:
        say_json(_plain_hand_over(made))
        return DONE
    say(f"Bundle {made.bundle_id} was received by {made.to} on {day_text(_day(made))}.")
    for each in made.refused:
        say(f"{each} was not taken there: ring your colleague.")
    return DONE


def list_hand_overs(call: Namespace) -> int:
    """What was handed over, and what the receipts say."""
    with open_caseload(call) as caseload:
        found = handing_over.hand_overs(caseload)
    if call.json:
        say_json([_plain_hand_over(each) for each in found])
        return DONE
    for each in found:
        refs = ", ".join(family.case_ref for family in each.families)
        receipt = f"received on {day_text(_day(each))}" if each.received_at else "no receipt yet"
        say(f"{day_text(each.made_at.astimezone().date())}  {refs}  to {each.to}: {receipt}")
        for refused in each.refused:
            say(f"  {refused} was not taken there")
    if not found:
        say("Nothing was handed over yet.")
    return DONE


def _plain_hand_over(made: handing_over.HandOver) -> dict[str, Any]:
    return {
        "bundle_id": made.bundle_id,
        "made_at": utc_text(made.made_at),
        "to": made.to,
        "fingerprint": made.fingerprint,
        "families": [
            {"case_ref": each.case_ref, "records": each.records, "sha256": each.sha256} for each in made.families
        ],
        "received_at": utc_text(made.received_at) if made.received_at else None,
        "refused": list(made.refused),
    }


def _day(made: handing_over.HandOver) -> date | None:
    return made.received_at.astimezone().date() if made.received_at else None


def _say(received: Received, compared: date | None, receipt: Path | None, *, is_dry_run: bool) -> None:
    sender: Colleague = received.bundle.sender
    say(f"From {sender.described}. Fingerprint: {sender.fingerprint}")
    say(f"It was compared on {day_text(compared)}." if compared else "It was never compared on the telephone here.")
    for each in received.taken:
        say(f"{each.case_ref}: {_in_words(each)}")
    if is_dry_run:
        say("Nothing was taken: this was a dry run.")
    elif receipt:
        say(f"The receipt is in {receipt}: send it to {sender.described}. Only they can open it.")


def _in_words(brought: Brought) -> str:
    if not brought.new:
        return "nothing new."
    first = "a new family, " if brought.is_new_family else ""
    said = f"{first}{brought.new} records new, {brought.known} known already."
    if not brought.competing:
        return said
    groups = "; ".join(f"{each[0].kind}: {', '.join(record.id for record in each)}" for each in brought.competing)
    return f"{said} These compete until somebody chooses: {groups}."


def _plain(received: Received, compared: date | None, receipt: Path | None, *, is_dry_run: bool) -> dict[str, Any]:
    bundle = received.bundle
    return {
        "bundle_id": bundle.bundle_id,
        "made_at": utc_text(bundle.made_at),
        "from": bundle.sender.described,
        "fingerprint": bundle.sender.fingerprint,
        "compared_on": compared.isoformat() if compared else None,
        "dry_run": is_dry_run,
        "receipt": str(receipt) if receipt else None,
        "families": [
            {
                "case_ref": each.case_ref,
                "is_new": each.is_new_family,
                "new_records": each.new,
                "known_records": each.known,
                "competing": [
                    {"kind": group[0].kind, "records": [record.id for record in group]} for group in each.competing
                ],
                "contradicting": list(each.contradicting),
                "another_family": each.is_another_family,
                "taken": not is_dry_run and each.is_taken,
            }
            for each in received.families
        ],
    }


def _plain_fingerprint(text: str) -> str:
    return "".join(text.split()).replace(":", "").upper()
