"""The command that lists what was done with a vault."""

from __future__ import annotations

from argparse import Namespace

from spr_desktop.casework.activity_trail import Trail, day, entries, plain_entries, save_trail, what, when
from spr_desktop.casework.files import check_free
from spr_desktop.casework.words import short_day
from spr_desktop.commands.cases import open_caseload
from spr_desktop.commands.failure import DONE
from spr_desktop.commands.terminal import say, say_json


def list_activity(call: Namespace) -> int:
    """The activity, the newest first, after its chain was verified; written as a PDF if one is wanted."""
    if call.pdf:
        check_free(call.pdf, replace=call.replace)
    trail = Trail(call.since, call.until)
    with open_caseload(call) as caseload:
        links = caseload.vault.trail.verify()
        found = entries(caseload.vault, trail)
        if call.pdf:
            save_trail(caseload, caseload.vault, trail, call.pdf, replace=call.replace)
    if call.json:
        say_json({"whole": True, "entries": links, "listed": list(plain_entries(found))})
        return DONE
    for each in found:
        say(f"{short_day(day(each)):>11}  {when(each)}  {each.case_ref or '':<9}  {what(each)}")
    say(f"{len(found):,} of {links:,} entries. Every link of the chain is whole.")
    return DONE
