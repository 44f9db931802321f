"""Commands about packs: making one, and checking one that came from somewhere."""

from __future__ import annotations

from argparse import Namespace
from datetime import date

from spr_desktop.casework.errors import CaseworkError
from spr_desktop.casework.files import check_free, write_file
from spr_desktop.casework.receiving import embedded_data, verify_pack
from spr_desktop.casework.referral import KIND, make_pack
from spr_desktop.commands.cases import open_caseload
from spr_desktop.commands.failure import DONE, NOT_VALID, Failure
from spr_desktop.commands.secret import read_secret
from spr_desktop.commands.terminal import say, say_json
from spr_desktop.records.references import read_case_ref


def make_document(call: Namespace) -> int:
    """Make, seal and register a referral pack."""
    check_free(call.to, replace=call.replace)
    if call.password_to:
        check_free(call.password_to, replace=call.replace)
    with open_caseload(call) as caseload:
        made = make_pack(
            caseload,
            read_case_ref(call.case_ref),
            call.as_of or date.today(),
            lambda _reference: call.to,
            replace=call.replace,
        )
    sealed = made.sealed
    if call.password_to:
        _write_password(call, sealed.passphrase)
    if call.json:
        plain = {
            "document_id": made.reference,
            "document": KIND,
            "file": str(made.path),
            "sha256": sealed.sha256,
            "fingerprint": sealed.fingerprint,
        }
        say_json(plain if call.password_to else plain | {"passphrase": sealed.passphrase})
        return DONE
    say(f"Pack {made.reference} is in {made.path}: encrypted, signed, read back and registered.")
    if call.password_to:
        say(f"Its passphrase is in {call.password_to}.")
    else:
        say(f"Passphrase: {sealed.passphrase}")
    say("Tell the passphrase by another way than the pack: on the telephone, not in the same message.")
    say(f"Fingerprint of the key: {sealed.fingerprint}")
    say(f"SHA-256 of the file: {sealed.sha256}")
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
