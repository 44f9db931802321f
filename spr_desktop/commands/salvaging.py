"""The command that saves what can be read of a damaged vault."""

from __future__ import annotations

from argparse import Namespace

from spr_desktop.casework.salvaging import Lost, Salvaged, newest_backup, salvage
from spr_desktop.commands.failure import DONE
from spr_desktop.commands.secret import read_new_secret, read_secret
from spr_desktop.commands.terminal import say, say_json


def salvage_vault(call: Namespace) -> int:
    """Make a new vault from what can be read of a damaged one, and list what was lost."""
    backup = None if call.no_backup else call.backup or newest_backup(call.vault)
    if call.recovery_key_file:
        key: str | None = read_secret("Recovery key", call.recovery_key_file)
        passphrase = read_new_secret("New passphrase", call.passphrase_file)
    else:
        key, passphrase = None, read_secret("Passphrase", call.passphrase_file)
    made = salvage(call.vault, call.to, passphrase, recovery_key=key, backup=backup)
    if call.json:
        say_json(_plain(made))
        return DONE
    say(f"The vault {made.folder} is made: {made.cases} cases, {made.records} records, each as it was written.")
    if made.from_backup:
        say(f"{made.from_backup} of the records came from the backup.")
    if not made.lost:
        say("Nothing that the damaged vault told of is lost.")
    else:
        say(f"Lost: {made.lost_count} records. Look at each of these families again before anything is relied on:")
    for each in made.lost:
        say(f"  {_said(each)}")
    if not made.is_end_known:
        say("The damaged vault no longer says how many records it held, so more may be lost than is listed.")
    say("It opens with the same passphrase." if key is None else "It opens with the new passphrase.")
    say(f"Recovery key: {made.recovery_key}")
    say("It is shown this once, and the one before does not open the new vault. The damaged folder was not changed.")
    return DONE


def _said(lost: Lost) -> str:
    whose = lost.case_ref or "nobody knows whose"
    many = "1 record" if lost.count == 1 else f"{lost.count} records"
    doubtful = f", {lost.doubtful} of them there, but not as written" if lost.doubtful else ""
    ids = f": {', '.join(lost.record_ids)}" if lost.record_ids else ""
    return f"{whose}: {many}{doubtful}{ids}"


def _plain(made: Salvaged) -> dict[str, object]:
    return {
        "vault": str(made.folder),
        "records": made.records,
        "cases": made.cases,
        "from_backup": made.from_backup,
        "pages": made.pages,
        "damaged_pages": made.damaged_pages,
        "is_end_known": made.is_end_known,
        "lost": [
            {
                "case_ref": each.case_ref,
                "count": each.count,
                "doubtful": each.doubtful,
                "record_ids": list(each.record_ids),
                "sequences": list(each.sequences),
            }
            for each in made.lost
        ],
        "recovery_key": made.recovery_key,
    }
