"""Commands about a vault itself: making one, and ways back into it."""

from __future__ import annotations

import sys
from argparse import Namespace

from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.files import check_free
from spr_desktop.casework.older_copy import accept_older_copy, accept_older_copy_with_recovery_key
from spr_desktop.casework.organisation_key import (
    is_locked_key,
    let_no_organisation_open,
    let_organisation_open,
    organisation_of,
    read_certificate_file,
    recover_with_organisation_key,
)
from spr_desktop.casework.passphrases import require_strong, words_about
from spr_desktop.casework.places import Lies, accept_copying, require_own_disk, what_to_know, where_lies
from spr_desktop.casework.practitioner import Practitioner
from spr_desktop.casework.recovery import new_passphrase, prove_recovery_key, recover_vault, save_recovery_sheet
from spr_desktop.casework.words import day_text
from spr_desktop.commands.cases import open_caseload
from spr_desktop.commands.failure import DONE, MACHINE, WRONG_CALL, WRONG_SECRET, Failure
from spr_desktop.commands.secret import read_new_secret, read_secret
from spr_desktop.commands.terminal import say, say_json
from spr_desktop.records.case_document import utc_text


def create(call: Namespace) -> int:
    """Make a vault and show its recovery key once."""
    if call.recovery_to:
        check_free(call.recovery_to, replace=call.replace)
    require_own_disk(call.vault)
    if where_lies(call.vault)[0] is Lies.SYNCED and not call.synced_folder:
        raise Failure(
            MACHINE, f"{what_to_know(call.vault)} Nothing was made. To make it there knowingly, add --synced-folder."
        )
    practitioner = Practitioner(name=call.name, role=call.role, organisation=call.organisation)
    passphrase = read_new_secret("Passphrase for the new vault", call.passphrase_file)
    require_strong(passphrase, words_about(practitioner, call.vault))
    caseload, recovery_key = Caseload.create(call.vault, passphrase, practitioner)
    with caseload:
        accept_copying(call.vault, caseload)
        say(f"The vault {call.vault} is made.")
        say(f"Recovery key: {recovery_key}")
        say("It is shown this once. Write it down and keep it away from the laptop: it opens the vault if the")
        say("passphrase is forgotten, and nothing else does.")
        if call.recovery_to:
            save_recovery_sheet(recovery_key, call.recovery_to, replace=call.replace)
            say(f"The recovery sheet is in {call.recovery_to}. Print it, then delete the file: it is not encrypted.")
    if what_to_know(call.vault):
        print(f"spr-desktop: {what_to_know(call.vault)}", file=sys.stderr)
    return DONE


def accept_older(call: Namespace) -> int:
    """Go on with a copy of a vault that is older than this computer last saw it."""
    by_key = call.recovery_key or call.recovery_key_file
    if by_key and call.passphrase_file:
        raise Failure(WRONG_CALL, "accept-older takes the passphrase or the recovery key, not both.")
    if by_key:
        accept_older_copy_with_recovery_key(call.vault, read_secret("Recovery key", call.recovery_key_file))
    else:
        accept_older_copy(call.vault, read_secret("Passphrase", call.passphrase_file))
    say("This copy opens from now on. Its activity says that it was older, and what is missing stays missing.")
    return DONE


def recover(call: Namespace) -> int:
    """Set a new passphrase with the recovery key, or with the private key of an organisation."""
    if call.organisation_key_file:
        return _recover_by_organisation(call)
    if call.organisation_key_password_file:
        raise Failure(WRONG_CALL, "a password is for the key of --organisation-key-file.")
    recovery_key = read_secret("Recovery key", call.recovery_key_file)
    recover_vault(call.vault, recovery_key, _new_passphrase(call))
    say("The vault opens with the new passphrase. The recovery key stays the same.")
    return DONE


def change_passphrase(call: Namespace) -> int:
    """Set a new passphrase; the old one works until the new one is proven."""
    passphrase = read_secret("Passphrase", call.passphrase_file)
    new_passphrase(call.vault, passphrase, _new_passphrase(call))
    say("The vault opens with the new passphrase. Backups from before open with the old one; make another.")
    return DONE


def prove_recovery(call: Namespace) -> int:
    """See whether the recovery key on paper still opens the vault; nothing but the day is written down."""
    with open_caseload(call) as caseload:
        recovery_key = read_secret("Recovery key", call.recovery_key_file)
        if not prove_recovery_key(caseload, recovery_key):
            raise Failure(WRONG_SECRET, "this recovery key does not open the vault; look for a mistyped character.")
    say("The recovery key opens the vault. Put it back where it is kept.")
    return DONE


def organisation_key(call: Namespace) -> int:
    """Let an organisation open the vault, or none; without either, say which can."""
    with open_caseload(call) as caseload:
        if call.certificate:
            certificate = read_certificate_file(call.certificate)
            let_organisation_open(caseload, certificate, _once_more(call))
        elif call.remove:
            let_no_organisation_open(caseload, _once_more(call))
        found = organisation_of(caseload)
    if call.json:
        say_json(found and {"subject": found.subject, "expires": utc_text(found.expires), "sha256": found.fingerprint})
        return DONE
    if found is None:
        say("No organisation can open this vault.")
        return DONE
    say(f"Whoever has the private key of this certificate can open the vault: {found.subject or 'it names nobody'}.")
    say(f"SHA-256: {found.fingerprint}")
    say(f"It expires on {day_text(found.expires.date())}; it opens the vault after that day as well.")
    if call.certificate:
        say("Compare the SHA-256 with your organisation by telephone, and have it tried on a copy of a backup.")
    return DONE


def _recover_by_organisation(call: Namespace) -> int:
    if call.recovery_key_file:
        raise Failure(WRONG_CALL, "recover takes the recovery key or an organisation's key, not both.")
    password = None
    if call.organisation_key_password_file or is_locked_key(call.organisation_key_file):
        password = read_secret("Password of the organisation's key", call.organisation_key_password_file)
    recover_with_organisation_key(call.vault, call.organisation_key_file, password, _new_passphrase(call))
    say("The vault opens with the new passphrase. The recovery key and the organisation's key stay the same.")
    return DONE


def _new_passphrase(call: Namespace) -> str:
    return read_new_secret("New passphrase", call.new_passphrase_file)


def _once_more(call: Namespace) -> str:
    return read_secret("Passphrase once more, because this decides who opens the vault", call.passphrase_file)
