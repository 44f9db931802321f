"""Commands about documents: making one, and checking one that came from somewhere."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from typing import Final

from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.document_words import called
from spr_desktop.casework.errors import CaseworkError
from spr_desktop.casework.files import check_free, write_file
from spr_desktop.casework.mailing import draft_message
from spr_desktop.casework.making import (
    ABOUT_ONE,
    ACCESS,
    AUDIT,
    FOR_THE_PERSON,
    Wish,
    activity_of,
    items_to_review,
    make,
)
from spr_desktop.casework.receiving import embedded_data, verify_pack
from spr_desktop.casework.reviewing import read_review, review_file
from spr_desktop.casework.sealing_key import earlier_keys, list_warning
from spr_desktop.commands.cases import open_caseload
from spr_desktop.commands.failure import DONE, NOT_VALID, WRONG_CALL, Failure
from spr_desktop.commands.secret import read_secret
from spr_desktop.commands.terminal import say, say_json
from spr_desktop.records.references import read_case_ref

_TELL: Final = "Tell the passphrase by another way than the document: on the telephone, not in the same message."
_TELL_THE_PERSON: Final = (
    "Tell this person the passphrase when you meet, with nobody else there; or ring as they told you that it may be "
    "done, and make sure that they can talk alone."
)


def make_document(call: Namespace) -> int:
    """Make, seal and register a document, or write down what must be decided about before one is made."""
    _check_call(call)
    for path in (call.to, call.password_to, call.review_to):
        if path:
            check_free(path, replace=call.replace)
    case_ref, as_of = read_case_ref(call.case_ref), call.as_of or date.today()
    with open_caseload(call) as caseload:
        if call.review_to:
            return _write_review(call, caseload, case_ref, as_of)
        wish = Wish(
            kind=call.kind,
            person_id=call.person,
            decided=read_review(call.review, case_ref, call.person) if call.review else {},
            activity=activity_of(caseload, case_ref) if call.kind == AUDIT else (),
        )
        before = len(earlier_keys(caseload))
        made = make(
            caseload,
            case_ref,
            wish,
            as_of,
            lambda _reference: call.to,
            replace=call.replace,
            ask_pin=lambda: read_secret("PIN of the card", call.pin_file),
        )
        is_new_key = len(earlier_keys(caseload)) > before
        warning = list_warning(caseload, date.today())
    sealed = made.sealed
    if call.password_to:
        _write_password(call, sealed.passphrase)
    if call.json:
        plain = {
            "document_id": made.reference,
            "document": call.kind,
            "version": made.version,
            "file": str(made.path),
            "sha256": sealed.sha256,
            "fingerprint": sealed.fingerprint,
        }
        say_json(plain if call.password_to else plain | {"passphrase": sealed.passphrase})
        return DONE
    what = called(call.kind, made.reference, made.version)
    say(f"{what} is in {made.path}: encrypted, signed, read back and registered.")
    if made.version > 1:
        say(f"It replaces version {made.version - 1}. Send it to everybody who has that one.")
    if call.password_to:
        say(f"Its passphrase is in {call.password_to}.")
    else:
        say(f"Passphrase: {sealed.passphrase}")
    say(_TELL_THE_PERSON if call.kind in FOR_THE_PERSON else _TELL)
    say(f"Fingerprint of the key: {sealed.fingerprint}")
    if is_new_key:
        say("The key is a new one, because the time of the one before was nearly over: say so to those who receive it.")
    say(f"SHA-256 of the file: {sealed.sha256}")
    if warning:
        say(warning)
    return DONE


def _check_call(call: Namespace) -> None:
    """Raises Failure where parts of the call do not go together."""
    if call.kind in ABOUT_ONE and not call.person:
        raise Failure(WRONG_CALL, f"a {call.kind} is about one person: add --person with the id that the case has.")
    if call.kind not in ABOUT_ONE and call.person:
        raise Failure(WRONG_CALL, f"a {call.kind} is about no single person: leave --person out.")
    if (call.review or call.review_to) and call.kind != ACCESS:
        raise Failure(WRONG_CALL, f"only a {ACCESS} is reviewed item by item.")
    if bool(call.to) == bool(call.review_to):
        raise Failure(WRONG_CALL, "say where the document goes: --to FILE.pdf.")


def _write_review(call: Namespace, caseload: Caseload, case_ref: str, as_of: date) -> int:
    items = items_to_review(caseload.case(case_ref, as_of), call.person)
    write_file(call.review_to, review_file(case_ref, call.person, items), replace=call.replace)
    if call.json:
        say_json({"review": str(call.review_to), "items": len(items)})
    else:
        say(f"{len(items)} items to decide about are in {call.review_to}. It holds ids, and nothing of what they say.")
        say("Read each record, decide about each, and make the document with --review.")
    return DONE


def draft_email(call: Namespace) -> int:
    """Write a draft message with a sealed document attached."""
    check_free(call.to, replace=call.replace)
    with open_caseload(call) as caseload:
        reference = read_case_ref(call.document_id)
        draft_message(caseload, reference, call.to, version=call.version, file=call.file, replace=call.replace)
    if call.json:
        say_json({"file": str(call.to), "document_id": call.document_id})
    else:
        say(f"A draft is in {call.to}. Its subject is the reference alone; it holds no passphrase and no name.")
        say("Put in who receives it, and tell the passphrase on the telephone. Then delete the draft's file.")
    return DONE


def _write_password(call: Namespace, passphrase: str) -> None:
    """Write the passphrase; where that fails it is shown, because without it the pack is lost."""
    try:
        write_file(call.password_to, f"{passphrase}\n".encode(), replace=call.replace)
    except CaseworkError:
        say(f"Passphrase: {passphrase}")
        raise


def verify_file(call: Namespace) -> int:
    """Whether a pack is as it was sealed; exit 6 if it is not."""
    if call.data_to:
        check_free(call.data_to, replace=call.replace)
    passphrase = read_secret("Passphrase of the pack", call.password_file)
    checked = verify_pack(call.file, passphrase, call.trust)
    if call.json:
        say_json(checked.plain())
    else:
        for line in checked.findings:
            say(line)
    if not checked.valid:
        raise Failure(NOT_VALID, "this pack is not as it was sealed, or not sealed as a pack is; do not rely on it.")
    if call.data_to:
        write_file(call.data_to, embedded_data(call.file, passphrase), replace=call.replace)
        if not call.json:
            say(f"Its data are in {call.data_to}. They are not encrypted: delete the file when it is not needed.")
    return DONE
