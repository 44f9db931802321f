"""Commands about a vault itself: making one, and ways back into it."""

from __future__ import annotations

from argparse import Namespace

from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.files import check_free
from spr_desktop.casework.practitioner import Practitioner
from spr_desktop.casework.recovery import new_passphrase, recover_vault, save_recovery_sheet
from spr_desktop.commands.failure import DONE
from spr_desktop.commands.secret import read_new_secret, read_secret
from spr_desktop.commands.terminal import say


def create(call: Namespace) -> int:
    """Make a vault and show its recovery key once."""
    if call.recovery_to:
        check_free(call.recovery_to, replace=call.replace)
    passphrase = read_new_secret("Passphrase for the new vault", call.passphrase_file)
    practitioner = Practitioner(name=call.name, role=call.role, organisation=call.organisation)
    caseload, recovery_key = Caseload.create(call.vault, passphrase, practitioner)
    with caseload:
        say(f"The vault {call.vault} is made.")
        say(f"Recovery key: {recovery_key}")
        say("It is shown this once. Write it down and keep it away from the laptop: it opens the vault if the")
        say("passphrase is forgotten, and nothing else does.")
        if call.recovery_to:
            save_recovery_sheet(recovery_key, call.recovery_to, replace=call.replace)
            say(f"The recovery sheet is in {call.recovery_to}. Print it, then delete the file: it is not encrypted.")
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
