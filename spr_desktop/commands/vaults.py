"""Commands about a vault itself: making one, and ways back into it."""

from __future__ import annotations

import sys
from argparse import Namespace

from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.files import check_free
from spr_desktop.casework.older_copy import accept_older_copy, accept_older_copy_with_recovery_key
from spr_desktop.casework.places import Lies, accept_copying, require_own_disk, what_to_know, where_lies
from spr_desktop.casework.practitioner import Practitioner
from spr_desktop.casework.recovery import new_passphrase, recover_vault, save_recovery_sheet
from spr_desktop.commands.failure import DONE, MACHINE, WRONG_CALL, Failure
from spr_desktop.commands.secret import read_new_secret, read_secret
from spr_desktop.commands.terminal import say


def create(call: Namespace) -> int:
    """Make a vault and show its recovery key once."""
    if call.recovery_to:
        check_free(call.recovery_to, replace=call.replace)
    require_own_disk(call.vault)
    if where_lies(call.vault)[0] is Lies.SYNCED and not call.synced_folder:
        raise Failure(
            MACHINE, f"{what_to_know(call.vault)} Nothing was made. To make it there knowingly, add --synced-folder."
        )
    passphrase = read_new_secret("Passphrase for the new vault", call.passphrase_file)
    practitioner = Practitioner(name=call.name, role=call.role, organisation=call.organisation)
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
    """Set a new passphrase with the recovery key."""
    recovery_key = read_secret("Recovery key", call.recovery_key_file)
    recover_vault(call.vault, recovery_key, read_new_secret("New passphrase", call.new_passphrase_file))
    say("The vault opens with the new passphrase. The recovery key stays the same.")
    return DONE


def change_passphrase(call: Namespace) -> int:
    """Set a new passphrase; the old one works until the new one is proven."""
    passphrase = read_secret("Passphrase", call.passphrase_file)
    new_passphrase(call.vault, passphrase, read_new_secret("New passphrase", call.new_passphrase_file))
    say("The vault opens with the new passphrase.")
    return DONE
