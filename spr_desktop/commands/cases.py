"""Commands about cases: taking them in, listing them, checking them, giving one out."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from spr_desktop.casework.activity_trail import note_viewed
from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.checking import check_file, files_below
from spr_desktop.casework.exchange import export_case, import_documents
from spr_desktop.casework.places import is_copied_unknowingly, what_to_know
from spr_desktop.casework.words import OUTCOMES, day_text, said_of
from spr_desktop.commands.failure import DONE, NEWER, NOT_VALID, REFUSED, WRONG_CALL, WRONG_SECRET, Failure
from spr_desktop.commands.secret import read_secret
from spr_desktop.commands.terminal import say, say_json
from spr_desktop.pathway.result import Decision
from spr_desktop.records.faults import Fault, InvalidDocument, NewerDocument
from spr_desktop.records.references import read_case_ref


def open_caseload(call: Namespace) -> Caseload:
    """The vault that a call names, open."""
    caseload = Caseload.open(call.vault, read_secret("Passphrase", call.passphrase_file))
    if is_copied_unknowingly(call.vault, caseload):
        print(f"spr-desktop: {what_to_know(call.vault)}", file=sys.stderr)
    return caseload


def import_files(call: Namespace) -> int:
    """Take case documents, all or none."""
    with open_caseload(call) as caseload:
        taken = import_documents(caseload, call.files, call.as_of or date.today(), dry_run=call.dry_run)
    if call.json:
        say_json(
            [
                {
                    "file": str(each.path),
                    "case_ref": each.case_ref,
                    "new_records": each.new_records,
                    "known_records": each.known_records,
                }
                for each in taken
            ]
        )
        return DONE
    for each in taken:
        say(f"{each.case_ref}: {each.new_records} records new, {each.known_records} known already.")
    if call.dry_run:
        say("Nothing was taken: this was a dry run.")
    return DONE


def list_cases(call: Namespace) -> int:
    """The caseload, a line a case."""
    with open_caseload(call) as caseload:
        as_of = call.as_of or date.today()
        caseload.refresh(as_of)
        found = caseload.summaries(as_of, call.search)
    if call.due:
        found = sorted((each for each in found if each.due_on), key=lambda each: each.due_on or date.max)
    if call.json:
        say_json([_plain_summary(each, call.names) for each in found])
        return DONE
    for each in found:
        due = f" (due {day_text(each.due_on)})" if each.due_on else ""
        names = f"  {', '.join(each.names)}" if call.names else ""
        say(f"{each.case_ref}  {OUTCOMES[each.outcome]:<18}  {each.next_step}{due}{names}")
    if not found:
        say("No case fits." if call.search or call.due else "The caseload is empty. Import a case document to begin.")
    return DONE


def _plain_summary(summary: Any, with_names: bool) -> dict[str, Any]:
    plain = {
        "case_ref": summary.case_ref,
        "service": summary.service,
        "outcome": summary.outcome,
        "ready": summary.ready,
        "urgent": summary.urgent,
        "next_step": summary.next_step,
        "due_on": summary.due_on.isoformat() if summary.due_on else None,
        "last_contact": summary.last_contact.isoformat() if summary.last_contact else None,
    }
    return plain | ({"names": list(summary.names)} if with_names else {})


def check_cases(call: Namespace) -> int:
    """What the pathway says, of a case in a vault or of case documents in files."""
    as_of = call.as_of or date.today()
    if call.files:
        if call.vault or call.case_ref:
            raise Failure(WRONG_CALL, "check takes a vault and a case reference, or --file, not both.")
        if len(call.files) == 1 and not call.files[0].is_dir():
            return _check_one(call.files[0], as_of, call)
        return _check_many(call, as_of)
    if not call.vault or not call.case_ref:
        raise Failure(WRONG_CALL, "check takes a vault and a case reference, or --file.")
    case_ref = read_case_ref(call.case_ref)
    with open_caseload(call) as caseload:
        decision = caseload.decide(case_ref, as_of, call.service)
        note_viewed(caseload, case_ref)
    return _answer(decision, call)


def _check_one(path: Path, as_of: date, call: Namespace) -> int:
    try:
        return _answer(check_file(path, as_of, call.service), call)
    except InvalidDocument as error:
        if call.json:
            _say_faults(path, error.faults, as_json=True)
        raise


def _answer(decision: Decision, call: Namespace) -> int:
    if call.json:
        say_json(decision.plain())
    else:
        for line in said_of(decision):
            say(line)
    return REFUSED if call.require_ready and not decision.ready else DONE


def _check_many(call: Namespace, as_of: date) -> int:
    """One line a file; the worst that happened decides the exit code."""
    codes = {DONE}
    for path in _all_files(call.files):
        try:
            decision = check_file(path, as_of, call.service)
        except InvalidDocument as error:
            codes.add(NOT_VALID)
            _say_faults(path, error.faults, as_json=call.json)
            continue
        except NewerDocument:
            codes.add(NEWER)
            _say_faults(path, [Fault("$.version", "is newer than this program knows")], as_json=call.json)
            continue
        if call.require_ready and not decision.ready:
            codes.add(REFUSED)
        if call.json:
            say_json({"file": str(path)} | decision.plain(), in_one_line=True)
        else:
            ready = "ready" if decision.ready else f"{len(decision.in_the_way)} in the way"
            say(f"{path}: {OUTCOMES[decision.outcome]} ({ready})")
    code = next(each for each in (NOT_VALID, NEWER, REFUSED, DONE) if each in codes)
    if code in (NOT_VALID, NEWER):
        raise Failure(code, "some documents could not be read; the others were checked.")
    return code


def _all_files(given: list[Path]) -> Iterator[Path]:
    for path in given:
        yield from files_below(path)


def _say_faults(path: Path, faults: list[Fault], *, as_json: bool) -> None:
    if as_json:
        listed = [{"path": each.path, "message": each.message, "record": each.record} for each in faults]
        say_json({"file": str(path), "faults": listed}, in_one_line=True)
    else:
        say(f"{path}: not valid")
        for each in faults:
            say(f"  {each}")


def export(call: Namespace) -> int:
    """Give out a whole case, after the passphrase was given once more."""
    with open_caseload(call) as caseload:
        again = read_secret("Passphrase once more, because the file will not be encrypted", call.passphrase_file)
        if not caseload.prove_passphrase(again):
            raise Failure(WRONG_SECRET, "that is not the passphrase of this vault; nothing was written.")
        count = export_case(caseload, read_case_ref(call.case_ref), call.to, replace=call.replace)
    say(f"{count} records are in {call.to}. Anybody who has the file can read it: delete it when it is not needed.")
    return DONE
